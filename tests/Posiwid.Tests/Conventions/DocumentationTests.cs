using System.Text.RegularExpressions;
using Posiwid.App.Commands;

namespace Posiwid.Tests.Conventions;

/// <summary>What the documents name exists: links, files and commands.</summary>
public partial class DocumentationTests
{
    private static readonly string[] Folders = ["docs", "examples", "bench", "data"];

    public static TheoryData<string> Documents =>
    [
        .. Directory.GetFiles(Repository.Root, "*.md").Concat(Folders.SelectMany(f => Directory.GetFiles(Repository.PathOf(f), "*.md", SearchOption.AllDirectories)))
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        foreach (Match link in Link().Matches(Repository.Text(document)))
        {
            var (file, anchor) = (link.Groups["file"].Value, link.Groups["anchor"].Value);
            var target = file.Length == 0 ? Repository.PathOf(document) : Path.GetFullPath(Path.Combine(folder, file));
            Assert.True(Path.Exists(target), $"{document} links to {file}, which does not exist");
            if (anchor.Length > 0)
                Assert.True(Anchors(File.ReadAllText(target)).Contains(anchor), $"{document} links to {file}#{anchor}, and there is no such heading");
        }
    }

    [Theory, MemberData(nameof(Documents))]
    public void Files_that_are_named_exist(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var named = CodeSpan().Matches(Repository.Text(document)).Select(m => m.Groups[1].Value)
            .SelectMany(span => span.Split(' ')).Select(word => word.Trim('\'', ',', ';', ':'))
            .Where(word => RepositoryPath().IsMatch(word));
        Assert.Empty(named.Where(path => !Path.Exists(Repository.PathOf(path)) && !Path.Exists(Path.Combine(folder, path))).Select(path => $"{document}: {path}"));
    }

    [Theory, MemberData(nameof(Documents))]
    public void Commands_are_understood(string document)
    {
        foreach (var command in Commands(Repository.Text(document)))
        {
            var words = Word().Matches(command).Select(m => m.Value.Trim('\'', '"')).ToArray();
            // a command alone is a way to speak of it
            var root = CommandLine.Root();
            var error = root.Parse(words).Errors is [var first, ..] && !root.Subcommands.Any(c => words is [var only] && c.Name == only) ? first.Message : null;
            Assert.True(error is null, $"{document}: posiwid {command}: {error}");
        }
    }

    /// <summary>Every <c>posiwid …</c> in a code span or a block of shell lines, without what the shell does with it.</summary>
    private static IEnumerable<string> Commands(string text)
    {
        var lines = CodeSpan().Matches(text).Select(m => m.Groups[1].Value)
            .Concat(Block().Matches(text).SelectMany(m => m.Groups[1].Value.Split('\n')));
        return lines.Select(line => Command().Match(line.Trim())).Where(m => m.Success).Select(m => m.Groups[1].Value.Trim());
    }

    private static HashSet<string> Anchors(string text) =>
        [.. Heading().Matches(text.ReplaceLineEndings("\n")).Select(m => NotInAnchor().Replace(m.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"(?<!`)\[[^\]\n]*\]\((?!https?:|mailto:)(?<file>[^)#\s]*)(?:#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^(?:\./)?(?:(?:src|tests|bench|docs|examples|data|scenarios|\.ci)/[\w./-]+|[\w.-]+\.(?:md|slnx|props|targets|cff))$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^```(?:sh|console|text)?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?:\$ )?(?:\./)?posiwid ([^|>;#]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"'[^']*'|""[^""]*""|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
