using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class DisclosureTests
{
    [Fact]
    public void ACaseRunsDown_ByHand()
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 0.5 });
        tiny.AddMany(10, MemberFlags.None).Count();
        tiny.Club.Voice = 0.2f;
        tiny.Club.Hidden.Add(new HiddenCase { Severity = 1, Knower1 = 5, Knower2 = 6, Fuse = 1 });
        new Disclosure().Center(tiny.World, tiny.Club);
        // two who know x (.0001 + .14 x .5 x .2) = .0282
        Assert.Equal(0.9718f, tiny.Club.Hidden[0].Fuse, 0.0001f);
    }

    [Fact]
    public void ALeaderWhoKnowsKeepsQuiet()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None).Count();
        tiny.Club.Hidden.Add(new HiddenCase { Severity = 3, AtTop = true, Knower3 = 7, Fuse = 1 });
        new Disclosure().Center(tiny.World, tiny.Club);
        Assert.Equal(1, tiny.Club.Hidden[0].Fuse);
    }
}
