namespace Posiwid.Records.Import;

internal sealed partial class Filling
{
    /// <summary>More hours of one person than a week has are a slip of the pen.</summary>
    private const int HoursOfAWeek = 168;

    /// <summary>
    /// Activities, with who took part. Rows with the same key are one activity. Hours of a row without a person are hours in all, and stand as they are. Where there are none, the hours of all who
    /// took part are added up: for each person those that are stated, or else the duration, which also counts for those of the headcount who are not named. Hours of those at whom it was aimed
    /// ('target') are no effort.
    /// </summary>
    private void Activities()
    {
        RefuseTwice("activity", "id", "a number that an earlier row bears too", "id IS NOT NULL");
        Refuse("activity", $"person IS NOT NULL AND hours > {HoursOfAWeek}", $"more than {HoursOfAWeek} hours of one person");
        Refuse("activity", $"hours > {Book.MostHours} OR greatest(duration, minutes / 60) * headcount > {Book.MostHours}", "more hours than there can be");
        Refuse("activity", "greatest(duration, minutes / 60) > 24 * 14", "lasted more than two weeks");
        Refuse("activity", """
            SELECT source, line FROM (SELECT source, line, date <> first(date) OVER w OR kind <> first(kind) OVER w AS other FROM stage.activity WHERE activity IS NOT NULL
              WINDOW w AS (PARTITION BY activity ORDER BY source, line)) WHERE other
            """, "another date or kind than an earlier row of the same activity", set: true);
        Refuse("participation", $"hours > {HoursOfAWeek}", $"more than {HoursOfAWeek} hours of one person");
        Refuse("participation", "activity NOT IN (SELECT activity FROM stage.activity WHERE activity IS NOT NULL)", "no activity of that number was read");
        RefuseTwice("participation", "activity, person, role", "the same person in the same activity as an earlier row", "id IS NULL");
        RefuseTwice("participation", "id", "a number that an earlier row bears too", "id IS NOT NULL");
        Lookalikes();

        // a row without a key is an activity of its own, and its number is its place
        Step("""
            INSERT INTO activity SELECT row_number() OVER (ORDER BY source, line, kind), date, unit_id, kind, headcount,
              CASE WHEN role = 'target' THEN 0 ELSE coalesce(hours, coalesce(duration, minutes / 60) * coalesce(headcount, 1)) END,
              coalesce(hours_source, CASE WHEN hours IS NOT NULL THEN 'logged' WHEN coalesce(duration, minutes) IS NOT NULL THEN 'scheduled' ELSE 'proxy' END), NULL
            FROM stage.activity LEFT JOIN unit_no USING (unit) WHERE activity IS NULL ORDER BY source, line, kind
            """);
        Step("""
            INSERT INTO activity_person SELECT n, person, coalesce(role, 'participant'), coalesce(hours, duration, minutes / 60)
            FROM (SELECT *, row_number() OVER (ORDER BY source, line, kind) AS n FROM stage.activity WHERE activity IS NULL) WHERE person IS NOT NULL ORDER BY n
            """);
        if (Count("SELECT count(*) FROM (SELECT 1 FROM stage.activity WHERE activity IS NOT NULL LIMIT 1)") > 0)
            Keyed();
    }

    private void Keyed()
    {
        // whoever organized took part as well, and is one person; a target is apart
        Step("""
            CREATE TEMP TABLE took_part AS SELECT activity, person, min(part) AS role, sum(hours) AS hours, min(place) AS place FROM (
              SELECT activity, person, coalesce(role, 'participant') AS part, hours, source::BIGINT << 40 | line AS place FROM stage.activity WHERE activity IS NOT NULL AND person IS NOT NULL
              UNION ALL SELECT activity, person, coalesce(role, 'participant'), hours, source::BIGINT << 40 | line FROM stage.participation) GROUP BY activity, person, part = 'target';
            CREATE TEMP TABLE activity_no AS SELECT activity, (SELECT count(*) FROM activity) + row_number() OVER (ORDER BY min((source, line))) AS activity_id, first(date ORDER BY source, line) AS date,
              first(unit ORDER BY source, line) AS unit, first(kind ORDER BY source, line) AS kind, max(headcount) AS headcount, sum(hours) FILTER (person IS NULL AND coalesce(role, '') <> 'target') AS hours,
              bool_and(coalesce(role, '') = 'target') AS aimed, max(coalesce(duration, minutes / 60)) AS lasted, first(hours_source ORDER BY source, line) AS hours_source
              FROM stage.activity WHERE activity IS NOT NULL GROUP BY activity;
            CREATE TEMP TABLE effort AS SELECT activity, count(*) AS people, count(p.hours) AS stated, sum(coalesce(p.hours, lasted)) AS hours
              FROM took_part AS p JOIN activity_no AS a USING (activity) WHERE role <> 'target' GROUP BY activity;
            INSERT INTO activity SELECT activity_id, date, unit_id, kind, coalesce(headcount, people),
              CASE WHEN a.hours IS NOT NULL THEN a.hours WHEN people IS NOT NULL THEN e.hours + coalesce(lasted * greatest(headcount - people, 0), 0) WHEN aimed THEN 0 ELSE lasted * coalesce(headcount, 1) END,
              coalesce(hours_source, CASE WHEN a.hours IS NOT NULL OR stated >= greatest(headcount, people) THEN 'logged' WHEN lasted IS NOT NULL THEN 'scheduled' WHEN e.hours IS NOT NULL THEN 'logged' ELSE 'proxy' END), NULL
              FROM activity_no AS a LEFT JOIN effort AS e USING (activity) LEFT JOIN unit_no USING (unit) ORDER BY activity_id;
            INSERT INTO activity_person SELECT activity_id, person, role, coalesce(p.hours, lasted) FROM took_part AS p JOIN activity_no AS a USING (activity) ORDER BY activity_id, place
            """);
    }

    /// <summary>Rows that are the same in all that is read may be a page pasted twice, or two shifts on one day: nobody can tell, so they are kept and told.</summary>
    private void Lookalikes()
    {
        var alike = Count("""
            SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM stage.activity WHERE id IS NULL AND activity IS NULL AND person IS NOT NULL
              GROUP BY source, date, kind, unit, person, hours, duration, minutes HAVING count(*) > 1)
            """);
        if (alike > 0)
            report.Notes.Add($"{alike} {(alike == 1 ? "row looks" : "rows look")} like another (same person, day, kind and hours) and {(alike == 1 ? "was" : "were")} kept: if something was entered twice, remove it, or give rows a number of their own ('id').");
    }
}
