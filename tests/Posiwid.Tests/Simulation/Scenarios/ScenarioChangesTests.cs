using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public class ScenarioChangesTests
{
    private static readonly Scenario Small = TestScenario.Parse(TestScenario.Small);

    [Theory]
    [InlineData("openness=.85@2009", "openness", 0.85, "2009-01-01")]
    [InlineData("club.openness=1@2009-03", "club.openness", 1, "2009-03-01")]
    [InlineData("hope-fades.floor=0@2009-03-02", "hope-fades.floor", 0, "2009-03-02")]
    [InlineData("hope-fades.dose=2", "hope-fades.dose", 2, "2000-01-03")]
    public void A_setting_becomes_an_override(string text, string name, double value, string from) =>
        Assert.Equal(new OverrideSpec { Set = name, To = value, From = DateOnly.Parse(from) }, ScenarioChanges.Set(Small, TestScenario.Mechanisms, text).Overrides[^1]);

    [Theory]
    [InlineData("openness", "--set:1:1: expected name=value or name=value@date, such as openness=.85@2009")]
    [InlineData("opennes=1", "--set:1:1: opennes: unknown setting 'opennes'; did you mean 'openness'?")]
    [InlineData("openness=x", "--set:1:10: openness: expected a number, not 'x'")]
    [InlineData("openness=1.5", "--set:1:10: openness: 1.5 is out of range: 0..1")]
    [InlineData("openness=1@May", "--set:1:12: openness: expected a date (2009, 2009-03 or 2009-03-02), not 'May'")]
    [InlineData("openness=1@2030", "--set:1:12: openness: 2030-01-01 lies after the end of the run (2019-12-30)")]
    public void A_wrong_setting_is_named(string text, string error) =>
        Assert.Equal(error, Assert.Throws<ScenarioException>(() => ScenarioChanges.Set(Small, TestScenario.Mechanisms, text)).Message);

    [Fact]
    public void A_mechanism_is_switched_off_by_its_dose()
    {
        var without = ScenarioChanges.Without(ScenarioChanges.Without(Small, TestScenario.Mechanisms, "hope-fades"), TestScenario.Mechanisms, "next-big-thing");
        Assert.Equal((0.0, 0.04, 0.0), (without.Mechanisms["hope-fades"]["dose"], without.Mechanisms["hope-fades"]["decay-per-week"], without.Mechanisms["next-big-thing"]["dose"]));
        Assert.Equal(0.5, Small.Mechanisms["hope-fades"]["dose"]);
    }

    [Fact]
    public void An_unknown_mechanism_is_named() =>
        Assert.Equal(
            "--without:1:1: next-big-thin: unknown mechanism 'next-big-thin'; did you mean 'next-big-thing'?",
            Assert.Throws<ScenarioException>(() => ScenarioChanges.Without(Small, TestScenario.Mechanisms, "next-big-thin")).Message);
}
