using System.ComponentModel;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Claims;

/// <summary>
/// Claims about an organization, as their file states them: what is claimed, on which arms of an experiment it is tested, and what would have to be
/// found. Plain data: nothing here computes. Keys of the file are these names in kebab-case.
/// </summary>
public sealed record ClaimSet
{
    /// <summary>Short name, as on the command line.</summary>
    [Description("Short name, as on the command line.")]
    public required string Name { get; init; }

    /// <summary>Title for people.</summary>
    [Description("Title for people.")]
    public required string Title { get; init; }

    /// <summary>What these claims are and where they come from.</summary>
    [Description("What these claims are and where they come from.")]
    public string About { get; init; } = "";

    /// <summary>The scenario of every arm that names no other.</summary>
    [Description("The scenario of every arm that names no other.")]
    public required string Scenario { get; init; }

    /// <summary>Arms by name; <c>baseline</c>, the scenario as it is, is always there.</summary>
    [Description("Arms by name; baseline, the scenario as it is, is always there.")]
    public IReadOnlyDictionary<string, ArmSpec> Arms { get; init; } = new Dictionary<string, ArmSpec>();

    /// <summary>Claims by short name, in the order in which they are shown.</summary>
    [Description("Claims by short name.")]
    public required IReadOnlyDictionary<string, ClaimSpec> Claims { get; init; }
}

/// <summary>One arm: a scenario with something changed. All arms meet the same luck, seed by seed.</summary>
public sealed record ArmSpec
{
    /// <summary>What is different in it, in words.</summary>
    [Description("What is different in it, in words.")]
    public string About { get; init; } = "";

    /// <summary>Another scenario; the claims' own if left out.</summary>
    [Description("Another scenario; the claims' own if left out.")]
    public string? Scenario { get; init; }

    /// <summary>Part of a scenario that is laid over it, as in a scenario that builds on another.</summary>
    [Description("Part of a scenario that is laid over it, as in a scenario that builds on another.")]
    public ScenarioPatch? Change { get; init; }

    /// <summary>Mechanisms that the flagship is without; the others of its world keep them.</summary>
    [Description("Mechanisms that the flagship is without; the others of its world keep them.")]
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Activities that it is kept from; their hours go to the others.</summary>
    [Description("Activities that it is kept from; their hours go to the others.")]
    public IReadOnlyList<string> Barred { get; init; } = [];

    /// <summary>What is held as it was at the founding.</summary>
    [Description("What is held as it was at the founding.")]
    public IReadOnlyList<Held> Held { get; init; } = [];

    /// <summary>A branch that loses members.</summary>
    [Description("A branch that loses members on a day; with a share of 0, the same branch is only watched.")]
    public BranchLossSpec? BranchLoss { get; init; }
}

/// <summary>What an arm can hold.</summary>
public enum Held
{
    /// <summary>How big the organization looks.</summary>
    Impressiveness,
}

/// <summary>A branch, drawn by lot among the larger ones, loses members.</summary>
public sealed record BranchLossSpec
{
    /// <summary>The day.</summary>
    [Description("The day.")]
    public required DateOnly Day { get; init; }

    /// <summary>Share of its members who leave.</summary>
    [Quantity("Share of its members who leave.", "share 0..1", 0, 1)]
    public required double Share { get; init; }

    /// <summary>Weeks for which visits to it are counted.</summary>
    [Quantity("Weeks for which visits to it are counted.", "weeks", 1, 520)]
    public int Weeks { get; init; } = 26;
}

/// <summary>How much a claim says about the model.</summary>
public enum ClaimKind
{
    /// <summary>No single rule states it.</summary>
    Emergent,

    /// <summary>One rule says almost the same; testing it checks the code.</summary>
    BuiltIn,

    /// <summary>The same facts were looked at when parameters were set, by hand or by a fit.</summary>
    Fitted,
}

/// <summary>One claim.</summary>
public sealed record ClaimSpec
{
    /// <summary>Emergent, built-in or fitted.</summary>
    [Description("emergent: no single rule states it; built-in: one rule says almost the same; fitted: the same facts were looked at when parameters were set.")]
    public required ClaimKind Kind { get; init; }

    /// <summary>The claim, in a sentence.</summary>
    [Description("The claim, in a sentence.")]
    public required string Claim { get; init; }

    /// <summary>Where it is made.</summary>
    [Description("Where it is made.")]
    public string Part { get; init; } = "";

    /// <summary>The condition in words, set before anything was run.</summary>
    [Description("The condition in words, set before anything was run.")]
    public required string HoldsIf { get; init; }

    /// <summary>How the words are read where they leave room, and what the model cannot show.</summary>
    [Description("How the words are read where they leave room, and what the model cannot show.")]
    public string Note { get; init; } = "";

    /// <summary>What remains to be explained: what the model gets wrong here, and what was tried.</summary>
    [Description("What remains to be explained: what the model gets wrong here, and what was tried.")]
    public string Remains { get; init; } = "";

    /// <summary>All of these must be met.</summary>
    [Description("All of these must be met. The first one's figure is shown.")]
    public required IReadOnlyList<TestSpec> Tests { get; init; }
}

