using Posiwid.Purpose;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>What the experiments behind a profile are to be.</summary>
public sealed record PurposePlan
{
    /// <summary>The scenario and its first seed; the number of runs is the number of pairs in every comparison.</summary>
    public required RunPlan Run { get; init; }

    /// <summary>The ends, and which activity serves which.</summary>
    public required Ends Ends { get; init; }

    /// <summary>What can be taken away.</summary>
    public required IReadOnlyList<Function> Functions { get; init; }

    /// <summary>Weeks in which disturbances begin; each is a whole number of samples.</summary>
    public required IReadOnlyList<int> Dates { get; init; }

    /// <summary>Samples after a disturbance: two years.</summary>
    public int Samples { get; init; } = 26;

    /// <summary>Fewest weeks of a scenario of which a profile can be made: as many as are looked at after a disturbance.</summary>
    public int FewestWeeks => Samples * MeasureCatalog.WeeksBetween;

    /// <summary>Doses of the dose curve beside 1, on the first date.</summary>
    public IReadOnlyList<double> Doses { get; init; } = [0.25, 0.5, 2];

    /// <summary>Players of the game of channels, the rest of the channels as one of them among these: 2 to 6. Its arms double with each.</summary>
    public int ChannelPlayers { get; init; } = 4;

    /// <summary>True to try only what a verdict hangs on: the blow that harms at each date, and the loss of all that serves an end.</summary>
    public bool OnlyWhatVotes { get; init; }

    /// <summary>True to try every combination of the core functions, instead of single ones and pairs.</summary>
    public bool EveryCombination { get; init; }

    /// <summary>Dates at a quarter and a half of a scenario's weeks, and at three quarters too if so wished.</summary>
    public static IReadOnlyList<int> UsualDates(Setting setting, int count = 2)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return [.. Enumerable.Range(1, count).Select(i => setting.Weeks * i / 4 / MeasureCatalog.WeeksBetween * MeasureCatalog.WeeksBetween)];
    }
}

/// <summary>What the experiments found, as plain data.</summary>
public sealed record PurposeTrials
{
    /// <summary>The undisturbed runs.</summary>
    public required EnsembleResult Undisturbed { get; init; }

    /// <summary>Disturbances and what came of them.</summary>
    public required IReadOnlyList<DefenseTrial> Defense { get; init; }

    /// <summary>By which decisions the ends that are defended are defended.</summary>
    public required IReadOnlyList<ChannelTrial> Channels { get; init; }

    /// <summary>The ends in ordinary times, with decisions live and frozen.</summary>
    public required IReadOnlyList<StabilityTrial> Stability { get; init; }

    /// <summary>Lives without functions; the first is the undisturbed one.</summary>
    public required IReadOnlyList<LifeTrial> Lives { get; init; }

    /// <summary>Lives by combination of the core functions (bit f set: function f is there) and seed; null unless every combination was tried.</summary>
    public int[][]? Combinations { get; init; }

    /// <summary>Decisions of the undisturbed runs.</summary>
    public required IReadOnlyList<Decision> Decisions { get; init; }

    /// <summary>Money out and money in of the undisturbed runs, in cents by kind of payment.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> MoneyOut { get; init; }

    /// <summary>Money in; see <see cref="MoneyOut"/>.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> MoneyIn { get; init; }

    /// <summary>The last week: whoever lives longer is counted as living to it.</summary>
    public required int Horizon { get; init; }
}
