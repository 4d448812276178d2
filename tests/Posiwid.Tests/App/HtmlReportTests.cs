using System.Text.Json;
using System.Text.RegularExpressions;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Tests.App;

public class HtmlReportTests
{
    private static readonly string Report = HtmlReport.Of(Synthetic.Small());

    [Theory]
    [InlineData(.95, 1.0)] // an axis that the chart chooses would go on to 120%
    [InlineData(.3, null)]
    [InlineData(1.4, null)]
    public void A_share_ends_at_100_percent(double most, double? top) =>
        Assert.Equal(top, (double?)Charts.Fan([2000, 2001], [Spread.Of([0, most]), Spread.Of([most, most])], [], [], "percent").Option["yAxis"]!["max"]);

    [Fact]
    public void What_nobody_senses_and_milieus_without_branches_are_left_out_and_needs_are_drawn()
    {
        var values = new Dictionary<string, float[][]>
        {
            ["members"] = [[5, 5]],
            ["hours.march"] = [[4, 4]],
            ["helped"] = [[2, 2]],
            ["needs_met"] = [[1, 1]],
            ["branches.campus"] = [[1, 1]],
            ["branches.workplace"] = [[0, 0]],
        };
        var page = HtmlReport.Of(Synthetic.Summary(Synthetic.Ensemble(values, Synthetic.Run())));
        Assert.Contains("Needs met and people helped", page, StringComparison.Ordinal);
        Assert.Contains("campus", page, StringComparison.Ordinal);
        Assert.DoesNotContain("workplace", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">nothing<", page, StringComparison.Ordinal); // the placebo end
    }

    [Fact]
    public void Of_LinksToOthersWhereThereAreSome()
    {
        ReportFigure.LinksLeadSomewhere(Report);
        Assert.DoesNotContain("#rivals", Report, StringComparison.Ordinal);
        var two = Synthetic.Ensemble(new() { ["members"] = [[5, 5]], ["rival.members"] = [[3, 4]] }, Synthetic.Run());
        var page = HtmlReport.Of(Synthetic.Summary(two with { Scenario = Synthetic.Scenario(two.Scenario.Start, two.Scenario.End, "rival") }));
        ReportFigure.LinksLeadSomewhere(page);
        ReportFigure.TablesScroll(page);
        Assert.Contains("href=\"#rivals\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EventKinds.Ended, 0, "dwindled", "the end, with too few left")]
    [InlineData(EventKinds.Ended, 0, "brokenup", "the end, broken up by force")]
    [InlineData(EventKinds.Disclosed, 2, "top", "hidden harm comes out, severity 2 of 3 (somebody at the top is answerable)")]
    [InlineData(EventKinds.Disclosed, 1, "", "hidden harm comes out, severity 1 of 3")]
    public void An_event_is_in_words_and_in_no_code(string kind, double value, string note, string words) => Assert.Equal(words, Timeline.InWords(new RunEvent(5, kind, "lodge", 0, value, note)));

    [Fact]
    public void Of_NeedsNothingFromOutside()
    {
        var own = Regex.Replace(Report, "<script>.*?</script>", "", RegexOptions.Singleline);
        Assert.DoesNotMatch("(src|href|action)\\s*=\\s*[\"']?(https?:)?//", own);
        Assert.DoesNotMatch("url\\(|@import|<link|<iframe|<img", own);
        Assert.Contains("default-src 'none'", own);
    }

    [Fact]
    public void Of_EveryChartHasOptionsATableAndADownload()
    {
        var charts = Regex.Matches(Report, "<div class=\"chart[^>]*></div><script type=\"application/json\">(.*?)</script>\\s*<details class=\"data\" open>.*?href=\"data:text/csv[^\"]*\".*?<table", RegexOptions.Singleline);
        Assert.Equal(Regex.Count(Report, "<div class=\"chart"), charts.Count);
        Assert.True(charts.Count >= 5);
        Assert.All(charts, c => Assert.True(JsonDocument.Parse(c.Groups[1].Value).RootElement.GetProperty("series").GetArrayLength() > 0));
    }

    [Fact]
    public void Of_TheSameEnsemble_GivesTheSameBytes() => Assert.Equal(Report, HtmlReport.Of(Synthetic.Small()));

    [Fact]
    public void Of_TextFromAScenario_IsNeverMarkup()
    {
        var small = Synthetic.Small();
        var result = small.Result with { Scenario = small.Result.Scenario with { Title = "<script>alert(1)</script>", About = "</title><b>" } };
        var report = HtmlReport.Of(Synthetic.Summary(result));
        Assert.DoesNotContain("<script>alert", report);
        Assert.DoesNotContain("</title><b>", report);
    }

    [Fact]
    public void Of_CarriesTheNoticesOfTheChartLibrary()
    {
        Assert.Contains("Apache ECharts", Report);
        Assert.Contains("Redistributions in binary form must reproduce", Report);
    }
}
