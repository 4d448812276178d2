using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class RothErevLearningTests
{
    [Fact]
    public void RewardsAddUp_ByHand()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None).Count();
        var b = tiny.Branch;
        (b.Effort[Activity.Meeting], b.Effort[Activity.Panel]) = (0.5f, 0.5f);
        (b.UsualHours[Activity.Meeting], b.UsualHours[Activity.Panel]) = (10, 10);
        b.Yield[(Indicator.Hope * Activity.Count) + Activity.Panel] = 1;
        Array.Clear(tiny.Club.Praise);
        tiny.Club.Praise[Indicator.Hope] = 1;
        var rule = new RothErevLearning { Speed = 1, Recency = 0, Initial = 1, Exploring = 0, Forgetting = 0, CenterWeight = 1, Prior = 0 };
        rule.Branch(tiny.World, b);
        // rewards 0 and 1: q = (.5, .5 + .5 x 1), sum 1.5: panel 2/3
        Assert.Equal(2 / 3f, b.Effort[Activity.Panel], 0.0005f);
        Assert.Equal(1.5f, b.Strength, 0.0005f);
        tiny.World.Week += 4;
        rule.Branch(tiny.World, b);
        // q = (.5, 1 + 2/3 x 1), sum 13/6: panel 10/13; the step is smaller than the first
        Assert.Equal(10 / 13f, b.Effort[Activity.Panel], 0.0005f);
    }

    [Fact]
    public void WhatIsForgotten_LeavesThePlan()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None).Count();
        (tiny.Branch.Effort[Activity.Meeting], tiny.Branch.Effort[Activity.Panel]) = (0.25f, 0.75f);
        new RothErevLearning { Recency = 0.5f, Exploring = 0, ForRecruits = 0, ForStruggle = 0, ForHope = 0, ForEducation = 0, ForNeeds = 0, CenterWeight = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.75f, tiny.Branch.Effort[Activity.Panel], 0.0001f); // no reward: both halves shrink alike
        Assert.Equal(1.5f, tiny.Branch.Strength, 0.0001f); // .5 x 3
    }
}
