using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Posiwid.Simulation.Engine;

/// <summary>One run: a world and the mechanisms that move it, week by week.</summary>
public sealed class Simulation : IDisposable
{
    /// <summary>Branches that one thread takes at a time: few enough that their members stay in its cache.</summary>
    private const int ChunkBranches = 16;

    private readonly Mechanism[] all;
    private readonly List<Mechanism> on;
    private readonly IReadOnlyList<(int Week, Action<float> Set, float Value)> overrides;
    private readonly Queue<WeeklyOverride> doses;
    private readonly Dictionary<string, IReadOnlyList<float>> written = [];
    private readonly IReadOnlyDictionary<string, double> flagshipDoses;
    private readonly int flagship;
    private Mechanism[] outside, branch, center;
    private readonly Crew crew;
    private readonly Action<int> chunk;

    /// <summary>Sets up a run.</summary>
    /// <param name="setting">The scenario, ready to run.</param>
    /// <param name="seed">Seed of all draws.</param>
    /// <param name="changes">Doses, parameters and what is set from a date on, beyond the scenario's.</param>
    /// <param name="threads">Threads for the members; the result is the same for any number.</param>
    /// <param name="intents">Where decisions are recorded or taken from.</param>
    /// <param name="observer">Told of what happens to persons.</param>
    public Simulation(Setting setting, ulong seed, Changes? changes = null, int threads = 1, Intents? intents = null, IRunObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        changes ??= new Changes();
        World = new World(setting, seed, intents, observer);
        all = [.. changes.Schedule(WeeklySchedule.For(setting.Scenario)).Select(make => make())];
        Parameters.Apply(all, setting.Scenario.Mechanisms);
        Parameters.Apply(all, changes.Mechanisms);
        var dated = setting.Scenario.Overrides.Concat(changes.Overrides).Select(o => new WeeklyOverride(setting.Calendar.Week(o.From), o.Set, (float)o.To)).ToLookup(o => DosedIn(o) is not null);
        overrides = [.. dated[false].Select(o => (o.Week, Parameters.Setter(World, all, o.Target), o.Value))];
        doses = new Queue<WeeklyOverride>(dated[true].OrderBy(d => d.Week));
        on = [.. all.Where(m => !Parameters.IsOff(m, setting.Scenario.Mechanisms, changes.Mechanisms))];
        if (doses.Count > 0)
        {
            Mechanism[] undosed = [.. changes.Schedule(WeeklySchedule.For(setting.Scenario)).Select(make => make())];
            Parameters.Apply(undosed, Parameters.WithoutDoses(setting.Scenario.Mechanisms));
            Parameters.Apply(undosed, Parameters.WithoutDoses(changes.Mechanisms));
            written = undosed.ToDictionary(m => m.Id, Parameters.Dosed);
        }

        (flagshipDoses, flagship) = (changes.FlagshipDoses, setting.Flagship);
        chunk = Chunk;
        Arrange();
        crew = new Crew(observer is null && intents is not { Active: true } ? threads : 1);
        World.Stretches = new BranchStretches(World, crew);
    }

    /// <summary>Everything there is.</summary>
    public World World { get; }

    /// <summary>The mechanisms of this run with their parameters in force.</summary>
    public IReadOnlyList<Mechanism> Mechanisms => all;

    /// <summary>Called after each part of the week with the part's name; to find where two runs part. Costs nothing if null.</summary>
    public Action<string, World>? After { get; set; }

    /// <summary>True when the flagship is over and no rival is left to follow.</summary>
    public bool Over => World.Week > 0 && World.Organizations.All(o => !o.Alive && o.Scattered.Count == 0 && (o.EndedWeek >= 0 || o.Spec.Founded is null));

    /// <summary>Simulates one week.</summary>
    public void Step()
    {
        while (doses.TryPeek(out var next) && World.Week >= next.Week)
            Dose(DosedIn(doses.Dequeue())!, next.Value);
        foreach (var change in overrides)
        {
            if (World.Week >= change.Week)
                change.Set(change.Value);
        }

        foreach (var mechanism in outside)
        {
            mechanism.Outside(World);
            After?.Invoke(mechanism.Id, World);
        }

        var chunks = (World.Branches.Count + ChunkBranches - 1) / ChunkBranches;
        World.PrepareTotals(chunks);
        if (After is not null)
            StepBranchesOneMechanismAtATime();
        else
            crew.Share(chunks, chunk);
        World.Release();

        foreach (var organization in World.Organizations)
        {
            if (organization.Alive)
                Gather.Take(World, organization);
        }

        World.Observer?.BranchesDone(World);
        After?.Invoke("gather", World);
        foreach (var mechanism in center)
        {
            foreach (var organization in World.Organizations)
            {
                if (organization.Alive)
                    mechanism.Center(World, organization);
            }

            After?.Invoke(mechanism.Id, World);
        }

        Gather.Finish(World);
        World.Observer?.WeekDone(World);
        World.Week++;
    }

