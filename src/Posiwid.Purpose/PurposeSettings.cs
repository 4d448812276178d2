namespace Posiwid.Purpose;

/// <summary>The conventions behind the words of a profile. They are choices, not findings; a profile prints them.</summary>
public sealed record PurposeSettings
{
    /// <summary>Chance that any test of a profile finds something where nothing is (Holm 1979).</summary>
    public double FamilyLevel { get; init; } = 0.05;

    /// <summary>Share of a disturbance that must be made good for "defended" (the lower limit of the interval), 0..1.</summary>
    public double Defended { get; init; } = 0.2;

    /// <summary>Share of a disturbance that the surroundings alone make good for "stable but passive", 0..1.</summary>
    public double Passive { get; init; } = 0.5;

    /// <summary>
    /// Share of a windfall that must stay unundone at least for a one-sided goal, 0..1: the upper limit of what is undone is below 1 less this. A convention: the methods (1b) say "low" and
    /// give a known system in which .42 of a windfall is undone and .88 of a loss.
    /// </summary>
    public double WindfallKept { get; init; } = 0.5;

    /// <summary>Share of the usual life that must be lost for a function to count as necessary, 0..1.</summary>
    public double LifeLost { get; init; } = 0.1;

    /// <summary>Share of the usual life that a set of functions must give to be viable, 0..1.</summary>
    public double Viable { get; init; } = 0.9;

    /// <summary>Ends in the top and in the bottom by hours or by rank of what is said: this share of all, rounded up.</summary>
    public double TopShare { get; init; } = 1.0 / 3;

    /// <summary>Krippendorff's alpha below which ends are not reliably coded.</summary>
    public double ReliableCoding { get; init; } = 0.67;

    /// <summary>Activities that two coders must have coded before their agreement is told.</summary>
    public int CodedRows { get; init; } = 100;

    /// <summary>Decisions needed for each attribute.</summary>
    public int DecisionsPerAttribute { get; init; } = 10;

    /// <summary>Years at the start whose choices show the weights that were set, against which what was learned is measured.</summary>
    public int FirstYears { get; init; } = 5;

    /// <summary>Weeks and outside shocks below which a response to recorded shocks is only indicative.</summary>
    public int ShockWeeks { get; init; } = 300;

    /// <summary>Outside shocks below which a response to them is only indicative.</summary>
    public int Shocks { get; init; } = 15;

    /// <summary>False to leave complaints and voice out of a profile: it could be used to find critics.</summary>
    public bool Voice { get; init; } = true;

    /// <summary>Smallest number of people that a figure may stand for.</summary>
    public int SmallestCell { get; init; } = 5;

    /// <summary>Smallest number of people of whom more than counts is shown.</summary>
    public int SmallestOrganization { get; init; } = 30;

    /// <summary>Smallest number of complaints that a figure may stand for.</summary>
    public int SmallestComplaintCell { get; init; } = 10;
}
