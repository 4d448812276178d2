using Posiwid.App.Ask;
using Posiwid.App.Commands;
using Posiwid.Purpose;
using Posiwid.Records.Import;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

public class AskTests
{
    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    private static readonly Answers Union = new()
    {
        Name = "Fairview Tenants' \"Union\"",
        Members = 120,
        Joined = 30,
        Left = 25,
        Hours = new Dictionary<string, double> { ["meeting"] = 60, ["contacting"] = 45, ["eviction_defense"] = 45 },
        Aims = ["members_needs", "cause"],
    };

    [Fact]
    public void Answers_come_from_the_prompt_and_what_is_wrong_is_asked_again()
    {
        using var output = new StringWriter();
        var answers = new Questions(new StringReader("Fairview\nworkplace\nmany\n120\n\n25\n3\n$10\n1\nmeeting sixty\nmeeting 60, Eviction defense 20\n2 recruiting\n"), output, Ends).Ask();
        Assert.Equal(("Fairview", MilieuKind.Workplace, 120.0, null, 25.0, 3.0, 10.0, 1.0), (answers.Name, answers.Setting, answers.Members, answers.Joined, answers.Left!.Value, answers.Branches, answers.DuesUsdPerMonth!.Value, answers.Staff));
        Assert.Equal([KeyValuePair.Create("meeting", 60.0), KeyValuePair.Create("eviction_defense", 20.0)], answers.Hours);
        Assert.Equal(["members_needs", "recruiting"], answers.Aims);
    }

    [Theory]
    [InlineData("campus,neighborhood")]
    [InlineData("-1")]
    [InlineData("both")]
    public void One_kind_of_place_is_asked_for(string answer)
    {
        using var output = new StringWriter();
        var answers = new Questions(new StringReader($"Fairview\n{answer}\nCampus\n120\n"), output, Ends).Ask();
        Assert.Equal(MilieuKind.Campus, answers.Setting);
        Assert.Contains("Campus, workplace or neighborhood, please.", output.ToString(), StringComparison.Ordinal);
    }

    // a comma before two digits is a decimal to some and nothing to others; '1,200' and '1.200' are 1200 to some and 1.2 to others
    [Theory]
    [InlineData("12,50", "12.50", 12.5)]
    [InlineData("1,200", "1200", 1200)]
    [InlineData("1.200", "1.20", 1.2)]
    [InlineData("0,5", "0.125", 0.125)]
    public void A_number_that_can_be_read_in_two_ways_is_asked_again(string ambiguous, string plain, double value)
    {
        using var output = new StringWriter();
        var answers = new Questions(new StringReader($"Fairview\n\n120\n\n\n\n{ambiguous}\n{plain}\n\ncontacting {ambiguous}\ncontacting {plain.TrimStart('$')}\n\n"), output, Ends).Ask();
        Assert.Equal((value, value), (answers.DuesUsdPerMonth!.Value, answers.Hours["contacting"]));
        Assert.Equal(3, output.ToString().Split("write decimals with a point and thousands without a mark, such as 12.50 and 1200").Length); // said twice
    }

