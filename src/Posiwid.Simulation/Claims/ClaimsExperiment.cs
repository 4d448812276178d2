using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Claims;

/// <summary>What is to be run to test claims.</summary>
public sealed record ClaimsPlan
{
    /// <summary>The claims and their arms.</summary>
    public required ClaimsToTest Claims { get; init; }

    /// <summary>The ends, and which activity serves which.</summary>
    public required Ends Ends { get; init; }

    /// <summary>What can be taken away from an organization, and which end it serves; for the necessity of profiles.</summary>
    public IReadOnlyList<Function> Functions { get; init; } = [];

    /// <summary>The claims that are tested, by short name; all if empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Runs of every arm.</summary>
    public int Runs { get; init; } = 200;

    /// <summary>Seed of the first run; every arm has the same.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The mechanisms that exist.</summary>
    public required IReadOnlyList<MechanismInfo> Mechanisms { get; init; }

    /// <summary>True to run on the scenarios' defaults, even where a fit is there to draw from.</summary>
    public bool OnDefaults { get; init; }

    /// <summary>
    /// True to move every parameter at random within a fifth, in each run by factors of its own that are the same in all arms: what an arm or a scenario states of a
    /// parameter is moved with it.
    /// </summary>
    public bool Moved { get; init; }

    /// <summary>The claims that are tested.</summary>
    public IEnumerable<KeyValuePair<string, ClaimSpec>> Tested => Claims.Set.Claims.Where(c => Only.Count == 0 || Only.Contains(c.Key));

    /// <summary>The arms that these need, in the order of the file.</summary>
    public IEnumerable<ClaimArm> Arms
    {
        get
        {
            var needed = Tested.SelectMany(c => c.Value.Tests).SelectMany(ClaimsExperiment.Flat).SelectMany(t => FigureKey.Of(t).Select(k => k.Arm).Append(t.Arm)).ToHashSet();
            return Claims.Arms.Values.Where(a => needed.Contains(a.Name));
        }
    }
}

/// <summary>Runs the arms of claims. An arm that several claims need is run once; only the figures that tests need are kept of a run.</summary>
public static class ClaimsExperiment
{
    /// <summary>Runs that a plan asks for, for a progress line.</summary>
    /// <exception cref="FormatException">A profile is asked for, and the ends or functions name what does not exist.</exception>
    public static int Steps(ClaimsPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Tasks(plan).Sum(t => t.Runs);
    }

