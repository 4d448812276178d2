using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class OpeningTests
{
    private const int Convention = 109; // the Monday of 3 February 1992

    /// <summary>A closed club (openness .1) of twenty, five of them leaders, at a convention; two years ago it had so many members.</summary>
    private static Tiny Club(float twoYearsAgo, int week = Convention, MemberFlags flags = MemberFlags.None, params (int Column, float Value)[] mood)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 0.1 });
        for (var i = 0; i < 5; i++)
            tiny.Club.Leaders.Add(new Leader(tiny.Branch.IdAt(tiny.Add(MemberFlags.Leader | flags, mood)), 0));
        tiny.AddMany(15, flags, mood).Count();
        Array.Fill(tiny.Club.SizeRing, twoYearsAgo);
        tiny.World.Week = week;
        return tiny;
    }

    private static Organization Voted(Tiny tiny)
    {
        new Opening { LeaderSpread = 0 }.Center(tiny.World, tiny.Club);
        return tiny.Club;
    }

    [Fact]
    public void LeadersComeRoundWhenSurvivalNeedsIt_AndBelieversFollow()
    {
        // 40 before: decline .5 > .45; members at .5 x .5 + .8 x belief > .45 from a belief of .25 on
        var opened = Voted(Club(40, mood: (Column.Belief, 0.26f)));
        Assert.Equal((Convention, 0.85f), (opened.OpenedWeek, opened.OpennessAim));
        Assert.Equal(0.2125f, opened[PolicyItem.Openness], 0.0001f); // .1 + .15 x (.85 - .1)
        Assert.Equal(-1, Voted(Club(40, mood: (Column.Belief, 0.24f))).OpennessAim);
        // 35 before: decline .4286; nobody moves it, however much they believe
        Assert.Equal(-1, Voted(Club(35, mood: (Column.Belief, 1))).OpennessAim);
        // with half of those who leave going to a rival it is .4286 + .5 x .5
        var tiny = Club(35, mood: (Column.Belief, 1));
        (tiny.Club.UsualExits, tiny.Club.UsualExitsRival) = (2, 1);
        Assert.Equal(0.85f, Voted(tiny).OpennessAim);
    }

    [Theory]
    [InlineData(0.67, 0, 0, -1)] // .67 does not pass .45 + .9 x .25 = .675
    [InlineData(0.68, 0, 0, 0.85)]
    [InlineData(0.68, 0.1, 0, -1)] // believers follow a leadership that is against: .68 - .08
    [InlineData(0.68, 0, 0.1, -1)] // the afraid do not dare: .68 against .775
    public void AgainstTheLeadership_ByHand(float grievance, float belief, float fear, float aim) =>
        Assert.Equal(aim, Voted(Club(20, Convention, MemberFlags.Spoke, (Column.Grievance, grievance), (Column.Belief, belief), (Column.Fear, fear))).OpennessAim);

    [Fact]
    public void ThoseWhoWereForItInVainAreOutvoted()
    {
        // .68 passes .675; three of twenty have it
        var tiny = Club(20, Convention, MemberFlags.Spoke);
        for (var p = 0; p < 3; p++)
            tiny.Branch.Roll.At(p, Column.Grievance) = 0.68f;
        Assert.Equal((-1, Convention), (Voted(tiny).OpenedWeek, tiny.Club.OutvotedWeek));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 20).Where(p => tiny.Flags(p).HasFlag(MemberFlags.Outvoted)));
        Assert.Equal(-1, Voted(Club(20, Convention, MemberFlags.Spoke, (Column.Grievance, 0.68f))).OutvotedWeek); // carried
    }

    [Theory]
    [InlineData(60, Convention)] // fifteen hundredths are for openness, less than a quarter: it closes again over their heads
    [InlineData(80, -1)] // no such vote within forty weeks
    public void ThoseWhoLoseTheVoteToCloseAgainAreOutvoted(int opened, int outvoted)
    {
        var tiny = Club(20);
        for (var p = 0; p < 3; p++)
            tiny.Branch.Roll.At(p, Column.Grievance) = 0.68f;
        (tiny.Club.OpennessAim, tiny.Club.OpenedWeek) = (0.85f, opened);
        Assert.Equal(outvoted, Voted(tiny).OutvotedWeek);
        Assert.Equal(outvoted < 0 ? [] : [0, 1, 2], Enumerable.Range(0, 20).Where(p => tiny.Flags(p).HasFlag(MemberFlags.Outvoted)));
    }

    [Theory]
    [InlineData(0.68f, 0, -1)] // twenty agents are for it, and one is not who stands for thirty people: 20 of 50
    [InlineData(0, 0.68f, 0.85f)] // 30 of 50
    public void PeopleVote_NotAgents(float here, float elsewhere, float aim) =>
        Assert.Equal(aim, Voted(Club(50, Convention, MemberFlags.Spoke, (Column.Grievance, here)).AddElsewhere(30, MemberFlags.Spoke, (Column.Grievance, elsewhere))).OpennessAim);

    [Theory]
    [InlineData(179, 0.85f)] // one of 199 people is heard to speak: .00503
    [InlineData(181, -1)] // one of 201: .00498
    public void PeopleMoveIt_NotAgents(float elsewhere, float aim)
    {
        var tiny = Club(20 + elsewhere, mood: (Column.Grievance, 0.68f)).AddElsewhere(elsewhere, MemberFlags.None, (Column.Grievance, 0.68f));
        tiny.Branch.FlagsAt(7) |= (int)MemberFlags.Spoke;
        Assert.Equal(aim, Voted(tiny).OpennessAim);
    }

    [Fact]
    public void NoVote()
    {
        (int, float)[] mood = [(Column.Grievance, 1)];
        Assert.Equal(0.85f, Voted(Club(20, Convention, MemberFlags.Spoke, mood)).OpennessAim);
        Assert.Equal(-1, Voted(Club(20, Convention, MemberFlags.None, mood)).OpennessAim); // nobody is heard to speak
        Assert.Equal(-1, Voted(Club(20, Convention + 1, MemberFlags.Spoke, mood)).OpennessAim);
        Assert.Equal(-1, Voted(Club(20, 57, MemberFlags.Spoke, mood)).OpennessAim); // a convention, but there is no size of two years ago
        Assert.Equal(0.1f, Voted(Club(20, 57, MemberFlags.Spoke, mood))[PolicyItem.Openness]);
    }

    [Theory]
    [InlineData(60, 0.1)] // nobody is for openness any more: back to what it was
    [InlineData(80, 0.85)] // not within forty weeks
    public void AContentClubClosesAgain(int opened, float aim)
    {
        var tiny = Club(20);
        (tiny.Club.OpennessAim, tiny.Club.OpenedWeek) = (0.85f, opened);
        Assert.Equal(aim, Voted(tiny).OpennessAim, 0.0001f);
    }

    // Clubs that had opened in the past and closed again once polluted the weeks from the opening to the vote.
    [Fact]
    public void TheLastOpeningCounts()
    {
        var tiny = Club(40, mood: (Column.Belief, 0.5f));
        (tiny.Club.OpennessAim, tiny.Club.OpenedWeek) = (0.1f, 5);
        Assert.Equal(Convention, Voted(tiny).OpenedWeek);
    }
}
