using System.ComponentModel;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Claims;

/// <summary>What is taken of what a run recorded.</summary>
public enum Take
{
    /// <summary>Mean over the samples; with <c>per</c>, the mean of the quotients.</summary>
    Mean,

    /// <summary>Sum over the samples; with <c>per</c>, one sum over the other.</summary>
    Total,

    /// <summary>Largest yearly mean (with <c>per</c>, yearly quotient).</summary>
    Most,

    /// <summary>Smallest yearly mean (with <c>per</c>, yearly quotient).</summary>
    Least,

    /// <summary>The last value on or before <c>day</c>, or some weeks after an event.</summary>
    At,

    /// <summary>Value some weeks after an event over the value at the event.</summary>
    Kept,

    /// <summary>Standard deviation over mean.</summary>
    Variation,

    /// <summary>Largest less smallest value.</summary>
    Range,

    /// <summary>Slope of the logarithm of the yearly quotient on the logarithm of the yearly mean of <c>against</c>.</summary>
    Elasticity,

    /// <summary>1 if the organization exists on <c>day</c>, else 0.</summary>
    Alive,

    /// <summary>Share of hours by end, for a distance.</summary>
    HoursByEnd,

    /// <summary>How many events there are.</summary>
    Count,

    /// <summary>Median of the values of events.</summary>
    Median,

    /// <summary>Share of the events named <c>among</c> that are also named <c>note</c>.</summary>
    ShareOfEvents,

    /// <summary>Correlation of the values of events with their order (Kendall's tau-b).</summary>
    Trend,

    /// <summary>Rate of events per unit of <c>per</c> in the weeks after another kind of event, over the rate at other times.</summary>
    HazardRatio,

    /// <summary>Median years that a branch which moved away from the milieus in <c>of</c> stays away, until it goes back or closes (Kaplan and Meier 1958).</summary>
    YearsAway,

    /// <summary>Week of the first event of this kind, from the start.</summary>
    FirstWeek,

    /// <summary>The purpose profile, for a distance: line by line, what it is worth at each end.</summary>
    PurposeProfile,
}

/// <summary>Lines of evidence of a profile that can be had run by run. (Choice cannot: its weights are fitted to the decisions of all runs together.)</summary>
public enum ProfileLine
{
    /// <summary>Hours by end, and the money that is spent by end; each counts half.</summary>
    Effort,

    /// <summary>Share of a blow to each end that the organization's own decisions make good.</summary>
    Defense,

    /// <summary>Share of its life that is lost without what serves each end.</summary>
    Necessity,
}

/// <summary>Bounds of the coding of activities to ends.</summary>
public enum CodingBound
{
    /// <summary>The best estimate.</summary>
    Usual,

    /// <summary>The least that a reasonable coder would give.</summary>
    Low,

    /// <summary>The most that a reasonable coder would give.</summary>
    High,
}

/// <summary>A number that is made of what one run recorded.</summary>
public sealed record FigureSpec
{
    /// <summary>What is taken.</summary>
    [Description("What is taken of it.")]
    public Take Take { get; init; } = Take.Mean;

    /// <summary>Measures, added up; a minus before a name takes it off. <c>hours</c> is all hours, <c>end.cause</c> the hours that serve an end. Or a kind of event.</summary>
    [Description("Measures, added up; a minus before a name takes it off. hours is all hours, end.cause the hours that serve an end. For events: their kind.")]
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>Measures, added up, that it is divided by.</summary>
    [Description("Measures, added up, that it is divided by.")]
    public IReadOnlyList<string> Per { get; init; } = [];

    /// <summary>What it is divided by is taken so many weeks earlier: those still there over those who joined then.</summary>
    [Quantity("What it is divided by is taken so many weeks earlier.", "weeks", 0, 5200)]
    public int PerEarlier { get; init; }

    /// <summary>Multiplied by this: 52 makes a rate a week a rate a year.</summary>
    [Description("Multiplied by this: 52 makes a rate per week one per year.")]
    public double Times { get; init; } = 1;

    /// <summary>First and last day that count.</summary>
    [Description("First day that counts; the scenario's start if left out.")]
    public DateOnly? From { get; init; }

    /// <summary>Last day that counts.</summary>
    [Description("Last day that counts; the scenario's end if left out.")]
    public DateOnly? To { get; init; }

    /// <summary>The day of <see cref="Take.At"/> and <see cref="Take.Alive"/>; in a profile, the day of the blows.</summary>
    [Description("The day, for at and alive; for a purpose profile, the day of the blows.")]
    public DateOnly? Day { get; init; }

    /// <summary>
    /// Kind of event whose first time begins the time that counts (or ends it, with negative weeks); a run without it has no figure. With what its note must contain after a full stop,
    /// such as <c>ended.dissolved</c>.
    /// </summary>
    [Description("Kind of event whose first time begins the time that counts (ends it, if weeks is negative); a run without it has no figure. Which ones, after a full stop: ended.dissolved.")]
    public string? After { get; init; }

    /// <summary>Kind of event whose first time ends the time that counts; a run without it has no figure.</summary>
    [Description("Kind of event whose first time ends the time that counts; a run without it has no figure.")]
    public string? Until { get; init; }

    /// <summary>True if the last time of those events is meant, not the first.</summary>
    [Description("True if the last time of the event named by after or until is meant, not the first.")]
    public bool Last { get; init; }

    /// <summary>Weeks of that time; to the end if left out. In a profile, weeks after the blows, <see cref="UsualWindow"/> if left out.</summary>
    [Quantity("Weeks after the event (before it, if negative); for a purpose profile, weeks after the blows.", "weeks", -5200, 5200)]
    public int? Weeks { get; init; }

    /// <summary>The measure that an elasticity is taken against.</summary>
    [Description("The measure that an elasticity is taken against.")]
    public string? Against { get; init; }

    /// <summary>Only events whose note contains one of these.</summary>
    [Description("Only events whose note contains one of these.")]
    public IReadOnlyList<string> Note { get; init; } = [];

    /// <summary>For <see cref="Take.ShareOfEvents"/>: events whose note contains this are the whole.</summary>
    [Description("For share-of-events: events whose note contains this are the whole.")]
    public string? Among { get; init; }

    /// <summary>Only events with at least this value.</summary>
    [Description("Only events with at least this value.")]
    public double? ValueAtLeast { get; init; }

    /// <summary>The lines of a profile; all if left out.</summary>
    [Description("The lines of a purpose profile; all if left out.")]
    public IReadOnlyList<ProfileLine> Lines { get; init; } = [];

    /// <summary>A profile is made from the first runs only, as it costs about ten times a run; all if left out.</summary>
    [Quantity("A purpose profile is made from so many runs only, the first ones.", "runs", ClaimVerdicts.FewestRuns, 1_000_000)]
    public int? Runs { get; init; }

    /// <summary>Which bound of the coding hours by end are counted with.</summary>
    [Description("Which bound of the coding hours by end are counted with.")]
    public CodingBound Coding { get; init; } = CodingBound.Usual;

    /// <summary>Weeks that are looked at after a blow, if nothing is said: two years, as in <c>posiwid purpose</c>.</summary>
    public const int UsualWindow = 104;

    /// <summary>The lines of a profile that are meant.</summary>
    internal IReadOnlyList<ProfileLine> LinesMeant => Lines.Count > 0 ? Lines : Enum.GetValues<ProfileLine>();
}
