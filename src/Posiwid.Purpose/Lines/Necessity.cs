using MathNet.Numerics.Distributions;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>One knock-out: the lives of the same seeds without a function.</summary>
/// <param name="Function">What was taken out.</param>
/// <param name="Kind">What became of its hours: left idle, shared out to the rest pro rata, or shared out by the policy.</param>
/// <param name="Dose">How much was taken out (0..1); 1 is all of it.</param>
/// <param name="Lives">Week of death of each seed, in the order of the live runs; the horizon or later (also infinity) if it lived to the horizon.</param>
public sealed record KnockOut(string Function, string Kind, double Dose, IReadOnlyList<double> Lives);

/// <summary>How long an organization lives without a function.</summary>
/// <param name="Function">What was taken out.</param>
/// <param name="Kind">What became of its hours.</param>
/// <param name="Dose">How much was taken out (0..1).</param>
/// <param name="Horizon">Horizon tau in weeks.</param>
/// <param name="Pairs">Paired seeds.</param>
/// <param name="Life">Mean of min(T, tau) with the function, in weeks.</param>
/// <param name="WeeksLost">Mean of min(T, tau) less min(T without, tau); t interval over pairs. Negative if it lives longer without.</param>
/// <param name="StandardError">Standard error of the weeks lost; null if they do not vary.</param>
/// <param name="PValue">Two-sided, paired t test; null if there is no test.</param>
/// <param name="RelativeLoss">Weeks lost as a share of <paramref name="Life"/>; interval by the delta method on pairs.</param>
/// <param name="Survived">Runs that lived to the horizon with the function.</param>
/// <param name="SurvivedWithout">Runs that lived to the horizon without it.</param>
public sealed record NecessityResult(
    string Function, string Kind, double Dose, double Horizon, int Pairs, Estimate Life, Estimate WeeksLost, double? StandardError,
    double? PValue, Estimate RelativeLoss, int Survived, int SurvivedWithout);

/// <summary>The third line of evidence: what an organization would die without.</summary>
/// <remarks>
/// <para>Question: how many weeks of life does it lose if a function is taken out?</para>
/// <para>Estimator: mean over seeds of min(T_i, tau) - min(T_i without, tau), the same seed in both arms (methods, 1c), with the interval of Student (Student
/// 1908). Runs go on to tau, so that nothing is censored before it and the restricted mean (Royston and Parmar 2013) is a plain mean.</para>
/// <para>Units: weeks up to tau. Assumes: pairs share their luck, and the mean over pairs is about normal.</para>
/// <para>Misleads: what is necessary is not thereby a purpose (breathing is not). A knock-out may break the model rather than the organization. Where one
/// function can stand in for another, neither shows: see <see cref="FunctionSets"/>.</para>
/// </remarks>
public static class Necessity
{
    /// <summary>The loss from one knock-out.</summary>
    /// <param name="lives">Week of death of each seed with everything in place; the horizon or later if it lived to the horizon.</param>
    /// <param name="knockOut">The same seeds without the function.</param>
    /// <param name="horizon">Horizon tau, weeks.</param>
    /// <exception cref="ArgumentException">The arms differ in length, or a life is negative or not a number.</exception>
    public static NecessityResult Of(IReadOnlyList<double> lives, KnockOut knockOut, double horizon)
    {
        var n = lives.Count;
        if (n != knockOut.Lives.Count)
            throw new ArgumentException($"{n} lives with {knockOut.Function} and {knockOut.Lives.Count} without: they must be pairs.");
        if (!(horizon > 0 && double.IsFinite(horizon)))
            throw new ArgumentException("The horizon must be a positive number of weeks.", nameof(horizon));
        if (lives.Concat(knockOut.Lives).Any(t => !(t >= 0)))
            throw new ArgumentException($"Without {knockOut.Function}: a life is negative or not a number.");
        var (a, b) = (lives.Select(t => Math.Min(t, horizon)).ToArray(), knockOut.Lives.Select(t => Math.Min(t, horizon)).ToArray());
        NecessityResult Result(Estimate life, Estimate lost, double? se, double? p, Estimate relative) => new(
            knockOut.Function, knockOut.Kind, knockOut.Dose, horizon, n, life, lost, se, p, relative,
            a.Count(t => t >= horizon), b.Count(t => t >= horizon));
        if (n < 2)
        {
            var none = Estimate.Unknown(n == 0 ? "no runs" : "one pair of runs");
            return Result(none, none, null, null, none);
        }

        var life = Mean(a, "all lives are of one length");
        if (a.Concat(b).All(t => t >= horizon))
        {
            var none = Estimate.Unknown("no test: horizon too short");
            return Result(life, none, null, null, none);
        }

        double[] differences = [.. a.Zip(b, (x, y) => x - y)];
        var lost = Mean(differences, "every pair lost the same");
        var se = StandardErrorOf(differences);
        var p = se > 0 ? 2 * StudentT.CDF(0, 1, n - 1, -Math.Abs(lost.Value!.Value / se)) : differences[0] == 0 ? 1 : (double?)null;
        return Result(life, lost, se > 0 ? se : null, p, Relative(a, differences));
    }

    /// <summary>
    /// The loss as a line of a profile: it speaks for an end if more than <see cref="PurposeSettings.LifeLost"/> of the usual life is lost, and
    /// against it if as much is won (two one-sided paired t tests; the p value is twice the smaller).
    /// </summary>
    /// <param name="lives">As in <see cref="Of"/>.</param>
    /// <param name="knockOut">As in <see cref="Of"/>.</param>
    /// <param name="horizon">Horizon tau, weeks.</param>
    /// <param name="settings">The conventions.</param>
    public static TestedLine Line(IReadOnlyList<double> lives, KnockOut knockOut, double horizon, PurposeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var result = Of(lives, knockOut, horizon);
        if (!result.WeeksLost.Known)
            return new TestedLine(result.WeeksLost, null, 0);
        // pair by pair, so that the usual life is not taken as known
        double[] Beyond(int sign) => [.. lives.Zip(knockOut.Lives, (a, b) => (sign * (Math.Min(a, horizon) - Math.Min(b, horizon))) - (settings.LifeLost * Math.Min(a, horizon)))];
        var p = Math.Min(PairedTest.Above(Beyond(1)), PairedTest.Above(Beyond(-1)));
        return new TestedLine(result.WeeksLost, Math.Min(1, 2 * p), result.WeeksLost.Value >= 0 ? 1 : -1);
    }

    private static Estimate Relative(double[] lives, double[] lost)
    {
        var life = lives.Average();
        if (life == 0)
            return Estimate.Unknown("it never lives");
        var share = lost.Average() / life;
        var residuals = lost.Zip(lives, (d, t) => d - share * t).ToArray();
        var width = Width(residuals) / life;
        return width > 0 ? Estimate.Of(share, share - width, share + width) : Estimate.Bare(share, "every pair lost the same share");
    }

    private static Estimate Mean(double[] values, string alike)
    {
        var (mean, width) = (values.Average(), Width(values));
        return width > 0 ? Estimate.Of(mean, mean - width, mean + width) : Estimate.Bare(mean, alike);
    }

    private static double Width(double[] values) => StudentT.InvCDF(0, 1, values.Length - 1, .975) * StandardErrorOf(values);

    private static double StandardErrorOf(double[] values)
    {
        var mean = values.Average();
        var sd = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        return sd > 1e-12 * (1 + Math.Abs(mean)) ? sd / Math.Sqrt(values.Length) : 0;
    }
}
