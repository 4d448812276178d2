using Posiwid.Simulation.Fitting;

namespace Posiwid.Tests.Simulation.Fitting;

public class FitPartsTests
{
    [Fact]
    public void Spreads_AreMedianDeviations()
    {
        // median 3, deviations 2 1 0 1 97: median 1. Then three of four agree: mean deviation (0 + 0 + 0 + 4) / 4 = 1. Then nothing differs. Then one is missing: median of 1 3 is 2, deviations 1 1.
        double[][] runs = [[1, 5, 7, 1], [2, 5, 7, double.NaN], [3, 5, 7, 3], [4, 9, 7, double.NaN], [100, double.NaN, 7, double.NaN]];
        Assert.Equal([1, 1, double.PositiveInfinity, 1], Nearness.Spreads(runs));
    }

    [Fact]
    public void Distance_IsEuclidean_InUnitsOfTheSpreads()
    {
        var near = new Nearness([1, 2, double.PositiveInfinity], 5);
        Assert.Equal(5, near.Distance([3, 8, 70], [0, 0, 0]), 1e-12); // 3² + (8/2)² = 25
        Assert.True(near.Holds([3, 8, 70], [0, 0, 0]));
        Assert.False(near.Holds([3, 8.1, 70], [0, 0, 0]));
        Assert.Equal(double.PositiveInfinity, near.Distance([3, double.NaN, 0], [0, 0, 0]));
    }

    [Fact]
    public void Kernel_IsAMixtureWithTwiceTheCovariance()
    {
        // parents at -1 and 1 with equal weight: covariance 1, twice 2; density at 0: e^(-1/4) / sqrt(4 pi) = .21970
        var kernel = new ProposalKernel([At(-1, 1), At(1, 1)]);
        Assert.Equal(.21970, kernel.Density([0]), 1e-5);
        // weights 1 and 3: mean .5, covariance .25 (1.5)² + .75 (.5)² = .75, twice 1.5; at 1: (.25 e^(-4/3) + .75) / sqrt(3 pi) = .26577
        Assert.Equal(((.25 * Math.Exp(-4 / 3.0)) + .75) / Math.Sqrt(3 * Math.PI), new ProposalKernel([At(-1, 1), At(1, 3)]).Density([1]), 1e-7);
    }

    [Fact]
    public void Kernel_ProposesAsItsDensitySays()
    {
        // mean of 20,000 proposals within four standard errors; variance of the mixture is .75 + 1.5
        var kernel = new ProposalKernel([At(-1, 1), At(1, 3)]);
        var lot = new Posiwid.Purpose.Statistics.AddressedRandom(3, 9);
        var places = Enumerable.Range(0, 20_000).Select(i => kernel.Propose(lot, (uint)i)[0]).ToArray();
        Assert.Equal(.5, places.Average(), 4 * Math.Sqrt(2.25 / 20_000));
        Assert.Equal(2.25, places.Average(x => (x - .5) * (x - .5)), .1);
    }

    [Fact]
    public void WeightedQuantiles_AreLinearBetweenTheMiddlesOfWeights()
    {
        // middles of the weights .2 .6 .2 at .1 .5 .9
        double[] values = [30, 10, 20], shares = [.2, .2, .6];
        Assert.Equal(10, Marginal.Quantile(values, shares, .05));
        Assert.Equal(15, Marginal.Quantile(values, shares, .3), 1e-12);
        Assert.Equal(20, Marginal.Quantile(values, shares, .5), 1e-12);
        Assert.Equal(25, Marginal.Quantile(values, shares, .7), 1e-12);
        Assert.Equal(30, Marginal.Quantile(values, shares, .95));
    }

    [Fact]
    public void EffectiveSize_IsKishs() => Assert.Equal(1.6, Particle.EffectiveSize([At(0, 1), At(0, 3)]), 1e-12); // (1 + 3)² / (1 + 9)

    private static Particle At(double place, double weight) => new(0, 0, [place], [place], [place], weight);
}
