using System.Text.Json;
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

    /// <summary>Doses of the dose curve beside 1, on the first date.</summary>
    public IReadOnlyList<double> Doses { get; init; } = [0.25, 0.5, 2];

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

/// <summary>The paired experiments that a purpose profile needs. Runs are shared among threads; the result does not depend on which did what.</summary>
public static class PurposeExperiment
{
    /// <summary>The trials as data for the instrument: nothing of the simulator is left in them.</summary>
    /// <param name="plan">The plan that they were made by.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="attributes">Which end an attribute of alternatives stands for.</param>
    public static PurposeData Data(PurposePlan plan, PurposeTrials trials, IReadOnlyList<AttributeEnd> attributes)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(trials);
        var organization = plan.Run.Setting.Organizations[plan.Run.Setting.Flagship];
        var measures = trials.Undisturbed.Measures;
        int[] hours = [.. MeasureCatalog.Kinds.Select(k => measures.Select((m, i) => (m.Id, i)).Single(m => m.Id == $"hours.{k}").i)];
        return new PurposeData
        {
            Ends = plan.Ends,
            Source = EvidenceSource.Model,
            Said = [.. organization.StatedAims.OrderByDescending(a => a.Value).Select(a => new StatedAim(a.Key, 1 + organization.StatedAims.Values.Count(w => w > a.Value), a.Value))],
            SaidIn = organization.StatedIn,
            Hours = [.. trials.Undisturbed.Runs.Select(r => MeasureCatalog.Kinds.Select((k, i) => KeyValuePair.Create(k,
                r.Values[hours[i]].Where(float.IsFinite).Sum(h => (double)h) * MeasureCatalog.WeeksBetween)).ToArray())],
            MoneyOut = trials.MoneyOut,
            MoneyIn = trials.MoneyIn,
            Defense = trials.Defense,
            Stability = trials.Stability,
            Functions = plan.Functions,
            Lives = trials.Lives,
            Fates = [.. trials.Undisturbed.Runs.GroupBy(r => r.Fate).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => KeyValuePair.Create(JsonNamingPolicy.SnakeCaseLower.ConvertName(g.Key.ToString()), g.Count()))],
            Horizon = trials.Horizon,
            Combinations = trials.Combinations,
            Decisions = trials.Decisions,
            AttributeEnds = attributes,
        };
    }

    /// <summary>Name of <see cref="FreedHours"/> in results.</summary>
    public static string NameOf(FreedHours freed) => JsonNamingPolicy.SnakeCaseLower.ConvertName(freed.ToString());

    /// <summary>Makes sure that a plan's ends and functions name only what there is, before anything is run.</summary>
    /// <exception cref="FormatException">They name something else; the message says which.</exception>
    public static void Check(PurposePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var measures = MeasureCatalog.Of(plan.Run.Setting.Scenario);
        foreach (var end in plan.Ends.All.Where(e => e.Disturbance is not null))
        {
            _ = new EndMeasure(end, measures);
            _ = SensorOf(end);
            if (!Disturbance.Kinds.ContainsKey(end.Disturbance!))
                throw new FormatException($"the end '{end.Code}' is disturbed by '{end.Disturbance}'; there are {string.Join(", ", Disturbance.Kinds.Keys)}");
        }

        foreach (var function in plan.Functions)
        {
            try
            {
                using var probe = new Engine.Simulation(plan.Run.Setting, plan.Run.Seed, With(plan, KnockOut.Of(plan.Run.Setting, [function])));
                probe.Step();
            }
            catch (ArgumentException e)
            {
                throw new FormatException($"the function '{function.Id}' cannot be taken away: {e.Message}", e);
            }
        }
    }

    /// <summary>How many steps of work a plan has, for a progress line.</summary>
    public static int Steps(PurposePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Run.Runs * (1 + plan.Dates.Count + Lives(plan).Count + (plan.EveryCombination ? 1 << Core(plan).Count : 0));
    }

    /// <summary>Runs all of it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <param name="progress">Told the number of finished steps.</param>
    /// <param name="cancellation">Stops; nothing is kept.</param>
    public static PurposeTrials Run(PurposePlan plan, int threads, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var runs = plan.Run.Runs;
        var setting = plan.Run.Setting;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        var done = 0;
        void Step() => progress?.Report(Interlocked.Increment(ref done));

        var seeds = new SeedResult[runs];
        Parallel.For(0, runs, parallel, i => seeds[i] = OneSeed(plan, i, Step, cancellation));

        var lives = Lives(plan);
        var weeks = lives.Select(_ => new int[runs]).ToArray();
        Parallel.For(0, lives.Count * runs, parallel, task =>
        {
            var (life, run) = (task / runs, task % runs);
            var functions = plan.Functions.Where(f => lives[life].Without.Contains(f.Id)).ToArray();
            weeks[life][run] = KnockOut.Life(plan.Run.SettingOf(run), plan.Run.Seed + (ulong)run, With(plan, KnockOut.Of(setting, functions, lives[life].Freed, lives[life].Share)), cancellation);
            Step();
        });

        int[][]? combinations = null;
        if (plan.EveryCombination)
        {
            var core = Core(plan);
            combinations = [.. Enumerable.Range(0, 1 << core.Count).Select(_ => new int[runs])];
            Parallel.For(0, combinations.Length * runs, parallel, task =>
            {
                var (subset, run) = (task / runs, task % runs);
                var away = core.Where((_, f) => (subset >> f & 1) == 0).ToArray();
                combinations[subset][run] = KnockOut.Life(plan.Run.SettingOf(run), plan.Run.Seed + (ulong)run, With(plan, KnockOut.Of(setting, away)), cancellation);
                Step();
            });
        }

        using var probe = new Engine.Simulation(setting, plan.Run.Seed, plan.Run.Changes);
        return new PurposeTrials
        {
            Undisturbed = new EnsembleResult
            {
                Scenario = setting.Scenario,
                ScenarioHash = plan.Run.ScenarioHash,
                Seed = plan.Run.Seed,
                Measures = MeasureCatalog.Of(setting.Scenario),
                SampleWeeks = MeasureRecorder.SampleWeeks(setting),
                Runs = [.. seeds.Select(s => s.Run)],
                Planned = runs,
                Notes = plan.Run.Notes,
                Parameters = Parameters.InForce(probe.Mechanisms),
                Posterior = plan.Run.Posterior,
            },
            Defense = Gather(seeds),
            Stability = Steady(plan, seeds),
            Lives =
            [
                new LifeTrial([], "", [.. seeds.Select(s => s.Run.EndedWeek ?? setting.Weeks)]),
                .. lives.Select((l, i) => new LifeTrial(l.Without, NameOf(l.Freed), weeks[i]) { Share = l.Share }),
            ],
            Combinations = combinations,
            Decisions = [.. seeds.SelectMany(s => s.Conduct.Decisions)],
            MoneyOut = Money(seeds, comesIn: false),
            MoneyIn = Money(seeds, comesIn: true),
            Horizon = setting.Weeks,
        };
    }

    /// <summary>The functions whose combinations are tried.</summary>
    public static IReadOnlyList<Function> Core(PurposePlan plan) => [.. plan.Functions.Where(f => f.Core)];

    /// <summary>What is taken away: all that serves an end together; every function alone, whole and by half, in three ways where it frees hours; pairs of core functions.</summary>
    private static List<(IReadOnlyList<string> Without, FreedHours Freed, double Share)> Lives(PurposePlan plan)
    {
        var lives = new List<(IReadOnlyList<string>, FreedHours, double)>();
        foreach (var end in plan.Functions.GroupBy(f => f.End).Where(g => g.Count() > 1 || plan.OnlyWhatVotes))
            lives.Add(([.. end.Select(f => f.Id)], FreedHours.ProRata, 1));
        if (plan.OnlyWhatVotes)
            return lives;
        foreach (var function in plan.Functions)
        {
            lives.Add(([function.Id], FreedHours.ProRata, 1));
            if (function.Policies.Count == 0)
                lives.Add(([function.Id], FreedHours.ProRata, 0.5));
            if (function.Activities.Any(a => Array.IndexOf(MeasureCatalog.Kinds, a) < Activity.Planned))
                lives.AddRange([([function.Id], FreedHours.Idle, 1), ([function.Id], FreedHours.Policy, 1)]);
        }

        var core = Core(plan);
        for (var i = 0; i < core.Count && !plan.EveryCombination; i++)
        {
            for (var j = i + 1; j < core.Count; j++)
                lives.Add(([core[i].Id, core[j].Id], FreedHours.ProRata, 1));
        }

        return lives;
    }

    /// <summary>The plan's own changes, and what is taken away.</summary>
    private static Changes With(PurposePlan plan, Changes away) => away with
    {
        Mechanisms = plan.Run.Changes.Mechanisms,
        Overrides = [.. plan.Run.Changes.Overrides, .. away.Overrides],
        Added = [.. plan.Run.Changes.Added, .. away.Added],
        Replaced = plan.Run.Changes.Replaced,
    };

    /// <summary>One run, stopped at every date and disturbed from there in every way.</summary>
    private static SeedResult OneSeed(PurposePlan plan, int run, Action step, CancellationToken cancellation)
    {
        var setting = plan.Run.SettingOf(run);
        var seed = plan.Run.Seed + (ulong)run;
        var conduct = new ConductLog(run);
        using var simulation = new Engine.Simulation(setting, seed, plan.Run.Changes, observer: conduct);
        var recorder = new MeasureRecorder(setting);
        var world = simulation.World;
        var arms = new List<(TrialKey, ArmValues?)>();
        var steady = new List<(string End, int Date, double[]? Live, double[]? Frozen)>();
        while (world.Week < setting.Weeks)
        {
            cancellation.ThrowIfCancellationRequested();
            if (plan.Dates.Contains(world.Week))
            {
                arms.AddRange(Disturb(plan, simulation, setting, seed, steady, cancellation));
                step();
            }

            simulation.Step();
            recorder.Sample(world);
            if (simulation.Over)
                break;
        }

        for (var late = plan.Dates.Count(d => d >= world.Week); late > 0; late--)
            step();
        step();
        var result = new RunResult
        {
            Run = run,
            Seed = seed,
            Fate = world.Flagship.Alive ? Fate.Alive : world.Flagship.Fate,
            EndedWeek = world.Flagship.Alive ? null : world.Flagship.EndedWeek,
            Values = recorder.Values,
            Events = world.Events,
            StateHash = world.Hash(),
        };
        return new SeedResult(result, arms, steady, conduct);
    }

    private static IEnumerable<(TrialKey, ArmValues?)> Disturb(PurposePlan plan, Engine.Simulation simulation, Setting setting, ulong seed, List<(string End, int Date, double[]? Live, double[]? Frozen)> steady, CancellationToken cancellation)
    {
        var date = simulation.World.Week;
        var paired = PairedArms.At(simulation, setting, plan.Samples, plan.Run.Changes);
        var measures = MeasureCatalog.Of(setting.Scenario);
        var hope = measures.Select((m, i) => (m.Id, i)).Single(m => m.Id == "hope").i;
        var first = date / MeasureCatalog.WeeksBetween;
        var lives = new Dictionary<TrialKey, float[][]>();
        bool Alive(float[][] values) => !float.IsNaN(values[hope][^1]);
        if (!plan.OnlyWhatVotes)
        {
            var frozen = paired?.Run(new Treatment(null, 0, false, Arm.Frozen));
            var both = frozen is not null && Alive(paired!.Undisturbed) && Alive(frozen);
            foreach (var end in plan.Ends.All.Where(e => e is { Measure: not null, IsPlacebo: false }))
            {
                var measure = new EndMeasure(end, measures);
                steady.Add((end.Code, date, both ? measure.Of(paired!.Undisturbed, seed, first) : null, both ? measure.Of(frozen!, seed, first) : null));
            }
        }

        foreach (var key in Keys(plan, date))
        {
            cancellation.ThrowIfCancellationRequested();
            if (paired is null)
            {
                yield return (key, null);
                continue;
            }

            var end = plan.Ends.All.Single(e => e.Code == key.End);
            var measure = new EndMeasure(end, measures);
            var kind = Disturbance.Kinds[end.Disturbance!];
            var size = (float)(Math.Abs(key.Dose) * (key.Dose < 0 ? kind.Harms : kind.Favors));
            var shift = end.Measure == EndMeasure.RandomWalk ? size : 0;
            // the live arm is the same whichever channel is replayed beside it
            if (!lives.TryGetValue(key with { Channel = null }, out var live))
                lives[key with { Channel = null }] = live = paired.Run(new Treatment(end.Disturbance, size, key.Lasts, Arm.Live));
            var replayed = paired.Run(new Treatment(end.Disturbance, size, key.Lasts, Arm.Replayed) { Only = key.Channel });
            var clipped = key is { Dose: -1, Lasts: false, Channel: null } ? paired.Clipped : 0;
            var blinded = key.Channel is null && SensorOf(end) is { } sensor ? paired.Run(new Treatment(end.Disturbance, size, key.Lasts, Arm.Blinded) { Blind = sensor }) : null;
            yield return (key, new ArmValues(
                measure.Of(paired.Undisturbed, seed, first), measure.Of(live, seed, first, shift), measure.Of(replayed, seed, first, shift),
                blinded is null ? null : measure.Of(blinded, seed, first, shift),
                Alive(paired.Undisturbed), Alive(live), Alive(paired.Undisturbed) && Alive(live) && Alive(replayed) && (blinded is null || Alive(blinded)), clipped));
        }
    }

    /// <summary>The sensor that an end names; null if it names none.</summary>
    private static Sensor? SensorOf(End end)
    {
        if (end.Sensor is null)
            return null;
        for (var sensor = (Sensor)0; sensor < Sensor.Count; sensor++)
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(sensor.ToString()) == end.Sensor)
                return sensor;
        }

        throw new FormatException($"the end '{end.Code}' is sensed through '{end.Sensor}', which no center reads");
    }

    /// <summary>What is tried at a date. Doses, pushes that last and single channels are tried on the first one only.</summary>
    private static IEnumerable<TrialKey> Keys(PurposePlan plan, int date)
    {
        foreach (var end in plan.Ends.All.Where(e => e.Disturbance is not null))
        {
            var (harms, favors) = Disturbance.Kinds[end.Disturbance!];
            if (harms != 0)
                yield return new TrialKey(end.Code, -1, date, false, null);
            if (favors != 0 && !plan.OnlyWhatVotes)
                yield return new TrialKey(end.Code, 1, date, false, null);
            if (date != plan.Dates[0] || harms == 0 || plan.OnlyWhatVotes)
                continue;
            foreach (var dose in plan.Doses)
                yield return new TrialKey(end.Code, -dose, date, false, null);
            yield return new TrialKey(end.Code, -1, date, true, null);
            if (end.IsPlacebo)
                continue;
            foreach (var channel in Enum.GetValues<Channel>())
                yield return new TrialKey(end.Code, -1, date, false, channel);
        }
    }

    private static IReadOnlyList<DefenseTrial> Gather(SeedResult[] seeds)
    {
        var order = seeds.MaxBy(s => s.Arms.Count)!.Arms.Select(a => a.Key).ToArray();
        var found = seeds.Select(s => s.Arms.ToDictionary(a => a.Key, a => a.Values)).ToArray();
        var trials = new List<DefenseTrial>();
        foreach (var key in order)
        {
            ArmValues?[] values = [.. found.Select(f => f.GetValueOrDefault(key))];
            double[]?[] Of(Func<ArmValues, double[]?> arm) => [.. values.Select(v => v is { Whole: true } ? arm(v) : null)];
            trials.Add(new DefenseTrial(key.End, key.Dose, key.Date, key.Lasts)
            {
                Channel = key.Channel is { } channel ? JsonNamingPolicy.SnakeCaseLower.ConvertName(channel.ToString()) : null,
                WeeksBetween = MeasureCatalog.WeeksBetween,
                Undisturbed = Of(v => v.Undisturbed),
                Live = Of(v => v.Live),
                Replayed = Of(v => v.Replayed),
                Blinded = values.Any(v => v?.Blinded is not null) ? Of(v => v.Blinded) : null,
                Clipped = values.Any(v => v is { Whole: true }) ? values.OfType<ArmValues>().Where(v => v.Whole).Average(v => v.Clipped) : 0,
                Deaths = (values.Count(v => v is not null), values.Count(v => v is { LivesDisturbed: false }), values.Count(v => v is { LivesUndisturbed: false })),
            });
        }

        return trials;
    }

    private static IReadOnlyList<StabilityTrial> Steady(PurposePlan plan, SeedResult[] seeds)
    {
        var trials = new List<StabilityTrial>();
        foreach (var date in plan.Dates)
        {
            foreach (var end in plan.Ends.All)
            {
                var found = seeds.Select(s => s.Steady.FirstOrDefault(x => x.End == end.Code && x.Date == date)).ToArray();
                if (found.Any(f => f.End is not null))
                    trials.Add(new StabilityTrial(end.Code, date, [.. found.Select(f => f.Live)], [.. found.Select(f => f.Frozen)]));
            }
        }

        return trials;
    }

    private static IReadOnlyList<KeyValuePair<string, double>> Money(SeedResult[] seeds, bool comesIn) =>
        [.. seeds.SelectMany(s => s.Conduct.Cents).Where(p => p.Key.ComesIn == comesIn).GroupBy(p => p.Key.Kind).Select(g => KeyValuePair.Create(g.Key, (double)g.Sum(p => p.Value)))];

    private readonly record struct TrialKey(string End, double Dose, int Date, bool Lasts, Channel? Channel);

    private sealed record ArmValues(
        double[] Undisturbed, double[] Live, double[] Replayed, double[]? Blinded, bool LivesUndisturbed, bool LivesDisturbed, bool Whole, int Clipped);

    private sealed record SeedResult(RunResult Run, List<(TrialKey Key, ArmValues? Values)> Arms, List<(string End, int Date, double[]? Live, double[]? Frozen)> Steady, ConductLog Conduct);
}
