using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class YearlyConferenceTests
{
    private const int FirstOfJuly = 26; // the Monday of 2 July 1990

    private static Tiny Held(int week = FirstOfJuly, float members = 200, double asked = 5, double conference = 1)
    {
        var tiny = new Tiny(policy: new PolicySpec { HoursAsked = asked, Conference = conference });
        tiny.World.Week = week;
        tiny.Club.Members = members;
        tiny.Club.Impressiveness = 0.5f;
        tiny.Club.IncomeCents = 100;
        new YearlyConference().Center(tiny.World, tiny.Club);
        return tiny;
    }

    [Theory]
    [InlineData(5, 110, 0.0825)] // .55 x 200 attend; .30 x .5 x .55
    [InlineData(1, 66, 0.0495)] // asked for one hour a week .6 of them come: 3 x 1 / 5
    public void Conference_ByHand(double asked, float attending, float lift)
    {
        var tiny = Held(asked: asked);
        Assert.Equal(lift, tiny.Club.ConferenceLift, 0.0001f);
        Assert.Equal(24 * attending, tiny.Club.Hours[Activity.Conference], 0.1f);
        Assert.InRange(tiny.Club.IncomeCents, (1500 * attending) + 99, (1500 * attending) + 101); // 15 dollars each, and what was there
        Assert.Equal(attending, Assert.Single(tiny.World.Events, e => e.Kind == EventKinds.Conference).Value, 0.001);
    }

    // The lift is a share of missing hope, spent in the conference's week.
    [Fact]
    public void TheLiftReachesTheMembers()
    {
        var tiny = Held();
        var member = tiny.Add(MemberFlags.None, (Column.Hope, 0.6f));
        tiny.Count();
        new Hope { Decay = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.633f, tiny[member, Column.Hope], 0.0001f); // .6 + .0825 x .4
    }

    [Fact]
    public void NotInOtherWeeks_NotWhereItIsNotHeld_NotByNobody()
    {
        foreach (var tiny in new[] { Held(FirstOfJuly - 1), Held(FirstOfJuly + 1), Held(conference: 0) })
        {
            Assert.Equal((0, 0, 100), (tiny.Club.ConferenceLift, tiny.Club.Hours[Activity.Conference], tiny.Club.IncomeCents));
            Assert.Empty(tiny.World.Events);
        }

        var empty = Held(members: 0);
        Assert.Equal(0, empty.Club.ConferenceLift); // not 0 / 0
        Assert.Empty(empty.World.Events);
    }
}
