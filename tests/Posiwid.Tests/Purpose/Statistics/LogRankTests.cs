using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class LogRankTests
{
    private static readonly GoldenFile R = new("survival.json");

    [Theory]
    [InlineData("lung.sex", 1, 2, "lung_logrank")]
    [InlineData("lung.third", 0, 3, "lung_logrank3")]
    public void Lung_AsR(string column, int first, int groups, string golden)
    {
        var test = LogRank.Test([], R.Numbers("lung.time"), R.Flags("lung.dead"), Groups(column, first), groups);
        Assert.Equal(R.Number(golden + ".chisq"), test.ChiSquared!.Value, 1e-9);
        Assert.Equal(groups - 1, test.DegreesOfFreedom);
        Assert.Equal(R.Numbers(golden + ".observed"), test.Groups.Select(g => (double)g.Observed));
        Assert.All(R.Numbers(golden + ".expected").Zip(test.Groups), p => Assert.Equal(p.First, p.Second.Expected, 1e-9));
    }

    // Without ties the score test of Cox's model is the log-rank test, and R has that one with delayed entry.
    [Fact]
    public void DelayedEntry_AsTheScoreTestOfR() =>
        Assert.Equal(
            R.Number("d1_score_of_groups"),
            LogRank.Test(R.Numbers("d1.start"), R.Numbers("d1.stop"), R.Flags("d1.event"), Groups("d1.group", 0), 3).ChiSquared!.Value, 1e-9);

    // Two against two, times 1 | 2 | 3 | 4 of a, b, a, b, all events. E_a = 2/4 + 1/3 + 1/2 + 0 = 4/3; V = 1/4 + 2/9 + 1/4 = 13/18;
    // (2 - 4/3)^2 / V = (4/9) (18/13) = 8/13.
    [Fact]
    public void HandWorked() =>
        Assert.Equal(8.0 / 13, LogRank.Test([], [1, 2, 3, 4], [true, true, true, true], [0, 1, 0, 1], 2).ChiSquared!.Value, 1e-12);

    [Fact]
    public void NoEventsOrOneGroup_NoTest()
    {
        Assert.Equal("no events", LogRank.Test([], [1, 2], [false, false], [0, 1], 2).Why);
        Assert.NotNull(LogRank.Test([], [1, 2], [true, true], [1, 1], 2).Why);
        Assert.Throws<ArgumentException>(() => LogRank.Test([], [1, 2], [true, true], [0, 2], 2));
    }

    // A third group that nobody is in changes nothing.
    [Fact]
    public void EmptyGroup_IsLeftOut()
    {
        var test = LogRank.Test([], [1, 2, 3, 4], [true, true, true, true], [0, 1, 0, 1], 3);
        Assert.Equal(1, test.DegreesOfFreedom);
        Assert.Equal(8.0 / 13, test.ChiSquared!.Value, 1e-12);
    }

    private static int[] Groups(string column, int first) => [.. R.Numbers(column).Select(v => (int)v - first)];
}
