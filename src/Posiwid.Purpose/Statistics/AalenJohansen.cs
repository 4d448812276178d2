using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>Of those at the start, the share that has left by each of several ways out, and the share still there.</summary>
/// <remarks>Rows are the distinct times of events of any cause.</remarks>
public sealed class CumulativeIncidence
{
    private static readonly double Z = Normal.InvCDF(0, 1, .975);
    private readonly double[][] share, error;
    private readonly double last;

    internal CumulativeIncidence(RiskTable table, int minAtRisk, int spells)
    {
        (Start, MinAtRisk, Spells, last) = (table.Start, minAtRisk, spells, table.Last);
        (Times, AtRisk, Events) = (table.Time, table.AtRisk, table.Events);
        var (rows, causes) = (Times.Count, Events.Count);
        Open = new double[rows];
        share = [.. Enumerable.Range(0, causes).Select(_ => new double[rows])];
        error = [.. Enumerable.Range(0, causes).Select(_ => new double[rows])];
        var all = new double[rows];
        var before = 1.0;
        for (var i = 0; i < rows; i++)
        {
            all[i] = table.Events.Sum(e => e[i]);
            ((double[])Open)[i] = before *= 1 - all[i] / AtRisk[i];
            if (before == 0 && i < rows - 1)
                CollapsedAt ??= Times[i];
        }

        for (var c = 0; c < causes; c++)
        {
            // Var F(t) = sum over s <= t of [F(t) - F(s)]^2 d/(n (n - d)) - 2 [F(t) - F(s)] S(s-) d_c/n^2 + S(s-)^2 d_c (n - d_c)/n^3,
            // written as F^2 a - 2 F b + e with running sums
            var (f, a, b, e, s) = (0.0, 0.0, 0.0, 0.0, 1.0);
            for (var i = 0; i < rows; i++)
            {
                double n = AtRisk[i], d = all[i], dc = Events[c][i];
                f += s * dc / n;
                var (w, cross) = (d < n ? d / (n * (n - d)) : 0, s * dc / (n * n));
                (a, b, e) = (a + w, b + f * w + cross, e + f * f * w + 2 * f * cross + s * s * dc * (n - dc) / (n * n * n));
                (share[c][i], error[c][i], s) = (f, Math.Sqrt(Math.Max(0, f * f * a - 2 * f * b + e)), Open[i]);
            }
        }
    }

    /// <summary>Number of spells behind the curves: for the suppression of small numbers.</summary>
    public int Spells { get; }

    /// <summary>At least this many were at risk when the curves start.</summary>
    public int MinAtRisk { get; }

    /// <summary>The first time after which at least <see cref="MinAtRisk"/> were at risk; not a number if there never were so many.</summary>
    public double Start { get; }

    /// <summary>Where nobody was left although others were at risk later: after it the curves say nothing. Null if that did not happen.</summary>
    public double? CollapsedAt { get; }

    /// <summary>Times of events, ascending.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Number at risk at each time.</summary>
    public IReadOnlyList<int> AtRisk { get; }

    /// <summary>Events by cause (from 0) at each time.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Events { get; }

    /// <summary>Share still there after each time (0..1).</summary>
    public IReadOnlyList<double> Open { get; }

    /// <summary>Share gone by a cause (from 0) at each time (0..1).</summary>
    public IReadOnlyList<double> Share(int cause) => share[cause];

    /// <summary>Standard errors of <see cref="Share"/>.</summary>
    public IReadOnlyList<double> StandardError(int cause) => error[cause];

    /// <summary>The share gone by a cause (from 0) at a time, with a log-log interval.</summary>
    public Estimate At(int cause, double t)
    {
        if (Unknown(t) is { } why)
            return Estimate.Unknown(why);
        var row = RowAt(t);
        return row < 0 || share[cause][row] == 0 ? Estimate.Bare(0, "no event yet") : InRow(cause, row);
    }

