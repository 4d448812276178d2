using System.CommandLine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid schema</c>: the JSON Schema of scenario files, for completion in editors.</summary>
internal static class SchemaCommand
{
    public static Command Make()
    {
        var command = new ExampleCommand("schema", "Print the JSON Schema of scenario files, for completion in editors.", "posiwid schema > scenario.schema.json");
        command.SetAction(_ =>
        {
            Console.Out.Write(ScenarioSchema.Text(Model.Mechanisms, new DataFiles("scenario.yaml")));
            return ExitCode.Done;
        });
        return command;
    }
}
