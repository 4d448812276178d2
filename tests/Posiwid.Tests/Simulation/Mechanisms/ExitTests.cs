using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class ExitTests
{
    [Fact]
    public void Rate_OfOneMember_ByHand()
    {
        var tiny = new Tiny(policy: new PolicySpec { HoursAsked = 5, DuesUsdPerWeek = 7 });
        var member = tiny.Add(MemberFlags.None, (Column.Belief, 0.5f), (Column.Hope, 0.4f), (Column.Ties, 0.3f), (Column.Need, 0.2f), (Column.ExitFuse, 10));
        new Exit().Branch(tiny.World, tiny.Branch);
        // holds: .9 x .5 + .6 x .4 + .45 x .3 + .35 = 1.175; drives: .30 x (.6 + .2) + .15 x (.5 + .2) + .30 x .2 = .405
        // rate .1 e^(-3.2 x .77) = .1 x .08511
        Assert.Equal(10 - 0.008511f, tiny[member, Column.ExitFuse], 0.00001f);
    }

    [Fact]
    public void WhoseClockRunsOut_Leaves()
    {
        var tiny = new Tiny();
        tiny.Add(MemberFlags.None, (Column.ExitFuse, 1e-9f));
        tiny.Add(MemberFlags.None, (Column.ExitFuse, 10));
        new Exit().Branch(tiny.World, tiny.Branch);
        Assert.Equal(1, tiny.Branch.Roll.Count);
        Assert.Equal(1, tiny.Branch.Flows[(int)Flow.Exits]);
    }
}
