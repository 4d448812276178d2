using CsCheck;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class FalseDiscoveryTests
{
    [Fact]
    public void Adjust_multiplies_by_tests_over_rank_and_never_falls()
    {
        // sorted .01, .02, .025, .04 of four: .01 x 4 / 1 = .04, .02 x 4 / 2 = .04, .025 x 4 / 3 = .0333, .04 x 4 / 4 = .04; from the end the least so far: .04, .0333, .0333, .0333
        Assert.Equal([0.04, 1 / 30.0, 1 / 30.0, 1 / 30.0], FalseDiscovery.Adjust([0.04, 0.01, 0.025, 0.02]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.7, 0.7], FalseDiscovery.Adjust([0.6, 0.7]));
        Assert.Empty(FalseDiscovery.Adjust([]));
    }

    /// <summary>Benjamini and Hochberg 1995, section 4: fifteen tests of a trial of heart attacks, of which four are named at 5%, where Holm names three.</summary>
    [Fact]
    public void The_example_of_its_authors()
    {
        double[] p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];
        Assert.Equal(4, FalseDiscovery.Adjust(p).Count(q => q <= 0.05));
        Assert.Equal(3, Holm.Adjust(p).Count(q => q <= 0.05));
    }

    [Fact]
    public void Adjust_keeps_the_order_and_lies_between_p_and_what_holm_says() => Gen.Double[0, 1].Array[1, 20].Sample(p =>
    {
        var (adjusted, holm) = (FalseDiscovery.Adjust(p), Holm.Adjust(p));
        for (var i = 0; i < p.Length; i++)
        {
            Assert.InRange(adjusted[i], p[i] - 1e-12, holm[i] + 1e-12);
            Assert.All(Enumerable.Range(0, p.Length).Where(j => p[j] < p[i]), j => Assert.True(adjusted[j] <= adjusted[i]));
        }

        Assert.Equal(p.Max(), adjusted.Max(), 12);
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Adjust_refuses_what_is_no_p_value(double p) => Assert.Throws<ArgumentException>(() => FalseDiscovery.Adjust([0.5, p]));
}
