using System.Globalization;
using DuckDB.NET.Data;

namespace Posiwid.Records.Import;

/// <summary>
/// Fills the tables of a book from staged rows, in SQL, so that no table is held in memory. First rows that contradict others are refused, then what is left is
/// written in the order of files and lines.
/// </summary>
internal sealed partial class Filling(DuckDBConnection connection, ImportReport report, Mapping mapping, ImportSettings settings, CancellationToken interrupted)
{
    /// <summary>Kinds of activity, payment and decision that come in fewer rows than this, and that nobody listed, become "other": they may be a name.</summary>
    internal const int FewRows = 3;

    private static readonly (string Kind, string Column)[] Dated =
        [("activity", "date"), ("payment", "date"), ("decision", "date"), ("complaint", "opened"), ("measure", "date"), ("member_log", "date"), ("presence", "date"), ("shock", "date")];

    private static readonly (string Kind, string Column)[] Located =
        [("unit", "unit"), ("unit", "parent"), ("member", "unit"), ("member_log", "unit"), ("presence", "unit"), ("activity", "unit"), ("payment", "unit"), ("decision", "unit"), ("complaint", "unit"), ("office", "unit"), ("measure", "unit")];

    private string from = "", to = "";

    /// <summary>Checks the rows against one another and writes the book's tables.</summary>
    /// <param name="open">Codes of a kind that no mapping listed, by kind and field.</param>
    /// <param name="yesOrNo">Sources each row of which is a whole decision.</param>
    public void All(IReadOnlySet<(string Kind, string Field)> open, IReadOnlySet<int> yesOrNo)
    {
        Period();
        foreach (var (kind, field) in open.Order())
            Rare(kind, field);
        Ends();
        Units();
        Members();
        People();
        Payments();
        Activities();
        Offices();
        Complaints();
        Decisions(yesOrNo);
        Others();
        Meta();
        Tables();
    }

    private void Step(string sql)
    {
        interrupted.ThrowIfCancellationRequested();
        DuckDb.Execute(connection, sql);
    }

