using CsCheck;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class MomentsTests
{
    [Theory]
    [InlineData(1_000_000, 0.8333)] // (6 - 3.5) / 3
    [InlineData(100_000, 0.5)] // (5 - 3.5) / 3
    [InlineData(10, 0.1)] // the least
    [InlineData(1e9, 1)] // the most
    public void Strength_GrowsWithTheLogarithmOfTheCrowd(double participants, float strength) =>
        Assert.Equal(strength, Moments.OfSize(participants), 0.0001f);

    [Fact]
    public void Strength_NeverFallsWithTheCrowd() =>
        Gen.Double[1, 1e8].Select(Gen.Double[1, 1e8]).Sample((a, b) => Moments.OfSize(Math.Min(a, b)) <= Moments.OfSize(Math.Max(a, b)));

    [Fact]
    public void AMomentFadesByItsFastAndSlowParts()
    {
        var tiny = new Tiny();
        tiny.World.Week = 5;
        tiny.World.LocalMomentClock = 1000;
        (tiny.World.MomentFast, tiny.World.MomentSlow) = (0.6f, 0.4f);
        new Moments().Outside(tiny.World);
        // .6 e^-.239 + .4 e^-.045 = .4724 + .3824
        Assert.Equal(0.8548f, tiny.World.Moment, 0.0002f);
    }

    // two a week: more than twelve come in one of a million weeks, and none in e^-2 = .135 of them
    [Fact]
    public void LocalMomentsOfOneWeekComeEachByItsOwnLot()
    {
        var tiny = new Tiny();
        var (most, none) = (0f, 0);
        for (tiny.World.Week = 0; tiny.World.Week < 2000; tiny.World.Week++)
        {
            var before = tiny.World.MomentsBegun;
            new Moments { LocalPerYear = 104 }.Outside(tiny.World);
            most = Math.Max(most, tiny.World.MomentsBegun - before);
            none += tiny.World.MomentsBegun == before ? 1 : 0;
        }

        Assert.InRange(most, 5, 12);
        Assert.InRange(none / 2000.0, 0.135 - 0.031, 0.135 + 0.031); // four standard errors of .0077
    }

    [Fact]
    public void WithoutStrengthNoMomentBegins()
    {
        var tiny = new Tiny();
        for (tiny.World.Week = 0; tiny.World.Week < 200; tiny.World.Week++)
            new Moments { Strength = 0, LocalPerYear = 104 }.Outside(tiny.World);
        Assert.Equal((0, -1000, 0), (tiny.World.MomentsBegun, tiny.World.LastMoment, tiny.World.Moment));
    }

    [Fact]
    public void ShuffledMoments_AreTheSameCrowdsAtTheSameDates()
    {
        static (int, string)[] Begun(float shuffled)
        {
            using var run = Engine.Iso.Start(1, Engine.Iso.With(("movement-moments", "shuffled", shuffled)));
            var moments = new Moments { Shuffled = shuffled };
            for (; run.World.Week < 1000; run.World.Week++)
                moments.Outside(run.World);
            return [.. run.World.Events.Select(e => (e.Week, e.Note))];
        }

        var (plain, dealt) = (Begun(0), Begun(1));
        Assert.Equal(plain.Select(m => m.Item1), dealt.Select(m => m.Item1));
        Assert.NotEqual(plain, dealt);
        Assert.Equal(dealt, Begun(1));
        Assert.Equal(dealt.Length, dealt.Select(m => m.Item2).Distinct().Count());
    }
}
