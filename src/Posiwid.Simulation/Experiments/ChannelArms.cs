using System.Text.Json;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// By which decisions an end is defended: the blow of the first date once more, with some channels of decisions live and the others replayed. It is asked
/// only of ends of which defense found something, so it runs after the other arms: first every channel replayed alone, then every combination of those few
/// that matter most, the rest of the channels taken as one.
/// </summary>
internal static class ChannelArms
{
    private static readonly Channel[] All = Enum.GetValues<Channel>();

    /// <summary>Smallest share of a blow that is worth asking by what it is made good.</summary>
    private const double Worth = 0.05;

    /// <summary>Runs both rounds.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="defense">What the other arms found.</param>
    /// <param name="parallel">Threads, and what stops them.</param>
    public static (IReadOnlyList<DefenseTrial> Alone, IReadOnlyList<ChannelTrial> Games) Run(PurposePlan plan, IReadOnlyList<DefenseTrial> defense, ParallelOptions parallel)
    {
        var found = defense.Where(t => t is { Dose: -1, Lasts: false } && t.Week == plan.Dates[0] && plan.Ends.All.Any(e => e.Code == t.End && !e.IsPlacebo))
            .Select(t => (Trial: t, Result: Defense.Of(t)))
            .Where(x => x.Result.Share is { Value: { } d, Low: { } low, High: { } high } && Math.Abs(d) >= Worth && low * high > 0).ToArray();
        if (found.Length == 0)
            return ([], []);
        var first = found.SelectMany(x => All.Select(c => (x.Trial, Replayed: (IReadOnlyList<Channel>)[c]))).ToArray();
        var alone = Values(plan, first, parallel);
        List<DefenseTrial> singles = [.. first.Select((a, i) => a.Trial with { Channel = Name(a.Replayed[0]), Replayed = alone[i], Live = Kept(a.Trial.Live, alone[i]), Undisturbed = Kept(a.Trial.Undisturbed, alone[i]), Blinded = null, Clipped = null })];

        var players = found.Where(x => x.Result.Share.Low > 0).Select(x => (x.Trial, Of: Players(x.Trial, singles, plan.ChannelPlayers - 1))).ToArray();
        var second = players.SelectMany(p => Enumerable.Range(1, (1 << p.Of.Count) - 2).Select(live => (p.Trial, Replayed: (IReadOnlyList<Channel>)[.. p.Of.Where((_, i) => (live >> i & 1) == 0).SelectMany(c => c)]))).ToArray();
        var arms = Values(plan, second, parallel);
        var games = new List<ChannelTrial>();
        var at = 0;
        foreach (var (trial, of) in players)
        {
            var between = arms[at..(at += (1 << of.Count) - 2)];
            double[]?[][] values = [[.. trial.Replayed], .. between, [.. trial.Live]];
            games.Add(new ChannelTrial(trial.End, trial.Week, [.. of.Select(c => c.Length == 1 ? Name(c[0]) : "the rest")], [.. values.Select(v => Areas(v, trial.Undisturbed))]));
        }

        return (singles, games);
    }

    /// <summary>The channels whose replay alone changes most, and all others as one.</summary>
    private static List<Channel[]> Players(DefenseTrial trial, List<DefenseTrial> singles, int single)
    {
        double Changes(Channel channel) => singles.Single(s => s.End == trial.End && s.Channel == Name(channel)) is var alone
            ? Math.Abs(alone.Live.Zip(alone.Replayed).Where(p => p.First is not null).Sum(p => p.First!.Sum() - p.Second!.Sum())) : 0;
        Channel[] most = [.. All.OrderByDescending(Changes).ThenBy(c => c).Take(single)];
        return [.. most.Select(c => new[] { c }), [.. All.Except(most)]];
    }

    /// <summary>The measure of a trial's end by arm and seed; null where a seed has no pair, or died in the arm.</summary>
    private static double[]?[][] Values(PurposePlan plan, IReadOnlyList<(DefenseTrial Trial, IReadOnlyList<Channel> Replayed)> arms, ParallelOptions parallel)
    {
        var values = arms.Select(_ => new double[]?[plan.Run.Runs]).ToArray();
        var measures = MeasureCatalog.Of(plan.Run.Setting.Scenario);
        var hope = measures.Select((m, i) => (m.Id, i)).Single(m => m.Id == "hope").i;
        Parallel.For(0, plan.Run.Runs, parallel, run =>
        {
            if (arms.All(a => a.Trial.Live[run] is null))
                return;
            var (setting, date) = (plan.Run.SettingOf(run), plan.Dates[0]);
            using var simulation = new Engine.Simulation(setting, plan.Run.Seed + (ulong)run, plan.Run.Changes);
            while (simulation.World.Week < date)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                simulation.Step();
            }

            var paired = PairedArms.At(simulation, setting, plan.Samples, plan.Run.Changes)!;
            for (var a = 0; a < arms.Count; a++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                var (trial, replayed) = arms[a];
                if (trial.Live[run] is null)
                    continue;
                var end = plan.Ends.All.Single(e => e.Code == trial.End);
                var arm = paired.Run(new Treatment(end.Disturbance, Disturbance.SizeOf(end.Disturbance!, trial.Dose), trial.Lasts, Arm.Replayed) { Only = replayed });
                values[a][run] = float.IsNaN(arm[hope][^1]) ? null : new EndMeasure(end, measures).Of(arm);
            }
        });
        return values;
    }

    private static double[]?[] Kept(IReadOnlyList<double[]?> arm, double[]?[] beside) => [.. arm.Zip(beside, (a, b) => b is null ? null : a)];

    private static double?[] Areas(double[]?[] arm, IReadOnlyList<double[]?> undisturbed) =>
        [.. arm.Zip(undisturbed, (a, u) => a is not null && u is not null && a.All(double.IsFinite) && u.All(double.IsFinite) ? a.Sum() - u.Sum() : (double?)null)];

    private static string Name(Channel channel) => JsonNamingPolicy.SnakeCaseLower.ConvertName(channel.ToString());
}
