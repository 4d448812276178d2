using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class LearningTests
{
    [Fact]
    public void TheActivityThatBringsMore_Grows_ByHand()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None).Count();
        var b = tiny.Branch;
        (b.Effort[Activity.Meeting], b.Effort[Activity.Panel]) = (0.5f, 0.5f);
        (b.UsualHours[Activity.Meeting], b.UsualHours[Activity.Panel]) = (10, 10);
        b.Yield[(Indicator.Hope * Activity.Count) + Activity.Panel] = 1;
        Array.Clear(tiny.Club.Praise);
        tiny.Club.Praise[Indicator.Hope] = 1;
        new Learning { Speed = 1, Exploring = 0, Forgetting = 0, CenterWeight = 1, Prior = 0 }.Branch(tiny.World, b);
        // rewards 0 and 1, mean .5: plan ~ .5 e^-.5 and .5 e^.5; panel e / (1 + e) = .7311
        Assert.Equal(0.7311f, b.Effort[Activity.Panel], 0.0005f);
        Assert.Equal(1, b.Effort.ToArray().Sum(), 0.0001f);
    }

    [Fact]
    public void WithoutSpeed_ThePlanStays()
    {
        var tiny = new Tiny();
        tiny.AddMany(10, MemberFlags.None).Count();
        tiny.Branch.Effort[Activity.Meeting] = 1;
        new Learning { Speed = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(1, tiny.Branch.Effort[Activity.Meeting]);
    }

    [Theory]
    [InlineData(0.6f, 0, 0.5915f)] // hope .4 x .5 = .2, needs met .6 x .95 = .57: 1 / (1 + e^-.37)
    [InlineData(0.2f, 0, 0.4477f)] // .8 x .5 = .4 against .2 x .95 = .19: 1 / (1 + e^.21)
    [InlineData(0.2f, 1, 0.5560f)] // the place's usual need of .5 would be back: .25 against .475, 1 / (1 + e^-.225)
    public void ThoseWhoHaveTo_LookToWhatTheyNeed_ByHand(float need, float reputation, float aid)
    {
        var tiny = new Tiny().AddMany(10, MemberFlags.None, (Column.Need, need)).Count();
        var b = tiny.Branch;
        b.NeedReputation = reputation;
        (b.Effort[Activity.Meeting], b.Effort[Activity.MutualAid]) = (0.5f, 0.5f);
        (b.UsualHours[Activity.Meeting], b.UsualHours[Activity.MutualAid]) = (10, 10);
        b.Yield[(Indicator.Hope * Activity.Count) + Activity.Meeting] = 1;
        b.Yield[(Indicator.Needs * Activity.Count) + Activity.MutualAid] = 1;
        new Learning { Speed = 1, Exploring = 0, Forgetting = 0, CenterWeight = 0, Prior = 0 }.Branch(tiny.World, b);
        Assert.Equal(aid, b.Effort[Activity.MutualAid], 0.0005f);
    }
}
