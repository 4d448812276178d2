namespace Posiwid.Purpose;

/// <summary>
/// One disturbance and what came of it in paired arms: the same seed in every arm, so the same luck. Values are the measure of the end by
/// seed and sample after the disturbance; a seed is null where the organization was not alive in every arm over the whole window.
/// </summary>
/// <param name="End">Code of the end whose measure this is.</param>
/// <param name="Dose">Size of the disturbance relative to the usual one; below 0 it harms the end, above 0 it favors it.</param>
/// <param name="Week">Week in which it began.</param>
/// <param name="Lasts">True for a push that lasts; false for a single blow.</param>
public sealed record DefenseTrial(string End, double Dose, int Week, bool Lasts)
{
    /// <summary>The channel that alone is replayed in <see cref="Replayed"/>; null for all of them.</summary>
    public string? Channel { get; init; }

    /// <summary>Weeks between two samples.</summary>
    public required int WeeksBetween { get; init; }

    /// <summary>Without the disturbance.</summary>
    public required IReadOnlyList<double[]?> Undisturbed { get; init; }

    /// <summary>Disturbed, the organization deciding by itself.</summary>
    public required IReadOnlyList<double[]?> Live { get; init; }

    /// <summary>Disturbed, the organization deciding what it decided without the disturbance.</summary>
    public required IReadOnlyList<double[]?> Replayed { get; init; }

    /// <summary>Disturbed, the organization deciding by itself with the sensor of this end blinded; null if there is no such sensor.</summary>
    public IReadOnlyList<double[]?>? Blinded { get; init; }

    /// <summary>Decisions of a pair, on average, that could not be replayed as they were taken: of branches that the replayed arm does not have. Null where it was not counted.</summary>
    public double? Clipped { get; init; }

    /// <summary>Seeds in which the organization was alive at the start; those that died in the window under the disturbance, and without it.</summary>
    public (int Alive, int DiedDisturbed, int DiedUndisturbed) Deaths { get; init; }
}

/// <summary>
/// The blow of a <see cref="DefenseTrial"/> with some channels of decisions live and the others replayed, for every combination of a few channels: a game
/// of which the share that is made good is the worth.
/// </summary>
/// <param name="End">Code of the end.</param>
/// <param name="Week">Week of the blow.</param>
/// <param name="Channels">The channels, at most six; one may stand for all the others together.</param>
/// <param name="Areas">By combination (bit c set: channel c decides live), then by seed: the difference to the undisturbed arm, summed over the window; null where there is no pair.</param>
public sealed record ChannelTrial(string End, int Week, IReadOnlyList<string> Channels, IReadOnlyList<IReadOnlyList<double?>> Areas);

/// <summary>The measure of an end in ordinary times, with the same luck: the organization deciding as it does, and deciding nothing new.</summary>
/// <param name="End">Code of the end.</param>
/// <param name="Week">Week in which the window began.</param>
/// <param name="Live">By seed and sample; a seed is null where the organization was not alive in both.</param>
/// <param name="Frozen">The same with its decisions frozen at what they were when the window began.</param>
public sealed record StabilityTrial(string End, int Week, IReadOnlyList<double[]?> Live, IReadOnlyList<double[]?> Frozen)
{
    /// <summary>What was decided, by seed and period: a number that is the same where the same was; null if it is not on record.</summary>
    public IReadOnlyList<int[]?>? Actions { get; init; }
}

/// <summary>Lives with something taken away, over paired seeds.</summary>
/// <param name="Without">What was taken away; empty for nothing.</param>
/// <param name="Freed">What became of the hours: idle, pro rata or by policy.</param>
/// <param name="Weeks">Weeks of life by seed, the horizon where it was alive to the end.</param>
public sealed record LifeTrial(IReadOnlyList<string> Without, string Freed, IReadOnlyList<int> Weeks)
{
    /// <summary>How much was taken away, 0..1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The same by a second rule of death, by which an organization also counts as dead once it is no more than a remnant; null if nobody looked.</summary>
    public IReadOnlyList<int>? AsMoreThanARemnant { get; init; }
}

/// <summary>One decision with what else could have been decided.</summary>
/// <param name="Kind">Kind of decision.</param>
/// <param name="Cluster">Who decided: decisions of one cluster are not independent.</param>
/// <param name="MenuComplete">True if every alternative is here.</param>
/// <param name="Chosen">Position of the alternative that was chosen.</param>
/// <param name="Attributes">What was known beforehand, by alternative: code and value.</param>
public sealed record Decision(string Kind, int Cluster, bool MenuComplete, int Chosen, IReadOnlyList<IReadOnlyList<(string Code, double Value)>> Attributes)
{
    /// <summary>Code of the attribute that is 1 for the alternative that leaves all as it is.</summary>
    public const string StatusQuo = "status_quo";

    /// <summary>When it was decided, in weeks from the first record.</summary>
    public double Week { get; init; }
}
