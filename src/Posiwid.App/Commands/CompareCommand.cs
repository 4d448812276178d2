using System.CommandLine;
using System.Globalization;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid compare</c>: two scenarios, or one with something changed, on the same seeds.</summary>
internal static class CompareCommand
{
    private const string Report = "compare.html";

    public static Command Make()
    {
        var baseline = new Argument<string>("BASELINE") { HelpName = "BASELINE", Description = "A scenario file, or the name of a scenario (see posiwid list)." };
        var other = new Argument<string?>("OTHER") { HelpName = "OTHER", Description = "Another one; the same with what the options change if left out.", Arity = ArgumentArity.ZeroOrOne };
        baseline.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        other.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        var runs = RunCommand.Whole<int>("--runs", "-r", "Number of pairs of runs.", 100, 2, 1_000_000);
        var seed = RunCommand.Whole<ulong>("--seed", "-s", "Seed of the first pair; the same seed gives the same results.", 1, 0, ulong.MaxValue);
        var threads = RunCommand.Whole<int>("--threads", "-t", "Threads to use, at most; results do not depend on it. All cores if left out.", null, 1, 4096);
        var set = new Option<string[]>("--set") { Description = "What is set on the other side, from a date on if one is given. May be repeated.", HelpName = "name=value[@date]" };
        var dose = new Option<string[]>("--dose") { Description = "Dose of a mechanism on the other side: 0 off, 1 as written. May be repeated.", HelpName = "mechanism=dose" };
        var without = new Option<string[]>("--without") { Description = "Mechanism that is switched off on the other side. May be repeated.", HelpName = "mechanism" };
        set.CompletionSources.Add(given => CompletionCommand.Settings(given, baseline));
        dose.CompletionSources.Add(_ => Model.Mechanisms.Select(m => m.Id + "="));
        without.CompletionSources.Add(_ => Model.Mechanisms.Select(m => m.Id));
        var parameters = ParametersOption.Make();
        var output = new Option<string?>("--out", "-o") { Description = "Folder for the results. out/compare if left out.", HelpName = "folder" };
        var command = new ExampleCommand("compare", "Change something and see what follows, run against run with the same luck.",
            "posiwid compare iso --without next-big-thing", "posiwid compare iso --set openness=.85@2009 --runs 200", "posiwid compare iso --dose harm=.5 --format json")
        {
            baseline, other, runs, seed, threads, set, dose, without, parameters, output,
        };
        command.SetAction((line, interrupted) =>
        {
            var first = ScenarioPlaces.Find(line.GetRequiredValue(baseline));
            var second = line.GetValue(other);
            var (sets, withouts, doses) = (line.GetValue(set) ?? [], line.GetValue(without) ?? [], line.GetValue(dose) ?? []);
            var dosed = doses.Select(Dose).ToArray();
            if (second is null && sets.Length == 0 && withouts.Length == 0 && dosed.Length == 0)
                throw new WrongInputException("Nothing is changed: name a second scenario, or say what is changed with --without, --set or --dose.");
            string[] changes = [.. second is null ? Array.Empty<string>() : [second], .. withouts.Select(w => $"{w} off"), .. sets, .. dosed];
            return Task.FromResult(Run(
                Model.Read(first, [], [], parameters: line.GetValue(parameters)), Model.Read(second is null ? first : ScenarioPlaces.Find(second), sets, withouts, parameters: line.GetValue(parameters), dose: doses), string.Join(", ", changes),
                line.GetValue(runs)!.Value, line.GetValue(seed)!.Value, line.GetValue(threads) ?? Environment.ProcessorCount, line.GetValue(output) ?? Path.Combine("out", "compare"),
                CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted));
        });
        return command;
    }

