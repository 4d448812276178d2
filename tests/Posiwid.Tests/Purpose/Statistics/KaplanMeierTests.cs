using CsCheck;
using Posiwid.Purpose.Statistics;
using Posiwid.Tests.Purpose.Golden;

namespace Posiwid.Tests.Purpose.Statistics;

public class KaplanMeierTests
{
    private static readonly GoldenFile R = new("survival.json");
    private static readonly double[] Start = R.Numbers("d1.start"), Stop = R.Numbers("d1.stop");
    private static readonly bool[] Event = R.Flags("d1.event");

    // K23. Twelve spells, the entry ignored: n = 12, 11, 10, 9, so S(30) = 11/12 * 10/11 * 9/10 * 8/9 = 8/12.
    [Fact]
    public void WithoutEntry_AsR()
    {
        var curve = KaplanMeier.Of([], Stop, Event);
        Same(curve, "d1_without_entry");
        var thirty = curve.At(30);
        Assert.Equal(8 / 12.0, thirty.Value!.Value, 1e-12);
        Assert.Equal(.3370189325, thirty.Low!.Value, 1e-9);
        Assert.Equal(.8597117991, thirty.High!.Value, 1e-9);
        Assert.Equal((47, 13, 80), (curve.Median.Value, curve.Median.Low, curve.Median.High));
        Assert.Equal(41.7, curve.RestrictedMean(60, out var se).Value!.Value, 1e-12);
        Assert.Equal(5.592753146, se, 1e-9);
    }

    // K23. Four came later, so eight are at risk at 6: S(6) = 7/8.
    [Fact]
    public void WithEntry_AsR()
    {
        var curve = KaplanMeier.Of(Start, Stop, Event);
        Same(curve, "d1_with_entry");
        Assert.Equal(8, curve.AtRisk[0]);
        Assert.Equal(.875, curve.At(6).Value);
        Assert.Equal(.57421875, curve.At(30).Value!.Value, 1e-12);
        Assert.Equal(.1345825195, curve.At(80).Value!.Value, 1e-9);
        Assert.Equal(R.Numbers("d1_with_entry.rmst60")[0], curve.RestrictedMean(60, out var se).Value!.Value, 1e-10);
        Assert.Equal(R.Numbers("d1_with_entry.rmst60")[1], se, 1e-10);
    }

    // K13.
    [Fact]
    public void Lung_AsR()
    {
        double[] time = R.Numbers("lung.time"), sex = R.Numbers("lung.sex");
        var dead = R.Flags("lung.dead");
        var all = KaplanMeier.Of([], time, dead);
        Same(all, "lung_all");
        Assert.Equal(R.Numbers("lung_all.median"), new[] { all.Median.Value!.Value, all.Median.Low!.Value, all.Median.High!.Value });
        foreach (var s in new[] { 1, 2 })
        {
            var of = Enumerable.Range(0, time.Length).Where(i => sex[i] == s).ToArray();
            var curve = KaplanMeier.Of([], of.Select(i => time[i]).ToArray(), of.Select(i => dead[i]).ToArray());
            var mean = curve.RestrictedMean(365, out var se);
            Assert.Equal(s == 1 ? 241.4950852 : 297.4654095, mean.Value!.Value, 1e-6);
            Assert.Equal(s == 1 ? 10.35822649 : 10.79132398, se, 1e-6);
        }
    }

    [Fact]
    public void Lung_WithEntry_AsR_WholeTimesAndOthersAlike()
    {
        double[] from = R.Numbers("lung.from"), to = R.Numbers("lung.to");
        var dead = R.Flags("lung.dead");
        var whole = KaplanMeier.Of(from, to, dead);
        Same(whole, "lung_late");
        Assert.Equal(R.Numbers("lung_late.rmst750")[0], whole.RestrictedMean(750, out var se).Value!.Value, 1e-8);
        Assert.Equal(R.Numbers("lung_late.rmst750")[1], se, 1e-8);

        var eighths = KaplanMeier.Of(Array.ConvertAll(from, t => t / 8), Array.ConvertAll(to, t => t / 8), dead);
        Assert.Equal(whole.Survival, eighths.Survival);
        Assert.Equal(whole.AtRisk, eighths.AtRisk);
        var single = KaplanMeier.Of(Array.ConvertAll(from, t => (float)t / 8), Array.ConvertAll(to, t => (float)t / 8), dead);
        Assert.Equal(whole.Survival, single.Survival);
    }

