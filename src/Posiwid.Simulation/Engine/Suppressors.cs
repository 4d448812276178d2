using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>Who silences in a branch: what the center and the members put in against whoever speaks.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Suppressors
{
    /// <summary>What cadre put in, relative to an officer.</summary>
    public const float OfCadre = 0.3f;

    /// <summary>What all put in, each relative to the share of the branch; what the center does of it, where nobody is present.</summary>
    public float All, Center;

    /// <summary>What an officer (a leader, or somebody paid), a member who believes without a doubt, and one who seeks nothing but status put in, relative to one another.</summary>
    public float Officer, Believer, StatusSeeker;

    /// <summary>What each of eight members puts in, in the same unit; summed over the members it is what the census says of the branch.</summary>
    public readonly Vector256<float> Each(MemberLanes member)
    {
        var (flags, one, two) = (member.Flags, Vector256<float>.One, MemberLanes.All(2));
        var cadre = MemberLanes.Has(flags, MemberFlags.Cadre);
        var offices = (one & MemberLanes.Has(flags, MemberFlags.Leader)) + (one & MemberLanes.Has(flags, MemberFlags.Staff)) + (MemberLanes.All(OfCadre) & cadre);
        var belief = Vector256.AndNot(Deterministic.Max(Vector256<float>.Zero, two * member[Column.Belief] - one), cadre);
        var status = Deterministic.Max(Vector256<float>.Zero, two * member[Column.Status] - one);
        return MemberLanes.All(Officer) * offices + MemberLanes.All(Believer) * belief + MemberLanes.All(StatusSeeker) * status;
    }
}
