using System.Text;

namespace Posiwid.Simulation.Scenarios;

/// <summary>
/// Finds and reads the data files that a scenario names: beside the scenario, in the project folder above it, or with the program.
/// </summary>
/// <param name="scenarioFile">Path of the scenario file.</param>
public sealed class DataFiles(string scenarioFile)
{
    /// <summary>A larger data file is refused.</summary>
    public const int MaxBytes = 16 << 20;

    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(scenarioFile)) ?? ".";

    /// <summary>Full path of a file, or null if it is in none of the three places.</summary>
    /// <param name="name">Name as the scenario writes it.</param>
    public string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal)) return null;
        string[] places = [folder, Path.GetDirectoryName(folder) ?? folder, AppContext.BaseDirectory];
        return places.Select(p => Path.Combine(p, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Content of a file as text, line ends as <c>\n</c>.</summary>
    /// <param name="name">Name as the scenario writes it.</param>
    public string Text(string name)
    {
        var path = Find(name) ?? throw Error(name, "file not found");
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw Error(name, $"the file is larger than {MaxBytes >> 20} MB");
            return Utf8.Decode(File.ReadAllBytes(path), name).ReplaceLineEndings("\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Error(name, $"the file cannot be read: {e.Message}");
        }
    }

    private static ScenarioException Error(string name, string message) => new(new ScenarioError(name, 1, 1, "", message));
}

/// <summary>Strict reading of UTF-8.</summary>
internal static class Utf8
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>The text of a file, without byte order mark; an exception with line and column at the first byte that is not UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes[..Math.Clamp(e.Index, 0, bytes.Length)];
            var line = before.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            throw new ScenarioException(new ScenarioError(file, line, column, "", "the file is not UTF-8 text; save it as UTF-8"));
        }
    }
}