    // 1 of 1 at risk leaves at week 1; ten others are seen from week 2 on. Without the rule S is 0 for ever; with it the curve starts at 2.
    [Fact]
    public void RiskSetCollapse_IsSeen_AndTheCurveCanStartWhereTenAreAtRisk()
    {
        double[] entry = [0, .. Enumerable.Repeat(2.0, 10)], exit = [1, 5, .. Enumerable.Repeat(9.0, 9)];
        bool[] happened = [true, true, .. Enumerable.Repeat(false, 9)];
        var collapsed = KaplanMeier.Of(entry, exit, happened);
        Assert.Equal(1, collapsed.CollapsedAt);
        Assert.Contains("fell to 0 before", collapsed.At(6).Why);
        var curve = KaplanMeier.Of(entry, exit, happened, minAtRisk: 10);
        Assert.Equal(2, curve.Start);
        Assert.Equal(.9, curve.At(6).Value!.Value, 1e-12);
        Assert.Equal(2 + 3 + .9 * 4, curve.RestrictedMean(9).Value!.Value, 1e-12);
        Assert.False(curve.At(1).Known);
        Assert.False(KaplanMeier.Of(entry, exit, happened, minAtRisk: 11).Median.Known);
    }

    // Members who leave at a constant .01 a week, seen only from the week the register begins: leaving out the entry flatters.
    [Fact]
    public void IgnoringEntry_Flatters()
    {
        var random = new AddressedRandom(5, 1);
        var (entry, exit) = (new List<double>(), new List<double>());
        for (uint i = 0; i < 20_000; i++)
        {
            var (age, life) = (200 * random.Uniform(i, 0), -100 * Math.Log(random.Uniform(i, 1)));
            if (life <= age)
                continue;
            entry.Add(age);
            exit.Add(life);
        }

        var all = Enumerable.Repeat(true, exit.Count).ToArray();
        Assert.Equal(Math.Exp(-.52), KaplanMeier.Of(entry.ToArray(), exit.ToArray(), all, 10).At(52).Value!.Value, .02);
        Assert.True(KaplanMeier.Of([], exit.ToArray(), all).At(52).Value > Math.Exp(-.52) + .1);
    }

    [Fact]
    public void AllCensored_NotReached_AndNothingAfterTheLastExit()
    {
        var curve = KaplanMeier.Of([], [3.0, 4], [false, false]);
        Assert.Equal("not reached", curve.Median.Why);
        Assert.Equal((1, "no event yet"), (curve.At(3).Value, curve.At(3).Why));
        Assert.False(curve.At(5).Known);
        Assert.False(curve.RestrictedMean(5).Known);
        Assert.Equal(4, curve.RestrictedMean(4).Value);
        Assert.Null(curve.RestrictedMean(4).Low);
        Assert.Null(curve.CutAt(1));
        var fractions = KaplanMeier.Of([.5, .5], [3.25, 4], [false, false]);
        Assert.Equal("not reached", fractions.Median.Why);
    }

