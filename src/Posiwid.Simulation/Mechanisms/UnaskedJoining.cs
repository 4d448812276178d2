using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// People join whom nobody asked: through the press, on the ballot, on the internet; more where the door is open and where friends are in. Where there is
/// no branch those of one quarter found one, if they are enough.
/// </summary>
[Mechanism("unasked-joining", "Many came to the rival, a blank slate, after the Sanders campaign and the election of Trump, without anybody asking them.", "jay-2019",
    Equation = "rate per person of the site = base x open door x presence x (1 + by election x electoral) (1 + by moment x moment)(1 + by members x share of the site's people who are in); presence = public presence x (.3 + impressiveness); a former member a quarter as often; in a moment others come to look and become contacts; every thirteen weeks, where it has no branch, as many as would have joined found one if they are enough",
    Reads = "organization.policy organization.means branch.place world.climate world.pools", Writes = "organization.life branch.effort branch.census branch.size branch.contacts branch.clocks branch.flows world.pools branch.place member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot")]
public sealed class UnaskedJoining : Mechanism
{
    [Parameter("1/week", 0, 0.1, Origin.Calibrated, "Chance per week that a person joins something wide open and much seen, without asking, without a moment and where nobody is in yet (the DSA near 8,000 in 1989; S44).", Dosed = true)]
    public float Base = 0.9e-4f;

    [Parameter("ratio", 0, 100, Origin.Source, "How much an election that a candidate of its kind contests multiplies it (sign-ups x6 in the month after, x35 on the day after a primary; E8).")]
    public float ByElection = 25;

    [Parameter("ratio", 0, 20, Origin.Assumed, "How much a movement moment multiplies it.")]
    public float ByMoment = 1.5f;

    [Parameter("ratio", 0, 20, Origin.Assumed, "How much those of the place who are in multiply it, per share of its people: they tell their friends (Bass 1969, Hedström 1994).")]
    public float ByMembers = 20;

    [Parameter("agents", 1, 100, Origin.Assumed, "Those who must have joined within a quarter at a place without a branch to found one: as many as keep one open.")]
    public float Founders = 3;

    [Parameter("contacts/week", 0, 10, Origin.Assumed, "People of a site who come to look for themselves in a moment of strength 1, per branch.", Dosed = true)]
    public float Lookers = 1.5f;

