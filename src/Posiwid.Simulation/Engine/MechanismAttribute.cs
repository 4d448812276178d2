namespace Posiwid.Simulation.Engine;

/// <summary>Where a parameter's value comes from.</summary>
public enum Origin
{
    /// <summary>A published figure; the note names it.</summary>
    Source,

    /// <summary>Set looking at the history that the scenario is about: by hand, or by a fit.</summary>
    Calibrated,

    /// <summary>Chosen by us, with no figure to go by.</summary>
    Assumed,
}

/// <summary>Names a mechanism and says what it stands for.</summary>
/// <param name="id">Name in scenarios and on the command line, kebab-case.</param>
/// <param name="claim">The claim it stands for, in one sentence.</param>
/// <param name="source">Key of the source in <c>docs/sources.md</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MechanismAttribute(string id, string claim, string source) : Attribute
{
    /// <summary>Name in scenarios and on the command line, kebab-case.</summary>
    public string Id { get; } = id;

    /// <summary>The claim it stands for, in one sentence.</summary>
    public string Claim { get; } = claim;

    /// <summary>Key of the source in <c>docs/sources.md</c>.</summary>
    public string Source { get; } = source;

    /// <summary>Name among the rules that a scenario may put in the place of the usual one of the same id; empty for the usual one.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The rule as a formula or a short text, for the model document.</summary>
    public string Equation { get; init; } = "";

    /// <summary>State that the mechanism reads, space-separated names.</summary>
    public string Reads { get; init; } = "";

    /// <summary>State that the mechanism changes, space-separated names.</summary>
    public string Writes { get; init; } = "";
}

/// <summary>A free parameter of a mechanism: a public <see cref="float"/> field.</summary>
/// <param name="unit">Unit in words.</param>
/// <param name="min">Smallest value accepted.</param>
/// <param name="max">Largest value accepted.</param>
/// <param name="origin">Where the default comes from.</param>
/// <param name="meaning">What it is, in one plain sentence; for <see cref="Origin.Source"/> with the source.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ParameterAttribute(string unit, double min, double max, Origin origin, string meaning) : Attribute
{
    /// <summary>Unit in words.</summary>
    public string Unit { get; } = unit;

    /// <summary>Smallest value accepted.</summary>
    public double Min { get; } = min;

    /// <summary>Largest value accepted.</summary>
    public double Max { get; } = max;

    /// <summary>Where the default comes from.</summary>
    public Origin Origin { get; } = origin;

    /// <summary>What it is, in one plain sentence.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>True if the mechanism's dose multiplies this parameter.</summary>
    public bool Dosed { get; init; }
}
