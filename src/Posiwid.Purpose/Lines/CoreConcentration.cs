namespace Posiwid.Purpose.Lines;

/// <summary>How unevenly something is shared out, on one basis.</summary>
/// <param name="People">People on this basis.</param>
/// <param name="Gini">Gini coefficient (0: all alike).</param>
/// <param name="Corrected">Gini times n/(n - 1): 1 if one person does it all, however few they are.</param>
public sealed record Concentration(int People, Estimate Gini, Estimate Corrected);

/// <summary>How much of the work rests on how few.</summary>
/// <param name="Contributors">Among those who contributed anything.</param>
/// <param name="Members">Among all, those who contributed nothing too.</param>
/// <param name="AbsenceFactor">Fewest people who together did half or more (CHAOSS: contributor absence factor); null if nobody did anything.</param>
public sealed record CoreConcentrationResult(Concentration Contributors, Concentration Members, int? AbsenceFactor);

/// <summary>People flow: how few carry it?</summary>
/// <remarks>
/// <para>Estimator: G = 2 sum i x_(i) / (n sum x) - (n + 1)/n over sorted x (Gini 1914); a complete record is no sample, so there is no interval. The absence
/// factor is the smallest k with the k largest at half or more (methods, 1f).</para>
/// <para>Units: G has none (0 all alike, near 1 one does it all); the factor is people. Assumes: all that was contributed is on record, in one unit.</para>
/// <para>Misleads: the basis decides. An organization with many paper members is more unequal among members and no other among contributors. Work that nobody
/// writes down counts as none.</para>
/// </remarks>
public static class CoreConcentration
{
    /// <summary>The concentration.</summary>
    /// <param name="contributions">What each person contributed, in one unit (hours, money, commits); 0 for who did nothing.</param>
    /// <param name="factorShare">Share of the whole for the absence factor.</param>
    /// <exception cref="ArgumentException">A contribution is negative or not a number.</exception>
    public static CoreConcentrationResult Of(IReadOnlyList<double> contributions, double factorShare = .5)
    {
        if (contributions.Any(x => !(x >= 0 && double.IsFinite(x))))
            throw new ArgumentException("A contribution is negative or not a number.", nameof(contributions));
        if (!(factorShare is > 0 and <= 1))
            throw new ArgumentException("The share must lie between 0 and 1.", nameof(factorShare));
        double[] sorted = [.. contributions.Order()];
        int? factor = null;
        var (want, sum) = (factorShare * sorted.Sum(), 0.0);
        for (var i = sorted.Length - 1; i >= 0 && want > 0 && factor is null; i--)
        {
            sum += sorted[i];
            if (sum >= want * (1 - 1e-12))
                factor = sorted.Length - i;
        }

        return new(Gini([.. sorted.Where(x => x > 0)]), Gini(sorted), factor);
    }

    private static Concentration Gini(double[] sorted)
    {
        var n = sorted.Length;
        var sum = sorted.Sum();
        if (sum == 0)
            return new(n, Estimate.Unknown("nobody contributed"), Estimate.Unknown("nobody contributed"));
        var g = Math.Max(0, 2 * sorted.Select((x, i) => (i + 1) * x).Sum() / (n * sum) - (n + 1.0) / n);
        const string census = "all are counted: no sample, no interval";
        return new(n, Estimate.Bare(g, census), n > 1 ? Estimate.Bare(g * n / (n - 1), census) : Estimate.Unknown("one person"));
    }
}
