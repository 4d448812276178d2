using CsCheck;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class HolmTests
{
    [Fact]
    public void Adjust_multiplies_by_what_is_left_and_never_falls()
    {
        // sorted .01, .02, .03, .04: 4 x .01 = .04; 3 x .02 = .06; 2 x .03 = .06; 1 x .04 = .04, raised to .06
        Assert.Equal([0.06, 0.04, 0.06, 0.06], Holm.Adjust([0.03, 0.01, 0.04, 0.02]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1.0, 1.0], Holm.Adjust([0.6, 0.7]));
        Assert.Empty(Holm.Adjust([]));
    }

    [Fact]
    public void Adjust_keeps_the_order_and_lies_between_p_and_m_times_p() => Gen.Double[0, 1].Array[1, 20].Sample(p =>
    {
        var adjusted = Holm.Adjust(p);
        for (var i = 0; i < p.Length; i++)
        {
            Assert.InRange(adjusted[i], p[i], 1);
            Assert.All(Enumerable.Range(0, p.Length).Where(j => p[j] < p[i]), j => Assert.True(adjusted[j] <= adjusted[i]));
        }

        Assert.Equal(Math.Min(1, p.Length * p.Min()), adjusted.Min(), 12);
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Adjust_refuses_what_is_no_p_value(double p) => Assert.Throws<ArgumentException>(() => Holm.Adjust([0.5, p]));
}
