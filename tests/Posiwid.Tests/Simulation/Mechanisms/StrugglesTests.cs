using CsCheck;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
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

    [Theory]
    [InlineData(MilieuKind.Workplace, 0.5f)] // who works there stays: .5, for 20 hours of 40 keep it there
    [InlineData(MilieuKind.Campus, 0.1716f)] // (.5 + .03 (20 x .35 / 40 - .5)) x .35: who came from outside goes home
    public void ADecidedStrikeIsOver(MilieuKind kind, float left)
    {
        var tiny = new Tiny(kind).AddMany(10, MemberFlags.None).Count().Wind(Clock.Strike, 0.001f);
        tiny.World.Week = 10;
        tiny.Branch.Hours[Activity.StrikeSupport] = 20;
        tiny.Branch.Capital[Activity.StrikeSupport] = 0.5f;
        (tiny.Branch.Commitment, tiny.Branch.CommittedSince) = (Activity.StrikeSupport, 4);
        tiny.Week(new Struggles());
        Assert.Equal(left, tiny.Branch.Capital[Activity.StrikeSupport], 0.0001f);
        Assert.Equal(-1, tiny.Branch.Commitment);
        var over = Assert.Single(tiny.Branch.Events, e => e.Kind == EventKinds.Dropped);
        Assert.Equal((6, "strike_support, decided"), (over.Value, over.Note));
    }

    [Theory]
    [InlineData(1, 0.8f, 0.4f)] // .5 + .3, .8 x .5
    [InlineData(10, 0.53f, 0.76f)] // .5 + .03, .8 x .95
    public void ADefeatHitsOnePerson_NotAllForWhomAnAgentStands(float weight, float need, float hope)
    {
        var tiny = new Tiny().AddMany(10, MemberFlags.None, (Column.Need, 0.5f), (Column.Hope, 0.8f), (Column.Vigor, 1)).Count().Wind(Clock.Strike, 0.001f);
        tiny.Branch.Weight = weight;
        tiny.Branch.Hours[Activity.StrikeSupport] = 20;
        tiny.Branch.Capital[Activity.StrikeSupport] = 1;
        tiny.Week(new Struggles { StrikeBase = -100, Repressed = 10 });
        var hit = Assert.Single(Enumerable.Range(0, 10), p => tiny[p, Column.Need] > 0.5f);
        Assert.Equal((need, hope), (MathF.Round(tiny[hit, Column.Need], 5), MathF.Round(tiny[hit, Column.Hope], 5)));
    }

    [Fact]
    public void TheEndOfOneStruggleEndsNoOtherCommitment()
    {
        var tiny = new Tiny().AddMany(10, MemberFlags.None).Count().Wind(Clock.Strike, 0.001f);
        tiny.Branch.Hours[Activity.StrikeSupport] = 20;
        tiny.Branch.Commitment = Activity.EvictionDefense;
        tiny.Week(new Struggles());
        Assert.Equal(Activity.EvictionDefense, tiny.Branch.Commitment);
    }
}