    // the starter's guesses let it dwindle; the answers say that it grew by a fifth
    [Fact]
    public void The_first_simulated_year_is_like_the_last_of_the_answers()
    {
        using var folder = new TemporaryFolder();
        var answers = Union with { Joined = 36, Left = 12 };
        var today = new DateOnly(2026, 11, 25);
        var first = FirstYear.Of(answers, today, 1, TestContext.Current.CancellationToken)!;
        Assert.True(first.IsNear(answers), $"{first.Joined} joined, {first.Left} left");
        File.WriteAllText(folder["s.yaml"], AnswerScenario.Text(answers, today, first));
        Assert.Contains("# (36 joined, 12 left; 24 trial runs:", File.ReadAllText(folder["s.yaml"]), StringComparison.Ordinal);
        // other seeds than those of the trials
        var result = Model.Read(folder["s.yaml"], [], []).Simulate(24, 1000, Environment.ProcessorCount, new Progress<int>(), TestContext.Current.CancellationToken);
        var (members, year) = (result.Measures.ToList().FindIndex(m => m.Id == "members"), result.SampleWeeks.ToList().FindIndex(w => w >= 52));
        Assert.InRange(result.Runs.Average(r => r.Values[members][year]), 120 + 24 - 12, 120 + 24 + 12);
        Assert.Null(FirstYear.Of(answers with { Joined = null, Left = null }, today, 1, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(120, 3, 1)]
    [InlineData(1_000_000, 900, 500)]
    public void Whatever_the_answers_the_scenario_is_valid(double members, double branches, double staff)
    {
        using var folder = new TemporaryFolder();
        foreach (var setting in Enum.GetValues<MilieuKind>())
        {
            var answers = Union with { Members = members, Branches = branches, Staff = staff, Setting = setting };
            File.WriteAllText(folder["s.yaml"], AnswerScenario.Text(answers, new DateOnly(2026, 11, 25)));
            var scenario = Model.Read(folder["s.yaml"], [], []).Scenario;
            var own = scenario.Organizations[scenario.Flagship];
            Assert.Equal((members, branches, setting), (own.Members, own.Branches.Values.Sum(), scenario.Milieus.Values.Single().Kind));
            Assert.Equal(0.4, own.FoundingPlan["meeting"], 6); // 60 of 150 hours
            Assert.Equal(2 / 3.0, own.StatedAims["members_needs"], 3);
            Assert.Equal(new DateOnly(2026, 11, 23), scenario.Start);
        }
    }

    [Fact]
    public void The_answers_can_be_kept_and_given_again()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.yaml"], Union.Text());
        var again = StrictFile.Read<Answers>(folder["a.yaml"], (a, note) => a.Check(Ends, note));
        Assert.Equal((Union.Members, Union.Joined, null), (again.Members, again.Joined, again.DuesUsdPerMonth));
        Assert.Equal(Union.Hours, again.Hours);
    }

    [Theory]
    [InlineData(@"Union \o/")]
    [InlineData("The \"Union\": ours # 1")]
    [InlineData("Union\tof\u2028many \u0085 kinds \U0001F600")]
    [InlineData("yes")]
    [InlineData("1.50")]
    public void Any_name_comes_back_as_it_was_given(string name)
    {
        using var folder = new TemporaryFolder();
        var answers = Union with { Name = name };
        File.WriteAllText(folder["a.yaml"], answers.Text());
        Assert.Equal(name, StrictFile.Read<Answers>(folder["a.yaml"], (a, note) => a.Check(Ends, note)).Name);
        File.WriteAllText(folder["s.yaml"], AnswerScenario.Text(answers, new DateOnly(2026, 11, 25)));
        Assert.Equal($"{name}, as ten answers describe it", Model.Read(folder["s.yaml"], [], []).Scenario.Title);
    }

    [Fact]
    public void A_file_of_answers_is_read_strictly_with_line_and_column()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.yaml"], "name: x\nmembers: 10\nhours:\n  meting: 5\naims: [fame]\n");
        var error = Assert.Throws<ScenarioException>(() => StrictFile.Read<Answers>(folder["a.yaml"], (a, note) => a.Check(Ends, note)));
        Assert.Equal([(4, 11), (5, 8)], error.Errors.Select(e => (e.Line, e.Column)));
        Assert.Contains("did you mean 'meeting'", error.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_things_are_worth_writing_down_and_what_nobody_knew_comes_first()
    {
        Assert.Equal(5, WriteDown.Of(Union).Count);
        Assert.Equal("hours-log", WriteDown.Of(Union with { Hours = new Dictionary<string, double>() })[0].Table);
        Assert.Equal("members-register", WriteDown.Of(Union with { Left = null })[0].Table);
        Assert.All(WriteDown.Of(Union).Where(w => w.Table.Length > 0), w => Assert.Contains(Templates.All, t => t.Name == w.Table));
    }

    [Fact]
    public void What_was_corrected_by_hand_is_kept()
    {
        using var folder = new TemporaryFolder();
        PosiwidProcess Ask(string file, params string[] more) => PosiwidProcess.Run(folder.Root, ["ask", file, "--runs", "1", "--format", "json", .. more]);
        string[] Names() => [.. Directory.GetFiles(folder["out/fairview"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        File.WriteAllText(folder["my.yaml"], "name: Fairview\nmembers: 20\n");
        Assert.Equal(0, Ask("my.yaml").ExitCode);
        Assert.Equal(0, Ask("my.yaml").ExitCode); // the same again is no more files
        Assert.Equal(["answers.yaml", "fairview.yaml"], Names());

        File.AppendAllText(folder["out/fairview/fairview.yaml"], "# mine\n");
        File.WriteAllText(folder["out/fairview/answers.yaml"], "name: Fairview # mine\nmembers: 20\n");
        var again = Ask(Path.Combine("out", "fairview", "answers.yaml"));
        Assert.Equal((0, Path.Combine("out", "fairview", "fairview-2.yaml")), (again.ExitCode, again.Json.GetProperty("scenario").GetString()));
        Assert.Contains($"{Path.Combine("out", "fairview", "fairview.yaml")} was left as it is; wrote {Path.Combine("out", "fairview", "fairview-2.yaml")}.", again.Error, StringComparison.Ordinal);
        Assert.Equal(["answers.yaml", "fairview-2.yaml", "fairview.yaml"], Names());
        Assert.EndsWith("# mine\n", File.ReadAllText(folder["out/fairview/fairview.yaml"]), StringComparison.Ordinal);

        // another interview, with other answers
        File.WriteAllText(folder["my.yaml"], "name: Fairview\nmembers: 30\n");
        Assert.Equal(0, Ask("my.yaml", "--quiet").ExitCode);
        Assert.Equal(["answers-2.yaml", "answers.yaml", "fairview-2.yaml", "fairview-3.yaml", "fairview.yaml"], Names());
        Assert.StartsWith("name: Fairview # mine", File.ReadAllText(folder["out/fairview/answers.yaml"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Templates_import_without_a_mapping(bool csv)
    {
        using var folder = new TemporaryFolder();
        var files = TemplateFiles.Write(folder["t"], csv, [], []);
        Assert.Equal(Templates.All.Count, files.Count);
        Assert.Empty(TemplateFiles.Write(folder["t"], csv, [], [])); // what is there is left alone
        if (csv)
        {
            File.AppendAllText(Path.Combine(folder["t"], "hours-log.csv"), "2024-01-31,meeting,12,6,North,\n");
            File.AppendAllText(Path.Combine(folder["t"], "decisions-log.csv"), "1,2024-02-01,budget,hire,yes,no,yes,committee,5,20,-1000,3,,,40\n1,2024-02-01,budget,wait,no,yes,yes,committee,2,0,0,,,,0\n");
        }

        var mapping = Templates.Mapping(folder["t"], "x", Ends.Kinds)!;
        var report = Importer.Run(folder["t"], mapping, folder["b.duckdb"], Tests.Records.Import.Imported.Names, new ImportSettings { Today = new DateOnly(2025, 1, 1), KnownCodes = Ends.Kinds }, interrupted: TestContext.Current.CancellationToken);
        Assert.Equal((csv ? 3 : 0, 0), ((int)report.Kept, (int)report.RefusedCount));
        if (csv)
            Assert.Equal(7, report.Tables["alternative_attr"]); // four of the first alternative, three of the second
    }
}
