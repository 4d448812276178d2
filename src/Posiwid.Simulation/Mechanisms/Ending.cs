using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>An organization with too few members, or with debts that it cannot carry, is over.</summary>
[Mechanism("ending", "It could shrink into obscurity and continue indefinitely.", "jay-2019",
    Equation = "over when fewer than a few members are left, or when debts pass half a year's usual cost and a trifle more",
    Reads = "organization.means organization.money", Writes = "organization.life branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot organization.leaders organization.means organization.hidden organization.staff")]
public sealed class Ending : Mechanism
{
    [Parameter("people", 0, 1000, Origin.Assumed, "Members below which it is over.")]
    public float Fewest = 5;

    [Parameter("weeks", 1, 1000, Origin.Assumed, "Weeks of usual cost that it can owe.")]
    public float Debt = 26;

    [Parameter("dollars", 0, 1_000_000, Origin.Assumed, "Debt beyond that which any organization can carry.")]
    public float Trifle = 10_000;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (o.Members < Fewest)
            world.End(o, Fate.Dwindled, "lapsed");
        else if (o.ReservesCents < -(long)(Debt * o.UsualCost) - (long)(100 * Trifle))
            world.End(o, Fate.Insolvent, "dissolved");
    }
}
