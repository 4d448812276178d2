using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class BlockBootstrapTests
{
    // 10 weeks in blocks of 4: two whole blocks and half of a third, each week followed by the next and the last by the first.
    [Fact]
    public void Weeks_come_in_blocks_round_the_end()
    {
        for (uint draw = 0; draw < 50; draw++)
        {
            var weeks = BlockBootstrap.Weeks(10, draw, new(1, 1), 4);
            Assert.Equal(10, weeks.Length);
            Assert.All(Enumerable.Range(1, 9).Where(i => i % 4 != 0), i => Assert.Equal((weeks[i - 1] + 1) % 10, weeks[i]));
            Assert.All(weeks, w => Assert.InRange(w, 0, 9));
        }
    }

    // Every week is drawn alike often: 2000 resamples of 10 weeks, 2000 of each expected; a block of 4 puts four times a count of standard deviation √(2000/4).
    [Fact]
    public void Every_week_is_as_likely()
    {
        var counts = new int[10];
        for (uint draw = 0; draw < 2000; draw++)
        {
            foreach (var w in BlockBootstrap.Weeks(10, draw, new(2, 1), 4))
                counts[w]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 2000 - (4 * 90), 2000 + (4 * 90)));
    }

    [Fact]
    public void Short_series_have_a_reason_and_no_interval()
    {
        Assert.Contains("quarters", BlockBootstrap.Interval(103, _ => 1, new(1, 1)).Why);
        Assert.Contains("five years", BlockBootstrap.Interval(259, _ => 1, new(1, 1)).Why);
        Assert.Equal(1, BlockBootstrap.Interval(259, _ => 1, new(1, 1)).Value);
        Assert.Null(BlockBootstrap.Interval(260, _ => 1, new(1, 1)).Why);
        Assert.Equal("no weeks", BlockBootstrap.Interval(0, _ => 1, new(1, 1)).Why);
        Assert.False(BlockBootstrap.Interval(300, _ => double.NaN, new(1, 1)).Known);
        Assert.Contains("not known", BlockBootstrap.Interval(300, w => w[0] == 0 && w[1] == 1 && w[14] == 14 ? 1 : double.NaN, new(1, 1)).Why);
    }

    // Without memory from week to week the interval of a mean is ±1.96/√n about it.
    [Fact]
    public void Without_memory_it_is_as_wide_as_it_should_be()
    {
        var noise = new AddressedRandom(3, 9);
        double[] x = [.. Enumerable.Range(0, 520).Select(i => noise.Normal(0, (uint)i))];
        var e = BlockBootstrap.Interval(x.Length, weeks => weeks.Average(w => x[w]), new(1, 1));
        Assert.Equal(x.Average(), e.Value!.Value, 12);
        Assert.Equal(2 * 1.96 / Math.Sqrt(520), e.High!.Value - e.Low!.Value, .05);
    }

    // Methods, 1a: correlation .8, 260 weeks: single weeks cover the mean in 43 to 48 of 100, blocks of 13 in 87.
    [Fact]
    public void Blocks_cover_where_single_weeks_do_not()
    {
        var (single, blocks, runs) = (0, 0, 120u);
        for (uint run = 0; run < runs; run++)
        {
            var noise = new AddressedRandom(run, 9);
            var x = new double[260];
            x[0] = noise.Normal(0, 0) / .6;
            for (var t = 1; t < x.Length; t++)
                x[t] = (.8 * x[t - 1]) + noise.Normal(0, (uint)t);
            single += Holds(1);
            blocks += Holds(13);

            int Holds(int block)
            {
                var e = BlockBootstrap.Interval(x.Length, weeks => weeks.Average(w => x[w]), new(run, 1), block, 200);
                return e.Low <= 0 && e.High >= 0 ? 1 : 0;
            }
        }

        Assert.InRange(single / (double)runs, .35, .62);
        Assert.InRange(blocks / (double)runs, .77, .96);
    }
}