/// <summary>
/// One test: a figure of each run of an arm against bounds, or the difference between two arms, pair by pair. Or, with <c>any-of</c>, several of which one suffices.
/// </summary>
public sealed record TestSpec
{
    /// <summary>What it looks at, in words.</summary>
    [Description("What it looks at, in words.")]
    public string Label { get; init; } = "";

    /// <summary>The arm.</summary>
    [Description("The arm.")]
    public string Arm { get; init; } = ClaimsFile.Baseline;

    /// <summary>The figure of a run.</summary>
    [Description("The figure of a run.")]
    public FigureSpec? Figure { get; init; }

    /// <summary>What it is compared with, pair by pair; if left out, every run is held against the bounds.</summary>
    [Description("What it is compared with, pair by pair; if left out, every run is held against the bounds.")]
    public OtherSpec? Than { get; init; }

    /// <summary>How the two are compared.</summary>
    [Description("How the two are compared: the difference, the ratio of the means, or the distance between hours by end (run by run) or purpose profiles (of all runs together).")]
    public Comparison Compare { get; init; } = Comparison.Ratio;

    /// <summary>Another distance, which the distance is divided by.</summary>
    [Description("Another distance between two arms, which the distance is divided by.")]
    public DistanceSpec? Over { get; init; }

    /// <summary>Lower bound.</summary>
    [Description("Lower bound.")]
    public double? AtLeast { get; init; }

    /// <summary>Upper bound.</summary>
    [Description("Upper bound.")]
    public double? AtMost { get; init; }

    /// <summary>Share of runs that must lie within the bounds, at least; .9 if nothing is said. Only without <c>than</c>.</summary>
    [Quantity("Share of runs that must lie within the bounds, at least.", "share 0..1", 0, 1)]
    public double? RunsAtLeast { get; init; }

    /// <summary>Share of runs that may lie within the bounds, at most. Only without <c>than</c>.</summary>
    [Quantity("Share of runs that may lie within the bounds, at most.", "share 0..1", 0, 1)]
    public double? RunsAtMost { get; init; }

    /// <summary>Does the organization's own acting make it good? Shares its past with the arm; see <see cref="DefenseSpec"/>.</summary>
    [Description("Whether the organization's own acting makes a disturbance good.")]
    public DefenseSpec? Defense { get; init; }

    /// <summary>Tests of which one must be met.</summary>
    [Description("Tests of which one must be met.")]
    public IReadOnlyList<TestSpec> AnyOf { get; init; } = [];
}

/// <summary>How two arms are compared.</summary>
public enum Comparison
{
    /// <summary>Mean over the pairs divided by the other's mean; 1 is no difference.</summary>
    Ratio,

    /// <summary>Mean of the differences; 0 is none.</summary>
    Difference,

    /// <summary>Half the sum of the differences of the shares of hours by end, 0 to 1, run by run; or the mean of that over the lines of two profiles, put together over runs.</summary>
    Distance,
}

/// <summary>The other side of a comparison.</summary>
public sealed record OtherSpec
{
    /// <summary>The arm.</summary>
    [Description("The arm.")]
    public string Arm { get; init; } = ClaimsFile.Baseline;

    /// <summary>The figure; the same if left out.</summary>
    [Description("The figure; the same if left out.")]
    public FigureSpec? Figure { get; init; }
}

/// <summary>A distance between two arms.</summary>
public sealed record DistanceSpec
{
    /// <summary>One arm.</summary>
    [Description("One arm.")]
    public string Arm { get; init; } = ClaimsFile.Baseline;

    /// <summary>Its figure.</summary>
    [Description("Its figure; it takes what the test's own figure takes.")]
    public required FigureSpec Figure { get; init; }

    /// <summary>The other.</summary>
    [Description("The other.")]
    public required OtherSpec Than { get; init; }
}

/// <summary>
/// The test for the controlled variable: the run is stopped on a day and goes on under a lasting change, once deciding as it does and once
/// deciding what it decided without it. The test's figure is D, the share of the change that its own decisions made good.
/// </summary>
public sealed record DefenseSpec
{
    /// <summary>What should be defended: a measure.</summary>
    [Description("What should be defended: a measure.")]
    public required string Of { get; init; }

    /// <summary>The day.</summary>
    [Description("The day.")]
    public required DateOnly Day { get; init; }

    /// <summary>Fewest weeks in which anything can be made good.</summary>
    internal const int FewestWeeks = 8;

    /// <summary>Weeks that are looked at.</summary>
    [Quantity("Weeks that are looked at.", "weeks", FewestWeeks, 520)]
    public int Weeks { get; init; } = 104;

    /// <summary>A disturbance, as in <c>posiwid purpose</c> (members, hope, reserves, ...); it pushes for as long as the experiment goes on.</summary>
    [Description("A disturbance (members, hope, reserves, staff, ...), which pushes for as long as the experiment goes on.")]
    public string? Disturbance { get; init; }

    /// <summary>Size of the disturbance, in the unit of its kind.</summary>
    [Description("Size of the disturbance, in the unit of its kind.")]
    public double Size { get; init; }

    /// <summary>Instead of a disturbance: a setting that is held from then on (<c>dues.paying-share</c>).</summary>
    [Description("Instead of a disturbance: a setting that is held from the day on (dues.paying-share).")]
    public string? Set { get; init; }

    /// <summary>Its value.</summary>
    [Description("The value of the setting.")]
    public double To { get; init; }
}
