using CsCheck;
using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class NestedLogitTests
{
    private static readonly GoldenFile Golden = new("choice.json");

    /// <summary>Choices between a status quo, the first alternative, whose attributes are 0, and a nest of some others.</summary>
    private static (ChoiceSets Sets, int[] Nest) BesideStatusQuo(int size, double[] x1, double[] x2, int[] chosen, int[] cluster)
    {
        var n = chosen.Length;
        double[] x = [.. x1.Zip(x2, (a, b) => new[] { a, b }).SelectMany(r => r)];
        return (new(["x1", "x2"], x, [.. Enumerable.Range(0, n + 1).Select(i => i * size)], [.. chosen.Select((c, i) => (i * size) + c)], cluster),
            [.. Enumerable.Range(0, n * size).Select(row => row % size == 0 ? 1 : 0)]);
    }

    /// <summary>Choices drawn from the closed form with weights .9 and -.6.</summary>
    private static (ChoiceSets Sets, int[] Nest) Planted(int n, double lambda, ulong seed)
    {
        var random = new AddressedRandom(seed, 1);
        var (x1, x2, chosen) = (new double[n * 4], new double[n * 4], new int[n]);
        for (var s = 0; s < n; s++)
        {
            var u = new double[4];
            for (var j = 1; j < 4; j++)
            {
                (x1[(s * 4) + j], x2[(s * 4) + j]) = (random.Normal((uint)s, (uint)j), random.Normal((uint)s, (uint)(10 + j)));
                u[j] = (0.9 * x1[(s * 4) + j]) - (0.6 * x2[(s * 4) + j]);
            }

            double[] inside = [.. u.Skip(1).Select(v => Math.Exp(v / lambda))];
            var nest = Math.Pow(inside.Sum(), lambda);
            double[] p = [1 / (1 + nest), .. inside.Select(w => nest / (1 + nest) * w / inside.Sum())];
            var at = random.Uniform((uint)s, 20);
            while (at > p[chosen[s]] && chosen[s] < 3)
                at -= p[chosen[s]++];
        }

        return BesideStatusQuo(4, x1, x2, chosen, [.. Enumerable.Range(0, n)]);
    }

    [Fact]
    public void The_fit_is_as_in_R()
    {
        var (sets, nest) = BesideStatusQuo(4, Golden.Numbers("nested.x1"), Golden.Numbers("nested.x2"), [.. Golden.Numbers("nested.chosen").Select(c => (int)c - 1)], [.. Golden.Numbers("nested.of").Select(c => (int)c)]);
        var fit = NestedLogit.Fit(sets, nest)!;
        Assert.Equal(Golden.Number("nested.ll"), fit.Utility.LogLikelihood.Fitted, 8);
        Assert.Equal(Golden.Numbers("nested.b"), fit.Utility.Coefficients, (a, b) => Math.Abs(a - b) < 1e-5); // R's maximum is found without derivatives written down
        Assert.Equal(Golden.Number("nested.lnlambda"), Math.Log(fit.Dissimilarity.Value!.Value), 5);
        Assert.Equal(Golden.Numbers("nested.se")[..2], [fit.Utility.Error(0), fit.Utility.Error(1)], (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(Golden.Numbers("nested.robust"), [fit.Utility.ClusterError(0), fit.Utility.ClusterError(1), fit.LogDissimilarityError], (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.True(fit.IsConsistent);
    }

    [Fact]
    public void Two_that_are_as_good_as_one_share_what_one_would_get()
    {
        // P(status quo) = 1 / (1 + (sum of e^(b v / lambda))^lambda). For the menu 0, 1, 1 with b = 1, lambda = 1/2 that is 1 / (1 + (2 e^2)^.5) = 1 / (1 + 1.4142 x 2.7183) = .2064, where the conditional
        // logit (lambda = 1) has 1 / (1 + 2 e) = .1554 and one alternative in place of the two 1 / (1 + e) = .2689. Each choice of three menus is put in as often as it is likely in 2,000.
        const double b = 1, lambda = 0.5;
        var (x, chosen) = (new List<double>(), new List<int>());
        foreach (var menu in new[] { new double[] { 0, 1, 1 }, [0, 1, 2], [0, -1, 0.5] })
        {
            double[] inside = [.. menu.Skip(1).Select(v => Math.Exp(b * v / lambda))];
            var nest = Math.Pow(inside.Sum(), lambda);
            double[] p = [1 / (1 + nest), .. inside.Select(w => nest / (1 + nest) * w / inside.Sum())];
            for (var j = 0; j < 3; j++)
            {
                for (var i = 0; i < (int)Math.Round(2000 * p[j]); i++)
                {
                    x.AddRange(menu);
                    chosen.Add(j);
                }
            }
        }

        var n = chosen.Count;
        var fit = NestedLogit.Fit(new(["u"], [.. x], [.. Enumerable.Range(0, n + 1).Select(i => i * 3)], [.. chosen.Select((c, i) => (i * 3) + c)], [.. Enumerable.Range(0, n)]),
            [.. Enumerable.Range(0, n * 3).Select(row => row % 3 == 0 ? 1 : 0)])!;
        Assert.Equal(b, fit.Utility.Coefficients[0], 2);
        Assert.Equal(lambda, fit.Dissimilarity.Value!.Value, 2);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    public void What_was_planted_is_found(double lambda)
    {
        var (sets, nest) = Planted(6000, lambda, 3);
        var fit = NestedLogit.Fit(sets, nest)!;
        Assert.InRange(fit.Utility.Coefficients[0], 0.9 - (4 * fit.Utility.ClusterError(0)), 0.9 + (4 * fit.Utility.ClusterError(0)));
        Assert.InRange(fit.Utility.Coefficients[1], -0.6 - (4 * fit.Utility.ClusterError(1)), -0.6 + (4 * fit.Utility.ClusterError(1)));
        Assert.InRange(Math.Log(fit.Dissimilarity.Value!.Value / lambda), -4 * fit.LogDissimilarityError, 4 * fit.LogDissimilarityError);
        Assert.InRange(fit.LogDissimilarityError, 0.01, 0.08);
        // the conditional logit is the special case: it cannot fit better
        Assert.InRange(fit.Utility.LogLikelihood.Fitted - ConditionalLogit.Fit(sets).LogLikelihood.Fitted, 0, lambda == 1 ? 5 : 1000);
    }

    [Fact]
    public void A_fit_is_found_in_every_sample()
    {
        // near the maximum sums differ by rounding alone, which must not be taken for a step down
        for (var seed = 1ul; seed <= 60; seed++)
        {
            var (sets, nest) = Planted(2000, 0.5, seed);
            Assert.NotNull(NestedLogit.Fit(sets, nest));
        }
    }

    [Fact]
    public void Names_of_nests_and_what_all_alternatives_share_change_nothing() => Gen.Select(Gen.ULong, Gen.Double[-3, 3], Gen.Int[2, 9]).Sample((seed, shift, name) =>
    {
        var (sets, nest) = Planted(300, 0.6, seed);
        var fit = NestedLogit.Fit(sets, nest);
        if (fit is null)
            return;
        var random = new AddressedRandom(seed, 2);
        double[] moved = [.. sets.X.Select((v, i) => v + (shift * random.Normal((uint)(i / 8), (uint)(i % 2))))]; // the same for the four alternatives of a menu
        var other = NestedLogit.Fit(sets with { X = moved }, [.. nest.Select((g, row) => (g * name) + (row / 4))])!;
        Assert.Equal(fit.Utility.LogLikelihood.Fitted, other.Utility.LogLikelihood.Fitted, 6);
        Assert.Equal(fit.Utility.Coefficients, other.Utility.Coefficients, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(fit.Dissimilarity.Value!.Value, other.Dissimilarity.Value!.Value, 3);
    }, iter: 20);

    [Fact]
    public void Where_there_is_no_nest_or_no_maximum_there_is_no_fit()
    {
        var (sets, nest) = Planted(300, 0.6, 1);
        Assert.Null(NestedLogit.Fit(sets, [.. nest.Select(_ => 0)])); // all in one
        Assert.Null(NestedLogit.Fit(sets, [.. nest.Select((_, row) => row)])); // each alone
        // the higher of two attributes always decides
        double[] x = [.. Enumerable.Range(0, 120).Select(row => (double)(row % 3))];
        Assert.Null(NestedLogit.Fit(new(["x"], x, [.. Enumerable.Range(0, 41).Select(i => 3 * i)], [.. Enumerable.Range(0, 40).Select(i => (3 * i) + 2)], [.. Enumerable.Range(0, 40)]),
            [.. Enumerable.Range(0, 120).Select(row => row % 3 == 0 ? 1 : 0)]));
        Assert.Contains("nests", Assert.Throws<ArgumentException>(() => NestedLogit.Fit(sets, [0, 1])).Message, StringComparison.Ordinal);
    }
}
