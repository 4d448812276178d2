using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary>A scenario with everything that comes with it, ready to run.</summary>
internal sealed class Model
{
    private static readonly Lazy<IReadOnlyList<MechanismInfo>> All = new(() =>
        [.. typeof(Scenario).Assembly.GetTypes().Where(t => t.GetCustomAttribute<MechanismAttribute>() is { Variant: "" }).Select(MechanismInfo.Of).OrderBy(m => m.Id, StringComparer.Ordinal)]);

    /// <summary>Paired runs of each model around one: it is the models that differ, so more of them tell more than more runs of each.</summary>
    private const int PairsOfEachModel = 10;

    private readonly RunPlan plan;
    private readonly Lazy<IReadOnlyList<Function>> functions;
    private readonly Lazy<IReadOnlyList<AttributeEnd>> attributes;

    private Model(Scenario scenario, DataFiles files, Coding coding)
    {
        Scenario = scenario;
        plan = new()
        {
            Setting = Setting.Of(scenario, files),
            ScenarioHash = ScenarioHash.Of(scenario, files),
            Posterior = Posterior.Of(scenario, files),
        };
        Overlay = Overlay.Load(scenario, files);
        Ends = coding.Ends(files);
        functions = new(() => coding.Functions(Ends, files));
        attributes = new(() => coding.Attributes(Ends, files));
    }

    /// <summary>The mechanisms that exist.</summary>
    public static IReadOnlyList<MechanismInfo> Mechanisms => All.Value;

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>What a reader must know of the data.</summary>
    public IReadOnlyList<string> Notes => plan.Notes;

    /// <summary>True if runs draw their parameters from a fit.</summary>
    public bool IsFitted => plan.Posterior is not null;

    /// <summary>The ends, and which activity serves which.</summary>
    public Ends Ends { get; }

    /// <summary>Hash of the ends, of what serves them and of what stands for them.</summary>
    public string CodingHash
    {
        get
        {
            var rows = Ends.All.Select(e => e.ToString()).Concat(Ends.Kinds.Order(StringComparer.Ordinal).SelectMany(k => Ends.Of(k)).Select(c => c.ToString()))
                .Concat(functions.Value.Select(f => $"{f} {string.Join(' ', [.. f.Mechanisms, .. f.Activities, .. f.Policies.Select(p => p.ToString())])}")).Concat(attributes.Value.Select(a => a.ToString()));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
        }
    }

    /// <summary>Published figures.</summary>
    public Overlay Overlay { get; }

    /// <summary>The calendar years in which runs are looked at.</summary>
    public IEnumerable<int> Years => MeasureRecorder.SampleWeeks(plan.Setting).Select(w => plan.Setting.Calendar.Date(w).Year).Distinct();

    /// <summary>Reads a scenario file and the data beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="set">Settings to hold, as <c>--set</c> takes them.</param>
    /// <param name="without">Mechanisms to switch off.</param>
    /// <param name="coding">Where ends and coding come from; from beside the scenario if left out.</param>
    /// <param name="parameters">What <see cref="ParametersOption"/> was given.</param>
    /// <param name="dose">Doses of mechanisms, as <c>--dose</c> takes them.</param>
    public static Model Read(string path, IReadOnlyList<string> set, IReadOnlyList<string> without, Coding? coding = null, string? parameters = null, IReadOnlyList<string>? dose = null)
    {
        var scenario = ScenarioFile.Read(path, Mechanisms);
        if (parameters == ParametersOption.Default)
            scenario = scenario with { Posterior = null };
        var own = scenario.Overrides.Count;
        foreach (var change in set)
            scenario = ScenarioChanges.Set(scenario, Mechanisms, change);
        foreach (var change in dose ?? [])
            scenario = ScenarioChanges.Dose(scenario, Mechanisms, change);
        foreach (var mechanism in without)
            scenario = ScenarioChanges.Without(scenario, Mechanisms, mechanism);
        var given = scenario.Overrides.Skip(own).Select(o => (o.Set, o.From)).Concat(without.Select(w => (Set: $"{w}.{MechanismInfo.Dose}", From: scenario.Start)));
        if (given.GroupBy(g => g).FirstOrDefault(g => g.Count() > 1)?.Key is var (twice, from))
            throw new WrongInputException($"{twice} is set twice from {from:yyyy-MM-dd} on; set it once.");
        try
        {
            return new(scenario, new DataFiles(path), coding ?? new(null));
        }
        catch (FormatException e)
        {
            throw new WrongInputException(e.Message, e);
        }
    }

