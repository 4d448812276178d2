using CsCheck;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class RandomEffectsTests
{
    // 1, 2, 3 with errors of 1: Q = 2 = k - 1, so nothing is between; mean 2, variance 2 / (2 x 3) = 1/3; t(2) is 4.302653: 2 -+ 2.484138
    [Fact]
    public void No_more_than_noise()
    {
        var found = new RandomEffects([1, 2, 3], [1, 1, 1]);
        Assert.Equal((2.0, 0.0), (found.Mean, found.Between));
        Assert.Equal(-0.484138, found.Interval.Low!.Value, 5);
        Assert.Equal(4.484138, found.Interval.High!.Value, 5);
        // all are one: above 1.9 all of them, above 2.1 none
        Assert.Equal((1.0, 0.0), (found.ShareAbove(1.9), found.ShareAbove(2.1)));
    }

    // 0 and 10 with errors of 1: Q = 50, tau^2 = (50 - 1) / (2 - 2/2) = 49; mean 5, variance (25 + 25)/50 / (1 x 2/50) = 25
    [Fact]
    public void Sources_that_differ()
    {
        var found = new RandomEffects([0, 10], [1, 1]);
        Assert.Equal(7, found.Between, 12);
        Assert.Equal(5, found.Mean, 12);
        Assert.Equal(5, found.Error, 12);
        Assert.Equal(0.5, found.ShareAbove(5), 12);
        Assert.Equal(0.5, found.Above(5), 12);
        // t(1) of (5 - 0)/5 = 1: a quarter of the Cauchy distribution lies above 1
        Assert.Equal(0.25, found.Above(0), 9);
    }

    // 0 with an error of 10^-12 beside 1 and 2 with errors of 1: x̄ = 0, Q = 1 + 4 = 5, the denominator 2 (1 + 1) - 2/10^24 = 4; tau^2 = (5 - 2) / 4
    [Fact]
    public void One_source_that_outweighs_all_others_leaves_the_rest_their_say()
    {
        var found = new RandomEffects([0, 1, 2], [1e-12, 1, 1]);
        Assert.Equal(Math.Sqrt(0.75), found.Between, 9);
        // weights 4/3, 1/1.75 = 4/7, 4/7: (4/7 + 8/7) / (4/3 + 8/7) = (12/7) / (52/21) = 9/13
        Assert.Equal(9 / 13.0, found.Mean, 9);
    }

    [Fact]
    public void What_is_known_better_counts_more() => Assert.InRange(new RandomEffects([0, 1], [0.1, 10]).Mean, 0, 0.01);

    [Fact]
    public void A_shift_of_all_shifts_the_mean_alone() => Gen.Select(Gen.Double[-5, 5].Array[3, 9], Gen.Double[0.1, 3], Gen.Double[-9, 9]).Sample((values, error, shift) =>
    {
        double[] errors = [.. values.Select((_, i) => error * (1 + (i % 3)))];
        var (here, there) = (new RandomEffects(values, errors), new RandomEffects([.. values.Select(v => v + shift)], errors));
        Assert.Equal(here.Mean + shift, there.Mean, 8);
        Assert.Equal(here.Between, there.Between, 6);
        Assert.Equal(here.ShareAbove(here.Mean - 1), there.ShareAbove(there.Mean - 1), 6);
    });

    [Fact]
    public void What_cannot_be_put_together_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RandomEffects([1], [1]));
        Assert.Throws<ArgumentException>(() => new RandomEffects([1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(() => new RandomEffects([1, 2], [1, double.NaN]));
    }
}
