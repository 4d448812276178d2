namespace Posiwid.Records.Import;

internal sealed partial class Filling
{
    /// <summary>
    /// Spells of membership, from a register, from the log of one that is overwritten, and from traces. Spells of one person in one unit that overlap or touch are one;
    /// who comes back later has a spell more.
    /// </summary>
    private void Members()
    {
        Refuse("member", "\"end\" < start", "leaves before joining");
        Refuse("member", "paid_until < start", "has paid until a day before joining");
        Refuse("member", "reason IS NOT NULL AND \"end\" IS NULL AND paid_until IS NULL", "has a reason for leaving but no day");
        RefuseTwice("member", "id", "a number that an earlier row bears too", "id IS NOT NULL");
        if (mapping.From is not null)
            Refuse("member", $"\"end\" < {from}", "left before the beginning of the records, as the mapping states it");
        RefuseTwice("member_log", "person, membership, date, status", "the same status on the same day as an earlier row");

        // a log that names memberships alone: the register knows whose they are, and the log knows better when
        Step("UPDATE stage.member_log AS l SET person = m.person FROM stage.member AS m WHERE l.person IS NULL AND l.membership = m.membership");
        Refuse("member_log", "person IS NULL", "a membership that is not in the register");
        Step("CREATE TEMP TABLE spell(person BIGINT, unit BIGINT, start DATE, precision VARCHAR, seen DATE, last DATE, reason VARCHAR)");
        FromRegister();
        FromLog();
        FromTraces();
        Late();
        Step("""
            INSERT INTO membership
            WITH ordered AS (SELECT *, max(coalesce(last, DATE '9999-12-31')) OVER (PARTITION BY person, unit ORDER BY start, last NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM spell),
              island AS (SELECT *, sum(CASE WHEN before IS NULL OR (before < DATE '9999-12-31' AND start > before + 1) THEN 1 ELSE 0 END) OVER (PARTITION BY person, unit ORDER BY start, last NULLS LAST ROWS UNBOUNDED PRECEDING) AS part FROM ordered),
              joined AS (SELECT person, unit, part, min(start) AS start, first(precision ORDER BY start, last) AS precision, min(seen) AS seen, CASE WHEN bool_or(last IS NULL) THEN NULL ELSE max(last) END AS last,
                last(reason ORDER BY last) AS reason FROM island GROUP BY person, unit, part)
            SELECT row_number() OVER (ORDER BY start, person, unit), person, unit_id, start, precision, greatest(seen, start), last, CASE WHEN last IS NOT NULL THEN coalesce(reason, 'unknown') END
            FROM joined LEFT JOIN unit_no USING (unit) ORDER BY start, person, unit
            """);
        var (rows, spells) = (Count("SELECT count(*) FROM spell"), Count("SELECT count(*) FROM membership"));
        if (rows > spells)
            report.Notes.Add($"{rows} rows of membership became {spells} spells: those of one person in one unit that overlap or touch are one.");
    }

    private void FromRegister()
    {
        var future = Count($"SELECT count(*) FROM stage.member WHERE \"end\" > {to}");
        if (future > 0)
            report.Notes.Add($"{future} members have a day of leaving after the records' end: they count as members still. If that day is an expiry, map it as 'paid-until'.");
        // a period that is paid ends in an exit only if nothing follows for some weeks
        var lapsed = $"paid_until + {7 * mapping.GraceWeeks} < {to}";
        Step($"""
            INSERT INTO spell SELECT person, unit, start, precision, {Observed("start")}, CASE WHEN last > {to} THEN NULL ELSE last END, reason FROM (
              SELECT person, unit, coalesce(start, {from}) AS start, CASE WHEN start IS NULL THEN 'unknown' ELSE coalesce(precision, 'day') END AS precision,
                coalesce("end", CASE WHEN {lapsed} THEN paid_until END) AS last, coalesce(reason, CASE WHEN "end" IS NULL AND {lapsed} THEN 'lapsed' END) AS reason FROM stage.member
              WHERE membership IS NULL OR membership NOT IN (SELECT membership FROM stage.member_log WHERE membership IS NOT NULL))
            """);
    }

