using System.Text.RegularExpressions;
using Posiwid.Records.Import;

namespace Posiwid.App.Commands;

/// <summary>Files of programs whose tables are known: their mapping is ready, in <c>data/mappings</c>.</summary>
internal static class KnownProgram
{
    private static readonly (string Program, string File, string[] Signs)[] All =
    [
        ("CiviCRM", "civicrm.yaml", ["civicrm_membership.csv", "civicrm_activity.csv", "civicrm_contribution.csv", "civicrm_relationship.csv", "civicrm_case.csv"]),
        ("Action Network", "action-network.yaml", ["events.json", "attendances.json", "donations.json"]),
    ];

    /// <summary>The mapping for a folder's files, without those files that are not there; null if they are of no known program.</summary>
    public static (string Program, string Text)? Mapping(string folder, string organization)
    {
        var files = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!).ToHashSet();
        var dump = files.FirstOrDefault(f => f.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && Sheet.Names(Path.Combine(folder, f)).Contains("civicrm_contact"));
        foreach (var (program, file, signs) in All)
        {
            if (!(dump is not null && program == "CiviCRM") && !signs.Any(files.Contains))
                continue;
            var text = File.ReadAllText(Find(file)).ReplaceLineEndings("\n").Replace("organization: NAME", $"organization: \"{organization.Replace("\"", "'", StringComparison.Ordinal)}\"", StringComparison.Ordinal);
            return (program, Regex.Replace(text, @"(?m)^(?:  #.*\n)*  - file: (\S+)\n(?:    .*\n)*", m =>
            {
                var name = m.Groups[1].Value;
                var inDump = dump is not null && Sheet.Names(Path.Combine(folder, dump)).Contains(Path.GetFileNameWithoutExtension(name));
                return inDump ? m.Value.Replace($"- file: {name}\n", $"- file: \"{dump}\"\n    sheet: {Path.GetFileNameWithoutExtension(name)}\n", StringComparison.Ordinal) : files.Contains(name) ? m.Value : "";
            }));
        }

        return null;
    }

    private static string Find(string file)
    {
        var usual = Path.Combine("data", "mappings", file);
        return new[] { usual, Path.Combine(AppContext.BaseDirectory, usual) }.FirstOrDefault(File.Exists) ?? throw new WrongInputException($"{usual} is missing.");
    }
}
