using Posiwid.App.Commands;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.App;

/// <summary>The report of claims has no charts but tables: they hold what each claim's own runs gave.</summary>
public class ClaimsReportTests
{
    private const int Runs = 21;

    private static readonly FigureSpec Members = new() { Of = ["members"] }, Alive = new() { Take = Take.Alive };

    private static TestSpec Test(string arm, FigureSpec figure, double? least = null, double? most = null) => new() { Arm = arm, Figure = figure, AtLeast = least, AtMost = most };

    private static ClaimSpec Claim(ClaimKind kind, string claim, params TestSpec[] tests) => new() { Kind = kind, Claim = claim, HoldsIf = $"{claim} is so", Tests = tests };

    /// <summary>21 runs: 1 to 21 members in one arm, 301 to 321 in another, 18 alive; and figures that no run has.</summary>
    /// <param name="cut">True if it was interrupted in the eighth run of one arm.</param>
    /// <param name="models">Models around this one that were run in every arm, of 64, when that was interrupted; null if it was not asked for.</param>
    private static ClaimsSummary Summary(bool cut = false, int? models = null)
    {
        var scenario = Synthetic.Scenario(new(2001, 1, 1), new(2002, 12, 30));
        var set = new ClaimSet
        {
            Name = "mine",
            Title = "Claims about a lodge",
            Scenario = "lodge",
            Claims = new Dictionary<string, ClaimSpec>
            {
                ["C1"] = Claim(ClaimKind.Emergent, "It is small.", Test("few", Members, most: 100)),
                ["C2"] = Claim(ClaimKind.BuiltIn, "The other is small.", Test("many", Members, most: 100)),
                ["C3"] = Claim(ClaimKind.Fitted, "Nobody knows.", Test("none", Members, most: 100)),
                ["C4"] = Claim(ClaimKind.Emergent, "It lasts, and is small.", Test("few", Alive, least: 1), Test("few", Members, most: 10)),
            },
        };
        ClaimArm Arm(string name) => new(name, new ArmSpec { About = $"what is {name}" }, scenario, new DataFiles("x.yaml"));
        var plan = new ClaimsPlan { Claims = new(set, new[] { "few", "many", "none" }.ToDictionary(a => a, Arm)), Ends = Synthetic.TwoEnds, Mechanisms = Model.Mechanisms, Runs = Runs, Seed = 5 };
        var figures = new ClaimFigures(Runs);
        void Put(string arm, FigureSpec figure, Func<int, double> value, int missing = -1) => figures.Put(new FigureKey(arm, figure, null, null), [.. Enumerable.Range(0, Runs).Select(i => i == missing ? null! : new[] { value(i) })]);
        Put("few", Members, i => 1 + i);
        Put("many", Members, i => 301 + i);
        Put("none", Members, _ => double.NaN);
        Put("few", Alive, i => i < 18 ? 1 : 0);
        if (cut)
        {
            Put("many", Members, i => 301 + i, missing: 7);
            figures.Cut(true);
        }

        return new ClaimsSummary(plan, figures, models is null ? null : (plan with { Runs = 64, Moved = true }, null));
    }

    // the eighth run of one arm is missing, so seven are whole in every arm
    [Fact]
    public void An_interrupted_test_says_so_everywhere()
    {
        const string said = "7 of 21 runs of every arm (interrupted)";
        var cut = Summary(cut: true);
        Assert.Contains($"4 claims, {said}.", ClaimsReport.Of(cut), StringComparison.Ordinal);
        Assert.Contains($": {said}, on seeds", ClaimsMarkdown.Of(cut), StringComparison.Ordinal);
        Assert.EndsWith($": 4 claims, {said}", ClaimsPage.Of(cut, 120).First(), StringComparison.Ordinal);
        Assert.Contains("4 claims, 21 runs of every arm.", ClaimsReport.Of(Summary()), StringComparison.Ordinal);
        Assert.Contains("This was interrupted: none of 64 models with moved parameters was run in every arm.", ClaimsPage.Plain(Summary(models: 0)));
    }

    // of 21 runs in order the median is the 11th, and 90% lie from the 2nd to the 20th
    [Fact]
    public void Every_row_has_the_figures_of_its_own_claim()
    {
        var summary = Summary();
        var page = ClaimsReport.Of(summary);
        ReportFigure.LinksLeadSomewhere(page);
        ReportFigure.TablesScroll(page);
        Assert.Empty(ReportFigure.Of(page)); // a chart would need a test of its own
        var table = Assert.Single(ReportFigure.Tables(page, "claims"));
        Assert.Equal(
            [
                ["", "kind", "claim", "figure", "verdict"],
                ["C1", "emergent", "It is small.", "11 [2..20]", "holds"],
                ["C2", "built-in", "The other is small.", "311 [302..320]", "does not hold"],
                ["C3", "fitted", "Nobody knows.", "–", "cannot be told"],
                ["C4", "emergent", "It lasts, and is small.", "86% of the runs", "does not hold"],
            ], table);
        Assert.Equal(summary.Claims.Select(c => c.Figure.Value), [11.0, 311, null, 18 / 21.0]);

        // one table for each claim, one row for each of its tests
        var tests = ReportFigure.Tables(page, "tests");
        Assert.Equal(summary.Claims.Select(c => c.Tests.Select(t => t.Why)), tests.Select(t => t.Skip(1).Select(r => r[1])));
        Assert.Equal(["holds", "does not hold", "cannot be told"], tests.Take(3).Select(t => t[1][0]));
        Assert.Equal([1, 1, 1, 2], tests.Select(t => t.Length - 1));
        Assert.StartsWith("few at most 100 in 21 of 21 runs", tests[0][1][1], StringComparison.Ordinal);
        Assert.StartsWith("many at most 100 in 0 of 21 runs", tests[1][1][1], StringComparison.Ordinal);
        Assert.StartsWith("few at most 10 in 10 of 21 runs", tests[3][2][1], StringComparison.Ordinal);

        var arms = Assert.Single(ReportFigure.Tables(page, "arms"));
        Assert.Equal([["few", "what is few"], ["many", "what is many"], ["none", "what is none"]], arms.Skip(1));
    }
}
