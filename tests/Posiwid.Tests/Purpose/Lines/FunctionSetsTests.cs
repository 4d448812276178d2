using CsCheck;
using Posiwid.Purpose.KnownSystems;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class FunctionSetsTests
{
    private static readonly AddressedRandom Luck = new(2, 1);

    // K16. "All needed" and "any is enough" have one Shapley value and differ in all else.
    [Fact]
    public void And_Or_SameShapley_OtherLossesAndInteractions()
    {
        var (and, or) = (One(Games.And(3)), One(Games.Or(3)));
        Assert.All(and.Functions.Concat(or.Functions), f => Assert.Equal(1 / 3.0, f.Shapley.Value!.Value, 1e-12));
        Assert.All(and.Functions, f => Assert.Equal((1, 0), (f.KnockOutLoss.Value, f.Sufficiency.Value)));
        Assert.All(or.Functions, f => Assert.Equal((0, 1), (f.KnockOutLoss.Value, f.Sufficiency.Value)));
        Assert.All(and.Pairs, p => Assert.Equal(.5, p.Shapley.Value!.Value, 1e-12));
        Assert.All(or.Pairs, p => Assert.Equal(-.5, p.Shapley.Value!.Value, 1e-12));
        Assert.Equal(7u, Assert.Single(and.MinimalViable).Set);
        Assert.Equal([1u, 2u, 4u], and.MinimalCuts.Select(s => s.Set));
        Assert.Equal([1u, 2u, 4u], or.MinimalViable.Select(s => s.Set));
        Assert.Equal(7u, Assert.Single(or.MinimalCuts).Set);
    }

    [Fact]
    public void Glove()
    {
        var r = One(Games.Glove());
        Near([2 / 3.0, 1 / 6.0, 1 / 6.0], r.Functions.Select(f => f.Shapley));
        Near([1, 0, 0], r.Functions.Select(f => f.KnockOutLoss));
        Near([.5, .5, -.5], r.Pairs.Select(p => p.Shapley)); // L R1, L R2, R1 R2
        Assert.Equal([3u, 5u], r.MinimalViable.Select(s => s.Set));
        Assert.Equal([1u, 6u], r.MinimalCuts.Select(s => s.Set));
    }

    [Fact]
    public void Airport()
    {
        var r = One(Games.Airport(1, 2, 3));
        Near([1 / 3.0, 5 / 6.0, 11 / 6.0], r.Functions.Select(f => f.Shapley));
        Near([-.5, -.5, -1.5], r.Pairs.Select(p => p.Shapley));
    }

    // K17. With luck in every life: the dummy is worth nothing and in no minimal set; twins are not missed, but both together are.
    [Fact]
    public void DummyAndDuplicate_WithNoise()
    {
        var (covered, inSet) = (0, 0);
        for (uint block = 0; block < 100; block++)
        {
            var r = FunctionSets.Of(["a", "b", "c"], Games.WithNoise(Games.WithDummy(Games.And(2)), 60, .1, Luck with { Purpose = block }), resamples: 0);
            covered += Covers(r.Functions[2].Shapley, 0) + Covers(r.Functions[2].KnockOutLoss, 0);
            inSet += r.MinimalViable.Any(s => s.Names.Contains("c") && s.Names.Count > 2) ? 1 : 0;
        }

        Assert.InRange(covered, 180, 198); // of 200, 95 in 100
        Assert.Equal(0, inSet);

        var twins = One(Games.WithDuplicate(Games.And(2), 1));
        Near([1, 0, 0], twins.Functions.Select(f => f.KnockOutLoss));
        Assert.Equal([1u, 6u], twins.MinimalCuts.Select(s => s.Set));
        Assert.Equal([3u, 5u], twins.MinimalViable.Select(s => s.Set));
        Assert.True(twins.Pairs[2].InContext.Value < 0);
    }

    [Fact]
    public void Noise_AndIsFoundInMostResamples_AndIntervalsCover()
    {
        var r = Of(Games.WithNoise([.. Games.And(3).Select(v => 100 * v)], 30, 10, Luck));
        var whole = Assert.Single(r.MinimalViable, s => s.Named);
        Assert.Equal(["a", "b", "c"], whole.Names);
        Assert.InRange(whole.Frequency!.Value, .8, 1);
        Assert.All(r.Functions, f => Assert.InRange(100 / 3.0, f.Shapley.Low!.Value, f.Shapley.High!.Value));
        Assert.Equal(r.Resamples.Select(s => s.Count), Of(Games.WithNoise([.. Games.And(3).Select(v => 100 * v)], 30, 10, Luck)).Resamples.Select(s => s.Count));
    }

    [Fact]
    public void RandomWalk_NothingIsNecessary()
    {
        var r = Of(Games.RandomWalk(3, 200, 5, 100, Luck));
        Assert.All(r.Functions, f => Assert.InRange(0, f.KnockOutLoss.Low!.Value, f.KnockOutLoss.High!.Value));
        Assert.DoesNotContain(r.MinimalCuts, s => s.Named);
        Assert.Empty(r.Harmful);
    }

    // A function that costs 50 of 100 weeks wherever it is: said, in every place, and left out of what is enough.
    [Fact]
    public void HarmfulFunction_IsAFinding()
    {
        double[] game = [.. Enumerable.Range(0, 8).Select(s => 100.0 - ((s & 4) != 0 ? 50 : 0))];
        var r = Of(Games.WithNoise(game, 20, 5, Luck));
        Assert.Equal(4, r.Harmful.Count);
        Assert.All(r.Harmful, h => Assert.Equal("c", h.Name));
        Assert.True(r.Functions[2].KnockOutLoss.High < 0);
        Assert.Contains(r.MinimalViable, s => s.Named && s.Set == 0);
    }

    [Fact]
    public void ShapleyValues_SumToTheWhole() =>
        Gen.Double[-10, 10].Array[16].Sample(game =>
        {
            var r = FunctionSets.Of(["a", "b", "c", "d"], [.. game.Select(v => new[] { v })]);
            Assert.Equal(game[15] - game[0], r.Functions.Sum(f => f.Shapley.Value!.Value), 1e-9);
        }, iter: 200);

    // Backwards orders make the mean exact where contributions depend on the place in the order by a straight line; here the airport of ten.
    [Fact]
    public void Sampled_NearTheClosedForm()
    {
        double[] needs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var game = Games.Airport(needs);
        var asked = new HashSet<uint>();
        var r = FunctionSets.Sampled([.. needs.Select(n => $"{n}")], s => asked.Add(s) ? [game[s] - .1, game[s] + .1] : throw new InvalidOperationException("twice"), 400);
        var exact = 0.0;
        for (var i = 0; i < 10; i++)
        {
            exact += 1.0 / (10 - i); // each step of the runway is shared by those who need it
            Assert.Equal(exact, r[i].Shapley.Value!.Value, .35);
        }

        Assert.Equal(10, r.Sum(f => f.Shapley.Value!.Value), 1e-9);
        Assert.Equal(1, r[9].KnockOutLoss.Value!.Value, 1e-9);
    }

    // Two ways to live: {a, b} and {a, c}. With a tagged 1 and b, c tagged 5, all hold; with c tagged 1 the second way lacks 5.
    [Fact]
    public void Beer_CounterExamples()
    {
        var sets = One(Games.Glove());
        var holds = ViableSystem.Test(sets, ["1", "5", "5"]);
        Assert.True(holds.Holds);
        Assert.Equal(["2", "3", "3*", "4"], holds.Untested);
        var fails = ViableSystem.Test(sets, ["1", "5", "1"]);
        Assert.False(fails.Holds);
        var against = Assert.Single(fails.CounterExamples);
        Assert.Equal((5u, "5"), (against.Set.Set, against.Missing.Single()));
        Assert.Null(ViableSystem.Test(sets, ["1 2 3", "3* 4 5", "3* 4 5"]).Why);
        Assert.True(ViableSystem.Test(sets, ["1 2 3", "3* 4 5", "3* 4 5"]).Holds);
        Assert.Null(ViableSystem.Test(sets, [null, null, null]).Holds);
        Assert.Throws<ArgumentException>(() => ViableSystem.Test(sets, ["1", "5", "6"]));
    }

    [Fact]
    public void Beer_FrequencyOverResamples()
    {
        var sets = Of(Games.WithNoise([.. Games.And(3).Select(v => 100 * v)], 30, 10, Luck));
        Assert.Equal(1, ViableSystem.Test(sets, ["1 2", "3 3*", "4 5"]).Frequency);
    }

    [Fact]
    public void Refuses_WhatIsNotAllSubsets()
    {
        Assert.Throws<ArgumentException>(() => FunctionSets.Of(["a", "b"], [[1.0], [1], [1]]));
        Assert.Throws<ArgumentException>(() => FunctionSets.Of(["a"], [[1.0], [1, 2]]));
        Assert.Throws<ArgumentException>(() => FunctionSets.Of(["a"], [[double.NaN], [1]]));
    }

    private static int Covers(Posiwid.Purpose.Estimate e, double truth) => e.Low <= truth && truth <= e.High ? 1 : 0;

    private static FunctionSetsResult One(double[] game) => Of([.. game.Select(v => new[] { v })]);

    private static FunctionSetsResult Of(double[][] lives) =>
        FunctionSets.Of([.. Enumerable.Range(0, int.Log2(lives.Length)).Select(i => $"{(char)('a' + i)}")], lives, resamples: 200);

    private static void Near(double[] expected, IEnumerable<Posiwid.Purpose.Estimate> actual) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second.Value!.Value, 1e-12));
}
