using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>A survival curve S(t | t &gt;= <see cref="Start"/>): the share still there at t of those who were there at the start.</summary>
/// <remarks>Columns have one row for each distinct time at which there was an event.</remarks>
public sealed class SurvivalCurve
{
    private const double Tolerance = 1e-12; // a product of fractions that should be .5 may miss it by rounding
    private static readonly double Z = Normal.InvCDF(0, 1, .975);
    private readonly double[] time, survival, greenwood;
    private readonly int[] atRisk, events;

    internal SurvivalCurve(RiskTable table, int minAtRisk, int spells)
    {
        (Start, Last, MinAtRisk, Spells) = (table.Start, table.Last, minAtRisk, spells);
        (time, atRisk, events) = (table.Time, table.AtRisk, table.Events[0]);
        (survival, greenwood) = (new double[time.Length], new double[time.Length]);
        var (s, g) = (1.0, 0.0);
        for (var i = 0; i < time.Length; i++)
        {
            double n = atRisk[i], d = events[i];
            (survival[i], greenwood[i]) = (s *= (n - d) / n, g += d / (n * (n - d)));
            if (s == 0 && CollapsedAt is null && i < time.Length - 1)
                CollapsedAt = time[i];
        }
    }

    /// <summary>Number of spells behind the curve: for the suppression of small numbers.</summary>
    public int Spells { get; }

    /// <summary>Number of events on the curve.</summary>
    public int EventCount => events.Sum();

    /// <summary>At least this many were at risk when the curve starts.</summary>
    public int MinAtRisk { get; }

    /// <summary>The first time after which at least <see cref="MinAtRisk"/> were at risk; not a number if there never were so many.</summary>
    public double Start { get; }

    /// <summary>The largest exit: nothing is known after it, unless nobody was left.</summary>
    public double Last { get; }

    /// <summary>Where the curve fell to 0 although others were at risk later: the curve after it says nothing. Null if it did not.</summary>
    public double? CollapsedAt { get; }

    /// <summary>Times of events, ascending.</summary>
    public ReadOnlySpan<double> Times => time;

    /// <summary>Number at risk: under observation before the time and not gone before it.</summary>
    public ReadOnlySpan<int> AtRisk => atRisk;

    /// <summary>Number of events.</summary>
    public ReadOnlySpan<int> Events => events;

    /// <summary>Share surviving each time (0..1).</summary>
    public ReadOnlySpan<double> Survival => survival;

    /// <summary>Standard error of S at a row (Greenwood 1926); null where nobody was left at risk.</summary>
    public double? StandardError(int row) => survival[row] > 0 ? survival[row] * Math.Sqrt(greenwood[row]) : null;

    /// <summary>The share surviving a time, with its log-log interval (Kalbfleisch and Prentice 1980).</summary>
    public Estimate At(double t)
    {
        if (Unknown(t) is { } why)
            return Estimate.Unknown(why);
        var row = RowAt(t);
        return row < 0 ? Estimate.Bare(1, "no event yet") : InRow(row);
    }

    /// <summary>The share surviving the time of a row, with its log-log interval.</summary>
    public Estimate InRow(int row) => Band(row) is var (low, high)
        ? Estimate.Of(survival[row], low, high)
        : Estimate.Bare(survival[row], "nobody was left at risk");

    /// <summary>
    /// The first time by which a share p had gone; its interval is where the log-log band crosses 1 - p (Brookmeyer and Crowley 1982). A
    /// missing end of the interval is not reached. Unknown where the curve fell to 0 too early (<see cref="CollapsedAt"/>). R takes the middle of a step
    /// that lies exactly on 1 - p; this takes its beginning.
    /// </summary>
    /// <param name="p">Share gone, between 0 and 1.</param>
    public Estimate Quantile(double p)
    {
        if (!(p is > 0 and < 1))
            throw new ArgumentException("The share must lie between 0 and 1.", nameof(p));
        if (double.IsNaN(Start))
            return Estimate.Unknown(TooFew);
        double? value = null, low = null, high = null;
        for (var i = 0; i < time.Length && high is null; i++)
        {
            if (value is null && survival[i] <= 1 - p + Tolerance)
                value = time[i];
            if (Band(i) is not var (from, to))
                break;
            if (low is null && from <= 1 - p + Tolerance)
                low = time[i];
            if (to <= 1 - p + Tolerance)
                high = time[i];
        }

        if (value >= CollapsedAt)
            return Estimate.Unknown(Collapsed);
        return new(value, low, high, value is null ? "not reached" : low is null ? "nobody was left at risk" : high is null ? "upper end not reached" : null);
    }

    /// <summary>The half-life: <see cref="Quantile"/> at one half.</summary>
    public Estimate Median => Quantile(.5);

    /// <summary>
    /// The restricted mean E[min(T, tau) | T &gt;= Start]: Start plus the area under the curve up to tau, with the variance
    /// sum over t_i &lt;= tau of [area from t_i to tau]^2 d_i / (n_i (n_i - d_i)) (Klein and Moeschberger 2003, chapter 4) and a normal interval.
    /// </summary>
    /// <remarks>Misleads: two curves may be compared only at one tau, not after the last exit of either.</remarks>
    /// <param name="tau">Horizon, in the unit of the times.</param>
    public Estimate RestrictedMean(double tau) => RestrictedMean(tau, out _);

