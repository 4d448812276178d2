using Posiwid.Purpose;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Claims;

/// <summary>An arm ready to run: its scenario with everything laid over it.</summary>
/// <param name="Name">Name in the claims.</param>
/// <param name="Spec">What is changed.</param>
/// <param name="Scenario">The scenario with the changes.</param>
/// <param name="Files">Where the scenario's data are found.</param>
public sealed record ClaimArm(string Name, ArmSpec Spec, Scenario Scenario, DataFiles Files);

/// <summary>Claims with their arms.</summary>
/// <param name="Set">The claims.</param>
/// <param name="Arms">The arms by name; the baseline is one of them.</param>
public sealed record ClaimsToTest(ClaimSet Set, IReadOnlyDictionary<string, ClaimArm> Arms);

/// <summary>Reads files of claims, as strictly as scenarios: whatever cannot be used is told with file, line, column and the nearest word.</summary>
public static class ClaimsFile
{
    /// <summary>Name of the arm in which nothing is changed.</summary>
    public const string Baseline = "baseline";

    /// <summary>True if a file holds claims: it has the key <c>claims</c>. False for whatever cannot be read.</summary>
    /// <param name="path">The file.</param>
    public static bool Is(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return YamlTree.Read(Utf8.Decode(ScenarioFile.Bytes(path), path), new Problems(path)) is YamlMap map && map.Entries.Any(e => e.Key.Value == "claims");
        }
        catch (ScenarioException)
        {
            return false;
        }
    }

    /// <summary>Reads claims, and the scenarios of their arms.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <param name="ends">The ends that hours can serve.</param>
    /// <exception cref="ScenarioException">Something is wrong; says all that is.</exception>
    public static ClaimsToTest Read(string path, IReadOnlyList<MechanismInfo> mechanisms, Ends ends)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(mechanisms);
        var problems = new Problems(path);
        var files = new DataFiles(path);
        var root = YamlTree.Read(Utf8.Decode(ScenarioFile.Bytes(path), path), problems);
        if (root is null or YamlText { IsEmpty: true } && !problems.Any)
            problems.Add(Place.Top, "", "the file is empty");
        problems.ThrowIfAny();
        var binder = new ScenarioBinder(problems);
        var set = (ClaimSet?)binder.Record(typeof(ClaimSet), root!, "", Place.Top);
        problems.ThrowIfAny();

        var arms = new Dictionary<string, ClaimArm>();
        foreach (var (name, spec) in set!.Arms.Prepend(KeyValuePair.Create(Baseline, new ArmSpec())))
        {
            if (name == Baseline && arms.Count > 0)
                problems.Add(binder.Of($"arms.{name}"), $"arms.{name}", "the baseline is the scenario as it is and cannot be changed");
            else if (Arm(name, spec, set, binder, problems, mechanisms, files) is { } arm)
                arms[name] = arm;
        }

        problems.ThrowIfAny();
        new ClaimRules(set, arms, binder, problems, mechanisms, ends).Check();
        problems.ThrowIfAny();
        return new ClaimsToTest(set, arms);
    }

    private static ClaimArm? Arm(string name, ArmSpec spec, ClaimSet set, ScenarioBinder binder, Problems problems, IReadOnlyList<MechanismInfo> mechanisms, DataFiles files)
    {
        var (path, wanted) = spec.Scenario is null ? ("scenario", set.Scenario) : ($"arms.{name}.scenario", spec.Scenario);
        // a file of claims may have the name of its scenario, so what stands beside it comes last
        if ((files.Find(Path.Combine("scenarios", wanted + ".yaml")) ?? files.Find(wanted + ".yaml")) is not { } file)
        {
            if (name == Baseline || spec.Scenario is not null) // that of the claims is told once, with the baseline
                problems.Add(binder.Of(path), path, $"there is no scenario '{Keys.Short(wanted)}' beside this file, in scenarios/ or with the program");
            return null;
        }

        var data = new DataFiles(file);
        // what is wrong with the scenario itself is told first, alone
        var own = ScenarioFile.Read(file, mechanisms);
        if (spec.Change is null)
            return new ClaimArm(name, spec, own, data);
        var tree = ScenarioFile.Tree(ScenarioFile.Bytes(file), file, new Problems(file), data, file);
        var before = problems.Any;
        var scenario = ScenarioFile.Bind(ScenarioExtends.Lay(spec.Change.Map, (YamlMap)tree), problems, mechanisms, data);
        return scenario is null || (!before && problems.Any) ? null : new ClaimArm(name, spec, scenario, data);
    }
}
