using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Activities bring a branch in touch with people at its site, whom it remembers for a while.</summary>
[Mechanism("contact-making", "Paper sales, panels and marches are where people are met; the campus is where that is easiest.", "jay-2019",
    Equation = "new contacts a week ~ Poisson(scale x sum over activities of c(a) 1.8 h(a)^.8 x ease / people that an agent stands for); each is a random person of the site who could be asked; who is met again is better known; a contact is lost after an exponential time, or when the stay ends",
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

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "What clinic and deportation defense, which have no place of their own, bring relative to a struggle at its own; what mutual aid brings on a campus.")]
    public float AtClinics = 0.7f, AtDeportations = 0.8f, AidOnCampus = 0.4f;

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
                Struggle * AtClinics,
                Struggle * (kind == MilieuKind.Campus ? AwayFromHome : AtDeportations),
                MutualAid * (kind == MilieuKind.Campus ? AidOnCampus : 1),
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
        Span<ActivityRow> rates = stackalloc ActivityRow[branches.Length];
        Span<float> totals = stackalloc float[branches.Length];
        for (var b = 0; b < branches.Length; b++)
        {
            var branch = branches[b];
            var effective = ActivityRow.Pow(ActivityRow.Max(ActivityRow.Of(branch.Hours), ActivityRow.All(1e-6f)), Returns);
            rates[b] = ActivityRow.Of(world.ContactsPerHour, (int)branch.Kind) * effective
                * (Scale * (float)world.Setting.Milieus[branch.Milieu].Ease / branch.Weight);
            totals[b] = rates[b].Sum();
        }

        for (var b = 0; b < branches.Length; b++)
        {
            var branch = branches[b];
            if (branch.NextForgotten <= world.Week)
                Forget(world, branch);
            branch.Clocks[(int)Clock.Contact] -= totals[b];
        }

        Meet(world, branches, rates, totals);
    }

    /// <summary>
    /// The week's meetings of some branches, in rounds of one for each branch whose clock has run down, until all are wound up beyond the week. A meeting takes a block of four words
    /// (time to the next, activity, person, memory), eight blocks at once: one for each branch, or where only one branch is left, its next eight meetings.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Meet(World world, ReadOnlySpan<Branch> branches, ReadOnlySpan<ActivityRow> rates, ReadOnlySpan<float> totals)
    {
        const int lanes = MemberBlocks.Lanes;
        Span<int> left = stackalloc int[branches.Length];
        Span<uint> low = stackalloc uint[branches.Length + lanes], high = stackalloc uint[low.Length];
        Span<float> drawn = stackalloc float[4 * lanes];
        ref var first = ref MemoryMarshal.GetReference(drawn);
        var count = 0;
        for (var b = 0; b < branches.Length; b++)
        {
            if (branches[b].Clocks[(int)Clock.Contact] > 0)
                continue;
            (low[count], high[count]) = ((uint)branches[b].Key, (uint)(branches[b].Key >> 32));
            left[count++] = b;
        }

        var e = 0;
        for (; count > 1; e++)
        {
            var still = 0;
            for (var eight = 0; eight < count; eight += lanes)
            {
                world.Draws.Words(Key, world.Week, Vector256.Create<uint>(low[eight..]), Vector256.Create<uint>(high[eight..]), 4 * e, out var gap, out var activity, out var person, out var memory);
                Store(gap, activity, person, memory, ref first);
                var here = Math.Min(lanes, count - eight);
                for (var lane = 0; lane < here; lane++)
                    Fetch.Lines(ref world.Pools.Places[SlotOf(world, branches[left[eight + lane]], drawn[2 * lanes + lane])], 1);
                for (var lane = 0; lane < here; lane++)
                {
                    var b = left[eight + lane];
                    if (Meet(world, branches[b], rates.Slice(b, 1), totals[b], drawn[lane..]))
                        (left[still], low[still], high[still++]) = (b, low[eight + lane], high[eight + lane]);
                }
            }

            count = still;
        }

        for (var more = count == 1; more; e += lanes)
        {
            var b = left[0];
            world.Draws.Blocks(Key, world.Week, branches[b].Key, 4 * e, out var gap, out var activity, out var person, out var memory);
            Store(gap, activity, person, memory, ref first);
            for (var lane = 0; more && lane < lanes; lane++)
                more = Meet(world, branches[b], rates.Slice(b, 1), totals[b], drawn[lane..]);
        }
    }

    /// <summary>What eight meetings have drawn, from what is left of the words: time to the next, activity and person as parts of one, memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<uint> gap, Vector256<uint> activity, Vector256<uint> person, Vector256<uint> memory, ref float first)
    {
        (-Deterministic.Log(Draws.Unit(gap))).StoreUnsafe(ref first);
        Draws.Unit(activity).StoreUnsafe(ref first, MemberBlocks.Lanes);
        Draws.Unit(person).StoreUnsafe(ref first, 2 * MemberBlocks.Lanes);
        (-Deterministic.Log(Draws.Unit(memory))).StoreUnsafe(ref first, 3 * MemberBlocks.Lanes);
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

    /// <summary>One meeting of a branch, and its clock wound up; true if there is another this week.</summary>
    private bool Meet(World world, Branch branch, ReadOnlySpan<ActivityRow> rates, float total, ReadOnlySpan<float> drawn)
    {
        Meet(world, branch, MemoryMarshal.Cast<ActivityRow, float>(rates)[..Activity.Count], total * drawn[MemberBlocks.Lanes], drawn[2 * MemberBlocks.Lanes], drawn[3 * MemberBlocks.Lanes]);
        return (branch.Clocks[(int)Clock.Contact] += drawn[0]) <= 0;
    }

    /// <summary>A place of a branch's site, by a part of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(World world, Branch branch, float u)
    {
        var first = world.Pools.Start[branch.Site];
        return first + (int)(u * (world.Pools.Start[branch.Site + 1] - first));
    }

    private void Meet(World world, Branch branch, ReadOnlySpan<float> rates, float at, float u, float memory)
    {
        var slot = SlotOf(world, branch, u);
        ref var place = ref world.PlaceAt(slot);
        if (!place.IsOpen(branch.Organization))
            return;
        // nobody is remembered beyond the time at the site
        var forgotten = Math.Min(place.Until, world.Week + 1 + (int)(memory / Losing));
        for (var i = 0; i < branch.ContactCount; i++)
        {
            ref var known = ref branch.Contacts[i];
            if (known.Slot != slot)
                continue;
            known.Warmth += Warming * (1 - known.Warmth);
            known.Forgotten = Math.Max(known.Forgotten, forgotten);
            return;
        }

        branch.AddContact(new Contact { Slot = slot, Since = place.Since, Forgotten = forgotten, Warmth = Warming, Met = (byte)PickActivity(rates, at) });
    }
}