    // Ten are followed from 0; nine are lost from view, the last leaves at 20 as the only one at risk, 1 - 1/1 = 0; fifteen come on record at 30 and five of them leave: that half had gone by 20 is not known.
    [Fact]
    public void ACurveThatFellTo0TooEarly_HasNoMedian()
    {
        var curve = KaplanMeier.Of(
            [.. Enumerable.Repeat(0.0, 10), .. Enumerable.Repeat(30.0, 15)], [.. Enumerable.Range(1, 9).Select(i => (double)i), 20, .. Enumerable.Range(40, 15).Select(i => (double)i)],
            [.. Enumerable.Repeat(false, 9), .. Enumerable.Repeat(true, 6), .. Enumerable.Repeat(false, 10)], 10);
        Assert.Equal(20, curve.CollapsedAt);
        Assert.Equal((null, curve.At(20).Why), (curve.Median.Value, curve.Median.Why));
        // a time before that is known: five of ten leave at 5, the others at 20, and 30 is too late for those who are left
        var half = KaplanMeier.Of([.. Enumerable.Repeat(0.0, 10), 30], [5, 5, 5, 5, 5, 20, 20, 20, 20, 20, 40], [.. Enumerable.Repeat(true, 11)], 10);
        Assert.Equal((5, 20), (half.Median.Value, half.CollapsedAt));
    }

    [Theory]
    [InlineData(0.0, double.NaN)]
    [InlineData(0.0, -1.0)]
    [InlineData(2.0, 2.0)]
    [InlineData(double.NaN, 2.0)]
    [InlineData(-1.0, 2.0)]
    [InlineData(0.0, double.PositiveInfinity)]
    public void ImpossibleTimes_AreRefused(double entry, double exit) =>
        Assert.StartsWith("Spell 0", Assert.Throws<ArgumentException>(() => KaplanMeier.Of([entry], [exit], [true])).Message);

    [Fact]
    public void NoSpells_AreRefused() => Assert.Throws<ArgumentException>(() => KaplanMeier.Of([], Array.Empty<double>(), []));

    // The definition, n(t) counted one by one, on random spells with ties; and small k cuts the curve where fewer are at risk.
    [Fact]
    public void AsTheDefinition_OnRandomSpells() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[1, 30], Gen.Bool, Gen.Bool).Array[1, 60].Sample(rows =>
        {
            var unit = rows[0].Item4 ? 1 : .1;
            var entry = rows.Select(r => r.Item1 * unit).ToArray();
            var exit = rows.Select((r, i) => (r.Item1 + r.Item2) * unit).ToArray();
            var happened = rows.Select(r => r.Item3).ToArray();
            var curve = KaplanMeier.Of(entry, exit, happened);
            var s = 1.0;
            var row = 0;
            foreach (var t in exit.Where((_, i) => happened[i]).Distinct().Order())
            {
                var n = entry.Where((e, i) => e < t && t <= exit[i]).Count();
                var d = exit.Where((e, i) => e == t && happened[i]).Count();
                s *= (n - d) / (double)n;
                Assert.Equal((t, n, d), (curve.Times[row], curve.AtRisk[row], curve.Events[row]));
                Assert.Equal(s, curve.Survival[row++], 1e-12);
            }

            Assert.Equal(row, curve.Times.Length);
        }, iter: 500);

    [Fact]
    public void RadixSort_Sorts() =>
        Gen.ULong.Array[0, 5000].Sample(keys =>
        {
            var (sorted, mine) = ((ulong[])keys.Clone(), (ulong[])keys.Clone());
            Array.Sort(sorted);
            RadixSort.Sort(mine);
            Assert.Equal(sorted, mine);
        }, iter: 60);

    private static void Same(SurvivalCurve curve, string name)
    {
        Assert.Equal(R.Numbers(name + ".time"), curve.Times);
        Assert.Equal(R.Numbers(name + ".risk"), curve.AtRisk.ToArray().Select(n => (double)n));
        Assert.Equal(R.Numbers(name + ".events"), curve.Events.ToArray().Select(n => (double)n));
        double[] s = R.Numbers(name + ".survival"), se = R.Numbers(name + ".se"), low = R.Numbers(name + ".low"), high = R.Numbers(name + ".high");
        for (var i = 0; i < s.Length; i++)
        {
            Assert.Equal(s[i], curve.Survival[i], 1e-10);
            if (s[i] == 0)
                continue;
            Assert.Equal(se[i], curve.StandardError(i)!.Value, 1e-10);
            Assert.Equal(low[i], curve.InRow(i).Low!.Value, 1e-9);
            Assert.Equal(high[i], curve.InRow(i).High!.Value, 1e-9);
        }
    }
}
