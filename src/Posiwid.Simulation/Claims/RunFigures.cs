using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Claims;

/// <summary>
/// Works out figures of the runs of one arm. An organization that has ended has no members and no money: counts and flows stand at 0 from then
/// on, shares and indexes do not exist. A figure that does not exist is NaN.
/// </summary>
public sealed class RunFigures
{
    /// <summary>What stands for all hours.</summary>
    public const string AllHours = "hours";

    /// <summary>What stands before an end whose hours are meant.</summary>
    public const string OfEnd = "end.";

    private readonly Setting setting;
    private readonly Ends ends;
    private readonly IReadOnlyList<int> weeks;
    private readonly Dictionary<string, (int Index, bool Amount)> measures;
    private readonly int[] hours;
    private readonly int[] years;

    /// <summary>Prepares to read the runs of an arm.</summary>
    /// <param name="setting">The arm's setting.</param>
    /// <param name="ends">The ends, and which activity serves which.</param>
    public RunFigures(Setting setting, Ends ends)
    {
        ArgumentNullException.ThrowIfNull(setting);
        (this.setting, this.ends) = (setting, ends);
        weeks = MeasureRecorder.SampleWeeks(setting);
        years = [.. weeks.Select(w => setting.Calendar.Date(w).Year)];
        measures = MeasureCatalog.Of(setting.Scenario).Select((m, i) => (m, i)).ToDictionary(m => m.m.Id, m => (m.i, m.m.IsAmount));
        hours = [.. MeasureCatalog.Kinds.Select(k => measures[$"hours.{k}"].Index)];
    }

    /// <summary>True if something can be read under this name: a measure, all hours, or the hours of an end.</summary>
    public bool Knows(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bare = name.TrimStart('-');
        return bare == AllHours || measures.ContainsKey(bare) || (bare.StartsWith(OfEnd, StringComparison.Ordinal) && ends.All.Any(e => e.Code == bare[OfEnd.Length..]));
    }

    /// <summary>Every name that can be read.</summary>
    public IEnumerable<string> Names => [.. measures.Keys, AllHours, .. ends.All.Select(e => OfEnd + e.Code)];

    /// <summary>A figure of a run: one number, or the shares of hours by end.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="run">The run.</param>
    /// <param name="coding">A bound of the coding that takes the place of the usual one; null for the figure's own.</param>
    public double[] Of(FigureSpec figure, RunResult run, CodingBound? coding = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(run);
        var bound = figure.Coding == CodingBound.Usual ? coding ?? CodingBound.Usual : figure.Coding;
        if (figure.Take == Take.HoursByEnd)
            return HoursByEnd(figure, run, bound);
        return [figure.Times * One(figure, run, bound)];
    }

