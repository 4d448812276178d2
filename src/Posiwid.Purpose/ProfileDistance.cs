namespace Posiwid.Purpose;

/// <summary>How far two organizations are apart in one line of evidence: half the sum over the ends of the differences of their shares.</summary>
/// <remarks>
/// <para>Estimator: d = 1/2 sum over ends of |a_e / sum a - b_e / sum b|, with values below 0 taken as 0. It is the total variation distance of the two as
/// distributions over the ends: 0 if they are shared out alike, 1 if they have no end in common.</para>
/// <para>A line that is 0 at every end in one of them alone is at distance 1 from the other's; where both are, there is nothing to compare.</para>
/// <para>Misleads: shares say nothing of how much there is; a line that is weak at every end looks like a strong one with the same shares. And noise moves two samples
/// of the same apart, so take means before distances.</para>
/// </remarks>
public static class ProfileDistance
{
    /// <summary>The distance, 0..1; null where both are 0 at every end.</summary>
    /// <param name="a">One organization's values, by end; any unit.</param>
    /// <param name="b">The other's values of the same ends.</param>
    /// <exception cref="ArgumentException">The two differ in length, or a value is not finite.</exception>
    public static double? Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count)
            throw new ArgumentException($"{a.Count} and {b.Count} ends are not the same ends.", nameof(b));
        var (sumA, sumB) = (Sum(a), Sum(b));
        if (sumA == 0 || sumB == 0)
            return sumA == sumB ? null : 1;
        var apart = 0.0;
        for (var e = 0; e < a.Count; e++)
            apart += Math.Abs((Math.Max(0, a[e]) / sumA) - (Math.Max(0, b[e]) / sumB));
        return apart / 2;
    }

    private static double Sum(IReadOnlyList<double> values) =>
        values.All(double.IsFinite) ? values.Sum(v => Math.Max(0, v)) : throw new ArgumentException("A value is not finite.", nameof(values));
}
