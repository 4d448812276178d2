using System.CommandLine;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid check FILE</c>: says everything that is wrong with a scenario or a file of claims.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "A scenario file, a file of claims, or the name of a scenario." };
        file.CompletionSources.Add(_ => ScenarioPlaces.All().Keys);
        var command = new ExampleCommand("check", "Check a scenario file or a file of claims: every error with file, line and column.", "posiwid check my-union.yaml", "posiwid check my-claims.yaml", "posiwid check iso --format json") { file };
        command.SetAction(line => Run(line.GetRequiredValue(file), CommandLine.WantsJson(line)));
        return command;
    }

    private static int Run(string name, bool json)
    {
        var path = ScenarioPlaces.Find(name);
        IReadOnlyList<ScenarioError> errors = [];
        try
        {
            if (ClaimsFile.Is(path))
                ClaimsFile.Read(path, Model.Mechanisms, new Coding(null).Ends(new DataFiles(path)));
            else
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
                j.WriteErrors(errors);
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
