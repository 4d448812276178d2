namespace Posiwid.Purpose.Statistics;

/// <summary>
/// The score bootstrap for few clusters (Kline and Santos 2012, "A score based approach to wild bootstrap inference"): what each cluster adds to a coefficient
/// is multiplied by a weight by lot, and the t statistic of that sum is seen again and again. Nothing is fitted again.
/// </summary>
/// <remarks>
/// <para>Estimator: t = |Σ x_c| / √(C/(C - 1) Σ (x_c - mean)²) over what each of C clusters adds; p is the share of draws whose t is as large, each x_c times a
/// weight by lot: Webb's six points (Webb 2014) ±√1.5, ±1, ±√.5, of mean 0 and variance 1, which give more different sums than signs do where clusters are very
/// few.</para>
/// <para>Units: none (p and t). Assumes: clusters are independent of one another.</para>
/// <para>Misleads: errors of sandwich type are too small with few clusters, and how much so hangs on the data; the bootstrap sees it, but with fewer than about
/// five clusters nothing helps.</para>
/// </remarks>
public static class ScoreBootstrap
{
    /// <summary>Fewest clusters of which anything is said.</summary>
    public const int FewestClusters = 5;

    /// <summary>Draws.</summary>
    public const int Draws = 1999;

    private static readonly double[] Webb = [-Math.Sqrt(1.5), -1, -Math.Sqrt(0.5), Math.Sqrt(0.5), 1, Math.Sqrt(1.5)];

    /// <summary>Tests a sum of contributions, at the value that is tested, against 0.</summary>
    /// <param name="contributions">What each cluster adds to the coefficient where it is held at what is tested.</param>
    /// <param name="random">Weights.</param>
    /// <returns>
    /// Two-sided p value: the share of draws whose |t| is as large, the sample counted among them. Beside it |t| itself, and the value of |t| that it must
    /// be above for a p value below .05. t is the sum over its standard error, C/(C-1) times the sum of squares about the mean.
    /// </returns>
    /// <exception cref="ArgumentException">There are fewer than <see cref="FewestClusters"/> clusters.</exception>
    public static (double PValue, double Critical, double Statistic) Test(IReadOnlyList<double> contributions, AddressedRandom random)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        if (contributions.Count < FewestClusters)
            throw new ArgumentException($"{contributions.Count} clusters are too few; it takes {FewestClusters}.", nameof(contributions));
        var weighted = new double[contributions.Count];
        var drawn = new double[Draws];
        for (var draw = 0u; draw < Draws; draw++)
        {
            for (var c = 0u; c < weighted.Length; c++)
                weighted[c] = contributions[(int)c] * Webb[random.Index(draw, c, Webb.Length)];
            drawn[draw] = Statistic(weighted);
        }

        var seen = Statistic(contributions);
        Array.Sort(drawn);
        // p < .05 where fewer than .05 (draws + 1) - 1 of the draws are as large
        var critical = drawn[Draws - (int)((0.05 * (Draws + 1)) - 1)];
        return ((1 + drawn.Count(t => t >= seen)) / (Draws + 1.0), critical, seen);
    }

    private static double Statistic(IReadOnlyList<double> x)
    {
        double sum = 0, squares = 0;
        foreach (var v in x)
            sum += v;
        var mean = sum / x.Count;
        foreach (var v in x)
            squares += (v - mean) * (v - mean);
        return squares > 0 ? Math.Abs(sum) / Math.Sqrt(squares * x.Count / (x.Count - 1.0)) : sum == 0 ? 0 : double.PositiveInfinity;
    }
}
