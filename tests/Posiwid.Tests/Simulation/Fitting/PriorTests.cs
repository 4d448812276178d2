using Posiwid.Simulation.Fitting;

namespace Posiwid.Tests.Simulation.Fitting;

public class PriorTests
{
    [Theory]
    [InlineData(PriorShape.Uniform, 0, 10, .25, 2.5)]
    [InlineData(PriorShape.LogUniform, 1, 100, .5, 10)]
    [InlineData(PriorShape.LogUniform, 1, 100, .25, 3.16227766)]
    [InlineData(PriorShape.Normal, 0, 1, .5, .5)]
    [InlineData(PriorShape.Normal, 0, 1, .95, 1)]
    [InlineData(PriorShape.LogNormal, 1, 4, .5, 2)]
    [InlineData(PriorShape.LogNormal, 1, 4, .05, 1)]
    public void Quantiles_AreThoseOfTheShape(PriorShape shape, double from, double to, double share, double value) =>
        Assert.Equal(value, new Prior("x", shape, from, to).Quantile(share), 1e-7);

    [Theory]
    [InlineData(PriorShape.Uniform)]
    [InlineData(PriorShape.Normal)]
    public void DensityOfTheWalk_IsThatOfItsPlaces(PriorShape shape)
    {
        // the trapezoid rule over the density gives back the shares between two places
        var prior = new Prior("x", shape, 1, 2);
        var (low, high) = (prior.Place(.1), prior.Place(.7));
        var step = (high - low) / 10_000;
        var sum = Enumerable.Range(0, 10_001).Sum(i => Math.Exp(prior.LogDensity(low + (i * step))) * (i is 0 or 10_000 ? .5 : 1)) * step;
        Assert.Equal(.6, sum, 1e-6);
    }

    [Fact]
    public void NormalTails_AreHeldAtTheEndsOfTheParameter()
    {
        var prior = new Prior("x", PriorShape.Normal, 0, 1) { Least = 0, Most = 1 };
        Assert.Equal((0, 1), (prior.Value(-9), prior.Value(9)));
    }
}
