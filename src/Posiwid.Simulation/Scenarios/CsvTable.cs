using System.Globalization;
using System.Text;
using CsvHelper;

namespace Posiwid.Simulation.Scenarios;

/// <summary>A comma-separated file with a header, in memory; complaints name file, line and column.</summary>
internal sealed class CsvTable
{
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    private CsvTable(string file, string[] columns, IReadOnlyList<CsvRow> rows) => (File, Columns, Rows) = (file, columns, rows);

    /// <summary>Name of the file as the scenario writes it.</summary>
    public string File { get; }

    /// <summary>Names of the columns.</summary>
    public string[] Columns { get; }

    /// <summary>The rows below the header.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a file of which these columns are needed.</summary>
    public static CsvTable Read(DataFiles files, string name, params IEnumerable<string> needed)
    {
        var table = Parse(files.Text(name), name);
        foreach (var column in needed.Where(c => !table.Columns.Contains(c)))
            throw new ScenarioException(new ScenarioError(name, 1, 1, "", $"column '{column}' is missing{Nearest.Hint(column, table.Columns)}"));
        return table;
    }

    /// <summary>Reads a text.</summary>
    public static CsvTable Parse(string text, string name)
    {
        try
        {
            using var reader = CsvReader.FromText(text, Strict);
            var columns = reader.Headers.ToArray();
            if (columns.Length == 0) throw new ScenarioException(new ScenarioError(name, 1, 1, "", "the file is empty"));
            var rows = new List<CsvRow>();
            foreach (var row in reader)
                rows.Add(new CsvRow(name, columns, (int)reader.LineNumber, Encoding.UTF8.GetString(row.RawRecord), row.ToArray()));
            return new(name, columns, rows);
        }
        catch (CsvFormatException e)
        {
            throw new ScenarioException(new ScenarioError(name, Math.Max(1, (int)e.LineNumber), 1, "", e.Message));
        }
    }
}

/// <summary>A row of a <see cref="CsvTable"/>.</summary>
internal sealed record CsvRow(string File, string[] Columns, int Line, string Raw, string[] Cells)
{
    /// <summary>The cell in a column.</summary>
    public string this[string column] => Cells[Array.IndexOf(Columns, column)];

    /// <summary>The number in a column; null if the cell is empty.</summary>
    public double? Number(string column)
    {
        var cell = this[column];
        if (cell.Length == 0) return null;
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        throw Error(column, $"'{cell}' is not a number");
    }

    /// <summary>The date in a column, as precise as it is written; null if the cell is empty.</summary>
    public DateSpan? Date(string column)
    {
        var cell = this[column];
        if (cell.Length == 0) return null;
        return DateSpan.TryParse(cell, out var span) ? span : throw Error(column, $"'{cell}' is not a date; write yyyy, yyyy-mm or yyyy-mm-dd");
    }

    /// <summary>A complaint about the cell in a column, with its place.</summary>
    public ScenarioException Error(string column, string message)
    {
        var (line, at, quoted, field) = (Line, 1, false, Array.IndexOf(Columns, column));
        foreach (var c in Raw)
        {
            if (field == 0) break;
            if (c == '"') quoted = !quoted;
            if (c == ',' && !quoted) field--;
            (line, at) = c == '\n' ? (line + 1, 1) : (line, at + 1);
        }

        return new(new ScenarioError(File, line, at, column, message));
    }
}
