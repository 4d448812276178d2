using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary>Where scenarios are: a file by its path, or a name in the folder here, in <c>scenarios/</c> here, or with the program.</summary>
internal static class ScenarioPlaces
{
    private const string Extension = ".yaml";

    private static IEnumerable<string> Folders => [Path.Combine(".", "scenarios"), Path.Combine(AppContext.BaseDirectory, "scenarios")];

    /// <summary>The scenarios that a name stands for, by name; the nearer folder wins.</summary>
    public static IReadOnlyDictionary<string, string> All()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in Folders.Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension))
                found.TryAdd(Path.GetFileNameWithoutExtension(file), file);
        }
        return found;
    }

    /// <summary>The file that a person means.</summary>
    /// <exception cref="WrongInputException">There is none; names the nearest.</exception>
    public static string Find(string nameOrFile)
    {
        if (File.Exists(nameOrFile))
            return nameOrFile;
        if (File.Exists(nameOrFile + Extension))
            return nameOrFile + Extension;
        if (Directory.Exists(nameOrFile))
            throw new WrongInputException($"'{nameOrFile}' is a folder; a scenario is a file or a name.");
        var all = All();
        if (all.TryGetValue(nameOrFile, out var file))
            return file;
        throw new WrongInputException(nameOrFile.Contains(Path.DirectorySeparatorChar) || nameOrFile.EndsWith(Extension, StringComparison.Ordinal)
            ? $"There is no file '{nameOrFile}'."
            : CommandLine.Sentence($"There is no scenario '{nameOrFile}'{Nearest.Hint(nameOrFile, all.Keys)}"));
    }
}
