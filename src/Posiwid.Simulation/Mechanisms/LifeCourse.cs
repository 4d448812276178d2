using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Students graduate, workers and tenants move: some leave politics then, some find another branch, some stay near the old one.</summary>
[Mechanism("life-course", "Members were recruited as college students, or were graduates who found themselves in post-college Left environments.", "jay-2019",
    Equation = "when a stay ends: leaves with chance drop-out, but for leaders and staff; else goes from a campus to a branch off campus with chance onward, if there is one; else stays with the branch; the next stay is exponential",
    Reads = "member.until member.flags", Writes = "member.until member.slot member.flags branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined")]
public sealed class LifeCourse : Mechanism
{
    [Parameter("chance", 0, 1, Origin.Assumed, "Chance of leaving when a stay ends, for those who neither lead nor are paid.", Dosed = true)]
    public float DropOut = 0.12f;

    [Parameter("chance", 0, 1, Origin.Assumed, "Chance of going on to a branch off campus, for those at a campus who do not leave.")]
    public float Onward = 0.4f;

    [Parameter("years", 0.5, 60, Origin.Assumed, "Mean years until the next such moment in a grown-up's life.")]
    public float NextYears = 6;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        if (branch.NextTurn > world.Week)
            return;
        var now = Vector256.Create(world.Week);
        for (var i = branch.Roll.BlockCount - 1; i >= 0; i--)
        {
            var member = new MemberLanes(branch.Roll, i);
            var due = Vector256.LessThanOrEqual(member[Column.Until].AsInt32(), now) & branch.Roll.Mask(i);
            for (var bits = due.ExtractMostSignificantBits(); bits != 0;)
            {
                var lane = BitOperations.Log2(bits);
                bits &= ~(1u << lane);
                Turn(world, branch, i * MemberBlocks.Lanes + lane);
            }
        }

        var next = Vector256.Create(int.MaxValue);
        for (var i = 0; i < branch.Roll.BlockCount; i++)
            next = Vector256.Min(next, Vector256.ConditionalSelect(branch.Roll.Mask(i), new MemberLanes(branch.Roll, i)[Column.Until].AsInt32(), next));
        branch.NextTurn = Deterministic.Least(next);
    }

    private void Turn(World world, Branch branch, int position)
    {
        var id = branch.IdAt(position);
        world.Draws.Words(Key, world.Week, id, 0, out var stay, out var leaves, out var goes, out _);
        branch.Roll.IntAt(position, Column.Slot) = -1;
        branch.Roll.IntAt(position, Column.Until) =
            world.Week + 1 + (int)(52 * NextYears * -Deterministic.Log(Draws.Unit(stay)));
        ref var flags = ref branch.FlagsAt(position);
        flags &= ~(int)MemberFlags.Student;
        if (Draws.Unit(leaves) < DropOut && (flags & (int)(MemberFlags.Leader | MemberFlags.Staff)) == 0)
            world.Leave(branch, position, "resigned");
        else if (branch.Kind == MilieuKind.Campus && Draws.Unit(goes) < Onward)
        {
            lock (world.Movers)
                world.Movers.Add((id, branch));
        }
    }

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        if (world.Movers.Count == 0)
            return;
        world.Movers.Sort((a, b) => a.Person.CompareTo(b.Person));
        var open = world.Scratch;
        var weight = -1f;
        foreach (var (person, from) in world.Movers)
        {
            if (from.Organization != organization)
                continue;
            if (weight != from.Weight)
            {
                weight = from.Weight;
                open.Clear();
                foreach (var b in organization.Branches)
                {
                    if (b.Kind != MilieuKind.Campus && b.Weight == weight)
                        open.Add(b);
                }
            }

            var position = from.PositionOf(person);
            if (position >= 0 && open.Count > 0)
                world.Transfer(from, position, open[world.Draws.Index(open.Count, Key, world.Week, person, 3)]);
        }
    }
}
