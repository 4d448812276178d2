using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class PairedHazardRatioTests
{
    private static readonly GoldenFile R = new("survival.json");

    // K15. 35 pairs in which the changed run dies first, 17 the other way: log(35/17) = .7221347, as coxph(strata(pair)).
    [Fact]
    public void AsTheStratifiedCoxModelOfR()
    {
        double[] unchanged = [.. Enumerable.Range(0, 52).Select(i => i < 35 ? 2.0 : 1)], changed = [.. unchanged.Select(t => 3 - t)];
        var died = Enumerable.Repeat(true, 52).ToArray();
        var ratio = PairedHazardRatio.Of(unchanged, died, changed, died);
        Assert.Equal(.7221347, ratio.LogHazardRatio.Value!.Value, 1e-7);
        Assert.Equal(R.Number("paired.b"), ratio.LogHazardRatio.Value!.Value, 1e-9);
        Assert.Equal(R.Number("paired.se"), ratio.StandardError!.Value, 1e-9);
    }

    // Pair by pair: both die at 5 (undecided); the run ends for one at the other's death (it was at risk: decided); neither dies; lost before.
    [Fact]
    public void TiesAndCensoring()
    {
        var ratio = PairedHazardRatio.Of([5, 8, 9, 3, 4], [true, false, false, false, true], [5, 8, 9, 7, 6], [true, true, false, true, true]);
        Assert.Equal((1, 1, 3), (ratio.ChangedFirst, ratio.UnchangedFirst, ratio.Undecided));
        Assert.Equal(1, ratio.HazardRatio.Value);
    }

    [Fact]
    public void OneSided_HasAReason()
    {
        Assert.Contains("no upper bound", PairedHazardRatio.Of([5], [true], [4], [true]).HazardRatio.Why);
        Assert.Contains("in no pair", PairedHazardRatio.Of([5], [false], [5], [false]).HazardRatio.Why);
        Assert.Throws<ArgumentException>(() => PairedHazardRatio.Of([double.NaN], [true], [4], [true]));
    }
}
