using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>
/// A stored book to be handed on, some rows at a time, so that it is never in memory as a whole: as it is, or coarse enough to leave the house (<see cref="Coarsening"/>).
/// </summary>
public sealed class BookPages : IDisposable
{
    /// <summary>Memory that the database may use before it goes to disk.</summary>
    private const string Memory = "1GB";

    private const int PageRows = 1 << 14;

    private readonly DuckDBConnection connection;
    private readonly string spill = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
    private readonly List<string> notes = [];
    private readonly IReadOnlyDictionary<string, string> coarse = new Dictionary<string, string>();

    private readonly IProgress<long>? progress;
    private readonly CancellationToken interrupted;
    private long rows;

    private BookPages(string path, bool exact, bool voice, IProgress<long>? progress, CancellationToken interrupted)
    {
        (Path, connection, this.progress, this.interrupted) = (path, DuckDb.Connect(), progress, interrupted);
        try
        {
            DuckDb.Execute(connection, $"SET memory_limit = '{Memory}'; SET temp_directory = {DuckDb.Literal(spill)}; ATTACH {DuckDb.Literal(path)} AS book (READ_ONLY)", interrupted);
            foreach (var table in Tables)
                if (DuckDb.Difference(connection, "book.main." + DuckDb.Name(table.Name), table.Columns) is { } difference)
                    throw new BookException($"{path} is not a book as it should be: {difference.Replace("book.main.", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)}.");
            IsExact = exact || DuckDb.Number(connection, "SELECT count(*) FROM book.main.meta WHERE key = 'source' AND value = 'simulated'") > 0;
            if (!IsExact)
                coarse = new Coarsening(connection, voice, notes).Selects();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True if every row is handed on as it is; so are books of runs always, since there is nobody in them.</summary>
    public bool IsExact { get; }

    /// <summary>What was left out or made coarser, for people.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>The tables, without rows.</summary>
    public IReadOnlyList<Table> Tables { get; } = new Book(stamped: false).Tables;

    /// <summary>Opens a book.</summary>
    /// <param name="path">The file.</param>
    /// <param name="exact">True to hand on every row as it is.</param>
    /// <param name="voice">False to leave complaints out; only where <paramref name="exact"/> is false.</param>
    /// <param name="progress">Told of rows handed on.</param>
    /// <param name="interrupted">Asks to stop: whatever is being handed on then ends in an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="BookException">There is no such file, it is no book, it is damaged, or it is of a newer version.</exception>
    public static BookPages Open(string path, bool exact, bool voice = true, IProgress<long>? progress = null, CancellationToken interrupted = default)
    {
        try
        {
            BookFile.RequireBook(path);
            return new BookPages(path, exact, voice, progress, interrupted);
        }
        catch (Exception error) when (BookFile.IsExpected(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    /// <summary>The book in memory: for small ones.</summary>
    public Book Read()
    {
        var book = new Book(stamped: false);
        foreach (var table in book.Tables)
        {
            var cells = table.Columns.Select(DuckDb.Reader).ToArray();
            DuckDb.Query(connection, Select(table), row => Array.ForEach(cells, cell => cell(row)));
        }

        return book;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        if (Directory.Exists(spill))
            Directory.Delete(spill, recursive: true);
    }

    /// <summary>The rows of a table, in their order, some at a time. Several tables can be gone through side by side.</summary>
    /// <param name="table">One of <see cref="Tables"/>.</param>
    internal IEnumerable<Table> Pages(Table table) => Filled(table, Select(table), _ => { });

    /// <summary>The rows of a table, by a day and then in their order, each with its number, from 0, in the table's order.</summary>
    /// <param name="table">One of <see cref="Tables"/>.</param>
    /// <param name="day">Column to go by first; none if null.</param>
    internal IEnumerable<(Table Table, IReadOnlyList<long> Numbers)> Numbered(Table table, string? day)
    {
        var numbers = new List<long>();
        foreach (var page in Filled(table, $"SELECT *, row_number() OVER () - 1 AS row_no FROM ({Select(table)}){(day is null ? "" : $" ORDER BY {DuckDb.Name(day)}, row_no")}", row => numbers.Add(row.GetInt64(table.Columns.Count))))
        {
            yield return (page, numbers);
            numbers = [];
        }
    }

    /// <summary>Who took part in what, in the order of <see cref="Numbered"/> activities by day: number of the activity, person, role, hours.</summary>
    internal IEnumerable<(long Activity, long Person, string Role, double? Hours)> TakenPart()
    {
        var (activities, people) = (Tables.First(t => t is ActivityTable), Tables.First(t => t is ActivityPersonTable));
        using var own = Open();
        foreach (var row in DuckDb.Rows(own, $"""
            SELECT a.row_no, p.person_id, p.role, p.hours FROM (SELECT activity_id, date, row_number() OVER () - 1 AS row_no FROM ({Select(activities)})) AS a
            JOIN (SELECT *, row_number() OVER () AS part_no FROM ({Select(people)})) AS p USING (activity_id) ORDER BY a.date, a.row_no, p.part_no
            """, r => (r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.IsDBNull(3) ? null : (double?)r.GetDouble(3)), interrupted))
            yield return row;
    }

    private DuckDBConnection Open()
    {
        var own = connection.Duplicate();
        own.Open();
        return own;
    }

    private IEnumerable<Table> Filled(Table table, string sql, Action<DuckDBDataReader> also)
    {
        using var own = Open();
        var page = Empty(table);
        var cells = page.Columns.Select(DuckDb.Reader).ToArray();
        foreach (var _ in DuckDb.Rows(own, sql, Take, interrupted))
        {
            if (page.Count < PageRows)
                continue;
            Told(page.Count);
            yield return page;
            page = Empty(table);
            cells = [.. page.Columns.Select(DuckDb.Reader)];
        }

        Told(page.Count);
        if (page.Count > 0)
            yield return page;

        bool Take(DuckDBDataReader row)
        {
            foreach (var cell in cells)
                cell(row);
            also(row);
            return true;
        }
    }

    /// <summary>Writes a table as Parquet.</summary>
    internal void ToParquet(Table table, string file)
    {
        DuckDb.Execute(connection, $"COPY ({Select(table)}) TO {DuckDb.Literal(file)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)", interrupted);
        Told(DuckDb.Number(connection, $"SELECT count(*) FROM read_parquet({DuckDb.Literal(file)})"));
    }

    private void Told(long count)
    {
        rows += count;
        progress?.Report(rows);
        interrupted.ThrowIfCancellationRequested();
    }

    private string Select(Table table) => coarse.GetValueOrDefault(table.Name) ?? $"SELECT {string.Join(", ", table.Columns.Select(c => DuckDb.Name(c.Name)))} FROM book.main.{DuckDb.Name(table.Name)}";

    private static Table Empty(Table table) => new Book(stamped: false).Tables.First(t => t.Name == table.Name);
}
