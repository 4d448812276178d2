using System.Numerics;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Once a year the leadership proposes its own successors as a slate, which members take or leave as a whole; where there is no slate, or it falls, or others may stand since criticism is free, seats are contested one by one: those content vote for
/// whoever stands high in the organization, the discontented for those who share what they hold against it.
/// </summary>
[Mechanism("leadership", "The full-time leadership maintains its positions more or less indefinitely.", "jay-2019",
    Equation = "a member is against the leadership if grievance + .7 memory + lost belief > bar + fear + (1 - openness) pressure, lost belief = .5 max(0, .4 - belief), the bar lower where seats are contested; members count as people; seats = members / 130 + 3, at least as at the founding and at most 25; there is a slate where slate x (1 - openness) > .5, which falls when more than half are against it; it keeps who is there but for those who step down, by a chance, and fills empty seats, as between conventions every four weeks, with the cadre first by vigor x belief x (.5 + status), more for officers, none for critics; where seats are contested cadre get votes (1 - c) m / sum m + c k / sum k (Luce 1959), c the share against, m as for the slate with critics too, k = vigor x (.5 + status) x (grievance + .7 memory), 0 for leaders; the first by votes sit",
    Reads = "member.id member.grievance member.memory member.belief member.fear member.flags member.vigor member.status organization.policy organization.means branch.census", Writes = "organization.leaders member.flags")]
