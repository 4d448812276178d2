using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class BeliefTests
{
    [Fact]
    public void AWeek_ByHand()
    {
        var tiny = new Tiny();
        var member = tiny.Add(MemberFlags.None, (Column.Hope, 0.4f), (Column.Belief, 0.5f), (Column.Education, 0.5f), (Column.Experience, 6));
        tiny.Club.Impressiveness = 0.5f;
        new Belief().Branch(tiny.World, tiny.Branch);
        // target .02 + .85 x .4 + .30 x .5 + .12 x .5 + 0 - .30 x 6/12 = .42; .5 + .02 (.42 - .5)
        Assert.Equal(0.4984f, tiny[member, Column.Belief], 0.0001f);
    }

    [Fact]
    public void HeldBeliefStaysPut()
    {
        var tiny = new Tiny();
        var member = tiny.Add(MemberFlags.None, (Column.Belief, 0.9f));
        new Belief { Held = 0.1f }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.1f, tiny[member, Column.Belief]);
    }
}
