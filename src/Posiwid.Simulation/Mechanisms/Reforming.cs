using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// People who were scattered when their organization was broken up or dissolved come together again if what would hold them outweighs what it
/// cost, as it does for members who stay or leave, by more than a bar: those who have to, not those who lost faith. Ties and company count
/// as far as the others would come too (Granovetter 1978): where many have had enough, the rest stay away as well.
/// </summary>
[Mechanism("re-forming", "If it is destroyed, they will build another one, not because they want to but because they have to.", "jay-2019",
    Equation = "a scattered person is willing if .9 b + .6 h + s (.45 ties + .35 [b > .15]) + 2.5 needs met x need - .8 g - .3 (hours asked / 5)(.6 + need) - .3 need > bar, s = 1 - mutual (1 - the share of the site's scattered who are willing), from 1 down until it stands; enough of them at one site come together with a chance per week, with the plan they had; hope, belief, ties and grievance fade; after some weeks, or when a stay ends, people lose sight of each other",
    Reads = "organization.life organization.policy organization.scattered world.pools", Writes = "organization.life branch.place branch.effort branch.census branch.size branch.reputation world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot organization.means organization.scattered")]
public sealed class Reforming : Mechanism
{
    [Parameter("chance/week", 0, 1, Origin.Assumed, "Chance that those who are willing at one site come together.", Dosed = true)]
    public float Meeting = 0.2f;

    [Parameter("people", 1, 100, Origin.Source, "Willing people at one site that it takes (five make a branch; S95).")]
    public float Together = 5;

    [Parameter("utility", -2, 4, Origin.Calibrated, "What must be left of what would hold a person (prototype, section 4.8).")]
    public float Bar = 0.45f;

    [Parameter("weeks", 1, 1040, Origin.Assumed, "Weeks after which people have lost sight of each other.")]
    public float Remembered = 104;

    [Parameter("utility", 0, 4, Origin.Assumed, "What holds: belief, hope, ties, company of believers, needs met; as for members who stay or leave.")]
    public float Belief = 0.9f, Hope = 0.6f, Ties = 0.45f, Company = 0.35f, NeedsMet = 2.5f;

