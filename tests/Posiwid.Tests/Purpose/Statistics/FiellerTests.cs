using MathNet.Numerics.Distributions;
using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class FiellerTests
{
    private static readonly AddressedRandom Random = new(1, 0xF1E);

    /// <summary>Pairs whose means stand in the ratio 1 : 4, the denominator being <paramref name="size"/> standard deviations of a single pair.</summary>
    private static Estimate Drawn(uint run, int pairs, double size)
    {
        var (a, b) = (new double[pairs], new double[pairs]);
        for (uint i = 0; i < pairs; i++)
        {
            var shared = Random.Normal(run, 4 * i);
            (a[i], b[i]) = ((size / 4) + (0.5 * shared) + (0.5 * Random.Normal(run, (4 * i) + 1)), size + (0.7 * shared) + (0.7 * Random.Normal(run, (4 * i) + 2)));
        }

        return Fieller.Ratio(a, b);
    }

    // another way to the same interval: the ratios r for which the t test does not tell the mean of a - r b from 0
    [Fact]
    public void It_holds_the_ratios_that_a_t_test_does_not_reject()
    {
        double[] a = [1.2, 0.4, 2.2, 1.9, 0.8, 1.4], b = [3.1, 2.2, 5.2, 3.9, 4.4, 2.8];
        bool Rejects(double r)
        {
            double[] d = [.. a.Zip(b, (x, y) => x - (r * y))];
            var mean = d.Average();
            var error = Math.Sqrt(d.Sum(v => (v - mean) * (v - mean)) / 5 / 6);
            return Math.Abs(mean / error) > StudentT.InvCDF(0, 1, 5, 0.975);
        }

        double Edge(double inside, double outside)
        {
            for (var i = 0; i < 100; i++)
            {
                var middle = (inside + outside) / 2;
                (inside, outside) = Rejects(middle) ? (inside, middle) : (middle, outside);
            }

            return inside;
        }

        var found = Fieller.Ratio(a, b);
        Assert.Equal(7.9 / 21.6, found.Value!.Value, 12);
        Assert.Equal(Edge(found.Value.Value, -5), found.Low!.Value, 9);
        Assert.Equal(Edge(found.Value.Value, 5), found.High!.Value, 9);
    }

    // the methods found .953, .952 and .957 with 10, 20 and 50 pairs; 2,000 runs here, so that chance is .005
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(50)]
    public void It_covers(int pairs)
    {
        var held = 0;
        for (uint run = 0; run < 2000; run++)
            held += Drawn(run, pairs, 3) is { Low: { } low, High: { } high } && low <= 0.25 && 0.25 <= high ? 1 : 0;
        Assert.InRange(held / 2000.0, 0.935, 0.965);
    }

    [Fact]
    public void A_denominator_that_cannot_be_told_from_nothing_has_no_ratio()
    {
        var unknown = 0;
        for (uint run = 0; run < 1000; run++)
        {
            var found = Drawn(run, 10, 0.1);
            unknown += found.Known ? 0 : 1;
            Assert.Equal(found.Known, found.Low is not null);
        }

        Assert.InRange(unknown, 800, 970); // 5% at most would be wrong; a tenth of a standard deviation shows now and then in ten pairs
        Assert.Equal("what it is divided by cannot be told from 0", Fieller.Ratio([1, 2, 3], [0, 0, 0]).Why);
        Assert.False(Fieller.Ratio([1], [2]).Known);
        Assert.Throws<ArgumentException>(() => Fieller.Ratio([1, 2], [1]));
    }

    [Fact]
    public void Without_variation_it_is_a_point() => Assert.Equal(Estimate.Of(0.5, 0.5, 0.5), Fieller.Ratio([1, 1, 1], [2, 2, 2]));
}
