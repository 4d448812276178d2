using System.Text.Json;
using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Simulation.Experiments;

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
            Channels = trials.Channels,
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
            _ = DisturbedRun.SensorOf(end);
            if (!Disturbance.Kinds.ContainsKey(end.Disturbance!))
                throw new FormatException($"the end '{end.Code}' is disturbed by '{end.Disturbance}'; there are {string.Join(", ", Disturbance.Kinds.Keys)}");
        }

        foreach (var function in plan.Functions)
        {
            try
            {
                using var probe = new Engine.Simulation(plan.Run.Setting, plan.Run.Seed, With(plan.Run.Changes, KnockOut.Of(plan.Run.Setting, [function])));
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
        return (plan.Run.Runs * (1 + plan.Dates.Count)) + 1 + new LivesWithout(plan).Count;
    }

    /// <summary>Runs all of it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <param name="progress">Told the number of finished steps.</param>
    /// <param name="journal">Keeps finished lives without functions, and what was found at each date of a run, and gives them back; null to keep nothing.</param>
    /// <param name="cancellation">Stops; what is finished is in the journal.</param>
    public static PurposeTrials Run(PurposePlan plan, int threads, IProgress<int>? progress = null, FitJournal? journal = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var runs = plan.Run.Runs;
        var setting = plan.Run.Setting;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        var done = 0;
        void Step() => progress?.Report(Interlocked.Increment(ref done));

        // first what with every combination takes longest
        var lives = new LivesWithout(plan);
        lives.Run(parallel, Step, journal);
        var seeds = new DisturbedRun[runs];
        Parallel.For(0, runs, parallel, i => seeds[i] = new DisturbedRun(plan, i, Step, journal, cancellation));
        var defense = DisturbedRun.Trials(seeds);
        var (alone, games) = plan.OnlyWhatVotes ? ([], []) : ChannelArms.Run(plan, defense, parallel);
        Step();
        Lifetime[] undisturbed = [.. seeds.Select(s => s.Life)];

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
                Runs = [.. seeds.Select(s => s.Result)],
                Planned = runs,
                Notes = plan.Run.Notes,
                Parameters = Parameters.InForce(probe.Mechanisms),
                Posterior = plan.Run.Posterior,
            },
            Defense = [.. defense, .. alone],
            Channels = games,
            Stability = DisturbedRun.Steady(plan, seeds),
            Lives = lives.Trials(undisturbed),
            Combinations = lives.Combinations(undisturbed),
            Decisions = [.. seeds.SelectMany(s => s.Conduct.Decisions)],
            MoneyOut = Money(seeds, comesIn: false),
            MoneyIn = Money(seeds, comesIn: true),
            Horizon = setting.Weeks,
        };
    }

    /// <summary>The functions whose combinations are tried.</summary>
    public static IReadOnlyList<Function> Core(PurposePlan plan) => [.. plan.Functions.Where(f => f.Core)];

    /// <summary>A plan's own changes, and what is taken away.</summary>
    internal static Changes With(Changes own, Changes away) => own with
    {
        Overrides = [.. own.Overrides, .. away.Overrides],
        FlagshipDoses = own.FlagshipDoses.Concat(away.FlagshipDoses).GroupBy(d => d.Key).ToDictionary(g => g.Key, g => g.Min(d => d.Value)),
        Added = [.. own.Added, .. away.Added],
    };

    private static IReadOnlyList<KeyValuePair<string, double>> Money(DisturbedRun[] seeds, bool comesIn) =>
        [.. seeds.SelectMany(s => s.Conduct.Cents).Where(p => p.Key.ComesIn == comesIn).GroupBy(p => p.Key.Kind).Select(g => KeyValuePair.Create(g.Key, (double)g.Sum(p => p.Value)))];
}
