using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Experiments;

/// <summary>A quantity that every run records every <see cref="EnsembleResult.SampleWeeks"/> weeks.</summary>
/// <param name="Id">Code, as in result files.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Unit">Unit in words.</param>
public sealed record Measure(string Id, string Label, string Unit)
{
    /// <summary>True for counts and flows, which are 0 where there is no organization; false for shares, indexes and ages.</summary>
    public bool IsAmount => Unit is "people" or "branches" or "cases" or "USD" || Unit.EndsWith("/week", StringComparison.Ordinal);
}

/// <summary>Something that happened in a run.</summary>
/// <param name="Week">Week, from 0.</param>
/// <param name="Kind">What: one of <see cref="EventKinds"/>.</param>
/// <param name="Organization">Short name of the organization.</param>
/// <param name="Unit">Branch number, 0 for the organization as a whole.</param>
/// <param name="Value">A number that goes with it (members, severity, votes for); its meaning depends on the kind.</param>
/// <param name="Note">A place or activity by name; never a person.</param>
public sealed record RunEvent(int Week, string Kind, string Organization, int Unit, double Value, string Note = "");

/// <summary>How a run ended for the flagship.</summary>
public enum Fate
{
    /// <summary>Still there on the last day.</summary>
    Alive,

    /// <summary>Its members voted to dissolve it.</summary>
    Dissolved,

    /// <summary>Too few were left.</summary>
    Dwindled,

    /// <summary>It could not pay its debts.</summary>
    Insolvent,

    /// <summary>It was broken up by force.</summary>
    BrokenUp,
}

/// <summary>What one run leaves behind: measures, events and its end. The whole book is written apart.</summary>
public sealed record RunResult
{
    /// <summary>Number of the run in its ensemble, from 0.</summary>
    public required int Run { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How it ended for the flagship.</summary>
    public required Fate Fate { get; init; }

    /// <summary>Week in which the flagship ended; null if it did not.</summary>
    public required int? EndedWeek { get; init; }

    /// <summary>Values by measure (order of <see cref="EnsembleResult.Measures"/>) and sample (order of <see cref="EnsembleResult.SampleWeeks"/>); NaN where a quantity does not exist.</summary>
    public required float[][] Values { get; init; }

    /// <summary>What happened, in order of time.</summary>
    public required IReadOnlyList<RunEvent> Events { get; init; }

    /// <summary>Hash of the state at the end: same inputs, same number on any machine and any number of threads.</summary>
    public required ulong StateHash { get; init; }

    /// <summary>What a run leaves behind where its world stands now.</summary>
    internal static RunResult Of(int run, ulong seed, Engine.World world, MeasureRecorder recorder) => new()
    {
        Run = run,
        Seed = seed,
        Fate = world.Flagship.Alive ? Fate.Alive : world.Flagship.Fate,
        EndedWeek = world.Flagship.Alive ? null : world.Flagship.EndedWeek,
        Values = recorder.Values,
        Events = world.Events,
        StateHash = world.Hash(),
    };
}

/// <summary>Many runs of one plan.</summary>
public sealed record EnsembleResult
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>SHA-256 of the scenario and of the data it read, in hexadecimal.</summary>
    public required string ScenarioHash { get; init; }

    /// <summary>First seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What was recorded.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Weeks in which it was recorded, from 0.</summary>
    public required IReadOnlyList<int> SampleWeeks { get; init; }

    /// <summary>The finished runs in order of their number; fewer than planned if the ensemble was interrupted.</summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>Runs planned.</summary>
    public required int Planned { get; init; }

    /// <summary>Things a reader must know: series that ended before the last week, and the like.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Parameters in force, by mechanism and name; those that <see cref="Posterior"/> names differ from run to run, and their defaults stand here.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>Fitted parameter sets of which each run drew one; null if all ran on defaults.</summary>
    public Posterior? Posterior { get; init; }
}

/// <summary>Kinds of <see cref="RunEvent"/>.</summary>
public static class EventKinds
{
    /// <summary>An organization was founded; value: members.</summary>
    public const string Founded = "founded";

    /// <summary>A branch opened; note: milieu.</summary>
    public const string BranchOpened = "branch_opened";

    /// <summary>A branch closed; note: milieu.</summary>
    public const string BranchClosed = "branch_closed";

    /// <summary>A branch moved; note: from and to.</summary>
    public const string BranchMoved = "branch_moved";

    /// <summary>A movement moment began; value: strength; note: name.</summary>
    public const string Moment = "moment";

    /// <summary>The yearly conference; value: attendance.</summary>
    public const string Conference = "conference";

    /// <summary>A struggle was won in which its members led; note: activity.</summary>
    public const string Led = "led";

    /// <summary>A commitment ended: it was dropped, it faded, or the struggle was decided; value: weeks it lasted; note: activity, and whether it was decided.</summary>
    public const string Dropped = "dropped";

    /// <summary>A member who holds union office acted otherwise than the organization says; value: officers in the branch.</summary>
    public const string UnionOffice = "union_office";

    /// <summary>A leader lost the seat; value: years held.</summary>
    public const string LeaderReplaced = "leader_replaced";

    /// <summary>A motion to open was carried; value: share for.</summary>
    public const string Opened = "opened";

    /// <summary>Openness was taken back; value: share for.</summary>
    public const string Closed = "closed";

    /// <summary>Hidden harm came out; value: severity 1..3.</summary>
    public const string Disclosed = "disclosed";

    /// <summary>A ballot on dissolution; value: share for.</summary>
    public const string Ballot = "ballot";

    /// <summary>A group left together; value: people.</summary>
    public const string Split = "split";

    /// <summary>The organization ended; note: how.</summary>
    public const string Ended = "ended";

    /// <summary>Those who had been scattered came together again; value: people.</summary>
    public const string Reformed = "reformed";

    /// <summary>Staff were laid off; value: people.</summary>
    public const string LaidOff = "laid_off";

    /// <summary>In an experiment, a branch was chosen to lose members or to be watched; value: members.</summary>
    public const string BranchChosen = "branch_chosen";

    /// <summary>In an experiment, the branch that is watched was visited; value: members.</summary>
    public const string BranchVisited = "branch_visited";
}