    /// <summary>Runs all arms, run by run, so that what an interruption leaves is the same seeds of every arm.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="threads">Threads, 1 or more; the figures do not depend on them.</param>
    /// <param name="progress">Told the number of finished runs.</param>
    /// <param name="cancellation">Stops; what was finished is kept.</param>
    public static ClaimFigures Run(ClaimsPlan plan, int threads, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var tasks = Tasks(plan);
        var figures = new ClaimFigures(plan.Runs);
        foreach (var task in tasks)
        {
            foreach (var key in task.Keys)
                figures.Prepare(key, task.Runs);
        }

        (ArmTask Task, int Run)[] steps = [.. Enumerable.Range(0, plan.Runs).SelectMany(run => tasks.Where(t => run < t.Runs).Select(t => (t, run)))];
        var (next, done) = (-1, 0);
        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < steps.Length && !cancellation.IsCancellationRequested; i = Interlocked.Increment(ref next))
            {
                if (!steps[i].Task.Do(steps[i].Run, figures, cancellation))
                    return;
                progress?.Report(Interlocked.Increment(ref done));
            }
        }

        var others = Enumerable.Range(1, Math.Max(0, Math.Min(threads, steps.Length) - 1)).Select(_ => Task.Run(Work, CancellationToken.None)).ToArray();
        Work();
        Task.WaitAll(others, CancellationToken.None);
        figures.Cut(done < steps.Length);
        return figures;
    }

    private static List<ArmTask> Tasks(ClaimsPlan plan)
    {
        var tasks = new List<ArmTask>();
        var settings = plan.Claims.Arms.ToDictionary(a => a.Key, a => new Lazy<RunPlan>(() => Prepare(plan, a.Value)));
        var needed = new Dictionary<string, List<FigureKey>>();
        foreach (var test in plan.Tested.SelectMany(c => c.Value.Tests).SelectMany(Flat))
        {
            if (test.Defense is { } defense)
                tasks.Add(new DefenseTask(settings[test.Arm].Value, test.Arm, defense));
            foreach (var key in FigureKey.Of(test))
            {
                if (!needed.TryGetValue(key.Arm, out var keys))
                    needed[key.Arm] = keys = [];
                keys.Add(key);
            }
        }

        foreach (var (arm, all) in needed)
        {
            foreach (var profile in all.Where(k => k.Part is not null).GroupBy(k => k.Figure!))
                tasks.Add(new ProfileTask(settings[arm].Value, [.. profile.Distinct()], plan));
            if (all.Where(k => k.Part is null).Distinct().ToArray() is { Length: > 0 } figures)
                tasks.Add(new RunTask(settings[arm].Value, figures, plan.Ends));
        }

        // the longest first, so that no thread is left with one at the end
        return [.. tasks.DistinctBy(t => t.Keys[0]).OrderByDescending(t => t.Weeks)];
    }

    /// <summary>A test, or those of which one suffices.</summary>
    internal static IEnumerable<TestSpec> Flat(TestSpec test) => test.AnyOf.Count == 0 ? [test] : test.AnyOf.SelectMany(Flat);

    /// <summary>The runs of an arm.</summary>
    internal static RunPlan Prepare(ClaimsPlan plan, ClaimArm arm)
    {
        var setting = Setting.Of(arm.Scenario, arm.Files);
        var added = new List<(string, Func<Mechanism>)>();
        if (arm.Spec.Barred.Count > 0)
            added.Add((BarredActivities.After(FreedHours.ProRata), () => new BarredActivities(arm.Spec.Barred, FreedHours.ProRata)));
        if (arm.Spec.Held.Contains(Held.Impressiveness))
            added.Add((HeldImpressiveness.After, () => new HeldImpressiveness()));
        if (arm.Spec.BranchLoss is { } loss)
            added.Add((BranchLoss.After, () => new BranchLoss(setting.Calendar.Week(loss.Day), loss.Share, loss.Weeks)));
        var runs = new RunPlan
        {
            Setting = setting,
            Runs = plan.Runs,
            Seed = plan.Seed,
            Posterior = plan.OnDefaults ? null : Posterior.Of(arm.Scenario, arm.Files),
            Changes = new Changes { Added = added, FlagshipDoses = arm.Spec.Without.ToDictionary(m => m, _ => 0.0) },
        };
        return plan.Moved
            ? runs with { Draws = [.. Enumerable.Range(0, plan.Runs).Select(run => ParameterDraws.Around(runs.SettingOf(run), plan.Mechanisms, new Changes(), plan.Runs, seed: plan.Seed)[run].Mechanisms)] }
            : runs;
    }

    /// <summary>What is done for one run of an arm.</summary>
    private abstract class ArmTask(int runs, IReadOnlyList<FigureKey> keys)
    {
        public IReadOnlyList<FigureKey> Keys => keys;

        /// <summary>Runs that it is done for, the first ones.</summary>
        public int Runs => runs;

        public abstract int Weeks { get; }

        /// <summary>False if it was stopped.</summary>
        public abstract bool Do(int run, ClaimFigures figures, CancellationToken cancellation);
    }

    /// <summary>Runs an arm no farther than its figures look.</summary>
    private sealed class RunTask : ArmTask
    {
        private readonly RunPlan plan;
        private readonly RunFigures reader;

        public RunTask(RunPlan plan, IReadOnlyList<FigureKey> keys, Ends ends) : base(plan.Runs, keys)
        {
            Weeks = Math.Min(plan.Setting.Weeks, keys.Max(k => LastWeek(k.Figure!, plan.Setting)) + 1 + MeasureCatalog.WeeksBetween);
            this.plan = plan with { Weeks = Weeks };
            reader = new RunFigures(plan.Setting, ends);
        }

        public override int Weeks { get; }

        public override bool Do(int run, ClaimFigures figures, CancellationToken cancellation)
        {
            if (Ensemble.One(plan, run, cancellation: cancellation) is not { } result)
                return false;
            foreach (var key in Keys)
                figures.Set(key, run, reader.Of(key.Figure!, result, key.Coding));
            return true;
        }

        private static int LastWeek(FigureSpec figure, Setting setting) =>
            (figure.Day ?? figure.To) is { } day ? setting.Calendar.Week(day) : setting.Weeks - 1;
    }

    /// <summary>Makes what a run gives for a profile.</summary>
    private sealed class ProfileTask(RunPlan run, IReadOnlyList<FigureKey> keys, ClaimsPlan plan) : ArmTask(Math.Min(run.Runs, keys[0].Figure!.Runs ?? run.Runs), keys)
    {
        private readonly ProfileRun profile = new(run, keys[0].Figure!, Enum.GetValues<ProfileLine>().Where(l => FigureKey.Parts([l]).All(p => keys.Any(k => k.Part == p))), plan.Ends, plan.Functions);

        public override int Weeks => profile.AllWeeks;

        public override bool Do(int number, ClaimFigures figures, CancellationToken cancellation)
        {
            if (profile.Of(number, cancellation) is not { } parts)
                return false;
            foreach (var key in Keys)
                figures.Set(key, number, parts.Single(p => p.Part == key.Part && p.Coding == (key.Coding ?? CodingBound.Usual)).Values);
            return true;
        }
    }

    /// <summary>Runs to a day and goes on from there undisturbed, disturbed, and disturbed with the decisions of the undisturbed one.</summary>
    private sealed class DefenseTask(RunPlan plan, string arm, DefenseSpec spec) : ArmTask(plan.Runs, [new FigureKey(arm, null, null, spec)])
    {
        private readonly int start = plan.Setting.Calendar.Week(spec.Day) / MeasureCatalog.WeeksBetween * MeasureCatalog.WeeksBetween;
        private readonly int measure = Row(plan, spec.Of), hope = Row(plan, "hope");

        private static int Row(RunPlan plan, string id) => MeasureCatalog.Of(plan.Setting.Scenario).Select((m, i) => (m.Id, i)).Single(m => m.Id == id).i;

        public override int Weeks => start + (3 * spec.Weeks);

        public override bool Do(int run, ClaimFigures figures, CancellationToken cancellation)
        {
            var changes = plan.Of(run);
            var setting = plan.SettingOf(run);
            using var simulation = new Engine.Simulation(setting, plan.Seed + (ulong)run, changes);
            var recorder = new MeasureRecorder(setting);
            while (simulation.World.Week < start)
            {
                if (cancellation.IsCancellationRequested)
                    return false;
                simulation.Step();
                recorder.Sample(simulation.World);
            }

            figures.Set(Keys[0], run, PairedArms.At(simulation, setting, spec.Weeks / MeasureCatalog.WeeksBetween, changes) is { } arms ? Differences(arms) : [double.NaN, double.NaN]);
            return true;
        }

        /// <summary>What the change does to the measure, added up over the window, with decisions live and replayed.</summary>
        private double[] Differences(PairedArms arms)
        {
            var push = new Treatment(spec.Disturbance, (float)spec.Size, true, Arm.Live)
            {
                Set = spec.Set is null ? null : new OverrideSpec { Set = spec.Set, To = spec.To, From = plan.Setting.Calendar.Date(start) },
            };
            var (alone, live, replayed) = (arms.Undisturbed, arms.Run(push), arms.Run(push with { Arm = Arm.Replayed }));
            // a pair that does not live through the window is none
            if (float.IsNaN(alone[hope][^1]) || float.IsNaN(live[hope][^1]) || float.IsNaN(replayed[hope][^1]))
                return [double.NaN, double.NaN];
            double Moved(float[][] arm) => arm[measure].Zip(alone[measure], (x, y) => (double)x - y).Sum();
            return [Moved(live), Moved(replayed)];
        }
    }
}
