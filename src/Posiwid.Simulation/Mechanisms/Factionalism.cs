using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Critics who talk to each other across branches without leave are charged with factionalizing; some are expelled.</summary>
[Mechanism("factionalism", "Members were attacked for factionalizing, that is, for talking to each other without the permission of the leadership.", "jay-2019",
    Equation = "charges ~ Poisson(rate x members who spoke x talk needs leave x (1 - openness)), each against one of those who spoke; of those charged a part is expelled, the others are afraid",
    Reads = "member.flags branch.flows organization.policy", Writes = "branch.clocks branch.flows branch.place branch.hours world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot")]
public sealed class Factionalism : Mechanism
{
    [Parameter("1/week", 0, 1, Origin.Assumed, "Charges per week and speaker where all talk needs leave.", Dosed = true)]
    public float Charge = 0.06f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of those charged who are expelled.")]
    public float Expelled = 0.12f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Fear of those who are charged and stay.")]
    public float Fear = 0.2f;

    [Parameter("hours", 0, 100, Origin.Assumed, "Hours of office-holders that a charge takes.")]
    public float Hours = 6;

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch)
    {
        var o = branch.Organization;
        branch.Hours[Activity.Discipline] = 0;
        var rate = Charge * o[PolicyItem.TalkNeedsLeave] * (1 - o[PolicyItem.Openness]) * branch.Flows[(int)Flow.Spoke] / branch.Weight;
        if (rate <= 0)
            return;
        var charges = branch.Fire(Clock.Charge, rate, world.Draws, Key, world.Week);
        for (var c = 0; c < charges; c++)
        {
            var p = Race.Pick(world, branch, static member => Vector256<float>.One & MemberLanes.Has(member.Flags, MemberFlags.Spoke), Key, 2 * c);
            if (p < 0)
                return;
            branch.Hours[Activity.Discipline] += Hours * branch.Weight;
            branch.Count(Flow.Suppression);
            if (world.Draws.Uniform(Key, world.Week, branch.IdAt(p), (2 * c) + 1) < Expelled)
                world.Leave(branch, p, "expelled");
            else
                branch.Roll.At(p, Column.Fear) += Fear;
        }
    }
}
