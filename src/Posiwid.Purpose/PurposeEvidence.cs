using Posiwid.Purpose.Lines;

namespace Posiwid.Purpose;

/// <summary>What one line of evidence found for one end.</summary>
/// <param name="Estimate">The figure with its interval, or why there is none.</param>
/// <param name="PValue">Two-sided p value of the line's own test; null if no test was made.</param>
/// <param name="Direction">1 if the figure speaks for the end, -1 if against it.</param>
public sealed record TestedLine(Estimate Estimate, double? PValue, int Direction)
{
    /// <summary>
    /// What was tested, where that is not <see cref="Estimate"/> itself: of a weight that was learned, its change; where weights hang on which alternatives there are, what the menu shows that speaks
    /// for it least. Interval 95%, as normal; unknown where some menu shows nothing, so that it may not vote. Null where the figure itself was tested.
    /// </summary>
    public Estimate? Voting { get; init; }

    /// <summary>True if <see cref="Voting"/> is a change of the figure.</summary>
    public bool OfChange { get; init; }

    /// <summary>A line that could not be tested.</summary>
    public static TestedLine Untested(string why) => new(Estimate.Unknown(why), null, 0);
}

/// <summary>What is known of one end, line by line, before the lines are put together.</summary>
public sealed record EndEvidence
{
    /// <summary>The end.</summary>
    public required End End { get; init; }

    /// <summary>Rank among the stated aims, 1 first; null if it is not stated.</summary>
    public int? SaidRank { get; init; }

    /// <summary>Weight among the stated aims, 0..1; null if none is stated.</summary>
    public double? SaidWeight { get; init; }

    /// <summary>Share of the hours; null if no hours are recorded.</summary>
    public EffortShare? Effort { get; init; }

    /// <summary>
    /// Share of hours with its interval over runs or over blocks of weeks. Of several runs it is the mean of their shares, each run counting alike; <see cref="Effort"/> adds their hours first, so that a run with more
    /// hours counts more.
    /// </summary>
    public Estimate EffortInterval { get; init; } = Estimate.Unknown("no interval was asked for");

    /// <summary>Share of the money out.</summary>
    public Estimate Money { get; init; } = Estimate.Unknown("no payments are coded by end");

    /// <summary>Defense against what harms the end; it votes.</summary>
    public TestedLine Defense { get; init; } = TestedLine.Untested("needs paired runs or recorded shocks");

    /// <summary>Defense against what favors it: high too for a set point, low for an end of which more is better. It does not vote.</summary>
    public Estimate DefenseUp { get; init; } = Estimate.Unknown("was not disturbed that way");

    /// <summary>What the defense was called, in the words of the methods.</summary>
    public string DefenseWord { get; init; } = "not tested";

    /// <summary>Whether the defense runs through the sensor it was thought to: passed, in part, failed or why it is not known. Where it failed, something else is defended, and defense does not vote for this end.</summary>
    public string Sensor { get; init; } = "not tested";

    /// <summary>Where the blow does not move it: two-sided p value of whether the organization itself does, to defend something else; null if that was not tested.</summary>
    public double? MeansPValue { get; init; }

    /// <summary>True if every menu of its decisions holds all that was on the table.</summary>
    public bool WholeMenus { get; init; }

    /// <summary>Weeks of life lost where what serves the end is taken away; it votes.</summary>
    public TestedLine Necessity { get; init; } = TestedLine.Untested("needs a simulator");

    /// <summary>What was taken away for <see cref="Necessity"/>.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Weight in the choices that were made; it votes if the weights were learned.</summary>
    public TestedLine Choice { get; init; } = TestedLine.Untested("no decisions with their alternatives are recorded");
}

/// <summary>What the evidence comes from; the grade hangs on it.</summary>
public enum EvidenceSource
{
    /// <summary>The records of an organization.</summary>
    Records,

    /// <summary>A model that was not fitted to this organization.</summary>
    Model,

    /// <summary>A model that was fitted to this organization and held on figures it had not seen.</summary>
    CalibratedModel,
}
