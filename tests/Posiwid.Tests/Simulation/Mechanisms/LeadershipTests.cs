using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class LeadershipTests
{
    private const int Convention = 5; // the Monday of 5 February 1990

    /// <summary>Five leaders and twenty members who feel the same.</summary>
    private static Tiny Club(double openness, double slate, params (int Column, float Value)[] mood)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = openness, Slate = slate });
        for (var i = 0; i < 5; i++)
            tiny.Club.Leaders.Add(new Leader(tiny.World.IdAt(tiny.Branch, tiny.Add(MemberFlags.Leader, mood)), -52));
        tiny.World.Week = Convention;
        return tiny.AddMany(20, MemberFlags.None, mood).Count();
    }

    /// <summary>Seats that their holders keep; a discontent of all, or of nobody, leaves nothing to chance.</summary>
    private static int Kept(Tiny tiny)
    {
        new Leadership { StepDown = 0 }.Center(tiny.World, tiny.Club);
        Assert.Equal(tiny.Club.Leaders.Count / 5f, tiny.Club.Entrenchment);
        return tiny.Club.Leaders.Count;
    }

    [Theory]
    [InlineData(1, 1, 0.56, 0)] // bar .55
    [InlineData(1, 1, 0.54, 5)]
    [InlineData(0, 1, 0.84, 5)] // .55 + .30 where nothing may be said: the same discontent keeps them
    [InlineData(0, 1, 0.86, 0)]
    [InlineData(0, 0, 0.56, 0)] // contested seats: .55 - .30 + .30
    [InlineData(1, 0, 0.24, 5)] // contested in the open: .25
    [InlineData(1, 0, 0.26, 0)]
    public void Bar_ByHand(double openness, double slate, float grievance, int kept) =>
        Assert.Equal(kept, Kept(Club(openness, slate, (Column.Grievance, grievance), (Column.Belief, 0.5f))));

    // the twenty-five agents are against it, one who stands for 75 people is not: .25 of the people, and at most one and a half of that falls on anybody
    [Fact]
    public void PeopleVote_NotAgents() => Assert.Equal(5, Kept(Club(1, 1, (Column.Grievance, 0.56f), (Column.Belief, 0.5f)).AddElsewhere(75, MemberFlags.None, (Column.Belief, 0.5f))));

    [Fact]
    public void WhatAMemberWeighs_ByHand()
    {
        // .2 + .7 x .4 + .5 x (.4 - .2) = .58, above .55
        (int, float)[] mood = [(Column.Grievance, 0.2f), (Column.Memory, 0.4f), (Column.Belief, 0.2f)];
        Assert.Equal(0, Kept(Club(1, 1, mood)));
        // who is afraid by .05 does not dare, with a bar of .6
        Assert.Equal(5, Kept(Club(1, 1, [.. mood, (Column.Fear, 0.05f)])));
        // where pressure is nil even the closed club votes as it feels
        var tiny = Club(0, 1, mood);
        new Leadership { StepDown = 0, Pressure = 0 }.Center(tiny.World, tiny.Club);
        Assert.Empty(tiny.Club.Leaders);
    }

    [Fact]
    public void WhoStepsDownDidNotLoseTheSeat()
    {
        var tiny = Club(1, 1);
        new Leadership { StepDown = 1 }.Center(tiny.World, tiny.Club);
        Assert.Empty(tiny.Club.Leaders);
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
        Assert.All(Enumerable.Range(0, 25), p => Assert.Equal(MemberFlags.None, tiny.Flags(p)));
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
        Assert.Equal(((int[])[seeker, paid, modest]).Select(p => tiny.World.IdAt(tiny.Branch, p)), tiny.Club.Leaders.Select(l => l.Person));
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
