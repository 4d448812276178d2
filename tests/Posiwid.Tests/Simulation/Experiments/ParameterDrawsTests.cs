using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Experiments;

public class ParameterDrawsTests
{
    private static readonly IReadOnlyList<MechanismInfo> Mechanisms = Iso.Mechanisms;

    [Fact]
    public void Each_parameter_meets_each_part_of_its_range_once()
    {
        var draws = ParameterDraws.Around(Iso.Setting, Mechanisms, new Changes(), 10);
        using var probe = Iso.Start(1);
        var usual = Parameters.InForce(probe.Mechanisms)["learning.speed"];
        // ten draws within .8 to 1.2 of the value: one in each part of .04
        var parts = draws.Select(d => (int)(((d.Mechanisms["learning"]["speed"] / usual) - 0.8) / 0.04)).Order();
        Assert.Equal(Enumerable.Range(0, 10), parts);
    }

    [Fact]
    public void Every_model_around_is_within_its_ranges_and_differs()
    {
        var draws = ParameterDraws.Around(Iso.Setting, Mechanisms, new Changes(), 3, width: 5);
        foreach (var (mechanism, values) in draws.SelectMany(d => d.Mechanisms))
        {
            var ranges = Mechanisms.First(m => m.Id == mechanism).Parameters.ToDictionary(p => p.Name);
            Assert.All(values, v => Assert.InRange(v.Value, ranges[v.Key].Min, ranges[v.Key].Max));
        }

        ulong[] hashes = [.. ParameterDraws.Around(Iso.Setting, Mechanisms, new Changes(), 3).Select(d => Iso.Start(1, d).Weeks(20).World.Hash())];
        Assert.Equal(3, hashes.Distinct().Count());
    }
}
