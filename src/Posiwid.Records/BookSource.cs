using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>
/// A book to be asked in SQL without being read whole: a DuckDB file, a folder that holds <c>book.duckdb</c>, or a folder of CSV files with the names
/// and columns of <c>schema.sql</c>. Tables that are not there are empty. Only the columns that a question names are read.
/// </summary>
/// <remarks>
/// In CSV, persons may go by any pseudonym; it becomes a number on the way in. A column that a book does not know is refused: it might name somebody.
/// </remarks>
public sealed partial class BookSource : IDisposable
{
    private readonly DuckDBConnection connection;
    private readonly HashSet<string> present = [];
    private readonly Dictionary<string, string> files = []; // CSV file of each table that comes from one
    private readonly Dictionary<string, (string All, string Condition)> kept = []; // tables of which only some rows are left

    private BookSource(string path, DuckDBConnection connection) => (Path, this.connection) = (path, connection);

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>Opens a book.</summary>
    /// <param name="path">File or folder.</param>
    /// <exception cref="BookException">There is no book, or a table has other columns than it should have.</exception>
    public static BookSource Open(string path)
    {
        var file = Directory.Exists(path) && File.Exists(System.IO.Path.Combine(path, "book.duckdb")) ? System.IO.Path.Combine(path, "book.duckdb") : path;
        var source = new BookSource(file, DuckDb.Connect());
        try
        {
            DuckDb.Execute(source.connection, BookFile.Schema);
            if (Directory.Exists(file))
                source.AttachFolder();
            else
                source.AttachFile();
            return source;
        }
        catch (Exception error)
        {
            source.Dispose();
            if (BookFile.IsExpected(error))
                throw BookException.Because(file, "read", error);
            throw;
        }
    }

