using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Counts the members of a branch and sums what they are and give. Sums are made in fixed point, so that they do not
/// depend on the order in which members are stored.
/// </summary>
public static class CensusTaker
{
    /// <summary>Hours are summed in units of 64, to stay within the range of the fixed point.</summary>
    private const float HoursUnit = 64;

    /// <summary>Members up to whom the sum of numbers from 0 to 1 in fixed point fits 32 bits.</summary>
    private const int MostInOneWord = (1 << 11) - 1;

    /// <summary>Members up to whom the sums of each lane fit: 16,376, where a site has at most 5,600 people.</summary>
    private const int Most = MostInOneWord * MemberBlocks.Lanes;

    /// <summary>
    /// Takes the census. Hours of a member (prototype, section 3): asked x vigor x (.4 + .9 max(hope, 1.3 need x need reputation))
    /// x (1 - .35 need (1 - need reputation)).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take(Branch branch)
    {
        var roll = branch.Roll;
        ref var census = ref branch.Census;
        census = default;
        census.Members = roll.Count;
        if (roll.Count == 0)
            return;
        if (roll.Count > Most)
            throw new InvalidOperationException($"A branch has {roll.Count} members, more than the {Most} that its census can sum.");
        Vector256<int> hope = default, belief = default, ties = default, need = default, status = default, grievance = default, education = default;
        Vector256<int> believers = default, seekers = default, hours = default, paying = default, cadrePaying = default;
        int cadre = 0, staff = 0, leaders = 0, students = 0, marginalized = 0;
        var asked = MemberLanes.All(branch.Organization[PolicyItem.HoursAsked] / HoursUnit);
        var reputation = MemberLanes.All(branch.NeedReputation);
        var one = Vector256<float>.One;
        for (var i = 0; i < roll.BlockCount; i++)
        {
            var member = new MemberLanes(roll, i);
            var mask = roll.Mask(i);
            var flags = member.Flags & mask;
            var h = member[Column.Hope];
            var n = member[Column.Need];
            var b = member[Column.Belief];
            var s = member[Column.Status];
            hope += Deterministic.ToFixed(h) & mask;
            belief += Deterministic.ToFixed(b) & mask;
            ties += Deterministic.ToFixed(member[Column.Ties]) & mask;
            need += Deterministic.ToFixed(n) & mask;
            status += Deterministic.ToFixed(s) & mask;
            grievance += Deterministic.ToFixed(member[Column.Grievance]) & mask;
            education += Deterministic.ToFixed(member[Column.Education]) & mask;
            var isCadre = MemberLanes.Has(flags, MemberFlags.Cadre);
            believers += Deterministic.ToFixed(Vector256.AndNot(Deterministic.Max(Vector256<float>.Zero, MemberLanes.All(2) * b - one), isCadre)) & mask;
            seekers += Deterministic.ToFixed(Deterministic.Max(Vector256<float>.Zero, MemberLanes.All(2) * s - one)) & mask;
            var drive = MemberLanes.All(0.4f) + MemberLanes.All(0.9f) * Deterministic.Max(h, MemberLanes.All(1.3f) * n * reputation);
            var worn = one - MemberLanes.All(0.35f) * n * (one - reputation);
            hours += Deterministic.ToFixed(Deterministic.Min(one, asked * member[Column.Vigor] * drive * worn)) & mask;
            var pays = Deterministic.ToFixed(one - MemberLanes.All(0.5f) * n) & mask;
            cadrePaying += pays & isCadre.AsInt32();
            paying += Vector256.AndNot(pays, isCadre.AsInt32());
            cadre += Population(flags, MemberFlags.Cadre);
            staff += Population(flags, MemberFlags.Staff);
            leaders += Population(flags, MemberFlags.Leader);
            students += Population(flags, MemberFlags.Student);
            marginalized += Population(flags, MemberFlags.Marginalized);
        }

        var each = 1f / roll.Count;
        census.Cadre = cadre;
        census.Staff = staff;
        census.Leaders = leaders;
        census.Students = students;
        census.Marginalized = marginalized;
        var narrow = roll.Count <= MostInOneWord;
        // the twelve sums in the order of the census
        ref var sums = ref census.Hope;
        (Totals(hope, belief, ties, need, narrow) * each).StoreUnsafe(ref sums);
        (Totals(status, grievance, education, believers, narrow) * Vector128.Create(each, each, each, 1)).StoreUnsafe(ref sums, 4);
        (Totals(seekers, hours, paying, cadrePaying, narrow) * Vector128.Create(1, HoursUnit, 1, 1)).StoreUnsafe(ref sums, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Population(Vector256<int> flags, MemberFlags which) =>
        BitOperations.PopCount(MemberLanes.Has(flags, which).ExtractMostSignificantBits());

    /// <summary>The sums of four vectors of numbers in fixed point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Totals(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d, bool narrow) =>
        narrow ? Deterministic.FromFixed(Deterministic.Sums(a, b, c, d)) : Vector128.Create(Total(a), Total(b), Total(c), Total(d));

    private static float Total(Vector256<int> lanes)
    {
        var (low, high) = Vector256.Widen(lanes);
        return (float)Deterministic.FromFixed(Vector256.Sum(low + high));
    }
}
