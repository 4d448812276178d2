using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class HopeTests
{
    [Fact]
    public void AWeekOfPanels_ByHand()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None, (Column.Hope, 0.5f), (Column.Vigor, 1)).Count();
        tiny.Branch.Census.Hours = 50;
        tiny.Branch.Hours[Activity.Panel] = 50;
        tiny.Club.Impressiveness = 1;
        tiny.Week(new Hope());
        // five hours a member: r = 1; lift .045 x (.4 + .6): .5 + .5 x .045 - .045 x .5 = .5
        Assert.Equal(0.5f, tiny[0, Column.Hope], 0.0001f);
    }

    [Fact]
    public void WithoutAnythingDone_HopeOnlyFades()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None, (Column.Hope, 0.5f)).Count();
        tiny.Week(new Hope());
        Assert.Equal(0.4775f, tiny[3, Column.Hope], 0.0001f); // .5 x (1 - .045)
    }
}
