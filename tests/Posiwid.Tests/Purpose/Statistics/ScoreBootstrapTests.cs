using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class ScoreBootstrapTests
{
    private static readonly AddressedRandom Lot = new(1, 5);

    // 1, 2, 3, 4, 5: sum 15, squares about the mean 10, times 5/4: 15 / sqrt(12.5) = 4.2426
    [Fact]
    public void The_statistic_is_the_sum_over_its_error() => Assert.Equal(15 / Math.Sqrt(12.5), ScoreBootstrap.Test([1, 2, 3, 4, 5], Lot).Statistic, 12);

    [Fact]
    public void What_cancels_is_nothing() => Assert.Equal((1.0, 0.0), ScoreBootstrap.Test([-2, -1, 0, 1, 2], Lot) is var t ? (t.PValue, t.Statistic) : default);

    // p < .05 says the same as |t| above the critical value, whatever the contributions
    [Fact]
    public void P_value_and_critical_value_say_the_same()
    {
        var below = 0;
        for (var i = 0u; i < 200; i++)
        {
            double[] contributions = [.. Enumerable.Range(0, 8).Select(c => Lot.Normal(i, (uint)(2 * c)) + (i < 100 ? 0 : 1))];
            var (p, critical, seen) = ScoreBootstrap.Test(contributions, Lot with { Purpose = 100 + i });
            Assert.Equal(p < 0.05, seen > critical);
            below += i < 100 && p < 0.05 ? 1 : 0;
        }

        // 100 with nothing in them at 5%: more than 13 has a chance of .05%
        Assert.InRange(below, 0, 13);
    }

    [Fact]
    public void Four_clusters_are_refused() => Assert.Throws<ArgumentException>(() => ScoreBootstrap.Test([1, 2, 3, 4], Lot));
}
