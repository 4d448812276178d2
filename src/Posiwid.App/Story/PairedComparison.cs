using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Experiments;

namespace Posiwid.App.Story;

/// <summary>A measure in a year, with one thing changed and without.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Year">The year; its samples are averaged.</param>
/// <param name="Pairs">Pairs of runs in which it exists on both sides.</param>
/// <param name="Baseline">Mean of the baseline over these pairs; NaN if there are none.</param>
/// <param name="Change">Mean of changed less baseline, pair by pair, with the 95% interval of the mean (Student 1908).</param>
public sealed record Difference(Measure Measure, int Year, int Pairs, double Baseline, Estimate Change)
{
    /// <summary>True if the interval holds no 0.</summary>
    public bool Shows => Change.Low > 0 || Change.High < 0;
}

/// <summary>Two ensembles on the same seeds, run against run: the same luck, so that what differs is what was changed.</summary>
public sealed class PairedComparison
{
    private readonly (RunResult Baseline, RunResult Changed)[] pairs;

    /// <summary>Pairs the runs that both have.</summary>
    /// <param name="baseline">Without the change.</param>
    /// <param name="changed">With it.</param>
    public PairedComparison(Summary baseline, Summary changed)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(changed);
        (Baseline, Changed) = (baseline, changed);
        var other = changed.Result.Runs.ToDictionary(r => r.Seed);
        pairs = [.. baseline.Result.Runs.Where(r => other.ContainsKey(r.Seed)).Select(r => (r, other[r.Seed]))];
        Years = [.. baseline.Years.Intersect(changed.Years)];
        Measures = [.. baseline.Result.Measures.Where(m => changed.Find(m.Id) is not null)];
        var horizon = Math.Min(Weeks(baseline), Weeks(changed));
        LifeInWeeks = PairedTest.Mean([.. pairs.Select(p => Life(p.Changed, horizon) - Life(p.Baseline, horizon))]);
        var last = horizon - 1;
        Alive = (pairs.Count(p => Summary.IsAlive(p.Baseline, last)), pairs.Count(p => Summary.IsAlive(p.Changed, last)));
    }

    /// <summary>Without the change.</summary>
    public Summary Baseline { get; }

    /// <summary>With it.</summary>
    public Summary Changed { get; }

    /// <summary>True if both begin on the same day, so that persons share their luck.</summary>
    public bool BeginTogether => Baseline.DateOf(0) == Changed.DateOf(0);

    /// <summary>What the two sides share, in a sentence or two: how a difference is to be read.</summary>
    public string Luck => BeginTogether ? "Both sides share their luck person by person, so that what differs is what was changed and what follows from it."
        : $"The two begin on different days ({Baseline.DateOf(0):yyyy-MM-dd} and {Changed.DateOf(0):yyyy-MM-dd}): measures are held against each other by the calendar, in years that both have; lives are counted each from its own "
            + "beginning, up to the end of the shorter. The draws of a pair have one seed, but persons do not share their luck, so differences are less sure than where only one thing is changed.";

    /// <summary>Pairs of runs.</summary>
    public int Pairs => pairs.Length;

    /// <summary>Pairs that were planned; more than there are if the runs were interrupted.</summary>
    public int Planned => Math.Min(Baseline.Result.Planned, Changed.Result.Planned);

    /// <summary>Years that both have.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>Measures that both have.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>Weeks of life gained, up to the end of the shorter scenario.</summary>
    public Estimate LifeInWeeks { get; }

    /// <summary>Runs alive at the end, on both sides.</summary>
    public (int Baseline, int Changed) Alive { get; }

    /// <summary>A measure in a year.</summary>
    public Difference In(Measure measure, int year)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var both = pairs.Select(p => (Baseline: Baseline.InYear(p.Baseline, measure.Id, year), Changed: Changed.InYear(p.Changed, measure.Id, year)))
            .Where(p => !double.IsNaN(p.Baseline) && !double.IsNaN(p.Changed)).ToArray();
        return new Difference(measure, year, both.Length, both.Length == 0 ? double.NaN : both.Average(p => p.Baseline),
            both.Length == 0 ? Estimate.Unknown("it does not exist on both sides in any pair of runs then") : PairedTest.Mean([.. both.Select(p => p.Changed - p.Baseline)]));
    }

    private static int Weeks(Summary summary) => summary.Result.SampleWeeks[^1] + 1;

    private static double Life(RunResult run, int horizon) => Math.Min(run.EndedWeek ?? horizon, horizon);
}
