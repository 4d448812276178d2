using System.Data.Common;
using System.Globalization;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;
using Posiwid.Records;

namespace Posiwid.Purpose;

/// <summary>A line of evidence, the tables that it reads, and which of them a book lacks.</summary>
/// <param name="Line">The line.</param>
/// <param name="Needs">What it needs, in words with the tables' names.</param>
/// <param name="Lacks">What of it the book lacks; empty if nothing.</param>
public sealed record LineNeeds(string Line, string Needs, IReadOnlyList<string> Lacks);

/// <summary>What a book allows the instrument to read.</summary>
/// <param name="Data">Plain data.</param>
/// <param name="Organization">Name of the organization.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Needs">What each line needs and lacks.</param>
/// <param name="Notes">What a reader must know of the records.</param>
public sealed record BookEvidence(PurposeData Data, string Organization, DateOnly From, DateOnly To, IReadOnlyList<LineNeeds> Needs, IReadOnlyList<string> Notes);

/// <summary>
/// Reads from a book what its lines of evidence need, column by column. A day is a seventh of a week; a spell ends with its last day, and what a member complains of is said by the end of the day. What contradicts itself
/// (hours below 0, an end before its start) is refused with the rows' number, since no figure could be trusted.
/// </summary>
public sealed partial class BookReader
{
    private const string Epoch = "DATE '1970-01-01'", Bots = "SELECT person_id FROM person WHERE kind = 'bot'";

    private readonly BookSource book;
    private readonly Ends ends;
    private readonly List<string> notes = [];
    private readonly string mine;
    private readonly bool another; // not the organization that the book is about
    private readonly string whole; // where the measures of the organization as a whole are
    private readonly int first;
    private bool counted; // no activity has hours
    private string? hoursLacking; // what of the hours is not on record
    private string? whyNoDecisions; // why no decision can be used although some are on record

