using System.Globalization;
using CsvHelper;

namespace Posiwid.Purpose;

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
    /// <exception cref="FormatException">The file is not what it should be; the message names file and line.</exception>
    public static IReadOnlyList<CodingRow> Read(string file, params string[] columns)
    {
        try
        {
            using var reader = CsvReader.FromText(File.ReadAllText(file), Strict);
            var header = reader.Headers.ToArray();
            if (columns.FirstOrDefault(c => !header.Contains(c)) is { } missing)
                throw new FormatException($"{file}:1: no column '{missing}'");
            var rows = new List<CodingRow>();
            foreach (var row in reader)
                rows.Add(new CodingRow(file, (int)reader.LineNumber, header, row.ToArray()));
            return rows;
        }
        catch (CsvFormatException e)
        {
            throw new FormatException($"{file}:{Math.Max(1, e.LineNumber)}: {e.Message}", e);
        }
    }
}

/// <summary>One row of a <see cref="CodingFile"/>.</summary>
internal sealed record CodingRow(string File, int Line, string[] Header, string[] Cells)
{
    public string this[string column] => Cells[Array.IndexOf(Header, column)];

    /// <summary>The cell in a column; null if it is empty or there is no such column.</summary>
    public string? Optional(string column) => Array.IndexOf(Header, column) is var at and >= 0 && Cells[at].Length > 0 ? Cells[at] : null;

    /// <summary>The words of a cell, between blanks.</summary>
    public string[] Words(string column) => Optional(column)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public double Number(string column) => double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value : throw Error($"'{this[column]}' is not a number");

    public FormatException Error(string message) => new($"{File}:{Line}: {message}");
}
