namespace Posiwid.Purpose.Statistics;

/// <summary>Intervals for figures of a series of weeks, in which one week is like the one before: the circular block bootstrap (Politis and Romano 1992).</summary>
/// <remarks>
/// <para>Estimator: weeks are drawn in blocks that start anywhere, the last week followed by the first, until there are as many as were recorded; the interval
/// is the 2.5th to 97.5th percentile of the figure in such resamples. All series of an organization are drawn with the same weeks, so that what goes together
/// stays together.</para>
/// <para>Units: those of the figure. Assumes: the process was the same in all weeks, and weeks farther apart than a block have little to do with one
/// another.</para>
/// <para>Misleads: with blocks much shorter than the memory of the series the interval is too narrow. At a correlation of .8 from week to week and blocks of 13
/// weeks an interval of 95% holds the truth in about 72, 83 and 87 of 100 cases for 1, 2 and 5 years; hence none below 5 years. It is about the process behind
/// the weeks: of the recorded weeks themselves a complete record leaves no doubt.</para>
/// </remarks>
public static class BlockBootstrap
{
    /// <summary>Weeks in a block unless stated otherwise: a quarter of a year.</summary>
    public const int Quarter = 13;

    /// <summary>Fewest weeks for an interval: five years.</summary>
    public const int FewestWeeks = 260;

    private const int TwoYears = 104;

    /// <summary>Why there is no interval; null if there may be one.</summary>
    /// <param name="weeks">Weeks recorded.</param>
    public static string? WhyNot(int weeks) => weeks switch
    {
        < TwoYears => $"{weeks} weeks: below two years read the quarters, not an interval",
        < FewestWeeks => $"{weeks} weeks: an interval needs five years",
        _ => null,
    };

    /// <summary>The weeks of one resample, in the order in which they were drawn.</summary>
    /// <param name="weeks">Weeks recorded, 1 or more.</param>
    /// <param name="draw">Number of the resample.</param>
    /// <param name="random">What is drawn with.</param>
    /// <param name="block">Weeks in a block, 1 or more.</param>
    public static int[] Weeks(int weeks, uint draw, AddressedRandom random, int block = Quarter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weeks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(block);
        var drawn = new int[weeks];
        for (var i = 0; i < weeks; i++)
            drawn[i] = i % block == 0 ? random.Index(draw, (uint)(i / block), weeks) : (drawn[i - 1] + 1) % weeks;
        return drawn;
    }

    /// <summary>A figure of the recorded weeks, with its interval.</summary>
    /// <param name="weeks">Weeks recorded.</param>
    /// <param name="figure">The figure from a list of weeks, 0 to <paramref name="weeks"/> - 1, some of which may come several times; NaN where there is none.</param>
    /// <param name="random">What is drawn with.</param>
    /// <param name="block">Weeks in a block.</param>
    /// <param name="draws">How many resamples.</param>
    /// <returns>The figure; without an interval below five years, or if too many resamples have no figure.</returns>
    public static Estimate Interval(int weeks, Func<IReadOnlyList<int>, double> figure, AddressedRandom random, int block = Quarter, int draws = 1000)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (weeks < 1)
            return Estimate.Unknown("no weeks");
        var value = figure([.. Enumerable.Range(0, weeks)]);
        if (!double.IsFinite(value))
            return Estimate.Unknown("the recorded weeks do not give it");
        if (WhyNot(weeks) is { } why)
            return Estimate.Bare(value, why);
        return Resamples.Interval(value, [.. Enumerable.Range(0, draws).Select(d => figure(Weeks(weeks, (uint)d, random, block)))]);
    }
}
