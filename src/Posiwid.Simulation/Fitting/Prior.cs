using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Fitting;

/// <summary>Shape of what is known of a parameter before the fit.</summary>
public enum PriorShape
{
    /// <summary>Every value between the ends is as likely.</summary>
    Uniform,

    /// <summary>Every ratio between the ends is as likely: uniform in the logarithm.</summary>
    LogUniform,

    /// <summary>A normal distribution whose middle 90% lie between the ends.</summary>
    Normal,

    /// <summary>A log-normal distribution whose middle 90% lie between the ends.</summary>
    LogNormal,
}

/// <summary>
/// What is known of a parameter before the fit. The fit walks on a scale without ends: the logit of the place between the ends for the two
/// uniform shapes, the distance from the middle in standard deviations for the two normal ones. No proposal then falls outside, and
/// the walk needs no rule for ends.
/// </summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Shape">The shape.</param>
/// <param name="From">Lower end, or the 5% quantile of a normal shape.</param>
/// <param name="To">Upper end, or the 95% quantile of a normal shape.</param>
public sealed record Prior(string Name, PriorShape Shape, double From, double To)
{
    /// <summary>95% quantile of a standard normal.</summary>
    private const double Ninety = 1.6448536269514722;

    private const double LogRootTwoPi = 0.91893853320467274;

    /// <summary>A value further down is held here; for normal shapes, whose tails have no end.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>A value further up is held here.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>True if the parameter is looked at by its logarithm.</summary>
    public bool IsLog => Shape is PriorShape.LogUniform or PriorShape.LogNormal;

    private bool IsNormal => Shape is PriorShape.Normal or PriorShape.LogNormal;

    /// <summary>The value at a place of the walk.</summary>
    public double Value(double place)
    {
        var (low, high) = (OnScale(From), OnScale(To));
        var x = IsNormal ? ((low + high) / 2) + (place * (high - low) / (2 * Ninety)) : low + ((high - low) / (1 + Deterministic.Exp(-place)));
        return Math.Clamp(IsLog ? Deterministic.Exp(x) : x, Least, Most);
    }

    /// <summary>A value on the scale on which widths are compared: itself, or its logarithm.</summary>
    public double OnScale(double value) => IsLog ? Deterministic.Log(value) : value;

    /// <summary>Logarithm of the prior density at a place of the walk: of a standard normal or a standard logistic.</summary>
    public double LogDensity(double place)
    {
        if (IsNormal)
            return (-0.5 * place * place) - LogRootTwoPi;
        var far = Math.Abs(place);
        return -far - (2 * Deterministic.Log(1 + Deterministic.Exp(-far)));
    }

    /// <summary>The place of the walk below which the prior puts a share of its weight.</summary>
    /// <param name="share">The share, between 0 and 1, both excluded.</param>
    public double Place(double share) => IsNormal ? Draws.InverseNormal(share) : Deterministic.Log(share / (1 - share));

    /// <summary>The value below which the prior puts a share of its weight.</summary>
    /// <param name="share">The share, between 0 and 1, both excluded.</param>
    public double Quantile(double share) => Value(Place(share));
}
