using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class BurnoutTests
{
    [Theory]
    [InlineData(8, 0)]
    [InlineData(16, 0.015)] // twice what is bearable
    [InlineData(4, 0)]
    public void Lost_ByHand(float hours, float lost) => Assert.Equal(lost, new Burnout().Lost(hours), 0.00001f);

    [Fact]
    public void OnlyThoseWhoGiveTooMuchWearOut()
    {
        var tiny = new Tiny(policy: new PolicySpec { HoursAsked = 5 });
        var steady = tiny.Add(MemberFlags.None, (Column.Hope, 0.5f), (Column.Vigor, 1));
        var driven = tiny.Add(MemberFlags.None, (Column.Hope, 0.5f), (Column.Vigor, 4));
        new Burnout().Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.5f, tiny[steady, Column.Hope]);
        // own hours 5 x 4 x (.4 + .9 x .5) = 17, load 17 / 8: .5 - .015 x 1.125 x .5
        Assert.Equal(0.49156f, tiny[driven, Column.Hope], 0.0001f);
        Assert.Equal(tiny[driven, Column.Hope], 0.5f * (1 - new Burnout().Lost(17)), 0.0001f);
    }
}
