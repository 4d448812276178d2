using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class ConditionalLogitTests
{
    private static readonly GoldenFile Golden = new("choice.json");

    /// <summary>Choices of equal size.</summary>
    private static ChoiceSets Sets(int size, double[][] columns, int[] chosen, int[]? cluster = null)
    {
        var rows = columns[0].Length;
        var x = new double[rows * columns.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var a = 0; a < columns.Length; a++)
                x[(row * columns.Length) + a] = columns[a][row];
        }

        var n = rows / size;
        return new([.. columns.Select((_, a) => $"a{a}")], x, [.. Enumerable.Range(0, n + 1).Select(i => i * size)],
            [.. chosen.Select((c, i) => (i * size) + c)], cluster ?? [.. Enumerable.Range(0, n)]);
    }

    [Fact]
    public void Infert_is_as_in_R()
    {
        var (set, chosen) = (Golden.Numbers("infert.set"), Golden.Flags("infert.case"));
        int[] first = [.. Enumerable.Range(0, set.Length).Where(i => i == 0 || set[i] != set[i - 1]), set.Length];
        double[] x = [.. Golden.Numbers("infert.spontaneous").Zip(Golden.Numbers("infert.induced"), (a, b) => new[] { a, b }).SelectMany(r => r)];
        var fit = ConditionalLogit.Fit(new(["spontaneous", "induced"], x, first, [.. Enumerable.Range(0, set.Length).Where(i => chosen[i])], [.. first.SkipLast(1)]));
        Assert.Equal(Golden.Numbers("infert.b"), fit.Coefficients, (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(Golden.Numbers("infert.se"), [fit.Error(0), fit.Error(1)], (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(Golden.Number("infert.ll"), fit.LogLikelihood.Fitted, 8);
        Assert.Equal(Golden.Number("infert.ll0"), fit.LogLikelihood.ByLot, 8);
        Assert.Equal(0.2927661, fit.McFadden, 7);
        Assert.False(fit.Separated);
    }

    [Fact]
    public void Six_decisions_are_as_in_the_methods()
    {
        double[] recruit = [9, 2, 1, 7, 5, 1, 8, 3, 2, 2, 6, 5, 6, 1, 3, 3, 4, 4];
        double[] need = [1, 5, 3, 2, 6, 1, 1, 4, 2, 5, 1, 6, 2, 2, 3, 1, 3, 6];
        var fit = ConditionalLogit.Fit(Sets(3, [recruit, need], [0, 1, 0, 2, 0, 1]));
        Assert.Equal([0.8433431581, 0.4784282543], fit.Coefficients, (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal([0.5154292394, 0.3763757558], [fit.Error(0), fit.Error(1)], (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(-2.725437120, fit.LogLikelihood.Fitted, 8);
        Assert.Equal(-6.591673732, fit.LogLikelihood.ByLot, 8); // 6 ln 3
    }

    [Fact]
    public void Errors_by_clusters_are_as_in_R()
    {
        var flags = Golden.Flags("clusters.chosen");
        int[] chosen = [.. Enumerable.Range(0, 120).Select(i => Array.IndexOf(flags, true, 4 * i) - (4 * i))];
        var fit = ConditionalLogit.Fit(Sets(4, [Golden.Numbers("clusters.x1"), Golden.Numbers("clusters.x2")], chosen, [.. Golden.Numbers("clusters.of").Select(c => (int)c)]));
        Assert.Equal(Golden.Numbers("clusters.b"), fit.Coefficients, (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(Golden.Numbers("clusters.se"), [fit.Error(0), fit.Error(1)], (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(Golden.Numbers("clusters.robust"), [fit.ClusterError(0), fit.ClusterError(1)], (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal(10, fit.Clusters);
    }

    [Fact]
    public void What_never_differs_within_a_set_was_never_a_choice()
    {
        var fit = ConditionalLogit.Fit(Sets(2, [[1, 2, 3, 1, 2, 5], [7, 7, 8, 8, 9, 9]], [1, 0, 0]));
        Assert.Equal([true, false], fit.Identified);
        Assert.Equal(0, fit.Coefficients[1]);
    }

    [Fact]
    public void What_always_decides_is_found()
    {
        // the higher first attribute is always chosen: the likelihood has no maximum
        double[] x = [.. Enumerable.Range(0, 40).SelectMany(i => new double[] { i % 7, (i % 7) + 1 })];
        double[] other = [.. Enumerable.Range(0, 80).Select(i => (double)(i * 37 % 11))];
        var fit = ConditionalLogit.Fit(Sets(2, [x, other], [.. Enumerable.Repeat(1, 40)]));
        Assert.True(fit.Separated);
        Assert.True(fit.Coefficients[0] > 0 && double.IsFinite(fit.Coefficients[0]));
    }

    [Fact]
    public void Two_attributes_that_go_together_have_no_weights_of_their_own()
    {
        double[] x = [1, 4, 2, 6, 1, 0, 3, 2, 5, 2, 2, 7];
        var fit = ConditionalLogit.Fit(Sets(2, [x, [.. x.Select((v, i) => (2 * v) + (1e-9 * i))]], [1, 0, 0, 1, 0, 1]));
        Assert.True(fit.Condition > 1e6);
        Assert.All(fit.Coefficients, b => Assert.True(double.IsFinite(b)));
    }

    [Fact]
    public void Who_chooses_by_lot_has_no_weights()
    {
        // 200 choosers by lot, 60 decisions among 4 with 3 attributes: a test at 5% should find something in about 5% of them
        var found = 0;
        for (uint run = 0; run < 200; run++)
        {
            var lot = new AddressedRandom(run, 7);
            double[][] x = [.. Enumerable.Range(0, 3).Select(a => Enumerable.Range(0, 240).Select(i => lot.Normal((uint)a, (uint)i)).ToArray())];
            var fit = ConditionalLogit.Fit(Sets(4, x, [.. Enumerable.Range(0, 60).Select(i => lot.Index(9, (uint)i, 4))]));
            // likelihood ratio, 3 degrees of freedom: 7.815
            if (2 * (fit.LogLikelihood.Fitted - fit.LogLikelihood.ByLot) > 7.815)
                found++;
        }

        Assert.InRange(found, 2, 22); // 200 x .056: 11; binomial, three standard deviations of 3.3
    }

    [Fact]
    public void Bad_choices_are_refused()
    {
        Assert.Contains("no choices", Assert.Throws<ArgumentException>(() => ConditionalLogit.Fit(new(["a"], [], [0], [], []))).Message);
        Assert.Contains("not a number", Assert.Throws<ArgumentException>(() => ConditionalLogit.Fit(Sets(2, [[1, double.NaN]], [0]))).Message);
        Assert.Contains("not among its alternatives", Assert.Throws<ArgumentException>(() => ConditionalLogit.Fit(Sets(2, [[1, 2]], [2]))).Message);
    }
}
