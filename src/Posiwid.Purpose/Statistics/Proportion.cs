using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>A share that was counted.</summary>
/// <remarks>
/// <para>Estimator: k/n with (k + z²/2 ∓ z √(k (n - k)/n + z²/4)) / (n + z²), the interval of Wilson (Wilson 1927).</para>
/// <para>Units: none, 0 to 1. Assumes: what is counted happens to each independently and with one chance.</para>
/// <para>Misleads: where those counted come in groups that are alike the interval is too narrow; of a complete count it is about what might as well have been,
/// not about the count.</para>
/// </remarks>
public static class Proportion
{
    /// <summary>The share k/n with the interval of Wilson (1927): (k + z^2/2 -+ z sqrt(k (n - k)/n + z^2/4)) / (n + z^2). It stays between 0 and 1
    /// and says something even if k is 0 or n.</summary>
    /// <param name="hits">Count of those that did (k).</param>
    /// <param name="of">Count of all (n).</param>
    /// <exception cref="ArgumentException">A count is negative, or there are more hits than all.</exception>
    public static Estimate Wilson(int hits, int of)
    {
        if (hits < 0 || hits > of)
            throw new ArgumentException($"{hits} of {of} is no share.");
        if (of == 0)
            return Estimate.Unknown("none to count");
        double n = of, p = hits / n, z = Normal.InvCDF(0, 1, .975);
        var (center, width) = (hits + z * z / 2, z * Math.Sqrt(n * p * (1 - p) + z * z / 4));
        return Estimate.Of(p, hits == 0 ? 0 : (center - width) / (n + z * z), hits == of ? 1 : (center + width) / (n + z * z));
    }
}