    /// <summary>Runs it many times; ends early with what is finished if interrupted.</summary>
    public EnsembleResult Simulate(int runs, ulong seed, int threads, IProgress<int> progress, CancellationToken interrupted) =>
        Ensemble.Run(plan with { Runs = runs, Seed = seed }, threads, progress, interrupted);

    /// <summary>The plan of runs with fitted parameters.</summary>
    public RunPlan With(Posterior? posterior) => plan with { Posterior = posterior };

    /// <summary>The experiments behind a purpose profile.</summary>
    /// <param name="runs">Runs, and pairs in every comparison.</param>
    /// <param name="seed">Seed of the first run.</param>
    /// <param name="full">True to try every combination of the core functions, and a third date.</param>
    public PurposePlan PurposePlan(int runs, ulong seed, bool full)
    {
        var experiments = new PurposePlan
        {
            Run = plan with { Runs = runs, Seed = seed },
            Ends = Ends,
            Functions = functions.Value,
            Dates = Simulation.Experiments.PurposePlan.UsualDates(plan.Setting, full ? 3 : 2),
            EveryCombination = full,
            ChannelPlayers = full ? 6 : 4,
        };
        if (plan.Setting.Weeks < experiments.FewestWeeks)
            throw new WrongInputException($"A profile needs a scenario of at least {experiments.FewestWeeks} weeks, as many as are looked at after a blow; {Scenario.Name} has {plan.Setting.Weeks} ({Scenario.Start:yyyy-MM-dd} to {Scenario.End:yyyy-MM-dd}).");
        _ = attributes.Value;
        try
        {
            PurposeExperiment.Check(experiments);
        }
        catch (FormatException e)
        {
            throw new WrongInputException($"The coding of ends and functions does not fit the scenario: {e.Message.TrimEnd('.')}.", e);
        }

        return experiments;
    }

    /// <summary>
    /// The same experiments, no more than verdicts hang on, with models whose parameters lie within a fifth of this one's. Each has luck of its own, so that
    /// the mean over models is one over many runs.
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="draws">How many models.</param>
    public static IReadOnlyList<PurposePlan> Around(PurposePlan experiment, int draws)
    {
        var (run, pairs) = (experiment.Run, Math.Min(experiment.Run.Runs, PairsOfEachModel));
        return [.. ParameterDraws.Around(run.Setting, Mechanisms, run.Changes, draws, seed: run.Seed, except: run.Posterior?.Names)
            .Select((changes, m) => experiment with
            {
                Run = run with { Changes = changes, Runs = pairs, Seed = run.Seed + (ulong)(run.Runs + (m * pairs)) },
                Dates = Simulation.Experiments.PurposePlan.UsualDates(run.Setting),
                OnlyWhatVotes = true,
                EveryCombination = false,
            })];
    }

    /// <summary>What the experiments say of purpose.</summary>
    public PurposeAnalysis Analyze(PurposePlan experiment, PurposeTrials trials) => new(PurposeExperiment.Data(experiment, trials, attributes.Value));

    /// <summary>Runs one of the runs again and writes down all of it.</summary>
    public Records.Book Book(ulong seed, int run) => RunBook.Write(plan with { Seed = seed }, run, Ends);
}
