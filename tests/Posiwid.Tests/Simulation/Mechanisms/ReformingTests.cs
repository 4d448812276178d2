using CsCheck;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class ReformingTests
{
    /// <summary>A club of so many alike that was broken up this week.</summary>
    private static Tiny Scattered(int people, float need = 0.8f, float met = 0.5f, float belief = 0.4f, Fate fate = Fate.BrokenUp, double weight = 1)
    {
        var tiny = new Tiny(weight: weight).AddMany(people, MemberFlags.Cadre | MemberFlags.Leader,
            (Column.Need, need), (Column.Belief, belief), (Column.Hope, 0.3f), (Column.Ties, 0.5f), (Column.Education, 0.2f)).Count();
        tiny.Branch.NeedReputation = met;
        tiny.Branch.Effort[Activity.MutualAid] = 1;
        tiny.World.KeepsScattered = true;
        tiny.World.End(tiny.Club, fate, "dissolved");
        tiny.World.Release();
        return tiny;
    }

    private static readonly Reforming Sure = new() { Meeting = 1 };

    [Fact]
    public void WhatPulls_ByHand()
    {
        var who = new Scattered { Belief = 0.4f, Hope = 0.3f, Ties = 0.5f, Need = 0.8f, NeedsMet = 0.5f, Grievance = 0.1f };
        // .36 + .18 + .225 + .35 + 2.5 x .5 x .8 - .08 - .3 x 1 x 1.4 - .24
        Assert.Equal(1.375f, new Reforming().Pull(who, 5, 1), 0.0001f);
        // if half of the others came: less half of .225 + .35
        Assert.Equal(1.0875f, new Reforming().Pull(who, 5, 0.5f), 0.0001f);
        // who no longer believes has no company: .09 + .18 + .225 + 1 - .08 - .42 - .24
        Assert.Equal(0.755f, new Reforming().Pull(who with { Belief = 0.1f }, 5, 1), 0.0001f);
    }

    [Fact]
    public void ThoseWhoHaveToComeTogetherAgain_AsTheyWere()
    {
        var tiny = Scattered(6);
        Sure.Outside(tiny.World);
        Assert.Equal((true, Fate.Alive, -1, 6f), (tiny.Club.Alive, tiny.Club.Fate, tiny.Club.EndedWeek, tiny.Club.Members));
        var branch = Assert.Single(tiny.World.Branches);
        Assert.Equal((6, 0.5f, 1f), (branch.Roll.Count, branch.NeedReputation, branch.Effort[Activity.MutualAid]));
        Assert.Equal(0.8f, branch.Roll.At(0, Column.Need));
        Assert.Equal(0.5f * (1 - 0.008f), branch.Roll.At(0, Column.Ties), 0.0001f); // a week apart
        Assert.Equal(MemberFlags.Cadre, (MemberFlags)branch.FlagsAt(0)); // nobody leads yet
        Assert.Empty(tiny.Club.Scattered);
        Assert.Equal([EventKinds.Ended, EventKinds.Reformed], tiny.World.Events.Select(e => e.Kind));
    }

    [Theory]
    [InlineData(2, false)] // four people
    [InlineData(3, true)] // six
    public void ItTakesFivePeople_NotFiveAgents(int agents, bool together)
    {
        var tiny = Scattered(agents, weight: 2);
        Sure.Outside(tiny.World);
        Assert.Equal(together, tiny.Club.Alive);
    }

    [Theory]
    [InlineData(4, 0.8f, 0.5f, 0.4f)] // too few
    [InlineData(6, 0.3f, 0.05f, 0.1f)] // without need or faith: .09 + .18 + .225 + .04 - .3 x .9 - .09 = .17
    public void OthersDoNot(int people, float need, float met, float belief)
    {
        var tiny = Scattered(people, need, met, belief, Fate.Dissolved);
        Sure.Outside(tiny.World);
        Assert.Equal((false, people), (tiny.Club.Alive, tiny.Club.Scattered.Count));
    }

    [Theory]
    [InlineData(20, 0, 20)] // all alike
    [InlineData(20, 4, 20)] // .36 + .12 + s .575 - .3 x .9 - .09 = .12 + .575 s; five in six would come: .6, above the bar
    [InlineData(20, 40, 0)] // a third would: .31, below it
    public void WhereManyHaveHadEnough_TheOthersStayAwayToo(int believers, int others, int come)
    {
        var tiny = new Tiny();
        tiny.AddMany(believers, MemberFlags.None, (Column.Need, 0.3f), (Column.Belief, 0.4f), (Column.Hope, 0.2f), (Column.Ties, 0.5f));
        tiny.AddMany(others, MemberFlags.None, (Column.Need, 0.3f), (Column.Belief, 0.05f), (Column.Hope, 0.1f), (Column.Ties, 0.5f)).Count();
        tiny.World.KeepsScattered = true;
        tiny.World.End(tiny.Club, Fate.Dissolved, "dissolved");
        tiny.World.Release();
        Sure.Outside(tiny.World);
        Assert.Equal(come, tiny.World.Branches.Sum(b => b.Roll.Count));
    }

    [Fact]
    public void WhoTakesTheOthersForGranted_Comes()
    {
        var tiny = new Tiny();
        tiny.AddMany(20, MemberFlags.None, (Column.Need, 0.3f), (Column.Belief, 0.4f), (Column.Hope, 0.2f), (Column.Ties, 0.5f));
        tiny.AddMany(40, MemberFlags.None, (Column.Need, 0.3f), (Column.Belief, 0.05f), (Column.Hope, 0.1f), (Column.Ties, 0.5f)).Count();
        tiny.World.KeepsScattered = true;
        tiny.World.End(tiny.Club, Fate.Dissolved, "dissolved");
        tiny.World.Release();
        new Reforming { Meeting = 1, Mutual = 0 }.Outside(tiny.World);
        Assert.Equal(20, tiny.World.Branches.Sum(b => b.Roll.Count)); // .12 + .575, above the bar
    }

    [Fact]
    public void DoseZeroNeverMeets_AndAfterSomeTimePeopleLoseSightOfEachOther()
    {
        var tiny = Scattered(6);
        var never = new Reforming { Meeting = 0 };
        for (; tiny.World.Week <= 104; tiny.World.Week++)
            never.Outside(tiny.World);
        Assert.Equal((false, 6), (tiny.Club.Alive, tiny.Club.Scattered.Count));
        never.Outside(tiny.World);
        Assert.Empty(tiny.Club.Scattered);
    }

    [Theory]
    [InlineData(Fate.Dwindled)]
    [InlineData(Fate.Insolvent)]
    public void WhatPetersOutScattersNobody(Fate fate) => Assert.Empty(Scattered(6, fate: fate).Club.Scattered);

    [Fact]
    public void MoreNeedThatWasMetNeverPullsLess() =>
        Gen.Select(Gen.Float[0, 1], Gen.Float[0, 1], Gen.Float[0.3f, 1]).Sample((a, b, met) =>
        {
            float Pull(float need) => new Reforming().Pull(new Scattered { Need = need, NeedsMet = met }, 5, 1);
            return Pull(Math.Max(a, b)) >= Pull(Math.Min(a, b)) - 1e-5f;
        });
}
