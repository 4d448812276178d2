using System.Globalization;
using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>
/// Makes of a book of real people one that may leave the house: days become months, people get new numbers that lead nowhere, office holders others than members,
/// and what concerns too few is merged or left out, never so that it could be had by subtraction. What remains is still about people; see <c>docs/privacy.md</c>.
/// </summary>
internal sealed class Coarsening(DuckDBConnection connection, bool voice, List<string> notes)
{
    /// <summary>Fewer people than this are not told apart.</summary>
    public const int Fewest = 5;

    /// <summary>Fewer complaints than this are left out, and fewer of a kind not told apart.</summary>
    public const int FewestComplaints = 10;

    /// <summary>Words that concern few, and what they become; missing where that is null.</summary>
    private static readonly (string Table, string Column, string? Becomes)[] Merged =
    [
        ("person", "kind", "external"), ("membership", "end_reason", "unknown"), ("tenure", "how", null),
        ("complaint", "about", "other"), ("complaint", "severity", null), ("complaint", "outcome", null), ("complaint", "level", null),
    ];

    /// <summary>Facts about the book that are days, and whether the month's last day stands for them: the period holds whole months, as every day in it becomes one.</summary>
    private static readonly (string Key, bool Last)[] Days = [("period_start", false), ("period_end", true), ("first_profile_seen_on", false)];

    /// <summary>A query for each table of the attached <c>book</c>.</summary>
    public IReadOnlyDictionary<string, string> Selects()
    {
        var units = string.Join(", ", Units().DefaultIfEmpty(int.MinValue));
        // the old numbers are pseudo-random, so their order says nothing of when somebody came; office holders go by numbers that are nobody's elsewhere
        DuckDb.Execute(connection, """
            CREATE TABLE person_no AS SELECT person_id, row_number() OVER (ORDER BY person_id) AS n FROM book.main.person;
            CREATE TABLE holder_no AS SELECT person_id, (SELECT count(*) FROM person_no) + row_number() OVER (ORDER BY person_id) AS n FROM (SELECT DISTINCT person_id FROM book.main.tenure)
            """);
        var (holders, tenures, complaints) = (Number("SELECT count(*) FROM holder_no"), Number("SELECT count(*) FROM book.main.tenure"), Number("SELECT count(*) FROM book.main.complaint"));
        var (leads, speaks) = (holders >= Fewest, voice && complaints >= FewestComplaints);
        notes.Add("Days became months, and people got numbers of their own in this export. --exact keeps both.");
        if (complaints > 0 && !speaks)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{(voice ? $"Fewer than {FewestComplaints}" : $"{complaints}")} complaints were left out{(voice ? "" : ", as was asked")}."));
        if (tenures > 0 && !leads)
            notes.Add($"Times in office were left out: fewer than {Fewest} people held one.");
        var selects = new Book(stamped: false).Tables.ToDictionary(t => t.Name, t => Select(t, units));
        if (!leads)
            selects["tenure"] += " WHERE false";
        if (!speaks)
            selects["complaint"] += " WHERE false";
        // figures of the whole: a day in their key cannot be coarsened, and names nobody
        foreach (var table in (string[])["measure", "intent"])
            selects[table] += $" WHERE unit_id = 0 OR unit_id IN ({units})";
        foreach (var table in selects.Keys.Where(t => selects[t].Contains(" JOIN ", StringComparison.Ordinal)).ToList())
            selects[table] = $"SELECT * EXCLUDE (row_at) FROM ({selects[table]}) ORDER BY row_at";
        if (leads)
            selects["person"] = $"SELECT * FROM ({selects["person"]}) UNION ALL SELECT n, 'member' FROM (SELECT n FROM holder_no ORDER BY n)";
        selects["meta"] += " UNION ALL SELECT 'coarsened', 'months, new numbers, small groups merged'";
        return selects;
    }

    /// <summary>The first day of a day's month, or the last.</summary>
    private static string Month(string day, bool last) => last ? $"last_day({day})" : $"CAST(date_trunc('month', {day}) AS DATE)";

    private long Number(string sql) => DuckDb.Number(connection, sql);

