using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Scenarios;

/// <summary>A scenario that puts another rule in the place of the usual one.</summary>
public class InsteadTests
{
    private static readonly string Text = File.ReadAllText(TestScenario.Iso);

    private static Scenario Read(string added) =>
        ScenarioFile.Parse(System.Text.Encoding.UTF8.GetBytes(Text + "\n" + added), TestScenario.Iso, Iso.Mechanisms, new DataFiles(TestScenario.Iso));

    private static string Error(string added) => Assert.Throws<ScenarioException>(() => Read(added)).Errors[0].Message;

    [Fact]
    public void It_acts_instead_of_the_usual_one()
    {
        using var run = new Posiwid.Simulation.Engine.Simulation(Iso.Of(Read("instead: { learning: roth-erev }\n")), 3).Weeks(150);
        Assert.IsType<RothErevLearning>(run.Mechanisms.Single(m => m.Id == "learning"));
        var replaced = new Changes { Replaced = new Dictionary<string, Func<Mechanism>> { ["learning"] = () => new RothErevLearning() } };
        Assert.Equal(Iso.HashAfter(150, 3, replaced), run.World.Hash());
        Assert.NotEqual(Iso.HashAfter(150, 3), run.World.Hash());
    }

    [Fact]
    public void What_cannot_stand_there_is_named()
    {
        Assert.Equal("unknown variant 'roth-erew'; did you mean 'roth-erev'?", Error("instead: { learning: roth-erew }\n"));
        Assert.Equal("unknown mechanism 'learnin'; did you mean 'learning'?", Error("instead: { learnin: roth-erev }\n"));
        Assert.Equal("nothing can stand in the place of 'hope'", Error("instead: { hope: roth-erev }\n"));
    }

    [Fact]
    public void Its_parameters_are_its_own()
    {
        var learning = Iso.Mechanisms.Single(m => m.Id == "learning");
        Assert.DoesNotContain("recency", learning.Parameters.Select(p => p.Name));
        Assert.Contains("recency", learning.In(Read("instead: { learning: roth-erev }\n")).Parameters.Select(p => p.Name));
    }
}
