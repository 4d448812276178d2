using System.Diagnostics;
using System.Text.Json;

namespace Posiwid.Tests.App;

/// <summary>The built program, run as a child process as a person would.</summary>
internal sealed record PosiwidProcess(int ExitCode, string Out, string Error)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "posiwid.dll");

    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public static PosiwidProcess Run(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    public static Process Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }
}
