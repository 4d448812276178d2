using CsCheck;
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

    [Fact]
    public void Pull_RisesWithSizeAndOpenness() =>
        Gen.Float[1001, 1e6f].Select(Gen.Float[0, 1]).Sample((size, openness) =>
            new Rivalry().Pull(size, openness, 1000) <= new Rivalry().Pull(2 * size, openness, 1000) + 1e-6f
            && new Rivalry().Pull(size, openness, 1000) <= new Rivalry().Pull(size, 1, 1000) + 1e-6f);
}
