using System.Text.Json;
using System.Text.RegularExpressions;
using Posiwid.App.Report;

namespace Posiwid.Tests.App;

public class HtmlReportTests
{
    private static readonly string Report = HtmlReport.Of(Synthetic.Small());

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
