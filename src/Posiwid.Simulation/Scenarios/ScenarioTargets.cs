using System.Reflection;

namespace Posiwid.Simulation.Scenarios;

/// <summary>A number that a scenario or a command can set.</summary>
/// <param name="Name">Name (<c>openness</c>, <c>dsa.openness</c>, <c>hope.decay-per-week</c>, <c>hope.dose</c>).</param>
/// <param name="Unit">Unit in words.</param>
/// <param name="Min">Smallest value accepted.</param>
/// <param name="Max">Largest value accepted.</param>
/// <param name="Meaning">What it is.</param>
public sealed record ScenarioTarget(string Name, string Unit, double Min, double Max, string Meaning);

/// <summary>What can be set from outside from a date on.</summary>
public static class ScenarioTargets
{
    /// <summary>Everything that can be set in a scenario: the flagship's policies, the other organizations', doses and parameters of mechanisms.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    public static IReadOnlyList<ScenarioTarget> All(Scenario scenario, IReadOnlyList<MechanismInfo> mechanisms)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return
        [
            .. Policies(""),
            .. scenario.Organizations.Keys.SelectMany(o => Policies($"{o}.")),
            .. mechanisms.Select(m => m.In(scenario)).SelectMany(m => m.Parameters.Select(p => p.Name).Prepend(MechanismInfo.Dose).Select(p => Of(m, p)! with { Name = $"{m.Id}.{p}" })),
        ];
    }

    /// <summary>A parameter or the dose of a mechanism; null if it has none of that name.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="name">Name of the parameter, or <c>dose</c>.</param>
    internal static ScenarioTarget? Of(MechanismInfo mechanism, string name) => name == MechanismInfo.Dose
        ? new(name, "times as written", 0, MechanismInfo.MaxDose, "1 as written, 0 off.")
        : mechanism.Parameters.FirstOrDefault(p => p.Name == name) is { } p ? new(name, p.Unit, p.Min, p.Max, p.Meaning) : null;

    private static IEnumerable<ScenarioTarget> Policies(string prefix) =>
        from property in typeof(PolicySpec).GetProperties()
        let q = property.GetCustomAttribute<QuantityAttribute>()
        where q is not null
        select new ScenarioTarget(prefix + Kebab.Of(property.Name), q.Unit, q.Min, q.Max, q.Meaning);
}
