using System.Text.Json;
using System.Text.RegularExpressions;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

/// <summary><c>posiwid purpose</c> as a person runs it: on the first years of the ISO with a small coding of its own, and on the book of a run.</summary>
public sealed class PurposeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PosiwidProcess Purpose(params string[] args) => PosiwidProcess.Run(folder.Root, ["purpose", .. args, "--quiet"]);

    /// <summary>Five years, four ends, two functions.</summary>
    private void Write()
    {
        var scenario = File.ReadAllText(Repository.PathOf("scenarios/iso.yaml"));
        File.WriteAllText(folder["short.yaml"], Regex.Replace(Regex.Replace(scenario, "(?m)^end: .*$", "end: 1981-12-28"), @"founded: \S+", "founded: 1980-01-07"));
        Directory.CreateDirectory(folder["coding"]);
        string Part(string file, params string[] keep)
        {
            var lines = File.ReadAllLines(Repository.PathOf($"data/{file}"));
            return string.Join('\n', lines.Where((l, i) => i == 0 || keep.Any(k => l.StartsWith(k + ",", StringComparison.Ordinal)))) + "\n";
        }

        File.WriteAllText(folder["coding/ends.csv"], Part("ends.csv", "cause", "recruiting", "funds", "placebo"));
        File.WriteAllText(folder["coding/functions.csv"], Part("functions.csv", "recruiting", "dues"));
        File.WriteAllText(folder["coding/kind_end.csv"], "kind,end,weight,weight_min,weight_max\nmeeting,recruiting,1,0.5,1\nmarch,cause,1,0.5,1\nstrike_support,cause,1,0.9,1\nfundraising,funds,1,0.8,1\nwages,cause,1,1,1\n");
        File.WriteAllText(folder["coding/attribute_end.csv"], Part("attribute_end.csv", "plan,recruits", "plan,money"));
    }

    [Fact]
    public void The_document_of_the_contract_and_the_same_bytes_on_any_number_of_threads()
    {
        Write();
        string[] what = ["short.yaml", "--coding", "coding", "--runs", "4", "--format", "json", "--full"];
        var one = Purpose([.. what, "--threads", "1", "--out", "a"]);
        Assert.Equal((0, ""), (one.ExitCode, one.Error));
        var two = Purpose([.. what, "--threads", "2", "--out", "b"]);
        Assert.Equal(one.Out, two.Out);
        Assert.Equal(File.ReadAllBytes(folder["a/purpose.html"]), File.ReadAllBytes(folder["b/purpose.html"]));
        var document = File.ReadAllText(folder["a/profile.md"]);
        Assert.Equal(document, File.ReadAllText(folder["b/profile.md"]));
        Assert.Contains("posiwid purpose iso --runs 4 --seed 1 --full`", document, StringComparison.Ordinal);
        // two tables, each with a head and a row for each of the four ends, and one of the two functions
        Assert.Equal((2 * (2 + 4)) + 2 + 2, document.Split('\n').Count(l => l.StartsWith('|')));

        var json = one.Json;
        Assert.Equal(("iso", 1, 4), (json.GetProperty("scenario").GetString(), json.GetProperty("seed").GetInt32(), json.GetProperty("runs").GetInt32()));
        Assert.All(new[] { "posiwid", "schema", "sayDo", "sets", "tests", "plain" }, k => Assert.True(json.TryGetProperty(k, out _), k));
        var ends = json.GetProperty("ends").EnumerateArray().ToList();
        Assert.Equal(["cause", "recruiting", "funds", "placebo"], ends.Select(e => e.GetProperty("end").GetString()));
        Assert.Equal([false, false, false, true], ends.Select(e => e.GetProperty("placebo").GetBoolean()));
        foreach (var end in ends)
        {
            Assert.All(new[] { "verdict", "grade" }, k => Assert.NotEmpty(end.GetProperty(k).GetString()!));
            foreach (var line in new[] { "said", "effort", "defense", "necessity", "choice" }.Select(k => end.GetProperty(k)))
            {
                Assert.True(line.GetProperty("tested").ValueKind is JsonValueKind.True or JsonValueKind.False);
                Assert.True(new[] { "value", "low", "high" }.All(k => line.GetProperty(k).ValueKind == JsonValueKind.Number) || line.TryGetProperty("why", out _), $"{end.GetProperty("end")}: {line}");
            }
        }

        Assert.DoesNotContain(folder.Root, one.Out, StringComparison.Ordinal);
        EveryNullHasAWhy(json, "");
        // Shapley values never stand alone
        var page = File.ReadAllText(folder["a/purpose.html"]);
        Assert.Contains("id=\"interactions-figure\"", page, StringComparison.Ordinal);
        Assert.Matches("No function is shown to shorten life|Life is longer without", page);
        EveryChartHasItsData(page);
        ReportFigure.LinksLeadSomewhere(page);
        ReportFigure.TablesScroll(page);
        Assert.Contains("worth (Shapley)", document, StringComparison.Ordinal);
        var text = Purpose("short.yaml", "--coding", "coding", "--runs", "4", "--full", "--out", "c").Out;
        Assert.All(new[] { "What each function is worth", "of it only with others", "What is enough", "Too much to lose", "Beer (1972)" }, t => Assert.Contains(t, text, StringComparison.Ordinal));
        Assert.All(text.Split('\n'), l => Assert.True(l.Length <= 120, l));
        Assert.Empty(Directory.GetFiles(folder["a"], "*.journal"));
    }

    [Fact]
    public async Task Interrupted_it_goes_on_with_the_same_profile()
    {
        PosiwidProcess.SkipWhereNoneCanBeInterrupted();
        Write();
        string[] args = ["purpose", "short.yaml", "--coding", "coding", "--runs", "16", "--full", "--threads", "1", "--format", "json", "--out", "a"];
        using (var process = PosiwidProcess.Start(folder.Root, args))
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("Experimenting: ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
            PosiwidProcess.Interrupt(process);
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(130, process.ExitCode);
            var said = Assert.Single(JsonDocument.Parse(await output).RootElement.GetProperty("errors").EnumerateArray()).GetProperty("message").GetString()!;
            Assert.Contains("the same command goes on from there", said, StringComparison.Ordinal);
            Assert.Contains(said, error, StringComparison.Ordinal);
        }

        var journal = Directory.GetFiles(folder["a"], "purpose-*.journal").Single();
        string[] other = [.. args];
        other[5] = "4";
        Assert.DoesNotContain("were found", PosiwidProcess.Run(folder.Root, other).Error, StringComparison.Ordinal); // another question has a journal of its own
        Assert.True(File.Exists(journal));
        var goneOn = PosiwidProcess.Run(folder.Root, args);
        Assert.Equal(0, goneOn.ExitCode);
        Assert.Contains("were found", goneOn.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(journal));
        Assert.Equal(PosiwidProcess.Run(folder.Root, [.. args[..^1], "b"]).Out, goneOn.Out);
    }

    /// <summary>A number or a yes or no that is not known says why, in the object that it is in; a name of its own is for those with several reasons (peopleWhy).</summary>
    private static void EveryNullHasAWhy(JsonElement json, string at)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var (item, i) in json.EnumerateArray().Select((x, i) => (x, i)))
                EveryNullHasAWhy(item, $"{at}[{i}]");
        }

        if (json.ValueKind != JsonValueKind.Object)
            return;
        foreach (var part in json.EnumerateObject())
        {
            Assert.True(part.Value.ValueKind != JsonValueKind.Null || json.TryGetProperty("why", out _) || json.TryGetProperty(part.Name + "Why", out _), $"{at}.{part.Name}: {json}");
            EveryNullHasAWhy(part.Value, $"{at}.{part.Name}");
        }
    }

    private static void EveryChartHasItsData(string page)
    {
        var charts = Regex.Matches(page, "<div class=\"chart[^>]*></div><script type=\"application/json\">(.*?)</script>\\s*<details class=\"data\" open>.*?href=\"data:text/csv[^\"]*\".*?<table", RegexOptions.Singleline);
        Assert.Equal(Regex.Count(page, "<div class=\"chart"), charts.Count);
        Assert.True(charts.Count >= 3);
        Assert.All(charts, c => Assert.True(JsonDocument.Parse(c.Groups[1].Value).RootElement.GetProperty("series").GetArrayLength() > 0));
    }

    [Fact]
    public void A_page_for_people_and_a_report()
    {
        Write();
        var run = Purpose("short.yaml", "--coding", "coding", "--runs", "4");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("International Socialist Organization (US): what it says and what it does\n\nIt says that it is first of all for the stated cause", run.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), l => Assert.True(l.Length <= 120, l));
        Assert.Contains("What the verdicts rest on", run.Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bNaN\b|∞", run.Out);
        Assert.True(File.Exists(folder["out/iso/purpose.html"]));
    }

    // cut off after three models and in the middle of a fourth, as by a crash
    [Fact]
    public void Models_around_one_go_on_where_they_were_cut_off()
    {
        Write();
        string[] what = ["short.yaml", "--coding", "coding", "--runs", "4", "--format", "json", "--robust", "9", "--out", "a"];
        var whole = Purpose([.. what, "--threads", "2"]);
        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));
        var robustness = whole.Json.GetProperty("robustness");
        Assert.Equal((9, 9, 4), (robustness.GetProperty("models").GetInt32(), robustness.GetProperty("planned").GetInt32(), robustness.GetProperty("pairs").GetInt32()));
        Assert.All(robustness.GetProperty("ends").EnumerateArray(), e =>
        {
            Assert.Equal(1, e.GetProperty("verdicts").EnumerateArray().Sum(v => v.GetProperty("share").GetDouble()), 5);
            Assert.NotEmpty(e.GetProperty("together").GetString()!);
        });

        var journal = Directory.GetFiles(folder["a"], "models-around-*.journal").Single();
        var lines = File.ReadAllLines(journal);
        Assert.Equal(1 + (9 * 4), lines.Length); // a head, and four ends of each model
        File.WriteAllText(journal, string.Join('\n', lines.Take(1 + (3 * 4) + 2)) + "\n" + lines[15][..5]);
        var goneOn = Purpose([.. what, "--threads", "1"]);
        Assert.Equal(whole.Out, goneOn.Out);
        Assert.Equal(lines.Order(), File.ReadAllLines(journal).Distinct().Order());
        // all there: nothing is run but the profile itself
        Assert.Equal(whole.Out, Purpose(what).Out);
        // other models have a journal of their own
        Assert.Equal(0, Purpose(["short.yaml", "--coding", "coding", "--runs", "4", "--robust", "2", "--out", "a"]).ExitCode);
        Assert.Equal(2, Directory.GetFiles(folder["a"], "models-around-*.journal").Length);

        File.WriteAllText(journal, "something else\n");
        var spoilt = Purpose(what);
        Assert.Equal(2, spoilt.ExitCode);
        Assert.Contains("belongs to another profile", spoilt.Out + spoilt.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no scenario 'nothing'", "nothing")]
    [InlineData("There is no folder 'none'", "short.yaml", "--coding", "none")]
    [InlineData("coding/ends.csv is neither a record book nor a scenario; of a folder with such files posiwid import makes a book", "coding/ends.csv")]
    [InlineData("is sensed through 'gossip', which no center reads", "short.yaml", "--coding", "coding")]
    [InlineData("is disturbed by 'plague'", "short.yaml", "--coding", "coding")]
    [InlineData("is measured by 'gold', which no run records", "short.yaml", "--coding", "coding")]
    [InlineData("'dues' cannot be taken away: There is no mechanism 'tithes'", "short.yaml", "--coding", "coding")]
    [InlineData("'glory'", "short.yaml", "--coding", "coding")]
    public void What_cannot_be_done_is_one_sentence(string says, params string[] args)
    {
        Write();
        void Spoil(string file, string old, string with) => File.WriteAllText(folder[$"coding/{file}.csv"], File.ReadAllText(folder[$"coding/{file}.csv"]).Replace(old, with, StringComparison.Ordinal));
        if (says.Contains("sensed", StringComparison.Ordinal))
            Spoil("ends", "size_reports", "gossip");
        if (says.Contains("disturbed", StringComparison.Ordinal))
            Spoil("ends", "members,size", "plague,size");
        if (says.Contains("measured", StringComparison.Ordinal))
            Spoil("ends", "reserves/cost", "gold");
        if (says.Contains("taken away", StringComparison.Ordinal))
            Spoil("functions", "yes,dues", "yes,tithes");
        if (says.Contains("'glory'", StringComparison.Ordinal))
            Spoil("attribute_end", "recruits,recruiting", "recruits,glory");
        var run = Purpose(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.False(Directory.Exists(folder["out"]));
    }
}
