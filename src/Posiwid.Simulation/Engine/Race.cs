using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>A rate for each of eight members.</summary>
public delegate Vector256<float> MemberRates(MemberLanes member);

/// <summary>Picks one member of a branch at random, by rates.</summary>
public static class Race
{
    /// <summary>
    /// The member whom a race of exponential clocks picks: each member's clock runs at the given rate, the first to
    /// ring is picked. The same members and rates pick the same person whatever the order in which they are stored.
    /// Returns the position, or -1 if all rates are 0.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="branch">Branch.</param>
    /// <param name="rate">Rates of eight members; 0 for those who cannot be picked.</param>
    /// <param name="mechanism">Address of the draws, with the branch as the subject.</param>
    /// <param name="draw">Number of the race in this week.</param>
    /// <param name="except">Somebody who cannot be picked; 0 for nobody.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Pick(World world, Branch branch, MemberRates rate, ushort mechanism, int draw, ulong except = 0)
    {
        world.Draws.Words(mechanism, world.Week, branch.Key, RaceDraws + 4 * draw, out var low, out var high, out _, out _);
        var soonest = Vector256.Create(float.PositiveInfinity);
        var where = Vector256.Create(-1);
        var lanes = Vector256<int>.Indices;
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var rates = rate(member);
            if (except != 0)
                rates = Vector256.AndNot(rates, Is(member, except));
            var time = -Deterministic.Log(Draws.Unit(Draws.Lots(low, high, member[Column.IdLow].AsUInt32(), member[Column.IdHigh].AsUInt32()))) / rates;
            var sooner = Vector256.GreaterThan(rates, Vector256<float>.Zero) & branch.Roll.FloatMask(i) & Vector256.LessThanOrEqual(time, soonest);
            var tied = (sooner & Vector256.Equals(time, soonest)).ExtractMostSignificantBits();
            // two clocks that ring together in one lane: the smaller identity wins
            for (; tied != 0; tied &= tied - 1)
            {
                var lane = BitOperations.TrailingZeroCount(tied);
                if (branch.IdAt(where[lane]) < branch.IdAt((i * MemberBlocks.Lanes) + lane))
                    sooner = sooner.WithElement(lane, 0);
            }

            soonest = Vector256.ConditionalSelect(sooner, time, soonest);
            where = Vector256.ConditionalSelect(sooner.AsInt32(), lanes, where);
            lanes += Vector256.Create(MemberBlocks.Lanes);
        }

        var first = Deterministic.Least(soonest);
        var best = -1;
        for (var ringing = Vector256.Equals(soonest, Vector256.Create(first)).ExtractMostSignificantBits(); ringing != 0; ringing &= ringing - 1)
        {
            var position = where[BitOperations.TrailingZeroCount(ringing)];
            if (position >= 0 && (best < 0 || branch.IdAt(position) < branch.IdAt(best)))
                best = position;
        }

        return best;
    }

    /// <summary>Draws of a branch that belong to races: clear of those that a mechanism makes otherwise and of the clocks (<see cref="Branch.WindUp"/>) for a thousand races a week.</summary>
    private const int RaceDraws = 1 << 17;

    /// <summary>All bits set in the lane of a person.</summary>
    private static Vector256<float> Is(MemberLanes member, ulong person) =>
        (Vector256.Equals(member[Column.IdLow].AsUInt32(), Vector256.Create((uint)person))
            & Vector256.Equals(member[Column.IdHigh].AsUInt32(), Vector256.Create((uint)(person >> 32)))).AsSingle();
}
