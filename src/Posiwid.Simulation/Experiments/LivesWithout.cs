using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// Lives of the same seeds without functions: all that serves an end together; every function alone, whole and by half, in three ways where it frees hours;
/// pairs of core functions, or every combination of them. What two questions ask of the same loss is run once.
/// </summary>
internal sealed class LivesWithout
{
    private readonly PurposePlan plan;
    private readonly List<(IReadOnlyList<string> Without, FreedHours Freed, double Share)> losses = [];
    private readonly Dictionary<string, int> places = [];
    private readonly int[] subsets = []; // by subset of the core functions that are there: its loss, -1 for none
    private readonly Lifetime[][] lives;

    /// <summary>What a plan asks for.</summary>
    public LivesWithout(PurposePlan plan)
    {
        this.plan = plan;
        foreach (var end in plan.Functions.GroupBy(f => f.End).Where(g => g.Count() > 1 || plan.OnlyWhatVotes))
            Add([.. end.Select(f => f.Id)]);
        if (!plan.OnlyWhatVotes)
            Singles();
        Asked = losses.Count;
        if (plan.EveryCombination)
        {
            string[] core = [.. PurposeExperiment.Core(plan).Select(f => f.Id)];
            subsets = [.. Enumerable.Range(0, 1 << core.Length).Select(there => there == (1 << core.Length) - 1 ? -1 : Add([.. core.Where((_, f) => (there >> f & 1) == 0)]))];
        }

        lives = [.. losses.Select(_ => new Lifetime[plan.Run.Runs])];
    }

    /// <summary>Losses that are shown one by one; the others are there for the combinations.</summary>
    private int Asked { get; }

    /// <summary>Lives that are run.</summary>
    public int Count => losses.Count * plan.Run.Runs;

    /// <summary>Runs those that are not in the journal.</summary>
    public void Run(ParallelOptions parallel, Action step, FitJournal? journal = null) => Parallel.For(0, Count, parallel, task =>
    {
        var (loss, run) = (task / plan.Run.Runs, task % plan.Run.Runs);
        if (journal?.Find(loss, run) is [var weeks, var asMore])
        {
            lives[loss][run] = new((int)weeks, (int)asMore);
            step();
            return;
        }

        var (without, freed, share) = losses[loss];
        var away = KnockOut.Of(plan.Run.Setting, [.. plan.Functions.Where(f => without.Contains(f.Id))], freed, share);
        lives[loss][run] = KnockOut.Life(plan.Run.SettingOf(run), plan.Run.Seed + (ulong)run, PurposeExperiment.With(plan.Run.Changes, away), parallel.CancellationToken);
        journal?.Add(loss, run, [lives[loss][run].Weeks, lives[loss][run].AsMoreThanARemnant]);
        step();
    });

    /// <summary>What was found, with the undisturbed lives first.</summary>
    public IReadOnlyList<LifeTrial> Trials(Lifetime[] undisturbed) =>
    [
        Trial([], "", 1, undisturbed),
        .. losses.Take(Asked).Select((l, i) => Trial(l.Without, PurposeExperiment.NameOf(l.Freed), l.Share, lives[i])),
    ];

    /// <summary>Lives by combination of the core functions (bit f set: function f is there) and seed; null unless every combination was asked for.</summary>
    public int[][]? Combinations(Lifetime[] undisturbed) =>
        subsets.Length == 0 ? null : [.. subsets.Select(s => (s < 0 ? undisturbed : lives[s]).Select(l => l.Weeks).ToArray())];

    private static LifeTrial Trial(IReadOnlyList<string> without, string freed, double share, Lifetime[] lives) =>
        new(without, freed, [.. lives.Select(l => l.Weeks)]) { Share = share, AsMoreThanARemnant = [.. lives.Select(l => l.AsMoreThanARemnant)] };

    private void Singles()
    {
        foreach (var function in plan.Functions)
        {
            Add([function.Id]);
            if (function.Policies.Count == 0)
                Add([function.Id], share: 0.5);
            if (function.Activities.Any(a => Array.IndexOf(MeasureCatalog.Kinds, a) < Activity.Planned))
            {
                Add([function.Id], FreedHours.Idle);
                Add([function.Id], FreedHours.Policy);
            }
        }

        var core = PurposeExperiment.Core(plan);
        for (var i = 0; i < core.Count && !plan.EveryCombination; i++)
        {
            for (var j = i + 1; j < core.Count; j++)
                Add([core[i].Id, core[j].Id]);
        }
    }

    private int Add(IReadOnlyList<string> without, FreedHours freed = FreedHours.ProRata, double share = 1)
    {
        var key = $"{freed} {share:R} {string.Join(' ', without.Order(StringComparer.Ordinal))}";
        if (places.TryAdd(key, losses.Count))
            losses.Add((without, freed, share));
        return places[key];
    }
}
