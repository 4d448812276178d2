namespace Posiwid.Simulation.Scenarios;

/// <summary>
/// A scenario can build on another: <c>extends: iso</c>, then only what differs. Keys are laid over those of the other, map by map; a number, a word or a list takes
/// the place of what was there, and so does a map that is one statement (<see cref="Whole"/>). A key without a value takes the other's away.
/// </summary>
internal static class ScenarioExtends
{
    /// <summary>The key.</summary>
    public const string Key = "extends";

    /// <summary>Maps that are replaced as a whole: their entries belong together.</summary>
    public static readonly string[] Whole = ["stated-aims", "founding-plan", "praise", "branches"];

    /// <summary>The tree with what it builds on put under it.</summary>
    /// <param name="root">The tree of a file.</param>
    /// <param name="path">The file.</param>
    /// <param name="problems">Told what is wrong.</param>
    /// <param name="files">Where other files are found.</param>
    public static YamlNode Resolve(YamlNode root, string path, Problems problems, DataFiles files) => Resolve(root, [path], problems, files);

    /// <summary>One map laid over another.</summary>
    public static YamlMap Lay(YamlMap over, YamlMap under)
    {
        var entries = under.Entries.ToList();
        foreach (var (key, value) in over.Entries)
        {
            var at = entries.FindIndex(e => e.Key.Value == key.Value);
            if (value is YamlText { IsEmpty: true } && at >= 0)
                entries.RemoveAt(at);
            else if (at < 0)
                entries.Add((key, value));
            else if (value is YamlMap upper && entries[at].Value is YamlMap lower && !Whole.Contains(key.Value))
                entries[at] = (key, Lay(upper, lower));
            else
                entries[at] = (key, value);
        }

        return new YamlMap(over.Place, entries);
    }

    /// <summary>The file of a scenario that is named in another; null if there is none.</summary>
    public static string? Find(string name, DataFiles files) => files.Find(name + ".yaml") ?? files.Find(Path.Combine("scenarios", name + ".yaml"));

    private static YamlNode Resolve(YamlNode root, IReadOnlyList<string> chain, Problems problems, DataFiles files)
    {
        if (root is not YamlMap map || map.Entries.All(e => e.Key.Value != Key))
            return root;
        var (_, value) = map.Entries.First(e => e.Key.Value == Key);
        var own = new YamlMap(map.Place, [.. map.Entries.Where(e => e.Key.Value != Key)]);
        if (value is not YamlText { IsEmpty: false } name)
        {
            problems.Add(value.Place, Key, "expected the name of a scenario");
            problems.ThrowIfAny(); // what is missing in this file says nothing
            return own;
        }

        if (!Keys.IsName(name.Value) || Find(name.Value, files) is not { } file)
        {
            problems.Add(name.Place, Key, $"there is no scenario '{Keys.Short(name.Value)}' beside this file or with the program");
            problems.ThrowIfAny();
            return own;
        }

        if (chain.Any(c => Path.GetFullPath(c) == Path.GetFullPath(file)))
        {
            problems.Add(name.Place, Key, $"it builds on itself: {string.Join(" > ", chain.Append(file).Select(Path.GetFileNameWithoutExtension))}");
            problems.ThrowIfAny();
        }

        var inBase = new Problems(file);
        var under = YamlTree.Read(Utf8.Decode(ScenarioFile.Bytes(file), file), inBase, file);
        inBase.ThrowIfAny();
        if (under is not YamlMap lower)
            throw new ScenarioException(new ScenarioError(file, 1, 1, "", "expected keys with values"));
        return Resolve(lower, [.. chain, file], problems, files) is YamlMap resolved ? Lay(own, resolved) : own;
    }
}

/// <summary>A part of a scenario, to be laid over another: any of its keys, as in its file.</summary>
public sealed class ScenarioPatch
{
    internal ScenarioPatch(YamlMap map) => Map = map;

    internal YamlMap Map { get; }
}
