using Posiwid.Purpose.Lines;

namespace Posiwid.Purpose;

/// <summary>Everything that a profile can be read from, as plain data; what is missing stays empty, and the profile says what it would have told.</summary>
public sealed record PurposeData
{
    /// <summary>The ends, and which activity serves which.</summary>
    public required Ends Ends { get; init; }

    /// <summary>What the data come from.</summary>
    public required EvidenceSource Source { get; init; }

    /// <summary>Weight of each stated aim by end; aims that are only ranked have null.</summary>
    public IReadOnlyList<StatedAim> Said { get; init; } = [];

    /// <summary>Where it is said.</summary>
    public string SaidIn { get; init; } = "";

    /// <summary>Hours by kind of activity: one list for records, one a run for a model.</summary>
    public IReadOnlyList<IReadOnlyList<KeyValuePair<string, double>>> Hours { get; init; } = [];

    /// <summary>Hours by week and kind, where an interval over weeks is asked for; empty for a model, which has runs.</summary>
    public IReadOnlyList<WeekHours> HoursByWeek { get; init; } = [];

    /// <summary>Recorded hours as a share of all hours, 0..1; null if nobody has said.</summary>
    public double? HoursCoverage { get; init; }

    /// <summary>True if no hours are on record and every activity counts as one in their place.</summary>
    public bool HoursAreCounts { get; init; }

    /// <summary>The kinds of activity on record, and for which end each coder took them; empty for a model.</summary>
    public IReadOnlyList<CodedKind> CodedKinds { get; init; } = [];

    /// <summary>What effort is counted in: hours, or activities where no hours are on record.</summary>
    public string EffortIn => HoursAreCounts ? "activities" : "hours";

    /// <summary>Why no decision can be used although some are on record; null if that is not so.</summary>
    public string? WhyNoDecisions { get; init; }

    /// <summary>Money out by kind of payment, in minor units.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> MoneyOut { get; init; } = [];

    /// <summary>What of <see cref="MoneyOut"/> was recorded with the end that it is for; the coding of its kind tells of the rest.</summary>
    public IReadOnlyList<(string Kind, string End, double Amount)> MoneyByEnd { get; init; } = [];

    /// <summary>Money in by kind of payment: who must be kept content. It is no end.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> MoneyIn { get; init; } = [];

    /// <summary>Disturbances and what came of them, on paired arms.</summary>
    public IReadOnlyList<DefenseTrial> Defense { get; init; } = [];

    /// <summary>By which decisions ends that are defended are defended.</summary>
    public IReadOnlyList<ChannelTrial> Channels { get; init; } = [];

    /// <summary>The ends in ordinary times, with decisions live and frozen.</summary>
    public IReadOnlyList<StabilityTrial> Stability { get; init; } = [];

    /// <summary>What could be taken away.</summary>
    public IReadOnlyList<Function> Functions { get; init; } = [];

    /// <summary>Lives over paired seeds, the undisturbed ones first.</summary>
    public IReadOnlyList<LifeTrial> Lives { get; init; } = [];

    /// <summary>How the undisturbed runs ended, with their number; "alive" for those that did not.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Fates { get; init; } = [];

    /// <summary>Weeks up to which lives are counted.</summary>
    public int Horizon { get; init; }

    /// <summary>Lives by combination of the core functions (bit f set: function f is there) and seed; null if they were not tried.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Combinations { get; init; }

    /// <summary>Decisions with what else could have been decided.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Which end an attribute of alternatives stands for.</summary>
    public IReadOnlyList<AttributeEnd> AttributeEnds { get; init; } = [];

    /// <summary>Who came, stayed, led, spoke up and left; null if it is not recorded.</summary>
    public PeopleRecords? People { get; init; }

    /// <summary>Blows from outside that are on record, by end.</summary>
    public IReadOnlyList<RecordedBlows> Shocks { get; init; } = [];
}

/// <summary>Hours of one kind of activity in a week.</summary>
/// <param name="Week">Weeks from the start of the records.</param>
/// <param name="Kind">Code of the activity.</param>
/// <param name="Hours">Hours.</param>
public sealed record WeekHours(int Week, string Kind, double Hours);

/// <summary>What was recorded of an end that was hit from outside.</summary>
/// <param name="End">Code of the end.</param>
/// <param name="Weeks">When it was measured, in weeks from the start of the records; empty if nobody did.</param>
/// <param name="Values">What was measured.</param>
/// <param name="Blows">What hit it.</param>
public sealed record RecordedBlows(string End, IReadOnlyList<double> Weeks, IReadOnlyList<double> Values, IReadOnlyList<RecordedBlow> Blows);

/// <summary>A blow that is on record.</summary>
/// <param name="Week">When, in weeks from the start of the records.</param>
/// <param name="Size">Its size, in the unit in which it is recorded; no number if it is not.</param>
/// <param name="External">True if it came from outside.</param>
/// <param name="Anticipated">True if it was expected.</param>
public sealed record RecordedBlow(double Week, double Size, bool External, bool Anticipated);

/// <summary>An aim that is stated.</summary>
/// <param name="End">Code of the end.</param>
/// <param name="Rank">Rank, 1 first.</param>
/// <param name="Weight">Weight; null if only the rank is stated.</param>
public sealed record StatedAim(string End, int Rank, double? Weight);
