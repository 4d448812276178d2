using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Where many seek status and little may be said members are put down, leaders hardly ever; members of marginalized groups are hit more often and harder.</summary>
[Mechanism("bullying", "Bullying kept people in line; people of color, trans members and women were bullied, shut down and dismissed.", "jay-2019",
    Equation = "acts ~ Poisson(rate members (1 - .7 openness)(.5 + 3 share of status-seekers)); the target is drawn with weight 1, 1.6 if marginalized, .05 for leaders; g += hurt, memory += hurt, 1.4 x that if marginalized",
    Reads = "branch.census organization.policy member.flags", Writes = "branch.clocks branch.flows member.grievance member.memory")]
public sealed class Bullying : Mechanism
{
    [Parameter("1/week", 0, 0.2, Origin.Source, "Acts per member and week where nobody may speak and few seek status (observed abuse .0023-.0055 a week; V1).", Dosed = true)]
    public float Rate = 0.01f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance and memory of one act.")]
    public float Hurt = 0.2f;

    [Parameter("ratio", 1, 10, Origin.Assumed, "How much more often a member of a marginalized group is the target.")]
    public float MarginalizedOften = 1.6f;

    [Parameter("ratio", 0, 1, Origin.Assumed, "How often a leader is the target, relative to others.")]
    public float OfLeaders = 0.05f;

    [Parameter("ratio", 1, 10, Origin.Assumed, "How much harder it hits a member of a marginalized group.")]
    public float MarginalizedHard = 1.4f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of it that stops where all may be said.")]
    public float WhereOpen = 0.7f;

    [Parameter("ratio", 0, 10, Origin.Assumed, "Rate where nobody seeks status, relative to the usual; what a share of status-seekers of 1 adds to that.")]
    public float WithoutSeekers = 0.5f, BySeekers = 3;

    private readonly MemberRates exposed;

    /// <summary>The mechanism with its default parameters.</summary>
    public Bullying() => exposed = member =>
    {
        var flags = member.Flags;
        var rate = Vector256.ConditionalSelect(MemberLanes.Has(flags, MemberFlags.Marginalized), MemberLanes.All(MarginalizedOften), Vector256<float>.One);
        return Vector256.ConditionalSelect(MemberLanes.Has(flags, MemberFlags.Leader), MemberLanes.All(OfLeaders), rate);
    };

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => Branches(world, new(in branch));

    /// <inheritdoc/>
    public override void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
        {
            ref var census = ref branch.Census;
            if (census.Members > 0)
                branch.Clocks[(int)Clock.Bullying] -= Rate * census.Members * (1 - WhereOpen * branch.Organization[PolicyItem.Openness]) * (WithoutSeekers + BySeekers * census.StatusSeekers / census.Members);
        }

        foreach (var branch in branches)
        {
            if (branch.Clocks[(int)Clock.Bullying] <= 0)
                Act(world, branch);
        }
    }

    private void Act(World world, Branch branch)
    {
        var acts = branch.WindUp(Clock.Bullying, world.Draws, Key, world.Week);
        for (var a = 0; a < acts; a++)
        {
            var target = Race.Pick(world, branch, exposed, Key, a);
            if (target < 0)
                continue;
            var marginalized = ((MemberFlags)branch.FlagsAt(target) & MemberFlags.Marginalized) != 0;
            var hurt = Hurt * (marginalized ? MarginalizedHard : 1);
            branch.Count(Flow.Bullied);
            if (marginalized)
                branch.Count(Flow.BulliedMarginalized);
            ref var grievance = ref branch.Roll.At(target, Column.Grievance);
            grievance = Math.Min(1, grievance + hurt);
            branch.Roll.At(target, Column.Memory) += hurt;
        }
    }
}
