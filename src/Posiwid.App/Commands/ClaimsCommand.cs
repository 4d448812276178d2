using System.CommandLine;
using System.Text.Json;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid claims</c>: every claim of a file with what the model shows.</summary>
internal static class ClaimsCommand
{
    private const string Report = "claims.html", Document = "claims.md";

    /// <summary>Far from the seeds that other commands begin with and that any choice of parameters saw.</summary>
    private const ulong UnseenSeed = 7_000_001;

    /// <summary>Models around this one, with <c>--robust</c>.</summary>
    private const int Around = 64;

    public static Command Make()
    {
        var file = new Argument<string>("CLAIMS") { HelpName = "CLAIMS", Description = "A file of claims, or the name of one that comes with the program (iso, others)." };
        file.CompletionSources.Add(_ => NamedFiles.Claims.All().Keys);
        var runs = RunCommand.Whole<int>("--runs", "-r", "Runs of every arm.", 200, 1, 1_000_000);
        var seed = RunCommand.Whole<ulong>("--seed", "-s", "Seed of the first run of every arm. The usual one lies far from those that any choice of parameters saw.", UnseenSeed, 0, ulong.MaxValue);
        var threads = RunCommand.Whole<int>("--threads", "-t", "Threads to use, at most; results do not depend on it. All cores if left out.", null, 1, 4096);
        var only = new Option<string[]>("--only") { Description = "Test these claims only, by their short names.", HelpName = "claim", AllowMultipleArgumentsPerToken = true };
        only.CompletionSources.Add(given => CompletionCommand.Claims(given, file));
        var robust = new Option<bool>("--robust") { Description = $"Also with {Around} models whose rules have all parameters within a fifth of these, and at the bounds of the coding of activities to ends." };
        var parameters = ParametersOption.Make();
        var output = new Option<string?>("--out", "-o") { Description = "Folder for the report. out/claims-CLAIMS if left out.", HelpName = "folder" };
        var command = new ExampleCommand("claims", "Test claims about an organization: what each says, what the model shows, and whether it holds.",
            "posiwid claims iso", "posiwid claims iso --only G1 P3 --runs 50", "posiwid claims my-claims.yaml --robust --format json") { file, runs, seed, threads, only, robust, parameters, output };
        command.SetAction((line, interrupted) => Task.FromResult(Run(
            NamedFiles.Claims.Find(line.GetRequiredValue(file)), line.GetValue(only) ?? [], line.GetValue(runs)!.Value, line.GetValue(seed)!.Value, line.GetValue(robust), line.GetValue(parameters) == ParametersOption.Default,
            line.GetValue(threads) ?? Environment.ProcessorCount, line.GetValue(output), CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted)));
        return command;
    }

    private static int Run(string path, string[] only, int runs, ulong seed, bool robust, bool onDefaults, int threads, string? folder, bool json, bool quiet, CancellationToken interrupted)
    {
        var files = new DataFiles(path);
        var coding = new Coding(null);
        var ends = coding.Ends(files);
        var claims = ClaimsFile.Read(path, Model.Mechanisms, ends);
        if (only.FirstOrDefault(o => !claims.Set.Claims.ContainsKey(o)) is { } unknown)
            throw new WrongInputException(CommandLine.Sentence($"There is no claim '{unknown}' in {path}{Nearest.Hint(unknown, claims.Set.Claims.Keys)}"));
        var plan = new ClaimsPlan { Claims = claims, Ends = ends, Mechanisms = Model.Mechanisms, Functions = coding.Functions(ends, files), OnDefaults = onDefaults, Only = only, Runs = runs, Seed = seed };
        var moved = plan with { Runs = Around, Moved = true };
        using var output = new OutputFolder(folder ?? Path.Combine("out", "claims-" + claims.Set.Name), Report, Document);
        var steps = Steps(plan);
        var (figures, around) = ProgressLine.Show("Simulating", steps + (robust ? ClaimsExperiment.Steps(moved) : 0), quiet, progress =>
        {
            var found = ClaimsExperiment.Run(plan, threads, progress, interrupted);
            return (found, robust && !found.IsCut ? ClaimsExperiment.Run(moved, threads, new Further(progress, steps), interrupted) : null);
        });
        if (figures.Runs == 0)
            throw new OperationCanceledException(interrupted);
        var page = new ClaimsSummary(plan, figures, robust ? (moved, around) : null);
        output.Write(Report, ClaimsReport.Of(page));
        output.Write(Document, ClaimsMarkdown.Of(page));
        output.Commit();
        if (json)
            JsonOutput.Write(Console.Out, j => WriteJson(j, page, output.Path));
        else
        {
            foreach (var text in ClaimsPage.Of(page, Console.IsOutputRedirected ? 120 : Console.WindowWidth))
                Console.Out.WriteLine(text);
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Report: {Path.Combine(output.Path, Report)}");
        }

        return figures.IsCut || (robust && around is null or { IsCut: true }) ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static int Steps(ClaimsPlan plan)
    {
        try
        {
            return ClaimsExperiment.Steps(plan);
        }
        catch (FormatException e)
        {
            throw new WrongInputException($"The coding of ends and functions does not fit the claims: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static void WriteJson(Utf8JsonWriter json, ClaimsSummary page, string folder)
    {
        var set = page.Plan.Claims.Set;
        json.WriteString("scenario", set.Scenario);
        json.WriteString("claimsOf", set.Name);
        json.WriteNumber("seed", page.Plan.Seed);
        json.WriteNumber("runs", page.Figures.Runs);
        json.WriteNumber("planned", page.Plan.Runs);
        json.WriteString("out", folder);
        json.WriteObjects("claims", page.Claims, c =>
        {
            json.WriteString("id", c.Id);
            json.WriteString("kind", ClaimsPage.Kind(c.Claim.Kind));
            json.WriteString("claim", c.Claim.Claim);
            json.WriteString("holdsIf", c.Claim.HoldsIf);
            Verdict("holds", c.Holds);
            Figure(c.Figure);
            Verdict("robust", page.Robust(c.Id));
            json.WriteString("why", c.Why);
            if (page.HangsOn(c.Id) is { } levers)
            {
                json.WriteObjects("hangsOn", levers, l =>
                {
                    json.WriteString("parameter", l.Name);
                    json.WriteFigure("correlation", l.Correlation);
                });
            }

            json.WriteObjects("tests", c.Tests.SelectMany(t => t.Parts.Count > 0 ? t.Parts : [t]), t =>
            {
                json.WriteString("label", t.Test.Label);
                json.WriteString("arm", t.Test.Arm);
                Verdict("holds", t.Holds);
                Figure(t.Figure);
                json.WriteString("why", t.Why);
            });
        });
        json.WriteObjects("tally", page.Tally, t =>
        {
            json.WriteString("kind", ClaimsPage.Kind(t.Kind));
            json.WriteNumber("hold", t.Hold);
            json.WriteNumber("doNotHold", t.DoNotHold);
            json.WriteNumber("cannotBeTold", t.CannotBeTold);
        });
        json.WriteStrings("plain", ClaimsPage.Plain(page));

        void Verdict(string name, bool? value)
        {
            if (value is { } told)
                json.WriteBoolean(name, told);
            else
                json.WriteNull(name);
        }

        void Figure(Estimate figure)
        {
            json.WriteFigure("figure", figure.Value ?? double.NaN);
            json.WriteFigure("low", figure.Low ?? double.NaN);
            json.WriteFigure("high", figure.High ?? double.NaN);
        }
    }

    private sealed class Further(IProgress<int> progress, int before) : IProgress<int>
    {
        public void Report(int value) => progress.Report(before + value);
    }
}
