using System.Globalization;
using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>Values of a column that name no row of the table that they refer to.</summary>
/// <param name="Table">Table in which they stand.</param>
/// <param name="Column">Column in which they stand.</param>
/// <param name="RefersTo">Table in which they are missing.</param>
/// <param name="Rows">Number of rows concerned.</param>
/// <param name="Example">The smallest such value.</param>
public sealed record BrokenReference(string Table, string Column, string RefersTo, long Rows, string Example)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Rows} {(Rows == 1 ? "row" : "rows")} of {Table} with a {Column} that {RefersTo} does not hold, for example {Example}");
}

/// <summary>Stores a book as one DuckDB file that anyone can open with SQL, and reads it back.</summary>
public static class BookFile
{
    /// <summary>The statements that create the tables.</summary>
    public static string Schema { get; } = ReadSchema();

    /// <summary>Writes a book as one file. An old file is replaced when the new one is whole, and only then.</summary>
    /// <param name="book">The book.</param>
    /// <param name="path">Where to; the folder is created if it is not there.</param>
    /// <exception cref="BookException">The book breaks a rule of its tables, the file cannot be written, or another file that is no book stands there.</exception>
    public static void Save(Book book, string path)
    {
        ArgumentNullException.ThrowIfNull(book);
        try
        {
            RequireReplaceable(path);
            Aside.WriteFile(path, aside =>
            {
                using var connection = DuckDb.Connect(aside);
                DuckDb.Execute(connection, Schema);
                foreach (var table in book.Tables)
                    DuckDb.Append(connection, table.Name, table.Columns);
                RequireWhole(connection, path);
                DuckDb.Execute(connection, "CHECKPOINT");
            });
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw BookException.Because(path, "written", error);
        }
    }

    /// <summary>Reads a book.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BookException">There is no such file, it is no book, it is damaged, or it is of a newer version.</exception>
    public static Book Open(string path) => Read(path, connection =>
    {
        var book = new Book(stamped: false);
        foreach (var table in book.Tables)
            if (DuckDb.Difference(connection, table.Name, table.Columns) is { } difference)
                throw new BookException($"{path} is not a book as it should be: {difference}.");
        RequireWhole(connection, path);
        foreach (var table in book.Tables)
            DuckDb.Read(connection, table.Name, table.Columns);
        return book;
    });

    /// <summary>Looks for values that name a row which is not there.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What is broken, by column; empty if all is well.</returns>
    /// <exception cref="BookException">There is no such file, it is no book, it is damaged, or it is of a newer version.</exception>
    public static IReadOnlyList<BrokenReference> Verify(string path) => Read(path, BrokenReferences);

    /// <summary>Refuses what is no book, or one of a newer version.</summary>
    internal static void RequireBook(string path) => Read(path, _ => 0);

    /// <summary>Refuses to write a book where another program has one open, or in the place of anything but a book.</summary>
    internal static void RequireReplaceable(string path)
    {
        // a log beside the old file belongs to it alone: DuckDB would play it back into the new one
        if (File.Exists(path + ".wal"))
            throw new BookException($"{path} is open in another program, or was not closed properly by one: close it there and try again.");
        Aside.RequireOurs(path, RequireBook);
    }

    /// <summary>Columns of each table's primary key, by table, as the schema states them.</summary>
    internal static Dictionary<string, IReadOnlyList<string>> PrimaryKeys()
    {
        using var connection = DuckDb.Connect();
        DuckDb.Execute(connection, Schema);
        var keys = new Dictionary<string, IReadOnlyList<string>>();
        DuckDb.Query(connection, "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'",
            row => keys.Add(row.GetString(0), row.GetFieldValue<List<string>>(1)));
        return keys;
    }

    private static T Read<T>(string path, Func<DuckDBConnection, T> read)
    {
        try
        {
            RequireDuckDb(path);
            using var connection = DuckDb.Connect(path, readOnly: true);
            RequireVersion(connection, path);
            return read(connection);
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    /// <summary>Refuses what is no DuckDB file before DuckDB sees it.</summary>
    private static void RequireDuckDb(string path)
    {
        if (Directory.Exists(path))
            throw new BookException($"{path} is a folder, not a book.");
        if (!File.Exists(path))
            throw new BookException($"There is no book at {path}.");
        Span<byte> start = stackalloc byte[12];
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[8..].SequenceEqual("DUCK"u8))
            throw new BookException($"{path} is not a book: it is no DuckDB file.");
    }

    private static void RequireVersion(DuckDBConnection connection, string path)
    {
        var meta = new MetaTable();
        if (DuckDb.Difference(connection, meta.Name, meta.Columns) is not null)
            throw new BookException($"{path} is a DuckDB file but not a book: it has no table meta of keys and values.");
        DuckDb.Read(connection, meta.Name, meta.Columns);
        var stated = meta.Find(Book.SchemaVersionKey);
        if (!int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
            throw new BookException($"{path} is a DuckDB file but not a book: its meta table states no {Book.SchemaVersionKey}.");
        if (version > Book.SchemaVersion)
            throw new BookException($"{path} is a book of version {version} and this program reads version {Book.SchemaVersion}: a newer Posiwid is needed.");
    }

    internal static void RequireWhole(DuckDBConnection connection, string path)
    {
        if (BrokenReferences(connection) is [var first, .. var others])
            throw new BookException($"{path} is not whole: {first}{(others.Count > 0 ? $" (and {others.Count} other columns with the like)" : "")}.");
    }

    private static List<BrokenReference> BrokenReferences(DuckDBConnection connection)
    {
        var broken = new List<BrokenReference>();
        var tables = new Book().Tables;
        foreach (var table in tables)
            foreach (var column in table.Columns)
            {
                if (column.RefersTo is not { } target)
                    continue;
                var key = DuckDb.Name(tables.First(t => t.Name == target).Columns[0].Name);
                var (from, name) = (DuckDb.Name(table.Name), DuckDb.Name(column.Name));
                DuckDb.Query(connection,
                    $"SELECT count(*), CAST(min({name}) AS VARCHAR) FROM {from} AS a WHERE {name} IS NOT NULL" +
                    (column.ZeroIsWhole ? $" AND {name} <> 0" : "") +
                    $" AND NOT EXISTS (SELECT 1 FROM {DuckDb.Name(target)} AS b WHERE b.{key} = a.{name})",
                    row =>
                    {
                        if (row.GetInt64(0) is var rows and > 0)
                            broken.Add(new BrokenReference(table.Name, column.Name, target, rows, row.GetString(1)));
                    });
            }

        return broken;
    }

    /// <summary>True for what a file or a user can cause; anything else is our mistake and is shown as such.</summary>
    internal static bool IsExpected(Exception error) =>
        error is DuckDBException or IOException or UnauthorizedAccessException;

    private static string ReadSchema()
    {
        using var stream = typeof(BookFile).Assembly.GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
