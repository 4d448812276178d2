using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Story;

/// <summary>When something first happened, over runs.</summary>
/// <param name="Event">Code: a kind of <see cref="RunEvent"/>, behind an organization's short name if it is not the flagship's.</param>
/// <param name="Share">Share of runs in which it happened.</param>
/// <param name="Week">Week of the first time, over the runs in which it happened.</param>
public sealed record KeyDate(string Event, double Share, Spread Week);

/// <summary>A published count of members beside the runs.</summary>
/// <param name="Count">What was published.</param>
/// <param name="Model">Members in the runs, over the days that the date can mean.</param>
/// <param name="Verdict">'inside', 'model too low' or 'model too high' (against the 90% interval), or 'no runs then'.</param>
public sealed record Comparison(MembershipCount Count, Spread Model, string Verdict);

/// <summary>The hours by end in a span of years, over runs, with the bounds of the coding.</summary>
/// <param name="End">The end.</param>
/// <param name="Share">Share of hours, over runs.</param>
/// <param name="AtLeast">Mean share at the lower bounds of the coding.</param>
/// <param name="AtMost">Mean share at the upper bounds of the coding.</param>
public sealed record EndEffort(End End, Spread Share, double AtLeast, double AtMost);

/// <summary>
/// Everything that the story, the report and the JSON document say about an ensemble is computed here, once.
/// An organization that has ended has no members and no money: counts and flows stand at 0 from then on.
/// Shares, indexes and ages are taken over the runs in which it still exists.
/// </summary>
public sealed class Summary
{
    private readonly Dictionary<string, int> indexes = [];
    private readonly Dictionary<(string, int), Spread> spreads = [];
    private readonly Dictionary<(int, int), IReadOnlyList<EndEffort>?> efforts = [];
    private readonly Overlay overlay;
    private readonly Dictionary<int, Range> years = [];
    private IReadOnlyList<KeyDate>? keyDates;

    /// <summary>Prepares the summary of an ensemble with at least one finished run.</summary>
    public Summary(EnsembleResult result, Ends ends, Overlay overlay)
    {
        Result = result;
        Ends = ends;
        this.overlay = overlay;
        for (var i = 0; i < result.Measures.Count; i++)
            indexes[result.Measures[i].Id] = i;
        Flagship = result.Scenario.Organizations[result.Scenario.Flagship];
        for (var s = 0; s < result.SampleWeeks.Count; s++)
        {
            var year = DateOf(result.SampleWeeks[s]).Year;
            years[year] = (years.TryGetValue(year, out var known) ? known.Start : s)..(s + 1);
        }
        Years = [.. years.Keys.Order()];
        Typical = TypicalRun.Of(this);
    }

    /// <summary>The ensemble.</summary>
    public EnsembleResult Result { get; }

    /// <summary>The ends that hours are coded to.</summary>
    public Ends Ends { get; }

    /// <summary>The organization that the runs are about.</summary>
    public OrganizationSpec Flagship { get; }

    /// <summary>The calendar years with at least one sample.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>The run whose membership is most central.</summary>
    public RunResult Typical { get; }

    /// <summary>Dated facts about the flagship.</summary>
    public IEnumerable<DatedFact> Facts => overlay.Facts.Where(f => f.Organization == Result.Scenario.Flagship);

    /// <summary>First day of a week.</summary>
    public DateOnly DateOf(double week) => Result.Scenario.Start.AddDays((int)Math.Round(week * 7));

    /// <summary>The measure with a code; null if the scenario has none.</summary>
    public Measure? Find(string measure) => indexes.TryGetValue(measure, out var i) ? Result.Measures[i] : null;

    /// <summary>A run's value at a sample; NaN where it has none.</summary>
    public double Value(RunResult run, string measure, int sample) => Value(run, indexes[measure], sample);

    private double Value(RunResult run, int measure, int sample)
    {
        var value = run.Values[measure][sample];
        return float.IsNaN(value) && Result.Measures[measure].IsAmount ? 0 : value;
    }

    /// <summary>A measure at a sample, over runs.</summary>
    public Spread At(string measure, int sample)
    {
        if (!spreads.TryGetValue((measure, sample), out var spread))
            spreads[(measure, sample)] = spread = Spread.Of(Result.Runs.Select(r => Value(r, measure, sample)));
        return spread;
    }

