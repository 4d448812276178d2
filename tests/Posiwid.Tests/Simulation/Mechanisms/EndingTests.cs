using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class EndingTests
{
    private static Tiny After(int members, long reserves, float cost)
    {
        var tiny = new Tiny().AddMany(members, MemberFlags.None).Count();
        tiny.Club.ReservesCents = reserves;
        tiny.Club.UsualCost = cost;
        tiny.World.Week = 30;
        new Ending().Center(tiny.World, tiny.Club);
        return tiny;
    }

    [Theory]
    [InlineData(4, 0, 0, Fate.Dwindled)] // five make an organization
    [InlineData(5, 0, 0, Fate.Alive)]
    [InlineData(20, -1_260_000, 10_000, Fate.Alive)] // 26 x 10,000 and 10,000 dollars can be owed
    [InlineData(20, -1_260_001, 10_000, Fate.Insolvent)]
    [InlineData(20, -1_260_001, 20_000, Fate.Alive)] // 26 x 20,000: whoever spends more can owe more
    [InlineData(4, -9_000_000, 0, Fate.Dwindled)] // both: nobody is left to be in debt
    public void Fate_ByHand(int members, long reserves, float cost, Fate fate)
    {
        var club = After(members, reserves, cost).Club;
        Assert.Equal(fate, club.Fate);
        Assert.Equal(fate == Fate.Alive, club.Alive);
    }

    [Fact]
    public void WhatIsOverHasNobody()
    {
        var tiny = After(4, 0, 0);
        Assert.Equal((30, 0, 0), (tiny.Club.EndedWeek, tiny.Club.Members, tiny.Club.BranchCount));
        Assert.Empty(tiny.World.Branches);
        Assert.Equal("dwindled", Assert.Single(tiny.World.Events, e => e.Kind == EventKinds.Ended).Note);
    }
}
