using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>The center counts; when a branch shrinks or stagnates it flies in, blames somebody local and resets the branch to what the growing ones do.</summary>
[Mechanism("growth-monitoring", "When a branch shrank or stagnated, the leadership flew in to blame somebody local and set them back on track to focus on branch building.", "jay-2019",
    Equation = "every four weeks (staff + leaders)/6 branches with the lowest growth over thirteen weeks, if it is below a bar; plan <- (1 - reset) plan + reset mean plan of the quarter that grows most; one cadre is blamed",
    Reads = "branch.size branch.census organization.staff organization.leaders organization.policy", Writes = "branch.effort branch.place branch.flows branch.shocks organization.flows member.grievance member.memory")]
public sealed class GrowthMonitoring : Mechanism
{
    [Parameter("visits/4 weeks", 0, 5, Origin.Assumed, "Visits per leader and paid organizer.", Dosed = true)]
    public float VisitsPerHead = 0.1667f;

    [Parameter("share/13 weeks", -1, 1, Origin.Assumed, "Growth below which a branch is visited.")]
    public float Bar;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance of the one who is blamed.")]
    public float Blame = 0.3f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of the plan that is reset.")]
    public float Reset = 0.5f;

    [Parameter("weeks", 1, 104, Origin.Assumed, "Weeks for which a visited branch is watched and not visited again.")]
    public float Watching = 13;

    [Parameter("hours", 0, 200, Origin.Assumed, "Hours of the center that a visit takes.")]
    public float Hours = 20;

    /// <summary>Growth of a branch over thirteen weeks, as its report says.</summary>
    private static float Growth(World world, Branch b) =>
        world.Intents.Sense(world, Sensor.SizeReports, b.Key, b.Census.Members) / Math.Max(1, b.EarlierSize) - 1;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        var heads = (o.Staff + o.Leaders.Count) * o[PolicyItem.Monitoring] * VisitsPerHead;
        if (world.Week % 4 != 3)
            return;
        var ranked = world.Ranking;
        ranked.Clear();
        foreach (var b in o.Branches)
        {
            if (b.EarlierSize > 0 && b.Census.Members > 0)
                ranked.Add((Growth(world, b), b));
        }

        ranked.Sort(static (a, b) => (a.Growth, a.Branch.Key).CompareTo((b.Growth, b.Branch.Key)));
        var live = world.Proposals();
        for (var i = 0; i < ranked.Count && live.Count < (int)(heads + world.Draws.Uniform(Key, world.Week, (ulong)o.Index)); i++)
        {
            if (ranked[i].Growth < Bar && ranked[i].Branch.WatchedUntil <= world.Week)
                live.Add(new Intent(world.Week, Channel.Visit, ranked[i].Branch.Key, 0, 1));
        }

        var decided = world.Intents.Events(world, Channel.Visit, o, 1, live);
        if (world.Observer is not null)
            Tell(world, o, ranked, decided);
        if (decided.Count == 0)
            return;
        var quarter = CollectionsMarshal.AsSpan(ranked)[^Math.Min(ranked.Count, Math.Max(1, ranked.Count / 4))..];
        foreach (var intent in decided)
        {
            if (world.Find(intent.Unit) is { } branch)
                Visit(world, o, branch, quarter);
            else
                world.Intents.Drop();
        }
    }

    /// <summary>Which of the branches that fall behind are visited.</summary>
    private void Tell(World world, Organization o, List<(float Growth, Branch Branch)> ranked, IReadOnlyList<Intent> decided)
    {
        var behind = ranked.Where(r => r.Growth < Bar && r.Branch.WatchedUntil <= world.Week).ToArray();
        if (behind.Length > 0)
            world.Observer!.Decided(world, o, null, "visit", "center", true, [.. behind.Select(r =>
                new Alternative(decided.Any(d => d.Unit == r.Branch.Key), false, null, ("growth", r.Growth), ("size", r.Branch.Census.Members), ("belief", r.Branch.Census.Belief)) { Branch = r.Branch })]);
    }

    private static Vector512<float> LocalCadre(MemberLanes member) =>
        Vector512<float>.One & Vector512.AndNot(MemberLanes.Has(member.Flags, MemberFlags.Cadre), MemberLanes.Has(member.Flags, MemberFlags.Leader));

    private void Visit(World world, Organization o, Branch branch, ReadOnlySpan<(float Growth, Branch Branch)> models)
    {
        branch.WatchedUntil = world.Week + (int)Watching;
        o.FlowsSinceSample[(int)Flow.Visits]++;
        o.Hours[Activity.Visit] += Hours;
        for (var a = 0; a < Activity.Planned; a++)
        {
            var mean = 0f;
            foreach (var model in models)
                mean += model.Branch.Effort[a] / models.Length;
            branch.Effort[a] = world.Intents.State(world, Channel.Effort, branch.Key, o.Index, branch.Milieu, a, (1 - Reset) * branch.Effort[a] + Reset * mean);
        }

        var blamed = world.Race(branch, LocalCadre, Key, 1);
        if (blamed < 0)
            return;
        ref var grievance = ref branch.Roll.At(world.People, blamed, Column.Grievance);
        grievance = Math.Min(1, grievance + Blame);
        branch.Roll.At(world.People, blamed, Column.Memory) += Blame / 2;
    }
}
