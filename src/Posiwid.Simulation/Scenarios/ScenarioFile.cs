namespace Posiwid.Simulation.Scenarios;

/// <summary>Reads scenario files.</summary>
public static class ScenarioFile
{
    /// <summary>Reads a scenario and checks all of it, the data files that it names too.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <returns>A scenario of which everything that is stated can be used.</returns>
    /// <exception cref="ScenarioException">Something is wrong; says all that is, with file, line and column.</exception>
    public static Scenario Read(string path, IReadOnlyList<MechanismInfo> mechanisms)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(Bytes(path), path, mechanisms, new DataFiles(path));
    }

    /// <summary>Reads a scenario from the bytes of its file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <param name="files">Where data files are found.</param>
    public static Scenario Parse(ReadOnlySpan<byte> bytes, string path, IReadOnlyList<MechanismInfo> mechanisms, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(mechanisms);
        var problems = new Problems(path);
        var root = Tree(bytes, path, problems, files);
        var scenario = Bind(root, problems, mechanisms, files);
        problems.ThrowIfAny();
        return scenario!;
    }

    /// <summary>The tree of a scenario file, with what it builds on put under it.</summary>
    internal static YamlNode Tree(ReadOnlySpan<byte> bytes, string path, Problems problems, DataFiles files, string? named = null)
    {
        if (bytes.Length > YamlTree.MaxBytes)
            throw new ScenarioException(new ScenarioError(path, 1, 1, "", $"the file is larger than {YamlTree.MaxBytes >> 20} MB"));

        var text = Utf8.Decode(bytes, path);
        var root = YamlTree.Read(text, problems, named);
        if (root is null or YamlText { IsEmpty: true })
        {
            if (!problems.Any) problems.Add(Place.Top, "", "the file is empty");
            problems.ThrowIfAny();
        }

        return ScenarioExtends.Resolve(root!, path, problems, files);
    }

    /// <summary>A scenario from its tree; null if it cannot be made. What is wrong is told to <paramref name="problems"/>.</summary>
    internal static Scenario? Bind(YamlNode root, Problems problems, IReadOnlyList<MechanismInfo> mechanisms, DataFiles files)
    {
        var binder = new ScenarioBinder(problems);
        var scenario = (Scenario?)binder.Record(typeof(Scenario), root, "", Place.Top);
        if (scenario is not null) new ScenarioRules(scenario, binder, problems, mechanisms, files).Check();
        return scenario;
    }

    internal static byte[] Bytes(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > YamlTree.MaxBytes) return new byte[YamlTree.MaxBytes + 1];
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var why = e is FileNotFoundException or DirectoryNotFoundException ? "file not found" : $"the file cannot be read: {e.Message}";
            throw new ScenarioException(new ScenarioError(path, 1, 1, "", why));
        }
    }
}