    /// <summary>The mechanism whose dose is set; null if it is something else that is set.</summary>
    private static string? DosedIn(WeeklyOverride change) =>
        change.Target.EndsWith("." + Scenarios.MechanismInfo.Dose, StringComparison.Ordinal) ? change.Target[..^(Scenarios.MechanismInfo.Dose.Length + 1)] : null;

    /// <summary>From now on a mechanism has another dose: 0 takes it out of the week, any other puts it (back) in.</summary>
    private void Dose(string id, float dose)
    {
        var mechanism = all.FirstOrDefault(m => m.Id == id) ?? throw new ArgumentException($"There is no mechanism '{id}'.");
        if (dose == 0)
            on.Remove(mechanism);
        else
        {
            Parameters.Dose(mechanism, dose, written[id]);
            if (!on.Contains(mechanism))
                on.Insert(on.Count(m => Array.IndexOf(all, m) < Array.IndexOf(all, mechanism)), mechanism);
        }

        Arrange();
    }

    /// <summary>Who acts in which part of the week, in the order of the schedule.</summary>
    [MemberNotNull(nameof(outside), nameof(branch), nameof(center))]
    private void Arrange()
    {
        Mechanism[] Acting(MechanismParts part) => [.. on.Where(m => m.Acts(part)).Select(m => flagshipDoses.TryGetValue(m.Id, out var dose) ? Parameters.Apart(m, dose, flagship) : m)];
        outside = Acting(MechanismParts.Outside);
        branch = Acting(MechanismParts.Branch);
        center = Acting(MechanismParts.Center);
    }

    /// <summary>The branches of a chunk live through the week.</summary>
    private void Chunk(int number)
    {
        var branches = BranchesOf(number);
        if (World.Branches.Count > Fetch.FitTheCache)
            Branch.FetchAll(branches);
        StepChunk(number, branches);
    }

    /// <summary>The branches of a chunk, sixteen or about so many.</summary>
    private ReadOnlySpan<Branch> BranchesOf(int chunk)
    {
        var branches = CollectionsMarshal.AsSpan(World.Branches);
        return branches[BeginOfSite(chunk * ChunkBranches)..BeginOfSite((chunk + 1) * ChunkBranches)];
    }

    /// <summary>Branches at one site stay in one chunk, since they share its people.</summary>
    private int BeginOfSite(int i)
    {
        i = Math.Min(i, World.Branches.Count);
        if (World.Organizations.Length == 1)
            return i; // a site has one branch
        while (i > 0 && i < World.Branches.Count && World.Branches[i].Site == World.Branches[i - 1].Site)
            i++;
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepChunk(int chunk, ReadOnlySpan<Branch> branches)
    {
        foreach (var mechanism in branch)
            mechanism.Branches(World, branches);
        foreach (var b in branches)
            Close(b);
        Gather.Chunk(World, chunk, branches);
    }

    private void StepBranchesOneMechanismAtATime()
    {
        foreach (var mechanism in branch)
        {
            foreach (var b in World.Branches)
                mechanism.Branch(World, b);
            After!.Invoke(mechanism.Id, World);
        }

        foreach (var b in World.Branches)
            Close(b);
        for (var c = 0; c * ChunkBranches < World.Branches.Count; c++)
            Gather.Chunk(World, c, BranchesOf(c));
    }

    /// <summary>The week of a branch is over: what was written for its members is spent, and the census is taken.</summary>
    private static void Close(Branch b)
    {
        b.HopeGain = b.HopeLoss = b.GrievanceShock = b.BeliefShock = 0;
        CensusTaker.Take(b);
        b.EarlierSize += 1 / 13f * (b.Census.Members - b.EarlierSize);
    }

    /// <inheritdoc/>
    public void Dispose() => crew.Dispose();

    private sealed record WeeklyOverride(int Week, string Target, float Value);
}
