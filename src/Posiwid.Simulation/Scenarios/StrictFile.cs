namespace Posiwid.Simulation.Scenarios;

/// <summary>Reads other YAML or JSON files as strictly as scenarios: unknown keys, values of a wrong kind and doubled keys are all told, with line and column.</summary>
public static class StrictFile
{
    /// <summary>Reads a record whose properties are the file's keys.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="check">Finds what else is wrong: is given the record and what to tell, the keys that lead to the place and one sentence.</param>
    /// <exception cref="ScenarioException">Something is wrong; says all that is, with file, line and column.</exception>
    public static T Read<T>(string path, Action<T, Action<string, string>>? check = null) where T : class
    {
        var problems = new Problems(path);
        var root = YamlTree.Read(Utf8.Decode(ScenarioFile.Bytes(path), path), problems);
        if (root is null or YamlText { IsEmpty: true } && !problems.Any)
            problems.Add(Place.Top, "", "the file is empty");
        problems.ThrowIfAny();
        var binder = new ScenarioBinder(problems);
        var value = (T?)binder.Record(typeof(T), root!, "", Place.Top);
        problems.ThrowIfAny();
        check?.Invoke(value!, (at, message) => problems.Add(binder.Of(at), at, message));
        problems.ThrowIfAny();
        return value!;
    }
}
