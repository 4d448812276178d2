using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class AalenJohansenTests
{
    private static readonly GoldenFile R = new("survival.json");

    // K24. By hand: S falls 11/12, 9/11 (two at 3), 7/8 at 8 ... The naive curve takes withdrawal for censoring and overstates resolution.
    [Fact]
    public void Complaints_AsR()
    {
        var curves = AalenJohansen.Of([], R.Numbers("complaints.time"), Causes("complaints.cause"), 2);
        Assert.Equal(.3729166667, curves.At(0, 26).Value!.Value, 1e-9);
        Assert.Equal(.4020833333, curves.At(1, 26).Value!.Value, 1e-9);
        Assert.Equal(.2250, curves.OpenAt(26).Value!.Value, 1e-9);
        Same(curves, "complaints_incidence", 1e-10);
        var naive = KaplanMeier.Of([], R.Numbers("complaints.time"), [.. R.Numbers("complaints.cause").Select(c => c == 1)]);
        Assert.Equal(.4642857143, 1 - naive.At(26).Value!.Value, 1e-9);
        Assert.Equal("not reached", curves.Median(0).Why);
    }

    [Fact]
    public void ManyTies_AsR() => Same(AalenJohansen.Of([], R.Numbers("lung.weeks"), Causes("lung.way"), 2), "lung_incidence", 1e-10);

    // With delayed entry R's standard errors are an infinitesimal jackknife, which is near Greenwood's kind but not the same.
    [Fact]
    public void DelayedEntry_SharesAsR_StandardErrorsNearIts() =>
        Same(AalenJohansen.Of(R.Numbers("lung.from"), R.Numbers("lung.to"), Causes("lung.way"), 2), "lung_incidence_late", .007);

    [Fact]
    public void OneCause_IsOneMinusKaplanMeier()
    {
        var curves = AalenJohansen.Of(R.Numbers("d1.start"), R.Numbers("d1.stop"), Causes("d1.event"), 1);
        var curve = KaplanMeier.Of(R.Numbers("d1.start"), R.Numbers("d1.stop"), R.Flags("d1.event"));
        for (var i = 0; i < curve.Times.Length; i++)
        {
            Assert.Equal(1 - curve.Survival[i], curves.Share(0)[i], 1e-12);
            Assert.Equal(curve.StandardError(i)!.Value, curves.StandardError(0)[i], 1e-12);
        }
    }

    [Fact]
    public void SharesAndRest_SumToOne()
    {
        var curves = AalenJohansen.Of(R.Numbers("lung.from"), R.Numbers("lung.to"), Causes("lung.way"), 2, 10);
        for (var i = 0; i < curves.Times.Count; i++)
            Assert.Equal(1, curves.Open[i] + curves.Share(0)[i] + curves.Share(1)[i], 1e-12);
    }

    [Fact]
    public void Degenerate_HasAReason()
    {
        var none = AalenJohansen.Of([], [2.0, 3], [0, 0], 2);
        Assert.Equal((0, "no event yet"), (none.At(1, 2).Value, none.At(1, 2).Why));
        Assert.False(none.At(0, 4).Known);
        Assert.Contains("all or none", AalenJohansen.Of([], [2.0, 2], [1, 1], 1).At(0, 2).Why);
        Assert.Throws<ArgumentException>(() => AalenJohansen.Of([], [2.0], [3], 2));
    }

    private static byte[] Causes(string path) => [.. R.Numbers(path).Select(c => (byte)c)];

    private static void Same(CumulativeIncidence curves, string golden, double tolerance)
    {
        double[] times = R.Numbers(golden + ".time");
        double[][] share = R.Rows(golden + ".share"), se = R.Rows(golden + ".se");
        for (var c = 0; c < 2; c++)
        {
            for (var i = 0; i < curves.Times.Count; i++)
            {
                var at = Array.IndexOf(times, curves.Times[i]);
                Assert.Equal(share[c][at], curves.Share(c)[i], 1e-10);
                Assert.Equal(se[c][at], curves.StandardError(c)[i], tolerance);
            }
        }
    }
}
