using System.Runtime.InteropServices;

namespace Posiwid.Simulation.Engine;

/// <summary>Branches one after the other, the flags of whose members are fetched some branches at a time, where there are too many for the cache.</summary>
/// <param name="branches">The branches, which may not change meanwhile.</param>
public ref struct FetchedBranches(List<Branch> branches)
{
    private readonly ReadOnlySpan<Branch> branches = CollectionsMarshal.AsSpan(branches);
    private int at = -1;

    /// <summary>The branch.</summary>
    public readonly Branch Current => branches[at];

    /// <summary>The walk itself.</summary>
    public readonly FetchedBranches GetEnumerator() => this;

    /// <summary>Goes to the next branch.</summary>
    public bool MoveNext()
    {
        if (++at == branches.Length)
            return false;
        if (branches.Length > Fetch.FitTheCache && at % Fetch.Together == 0)
            Branch.FetchFlags(branches[at..Math.Min(at + Fetch.Together, branches.Length)]);
        return true;
    }
}
