using System.Text.Json;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

public sealed class FitCommandTests : IDisposable
{
    private const string Figures = """
        date,until,measure,low,high,scale,error,use,source,note
        2001-06,,members,60,,log,.2,fit,S1,
        2001,2002,exits/members,.007,.02,log,.1,fit,V5,
        2002-11,,members,70,90,log,.2,check,S1,
        2002-11-30,,alive,1,,linear,0,check,S1,

        """;

    private readonly TemporaryFolder folder = new();

    public FitCommandTests()
    {
        var scenario = ScenarioStarter.Text("toy").Replace("end: 2025-12-29", "end: 2002-12-30", StringComparison.Ordinal);
        File.WriteAllText(folder["plain.yaml"], scenario);
        File.WriteAllText(folder["toy.yaml"], scenario + """

            priors:
              exit.base: { shape: log-uniform, from: 0.02, to: 0.2, source: assumed }
              contact-making.scale: { shape: log-uniform, from: 0.4, to: 4, source: assumed }

            """);
        File.WriteAllText(folder["figures.csv"], Figures);
    }

    public void Dispose() => folder.Dispose();

    private PosiwidProcess Fit(params string[] args) => PosiwidProcess.Run(folder.Root, ["fit", .. args, "--particles", "20", "--simulations", "140", "--check", "10", "--quiet"]);

    [Fact]
    public void Fit_SaysWhatTheFiguresDetermine_AndRunsDrawFromIt()
    {
        var one = Fit("toy.yaml", "--to", "figures.csv", "--threads", "1", "--out", "a", "--format", "json");
        var two = Fit("toy.yaml", "--to", "figures.csv", "--threads", "2", "--out", "b", "--format", "json");
        Assert.Equal((0, "", 0, ""), (one.ExitCode, one.Error, two.ExitCode, two.Error));
        Assert.Equal(one.Out, two.Out.Replace("\"out\": \"b\"", "\"out\": \"a\"", StringComparison.Ordinal));
        Assert.All(["posterior.csv", "fit.html", "manifest.json"], f => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["a"], f)), File.ReadAllBytes(Path.Combine(folder["b"], f))));
        ReportFigure.LinksLeadSomewhere(File.ReadAllText(Path.Combine(folder["a"], "fit.html")));
        ReportFigure.TablesScroll(File.ReadAllText(Path.Combine(folder["a"], "fit.html")));
        var json = one.Json;
        Assert.Equal(("toy", 1), (json.GetProperty("scenario").GetString(), json.GetProperty("seed").GetInt32()));
        Assert.All(["posiwid", "schema", "runs", "end", "plain", "correlations", "out"], k => Assert.True(json.TryGetProperty(k, out _), k));
        Assert.All(json.GetProperty("parameters").EnumerateArray(), p => Assert.InRange(p.GetProperty("median").GetDouble(), p.GetProperty("low").GetDouble(), p.GetProperty("high").GetDouble()));
        Assert.Equal([true, true, false, false], json.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("seen").GetBoolean()));

        // the parameter sets as a scenario's own
        File.Copy(Path.Combine(folder["a"], "posterior.csv"), folder["draws.csv"]);
        File.AppendAllText(folder["toy.yaml"], "posterior: draws.csv\n");
        var run = PosiwidProcess.Run(folder.Root, "run", "toy.yaml", "--runs", "3", "--quiet", "--out", "drawn");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("each run draws 2 parameters from the 20 sets", string.Join(' ', run.Out.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
        var drawn = Manifest("drawn");
        Assert.Equal("draws.csv", drawn.GetProperty("posterior").GetProperty("file").GetString());
        Assert.False(drawn.GetProperty("parameters").TryGetProperty("exit.base", out _));
        Assert.All(drawn.GetProperty("seeds").EnumerateArray(), s => Assert.InRange(s.GetProperty("draw").GetInt32(), 0, 19));
        PosiwidProcess.Run(folder.Root, "run", "toy.yaml", "--runs", "3", "--quiet", "--out", "default", "--parameters", "default");
        PosiwidProcess.Run(folder.Root, "run", "plain.yaml", "--runs", "3", "--quiet", "--out", "plain");
        Assert.False(Manifest("default").TryGetProperty("posterior", out _));
        Assert.True(Manifest("default").GetProperty("parameters").TryGetProperty("exit.base", out _));
        Assert.Equal(Hashes("plain"), Hashes("default"));
        Assert.NotEqual(Hashes("plain"), Hashes("drawn"));
    }

    [Fact]
    public void A_figure_has_one_name_in_the_sentences_and_in_the_table()
    {
        File.AppendAllText(folder["figures.csv"], "2001-06,2002-06,ends,1,,linear,0,check,S1,\n");
        var page = string.Join(' ', Fit("toy.yaml", "--to", "figures.csv", "--out", "a").Out.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"not met: [^.]*there at first and gone at last in 2001-06 to 2002-06\.", page); // beside others that are not
        Assert.Contains("there at first and gone at last, 2001-06 to 2002-06 yes so in 0%", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_Interrupted_GoesOnWithTheSameBits()
    {
        PosiwidProcess.SkipWhereNoneCanBeInterrupted();
        string[] args = ["fit", "toy.yaml", "--to", "figures.csv", "--particles", "40", "--simulations", "2000", "--check", "10", "--threads", "2"];
        using (var process = PosiwidProcess.Start(folder.Root, [.. args, "--format", "json", "--out", "a"]))
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("Fitting: ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
            PosiwidProcess.Interrupt(process);
            await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.True(JsonDocument.Parse(await output).RootElement.TryGetProperty("posiwid", out _)); // with what was fitted, or that nothing was yet
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(130, process.ExitCode);
        }

        Assert.True(File.ReadAllLines(Path.Combine(folder["a"], "journal.txt")).Length > 1);
        var resumed = PosiwidProcess.Run(folder.Root, [.. args, "--out", "a"]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("the fit goes on from there", resumed.Error);
        PosiwidProcess.Run(folder.Root, [.. args, "--out", "b", "--quiet"]);
        Assert.All(["posterior.csv", "fit.html", "manifest.json"], f => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["b"], f)), File.ReadAllBytes(Path.Combine(folder["a"], f))));

        var other = PosiwidProcess.Run(folder.Root, [.. args, "--seed", "2", "--out", "a"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("belongs to another fit", other.Error);
    }

    [Theory]
    [InlineData("states nothing to fit", "plain.yaml", "--to", "figures.csv")]
    [InlineData("none.csv:1:1: file not found", "toy.yaml", "--to", "none.csv")]
    [InlineData("Option '--to' is required", "toy.yaml")]
    [InlineData("--particles wants a whole number", "toy.yaml", "--to", "figures.csv", "-p", "few")]
    [InlineData("bad.csv:2:10: measure: no run records 'membres'; did you mean 'members'?", "toy.yaml", "--to", "bad.csv")]
    public void What_cannot_be_fitted_is_one_sentence(string says, params string[] args)
    {
        File.WriteAllText(folder["bad.csv"], Figures.Replace(",members,60", ",membres,60", StringComparison.Ordinal));
        var run = PosiwidProcess.Run(folder.Root, ["fit", .. args, "--quiet"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.False(Directory.Exists(folder["out"]));
    }

    private JsonElement Manifest(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder[name], "manifest.json"))).RootElement;

    private IEnumerable<string?> Hashes(string name) => Manifest(name).GetProperty("seeds").EnumerateArray().Select(s => s.GetProperty("stateHash").GetString());
}