    /// <summary>The share still there at a time.</summary>
    public Estimate OpenAt(double t) => Unknown(t) is { } why ? Estimate.Unknown(why)
        : Estimate.Bare(RowAt(t) is >= 0 and var row ? Open[row] : 1, "the intervals are those of the ways out");

    /// <summary>The first time by which half of all had gone by this cause (from 0); its interval is where the log-log band crosses one half.</summary>
    public Estimate Median(int cause)
    {
        if (double.IsNaN(Start))
            return Estimate.Unknown(TooFew);
        double? value = null, low = null, high = null;
        for (var i = 0; i < Times.Count; i++)
        {
            if (share[cause][i] is 0 or >= 1)
                continue;
            var band = InRow(cause, i);
            low ??= band.High >= .5 ? Times[i] : null;
            high ??= band.Low >= .5 ? Times[i] : null;
        }

        var at = Array.FindIndex(share[cause], f => f >= .5 - 1e-12);
        value = at < 0 ? null : Times[at];
        return new(value, low, high, value is null ? "not reached" : low is null || high is null ? "an end of the interval is not reached" : null);
    }

    /// <summary>Events of a cause (from 0) up to a time: for the suppression of small numbers.</summary>
    public int UpTo(int cause, double t) => Events[cause].Take(RowAt(t) + 1).Sum();

    private string TooFew => $"never {MinAtRisk} at risk";

    private Estimate InRow(int cause, int row)
    {
        var (f, se) = (share[cause][row], error[cause][row]);
        if (f is <= 0 or >= 1 || se == 0)
            return Estimate.Bare(f, "all or none left this way");
        var width = Z * se / (f * Math.Abs(Math.Log(f)));
        return Estimate.Of(f, Math.Pow(f, Math.Exp(width)), Math.Pow(f, Math.Exp(-width)));
    }

    private string? Unknown(double t) =>
        double.IsNaN(t) ? "the time is not a number"
        : double.IsNaN(Start) ? TooFew
        : t < Start ? $"fewer than {MinAtRisk} were at risk so early"
        : t >= CollapsedAt ? "all the few at risk had left before, though others were at risk later"
        : t > last && (Open.Count == 0 || Open[^1] > 0) ? "nobody was observed for so long"
        : null;

    private int RowAt(double t)
    {
        var row = Array.BinarySearch((double[])Times, t);
        return row >= 0 ? row : ~row - 1;
    }
}

/// <summary>Competing ways out (Aalen and Johansen 1978), with delayed entry.</summary>
/// <remarks>
/// <para>Estimator: F_c(t) = sum over event times s &lt;= t of S(s-) d_c(s)/n(s), where S falls with events of every cause. Shares and the open rest sum to 1.
/// Standard errors are of Greenwood's kind (Gaynor et al. 1993); without delayed entry they are those of R's survfit.</para>
/// <para>Units: shares, by time in the unit given. Assumes: neither coming under observation nor being lost to it depends on when or how one will leave.</para>
/// <para>Misleads: one minus a Kaplan-Meier curve that takes other ways out for censoring says how many would leave this way if there were no other. It is
/// larger than F_c, and the several of them sum to more than 1.</para>
/// </remarks>
public static class AalenJohansen
{
    /// <summary>The cumulative incidence of every cause.</summary>
    /// <param name="entry">When each came under observation, 0 or more; empty if all did at 0.</param>
    /// <param name="exit">When each left it; after entry.</param>
    /// <param name="cause">How: 0 censored, 1 to <paramref name="causes"/> a way out.</param>
    /// <param name="causes">Number of ways out.</param>
    /// <param name="minAtRisk">The curves start when so many are at risk for the first time.</param>
    /// <exception cref="ArgumentException">No spells, columns of unlike length, or a time or cause that cannot be.</exception>
    public static CumulativeIncidence Of(
        ReadOnlySpan<double> entry, ReadOnlySpan<double> exit, ReadOnlySpan<byte> cause, int causes, int minAtRisk = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(causes);
        return new(RiskTable.Of(entry, exit, cause, causes, minAtRisk), minAtRisk, exit.Length);
    }
}
