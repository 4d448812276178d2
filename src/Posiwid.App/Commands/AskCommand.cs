using System.CommandLine;
using Posiwid.App.Ask;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid ask</c>: ten questions about an organization, and at once a first page.</summary>
internal static class AskCommand
{
    public static Command Make()
    {
        var file = new Argument<string?>("FILE") { HelpName = "FILE", Description = "Answers given before; asked at the prompt if left out.", Arity = ArgumentArity.ZeroOrOne };
        var runs = RunCommand.Whole<int>("--runs", "-r", "Number of runs of the simulated organization.", 100, 1, 100_000);
        var seed = RunCommand.Whole<ulong>("--seed", "-s", "Seed of the first run.", 1, 0, ulong.MaxValue);
        var output = new Option<string?>("--out", "-o") { Description = "Folder for the answers and the scenario; files that are there stay as they are. out/NAME if left out.", HelpName = "folder" };
        var command = new ExampleCommand("ask", "Ten questions about your organization, and at once a first page.", "posiwid ask", "posiwid ask my-answers.yaml --format json") { file, runs, seed, output };
        command.SetAction((line, interrupted) => Task.FromResult(Run(line.GetValue(file), line.GetValue(runs)!.Value, line.GetValue(seed)!.Value, line.GetValue(output), CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted)));
        return command;
    }

    private static int Run(string? file, int runs, ulong seed, string? folder, bool json, bool quiet, CancellationToken interrupted)
    {
        var ends = new Coding(null).Ends();
        var answers = file is null ? new Questions(Console.In, Console.Error, ends).Ask() : StrictFile.Read<Answers>(file, (a, note) => a.Check(ends, note));
        var name = answers.ShortName;
        using var output = new OutputFolder(folder ?? Path.Combine("out", name));
        var kept = Write(output, "answers", answers.Text(), file, quiet);
        var today = DateOnly.FromDateTime(DateTime.Now);
        var first = FirstYear.Of(answers, today, seed, interrupted);
        var scenario = Write(output, name, AnswerScenario.Text(answers, today, first), null, quiet);
        output.Commit();
        var model = Model.Read(Path.Combine(output.Path, scenario), [], []);
        var result = ProgressLine.Show("Simulating", runs, quiet, progress => model.Simulate(runs, seed, Environment.ProcessorCount, progress, interrupted));
        if (result.Runs.Count == 0)
            throw new OperationCanceledException(interrupted);
        var summary = new Summary(result, model.Ends, model.Overlay);
        if (json)
            WriteJson(answers, first, ends, summary, seed, Path.Combine(output.Path, scenario));
        else
        {
            var terminal = !Console.IsOutputRedirected;
            var (bold, plain) = terminal && ProgressLine.HasAnsi ? ("\u001b[1m", "\u001b[0m") : ("", "");
            foreach (var row in AskPage.Of(answers, first, ends, summary, terminal ? Console.WindowWidth : 100))
                Console.Out.WriteLine(row.IsHeading ? bold + row.Text + plain : row.Text);
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Answers: {Path.Combine(output.Path, kept)}. Scenario: {Path.Combine(output.Path, scenario)}; correct it, then: posiwid run {CommandLine.Word(Path.Combine(output.Path, scenario))}");
            Console.Out.WriteLine("Ready tables to write things down in: posiwid template my-records");
        }

        return result.Runs.Count < result.Planned ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>Writes a file under its name, or, where another of that name stands, perhaps corrected by hand, under one with a number.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="name">The name without its end.</param>
    /// <param name="text">What to write.</param>
    /// <param name="given">A file that holds the same in other words: it need not be written again.</param>
    /// <param name="quiet">True to say nothing.</param>
    /// <returns>The name of the file.</returns>
    private static string Write(OutputFolder output, string name, string text, string? given, bool quiet)
    {
        for (var number = 1; ; number++)
        {
            var file = number == 1 ? $"{name}.yaml" : $"{name}-{number}.yaml";
            var path = Path.Combine(output.Path, file);
            if (given is not null && Path.GetFullPath(given) == Path.GetFullPath(path))
                return file;
            if (!Path.Exists(path) || (File.Exists(path) && File.ReadAllText(path) == text))
            {
                if (number > 1 && !quiet)
                    Console.Error.WriteLine($"{Path.Combine(output.Path, $"{name}.yaml")} was left as it is; wrote {path}.");
                output.Write(file, text);
                return file;
            }
        }
    }

    private static void WriteJson(Answers answers, FirstYear? first, Purpose.Ends ends, Summary summary, ulong seed, string scenario) => JsonOutput.Write(Console.Out, j =>
    {
        j.WriteString("scenario", scenario);
        j.WriteNumber("seed", seed);
        j.WriteNumber("runs", summary.Result.Runs.Count);
        j.WriteObjects("effort", AskPage.Shares(answers, ends) ?? [], e =>
        {
            j.WriteString("end", e.End.Code);
            var rank = answers.Aims.ToList().IndexOf(e.End.Code);
            if (rank >= 0)
                j.WriteNumber("said", rank + 1);
            else
                j.WriteNull("said");
            j.WriteFigure("value", e.Share);
            j.WriteFigure("low", e.Low);
            j.WriteFigure("high", e.High);
        });
        j.WriteObjects("members", summary.Years, year =>
        {
            var members = summary.InYear("members", year);
            j.WriteNumber("year", year);
            j.WriteFigure("mean", members.Mean);
            j.WriteFigure("low", members.Low);
            j.WriteFigure("high", members.High);
        });
        if (first is not null)
        {
            j.WriteStartObject("firstYear");
            j.WriteFigure("joined", first.Joined);
            j.WriteFigure("left", first.Left);
            if (first.Scale is { } scale)
                j.WriteNumber("contact-making.scale", scale);
            if (first.Base is { } rate)
                j.WriteNumber("exit.base", rate);
            j.WriteBoolean("near", first.IsNear(answers));
            j.WriteEndObject();
        }

        j.WriteFigure("alive", summary.AliveShare(summary.Result.SampleWeeks[^1]));
        j.WriteObjects("writeDown", WriteDown.Of(answers), w =>
        {
            j.WriteString("what", w.What);
            j.WriteString("then", w.Then);
            j.WriteString("table", w.Table);
        });
        j.WriteStrings("plain", AskPage.Of(answers, first, ends, summary, 100).Select(l => l.Text));
    });
}
