using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public class ScenarioHashTests
{
    private static readonly DataFiles Files = new(TestScenario.Iso);

    [Fact]
    public void Comments_layout_and_stated_defaults_change_nothing()
    {
        var other = "# a comment\n" + TestScenario.Small.Replace("openness: 0.4", "slate: 1.0   # as by default\n      openness: .40", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        Assert.Equal(Hash(TestScenario.Small), Hash(other));
        Assert.Matches("^[0-9a-f]{64}$", Hash(other));
    }

    [Theory]
    [InlineData("openness: 0.4", "openness: 0.41")]
    [InlineData("dose: 0.5", "dose: 0")]
    [InlineData("meeting: 0.5, march: 0.5", "march: 0.5, meeting: 0.5")]
    public void Any_number_and_the_order_count(string old, string other) =>
        Assert.NotEqual(Hash(TestScenario.Small), Hash(TestScenario.Small.Replace(old, other, StringComparison.Ordinal)));

    [Fact]
    public void The_figures_of_data_files_count_but_not_their_line_ends()
    {
        using var folder = new TempFolder();
        var scenario = TestScenario.Parse(TestScenario.Small);
        foreach (var file in ScenarioHash.Files(scenario)) folder.Write(file, File.ReadAllText(Files.Find(file)!).ReplaceLineEndings("\r\n"));
        var own = new DataFiles(folder.File("small.yaml"));
        Assert.Equal(ScenarioHash.Of(scenario, Files), ScenarioHash.Of(scenario, own));

        const string Unemployment = "data/us_unemployment_annual.csv";
        folder.Write(Unemployment, own.Text(Unemployment).Replace("1982,9.7", "1982,9.8", StringComparison.Ordinal));
        Assert.NotEqual(ScenarioHash.Of(scenario, Files), ScenarioHash.Of(scenario, own));
    }

    private static string Hash(string text) => ScenarioHash.Of(TestScenario.Parse(text), Files);
}
