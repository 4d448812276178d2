namespace Posiwid.Simulation.Fitting;

/// <summary>
/// How far a run is from what was observed, and what still counts as near: the Euclidean distance, each summary in units of its own spread over
/// the generation's runs (Prangle 2017, "Adapting the ABC distance function", Bayesian Analysis 12).
/// </summary>
/// <param name="Scales">Spread of each summary; infinite for one that never differs and so tells nothing.</param>
/// <param name="Tolerance">Largest distance that is near.</param>
public sealed record Nearness(double[] Scales, double Tolerance)
{
    /// <summary>
    /// The spreads of the summaries: the median absolute deviation from the median; where more than half of the runs agree to the digit, the mean
    /// absolute deviation.
    /// </summary>
    /// <param name="runs">Summaries of the runs of a generation, also of those that were not near.</param>
    public static double[] Spreads(IReadOnlyList<double[]> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [.. Enumerable.Range(0, runs[0].Length).Select(k => Spread([.. runs.Select(r => r[k]).Where(double.IsFinite)]))];
    }

    /// <summary>Distance of a run; infinite if something that was observed does not exist in it.</summary>
    public double Distance(double[] summaries, IReadOnlyList<double> observed)
    {
        ArgumentNullException.ThrowIfNull(summaries);
        ArgumentNullException.ThrowIfNull(observed);
        var sum = 0.0;
        for (var k = 0; k < summaries.Length; k++)
        {
            if (!double.IsFinite(summaries[k]))
                return double.PositiveInfinity;
            var far = (summaries[k] - observed[k]) / Scales[k];
            sum += far * far;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>True if a run is near.</summary>
    public bool Holds(double[] summaries, IReadOnlyList<double> observed) => Distance(summaries, observed) <= Tolerance;

    private static double Spread(double[] values)
    {
        if (values.Length == 0)
            return double.PositiveInfinity;
        var middle = Median(values);
        double[] far = [.. values.Select(v => Math.Abs(v - middle))];
        var spread = Median(far) is > 0 and var median ? median : far.Sum() / far.Length;
        return spread > 0 ? spread : double.PositiveInfinity;
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
