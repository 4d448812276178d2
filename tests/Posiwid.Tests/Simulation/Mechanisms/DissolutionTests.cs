using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class DissolutionTests
{
    /// <summary>A club of members who are done with it (and aggrieved), of others who believe, and of some who are merely indifferent.</summary>
    private static Tiny Club(int done, int faithful, int indifferent = 0, double openness = 0.7, double asked = 5, float fear = 0)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = openness, HoursAsked = asked })
            .AddMany(done, MemberFlags.None, (Column.Belief, 0.2f), (Column.Grievance, 0.3f), (Column.Fear, fear))
            .AddMany(faithful, MemberFlags.None, (Column.Belief, 0.6f), (Column.Grievance, 0.3f))
            .AddMany(indifferent, MemberFlags.None).Count();
        tiny.World.Week = 50;
        return tiny;
    }

    private static Organization Week(Tiny tiny, int ballot = -1)
    {
        tiny.Club.BallotWeek = ballot;
        new Dissolution().Center(tiny.World, tiny.Club);
        return tiny.Club;
    }

    [Theory]
    [InlineData(6, 14, 0.7, 0, 52)] // .3 - .2 = .1 passes the pressure of .3 x .25 = .075, and .3 of them > .25: in two weeks
    [InlineData(5, 15, 0.7, 0, -1)] // .25 is not more
    [InlineData(10, 0, 0.59, 0, -1)] // .41 x .25 = .1025: nobody dares to say so, were it unanimous
    [InlineData(10, 0, 0.61, 0, 52)] // .0975
    [InlineData(10, 0, 0.7, 0.03, -1)] // the afraid do not: .075 + .03
    [InlineData(10, 0, 0.7, 0.02, 52)]
    public void TheCall_ByHand(int done, int faithful, double openness, float fear, int ballot)
    {
        var club = Week(Club(done, faithful, openness: openness, fear: fear));
        Assert.Equal(ballot, club.BallotWeek);
        Assert.True(club.Alive); // a call decides nothing
    }

    [Fact]
    public void NoCall()
    {
        var odd = Club(10, 0);
        odd.World.Week = 51;
        Assert.Equal(-1, Week(odd).BallotWeek);
        var believing = Club(10, 0);
        believing.Club.Belief = 0.51f;
        Assert.Equal(-1, Week(believing).BallotWeek);
        Assert.Equal(-1, Week(Club(0, 0, indifferent: 10, openness: 1)).BallotWeek); // indifference is no reason
        // asked for a quarter of an hour: .28 x (.4 + .6 x .05) + .25 x .3 = .195; whoever is asked for little is not done with it at a belief of .2
        Assert.Equal(-1, Week(Club(10, 0, openness: 1, asked: 0.25)).BallotWeek);
    }

    [Theory]
    [InlineData(6, 4, 0, true)]
    [InlineData(5, 5, 0, false)] // half is not enough
    [InlineData(3, 2, 15, true)] // the indifferent abstain: 3 of 5
    [InlineData(0, 0, 10, false)]
    public void TheBallot_ByHand(int done, int faithful, int indifferent, bool dissolved)
    {
        var tiny = Club(done, faithful, indifferent);
        var club = Week(tiny, ballot: 50);
        Assert.Equal(dissolved ? Fate.Dissolved : Fate.Alive, club.Fate);
        Assert.Equal((!dissolved, -1, dissolved ? 0 : 1), (club.Alive, club.BallotWeek, club.BranchCount));
        Assert.Single(tiny.World.Events, e => e.Kind == EventKinds.Ballot);
    }

    [Theory]
    [InlineData(0.03, true)] // who did not dare to say so does vote so, where half of pressure and fear falls away: .5 x (.075 + .03) = .0525 < .1
    [InlineData(0.12, true)] // .0975
    [InlineData(0.13, false)] // .1025: they want it and vote against it
    public void InTheBallotLessIsFeared_ByHand(float fear, bool dissolved) =>
        Assert.Equal(dissolved ? Fate.Dissolved : Fate.Alive, Week(Club(6, 4, fear: fear), ballot: 50).Fate);

    [Theory]
    [InlineData(6, 0, 10, false)] // six agents are for it, one who stands for ten people is against: 6 of 16
    [InlineData(0, 6, 10, true)] // 10 of 16
    public void PeopleVote_NotAgents(int done, int faithful, float elsewhere, bool dissolved)
    {
        var tiny = Club(done, faithful).AddElsewhere(elsewhere, MemberFlags.None, (Column.Belief, dissolved ? 0.2f : 0.6f), (Column.Grievance, 0.3f));
        Assert.Equal(dissolved ? Fate.Dissolved : Fate.Alive, Week(tiny, ballot: 50).Fate);
    }

    [Theory]
    [InlineData(13, 52)] // five of eighteen say so: .28
    [InlineData(16, -1)] // of 21: .24
    public void PeopleCallIt_NotAgents(float elsewhere, int ballot) =>
        Assert.Equal(ballot, Week(Club(5, 0).AddElsewhere(elsewhere, MemberFlags.None, (Column.Belief, 0.6f), (Column.Grievance, 0.3f))).BallotWeek);

    [Fact]
    public void ThoseWhoLoseAreOutvoted()
    {
        var tiny = Club(4, 6);
        Assert.Equal((true, 50), (Week(tiny, ballot: 50).Alive, tiny.Club.OutvotedWeek));
        Assert.Equal([true, true, true, true, false, false, false, false, false, false], Enumerable.Range(0, 10).Select(p => tiny.Flags(p).HasFlag(MemberFlags.Outvoted)));
        Assert.Equal(-1, Week(Club(10, 0)).OutvotedWeek); // a call outvotes nobody
    }

    [Fact]
    public void TheBallotIsHeldOnItsDay()
    {
        var tiny = Club(10, 0);
        Assert.Equal(51, Week(tiny, ballot: 51).BallotWeek);
        Assert.True(tiny.Club.Alive);
        tiny.World.Week = 51;
        Assert.Equal(Fate.Dissolved, Week(tiny, ballot: 51).Fate);
    }

    [Theory]
    [InlineData(0.2, 0.5, 0.0, 52)] // .2 + .3 x .5 = .35 against .28 + .25 x .3 = .355
    [InlineData(0.2, 0.52, 0.0, -1)] // ties hold: .356
    [InlineData(0.2, 0.5, 0.1, -1)] // a little hope does: .365
    public void WhoIsDone_ByHand(float belief, float ties, float hope, int ballot)
    {
        var tiny = Club(0, 0).AddMany(10, MemberFlags.None, (Column.Belief, belief), (Column.Ties, ties), (Column.Hope, hope), (Column.Grievance, 0.3f)).Count();
        Assert.Equal(ballot, Week(tiny).BallotWeek);
    }

    [Theory]
    [InlineData(0, 52)]
    [InlineData(0.5f, -1)] // 2.5 x .5 x need .5 = .625 hold whoever is done with it otherwise
    public void WhoseNeedsAreMetIsNotDoneWithIt(float reputation, int ballot)
    {
        var tiny = Club(10, 0);
        for (var p = 0; p < 10; p++)
            tiny.Branch.Roll.At(p, Column.Need) = 0.5f;
        tiny.Branch.NeedReputation = reputation;
        Assert.Equal(ballot, Week(tiny).BallotWeek);
    }
}
