using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class BondingTests
{
    [Fact]
    public void FiveHoursAWeek_ByHand()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None).Count();
        tiny.Branch.Census.Hours = 50;
        tiny.Branch.Hours[Activity.Study] = 10;
        new Bonding().Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.012f, tiny[0, Column.Ties], 0.00001f); // .012 x (.2 + .8 x 1) x (1 - 0)
        Assert.Equal(0.022f, tiny[0, Column.Education], 0.00001f); // one hour of study each
        Assert.Equal(1 / 52f, tiny[0, Column.Experience], 0.00001f);
    }
}
