using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Activities bring a branch in touch with people at its site, whom it remembers for a while.</summary>
[Mechanism("contact-making", "Paper sales, panels and marches are where people are met; the campus is where that is easiest.", "jay-2019",
    Equation = "new contacts a week ~ Poisson(sum over activities of c(a) 1.8 h(a)^.8 x ease); each is a random person of the site; who is met again is better known; a contact is lost after an exponential time",
    Reads = "branch.hours world.climate world.pools", Writes = "branch.contacts branch.clocks")]
public sealed class ContactMaking : Mechanism
{
    [Parameter("ratio", 0, 10, Origin.Calibrated, "All contact rates together.", Dosed = true)]
    public float Scale = 1;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of meeting, before returns diminish.")]
    public float Meeting = 0.012f;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of study.")]
    public float Study = 0.004f;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of selling the paper.")]
    public float PaperSale = 0.045f;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of panels.")]
    public float Panel = 0.06f;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of marching outside of movement moments.")]
    public float March = 0.01f;

    [Parameter("contacts/hour", 0, 2, Origin.Calibrated, "Further contacts per hour of marching, per unit of moment.")]
    public float MarchInMoment = 0.16f;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of contacting.")]
    public float Contacting = 0.008f;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of struggle at its own place.")]
    public float Struggle = 0.025f;

    [Parameter("contacts/hour", 0, 1, Origin.Calibrated, "Contacts per hour of mutual aid.")]
    public float MutualAid = 0.03f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "What a struggle brings at a place that is not its own (strikes on a campus), relative to its own.")]
    public float AwayFromHome = 0.3f;

    [Parameter("exponent", 0.2, 1, Origin.Assumed, "Returns to hours of one activity.")]
    public float Returns = 0.8f;

    [Parameter("1/week", 0.005, 1, Origin.Assumed, "Rate at which contacts are lost.")]
    public float Losing = 0.05f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Part of the missing acquaintance made up at each further meeting.")]
    public float Warming = 0.35f;

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        for (var kind = MilieuKind.Campus; kind <= MilieuKind.Neighborhood; kind++)
        {
            ReadOnlySpan<float> per =
            [
                Meeting, Study, PaperSale * world.PublicAttention, Panel * world.PublicAttention, March + MarchInMoment * world.Moment, Contacting,
                Struggle * (kind == MilieuKind.Workplace ? 1 : AwayFromHome),
                Struggle * (kind == MilieuKind.Neighborhood ? 1 : AwayFromHome),
                Struggle * 0.7f,
                Struggle * (kind == MilieuKind.Campus ? AwayFromHome : 0.8f),
                MutualAid * (kind == MilieuKind.Campus ? 0.4f : 1),
            ];
            for (var a = 0; a < per.Length; a++)
                world.ContactsPerHour[((int)kind * Activity.Count) + a] = 1.8f * per[a];
        }
    }

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => Branches(world, new(in branch));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        Span<Vector512<float>> rates = stackalloc Vector512<float>[branches.Length];
        Span<float> totals = stackalloc float[branches.Length];
        for (var b = 0; b < branches.Length; b++)
        {
            var branch = branches[b];
            var effective = Deterministic.Exp(MemberLanes.All(Returns) * Deterministic.Log(Vector512.Max(Activities.Of(branch.Hours), MemberLanes.All(1e-6f))));
            rates[b] = Activities.Of(world.ContactsPerHour, (int)branch.Kind) * effective
                * MemberLanes.All(Scale * (float)world.Setting.Milieus[branch.Milieu].Ease / branch.Weight);
            totals[b] = Deterministic.Sum(rates[b]);
        }

        for (var b = 0; b < branches.Length; b++)
        {
            var branch = branches[b];
            if (branch.NextForgotten <= world.Week)
                Forget(world, branch);
            ref var clock = ref branch.Clocks[(int)Clock.Contact];
            clock -= totals[b];
            if (clock <= 0)
                Meet(world, branch, rates[b], totals[b]);
        }
    }

    /// <summary>The week's meetings, one after the other, until the clock is wound up beyond the week: a block of four words each (time to the next, activity, person, memory), sixteen blocks at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Meet(World world, Branch branch, Vector512<float> rate, float total)
    {
        Span<float> rates = stackalloc float[Activity.Count];
        rate.StoreUnsafe(ref MemoryMarshal.GetReference(rates));
        Span<float> drawn = stackalloc float[4 * MemberBlocks.Lanes];
        ref var first = ref MemoryMarshal.GetReference(drawn);
        ref var clock = ref branch.Clocks[(int)Clock.Contact];
        for (var e = 0; clock <= 0; e++)
        {
            var lane = e % MemberBlocks.Lanes;
            if (lane == 0)
            {
                world.Draws.Blocks(Key, world.Week, branch.Key, 4 * e, out var gap, out var activity, out var person, out var memory);
                (-Deterministic.Log(Draws.Unit(gap))).StoreUnsafe(ref first);
                (MemberLanes.All(total) * Draws.Unit(activity)).StoreUnsafe(ref first, MemberBlocks.Lanes);
                Draws.Unit(person).StoreUnsafe(ref first, 2 * MemberBlocks.Lanes);
                (-Deterministic.Log(Draws.Unit(memory))).StoreUnsafe(ref first, 3 * MemberBlocks.Lanes);
            }

            clock += drawn[lane];
            Meet(world, branch, rates, drawn[MemberBlocks.Lanes + lane], drawn[(2 * MemberBlocks.Lanes) + lane], drawn[(3 * MemberBlocks.Lanes) + lane]);
        }
    }

    /// <summary>Contacts whose time is over are lost.</summary>
    private static void Forget(World world, Branch branch)
    {
        branch.NextForgotten = int.MaxValue;
        for (var i = branch.ContactCount - 1; i >= 0; i--)
        {
            if (branch.Contacts[i].Forgotten <= world.Week)
                branch.DropContact(i);
            else
                branch.NextForgotten = Math.Min(branch.NextForgotten, branch.Contacts[i].Forgotten);
        }
    }

    private static int PickActivity(ReadOnlySpan<float> rates, float at)
    {
        for (var a = 0; a < rates.Length; a++)
        {
            at -= rates[a];
            if (at <= 0)
                return a;
        }

        return Activity.Meeting;
    }

    private void Meet(World world, Branch branch, ReadOnlySpan<float> rates, float at, float u, float memory)
    {
        var pools = world.Pools;
        var first = pools.Start[branch.Site];
        var slot = first + (int)(u * (pools.Start[branch.Site + 1] - first));
        if (!pools.IsOpen(slot, branch.Organization))
            return;
        // nobody is remembered beyond the time at the site
        var forgotten = Math.Min(pools.Until[slot], world.Week + 1 + (int)(memory / Losing));
        for (var i = 0; i < branch.ContactCount; i++)
        {
            ref var known = ref branch.Contacts[i];
            if (known.Slot != slot)
                continue;
            known.Warmth += Warming * (1 - known.Warmth);
            known.Forgotten = Math.Max(known.Forgotten, forgotten);
            return;
        }

        branch.AddContact(new Contact { Slot = slot, Since = pools.Since[slot], Forgotten = forgotten, Warmth = Warming, Met = (byte)PickActivity(rates, at) });
    }
}
