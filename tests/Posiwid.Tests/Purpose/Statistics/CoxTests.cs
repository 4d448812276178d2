using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class CoxTests
{
    private static readonly GoldenFile R = new("survival.json");

    [Theory]
    [InlineData("", "lung.time", "lung.dead", "lung.sex", "lung_cox")]
    [InlineData("", "lung.time", "lung.dead", "lung.age", "lung_cox_age")]
    [InlineData("lung.from", "lung.to", "lung.dead", "lung.sex", "lung_cox_late")]
    [InlineData("d1.start", "d1.stop", "d1.event", "d1.x", "d1_cox")]
    public void AsR(string entry, string exit, string happened, string covariate, string golden)
    {
        var fit = Cox.Fit(entry.Length == 0 ? [] : R.Numbers(entry), R.Numbers(exit), R.Flags(happened), R.Numbers(covariate));
        Assert.Equal(R.Number(golden + ".b"), fit.LogHazardRatio.Value!.Value, 1e-7);
        Assert.Equal(R.Number(golden + ".se"), fit.StandardError!.Value, 1e-7);
        Assert.Equal(R.Number(golden + ".loglik"), fit.LogLikelihood, 1e-8);
        Assert.Equal(R.Number(golden + ".loglik0"), fit.LogLikelihoodAtZero, 1e-8);
        Assert.Equal(R.Number(golden + ".score"), fit.ScoreTest!.Value, 1e-8);
    }

    // K13. What the specification gives, to the figures given there.
    [Fact]
    public void Lung_AsTheSpecification()
    {
        var fit = Cox.Fit([], R.Numbers("lung.time"), R.Flags("lung.dead"), R.Numbers("lung.sex"));
        Assert.Equal(-.5310235, fit.LogHazardRatio.Value!.Value, 1e-7);
        Assert.Equal(.16717858, fit.StandardError!.Value, 1e-8);
    }

    // Cutting a spell where nothing changes adds and takes the same rows from every risk set.
    [Fact]
    public void SplitSpells_ChangeNothing()
    {
        double[] time = R.Numbers("lung.time"), sex = R.Numbers("lung.sex");
        var dead = R.Flags("lung.dead");
        var late = time.Select((t, i) => (t, i)).Where(r => r.t > 100).Select(r => r.i).ToArray();
        double[] entry = [.. time.Select(_ => 0.0), .. late.Select(_ => 100.0)];
        double[] exit = [.. time.Select(t => Math.Min(t, 100)), .. late.Select(i => time[i])];
        bool[] ended = [.. dead.Select((d, i) => d && time[i] <= 100), .. late.Select(i => dead[i])];
        double[] x = [.. sex, .. late.Select(i => sex[i])];
        Assert.Equal(Cox.Fit([], time, dead, sex).LogHazardRatio.Value!.Value, Cox.Fit(entry, exit, ended, x).LogHazardRatio.Value!.Value, 1e-9);
    }

    // Two hazards, one twice the other: log 2.
    [Fact]
    public void FindsThePlantedRatio()
    {
        var random = new AddressedRandom(3, 1);
        double[] x = [.. Enumerable.Range(0, 4000).Select(i => (double)(i % 2))];
        double[] t = [.. x.Select((v, i) => -Math.Log(random.Uniform((uint)i, 0)) / (1 + v))];
        var fit = Cox.Fit([], t, [.. x.Select(_ => true)], x);
        Assert.InRange(Math.Log(2), fit.LogHazardRatio.Low!.Value, fit.LogHazardRatio.High!.Value);
        Assert.Equal(Math.Log(2), fit.LogHazardRatio.Value!.Value, .1);
    }

    [Fact]
    public void Degenerate_HasAReason()
    {
        Assert.Contains("no bound", Cox.Fit([], [1, 2, 3, 4], [true, true, true, true], [1, 1, 0, 0]).LogHazardRatio.Why);
        Assert.Equal("no events", Cox.Fit([], [1, 2], [false, false], [1, 0]).LogHazardRatio.Why);
        Assert.Equal("the covariate does not vary", Cox.Fit([], [1, 2], [true, true], [1, 1]).LogHazardRatio.Why);
        Assert.Contains("at risk at an event", Cox.Fit([0, 5], [4, 9], [true, true], [1, 0]).LogHazardRatio.Why);
        Assert.Throws<ArgumentException>(() => Cox.Fit([], [1, 2], [true, true], [1, double.NaN]));
    }
}
