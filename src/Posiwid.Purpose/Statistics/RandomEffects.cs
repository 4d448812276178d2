using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>
/// Estimates of one thing from several sources that truly differ, put together: mean, how much the sources differ once the noise of each estimate is taken
/// out (DerSimonian and Laird 1986), and an interval that takes this as estimated (Hartung and Knapp 2001).
/// </summary>
/// <remarks>
/// <para>Estimator: with errors s_i, weights w_i = 1/s_i² and Q = Σ w (x - x̄_w)²: τ² = max(0, (Q - (k - 1)) / (Σ w - Σ w²/Σ w)). Mean μ with weights v_i =
/// 1/(s_i² + τ²), its variance Σ v (x - μ)² / ((k - 1) Σ v), Student's t with k - 1 degrees of freedom.</para>
/// <para>Units: those of the estimates. Assumes: sources are independent, and what they truly are is about normal around one mean.</para>
/// <para>Misleads: as any mean does where sources are of two kinds; of few sources τ is hardly known.</para>
/// </remarks>
public sealed class RandomEffects
{
    private readonly double[] values, errors;

    /// <summary>Puts estimates together.</summary>
    /// <param name="values">The estimates, two or more.</param>
    /// <param name="errors">Their standard errors, above 0.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or an error is not above 0.</exception>
    public RandomEffects(IReadOnlyList<double> values, IReadOnlyList<double> errors)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(errors);
        if (values.Count < 2 || values.Count != errors.Count || errors.Any(e => !(e > 0)))
            throw new ArgumentException("Want two estimates or more, each with an error above 0.", nameof(errors));
        (this.values, this.errors) = ([.. values], [.. errors]);
        var k = values.Count;
        double[] w = [.. errors.Select(e => 1 / (e * e))];
        var q = Spread(w, Weighted(w));
        // sum w - sum w^2 / sum w, without taking two numbers from one another that are nearly the same where one source outweighs all others
        var apart = w.Select((x, i) => x / w.Sum() * w.Where((_, j) => j != i).Sum()).Sum();
        Between = Math.Sqrt(Math.Max(0, (q - (k - 1)) / apart));
        double[] v = [.. errors.Select(e => 1 / ((e * e) + (Between * Between)))];
        Mean = Weighted(v);
        Error = Math.Sqrt(Spread(v, Mean) / ((k - 1) * v.Sum()));
        var half = StudentT.InvCDF(0, 1, k - 1, 0.975) * Error;
        Interval = Estimate.Of(Mean, Mean - half, Mean + half);
    }

    /// <summary>The mean over sources, and its standard error.</summary>
    public double Mean { get; }

    /// <summary>See <see cref="Mean"/>.</summary>
    public double Error { get; }

    /// <summary>The mean with its 95% interval.</summary>
    public Estimate Interval { get; }

    /// <summary>Standard deviation of the sources, the noise of their estimates taken out.</summary>
    public double Between { get; }

    /// <summary>One-sided p value: the chance of a mean this far above a bound or farther, were the true one at the bound or below.</summary>
    public double Above(double bound) => Error > 0 ? StudentT.CDF(0, 1, values.Length - 1, -(Mean - bound) / Error) : Mean > bound ? 0 : 1;

    /// <summary>
    /// Share of the sources whose true value is above a bound: the mean chance of each, given its own estimate and how the others lie (empirical Bayes, as
    /// normal), 0..1.
    /// </summary>
    public double ShareAbove(double bound) => values.Zip(errors, (x, e) =>
    {
        var own = Between * Between / ((Between * Between) + (e * e));
        var (center, deviation) = (Mean + (own * (x - Mean)), Math.Sqrt(own) * e);
        return deviation > 0 ? Normal.CDF(0, 1, (center - bound) / deviation) : center > bound ? 1 : 0;
    }).Average();

    private double Weighted(double[] w) => values.Zip(w, (x, y) => x * y).Sum() / w.Sum();

    private double Spread(double[] w, double around) => values.Zip(w, (x, y) => y * (x - around) * (x - around)).Sum();
}
