using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Simulation.Experiments;

/// <summary>What is to be run.</summary>
public sealed record RunPlan
{
    /// <summary>The scenario, ready to run.</summary>
    public required Setting Setting { get; init; }

    /// <summary>Hash of the scenario and its data.</summary>
    public string ScenarioHash { get; init; } = "";

    /// <summary>Number of runs.</summary>
    public int Runs { get; init; } = 200;

    /// <summary>Seed of the first run; the next runs take the numbers that follow.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What is changed in the rules.</summary>
    public Changes Changes { get; init; } = new();

    /// <summary>Fitted parameter sets of which each run draws one; null to run on defaults.</summary>
    public Posterior? Posterior { get; init; }

    /// <summary>What a reader of results must know of the data and the parameters.</summary>
    public IReadOnlyList<string> Notes => Posterior is null ? Setting.Notes : [.. Setting.Notes, Posterior.Note];

    /// <summary>The setting of a run: with the parameters that it draws, if there is something to draw from.</summary>
    /// <param name="run">Number of the run, from 0.</param>
    public Setting SettingOf(int run) => Posterior?.Of(Setting, Seed + (ulong)run) ?? Setting;

    /// <summary>Parameters of each run, laid over those of <see cref="Changes"/>: run i takes the draw i, from the first again after the last. None: all runs have the same.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> Draws { get; init; } = [];

    /// <summary>Weeks that are simulated, at most; all of the scenario's if left out. What is not simulated is recorded as not known.</summary>
    public int? Weeks { get; init; }

    /// <summary>What is changed in a run.</summary>
    /// <param name="run">Number of the run, from 0.</param>
    public Changes Of(int run) => Draws.Count == 0 ? Changes : Changes with { Mechanisms = Lay(Draws[run % Draws.Count], Changes.Mechanisms) };

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Lay(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> drawn, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> changed)
    {
        var all = drawn.ToDictionary();
        foreach (var (mechanism, values) in changed)
        {
            var own = all.GetValueOrDefault(mechanism)?.ToDictionary() ?? [];
            foreach (var (name, value) in values)
                own[name] = value;
            all[mechanism] = own;
        }

        return all;
    }
}

/// <summary>Many runs of one plan.</summary>
public static class Ensemble
{
    /// <summary>Runs a plan. Runs are shared among threads; each run uses one, and its result does not depend on which.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <param name="progress">Told the number of finished runs.</param>
    /// <param name="cancellation">Stops after the runs under way are dropped; what was finished is kept.</param>
    public static EnsembleResult Run(RunPlan plan, int threads, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var results = new RunResult?[plan.Runs];
        var next = -1;
        var done = 0;
        void Work()
        {
            for (var run = Interlocked.Increment(ref next); run < plan.Runs && !cancellation.IsCancellationRequested; run = Interlocked.Increment(ref next))
            {
                if (One(plan, run, cancellation: cancellation) is not { } result)
                    return;
                results[run] = result;
                progress?.Report(Interlocked.Increment(ref done));
            }
        }

        var others = Enumerable.Range(1, Math.Max(0, Math.Min(threads, plan.Runs) - 1)).Select(_ => Task.Run(Work, CancellationToken.None)).ToArray();
        Work();
        Task.WaitAll(others, CancellationToken.None);
        using var probe = new Engine.Simulation(plan.Setting, plan.Seed, plan.Changes);
        return new EnsembleResult
        {
            Scenario = plan.Setting.Scenario,
            ScenarioHash = plan.ScenarioHash,
            Seed = plan.Seed,
            Measures = MeasureCatalog.Of(plan.Setting.Scenario),
            SampleWeeks = MeasureRecorder.SampleWeeks(plan.Setting),
            Runs = [.. results.OfType<RunResult>()],
            Planned = plan.Runs,
            Notes = plan.Notes,
            Parameters = Parameters.InForce(probe.Mechanisms),
            Posterior = plan.Posterior,
        };
    }

    /// <summary>One run of a plan; null if it was cancelled.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="run">Number of the run, from 0.</param>
    /// <param name="intents">Where decisions are recorded or taken from.</param>
    /// <param name="observer">Told of what happens to persons.</param>
    /// <param name="threads">Threads within the run.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static RunResult? One(RunPlan plan, int run, Intents? intents = null, IRunObserver? observer = null, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var seed = plan.Seed + (ulong)run;
        using var simulation = new Engine.Simulation(plan.SettingOf(run), seed, plan.Of(run), threads, intents, observer);
        var recorder = new MeasureRecorder(plan.Setting);
        var world = simulation.World;
        var weeks = Math.Min(plan.Setting.Weeks, plan.Weeks ?? int.MaxValue);
        while (world.Week < weeks)
        {
            if (cancellation.IsCancellationRequested)
                return null;
            simulation.Step();
            recorder.Sample(world);
            if (simulation.Over)
                break;
        }

        return RunResult.Of(run, seed, world, recorder);
    }
}
