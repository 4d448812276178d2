using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class HarmTests
{
    [Theory]
    [InlineData(0, 0.08, false, 0.08)]
    [InlineData(0, 0.08, true, 0.04)] // at the top openness counts half
    [InlineData(0.5, 0.8, false, 0.9)] // .5 + .5 x .8
    [InlineData(1, 0, true, 1)]
    public void Handled_ByHand(float handled, float openness, bool atTop, float chance) =>
        Assert.Equal(chance, Harm.Handled(handled, openness, atTop), 0.0001f);
}
