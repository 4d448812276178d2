using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class CountsTests
{
    // R: prop.test(k, n, correct = FALSE)$conf.int.
    [Theory]
    [InlineData(8, 20, .4, .2188065, .6134185)]
    [InlineData(0, 10, 0, 0, .2775328)]
    [InlineData(10, 10, 1, .7224672, 1)]
    public void Wilson_AsR(int k, int n, double value, double low, double high)
    {
        var e = Proportion.Wilson(k, n);
        Assert.Equal(value, e.Value!.Value, 1e-12);
        Assert.Equal(low, e.Low!.Value, 1e-7);
        Assert.Equal(high, e.High!.Value, 1e-7);
    }

    // R: poisson.test(k, T)$conf.int.
    [Theory]
    [InlineData(0, 1, 0, 3.688879)]
    [InlineData(10, 4, 1.198847, 4.597589)]
    public void Poisson_AsR(int k, double exposure, double low, double high)
    {
        var e = EventRate.Of(k, exposure);
        Assert.Equal(low, e.Low!.Value, 1e-6);
        Assert.Equal(high, e.High!.Value, 1e-6);
    }

    // 4 in 100 against 2 in 150: ratio 3, times exp(-+1.959964 sqrt(3/4)).
    [Fact]
    public void Ratio_HandWorked()
    {
        var e = EventRate.Ratio(4, 100, 2, 150);
        Assert.Equal(3, e.Value!.Value, 1e-12);
        Assert.Equal(3 * Math.Exp(-1.959964 * Math.Sqrt(.75)), e.Low!.Value, 1e-6);
        Assert.Contains("upper bound", EventRate.Ratio(4, 100, 0, 150).Why);
    }

    [Fact]
    public void Impossible_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Proportion.Wilson(3, 2));
        Assert.Throws<ArgumentException>(() => EventRate.Of(-1, 2));
        Assert.Throws<ArgumentException>(() => EventRate.Of(1, 0));
        Assert.False(Proportion.Wilson(0, 0).Known);
    }
}
