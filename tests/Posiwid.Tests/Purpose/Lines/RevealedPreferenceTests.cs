using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class RevealedPreferenceTests
{
    /// <summary>Decisions among four; utility is the sum of attributes times tastes, with Gumbel noise.</summary>
    private static Decision[] Choices(int count, double[] tastes, ulong seed = 1, Func<int, int, double, double>? also = null) => [.. Enumerable.Range(0, count).Select(s =>
    {
        var lot = new AddressedRandom(seed, 11);
        var menu = Enumerable.Range(0, 4).Select(j => tastes.Select((_, a) => lot.Normal((uint)a, (uint)((4 * s) + j))).ToArray()).ToArray();
        double[] u = [.. menu.Select((x, j) => x.Zip(tastes, (v, t) => v * t).Sum() - Math.Log(-Math.Log(lot.Uniform(99, (uint)((4 * s) + j)))))];
        return new Decision("plan", s % 40, true, Array.IndexOf(u, u.Max()),
            [.. menu.Select((x, j) => (IReadOnlyList<(string, double)>)[.. x.Select((v, a) => ($"a{a}", v)), .. also is null ? [] : new[] { ("also", also(s, j, x[0])) }])]);
    })];

    [Fact]
    public void A_planted_taste_is_found_and_the_control_is_not()
    {
        var result = RevealedPreference.Of(Choices(600, [1, -0.5, 0]));
        // coefficients 1, -.5, 0 with deviations of 1: weights 2/3, -1/3, 0
        Assert.InRange(result.Of("a0")!.Weight.Value!.Value, 0.55, 0.75);
        Assert.InRange(result.Of("a1")!.Weight.Value!.Value, -0.42, -0.24);
        Assert.True(result.Of("a0")!.PValue < 1e-6 && result.Of("a1")!.PValue < 1e-3);
        Assert.True(result.Of("a2")!.PValue > 0.01 && result.Of(RevealedPreference.Control)!.PValue > 0.01);
        Assert.True(result.HitRate!.Value.OutOfSample > 0.45);
        Assert.Equal(0.25, result.HitRate.Value.ByLot);
        Assert.True(result.Independence > 0.001);
        // one unit of a1 is worth -1/2 of one of a0
        var exchange = result.Exchange("a0", "a1");
        Assert.True(exchange.Low < -0.5 && exchange.High > -0.5);
    }

    // One in thirteen alternatives has what is never chosen. Its weight runs to -27 a unit, which is under 8 standard deviations of something so rare; nothing goes together, and the other taste is found as ever.
    [Fact]
    public void What_is_rare_and_never_chosen_has_a_direction_only()
    {
        var decisions = Choices(300, [0.7], also: (s, j, _) => (j + s) % 13 == 0 ? 1 : 0).Where(d => d.Attributes[d.Chosen].Single(a => a.Code == "also").Value == 0).ToArray();
        var result = RevealedPreference.Of(decisions);
        Assert.True(result.AlwaysDecided);
        Assert.Equal("some combination of attributes always decides: its weights are a direction, no more", result.Why);
        Assert.True(result.Of("a0")!.PValue < 1e-6);
        Assert.True(result.Of("also")!.PValue < 0.05 && result.Of("also")!.Coefficient.Value is < 0 and > -10);
        Assert.True(result.Of(RevealedPreference.Control)!.PValue > 0.01);
    }

    // errors by clusters come from how clusters differ: of one there is no telling, and the model's own error takes all decisions to be independent
    [Theory]
    [InlineData(1, "1 group of decisions is too few for an interval", 0)]
    [InlineData(4, "4 groups of decisions are too few for an interval", 0)]
    [InlineData(1, "1 group of decisions is too few for an interval", 1e3)] // a taste that always decides
    [InlineData(2, "2 groups of decisions are too few for an interval", 1e3)]
    public void Of_fewer_than_five_groups_nothing_is_tested(int groups, string why, double more)
    {
        var result = RevealedPreference.Of([.. Choices(200, [1 + more]).Select((d, i) => d with { Cluster = i % groups })]);
        Assert.Equal(more > 0, result.AlwaysDecided);
        Assert.All(result.Attributes, a => Assert.Equal((null, null, null, why), (a.PValue, a.Coefficient.Low, a.Weight.High, a.Weight.Why)));
        Assert.Null(RevealedPreference.Line(result, "a0").PValue);
        Assert.StartsWith(groups == 1 ? "only 1 group of decisions that does not hang together" : $"only {groups} groups of decisions that do not hang together", result.Why, StringComparison.Ordinal);
        Assert.Contains("no interval and no test", result.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_chooses_by_lot_foretells_nothing_out_of_sample()
    {
        var result = RevealedPreference.Of(Choices(400, [0, 0, 0]));
        Assert.InRange(result.HitRate!.Value.OutOfSample, 0.18, 0.32);
        Assert.All(result.Attributes, a => Assert.True(a.PValue > 0.001));
    }

    [Fact]
    public void Something_that_goes_with_what_is_wanted_is_not_wanted_itself()
    {
        // 'also' is correlated .6 with a0, which alone is wanted
        var lot = new AddressedRandom(3, 5);
        var result = RevealedPreference.Of(Choices(600, [1], also: (s, j, x) => (0.6 * x) + (0.8 * lot.Normal(1, (uint)((4 * s) + j)))));
        Assert.True(result.Of("also")!.Coefficient.Low < 0 && result.Of("also")!.Coefficient.High > 0);
        Assert.True(result.Of("a0")!.Coefficient.Low > 0.6);
    }

    [Fact]
    public void A_red_bus_beside_a_blue_bus_breaks_the_model()
    {
        // two alternatives that are one: whoever wants a bus takes either by lot, so the buses' noise is common
        var lot = new AddressedRandom(8, 2);
        var decisions = Enumerable.Range(0, 3000).Select(s =>
        {
            double price = lot.Normal(1, (uint)s), car = lot.Normal(2, (uint)s);
            double Noise(uint j) => -Math.Log(-Math.Log(lot.Uniform(j, (uint)s)));
            var bus = (1.5 * price) + Noise(10);
            var chosen = (1.5 * car) + Noise(11) > bus ? 0 : 1 + lot.Index(12, (uint)s, 2);
            return new Decision("way", s % 50, true, chosen, [[("good", car)], [("good", price)], [("good", price)]]);
        }).ToArray();
        var result = RevealedPreference.Of(decisions, seed: 2);
        Assert.True(result.Independence < 0.05);
        Assert.Contains("in every menu that lacks one", result.Why, StringComparison.Ordinal);
        // what is good is wanted whichever alternative is left out, though not as much in each; the least of the three tests counts
        Assert.Equal(3, result.MenuWise!.Menus);
        var (least, most) = result.MenuWise.Range("good")!.Value;
        Assert.InRange(result.Of("good")!.Weight.Value!.Value, least - 0.1, most + 0.1);
        Assert.True(least > 0.8 && most > least);
        var line = RevealedPreference.Line(result, "good");
        Assert.Equal(result.MenuWise.PValue("good"), line.PValue);
        Assert.True(line.PValue >= result.Of("good")!.PValue && line.PValue < 1e-6);
        Assert.Equal(1, result.MenuWise.PValue("no such attribute"));
    }

    // Forty people decide once each, by the model, and each decision is on record five times: 200 rows tell no more than 40. By the difference of both variances, as if they did, 96 of 300 such
    // books rejected at 5%. Of 300, 5% is 15, with a standard deviation of 3.8.
    [Fact]
    public void Who_decides_often_alike_is_no_evidence_against_the_model()
    {
        var rejected = 0;
        for (var book = 0U; book < 300; book++)
        {
            var lot = new AddressedRandom(book, 9);
            double Noise(uint s, uint j) => -Math.Log(-Math.Log(lot.Uniform(100 + j, s)));
            var decisions = Enumerable.Range(0, 200).Select(i =>
            {
                var s = (uint)i / 5;
                double[] good = [.. Enumerable.Range(0, 4).Select(j => lot.Normal((uint)j, s))];
                var chosen = Enumerable.Range(0, 4).MaxBy(j => good[j] + Noise(s, (uint)j));
                return new Decision("way", (int)s, true, chosen, [.. good.Select(g => (IReadOnlyList<(string, double)>)[("good", g)])]);
            }).ToArray();
            rejected += RevealedPreference.Of(decisions, seed: book).Independence < 0.05 ? 1 : 0;
        }

        Assert.InRange(rejected, 4, 30);
    }

    /// <summary>
    /// Menus of a status quo and three changes, drawn by the closed form: gain is worth 1, staying as such .5, talk nothing. Gain has a part that all changes of a menu share, and
    /// talk goes with that part (correlation .8): taken to be as unlike as any two, changes make it look shunned.
    /// </summary>
    private static Decision[] Nested(double lambda, int count, ulong seed, double week = 0) => [.. Enumerable.Range(0, count).Select(s =>
    {
        var lot = new AddressedRandom(seed, 6);
        var shared = lot.Normal((uint)s, 0);
        double[] gain = [0, .. Enumerable.Range(1, 3).Select(j => shared + lot.Normal((uint)s, (uint)(2 * j)))];
        double[] inside = [.. gain.Skip(1).Select(g => Math.Exp(g / lambda))];
        var (at, chosen) = (lot.Uniform((uint)s, 1001) * inside.Sum(), 0);
        if (lot.Uniform((uint)s, 1000) < 1 / (1 + Math.Exp(0.5 - (lambda * Math.Log(inside.Sum())))))
        {
            for (chosen = 1; chosen < 3 && at >= inside[chosen - 1]; chosen++)
                at -= inside[chosen - 1];
        }

        return new Decision("way", s % 40, true, chosen, [.. gain.Select((g, j) => (IReadOnlyList<(string, double)>)
            [("gain", g), ("talk", j == 0 ? 0 : (0.8 * shared) + (0.6 * lot.Normal((uint)s, (uint)((2 * j) + 1)))), (Decision.StatusQuo, j == 0 ? 1 : 0)])]) { Week = week };
    })];

    [Fact]
    public void Without_the_status_quo_a_nest_is_noticed_that_a_place_by_lot_does_not_show()
    {
        // lambda .5: with one of the changes left out by lot p was .16, and talk, worth nothing, counted (p .006)
        var result = RevealedPreference.Of(Nested(0.5, 2000, 1));
        Assert.True(result.Independence < 1e-6);
        Assert.True(result.Nested!.Dissimilarity.Low < 0.5 && result.Nested.Dissimilarity.High > 0.5);
        Assert.True(result.Of("talk")!.PValue > 0.05);
        Assert.InRange(result.Of("gain")!.Coefficient.Value!.Value, 0.8, 1.2);
    }

    [Fact]
    public void What_was_learned_is_told_by_one_model()
    {
        // nothing is learned; only how alike changes are is not the same before (.9) and after (.25)
        var halves = LearnedPreference.BeforeAndAfter([.. Nested(0.9, 1200, 2), .. Nested(0.25, 1200, 12, 500)], 260);
        Assert.True(halves.Before.Nested is null && halves.After.Nested is not null);
        var line = LearnedPreference.Of(halves, "gain");
        Assert.True(line.PValue > 0.05);
        Assert.Equal(halves.After.Of("gain")!.Weight.Value, line.Estimate.Value);
        Assert.Equal($"learned: {halves.Before.LazyInNests.Value!.First(a => a.Code == "gain").Weight.Value:0.00} at first", line.Estimate.Why);
        // by ten deciders nothing is nested, before or after
        var few = LearnedPreference.BeforeAndAfter([.. Nested(0.9, 1200, 2).Select(d => d with { Cluster = d.Cluster % 10 }), .. Nested(0.25, 1200, 12, 500)], 260);
        Assert.Contains("only before, or only after", LearnedPreference.Of(few, "gain").Estimate.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_a_status_quo_what_would_change_something_is_a_nest()
    {
        // to stay, or to go to one of four places, drawn from the closed form with weights 1 and 0, staying worth .5, dissimilarity .25: which place is picked hangs on 'good' with 1 / .25 = 4
        // utils, whether to go with 1. The conditional logit has to make one number of the two.
        var lot = new AddressedRandom(4, 2);
        Decision[] decisions = [.. Enumerable.Range(0, 1500).Select(s =>
        {
            double[] good = [0, .. Enumerable.Range(1, 4).Select(j => lot.Normal(1, (uint)((5 * s) + j)))];
            double[] inside = [.. good.Skip(1).Select(g => Math.Exp(g / 0.25))];
            var (stay, go) = (Math.Exp(0.5), Math.Pow(inside.Sum(), 0.25));
            double[] p = [stay / (stay + go), .. inside.Select(w => go / (stay + go) * w / inside.Sum())];
            var (at, chosen) = (lot.Uniform(2, (uint)s), 0);
            while (at > p[chosen] && chosen < 4)
                at -= p[chosen++];
            return new Decision("relocation", s % 50, true, chosen, [.. good.Select((g, j) => (IReadOnlyList<(string, double)>)[("good", g), ("idle", j == 0 ? 0 : lot.Normal(3, (uint)((5 * s) + j))), (Decision.StatusQuo, j == 0 ? 1 : 0)])]);
        })];
        var result = RevealedPreference.Of(decisions);
        Assert.True(result.Independence < 0.001);
        Assert.Null(result.MenuWise);
        Assert.InRange(result.Nested!.Dissimilarity.Value!.Value, 0.2, 0.3);
        Assert.InRange(result.Of("good")!.Coefficient.Value!.Value, 0.85, 1.15);
        Assert.InRange(result.Of(Decision.StatusQuo)!.Coefficient.Value!.Value, 0.3, 0.7);
        Assert.True(result.Of("idle")!.PValue > 0.01);
        Assert.Contains("nest beside the status quo", result.Why, StringComparison.Ordinal);
        Assert.Equal(result.Of("good")!.PValue, RevealedPreference.Line(result, "good").PValue);
        // by few deciders the rule of every smaller menu stands, as errors by clusters are too small
        var few = RevealedPreference.Of([.. decisions.Select(d => d with { Cluster = d.Cluster % 10 })]);
        Assert.Null(few.Nested);
        Assert.NotNull(few.MenuWise);
    }

    [Fact]
    public void Where_leaving_one_out_changes_nothing_no_menus_are_cut() => Assert.Null(RevealedPreference.Of(Choices(600, [1, -0.5])).MenuWise);

    // a weight is 0 where its coefficient is: with many deciders and with few, interval and test say the same of both
    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(40)]
    public void An_interval_holds_0_exactly_where_its_test_is_silent(int deciders)
    {
        var excluded = 0;
        for (var seed = 1ul; seed <= 12; seed++)
        {
            var result = RevealedPreference.Of([.. Choices(80, [0.4, 0], seed).Select((d, i) => d with { Cluster = i % 3 == 0 ? 0 : i % deciders })]);
            foreach (var a in result.Attributes)
            {
                bool Excludes(Estimate e) => e.Low > 0 || e.High < 0;
                Assert.Equal(a.PValue < 0.05, Excludes(a.Coefficient));
                Assert.Equal(Excludes(a.Coefficient), Excludes(a.Weight));
                Assert.InRange(a.Weight.Value!.Value, a.Weight.Low!.Value, a.Weight.High!.Value);
                excluded += Excludes(a.Weight) ? 1 : 0;
            }
        }

        Assert.InRange(excluded, 1, 35);
    }

    [Fact]
    public void The_interval_of_a_weight_reaches_as_far_to_both_sides_where_it_is_not_near_0()
    {
        // both weigh a half, and are far from 0: the delta method's interval as it is
        var result = RevealedPreference.Of(Choices(600, [1, 1]));
        foreach (var a in new[] { "a0", "a1" })
        {
            var weight = result.Of(a)!.Weight;
            Assert.Equal(weight.High!.Value - weight.Value!.Value, weight.Value.Value - weight.Low!.Value, 1e-9);
            Assert.InRange(weight.High.Value - weight.Value.Value, 0.02, 0.1);
        }
    }

    [Fact]
    public void Intervals_of_weights_hold_the_truth()
    {
        // tastes 1, .6 and -.4: weights .5, .3 and -.2, a little less as the control takes a share; 40 samples of 300. Of 120 intervals 114 should
        var held = 0;
        for (var seed = 1ul; seed <= 40; seed++)
        {
            var result = RevealedPreference.Of(Choices(300, [1, 0.6, -0.4], seed));
            foreach (var (code, truth) in new[] { ("a0", 0.5), ("a1", 0.3), ("a2", -0.2) })
                held += result.Of(code)!.Weight is { Low: { } low, High: { } high } && low <= truth && truth <= high ? 1 : 0;
        }

        Assert.InRange(held, 108, 120);
    }

    [Fact]
    public void Four_deciders_have_no_interval()
    {
        var result = RevealedPreference.Of([.. Choices(100, [1]).Select((d, i) => d with { Cluster = i % 4 })]);
        Assert.All(result.Attributes, a => Assert.Equal((null, null, "4 groups of decisions are too few for an interval"), (a.PValue, a.Weight.Low, a.Weight.Why)));
    }

    [Fact]
    public void Too_few_decisions_have_no_figure()
    {
        var result = RevealedPreference.Of(Choices(7, [1, 1]));
        // two attributes and the control: 3 x 10
        Assert.Equal("too few (7 decisions; need 30)", result.Why);
        Assert.All(result.Attributes, a => Assert.False(a.Weight.Known));
        Assert.Null(RevealedPreference.Line(result, "a0").PValue);
    }

    [Fact]
    public void What_does_not_differ_within_menus_was_never_a_choice()
    {
        var result = RevealedPreference.Of(Choices(100, [1], also: (s, _, _) => s));
        Assert.Contains("never offered", result.Of("also")!.Note);
        Assert.Null(result.Of("also")!.PValue);
    }

    [Fact]
    public void Only_what_was_learned_votes()
    {
        Decision[] At(double week, Decision[] decisions) => [.. decisions.Select(d => d with { Week = week })];
        // a0 is wanted from the start and less later; a1 comes to be wanted
        Decision[] all = [.. At(0, Choices(300, [1, 0.05])), .. At(500, Choices(300, [0.6, 0.6], seed: 2))];
        var (set, learned) = (LearnedPreference.Of(all, "a0", 260), LearnedPreference.Of(all, "a1", 260));
        Assert.Equal(1, set.PValue);
        Assert.True(learned.PValue < 0.001 && learned.Direction == 1);
        Assert.Null(LearnedPreference.Of(At(0, Choices(300, [1])), "a0", 260).PValue);
        // what votes is the change, with the test's own standard error: p = 2 Phi(-|change| / error)
        var (before, after) = (RevealedPreference.Of(At(0, Choices(300, [1, 0.05]))), RevealedPreference.Of(At(500, Choices(300, [0.6, 0.6], seed: 2))));
        Assert.Equal(after.Of("a1")!.Weight.Value - before.Of("a1")!.Weight.Value, learned.Voting!.Value);
        Assert.Equal(learned.PValue!.Value, 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -learned.Voting.Value!.Value / ((learned.Voting.High!.Value - learned.Voting.Low!.Value) / 3.92)), 9);
        Assert.True(learned.OfChange);
        Assert.True(set.Voting!.Value < 0);
    }

    [Fact]
    public void Limits_are_said()
    {
        var few = RevealedPreference.Of([.. Choices(100, [1]).Select(d => d with { Cluster = d.Cluster % 3, MenuComplete = false })]);
        Assert.Contains("only 3 groups of decisions", few.Why);
        Assert.Contains("not whole", few.Why);
        Assert.Equal("no decision has two alternatives", RevealedPreference.Of([]).Why);
        Assert.Contains("no attribute", RevealedPreference.Of([new Decision("x", 0, true, 0, [[("a", 1)], [("b", 2)]])]).Why);
        Assert.Throws<ArgumentException>(() => RevealedPreference.Of([.. Choices(20, [1]), .. Choices(1, [1]).Select(d => d with { Kind = "other" })]));
    }
}
