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
        // .6 e^-.206 + .4 e^-.045 = .4883 + .3824
        Assert.Equal(0.8707f, tiny.World.Moment, 0.0002f);
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
