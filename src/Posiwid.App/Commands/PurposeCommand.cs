using System.CommandLine;
using System.Text.Json;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Simulation.Experiments;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid purpose SCENARIO</c>: what it says beside what it does, by paired experiments.</summary>
internal static class PurposeCommand
{
    private const string Report = "purpose.html";

    public static Command Make()
    {
        var subject = new Argument<string>("WHAT") { HelpName = "WHAT", Description = "A scenario file or the name of a scenario (see posiwid list), or a record book." };
        subject.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        var runs = RunCommand.Whole<int>("--runs", "-r", "Number of runs, and of pairs in every comparison.", 24, 4, 100_000);
        var seed = RunCommand.Whole<ulong>("--seed", "-s", "Seed of the first run; the same seed gives the same results.", 1, 0, ulong.MaxValue);
        var threads = RunCommand.Whole<int>("--threads", "-t", "Threads to use, at most; results do not depend on it. All cores if left out.", null, 1, 4096);
        var set = new Option<string[]>("--set") { Description = "Hold a setting at a value, from a date on if one is given. May be repeated.", HelpName = "name=value[@date]" };
        var full = new Option<bool>("--full") { Description = "Try every combination of the core functions: Shapley values, minimal viable sets and cut sets." };
        var output = new Option<string?>("--out", "-o") { Description = "Folder for the results. out/SCENARIO if left out.", HelpName = "folder" };
        var command = new ExampleCommand("purpose", "Find out what it is for by what it does: experiments, a profile, and how sure it is.",
            "posiwid purpose iso", "posiwid purpose iso --full --runs 100", "posiwid purpose iso --format json | jq .plain")
        {
            subject, runs, seed, threads, set, full, output,
        };
        command.SetAction((line, interrupted) => Task.FromResult(Run(
            Model.Read(ScenarioPlaces.Find(line.GetRequiredValue(subject)), line.GetValue(set) ?? [], []), line.GetValue(runs)!.Value, line.GetValue(seed)!.Value,
            line.GetValue(threads) ?? Environment.ProcessorCount, line.GetValue(full), line.GetValue(output), CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted)));
        return command;
    }

    private static int Run(Model model, int runs, ulong seed, int threads, bool full, string? folder, bool json, bool quiet, CancellationToken interrupted)
    {
        using var output = new OutputFolder(folder ?? Path.Combine("out", model.Scenario.Name));
        var plan = model.PurposePlan(runs, seed, full);
        var trials = ProgressLine.Show("Experimenting", PurposeExperiment.Steps(plan), quiet, progress => PurposeExperiment.Run(plan, threads, progress, interrupted));
        var analysis = model.Analyze(plan, trials);
        var title = $"{model.Scenario.Title}: what it says and what it does";
        output.Write(Report, PurposeReport.Of(analysis, title, $"A model, {runs} runs and {trials.Defense.Count + trials.Lives.Count} experiments on each.",
        [
            $"Scenario {model.Scenario.Name}, seeds {seed} to {seed + (ulong)runs - 1}. The same version, scenario and seed give the same bits on any machine.",
            "All of this is about the model, which was not fitted to published counts. What it says about the organization depends on how well the model fits what is known of it.",
            .. model.Notes,
        ]));
        output.Commit();
        if (json)
            JsonOutput.Write(Console.Out, j => WriteJson(j, analysis, model, seed, runs));
        else
            WriteText(analysis, title, Path.Combine(output.Path, Report));
        return ExitCode.Done;
    }

    private static void WriteText(PurposeAnalysis analysis, string title, string report)
    {
        var terminal = !Console.IsOutputRedirected;
        var (bold, plain) = terminal && ProgressLine.HasAnsi ? ("\u001b[1m", "\u001b[0m") : ("", "");
        foreach (var (text, isHeading) in PurposePage.Of(analysis, title, terminal ? Console.WindowWidth : 110))
            Console.Out.WriteLine(isHeading ? bold + text + plain : text);
        Console.Out.WriteLine();
        Console.Out.WriteLine($"Report: {report}");
    }

    private static void WriteJson(Utf8JsonWriter json, PurposeAnalysis analysis, Model model, ulong seed, int runs)
    {
        json.WriteString("scenario", model.Scenario.Name);
        json.WriteNumber("seed", seed);
        json.WriteNumber("runs", runs);
        PurposeJson.Write(json, analysis);
    }
}
