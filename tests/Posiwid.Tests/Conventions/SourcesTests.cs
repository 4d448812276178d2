using System.Text.RegularExpressions;
using Posiwid.App.Commands;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Conventions;

/// <summary>Whatever a mechanism, a parameter or a scenario names as its source can be looked up.</summary>
public partial class SourcesTests
{
    private static readonly HashSet<string> Known =
    [
        .. Heading().Matches(Repository.Text("docs/sources.md")).Select(m => m.Groups[1].Value),
        .. Row().Matches(Repository.Text("docs/sources.md")).Select(m => m.Groups[1].Value),
        .. SeriesKey().Matches(Repository.Text("data/SOURCES.md")).Select(m => m.Groups[1].Value),
    ];

    [Fact]
    public void Every_claim_has_a_source() =>
        Assert.Empty(Model.Mechanisms.Where(m => !Known.Contains(m.Source)).Select(m => $"{m.Id}: {m.Source} is not in docs/sources.md"));

    [Fact]
    public void Every_key_in_a_parameter_s_meaning_is_known() =>
        Assert.Empty(Model.Mechanisms.SelectMany(m => m.Parameters.SelectMany(p => Unknown(p.Meaning).Select(k => $"{m.Id}.{p.Name}: {k}"))));

    [Fact]
    public void Every_parameter_with_a_source_names_it() =>
        Assert.Empty(Model.Mechanisms.SelectMany(m => m.Parameters.Where(p => p.Origin == Origin.Source && !Keys(p.Meaning).Any()).Select(p => $"{m.Id}.{p.Name}")));

    [Fact]
    public void Every_key_in_a_scenario_is_known()
    {
        var files = Directory.GetFiles(Repository.PathOf("scenarios"), "*.yaml");
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(f => Unknown(File.ReadAllText(f)).Select(k => $"{Path.GetFileName(f)}: {k}")));
    }

    private static IEnumerable<string> Unknown(string text) => Keys(text).Where(k => !Known.Contains(k)).Distinct();

    /// <summary>The keys in a text; a range such as C11-C16 stands for all in it.</summary>
    private static IEnumerable<string> Keys(string text)
    {
        foreach (Match match in Key().Matches(text))
        {
            var (letter, first) = (match.Groups["letter"].Value, match.Groups["first"].Value);
            var last = match.Groups["last"].Success ? match.Groups["last"].Value : first;
            for (var number = int.Parse(first); number <= int.Parse(last); number++)
                yield return letter + number.ToString(first.StartsWith('0') ? new string('0', first.Length) : "");
        }
    }

    [GeneratedRegex(@"\b(?<letter>[A-GSV])(?<first>\d{1,3})(?:-\k<letter>(?<last>\d{1,3}))?\b")]
    private static partial Regex Key();

    [GeneratedRegex(@"^### (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| ([A-GV]\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(S\d{2,3})\b")]
    private static partial Regex SeriesKey();
}