    /// <summary>The restricted mean, and its standard error.</summary>
    /// <param name="tau">Horizon, in the unit of the times.</param>
    /// <param name="standardError">Standard error; not a number where the mean is not known.</param>
    public Estimate RestrictedMean(double tau, out double standardError)
    {
        standardError = double.NaN;
        if (Unknown(tau) is { } why)
            return Estimate.Unknown(why);
        var (area, variance, to) = (0.0, 0.0, tau);
        for (var i = RowAt(tau); i >= 0; i--)
        {
            area += survival[i] * (to - time[i]);
            if (area > 0)
                variance += area * area * events[i] / ((double)atRisk[i] * (atRisk[i] - events[i]));
            to = time[i];
        }

        var mean = to + area; // up to the first event everybody survives, and so did all before the start
        standardError = Math.Sqrt(variance);
        return variance > 0
            ? Estimate.Of(mean, mean - Z * standardError, Math.Min(tau, mean + Z * standardError))
            : Estimate.Bare(mean, "no event that the mean could vary with");
    }

    /// <summary>The last time at which at least k were at risk: where a published curve is to be cut. Null if there is none.</summary>
    /// <param name="k">Smallest number that may be published.</param>
    public double? CutAt(int k)
    {
        var row = Array.FindLastIndex(atRisk, n => n >= k);
        return row < 0 ? null : time[row];
    }

    /// <summary>Events up to a time, and how many were at risk at the last of them (all spells if there was none): for the suppression of small numbers.</summary>
    /// <param name="t">The time.</param>
    public (int Events, int AtRisk) UpTo(double t) => RowAt(t) is >= 0 and var row ? (events[..(row + 1)].Sum(), atRisk[row]) : (0, Spells);

    private const string Collapsed = "the curve fell to 0 before, when all the few at risk left, though others were at risk later";

    private string TooFew => $"never {MinAtRisk} at risk";

    private string? Unknown(double t) =>
        double.IsNaN(t) ? "the time is not a number"
        : double.IsNaN(Start) ? TooFew
        : t < Start ? $"fewer than {MinAtRisk} were at risk so early"
        : t >= CollapsedAt ? Collapsed
        : t > Last && (survival.Length == 0 || survival[^1] > 0) ? "nobody was observed for so long"
        : null;

    private int RowAt(double t)
    {
        var row = Array.BinarySearch(time, t);
        return row >= 0 ? row : ~row - 1;
    }

    private (double Low, double High)? Band(int row)
    {
        var s = survival[row];
        if (s <= 0)
            return null;
        var width = Z * Math.Sqrt(greenwood[row]) / Math.Abs(Math.Log(s));
        return (Math.Pow(s, Math.Exp(width)), Math.Pow(s, Math.Exp(-width)));
    }
}

/// <summary>Survival with delayed entry (Kaplan and Meier 1958; left truncation as in Klein and Moeschberger 2003, chapter 4).</summary>
/// <remarks>
/// <para>Estimator: S(t) = product over event times t_i &lt;= t of (1 - d_i/n_i), where n_i counts those with entry &lt; t_i &lt;= exit.</para>
/// <para>Units: shares, by time in the unit given. Assumes: neither coming under observation nor being lost to it depends on how long a member will
/// stay.</para>
/// <para>Misleads: leaving out the entry counts those who left before the records began as if they had never been, so that survival comes out too high. One
/// early event with one at risk takes the curve to 0 for good: ask for ten at risk to start.</para>
/// </remarks>
public static class KaplanMeier
{
    /// <summary>The survival curve.</summary>
    /// <param name="entry">When each came under observation, in any unit of time since its own beginning, 0 or more; empty if all did at 0.</param>
    /// <param name="exit">When each left observation; after entry.</param>
    /// <param name="happened">Whether the exit was the event; if not, it is censored.</param>
    /// <param name="minAtRisk">The curve starts when so many are at risk for the first time.</param>
    /// <exception cref="ArgumentException">No spells, columns of unlike length, or a time that cannot be.</exception>
    public static SurvivalCurve Of(ReadOnlySpan<double> entry, ReadOnlySpan<double> exit, ReadOnlySpan<bool> happened, int minAtRisk = 1) =>
        Curve(entry, exit, happened, minAtRisk);

    /// <inheritdoc cref="Of(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{bool}, int)"/>
    public static SurvivalCurve Of(ReadOnlySpan<float> entry, ReadOnlySpan<float> exit, ReadOnlySpan<bool> happened, int minAtRisk = 1) =>
        Curve(entry, exit, happened, minAtRisk);

    private static SurvivalCurve Curve<T>(ReadOnlySpan<T> entry, ReadOnlySpan<T> exit, ReadOnlySpan<bool> happened, int minAtRisk)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(RiskTable.Of(entry, exit, MemoryMarshal.Cast<bool, byte>(happened), 1, minAtRisk), minAtRisk, exit.Length);
}
