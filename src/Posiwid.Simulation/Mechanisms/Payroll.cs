using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Paid organizers cost money every week; the center hires when it can and lays off when it must.</summary>
[Mechanism("payroll", "If it does have a paid staff, then it will quickly rack up bills in the hundreds of thousands of dollars.", "jay-2019",
    Equation = "cost = staff x wage x (1 + overhead) + running costs x members x hours asked / 5, wages as far as money and a credit go; every quarter: hire an eighth of the staff if reserves exceed a number of weeks of the cost to come and the wages stay below a share of the usual income, lay off a sixth if reserves are short and the usual cost exceeds the usual income, at least one",
    Reads = "organization.money organization.policy organization.means organization.staff member.flags member.vigor member.belief", Writes = "organization.money organization.staff organization.flows member.flags")]
public sealed class Payroll : Mechanism
{
    [Parameter("share", 0, 3, Origin.Assumed, "Rent, travel and taxes on top of wages.")]
    public float Overhead = 0.35f;

    [Parameter("USD/week", 0, 100, Origin.Assumed, "Printing, travel and rooms per member where five hours a week are asked; less in proportion elsewhere.")]
    public float RunningUsdPerMember = 1.5f;

    [Parameter("weeks", 0, 520, Origin.Source, "Weeks of cost held in reserve before hiring (charities: 57% below 13, 19% above 26; B8, B9).")]
    public float HireAbove = 10;

    [Parameter("weeks", 0, 520, Origin.Assumed, "Weeks of cost below which somebody is laid off.")]
    public float LayOffBelow = 4;

    [Parameter("weeks", 0, 52, Origin.Assumed, "Weeks of usual income that it can owe and still pay wages.")]
    public float Credit = 2.6f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of usual income that staff may cost.")]
    public float IncomeShare = 0.85f;

    [Parameter("hours/week", 0, 80, Origin.Assumed, "Hours a week of a paid organizer in the office.")]
    public float OfficeHours = 25;

    /// <summary>Weeks between two looks at the roster.</summary>
    private const int Quarter = 13;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        Staffing.Count(o);
        var wage = o[PolicyItem.WageUsdPerWeek] * (1 + Overhead) * 100;
        if (o[PolicyItem.Payroll] <= 0)
            wage = 0;
        var payroll = (long)(o.Staff * wage);
        var running = (long)(RunningUsdPerMember * 100 * o.Members * o[PolicyItem.HoursAsked] / 5);
        var funds = o.ReservesCents + o.IncomeCents + (long)(Credit * o.UsualIncome);
        var paid = Math.Clamp(funds - running, 0, payroll);
        o.Coverage = payroll > 0 ? (float)paid / payroll : 1;
        o.CostCents = running + paid;
        world.Observer?.Paid(world, o, "wages", false, paid);
        world.Observer?.Paid(world, o, "running_costs", false, running);
        o.ReservesCents += o.IncomeCents - o.CostCents;
        const float rate = 0.08f;
        o.UsualIncome += (o.UsualIncome == 0 ? 1 : rate) * (o.IncomeCents - o.UsualIncome);
        o.UsualCost += (o.UsualCost == 0 ? 1 : rate) * (running + payroll - o.UsualCost);
        o.Hours[Activity.Administration] += o.Staff * OfficeHours;
        var due = (world.Week + o.Index) % Quarter == 0;
        if (!due)
            return;
        var change = (int)world.Intents.Event(world, Channel.Staff, o, 0, wage > 0 ? Change(world, o, running, wage) : 0);
        if (change > 0)
            Staffing.Hire(world, o, change);
        else if (change < 0)
            LayOff(world, o, -change);
    }

    /// <summary>How many the center would hire, or lay off where the number is negative, by what its treasurer and its roster say.</summary>
    private int Change(World world, Organization o, long running, float wage)
    {
        var reserves = world.Intents.Sense(world, Sensor.TreasurersReport, (ulong)o.Index, o.ReservesCents);
        var staff = (int)world.Intents.Sense(world, Sensor.StaffRoster, (ulong)o.Index, o.Staff);
        var next = running + (staff + 1) * wage;
        if (reserves > HireAbove * next && next < IncomeShare * o.UsualIncome + running)
            return Math.Max(1, staff / 8);
        return staff > 0 && reserves < LayOffBelow * o.UsualCost && o.UsualCost > o.UsualIncome ? -Math.Max(1, staff / 6) : 0;
    }

    private static void LayOff(World world, Organization o, int count)
    {
        var before = o.Staff;
        Staffing.Dismiss(world, o, count, static (flags, vigor, belief, _) => ((flags & MemberFlags.Leader) != 0 ? 0.01f : 1) / (0.05f + vigor * belief));
        world.Note(EventKinds.LaidOff, o, 0, before - o.Staff);
    }
}
