namespace Posiwid.Purpose.Statistics;

/// <summary>How far two coders agree who put the same things into classes (Cohen 1960).</summary>
/// <remarks>
/// <para>Estimator: with p the share of things of which both say the same, and e = Σ_c a_c b_c the share that would be alike by lot, a_c and b_c being the
/// shares of class c with either coder: kappa = (p - e) / (1 - e). Things that one of them did not code are left out.</para>
/// <para>Units: none. 1 all agree, 0 as by lot, below 0 they differ more than by lot. Assumes: the two worked each for themselves.</para>
/// <para>Misleads: where nearly all is of one class it is low though the two rarely differ; and two who use the classes unlike often get a higher one for it,
/// since less is expected by lot (see <see cref="Krippendorff"/>, which takes one distribution for all).</para>
/// </remarks>
public static class CohenKappa
{
    /// <summary>Kappa; null if nothing was coded by both, or both put all into one class.</summary>
    /// <param name="first">The class of each thing by the one; null where there is none.</param>
    /// <param name="second">By the other, in the same order.</param>
    /// <param name="times">How often each thing counts; once each if left out.</param>
    /// <exception cref="ArgumentException">The three differ in length.</exception>
    public static double? Of(IReadOnlyList<string?> first, IReadOnlyList<string?> second, IReadOnlyList<long>? times = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (second.Count != first.Count || (times is not null && times.Count != first.Count))
            throw new ArgumentException($"{first.Count} and {second.Count} classes, counted {times?.Count ?? first.Count} times, are not of the same things.");
        double all = 0, alike = 0;
        var (ofFirst, ofSecond) = (new SortedDictionary<string, double>(StringComparer.Ordinal), new SortedDictionary<string, double>(StringComparer.Ordinal));
        for (var i = 0; i < first.Count; i++)
        {
            if (first[i] is not { } a || second[i] is not { } b)
                continue;
            double weight = times?[i] ?? 1;
            all += weight;
            alike += a == b ? weight : 0;
            ofFirst[a] = ofFirst.GetValueOrDefault(a) + weight;
            ofSecond[b] = ofSecond.GetValueOrDefault(b) + weight;
        }

        var byLot = ofFirst.Sum(c => c.Value * ofSecond.GetValueOrDefault(c.Key));
        return all * all > byLot ? ((alike * all) - byLot) / ((all * all) - byLot) : null;
    }
}
