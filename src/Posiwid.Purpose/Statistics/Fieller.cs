using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>A ratio of two means of paired samples, with Fieller's interval (Fieller 1954, "Some problems in interval estimation").</summary>
/// <remarks>
/// <para>Estimator: R = A/B. With A and B the means, S their covariance matrix, t the quantile of Student's distribution with n - 1 degrees of freedom and g =
/// t² S_bb / B²: where g is 1 or more, the denominator cannot be told from 0 and there is no interval. Else the interval is [(R - g S_ab/S_bb) ± (t/B) √(S_aa -
/// 2 R S_ab + R² S_bb - g (S_aa - S_ab²/S_bb))] / (1 - g).</para>
/// <para>Units: that of the numerator by that of the denominator. Assumes: means that are about normal, pairs that are independent of one another.</para>
/// <para>Misleads: with few pairs of a skewed quantity.</para>
/// </remarks>
public static class Fieller
{
    /// <summary>The ratio of the mean of <paramref name="a"/> to that of <paramref name="b"/>.</summary>
    /// <param name="a">Numerators, one a pair.</param>
    /// <param name="b">Denominators, one a pair.</param>
    /// <param name="level">Coverage of the interval, 0..1.</param>
    /// <returns>The ratio, or that the denominator cannot be told from 0.</returns>
    public static Estimate Ratio(IReadOnlyList<double> a, IReadOnlyList<double> b, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count)
            throw new ArgumentException("Numerators and denominators come in pairs.", nameof(b));
        var n = a.Count;
        if (n < 2)
            return Estimate.Unknown($"{n} {(n == 1 ? "pair" : "pairs")}: an interval needs two at least");
        double meanA = a.Average(), meanB = b.Average(), aa = 0, ab = 0, bb = 0;
        for (var i = 0; i < n; i++)
        {
            aa += (a[i] - meanA) * (a[i] - meanA);
            ab += (a[i] - meanA) * (b[i] - meanB);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        var scale = 1.0 / ((double)n * (n - 1));
        (aa, ab, bb) = (aa * scale, ab * scale, bb * scale);
        var t = StudentT.InvCDF(0, 1, n - 1, 0.5 + (level / 2));
        var g = t * t * bb / (meanB * meanB);
        if (!(g < 1))
            return Estimate.Unknown("what it is divided by cannot be told from 0");
        var ratio = meanA / meanB;
        var middle = bb > 0 ? ratio - (g * ab / bb) : ratio;
        var rest = bb > 0 ? g * (aa - (ab * ab / bb)) : 0;
        var half = Math.Abs(t / meanB) * Math.Sqrt(Math.Max(0, aa - (2 * ratio * ab) + (ratio * ratio * bb) - rest));
        return Estimate.Of(ratio, (middle - half) / (1 - g), (middle + half) / (1 - g));
    }
}
