using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary>Where files of a kind are: a file by its path, or a name in the folder here, in the kind's folder here, or with the program.</summary>
/// <param name="folder">The kind's folder.</param>
/// <param name="what">What one is called.</param>
internal sealed class NamedFiles(string folder, string what)
{
    private const string Extension = ".yaml";

    /// <summary>Scenarios.</summary>
    public static readonly NamedFiles Scenarios = new("scenarios", "scenario");

    /// <summary>Files of claims.</summary>
    public static readonly NamedFiles Claims = new("claims", "file of claims");

    private IEnumerable<string> Folders => [Path.Combine(".", folder), Path.Combine(AppContext.BaseDirectory, folder)];

    /// <summary>The files that a name stands for, by name; the nearer folder wins.</summary>
    public IReadOnlyDictionary<string, string> All()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var place in Folders.Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(place, "*" + Extension))
                found.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }
        return found;
    }

    /// <summary>The file that a person means.</summary>
    /// <exception cref="WrongInputException">There is none; names the nearest.</exception>
    public string Find(string nameOrFile)
    {
        if (File.Exists(nameOrFile))
            return nameOrFile;
        if (File.Exists(nameOrFile + Extension))
            return nameOrFile + Extension;
        var all = All();
        if (all.TryGetValue(nameOrFile, out var file))
            return file;
        if (Directory.Exists(nameOrFile))
            throw new WrongInputException($"'{nameOrFile}' is a folder; a {what} is a file or a name.");
        throw new WrongInputException(nameOrFile.Contains(Path.DirectorySeparatorChar) || nameOrFile.EndsWith(Extension, StringComparison.Ordinal)
            ? $"There is no file '{nameOrFile}'."
            : CommandLine.Sentence($"There is no {what} '{nameOrFile}'{Nearest.Hint(nameOrFile, all.Keys)}"));
    }
}

/// <summary>Where scenarios are.</summary>
internal static class ScenarioPlaces
{
    /// <inheritdoc cref="NamedFiles.All"/>
    public static IReadOnlyDictionary<string, string> All() => NamedFiles.Scenarios.All();

    /// <inheritdoc cref="NamedFiles.Find"/>
    public static string Find(string nameOrFile) => NamedFiles.Scenarios.Find(nameOrFile);
}
