using Posiwid.Purpose.Lines;

namespace Posiwid.Purpose;

public sealed partial class BookReader
{
    /// <summary>Spells of membership, what single people did, times in office, complaints and who made them; null if the book has none of it.</summary>
    private PeopleRecords? People()
    {
        if (!book.Has("membership") && !book.Has("tenure") && !book.Has("complaint") && !book.Has("activity_person"))
            return null;
        Refuse("membership", "end_date < start_date OR observed_from < start_date", "an end, or a first day on record, before the start");
        var spells = book.Rows($"SELECT person_id, {Week("start_date")}, {DayOver("end_date")}, {Week("observed_from")}, start_precision FROM membership WHERE {mine} AND {NoBot}",
            r => new Spell(r.GetInt64(0), r.GetDouble(1), Number(r, 2), r.GetDouble(3)) { IsDated = r.GetString(4) != "unknown" });
        var undated = spells.Count(s => !s.IsDated);
        if (undated > 0)
            notes.Add($"Of {Count("membership", undated, "spells")} nobody knows when they began: they are no durations, and who had one has not joined; they count among the members and those who left.");
        var (contributions, unit) = Contributions([.. spells.Select(s => s.Person)]);
        if (spells.Count == 0 && (book.Has("tenure") || book.Has("complaint")))
            notes.Add("No spells of membership are on record: how many could have held an office, and who left before a complaint was closed, cannot be told; such a complaint counts as what it is recorded as.");
        var left = spells.GroupBy(s => s.Person).ToDictionary(g => g.Key, g => g.Any(s => s.End is null) ? null : g.Max(s => s.End));
        return new PeopleRecords
        {
            Spells = spells,
            RecordsEnd = RecordsEnd,
            YearOf = week => From.AddDays((int)Math.Floor(7 * week)).Year,
            Contributions = contributions,
            ContributedIn = unit,
            Tenures = Tenures(left),
            Complaints = Complaints(left),
            // at the end of its day: on the last day of membership it does not come before the exit
            Voices = book.Rows($"SELECT opened_by, {DayOver("opened")} FROM complaint WHERE opened_by IS NOT NULL AND opened_by NOT IN ({Bots}) AND {mine}", r => (r.GetInt64(0), r.GetDouble(1))),
        };
    }

    private (IReadOnlyList<double>, string) Contributions(HashSet<long> members)
    {
        if (!book.Has("activity_person"))
            return ([], "");
        Refuse("activity_person", "hours < 0", "hours below 0");
        var ours = mine == "true" ? mine : $"activity_id IN (SELECT activity_id FROM activity WHERE {mine})";
        var hours = book.Rows($"SELECT count(hours) FROM activity_person WHERE {ours}", r => r.GetInt64(0))[0] > 0;
        var by = book.Rows($"SELECT person_id, {(hours ? "coalesce(sum(hours) FILTER (isfinite(hours)), 0)" : "CAST(count(*) AS DOUBLE)")} FROM activity_person WHERE role <> 'target' AND {ours} AND {NoBot} GROUP BY person_id ORDER BY person_id",
            r => (Person: r.GetInt64(0), Sum: r.GetDouble(1)));
        var worked = by.Select(b => b.Person).ToHashSet();
        return ([.. by.Select(b => b.Sum), .. members.Where(m => !worked.Contains(m)).Select(_ => 0.0)], hours ? "hours" : "activities");
    }

    private List<Tenure> Tenures(Dictionary<long, double?> left)
    {
        if (!book.Has("tenure"))
            return [];
        Refuse("tenure", "end_date < start_date OR observed_from < start_date", "an end, or a first day on record, before the start");
        var paid = book.Rows($"SELECT count(*) FROM tenure AS t LEFT JOIN office USING (office_id) WHERE {mine} AND coalesce(paid, false)", r => r.GetInt64(0))[0];
        if (paid > 0)
            notes.Add($"Left out are {Count("tenure", paid, "times in paid office")}: whether the same people stay on top is asked of those who are elected.");
        return book.Rows($"SELECT t.person_id, {Week("t.start_date")}, {DayOver("t.end_date")}, {Week("t.observed_from")} FROM tenure AS t LEFT JOIN office USING (office_id) WHERE {mine} AND NOT coalesce(paid, false)",
            r => new Spell(r.GetInt64(0), r.GetDouble(1), Number(r, 2), r.GetDouble(3)))
            // of who has no spell of membership nobody knows whether they left
            .ConvertAll(s => new Tenure(s, s.End is null ? false : !left.TryGetValue(s.Person, out var gone) ? null : gone is { } week && Math.Abs(week - s.End.Value) < 1.01));
    }

    /// <summary>A complaint whose maker left before it was closed counts as withdrawn.</summary>
    private List<ComplaintCase> Complaints(Dictionary<long, double?> left)
    {
        if (!book.Has("complaint"))
            return [];
        Refuse("complaint", "closed < opened", "a close (closed) before the opening (opened)");
        Refuse("complaint", "first_response < opened", "a first response (first_response) before the opening (opened)");
        return book.Rows($"SELECT {Week("opened")}, {Week("closed")}, outcome, opened_by FROM complaint WHERE {mine}", r =>
        {
            var (opened, closed, outcome) = (r.GetDouble(0), Number(r, 1), r.IsDBNull(2) ? null : r.GetString(2));
            var gone = r.IsDBNull(3) ? null : left.GetValueOrDefault(r.GetInt64(3));
            if (gone is { } week && week > opened && !(closed <= week))
                return new ComplaintCase(opened, week, ComplaintEnd.Withdrawn);
            return closed is { } end ? new ComplaintCase(opened, end, outcome == "withdrawn" ? ComplaintEnd.Withdrawn : ComplaintEnd.Resolved) : new ComplaintCase(opened, null, ComplaintEnd.Open);
        });
    }
}
