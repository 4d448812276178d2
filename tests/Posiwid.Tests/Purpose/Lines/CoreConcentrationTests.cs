using CsCheck;
using Posiwid.Purpose.Lines;

namespace Posiwid.Tests.Purpose.Lines;

public class CoreConcentrationTests
{
    [Theory]
    [InlineData(new double[] { 1, 1, 1, 1 }, 0, 0)]
    [InlineData(new double[] { 0, 0, 0, 1 }, .75, 1)]
    [InlineData(new double[] { 4, 1, 3, 2 }, .25, 1 / 3.0)]
    public void Gini(double[] x, double gini, double corrected)
    {
        var r = CoreConcentration.Of(x).Members;
        Assert.Equal(gini, r.Gini.Value!.Value, 1e-12);
        Assert.Equal(corrected, r.Corrected.Value!.Value, 1e-12);
    }

    // K27. CHAOSS's example is 2; eight equal organizations are 4; one with exactly half is 1 (at half or more).
    [Theory]
    [InlineData(new double[] { 1000, 202, 90, 33, 332, 343, 42, 433 }, 2)]
    [InlineData(new double[] { 1, 1, 1, 1, 1, 1, 1, 1 }, 4)]
    [InlineData(new double[] { 5, 1, 1, 1, 1, 1 }, 1)]
    [InlineData(new double[] { .1, .1, .1, .1, .1, .1, .1, .1, .1, .1 }, 5)]
    public void AbsenceFactor(double[] x, int factor) => Assert.Equal(factor, CoreConcentration.Of(x).AbsenceFactor);

    [Fact]
    public void BothBases()
    {
        var r = CoreConcentration.Of([0, 0, 2, 2]);
        Assert.Equal((2, 0), (r.Contributors.People, r.Contributors.Gini.Value));
        Assert.Equal((4, .5), (r.Members.People, r.Members.Gini.Value));
    }

    [Fact]
    public void Degenerate_HasAReason()
    {
        Assert.Equal("nobody contributed", CoreConcentration.Of([0, 0]).Members.Gini.Why);
        Assert.Null(CoreConcentration.Of([]).AbsenceFactor);
        Assert.Equal("one person", CoreConcentration.Of([3]).Members.Corrected.Why);
        Assert.Throws<ArgumentException>(() => CoreConcentration.Of([-1]));
    }

    [Fact]
    public void UnitAndOrder_DoNotMatter() =>
        Gen.Double[0, 100].Array[2, 40].Sample(x =>
        {
            var (a, b) = (CoreConcentration.Of(x), CoreConcentration.Of([.. x.Reverse().Select(v => 60 * v)]));
            if (!a.Members.Gini.Known)
                return;
            Assert.Equal(a.Members.Gini.Value!.Value, b.Members.Gini.Value!.Value, 1e-9);
            Assert.InRange(a.Members.Corrected.Value!.Value, 0, 1 + 1e-9);
        }, iter: 300);
}
