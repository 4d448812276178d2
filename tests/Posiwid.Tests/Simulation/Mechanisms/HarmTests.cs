using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class HarmTests
{
    [Theory]
    [InlineData(0, 0.08, false, 0.08)]
    [InlineData(0, 0.08, true, 0.04)] // at the top openness counts half
    [InlineData(0.5, 0.8, false, 0.9)] // .5 + .5 x .8
    [InlineData(1, 0, true, 1)]
    public void Handled_ByHand(float handled, float openness, bool atTop, float chance) =>
        Assert.Equal(chance, Harm.Handled(handled, openness, atTop), 0.0001f);

    [Fact]
    public void ACaseKeepsWhoWasHarmed_EvenWhenHeOrSheHasLeft()
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 0, HarmHandled = 0 }).AddMany(10, MemberFlags.None).Count().Wind(Clock.Harm, 0);
        new Harm().Center(tiny.World, tiny.Club);
        var harmed = tiny.Club.Hidden[0].Harmed;
        tiny.World.Leave(tiny.Branch, tiny.Branch.PositionOf(harmed), "resigned");
        new Disclosure().Center(tiny.World, tiny.Club);
        Assert.Equal((harmed, 2), (tiny.Club.Hidden[0].Harmed, tiny.Club.Hidden[0].Knowers)); // and a friend
    }

    /// <summary>One person is harmed, and grieves as one, where an agent stands for ten.</summary>
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(10, 0.03)]
    public void OnePersonIsHarmed_NotAllForWhomAnAgentStands(float weight, float grievance)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 0, HarmHandled = 0 }).AddMany(10, MemberFlags.None).Count().Wind(Clock.Harm, 0);
        tiny.Branch.Weight = weight;
        new Harm().Center(tiny.World, tiny.Club);
        Assert.Equal(grievance, Enumerable.Range(0, 10).Max(p => tiny[p, Column.Grievance]), 1e-6f);
    }
}
