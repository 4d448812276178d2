namespace Posiwid.Purpose.Statistics;

/// <summary>Correction for many tests where some of those named may be wrong, but few (Benjamini and Hochberg 1995, "Controlling the false discovery rate").</summary>
/// <remarks>
/// <para>Estimator: sorted upward, p(i) becomes the least of m p(j) / j over j from i on, at most 1.</para>
/// <para>Units: none (p values, 0 to 1). Assumes: each p value is right by itself; tests that are independent, or hang together positively (Benjamini and Yekutieli 2001).</para>
/// <para>Misleads: at 5%, of those named one in twenty is wrong in the mean; of a single one among many it says little. Where a single error counts, see <see cref="Holm"/>.</para>
/// </remarks>
public static class FalseDiscovery
{
    /// <summary>Adjusted p values in the order given: of those at or below a level, the share that is wrong is at most that level in the mean.</summary>
    /// <param name="pValues">p values, 0..1.</param>
    /// <exception cref="ArgumentException">A value is not between 0 and 1.</exception>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (pValues.Any(p => !(p is >= 0 and <= 1)))
            throw new ArgumentException("A p value lies between 0 and 1.", nameof(pValues));
        var adjusted = new double[pValues.Count];
        var (least, place) = (1.0, pValues.Count);
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderByDescending(i => pValues[i]))
        {
            least = Math.Min(least, pValues[i] * pValues.Count / place--);
            adjusted[i] = least;
        }

        return adjusted;
    }
}
