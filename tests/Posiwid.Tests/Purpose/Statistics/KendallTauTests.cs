using CsCheck;
using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class KendallTauTests
{
    private static readonly GoldenFile Choice = new("choice.json");

    private static readonly GoldenFile Ranks = new("ranks.json");

    [Theory]
    [InlineData("plain")]
    [InlineData("ties")]
    public void Tau_is_that_of_R(string name) =>
        Assert.Equal(Choice.Number($"kendall.{name}.tau"), KendallTau.Coefficient(Choice.Numbers($"kendall.{name}.a"), Choice.Numbers($"kendall.{name}.b"))!.Value, 12);

    // R's own exact p value needs ranks without ties; the script counts all orders with them.
    [Theory]
    [InlineData("plain")]
    [InlineData("ties")]
    [InlineData("weak")]
    public void P_is_the_share_of_all_orders(string name)
    {
        var r = KendallTau.Of(Ranks.Numbers($"counted.{name}.a"), Ranks.Numbers($"counted.{name}.b"));
        Assert.Equal(Ranks.Number($"counted.{name}.tau"), r.Tau.Value!.Value, 12);
        Assert.Equal(Ranks.Number($"counted.{name}.p"), r.PValue!.Value, 12);
    }

    // Methods, 1e: tau .7142857143 with p .03015873, and .7894736842 with ties.
    [Fact]
    public void Known_answers_of_the_methods()
    {
        var plain = KendallTau.Of([1, 2, 3, 4, 5, 6, 7], [1, 3, 2, 5, 4, 7, 6]);
        Assert.Equal(.7142857143, plain.Tau.Value!.Value, 9);
        Assert.Equal(.03015873, plain.PValue!.Value, 8);
        Assert.Equal(.7894736842, KendallTau.Coefficient([1, 2, 2, 4, 5, 5, 7], [2, 1, 3, 3, 5, 6, 6])!.Value, 9);
    }

    // 1 2 3 4 5 against itself and reversed: two of 120 orders.
    [Fact]
    public void Of_five_only_a_perfect_order_is_rare()
    {
        Assert.Equal(2 / 120.0, KendallTau.Of([1, 2, 3, 4, 5], [10, 20, 30, 40, 50]).PValue!.Value, 12);
        Assert.Equal(2 / 120.0, KendallTau.Of([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]).PValue!.Value, 12);
        Assert.True(KendallTau.Of([1, 2, 3, 4, 5], [10, 20, 30, 50, 40]).PValue > .05);
    }

    [Fact]
    public void Too_few_or_all_tied_have_a_reason()
    {
        Assert.Contains("four or fewer", KendallTau.Of([1, 2, 3, 4], [1, 2, 3, 4]).Tau.Why);
        Assert.Contains("one rank", KendallTau.Of([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]).Tau.Why);
        Assert.Null(KendallTau.Of([.. Enumerable.Range(0, 10).Select(i => (double)i)], [.. Enumerable.Range(0, 10).Select(i => (double)i)]).PValue);
        Assert.Throws<ArgumentException>(() => KendallTau.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => KendallTau.Of([1, double.NaN], [1, 2]));
    }

    [Fact]
    public void Order_of_items_and_sides_do_not_matter_and_reversal_turns_the_sign() =>
        Gen.Int[0, 5].Array[5, 7].SelectMany(a => Gen.Shuffle(a).Select(Gen.Int[0, 5].Array[a.Length, a.Length], (b, _) => (a, b))).Sample(pair =>
        {
            double[] a = [.. pair.a.Select(v => (double)v)], b = [.. pair.b.Select(v => (double)v)];
            var (r, swapped, turned) = (KendallTau.Of(a, b), KendallTau.Of(b, a), KendallTau.Of(a, [.. b.Select(v => -v)]));
            if (r.Tau.Value is not { } tau)
                return !swapped.Tau.Known;
            return Math.Abs(tau) <= 1 + 1e-12 && Math.Abs(tau - swapped.Tau.Value!.Value) < 1e-12 && Math.Abs(tau + turned.Tau.Value!.Value) < 1e-12
                && r.PValue > 0 && r.PValue <= 1 && r.PValue == swapped.PValue && r.PValue == turned.PValue;
        }, iter: 60);

    [Theory]
    [InlineData("plain")]
    [InlineData("ties")]
    public void Concordance_is_that_of_vegan(string name)
    {
        var r = KendallW.Of(Ranks.Rows($"concordance.{name}.rankings"), new(1, 1));
        Assert.Equal(Ranks.Number($"concordance.{name}.w"), r.W.Value!.Value, 12);
        // 1999 and 9999 orders by lot: three standard errors of the smaller
        var p = Ranks.Number($"concordance.{name}.p");
        Assert.Equal(p, r.PValue!.Value, .001 + (3 * Math.Sqrt(p * (1 - p) / 1999)));
    }

    [Fact]
    public void Concordance_of_all_alike_is_one_and_of_too_few_has_a_reason()
    {
        double[] order = [1, 2, 3, 4, 5, 6];
        Assert.Equal(1, KendallW.Of([order, order, order], new(1, 1)).W.Value!.Value, 12);
        Assert.Contains("3 rankings", KendallW.Of([order, order], new(1, 1)).W.Why);
        Assert.Contains("fewer than 6", KendallW.Of([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]], new(1, 1)).W.Why);
        Assert.Contains("one rank", KendallW.Of([[1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1]], new(1, 1)).W.Why);
        Assert.Throws<ArgumentException>(() => KendallW.Of([order, order, [1]], new(1, 1)));
    }
}
