using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Golden;

/// <summary>The same figures by SciPy (<c>scipy_values.py</c>).</summary>
public class ScipyTests
{
    private static readonly GoldenFile Scipy = new("scipy.json");

    [Fact]
    public void Divergence() => Assert.Equal(Scipy.Number("jsd.bits"), JensenShannon.Bits(Scipy.Numbers("jsd.p"), Scipy.Numbers("jsd.q")), 12);

    [Fact]
    public void Rank_correlation()
    {
        var plain = KendallTau.Of([1, 2, 3, 4, 5, 6, 7], [1, 3, 2, 5, 4, 7, 6]);
        Assert.Equal((Scipy.Number("tau.plain"), Scipy.Number("tau.plain_p")), (plain.Tau.Value!.Value, plain.PValue!.Value), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12);
        Assert.Equal(Scipy.Number("tau.ties"), KendallTau.Coefficient([1, 2, 2, 4, 5, 5, 7], [2, 1, 3, 3, 5, 6, 6])!.Value, 12);
    }

    [Fact]
    public void A_ratio_of_means()
    {
        var found = Fieller.Ratio(Scipy.Numbers("fieller.a"), Scipy.Numbers("fieller.b"));
        Assert.Equal(Scipy.Number("fieller.ratio"), found.Value!.Value, 12);
        Assert.Equal(Scipy.Number("fieller.low"), found.Low!.Value, 9);
        Assert.Equal(Scipy.Number("fieller.high"), found.High!.Value, 9);
    }

    [Fact]
    public void Counts()
    {
        Assert.All(Scipy.Rows("wilson"), r =>
        {
            var found = Proportion.Wilson((int)r[0], (int)r[1]);
            Assert.Equal(r[2], found.Low!.Value, 9);
            Assert.Equal(r[3], found.High!.Value, 9);
        });
        Assert.All(Scipy.Rows("poisson"), r =>
        {
            var found = EventRate.Of((int)r[0], 1);
            Assert.Equal(r[1], found.Low!.Value, 8);
            Assert.Equal(r[2], found.High!.Value, 8);
        });
    }

    [Fact]
    public void Pairs() => Assert.Equal(Scipy.Number("paired_t.p_above"), PairedTest.Above(Scipy.Numbers("paired_t.differences")), 9);

    [Fact]
    public void Weights_of_six_decisions()
    {
        double[] recruit = [9, 2, 1, 7, 5, 1, 8, 3, 2, 2, 6, 5, 6, 1, 3, 3, 4, 4], need = [1, 5, 3, 2, 6, 1, 1, 4, 2, 5, 1, 6, 2, 2, 3, 1, 3, 6];
        var fit = ConditionalLogit.Fit(new(["recruit", "need"], [.. recruit.Zip(need).SelectMany(r => new[] { r.First, r.Second })], [0, 3, 6, 9, 12, 15, 18], [0, 4, 6, 11, 12, 16], [1, 2, 3, 4, 5, 6]));
        Assert.Equal(Scipy.Numbers("logit.weights")[0], fit.Coefficients[0], 5);
        Assert.Equal(Scipy.Numbers("logit.weights")[1], fit.Coefficients[1], 5);
        Assert.Equal(Scipy.Number("logit.log_likelihood"), fit.LogLikelihood.Fitted, 8);
    }
}
