using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public sealed class ScenarioExtendsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public ScenarioExtendsTests() => folder.Write("small.yaml", TestScenario.Small);

    public void Dispose() => folder.Dispose();

    private Scenario Read(string name, string text)
    {
        folder.Write($"{name}.yaml", text);
        return ScenarioFile.Read(folder.File($"{name}.yaml"), TestScenario.Mechanisms);
    }

    private ScenarioError Error(string name, string text) => Assert.Single(Assert.Throws<ScenarioException>(() => Read(name, text)).Errors);

    [Fact]
    public void A_mistyped_organization_is_told_once_with_the_name_that_was_meant()
    {
        var error = Error("other", """
            extends: small
            name: other
            organizations:
              clbu: { policy: { openness: 0.9 } }
            """);
        Assert.Equal((4, 3, "organizations.clbu", "'clbu' is new here and has none of the keys that it needs; did you mean 'club'?"), (error.Line, error.Column, error.Path, error.Message));
    }

    [Fact]
    public void What_is_stated_is_laid_over_what_is_there()
    {
        var scenario = Read("other", """
            extends: small
            name: other
            milieus: { town: { pool: 70 } }
            organizations:
              club:
                founding-plan: { study: 1 }
                policy: { openness: 0.9 }
            overrides: []
            """);
        var small = TestScenario.Parse(TestScenario.Small);
        Assert.Equal(("other", small.Title, small.Start), (scenario.Name, scenario.Title, scenario.Start));
        Assert.Equal(small.Milieus["town"] with { Pool = 70 }, scenario.Milieus["town"]);
        // a plan is one statement and replaced as a whole; a policy is a list of settings
        Assert.Equal(["study"], scenario.Organizations["club"].FoundingPlan.Keys);
        Assert.Equal(small.Organizations["club"].Policy with { Openness = 0.9 }, scenario.Organizations["club"].Policy);
        Assert.Empty(scenario.Overrides);
        Assert.Equal(0.5, scenario.Mechanisms["hope-fades"]["dose"]);
    }

    [Fact]
    public void A_key_without_a_value_takes_the_others_away()
    {
        var scenario = Read("other", "extends: small\nmechanisms: { hope-fades: { dose: } }\n");
        Assert.Equal(["decay-per-week"], scenario.Mechanisms["hope-fades"].Keys);
    }

    [Fact]
    public void It_can_build_on_one_that_builds_on_another()
    {
        Read("middle", "extends: small\nname: middle\ntitle: Middle\n");
        var scenario = Read("top", "extends: middle\nname: top\n");
        Assert.Equal(("top", "Middle", 20), (scenario.Name, scenario.Title, scenario.Organizations["club"].Members));
    }

    [Fact]
    public void Nothing_builds_on_itself()
    {
        folder.Write("a.yaml", "extends: b\nname: a\n");
        var error = Error("b", "name: b\nextends: a\n");
        Assert.EndsWith("a.yaml", error.File, StringComparison.Ordinal);
        Assert.Equal((1, 10, "extends", "it builds on itself: b > a > b"), (error.Line, error.Column, error.Path, error.Message));
    }

    [Theory]
    [InlineData("name: x\nextends: smal\n", 2, 10, "there is no scenario 'smal' beside this file or with the program")]
    [InlineData("name: x\nextends: [small]\n", 2, 10, "expected the name of a scenario")]
    [InlineData("extends: ../small\n", 1, 10, "there is no scenario '../small' beside this file or with the program")]
    [InlineData("extends: small\nmilieus:\n  town: { poll: 3 }\n", 3, 11, "unknown key 'poll'; did you mean 'pool'?")]
    [InlineData("extends: small\norganizations:\n  club: { founding-plan: { study: 0.4 } }\n", 3, 26, "the shares sum to 0.4; they must sum to 1")]
    public void Mistakes_are_told_where_they_stand(string text, int line, int column, string message)
    {
        var error = Assert.Throws<ScenarioException>(() => Read("x", text)).Errors[0];
        Assert.EndsWith("x.yaml", error.File, StringComparison.Ordinal);
        Assert.Equal((line, column, message), (error.Line, error.Column, error.Message));
    }

    [Fact]
    public void What_no_longer_fits_below_is_told_where_that_stands()
    {
        // the club founds two branches in town; one site is left
        var error = Error("x", "extends: small\nmilieus: { town: { sites: 1 } }\n");
        Assert.EndsWith("small.yaml", error.File, StringComparison.Ordinal);
        Assert.Equal(("organizations.club.branches.town", "2 branches, but milieu 'town' has only 1 sites"), (error.Path, error.Message));
    }
}