    /// <summary>A run's mean over the samples of a year; NaN where it has none.</summary>
    public double InYear(RunResult run, string measure, int year)
    {
        var (sum, count, index, range) = (0.0, 0, indexes[measure], years[year]);
        for (var s = range.Start.Value; s < range.End.Value; s++)
        {
            var value = Value(run, index, s);
            if (double.IsNaN(value))
                continue;
            sum += value;
            count++;
        }
        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>A measure's yearly means, over runs.</summary>
    public Spread InYear(string measure, int year) => Spread.Of(Result.Runs.Select(r => InYear(r, measure, year)));

    /// <summary>A weekly flow added up over a year, over runs.</summary>
    /// <param name="measure">A flow, per week.</param>
    /// <param name="year">One of <see cref="Years"/>.</param>
    public Spread TotalIn(string measure, int year) => Spread.Of(Result.Runs.Select(r => Total(r, measure, years[year])));

    /// <summary>A weekly flow added up over all weeks, over runs: each sample stands for the weeks since the one before.</summary>
    /// <param name="measure">A flow, per week.</param>
    public Spread Total(string measure) => Spread.Of(Result.Runs.Select(r => Total(r, measure, ..Result.SampleWeeks.Count)));

    private double Total(RunResult run, string measure, Range samples)
    {
        var (sum, index) = (0.0, indexes[measure]);
        for (var s = samples.Start.Value; s < samples.End.Value; s++)
        {
            var value = Value(run, index, s);
            sum += double.IsNaN(value) ? 0 : value * (Result.SampleWeeks[s] - (s == 0 ? -1 : Result.SampleWeeks[s - 1]));
        }

        return sum;
    }

    /// <summary>Share of runs in which the flagship exists in a week.</summary>
    public double AliveShare(int week) => (double)Result.Runs.Count(r => IsAlive(r, week)) / Result.Runs.Count;

    /// <summary>True while a run's flagship exists.</summary>
    public static bool IsAlive(RunResult run, int week) => run.EndedWeek is not { } ended || week < ended;

    /// <summary>Hours by end over a span of years, both included; null if nobody gave an hour.</summary>
    public IReadOnlyList<EndEffort>? Effort(int firstYear, int lastYear)
    {
        if (efforts.TryGetValue((firstYear, lastYear), out var known))
            return known;
        var kinds = indexes.Where(m => m.Key.StartsWith("hours.", StringComparison.Ordinal)).Select(m => (Code: m.Key["hours.".Length..], Index: m.Value)).ToList();
        var byRun = Result.Runs.Select(run => EffortShares.Of([.. kinds.Select(k => KeyValuePair.Create(k.Code, Hours(run, k.Index)))], Ends))
            .OfType<IReadOnlyList<EffortShare>>().ToList();
        return efforts[(firstYear, lastYear)] = byRun.Count == 0 ? null : [.. Ends.All.Select((end, i) => new EndEffort(
            end, Spread.Of(byRun.Select(r => r[i].Share)), byRun.Average(r => r[i].Low), byRun.Average(r => r[i].High)))];

        double Hours(RunResult run, int index)
        {
            var sum = 0.0;
            for (var s = years[firstYear].Start.Value; s < years[lastYear].End.Value; s++)
                sum += Value(run, index, s);
            return sum;
        }
    }

    /// <summary>The years from which on the organization is called settled: the second half of the scenario.</summary>
    public (int First, int Last) Settled => (Years[Years.Count / 2], Years[^1]);

    /// <summary>First times, over runs: of every kind of event, of the peak of membership, and of the end by how it came.</summary>
    public IReadOnlyList<KeyDate> KeyDates => keyDates ??=
        [.. Result.Runs.SelectMany(FirstTimes)
            .GroupBy(f => f.Event)
            .Select(g => new KeyDate(g.Key, (double)g.Count() / Result.Runs.Count, Spread.Of(g.Select(f => (double)f.Week))))
            .ToList() is var dates ? InOrder(dates) : []];

    /// <summary>By the median week; a vote to close again never stands above one to open up, though over the runs with both its median may lie earlier.</summary>
    private static IEnumerable<KeyDate> InOrder(IReadOnlyList<KeyDate> dates)
    {
        static bool Closes(string what) => what == EventKinds.Closed || what.EndsWith("." + EventKinds.Closed, StringComparison.Ordinal);
        double When(KeyDate date) => Closes(date.Event) && dates.FirstOrDefault(d => d.Event == date.Event[..^EventKinds.Closed.Length] + EventKinds.Opened) is { } opened
            ? Math.Max(date.Week.Median, opened.Week.Median) : date.Week.Median;
        return dates.OrderBy(When).ThenBy(d => Closes(d.Event)).ThenBy(d => d.Event, StringComparer.Ordinal);
    }

    /// <summary>An organization's published counts of members beside the runs.</summary>
    public IReadOnlyList<Comparison> Published(string organization)
    {
        var members = organization == Result.Scenario.Flagship ? "members" : $"{organization}.members";
        return [.. overlay.Membership.Where(c => c.Organization == organization).Select(c => Compare(c, members))];
    }

    private Comparison Compare(MembershipCount count, string members)
    {
        if (Find(members) is null || count.Date.Last < Result.Scenario.Start || count.Date.First > DateOf(Result.SampleWeeks[^1]))
            return new(count, Spread.Of([]), "no runs then");
        var samples = Enumerable.Range(0, Result.SampleWeeks.Count).Where(s => DateOf(Result.SampleWeeks[s]) is var d && d >= count.Date.First && d <= count.Date.Last).ToList();
        if (samples.Count == 0)
            samples = [Enumerable.Range(0, Result.SampleWeeks.Count).MinBy(s => Math.Abs(DateOf(Result.SampleWeeks[s]).DayNumber - count.Date.Middle.DayNumber))];
        var model = Spread.Of(Result.Runs.Select(r => samples.Average(s => Value(r, members, s))));
        var verdict = (count.High ?? double.PositiveInfinity) < model.Low ? "model too high"
            : (count.Low ?? 0) > model.High ? "model too low"
            : "inside";
        return new(count, model, verdict);
    }

    private IEnumerable<(string Event, int Week)> FirstTimes(RunResult run)
    {
        foreach (var first in run.Events.GroupBy(e => (e.Organization, e.Kind)))
        {
            var prefix = first.Key.Organization == Result.Scenario.Flagship || first.Key.Organization.Length == 0 ? "" : $"{first.Key.Organization}.";
            yield return (prefix + first.Key.Kind, first.Min(e => e.Week));
        }
        var peak = Enumerable.Range(0, Result.SampleWeeks.Count).MaxBy(s => Value(run, "members", s));
        yield return ("peak_members", Result.SampleWeeks[peak]);
        if (run.EndedWeek is { } ended)
        {
            yield return ($"ended.{run.Fate.ToString().ToLowerInvariant()}", ended);
        }
    }
}
