using System.CommandLine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid new NAME</c>: writes a commented starter scenario.</summary>
internal static class NewCommand
{
    public static Command Make()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the scenario: small letters, digits and hyphens." };
        name.Validators.Add(r =>
        {
            var value = r.GetValueOrDefault<string>() ?? "";
            if (value.Length is 0 or > 60 || !value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || value[0] == '-')
                r.AddError($"'{value}' is no name for a scenario; use small letters, digits and hyphens.");
        });
        var command = new ExampleCommand("new", "Write a commented starter scenario, NAME.yaml, into this folder.", "posiwid new my-union", "posiwid run my-union") { name };
        command.SetAction(line => Run(line.GetRequiredValue(name), CommandLine.WantsJson(line)));
        return command;
    }

    private static int Run(string name, bool json)
    {
        var file = name + ".yaml";
        try
        {
            using var output = new StreamWriter(new FileStream(file, FileMode.CreateNew));
            output.Write(ScenarioStarter.Text(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException(File.Exists(file) ? $"{file} is already there; nothing was written." : $"{file} cannot be written: {e.Message}", e);
        }
        if (json)
            JsonOutput.Write(Console.Out, j => { j.WriteString("scenario", name); j.WriteString("file", file); });
        else
            Console.Out.WriteLine($"Wrote {file}. Change it, then: posiwid check {file}; posiwid run {name}");
        return ExitCode.Done;
    }
}