    /// <summary>True if there is a book at a path: a folder that holds one or CSV files, or a file that is a database, whatever its name.</summary>
    public static bool IsBook(string path)
    {
        if (Directory.Exists(path))
            return File.Exists(System.IO.Path.Combine(path, "book.duckdb")) || Directory.EnumerateFiles(path, "*.csv").Any();
        if (path.EndsWith(".duckdb", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!File.Exists(path))
            return false;
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[12]; // after a checksum of eight bytes: DUCK
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[8..].SequenceEqual("DUCK"u8);
    }

    /// <summary>True if a table has rows.</summary>
    public bool Has(string table) => present.Contains(table);

    /// <summary>A fact about the book; null if it is not stated.</summary>
    public string? Meta(string key) => Rows($"SELECT value FROM meta WHERE key = {DuckDb.Literal(key)} AND value IS NOT NULL", r => r.GetString(0)).FirstOrDefault();

    /// <summary>The rows that a query gives.</summary>
    /// <param name="sql">A SELECT over the tables of <c>schema.sql</c>.</param>
    /// <param name="row">What to make of each row.</param>
    /// <exception cref="BookException">A value cannot be read; names file, line and column where it is known.</exception>
    public List<T> Rows<T>(string sql, Func<DbDataReader, T> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var rows = new List<T>();
        try
        {
            DuckDb.Query(connection, sql, r => rows.Add(row(r)));
        }
        catch (DuckDBException error) when (CsvError(error) is { } wrong)
        {
            throw wrong;
        }
        catch (Exception error) when (BookFile.IsExpected(error))
        {
            throw BookException.Because(Path, "read", error);
        }

        return rows;
    }

    /// <summary>Leaves of a table, from now on, only the rows for which a condition holds.</summary>
    /// <param name="table">A table; not one of which rows were left out already.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="columns">What to see in place of its columns: the same names.</param>
    /// <returns>Number of rows left out.</returns>
    /// <exception cref="InvalidOperationException">Rows of it were left out already.</exception>
    public long Keep(string table, string condition, string columns = "*")
    {
        if (kept.ContainsKey(table))
            throw new InvalidOperationException($"Rows of {table} were left out of {Path} already; open it anew to read it again.");
        if (!Has(table))
            return 0;
        var (left, rows) = Rows($"SELECT count(*) FILTER ({condition}), count(*) FROM {table}", r => (r.GetInt64(0), r.GetInt64(1)))[0];
        var all = DuckDb.Name($"all of {table}");
        DuckDb.Execute(connection, $"ALTER VIEW {table} RENAME TO {all}; CREATE VIEW {table} AS SELECT {columns} FROM {all} WHERE {condition}");
        kept.Add(table, (all, condition));
        if (left == 0)
            present.Remove(table);
        return rows - left;
    }

    /// <summary>Where the first row is for which a condition holds: file and line of a CSV table, null for a book that is a database; and the row's key.</summary>
    /// <param name="table">A table.</param>
    /// <param name="condition">The condition, which holds for some row.</param>
    /// <param name="key">The column of the key.</param>
    public (BookPlace? Place, object Key) First(string table, string condition, string key)
    {
        var file = files.GetValueOrDefault(table);
        if (kept.TryGetValue(table, out var part))
            (table, condition) = (part.All, $"({condition}) AND ({part.Condition})");
        if (file is null)
            return (null, Rows($"SELECT min({key}) FROM {table} WHERE {condition}", r => r.GetValue(0))[0]);
        var row = Rows(CsvKeys.FirstRow(table, condition), r => r.GetInt64(0))[0];
        return (new BookPlace(file, CsvLines.Of(file, row)), Rows($"SELECT {key} FROM (SELECT {key}, row_number() OVER () AS n FROM {table}) WHERE n = {row}", r => r.GetValue(0))[0]);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private void AttachFile()
    {
        BookFile.RequireBook(Path);
        DuckDb.Execute(connection, $"ATTACH {DuckDb.Literal(Path)} AS book (READ_ONLY)");
        foreach (var table in new Book().Tables)
        {
            var stored = "book.main." + DuckDb.Name(table.Name);
            if (DuckDb.Difference(connection, stored, table.Columns) is { } difference)
            {
                if (difference.EndsWith("is missing", StringComparison.Ordinal))
                    continue;
                throw new BookException($"{Path} is not a book as it should be: {difference.Replace(stored, table.Name, StringComparison.Ordinal)}.");
            }

            Show(table.Name, "SELECT * FROM " + stored);
        }
    }

    private void AttachFolder()
    {
        var tables = new Book().Tables;
        var keys = BookFile.PrimaryKeys();
        var (checks, defaults) = (CsvRules.Checks(connection), CsvRules.Defaults(connection));
        var found = false;
        foreach (var file in Directory.EnumerateFiles(Path, "*.csv").Order(StringComparer.Ordinal))
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(file);
            var table = tables.FirstOrDefault(t => t.Name == name) ?? throw new BookException($"{file} is no table of a book; those are {string.Join(", ", tables.Select(t => t.Name))}. Of other files posiwid import makes a book.");
            files[name] = file;
            var header = Header(file, table);
            Show(name, Select(file, table, header, defaults, asWritten: false), () =>
            {
                CsvKeys.Check(connection, table, keys.GetValueOrDefault(name, []), file);
                var own = table.Columns.Where(c => header.Contains(c.Name)).ToList();
                // an empty fact about the book is one that is not stated; a shock without a size is left out and counted
                var needed = own.Where(c => !c.Nullable && !defaults.ContainsKey((name, c.Name)) && (name, c.Name) is not (("meta", "value") or ("shock", "size"))).ToList();
                CsvRules.Check(connection, own, needed, checks[name], Select(file, table, header, defaults, asWritten: true), file);
            });
            found = true;
        }

        foreach (var table in tables.Where(t => present.Contains(t.Name)))
        {
            CsvRules.CheckReferences(connection, table,
                [.. table.Columns.Where(c => c.RefersTo is { } target && present.Contains(target)).Select(c => (c, tables.First(t => t.Name == c.RefersTo)))], name => files[name]);
        }

        if (!found)
            throw new BookException($"{Path} is no book: it holds neither book.duckdb nor tables as CSV files.");
        var stated = Meta(Book.SchemaVersionKey);
        if (stated is not null && !(int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version is > 0 and <= Book.SchemaVersion))
            throw new BookException($"{Path} is a book of version {stated} and this program reads version {Book.SchemaVersion}: a newer Posiwid is needed.");
    }

    private void Show(string table, string select, Action? check = null)
    {
        DuckDb.Execute(connection, $"DROP TABLE {DuckDb.Name(table)}; CREATE VIEW {DuckDb.Name(table)} AS {select}");
        var any = false;
        try
        {
            DuckDb.Query(connection, $"SELECT 1 FROM {DuckDb.Name(table)} LIMIT 1", _ => any = true);
            if (any)
                check?.Invoke();
        }
        catch (DuckDBException error) when (CsvError(error) is { } wrong)
        {
            throw wrong;
        }

        if (any)
            present.Add(table);
    }

    private static string[] Header(string file, Table table)
    {
        string[] header = [.. (File.ReadLines(file).FirstOrDefault() ?? "").TrimStart('\uFEFF').Split(',').Select(c => c.Trim().Trim('"'))];
        if (header.All(h => h.Length == 0))
            throw new BookException($"{file} is empty; its first line holds the names of its columns.");
        foreach (var name in header)
        {
            if (table.Columns.All(c => c.Name != name))
                throw new BookException(new BookPlace(file, 1), $"'{name}' is no column of {table.Name}; those are {string.Join(", ", table.Columns.Select(c => c.Name))}.");
            if (header.Count(h => h == name) > 1)
                throw new BookException(new BookPlace(file, 1), $"the column {name} is there twice.");
        }

        return header;
    }

    /// <summary>A SELECT of a table's columns from its file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="table">The table.</param>
    /// <param name="header">Columns of the file.</param>
    /// <param name="defaults">What stands for an empty cell.</param>
    /// <param name="asWritten">True to have whole numbers as the file has them, too, and none where it has something else.</param>
    private static string Select(string file, Table table, string[] header, Dictionary<(string Table, string Column), string> defaults, bool asWritten)
    {
        // whoever is needed must be there; what may be missing is missing everywhere
        var columns = table.Columns.Select(c => !header.Contains(c.Name)
            ? c.Nullable ? $"CAST(NULL AS {DuckDb.SqlType(c)}) AS {DuckDb.Name(c.Name)}" : throw new BookException(new BookPlace(file, 1), $"the column {c.Name} is missing.")
            : $"{Cell(c, DuckDb.Name(c.Name))} AS {DuckDb.Name(c.Name)}{(AsText(c) ? $", {DuckDb.Name(c.Name)} AS {DuckDb.Name(CsvRules.AsWritten(c.Name))}" : "")}");
        var types = header.Select(h => $"{DuckDb.Literal(h)}: {DuckDb.Literal(table.Columns.First(c => c.Name == h) is var c && (IsPerson(c) || AsText(c)) ? "VARCHAR" : DuckDb.SqlType(c))}");
        return $"SELECT {string.Join(", ", columns)} FROM read_csv({DuckDb.Literal(file)}, header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, columns = {{{string.Join(", ", types)}}})";

        bool AsText(Column column) => asWritten && CsvRules.IsWhole(column) && !IsPerson(column);
        string Cell(Column column, string name) => IsPerson(column) ? $"CASE WHEN {name} IS NULL THEN NULL ELSE CAST(hash({name}) >> 1 AS BIGINT) END"
            : AsText(column) ? $"TRY_CAST({name} AS {DuckDb.SqlType(column)})"
            : defaults.TryGetValue((table.Name, column.Name), out var other) ? $"coalesce({name}, {other})" : name;
    }

    internal static bool IsPerson(Column column) => column.Name is "person_id" or "opened_by";

    /// <summary>What is wrong with a cell or a line of a CSV file that cannot be read; null for another error.</summary>
    private static BookException? CsvError(DuckDBException error)
    {
        if (!error.Message.Contains("CSV Error", StringComparison.Ordinal))
            return null;
        string? Part(Regex pattern) => pattern.Match(error.Message) is { Success: true } m ? m.Groups[1].Value : null;
        var cell = Cell().Match(error.Message);
        var says = cell.Success ? $"'{cell.Groups[1].Value}' is no {cell.Groups[2].Value}." : $"{(Part(Reason()) ?? "the line cannot be read").TrimEnd('.')}.";
        if (Part(FileName()) is not { } file || !long.TryParse(Part(LineNumber()), out var line))
            return new($"{Part(FileName()) ?? "a CSV file"}: {says}", error);
        return new(new BookPlace(file, line, cell.Success && Part(ColumnName()) is { } column ? [column] : []), says, error);
    }

    [GeneratedRegex(@"(?m)^\s*file ?= ?(.+)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"CSV Error on Line: (\d+)")]
    private static partial Regex LineNumber();

    [GeneratedRegex(@"column ""([^""]+)""")]
    private static partial Regex ColumnName();

    [GeneratedRegex("""Could not convert string "([^"]*)" to '(\w+)'""")]
    private static partial Regex Cell();

    [GeneratedRegex(@"(?m)^((?:Expected|Value|Missing|Maximum|Invalid (?!Input Error)).+)$")]
    private static partial Regex Reason();
}
