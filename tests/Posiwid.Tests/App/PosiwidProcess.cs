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

    /// <summary>What Ctrl-C does.</summary>
    public static void Interrupt(Process process) => Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();

    /// <summary>Skips the test on Windows, and where interrupts are ignored, as in a background job of a shell: programs started from there ignore them too.</summary>
    public static void SkipWhereNoneCanBeInterrupted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals of Unix");
        const string status = "/proc/self/status", ignored = "SigIgn:";
        if (!File.Exists(status))
            return;
        var mask = File.ReadLines(status).Single(l => l.StartsWith(ignored, StringComparison.Ordinal))[ignored.Length..].Trim();
        Assert.SkipWhen((Convert.ToUInt64(mask, 16) & 1 << 1) != 0, "interrupts are ignored here, as in a background job; start the tests in the foreground");
    }
}
