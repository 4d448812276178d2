using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class LeadershipTests
{
    private const int Convention = 5; // the Monday of 5 February 1990

    /// <summary>Five leaders and twenty cadre who feel the same.</summary>
    private static Tiny Club(double openness, double slate, params (int Column, float Value)[] mood)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = openness, Slate = slate });
        mood = [(Column.Vigor, 1), .. mood];
        for (var i = 0; i < 5; i++)
            tiny.Club.Leaders.Add(new Leader(tiny.Branch.IdAt(tiny.Add(MemberFlags.Leader | MemberFlags.Cadre, mood)), -52));
        tiny.World.Week = Convention;
        return tiny.AddMany(20, MemberFlags.Cadre, mood).Count();
    }

    /// <summary>Seats that their holders keep, of five that are filled.</summary>
    private static int Kept(Tiny tiny)
    {
        new Leadership { StepDown = 0 }.Center(tiny.World, tiny.Club);
        var kept = tiny.Club.Leaders.Count(l => l.Since < 0);
        Assert.Equal((5, kept / 5f), (tiny.Club.Leaders.Count, tiny.Club.Entrenchment));
        return kept;
    }

    [Theory]
    [InlineData(1, 1, 0.24, 5)] // where criticism is free others stand, whatever is proposed: .55 - .30
    [InlineData(1, 1, 0.26, 0)]
    [InlineData(0.4, 1, 0.60, 5)] // a slate of 1 x (1 - .4): .55 - .30 x .4 + .6 x .30 = .61
    [InlineData(0.4, 1, 0.62, 0)]
    [InlineData(0, 1, 0.84, 5)] // .55 + .30 where nothing may be said: the same discontent keeps them
    [InlineData(0, 1, 0.86, 0)]
    [InlineData(0, 0, 0.56, 0)] // contested seats: .55 - .30 + .30
    [InlineData(1, 0, 0.24, 5)] // contested in the open: .25
    [InlineData(1, 0, 0.26, 0)]
    public void Bar_ByHand(double openness, double slate, float grievance, int kept) =>
        Assert.Equal(kept, Kept(Club(openness, slate, (Column.Grievance, grievance), (Column.Belief, 0.5f))));

    // the twenty-five agents are against it, one who stands for 75 people is not: .25 of the people
    [Fact]
    public void PeopleVote_NotAgents() => Assert.Equal(5, Kept(Club(0, 1, (Column.Grievance, 0.86f), (Column.Belief, 0.5f)).AddElsewhere(75, MemberFlags.None, (Column.Belief, 0.5f))));

    [Fact]
    public void WhatAMemberWeighs_ByHand()
    {
        // .4 + .7 x .52 + .5 x (.4 - .2) = .864, above .85
        (int, float)[] mood = [(Column.Grievance, 0.4f), (Column.Memory, 0.52f), (Column.Belief, 0.2f)];
        Assert.Equal(0, Kept(Club(0, 1, mood)));
        // who is afraid by .05 does not dare, with a bar of .9
        Assert.Equal(5, Kept(Club(0, 1, [.. mood, (Column.Fear, 0.05f)])));
        // where pressure is nil .2 + .7 x .4 + .5 x (.4 - .2) = .58 is enough, above .55
        mood = [(Column.Grievance, 0.2f), (Column.Memory, 0.4f), (Column.Belief, 0.2f)];
        Assert.Equal(5, Kept(Club(0, 1, mood)));
        var tiny = Club(0, 1, mood);
        new Leadership { StepDown = 0, Pressure = 0 }.Center(tiny.World, tiny.Club);
        Assert.Equal(0, tiny.Club.Entrenchment);
    }

    /// <summary>Two leaders and four cadre, three of whom hold something against the organization; 3 seats.</summary>
    [Theory]
    [InlineData(0, 3)] // nobody would have a change: the two stay, the empty seat goes to the cadre of highest standing
    [InlineData(0.3, 2)]
    [InlineData(0.6, 1)]
    [InlineData(1, 0)]
    public void ContestedSeats_ByHand(float against, int content)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 1, Slate = 0 }, change: spec => spec with { Leaders = 3 });
        (int, float)[] Who(float vigor, float grievance) => [(Column.Vigor, vigor), (Column.Belief, 0.5f), (Column.Grievance, grievance)];
        // standing vigor x .5 x .5, for leaders x 1.5: .75, .375, .375; .1, .075, .05: 1.725 in all; appeal vigor x .5 x grievance: .08, .045, .02: .145 in all
        foreach (var vigor in (float[])[2, 1])
            tiny.Club.Leaders.Add(new Leader(tiny.Branch.IdAt(tiny.Add(MemberFlags.Leader | MemberFlags.Cadre, Who(vigor, 0))), -52));
        var loyal = tiny.Add(MemberFlags.Cadre, Who(1.5f, 0));
        int[] critics = [tiny.Add(MemberFlags.Cadre, Who(0.4f, 0.4f)), tiny.Add(MemberFlags.Cadre, Who(0.3f, 0.3f)), tiny.Add(MemberFlags.Cadre, Who(0.2f, 0.2f))];
        // those who are against it do no more than vote: .3 above the bar of .25
        var voters = Math.Min(994, (int)Math.Round(against * 1000));
        tiny.AddMany(voters, MemberFlags.None, (Column.Grievance, 0.3f), (Column.Belief, 0.5f)).AddMany(994 - voters, MemberFlags.None, (Column.Belief, 0.5f)).Count();
        tiny.World.Week = Convention;
        new Leadership { StepDown = 0, MembersPerSeat = 10_000 }.Center(tiny.World, tiny.Club);
        var elected = tiny.Club.Leaders.Select(l => l.Person).ToHashSet();
        Assert.Equal(3, elected.Count);
        Assert.Equal(content, 3 - critics.Count(p => elected.Contains(tiny.Branch.IdAt(p))));
    }

    [Fact]
    public void WhoStepsDownDidNotLoseTheSeat()
    {
        var tiny = Club(1, 1, (Column.Belief, 0.5f));
        new Leadership { StepDown = 1 }.Center(tiny.World, tiny.Club);
        Assert.Equal(5, tiny.Club.Leaders.Count(l => l.Since == Convention)); // nobody takes the seat again
        Assert.Equal(0, tiny.Club.FlowsSinceSample[(int)Flow.LeadersReplaced]);
        Assert.Empty(tiny.World.Events);
        var lost = Club(1, 1, (Column.Grievance, 1));
        Kept(lost);
        Assert.Equal(5, lost.Club.FlowsSinceSample[(int)Flow.LeadersReplaced]);
    }

    [Fact]
    public void WhoIsVotedOutIsNoLeaderAnyMore()
    {
        var tiny = Club(1, 1, (Column.Grievance, 1));
        Kept(tiny);
        Assert.Equal(tiny.Club.Leaders.Select(l => l.Person).Order(), Enumerable.Range(0, 25).Where(p => tiny.Flags(p).HasFlag(MemberFlags.Leader)).Select(p => tiny.Branch.IdAt(p)).Order());
        Assert.All(tiny.World.Events, e => Assert.Equal(57 / 52.0, e.Value)); // from week -52 to week 5
        Assert.Equal(5, tiny.World.Events.Count);
    }

    [Fact]
    public void BetweenConventionsEmptySeatsGoToCadreWhomTheLeadershipTrusts()
    {
        var tiny = new Tiny();
        var critic = tiny.Add(MemberFlags.Cadre | MemberFlags.Spoke, (Column.Vigor, 9), (Column.Belief, 1), (Column.Status, 1));
        var ordinary = tiny.Add(MemberFlags.None, (Column.Vigor, 9), (Column.Belief, 1), (Column.Status, 1));
        var seeker = tiny.Add(MemberFlags.Cadre, (Column.Vigor, 1), (Column.Belief, 0.5f), (Column.Status, 1)); // .5 x 1.5 = .75
        var modest = tiny.Add(MemberFlags.Cadre, (Column.Vigor, 1), (Column.Belief, 0.9f)); // .9 x .5 = .45
        var paid = tiny.Add(MemberFlags.Cadre | MemberFlags.Staff, (Column.Vigor, 1), (Column.Belief, 0.7f)); // .7 x .5 x 1.5 = .525
        tiny.Count().World.Week = 7;
        var leadership = new Leadership();
        leadership.Center(tiny.World, tiny.Club);
        Assert.Empty(tiny.Club.Leaders); // it looks every four weeks
        tiny.World.Week = 8;
        leadership.Center(tiny.World, tiny.Club);
        Assert.Equal(((int[])[seeker, paid, modest]).Select(p => tiny.Branch.IdAt(p)), tiny.Club.Leaders.Select(l => l.Person));
        Assert.False(tiny.Flags(critic).HasFlag(MemberFlags.Leader) || tiny.Flags(ordinary).HasFlag(MemberFlags.Leader));
    }

    [Theory]
    [InlineData(200, 5)] // the founding's five; 200 / 130 + 3 are four
    [InlineData(650, 8)] // 5 + 3
    [InlineData(9000, 25)] // no more than 25
    public void Seats_ByHand(float members, int seats)
    {
        var tiny = new Tiny().AddMany(40, MemberFlags.Cadre, (Column.Vigor, 1), (Column.Belief, 1)).Count();
        tiny.Club.Members = members;
        new Leadership().Center(tiny.World, tiny.Club);
        Assert.Equal(seats, tiny.Club.Leaders.Count);
    }
}
