using System.ComponentModel;
using System.Text.Json.Serialization;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Simulation.Scenarios;

/// <summary>
/// Everything that a run starts from, as its file states it. Plain data: nothing here computes.
/// Keys of the file are these names in kebab-case (<c>founding-plan</c> is <see cref="OrganizationSpec.FoundingPlan"/>).
/// </summary>
public sealed record Scenario
{
    /// <summary>Short name, as on the command line.</summary>
    [Description("Short name, as on the command line.")]
    public required string Name { get; init; }

    /// <summary>Title for people.</summary>
    [Description("Title for people.")]
    public required string Title { get; init; }

    /// <summary>What this scenario is, in a paragraph.</summary>
    [Description("What this scenario is, in a paragraph.")]
    public string About { get; init; } = "";

    /// <summary>First day of week 0; a Monday.</summary>
    [Description("First day of week 0; a Monday.")]
    public required DateOnly Start { get; init; }

    /// <summary>Last day that is simulated.</summary>
    [Description("Last day that is simulated.")]
    public required DateOnly End { get; init; }

    /// <summary>The organization that the run is about; the others are its rivals and parents.</summary>
    [Description("The organization that the run is about; the others are its rivals and parents.")]
    public required string Flagship { get; init; }

    /// <summary>Year whose dollars all money is in.</summary>
    [Quantity("Year whose dollars all money is in.", "year", 1900, 2100)]
    public int PriceYear { get; init; } = 2000;

    /// <summary>Months that return each year.</summary>
    [Description("Months that return each year.")]
    public CalendarSpec Calendar { get; init; } = new();

    /// <summary>The world outside: data series and movement moments.</summary>
    [Description("The world outside: data series and movement moments.")]
    public required ClimateSpec Climate { get; init; }

    /// <summary>Kinds of places that people are met in, by name.</summary>
    [Description("Kinds of places that people are met in, by name.")]
    public required IReadOnlyDictionary<string, MilieuSpec> Milieus { get; init; }

    /// <summary>Organizations by short name, in the order in which they act.</summary>
    [Description("Organizations by short name, in the order in which they act.")]
    public required IReadOnlyDictionary<string, OrganizationSpec> Organizations { get; init; }

    /// <summary>Changes to mechanisms: parameters by name, <c>dose</c> (1 as written, 0 off) and <c>off</c>.</summary>
    [Description("Changes to mechanisms: parameters by name, dose (1 as written, 0 off).")]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Mechanisms { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Other rules in the place of the usual ones: mechanism and variant, such as <c>learning: roth-erev</c>.</summary>
    [Description("Other rules in the place of the usual ones: mechanism and variant, such as learning: roth-erev.")]
    public IReadOnlyDictionary<string, string> Instead { get; init; } = new Dictionary<string, string>();

    /// <summary>What is known of parameters before a fit, by <c>mechanism.parameter</c>; a run does not read it.</summary>
    [Description("What is known of parameters before a fit, by mechanism.parameter; a run does not read it.")]
    public IReadOnlyDictionary<string, PriorSpec> Priors { get; init; } = new Dictionary<string, PriorSpec>();

    /// <summary>File of fitted parameter sets of which each run draws one; defaults if left out.</summary>
    [Description("File of fitted parameter sets of which each run draws one; defaults if left out.")]
    public string? Posterior { get; init; }

    /// <summary>What is set from outside from a date on.</summary>
    [Description("What is set from outside from a date on.")]
    public IReadOnlyList<OverrideSpec> Overrides { get; init; } = [];

    /// <summary>Published figures to draw over the runs; no rule reads them.</summary>
    [Description("Published figures to draw over the runs; no rule reads them.")]
    public OverlaySpec? Overlay { get; init; }
}

/// <summary>Months that return each year.</summary>
public sealed record CalendarSpec
{
    /// <summary>Month in which new students arrive.</summary>
    [Quantity("Month in which new students arrive.", "month 1..12", 1, 12)]
    public int AcademicYearStarts { get; init; } = 9;

    /// <summary>Month in which students graduate.</summary>
    [Quantity("Month in which students graduate.", "month 1..12", 1, 12)]
    public int Graduation { get; init; } = 6;

