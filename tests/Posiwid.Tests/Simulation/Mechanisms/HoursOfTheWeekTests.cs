using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class HoursOfTheWeekTests
{
    [Fact]
    public void AMomentTakesItsShareForMarchAndPanel()
    {
        var tiny = new Tiny();
        tiny.Branch.Census.Hours = 100;
        tiny.Branch.Effort[Activity.Meeting] = 0.6f;
        tiny.Branch.Effort[Activity.Panel] = 0.4f;
        tiny.Branch.Swing = 0.2f;
        new HoursOfTheWeek().Branch(tiny.World, tiny.Branch);
        Assert.Equal(48, tiny.Branch.Hours[Activity.Meeting], 0.001f); // 100 x .8 x .6
        Assert.Equal(37, tiny.Branch.Hours[Activity.Panel], 0.001f); // 100 x .8 x .4 + 100 x .2 x .25
        Assert.Equal(15, tiny.Branch.Hours[Activity.March], 0.001f); // 100 x .2 x .75
        Assert.Equal(100, tiny.Branch.Hours.ToArray().Sum(), 0.001f);
    }
}
