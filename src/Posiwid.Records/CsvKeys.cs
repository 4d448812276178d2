using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>
/// Finds a key that is there twice in a table that comes from a CSV file, where no database looks after it. Keys that rise from row to row, as nearly all do, need no
/// memory; of others a hash of 8 bytes each is sorted, in several passes through the file if they are many.
/// </summary>
internal static class CsvKeys
{
    private const int MostAtOnce = 1 << 24, MostCandidates = 1000;

    /// <summary>Refuses a table in which a key is missing or repeated.</summary>
    /// <param name="connection">Where the table can be read.</param>
    /// <param name="table">The table.</param>
    /// <param name="key">Columns of its key.</param>
    /// <param name="file">The CSV file from which it comes.</param>
    /// <param name="mostAtOnce">Hashes that may lie in memory.</param>
    /// <exception cref="BookException">A key is missing or repeated; names file, line and column.</exception>
    public static void Check(DuckDBConnection connection, Table table, IReadOnlyList<string> key, string file, int mostAtOnce = MostAtOnce)
    {
        if (key.Count == 0)
            return;
        var columns = key.Select(k => table.Columns.First(c => c.Name == k)).ToList();
        var name = DuckDb.Name(table.Name);
        var (rows, rising) = (0L, false);
        if (columns is [var only] && only is not TextColumn)
        {
            var k = DuckDb.Name(only.Name);
            var (empty, falls) = (0L, 0L);
            DuckDb.Query(connection, $"SELECT count(*), count(*) FILTER (k IS NULL), count(*) FILTER (k <= p) FROM (SELECT {k} AS k, lag({k}) OVER () AS p FROM {name})",
                r => (rows, empty, falls) = (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)));
            if (empty > 0)
                throw new BookException(new BookPlace(file, CsvLines.Of(file, DuckDb.Number(connection, FirstRow(name, $"{k} IS NULL"))), only.Name), "it is empty, and no two rows could be told apart.");
            rising = falls == 0;
        }
        else
            rows = DuckDb.Number(connection, $"SELECT count(*) FROM {name}");

        if (rising)
            return;
        // an empty text and none are one
        var parts = string.Join(", ", columns.Select(c => c is TextColumn ? $"coalesce({DuckDb.Name(c.Name)}, '')" : DuckDb.Name(c.Name)));
        if (Twice(connection, name, parts, rows, mostAtOnce) is not { Count: > 0 } hashes)
            return;
        (long Earlier, long Later)? found = null;
        DuckDb.Query(connection,
            $"""
            SELECT earlier, n FROM (SELECT n, lag(n) OVER (PARTITION BY {parts} ORDER BY n) AS earlier
                FROM (SELECT {string.Join(", ", columns.Select(c => DuckDb.Name(c.Name)))}, row_number() OVER () AS n FROM {name}) WHERE hash({parts}) IN ({string.Join(", ", hashes)}))
            WHERE earlier IS NOT NULL ORDER BY n LIMIT 1
            """,
            r => found = (r.GetInt64(0), r.GetInt64(1)));
        if (found is var (earlier, later))
        {
            throw new BookException(new BookPlace(file, CsvLines.Of(file, later), [.. key]), $"the same as in line {CsvLines.Of(file, earlier)}, "
                + $"where each row of {table.Name} needs {(key.Count == 1 ? "one" : "a combination")} of its own.");
        }
    }

    /// <summary>The number of the first row, from 1, for which a condition holds.</summary>
    public static string FirstRow(string table, string condition) => $"SELECT min(n) FROM (SELECT *, row_number() OVER () AS n FROM {table}) WHERE {condition}";

    /// <summary>Hashes that are there twice or more, the first of them.</summary>
    private static List<ulong> Twice(DuckDBConnection connection, string table, string parts, long rows, int mostAtOnce)
    {
        var passes = ((rows - 1) / mostAtOnce) + 1;
        var found = new List<ulong>();
        var hashes = new List<ulong>((int)Math.Min(rows, mostAtOnce));
        for (var pass = 0L; pass < passes && found.Count < MostCandidates; pass++)
        {
            hashes.Clear();
            DuckDb.Query(connection, $"SELECT h FROM (SELECT hash({parts}) AS h FROM {table}){(passes == 1 ? "" : $" WHERE h % {passes}::UBIGINT = {pass}")}", r => hashes.Add(r.GetFieldValue<ulong>(0)));
            hashes.Sort();
            for (var i = 1; i < hashes.Count && found.Count < MostCandidates; i++)
            {
                if (hashes[i] == hashes[i - 1] && (found.Count == 0 || found[^1] != hashes[i]))
                    found.Add(hashes[i]);
            }
        }

        return found;
    }
}
