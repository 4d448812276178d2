namespace Posiwid.Purpose.Statistics;

/// <summary>Correction for many tests (Holm 1979, "A simple sequentially rejective multiple test procedure").</summary>
/// <remarks>
/// <para>Estimator: sorted upward, p(i) becomes the largest of (m - j + 1) p(j) over j up to i, at most 1.</para>
/// <para>Units: none (p values, 0 to 1). Assumes: each p value is right by itself; nothing of how the tests hang together.</para>
/// <para>Misleads: it counts only the tests it is given: what was tried and left out is not in it. Not to be significant is not to be shown to be
/// nothing.</para>
/// </remarks>
public static class Holm
{
    /// <summary>
    /// Adjusted p values in the order given: the chance that any true null hypothesis falls below a level is at most that level, whatever
    /// the tests have to do with one another. Sorted upward, p(i) becomes the largest of (m - j + 1) p(j) over j up to i, at most 1.
    /// </summary>
    /// <param name="pValues">p values, 0..1.</param>
    /// <exception cref="ArgumentException">A value is not between 0 and 1.</exception>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (pValues.Any(p => !(p is >= 0 and <= 1)))
            throw new ArgumentException("A p value lies between 0 and 1.", nameof(pValues));
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        var place = 0;
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            largest = Math.Max(largest, Math.Min(1, (pValues.Count - place++) * pValues[i]));
            adjusted[i] = largest;
        }

        return adjusted;
    }
}
