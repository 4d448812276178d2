using System.CommandLine;
using System.Numerics;
using System.Text.Json;
using Posiwid.App.Report;
using Posiwid.App.Story;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid run SCENARIO</c>: many runs, the story on the terminal, the results in a folder.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var scenario = new Argument<string>("SCENARIO") { HelpName = "SCENARIO", Description = "A scenario file, or the name of a scenario (see posiwid list)." };
        scenario.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        var runs = Whole<int>("--runs", "-r", "Number of runs.", 200, 1, 1_000_000);
        var seed = Whole<ulong>("--seed", "-s", "Seed of the first run; the same seed gives the same results.", 1, 0, ulong.MaxValue);
        var threads = Whole<int>("--threads", "-t", "Threads to use, at most; results do not depend on it. All cores if left out.", null, 1, 4096);
        var set = new Option<string[]>("--set") { Description = "Hold a setting at a value, from a date on if one is given. May be repeated.", HelpName = "name=value[@date]" };
        var without = new Option<string[]>("--without") { Description = "Switch a mechanism off. May be repeated.", HelpName = "mechanism" };
        set.CompletionSources.Add(given => CompletionCommand.Settings(given, scenario));
        without.CompletionSources.Add(_ => Model.Mechanisms.Select(m => m.Id));
        var parameters = ParametersOption.Make();
        var output = new Option<string?>("--out", "-o") { Description = "Folder for the results. out/SCENARIO if left out.", HelpName = "folder" };
        var command = new ExampleCommand("run", "Run a scenario many times; tell what the runs did and write a report.",
            "posiwid run iso", "posiwid run iso --runs 20 --seed 7 --out out/seed-7", "posiwid run iso --set openness=.85@2009 --out out/open", "posiwid run my-union.yaml --format json > my-union.json")
        {
            scenario, runs, seed, threads, set, without, parameters, output,
        };
        command.SetAction((line, interrupted) => Task.FromResult(Run(
            Model.Read(ScenarioPlaces.Find(line.GetRequiredValue(scenario)), line.GetValue(set) ?? [], line.GetValue(without) ?? [], parameters: line.GetValue(parameters)), line.GetValue(runs)!.Value, line.GetValue(seed)!.Value, line.GetValue(threads) ?? Environment.ProcessorCount, line.GetValue(output),
            CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted)));
        return command;
    }

    private static int Run(Model model, int runs, ulong seed, int threads, string? folder, bool json, bool quiet, CancellationToken interrupted)
    {
        using var output = new OutputFolder(folder ?? Path.Combine("out", model.Scenario.Name), ResultFiles.Names);
        var result = ProgressLine.Show("Simulating", runs, quiet, progress => model.Simulate(runs, seed, threads, progress, interrupted));
        if (result.Runs.Count == 0)
            throw new OperationCanceledException(interrupted);

        var summary = new Summary(result, model.Ends, model.Overlay);
        ResultFiles.Write(summary, model.Book(seed, summary.Typical.Run), output);
        output.Commit();

        if (json)
            JsonOutput.Write(Console.Out, j => WriteJson(j, summary, output.Path));
        else
            WriteText(summary, output.Path);
        return result.Runs.Count < result.Planned ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static void WriteText(Summary summary, string folder)
    {
        var terminal = !Console.IsOutputRedirected;
        var (bold, plain) = terminal && ProgressLine.HasAnsi ? ("\u001b[1m", "\u001b[0m") : ("", "");
        foreach (var line in OnePage.Of(summary, terminal ? Console.WindowWidth : 100))
            Console.Out.WriteLine(line.IsHeading ? bold + line.Text + plain : line.Text);
        Console.Out.WriteLine();
        Console.Out.WriteLine($"Report: {Path.Combine(folder, ResultFiles.Report)}");
    }

    private static void WriteJson(Utf8JsonWriter json, Summary summary, string folder)
    {
        var result = summary.Result;
        json.WriteString("scenario", result.Scenario.Name);
        json.WriteNumber("seed", result.Seed);
        json.WriteNumber("runs", result.Runs.Count);
        json.WriteNumber("planned", result.Planned);
        json.WriteString("scenarioHash", result.ScenarioHash);
        json.WriteString("out", folder);
        json.WriteStrings("plain", Paragraph.Of(summary));
        json.WriteStrings("notes", result.Notes);
        json.WriteNumber("typicalRun", summary.Typical.Run);
        json.WriteObjects("alive", result.SampleWeeks, week =>
        {
            json.WriteString("date", Day(week));
            json.WriteFigure("share", summary.AliveShare(week));
        });
        json.WriteObjects("keyDates", summary.KeyDates, k =>
        {
            json.WriteString("event", k.Event);
            json.WriteFigure("share", k.Share);
            json.WriteString("median", Day(k.Week.Median));
            json.WriteString("low", Day(k.Week.Low));
            json.WriteString("high", Day(k.Week.High));
        });
        var (first, last) = summary.Settled;
        json.WriteObjects("effort", summary.Effort(first, last) ?? [], e =>
        {
            json.WriteString("end", e.End.Code);
            json.WriteNumber("from", first);
            json.WriteNumber("to", last);
            WriteSpread(json, e.Share, "nobody gave an hour");
            json.WriteFigure("atLeast", e.AtLeast);
            json.WriteFigure("atMost", e.AtMost);
        });
        json.WriteObjects("published", result.Scenario.Organizations.Keys.SelectMany(summary.Published), c =>
        {
            json.WriteString("organization", c.Count.Organization);
            json.WriteString("date", OnePage.DateText(c));
            json.WriteFigure("publishedLow", c.Count.Low ?? double.NaN);
            json.WriteFigure("publishedHigh", c.Count.High ?? double.NaN);
            WriteSpread(json, c.Model, "the date lies outside the simulated years");
            json.WriteString("verdict", c.Verdict);
        });
        var samples = result.Measures.SelectMany(m => Enumerable.Range(0, result.SampleWeeks.Count).Select(s => (m.Id, Sample: s)));
        json.WriteObjects("measures", samples, x =>
        {
            json.WriteString("variable", x.Id);
            json.WriteString("date", Day(result.SampleWeeks[x.Sample]));
            WriteSpread(json, summary.At(x.Id, x.Sample), "it does not exist in any run then");
        });

        string Day(double week) => summary.DateOf(week).ToString("yyyy-MM-dd");
    }

    private static void WriteSpread(Utf8JsonWriter json, Spread spread, string why)
    {
        json.WriteFigure("mean", spread.Mean);
        json.WriteFigure("low", spread.Low);
        json.WriteFigure("high", spread.High);
        if (spread.Runs == 0)
            json.WriteString("why", why);
    }

    internal static Option<T?> Whole<T>(string name, string alias, string description, T? usual, T min, T max)
        where T : struct, INumber<T>
    {
        var option = new Option<T?>(name, alias) { Description = description, HelpName = "number" };
        option.CustomParser = given =>
        {
            if (T.TryParse(given.Tokens[0].Value, null, out var value) && value >= min && value <= max)
                return value;
            given.AddError($"{name} wants a whole number from {min} to {max}, not '{given.Tokens[0].Value}'.");
            return null;
        };
        if (usual is not null)
            option.DefaultValueFactory = _ => usual;
        return option;
    }
}
