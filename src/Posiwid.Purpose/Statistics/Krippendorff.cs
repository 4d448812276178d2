namespace Posiwid.Purpose.Statistics;

/// <summary>How far any number of coders agree who put things into classes: Krippendorff's alpha for nominal data (Krippendorff 2011, 2019), with missing values.</summary>
/// <remarks>
/// <para>Estimator: a unit with m values adds to the coincidence o_ck of two classes c and k the number of its ordered pairs (c, k), divided by m - 1; a unit
/// with fewer than two values adds nothing. With n_c = Σ_k o_ck and n = Σ n_c: alpha = 1 - (n - 1) Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k: one minus the disagreement
/// seen over that expected if values were dealt out by lot.</para>
/// <para>Units: none. 1 all agree, 0 as by lot, below 0 they differ more than by lot. Assumes: coders worked each for themselves, and any of them could take
/// the place of another.</para>
/// <para>Misleads: where nearly all is of one class, a few differences bring it near 0; where all is, there is none. That coders agree does not make them
/// right.</para>
/// </remarks>
public static class Krippendorff
{
    /// <summary>Alpha; null if no unit has two values, or all values are of one class.</summary>
    /// <param name="units">For each unit the value of each coder; null where it has none.</param>
    /// <param name="times">How often each unit counts; once each if left out.</param>
    /// <exception cref="ArgumentException">There are not as many numbers as units.</exception>
    public static double? Alpha(IReadOnlyList<IReadOnlyList<string?>> units, IReadOnlyList<long>? times = null)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (times is not null && times.Count != units.Count)
            throw new ArgumentException($"{times.Count} numbers are not those of {units.Count} units.", nameof(times));
        var (counts, differ) = (new SortedDictionary<string, double>(StringComparer.Ordinal), 0.0);
        for (var u = 0; u < units.Count; u++)
        {
            var (weight, values) = (times?[u] ?? 1, units[u].OfType<string>().ToArray());
            if (weight == 0 || values.Length < 2)
                continue;
            foreach (var same in values.GroupBy(v => v))
            {
                var own = same.Count();
                counts[same.Key] = counts.GetValueOrDefault(same.Key) + ((double)weight * own);
                differ += (double)weight * own * (values.Length - own) / (values.Length - 1);
            }
        }

        var n = counts.Values.Sum();
        var byLot = counts.Values.Sum(c => c * (n - c));
        return byLot > 0 ? 1 - ((n - 1) * differ / byLot) : null;
    }
}
