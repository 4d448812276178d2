using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Once a year a thousand cheering people make everyone feel that it might matter.</summary>
[Mechanism("conference", "Every year it held panels at a national conference in front of a thousand cheering socialists; the purpose was to keep the machine running.", "jay-2019",
    Equation = "in the conference's week hope gains lift x impressiveness x attendance of what is missing, attendance = .55 min(1, 3 hours asked / 5); members who attend give hours and a fee",
    Reads = "organization.policy organization.means", Writes = "organization.shocks organization.flows organization.money")]
public sealed class YearlyConference : Mechanism
{
    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of missing hope that a conference of an organization as impressive as can be makes up for those who attend.", Dosed = true)]
    public float Lift = 0.30f;

    [Parameter("share 0..1", 0, 1, Origin.Source, "Share of members who attend (more than 1,300 people in 2011, S104, guests among them, where about as many members were claimed in 2005, S31).")]
    public float Attendance = 0.55f;

    [Parameter("hours", 0, 100, Origin.Assumed, "Hours that a member gives to it.")]
    public float Hours = 24;

    [Parameter("USD", 0, 1000, Origin.Assumed, "What is left of a member's fee after costs.")]
    public float FeeUsd = 15;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (!world.Setting.Calendar.Begins(world.Week, world.Setting.Scenario.Calendar.Conference))
            return;
        var attending = Attendance * o.Members * Math.Min(1, 3 * o[PolicyItem.HoursAsked] / 5);
        var held = world.Intents.Event(world, Channel.Conference, o, 0, o[PolicyItem.Conference] > 0 ? 1 : 0) > 0;
        world.Observer?.Decided(world, o, null, "conference", "center", true,
        [
            new(held, true, null, ("attendance", attending), ("hours", attending * Hours), ("income_usd", attending * FeeUsd)),
            new(!held, false, null, ("attendance", 0), ("hours", 0), ("income_usd", 0)),
        ]);
        if (!held)
            return;
        o.ConferenceLift = Lift * o.Impressiveness * attending / Math.Max(1, o.Members);
        o.Hours[Activity.Conference] += attending * Hours;
        o.IncomeCents += (long)(attending * FeeUsd * 100);
        world.Observer?.Paid(world, o, "conference", true, (long)(attending * FeeUsd * 100));
        if (attending >= 1)
            world.Note(EventKinds.Conference, o, 0, attending);
    }
}
