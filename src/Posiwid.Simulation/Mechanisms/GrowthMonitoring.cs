using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>The center counts; when a branch shrinks or stagnates it flies in, blames somebody local and resets the branch to what the growing ones do.</summary>
[Mechanism("growth-monitoring", "When a branch shrank or stagnated, the leadership flew in to blame somebody local and set them back on track to focus on branch building.", "jay-2019",
    Equation = "every four weeks monitoring x (staff + leaders)/6 branches, rounded by lot, with the lowest growth over thirteen weeks, if it is below a bar and they are not watched; plan <- (1 - reset) plan + reset mean plan of the quarter that grows most; one cadre who does not lead is blamed; the branch is watched for some weeks",
    Reads = "branch.size branch.census organization.staff organization.leaders organization.policy member.flags", Writes = "branch.effort branch.place organization.flows member.grievance member.memory")]
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

    /// <summary>Growth of a branch over thirteen weeks, as its report says; not a number for one that is new or empty.</summary>
    private static readonly BranchFigures growth = static (world, b, figures) => figures[0] = b.EarlierSize <= 0 || b.Census.Members == 0 ? float.NaN
        : world.Intents.Sense(world, Sensor.SizeReports, b.Key, b.Census.Members) / Math.Max(1, b.EarlierSize) - 1;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        var heads = (o.Staff + o.Leaders.Count) * o[PolicyItem.Monitoring] * VisitsPerHead;
        if (world.Week % 4 != 3)
            return;
        var ranked = world.Stretches.Ranked(o, growth, out var growths);
        var live = world.Proposals();
        var visits = (int)(heads + world.Draws.Uniform(Key, world.Week, (ulong)o.Index));
        for (var i = 0; i < ranked.Length && live.Count < visits && growths[ranked[i]] < Bar; i++)
        {
            if (o.Branches[ranked[i]].WatchedUntil <= world.Week)
                live.Add(new Intent(world.Week, Channel.Visit, o.Branches[ranked[i]].Key, 0, 1));
        }

        var decided = world.Intents.Events(world, Channel.Visit, o, 1, live);
        if (world.Observer is not null)
            Tell(world, o, ranked, growths, decided);
        if (decided.Count == 0)
            return;
        var quarter = ranked[^Math.Min(ranked.Length, Math.Max(1, ranked.Length / 4))..];
        Span<float> plan = stackalloc float[Activity.Count];
        MeanPlan(o, quarter, plan);
        for (var i = 0; i < decided.Count; i++)
        {
            if (world.Find(decided[i].Unit) is not { } branch)
            {
                world.Intents.Drop();
                continue;
            }

            Visit(world, o, branch, plan);
            if (IsAmong(o, quarter, branch))
                MeanPlan(o, quarter, plan);
        }
    }

    /// <summary>The mean plan of some branches, as they are now.</summary>
    private static void MeanPlan(Organization o, ReadOnlySpan<int> models, Span<float> plan)
    {
        plan.Clear();
        ref var mean = ref ActivityRow.Of(plan);
        foreach (var model in models)
            mean += ActivityRow.Of(o.Branches[model].Effort) / ActivityRow.All(models.Length);
    }

    private static bool IsAmong(Organization o, ReadOnlySpan<int> models, Branch branch)
    {
        foreach (var model in models)
        {
            if (o.Branches[model] == branch)
                return true;
        }

        return false;
    }

    /// <summary>Which of the branches that fall behind are visited.</summary>
    private void Tell(World world, Organization o, ReadOnlySpan<int> ranked, ReadOnlySpan<float> growths, IReadOnlyList<Intent> decided)
    {
        var behind = new List<(float Growth, Branch Branch)>();
        foreach (var i in ranked)
        {
            if (growths[i] < Bar && o.Branches[i].WatchedUntil <= world.Week)
                behind.Add((growths[i], o.Branches[i]));
        }

        if (behind.Count > 0)
            world.Observer!.Decided(world, o, null, "visit", "center", true, [.. behind.Select(r =>
                new Alternative(decided.Any(d => d.Unit == r.Branch.Key), false, null, ("growth", r.Growth), ("size", r.Branch.Census.Members), ("belief", r.Branch.Census.Belief)) { Branch = r.Branch })]);
    }

    private static Vector256<float> LocalCadre(MemberLanes member) =>
        Vector256<float>.One & Vector256.AndNot(MemberLanes.Has(member.Flags, MemberFlags.Cadre), MemberLanes.Has(member.Flags, MemberFlags.Leader));

    private void Visit(World world, Organization o, Branch branch, ReadOnlySpan<float> plan)
    {
        branch.WatchedUntil = world.Week + (int)Watching;
        o.FlowsSinceSample[(int)Flow.Visits]++;
        o.Hours[Activity.Visit] += Hours;
        for (var a = 0; a < Activity.Planned; a++)
            branch.Effort[a] = world.Intents.State(world, Channel.Effort, branch.Key, o.Index, branch.Milieu, a, (1 - Reset) * branch.Effort[a] + Reset * plan[a]);

        var blamed = Race.Pick(world, branch, LocalCadre, Key, 1);
        if (blamed < 0)
            return;
        // one person is blamed, whatever the agent stands for
        ref var grievance = ref branch.Roll.At(blamed, Column.Grievance);
        grievance = Math.Min(1, grievance + Blame / branch.Weight);
        branch.Roll.At(blamed, Column.Memory) += Blame / 2 / branch.Weight;
    }
}
