using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LibGit2Sharp;

namespace Posiwid.Records.Import;

/// <summary>
/// Who is named as a maintainer, from when to when: the history of <c>MAINTAINERS</c> and <c>CODEOWNERS</c> along the main line of a repository. Each file is an office;
/// somebody holds it from the day on which a version that names them reaches the main line until one no longer does. Teams are nobody.
/// </summary>
internal sealed partial class Maintainers(string path) : IImportSource
{
    private static readonly string[] Files = ["MAINTAINERS", "MAINTAINERS.md", "MAINTAINERS.txt", "CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS"];

    private static readonly RecordKind Office = RecordKind.Find("office")!;

    public void Read(Staging staging)
    {
        using var repository = new Repository(path);
        if (repository.Head.Tip is not { } tip)
            return; // the commits tell it
        var present = Versions(tip);
        if (present.Count == 0)
            return;
        var people = new Mailmap(tip[".mailmap"]?.Target is Blob blob ? blob.GetContentText() : "");
        foreach (var (file, versions) in present)
        {
            var at = staging.Report.Add(file, "office");
            // the whole of it is read again whenever anything has changed: it is little
            var stamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tip.Sha)));
            if (staging.Memory is { } memory)
            {
                if (memory.Of(at)?.Stamp == stamp)
                {
                    memory.Recall(at);
                    continue;
                }

                memory.Forget(at);
            }

            var line = 0L;
            foreach (var (who, from, to) in Held(repository, versions, people))
            {
                staging.Tick(at);
                line++;
                if (from > staging.Settings.Today || to < from)
                    staging.Report.Refuse(at, line, "its date cannot be true");
                else
                    staging.Stage.Add(Office, at, line, Row(staging.Names.Key("office", file), staging.Names.Person(who), from, to));
            }

            staging.Stage.Flush();
            staging.Memory?.Keep(at, new SourceState(stamp, 0, line, ""), []);
        }
    }

    /// <summary>Each version of each file along the main line, the oldest first, with its day; null where the file was taken away.</summary>
    private List<(string File, List<(DateOnly Day, ObjectId? Version)> Versions)> Versions(Commit tip)
    {
        var found = Files.ToDictionary(f => f, _ => new List<(DateOnly Day, ObjectId? Version)>());
        var line = new List<Commit>();
        for (var commit = tip; commit is not null; commit = commit.Parents.FirstOrDefault())
            line.Add(commit);
        var root = (ObjectId?)null;
        using var difference = new TreeDifference(path);
        for (var i = line.Count - 1; i >= 0; i--)
        {
            var tree = line[i].Tree.Id;
            if (tree == root)
                continue;
            root = tree;
            foreach (var (file, versions) in found)
                if (difference.Find(tree, file) is var now && now != (versions.Count == 0 ? null : versions[^1].Version))
                    versions.Add((DateOnly.FromDateTime(line[i].Committer.When.DateTime), now));
        }

        return [.. Files.Select(f => (f, found[f])).Where(f => f.Item2.Count > 0)];
    }

    private static List<(string Who, DateOnly From, DateOnly? To)> Held(Repository repository, List<(DateOnly Day, ObjectId? Version)> versions, Mailmap people)
    {
        var (holds, held) = (new Dictionary<string, DateOnly>(), new List<(string, DateOnly, DateOnly?)>());
        foreach (var (day, version) in versions)
        {
            var named = version is null ? [] : Named(repository.Lookup<Blob>(version)?.GetContentText() ?? "", people);
            foreach (var who in holds.Keys.Except(named).Order(StringComparer.Ordinal).ToList())
            {
                held.Add((who, holds[who], day));
                holds.Remove(who);
            }

            foreach (var who in named)
                holds.TryAdd(who, day);
        }

        held.AddRange(holds.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => (h.Key, h.Value, (DateOnly?)null)));
        return held;
    }

    /// <summary>Addresses, and names on the host that begin with @, of lines that are no comments; the names become the addresses that the host gives them.</summary>
    internal static HashSet<string> Named(string text, Mailmap people)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Where(l => !l.TrimStart().StartsWith('#')))
        {
            foreach (Match mail in Mail().Matches(line))
                named.Add(people.Of("", mail.Value));
            foreach (Match handle in Handle().Matches(line))
                named.Add(people.Of("", handle.Groups[1].Value + Mailmap.HostMail));
        }

        return named;
    }

    private static object?[] Row(long office, long person, DateOnly from, DateOnly? to)
    {
        var row = new object?[Stage.Width(Office)];
        foreach (var (field, value) in new (string, object?)[] { ("office", office), ("person", person), ("start", from), ("end", to), ("level", "national"), ("paid", false) })
            row[Office.Fields.ToList().FindIndex(f => f.Name == field)] = value;
        return row;
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")]
    private static partial Regex Mail();

    // a name, no address and no team (@organization/team)
    [GeneratedRegex(@"(?<![\w.+-])@([A-Za-z0-9][A-Za-z0-9-]*)(?![\w./-])")]
    private static partial Regex Handle();
}
