using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class BullyingTests
{
    private static Tiny Club(double openness) => new(policy: new PolicySpec { Openness = openness });

    private static float Rate(double openness, float status, float dose = 0.01f)
    {
        var tiny = Club(openness).AddMany(10, MemberFlags.None, (Column.Status, status)).Count().Wind(Clock.Bullying, 1);
        new Bullying { Rate = dose }.Branch(tiny.World, tiny.Branch);
        return 1 - tiny.Left(Clock.Bullying);
    }

    [Fact]
    public void Rate_ByHand()
    {
        Assert.Equal(0.05f, Rate(0, 0.5f), 0.0001f); // .01 x 10 x 1 x .5: at status .5 nobody counts as a seeker
        Assert.Equal(0.13f, Rate(0.5, 0.75f), 0.0001f); // .1 x (1 - .35) x (.5 + 3 x .5)
        Assert.Equal(0.105f, Rate(1, 1), 0.0001f); // .1 x .3 x 3.5: where all may speak it does not stop
        Assert.Equal(0, Rate(0, 1, dose: 0));
    }

    [Fact]
    public void OneAct_ByHand()
    {
        var tiny = Club(0);
        var target = tiny.Add(MemberFlags.Marginalized, (Column.Grievance, 0.8f), (Column.Memory, 0.9f));
        var leader = tiny.Add(MemberFlags.Leader | MemberFlags.Marginalized);
        tiny.Count().Wind(Clock.Bullying, 0.0099f); // .01 x 2 x .5
        new Bullying { OfLeaders = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal((1, 1), (tiny[Flow.Bullied], tiny[Flow.BulliedMarginalized]));
        // .2 x 1.4: a grievance ends at 1, the memory of wrongs has no end
        Assert.Equal(1, tiny[target, Column.Grievance]);
        Assert.Equal(1.18f, tiny[target, Column.Memory], 0.0001f);
        Assert.Equal((0, 0), (tiny[leader, Column.Grievance], tiny[leader, Column.Memory]));
    }

    [Fact]
    public void MembersOfMarginalizedGroupsAreHitMoreOften()
    {
        var tiny = Club(0).AddMany(500, MemberFlags.None).AddMany(500, MemberFlags.Marginalized).Count();
        new Bullying { Rate = 0.8f }.Branch(tiny.World, tiny.Wind(Clock.Bullying, 0).Branch);
        // .8 x 1000 x .5 acts (standard deviation 20), 1.6 of 2.6 of them: .615 (standard deviation .024)
        Assert.InRange(tiny[Flow.Bullied], 320, 480);
        Assert.InRange(tiny[Flow.BulliedMarginalized] / tiny[Flow.Bullied], 0.52, 0.71);
    }

    // A grievance written for a whole branch was once zeroed before its members saw it.
    [Fact]
    public void TheHurtIsStillThereAfterTheMembersUpdate()
    {
        var tiny = Club(0.5);
        var target = tiny.Add(MemberFlags.None);
        tiny.Count().Wind(Clock.Bullying, 0.001f);
        new Bullying().Branch(tiny.World, tiny.Branch);
        new Grievances().Branch(tiny.World, tiny.Branch);
        // .2 x (1 - .012 x (.35 + .65 x .5))
        Assert.Equal(0.1984f, tiny[target, Column.Grievance], 0.0001f);
    }
}
