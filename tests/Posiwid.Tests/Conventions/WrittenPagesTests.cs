using Posiwid.Purpose;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Conventions;

/// <summary>Pages that commands write from many runs are committed; they cannot be made anew in a test, but they must not lag behind the files that they are about.</summary>
public class WrittenPagesTests
{
    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    public static TheoryData<string> Scenarios => [.. Directory.GetFiles(Repository.PathOf("scenarios")).Select(f => Path.GetFileName(f))];

    [Theory, MemberData(nameof(Scenarios))]
    public void Every_scenario_can_be_read_and_has_a_page(string file)
    {
        Assert.EndsWith(".yaml", file, StringComparison.Ordinal);
        var scenario = ScenarioFile.Read(Repository.PathOf($"scenarios/{file}"), Iso.Mechanisms);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), scenario.Name);
        var page = Repository.Text($"docs/scenarios/{scenario.Name}.md");
        Assert.StartsWith($"# {scenario.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains(scenario.About.Trim().ReplaceLineEndings(" "), page, StringComparison.Ordinal);
        Assert.Contains($"[{scenario.Name}]({scenario.Name}.md) | {scenario.Title} |", Repository.Text("docs/scenarios/README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iso", "claims.md")]
    [InlineData("others", "claims-others.md")]
    public void Every_claim_is_shown_with_its_condition(string name, string document)
    {
        var (set, page) = (ClaimsFile.Read(Repository.PathOf($"claims/{name}.yaml"), Iso.Mechanisms, Ends).Set, Repository.Text($"docs/{document}"));
        Assert.All(set.Claims, c =>
        {
            Assert.Contains($"\n### {c.Key}\n\n{c.Value.Claim}", page, StringComparison.Ordinal);
            Assert.Contains($"*Holds if* {c.Value.HoldsIf}.", page, StringComparison.Ordinal);
        });
        Assert.All(set.Arms, a => Assert.Contains($"\n| {a.Key} | {a.Value.About}", page, StringComparison.Ordinal));
    }
}
