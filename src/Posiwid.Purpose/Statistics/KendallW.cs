using MathNet.Numerics.Statistics;

namespace Posiwid.Purpose.Statistics;

/// <summary>How far several rankings agree.</summary>
/// <param name="W">Kendall's W, 0 none to 1 all alike; or why there is none.</param>
/// <param name="PValue">Chance of a W as large if each ranking were an order by lot (random orders); null if there is no W.</param>
public sealed record KendallWResult(Estimate W, double? PValue);

/// <summary>Kendall's coefficient of concordance (Kendall and Babington Smith 1939) over three rankings or more.</summary>
/// <remarks>
/// <para>Estimator: with R_i the sum of the ranks of item i over m rankings of K items and S the sum of squares of R_i about its mean: W = 12 S / (m²(K³ - K) -
/// m T), T the sum over all rankings of t³ - t for each group of t ties. p from orders by lot (Legendre 2005), since the chi-squared approximation is poor for
/// few rankings.</para>
/// <para>Units: none, 0 to 1. Assumes: for p, that by chance every order of each ranking is equally likely, whatever the others are.</para>
/// <para>Misleads: it cannot fall below 0, and by chance alone it is about 1/m.</para>
/// </remarks>
public static class KendallW
{
    private const int FewestItems = 6, FewestRankings = 3;

    /// <summary>W and its p value.</summary>
    /// <param name="rankings">For each ranking a value of each item; only their order counts.</param>
    /// <param name="random">What orders are drawn with.</param>
    /// <param name="draws">How many.</param>
    /// <exception cref="ArgumentException">The rankings differ in length, or a value is not a number.</exception>
    public static KendallWResult Of(IReadOnlyList<IReadOnlyList<double>> rankings, AddressedRandom random, int draws = 1999)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        if (rankings.Count < FewestRankings)
            return new(Estimate.Unknown($"{rankings.Count} of the {FewestRankings} rankings that are needed"), null);
        var k = rankings[0].Count;
        if (rankings.Any(r => r.Count != k))
            throw new ArgumentException("The rankings are not of the same items.", nameof(rankings));
        if (rankings.Any(r => r.Any(double.IsNaN)))
            throw new ArgumentException("What is not a number has no rank.", nameof(rankings));
        if (k < FewestItems)
            return new(Estimate.Unknown($"{k} to rank: fewer than {FewestItems} agree too often by chance"), null);
        double[][] ranks = [.. rankings.Select(r => ArrayStatistics.RanksInplace(r.ToArray(), RankDefinition.Average))];
        double m = ranks.Length, ties = ranks.Sum(r => r.GroupBy(v => v).Sum(g => Math.Pow(g.Count(), 3) - g.Count()));
        var most = (m * m * (Math.Pow(k, 3) - k)) - (m * ties);
        if (most < 1e-9)
            return new(Estimate.Unknown("all are of one rank"), null);
        var observed = Spread(ranks);
        var asLarge = 0;
        for (uint draw = 0; draw < draws; draw++)
        {
            for (uint r = 0; r < ranks.Length; r++)
                Shuffle(ranks[r], random, draw, r * (uint)k);
            asLarge += Spread(ranks) >= observed - 1e-9 ? 1 : 0;
        }

        return new(Estimate.Bare(12 * observed / most, "the rankings alone give no interval"), (1.0 + asLarge) / (1 + draws));
    }

    private static double Spread(double[][] ranks)
    {
        var (k, all) = (ranks[0].Length, 0.0);
        for (var i = 0; i < k; i++)
        {
            var off = -ranks.Length * (k + 1) / 2.0;
            foreach (var r in ranks)
                off += r[i];
            all += off * off;
        }

        return all;
    }

    private static void Shuffle(double[] x, AddressedRandom random, uint row, uint column)
    {
        for (var i = x.Length - 1; i > 0; i--)
        {
            var j = random.Index(row, column + (uint)i, i + 1);
            (x[i], x[j]) = (x[j], x[i]);
        }
    }
}