    private T? One<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        interrupted.ThrowIfCancellationRequested();
        T? one = default;
        DuckDb.Query(connection, sql, row => one = read(row));
        return one;
    }

    private long Count(string sql) => One(sql, r => r.GetInt64(0));

    private bool Any(string kind) => Count($"SELECT count(*) FROM (SELECT 1 FROM stage.{kind} LIMIT 1)") > 0;

    /// <summary>Refuses the staged rows of a kind that a condition on <c>r</c> holds for.</summary>
    private void Refuse(string kind, string condition, string why, bool set = false)
    {
        if (!Any(kind))
            return;
        Step($"CREATE OR REPLACE TEMP TABLE wrong AS SELECT DISTINCT source, line FROM ({(set ? condition : $"SELECT source, line FROM stage.{kind} AS r WHERE {condition}")})");
        if (Count("SELECT count(*) FROM wrong") == 0)
            return;
        DuckDb.Query(connection, "SELECT source, line FROM wrong ORDER BY source, line", row => report.Refuse(row.GetInt32(0), row.GetInt64(1), why, counted: true));
        Step($"DELETE FROM stage.{kind} AS s USING wrong AS w WHERE s.source = w.source AND s.line = w.line");
    }

    /// <summary>Refuses all but the first of the rows that are the same in some columns.</summary>
    private void RefuseTwice(string kind, string columns, string why, string where = "true") =>
        Refuse(kind, $"SELECT source, line FROM (SELECT source, line, dense_rank() OVER (PARTITION BY {columns} ORDER BY source, line) AS n FROM stage.{kind} WHERE {where}) WHERE n > 1", why, set: true);

    /// <summary>First and last day, as stated or as seen; what lies outside is refused.</summary>
    private void Period()
    {
        var today = Day(settings.Today);
        foreach (var (kind, column) in Dated.Append(("member", "start")).Append(("office", "start")))
            Refuse(kind, $"{column} > {today}", "lies in the future");
        var dates = string.Join(" UNION ALL ", Dated.Select(d => $"SELECT min({d.Column}) AS a, max({d.Column}) AS b FROM stage.{d.Kind}")
            .Append("SELECT min(coalesce(start, \"end\")), max(greatest(start, least(\"end\", paid_until))) FROM stage.member").Append("SELECT min(start), max(greatest(start, \"end\")) FROM stage.office"));
        var (first, last) = One($"SELECT min(a), max(b) FROM ({dates})", r => r.IsDBNull(0) ? default : ((DateOnly?)r.GetFieldValue<DateOnly>(0), (DateOnly?)r.GetFieldValue<DateOnly>(1)));
        (From, To) = (mapping.From ?? first ?? settings.Today, mapping.To ?? Least(last ?? settings.Today, settings.Today));
        if (To < From)
            To = From;
        (from, to) = (Day(From), Day(To));
        foreach (var (kind, column) in Dated)
        {
            if (mapping.To is not null)
                Refuse(kind, $"{column} > {to}", "lies after the end of the records, as the mapping states it");
            // traces and changes before the first day say how long somebody has been there
            if (mapping.From is not null && kind is not ("presence" or "member_log"))
                Refuse(kind, $"{column} < {from}", "lies before the beginning of the records, as the mapping states it");
        }

        static DateOnly Least(DateOnly a, DateOnly b) => a < b ? a : b;
    }

    /// <summary>First day of the records.</summary>
    private DateOnly From { get; set; }

    /// <summary>Last day of the records.</summary>
    private DateOnly To { get; set; }

    private void Rare(string kind, string field)
    {
        var known = settings.KnownCodes.Count == 0 ? "" : $" AND {field} NOT IN ({string.Join(", ", settings.KnownCodes.Select(DuckDb.Literal))})";
        var rare = $"SELECT {field} FROM stage.{kind} WHERE {field} IS NOT NULL{known} GROUP BY {field} HAVING count(*) < {FewRows}";
        var (codes, rows) = One($"SELECT count(DISTINCT {field}), count(*) FROM stage.{kind} WHERE {field} IN ({rare})", r => (r.GetInt64(0), r.GetInt64(1)));
        if (codes == 0)
            return;
        Step($"UPDATE stage.{kind} SET {field} = 'other' WHERE {field} IN ({rare})");
        report.Notes.Add($"{kind}: {codes} words for '{field}' in fewer than {FewRows} rows each ({rows} rows) became 'other', since a rare word may be a name. List them under 'words' to keep them.");
    }

    private void Ends()
    {
        foreach (var (code, label, family) in settings.Ends)
            Step($"INSERT INTO \"end\" VALUES ({DuckDb.Literal(code)}, {DuckDb.Literal(label)}, {DuckDb.Literal(family)}, NULL)");
    }

    private void Units()
    {
        Step($"INSERT INTO organization VALUES (1, {DuckDb.Literal(mapping.Organization)})");
        RefuseTwice("unit", "unit", "the unit is listed twice");
        Refuse("unit", "closed < opened", "is closed before it is opened");
        var all = string.Join(" UNION ALL ", Located.Select((l, i) => $"SELECT {l.Column} AS unit, {(l.Kind == "unit" ? 0 : 1)} AS late, source, line FROM stage.{l.Kind} WHERE {l.Column} IS NOT NULL"));
        Step($"CREATE TEMP TABLE unit_no AS SELECT unit, CAST(row_number() OVER (ORDER BY min((late, source, line))) AS INTEGER) AS unit_id FROM ({all}) GROUP BY unit");
        Step("""
            INSERT INTO unit SELECT n.unit_id, 1, coalesce(u.kind, 'unit'), u.setting, p.unit_id, u.opened, u.closed
            FROM unit_no AS n LEFT JOIN stage.unit AS u USING (unit) LEFT JOIN unit_no AS p ON p.unit = u.parent ORDER BY n.unit_id
            """);
    }

    private void People()
    {
        var register = Any("member") || Any("member_log") || Any("presence");
        Step($"""
            CREATE TEMP TABLE who AS SELECT person, min(rank) AS rank FROM (
              SELECT person, CASE kind WHEN 'bot' THEN 0 WHEN 'staff' THEN 1 WHEN 'supporter' THEN 3 WHEN 'external' THEN 4 ELSE 2 END AS rank FROM stage.member
              UNION ALL SELECT person, 2 FROM stage.member_log UNION ALL SELECT person, 2 FROM stage.presence UNION ALL SELECT person, 2 FROM stage.office
              UNION ALL SELECT person, {(register ? 5 : 2)} FROM stage.activity UNION ALL SELECT person, {(register ? 5 : 2)} FROM stage.participation
              UNION ALL SELECT person, 3 FROM stage.payment UNION ALL SELECT person, 5 FROM stage.complaint)
            WHERE person IS NOT NULL GROUP BY person
            """);
        Step("INSERT INTO person SELECT person, CASE rank WHEN 0 THEN 'bot' WHEN 1 THEN 'staff' WHEN 2 THEN 'member' WHEN 3 THEN 'supporter' ELSE 'external' END FROM who ORDER BY person");
    }

    private void Payments()
    {
        RefuseTwice("payment", "id", "a number that an earlier row bears too", "id IS NOT NULL");
        Step($"""
            INSERT INTO payment SELECT row_number() OVER (ORDER BY source, line, kind), date, CASE WHEN (amount < 0) = (coalesce(direction, 'in') = 'in') THEN 'out' ELSE 'in' END, kind, abs(amount),
              coalesce(currency, {DuckDb.Literal(mapping.Currency)}), person, unit_id, "end" FROM stage.payment LEFT JOIN unit_no USING (unit) ORDER BY source, line, kind
            """);
    }

    private void Offices()
    {
        Refuse("office", "\"end\" < start", "ends before it begins");
        if (mapping.From is not null)
            Refuse("office", $"\"end\" < {from}", "ended before the beginning of the records, as the mapping states it");
        RefuseTwice("office", "office, unit, person, start", "the same time in the same office as an earlier row");
        Step($"UPDATE stage.office SET \"end\" = NULL WHERE \"end\" > {to}");
        // offices are told apart by unit too: every branch has a treasurer
        Step("""
            CREATE TEMP TABLE office_no AS SELECT office, unit, CAST(row_number() OVER (ORDER BY min((source, line))) AS INTEGER) AS office_id, first(level ORDER BY source, line) AS level,
              max(seats) AS seats, bool_or(paid) AS paid FROM stage.office GROUP BY office, unit
            """);
        Step("""
            CREATE TEMP TABLE held AS SELECT o.*, (SELECT count(*) FROM stage.office AS x WHERE x.office = o.office AND x.unit IS NOT DISTINCT FROM o.unit
              AND x.start <= o.start AND (x."end" IS NULL OR x."end" >= o.start)) AS at_once FROM stage.office AS o
            """);
        Step("""
            INSERT INTO office SELECT office_id, unit_id, coalesce(level, CASE WHEN n.unit IS NULL THEN 'national' ELSE 'local' END), coalesce(seats, (SELECT max(at_once) FROM held AS h
              WHERE h.office = n.office AND h.unit IS NOT DISTINCT FROM n.unit)), coalesce(paid, false) FROM office_no AS n LEFT JOIN unit_no USING (unit) ORDER BY office_id
            """);
        Step($"""
            INSERT INTO tenure SELECT row_number() OVER (ORDER BY source, line), office_id, person, start, {Observed("start")}, "end", how
            FROM stage.office AS o JOIN office_no AS n ON n.office = o.office AND n.unit IS NOT DISTINCT FROM o.unit ORDER BY source, line
            """);
    }

    private void Complaints()
    {
        RefuseTwice("complaint", "id", "a number that an earlier row bears too", "id IS NOT NULL");
        Refuse("complaint", "severity > 3", "a severity above 3");
        Refuse("complaint", "closed < opened OR first_response < opened", "is closed or answered before it is opened");
        Step("""
            INSERT INTO complaint SELECT row_number() OVER (ORDER BY source, line), opened, person, unit_id, about, CAST(severity AS TINYINT), first_response, closed, outcome, level
            FROM stage.complaint LEFT JOIN unit_no USING (unit) ORDER BY source, line
            """);
    }

    private void Decisions(IReadOnlySet<int> yesOrNo)
    {
        if (yesOrNo.Count > 0)
            RefuseTwice("decision", "decision", "the same decision as an earlier row", $"source IN ({string.Join(", ", yesOrNo.Order())})");
        RefuseTwice("decision", "decision, alternative", "the same alternative of the same decision as an earlier row", "alternative IS NOT NULL");
        Refuse("decision", "decision IN (SELECT decision FROM stage.decision GROUP BY decision HAVING count(DISTINCT date) > 1 OR count(DISTINCT kind) > 1)", "rows of one decision bear different dates or kinds");
        Refuse("decision", "decision IN (SELECT decision FROM stage.lost_decision)", "another row of the same decision was refused");
        // leaving all as it is: a line below 0, so that both can be told apart
        foreach (var source in yesOrNo.Order())
            Step($"""
                INSERT INTO stage.decision SELECT * REPLACE (-line AS line, NULL AS alternative, NOT chosen AS chosen, true AS status_quo, NULL AS proposer_level, NULL AS votes) FROM stage.decision WHERE source = {source};
                INSERT INTO stage.attribute SELECT source, -line, code, 0 FROM stage.attribute WHERE source = {source}
                """);
        Step("""
            CREATE TEMP TABLE decision_no AS SELECT decision, row_number() OVER (ORDER BY min((source, abs(line)))) AS decision_id, first(date ORDER BY source, line) AS date, first(unit ORDER BY source, line) AS unit,
              first(kind ORDER BY source, line) AS kind, coalesce(bool_and(complete), false) AS complete, first(decider ORDER BY source, line) AS decider FROM stage.decision GROUP BY decision;
            CREATE TEMP TABLE alternative_no AS SELECT source, line, row_number() OVER (ORDER BY source, abs(line), line DESC) AS alternative_id FROM stage.decision;
            INSERT INTO decision SELECT decision_id, date, unit_id, kind, complete, decider FROM decision_no LEFT JOIN unit_no USING (unit) ORDER BY decision_id;
            INSERT INTO alternative SELECT alternative_id, decision_id, chosen, coalesce(status_quo, false), proposer_level, votes
              FROM stage.decision JOIN alternative_no USING (source, line) JOIN decision_no USING (decision) ORDER BY alternative_id;
            INSERT INTO alternative_attr SELECT alternative_id, code, value, 'ex_ante', '' FROM stage.attribute JOIN alternative_no USING (source, line) ORDER BY alternative_id, code
            """);
    }

    private void Others()
    {
        RefuseTwice("aim", "\"end\", known_from, coalesce(\"from\", DATE '1800-01-01')", "the same aim as an earlier row");
        Step($"""
            INSERT INTO stated_goal SELECT CAST(row_number() OVER (ORDER BY source, line) AS INTEGER), "end", rank, weight, coalesce(known_from, 'stated'), coalesce("from", {from}), "to" FROM stage.aim ORDER BY source, line
            """);
        RefuseTwice("measure", "variable, unit, date", "the same measure of the same day as an earlier row");
        Step("INSERT INTO measure SELECT variable, coalesce(unit_id, 0), '', date, value FROM stage.measure LEFT JOIN unit_no USING (unit) ORDER BY source, line, variable");
        Step("INSERT INTO shock SELECT CAST(row_number() OVER (ORDER BY source, line) AS INTEGER), date, variable, size, \"external\", anticipated, coalesce(known_from, 'stated') FROM stage.shock ORDER BY source, line");
        RefuseTwice("coding", "kind, \"end\", coder", "the same kind and end as an earlier row");
        Refuse("coding", "weight > 1 OR coalesce(weight_min, weight) > weight OR coalesce(weight_max, weight) NOT BETWEEN weight AND 1", "wants 0 <= weight-min <= weight <= weight-max <= 1");
        Refuse("coding", "(kind, coalesce(coder, '')) IN (SELECT (kind, coalesce(coder, '')) FROM stage.coding GROUP BY ALL HAVING abs(sum(weight) - 1) > 1e-6)", "the weights of its kind do not sum to 1");
        Step("INSERT INTO kind_end SELECT kind, \"end\", coalesce(coder, 'own'), weight, coalesce(weight_min, weight), coalesce(weight_max, weight) FROM stage.coding ORDER BY source, line");
    }

    private void Meta()
    {
        void Put(string key, string? value)
        {
            if (value is not null)
                Step($"INSERT INTO meta VALUES ({DuckDb.Literal(key)}, {DuckDb.Literal(value)})");
        }

        Put(Book.SchemaVersionKey, Book.SchemaVersion.ToString(CultureInfo.InvariantCulture));
        Put("source", "imported");
        Put("organization_id", "1");
        Put("period_start", From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Put("period_end", To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Put("currency", mapping.Currency);
        Put("hours_coverage", mapping.HoursCoverage?.ToString(CultureInfo.InvariantCulture));
        Put("pseudonym_method", "hmac-sha256");
    }

    private void Tables() => report.Tables = new Book().Tables.ToDictionary(t => t.Name, t => Count($"SELECT count(*) FROM {DuckDb.Name(t.Name)}"));

    /// <summary>The first day on which somebody who began earlier can be seen.</summary>
    private string Observed(string start) => mapping.From is null ? start : $"greatest({start}, {from})";

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'");
}
