using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class BreakingUpTests
{
    private static Tiny Camp(int week)
    {
        // the scenario begins on 1 January 1990; 12 February is the first day of week 6
        var tiny = new Tiny(change: o => o with { BrokenUp = [new DateOnly(1990, 2, 14)] }).AddMany(8, MemberFlags.None, (Column.Hope, 0.6f), (Column.Need, 0.9f)).Count();
        tiny.Club.ReservesCents = 500;
        tiny.World.KeepsScattered = true;
        tiny.World.Week = week;
        new BreakingUp().Outside(tiny.World);
        return tiny;
    }

    [Fact]
    public void OnItsDayItIsOver_AndItsPeopleAreScattered()
    {
        var tiny = Camp(6);
        Assert.Equal((false, Fate.BrokenUp, 6, 0L), (tiny.Club.Alive, tiny.Club.Fate, tiny.Club.EndedWeek, tiny.Club.ReservesCents));
        Assert.Equal(8, tiny.Club.Scattered.Count);
        Assert.All(tiny.Club.Scattered, who => Assert.Equal((0.3f, 0.9f), (who.Hope, who.Need))); // half of the hope is gone
        Assert.Empty(tiny.World.Branches);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void OnOtherDaysNothingHappens(int week) => Assert.Equal((true, 8), (Camp(week).Club.Alive, Camp(week).Branch.Roll.Count));

    [Fact]
    public void NobodyIsRememberedWhereNobodyCouldComeTogetherAgain()
    {
        var tiny = new Tiny(change: o => o with { BrokenUp = [new DateOnly(1990, 1, 1)] }).AddMany(8, MemberFlags.None).Count();
        new BreakingUp { HopeLost = 0 }.Outside(tiny.World);
        Assert.Equal((false, 0), (tiny.Club.Alive, tiny.Club.Scattered.Count));
    }
}
