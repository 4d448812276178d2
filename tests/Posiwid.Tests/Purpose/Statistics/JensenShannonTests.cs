using CsCheck;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class JensenShannonTests
{
    private static readonly double[] Even = [1, 1, 1, 1, 1, 1];

    // Methods, 1e: scipy.spatial.distance.jensenshannon((.5,.3,.2), (.1,.2,.7), base=2) squared.
    [Fact]
    public void Known_answers_of_the_methods()
    {
        Assert.Equal(.21836359696, JensenShannon.Bits([.5, .3, .2], [.1, .2, .7]), 11);
        Assert.Equal(.46729390854, Math.Sqrt(JensenShannon.Bits([.5, .3, .2], [.1, .2, .7])), 11);
        Assert.Equal(1, JensenShannon.Bits([1, 0], [0, 1]));
        Assert.Equal(0, JensenShannon.Bits([.2, .8], [.2, .8]));
    }

    // Methods, 1e: K = 6, two samples of 50: mean .039, 95% point .088; of 500: .0036 and .0078.
    [Theory]
    [InlineData(50, .039, .088)]
    [InlineData(500, .0036, .0078)]
    public void Chance_alone_gives_a_divergence(int n, double mean, double point)
    {
        Assert.Equal(mean, JensenShannon.Bias(6, n, n), mean * .1);
        Assert.Equal(point, JensenShannon.Null95(Even, Even, n, n, new(1, 1), 600), point * .08);
    }

    // Two samples of 3000 are too large to draw: chi-squared; drawn ones of 2000 give the same after scaling by n.
    [Fact]
    public void Large_samples_follow_chi_squared()
    {
        double[] p = [.4, .3, .2, .1];
        var drawn = JensenShannon.Null95(p, p, 2000, 2000, new(3, 1), 1500);
        Assert.Equal(drawn, JensenShannon.Null95(p, p, 3000, 3000, new(3, 1)) * 1.5, .1 * drawn);
    }

    // The bar must not jump where one sample is no longer drawn, and what is no sample adds nothing to it.
    [Fact]
    public void What_is_no_sample_adds_nothing()
    {
        var half = JensenShannon.Null95(Even, Even, double.PositiveInfinity, 100, new(1, 1), 600);
        Assert.Equal(JensenShannon.Null95(Even, Even, 200, 200, new(1, 1), 600), half, .1 * half);
        Assert.Equal(0, JensenShannon.Null95(Even, Even, double.PositiveInfinity, double.PositiveInfinity, new(1, 1)));
    }

    [Fact]
    public void It_lies_between_0_and_1_both_ways_round() =>
        Gen.Double[0, 1].Array[6].Select(Gen.Double[0, 1].Array[6]).Sample((p, q) =>
        {
            if (p.Sum() == 0 || q.Sum() == 0)
                return true;
            var d = JensenShannon.Bits(p, q);
            return d is >= 0 and <= 1 && Math.Abs(d - JensenShannon.Bits(q, p)) < 1e-12 && JensenShannon.Bits(p, [.. p.Select(v => 3 * v)]) < 1e-12;
        });

    [Fact]
    public void Impossible_weights_are_refused()
    {
        Assert.Throws<ArgumentException>(() => JensenShannon.Bits([1, -1], [1, 1]));
        Assert.Throws<ArgumentException>(() => JensenShannon.Bits([1, double.NaN], [1, 1]));
        Assert.Throws<ArgumentException>(() => JensenShannon.Bits([0, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => JensenShannon.Bits([1], [1, 1]));
        Assert.Throws<ArgumentException>(() => JensenShannon.Null95(Even, Even, 0, 5, new(1, 1)));
    }
}
