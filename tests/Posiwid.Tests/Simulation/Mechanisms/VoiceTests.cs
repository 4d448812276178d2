using CsCheck;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class VoiceTests
{
    // (1 - .1) x .5 x (.4 + .6 x .5 + .6 x .25) = .3825
    [Fact]
    public void Silence_ByHand() => Assert.Equal(0.3825f, new Voice().Silence(0.1f, 0.5f, 0.25f), 0.0001f);

    [Fact]
    public void Silence_FallsWithOpenness_AndIsNoneWhereAllMaySpeak() =>
        Gen.Float[0, 1].Select(Gen.Float[0, 1], Gen.Float[0, 1]).Sample((openness, belief, status) =>
            new Voice().Silence(openness, belief, status) >= new Voice().Silence(1, belief, status) && new Voice().Silence(1, belief, status) == 0);

    [Fact]
    public void WhoeverHoldsEnoughAgainstIt_Speaks()
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 1 });
        var quiet = tiny.Add(MemberFlags.None, (Column.Grievance, 0.4f), (Column.Threshold, 0.5f));
        var loud = tiny.Add(MemberFlags.None, (Column.Grievance, 0.4f), (Column.Memory, 0.2f), (Column.Threshold, 0.5f)); // .4 + .7 x .2 = .54
        tiny.Count();
        new Voice().Branch(tiny.World, tiny.Branch);
        Assert.False(tiny.Flags(quiet).HasFlag(MemberFlags.Spoke));
        Assert.True(tiny.Flags(loud).HasFlag(MemberFlags.Spoke));
    }

    // 20 of 40 speak where all may be said: of .5, seen at the rate .35, .175; at the rate 1 all of it
    [Theory]
    [InlineData(0.35f, 0.175f)]
    [InlineData(1f, 0.5f)]
    public void WhatIsHeardOfAllBranchesFollowsTheSameRate(float seeing, float heard)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 1 });
        tiny.Club.Members = 40;
        tiny.Club.Flows[(int)Flow.Spoke] = 20;
        new Voice { Seeing = seeing }.Center(tiny.World, tiny.Club);
        Assert.Equal(heard, tiny.Club.Voice, 1e-6f);
    }

    /// <summary>So many who speak, where nothing may be said, and others as they are; every attack comes, and nothing changes by it.</summary>
    private static (Tiny Tiny, Voice Voice) Closed(int speakers, Voice voice, params (MemberFlags Flags, int Column, float Value)[] others)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 0 }).AddMany(speakers, MemberFlags.None, (Column.Grievance, 1));
        foreach (var (flags, column, value) in others)
            tiny.Add(flags, (column, value));
        (voice.AttackCap, voice.Fear, voice.Hurt) = (1, 0, 0);
        return (tiny.Count(), voice);
    }

    private static (float All, float ByMembers) Attacks(int speakers, Voice voice, params (MemberFlags Flags, int Column, float Value)[] others)
    {
        var (tiny, rule) = Closed(speakers, voice, others);
        rule.Branch(tiny.World, tiny.Branch);
        return (tiny[Flow.Suppression], tiny[Flow.SuppressionMembers]);
    }

    [Theory]
    [InlineData(MemberFlags.None, 40)]
    [InlineData(MemberFlags.Cadre, 40)] // trusted, but without an office
    [InlineData(MemberFlags.Staff, 0)]
    [InlineData(MemberFlags.Leader, 0)]
    public void AnAttackIsOfficialIfWhoeverAttacksHoldsAnOffice(MemberFlags attacker, float byMembers) =>
        Assert.Equal((40, byMembers), Attacks(40, new Voice { ByLeaders = 0, ByBelievers = 0, ByStatusSeekers = 1e6f }, (attacker, Column.Status, 1)));

    [Fact]
    public void AFirmBelieverAttacksAsAMember() =>
        Assert.Equal((40, 40), Attacks(40, new Voice { ByLeaders = 0, ByBelievers = 1e6f, ByStatusSeekers = 0 }, (MemberFlags.None, Column.Belief, 1)));

    // an organizer puts in 2 x 1 - 1 = 1, a member 2 x .75 - 1 = .5: in a third of 3000 weeks it is the member who leads, against both who speak
    [Fact]
    public void WhoLeadsTheAttacksOfAWeekIsDrawnByWhatEachPutsIn_ByHand()
    {
        var (tiny, voice) = Closed(2, new Voice { ByLeaders = 0, ByBelievers = 0, ByStatusSeekers = 1e6f }, (MemberFlags.Staff, Column.Status, 1), (MemberFlags.None, Column.Status, 0.75f));
        var weeks = 0;
        for (tiny.World.Week = 0; tiny.World.Week < 3000; tiny.World.Week++)
        {
            var before = tiny[Flow.SuppressionMembers];
            voice.Branch(tiny.World, tiny.Branch);
            var byMembers = tiny[Flow.SuppressionMembers] - before;
            Assert.True(byMembers is 0 or 2);
            weeks += (int)byMembers / 2;
        }

        Assert.Equal(6000, tiny[Flow.Suppression]);
        Assert.InRange(weeks / 3000f, 1 / 3f - 0.03f, 1 / 3f + 0.03f);
    }

    // the center puts in .6 x .15 = .09, one believer of a hundred members 1.2 / 100 = .012: .012 / .102 = .118 of the attacks
    [Fact]
    public void TheCenterAttacksWhereNobodyIsPresent_ByHand()
    {
        var (tiny, voice) = Closed(99, new Voice(), (MemberFlags.None, Column.Belief, 1));
        for (tiny.World.Week = 0; tiny.World.Week < 100; tiny.World.Week++)
            voice.Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.102f, tiny.Branch.Against.All, 0.00001f);
        Assert.Equal(0.09f, tiny.Branch.Against.Center, 0.00001f);
        // of 9900 that speak 1 - e^-.306 = .264
        Assert.InRange(tiny[Flow.Suppression] / 9900, 0.264f - 0.015f, 0.264f + 0.015f);
        Assert.InRange(tiny[Flow.SuppressionMembers] / tiny[Flow.Suppression], 0.118f - 0.02f, 0.118f + 0.02f);
    }

    [Fact]
    public void NobodyAttacksHimselfOrHerself()
    {
        var (tiny, voice) = Closed(1, new Voice { ByLeaders = 0, ByBelievers = 0, ByStatusSeekers = 1e6f });
        tiny.Branch.Roll.At(0, Column.Status) = 1;
        tiny.Count();
        voice.Branch(tiny.World, tiny.Branch);
        Assert.Equal((1, 0), (tiny[Flow.Suppression], tiny[Flow.SuppressionMembers]));
    }

    [Fact]
    public void AnAttackHurts_ByHand()
    {
        var (tiny, voice) = Closed(1, new Voice { ByLeaders = 1e6f });
        (voice.Fear, voice.Hurt) = (0.085f, 0.08f);
        tiny.Branch.Roll.At(0, Column.Grievance) = 0.7f;
        voice.Branch(tiny.World, tiny.Branch);
        Assert.True(tiny.Flags(0).HasFlag(MemberFlags.Attacked));
        Assert.Equal((0.085f, 0.78f, 0.08f), (tiny[0, Column.Fear], tiny[0, Column.Grievance], tiny[0, Column.Memory]));
    }
}
