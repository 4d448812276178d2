using System.Text.Json;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

public sealed class RunCommandTests : IDisposable
{
    private static readonly string[] Files = ["manifest.json", "measures.parquet", "report.html", "runs.parquet"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PosiwidProcess Run(params string[] args) => PosiwidProcess.Run(folder.Root, ["run", "iso", "--quiet", .. args]);

    [Fact]
    public void Run_WritesTheSameBytesOnAnyNumberOfThreads_AndTheDocumentOfTheContract()
    {
        var one = Run("--runs", "2", "--threads", "1", "--out", "a", "--format", "json");
        var two = Run("--runs", "2", "--threads", "2", "--out", "b", "--format", "json");
        Assert.Equal((0, "", 0, ""), (one.ExitCode, one.Error, two.ExitCode, two.Error));
        Assert.Superset(Files.ToHashSet(), Directory.GetFiles(folder["a"]).Select(f => Path.GetFileName(f)!).ToHashSet());
        Assert.All(Files, f => Assert.Equal(File.ReadAllBytes(Path.Combine(folder["a"], f)), File.ReadAllBytes(Path.Combine(folder["b"], f))));
        Assert.Equal(one.Out, two.Out.Replace("\"out\": \"b\"", "\"out\": \"a\"", StringComparison.Ordinal));

        var json = one.Json;
        Assert.Equal("iso", json.GetProperty("scenario").GetString());
        Assert.Equal((1, 2, "a"), (json.GetProperty("seed").GetInt32(), json.GetProperty("runs").GetInt32(), json.GetProperty("out").GetString()));
        Assert.True(json.TryGetProperty("posiwid", out _) && json.TryGetProperty("schema", out _));
        HasKeys(json, "alive", "date", "share");
        HasKeys(json, "measures", "variable", "date", "mean", "low", "high");
        HasKeys(json, "keyDates", "event", "share", "median", "low", "high");
        Assert.All(json.GetProperty("measures").EnumerateArray().Where(m => m.GetProperty("mean").ValueKind == JsonValueKind.Null), m => Assert.True(m.TryGetProperty("why", out _)));

        var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["a"], "manifest.json"))).RootElement;
        Assert.Equal(64, manifest.GetProperty("scenarioHash").GetString()!.Length);
        Assert.Equal(["1", "2"], manifest.GetProperty("seeds").EnumerateArray().Select(s => s.GetProperty("seed").GetString()));
        Assert.True(manifest.GetProperty("parameters").EnumerateObject().Any());
        Assert.DoesNotContain(folder.Root, File.ReadAllText(Path.Combine(folder["a"], "report.html")));
    }

    [Fact]
    public void Run_AnUnwritableFolder_IsOneSentence_AndLeavesNothing()
    {
        File.WriteAllText(folder["file"], "");
        var run = Run("--runs", "1", "--out", Path.Combine("file", "results"));
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains("Cannot write file", run.Error);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.Equal(["file"], folder.Names);
    }

    [Fact]
    public async Task Run_Interrupted_KeepsWhatWasFinished()
    {
        PosiwidProcess.SkipWhereNoneCanBeInterrupted();
        using var process = PosiwidProcess.Start(folder.Root, "run", "iso", "--runs", "100000", "--format", "json", "--out", "results");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Matches("^Simulating: [1-9][0-9]* of", process.StandardError.ReadLine()); // two threads may finish a run each before the first line
        PosiwidProcess.Interrupt(process);
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        var json = JsonDocument.Parse(await output).RootElement;
        Assert.InRange(json.GetProperty("runs").GetInt32(), 1, 99_999);
        Assert.Equal(100_000, json.GetProperty("planned").GetInt32());
        Assert.Contains("interrupted", File.ReadAllText(Path.Combine(folder["results"], "report.html")));
        Assert.DoesNotContain(".unfinished", Directory.GetFileSystemEntries(folder["results"]).Select(Path.GetFileName));
    }

    private static void HasKeys(JsonElement json, string list, params string[] keys)
    {
        Assert.True(json.GetProperty(list).GetArrayLength() > 0);
        Assert.All(json.GetProperty(list).EnumerateArray(), item => Assert.All(keys, k => Assert.True(item.TryGetProperty(k, out _), k)));
    }
}
