namespace Posiwid.Simulation.Scenarios;

/// <summary>What a number of a scenario means: its unit and the range that a reader accepts.</summary>
/// <param name="meaning">One plain sentence: what the number is.</param>
/// <param name="unit">The unit, in words ("hours/week", "share 0..1", "USD").</param>
/// <param name="min">Smallest value accepted.</param>
/// <param name="max">Largest value accepted.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class QuantityAttribute(string meaning, string unit, double min, double max) : Attribute
{
    /// <summary>One plain sentence: what the number is.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>The unit, in words.</summary>
    public string Unit { get; } = unit;

    /// <summary>Smallest value accepted.</summary>
    public double Min { get; } = min;

    /// <summary>Largest value accepted.</summary>
    public double Max { get; } = max;
}
