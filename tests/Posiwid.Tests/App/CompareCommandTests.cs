using System.Text.Json;
using Posiwid.App.Story;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PosiwidProcess Compare(params string[] args) => PosiwidProcess.Run(folder.Root, ["compare", .. args, "--quiet"]);

    [Fact]
    public void The_past_is_the_same_and_the_future_is_not()
    {
        var run = Compare("iso", "--set", "openness=.85@2009", "--runs", "3", "--format", "json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = run.Json;
        Assert.Equal(("iso", 1, 3), (json.GetProperty("scenario").GetString(), json.GetProperty("seed").GetInt32(), json.GetProperty("runs").GetInt32()));
        var differences = json.GetProperty("differences").EnumerateArray().ToList();
        Assert.All(differences, d => Assert.All(new[] { "variable", "date", "baseline", "difference", "low", "high" }, k => Assert.True(d.TryGetProperty(k, out _))));
        Assert.All(differences.Where(d => d.GetProperty("difference").ValueKind == JsonValueKind.Null), d => Assert.True(d.TryGetProperty("why", out _)));
        double At(string variable, string year) => differences.Single(d => d.GetProperty("variable").GetString() == variable && d.GetProperty("date").GetString()!.StartsWith(year, StringComparison.Ordinal)).GetProperty("difference").GetDouble();
        Assert.Equal(0, At("members", "2007"));
        Assert.NotEqual(0, At("members", "2010"));
        Assert.Contains("openness=.85@2009", File.ReadAllText(Path.Combine(folder["out"], "compare", "compare.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_name_comes_before_what_is_changed() => Assert.StartsWith("There is no scenario 'isoo'; did you mean 'iso'?", Compare("isoo").Error, StringComparison.Ordinal);

    // the first is looked at last on 2000-12-04, the second first in its week 4, which begins on 2001-01-08
    [Fact]
    public void Years_in_which_only_one_is_looked_at_are_none_in_common()
    {
        PosiwidProcess.Run(folder.Root, "new", "club");
        var text = File.ReadAllText(folder["club.yaml"]);
        File.WriteAllText(folder["early.yaml"], text.Replace("end: 2025-12-29", "end: 2000-12-25", StringComparison.Ordinal));
        File.WriteAllText(folder["late.yaml"], text.Replace("start: 2000-01-03", "start: 2000-12-18", StringComparison.Ordinal).Replace("end: 2025-12-29", "end: 2003-12-29", StringComparison.Ordinal));
        var run = Compare("early.yaml", "late.yaml", "--runs", "2");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("The two are looked at in no year in common (2000-01-03 to 2000-12-25 and 2000-12-18 to 2003-12-29)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_too_wide_goes_on_below()
    {
        string[][] rows = [["", "1990", "2000", "2010"], ["members", "+1 [0..2]", "+2 [1..3]", "-30 [-40..-20]"]];
        // 7 for the names, 2 + 9 for each of two years: 29
        Assert.Equal(
            [
                "              1990       2000", "members  +1 [0..2]  +2 [1..3]", "",
                "                   2010", "members  -30 [-40..-20]", "",
            ], ComparePage.Table(rows, 29));
        Assert.Equal(3, ComparePage.Table(rows, 80).Count());
    }

    [Theory]
    [InlineData("Nothing is changed")]
    [InlineData("--dose wants mechanism=dose", "--dose", "harm")]
    [InlineData("--dose wants a dose from 0 (off) to 4 (1 is as written), not '-1'.", "--dose", "harm=-1")]
    [InlineData("--dose: unknown mechanism 'hrm'; did you mean 'harm'?", "--dose", "hrm=.5")]
    [InlineData("--dose: unknown mechanism 'nosuch'; known: ", "--dose", "nosuch=1")]
    [InlineData("--dose wants a date such as 2009, 2009-03 or 2009-03-02 after '@', not 'soon'.", "--dose", "harm=.5@soon")]
    [InlineData("--dose:1:9: harm.dose: 2090-01-01 lies after the end of the run (2025-12-29)", "--dose", "harm=.5@2090")]
    [InlineData("--set:1:14: harm.dose: 2090-01-01 lies after the end of the run (2025-12-29)", "--set", "harm.dose=.5@2090")]
    [InlineData("unknown mechanism", "--without", "nothing-big")]
    public void What_cannot_be_compared_is_one_sentence(string says, params string[] args)
    {
        var run = Compare(["iso", .. args]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.Empty(folder.Names);
    }
}
