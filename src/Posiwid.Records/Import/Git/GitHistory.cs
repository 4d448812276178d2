using System.Text.RegularExpressions;
using LibGit2Sharp;

namespace Posiwid.Records.Import;

/// <summary>
/// A repository's history as records: one activity a commit, by the author's date (which a rebase keeps), with its author and co-authors; a review for each
/// <c>Reviewed-by</c>; membership from the days on which somebody wrote. Merges and bots are set aside. There are no hours: a commit is a proxy, and no unit of work.
/// </summary>
public sealed partial class GitHistory : IImportSource
{
    private static readonly RecordKind Activity = RecordKind.Find("activity")!, Presence = RecordKind.Find("presence")!;

    private readonly string path;
    private readonly bool quick;

    private GitHistory(string path, bool quick) => (this.path, this.quick) = (path, quick);

    /// <summary>True if a folder is a repository, with or without a working tree.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsHere(string folder) =>
        Directory.Exists(Path.Combine(folder, ".git")) || File.Exists(Path.Combine(folder, ".git"))
        || (File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects")) && Directory.Exists(Path.Combine(folder, "refs")));

    /// <summary>What tells a history from a later one: the newest commit; null if there is none.</summary>
    /// <param name="folder">The repository.</param>
    /// <exception cref="BookException">It cannot be read.</exception>
    public static string? Tip(string folder)
    {
        try
        {
            using var repository = new Repository(folder);
            return repository.Head.Tip?.Sha;
        }
        catch (LibGit2SharpException error)
        {
            throw new BookException($"{folder} could not be read: {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>Imports a repository's history.</summary>
    /// <param name="folder">The repository.</param>
    /// <param name="mapping">Name, period and gap; it names no files.</param>
    /// <param name="quick">True to look at no files: every commit is of one kind, and a large history is read many times faster.</param>
    /// <param name="output">The book to write.</param>
    /// <param name="names">Makes numbers of persons.</param>
    /// <param name="settings">What else is needed.</param>
    /// <param name="says">A file of stated aims with its folder, if there is one.</param>
    /// <param name="progress">Told of commits read.</param>
    /// <param name="interrupted">Asks to stop; then nothing is written.</param>
    /// <exception cref="BookException">There is no history, or it is damaged.</exception>
    public static ImportReport Run(string folder, Mapping mapping, bool quick, string output, Pseudonyms names, ImportSettings settings, (string Folder, MappedSource Source)? says = null, IProgress<long>? progress = null, CancellationToken interrupted = default) =>
        Importer.Run(says is { } aims ? [new GitHistory(folder, quick), new MappedFiles(aims.Folder, [aims.Source])] : [new GitHistory(folder, quick)], mapping, output, names, settings, progress, interrupted);

    void IImportSource.Read(Staging staging)
    {
        var at = staging.Report.Add(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), "commits");
        try
        {
            using var repository = new Repository(path);
            if (repository.Head.Tip is not { } tip)
                throw new BookException($"{path} is a repository without commits.");
            if (repository.Info.IsShallow)
                staging.Report.Notes.Add("The history is cut (a shallow clone): people seem to come later than they did. For all of it: git fetch --unshallow.");
            var people = new Mailmap(tip[".mailmap"]?.Target is Blob mailmap ? mailmap.GetContentText() : "");
            // the newest first, as git log shows them
            var line = 0L;
            foreach (var commit in repository.Commits.QueryBy(new CommitFilter { IncludeReachableFrom = tip, SortBy = CommitSortStrategies.Time | CommitSortStrategies.Topological }))
                Read(repository, commit, ++line, at, people, staging);
            staging.Report.Notes.Add("A commit is a proxy for work and no unit of it: a squashed one holds many days, and nobody's talk, review or help is in it.");
        }
        catch (Exception error) when (error is LibGit2SharpException or System.ComponentModel.Win32Exception)
        {
            throw new BookException($"{path} could not be read: {error.Message.TrimEnd('.')}. If it is damaged, git fsck says where.", error);
        }
    }

    private void Read(Repository repository, Commit commit, long line, int at, Mailmap people, Staging staging)
    {
        staging.Tick(at);
        if (commit.Parents.Skip(1).Any())
        {
            staging.Report.Refuse(at, line, "a merge, set aside");
            return;
        }

        var author = commit.Author;
        if (IsBot(author.Name, author.Email))
        {
            staging.Report.Refuse(at, line, "of a bot, set aside");
            return;
        }

        var day = DateOnly.FromDateTime(author.When.DateTime);
        if (day.Year < 1970 || day > staging.Settings.Today)
        {
            staging.Report.Refuse(at, line, "its date cannot be true");
            return;
        }

        string kind;
        try
        {
            kind = quick ? "commit" : CommitKinds.Of(Paths(repository, commit));
        }
        catch (LibGit2SharpException)
        {
            staging.Report.Refuse(at, line, "its files cannot be read: an object is missing or damaged");
            return;
        }

        var all = Trailers().Matches(commit.Message).Select(m => (Review: m.Groups[1].Value.StartsWith('R') || m.Groups[1].Value.StartsWith('r'), Name: m.Groups[2].Value, Mail: m.Groups[3].Value)).Where(t => !IsBot(t.Name, t.Mail)).ToList();
        var authors = all.Where(t => !t.Review).Select(t => people.Of(t.Name, t.Mail)).Prepend(people.Of(author.Name, author.Email)).Distinct().ToList();
        foreach (var who in authors)
            Add(commit.Sha, kind, who);
        foreach (var who in all.Where(t => t.Review).Select(t => people.Of(t.Name, t.Mail)).Distinct().Except(authors))
            Add(commit.Sha + " review", "review", who);

        void Add(string key, string what, string who)
        {
            var person = staging.Names.Person(who);
            staging.Stage.Add(Activity, at, line, Row(Activity, ("activity", staging.Names.Key("activity", key)), ("date", day), ("kind", what), ("person", person), ("hours-source", "proxy")));
            staging.Stage.Add(Presence, at, line, Row(Presence, ("person", person), ("date", day)));
        }
    }

    private static IEnumerable<string> Paths(Repository repository, Commit commit)
    {
        var changes = repository.Diff.Compare<TreeChanges>(commit.Parents.FirstOrDefault()?.Tree, commit.Tree, new CompareOptions { Similarity = SimilarityOptions.None });
        return changes.Select(c => c.Path.Length > 0 ? c.Path : c.OldPath);
    }

    private static object?[] Row(RecordKind kind, params (string Field, object Value)[] values)
    {
        var row = new object?[Stage.Width(kind)];
        foreach (var (field, value) in values)
            row[kind.Fields.ToList().FindIndex(f => f.Name == field)] = value;
        return row;
    }

    private static bool IsBot(string name, string mail) => Bot().IsMatch(name) || Bot().IsMatch(mail.Split('@')[0]);

    [GeneratedRegex(@"(?mi)^(Co-authored-by|Reviewed-by): *([^<\r\n]*?) *<([^>\r\n]+)>")]
    private static partial Regex Trailers();

    [GeneratedRegex(@"(?i)\[bot\]|(^|[-_. ])bot$|^bot[-_. ]|dependabot|renovate|greenkeeper|pre-commit-ci|github-actions|snyk-|mergify|weblate|transifex|jenkins|travis-?ci|semantic-release")]
    private static partial Regex Bot();
}