    [Parameter("ratio", 0, 2, Origin.Assumed, "How far an organization is known of that nobody finds impressive.")]
    public float Unimpressive = 0.3f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "How many come to look where the door is closed, relative to an open one.")]
    public float ClosedDoor = 0.2f;

    [Parameter("chance", 0, 1, Origin.Source, "Chance that a former member who would join does, relative to somebody new (return after a year away 21-26%; V9).")]
    public float Former = 0.25f;

    [Parameter("weeks", 1, 1040, Origin.Assumed, "Mean weeks for which somebody who came to look is remembered.")]
    public float Remembered = 20;

    /// <summary>Weeks between two looks at the places without a branch.</summary>
    private const int Quarter = 13;

    /// <summary>People a week who join at a site with so many places, a share of whom is in already.</summary>
    private float Joining(World world, Organization o, int places, float share) =>
        Base * places * o[PolicyItem.OpenDoor] * o[PolicyItem.PublicPresence] * (Unimpressive + o.Impressiveness)
            * (1 + ByElection * world.Electoral) * (1 + ByMoment * world.Moment) * (1 + ByMembers * share);

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => Branches(world, new(in branch));

    /// <inheritdoc/>
    public override void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
            branch.Clocks[(int)Clock.WalkIn] -= Coming(world, branch).Sum;
        foreach (var branch in branches)
        {
            if (branch.Clocks[(int)Clock.WalkIn] <= 0)
                Come(world, branch);
        }
    }

    /// <summary>People a week who join without having been asked, and with those who come to look.</summary>
    private (float Joining, float Sum) Coming(World world, Branch branch)
    {
        var o = branch.Organization;
        var places = Places(world, branch.Site);
        var joining = Joining(world, o, places, branch.Roll.Count / (float)places);
        return (joining, joining + Lookers * world.Moment * o.Impressiveness * (ClosedDoor + (1 - ClosedDoor) * o[PolicyItem.OpenDoor]));
    }

    private void Come(World world, Branch branch)
    {
        var o = branch.Organization;
        var first = world.Pools.Start[branch.Site];
        var places = Places(world, branch.Site);
        var (joining, all) = Coming(world, branch);
        var events = branch.WindUp(Clock.WalkIn, world.Draws, Key, world.Week);
        for (var e = 0; e < events; e++)
        {
            world.Draws.Words(Key, world.Week, branch.Key, 4 * e, out var who, out var joins, out var again, out var memory);
            var slot = first + Draws.Index(places, who);
            ref var place = ref world.PlaceAt(slot);
            if (!place.IsOpen(o))
                continue;
            if (Draws.Unit(joins) * all < joining)
            {
                if (place.State == SlotState.Former && Draws.Unit(again) > Former)
                    continue;
                TakeIn(world, branch, slot);
            }
            else
            {
                var forgotten = Math.Min(place.Until, world.Week + 1 + (int)(Remembered * -Deterministic.Log(Draws.Unit(memory))));
                branch.AddContact(new Contact { Slot = slot, Since = place.Since, Forgotten = forgotten, Warmth = 0.5f, Met = Activity.March });
            }
        }
    }

    private static void TakeIn(World world, Branch branch, int slot)
    {
        branch.Count(Flow.Joins);
        branch.Count(Flow.JoinsUnasked);
        if (branch.Kind == MilieuKind.Campus)
            branch.Count(Flow.JoinsCampus);
        world.Join(branch, slot, MemberFlags.Unasked);
    }

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if ((world.Week + o.Index) % Quarter != 5)
            return;
        var live = world.Proposals();
        var sites = Joining(world, o, 1, 0) > 0 ? world.Setting.SiteCount : 0;
        for (var site = 0; site < sites; site++)
        {
            if (world.At(site, o) is null && SiteChoice.IsOpen(world, o, world.Pools.Milieu[site]) && Come(world, o, site) >= Founders)
                live.Add(new Intent(world.Week, Channel.Branches, (ulong)o.Index, site, (int)BranchAct.Found));
        }

        foreach (var intent in world.Intents.Events(world, Channel.Branches, o, (int)BranchAct.Found, live))
        {
            if (world.At(intent.Item, o) is null)
                Found(world, o, intent.Item);
            else
                world.Intents.Drop();
        }
    }

    /// <summary>How many would have joined at a site in the past quarter, at this week's rate.</summary>
    private int Come(World world, Organization o, int site)
    {
        var left = Quarter * Joining(world, o, Places(world, site), 0);
        var come = -1;
        for (; left >= 0; come++)
            left -= world.Draws.Exponential(Key, world.Week, (ulong)((o.Index << 24) + site), 1 + come);
        return come;
    }

    private static int Places(World world, int site) => world.Pools.Start[site + 1] - world.Pools.Start[site];

    /// <summary>People of a site make a branch of their own, with the plan that the organization was founded with.</summary>
    private void Found(World world, Organization o, int site)
    {
        var branch = world.Open(o, site);
        for (var a = 0; a < Activity.Planned; a++)
            branch.Effort[a] = (float)o.Spec.FoundingPlan.GetValueOrDefault(MeasureCatalog.Kinds[a]);
        var wanted = Math.Max((int)Founders, Come(world, o, site));
        for (var e = 0; e < 10 * wanted && branch.Roll.Count < wanted; e++)
        {
            var slot = world.Pools.Start[site] + world.Draws.Index(Places(world, site), Key, world.Week, branch.Key, 4 * e);
            if (world.PlaceAt(slot) is var place && (!place.IsOpen(o) || place.State == SlotState.Former))
                continue;
            TakeIn(world, branch, slot);
        }

        CensusTaker.Take(branch);
        branch.EarlierSize = branch.Roll.Count;
        world.Note(EventKinds.BranchOpened, o, branch.Number, branch.Roll.Count * branch.Weight, world.Setting.MilieuNames[branch.Milieu]);
    }
}
