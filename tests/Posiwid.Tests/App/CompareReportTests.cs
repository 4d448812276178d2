using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Tests.App;

/// <summary>What the report of a comparison draws, and what is one click away, is what the two sides gave: worked out by hand.</summary>
public class CompareReportTests
{
    /// <summary>Three runs over two years with two samples each; each value is that of a year.</summary>
    private static Summary Side(float[][] members, float[][] belief, params RunResult[] ends)
    {
        static float[][] Samples(float[][] years, float apart) => [.. years.Select(y => new[] { y[0] - apart, y[0] + apart, y[1] - (2 * apart), y[1] + (2 * apart) })];
        return Synthetic.Summary(Synthetic.Ensemble(new() { ["members"] = Samples(members, 1), ["belief"] = Samples(belief, 1 / 64f) }, ends));
    }

    // the third run of the changed side ends in week 52, at the end of the first year: it has no members in the second, and no belief
    private static readonly PairedComparison Comparison = new(
        Side([[101, 105], [111, 115], [121, 125]], [[.125f, .125f], [.25f, .25f], [.375f, .375f]], Synthetic.Run(), Synthetic.Run(), Synthetic.Run()),
        Side([[111, 95], [131, 101], [151, float.NaN]], [[.25f, .0625f], [.5f, .125f], [.75f, float.NaN]], Synthetic.Run(), Synthetic.Run(), Synthetic.Run(Fate.Dissolved, 52)));

    private static readonly string Page = CompareReport.Of(Comparison, "x", "y", []);

    private static readonly IReadOnlyDictionary<string, ReportFigure> Figures = ReportFigure.Of(Page);

    [Fact]
    public void Every_link_leads_somewhere() => ReportFigure.LinksLeadSomewhere(Page);

    [Fact]
    public void A_difference_that_rounds_to_zero_has_no_sign() => Assert.Equal("0 [0..0] (0.08)", ComparePage.Cell(new Difference(Comparison.Measures[0], 2001, 3, .08, Posiwid.Purpose.Estimate.Of(-1e-5, -3e-4, 2e-4))));

    // of five pairs that were planned, three
    [Fact]
    public void An_interrupted_comparison_says_so()
    {
        Assert.Contains("<p class=\"sub\">3 pairs of runs with the same luck.", Page, StringComparison.Ordinal);
        var cut = new PairedComparison(Of(Comparison.Baseline), Of(Comparison.Changed));
        Assert.Contains("<p class=\"sub\">3 of 5 pairs of runs (interrupted) with the same luck.", CompareReport.Of(cut, "x", "y", []), StringComparison.Ordinal);
        Assert.Contains(ComparePage.Of(cut, "x", "y", 110), l => l.Text.Contains("over 3 of 5 pairs of runs (interrupted)", StringComparison.Ordinal));

        static Summary Of(Summary whole) => Synthetic.Summary(whole.Result with { Planned = 5 });
    }

    [Fact]
    public void Every_curve_is_that_of_its_side()
    {
        Assert.Equal(["alive", "belief", "belief-difference", "members", "members-difference"], Figures.Keys.Order());
        Both("alive", [2001, 1, 1], [2002, 1, 0.6667]);
        Both("members", [2001, 111, 131], [2002, 115, 65.33]); // (95 + 101 + 0) / 3
        Both("belief", [2001, 0.25, 0.5], [2002, 0.25, 0.09375]); // of the two that are left

        static void Both(string figure, params double?[][] rows)
        {
            Figures[figure].Shows(["year", "baseline", "changed"], rows);
            Assert.Equal(["baseline", "changed"], Figures[figure].Drawn.Keys);
            Assert.Equal(rows.Select(r => new[] { r[0], r[1] }), Figures[figure].Drawn["baseline"]);
            Assert.Equal(rows.Select(r => new[] { r[0], r[2] }), Figures[figure].Drawn["changed"]);
        }
    }

    // members: 10, 20, 30 in the first year, so 20 with a standard error of 5.774, and t with 2 degrees of freedom is 4.303; -10, -14, -125 in the second, 37.68. Belief: 1/8, 1/4, 3/8 (.0722); then only
    // -1/16 and -1/8, .03125, and with 1 degree 12.71
    [Fact]
    public void Every_difference_has_its_own_interval()
    {
        Band("members-difference", [2001, 20, -4.841, 44.84], [2002, -49.67, -211.8, 112.5]);
        Band("belief-difference", [2001, 0.25, -0.06052, 0.5605], [2002, -0.09375, -0.4908, 0.3033]);

        static void Band(string figure, params double?[][] rows)
        {
            Figures[figure].Shows(["year", "difference", "2.5%", "97.5%"], rows);
            Assert.Equal(["95% interval", "difference"], Figures[figure].Drawn.Keys.Order());
            Assert.Equal(rows.Select(r => new[] { r[0], r[1] }), Figures[figure].Drawn["difference"]);
            Assert.Equal(rows.Select(r => new[] { r[0], r[2], r[3] }), Figures[figure].Drawn["95% interval"]);
        }
    }

    // where there are fewer than four years, all of them
    [Fact]
    public void The_table_has_a_row_for_every_measure_and_its_years()
    {
        Assert.Equal([2001, 2002], ComparePage.Years(Comparison));
        var table = Assert.Single(ReportFigure.Tables(Page, "table"));
        Assert.Equal(["", "2001", "2002"], table[0]);
        Assert.Equal(
            [["members", "+20 [-4.8..+45] (111)", "-50 [-212..+112] (115)"], ["belief", "+0.25 [-0.061..+0.56] (0.25)", "-0.094 [-0.49..+0.3] (0.19)"]],
            table.Skip(1)); // in brackets, the baseline of the runs that are compared
    }
}