public sealed class Leadership : Mechanism
{
    [Parameter("0..1", 0, 3, Origin.Assumed, "Discontent at which a member votes against the slate; less where seats are contested one by one.")]
    public float Bar = 0.55f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "What contested seats take from the bar.")]
    public float Contested = 0.3f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Pressure to vote with the leadership where nothing may be said.", Dosed = true)]
    public float Pressure = 0.3f;

    [Parameter("members per seat", 10, 10_000, Origin.Assumed, "Members for each seat beyond the first three; at least the founding's seats.")]
    public float MembersPerSeat = 130;

    [Parameter("seats", 1, 1000, Origin.Assumed, "Seats at most.")]
    public float MostSeats = 25;

    [Parameter("ratio", 0, 4, Origin.Assumed, "Weight of remembered wrongs beside present grievance, as for voice.")]
    public float Memory = 0.7f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Belief below which its loss counts against the leadership, and the weight of what is lost.")]
    public float Doubt = 0.4f, OfDoubt = 0.5f;

    [Parameter("ratio", 0, 10, Origin.Assumed, "How much better known an office makes somebody who could be elected or appointed.")]
    public float Known = 1.5f;

    [Parameter("1/year", 0, 1, Origin.Assumed, "Chance that a leader steps down at a convention for reasons of life.")]
    public float StepDown = 0.04f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        var convention = world.Setting.Calendar.Begins(world.Week, world.Setting.Scenario.Calendar.Convention);
        if (convention)
            Elect(world, o);
        else if (world.Week % 4 == 0)
            Fill(world, o, "coopted");
    }

    /// <summary>Seats by size.</summary>
    private int Seats(Organization o) => Math.Min((int)MostSeats, Math.Max(o.Spec.Leaders, (int)(o.Members / MembersPerSeat) + 3));

    private void Elect(World world, Organization o)
    {
        Drop(world, o);
        if (o.Leaders.Count == 0)
            Fill(world, o, "coopted");
        var before = o.Leaders.Count;
        if (before == 0)
            return;
        // where criticism is free others stand as well, whatever the leadership proposes
        var proposed = o[PolicyItem.Slate] * (1 - o[PolicyItem.Openness]);
        var against = ShareAgainst(world, o, proposed);
        var slate = proposed > 0.5f && against <= 0.5f;
        if (!slate)
            against = ShareAgainst(world, o, 0);
        var cadre = slate ? 0 : Cadre(world, o);
        Span<Candidate> room = cadre <= MostOnStack ? stackalloc Candidate[cadre] : new Candidate[cadre];
        ReadOnlySpan<Candidate> poll = room[..Poll(world, o, against, room)];
        var seats = Seats(o);
        var (kept, gone) = (new List<Leader>(), new List<ulong>());
        for (var i = 0; i < before; i++)
        {
            var leader = o.Leaders[i];
            var stepsDown = StepsDown(world, leader.Person);
            var votedOut = !slate && !stepsDown && !IsElected(leader.Person, poll[..Math.Min(seats, poll.Length)]);
            var stays = world.Intents.Event(world, Channel.Slate, o, i, stepsDown || votedOut ? 1 : 0) == 0;
            world.Observer?.Decided(world, o, null, "seat", "members", false,
            [
                new(stays, true, null, ("tenure_years", (world.Week - leader.Since) / 52.0), ("votes_against", against)),
                new(!stays, false, null, ("tenure_years", 0), ("votes_against", 1 - against)),
            ]);
            if (stays)
            {
                kept.Add(leader);
                continue;
            }

            // who steps down for reasons of life did not lose the seat
            if (votedOut)
            {
                o.FlowsSinceSample[(int)Flow.LeadersReplaced]++;
                world.Note(EventKinds.LeaderReplaced, o, 0, (world.Week - leader.Since) / 52.0);
            }

            gone.Add(leader.Person);
        }

        o.Entrenchment = kept.Count / (float)before;
        o.Leaders = kept;
        Fill(world, o, slate ? "slate" : "contested", poll);
        // only now, so that nobody gets the seat back that he or she gave up
        foreach (var person in gone)
        {
            if (world.Locate(o, person) is { } found)
                found.Branch.FlagsAt(found.Position) &= ~(int)MemberFlags.Leader;
            world.Observer?.LostOffice(world, o, person, Office.Leader);
        }
    }

    private bool StepsDown(World world, ulong leader) => world.Draws.Uniform(Key, world.Week, leader) < StepDown;

    /// <summary>Candidates up to whom they are listed on the stack.</summary>
    private const int MostOnStack = 1024;

    private static int Cadre(World world, Organization o)
    {
        var count = 0;
        foreach (var branch in Flagged.In(o))
        {
            foreach (var _ in new Flagged(branch, MemberFlags.Cadre))
                count++;
        }

        return count;
    }

    /// <summary>Somebody who stands for a seat.</summary>
    private record struct Candidate(ulong Person, float Standing, float Appeal, double Votes);

    /// <summary>Cadre stand, but for leaders who step down; they get their shares of the votes where a share of the members is against the leadership. Returns how many stand, most votes first.</summary>
    private int Poll(World world, Organization o, float against, Span<Candidate> room)
    {
        var count = 0;
        if (room.IsEmpty)
            return 0;
        foreach (var branch in Flagged.In(o))
        {
            foreach (var p in new Flagged(branch, MemberFlags.Cadre))
            {
                var (id, flags) = (branch.IdAt(p), (MemberFlags)branch.FlagsAt(p));
                var leads = (flags & MemberFlags.Leader) != 0;
                if (leads && StepsDown(world, id))
                    continue;
                var (vigor, status) = (branch.Roll.At(p, Column.Vigor), branch.Roll.At(p, Column.Status));
                var held = branch.Roll.At(p, Column.Grievance) + Memory * branch.Roll.At(p, Column.Memory);
                room[count++] = new Candidate(id, Standing(flags, vigor, branch.Roll.At(p, Column.Belief), status), leads ? 0 : vigor * (0.5f + status) * held, 0);
            }
        }

        // in the order of identities, so that sums do not depend on how members are stored
        var poll = room[..count];
        poll.Sort(static (a, b) => a.Person.CompareTo(b.Person));
        double standing = 1e-9, appeal = 1e-9;
        foreach (var c in poll)
            (standing, appeal) = (standing + c.Standing, appeal + c.Appeal);
        foreach (ref var c in poll)
            c.Votes = (1 - against) * c.Standing / standing + against * c.Appeal / appeal;
        poll.Sort(static (a, b) => (b.Votes, a.Person).CompareTo((a.Votes, b.Person)));
        return count;
    }

    /// <summary>True if somebody is among those elected.</summary>
    private static bool IsElected(ulong person, ReadOnlySpan<Candidate> elected)
    {
        foreach (ref readonly var c in elected)
        {
            if (c.Person == person)
                return true;
        }

        return false;
    }

    /// <summary>What those who are content see in somebody.</summary>
    private float Standing(MemberFlags flags, float vigor, float belief, float status) =>
        vigor * belief * (0.5f + status) * ((flags & (MemberFlags.Staff | MemberFlags.Leader)) != 0 ? Known : 1);

    /// <summary>Share of members, as people, who are against the leadership, as they dare, where a slate is voted on (1) or seats are contested (0).</summary>
    private float ShareAgainst(World world, Organization o, float slate)
    {
        double against = 0, all = 0;
        var bar = MemberLanes.All(Bar - Contested * (1 - slate) + (1 - o[PolicyItem.Openness]) * Pressure);
        foreach (var branch in o.Branches)
        {
            var roll = branch.Roll;
            var here = 0;
            for (var i = 0; i < roll.BlockCount; i++)
            {
                var member = new MemberLanes(roll, i);
                var discontent = member[Column.Grievance] + MemberLanes.All(Memory) * member[Column.Memory]
                    + MemberLanes.All(OfDoubt) * Deterministic.Max(Vector256<float>.Zero, MemberLanes.All(Doubt) - member[Column.Belief]);
                var votes = Vector256.GreaterThan(discontent, bar + member[Column.Fear]) & roll.FloatMask(i);
                here += BitOperations.PopCount(votes.ExtractMostSignificantBits());
            }

            against += here * (double)branch.Weight;
            all += roll.Count * (double)branch.Weight;
        }

        return all == 0 ? 0 : (float)(against / all);
    }

    /// <summary>Takes those off the list who are no longer members.</summary>
    private static void Drop(World world, Organization o)
    {
        for (var i = o.Leaders.Count - 1; i >= 0; i--)
        {
            if (world.Locate(o, o.Leaders[i].Person) is null)
                o.Leaders.RemoveAt(i);
        }
    }

    /// <summary>Who could have been appointed: those who were, and nine other cadre by lot, critics too, who are passed over.</summary>
    private static void Tell(World world, Organization o, IReadOnlyList<(Branch Branch, int Position, ulong Person)> appointed, string how)
    {
        var menu = new List<(ulong Lot, Alternative Alternative)>();
        foreach (var branch in Flagged.In(o))
        {
            foreach (var p in new Flagged(branch, MemberFlags.Cadre))
            {
                var flags = (MemberFlags)branch.FlagsAt(p);
                if ((flags & MemberFlags.Leader) != 0)
                    continue;
                var id = branch.IdAt(p);
                var chosen = appointed.Any(a => a.Person == id);
                double Is(MemberFlags flag) => (flags & flag) != 0 ? 1 : 0;
                double At(int column) => branch.Roll.At(p, column);
                menu.Add((chosen ? 0 : Person.Mix(id ^ (uint)world.Week), new Alternative(chosen, false, null,
                    ("belief", At(Column.Belief)), ("vigor", At(Column.Vigor)), ("status_seeking", At(Column.Status)),
                    ("critic", Is(MemberFlags.Spoke)), ("staff", Is(MemberFlags.Staff)), ("marginalized", Is(MemberFlags.Marginalized)))));
            }
        }

        var drawn = menu.OrderBy(m => m.Lot).Take(appointed.Count + 9).Select(m => m.Alternative).ToArray();
        world.Observer!.Decided(world, o, null, "appointment", how == "contested" ? "members" : "leadership", drawn.Length == menu.Count, drawn);
    }

    /// <summary>Fills empty seats: those who come next by votes where seats are contested, else whom the leadership trusts.</summary>
    private void Fill(World world, Organization o, string how, ReadOnlySpan<Candidate> poll = default)
    {
        if (o.LeadersPresent < o.Leaders.Count)
            Drop(world, o);
        var item = how == "coopted" ? SlateItem.Between : SlateItem.AtConvention;
        var empty = Seats(o) - (int)world.Intents.Sense(world, Sensor.OfficeRoster, (ulong)o.Index, o.Leaders.Count, item);
        var count = (int)world.Intents.Event(world, Channel.Slate, o, item, Math.Max(0, empty));
        var appointed = how == "contested" ? Next(world, o, poll, count) : TopMembers.Of(world, o, count, MemberFlags.Cadre, trusted);
        if (world.Observer is not null && appointed.Count > 0)
            Tell(world, o, appointed, how);
        foreach (var (branch, position, person) in appointed)
        {
            branch.FlagsAt(position) |= (int)MemberFlags.Leader;
            o.Leaders.Add(new Leader(person, world.Week));
            world.Whereabouts.Follow(o, person, branch);
            world.Observer?.TookOffice(world, o, person, Office.Leader, how);
        }
    }

    /// <summary>Those who come next by votes and have no seat.</summary>
    private static List<(Branch Branch, int Position, ulong Person)> Next(World world, Organization o, ReadOnlySpan<Candidate> poll, int count)
    {
        var next = new List<(Branch, int, ulong)>(count);
        foreach (var c in poll)
        {
            if (next.Count < count && world.Locate(o, c.Person) is var (branch, position) && (branch.FlagsAt(position) & (int)MemberFlags.Leader) == 0)
                next.Add((branch, position, c.Person));
        }

        return next;
    }

    private readonly Func<MemberFlags, float, float, float, float> trusted;

    /// <summary>A rule with its usual parameters.</summary>
    public Leadership() => trusted = (flags, vigor, belief, status) => (flags & (MemberFlags.Leader | MemberFlags.Spoke)) != 0 ? 0 : Standing(flags, vigor, belief, status);
}
