using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>How a covariate multiplies the hazard.</summary>
/// <param name="LogHazardRatio">Change of the log hazard for one unit of the covariate; with a normal interval.</param>
/// <param name="HazardRatio">Its exponential.</param>
/// <param name="StandardError">Standard error of the log hazard ratio, from the information; null if there is no estimate.</param>
/// <param name="ScoreTest">Score statistic at 0 (chi-squared, one degree of freedom); null if the covariate did not vary among those at risk.</param>
/// <param name="PValue">Wald p value (normal); null if there is no estimate.</param>
/// <param name="LogLikelihood">Partial log likelihood at the estimate.</param>
/// <param name="LogLikelihoodAtZero">Partial log likelihood at 0.</param>
/// <param name="Spells">Rows given.</param>
/// <param name="Events">Events among them.</param>
public sealed record CoxFit(
    Estimate LogHazardRatio, Estimate HazardRatio, double? StandardError, double? ScoreTest, double? PValue,
    double LogLikelihood, double LogLikelihoodAtZero, int Spells, int Events);

/// <summary>Proportional hazards with one covariate and delayed entry (Cox 1972; ties as in Efron 1977).</summary>
/// <remarks>
/// <para>Estimator: hazard h(t|x) = h0(t) exp(b x), b by partial likelihood, by Newton's method with halving. A covariate that changes with time is given as
/// split spells: (entry, change] with the old value and no event, then (change, exit] with the new one. The rows of one person are then no more dependent than
/// one spell (Andersen and Gill 1982); two spells of a person who returned are.</para>
/// <para>Units: none (a ratio of hazards by unit of the covariate, and its logarithm). Assumes: one ratio at all times; coming under observation and being lost
/// to it do not depend on how long one stays.</para>
/// <para>Misleads: where the ratio changes with time the figure is a mean whose weights come from the censoring.</para>
/// </remarks>
public static class Cox
{
    private const double Bound = 20; // a log hazard ratio of 20 standard deviations of the covariate is one that runs away

    /// <summary>Fits by Newton's method with halving.</summary>
    /// <param name="entry">When each row came under observation; empty if all did at the beginning.</param>
    /// <param name="exit">When it left it.</param>
    /// <param name="happened">Whether it left by the event.</param>
    /// <param name="covariate">The covariate, any unit.</param>
    public static CoxFit Fit(ReadOnlySpan<double> entry, ReadOnlySpan<double> exit, ReadOnlySpan<bool> happened, ReadOnlySpan<double> covariate)
    {
        if (exit.Length != happened.Length || exit.Length != covariate.Length || entry.Length != exit.Length && entry.Length != 0)
            throw new ArgumentException("entry, exit, event and covariate must be columns of one length.");
        if (exit.Length == 0)
            throw new ArgumentException("There are no spells.");
        var from = entry.IsEmpty ? [.. Enumerable.Repeat(double.NegativeInfinity, exit.Length)] : entry.ToArray();
        var (to, x, ends) = (exit.ToArray(), covariate.ToArray(), happened.ToArray());
        for (var i = 0; i < to.Length; i++)
        {
            if (!(from[i] < to[i]) || !double.IsFinite(to[i]) || !double.IsFinite(x[i]))
                throw new ArgumentException($"Row {i} does not end after it came under observation, or its covariate is not a number.");
        }

        var mean = x.Average();
        var scale = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / x.Length);
        var events = ends.Count(e => e);
        CoxFit None(string why, double at = double.NaN) =>
            new(Estimate.Unknown(why), Estimate.Unknown(why), null, null, null, at, at, to.Length, events);
        if (events == 0)
            return None("no events", 0);
        if (!(scale > 1e-12 * (1 + Math.Abs(mean))))
            return None("the covariate does not vary");
        for (var i = 0; i < x.Length; i++)
            x[i] = (x[i] - mean) / scale;

        var byExit = Order(to);
        var byEntry = Order(from);
        (double Value, double Slope, double Information) Likelihood(double b)
        {
            var (value, slope, information) = (0.0, 0.0, 0.0);
            var (s0, s1, s2, gone) = (0.0, 0.0, 0.0, 0);
            for (var i = 0; i < byExit.Length;)
            {
                var t = to[byExit[i]];
                var (d, d0, d1, d2) = (0, 0.0, 0.0, 0.0);
                for (; i < byExit.Length && to[byExit[i]] == t; i++)
                {
                    var (v, r) = (x[byExit[i]], Math.Exp(b * x[byExit[i]]));
                    (s0, s1, s2) = (s0 + r, s1 + r * v, s2 + r * v * v);
                    if (!ends[byExit[i]])
                        continue;
                    (d, d0, d1, d2) = (d + 1, d0 + r, d1 + r * v, d2 + r * v * v);
                    (value, slope) = (value + b * v, slope + v);
                }

                for (; gone < byEntry.Length && from[byEntry[gone]] >= t; gone++)
                {
                    var (v, r) = (x[byEntry[gone]], Math.Exp(b * x[byEntry[gone]]));
                    (s0, s1, s2) = (s0 - r, s1 - r * v, s2 - r * v * v);
                }

                for (var k = 0; k < d; k++)
                {
                    var a = (double)k / d;
                    var z = s0 - a * d0;
                    var m = (s1 - a * d1) / z;
                    (value, slope, information) = (value - Math.Log(z), slope - m, information + Math.Max(0, (s2 - a * d2) / z - m * m));
                }
            }

            return (value, slope, information);
        }

        var zero = Likelihood(0);
        if (!(zero.Information > 1e-9))
            return None("the covariate does not vary among those at risk at an event", zero.Value);
        var (beta, now) = (0.0, zero);
        for (var step = 0; step < 50 && Math.Abs(beta) <= Bound; step++)
        {
            var move = Math.Clamp(now.Slope / Math.Max(now.Information, 1e-12), -2, 2);
            var next = Likelihood(beta + move);
            for (var half = 0; half < 30 && !(next.Value >= now.Value - 1e-12 * Math.Abs(now.Value)); half++)
                next = Likelihood(beta + (move /= 2));
            (beta, now) = (beta + move, next);
            if (Math.Abs(move) < 1e-11)
                break;
        }

        // where the covariate orders the events without exception, the likelihood rises for ever and flattens out
        var score = zero.Slope * zero.Slope / zero.Information;
        if (Math.Abs(beta) > Bound || now.Information < 1e-6 * zero.Information)
            return None($"those with {(beta > 0 ? "higher" : "lower")} values always left first: the hazard ratio has no bound", zero.Value) with { ScoreTest = score };
        var (estimate, se) = (beta / scale, 1 / Math.Sqrt(now.Information) / scale);
        var z975 = Normal.InvCDF(0, 1, .975) * se;
        return new(
            Estimate.Of(estimate, estimate - z975, estimate + z975),
            Estimate.Of(Math.Exp(estimate), Math.Exp(estimate - z975), Math.Exp(estimate + z975)),
            se, score, 2 * Normal.CDF(0, 1, -Math.Abs(estimate / se)), now.Value, zero.Value, to.Length, events);
    }

    private static int[] Order(double[] keys)
    {
        var (sorted, order) = (keys.ToArray(), Enumerable.Range(0, keys.Length).ToArray());
        Array.Sort(sorted, order);
        Array.Reverse(order);
        return order;
    }
}
