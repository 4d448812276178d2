using Posiwid.App.Commands;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PosiwidProcess Run(params string[] args) => PosiwidProcess.Run(folder.Root, args);

    [Fact]
    public void Help_DocumentsEveryCommandOptionAndExitCode()
    {
        var root = CommandLine.Root();
        var help = Run("--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.All(root.Subcommands, c => Assert.Contains($"  {c.Name} ", help.Out));
        Assert.All(new[] { "0", "1", "2", "130" }, code => Assert.Matches($"(?m)^  {code} +[a-z]", help.Out));
        foreach (var command in root.Subcommands)
        {
            var page = Run(command.Name, "--help").Out;
            Assert.All(command.Options.Concat(root.Options.Where(o => o.Recursive)), o => Assert.Matches($"(?m){o.Name} .*[a-z]", page));
            Assert.All(command.Arguments, a => Assert.Contains($"<{a.HelpName ?? a.Name}>", page));
            Assert.Contains("Examples:", page);
            Assert.False(string.IsNullOrEmpty(command.Description));
        }
    }

    [Theory]
    [InlineData("'rn' is not a command here; did you mean 'run'?", "rn")]
    [InlineData("'--run' is not an option here; did you mean '--runs'?", "run", "iso", "--run", "3")]
    [InlineData("--runs wants a whole number from 1 to 1000000, not 'many'.", "run", "iso", "--runs", "many")]
    [InlineData("--threads wants a whole number from 1 to 4096, not '0'.", "run", "iso", "--threads", "0")]
    [InlineData("There is no scenario 'isso'; did you mean 'iso'?", "run", "isso")]
    [InlineData("There is no file 'my/isso'.", "check", "my/isso")]
    [InlineData("unknown mechanism", "run", "iso", "--without", "nothing-like-it")]
    [InlineData("is no name for a scenario", "new", "My Union")]
    [InlineData("--format is text or json, not 'xml'.", "list", "--format", "xml")]
    [InlineData("SHELL is bash, zsh, fish or pwsh, not 'csh'.", "completion", "csh")]
    public void WrongInput_IsOneSentenceAndExitCode2(string expected, params string[] args)
    {
        var run = Run(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(expected, run.Error);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.DoesNotContain("System.", run.Error);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void NewCheckList_MakeAndFindAScenario()
    {
        Assert.Equal(0, Run("new", "my-union").ExitCode);
        Assert.Equal(["my-union.yaml"], folder.Names);
        var again = Run("new", "my-union");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("already there", again.Error);

        var check = Run("check", "my-union.yaml", "--format", "json");
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.Equal(0, check.Json.GetProperty("errors").GetArrayLength());
        Assert.Contains("iso", Run("list").Out);
        Assert.Contains("iso", Run("list", "--format", "json").Json.GetProperty("scenarios").EnumerateArray().Select(s => s.GetProperty("scenario").GetString()));
    }

    [Fact]
    public void Check_ListsEveryErrorWithItsPlace()
    {
        File.WriteAllText(folder["bad.yaml"], "name: bad\ntitel: Bad\nstart: yesterday\n");
        var check = Run("check", "bad.yaml", "--format", "json");
        Assert.Equal(2, check.ExitCode);
        var errors = check.Json.GetProperty("errors").EnumerateArray().ToList();
        Assert.True(errors.Count >= 2);
        Assert.Contains(errors, e => e.GetProperty("line").GetInt32() == 2 && e.GetProperty("column").GetInt32() == 1);
        Assert.All(errors, e => Assert.Equal("bad.yaml", e.GetProperty("file").GetString()));

        var run = Run("run", "bad.yaml", "--format", "json");
        Assert.Equal(2, run.ExitCode);
        Assert.True(run.Json.GetProperty("errors").GetArrayLength() >= 2);
        Assert.Equal(["bad.yaml"], folder.Names);
    }

    [Fact]
    public void Schema_IsAJsonSchema() => Assert.Equal("https://json-schema.org/draft/2020-12/schema", Run("schema").Json.GetProperty("$schema").GetString());

    [Fact]
    public void Completion_SuggestsCommandsOptionsAndScenarios()
    {
        Assert.Equal("run", Run("[suggest:10]", "posiwid ru").Out.Trim());
        Assert.Contains("iso", Run("[suggest:12]", "posiwid run ").Out);
        Assert.Contains("--runs", Run("[suggest:18]", "posiwid run iso --").Out);
        Assert.All(new[] { "bash", "zsh", "fish", "pwsh" }, shell => Assert.Contains("[suggest:", Run("completion", shell).Out));
    }
}
