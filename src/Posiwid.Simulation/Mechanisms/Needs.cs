using System.Runtime.CompilerServices;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Members fall into need (jobs, rent, health); mutual aid and defended homes relieve it.</summary>
[Mechanism("needs", "Many members lived paycheck to paycheck; it did not really do anything about these things that would concretely help them.", "jay-2019",
    Equation = "need drifts to its milieu's level x (.7 + .3 unemployment / 6); somebody falls into need as a Poisson process, by .4 + .6 unemployment / 6, less often on a campus; needs met = min(need of all members, productivity x (hours of aid + .1 of eviction + .05 of deportation defense)); everybody's need falls by .3 of the share that is met; need reputation follows min(1, share met / .2)",
    Reads = "branch.hours branch.census world.climate", Writes = "member.need branch.reputation branch.flows branch.clocks branch.yield")]
public sealed class Needs : Mechanism
{
    [Parameter("1/week", 0, 0.1, Origin.Source, "Rate at which a worker or renter falls into need (job loss, eviction, illness: .0057-.0062; C11-C16); a third of it on a campus.", Dosed = true)]
    public float Shock = 0.006f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which need goes back to what is usual at the place: half of it within a month; rent, food and safety are needed again and again.")]
    public float Drift = 0.2f;

    [Parameter("needs/hour", 0, 1, Origin.Calibrated, "Needs met by an hour of mutual aid.", Dosed = true)]
    public float PerHour = 0.08f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which the reputation for meeting needs follows what is met.")]
    public float Reputation = 0.05f;

    [Parameter("ratio", 0, 2, Origin.Assumed, "How often somebody on a campus falls into need, relative to others.")]
    public float OnCampus = 0.33f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Need that one such event adds; share of a need that is left less each week where all needs are met.")]
    public float OfEvent = 0.3f, Relief = 0.3f;

    [Parameter("ratio", 0, 2, Origin.Assumed, "Events, and usual need, without unemployment, relative to those at six in a hundred.")]
    public float EventsAtNone = 0.4f, UsualAtNone = 0.7f;

    [Parameter("ratio", 0, 1, Origin.Assumed, "Needs of members that an hour of eviction or deportation defense meets, relative to one of mutual aid.")]
    public float ByEvictionDefense = 0.1f, ByDeportationDefense = 0.05f;

    [Parameter("share 0..1", 0.01, 1, Origin.Assumed, "Share of needs met that makes a full reputation.")]
    public float FullReputation = 0.2f;

    /// <summary>Unemployment, in percent, at which events and usual need are what the parameters say.</summary>
    private const float UsualUnemployment = 6;

    private static float At(float none, float unemployment) => none + (1 - none) * unemployment / UsualUnemployment;

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => Branches(world, new(in branch));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
            branch.Clocks[(int)Clock.Need] -= Shock * branch.Census.Members * (branch.Kind == MilieuKind.Campus ? OnCampus : 1) * At(EventsAtNone, world.Unemployment);
        foreach (var branch in branches)
        {
            if (branch.Clocks[(int)Clock.Need] <= 0)
                Befall(world, branch);
        }

        foreach (var branch in branches)
        {
            if (branch.Census.Members > 0)
                Meet(world, branch);
        }
    }

    private void Befall(World world, Branch branch)
    {
        var events = branch.WindUp(Clock.Need, world.Draws, Key, world.Week);
        for (var e = 0; e < events; e++)
        {
            var position = Race.Pick(world, branch, static _ => System.Runtime.Intrinsics.Vector256<float>.One, Key, e);
            ref var need = ref branch.Roll.At(position, Column.Need);
            need = Math.Min(1, need + OfEvent);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Meet(World world, Branch branch)
    {
        var members = branch.Census.Members;
        var inNeed = branch.Census.Need * members;
        var people = inNeed * branch.Weight;
        // one defended home helps members too, where they live nearby
        var met = Math.Min(people, PerHour * (branch.Hours[Activity.MutualAid]
            + ByEvictionDefense * branch.Hours[Activity.EvictionDefense] + ByDeportationDefense * branch.Hours[Activity.DeportationDefense]));
        branch.Brought[(Indicator.Needs * Activity.Count) + Activity.MutualAid] += PerHour * branch.Hours[Activity.MutualAid];
        branch.Count(Flow.NeedsMet, met / branch.Weight);
        branch.Count(Flow.Helped, PerHour * branch.Hours[Activity.MutualAid] / branch.Weight);
        var share = people > 0 ? met / people : 0;
        branch.NeedReputation += Reputation * (Math.Min(1, share / FullReputation) - branch.NeedReputation);
        var usual = MemberLanes.All((float)world.Setting.Milieus[branch.Milieu].Need * At(UsualAtNone, world.Unemployment));
        var drift = MemberLanes.All(Drift);
        var relief = MemberLanes.All(1 - Relief * share);
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var need = member[Column.Need];
            member[Column.Need] = MemberLanes.Unit((need + drift * (usual - need)) * relief);
        }
    }
}
