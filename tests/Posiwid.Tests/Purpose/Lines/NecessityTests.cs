using CsCheck;
using Posiwid.Purpose.KnownSystems;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class NecessityTests
{
    // tau 10. With: 10, 8, 6, 10 (one lives on). Without: 5, 4, 6, 7. Lost 5, 4, 0, 3: mean 3, sd sqrt(14/3) = 2.1602, SE 1.0801,
    // t(.975, 3) = 3.18245, interval 3 -+ 3.4374; t = 2.7775, p = .0692 two-sided; 3 of 8.5 weeks = .3529.
    [Fact]
    public void HandWorked()
    {
        var r = Necessity.Of([12, 8, 6, 10], new("dues", "idle", 1, [5, 4, 6, 7]), 10);
        Assert.Equal(3, r.WeeksLost.Value);
        Assert.Equal(Math.Sqrt(14 / 3.0 / 4), r.StandardError!.Value, 1e-12);
        Assert.Equal(3 - 3.182446305 * 1.0801234497, r.WeeksLost.Low!.Value, 1e-7);
        Assert.Equal(.0692, r.PValue!.Value, 1e-4);
        Assert.Equal(3 / 8.5, r.RelativeLoss.Value!.Value, 1e-12);
        Assert.Equal((4, 2, 0), (r.Pairs, r.Survived, r.SurvivedWithout));
    }

    [Fact]
    public void EverybodySurvives_NoTest()
    {
        var r = Necessity.Of([10, double.PositiveInfinity], new("dues", "idle", 1, [11, 10]), 10);
        Assert.Equal("no test: horizon too short", r.WeeksLost.Why);
        Assert.Null(r.PValue);
    }

    [Fact]
    public void Degenerate_HasAReason()
    {
        Assert.Equal("no runs", Necessity.Of([], new("dues", "idle", 1, []), 10).WeeksLost.Why);
        Assert.Equal("one pair of runs", Necessity.Of([3], new("dues", "idle", 1, [2]), 10).WeeksLost.Why);
        var same = Necessity.Of([3, 4, 5], new("dues", "idle", 1, [3, 4, 5]), 10);
        Assert.Equal((0, 1), (same.WeeksLost.Value, same.PValue));
        var alike = Necessity.Of([3, 4, 5], new("dues", "idle", 1, [2, 3, 4]), 10);
        Assert.Equal((1, null, null), (alike.WeeksLost.Value, alike.WeeksLost.Low, alike.PValue));
        Assert.Throws<ArgumentException>(() => Necessity.Of([3, 4], new("dues", "idle", 1, [3]), 10));
        Assert.Throws<ArgumentException>(() => Necessity.Of([double.NaN], new("dues", "idle", 1, [3]), 10));
    }

    // Constant hazard: life is (1 - exp(-lambda tau)) / lambda; twice the hazard costs what the formula says.
    [Fact]
    public void ConstantHazard_AsTheClosedForm()
    {
        var random = new AddressedRandom(7, 1);
        const double tau = 300;
        static double Rmst(double rate) => (1 - Math.Exp(-rate * tau)) / rate;
        var r = Necessity.Of(Games.ConstantHazard(.01, 4000, random), new("aid", "idle", 1, Games.ConstantHazard(.02, 4000, random)), tau);
        Assert.InRange(Rmst(.01), r.Life.Low!.Value, r.Life.High!.Value);
        Assert.InRange(Rmst(.01) - Rmst(.02), r.WeeksLost.Low!.Value, r.WeeksLost.High!.Value);
        Assert.Equal(1 - Rmst(.02) / Rmst(.01), r.RelativeLoss.Value!.Value, .01);
    }

    // K14. Organizations that differ much in how hardy they are, 60 pairs: the paired interval covers the true loss about 95 times in 100, and
    // is several times narrower than that of two independent arms.
    [Fact]
    public void SharedFrailty_PairingCoversAndIsNarrower()
    {
        var (covered, ratio, random) = (0, 0.0, new AddressedRandom(11, 1));
        const int blocks = 300;
        for (uint b = 0; b < blocks; b++)
        {
            var with = new double[60];
            var without = new double[60];
            for (uint i = 0; i < 60; i++)
            {
                var frailty = 200 * random.Uniform(b, 3 * i);
                (with[i], without[i]) = (100 + frailty + 10 * random.Normal(b, 3 * i + 1), 80 + frailty + 10 * random.Normal(b, 3 * i + 2));
            }

            var r = Necessity.Of(with, new("aid", "idle", 1, without), 1e6);
            covered += r.WeeksLost.Low <= 20 && 20 <= r.WeeksLost.High ? 1 : 0;
            ratio += Math.Sqrt(2 * Variance(with) / 60) / r.StandardError!.Value / blocks;
        }

        Assert.InRange(covered / (double)blocks, .91, .985);
        Assert.True(ratio > 4);
    }

    [Fact]
    public void SwappedArms_ChangeTheSignOnly() =>
        Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100]).Array[2, 30].Sample(pairs =>
        {
            double[] a = [.. pairs.Select(p => p.Item1)], b = [.. pairs.Select(p => p.Item2)];
            var (there, back) = (Necessity.Of(a, new("x", "idle", 1, b), 60), Necessity.Of(b, new("x", "idle", 1, a), 60));
            if (!there.WeeksLost.Known)
                return;
            Assert.Equal(there.WeeksLost.Value!.Value, -back.WeeksLost.Value!.Value, 1e-9);
            Assert.True(Math.Abs((there.PValue ?? 0) - (back.PValue ?? 0)) < 1e-9);
        }, iter: 300);

    private static double Variance(double[] x) => x.Sum(v => (v - x.Average()) * (v - x.Average())) / (x.Length - 1);
}
