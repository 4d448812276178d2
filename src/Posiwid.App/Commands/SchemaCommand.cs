using System.CommandLine;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid schema</c>: the JSON Schemas of scenario files and of files of claims, for completion in editors.</summary>
internal static class SchemaCommand
{
    /// <summary>The kinds of files that there are schemas of.</summary>
    public static readonly string[] Kinds = ["scenario", "part", "claims"];

    /// <summary>The schema of a kind of file.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="files">Where the list of ends is found.</param>
    public static string Text(string kind, DataFiles files) => ScenarioSchema.Text(kind switch
    {
        "part" => ScenarioSchema.OfPart(Model.Mechanisms, files),
        "claims" => ClaimsSchema.Of(Model.Mechanisms, files),
        _ => ScenarioSchema.Of(Model.Mechanisms, files),
    });

    public static Command Make()
    {
        var kind = new Argument<string>("KIND") { HelpName = "scenario|part|claims", Description = "A whole scenario, one that builds on another, or claims.", DefaultValueFactory = _ => "scenario" };
        kind.Validators.Add(given => CommandLine.RequireOneOf(given, "KIND", Kinds));
        kind.CompletionSources.Add(Kinds);
        var command = new ExampleCommand("schema", "Print the JSON Schema of scenario files or of files of claims, for completion in editors.", "posiwid schema > scenario.schema.json", "posiwid schema claims > claims.schema.json") { kind };
        command.SetAction(line =>
        {
            Console.Out.Write(Text(line.GetValue(kind)!, new DataFiles("scenario.yaml")));
            return ExitCode.Done;
        });
        return command;
    }
}
