using System.Numerics;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Once a year the leadership proposes its own successors as a slate, or seats are contested; members vote as they dare.</summary>
[Mechanism("leadership", "The full-time leadership maintains its positions more or less indefinitely.", "jay-2019",
    Equation = "a member votes against a leader if grievance + .7 memory + lost belief > bar + fear + (1 - openness) pressure; members count as people; a seat is lost when more than half vote against; where seats are contested the bar is lower; empty seats go to cadre with vigor x belief x status whom the leadership trusts",
    Reads = "member.grievance member.memory member.belief member.fear member.flags member.vigor member.status organization.policy organization.means branch.census", Writes = "organization.leaders member.flags")]
public sealed class Leadership : Mechanism
{
    [Parameter("0..1", 0, 3, Origin.Assumed, "Discontent at which a member votes against the slate; less where seats are contested one by one.")]
    public float Bar = 0.55f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "What contested seats take from the bar.")]
    public float Contested = 0.3f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Pressure to vote with the leadership where nothing may be said.", Dosed = true)]
    public float Pressure = 0.3f;

    [Parameter("members per seat", 10, 10_000, Origin.Assumed, "Members for each seat beyond the first three; at least the founding's seats, at most 25.")]
    public float MembersPerSeat = 130;

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
    private int Seats(Organization o) => Math.Max(o.Spec.Leaders, (int)(o.Members / MembersPerSeat) + 3) is var seats && seats > 25 ? 25 : seats;

    private void Elect(World world, Organization o)
    {
        Drop(world, o);
        if (o.Leaders.Count == 0)
            Fill(world, o, "coopted");
        var before = o.Leaders.Count;
        if (before == 0)
            return;
        var against = ShareAgainst(world, o);
        var kept = new List<Leader>();
        for (var i = 0; i < before; i++)
        {
            // how far the discontent falls on this one: between half and one and a half of it
            var blame = 0.5f + world.Draws.Uniform(Key, world.Week, o.Leaders[i].Person);
            var votedOut = against * blame > 0.5f;
            var goes = votedOut || world.Draws.Uniform(Key, world.Week, o.Leaders[i].Person, 1) < StepDown;
            var stays = world.Intents.Event(world, Channel.Slate, o, i, goes ? 1 : 0) == 0;
            world.Observer?.Decided(world, o, null, "seat", "members", false,
            [
                new(stays, true, null, ("tenure_years", (world.Week - o.Leaders[i].Since) / 52.0), ("votes_against", against)),
                new(!stays, false, null, ("tenure_years", 0), ("votes_against", 1 - against)),
            ]);
            if (stays)
            {
                kept.Add(o.Leaders[i]);
                continue;
            }

            // who steps down for reasons of life did not lose the seat
            if (votedOut)
            {
                o.FlowsSinceSample[(int)Flow.LeadersReplaced]++;
                world.Note(EventKinds.LeaderReplaced, o, 0, (world.Week - o.Leaders[i].Since) / 52.0);
            }

            if (world.Locate(o, o.Leaders[i].Person) is { } found)
                world.FlagsAt(found.Branch, found.Position) &= ~(int)MemberFlags.Leader;
            world.Observer?.LostOffice(world, o, o.Leaders[i].Person, Office.Leader);
        }

        o.Entrenchment = kept.Count / (float)before;
        o.Leaders = kept;
        Fill(world, o, o[PolicyItem.Slate] > 0.5f ? "slate" : "contested");
    }

    /// <summary>Share of members, as people, who vote against the leadership, as they dare.</summary>
    private float ShareAgainst(World world, Organization o)
    {
        double against = 0, all = 0;
        var bar = MemberLanes.All(Bar - Contested * (1 - o[PolicyItem.Slate]) + (1 - o[PolicyItem.Openness]) * Pressure);
        foreach (var branch in o.Branches)
        {
            var roll = branch.Roll;
            var here = 0;
            for (var i = 0; i < roll.BlockCount; i++)
            {
                var member = new MemberLanes(world.People, roll.Block(i));
                var discontent = member[Column.Grievance] + MemberLanes.All(0.7f) * member[Column.Memory]
                    + MemberLanes.All(0.5f) * Deterministic.Max(Vector512<float>.Zero, MemberLanes.All(0.4f) - member[Column.Belief]);
                var votes = Vector512.GreaterThan(discontent, bar + member[Column.Fear]) & roll.FloatMask(i);
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
        foreach (var branch in o.Branches)
        {
            foreach (var p in new Flagged(world, branch, MemberFlags.Cadre))
            {
                var flags = (MemberFlags)world.FlagsAt(branch, p);
                if ((flags & MemberFlags.Leader) != 0)
                    continue;
                var id = world.IdAt(branch, p);
                var chosen = appointed.Any(a => a.Person == id);
                double Is(MemberFlags flag) => (flags & flag) != 0 ? 1 : 0;
                double At(int column) => branch.Roll.At(world.People, p, column);
                menu.Add((chosen ? 0 : Person.Mix(id ^ (uint)world.Week), new Alternative(chosen, false, null,
                    ("belief", At(Column.Belief)), ("vigor", At(Column.Vigor)), ("status_seeking", At(Column.Status)),
                    ("critic", Is(MemberFlags.Spoke)), ("staff", Is(MemberFlags.Staff)), ("marginalized", Is(MemberFlags.Marginalized)))));
            }
        }

        var drawn = menu.OrderBy(m => m.Lot).Take(appointed.Count + 9).Select(m => m.Alternative).ToArray();
        world.Observer!.Decided(world, o, null, "appointment", how == "contested" ? "members" : "leadership", drawn.Length == menu.Count, drawn);
    }

    private void Fill(World world, Organization o, string how)
    {
        if (o.LeadersPresent < o.Leaders.Count)
            Drop(world, o);
        var item = how == "coopted" ? SlateItem.Between : SlateItem.AtConvention;
        var empty = Seats(o) - (int)world.Intents.Sense(world, Sensor.OfficeRoster, (ulong)o.Index, o.Leaders.Count, item);
        var appointed = TopMembers.Of(world, o, (int)world.Intents.Event(world, Channel.Slate, o, item, Math.Max(0, empty)), MemberFlags.Cadre, static (flags, vigor, belief, status) =>
            (flags & (MemberFlags.Leader | MemberFlags.Spoke)) != 0 ? 0
                : vigor * belief * (0.5f + status) * ((flags & MemberFlags.Staff) != 0 ? 1.5f : 1));
        if (world.Observer is not null && appointed.Count > 0)
            Tell(world, o, appointed, how);
        foreach (var (branch, position, person) in appointed)
        {
            world.FlagsAt(branch, position) |= (int)MemberFlags.Leader;
            o.Leaders.Add(new Leader(person, world.Week));
            world.Observer?.TookOffice(world, o, person, Office.Leader, how);
        }
    }
}
