using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Records;
using Posiwid.Records.Import;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid purpose WHAT</c>: what it says beside what it does; of a scenario by paired experiments, of a record book by what it holds.</summary>
internal static class PurposeCommand
{
    private const string Report = "purpose.html", Document = "profile.md";

    public static Command Make()
    {
        var subject = new Argument<string>("WHAT") { HelpName = "WHAT", Description = "A scenario file or the name of a scenario (see posiwid list), or a record book." };
        subject.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        var runs = RunCommand.Whole<int>("--runs", "-r", "Number of runs, and of pairs in every comparison.", 20, 4, 100_000);
        var seed = RunCommand.Whole<ulong>("--seed", "-s", "Seed of the first run; the same seed gives the same results.", 1, 0, ulong.MaxValue);
        var threads = RunCommand.Whole<int>("--threads", "-t", "Threads to use, at most; results do not depend on it. All cores if left out.", null, 1, 4096);
        var set = new Option<string[]>("--set") { Description = "Hold a setting at a value, from a date on if one is given. May be repeated.", HelpName = "name=value[@date]" };
        var parameters = ParametersOption.Make();
        var full = new Option<bool>("--full") { Description = "Try every combination of the core functions: Shapley values, minimal viable sets and cut sets." };
        var robust = RunCommand.Whole<int>("--robust", "-b", "Do it again with so many models whose parameters all differ by up to a fifth; interrupted, the same command goes on.", 0, 0, 10_000);
        var coding = new Option<string?>("--coding") { Description = "Folder with a coding of your own: ends.csv, kind_end.csv, functions.csv, attribute_end.csv; the usual one for those that it lacks.", HelpName = "folder" };
        var organization = RunCommand.Whole<int>("--organization", "-g", "Number of the organization in a book of several.", null, 1, int.MaxValue);
        var noVoice = new Option<bool>("--no-voice") { Description = "Leave complaints and voice out: a profile could be used to find critics." };
        var output = new Option<string?>("--out", "-o") { Description = "Folder for the results. out/SCENARIO if left out.", HelpName = "folder" };
        var command = new ExampleCommand("purpose", "Find out what it is for by what it does: experiments, a profile, and how sure it is.",
            "posiwid purpose iso", "posiwid purpose iso --full --runs 100", "posiwid purpose out/iso/book.duckdb", "posiwid purpose my-books/ --no-voice", "posiwid purpose iso --format json | jq .plain")
        {
            subject, runs, seed, threads, set, parameters, full, robust, coding, organization, noVoice, output,
        };
        command.SetAction((line, interrupted) =>
        {
            var (what, folder, json, quiet) = (line.GetRequiredValue(subject), line.GetValue(output), CommandLine.WantsJson(line), CommandLine.IsQuiet(line));
            var places = new Coding(line.GetValue(coding));
            if (BookSource.IsBook(what))
            {
                CommandLine.RequireNone(line, $"{what} is a record book, which is read and not run", runs, seed, threads, set, parameters, full, robust);
                return Task.FromResult(Read(what, places, line.GetValue(organization), new PurposeSettings { Voice = !line.GetValue(noVoice) }, folder, json));
            }

            // JSON may be a scenario, too
            if (File.Exists(what) && Path.GetExtension(what).ToLowerInvariant() is var end && end != ".json" && Sheet.Extensions.Contains(end))
                throw new WrongInputException($"{what} is neither a record book nor a scenario; of a folder with such files posiwid import makes a book: posiwid import FOLDER --suggest");
            var scenario = ScenarioPlaces.Find(what);
            CommandLine.RequireNone(line, $"{what} is a scenario, not a record book", organization, noVoice);
            return Task.FromResult(Run(Model.Read(scenario, line.GetValue(set) ?? [], [], places, line.GetValue(parameters)), line.GetValue(runs)!.Value, line.GetValue(seed)!.Value,
                line.GetValue(threads) ?? Environment.ProcessorCount, line.GetValue(full), line.GetValue(robust)!.Value, folder, json, quiet, interrupted));
        });
        return command;
    }

    private static int Read(string path, Coding coding, int? organization, PurposeSettings settings, string? folder, bool json)
    {
        BookEvidence book;
        try
        {
            using var source = BookSource.Open(path);
            book = BookReader.Read(source, coding.Ends(), coding.Attributes(), organization);
        }
        catch (BookException e)
        {
            throw new WrongInputException(e.Message, e);
        }

        // a book.duckdb goes by the name of its folder
        var named = Path.GetFileName(path) == "book.duckdb" ? Path.GetDirectoryName(Path.GetFullPath(path))! : Path.TrimEndingDirectorySeparator(path);
        var name = Path.GetFileNameWithoutExtension(named);
        using var output = new OutputFolder(folder ?? Path.Combine("out", name), Report);
        var analysis = new PurposeAnalysis(book.Data, settings);
        var title = $"{book.Organization}: what it says and what it does";
        output.Write(Report, PurposeReport.Of(analysis, title, $"A record book, {book.From:yyyy-MM} to {book.To:yyyy-MM}.", [.. book.Notes, .. Uncontrolled(analysis)], book));
        output.Commit();
        if (json)
        {
            JsonOutput.Write(Console.Out, j =>
            {
                j.WriteString("book", name);
                j.WriteNull("seed");
                j.WriteNull("runs");
                j.WriteString("why", "a book is read, nothing is run");
                PurposeJson.Write(j, analysis);
                j.WriteObjects("needs", book.Needs, n =>
                {
                    j.WriteString("line", n.Line);
                    j.WriteString("needs", n.Needs);
                    j.WriteStrings("lacks", n.Lacks);
                });
                j.WriteStrings("notes", book.Notes);
            });
        }
        else
            WriteText(analysis, title, Path.Combine(output.Path, Report), book);
        return ExitCode.Done;
    }