    private string Select(Table table, string units)
    {
        var keepsDays = table is MeasureTable or IntentTable;
        var person = table.Columns.FirstOrDefault(c => c.Name == "person_id");
        var columns = table.Columns.Select(c =>
        {
            var name = "t." + DuckDb.Name(c.Name);
            var value = c.Name switch
            {
                "opened_by" => "CAST(NULL AS BIGINT)",
                "person_id" => "p.n",
                // complaints are told of the organization as a whole
                "unit_id" when table is ComplaintTable => "CAST(NULL AS INTEGER)",
                "unit_id" when table is UnitTable || keepsDays => name,
                "value" when table is MetaTable => "CASE t.key " + string.Concat(Days.Select(d => $"WHEN '{d.Key}' THEN coalesce(CAST({Month("TRY_CAST(t.value AS DATE)", d.Last)} AS VARCHAR), t.value) ")) + "ELSE t.value END",
                "unit_id" or "parent_unit_id" => $"CASE WHEN {name} IN ({units}) THEN {name} END",
                _ when c.Type == typeof(DateOnly) && !keepsDays => Month(name, last: c.Name == "valid_to"),
                _ when Merged.FirstOrDefault(m => m.Table == table.Name && m.Column == c.Name) is { Table: not null } merged => Few(merged.Table, merged.Column, merged.Becomes),
                _ => name,
            };
            return $"{value} AS {DuckDb.Name(c.Name)}";
        });
        var from = $"book.main.{DuckDb.Name(table.Name)} AS t";
        return person is null ? $"SELECT {string.Join(", ", columns)} FROM {from}"
            : $"SELECT {string.Join(", ", columns)}, t.rowid AS row_at FROM {from} LEFT JOIN {(table is TenureTable ? "holder_no" : "person_no")} AS p USING (person_id)";
    }

    /// <summary>A column in which words that concern few are merged; if what is merged concerns few still, the next rarest goes with it.</summary>
    private string Few(string table, string column, string? becomes)
    {
        var fewest = table == "complaint" ? FewestComplaints : Fewest;
        var counted = table == "complaint" ? "count(*)" : "count(DISTINCT person_id)";
        var counts = DuckDb.Rows(connection, $"SELECT CAST({column} AS VARCHAR), {counted} FROM book.main.{table} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2, 1", r => (Word: r.GetString(0), Count: r.GetInt64(1))).ToList();
        var merged = new List<string>();
        var pile = counts.Where(c => c.Word == becomes).Sum(c => c.Count);
        foreach (var (word, count) in counts.Where(c => c.Word != becomes))
            if (count < fewest || (pile > 0 && pile < fewest))
            {
                merged.Add(word);
                pile += count;
            }

        var name = "t." + DuckDb.Name(column);
        return merged.Count == 0 ? name : $"CASE WHEN CAST({name} AS VARCHAR) IN ({string.Join(", ", merged.Select(DuckDb.Literal))}) THEN {(becomes is null ? "NULL" : DuckDb.Literal(becomes))} ELSE {name} END";
    }

    /// <summary>
    /// Units with enough people. Those of the others are together, and with them the smallest of the large ones until they are at least two units, or none, and
    /// enough people: otherwise they could be had as all less the others.
    /// </summary>
    private List<int> Units()
    {
        var sizes = DuckDb.Rows(connection, "SELECT unit_id, count(DISTINCT person_id) FROM book.main.membership WHERE unit_id IS NOT NULL GROUP BY unit_id ORDER BY 2 DESC, 1", r => (Unit: r.GetInt32(0), People: r.GetInt64(1))).ToList();
        var kept = sizes.TakeWhile(u => u.People >= Fewest).ToList();
        var small = sizes.Skip(kept.Count).ToList();
        var (together, people) = (small.Count, small.Sum(u => u.People) + Number("SELECT count(DISTINCT person_id) FROM book.main.membership WHERE unit_id IS NULL"));
        while (kept.Count > 0 && ((people > 0 && people < Fewest) || together == 1))
        {
            (together, people) = (together + 1, people + kept[^1].People);
            kept.RemoveAt(kept.Count - 1);
        }

        return kept.ConvertAll(u => u.Unit);
    }
}
