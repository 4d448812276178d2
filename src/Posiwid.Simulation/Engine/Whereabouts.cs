using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Branches of people who have been sought in an organization before, so that nobody has to be sought twice among all its members. It only remembers: what it says is what a search would find.
/// </summary>
internal sealed class Whereabouts
{
    /// <summary>Whoever is followed has the bit of the last digits of his or her identity: most of those who come and go need not be looked up.</summary>
    private const int Bits = 1 << 18;

    private readonly Dictionary<(int Organization, ulong Person), Branch?> known = [];
    private readonly ulong[] some = new ulong[Bits / 64];

    /// <summary>True if the person's branch is known, or that he or she is in none. Asked by centers, while no branch is at work.</summary>
    public bool Knows(Organization organization, ulong person, out Branch? branch) => known.TryGetValue((organization.Index, person), out branch);

    /// <summary>From now on the person is followed. Said by centers, while no branch is at work.</summary>
    public void Follow(Organization organization, ulong person, Branch? branch)
    {
        known[(organization.Index, person)] = branch;
        some[person % Bits / 64] |= 1UL << (int)(person % 64);
    }

    /// <summary>The person need not be followed any more. Said by centers, while no branch is at work.</summary>
    public void Drop(Organization organization, ulong person) => known.Remove((organization.Index, person));

    /// <summary>A person has come to a branch, or to none. Any thread may say so.</summary>
    public void Went(Organization organization, ulong person, Branch? branch)
    {
        if ((some[person % Bits / 64] >> (int)(person % 64) & 1) == 0)
            return;
        lock (known)
        {
            ref var where = ref CollectionsMarshal.GetValueRefOrNullRef(known, (organization.Index, person));
            if (!Unsafe.IsNullRef(ref where))
                where = branch;
        }
    }
}