    private static int Run(Model model, int runs, ulong seed, int threads, bool full, int robust, string? folder, bool json, bool quiet, CancellationToken interrupted)
    {
        using var output = new OutputFolder(folder ?? Path.Combine("out", model.Scenario.Name), Report, Document);
        var plan = model.PurposePlan(runs, seed, full);
        using var models = robust == 0 ? null : ModelsAround.Open(model, plan, robust, output.Path);
        if (models is { Found: 0, Unused: { } unused } && !quiet)
            Console.Error.WriteLine(unused);
        if (models is { Found: > 0 } && !quiet)
            Console.Error.WriteLine($"{models.Found} of {robust} models were found in {models.Path}; the others follow.");
        var (trials, journal) = Experiment(model, plan, threads, output.Path, quiet, interrupted);
        var analysis = model.Analyze(plan, trials);
        var around = models?.Run(analysis.Profile, threads, quiet, interrupted);
        if (around is { } some && some.Models < some.Planned)
            Console.Error.WriteLine($"Interrupted: {some.Models} of {some.Planned} models are finished and kept; the same command goes on with the others.");
        var title = $"{model.Scenario.Title}: what it says and what it does";
        output.Write(Report, PurposeReport.Of(analysis, title, $"A model, {runs} runs and {trials.Defense.Count + trials.Lives.Count} experiments on each.",
        [
            $"Scenario {model.Scenario.Name}, seeds {seed} to {seed + (ulong)runs - 1}. The same version, scenario and seed give the same bits on any machine.",
            $"All of this is about the model, {(model.IsFitted ? "whose parameters were fitted to published counts as far as these go" : "which was not fitted to published counts")}. What it says about the organization depends on how well the model fits what is known of it.",
            .. model.Notes,
            .. Uncontrolled(analysis),
        ], robustness: around));
        output.Write(Document, PurposeDocument.Of(analysis, model.Scenario, runs, seed));
        output.Commit();
        // with models to go on with, the same command is called again
        if (around is not { } so || so.Models == so.Planned)
            File.Delete(journal);
        if (json)
            JsonOutput.Write(Console.Out, j => WriteJson(j, analysis, model, seed, runs, around));
        else
            WriteText(analysis, title, Path.Combine(output.Path, Report), robustness: around);
        return around is { } part && part.Models < part.Planned ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>The experiments, going on from what an interrupted call of the same command has left.</summary>
    /// <exception cref="InterruptedException">It is interrupted in its turn.</exception>
    private static (PurposeTrials Trials, string Journal) Experiment(Model model, PurposePlan plan, int threads, string folder, bool quiet, CancellationToken interrupted)
    {
        string[] what =
        [
            $"posiwid {JsonOutput.Version}", $"simulator {typeof(Ensemble).Module.ModuleVersionId:N}", $"scenario {plan.Run.ScenarioHash}", $"coding {model.CodingHash}",
            $"seed {plan.Run.Seed}", $"{plan.Run.Runs} runs", plan.EveryCombination ? "every combination" : "pairs",
        ];
        var head = string.Join(", ", what);
        var path = Path.Combine(folder, $"purpose-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head)))[..8]}.journal");
        var done = 0;
        try
        {
            using var journal = FitJournal.Open(path, head, "purpose");
            done = journal.Found;
            if (done > 0 && !quiet)
                Console.Error.WriteLine($"{done} finished parts were found in {path}; the experiments go on from there.");
            return (ProgressLine.Show("Experimenting", PurposeExperiment.Steps(plan), quiet, progress => PurposeExperiment.Run(plan, threads, progress, journal, interrupted)), path);
        }
        catch (FitJournalException e)
        {
            throw new WrongInputException(e.Message, e);
        }
        catch (Exception e) when (interrupted.IsCancellationRequested && (e is OperationCanceledException || (e is AggregateException all && all.Flatten().InnerExceptions.All(i => i is OperationCanceledException))))
        {
            done = File.ReadLines(path).Count() - 1;
            if (done == 0)
            {
                File.Delete(path);
                throw new OperationCanceledException(interrupted);
            }

            throw new InterruptedException($"Interrupted: {done} finished parts are kept in {path}; the same command goes on from there. There is no profile yet.");
        }
    }

    private static string[] Uncontrolled(PurposeAnalysis analysis) => analysis.WithoutControl is { } why ? [why] : [];

    private static void WriteText(PurposeAnalysis analysis, string title, string report, BookEvidence? book = null, Robustness? robustness = null)
    {
        var terminal = !Console.IsOutputRedirected;
        var (bold, plain) = terminal && ProgressLine.HasAnsi ? ("\u001b[1m", "\u001b[0m") : ("", "");
        foreach (var (text, isHeading) in PurposePage.Of(analysis, title, terminal ? Console.WindowWidth : 110, book, robustness))
            Console.Out.WriteLine(isHeading ? bold + text + plain : text);
        if (analysis.WithoutControl is { } uncontrolled)
        {
            Console.Out.WriteLine();
            foreach (var line in Words.Wrap(uncontrolled, terminal ? Console.WindowWidth : 110))
                Console.Out.WriteLine(line);
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine($"Report: {report}");
    }

    private static void WriteJson(Utf8JsonWriter json, PurposeAnalysis analysis, Model model, ulong seed, int runs, Robustness? robustness)
    {
        json.WriteString("scenario", model.Scenario.Name);
        json.WriteNumber("seed", seed);
        json.WriteNumber("runs", runs);
        PurposeJson.Write(json, analysis);
        if (robustness is not null)
            PurposeJson.Write(json, robustness);
    }
}
