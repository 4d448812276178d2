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
            Assert.All(command.Options.Concat(root.Options.Where(o => o.Recursive)), o =>
            {
                if ((command.Name, o.Name) is ("completion", "--format"))
                    Assert.DoesNotContain("--format", page, StringComparison.Ordinal); // what it prints is a script
                else
                    Assert.Matches($"(?m){o.Name} .*[a-z]", page);
            });
            Assert.All(command.Arguments, a => Assert.Contains($"<{a.HelpName ?? a.Name}>", page));
            Assert.Contains("Examples:", page);
            Assert.False(string.IsNullOrEmpty(command.Description));
        }
    }

    [Theory]
    [InlineData("'rn' is not a command here; did you mean 'run'?", "rn")]
    [InlineData("posiwid: 'parent' is one word too many. See posiwid run --help", "run", "iso", "parent")]
    [InlineData("'--run' is not an option here; did you mean '--runs'?", "run", "iso", "--run", "3")]
    [InlineData("--runs wants a whole number from 1 to 1000000, not 'many'.", "run", "iso", "--runs", "many")]
    [InlineData("--threads wants a whole number from 1 to 4096, not '0'.", "run", "iso", "--threads", "0")]
    [InlineData("There is no scenario 'isso'; did you mean 'iso'?", "run", "isso")]
    [InlineData("There is no file 'my/isso'.", "check", "my/isso")]
    [InlineData("unknown mechanism", "run", "iso", "--without", "nothing-like-it")]
    [InlineData("is no name for a scenario", "new", "My Union")]
    [InlineData("--format is text or json, not 'xml'.", "list", "--format", "xml")]
    [InlineData("SHELL is bash, zsh, fish or pwsh, not 'csh'.", "completion", "csh")]
    [InlineData("--format has no meaning here: what is printed is a script.", "completion", "bash", "--format", "text")]
    [InlineData("openness is set twice from 1977-03-14 on; set it once.", "run", "iso", "--set", "openness=.1", "--set", "openness=.9")]
    [InlineData("openness is set twice from 2009-01-01 on; set it once.", "purpose", "iso", "--set", "openness=.1@2009", "--set", "openness=.9@2009-01")]
    [InlineData("harm.dose is set twice from 1977-03-14 on; set it once.", "compare", "iso", "--without", "harm", "--dose", "harm=.5")]
    [InlineData("--organization has no meaning here: iso is a scenario, not a record book.", "purpose", "iso", "-g", "3")]
    [InlineData("--no-voice has no meaning here: iso is a scenario, not a record book.", "purpose", "iso", "--no-voice")]
    public void WrongInput_IsOneSentenceAndExitCode2(string expected, params string[] args)
    {
        var run = Run(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(expected, run.Error);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.DoesNotContain("System.", run.Error);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("--runs wants a whole number from 1 to 1000000, not '0'.", "run", "iso", "--runs", "0")]
    [InlineData("'bogus' is not a command here", "bogus")]
    [InlineData("'iso' is one word too many.", "run", "iso", "iso")]
    [InlineData("'--run' is not an option here; did you mean '--runs'?", "run", "iso", "--run", "3")]
    [InlineData("Option '--runs' expects a single argument but 2 were provided.", "run", "iso", "--runs", "3", "--runs", "4")]
    [InlineData("--format has no meaning here: what is printed is a script.", "completion", "bash")]
    [InlineData("openness is set twice", "run", "iso", "--set", "openness=.1", "--set", "openness=.9")]
    public void WrongInput_IsOneJsonDocumentToo(string expected, params string[] args)
    {
        var run = Run([.. args, "--format", "json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(expected, Assert.Single(run.Json.GetProperty("errors").EnumerateArray()).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openness is set twice", "--set", "openness=.1@2003", "--set", "openness=.9@2003-01")]
    [InlineData("", "--set", "openness=.1@2003", "--set", "openness=.9@2005")]
    public void ASettingCanHaveOneValueAtATime(string expected, params string[] args)
    {
        Run("new", "club");
        Short("club.yaml", "2005-12-26");
        var run = Run(["run", "club", "--runs", "1", "--quiet", .. args]);
        Assert.Equal(expected.Length == 0 ? 0 : 2, run.ExitCode);
        Assert.StartsWith(expected, run.Error, StringComparison.Ordinal);
    }

    private void Short(string file, string end) => File.WriteAllText(folder[file], File.ReadAllText(folder["club.yaml"]).Replace("end: 2025-12-29", $"end: {end}", StringComparison.Ordinal));

    // measures are first taken in week 4, which begins 21 days after 2000-01-03
    [Fact]
    public void AScenarioThatIsTooShortToBeLookedAt_IsRefusedWithItsPlace()
    {
        Run("new", "club");
        Short("short.yaml", "2000-01-23");
        foreach (var args in new string[][] { ["check", "short.yaml"], ["run", "short.yaml", "--runs", "4"], ["purpose", "short.yaml", "--runs", "4"], ["compare", "club", "short.yaml", "--runs", "2"] })
            Assert.Equal(new(2, "", "short.yaml:13:6: end: the run is too short: it is first looked at in its week 4, which begins on 2000-01-24; end it then or later"), Run(args) is var run ? run with { Error = run.Error.Trim() } : null);

        Short("short.yaml", "2000-01-24");
        Assert.Equal(0, Run("check", "short.yaml").ExitCode);
        Assert.Equal((0, ""), Run("run", "short.yaml", "--runs", "4", "--quiet") is var ran ? (ran.ExitCode, ran.Error) : default);
        Assert.Equal((0, ""), Run("compare", "club", "short.yaml", "--runs", "2", "--quiet") is var compared ? (compared.ExitCode, compared.Error) : default);
    }

    // what follows a blow is looked at for 26 samples of 4 weeks: 104. From 2000-01-03 on, week 103 begins on 2001-12-24 less a week, week 104 on 2001-12-24
    [Fact]
    public void AProfileNeedsTwoYears()
    {
        Run("new", "club");
        Short("short.yaml", "2001-12-23");
        var run = Run("purpose", "short.yaml", "--runs", "4", "--quiet");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Equal("A profile needs a scenario of at least 104 weeks, as many as are looked at after a blow; club has 103 (2000-01-03 to 2001-12-23).", run.Error.Trim());
        Assert.Equal(["club.yaml", "short.yaml"], folder.Names.Order());

        Short("short.yaml", "2001-12-24");
        Assert.Equal((0, ""), Run("purpose", "short.yaml", "--runs", "4", "--quiet") is var made ? (made.ExitCode, made.Error) : default);
    }

    [Fact]
    public void ACodingThatIsWrong_IsNamedWithItsPlace()
    {
        Directory.CreateDirectory(folder["coding"]);
        File.WriteAllText(folder["coding/kind_end.csv"], "kind,end,weight,weight_min,weight_max\nmeeting,cause,1,x,1\n");
        var run = Run("purpose", "iso", "--coding", "coding", "--format", "json");
        var file = Path.Combine("coding", "kind_end.csv");
        Assert.Equal((2, $"{file}:2:17: weight_min: 'x' is not a number"), (run.ExitCode, run.Error.Trim()));
        var error = Assert.Single(run.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((file, 2, 17, "weight_min", "'x' is not a number"),
            (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32(), error.GetProperty("path").GetString(), error.GetProperty("message").GetString()));
    }

    // the cell begins behind 'p1,' on the line on which its row does
    [Theory]
    [InlineData("spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason\n1,p1,2010-01-04,day,2010-01-04,,\n2,p2,soon,day,2010-01-04,,\n", 3, 6, "start_date", "'soon' is no DATE.")]
    [InlineData("spell_id,person_id,begun\n1,p1,2010-01-04\n", 1, 1, "", "'begun' is no column of membership")]
    public void ABookThatIsWrong_IsNamedWithItsPlace(string table, int line, int column, string path, string says)
    {
        Directory.CreateDirectory(folder["book"]);
        File.WriteAllText(folder["book/organization.csv"], "organization_id,label\n1,The Tenants\n");
        File.WriteAllText(folder["book/membership.csv"], table);
        var run = Run("purpose", "book", "--format", "json");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(Path.Combine("book", "membership.csv") + $", line {line}", run.Error, StringComparison.Ordinal);
        var error = Assert.Single(run.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((Path.Combine("book", "membership.csv"), line, column, path),
            (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32(), error.GetProperty("path").GetString()));
        Assert.StartsWith(says, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--full", "--full")]
    [InlineData("--runs", "--runs", "5")]
    [InlineData("--seed", "--seed", "4")]
    [InlineData("--threads", "--threads", "2")]
    [InlineData("--set", "--set", "openness=.5")]
    [InlineData("--parameters", "--parameters", "default")]
    [InlineData("--robust", "--robust", "5")]
    public void ABookIsNotRun(string option, params string[] args)
    {
        Directory.CreateDirectory(folder["book"]);
        File.WriteAllText(folder["book/organization.csv"], "organization_id,label\n1,The Tenants\n");
        var run = Run(["purpose", "book", .. args]);
        Assert.Equal((2, "", $"{option} has no meaning here: book is a record book, which is read and not run."), (run.ExitCode, run.Out, run.Error.Trim()));
    }

    [Theory]
    [InlineData("--quick", "--quick")]
    [InlineData("--name", "--name", "Foo")]
    public void FilesAreNoRepository(string option, params string[] args)
    {
        Directory.CreateDirectory(folder["files"]);
        File.WriteAllText(folder["files/hours.csv"], "Date,Kind,Hours\n2020-01-06,meeting,3\n");
        var run = Run(["import", "files", .. args]);
        Assert.Equal((2, "", $"{option} has no meaning here: files is not read as a repository."), (run.ExitCode, run.Out, run.Error.Trim()));
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
    public void ErrorsHaveTheSameShapeInEveryCommand()
    {
        File.WriteAllText(folder["bad.yaml"], "name: bad\ntitel: Bad\nstart: yesterday\n");
        var (check, run) = (Run("check", "bad.yaml", "--format", "json"), Run("run", "bad.yaml", "--format", "json"));
        Assert.Equal(check.Json.GetProperty("errors").GetRawText(), run.Json.GetProperty("errors").GetRawText());
        Assert.Equal("There is no scenario", Run("run", "nothing-like-it", "--format", "json").Json.GetProperty("errors")[0].GetProperty("message").GetString()![..20]);
    }

    [Fact]
    public void Check_FindsMorePlacesThanCanBeHeld()
    {
        Assert.Equal(0, Run("new", "my-union").ExitCode);
        var text = File.ReadAllText(folder["my-union.yaml"]);
        Assert.Contains("posiwid check my-union.yaml", text, StringComparison.Ordinal);
        Assert.Contains("posiwid schema > scenario.schema.json", text, StringComparison.Ordinal);
        text = text.Replace("sites: 20 ", "sites: 1000000 ", StringComparison.Ordinal).Replace("pool: 120 ", "pool: 4000 ", StringComparison.Ordinal);
        File.WriteAllText(folder["my-union.yaml"], text);
        var line = text[..text.IndexOf("sites: 1000000", StringComparison.Ordinal)].Split('\n').Length;
        foreach (var command in new[] { "check", "run" })
        {
            var run = Run(command, "my-union.yaml");
            Assert.Equal((2, ""), (run.ExitCode, run.Out));
            // 1,000,000 sites x 4,000 people
            Assert.StartsWith($"my-union.yaml:{line}:12: milieus.tenants.sites: sites times pool, over the milieus up to this one, make 4,000,000,000 places; at most 100,000,000", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.Trim().Split('\n'));
        }
    }

    [Theory]
    [InlineData("--out wants the name of a folder.", "")]
    [InlineData("Cannot write afile: it is a file, not a folder.", "afile")]
    public void AFolderThatCannotBe_IsOneSentence(string expected, string folderName)
    {
        File.WriteAllText(folder["afile"], "mine");
        var run = Run("run", "lunch-group", "--runs", "1", "--quiet", "--out", folderName);
        Assert.Equal((2, "", expected), (run.ExitCode, run.Out, run.Error.Trim()));
        Assert.Equal(["afile"], folder.Names);
    }

    [Theory]
    [InlineData("report.html", "run", "lunch-group", "--runs", "1")]
    [InlineData("scenario.md", "run", "lunch-group", "--runs", "1")]
    [InlineData("book.duckdb", "run", "lunch-group", "--runs", "1")]
    [InlineData("compare.html", "compare", "lunch-group", "--without", "exit", "--runs", "2")]
    [InlineData("claims.md", "claims", "others", "--runs", "2")]
    [InlineData("profile.md", "purpose", "lunch-group", "--runs", "4")]
    public void SomebodysOwnFilesAreNoEarlierResult(string name, params string[] args)
    {
        Directory.CreateDirectory(folder["mine"]);
        File.WriteAllText(folder["mine/" + name], "<!doctype html>mine");
        var run = Run([.. args, "--quiet", "--out", "mine"]);
        Assert.Equal((2, "", $"mine holds a {name} that is no result of posiwid; name another folder, or move that file away."), (run.ExitCode, run.Out, run.Error.Trim()));
        Assert.Equal("<!doctype html>mine", File.ReadAllText(folder["mine/" + name]));
        Assert.Equal([name], Directory.GetFileSystemEntries(folder["mine"]).Select(Path.GetFileName));
    }

    [Fact]
    public void AnEarlierResultIsReplacedAndOtherFilesStay()
    {
        Directory.CreateDirectory(folder["mine"]);
        File.WriteAllText(folder["mine/notes.txt"], "mine");
        string[] run = ["run", "lunch-group", "--runs", "1", "--quiet", "--out", "mine"];
        Assert.Equal((0, ""), (Run(run).ExitCode, Run([.. run, "--seed", "2"]).Error));
        Assert.Contains("\"seed\": 2,", File.ReadAllText(folder["mine/manifest.json"]), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder["mine/notes.txt"]));
    }

    [Theory]
    [InlineData("posiwid claims iso --only ", "G1")]
    [InlineData("posiwid run iso --set ", "openness=")]
    [InlineData("posiwid compare iso --dose ", "harm=")]
    public void Completion_KnowsWhatAnOptionCanName(string line, string expected) => Assert.Contains(expected, Run($"[suggest:{line.Length}]", line).Out.Split('\n').Select(w => w.Trim()));

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
