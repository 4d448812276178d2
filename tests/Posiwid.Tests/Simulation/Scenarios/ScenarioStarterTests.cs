using System.Text.RegularExpressions;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public class ScenarioStarterTests
{
    [Fact]
    public void The_starter_is_valid_and_says_its_name()
    {
        using var folder = new TempFolder();
        folder.Write("tenants-2000.yaml", ScenarioStarter.Text("tenants-2000"));
        var scenario = ScenarioFile.Read(folder.File("tenants-2000.yaml"), []);
        Assert.Equal(("tenants-2000", "tenants-2000"), (scenario.Name, scenario.Flagship));
    }

    [Fact]
    public void The_starter_shows_every_policy() =>
        Assert.All(typeof(PolicySpec).GetProperties(), p => Assert.Contains(Key(p.Name), ScenarioStarter.Text("a"), StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("Tenants")]
    [InlineData("a/b")]
    [InlineData("1st")]
    public void A_name_that_cannot_be_a_file_s_is_refused(string name) => Assert.Throws<ArgumentException>(() => ScenarioStarter.Text(name));

    private static string Key(string name) => Regex.Replace(name, "(?<!^)([A-Z])", "-$1").ToLowerInvariant() + ":";
}
