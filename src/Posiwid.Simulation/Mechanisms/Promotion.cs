using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Members who stayed, learned and believe are made cadre; critics are passed over.</summary>
[Mechanism("promotion", "A revolving door requires a steady base of experienced members, a cadre, to carry out the recruitment.", "jay-2019",
    Equation = "every four weeks a member of a year or so with enough education, belief and ties, who does not speak up, becomes cadre with a chance",
    Reads = "member.joined member.education member.belief member.ties member.flags", Writes = "member.flags")]
public sealed class Promotion : Mechanism
{
    [Parameter("chance/4 weeks", 0, 1, Origin.Assumed, "Chance that somebody who is ready is made cadre.", Dosed = true)]
    public float Chance = 0.08f;

    [Parameter("weeks", 0, 520, Origin.Assumed, "Weeks in the organization before that.")]
    public float After = 40;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Education, belief and ties that it takes.")]
    public float Education = 0.35f, Belief = 0.45f, Ties = 0.3f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        if ((world.Week + branch.Founded) % 4 != 1)
            return;
        var passed = MemberFlags.Cadre | MemberFlags.Spoke;
        var joinedBy = Vector256.Create(world.Week - (int)After);
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var flags = member.Flags;
            var ready = Vector256.LessThanOrEqual(member[Column.Joined].AsInt32(), joinedBy).AsSingle()
                & Vector256.GreaterThanOrEqual(member[Column.Education], MemberLanes.All(Education))
                & Vector256.GreaterThanOrEqual(member[Column.Belief], MemberLanes.All(Belief))
                & Vector256.GreaterThanOrEqual(member[Column.Ties], MemberLanes.All(Ties));
            ready = Vector256.AndNot(ready, MemberLanes.Has(flags, passed)) & branch.Roll.FloatMask(i);
            if (ready.ExtractMostSignificantBits() == 0)
                continue;
            var u = world.Draws.Uniform(Key, world.Week, member[Column.IdLow].AsUInt32(), member[Column.IdHigh].AsUInt32());
            var made = ready & Vector256.LessThan(u, MemberLanes.All(Chance));
            member.Flags = flags | (made.AsInt32() & Vector256.Create((int)MemberFlags.Cadre));
        }
    }
}