    /// <summary>What a dose is called among the settings, once it is sure that it is one.</summary>
    private static string Dose(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
            throw new WrongInputException($"--dose wants mechanism=dose, such as harm=.5, not '{text}'.");
        var mechanism = text[..at].Trim();
        if (Model.Mechanisms.All(m => m.Id != mechanism))
            throw new WrongInputException(CommandLine.Sentence($"--dose: unknown mechanism '{mechanism}'{Nearest.Hint(mechanism, Model.Mechanisms.Select(m => m.Id))}"));
        var (number, date) = text[(at + 1)..].Split('@', 2) is [var before, var from] ? (before.Trim(), from.Trim()) : (text[(at + 1)..].Trim(), null);
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var dose) || !(dose >= 0 && dose <= MechanismInfo.MaxDose))
            throw new WrongInputException($"--dose wants a dose from 0 (off) to {MechanismInfo.MaxDose} (1 is as written), not '{number}'.");
        if (date is not null && !DateSpan.TryParse(date, out _))
            throw new WrongInputException($"--dose wants a date such as 2009, 2009-03 or 2009-03-02 after '@', not '{date}'.");
        return $"{mechanism}.dose{text[at..]}";
    }

    private static int Run(Model baseline, Model changed, string change, int runs, ulong seed, int threads, string folder, bool json, bool quiet, CancellationToken interrupted)
    {
        if (!baseline.Years.Intersect(changed.Years).Any())
            throw new WrongInputException($"The two are looked at in no year in common ({baseline.Scenario.Start:yyyy-MM-dd} to {baseline.Scenario.End:yyyy-MM-dd} and {changed.Scenario.Start:yyyy-MM-dd} to {changed.Scenario.End:yyyy-MM-dd}); run against run, they cannot be compared.");
        using var output = new OutputFolder(folder, Report);
        var (first, second) = ProgressLine.Show("Simulating", 2 * runs, quiet, progress =>
        {
            var one = baseline.Simulate(runs, seed, threads, progress, interrupted);
            return (one, changed.Simulate(runs, seed, threads, new Progress(progress, one.Runs.Count), interrupted));
        });
        var comparison = first.Runs.Count == 0 || second.Runs.Count == 0 ? throw new OperationCanceledException(interrupted)
            : new PairedComparison(new Summary(first, baseline.Ends, baseline.Overlay), new Summary(second, changed.Ends, changed.Overlay));
        var title = $"{baseline.Scenario.Title}: {change}";
        output.Write(Report, CompareReport.Of(comparison, title, change,
        [
            $"Baseline {baseline.Scenario.Name}, changed: {change}. Seeds {seed} to {seed + (ulong)runs - 1} on both sides{(comparison.Pairs < comparison.Planned ? ", of which those were used that both had finished" : "")}. The same version, scenarios and seeds give the same bits on any machine.",
            $"{comparison.Luck} All of it is about the model.",
            .. baseline.Notes.Concat(changed.Notes).Distinct(),
        ]));
        output.Commit();
        if (json)
            JsonOutput.Write(Console.Out, j => WriteJson(j, comparison, baseline, change, seed, output.Path));
        else
        {
            foreach (var (text, _) in ComparePage.Of(comparison, title, change, Console.IsOutputRedirected ? 110 : Console.WindowWidth))
                Console.Out.WriteLine(text);
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Report: {Path.Combine(output.Path, Report)}");
        }

        return comparison.Pairs < runs ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static void WriteJson(System.Text.Json.Utf8JsonWriter json, PairedComparison comparison, Model baseline, string change, ulong seed, string folder)
    {
        json.WriteString("scenario", baseline.Scenario.Name);
        json.WriteString("changed", change);
        json.WriteNumber("seed", seed);
        json.WriteNumber("runs", comparison.Pairs);
        json.WriteNumber("planned", comparison.Planned);
        json.WriteString("out", folder);
        json.WriteString("plain", ComparePage.Paragraph(comparison, change));
        json.WriteStartObject("lifeInWeeks");
        Figures(comparison.LifeInWeeks.Value, comparison.LifeInWeeks.Low, comparison.LifeInWeeks.High, comparison.LifeInWeeks.Why);
        json.WriteEndObject();
        json.WriteStartObject("alive");
        json.WriteNumber("baseline", comparison.Alive.Baseline);
        json.WriteNumber("changed", comparison.Alive.Changed);
        json.WriteEndObject();
        json.WriteObjects("differences", comparison.Measures.SelectMany(m => comparison.Years.Select(y => comparison.In(m, y))), d =>
        {
            json.WriteString("variable", d.Measure.Id);
            json.WriteString("date", string.Create(CultureInfo.InvariantCulture, $"{d.Year}-07-01"));
            json.WriteNumber("pairs", d.Pairs);
            json.WriteFigure("baseline", d.Baseline);
            Figures(d.Change.Value, d.Change.Low, d.Change.High, d.Change.Why);
        });

        void Figures(double? difference, double? low, double? high, string? why)
        {
            json.WriteFigure("difference", difference ?? double.NaN);
            json.WriteFigure("low", low ?? double.NaN);
            json.WriteFigure("high", high ?? double.NaN);
            if (why is not null)
                json.WriteString("why", why);
        }
    }

    private sealed class Progress(IProgress<int> progress, int before) : IProgress<int>
    {
        public void Report(int value) => progress.Report(before + value);
    }
}
