using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid fit SCENARIO --to FILE</c>: which values of the parameters are not ruled out by what was published.</summary>
internal static class FitCommand
{
    private const string Journal = "journal.txt", Draws = "posterior.csv", Page = "fit.html", Manifest = "manifest.json";

    public static Command Make()
    {
        var scenario = new Argument<string>("SCENARIO") { HelpName = "SCENARIO", Description = "A scenario file, or the name of a scenario (see posiwid list). It must state priors." };
        scenario.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        var to = new Option<string>("--to") { Description = "File of published figures, each with its error and its source.", HelpName = "file", Required = true };
        var particles = RunCommand.Whole<int>("--particles", "-p", "Parameter sets that are kept.", 400, 20, 100_000);
        var simulations = RunCommand.Whole<int>("--simulations", "-n", "Simulations at most; a larger number goes on from a fit that has spent its own.", 20_000, 40, 100_000_000);
        var check = RunCommand.Whole<int>("--check", "-c", "Whole new runs that are held beside the figures afterwards.", 200, 0, 1_000_000);
        var seed = RunCommand.Whole<ulong>("--seed", "-s", "Seed of the fit; the same seed gives the same results.", 1, 0, ulong.MaxValue);
        var threads = RunCommand.Whole<int>("--threads", "-t", "Threads to use, at most; results do not depend on it. All cores if left out.", null, 1, 4096);
        var output = new Option<string?>("--out", "-o") { Description = "Folder for the results and the journal. out/fit-SCENARIO if left out.", HelpName = "folder" };
        var command = new ExampleCommand("fit", "Find the values of parameters that published figures do not rule out; an interrupted fit goes on where it was.",
            "posiwid fit iso --to data/iso_targets.csv", "posiwid fit iso --to data/iso_targets.csv --simulations 2000 --particles 100 --out out/quick-fit")
        {
            scenario, to, particles, simulations, check, seed, threads, output,
        };
        command.SetAction((line, interrupted) =>
        {
            var settings = new FitSettings { Particles = line.GetValue(particles)!.Value, Simulations = line.GetValue(simulations)!.Value, Seed = line.GetValue(seed)!.Value };
            return Task.FromResult(Run(ScenarioPlaces.Find(line.GetRequiredValue(scenario)), line.GetRequiredValue(to), settings, line.GetValue(check)!.Value,
                line.GetValue(threads) ?? Environment.ProcessorCount, line.GetValue(output), CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted));
        });
        return command;
    }

    private static int Run(string path, string to, FitSettings settings, int check, int threads, string? folder, bool json, bool quiet, CancellationToken interrupted)
    {
        var model = Model.Read(path, [], [], parameters: ParametersOption.Default);
        var plan = model.With(null);
        var priors = ScenarioFit.Priors(model.Scenario, Model.Mechanisms);
        if (priors.Count == 0)
            throw new WrongInputException($"{path} states nothing to fit: add a section 'priors' that names parameters, their ranges and where these come from.");
        if (settings.Particles < 4 * priors.Count || settings.Simulations < 2 * settings.Particles)
            throw new WrongInputException($"{priors.Count} parameters need {4 * priors.Count} particles at least, and twice as many simulations as particles.");
        var files = new DataFiles(File.Exists(to) ? Path.GetFullPath("beside") : path); // a path from here first, then as a scenario's own files are found
        var targets = FitTargets.Read(to, files, model.Scenario);
        var targetsHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(files.Text(to))));
        var code = typeof(Ensemble).Module.ModuleVersionId; // the same for the same sources; another simulator gives other bits
        var what = $"posiwid {JsonOutput.Version}, simulator {code:N}, scenario {plan.ScenarioHash}, targets {targetsHash}, {settings.Particles} particles, seed {settings.Seed}";

        using var output = new OutputFolder(folder ?? Path.Combine("out", "fit-" + model.Scenario.Name), Page, Draws, Manifest);
        var journalPath = Path.Combine(output.Path, Journal);
        FitResult result;
        try
        {
            using var journal = FitJournal.Open(journalPath, what);
            if (journal.Found > 0 && !quiet)
                Console.Error.WriteLine($"{journal.Found} simulations were found in {journalPath}; the fit goes on from there.");
            result = ProgressLine.Show("Fitting", settings.Simulations, quiet, progress => AbcSmc.Run(ScenarioFit.Problem(plan.Setting, priors, targets), settings, threads, journal, progress, interrupted));
        }
        catch (FitJournalException e)
        {
            throw new WrongInputException(e.Message, e);
        }

        if (result.Particles.Count == 0)
            throw new InterruptedException($"Interrupted in the first generation. Its finished simulations are kept in {journalPath}; the same command goes on from there.");

        var text = Posterior.Text([.. priors.Select(p => p.Name)], result.Particles);
        var fitted = model.With(Posterior.Parse(text, Draws, Model.Mechanisms)) with { Runs = check, Seed = settings.Seed };
        var ensemble = check == 0 || interrupted.IsCancellationRequested ? null
            : ProgressLine.Show("Checking on new runs", check, quiet, progress => Ensemble.Run(fitted, threads, progress, interrupted));
        if (ensemble is { Runs.Count: 0 })
            ensemble = null;

        var report = new FitSummary(model.Scenario, settings, result, priors, targets, ensemble is null ? null : PredictiveCheck.Of(ensemble, fitted, targets));
        output.Write(Draws, text);
        output.Write(Page, FitReport.Of(report, ensemble is null ? null : new Summary(ensemble, model.Ends, model.Overlay),
        [
            $"Scenario {model.Scenario.Name}, figures from {to}, seed {settings.Seed}. The same version, scenario, figures and seed give the same bits on any number of threads.",
            .. model.Notes,
        ]));
        output.Write(Manifest, file =>
        {
            using var writer = new StreamWriter(file);
            JsonOutput.Write(writer, j =>
            {
                FitJson.WriteHead(j, report);
                j.WriteString("scenarioHash", plan.ScenarioHash);
                j.WriteString("targets", to);
                j.WriteStartObject("sha256");
                j.WriteString("targets", targetsHash);
                foreach (var name in (string[])[Draws, Page])
                {
                    using var stream = output.Read(name);
                    j.WriteString(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
                }

                j.WriteEndObject();
            });
        });
        output.Commit();

        if (json)
        {
            JsonOutput.Write(Console.Out, j =>
            {
                FitJson.WriteHead(j, report);
                j.WriteString("out", output.Path);
                FitJson.WriteBody(j, report);
            });
        }
        else
        {
            foreach (var line in FitPage.Of(report, Console.IsOutputRedirected ? 110 : Console.WindowWidth))
                Console.Out.WriteLine(line.Text);
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Report: {Path.Combine(output.Path, Page)}    Parameter sets: {Path.Combine(output.Path, Draws)}");
        }

        return interrupted.IsCancellationRequested || result.End == FitEnd.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }
}
