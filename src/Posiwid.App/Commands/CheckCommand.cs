using System.CommandLine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid check FILE</c>: says everything that is wrong with a scenario.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "A scenario file, or the name of a scenario." };
        file.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        var command = new ExampleCommand("check", "Check a scenario file: every error with file, line and column.", "posiwid check my-union.yaml", "posiwid check iso --format json") { file };
        command.SetAction(line => Run(line.GetRequiredValue(file), CommandLine.WantsJson(line)));
        return command;
    }

    private static int Run(string name, bool json)
    {
        var path = ScenarioPlaces.Find(name);
        IReadOnlyList<ScenarioError> errors = [];
        try
        {
            ScenarioFile.Read(path, Model.Mechanisms);
        }
        catch (ScenarioException e)
        {
            errors = e.Errors;
        }

        if (json)
        {
            JsonOutput.Write(Console.Out, j =>
            {
                j.WriteString("scenario", name);
                j.WriteObjects("errors", errors, e =>
                {
                    j.WriteString("file", e.File);
                    j.WriteNumber("line", e.Line);
                    j.WriteNumber("column", e.Column);
                    j.WriteString("path", e.Path);
                    j.WriteString("message", e.Message);
                });
            });
        }
        else if (errors.Count == 0)
        {
            Console.Out.WriteLine($"{path}: nothing wrong");
        }
        foreach (var error in errors)
            Console.Error.WriteLine(error);
        return errors.Count == 0 ? ExitCode.Done : ExitCode.WrongInput;
    }
}
