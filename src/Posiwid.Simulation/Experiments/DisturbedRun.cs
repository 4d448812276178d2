using System.Text.Json;
using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Simulation.Experiments;

/// <summary>One run, stopped at every date and disturbed from there in every way.</summary>
internal sealed class DisturbedRun
{
    private readonly PurposePlan plan;
    private readonly Setting setting;
    private readonly List<(TrialKey Key, ArmValues? Values)> arms = [];
    private readonly List<(string End, int Date, SteadyValues Values)> steady = [];

    /// <summary>Runs it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="run">Number of the run, from 0.</param>
    /// <param name="step">Told after every date and at the end.</param>
    /// <param name="journal">Keeps what was found at a date and gives it back; null to keep nothing.</param>
    /// <param name="cancellation">Stops the run.</param>
    public DisturbedRun(PurposePlan plan, int run, Action step, FitJournal? journal, CancellationToken cancellation)
    {
        (this.plan, setting) = (plan, plan.Run.SettingOf(run));
        var seed = plan.Run.Seed + (ulong)run;
        Conduct = new ConductLog(run);
        using var simulation = new Engine.Simulation(setting, seed, plan.Run.Changes, observer: Conduct);
        var (recorder, watch, world) = (new MeasureRecorder(setting), new LifeWatch(), simulation.World);
        while (world.Week < setting.Weeks)
        {
            cancellation.ThrowIfCancellationRequested();
            if (plan.Dates.Contains(world.Week))
            {
                // lives have the numbers of losses, from 0
                var number = -1 - plan.Dates.Order().Index().Single(d => d.Item == world.Week).Index;
                if (journal?.Find(number, run) is { } kept)
                    Restore(world.Week, new FlatReader(kept));
                else
                {
                    var (firstArm, firstSteady) = (arms.Count, steady.Count);
                    Disturb(simulation, cancellation);
                    journal?.Add(number, run, Kept(arms[firstArm..], steady[firstSteady..]));
                }

                step();
            }

            simulation.Step();
            recorder.Sample(world);
            watch.See(world);
            if (simulation.Over)
                break;
        }

        for (var late = plan.Dates.Count(d => d >= world.Week); late > 0; late--)
            step();
        step();
        Life = watch.Of(setting.Weeks);
        Result = RunResult.Of(run, seed, world, recorder);
    }

    /// <summary>The undisturbed run.</summary>
    public RunResult Result { get; }

    /// <summary>How long it lived undisturbed.</summary>
    public Lifetime Life { get; }

    /// <summary>What it decided and paid undisturbed.</summary>
    public ConductLog Conduct { get; }

    /// <summary>The disturbances of many runs as trials.</summary>
    public static IReadOnlyList<DefenseTrial> Trials(IReadOnlyList<DisturbedRun> runs)
    {
        var order = runs.MaxBy(s => s.arms.Count)!.arms.Select(a => a.Key).ToArray();
        var found = runs.Select(s => s.arms.ToDictionary(a => a.Key, a => a.Values)).ToArray();
        var trials = new List<DefenseTrial>();
        foreach (var key in order)
        {
            ArmValues?[] values = [.. found.Select(f => f.GetValueOrDefault(key))];
            double[]?[] Of(Func<ArmValues, double[]?> arm) => [.. values.Select(v => v is { Whole: true } ? arm(v) : null)];
            trials.Add(new DefenseTrial(key.End, key.Dose, key.Date, key.Lasts)
            {
                WeeksBetween = MeasureCatalog.WeeksBetween,
                Undisturbed = Of(v => v.Undisturbed),
                Live = Of(v => v.Live),
                Replayed = Of(v => v.Replayed),
                Blinded = values.Any(v => v?.Blinded is not null) ? Of(v => v.Blinded) : null,
                Clipped = values.OfType<ArmValues>().Where(v => v.Whole).Average(v => v.Clipped),
                Deaths = (values.Count(v => v is not null), values.Count(v => v is { LivesDisturbed: false }), values.Count(v => v is { LivesUndisturbed: false })),
            });
        }

        return trials;
    }

    /// <summary>The ends in ordinary times, of many runs.</summary>
    public static IReadOnlyList<StabilityTrial> Steady(PurposePlan plan, IReadOnlyList<DisturbedRun> runs)
    {
        var trials = new List<StabilityTrial>();
        foreach (var date in plan.Dates)
        {
            foreach (var end in plan.Ends.All)
            {
                var found = runs.Select(s => s.steady.FirstOrDefault(x => x.End == end.Code && x.Date == date)).ToArray();
                if (found.Any(f => f.End is not null))
                    trials.Add(new StabilityTrial(end.Code, date, [.. found.Select(f => f.Values?.Live)], [.. found.Select(f => f.Values?.Frozen)]) { Actions = [.. found.Select(f => f.Values?.Actions)] });
            }
        }

        return trials;
    }

    /// <summary>The sensor that an end names; null if it names none.</summary>
    public static Sensor? SensorOf(End end)
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

