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
    public void Kernel_IsAMixtureOfLongTails_AndTellsItsDensity()
    {
        // parents at -1 and 1 with equal weight: covariance 1, twice 2. The t density with 5 degrees of freedom at 1/sqrt 2 of a scale of sqrt 2:
        // gamma(3)/gamma(5/2) = 1.50451, over sqrt(5 pi) sqrt 2 = 5.60500: .268422; times (1 + .5/5)^-3 = .751315: .201670
        var kernel = new ProposalKernel(Standard, [At(-1, 1), At(1, 1)]);
        Assert.Equal(.201670, kernel.Near([0]), 1e-6);
        // prior .398942 over .9 x .201670 + .1 x .398942 = .221397
        Assert.Equal(.398942 / .221397, kernel.Weight([0]), 1e-5);
        // weights 1 and 3: mean .5, covariance .25 (1.5)² + .75 (.5)² = .75, twice 1.5; at 1: 1.50451 / (3.963327 x 1.224745) (.25 (1 + (4/1.5)/5)^-3 + .75) = .309949 x .819347
        Assert.Equal(.253956, new ProposalKernel(Standard, [At(-1, 1), At(1, 3)]).Near([1]), 1e-5);
        // far from all parents the weight is ten, no more
        Assert.Equal(10, new ProposalKernel(Standard, [At(400, 1), At(401, 1)]).Weight([0]), 1e-3);
    }

    [Fact]
    public void Kernel_InTwoDimensions_IntegratesToOne()
    {
        // a grid of steps of .25 over 50 x 50; the tails outside hold less than a thousandth
        var kernel = new ProposalKernel([Standard[0], Standard[0]], [At2(-1, 0), At2(1, 1), At2(0, -1)]);
        var sum = 0.0;
        for (var i = -100; i <= 100; i++)
        {
            for (var j = -100; j <= 100; j++)
                sum += kernel.Near([.25 * i, .25 * j]) * .0625;
        }

        Assert.Equal(1, sum, .003);
    }

    [Fact]
    public void Kernel_ProposesAsItsDensitySays()
    {
        // nine in ten: mean .5, variance .75 + 1.5 x 5/3 = 3.25; one in ten: 0 and 1. Together mean .45, variance .9 (3.25 + .25) + .1 - .45² = 3.0475
        var kernel = new ProposalKernel(Standard, [At(-1, 1), At(1, 3)]);
        var lot = new Posiwid.Purpose.Statistics.AddressedRandom(3, 9);
        var places = Enumerable.Range(0, 20_000).Select(i => kernel.Propose(lot, (uint)i)[0]).ToArray();
        Assert.Equal(.45, places.Average(), 4 * Math.Sqrt(3.0475 / 20_000));
        Assert.Equal(3.0475, places.Average(x => (x - .45) * (x - .45)), .3);
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

    private static readonly Prior[] Standard = [Toys.NormalPrior("x", 0, 1)];

    private static Particle At2(double x, double y) => new(0, 0, [x, y], [x, y], [0], 1);

    private static Particle At(double place, double weight) => new(0, 0, [place], [place], [place], weight);
}
