using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class NeedsTests
{
    private static Tiny TenInNeed(float need, MilieuKind kind = MilieuKind.Workplace, float unemployment = 6, double weight = 1) =>
        new Tiny(kind, unemployment: unemployment, weight: weight).AddMany(10, MemberFlags.None, (Column.Need, need)).Count().Wind(Clock.Need, 1);

    [Theory]
    [InlineData(MilieuKind.Workplace, 6, 0.94)] // 1 - .006 x 10 x (.4 + .6)
    [InlineData(MilieuKind.Neighborhood, 11, 0.91)] // 1 - .06 x (.4 + 1.1)
    [InlineData(MilieuKind.Campus, 6, 0.9802)] // 1 - .33 x .06
    public void Shocks_ByHand(MilieuKind kind, float unemployment, float left)
    {
        var tiny = TenInNeed(0, kind, unemployment);
        new Needs().Branch(tiny.World, tiny.Branch);
        Assert.Equal(left, tiny.Left(Clock.Need), 0.0001f);
    }

    [Fact]
    public void OneFallsIntoNeed()
    {
        var tiny = TenInNeed(0.5f).Wind(Clock.Need, 0.0599f);
        new Needs().Branch(tiny.World, tiny.Branch);
        // .5 + .3 = .8, back by .2 of the way to the usual .5 x (.7 + .05 x 6) = .5: .74
        Assert.Equal([.5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f, .74f], Enumerable.Range(0, 10).Select(p => MathF.Round(tiny[p, Column.Need], 4)).Order());
    }

    [Theory]
    [InlineData(1, 0.476, 0.04)] // .08 x 10 hours = .8 of 5 needs, .16: need .5 x (1 - .3 x .16), reputation .05 x 5 x .16
    [InlineData(10, 0.4976, 0.004)] // for 50 people in need .016
    public void MutualAid_ByHand(double weight, float need, float reputation)
    {
        var tiny = TenInNeed(0.5f, weight: weight);
        tiny.Branch.Hours[Activity.MutualAid] = 10;
        new Needs().Branch(tiny.World, tiny.Branch);
        Assert.Equal(need, tiny[3, Column.Need], 0.0001f);
        Assert.Equal(reputation, tiny.Branch.NeedReputation, 0.0001f);
        Assert.Equal(0.8f, tiny[Flow.NeedsMet], 0.0001f);
        Assert.Equal(0.8f, tiny[Flow.Helped], 0.0001f);
    }

    // Counting mutual aid as struggle turned the verdict on an organization without a payroll around.
    [Fact]
    public void MutualAidIsNoStruggle()
    {
        var tiny = TenInNeed(0.5f);
        tiny.Branch.Hours[Activity.MutualAid] = 10;
        new Needs().Branch(tiny.World, tiny.Branch);
        var brought = tiny.Branch.Brought;
        Assert.Equal(0.8f, brought[(Indicator.Needs * Activity.Count) + Activity.MutualAid], 0.0001f);
        Assert.Equal(0.8f, brought.ToArray().Sum(), 0.0001f); // and nothing else, to no other activity
        Assert.Equal(0, tiny[Flow.Wins]);
    }

    [Fact]
    public void ADefendedHomeHelpsMembersATenthAsMuch()
    {
        var tiny = TenInNeed(0.5f);
        tiny.Branch.Hours[Activity.EvictionDefense] = 10;
        new Needs().Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.08f, tiny[Flow.NeedsMet], 0.0001f); // .08 x .1 x 10
        Assert.Equal(0, tiny[Flow.Helped]);
    }

    [Fact]
    public void NoMoreIsMetThanThereIs_AndDoseZeroMeetsNothing()
    {
        var tiny = TenInNeed(0.1f);
        tiny.Branch.Hours[Activity.MutualAid] = 1000;
        new Needs().Branch(tiny.World, tiny.Branch);
        Assert.Equal(1, tiny[Flow.NeedsMet], 0.0001f); // ten members, .1 of need each
        // (.1 + .2 x (.5 - .1)) x (1 - .3)
        Assert.Equal(0.126f, tiny[0, Column.Need], 0.0001f);

        var none = TenInNeed(0.1f);
        none.Branch.Hours[Activity.MutualAid] = 1000;
        new Needs { Shock = 0, PerHour = 0 }.Branch(none.World, none.Branch);
        Assert.Equal((0, 0, 1), (none[Flow.NeedsMet], none.Branch.NeedReputation, none.Left(Clock.Need)));
    }
}