    private void Disturb(Engine.Simulation simulation, CancellationToken cancellation)
    {
        var date = simulation.World.Week;
        var paired = PairedArms.At(simulation, setting, plan.Samples, plan.Run.Changes);
        var measures = MeasureCatalog.Of(setting.Scenario);
        var hope = measures.Select((m, i) => (m.Id, i)).Single(m => m.Id == "hope").i;
        var known = new Dictionary<Treatment, (float[][] Values, Intents? Intents)>();
        float[][] Run(Treatment treatment)
        {
            if (!known.TryGetValue(treatment, out var arm))
                known[treatment] = arm = (paired!.Run(treatment, out var intents), intents);
            return arm.Values;
        }

        bool Alive(float[][] values) => !float.IsNaN(values[hope][^1]);
        if (!plan.OnlyWhatVotes)
        {
            var frozen = paired?.Run(new Treatment(null, 0, false, Arm.Frozen));
            var both = frozen is not null && Alive(paired!.Undisturbed) && Alive(frozen);
            var decided = both ? paired!.Decided() : null;
            foreach (var end in plan.Ends.All.Where(IsMeasured))
            {
                var measure = new EndMeasure(end, measures);
                steady.Add((end.Code, date, new(both ? measure.Of(paired!.Undisturbed) : null, both ? measure.Of(frozen!) : null, decided)));
            }
        }

        foreach (var key in Keys(plan, date))
        {
            cancellation.ThrowIfCancellationRequested();
            if (paired is null)
            {
                arms.Add((key, null));
                continue;
            }

            var end = plan.Ends.All.Single(e => e.Code == key.End);
            var measure = new EndMeasure(end, measures);
            var size = Disturbance.SizeOf(end.Disturbance!, key.Dose);
            var live = Run(new Treatment(end.Disturbance, size, key.Lasts, Arm.Live));
            var votes = key is { Dose: -1, Lasts: false };
            var replay = new Treatment(end.Disturbance, size, key.Lasts, Arm.Replayed);
            var replayed = Run(replay);
            var clipped = votes && !plan.OnlyWhatVotes ? known[replay].Intents!.Substituted + known[replay].Intents!.Dropped : (int?)null; // counting takes longer than the arm itself
            var blinded = votes && !plan.OnlyWhatVotes && SensorOf(end) is { } sensor ? Run(new Treatment(end.Disturbance, size, key.Lasts, Arm.Blinded) { Blind = sensor }) : null;
            arms.Add((key, new ArmValues(
                measure.Of(paired.Undisturbed), measure.Of(live), measure.Of(replayed), blinded is null ? null : measure.Of(blinded),
                Alive(paired.Undisturbed), Alive(live), Alive(paired.Undisturbed) && Alive(live) && Alive(replayed) && (blinded is null || Alive(blinded)), clipped)));
        }
    }

    private static bool IsMeasured(End end) => end is { Measure: not null, IsPlacebo: false };

    /// <summary>What was found at a date, in the order in which it is asked for, as numbers.</summary>
    private static double[] Kept(List<(TrialKey Key, ArmValues? Values)> arms, List<(string End, int Date, SteadyValues Values)> steady)
    {
        var flat = new FlatWriter();
        foreach (var (_, _, values) in steady)
        {
            flat.Add(values.Live);
            flat.Add(values.Frozen);
            flat.Add(values.Actions is { } actions ? [.. actions.Select(a => (double)a)] : null);
        }

        foreach (var (_, values) in arms)
        {
            flat.Add(values is not null);
            if (values is null)
                continue;
            flat.Add(values.Undisturbed);
            flat.Add(values.Live);
            flat.Add(values.Replayed);
            flat.Add(values.Blinded);
            flat.Add(values.LivesUndisturbed);
            flat.Add(values.LivesDisturbed);
            flat.Add(values.Whole);
            flat.Add(values.Clipped ?? -1);
        }

        return flat.Row;
    }

    /// <summary>Takes what was found at a date from what was kept of it.</summary>
    private void Restore(int date, FlatReader flat)
    {
        foreach (var end in plan.OnlyWhatVotes ? [] : plan.Ends.All.Where(IsMeasured))
            steady.Add((end.Code, date, new(flat.Numbers(), flat.Numbers(), flat.Numbers() is { } actions ? [.. actions.Select(a => (int)a)] : null)));
        foreach (var key in Keys(plan, date))
        {
            arms.Add((key, !flat.Yes() ? null : new ArmValues(
                flat.Numbers()!, flat.Numbers()!, flat.Numbers()!, flat.Numbers(), flat.Yes(), flat.Yes(), flat.Yes(), flat.Number() is >= 0 and var clipped ? (int)clipped : null)));
        }
    }

    /// <summary>What is tried at a date. Doses and pushes that last are tried on the first one only.</summary>
    private static IEnumerable<TrialKey> Keys(PurposePlan plan, int date)
    {
        foreach (var end in plan.Ends.All.Where(e => e.Disturbance is not null))
        {
            var (harms, favors) = Disturbance.Kinds[end.Disturbance!];
            if (harms != 0)
                yield return new TrialKey(end.Code, -1, date, false);
            if (favors != 0 && !plan.OnlyWhatVotes)
                yield return new TrialKey(end.Code, 1, date, false);
            if (date != plan.Dates[0] || harms == 0 || plan.OnlyWhatVotes)
                continue;
            foreach (var dose in plan.Doses)
                yield return new TrialKey(end.Code, -dose, date, false);
            yield return new TrialKey(end.Code, -1, date, true);
        }
    }

    private readonly record struct TrialKey(string End, double Dose, int Date, bool Lasts);

    /// <summary>An end in ordinary times: alive in both arms, or null.</summary>
    private sealed record SteadyValues(double[]? Live, double[]? Frozen, int[]? Actions);

    private sealed record ArmValues(
        double[] Undisturbed, double[] Live, double[] Replayed, double[]? Blinded, bool LivesUndisturbed, bool LivesDisturbed, bool Whole, int? Clipped);
}