    private BookReader(BookSource book, Ends ends, int? organization)
    {
        (this.book, this.ends) = (book, ends);
        var all = book.Rows("SELECT organization_id, label FROM organization ORDER BY 1", r => (Id: r.GetInt32(0), Label: r.GetString(1)));
        var stated = int.TryParse(book.Meta("organization_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (int?)null;
        if (book.Meta("organization_id") is { Length: > 0 } odd && (stated is null || (all.Count > 0 && all.All(o => o.Id != stated))))
            throw new BookException($"{book.Path}: organization_id is {odd}; it is the number of an organization in the book{(all.Count > 0 ? ": " + string.Join(", ", all.Select(o => o.Id)) : "")}.");
        var main = stated ?? (all.Count > 0 ? all[0].Id : 0);
        var (which, label) = all.FirstOrDefault(o => o.Id == (organization ?? main));
        if (organization is { } wanted && which != wanted)
            throw new BookException($"{book.Path} has no organization {wanted}; it has {string.Join(", ", all.Select(o => o.Id))}.");
        Organization = label ?? book.Meta("org_code") ?? "organization";
        mine = all.Count > 1 ? $"(unit_id IS NULL OR unit_id IN (SELECT unit_id FROM unit WHERE organization_id = {which}))" : "true";
        // unit 0 is the main organization as a whole; that of another is booked at its center
        another = which != main && all.Count > 0;
        whole = !another ? "unit_id = 0" : $"unit_id = (SELECT min(unit_id) FROM unit WHERE organization_id = {which} AND kind = 'center')";
        (From, To) = Period();
        LeaveOut();
        first = From.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
    }

    private string Organization { get; }

    private DateOnly From { get; }

    private DateOnly To { get; }

    private string NoBot => book.Has("person") ? $"person_id NOT IN ({Bots})" : "true";

    private double RecordsEnd => (To.DayNumber - From.DayNumber + 1) / 7.0;

    /// <summary>Reads a book.</summary>
    /// <param name="book">The book, to be read once: what lies outside its period is left out of it.</param>
    /// <param name="ends">Ends and coding for a book that holds none of its own.</param>
    /// <param name="attributes">Which end an attribute of alternatives stands for.</param>
    /// <param name="organization">Number of the organization; the book's own, or the first, if left out.</param>
    /// <exception cref="BookException">The book cannot be read, or contradicts itself.</exception>
    public static BookEvidence Read(BookSource book, Ends ends, IReadOnlyList<AttributeEnd> attributes, int? organization = null)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentNullException.ThrowIfNull(attributes);
        var reader = new BookReader(book, OwnEnds(book, ends), organization);
        return reader.All(attributes);
    }

    private BookEvidence All(IReadOnlyList<AttributeEnd> attributes)
    {
        var (hours, weekly) = Hours();
        BeforeAndAfterAProfile(weekly);
        var (moneyOut, moneyIn, moneyByEnd) = Money();
        var (said, saidIn) = Said();
        var simulated = book.Meta("source") == "simulated";
        var data = new PurposeData
        {
            Ends = ends,
            Source = simulated ? EvidenceSource.Model : EvidenceSource.Records,
            Hours = hours.Count > 0 ? [hours] : [],
            HoursByWeek = weekly,
            HoursCoverage = Coverage(),
            HoursAreCounts = counted,
            CodedKinds = CodedKinds(),
            MoneyOut = moneyOut,
            MoneyIn = moneyIn,
            MoneyByEnd = moneyByEnd,
            Said = said,
            SaidIn = saidIn,
            Decisions = Decisions(),
            WhyNoDecisions = whyNoDecisions,
            // in real records somebody chose; in a simulated book a scenario may have set the weights
            AttributeEnds = simulated ? attributes : [.. attributes.Select(a => a with { Weights = WeightOrigin.Learned })],
            People = People(),
            Shocks = Shocks(),
        };
        return new BookEvidence(data, Organization, From, To, Needs(), notes);
    }

    /// <summary>Says on which day the organization first saw a profile of itself, and what got most before and after: once a profile steers, records bend toward it.</summary>
    private void BeforeAndAfterAProfile(IReadOnlyList<WeekHours> weekly)
    {
        if (Stated("first_profile_seen_on") is not { } day)
            return;
        var seen = (day.DayNumber - From.DayNumber) / 7;
        notes.Add($"It first saw a profile of itself on {day:yyyy-MM-dd}. Most of what is recorded before went to {Most(h => h.Week < seen)}, and from then on to {Most(h => h.Week >= seen)}. Once a profile steers, records bend toward it.");

        string Most(Func<WeekHours, bool> part)
        {
            var hours = weekly.Where(part).GroupBy(h => h.Kind, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum(h => h.Hours))).ToList();
            return EffortShares.Of(hours, ends)?.MaxBy(e => e.Share) is { } most ? $"{most.End.Label.Split(" (")[0]} ({most.Share:0%})" : "nothing that serves an end";
        }
    }

    /// <summary>Share of all hours that is on record, as the book states it; null if it does not.</summary>
    private double? Coverage()
    {
        if (book.Meta("hours_coverage") is not { Length: > 0 } stated)
            return null;
        return (double.TryParse(stated, CultureInfo.InvariantCulture, out var share) ? share : double.NaN) switch { 0 => null, > 0 and <= 1 => share, _ => throw Wrong() };

        BookException Wrong() => new($"{book.Path}: hours_coverage is {stated}; it is a share of all hours, at most 1, or 0 where nobody knows.");
    }

    /// <summary>The book's own coding, if it has one, of its own ends or else of those given; measures and sensors are those of the ends given.</summary>
    private static Ends OwnEnds(BookSource book, Ends given)
    {
        if (!book.Has("kind_end"))
            return given;
        var all = book.Has("end") ? book.Rows("SELECT end_code, label, family FROM \"end\"", r => new End(r.GetString(0), r.GetString(1), r.GetString(2))) : [.. given.All];
        var coding = book.Rows("SELECT coder, kind_code, end_code, weight, weight_min, weight_max FROM kind_end ORDER BY ALL",
            r => (Coder: r.GetString(0), Row: new KindEnd(r.GetString(1), r.GetString(2), r.GetDouble(3), r.GetDouble(4), r.GetDouble(5))));
        try
        {
            var own = all.ConvertAll(e => given.All.FirstOrDefault(g => g.Code == e.Code) is { } same ? same with { Label = e.Label, Family = e.Family } : e);
            // every profile has its control
            End[] declared = [.. own, .. own.Any(e => e.IsPlacebo) ? [] : given.All.Where(e => e.IsPlacebo && !own.Any(o => o.Code == e.Code))];
            Ends[] coders = [.. coding.GroupBy(c => c.Coder).Select(g => new Ends(declared, [.. g.Select(c => c.Row)]))];
            return coders.Length == 0 ? new Ends(declared, []) : Ends.Spanning(coders);
        }
        catch (FormatException error)
        {
            throw new BookException($"{book.Path}: {error.Message}.", error);
        }
    }

    private (DateOnly, DateOnly) Period()
    {
        (string Table, string Column)[] dated = [("activity", "date"), ("payment", "date"), ("decision", "date"), ("measure", "date"), ("membership", "observed_from"), ("membership", "end_date"), ("complaint", "opened"), ("tenure", "observed_from")];
        var seen = dated.Where(d => book.Has(d.Table))
            .SelectMany(d => book.Rows($"SELECT min({d.Column}), max({d.Column}) FROM {d.Table}", r => r.IsDBNull(0) ? (DateOnly[])[] : [Day(r, 0), Day(r, 1)])).SelectMany(d => d).ToList();
        if (seen.Count == 0)
            throw new BookException($"{book.Path} holds nothing that is dated: there is nothing to read.");
        var (start, end) = (Stated("period_start"), Stated("period_end"));
        // an end of membership may lie far ahead: it makes no record longer where there are others
        if (book.Has("membership"))
        {
            var others = dated.Where(d => d.Column != "end_date" && book.Has(d.Table))
                .SelectMany(d => book.Rows($"SELECT max({d.Column}) FROM {d.Table}", r => r.IsDBNull(0) ? (DateOnly[])[] : [Day(r, 0)])).SelectMany(d => d).ToList();
            var rest = dated.Any(d => d.Table != "membership" && book.Has(d.Table));
            var cut = end is null && dated.Any(d => d.Table is "activity" or "payment" or "decision" or "measure" && book.Has(d.Table));
            if ((end ?? (rest && others.Count > 0 ? others.Max() : (DateOnly?)null)) is { } last)
            {
                var late = book.Rows($"SELECT count(*) FROM membership WHERE end_date > {Literal(last)}{(end is null ? "" : $" AND observed_from <= {Literal(last)}")}", r => r.GetInt64(0))[0];
                if (late > 0)
                {
                    notes.Add($"After {(end is null ? "the last date of all else" : $"the end that the book states, {last:yyyy-MM-dd},")} {Count("membership", late, "spells of membership")} end. "
                        + (cut || end is not null ? "The records are taken to end there, and those spells to go on." : "The records are taken to last until the last of them."));
                }

                if (cut)
                    seen.RemoveAll(d => d > last);
            }
        }

        var (from, to) = (start ?? seen.Min(), end ?? seen.Max());
        if (from > to)
            throw new BookException($"{book.Path}: the period starts on {from:yyyy-MM-dd} ({(start is null ? "the first record" : "period_start")}) and ends before that, on {to:yyyy-MM-dd} ({(end is null ? "the last record" : "period_end")}).");
        return (from, to);
    }

    /// <summary>A day that the book states about itself; null if it does not.</summary>
    private DateOnly? Stated(string key) => book.Meta(key) is not { Length: > 0 } stated ? null
        : DateOnly.TryParseExact(stated, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new BookException($"{book.Path}: {key} is {stated}; it is a day written as 2012-12-31 is.");

    /// <summary>Leaves out what lies outside the period that the book states. A spell counts from the period's first day on; it is outside if it is over before, or begins after.</summary>
    private void LeaveOut()
    {
        var (start, end) = (Stated("period_start"), Stated("period_end"));
        if (start is null && end is null)
            return;
        (string Table, string Column)[] dated = [("activity", "date"), ("payment", "date"), ("decision", "date"), ("complaint", "opened"), ("measure", "date"), ("shock", "date"), ("intent", "week")];
        string[] spells = ["membership", "tenure"];
        string Later(string column) => start is { } day ? $"{column} >= {Literal(day)}" : "true";
        string Earlier(string column) => end is { } day ? $"{column} <= {Literal(day)}" : "true";
        List<(string Table, long Rows)> outside = [.. dated.Select(d => (d.Table, book.Keep(d.Table, $"{Later(d.Column)} AND {Earlier(d.Column)}"))),
            .. spells.Select(t => (t, book.Keep(t, $"(end_date IS NULL OR {Later("end_date")}) AND {Earlier("observed_from")}", start is { } day ? $"* REPLACE (greatest(observed_from, {Literal(day)}) AS observed_from)" : "*")))];
        // who did what goes with what was done
        if (outside[0].Rows > 0)
            outside.Add(("activity_person", book.Keep("activity_person", "activity_id IN (SELECT activity_id FROM activity)")));
        outside.RemoveAll(o => o.Rows == 0);
        if (outside.Count == 0)
            return;
        notes.Add($"Outside the period that the book states, {From:yyyy-MM-dd} to {To:yyyy-MM-dd}, lie and are left out: {string.Join(", ", outside.Select(o => $"{Count(o.Table, o.Rows)} of {o.Table}"))}.");
        if (!dated.Any(d => book.Has(d.Table)) && !spells.Any(book.Has))
            throw new BookException($"{book.Path} holds nothing within the period that it states, {From:yyyy-MM-dd} to {To:yyyy-MM-dd}.");
    }

    /// <summary>How many rows of a table there are, for people: single persons and complaints stay unseen in notes, too.</summary>
    private static string Count(string table, long rows, string? what = null) => table switch
    {
        "membership" or "tenure" or "activity_person" => new PurposeSettings().SmallestCell,
        "complaint" => new PurposeSettings().SmallestComplaintCell,
        _ => 0,
    } is var least && rows < least ? $"fewer than {least} {what ?? "rows"}" : $"{rows:N0} {what ?? (rows == 1 ? "row" : "rows")}";

    private (IReadOnlyList<KeyValuePair<string, double>>, IReadOnlyList<WeekHours>) Hours()
    {
        if (!book.Has("activity"))
            return ([], []);
        Refuse("activity", "hours_total < 0", "hours below 0");
        Refuse("activity", $"isfinite(hours_total) AND hours_total > {Book.MostHours}", "more hours than there can be");
        var weekly = book.Rows(
            $"SELECT CAST(floor((date - {Epoch} - {first}) / 7.0) AS INTEGER), kind_code, sum(hours_total) FROM activity WHERE {mine} AND hours_total IS NOT NULL AND isfinite(hours_total) GROUP BY ALL ORDER BY 1, 2",
            r => new WeekHours(r.GetInt32(0), r.GetString(1), r.GetDouble(2)));
        var (rows, without) = book.Rows($"SELECT count(*), count(*) FILTER (hours_total IS NULL OR NOT isfinite(hours_total)) FROM activity WHERE {mine}", r => (r.GetInt64(0), r.GetInt64(1)))[0];
        hoursLacking = without == 0 ? null : without == rows ? "hours (hours_total)" : $"hours of {without:N0} of {rows:N0} activities (hours_total)";
        if (without == rows && rows > 0)
        {
            counted = true;
            notes.Add($"None of {rows:N0} activities has hours: effort is counted in activities, each as much as any other, not in hours.");
            weekly = book.Rows($"SELECT CAST(floor((date - {Epoch} - {first}) / 7.0) AS INTEGER), kind_code, CAST(count(*) AS DOUBLE) FROM activity WHERE {mine} GROUP BY ALL ORDER BY 1, 2",
                r => new WeekHours(r.GetInt32(0), r.GetString(1), r.GetDouble(2)));
        }
        else if (without > 0)
            notes.Add($"{without:N0} of {rows:N0} activities have no hours and are left out.");
        var hours = weekly.GroupBy(w => w.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum(w => w.Hours))).ToList();
        var uncoded = hours.Where(h => ends.Of(h.Key).Count == 0).ToList();
        if (uncoded.Count > 0 && hours.Sum(h => h.Value) is > 0 and var all)
            notes.Add($"{uncoded.Sum(h => h.Value) / all:0%} of what is recorded is of kinds that serve no end in the coding: {string.Join(", ", uncoded.Select(h => h.Key))}.");
        return (hours, weekly);
    }

    /// <summary>How many activities there are of each kind, and what each coder took it for.</summary>
    private IReadOnlyList<CodedKind> CodedKinds() => !book.Has("activity") ? [] : book.Rows(
        $"SELECT kind_code, count(*) FROM activity WHERE {mine} GROUP BY kind_code ORDER BY kind_code",
        r => new CodedKind(r.GetString(0), r.GetInt64(1), [.. ends.Coders.Select(c => c.MainEnd(r.GetString(0)))]));

    /// <summary>Net by kind, so that what is paid back does not count twice; and what of it was recorded with its end.</summary>
    private (IReadOnlyList<KeyValuePair<string, double>> Out, IReadOnlyList<KeyValuePair<string, double>> In, IReadOnlyList<(string, string, double)> ByEnd) Money()
    {
        if (!book.Has("payment"))
            return ([], [], []);
        Refuse("payment", "amount_minor < 0", "amounts below 0");
        const string net = "CAST(sum(CASE direction WHEN 'out' THEN amount_minor ELSE -amount_minor END) AS DOUBLE)";
        var kinds = book.Rows($"SELECT kind, {net} FROM payment WHERE {mine} GROUP BY kind ORDER BY kind", r => KeyValuePair.Create(r.GetString(0), r.GetDouble(1)));
        if (book.Rows("SELECT count(DISTINCT currency) FROM payment", r => r.GetInt64(0))[0] > 1)
            notes.Add("Payments are in several currencies and were added as they stand.");
        KeyValuePair<string, double>[] spent = [.. kinds.Where(k => k.Value > 0)];
        var stated = book.Rows($"SELECT kind, end_code, {net} FROM payment WHERE {mine} AND end_code IS NOT NULL GROUP BY ALL ORDER BY 1, 2", r => (Kind: r.GetString(0), End: r.GetString(1), Amount: r.GetDouble(2)));
        var unknown = stated.Select(o => o.End).Distinct().Where(end => ends.All.All(e => e.Code != end)).ToList();
        if (unknown.Count > 0)
            notes.Add($"Some payments are for ends that are not known ({string.Join(", ", unknown)}); what they are for is told by their kind.");
        // of a kind of which more came back than is said to be for its ends, the kind tells
        var byEnd = stated.Where(o => o.Amount > 0 && !unknown.Contains(o.End)).GroupBy(o => o.Kind).Where(g => spent.Any(k => k.Key == g.Key && k.Value >= g.Sum(o => o.Amount))).SelectMany(g => g).ToList();
        return (spent, [.. kinds.Where(k => k.Value < 0).Select(k => KeyValuePair.Create(k.Key, -k.Value))], byEnd);
    }

    /// <summary>
    /// What one source states: of several, that with the newest aim. Those of its aims count that hold on the last day of the period, or on the last day of it on which any holds.
    /// </summary>
    private (IReadOnlyList<StatedAim>, string) Said()
    {
        Refuse("stated_goal", "rank < 1", "a rank below 1");
        Refuse("stated_goal", "weight < 0 OR NOT isfinite(weight)", "a weight that is below 0 or no number");
        HoldingAims();
        var goals = book.Rows("SELECT end_code, rank, weight, source, valid_from FROM stated_goal ORDER BY goal_id",
            r => (End: r.GetString(0), Rank: Whole(r, 1), Weight: Number(r, 2), Source: r.GetString(3), From: Day(r, 4)));
        var sources = goals.GroupBy(g => g.Source).OrderByDescending(g => g.Max(a => a.From)).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (sources.Count == 0)
            return ([], "");
        goals = [.. sources[0]];
        if (sources.Count > 1)
            notes.Add($"Aims are stated in {sources.Count} places; the newest is read ({sources[0].Key}, {goals.Max(g => g.From):yyyy-MM-dd}).");
        var known = goals.Where(g => ends.All.Any(e => e.Code == g.End)).ToList();
        if (known.Count < goals.Count)
            notes.Add($"{goals.Count - known.Count} of {goals.Count} stated aims are for ends that the coding does not have, and are left out: {string.Join(", ", goals.Except(known).Select(g => g.End).Distinct())}.");
        var once = known.GroupBy(g => g.End).Select(g => g.OrderByDescending(a => a.From).ThenBy(a => a.Rank ?? int.MaxValue).ThenByDescending(a => a.Weight ?? 0).First())
            .OrderBy(g => g.Rank ?? int.MaxValue).ThenByDescending(g => g.Weight ?? 0).ToList();
        if (once.Count < known.Count)
            notes.Add($"{known.Count - once.Count} stated aims are for an end that is stated already, and are left out: the newest counts, and of one day the one ranked higher.");
        // aims of one weight share a rank; those without a rank come after those with one
        return ([.. once.Select((g, i) => new StatedAim(g.End, g.Rank ?? (g.Weight is { } w ? 1 + once.Count(o => o.Rank is not null || o.Weight > w) : i + 1), g.Weight))], sources[0].Key);
    }

    /// <summary>Leaves of the aims those that hold. Those of a book are of the organization that it is about.</summary>
    private void HoldingAims()
    {
        if (another)
        {
            if (book.Keep("stated_goal", "false") > 0)
                notes.Add("The aims in the book are those of the organization that it is about, and are left out.");
            return;
        }

        var (start, end) = (Literal(From), Literal(To));
        // an organization may be over before its records are
        var last = book.Rows($"SELECT max(least(coalesce(valid_to, {end}), {end})) FROM stated_goal WHERE valid_from <= {end} AND coalesce(valid_to, {end}) >= {start}", r => r.IsDBNull(0) ? To : Day(r, 0))[0];
        var left = book.Keep("stated_goal", $"valid_from <= {Literal(last)} AND (valid_to IS NULL OR valid_to >= {Literal(last)})");
        if (left > 0)
            notes.Add($"{left} stated {(left == 1 ? "aim does" : "aims do")} not hold on {last:yyyy-MM-dd}, {(last == To ? "the last day" : "the last day on which any did")}, and {(left == 1 ? "is" : "are")} left out.");
    }

    /// <summary>Decisions with one winner. What was scored after the choice is left out; whether it is the status quo is an attribute of its own.</summary>
    private List<Decision> Decisions()
    {
        if (!book.Has("decision") || !book.Has("alternative"))
            return [];
        var late = book.Rows("SELECT count(DISTINCT attr_code) FROM alternative_attr WHERE scored = 'ex_post'", r => r.GetInt64(0))[0];
        if (late > 0)
            notes.Add($"{late} attributes of alternatives were scored after the choice and are left out.");
        var scores = new Dictionary<long, List<(string, double)>>();
        foreach (var (alternative, code, value) in book.Rows(
            "SELECT alternative_id, attr_code, avg(value) FROM alternative_attr WHERE scored <> 'ex_post' AND isfinite(value) AND attr_code <> 'unit' GROUP BY ALL ORDER BY 1, 2", r => (r.GetInt64(0), r.GetString(1), r.GetDouble(2))))
        {
            if (!scores.TryGetValue(alternative, out var list))
                scores[alternative] = list = [];
            list.Add((code, value));
        }

        var rows = book.Rows(
            $"""
            SELECT d.decision_id, d.kind, d.menu_complete, coalesce(d.decider, ''), (d.date - {Epoch} - {first}) / 7.0, a.alternative_id, a.chosen, a.is_status_quo
            FROM decision AS d JOIN alternative AS a USING (decision_id) WHERE {mine} ORDER BY d.decision_id, a.alternative_id
            """,
            r => (Id: r.GetInt64(0), Kind: r.GetString(1), Complete: r.GetBoolean(2), Decider: r.GetString(3), Week: r.GetDouble(4), Alternative: r.GetInt64(5), Chosen: r.GetBoolean(6), StatusQuo: r.GetBoolean(7)));
        var menus = rows.GroupBy(r => r.Id).Select(g => g.ToList()).ToList();
        var others = menus.RemoveAll(m => m.Count(a => a.Chosen) != 1);
        // by kind, in the order in which they first decide: a test by lot may not hang on their names
        var deciders = menus.GroupBy(m => m[0].Kind).ToDictionary(g => g.Key, g => g.OrderBy(m => m[0].Week).Select(m => m[0].Decider).Distinct().Select((d, i) => (d, i)).ToDictionary(d => d.d, d => d.i));
        var decisions = new List<Decision>();
        foreach (var menu in menus)
        {
            var statusQuo = menu.Any(a => a.StatusQuo) && !menu.All(a => a.StatusQuo);
            // of fewer than five deciders nothing tells how they differ: then decisions of one quarter hang together
            var cluster = deciders[menu[0].Kind] is { Count: >= ScoreBootstrap.FewestClusters } own ? own[menu[0].Decider] : (int)Math.Floor(menu[0].Week / 13);
            decisions.Add(new Decision(menu[0].Kind, cluster, menu[0].Complete, menu.FindIndex(a => a.Chosen),
                [.. menu.Select(a => (IReadOnlyList<(string, double)>)[.. scores.GetValueOrDefault(a.Alternative) ?? [], .. statusQuo ? [(Decision.StatusQuo, a.StatusQuo ? 1.0 : 0)] : Array.Empty<(string, double)>()])])
            {
                Week = menu[0].Week,
            });
        }

        if (others > 0)
            notes.Add($"{others} decisions with no winner or with several are left out.");
        if (decisions.Count == 0 && others > 0)
            whyNoDecisions = $"none of {others} decisions has exactly one winner";
        return decisions;
    }

    /// <summary>For each end that was hit: what was measured of it, if anything, and the blows.</summary>
    private List<RecordedBlows> Shocks()
    {
        if (!book.Has("shock"))
            return [];
        Refuse("shock", "external IS NULL OR anticipated IS NULL", "nothing said of whether it came from outside (external) or was seen coming (anticipated)");
        var shocks = book.Rows($"SELECT variable_code, {Week("date")}, size, external, anticipated FROM shock ORDER BY shock_id",
            r => (Variable: r.GetString(0), Week: r.GetDouble(1), Size: Number(r, 2) ?? double.NaN, External: r.GetBoolean(3), Anticipated: r.GetBoolean(4)));
        var measured = ends.All.Where(e => e.Measure is not null && !e.IsPlacebo).ToList();
        bool Hits(string variable, End end) => variable == end.Code || variable == end.Measure || variable == end.Disturbance || variable == "climate." + end.Disturbance;
        var stray = shocks.Where(s => !measured.Any(e => Hits(s.Variable, e))).ToList();
        if (stray.Count > 0)
            notes.Add($"{stray.Count} of {shocks.Count} shocks hit what no end is measured by, and are left out: {string.Join(", ", stray.Select(s => s.Variable).Distinct().Order(StringComparer.Ordinal))}.");
        return [.. measured.Select(Of).OfType<RecordedBlows>()];

        RecordedBlows? Of(End end)
        {
            var own = shocks.Where(s => Hits(s.Variable, end)).ToList();
            var codes = end.Measure!.Split('+', '*', '/');
            var series = codes.Select(c => book.Rows($"SELECT {Week("date")}, value FROM measure WHERE variable_code = '{c.Replace("'", "''", StringComparison.Ordinal)}' AND {whole} AND coalesce(group_code, '') = '' AND isfinite(value) ORDER BY date", r => (Week: r.GetDouble(0), Value: r.GetDouble(1)))).ToList();
            if (own.Count == 0)
                return null;
            var second = series.Count > 1 ? series[1].GroupBy(s => s.Week).ToDictionary(g => g.Key, g => g.First().Value) : null;
            var joined = series[0].Where(s => second is null || second.ContainsKey(s.Week)).Select(s => (s.Week, Value: second is null ? s.Value : end.Measure.First(c => c is '+' or '*' or '/') switch
            {
                '+' => s.Value + second[s.Week],
                '*' => s.Value * second[s.Week],
                _ => second[s.Week] == 0 ? double.NaN : s.Value / second[s.Week],
            })).Where(s => double.IsFinite(s.Value)).ToList();
            return new RecordedBlows(end.Code, [.. joined.Select(j => j.Week)], [.. joined.Select(j => j.Value)], [.. own.Select(s => new RecordedBlow(s.Week, s.Size, s.External, s.Anticipated))]);
        }
    }

    private List<LineNeeds> Needs()
    {
        // whatever rests on activities lacks the hours that these lack
        LineNeeds Line(string line, string needs, params string[] tables) =>
            new(line, needs, [.. tables.Where(t => !book.Has(t)), .. hoursLacking is { } hours && tables.Contains("activity") ? [hours] : Array.Empty<string>()]);
        return
        [
            Line("effort", "activities with hours (activity), and which end a kind serves (end, kind_end, or the coding given)", "activity"),
            Line("money", "payments (payment)", "payment"),
            Line("said and done", "stated aims (stated_goal), and any other line", "stated_goal"),
            Line("defense", "outside shocks with their dates (shock), what they hit (measure) and what was done (activity)", "shock", "measure", "activity"),
            Line("necessity", "a simulator, or many organizations: no book alone can tell", "a simulator"),
            Line("choice", "decisions with what else was on the table, and what was known of it (decision, alternative, alternative_attr)", "decision", "alternative", "alternative_attr"),
            Line("people", "spells of membership (membership); offices (tenure), complaints (complaint) and who did what (activity_person) for the rest", "membership", "tenure", "complaint", "activity_person"),
        ];
    }

    private void Refuse(string table, string wrong, string words)
    {
        var rows = book.Rows($"SELECT count(*) FROM {table} WHERE {wrong}", r => r.GetInt64(0))[0];
        if (rows == 0)
            return;
        var key = table switch { "membership" => "spell_id", "activity_person" => "activity_id", "stated_goal" => "goal_id", _ => table + "_id" };
        var (place, first) = book.First(table, wrong, key);
        var says = $"{rows} {(rows == 1 ? "row" : "rows")} of {table} with {words}, the first with {key} {first}.";
        throw place is null ? new BookException($"{book.Path}: {says}") : new BookException(place, says);
    }

    /// <summary>A day in a query, the same whatever calendar the program that asks is set to.</summary>
    private static string Literal(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'");

    /// <summary>A date column in weeks from the first day.</summary>
    private string Week(string column) => $"({column} - {Epoch} - {first}) / 7.0";

    /// <summary>The end of a date column's day, in weeks from the first day.</summary>
    private string DayOver(string column) => Week($"{column} + 1");

    private static double? Number(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetDouble(at);

    private static int? Whole(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetInt32(at);

    private static DateOnly Day(DbDataReader row, int at) => row.GetFieldValue<DateOnly>(at);
}
