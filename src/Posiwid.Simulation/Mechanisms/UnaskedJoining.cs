using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>People join whom nobody asked: through the press, on the ballot, on the internet; more where the door is open.</summary>
[Mechanism("unasked-joining", "Many came to the rival, a blank slate, after the Sanders campaign and the election of Trump, without anybody asking them.", "jay-2019",
    Equation = "rate per person of the site = base x open door x presence x (1 + by election x electoral) (1 + by moment x moment); presence = public presence x (.3 + impressiveness); in a moment others come to look and become contacts",
    Reads = "organization.policy organization.means world.climate world.pools", Writes = "branch.contacts branch.clocks branch.flows world.pools branch.place member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot")]
public sealed class UnaskedJoining : Mechanism
{
    [Parameter("1/week", 0, 0.1, Origin.Calibrated, "Chance per week that a person joins something wide open and much seen, without asking and without a moment.", Dosed = true)]
    public float Base = 2.8e-4f;

    [Parameter("ratio", 0, 100, Origin.Source, "How much an election that a candidate of its kind contests multiplies it (sign-ups x6 in the month after, x35 on the day after a primary; E8).")]
    public float ByElection = 25;

    [Parameter("ratio", 0, 20, Origin.Assumed, "How much a movement moment multiplies it.")]
    public float ByMoment = 1.5f;

    [Parameter("contacts/week", 0, 10, Origin.Assumed, "People of a site who come to look for themselves in a moment of strength 1, per branch.", Dosed = true)]
    public float Lookers = 1.5f;

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch)
    {
        var o = branch.Organization;
        var pools = world.Pools;
        var first = pools.Start[branch.Site];
        var places = pools.Start[branch.Site + 1] - first;
        var door = o[PolicyItem.OpenDoor];
        var joining = Base * places * door * o[PolicyItem.PublicPresence] * (0.3f + o.Impressiveness)
            * (1 + ByElection * world.Electoral) * (1 + ByMoment * world.Moment);
        var looking = Lookers * world.Moment * o.Impressiveness * (0.2f + 0.8f * door);
        var events = branch.Fire(Clock.WalkIn, joining + looking, world.Draws, Key, world.Week);
        for (var e = 0; e < events; e++)
        {
            var slot = first + world.Draws.Index(places, Key, world.Week, branch.Key, 4 * e);
            if (!pools.IsOpen(slot, o))
                continue;
            if (world.Draws.Uniform(Key, world.Week, branch.Key, 4 * e + 1) * (joining + looking) < joining)
            {
                if (pools.State[slot] == SlotState.Former && world.Draws.Uniform(Key, world.Week, branch.Key, 4 * e + 2) > 0.25f)
                    continue;
                branch.Count(Flow.Joins);
                branch.Count(Flow.JoinsUnasked);
                if (branch.Kind == MilieuKind.Campus)
                    branch.Count(Flow.JoinsCampus);
                world.Join(branch, slot, MemberFlags.Unasked);
            }
            else
            {
                var forgotten = Math.Min(pools.Until[slot], world.Week + 1 + (int)(20 * world.Draws.Exponential(Key, world.Week, branch.Key, 4 * e + 3)));
                branch.AddContact(new Contact { Slot = slot, Since = pools.Since[slot], Forgotten = forgotten, Warmth = 0.5f, Met = Activity.March });
            }
        }
    }
}
