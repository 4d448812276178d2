using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class FactionalismTests
{
    /// <summary>Nine silent members and one who spoke, in a club where half of all talk needs leave; one charge is .03 of the clock per speaker.</summary>
    private static Tiny Club(double leave = 0.5, double openness = 0, float spoke = 1, double weight = 1)
    {
        var tiny = new Tiny(policy: new PolicySpec { TalkNeedsLeave = leave, Openness = openness }, weight: weight).AddMany(9, MemberFlags.None);
        tiny.Add(MemberFlags.Spoke);
        tiny.Branch.Flows[(int)Flow.Spoke] = (float)(spoke * weight);
        return tiny.Count().Wind(Clock.Charge, 1);
    }

    [Fact]
    public void Rate_ByHand()
    {
        float Rate(Tiny tiny)
        {
            new Factionalism().Branch(tiny.World, tiny.Branch);
            return 1 - tiny.Left(Clock.Charge);
        }

        Assert.Equal(0.12f, Rate(Club(spoke: 4)), 0.0001f); // .06 x .5 x 1 x 4
        Assert.Equal(0.12f, Rate(Club(spoke: 4, weight: 10)), 0.0001f); // by agents who spoke, not by the people they stand for
        Assert.Equal(0.09f, Rate(Club(leave: 1, openness: 0.625, spoke: 4)), 0.0001f); // .06 x 1 x .375 x 4
        Assert.Equal(0, Rate(Club(leave: 0, spoke: 4)));
        Assert.Equal(0, Rate(Club(openness: 1, spoke: 4)));
    }

    [Fact]
    public void WhoIsChargedAndStaysIsAfraid()
    {
        var tiny = Club().Wind(Clock.Charge, 0.0299f);
        new Factionalism { Expelled = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.2f, tiny[9, Column.Fear], 0.0001f);
        Assert.All(Enumerable.Range(0, 9), p => Assert.Equal(0, tiny[p, Column.Fear])); // the silent are left alone
        Assert.Equal(6, tiny.Branch.Hours[Activity.Discipline]);
        Assert.Equal((1, 0), (tiny[Flow.Suppression], tiny[Flow.Exits]));
    }

    [Fact]
    public void AChargeAgainstAnAgentTakesTheHoursOfAllForWhomItStands()
    {
        var tiny = Club(weight: 10).Wind(Clock.Charge, 0.0299f);
        new Factionalism { Expelled = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal((60, 10), (tiny.Branch.Hours[Activity.Discipline], tiny[Flow.Suppression]));
    }

    [Fact]
    public void WhoIsExpelledIsTheOneWhoSpoke()
    {
        var tiny = Club().Wind(Clock.Charge, 0.0299f);
        new Factionalism { Expelled = 1 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(9, tiny.Branch.Roll.Count);
        Assert.All(Enumerable.Range(0, 9), p => Assert.False(tiny.Flags(p).HasFlag(MemberFlags.Spoke)));
        Assert.Equal((1, 1), (tiny[Flow.Suppression], tiny[Flow.Exits]));
    }

    [Fact]
    public void NobodySpoke_OrDoseZero_NothingButAnEmptyDocket()
    {
        var silent = Club(spoke: 0).Wind(Clock.Charge, 0.0001f);
        silent.Branch.Hours[Activity.Discipline] = 12; // last week's
        new Factionalism { Charge = 1 }.Branch(silent.World, silent.Branch);
        Assert.Equal((0, 0, 10), (silent.Branch.Hours[Activity.Discipline], silent[Flow.Suppression], silent.Branch.Roll.Count));
        var none = Club(leave: 1, spoke: 4).Wind(Clock.Charge, 0.0001f);
        new Factionalism { Charge = 0 }.Branch(none.World, none.Branch);
        Assert.Equal((0, 0), (none[Flow.Suppression], none[9, Column.Fear]));
    }
}
