using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>The mean of paired differences (Student 1908): with its interval, and the chance of one as large if the true mean were 0.</summary>
/// <remarks>
/// <para>Estimator: mean m of n differences with standard error s/√n: m ± t s/√n, and the chance of Student's t with n - 1 degrees of freedom.</para>
/// <para>Units: those of the differences. Assumes: pairs are independent of one another, and their mean is about normal.</para>
/// <para>Misleads: with few pairs of a skewed quantity; where all pairs differ by the same, it is sure of it.</para>
/// </remarks>
public static class PairedTest
{
    /// <summary>Mean of the differences with its t interval.</summary>
    public static Estimate Mean(IReadOnlyList<double> differences, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(differences);
        var n = differences.Count;
        if (n < 2)
            return Estimate.Unknown($"{n} {(n == 1 ? "pair" : "pairs")}: an interval needs two at least");
        var mean = differences.Average();
        var half = StudentT.InvCDF(0, 1, n - 1, 0.5 + (level / 2)) * Error(differences, mean);
        return Estimate.Of(mean, mean - half, mean + half);
    }

    /// <summary>One-sided p value: the chance of a mean this far above 0 or farther, were the true mean 0 or below. Without any variation it is 0, 1, or 1 for a mean of 0.</summary>
    public static double Above(IReadOnlyList<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        if (differences.Count < 2)
            return 1;
        var mean = differences.Average();
        var error = Error(differences, mean);
        if (error <= 1e-12 * Math.Abs(mean))
            return mean > 0 ? 0 : 1;
        return error == 0 ? 1 : StudentT.CDF(0, 1, differences.Count - 1, -mean / error);
    }

    private static double Error(IReadOnlyList<double> x, double mean) => Math.Sqrt(x.Sum(d => (d - mean) * (d - mean)) / (x.Count - 1.0) / x.Count);
}
