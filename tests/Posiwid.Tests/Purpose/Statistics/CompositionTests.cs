using CsCheck;
using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class CompositionTests
{
    private static readonly GoldenFile Golden = new("ranks.json");

    private static readonly Gen<double[]> Parts = Gen.Double[.001, 1].Array[2, 8];

    // Methods, 1a: vegan::diversity(c(10,20,30,40)) = 1.279854226 nats, of which the exponential is 3.596115467.
    [Fact]
    public void Entropy_is_that_of_vegan()
    {
        var x = Golden.Numbers("diversity.x");
        Assert.Equal(1.279854226, Composition.Nats(x), 9);
        Assert.Equal(Golden.Number("diversity.nats"), Composition.Nats(x), 12);
        Assert.Equal(Golden.Number("diversity.number"), Composition.EffectiveNumber(x), 12);
        Assert.Equal(Math.Pow(2, Composition.Bits(x)), Composition.EffectiveNumber(x), 12);
    }

    [Fact]
    public void Log_ratios_are_those_of_vegan()
    {
        double[] p = Golden.Numbers("ratios.p"), q = Golden.Numbers("ratios.q");
        Assert.Equal(Golden.Numbers("ratios.clr"), Composition.CenteredLogRatios(p), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(Golden.Number("ratios.distance"), Composition.Distance(p, q), 12);
    }

    // One in eight: log2 8 = 3 bits, evenness 1. All in one: 0.
    [Fact]
    public void Even_and_uneven()
    {
        Assert.Equal(3, Composition.Bits([1, 1, 1, 1, 1, 1, 1, 1]), 12);
        Assert.Equal(1, Composition.Evenness([1, 1, 1, 1, 1, 1, 1, 1]).Value!.Value, 12);
        Assert.Equal(0, Composition.Bits([0, 5, 0]));
        Assert.Equal(0, Composition.Evenness([0, 5, 0]).Value);
        Assert.Contains("one part", Composition.Evenness([5]).Why);
    }

    // Methods, 1a: of 2.284 bits, 20 entries give 2.081 as they are and 2.238 corrected, 50 give 2.208 and 2.279.
    [Theory]
    [InlineData(20, 2.081, 2.238)]
    [InlineData(50, 2.208, 2.279)]
    public void The_correction_takes_most_of_the_loss(int n, double plain, double corrected)
    {
        double[] truth = [.40, .20, .15, .10, .10, .05];
        const int Runs = 3000;
        var (random, sumPlain, sumCorrected) = (new AddressedRandom(4, 4), 0.0, 0.0);
        for (uint run = 0; run < Runs; run++)
        {
            var counts = new double[truth.Length];
            for (uint i = 0; i < n; i++)
            {
                var (u, part) = (random.Uniform(run, i), 0);
                for (; part < truth.Length - 1 && u > truth[part]; part++)
                    u -= truth[part];
                counts[part]++;
            }

            (sumPlain, sumCorrected) = (sumPlain + Composition.Bits(counts), sumCorrected + Composition.MillerMadow(counts));
        }

        Assert.Equal(2.284, Composition.Bits(truth), .0005);
        Assert.Equal(plain, sumPlain / Runs, .012); // a standard error of .004
        Assert.Equal(corrected, sumCorrected / Runs, .012);
    }

    // (0, .5, .5) with .01: .01, .495, .495.
    [Fact]
    public void Zeros_are_replaced_and_ratios_stay()
    {
        Assert.Equal([.01, .495, .495], Composition.ReplaceZeros([0, 3, 3], .01), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([.25, .75], Composition.ReplaceZeros([1, 3], .01));
        Assert.Throws<ArgumentException>(() => Composition.ReplaceZeros([0, 0, 1], .5));
        Assert.Throws<ArgumentException>(() => Composition.CenteredLogRatios([0, 1]));
    }

    // p = (0, 1/2, 1/2), q = (1/3, 1/3, 1/3), smallest .01/.65: with delta d the clr of p is (2, -1, -1)/3 ln(2d/(1-d)), so the distance is √(2/3) |ln(2d/(1-d))|.
    [Fact]
    public void The_change_hangs_on_the_stand_in()
    {
        var change = Composition.Change([0, 1, 1], [1, 1, 1], .01 / .65);
        Assert.Equal(Hand(.001), change.Tenth.Value!.Value, 12);
        Assert.Equal(Hand(.01), change.Once.Value!.Value, 12);
        Assert.Equal(Hand(.1), change.TenTimes.Value!.Value, 12);
        Assert.Contains("more than all", Composition.Change([0, 1, 1], [1, 1, 1], .2).TenTimes.Why);

        static double Hand(double d) => Math.Sqrt(2 / 3.0) * Math.Abs(Math.Log(2 * d / (1 - d)));
    }

    [Fact]
    public void What_cannot_occur_is_dropped()
    {
        var change = Composition.Change([0, 1, 1], [1, 1, 1], .01, [true, false, false]);
        Assert.Equal((0.0, 0.0), (change.Tenth.Value, change.TenTimes.Value));
        Assert.Contains("fewer than two", Composition.Change([0, 1], [1, 1], .01, [true, false]).Once.Why);
    }

    [Fact]
    public void Scale_does_not_matter_and_log_ratios_sum_to_0() =>
        Parts.Select(Gen.Double[.1, 100]).Sample((x, by) =>
        {
            double[] scaled = [.. x.Select(v => v * by)];
            return Composition.Distance(x, scaled) < 1e-9 && Math.Abs(Composition.CenteredLogRatios(x).Sum()) < 1e-9
                && Math.Abs(Composition.Bits(x) - Composition.Bits(scaled)) < 1e-9 && Composition.Bits(x) <= Math.Log2(x.Length) + 1e-12;
        });

    [Fact]
    public void Impossible_amounts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Composition.Bits([0, 0]));
        Assert.Throws<ArgumentException>(() => Composition.Bits([1, -1]));
        Assert.Throws<ArgumentException>(() => Composition.Distance([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Composition.Change([1, 2], [1, 2, 3], .1));
    }
}
