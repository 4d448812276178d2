namespace Posiwid.App.Story;

/// <summary>How a number differs between runs. Quantiles interpolate linearly between ordered runs (R's type 7).</summary>
/// <param name="Runs">How many runs have a value; where none has, the rest is NaN.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Low">5% quantile: the lower end of the 90% interval.</param>
/// <param name="LowerQuarter">25% quantile: the lower end of the 50% interval.</param>
/// <param name="Median">Median.</param>
/// <param name="UpperQuarter">75% quantile.</param>
/// <param name="High">95% quantile.</param>
public readonly record struct Spread(int Runs, double Mean, double Low, double LowerQuarter, double Median, double UpperQuarter, double High)
{
    /// <summary>The spread of some values; NaN stands for a run without a value.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Where(v => !double.IsNaN(v)).ToArray();
        if (sorted.Length == 0)
            return new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        Array.Sort(sorted);
        return new(sorted.Length, sorted.Sum() / sorted.Length, Quantile(sorted, .05), Quantile(sorted, .25), Quantile(sorted, .5), Quantile(sorted, .75), Quantile(sorted, .95));
    }

    /// <summary>A quantile of ordered values.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        var at = (sorted.Length - 1) * share;
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