    /// <summary>A spell begins with a status in which somebody is a member and ends with one in which they are not.</summary>
    private void FromLog()
    {
        if (!Any("member_log"))
            return;
        var active = string.Join(", ", mapping.Sources.SelectMany(s => s.Active).Select(a => Cells.Code(a) ?? a).Distinct().Select(DuckDb.Literal).DefaultIfEmpty("''"));
        var reasons = string.Join(" ", RecordKind.Find("member")!.Field("reason")!.Words!.SelectMany(r => r.Value.Prepend(r.Key).Select(w => $"WHEN {DuckDb.Literal(w)} THEN {DuckDb.Literal(r.Key)}")));
        Step($"""
            INSERT INTO spell
            WITH log AS (SELECT *, status IN ({active}) AS active, row_number() OVER w AS n, lag(status IN ({active})) OVER w AS before FROM stage.member_log
                WINDOW w AS (PARTITION BY person, membership ORDER BY date, source, line)),
              change AS (SELECT *, lead(date) OVER w AS last, lead(status) OVER w AS left_as FROM log WHERE active <> coalesce(before, false)
                WINDOW w AS (PARTITION BY person, membership ORDER BY date, source, line))
            SELECT person, unit, CASE WHEN n = 1 AND start < date THEN start ELSE date END, 'day', {Observed("date")}, last, CASE WHEN last IS NOT NULL THEN CASE left_as {reasons} ELSE 'unknown' END END
            FROM change WHERE active AND NOT coalesce(last < {from} AND {(mapping.From is null ? "false" : "true")}, false)
            """);
    }

    /// <summary>A long time without a trace ends a spell on the last day with one.</summary>
    private void FromTraces()
    {
        if (!Any("presence"))
            return;
        var gap = 7 * mapping.GapWeeks;
        Step($"""
            INSERT INTO spell
            WITH days AS (SELECT DISTINCT person, unit, date FROM stage.presence),
              begun AS (SELECT *, CASE WHEN date - lag(date) OVER w > {gap} OR lag(date) OVER w IS NULL THEN 1 ELSE 0 END AS new FROM days WINDOW w AS (PARTITION BY person, unit ORDER BY date)),
              numbered AS (SELECT *, sum(new) OVER (PARTITION BY person, unit ORDER BY date ROWS UNBOUNDED PRECEDING) AS n FROM begun),
              spells AS (SELECT person, unit, min(date) AS start, max(date) AS last FROM numbered GROUP BY person, unit, n)
            SELECT person, unit, start, 'day', {Observed("start")}, CASE WHEN {to} - last > {gap} THEN last END, CASE WHEN {to} - last > {gap} THEN 'lapsed' END
            FROM spells WHERE {(mapping.From is null ? "true" : $"last >= {from}")}
            """);
    }

    /// <summary>A register that forgets those who left holds survivors only, and everybody in it seems to stay.</summary>
    private void Late()
    {
        var (first, left, early) = One("SELECT min(start), min(last), count(*) FILTER (start < (SELECT min(last) FROM spell)) FROM spell", r => r.IsDBNull(0) || r.IsDBNull(1) ? default : (r.GetFieldValue<DateOnly>(0), r.GetFieldValue<DateOnly>(1), r.GetInt64(2)));
        if (mapping.From is null && early > 5 && left > first.AddYears(2))
            report.Notes.Add($"People joined from {first:yyyy-MM-dd} on, yet nobody left before {left:yyyy-MM-dd}. If those who left earlier were struck from the register, state 'from: {left:yyyy-MM-dd}' in the mapping: without it, members seem to stay longer than they do.");
    }
}
