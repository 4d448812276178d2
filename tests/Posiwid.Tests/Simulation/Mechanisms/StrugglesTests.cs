using CsCheck;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class StrugglesTests
{
    [Fact]
    public void WinChance_OfAStrike_ByHand() =>
        // logit -2.6 + 2 x .5 + 1.3 x .4 = -1.08; 1 / (1 + e^1.08)
        Assert.Equal(0.2535f, new Struggles().WinChance(Activity.StrikeSupport, 0.5f, 0.4f), 0.0002f);

    [Fact]
    public void WinChance_RisesWithRelationshipsAndForStrikesWithTheClimate() =>
        Gen.Float[0, 1].Select(Gen.Float[0, 1]).Sample((climate, capital) =>
            new Struggles().WinChance(Activity.EvictionDefense, climate, 1) >= new Struggles().WinChance(Activity.EvictionDefense, climate, capital)
            && new Struggles().WinChance(Activity.StrikeSupport, 1, capital) >= new Struggles().WinChance(Activity.StrikeSupport, climate, capital));

    [Fact]
    public void RelationshipsFollowTheHoursGiven()
    {
        var tiny = new Tiny(MilieuKind.Workplace).AddMany(10, MemberFlags.None).Count();
        tiny.Branch.Hours[Activity.StrikeSupport] = 20;
        tiny.Branch.Clocks[(int)Clock.Strike] = 1000;
        tiny.Week(new Struggles());
        Assert.Equal(0.015f, tiny.Branch.Capital[Activity.StrikeSupport], 0.00001f); // .03 x 20 x 1 / 40
    }
}
