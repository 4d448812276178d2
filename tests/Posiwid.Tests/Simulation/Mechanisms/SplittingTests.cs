using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class SplittingTests
{
    /// <summary>Members who were outvoted, by what they hold against the club, and ten others; own thresholds are .5.</summary>
    private static Tiny Club(double talkNeedsLeave, params float[] grievances)
    {
        var tiny = new Tiny(rivals: 1, policy: new PolicySpec { TalkNeedsLeave = talkNeedsLeave });
        foreach (var grievance in grievances)
            tiny.Add(MemberFlags.Outvoted, (Column.Grievance, grievance), (Column.Threshold, 0.5f));
        tiny.AddMany(10, MemberFlags.None, (Column.Grievance, 1), (Column.Threshold, 0.5f)).Count();
        tiny.World.Week = tiny.Club.OutvotedWeek = 50;
        return tiny;
    }

    /// <summary>The vote's week and the one after; returns who is left.</summary>
    private static int Left(Tiny tiny)
    {
        var splitting = new Splitting();
        splitting.Center(tiny.World, tiny.Club);
        tiny.World.Week++;
        foreach (var branch in tiny.Club.Branches)
            splitting.Branch(tiny.World, branch);
        return tiny.Club.Branches.Sum(b => b.Roll.Count);
    }

    [Theory]
    [InlineData(new[] { 0.6f, 0.6f, 0.4f, 0.4f }, 10)] // two of four go; .4 x (1 + .5) = .6 > .5: the others follow
    [InlineData(new[] { 0.6f, 0.3f, 0.3f, 0.3f }, 14)] // one: .3 x 1.25 does not pass; and one of 14 is no group of a tenth
    [InlineData(new[] { 0.6f, 0.6f, 0.3f, 0.3f }, 12)] // two: .3 x 1.5 = .45 does not; two of 14 are a group
    [InlineData(new[] { 0.6f, 0.41f, 0.35f, 0.28f }, 11)] // one after the other: .41 x 1.25 = .5125, .35 x 1.5 = .525; .28 x 1.75 = .49 stays
    public void WhoGoes_ByHand(float[] grievances, int left)
    {
        var tiny = Club(1, grievances);
        Assert.Equal(left, Left(tiny));
        Assert.Equal(left == 14 ? 0 : 1, tiny.World.Events.Count(e => e.Kind == EventKinds.Split && e.Value == 14 - left));
        Assert.All(Enumerable.Range(0, tiny.Branch.Roll.Count), p => Assert.False(tiny.Flags(p).HasFlag(MemberFlags.Outvoted)));
    }

    [Theory]
    [InlineData(0.5, 0, 12)] // .8 against .5 + .6 x .5 x 1 = .8
    [InlineData(0.48, 0, 10)] // .788
    [InlineData(0.19, 0.3, 10)] // cadre count .3 more: .5 + .6 x .49 = .794
    [InlineData(0.21, 0.3, 12)] // .806
    public void LoyaltyHolds_ByHand(float ties, float cadre, int left)
    {
        var tiny = Club(1, 0.8f, 0.8f);
        for (var p = 0; p < 2; p++)
        {
            tiny.Branch.Roll.At(p, Column.Ties) = ties;
            tiny.Branch.Roll.At(p, Column.Belief) = 0.5f;
            if (cadre > 0)
                tiny.Branch.FlagsAt(p) |= (int)MemberFlags.Cadre;
        }

        Assert.Equal(left, Left(tiny));
    }

    [Theory]
    [InlineData(1, 11)] // nobody hears of the two who go elsewhere: .4 stays
    [InlineData(0, 10)] // two of three go: .4 x 1.67 = .67
    public void CompanyElsewhereIsSeenWhereTalkNeedsNoLeave(double talkNeedsLeave, int left)
    {
        var tiny = Club(talkNeedsLeave, 0.6f, 0.6f);
        var other = tiny.World.Open(tiny.Club, 1);
        tiny.Add(other, MemberFlags.Outvoted, (Column.Grievance, 0.4f), (Column.Threshold, 0.5f));
        tiny.Count();
        Assert.Equal(left, Left(tiny));
    }

    [Fact]
    public void TheyLeaveInTheWeekAfter_ToARivalThatPulls()
    {
        var tiny = Club(1, 0.6f, 0.6f);
        (tiny.Club.RivalPull, tiny.Club.StrongestRival) = (1, 1);
        var splitting = new Splitting();
        splitting.Center(tiny.World, tiny.Club);
        splitting.Branch(tiny.World, tiny.Branch);
        Assert.Equal(12, tiny.Branch.Roll.Count);
        tiny.World.Week++;
        splitting.Branch(tiny.World, tiny.Branch);
        Assert.Equal((10, 2f, 2f), (tiny.Branch.Roll.Count, tiny[Flow.Exits], tiny[Flow.ExitsRival]));
        tiny.World.Week++;
        splitting.Branch(tiny.World, tiny.Branch);
        Assert.Equal(10, tiny.Branch.Roll.Count);
    }
}
