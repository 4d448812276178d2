using CsCheck;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class SayDoGapTests
{
    private static SayDoEnd[] Weighed(double[] said, double[] done, double[][]? draws = null) =>
        [.. said.Select((s, i) => new SayDoEnd($"e{i}", null, s, done[i], draws?.Select(d => d[i]).ToArray()))];

    private static SayDoEnd[] Ranked(int[] said, double[] done) => [.. said.Select((s, i) => new SayDoEnd($"e{i}", s, null, done[i]))];

    // Said 50 30 10 10 0, done 20 20 20 20 20: gaps -30 -10 10 10 20 points.
    [Fact]
    public void Gaps_are_percentage_points()
    {
        var r = Assert.Single(SayDoGap.Of(Weighed([50, 30, 10, 10, 0], [3, 3, 3, 3, 3]), Revealed.Effort, acts: 1000));
        Assert.Equal([-30, -10, 10, 10, 20], r.Ends.Select(e => Math.Round(e.Gap.Value!.Value, 9)));
        Assert.Equal([1, 2, 3, 3, 5], r.Ends.Select(e => e.SaidRank!.Value));
        Assert.All(r.Ends, e => Assert.Equal(1, e.DoneRank));
        Assert.Contains("one rank", r.Tau.Why);
        Assert.True(r.Claimed);
        Assert.Equal("no resamples", r.Ends[0].Gap.Why);
    }

    // Ranks 1..5: rank-sum 5 4 3 2 1 of 15, equal step 4 3 2 1 0 of 10.
    [Fact]
    public void Ranks_give_two_assumed_weights()
    {
        var r = SayDoGap.Of(Ranked([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]), Revealed.Defense, acts: 100);
        Assert.Equal([StatedWeights.RankSum, StatedWeights.EqualStep], r.Select(x => x.Weights));
        Assert.Equal([5 / 15.0, 4 / 15.0, 3 / 15.0, 2 / 15.0, 1 / 15.0], r[0].Ends.Select(e => e.Said!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([.4, .3, .2, .1, 0], r[1].Ends.Select(e => e.Said!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0, r[0].Divergence.Value!.Value, 12);
        Assert.Equal((1.0, 2 / 120.0), (r[1].Tau.Value, r[1].TauP));
    }

    // Ranks 1, 3, 3 and 6 of which an end that nobody measured has rank 2: counted anew 1, 2.5, 2.5, 4 with rank-sum 4, 2.5, 2.5, 1 of 10.
    [Fact]
    public void Only_ends_on_both_sides_count()
    {
        SayDoEnd[] ends = [.. Ranked([1, 3, 3, 6], [1, 1, 1, 1]), new("unmeasured", 2, null, null), new("unstated", null, null, 9)];
        var r = SayDoGap.Of(ends, Revealed.Effort)[0];
        Assert.Equal([.4, .25, .25, .1], r.Ends.Take(4).Select(e => e.Said!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(("not revealed", "not stated"), (r.Ends[4].Gap.Why, r.Ends[5].Gap.Why));
        Assert.Contains("read the two rankings", r.Why);
        Assert.False(r.Tau.Known || r.Divergence.Known);
    }

    [Fact]
    public void What_is_made_worse_or_chosen_against_has_no_weight()
    {
        var r = SayDoGap.Of(Weighed([1, 1, 1, 1, 1], [-.5, 0, .2, .2, .6]), Revealed.Defense)[0];
        Assert.Equal([0, 0, .2, .2, .6], r.Ends.Select(e => e.Done!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Null(r.Claimed);
        Assert.Contains("how many acts", r.Why);
    }

    // Nothing is a sample on either side: the null point is 0, and the same shares are still no gap.
    [Fact]
    public void The_same_shares_without_chance_are_no_gap()
    {
        var r = SayDoGap.Of(Weighed([.1, .2, .3, .3, .1], [1, 2, 3, 3, 1]), Revealed.Effort, acts: double.PositiveInfinity)[0];
        Assert.Equal((0.0, false), (r.DivergenceNull95, r.Claimed));
    }

    // Methods, 1e: a thermostat that says comfort has one end.
    [Fact]
    public void Nothing_to_compare_has_a_reason()
    {
        var one = SayDoGap.Of([new("comfort", 1, null, 1)], Revealed.Effort)[0];
        Assert.Contains("only comfort", one.Why);
        Assert.False(one.Tau.Known || one.Divergence.Known || one.Ends[0].Gap.Known);
        Assert.Contains("no end is both", SayDoGap.Of([], Revealed.Effort)[0].Why);
        Assert.Contains("nothing is revealed", SayDoGap.Of(Ranked([1, 2], [-1, 0]), Revealed.Defense)[0].Why);
    }

    [Fact]
    public void Impossible_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SayDoGap.Of([new("a", 1, null, 1), new("a", 2, null, 1)], Revealed.Effort));
        Assert.Throws<ArgumentException>(() => SayDoGap.Of([new("a", 0, null, 1)], Revealed.Effort));
        Assert.Throws<ArgumentException>(() => SayDoGap.Of([new("a", 1, null, -1)], Revealed.Effort));
        Assert.Throws<ArgumentException>(() => SayDoGap.Of([new("a", 1, null, double.NaN)], Revealed.Choice));
        Assert.Throws<ArgumentException>(() => SayDoGap.Of([new("a", 1, null, 1), new("b", null, .5, 1)], Revealed.Effort));
        Assert.Throws<ArgumentException>(() => SayDoGap.Of([new("a", 1, null, 1, [1, 2]), new("b", 2, null, 1, [1])], Revealed.Effort));
    }

    [Fact]
    public void Doing_as_said_agrees_and_the_reverse_disagrees() =>
        Gen.Shuffle(new[] { 1, 2, 4, 8, 16, 32 }).Sample(w =>
        {
            double[] said = [.. w.Select(v => (double)v)];
            var same = SayDoGap.Of(Weighed(said, [.. said.Select(v => 7 * v)]), Revealed.Effort, acts: 500)[0];
            var turned = SayDoGap.Of(Weighed(said, [.. said.Select(v => 1 / v)]), Revealed.Effort, acts: 500)[0];
            return Math.Abs(same.Tau.Value!.Value - 1) < 1e-12 && same.Divergence.Value < 1e-12 && same.Claimed == false
                && Math.Abs(turned.Tau.Value!.Value + 1) < 1e-12 && turned.Claimed == true && turned.TauP < .05
                && Math.Abs(turned.Ends.Sum(e => e.Gap.Value!.Value)) < 1e-9;
        }, iter: 20);

    // 60 acts are drawn from what is said, and resampled: the gap of an end is 0 in truth. And 60 from even shares, unrelated to what is said.
    [Fact]
    public void Where_there_is_no_gap_the_interval_holds_0()
    {
        double[] said = [.3, .25, .2, .12, .08, .05], even = [1, 1, 1, 1, 1, 1];
        var (covered, gaps, claimed, tauCovered, small, runs) = (0, 0, 0, 0, 0, 60u);
        for (uint run = 0; run < runs; run++)
        {
            var r = Sampled(said, said, run);
            covered += r.Ends.Count(e => e.Gap.Low <= 0 && e.Gap.High >= 0);
            gaps += r.Ends.Count;
            claimed += r.Claimed == true ? 1 : 0;
            var unrelated = Sampled(said, even, run + 1000);
            tauCovered += unrelated.Tau.Low <= 0 && unrelated.Tau.High >= 0 ? 1 : 0;
            small += unrelated.TauP <= .05 ? 1 : 0;
        }

        Assert.InRange(covered / (double)gaps, .90, .98);
        Assert.InRange(claimed, 0, 8); // 3 of 60, three standard deviations of 1.7
        Assert.InRange(tauCovered, 51, 60);
        Assert.InRange(small, 0, 8);
    }

    private static SayDoGapResult Sampled(double[] said, double[] truth, uint run)
    {
        var random = new AddressedRandom(run, 5);
        var acts = Enumerable.Range(0, 60).Select(i => Draw(truth, random.Uniform(9999, (uint)i))).ToArray();
        double[][] draws = [.. Enumerable.Range(0, 200).Select(d => Count(Enumerable.Range(0, 60).Select(i => acts[random.Index((uint)d, (uint)i, 60)])))];
        return SayDoGap.Of(Weighed(said, Count(acts), draws), Revealed.Effort, seed: run)[0];

        double[] Count(IEnumerable<int> drawn)
        {
            var counts = new double[truth.Length];
            foreach (var e in drawn)
                counts[e]++;
            return counts;
        }
    }

    private static int Draw(double[] shares, double u)
    {
        u *= shares.Sum();
        var i = 0;
        for (; i < shares.Length - 1 && u > shares[i]; i++)
            u -= shares[i];
        return i;
    }
}
