using System.Text;

namespace Posiwid.Records.Import;

/// <summary>
/// A table of a MySQL or MariaDB dump (mysqldump): its columns from CREATE TABLE, its rows from INSERT INTO. The file is read once through, statement by statement;
/// a row's line is that of its statement's row.
/// </summary>
internal sealed class SqlDump : Sheet
{
    private readonly StreamReader reader;
    private readonly Action<long, string> broken;
    private readonly string table;
    private readonly List<string> cells = [];
    private long line = 1;
    private bool inside;

    public SqlDump(string path, string table, Action<long, string> broken)
    {
        (this.table, this.broken) = (table, broken);
        reader = new StreamReader(path, Encoding.UTF8);
        try
        {
            Headings = Columns() ?? throw new BookException($"{path} has no table {table}.");
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public override string this[int column] => column < cells.Count ? cells[column] : "";

    public static new IReadOnlyList<string> Names(string path)
    {
        var names = new List<string>();
        foreach (var text in File.ReadLines(path))
            if (Quoted(text, "CREATE TABLE ") is { } name)
                names.Add(name);
        return names;
    }

    public override bool Read()
    {
        while (inside || ToInsert())
        {
            inside = true;
            while (reader.Peek() is ' ' or ',' or '\n' or '\r' or '\t')
                Next();
            if (reader.Peek() != '(')
            {
                // the end of the statement, or of a file that is cut
                inside = false;
                if (reader.Peek() is not (';' or -1))
                    broken(line, "an INSERT that cannot be read");
                continue;
            }

            Line = line;
            if (!Row())
            {
                broken(Line, "the dump ends within a row");
                return false;
            }

            if (cells.Count == Headings.Count)
                return true;
            broken(Line, $"{cells.Count} values where {Headings.Count} belong");
        }

        return false;
    }

    public override void Dispose() => reader.Dispose();

    private List<string>? Columns()
    {
        while (NextLine() is { } text)
        {
            if (Quoted(text, "CREATE TABLE ") != table)
                continue;
            var columns = new List<string>();
            while (NextLine() is { } column && !column.TrimStart().StartsWith(')'))
                if (Quoted(column.TrimStart(), "") is { } name)
                    columns.Add(name);
            return columns;
        }

        return null;
    }

    /// <summary>The name between back quotes that follows a beginning.</summary>
    private static string? Quoted(string text, string start) =>
        text.StartsWith(start + "`", StringComparison.Ordinal) && text.IndexOf('`', start.Length + 1) is var end and > 0 ? text[(start.Length + 1)..end] : null;

    private bool ToInsert()
    {
        var start = $"INSERT INTO `{table}` ";
        while (reader.Peek() >= 0)
        {
            var seen = new StringBuilder();
            while (reader.Peek() is >= 0 and not '\n' && seen.Length < start.Length)
                seen.Append((char)Next());
            if (seen.ToString() == start)
            {
                // a list of columns may stand before VALUES; mysqldump writes them in the table's order
                var word = new StringBuilder();
                while (reader.Peek() >= 0 && !word.ToString().EndsWith("VALUES", StringComparison.Ordinal) && word.Length < 1 << 16)
                    word.Append((char)Next());
                return reader.Peek() >= 0;
            }

            NextLine();
        }

        return false;
    }

    private bool Row()
    {
        cells.Clear();
        Next();
        var cell = new StringBuilder();
        var quoted = false;
        while (Next() is var c and >= 0)
        {
            switch ((char)c)
            {
                case '\'':
                    quoted = true;
                    if (!Text(cell))
                        return false;
                    break;
                case ',' or ')':
                    var text = cell.ToString();
                    cells.Add(!quoted && text.Trim() == "NULL" ? "" : quoted ? text : text.Trim());
                    cell.Clear();
                    quoted = false;
                    if (c == ')')
                        return true;
                    break;
                default:
                    if (!quoted)
                        cell.Append((char)c);
                    break;
            }
        }

        return false;
    }

    private bool Text(StringBuilder cell)
    {
        cell.Clear();
        while (Next() is var c and >= 0)
        {
            if (c == '\\')
                cell.Append(Next() switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', var other => (char)Math.Max(0, other) });
            else if (c != '\'')
                cell.Append((char)c);
            else if (reader.Peek() == '\'')
                cell.Append((char)Next());
            else
                return true;
        }

        return false;
    }

    private int Next()
    {
        var c = reader.Read();
        if (c == '\n')
            line++;
        return c;
    }

    private string? NextLine()
    {
        var text = reader.ReadLine();
        line++;
        return text;
    }
}
