using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>An organization is broken up by force on days that the scenario states: a camp is cleared, a group is banned. What its people do then is their own affair.</summary>
[Mechanism("breaking-up", "They will fight like hell to defend it, and if it is destroyed, they will build another one.", "jay-2019",
    Equation = "on a stated day: hope of all members falls by a share, its money is gone, the organization is over, its members are scattered",
    Reads = "scenario", Writes = "organization.life branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot organization.leaders organization.means organization.hidden organization.staff organization.scattered organization.money")]
public sealed class BreakingUp : Mechanism
{
    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of hope that is lost.", Dosed = true)]
    public float HopeLost = 0.5f;

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        foreach (var o in world.Organizations)
        {
            if (!o.Alive || !IsTheDay(world, o))
                continue;
            foreach (var branch in o.Branches)
            {
                for (var p = 0; p < branch.Roll.Count; p++)
                    branch.Roll.At(p, Column.Hope) *= 1 - HopeLost;
            }

            o.ReservesCents = 0;
            world.End(o, Fate.BrokenUp, "dissolved");
        }
    }

    private static bool IsTheDay(World world, Organization o)
    {
        foreach (var day in o.Spec.BrokenUp ?? [])
        {
            if (world.Setting.Calendar.Week(day) == world.Week)
                return true;
        }

        return false;
    }
}
