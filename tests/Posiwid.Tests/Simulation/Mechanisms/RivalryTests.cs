using CsCheck;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class RivalryTests
{
    [Fact]
    public void Pull_ByHand()
    {
        // at half: x = 1, 1 / 2 x (.3 + .7 x 1)
        Assert.Equal(0.5f, new Rivalry().Pull(20_000, 1, 1000), 0.0001f);
        // twice as large: 2^4 = 16, 16 / 17 x (.3 + .7 x .5)
        Assert.Equal(0.6118f, new Rivalry().Pull(40_000, 0.5f, 1000), 0.0002f);
        Assert.Equal(0, new Rivalry().Pull(900, 1, 1000));
    }

    /// <summary>Who goes over to another organization brings the years, however young it is.</summary>
    [Fact]
    public void WhoCrossesKeepsThePoliticalExperience()
    {
        var tiny = new Tiny(rivals: 1);
        var rival = tiny.World.Organizations[1];
        var there = tiny.World.Open(rival, 0);
        var position = tiny.World.Join(tiny.Branch, tiny.World.Pools.Start[0], MemberFlags.None);
        tiny.Branch.Roll.At(position, Column.Experience) = 17;
        var person = tiny.Branch.IdAt(position);
        tiny.Club.StrongestRival = 1;
        tiny.World.Cross(tiny.Branch, position);
        tiny.World.Leave(tiny.Branch, position, "resigned");
        tiny.World.Release();
        new Rivalry().Center(tiny.World, rival);
        Assert.Equal((person, 17f), (there.IdAt(0), there.Roll.At(0, Column.Experience)));
    }

    [Fact]
    public void Pull_RisesWithSizeAndOpenness() =>
        Gen.Float[1001, 1e6f].Select(Gen.Float[0, 1]).Sample((size, openness) =>
            new Rivalry().Pull(size, openness, 1000) <= new Rivalry().Pull(2 * size, openness, 1000) + 1e-6f
            && new Rivalry().Pull(size, openness, 1000) <= new Rivalry().Pull(size, 1, 1000) + 1e-6f);
}
