using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CsvHelper;

namespace Posiwid.Purpose;

/// <summary>A file of a coding is not what it should be; the message is one sentence behind its place.</summary>
/// <param name="file">The file.</param>
/// <param name="line">Line, from 1.</param>
/// <param name="column">Column, from 1: the first character of the cell, or of the line where no cell is meant.</param>
/// <param name="heading">Heading of the cell's column; empty where no cell is meant.</param>
/// <param name="says">What is wrong, without its place.</param>
/// <param name="inner">What was thrown below, if anything.</param>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "A place is always needed.")]
public sealed class CodingException(string file, int line, int column, string heading, string says, Exception? inner = null)
    : FormatException($"{file}:{line}:{column}: {(heading.Length == 0 ? "" : heading + ": ")}{says}", inner)
{
    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>Line, from 1.</summary>
    public int Line => line;

    /// <summary>Column, from 1.</summary>
    public int Column => column;

    /// <summary>Heading of the column; empty where no cell is meant.</summary>
    public string Heading => heading;

    /// <summary>What is wrong, without its place.</summary>
    public string Says => says;
}

/// <summary>Reads the small comma-separated files that a user may replace: ends, functions, and what serves what.</summary>
internal static class CodingFile
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <summary>The rows of a file that must have these columns.</summary>
    /// <exception cref="CodingException">The file is not what it should be.</exception>
    public static IReadOnlyList<CodingRow> Read(string file, params string[] columns)
    {
        try
        {
            using var reader = CsvReader.FromText(File.ReadAllText(file), Strict);
            var header = reader.Headers.ToArray();
            if (columns.FirstOrDefault(c => !header.Contains(c)) is { } missing)
                throw new CodingException(file, 1, 1, "", $"no column '{missing}'");
            var rows = new List<CodingRow>();
            foreach (var row in reader)
                rows.Add(new CodingRow(file, (int)reader.LineNumber, header, row.ToArray(), Encoding.UTF8.GetString(row.RawRecord)));
            return rows;
        }
        catch (CsvFormatException e)
        {
            throw new CodingException(file, Math.Max(1, (int)e.LineNumber), 1, "", e.Message, e);
        }
    }
}

/// <summary>One row of a <see cref="CodingFile"/>.</summary>
internal sealed record CodingRow(string File, int Line, string[] Header, string[] Cells, string Raw)
{
    public string this[string column] => Cells[Array.IndexOf(Header, column)];

    /// <summary>The cell in a column; null if it is empty or there is no such column.</summary>
    public string? Optional(string column) => Array.IndexOf(Header, column) is var at and >= 0 && Cells[at].Length > 0 ? Cells[at] : null;

    /// <summary>The words of a cell, between blanks.</summary>
    public string[] Words(string column) => Optional(column)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public double Number(string column) => double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value : throw Error(column, $"'{this[column]}' is not a number");

    /// <summary>A complaint about the cell in a column, with its place.</summary>
    public CodingException Error(string column, string says)
    {
        var (line, at, quoted, field) = (Line, 1, false, Array.IndexOf(Header, column));
        foreach (var c in Raw)
        {
            if (field == 0)
                break;
            if (c == '"')
                quoted = !quoted;
            if (c == ',' && !quoted)
                field--;
            (line, at) = c == '\n' ? (line + 1, 1) : (line, at + 1);
        }

        return new(File, line, at, column, says);
    }
}
