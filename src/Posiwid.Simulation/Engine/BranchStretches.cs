namespace Posiwid.Simulation.Engine;

/// <summary>True for a branch that a center has to look at.</summary>
internal delegate bool BranchTest(World world, Branch branch);

/// <summary>Numbers that a center reads from a branch.</summary>
internal delegate void BranchFigures(World world, Branch branch, Span<float> figures);

/// <summary>Adds what a center sums up from a branch.</summary>
internal delegate void BranchSum(Branch branch, Span<float> sums);

/// <summary>
/// What a center asks of all its branches: the crew goes through them in stretches of fixed length, and what they find is put together in
/// the order of the stretches, so that the answer is the same on any number of threads. A question may change nothing but its branch.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="crew">Who shares the work.</param>
public sealed class BranchStretches(World world, Crew crew)
{
    private const int Length = 1024;

    private Action<int>? stretch;
    private Organization? asked;
    private BranchTest? test;
    private BranchFigures? read;
    private BranchSum? sum;
    private float[] figures = [], sums = [], room = [];
    private ulong[] order = [];
    private int[] ranked = [];
    private List<Branch>[] found = [];
    private int width;

    /// <summary>The branches of an organization for which something holds, in order; good until the next question.</summary>
    internal List<Branch> Where(Organization organization, BranchTest holds)
    {
        var stretches = Stretches(organization);
        while (found.Length < stretches)
            found = [.. found, []];
        for (var s = 0; s < stretches; s++)
            found[s].Clear();
        (test, read, sum) = (holds, null, null);
        Ask(organization);
        for (var s = 1; s < stretches; s++)
            found[0].AddRange(found[s]);
        return found[0];
    }

    /// <summary>Some numbers for each branch of an organization, branch after branch in order; good until the next question.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="numbers">How many for each branch.</param>
    /// <param name="of">Reads them.</param>
    internal ReadOnlySpan<float> Figures(Organization organization, int numbers, BranchFigures of)
    {
        var all = organization.Branches.Count * numbers;
        if (figures.Length < all)
            figures = new float[all * 5 / 4];
        (test, read, sum, width) = (null, of, null, numbers);
        Ask(organization);
        return figures.AsSpan(0, all);
    }

    /// <summary>The numbers of an organization's branches that have a figure, the lowest first, ties by identity; good until the next question.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="of">The figure; not a number for a branch that is left out.</param>
    /// <param name="values">The figure of each branch, in the organization's order.</param>
    internal ReadOnlySpan<int> Ranked(Organization organization, BranchFigures of, out ReadOnlySpan<float> values)
    {
        values = Figures(organization, 1, of);
        if (order.Length < values.Length)
            (order, ranked) = (new ulong[figures.Length], new int[figures.Length]);
        var count = 0;
        for (var b = 0; b < values.Length; b++)
        {
            if (float.IsNaN(values[b]))
                continue;
            var bits = BitConverter.SingleToUInt32Bits(values[b] + 0f); // minus zero is zero
            var rising = (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000; // sorts like the figure
            order[count] = (ulong)rising << 32 | organization.Branches[b].Key >> 32;
            ranked[count++] = b;
        }

        Array.Sort(order, ranked, 0, count);
        return ranked.AsSpan(0, count);
    }

    /// <summary>Sums over the branches of an organization; good until the next question.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="numbers">How many sums there are.</param>
    /// <param name="add">Adds a branch.</param>
    internal Span<float> Sums(Organization organization, int numbers, BranchSum add)
    {
        var stretches = Stretches(organization);
        if (sums.Length < stretches * numbers)
            sums = new float[stretches * numbers];
        sums.AsSpan(0, stretches * numbers).Clear();
        (test, read, sum, width) = (null, null, add, numbers);
        Ask(organization);
        for (var i = numbers; i < stretches * numbers; i++)
            sums[i % numbers] += sums[i];
        return sums.AsSpan(0, numbers);
    }

    /// <summary>Room for numbers that a center works with; good until somebody asks for it again.</summary>
    internal Span<float> Room(int numbers)
    {
        if (room.Length < numbers)
            room = new float[numbers * 5 / 4];
        return room.AsSpan(0, numbers);
    }

    private static int Stretches(Organization organization) => Math.Max(1, (organization.Branches.Count + Length - 1) / Length);

    private void Ask(Organization organization)
    {
        asked = organization;
        crew.Share(Stretches(organization), stretch ??= Stretch);
    }

    private void Stretch(int s)
    {
        var branches = asked!.Branches;
        var last = Math.Min(branches.Count, (s + 1) * Length);
        for (var b = s * Length; b < last; b++)
        {
            var branch = branches[b];
            if (sum is not null)
                sum(branch, sums.AsSpan(s * width, width));
            else if (read is not null)
                read(world, branch, figures.AsSpan(b * width, width));
            else if (test!(world, branch))
                found[s].Add(branch);
        }
    }
}
