using Posiwid.Simulation.Claims;

namespace Posiwid.Tests.Simulation.Claims;

/// <summary>The rules by which a claim holds, on figures given by hand.</summary>
public class ClaimVerdictsTests
{
    private static readonly FigureSpec Figure = new() { Of = ["members"] };

    private static ClaimResult Decide(TestSpec test, double[] own, double[]? other = null) => Decide([test], own, other);

    private static ClaimResult Decide(TestSpec[] tests, double[] own, double[]? other = null)
    {
        var figures = new ClaimFigures(own.Length);
        figures.Put(new FigureKey("a", Figure, null, null), [.. own.Select(v => new[] { v })]);
        if (other is not null)
            figures.Put(new FigureKey("baseline", Figure, null, null), [.. other.Select(v => new[] { v })]);
        return ClaimVerdicts.Of("C", new ClaimSpec { Kind = ClaimKind.Emergent, Claim = "c", HoldsIf = "h", Tests = tests }, figures);
    }

    private static double[] Alternating(double a, double b, int count = 20) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? a : b)];

    private static TestSpec Alone(double? least = null, double? most = null) => new() { Arm = "a", Figure = Figure, AtLeast = least, AtMost = most };

    private static TestSpec Pairs(Comparison compare, double? least = null, double? most = null) => Alone(least, most) with { Than = new OtherSpec(), Compare = compare };

    [Theory]
    [InlineData(2, true)] // 18 of 20 runs: 90%
    [InlineData(3, false)] // 17 of 20
    public void Runs_against_a_bound(int above, bool holds)
    {
        var claim = Decide(Alone(most: 1), [.. Enumerable.Range(0, 20).Select(i => i < above ? 2.0 : 0)]);
        Assert.Equal((holds, 0.0), (claim.Holds, claim.Figure.Value)); // the median run has 0
        Assert.Contains($"at most 1 in {20 - above} of 20 runs", claim.Tests[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_of_runs_can_be_bounded_from_above() =>
        Assert.Equal((true, false), (
            Decide(Alone(least: 1) with { RunsAtMost = 0.2 }, [.. Enumerable.Range(0, 20).Select(i => i < 4 ? 1.0 : 0)]).Holds,
            Decide(Alone(least: 1) with { RunsAtMost = 0.2 }, [.. Enumerable.Range(0, 20).Select(i => i < 5 ? 1.0 : 0)]).Holds));

    [Fact]
    public void Runs_without_a_figure_are_left_out_and_too_few_tell_nothing()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 0 : double.NaN)];
        Assert.True(Decide(Alone(most: 1), values).Holds);
        values[0] = double.NaN;
        var claim = Decide(Alone(most: 1), values);
        Assert.Null(claim.Holds);
        Assert.Equal("a: 0 [0..0] from fewer than ten runs (9 of 20 runs have such a figure)", claim.Why);
        Assert.Equal(0.0, claim.Figure.Value); // shown, though it decides nothing
        Assert.Equal(((double?)null, "a: fewer than ten runs (0 of 20 runs have such a figure)"), (Decide(Alone(most: 1), Alternating(double.NaN, double.NaN)) is var none ? (none.Figure.Value, none.Why) : default));
    }

    [Fact]
    public void A_difference_that_is_asked_for_must_be_large_and_beyond_doubt()
    {
        // ratios 2 and 1.4 of pairs (10; 20 or 14): mean 1.7
        Assert.True(Decide(Pairs(Comparison.Ratio, least: 1.5), Alternating(20, 14), Alternating(10, 10)).Holds);
        Assert.False(Decide(Pairs(Comparison.Ratio, least: 2.5), Alternating(20, 14), Alternating(10, 10)).Holds);
        // a mean of 1.5 that might be nothing: pairs of 33 and -3 against 10
        Assert.Null(Decide(Pairs(Comparison.Ratio, least: 1.2), Alternating(63, -33), Alternating(10, 10)).Holds);
        // large enough, on the wrong side
        Assert.False(Decide(Pairs(Comparison.Difference, most: -0.2), Alternating(0.5, 0.6), Alternating(0.1, 0.1)).Holds);
    }

    [Fact]
    public void A_difference_that_is_limited_must_lie_within_with_all_its_interval()
    {
        Assert.True(Decide(Pairs(Comparison.Ratio, least: 0.9, most: 1.1), Alternating(10, 10.2), Alternating(10, 10)).Holds);
        Assert.False(Decide(Pairs(Comparison.Ratio, least: 0.9, most: 1.1), Alternating(14, 14.2), Alternating(10, 10)).Holds);
        Assert.Null(Decide(Pairs(Comparison.Ratio, least: 0.9, most: 1.1), Alternating(4, 16), Alternating(10, 10)).Holds);
        // within five points or above
        Assert.True(Decide(Pairs(Comparison.Difference, least: -0.05), Alternating(1, 1), Alternating(1, 0)).Holds);
    }

    [Fact]
    public void A_claim_needs_all_of_its_tests_and_one_of_a_choice()
    {
        var (met, missed, open) = (Alone(most: 1), Alone(least: 1), Alone(most: 1) with { Arm = "baseline" });
        double[] own = Alternating(0, 0);
        double[] unknown = Alternating(double.NaN, double.NaN);
        bool? Holds(params TestSpec[] tests) => Decide(tests, own, unknown).Holds;
        Assert.Equal((true, false, null, false), (Holds(met, met), Holds(met, missed), Holds(met, open), Holds(open, missed)));
        Assert.Equal((true, false, null), (Holds(new TestSpec { AnyOf = [missed, met] }), Holds(new TestSpec { AnyOf = [missed, missed] }), Holds(new TestSpec { AnyOf = [missed, open] })));
    }

    [Fact]
    public void Distances_are_half_the_sum_of_differences_and_can_be_divided()
    {
        var (late, early) = (new FigureSpec { Take = Take.HoursByEnd, From = new(1990, 1, 1) }, new FigureSpec { Take = Take.HoursByEnd });
        var figures = new ClaimFigures(12);
        double[][] Same(params double[] shares) => [.. Enumerable.Repeat(shares, 12)];
        figures.Put(new FigureKey("a", late, null, null), Same(0.5, 0.5, 0));
        figures.Put(new FigureKey("baseline", late, null, null), Same(0.4, 0.5, 0.1)); // distance .1
        figures.Put(new FigureKey("a", early, null, null), Same(0.9, 0.1, 0));
        figures.Put(new FigureKey("baseline", early, null, null), Same(0.1, 0.4, 0.5)); // distance .8
        var test = new TestSpec
        {
            Arm = "a",
            Figure = late,
            Than = new OtherSpec(),
            Compare = Comparison.Distance,
            AtMost = 0.25,
            Over = new DistanceSpec { Arm = "a", Figure = early, Than = new OtherSpec() },
        };
        var claim = ClaimVerdicts.Of("C", new ClaimSpec { Kind = ClaimKind.Emergent, Claim = "c", HoldsIf = "h", Tests = [test] }, figures);
        Assert.Equal((true, 0.125), (claim.Holds, Math.Round(claim.Figure.Value!.Value, 9)));
        Assert.False(ClaimVerdicts.Of("C", claim.Claim with { Tests = [test with { AtMost = 0.1 }] }, figures).Holds);
    }

    [Fact]
    public void What_is_defended_has_a_lower_limit_of_D_above_the_bound()
    {
        var spec = new DefenseSpec { Of = "payroll_coverage", Day = new(1996, 1, 1), Disturbance = "members" };
        bool? Holds(double live, double replayed)
        {
            var figures = new ClaimFigures(20);
            figures.Put(new FigureKey("a", null, null, spec), [.. Enumerable.Range(0, 20).Select(i => new[] { live + (i % 2 * 0.1), replayed + (i % 2 * 0.1) })]);
            return ClaimVerdicts.Of("C", new ClaimSpec { Kind = ClaimKind.Emergent, Claim = "c", HoldsIf = "h", Tests = [new TestSpec { Arm = "a", Defense = spec, AtLeast = 0.2 }] }, figures).Holds;
        }

        Assert.True(Holds(-1, -4)); // three quarters made good
        Assert.False(Holds(-4, -4)); // nothing
        Assert.Null(Holds(-0.05, -0.05)); // never moved
    }
}
