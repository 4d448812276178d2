using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>How far two distributions over the same parts are apart: the Jensen-Shannon divergence (Lin 1991).</summary>
/// <remarks>
/// <para>Estimator: JSD = H((p + q)/2) - (H(p) + H(q))/2 with entropies in bits: 0 for the same, 1 for no part in common.</para>
/// <para>Units: bits, 0 to 1. Assumes: both are shares of the same parts; for <see cref="Null95"/>, independent draws behind them.</para>
/// <para>Misleads: it is never below 0, so two samples of one distribution are apart by chance; by about (K - 1)/(8 ln 2)(1/n1 + 1/n2) bits on average. Read it
/// beside <see cref="Null95"/>; only above that is there a gap.</para>
/// </remarks>
public static class JensenShannon
{
    private const int MostDrawn = 2000;

    /// <summary>The divergence in bits, 0..1. Both sides are scaled to a sum of 1.</summary>
    /// <param name="p">Weights of the parts, 0 or more.</param>
    /// <param name="q">Other weights of the same parts.</param>
    /// <exception cref="ArgumentException">The two differ in length, a weight is negative or not a number, or all of one side are 0.</exception>
    public static double Bits(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (p.Count != q.Count)
            throw new ArgumentException($"{p.Count} and {q.Count} parts are not the same parts.", nameof(q));
        double sumP = Sum(p), sumQ = Sum(q);
        return Divergence([.. p.Select(x => x / sumP)], [.. q.Select(x => x / sumQ)]);
    }

    private static double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var bits = 0.0;
        for (var i = 0; i < p.Length; i++)
            bits += (Term(p[i], p[i] + q[i]) + Term(q[i], p[i] + q[i])) / 2;
        return Math.Clamp(bits, 0, 1);
    }

    /// <summary>Mean divergence of two samples of one distribution, bits (first term in 1/n).</summary>
    /// <param name="parts">Parts that occur (K).</param>
    /// <param name="n1">Size of one sample; infinite for what is no sample.</param>
    /// <param name="n2">Size of the other.</param>
    public static double Bias(int parts, double n1, double n2) => (parts - 1) / (8 * Math.Log(2)) * ((1 / n1) + (1 / n2));

    /// <summary>The divergence that two samples of one distribution, the pooled one, exceed in 5 cases of 100; bits.</summary>
    /// <remarks>By drawing, where one of the samples is small; of more than 2000 each, from 8 ln 2 JSD/(1/n1 + 1/n2), which is then
    /// chi-squared with K - 1 degrees of freedom. Assumes independent draws: hours of one person are not, so take the number of acts.</remarks>
    /// <param name="p">Weights of the parts on one side.</param>
    /// <param name="q">Weights on the other.</param>
    /// <param name="n1">Independent draws behind <paramref name="p"/>; infinite if it is no sample but what it is.</param>
    /// <param name="n2">Independent draws behind <paramref name="q"/>; as before. 0 divergence is the answer if both are infinite.</param>
    /// <param name="random">What is drawn with.</param>
    /// <param name="draws">How many pairs of samples.</param>
    /// <exception cref="ArgumentException">As in <see cref="Bits"/>, or a sample has less than one draw.</exception>
    public static double Null95(IReadOnlyList<double> p, IReadOnlyList<double> q, double n1, double n2, AddressedRandom random, int draws = 2000)
    {
        _ = Bits(p, q);
        if (!(n1 >= 1 && n2 >= 1))
            throw new ArgumentException("A sample holds one draw at least.", nameof(n1));
        double sumP = Sum(p), sumQ = Sum(q), share = double.IsInfinity(n1) ? 1 : double.IsInfinity(n2) ? 0 : n1 / (n1 + n2);
        double[] pooled = [.. p.Zip(q, (x, y) => (share * x / sumP) + ((1 - share) * y / sumQ))];
        var parts = pooled.Count(x => x > 0);
        if (parts < 2 || (double.IsInfinity(n1) && double.IsInfinity(n2)))
            return 0;
        if (Math.Min(n1, n2) > MostDrawn)
            return ChiSquared.InvCDF(parts - 1, .95) / (parts - 1) * Bias(parts, n1, n2);
        var at = 0.0;
        double[] steps = [.. pooled.Select(x => at += x)];
        var found = new double[draws];
        for (uint draw = 0; draw < draws; draw++)
            found[draw] = Divergence(Sample(pooled, steps, n1, random, 2 * draw), Sample(pooled, steps, n2, random, (2 * draw) + 1));
        Array.Sort(found);
        return found[(int)Math.Ceiling(.95 * draws) - 1];
    }

    /// <summary>Counts of a sample; what is ten times as large as the largest small sample hardly varies and stands for itself.</summary>
    private static double[] Sample(double[] pooled, double[] steps, double n, AddressedRandom random, uint row)
    {
        if (n > 10 * MostDrawn)
            return pooled;
        var (shares, size) = (new double[steps.Length], (uint)Math.Round(n));
        for (uint i = 0; i < size; i++)
        {
            var (u, part) = (random.Uniform(row, i) * steps[^1], 0);
            while (part < steps.Length - 1 && u > steps[part])
                part++;
            shares[part] += 1.0 / size;
        }

        return shares;
    }

    private static double Term(double x, double both) => x > 0 ? x * Math.Log2(2 * x / both) : 0;

    private static double Sum(IReadOnlyList<double> x)
    {
        if (x.Any(v => !(v >= 0 && double.IsFinite(v))))
            throw new ArgumentException("A weight must be 0 or more.", nameof(x));
        var sum = x.Sum();
        return sum > 0 ? sum : throw new ArgumentException("All weights are 0.", nameof(x));
    }
}
