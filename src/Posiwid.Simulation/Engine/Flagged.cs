using System.Numerics;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Positions of the members of a branch who have a flag, from the last to the first, so that whoever is found may leave
/// (the last of the roll takes the place).
/// </summary>
/// <param name="branch">The branch.</param>
/// <param name="flag">The flag.</param>
public ref struct Flagged(Branch branch, MemberFlags flag)
{
    /// <summary>The branches of an organization, for somebody who looks at the flags of all its members.</summary>
    public static FetchedBranches In(Organization organization) => new(organization.Branches);

    private int block = branch.Roll.BlockCount;
    private uint bits;

    /// <summary>Position of the member.</summary>
    public int Current { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly Flagged GetEnumerator() => this;

    /// <summary>Goes to the next member.</summary>
    public bool MoveNext()
    {
        while (bits == 0)
        {
            if (--block < 0)
                return false;
            var flags = new MemberLanes(branch.Roll, block).Flags & branch.Roll.Mask(block);
            bits = MemberLanes.Has(flags, flag).ExtractMostSignificantBits();
        }

        var lane = BitOperations.Log2(bits);
        bits &= ~(1u << lane);
        Current = block * MemberBlocks.Lanes + lane;
        return true;
    }
}
