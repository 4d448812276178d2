namespace Posiwid.Purpose.Statistics;

/// <summary>The interval that resamples give: their 2.5th and 97.5th percentile (Efron 1979).</summary>
/// <remarks>
/// <para>Estimator: the 2.5th and 97.5th percentile of a figure over its resamples, widened to hold the figure itself.</para>
/// <para>Units: those of the figure. Assumes: resamples differ from the sample as samples differ from the truth; at least 100 of them.</para>
/// <para>Misleads: a figure that is biased upward in samples, such as a divergence, is more so in resamples; of few things that were drawn the interval is too
/// narrow.</para>
/// </remarks>
public static class Resamples
{
    /// <summary>Fewest resamples of which percentiles are taken.</summary>
    public const int Fewest = 100;

    /// <summary>A figure with its interval.</summary>
    /// <param name="value">The figure itself.</param>
    /// <param name="draws">The figure in each resample; NaN where it could not be had.</param>
    /// <returns>Without an interval if there are too few resamples, or if more than 1 in 20 have no figure.</returns>
    public static Estimate Interval(double value, IReadOnlyCollection<double> draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        double[] known = [.. draws.Where(d => !double.IsNaN(d)).Order()];
        if (draws.Count < Fewest)
            return Estimate.Bare(value, draws.Count == 0 ? "no resamples" : $"{draws.Count} resamples are too few for an interval");
        if (known.Length < .95 * draws.Count)
            return Estimate.Bare(value, $"in {draws.Count - known.Length} of {draws.Count} resamples it is not known");
        var (low, high) = Ends(known.Length);
        return Estimate.Of(value, Math.Min(value, known[low]), Math.Max(value, known[high]));
    }

    /// <summary>Positions of the two percentiles among sorted draws.</summary>
    internal static (int Low, int High) Ends(int draws) => ((int)(.025 * draws), (int)Math.Ceiling(.975 * draws) - 1);
}
