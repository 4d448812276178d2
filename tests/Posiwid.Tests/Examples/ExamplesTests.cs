using System.Diagnostics;
using System.Text.RegularExpressions;
using Posiwid.Tests.Conventions;

namespace Posiwid.Tests.Examples;

/// <summary>Runs each example as its README says, and checks what it states that it must print.</summary>
public partial class ExamplesTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public void Thresholds_prints_what_it_states()
    {
        const string file = "examples/thresholds/thresholds.cs";
        var stated = Stated().Matches(Repository.Text(file)).Select(m => m.Groups[1].Value);
        Assert.Equal(string.Join('\n', stated), Run(file));
    }

    [Fact]
    public void Add_a_mechanism_changes_what_it_states_and_nothing_else()
    {
        var lines = Run("examples/add-a-mechanism/add-a-mechanism.cs").Split('\n');
        Assert.Equal("with a dose of 0 the runs are the same, bit for bit: yes", lines[0]);
        var ties = Ties().Match(lines[1]);
        Assert.True(ties.Success, lines[1]);
        Assert.InRange(double.Parse(ties.Groups["with"].Value) - double.Parse(ties.Groups["without"].Value), 0.05, 0.30);
        Assert.StartsWith("members: ", lines[2]);
    }

    [Fact]
    public void Every_example_is_listed_and_tested()
    {
        var readme = Repository.Text("examples/README.md");
        var tests = Repository.Text("tests/Posiwid.Tests/Examples/ExamplesTests.cs");
        foreach (var file in Directory.GetFiles(Repository.PathOf("examples"), "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
            Assert.Contains($"dotnet run {path}", readme);
            Assert.Contains($"\"{path}\"", tests);
        }
    }

    private static string Run(string file)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "-c", Configuration, file]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output.ReplaceLineEndings("\n").TrimEnd();
    }

    [GeneratedRegex(@"^//   (?!-)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Stated();

    [GeneratedRegex(@"^ties: (?<without>[\d.]+) without, (?<with>[\d.]+) with; higher with it in 8 of 8 runs$")]
    private static partial Regex Ties();
}
