using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class DisclosureTests
{
    [Fact]
    public void ACaseRunsDown_ByHand()
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 0.5 });
        tiny.AddMany(10, MemberFlags.None).Count();
        tiny.Club.Voice = 0.2f;
        tiny.Club.Hidden.Add(new HiddenCase { Severity = 1, Harmed = 5, Friend = 6, Fuse = 1 });
        new Disclosure().Center(tiny.World, tiny.Club);
        // two who know x (.00035 + .14 x .5 x .2) = .0287
        Assert.Equal(0.9713f, tiny.Club.Hidden[0].Fuse, 0.00001f);
    }

    [Fact]
    public void ALeaderWhoKnowsKeepsQuiet()
    {
        var tiny = new Tiny();
        var leader = tiny.Branch.IdAt(tiny.Add(MemberFlags.Leader));
        tiny.AddMany(10, MemberFlags.None).Count();
        tiny.Club.Hidden.Add(new HiddenCase { Severity = 3, AtTop = true, Harmed = leader, Fuse = 0 });
        new Disclosure().Center(tiny.World, tiny.Club);
        Assert.True(tiny.Club.Hidden[0].Fuse > 0);
    }

    /// <summary>A share .055 / .4 of those outside who come to speak do so where it has to be heard; nobody there is afraid, or can be silenced.</summary>
    [Fact]
    public void WhoeverHasLeftCanStillSpeak()
    {
        var heard = 0;
        for (var harmed = 1_000_001UL; harmed <= 1_004_000; harmed++)
        {
            var tiny = Ringing(against: new Suppressors { All = 100, Center = 100 }, harmed: harmed, friend: 7);
            new Disclosure { SilencedCap = 1 }.Center(tiny.World, tiny.Club);
            heard += 1 - tiny.Club.Hidden.Count;
            Assert.Equal((0, 0, 0), Counted(tiny));
        }

        Assert.InRange(heard / 4000.0, 0.14 - 0.022, 0.14 + 0.022); // four standard errors of .0055; neither of the two is a member
    }

    /// <summary>Two of ten know of a case whose clock is about to ring.</summary>
    private static Tiny Ringing(float fear = 0, Suppressors against = default, int number = 1, int week = 0, ulong? harmed = null, ulong? friend = null, bool atTop = false, double openness = 0)
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = openness });
        tiny.AddMany(10, MemberFlags.None, (Column.Fear, fear)).Count();
        tiny.Branch.Against = against;
        tiny.Club.Hidden.Add(new HiddenCase { Number = number, Week = week, Harmed = harmed ?? tiny.Branch.IdAt(3), Severity = 2, AtTop = atTop, Friend = friend ?? tiny.Branch.IdAt(4), Fuse = 0 });
        return tiny;
    }

    /// <summary>Members who spoke, acts against them, and acts by ordinary members, since the last sample; nothing is left for the branch's next week.</summary>
    private static (double Spoke, double Suppressed, double ByMembers) Counted(Tiny tiny)
    {
        Assert.All(tiny.Branch.Flows.ToArray(), count => Assert.Equal(0, count));
        var flows = tiny.Club.FlowsSinceSample;
        return (flows[(int)Flow.Spoke], flows[(int)Flow.Suppression], flows[(int)Flow.SuppressionMembers]);
    }

    [Fact]
    public void OneOfThoseWhoKnowSpeaks()
    {
        var tiny = Ringing();
        new Disclosure().Center(tiny.World, tiny.Club);
        Assert.Empty(tiny.Club.Hidden);
        var spoke = Enumerable.Range(0, 10).Single(p => tiny.Flags(p).HasFlag(MemberFlags.Spoke));
        Assert.InRange(spoke, 3, 4);
        Assert.Equal((1, 0, 0), Counted(tiny));
    }

    // who spoke up in the branch this week and then speaks of harm is one who spoke
    [Fact]
    public void WhoSpokeAlreadyIsCountedOnce()
    {
        var tiny = Ringing();
        foreach (var p in (int[])[3, 4])
            tiny.Branch.FlagsAt(p) |= (int)MemberFlags.Spoke;
        new Disclosure().Center(tiny.World, tiny.Club);
        Assert.Empty(tiny.Club.Hidden);
        Assert.Equal((0, 0, 0), Counted(tiny));
    }

    [Fact]
    public void WhoeverIsTooAfraidWaits()
    {
        var tiny = Ringing(fear: 100); // e^-120
        new Disclosure().Center(tiny.World, tiny.Club);
        Assert.True(tiny.Club.Hidden[0].Fuse > 0); // the clock is wound up again
        Assert.Equal((0, 0, 0), Counted(tiny));
    }

    [Fact]
    public void WhoeverWouldSpeakCanBeSilenced_AndIsAfraidThen()
    {
        var tiny = Ringing(against: new Suppressors { All = 100, Center = 100 });
        new Disclosure { SilencedCap = 1 }.Center(tiny.World, tiny.Club); // 1 x (1 - e^-300)
        Assert.True(tiny.Club.Hidden[0].Fuse > 0);
        var silenced = Enumerable.Range(0, 10).Single(p => tiny.Flags(p).HasFlag(MemberFlags.AttackedLate));
        Assert.InRange(silenced, 3, 4);
        Assert.Equal((0.085f, 0.08f, 0.08f), (tiny[silenced, Column.Fear], tiny[silenced, Column.Grievance], tiny[silenced, Column.Memory]));
        Assert.Equal((0, 1, 0), Counted(tiny));

        // the branches' week is over: it is next week's attack, which is a reason to leave, and no longer that of the week after
        var attacked = new List<bool>();
        for (var week = 0; week < 2; week++)
        {
            new Voice().Branch(tiny.World, tiny.Branch);
            Assert.False(tiny.Flags(silenced).HasFlag(MemberFlags.AttackedLate));
            attacked.Add(tiny.Flags(silenced).HasFlag(MemberFlags.Attacked));
        }

        Assert.Equal([true, false], attacked);
    }

    /// <summary>Of 500 cases none of whose knowers is a member e^(-.12 x 10) = .301 are left after ten years; of those that a member knows of, all.</summary>
    [Theory]
    [InlineData(false, 0.301)]
    [InlineData(true, 1)]
    public void WhatNobodyInsideKnowsIsForgotten(bool member, double left)
    {
        var tiny = new Tiny(weeks: 600);
        var knower = tiny.Branch.IdAt(tiny.Add(MemberFlags.None));
        tiny.Count();
        for (var harmed = 1_000_001UL; harmed <= 1_000_500; harmed++)
            tiny.Club.Hidden.Add(new HiddenCase { Harmed = harmed, Friend = member ? knower : 7, Severity = 1, Fuse = 1e9f });
        var rule = new Disclosure();
        for (tiny.World.Week = 0; tiny.World.Week < 520; tiny.World.Week++)
            rule.Center(tiny.World, tiny.Club);
        Assert.InRange(tiny.Club.Hidden.Count / 500.0, left - 0.082, Math.Min(1, left + 0.082)); // four standard errors of .0205
    }

    /// <summary>Where nobody in the branch puts in anything, whoever is answerable at the top still does: .75 x (1 - e^-3) = .713 of those who would speak are silenced, by the center.</summary>
    [Theory]
    [InlineData(true, 0, 0.713)]
    [InlineData(true, 0.8, 0.338)] // .75 x (1 - e^-.6)
    [InlineData(false, 0, 0)]
    public void WhatTheTopIsAnswerableForIsGuarded(bool atTop, double openness, double silenced)
    {
        double suppressed = 0;
        for (var week = 1; week <= 2000; week++)
        {
            var tiny = Ringing(week: week, atTop: atTop, openness: openness);
            new Disclosure().Center(tiny.World, tiny.Club);
            var (spoke, attacks, byMembers) = Counted(tiny);
            Assert.Equal((1, 0), (spoke + attacks, byMembers));
            suppressed += attacks;
        }

        Assert.InRange(suppressed / 2000, silenced - 0.042, silenced + 0.042); // four standard errors of .0106 at most
    }

    [Theory]
    [InlineData(MemberFlags.None, 1)]
    [InlineData(MemberFlags.Leader, 0)]
    public void WhoSilencesIsAPersonToo(MemberFlags silencer, double byMembers)
    {
        var tiny = Ringing(against: new Suppressors { All = 100, StatusSeeker = 1 });
        tiny.Add(silencer, (Column.Status, 1));
        new Disclosure { SilencedCap = 1 }.Center(tiny.World, tiny.Club);
        Assert.Equal((0, 1, byMembers), Counted(tiny));
    }

    /// <summary>The number of a case in the book counts all cases before it, which are others in another arm; who was harmed, and when, is the same.</summary>
    [Fact]
    public void TheLuckOfACaseIsThatOfWhoeverWasHarmed()
    {
        for (var week = 1; week <= 100; week++)
            Assert.Equal(Outcome(1, week), Outcome(77, week));
        Assert.Equal(3, Enumerable.Range(1, 100).Select(week => Outcome(1, week).Who).Distinct().Count()); // one of the two, or nobody

        (int Who, float Fuse) Outcome(int number, int week)
        {
            var tiny = Ringing(0.5f, number: number, week: week);
            new Disclosure().Center(tiny.World, tiny.Club);
            return (Enumerable.Range(0, 10).SingleOrDefault(p => tiny.Flags(p).HasFlag(MemberFlags.Spoke), -1), tiny.Club.Hidden.Count > 0 ? tiny.Club.Hidden[0].Fuse : 0);
        }
    }

    /// <summary>A share e^(-1.2 x .085) = .903 of those who were silenced once dares again, as the published figures have it (86 of 95%).</summary>
    [Fact]
    public void HowManyDare()
    {
        var dared = 0;
        for (var week = 1; week <= 4000; week++)
        {
            var tiny = Ringing(fear: 0.085f, week: week);
            new Disclosure().Center(tiny.World, tiny.Club);
            dared += (int)Counted(tiny).Spoke;
        }

        Assert.InRange(dared / 4000.0, 0.86 / 0.95 - 0.015, 0.86 / 0.95 + 0.015);
    }
}
