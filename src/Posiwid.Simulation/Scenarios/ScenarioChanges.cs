using System.Globalization;

namespace Posiwid.Simulation.Scenarios;

/// <summary>Changes to a scenario as a command line writes them; the same rules and messages as for the file.</summary>
public static class ScenarioChanges
{
    /// <summary>Adds what <c>--set openness=.85@2009</c> says: a setting, its value, and from when (the start if left out).</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <param name="text">The change: <c>name=value</c>, <c>name=value@2009</c>, <c>@2009-03</c> or <c>@2009-03-02</c>.</param>
    public static Scenario Set(Scenario scenario, IReadOnlyList<MechanismInfo> mechanisms, string text) => Change(scenario, mechanisms, "--set", text, "");

    /// <summary>Adds what <c>--dose harm=.5@2009</c> says: a mechanism, its dose, and from when (the start if left out).</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <param name="text">The change: <c>mechanism=dose</c>, with a date as for <see cref="Set"/>.</param>
    public static Scenario Dose(Scenario scenario, IReadOnlyList<MechanismInfo> mechanisms, string text) => Change(scenario, mechanisms, "--dose", text, "." + MechanismInfo.Dose);

    private static Scenario Change(Scenario scenario, IReadOnlyList<MechanismInfo> mechanisms, string option, string text, string what)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw Error(option, 0, "", "expected name=value or name=value@date, such as openness=.85@2009");
        var at = text.IndexOf('@', equals) is >= 0 and var found ? found : text.Length;
        var (name, number, date) = (text[..equals].Trim() + what, text[(equals + 1)..at].Trim(), at < text.Length ? text[(at + 1)..].Trim() : null);

        var targets = ScenarioTargets.All(scenario, mechanisms);
        var target = targets.FirstOrDefault(t => t.Name == name)
            ?? throw Error(option, 0, name, $"unknown setting '{Keys.Short(name)}'{Nearest.Hint(name, targets.Select(t => t.Name))}");
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw Error(option, equals + 1, name, $"expected a number, not '{Keys.Short(number)}'");
        if (value < target.Min || value > target.Max) throw Error(option, equals + 1, name, ScenarioBinder.OutOfRange(number, target.Unit, target.Min, target.Max));

        var from = scenario.Start;
        if (date is not null && DateSpan.TryParse(date, out var span)) from = span.First;
        else if (date is not null) throw Error(option, at + 1, name, $"expected a date (2009, 2009-03 or 2009-03-02), not '{Keys.Short(date)}'");
        if (from > scenario.End) throw Error(option, at + 1, name, $"{from:yyyy-MM-dd} lies after the end of the run ({scenario.End:yyyy-MM-dd})");
        return scenario with { Overrides = [.. scenario.Overrides, new() { Set = name, To = value, From = from }] };
    }

    /// <summary>Switches a mechanism off, as <c>--without next-big-thing</c> does.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <param name="id">Name of the mechanism.</param>
    public static Scenario Without(Scenario scenario, IReadOnlyList<MechanismInfo> mechanisms, string id)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(mechanisms);
        ArgumentNullException.ThrowIfNull(id);
        if (mechanisms.All(m => m.Id != id))
            throw Error("--without", 0, id, $"unknown mechanism '{Keys.Short(id)}'{Nearest.Hint(id, mechanisms.Select(m => m.Id))}");
        var settings = new OrderedDictionary<string, double>();
        foreach (var (name, value) in scenario.Mechanisms.GetValueOrDefault(id) ?? settings) settings[name] = value;
        settings[MechanismInfo.Dose] = 0;
        var all = new OrderedDictionary<string, IReadOnlyDictionary<string, double>>();
        foreach (var (name, value) in scenario.Mechanisms) all[name] = value;
        all[id] = settings;
        return scenario with { Mechanisms = all };
    }

    private static ScenarioException Error(string option, int offset, string path, string message) => new(new ScenarioError(option, 1, offset + 1, path, message));
}
