using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class StruggleClimateTests
{
    [Fact]
    public void TheWeekOfTheData_ByHand()
    {
        var world = new Tiny(struggle: 0.8f, unemployment: 6).World;
        world.Setting.Climate.Struggle[7] = 0.4f;
        world.Setting.Climate.Unemployment[7] = 9.5f;
        world.Week = 7;
        new StruggleClimate { Scale = 1.5f }.Outside(world);
        // 1.5 x .4; unemployment as published
        Assert.Equal(0.6f, world.Struggle, 0.0001f);
        Assert.Equal(9.5f, world.Unemployment);
    }

    [Fact]
    public void DoseZeroLeavesUnemployment()
    {
        var world = new Tiny(struggle: 0.8f, unemployment: 7).World;
        new StruggleClimate { Scale = 0 }.Outside(world);
        Assert.Equal(0, world.Struggle);
        Assert.Equal(7, world.Unemployment);
    }

    [Fact]
    public void AfterTheLastWeekOfTheDataItStaysAsItWas()
    {
        var world = new Tiny(struggle: 0.8f, weeks: 100).World;
        world.Setting.Climate.Struggle[99] = 0.1f;
        world.Week = 250;
        new StruggleClimate().Outside(world);
        Assert.Equal(0.1f, world.Struggle, 0.0001f);
    }
}
