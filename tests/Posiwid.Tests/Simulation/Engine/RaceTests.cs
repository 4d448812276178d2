using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Tests.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>Races between the members of a branch: who is picked, and that one race says nothing of another.</summary>
public class RaceTests
{
    private const int Weeks = 4000, PerWeek = 5, Members = 40;

    // rates 1 to 4, ten members each, sum 100: 20,000 races pick somebody of rate r 200 r times
    [Fact]
    public void MembersArePickedInProportionToTheirRates()
    {
        var picks = new int[Members];
        Many((_, _, position) => picks[position]++);
        var squares = picks.Select((n, i) => (n - Expected(i)) * (n - Expected(i)) / Expected(i)).Sum();
        Assert.InRange(squares, 12.0, 72.1); // chi-square with 39 degrees of freedom: 10^-5 below, .001 above

        static double Expected(int position) => Weeks * PerWeek * (1 + (position % 4)) / 100.0;
    }

    // the sum over members of (r / 100)^2 is 10 (1 + 4 + 9 + 16) / 10,000 = .03: so often two races pick the same member
    [Fact]
    public void OneRaceSaysNothingOfTheNext()
    {
        var picked = new int[Weeks, PerWeek];
        Many((week, draw, position) => picked[week, draw] = position);
        int sameWeek = 0, nextWeek = 0;
        for (var w = 0; w < Weeks - 1; w++)
        {
            for (var d = 0; d < PerWeek - 1; d++)
            {
                sameWeek += picked[w, d] == picked[w, d + 1] ? 1 : 0;
                nextWeek += picked[w, d] == picked[w + 1, d] ? 1 : 0;
            }
        }

        // of 15,996 pairs 480, standard deviation 22
        Assert.InRange(sameWeek, 480 - 88, 480 + 88);
        Assert.InRange(nextWeek, 480 - 88, 480 + 88);
    }

    [Fact]
    public void WhoIsExceptedIsNotPicked_AndNobodyWhereAllRatesAreZero()
    {
        var tiny = new Tiny().AddMany(2, MemberFlags.None);
        var first = tiny.Branch.IdAt(0);
        for (var draw = 0; draw < 50; draw++)
            Assert.Equal(1, Race.Pick(tiny.World, tiny.Branch, static _ => MemberLanes.All(1), 7, draw, except: first));
        Assert.Equal(-1, Race.Pick(tiny.World, tiny.Branch, static _ => MemberLanes.All(0), 7, 0));
    }

    // one clock after the other, by hand
    [Theory]
    [InlineData(1), InlineData(7), InlineData(8), InlineData(26), InlineData(157), InlineData(400)]
    public void WhoeverRingsFirstIsPicked(int members)
    {
        var tiny = new Tiny();
        for (var i = 0; i < members; i++)
            tiny.Add(MemberFlags.None, (Column.Vigor, i % 5 == 4 ? 0 : 0.05f + (i % 7)));
        var (branch, draws) = (tiny.Branch, tiny.World.Draws);
        for (var draw = 0; draw < 400; draw++)
        {
            draws.Words(7, tiny.World.Week, branch.Key, (1 << 17) + (4 * draw), out var low, out var high, out _, out _);
            var first = Enumerable.Range(0, members).Where(i => branch.Roll.At(i, Column.Vigor) > 0).MinBy(i =>
            {
                var lot = Draws.Lots(low, high, Vector256.Create(branch.Roll.UIntAt(i, Column.IdLow)), Vector256.Create(branch.Roll.UIntAt(i, Column.IdHigh)));
                return (-Deterministic.Log(Draws.Unit(lot[0])) / branch.Roll.At(i, Column.Vigor), branch.IdAt(i));
            });
            Assert.Equal(first, Race.Pick(tiny.World, branch, static member => member[Column.Vigor], 7, draw));
        }
    }

    private static void Many(Action<int, int, int> told)
    {
        var tiny = new Tiny();
        for (var i = 0; i < Members; i++)
            tiny.Add(MemberFlags.None, (Column.Vigor, 1 + (i % 4)));
        for (tiny.World.Week = 0; tiny.World.Week < Weeks; tiny.World.Week++)
        {
            for (var draw = 0; draw < PerWeek; draw++)
                told(tiny.World.Week, draw, Race.Pick(tiny.World, tiny.Branch, static member => member[Column.Vigor], 7, draw));
        }
    }
}