    [Parameter("utility", 0, 4, Origin.Assumed, "What drives away: grievance, effort at five hours a week, need.")]
    public float Grievance = 0.8f, Effort = 0.30f, Need = 0.30f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "How far ties and company count only if the others come too; at 0 everybody takes for granted that they all do.")]
    public float Mutual = 1;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rates at which hope, belief, ties and grievance fade while people are apart; as for members, or slower.")]
    public float HopeFading = 0.045f, BeliefFading = 0.01f, TiesFading = 0.008f, GrievanceFading = 0.006f;

    /// <summary>What would hold a person, less what it would cost, if a share of the others came too.</summary>
    public float Pull(in Scattered who, float hoursAsked, float share) =>
        Belief * who.Belief + Hope * who.Hope + share * (Ties * who.Ties + (who.Belief > 0.15f ? Company : 0)) + NeedsMet * who.NeedsMet * who.Need
            - Grievance * who.Grievance - Effort * hoursAsked / 5 * (0.6f + who.Need) - Need * who.Need;

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        world.KeepsScattered = true;
        foreach (var o in world.Organizations)
        {
            if (o.Scattered.Count == 0)
                continue;
            Fade(world, o);
            for (var first = 0; first < o.Scattered.Count;)
            {
                var site = o.Scattered[first].Site;
                var end = first;
                while (end < o.Scattered.Count && o.Scattered[end].Site == site)
                    end++;
                first = Meet(world, o, site, first, end);
            }

            // the first weeks after an end are those that count; see Remembered
            if (o.EndedWeek >= 0 && world.Week - o.EndedWeek > Remembered)
                o.Scattered.Clear();
        }
    }

    private void Fade(World world, Organization o)
    {
        // gone away, or a member again, here or elsewhere
        o.Scattered.RemoveAll(who => who.Until <= world.Week || (who.Slot >= 0 && world.PlaceAt(who.Slot) is var place && world.IdentityAt(who.Slot, place) == who.Person && place.State == SlotState.Member));
        for (var i = 0; i < o.Scattered.Count; i++)
        {
            var who = o.Scattered[i];
            who.Hope *= 1 - HopeFading;
            who.Belief *= 1 - BeliefFading;
            who.Ties *= 1 - TiesFading;
            who.Grievance *= 1 - GrievanceFading;
            o.Scattered[i] = who;
        }
    }

    /// <summary>Those of a site may come together; returns where the next site begins.</summary>
    private int Meet(World world, Organization o, int site, int first, int end)
    {
        var (willing, share) = (end - first, 1f);
        var together = Together / (float)world.Setting.Milieus[world.Pools.Milieu[site]].Weight; // agents
        for (var before = willing + 1; willing < before && willing >= together; share = 1 - Mutual * (1 - willing / (float)(end - first)))
        {
            before = willing;
            willing = 0;
            for (var i = first; i < end; i++)
                willing += Pull(o.Scattered[i], o[PolicyItem.HoursAsked], share) > Bar ? 1 : 0;
        }

        if (willing < together || world.At(site, o) is not null || world.Draws.Uniform(Key, world.Week, (ulong)((o.Index << 24) + site)) >= Meeting)
            return end;
        var branch = world.Open(o, site);
        o.ScatteredEffort.AsSpan(0, Activity.Planned).CopyTo(branch.Effort);
        for (var i = end - 1; i >= first; i--)
        {
            var who = o.Scattered[i];
            if (Pull(who, o[PolicyItem.HoursAsked], share) <= Bar)
                continue;
            Return(world, branch, who);
            branch.NeedReputation = Math.Max(branch.NeedReputation, who.NeedsMet);
            o.Scattered.RemoveAt(i);
            end--;
        }

        CensusTaker.Take(branch);
        branch.EarlierSize = branch.Roll.Count;
        if (!o.Alive)
        {
            (o.Alive, o.EndedWeek, o.Fate) = (true, -1, Fate.Alive);
            o.Members = branch.Roll.Count * branch.Weight;
            o.Agents = branch.Roll.Count;
            Array.Fill(o.SizeRing, o.Members);
            world.Note(EventKinds.Reformed, o, branch.Number, o.Members, world.Setting.MilieuNames[branch.Milieu]);
        }

        return end;
    }

    private static void Return(World world, Branch branch, in Scattered who)
    {
        var slot = who.Slot;
        if (slot >= 0 && world.IdentityAt(slot, world.PlaceAt(slot)) != who.Person)
            slot = -1;
        if (slot >= 0)
            world.PlaceAt(slot).State = SlotState.Member;
        var position = world.Add(branch, who.Person, default, (MemberFlags)who.Flags & ~(MemberFlags.Leader | MemberFlags.Staff | MemberFlags.Spoke | MemberFlags.Attacked | MemberFlags.AttackedLate), who.Until, slot);
        var roll = branch.Roll;
        roll.At(position, Column.Need) = who.Need;
        roll.At(position, Column.Hope) = who.Hope;
        roll.At(position, Column.Belief) = who.Belief;
        roll.At(position, Column.Experience) = who.Experience;
        roll.At(position, Column.Ties) = who.Ties;
        roll.At(position, Column.Status) = who.Status;
        roll.At(position, Column.Grievance) = who.Grievance;
        roll.At(position, Column.Memory) = who.Memory;
        roll.At(position, Column.Threshold) = who.Threshold;
        roll.At(position, Column.Fear) = who.Fear;
        roll.At(position, Column.Education) = who.Education;
        roll.At(position, Column.Vigor) = who.Vigor;
        roll.IntAt(position, Column.Joined) = who.Joined;
    }
}
