using CsCheck;
using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

/// <summary>Krippendorff's alpha and Cohen's kappa, against pairs counted one by one (<c>coders_values.py</c>) and figures from the literature.</summary>
public class CodersTests
{
    private static readonly GoldenFile Coders = new("coders.json");

    // Krippendorff (2011), data C: four observers, twelve units, seven values missing; nominal alpha .743
    [Fact]
    public void Alpha_of_the_published_data_with_missing_values()
    {
        var observers = Coders.Rows("reliability.observers");
        string?[][] units = [.. Enumerable.Range(0, 12).Select(u => observers.Select(o => o[u] == 0 ? null : $"{o[u]}").ToArray())];
        Assert.Equal(.743, Krippendorff.Alpha(units)!.Value, 3);
        Assert.Equal(Coders.Number("reliability.alpha"), Krippendorff.Alpha(units)!.Value, 12);
    }

    // 50 things, 20 and 15 alike, 5 and 10 not. Kappa: p = 35/50 = .7; e = (25 x 30 + 25 x 20)/2500 = .5; (.7 - .5)/.5 = .4.
    // Alpha: of 100 values 55 and 45; unlike pairs 2 x 15 = 30; 1 - 99 x 30/(2 x 55 x 45) = 1 - 2970/4950 = .4
    [Fact]
    public void Two_coders_and_two_classes_by_hand()
    {
        string[] first = ["a", "a", "b", "b"], second = ["a", "b", "a", "b"];
        long[] times = [20, 5, 10, 15];
        Assert.Equal(.4, CohenKappa.Of(first, second, times)!.Value, 12);
        Assert.Equal(.4, Krippendorff.Alpha([.. first.Zip(second).Select(p => (string?[])[p.First, p.Second])], times)!.Value, 12);
        Assert.Equal((Coders.Number("table.kappa"), Coders.Number("table.alpha")), (.4, .4), (x, y) => Math.Abs(x.Item1 - y.Item1) < 1e-12 && Math.Abs(x.Item2 - y.Item2) < 1e-12);
    }

    // (a, a, b), (b, b), and (a) that counts for nothing: values a 2, b 3; unlike: in the first unit 2 x 1 + 1 x 2 = 4 ordered pairs over 3 - 1 = 2.
    // 1 - (5 - 1) x 2 / (2 x 2 x 3) = 1 - 8/12 = 1/3
    [Fact]
    public void A_unit_of_three_counts_its_pairs_by_half() =>
        Assert.Equal(1 / 3.0, Krippendorff.Alpha([["a", "a", "b"], ["b", "b", null], ["a", null, null]])!.Value, 12);

    [Fact]
    public void A_unit_that_counts_n_times_is_n_units()
    {
        var kinds = Coders.Rows("kinds.rows");
        string?[][] units = [.. kinds.Select(k => (string?[])[$"{k[1]}", $"{k[2]}"])];
        long[] times = [.. kinds.Select(k => (long)k[0])];
        Assert.Equal(Coders.Number("kinds.alpha"), Krippendorff.Alpha(units, times)!.Value, 12);
        Assert.Equal(Coders.Number("kinds.kappa"), CohenKappa.Of([.. units.Select(u => u[0])], [.. units.Select(u => u[1])], times)!.Value, 12);
    }

    [Fact]
    public void What_says_nothing_has_no_figure()
    {
        Assert.Null(Krippendorff.Alpha([]));
        Assert.Null(Krippendorff.Alpha([["a", null], [null, "b"]]));
        Assert.Null(Krippendorff.Alpha([["a", "a"], ["a", "a"]]));
        Assert.Null(CohenKappa.Of(["a", null], [null, "b"]));
        Assert.Null(CohenKappa.Of(["a", "a"], ["a", "a"]));
        Assert.Equal(0, CohenKappa.Of(["a", "b"], ["a", "a"])!.Value);
        Assert.Throws<ArgumentException>(() => CohenKappa.Of(["a"], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => Krippendorff.Alpha([["a", "a"]], [1, 2]));
    }

    // whatever is coded: 1 where all agree, never above; the order of coders and the names of classes do not matter
    [Fact]
    public void Names_and_order_do_not_matter() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[1, 9]).Array[2, 9].Sample(things =>
        {
            string?[] first = [.. things.Select(t => t.Item1 == 0 ? null : $"{t.Item1}")], second = [.. things.Select(t => t.Item2 == 0 ? null : $"{t.Item2}")];
            string?[] one = [.. first.Select(v => v is null ? null : $"x{9 - int.Parse(v)}")], other = [.. second.Select(v => v is null ? null : $"x{9 - int.Parse(v)}")];
            long[] times = [.. things.Select(t => (long)t.Item3)];
            double? Alpha(string?[] a, string?[] b) => Krippendorff.Alpha([.. a.Zip(b).Select(p => (string?[])[p.First, p.Second])], times);
            var (alpha, turned) = (Alpha(first, second), Alpha(other, one));
            var (kappa, turnedKappa) = (CohenKappa.Of(first, second, times), CohenKappa.Of(other, one, times));
            return alpha.HasValue == turned.HasValue && kappa.HasValue == turnedKappa.HasValue && !(alpha > 1 + 1e-12) && !(kappa > 1 + 1e-12)
                && Math.Abs((alpha ?? 0) - (turned ?? 0)) < 1e-12 && Math.Abs((kappa ?? 0) - (turnedKappa ?? 0)) < 1e-12
                && !(Math.Abs((Alpha(first, first) ?? 1) - 1) > 1e-12) && !(Math.Abs((CohenKappa.Of(first, first, times) ?? 1) - 1) > 1e-12);
        }, iter: 200);
}
