using System.CommandLine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid list</c>: the scenarios that a name stands for.</summary>
internal static class ListCommand
{
    public static Command Make()
    {
        var command = new ExampleCommand("list", "List the scenarios that can be run by name.", "posiwid list", "posiwid list --format json");
        command.SetAction(line => Run(CommandLine.WantsJson(line)));
        return command;
    }

    private static int Run(bool json)
    {
        var all = ScenarioPlaces.All().Select(s => (Name: s.Key, File: s.Value, Title: Title(s.Value))).ToList();
        if (json)
        {
            JsonOutput.Write(Console.Out, j => j.WriteObjects("scenarios", all, s =>
            {
                j.WriteString("scenario", s.Name);
                j.WriteString("title", s.Title);
                j.WriteString("file", s.File);
            }));
            return ExitCode.Done;
        }
        var width = all.Select(s => s.Name.Length).DefaultIfEmpty(0).Max() + 2;
        foreach (var (name, file, title) in all)
            Console.Out.WriteLine($"{name.PadRight(width)}{title ?? $"has errors; see posiwid check {file}"}");
        if (all.Count == 0)
            Console.Error.WriteLine("No scenarios here; posiwid new NAME makes one.");
        return ExitCode.Done;
    }

    private static string? Title(string file)
    {
        try
        {
            return ScenarioFile.Read(file, Model.Mechanisms).Title;
        }
        catch (ScenarioException)
        {
            return null;
        }
    }
}
