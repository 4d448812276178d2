using System.Security.Cryptography;
using System.Text.Json;
using Posiwid.App.Commands;
using Posiwid.App.Story;
using Posiwid.Records;

namespace Posiwid.App.Report;

/// <summary>The files of a result folder. Nothing in them tells the time or the machine.</summary>
internal static class ResultFiles
{
    public const string Report = "report.html";
    private const string Document = "scenario.md";
    private const string Runs = "runs.parquet";
    private const string Measures = "measures.parquet";

    /// <summary>What was run, and hashes of what came out.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The book of the typical run.</summary>
    public const string TypicalBook = "book.duckdb";

    /// <summary>All of them, the page first.</summary>
    public static string[] Names => [Report, Document, Runs, Measures, TypicalBook, Manifest];

    public static void Write(Summary summary, Book typical, OutputFolder output)
    {
        output.Write(Report, HtmlReport.Of(summary));
        output.Write(Document, ScenarioDocument.Of(summary));
        output.Write(Runs, path => WriteRuns(summary, path));
        output.Write(Measures, path => WriteMeasures(summary, path));
        output.Write(TypicalBook, path => BookFile.Save(typical, path));
        output.Write(Manifest, path =>
        {
            using var file = new StreamWriter(path);
            JsonOutput.Write(file, json => WriteManifest(json, summary, output));
        });
    }

    private static void WriteRuns(Summary summary, string path)
    {
        var run = new Column<int>("run");
        var seed = new Column<ulong>("seed");
        var fate = new TextColumn("fate");
        var ended = new OptionalColumn<int>("ended_week");
        var endedDate = new OptionalColumn<DateOnly>("ended_date");
        var peak = new Column<double>("most_members");
        var draw = new OptionalColumn<int>("draw");
        var hash = new Column<ulong>("state_hash");
        foreach (var r in summary.Result.Runs)
        {
            run.Add(r.Run);
            seed.Add(r.Seed);
            fate.Add(r.Fate.ToString().ToLowerInvariant());
            ended.Add(r.EndedWeek);
            endedDate.Add(r.EndedWeek is { } week ? summary.DateOf(week) : null);
            peak.Add(Enumerable.Range(0, summary.Result.SampleWeeks.Count).Max(s => summary.Value(r, "members", s)));
            draw.Add(summary.Result.Posterior?.DrawOf(r.Seed));
            hash.Add(r.StateHash);
        }
        ParquetFile.Write(path, run, seed, fate, ended, endedDate, peak, draw, hash);
    }

    // Rows in the order of variable, run and week; a quantity that does not exist has no row.
    private static void WriteMeasures(Summary summary, string path)
    {
        var run = new Column<int>("run");
        var week = new Column<int>("week");
        var variable = new TextColumn("variable");
        var value = new Column<float>("value");
        var result = summary.Result;
        for (var m = 0; m < result.Measures.Count; m++)
        {
            foreach (var r in result.Runs)
            {
                for (var s = 0; s < result.SampleWeeks.Count; s++)
                {
                    if (float.IsNaN(r.Values[m][s]))
                        continue;
                    run.Add(r.Run);
                    week.Add(result.SampleWeeks[s]);
                    variable.Add(result.Measures[m].Id);
                    value.Add(r.Values[m][s]);
                }
            }
        }
        ParquetFile.Write(path, run, week, variable, value);
    }

    private static void WriteManifest(Utf8JsonWriter json, Summary summary, OutputFolder output)
    {
        var result = summary.Result;
        json.WriteString("scenario", result.Scenario.Name);
        json.WriteString("scenarioHash", result.ScenarioHash);
        json.WriteNumber("seed", result.Seed);
        json.WriteNumber("runs", result.Runs.Count);
        json.WriteNumber("planned", result.Planned);
        json.WriteNumber("typicalRun", summary.Typical.Run);
        json.WriteStrings("notes", result.Notes);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in result.Parameters.Where(p => result.Posterior?.Names.Contains(p.Key) != true).OrderBy(p => p.Key, StringComparer.Ordinal))
            json.WriteFigure(name, value);
        json.WriteEndObject();
        if (result.Posterior is { } posterior)
        {
            json.WriteStartObject("posterior");
            json.WriteString("file", posterior.File);
            json.WriteString("sha256", posterior.Hash);
            json.WriteNumber("draws", posterior.Draws.Count);
            json.WriteStrings("parameters", posterior.Names);
            json.WriteEndObject();
        }
        json.WriteStartObject("sha256");
        foreach (var name in new[] { Report, Runs, Measures })
        {
            using var stream = output.Read(name);
            json.WriteString(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        json.WriteEndObject();
        json.WriteObjects("seeds", result.Runs, r =>
        {
            json.WriteNumber("run", r.Run);
            json.WriteString("seed", r.Seed.ToString());
            json.WriteString("fate", r.Fate.ToString().ToLowerInvariant());
            if (result.Posterior is { } drawn)
                json.WriteNumber("draw", drawn.DrawOf(r.Seed));
            json.WriteString("stateHash", r.StateHash.ToString("x16"));
        });
    }
}
