using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Simulation;

/// <summary>
/// One agent of the DSA's own places stands for twenty people. What that changes: with ten people an agent and twice the agents the
/// DSA has the same size within the spread of the runs, the ISO does not notice, and the world costs more.
/// </summary>
public sealed class WeightedAgentsTests
{
    private const int Runs = 6;

    [Fact]
    public void FewerPeopleAnAgent_ChangeTheSpreadAndTheCost_NotTheSize()
    {
        var (dsa20, iso20, agents20) = Sizes(20, 240);
        var (dsa10, iso10, agents10) = Sizes(10, 480);
        TestContext.Current.TestOutputHelper?.WriteLine($"20 people an agent: DSA {dsa20:F0}, ISO {iso20:F0}, {agents20:F0} agents; 10: DSA {dsa10:F0}, ISO {iso10:F0}, {agents10:F0} agents");
        Assert.InRange(dsa10 / dsa20, 0.8, 1.25);
        Assert.InRange(iso10 / iso20, 0.5, 2);
        Assert.InRange(agents10 / agents20, 1.5, 2.5);
    }

    /// <summary>Means over runs in 1987: people in the DSA, people in the ISO, agents of the DSA.</summary>
    private static (double Dsa, double Iso, double Agents) Sizes(double weight, double pool)
    {
        var scenario = Iso.Scenario;
        var town = scenario.Milieus["town"] with { Weight = weight, Pool = pool };
        var setting = Iso.Of(scenario with { Milieus = scenario.Milieus.ToDictionary(m => m.Key, m => m.Key == "town" ? town : m.Value) });
        double dsa = 0, iso = 0, agents = 0;
        for (var seed = 1UL; seed <= Runs; seed++)
        {
            using var run = new Posiwid.Simulation.Engine.Simulation(setting, seed);
            while (run.World.Week < 10 * 52)
                run.Step();
            dsa += run.World.Organizations[1].Members / Runs;
            agents += run.World.Organizations[1].Agents / (double)Runs;
            iso += run.World.Flagship.Members / Runs;
        }

        return (dsa, iso, agents);
    }
}