    /// <summary>Month of the yearly conference.</summary>
    [Quantity("Month of the yearly conference.", "month 1..12", 1, 12)]
    public int Conference { get; init; } = 7;

    /// <summary>Month of the yearly convention, which elects the leadership and votes.</summary>
    [Quantity("Month of the yearly convention, which elects the leadership and votes.", "month 1..12", 1, 12)]
    public int Convention { get; init; } = 2;
}

/// <summary>One yearly data series in a comma-separated file.</summary>
public sealed record SeriesSpec
{
    /// <summary>File, relative to the scenario's folder's parent (the project) or absolute.</summary>
    [Description("File, relative to the project folder.")]
    public required string File { get; init; }

    /// <summary>Column that holds the value.</summary>
    [Description("Column that holds the value.")]
    public required string Column { get; init; }

    /// <summary>Only rows in which a column has this value, written <c>column=value</c>.</summary>
    [Description("Only rows in which a column has this value, written column=value.")]
    public string? Where { get; init; }
}

/// <summary>The world outside. Years between two values are interpolated; after the last year the last value holds.</summary>
public sealed record ClimateSpec
{
    /// <summary>Major work stoppages beginning in a year.</summary>
    [Description("Major work stoppages beginning in a year.")]
    public required SeriesSpec Stoppages { get; init; }

    /// <summary>Unemployment rate in percent.</summary>
    [Description("Unemployment rate in percent.")]
    public required SeriesSpec Unemployment { get; init; }

    /// <summary>Students enrolled.</summary>
    [Description("Students enrolled.")]
    public required SeriesSpec Enrollment { get; init; }

    /// <summary>Union members in percent of employees.</summary>
    [Description("Union members in percent of employees.")]
    public required SeriesSpec UnionDensity { get; init; }

    /// <summary>File of dated movement moments with their sizes; empty for none.</summary>
    [Description("File of dated movement moments with their sizes; empty for none.")]
    public string Moments { get; init; } = "";
}

/// <summary>What kind of life a milieu is, as far as rules need to know.</summary>
public enum MilieuKind
{
    /// <summary>Students: they arrive and leave with the academic year.</summary>
    Campus,

    /// <summary>Wage workers at a workplace.</summary>
    Workplace,

    /// <summary>People of a neighborhood or town.</summary>
    Neighborhood,
}

/// <summary>A kind of place, with the people found there.</summary>
public sealed record MilieuSpec
{
    /// <summary>Campus, workplace or neighborhood.</summary>
    [Description("Campus, workplace or neighborhood.")]
    public required MilieuKind Kind { get; init; }

    /// <summary>How many such places there are.</summary>
    [Quantity("How many such places there are.", "places", 0, 1_000_000)]
    public required int Sites { get; init; }

    /// <summary>People per place who could be met and might join something, before the spread between places.</summary>
    [Quantity("People per place who could be met and might join something.", "people", 1, 4000)]
    public required double Pool { get; init; }

    /// <summary>People that one simulated person stands for.</summary>
    [Quantity("People that one simulated person stands for.", "people", 1, 1000)]
    public double Weight { get; init; } = 1;

    /// <summary>Mean years that a person stays in the place.</summary>
    [Quantity("Mean years that a person stays in the place.", "years", 0.1, 80)]
    public required double StayYears { get; init; }

    /// <summary>Mean unmet need of a newcomer.</summary>
    [Quantity("Mean unmet need of a newcomer.", "0..1", 0, 1)]
    public required double Need { get; init; }

    /// <summary>Mean political experience of a newcomer.</summary>
    [Quantity("Mean political experience of a newcomer.", "years", 0, 40)]
    public required double ExperienceYears { get; init; }

    /// <summary>Share of people who belong to a marginalized group.</summary>
    [Quantity("Share of people who belong to a marginalized group.", "share 0..1", 0, 1)]
    public required double MarginalizedShare { get; init; }

    /// <summary>Hours free for politics, relative to the organization's average member.</summary>
    [Quantity("Hours free for politics, relative to the average member.", "ratio", 0.05, 5)]
    public required double FreeHours { get; init; }

    /// <summary>How easily people there are met.</summary>
    [Quantity("How easily people there are met.", "ratio", 0, 5)]
    public double Ease { get; init; } = 1;

