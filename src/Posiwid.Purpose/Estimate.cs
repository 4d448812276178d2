namespace Posiwid.Purpose;

/// <summary>A figure with its interval, or the reason why there is none. Nothing is printed that is not known.</summary>
/// <param name="Value">Best estimate; null if it is not known.</param>
/// <param name="Low">Lower end of the interval (95% unless the estimator says otherwise); null if there is none.</param>
/// <param name="High">Upper end of the interval; null if there is none.</param>
/// <param name="Why">Where the value or its interval is missing: why, in one clause without a full stop.</param>
public sealed record Estimate(double? Value, double? Low, double? High, string? Why = null)
{
    /// <summary>True if there is a value.</summary>
    public bool Known => Value is not null;

    /// <summary>Of a share: that of the rest, 1 less the share.</summary>
    public Estimate Rest() => this with { Value = 1 - Value, Low = 1 - High, High = 1 - Low };

    /// <summary>A value with its interval.</summary>
    public static Estimate Of(double value, double low, double high) => new(value, low, high);

    /// <summary>A value that has no interval, and why.</summary>
    public static Estimate Bare(double value, string why) => new(value, null, null, why);

    /// <summary>No value, and why.</summary>
    public static Estimate Unknown(string why) => new(null, null, null, why);
}