    private double One(FigureSpec f, RunResult run, CodingBound bound)
    {
        double Value(IReadOnlyList<string> names, int s) => names.Sum(n => Read(n, run, s, bound));
        double Quotient(IEnumerable<int> samples)
        {
            var (of, per) = (0.0, 0.0);
            foreach (var s in samples)
            {
                var (x, y) = (Value(f.Of, s), f.Per.Count == 0 ? 1 : Value(f.Per, s - (f.PerEarlier / MeasureCatalog.WeeksBetween)));
                if (double.IsNaN(x) || double.IsNaN(y))
                    continue;
                (of, per) = (of + x, per + y);
            }

            return per == 0 ? double.NaN : of / per;
        }

        switch (f.Take)
        {
            case Take.Alive:
                return run.EndedWeek is { } ended && ended <= setting.Calendar.Week(f.Day!.Value) ? 0 : 1;
            case Take.At when f.After is null:
                return Value(f.Of, Sample(setting.Calendar.Week(f.Day!.Value)));
            case Take.At:
                return Bound(f, run, f.After) is { } at && at + (f.Weeks ?? 0) <= weeks[^1] ? Value(f.Of, Sample(at + (f.Weeks ?? 0))) : double.NaN;
            case Take.Kept:
                return Bound(f, run, f.After!) is { } from && from + (f.Weeks ?? 0) <= weeks[^1] && Value(f.Of, Sample(from)) is > 0 and var then
                    ? Value(f.Of, Sample(from + (f.Weeks ?? 0))) / then : double.NaN;
            case Take.FirstWeek:
                return Events(run, f.Of[0]).Select(e => (double?)e.Week).FirstOrDefault() ?? double.NaN;
            case Take.Count or Take.Median or Take.ShareOfEvents or Take.Trend or Take.HazardRatio or Take.YearsAway:
                return OfEvents(f, run);
        }

        if (Window(f, run) is not { } window)
            return double.NaN;
        var inside = Enumerable.Range(0, weeks.Count).Where(s => weeks[s] >= window.First && weeks[s] <= window.Last).ToArray();
        var yearly = f.Take is Take.Most or Take.Least or Take.Elasticity
            ? inside.GroupBy(s => years[s]).Select(g => (Samples: g.ToArray(), Value: Quotient(g))).Where(y => !double.IsNaN(y.Value)).ToArray() : [];
        var single = f.Take is Take.Mean or Take.Variation or Take.Range
            ? inside.Select(s => f.Per.Count == 0 ? Value(f.Of, s) : Quotient([s])).Where(double.IsFinite).ToArray() : [];
        return f.Take switch
        {
            Take.Total => f.Per.Count == 0 ? MeasureCatalog.WeeksBetween * inside.Select(s => Value(f.Of, s)).Where(double.IsFinite).Sum() : Quotient(inside),
            Take.Most => yearly.Length == 0 ? double.NaN : yearly.Max(y => y.Value),
            Take.Least => yearly.Length == 0 ? double.NaN : yearly.Min(y => y.Value),
            Take.Elasticity => Slope([.. yearly.Select(y => (y.Samples.Average(s => Value([f.Against!], s)), y.Value)).Where(p => p.Item1 > 0 && p.Value > 0).Select(p => (Math.Log(p.Item1), Math.Log(p.Value)))]),
            _ when single.Length == 0 => double.NaN,
            Take.Mean => single.Average(),
            Take.Range => single.Max() - single.Min(),
            _ => Spread(single),
        };
    }

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        return mean == 0 ? double.NaN : Math.Sqrt(values.Average(v => (v - mean) * (v - mean))) / mean;
    }

    /// <summary>Least squares through at least ten years.</summary>
    private static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 10)
            return double.NaN;
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        var below = points.Sum(p => (p.X - x) * (p.X - x));
        return below == 0 ? double.NaN : points.Sum(p => (p.X - x) * (p.Y - y)) / below;
    }

    private double OfEvents(FigureSpec f, RunResult run)
    {
        if (f.Take == Take.HazardRatio)
            return HazardRatio(f, run);
        if (f.Take == Take.YearsAway)
            return YearsAway(f, run);
        if (Window(f, run) is not { } window)
            return double.NaN;
        var inside = Events(run, f.Of[0]).Where(e => e.Week >= window.First && e.Week <= window.Last && e.Value >= (f.ValueAtLeast ?? double.NegativeInfinity)).ToArray();
        bool Named(RunEvent e) => f.Note.Count == 0 || f.Note.Any(n => e.Note.Contains(n, StringComparison.Ordinal));
        var whole = f.Take == Take.ShareOfEvents ? [.. inside.Where(e => e.Note.Contains(f.Among ?? "", StringComparison.Ordinal))] : inside.Where(Named).ToArray();
        return f.Take switch
        {
            Take.Count => whole.Length,
            _ when whole.Length == 0 => double.NaN,
            Take.ShareOfEvents => whole.Count(Named) / (double)whole.Length,
            Take.Median => Middle([.. whole.Select(e => e.Value)]),
            _ => KendallTau.Coefficient([.. whole.Select((_, i) => (double)i)], [.. whole.Select(e => e.Value)]) ?? double.NaN,
        };
    }

    /// <summary>Events per unit at risk within some weeks after another kind of event, over the same at other times.</summary>
    private double HazardRatio(FigureSpec f, RunResult run)
    {
        if (Window(f with { After = null, Weeks = null }, run) is not { } window)
            return double.NaN;
        var last = Math.Min(window.Last, run.EndedWeek ?? int.MaxValue);
        var near = new bool[setting.Weeks];
        foreach (var e in Events(run, f.After!))
            Array.Fill(near, true, e.Week, Math.Min(f.Weeks ?? 8, near.Length - e.Week));
        Span<double> events = stackalloc double[2], risk = stackalloc double[2];
        for (var w = window.First; w <= last; w++)
        {
            var at = f.Per.Sum(n => Read(n, run, Sample(w), CodingBound.Usual));
            risk[near[w] ? 1 : 0] += double.IsNaN(at) ? 0 : at;
        }

        foreach (var e in Events(run, f.Of[0]).Where(e => e.Week >= window.First && e.Week <= last))
            events[near[e.Week] ? 1 : 0]++;
        return risk[0] > 0 && risk[1] > 0 && events[0] > 0 ? events[1] / risk[1] / (events[0] / risk[0]) : double.NaN;
    }

    /// <summary>Median time away from some milieus; stays that the end of the run cuts off count as far as they are known.</summary>
    private double YearsAway(FigureSpec f, RunResult run)
    {
        if (Window(f, run) is not { } window)
            return double.NaN;
        var since = new Dictionary<int, int>();
        var (lengths, over) = (new List<double>(), new List<bool>());
        foreach (var e in run.Events.Where(e => e.Organization == setting.OrganizationNames[setting.Flagship] && e.Kind is EventKinds.BranchMoved or EventKinds.BranchClosed))
        {
            var back = e.Kind == EventKinds.BranchClosed;
            if (!back)
            {
                var places = e.Note.Split(", after")[0].Split(" to ");
                back = f.Of.Contains(places[1]);
                if (f.Of.Contains(places[0]) && !back && e.Week >= window.First && e.Week <= window.Last)
                    since[e.Unit] = e.Week;
            }

            if (back && since.Remove(e.Unit, out var left))
                Add(e.Week - left, true);
        }

        foreach (var left in since.Values)
            Add((run.EndedWeek ?? weeks[^1]) - left, false);
        return lengths.Count == 0 ? double.NaN : KaplanMeier.Of(new double[lengths.Count], [.. lengths], [.. over]).Quantile(.5) is { Value: { } years } ? years : double.PositiveInfinity;

        void Add(int length, bool ended)
        {
            lengths.Add(Math.Max(1, length) / 52.0);
            over.Add(ended);
        }
    }

    /// <summary>Hours by end in the samples of a time, added up; NaN if the event that bounds the time never came.</summary>
    internal double[] HoursOfEnds(FigureSpec f, RunResult run, CodingBound bound)
    {
        var sums = new double[ends.All.Count];
        if (Window(f, run) is not { } window)
            return [.. sums.Select(_ => double.NaN)];
        for (var s = 0; s < weeks.Count; s++)
        {
            if (weeks[s] < window.First || weeks[s] > window.Last)
                continue;
            for (var e = 0; e < sums.Length; e++)
                sums[e] += HoursOf(ends.All[e].Code, run, s, bound);
        }

        return sums;
    }

    private double[] HoursByEnd(FigureSpec f, RunResult run, CodingBound bound)
    {
        var hoursOfEnds = HoursOfEnds(f, run, bound);
        var total = hoursOfEnds.Sum();
        return [.. hoursOfEnds.Select(x => total > 0 ? x / total : double.NaN)];
    }

    private double HoursOf(string end, RunResult run, int s, CodingBound bound)
    {
        var sum = 0.0;
        for (var k = 0; k < hours.Length; k++)
        {
            var given = run.Values[hours[k]][s];
            if (float.IsNaN(given) || given == 0)
                continue;
            foreach (var coded in ends.Of(MeasureCatalog.Kinds[k]))
            {
                if (coded.End == end)
                    sum += given * (bound switch { CodingBound.Low => coded.Low, CodingBound.High => coded.High, _ => coded.Weight });
            }
        }

        return sum;
    }

    private double Read(string name, RunResult run, int s, CodingBound bound)
    {
        if (name[0] == '-')
            return -Read(name[1..], run, s, bound);
        if (s < 0)
            return double.NaN;
        if (measures.TryGetValue(name, out var measure))
        {
            var value = run.Values[measure.Index][s];
            return float.IsNaN(value) && measure.Amount ? 0 : value;
        }

        return name == AllHours ? hours.Sum(h => float.IsNaN(run.Values[h][s]) ? 0 : (double)run.Values[h][s]) : HoursOf(name[OfEnd.Length..], run, s, bound);
    }

    /// <summary>First and last week that count; null if the event that bounds them never came.</summary>
    private (int First, int Last)? Window(FigureSpec f, RunResult run)
    {
        var first = f.From is { } from ? setting.Calendar.Week(from) : 0;
        var last = Math.Min(weeks[^1], f.To is { } to ? setting.Calendar.Week(to) : int.MaxValue);
        if (f.After is { } after)
        {
            if (Bound(f, run, after) is not { } at)
                return null;
            first = Math.Max(first, f.Weeks < 0 ? at + f.Weeks.Value : at);
            last = Math.Min(last, f.Weeks switch { null => last, < 0 => at - 1, var w => at + w.Value });
        }

        if (f.Until is { } until)
        {
            if (Bound(f, run, until) is not { } at)
                return null;
            last = Math.Min(last, at - 1);
        }

        return (first, last);
    }

    /// <summary>The last sample at or before a week; -1 for none.</summary>
    private int Sample(int week) => Math.Min(weeks.Count, (week + 1) / MeasureCatalog.WeeksBetween) - 1;

    /// <summary>Week of the event that bounds the time of a figure: the first of them, or the last if that is meant; null if it never came.</summary>
    private int? Bound(FigureSpec f, RunResult run, string kind) =>
        Events(run, kind).Select(e => (int?)e.Week) is var found && f.Last ? found.LastOrDefault() : found.FirstOrDefault();

    /// <summary>Events of a kind; after a full stop, what their note contains.</summary>
    private IEnumerable<RunEvent> Events(RunResult run, string kind)
    {
        var (name, note) = kind.Split('.', 2) is [var n, var rest] ? (n, rest) : (kind, "");
        return run.Events.Where(e => e.Kind == name && e.Organization == setting.OrganizationNames[setting.Flagship] && e.Note.Contains(note, StringComparison.Ordinal));
    }

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