    /// <summary>Mean of status-seeking, 0..1.</summary>
    [Quantity("Mean of status-seeking.", "0..1", 0, 1)]
    public double StatusSeeking { get; init; } = 0.3;

    /// <summary>1 for the milieu of those who hold union office: nobody is met there, members at workplaces come to it by taking office.</summary>
    [Quantity("1 for the milieu of those who hold union office: members at workplaces come to it by taking office.", "0 or 1", 0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UnionOffice { get; init; }
}

/// <summary>One organization: what it says, what it starts with, how it governs itself.</summary>
public sealed record OrganizationSpec
{
    /// <summary>Name for people.</summary>
    [Description("Name for people.")]
    public required string Label { get; init; }

    /// <summary>Day of the founding; the scenario's start if left out.</summary>
    [Description("Day of the founding; the scenario's start if left out.")]
    public DateOnly? Founded { get; init; }

    /// <summary>Days on which it is broken up by force from outside; never if left out.</summary>
    [Description("Days on which it is broken up by force from outside; never if left out.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DateOnly>? BrokenUp { get; init; }

    /// <summary>Members at the founding (people, not agents).</summary>
    [Quantity("Members at the founding.", "people", 1, 1_000_000)]
    public required double Members { get; init; }

    /// <summary>Branches at the founding, by milieu.</summary>
    [Description("Branches at the founding, by milieu.")]
    public required IReadOnlyDictionary<string, double> Branches { get; init; }

    /// <summary>Seats in the leadership.</summary>
    [Quantity("Seats in the leadership.", "people", 1, 100)]
    public int Leaders { get; init; } = 5;

    /// <summary>Share of founders who are cadre.</summary>
    [Quantity("Share of founders who are cadre.", "share 0..1", 0, 1)]
    public double CadreShare { get; init; } = 0.25;

    /// <summary>Paid staff at the founding.</summary>
    [Quantity("Paid staff at the founding.", "people", 0, 1000)]
    public int Staff { get; init; }

    /// <summary>Money at the founding.</summary>
    [Quantity("Money at the founding.", "USD", -1e7, 1e8)]
    public double ReservesUsd { get; init; }

    /// <summary>What it says it is for: weight by end, largest first.</summary>
    [Description("What it says it is for: weight by end.")]
    public required IReadOnlyDictionary<string, double> StatedAims { get; init; }

    /// <summary>Where the statement stands.</summary>
    [Description("Where the statement of aims stands.")]
    public string StatedIn { get; init; } = "";

    /// <summary>Share of hours by activity at the start.</summary>
    [Description("Share of hours by activity at the start.")]
    public required IReadOnlyDictionary<string, double> FoundingPlan { get; init; }

    /// <summary>What the center praises at the start: weight by indicator.</summary>
    [Description("What the center praises at the start: weight by indicator (recruits, money, struggle, hope, education, needs).")]
    public required IReadOnlyDictionary<string, double> Praise { get; init; }

    /// <summary>How it governs itself.</summary>
    [Description("How it governs itself.")]
    public PolicySpec Policy { get; init; } = new();

    /// <summary>Milieus in which it can found branches; all if left out.</summary>
    [Description("Milieus in which it can found branches; all if left out.")]
    public IReadOnlyList<string>? Milieus { get; init; }
}

/// <summary>How an organization governs itself. Every number can be set from outside from a date on.</summary>
public sealed record PolicySpec
{
    /// <summary>How freely members may criticize, 0..1.</summary>
    [Quantity("How freely members may criticize.", "0..1", 0, 1)]
    public double Openness { get; init; } = 0.5;

    /// <summary>Share of reported harm that is dealt with rather than hidden, on top of what openness brings.</summary>
    [Quantity("Share of reported harm that is dealt with rather than hidden, on top of what openness brings.", "share 0..1", 0, 1)]
    public double HarmHandled { get; init; }

    /// <summary>Hours a week that a member of average vigor is expected to give.</summary>
    [Quantity("Hours a week that a member of average vigor is expected to give.", "hours/week", 0, 80)]
    public double HoursAsked { get; init; } = 5;

    /// <summary>Dues of a member.</summary>
    [Quantity("Dues of a member.", "USD/week", 0, 1000)]
    public double DuesUsdPerWeek { get; init; } = 5;

    /// <summary>Dues of cadre.</summary>
    [Quantity("Dues of cadre.", "USD/week", 0, 1000)]
    public double CadreDuesUsdPerWeek { get; init; } = 12;

    /// <summary>Wage of one paid organizer.</summary>
    [Quantity("Wage of one paid organizer.", "USD/week", 0, 10_000)]
    public double WageUsdPerWeek { get; init; } = 480;

    /// <summary>1 if it may pay staff, 0 if not.</summary>
    [Quantity("1 if it may pay staff, 0 if not.", "0 or 1", 0, 1)]
    public double Payroll { get; init; } = 1;

    /// <summary>1 if the center counts growth and visits branches that fall behind, 0 if not.</summary>
    [Quantity("1 if the center counts growth and visits branches that fall behind, 0 if not.", "0..1", 0, 1)]
    public double Monitoring { get; init; } = 1;

    /// <summary>1 if the leadership proposes its own successors as a slate, 0 if seats are contested one by one.</summary>
    [Quantity("1 if the leadership proposes its own successors as a slate, 0 if seats are contested.", "0..1", 0, 1)]
    public double Slate { get; init; } = 1;

    /// <summary>How far talk between branches needs leave from above, 0..1.</summary>
    [Quantity("How far talk between branches needs leave from above.", "0..1", 0, 1)]
    public double TalkNeedsLeave { get; init; } = 0.5;

    /// <summary>1 if it holds a yearly conference, 0 if not.</summary>
    [Quantity("1 if it holds a yearly conference, 0 if not.", "0 or 1", 0, 1)]
    public double Conference { get; init; } = 1;

    /// <summary>How easily somebody who was not asked can join (a web form is 1), 0..1.</summary>
    [Quantity("How easily somebody who was not asked can join.", "0..1", 0, 1)]
    public double OpenDoor { get; init; } = 0.2;

    /// <summary>How much it appears in the press and on ballots, relative to its size, 0..1.</summary>
    [Quantity("How much it appears in the press and on ballots.", "0..1", 0, 1)]
    public double PublicPresence { get; init; } = 0.1;
}

/// <summary>What is known of a parameter before a fit.</summary>
public sealed record PriorSpec
{
    /// <summary>Uniform, log-uniform, normal or log-normal.</summary>
    [Description("uniform or log-uniform between the ends, or normal or log-normal with the middle 90% between them.")]
    public required PriorShape Shape { get; init; }

    /// <summary>Lower end, or the 5% quantile of a normal shape, in the parameter's unit.</summary>
    [Description("Lower end, or the 5% quantile of a normal shape, in the parameter's unit.")]
    public required double From { get; init; }

    /// <summary>Upper end, or the 95% quantile of a normal shape.</summary>
    [Description("Upper end, or the 95% quantile of a normal shape.")]
    public required double To { get; init; }

    /// <summary>Key of the source, or <c>assumed</c>.</summary>
    [Description("Key of the source, or assumed.")]
    public required string Source { get; init; }
}

/// <summary>Something set from outside from a date on.</summary>
public sealed record OverrideSpec
{
    /// <summary>What is set: a policy of the flagship (<c>openness</c>), of another (<c>dsa.openness</c>) or a parameter (<c>hope.decay-per-week</c>).</summary>
    [Description("What is set: a policy (openness), another organization's (dsa.openness) or a parameter (hope.decay-per-week).")]
    public required string Set { get; init; }

    /// <summary>The value.</summary>
    [Description("The value.")]
    public required double To { get; init; }

    /// <summary>From this day on.</summary>
    [Description("From this day on.")]
    public required DateOnly From { get; init; }
}

/// <summary>Published figures to draw over the runs; no rule reads them.</summary>
public sealed record OverlaySpec
{
    /// <summary>Membership counts with dates.</summary>
    [Description("File of membership counts with dates.")]
    public string? Membership { get; init; }

    /// <summary>Dated facts.</summary>
    [Description("File of dated facts.")]
    public string? Facts { get; init; }

    /// <summary>The flagship's code in those files.</summary>
    [Description("The flagship's code in those files.")]
    public string? Organization { get; init; }

    /// <summary>Codes of other organizations in those files, by their names here.</summary>
    [Description("Codes of other organizations in those files, by their names here.")]
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();
}
