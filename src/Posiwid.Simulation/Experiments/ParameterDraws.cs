using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Experiments;

/// <summary>Models around one model: every parameter drawn anew within a share of its value.</summary>
public static class ParameterDraws
{
    /// <summary>
    /// A Latin hypercube (McKay, Beckman and Conover 1979): each parameter's range is cut into as many parts as there are draws, and each part is met once.
    /// A parameter stays within its own range; one that is 0 stays 0.
    /// </summary>
    /// <param name="setting">The scenario.</param>
    /// <param name="mechanisms">The mechanisms with the ranges of their parameters.</param>
    /// <param name="changes">What is changed already.</param>
    /// <param name="draws">How many models.</param>
    /// <param name="width">Farthest change, as a share of the value.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="except">Parameters that are left alone, such as those that a posterior draws.</param>
    public static IReadOnlyList<Changes> Around(Setting setting, IReadOnlyList<MechanismInfo> mechanisms, Changes changes, int draws, double width = 0.2, ulong seed = 1, IReadOnlyList<string>? except = null)
    {
        ArgumentNullException.ThrowIfNull(changes);
        using var probe = new Engine.Simulation(setting, seed, changes);
        var lot = new AddressedRandom(seed, 0x6c617469);
        var values = Enumerable.Range(0, draws).Select(_ => new Dictionary<string, Dictionary<string, double>>()).ToArray();
        var row = 0u;
        foreach (var (name, value) in Parameters.InForce(probe.Mechanisms))
        {
            if (except?.Contains(name) == true)
                continue;
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var (mechanism, parameter) = (name[..dot], name[(dot + 1)..]);
            var range = mechanisms.First(m => m.Id == mechanism).Parameters.First(p => p.Name == parameter);
            var order = Enumerable.Range(0, draws).OrderBy(d => lot.Uniform(row, (uint)d)).ToArray();
            for (var d = 0; d < draws; d++)
            {
                var part = (order[d] + lot.Uniform(row + 1, (uint)d)) / draws;
                if (!values[d].TryGetValue(mechanism, out var own))
                    values[d][mechanism] = own = [];
                own[parameter] = Math.Clamp(value * (1 + (width * ((2 * part) - 1))), range.Min, range.Max);
            }

            row += 2;
        }

        return [.. values.Select(v => changes with { Mechanisms = v.ToDictionary(m => m.Key, m => (IReadOnlyDictionary<string, double>)m.Value) })];
    }
}
