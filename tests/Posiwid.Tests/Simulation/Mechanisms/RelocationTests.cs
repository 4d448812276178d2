using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class RelocationTests
{
    /// <summary>A branch of ten that had so many thirteen weeks ago; the club has seen growth in the other kind of place (sites 4 to 7) only.</summary>
    private static Tiny Club(MilieuKind here, MilieuKind there, int earlier, bool watched, int members = 10, double weight = 1, Intents? intents = null)
    {
        var tiny = new Tiny(here, elsewhere: there, weight: weight, intents: intents).AddMany(members, MemberFlags.None, (Column.Ties, 0.4f)).Count();
        tiny.Branch.EarlierSize = earlier;
        tiny.Branch.WatchedUntil = watched ? 10 : 0;
        tiny.Branch.AddContact(new Contact { Slot = 0, Forgotten = 300 });
        tiny.Branch.Effort[Activity.Meeting] = 1;
        tiny.Club.MilieuGrowth[1] = 1; // e^(1/.06): every other choice has a chance of one in ten million
        tiny.World.Week = 3;
        return tiny;
    }

    private static bool Moves(Tiny tiny, float afterVisit = 0, float outAgain = 0)
    {
        var from = tiny.Branch.Site;
        new Relocation { AfterVisit = afterVisit, OutAgain = outAgain }.Center(tiny.World, tiny.Club);
        return tiny.Branch.Site != from;
    }

    [Fact]
    public void AWatchedBranchThatShrinksRetreatsToACampus()
    {
        var tiny = Club(MilieuKind.Workplace, MilieuKind.Campus, 20, watched: true);
        Assert.True(Moves(tiny, afterVisit: 1));
        Assert.InRange(tiny.Branch.Site, 4, 7);
        Assert.Equal((MilieuKind.Campus, 1, 3), (tiny.Branch.Kind, tiny.Branch.Milieu, tiny.Branch.Moved));
        Assert.Equal(0, tiny.Branch.ContactCount); // contacts stay behind
        Assert.Equal(1, tiny.Branch.Effort[Activity.Meeting]); // the plan goes along
        Assert.All(Enumerable.Range(0, 10), p => Assert.Equal(0.38f, tiny[p, Column.Ties], 0.0001f)); // .4 x .95
        Assert.Equal(1, tiny.Club.FlowsSinceSample[(int)Flow.Moves]);
        Assert.Null(tiny.World.At(0, tiny.Club));
    }

    [Fact]
    public void AStrongCampusBranchGoesOut_AStrongWorkplaceBranchDoesNot()
    {
        // 13 a year is once every four weeks
        Assert.True(Moves(Club(MilieuKind.Campus, MilieuKind.Neighborhood, 20, watched: false, members: 20), outAgain: 13));
        Assert.False(Moves(Club(MilieuKind.Campus, MilieuKind.Neighborhood, 20, watched: false, members: 17), outAgain: 13));
        Assert.False(Moves(Club(MilieuKind.Workplace, MilieuKind.Neighborhood, 20, watched: false, members: 20), outAgain: 13));
    }

    [Fact]
    public void ABranchIsStrongByItsPeople_AndGoesOnlyWhereAgentsStandForAsMany()
    {
        var tiny = Club(MilieuKind.Campus, MilieuKind.Neighborhood, 20, watched: false, members: 9);
        tiny.Branch.Weight = 2; // eighteen people
        Assert.False(Moves(tiny, outAgain: 13)); // strong, but elsewhere an agent stands for one
        tiny = Club(MilieuKind.Campus, MilieuKind.Neighborhood, 20, watched: false, members: 9, weight: 2);
        Assert.True(Moves(tiny, outAgain: 13));
    }

    [Fact]
    public void NoMove()
    {
        Assert.False(Moves(Club(MilieuKind.Workplace, MilieuKind.Campus, 20, watched: true)));
        Assert.False(Moves(Club(MilieuKind.Workplace, MilieuKind.Campus, 20, watched: false), afterVisit: 1));
        Assert.False(Moves(Club(MilieuKind.Workplace, MilieuKind.Campus, 10, watched: true), afterVisit: 1)); // it has not shrunk
        var full = Club(MilieuKind.Workplace, MilieuKind.Campus, 20, watched: true);
        for (var site = 4; site < 8; site++)
            full.World.Open(full.Club, site);
        Assert.False(Moves(full, afterVisit: 1));
    }

    // The center goes by what is reported: of a branch that another run's center read to be of thirty it sees no decline, and one of thirty is strong.
    [Fact]
    public void WhereReportsAreBlindedNoDeclineIsSeen()
    {
        var donor = new IntentLog();
        donor.AddReading(Sensor.SizeReports, Branch.KeyOf(0, 0, 0), 0, 3, 30);
        Intents Blind() => new(null, donor, blind: [Sensor.SizeReports]);
        Assert.False(Moves(Club(MilieuKind.Workplace, MilieuKind.Campus, 20, watched: true, intents: Blind()), afterVisit: 1));
        Assert.True(Moves(Club(MilieuKind.Campus, MilieuKind.Neighborhood, 20, watched: false, intents: Blind()), outAgain: 13));
    }

    // Of two branches that want the last free place one gets it.
    [Fact]
    public void OneBranchAPlace()
    {
        var tiny = Club(MilieuKind.Workplace, MilieuKind.Campus, 20, watched: true);
        var other = tiny.World.Open(tiny.Club, 1);
        tiny.Add(other, MemberFlags.None);
        for (var site = 4; site < 7; site++)
            tiny.World.Open(tiny.Club, site);
        tiny.Count();
        (tiny.Branch.EarlierSize, other.EarlierSize, other.WatchedUntil) = (20, 20, 10);
        new Relocation { AfterVisit = 1 }.Center(tiny.World, tiny.Club);
        Assert.Equal((7, 1), (tiny.Branch.Site, other.Site));
    }

    [Theory]
    [InlineData(20, -0.03)] // .06 x (10 / 20 - 1)
    [InlineData(8, 0.015)] // .06 x (10 / 8 - 1)
    [InlineData(4, 0.03)] // growth beyond a half counts as a half
    public void GrowthByMilieu_ByHand(int earlier, float seen)
    {
        var tiny = Club(MilieuKind.Workplace, MilieuKind.Campus, earlier, watched: false);
        Moves(tiny);
        Assert.Equal(seen, tiny.Club.MilieuGrowth[0], 0.0001f);
        Assert.Equal(1, tiny.Club.MilieuGrowth[1]); // nothing is seen where there is no branch
    }
}
