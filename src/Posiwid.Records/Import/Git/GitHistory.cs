using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Commits that are looked at side by side.</summary>
    private const int SomeCommits = 1 << 13;

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
        Importer.Run([new GitHistory(folder, quick), new Maintainers(folder), .. says is { } aims ? [new MappedFiles(aims.Folder, [aims.Source])] : (IImportSource[])[]], mapping, output, names, settings, progress, interrupted);

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
            staging.Report.Notes.Add("A commit is a proxy for work and no unit of it: a squashed one holds many days, and nobody's talk, review or help is in it.");
            var mailmap = tip[".mailmap"]?.Target is Blob blob ? blob.GetContentText() : "";
            var (people, stamp) = (new Mailmap(mailmap), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{quick} {mailmap}"))));
            var before = staging.Memory?.Of(at);
            var known = before is not null && before.Stamp == stamp ? repository.Lookup<Commit>(before.Grows) : null;
            var commits = known is null ? null : CommitOrder.Of(repository, tip, known);
            if (commits is null)
                (known, commits) = (null, CommitOrder.Of(repository, tip, null)!);
            var line = 0L;
            if (known is not null)
            {
                staging.Memory!.Recall(at);
                line = before!.Lines;
            }
            else if (before is not null)
            {
                staging.Report.Notes.Add("The history is not what it was with something added: it was read again as a whole.");
                staging.Memory!.Forget(at);
            }

            foreach (var commit in Looked(commits, staging.Interrupted))
                Take(commit, ++line, at, people, staging);
            staging.Stage.Flush();
            staging.Memory?.Keep(at, new SourceState(stamp, 0, line, tip.Sha), []);
        }
        catch (Exception error) when (error is LibGit2SharpException or System.ComponentModel.Win32Exception)
        {
            throw new BookException($"{path} could not be read: {error.Message.TrimEnd('.')}. If it is damaged, git fsck says where.", error);
        }
    }

    /// <summary>What is read of a commit.</summary>
    private sealed record Seen(string Sha, bool IsMerge, string Name, string Mail, DateOnly Day, string? Kind, IReadOnlyList<(bool Review, string Name, string Mail)> Others);

    /// <summary>Looks at commits, on all processors; they come in their order, some while the next are being looked at.</summary>
    private IEnumerable<Seen> Looked(IReadOnlyList<ObjectId> commits, CancellationToken interrupted)
    {
        using var open = new ThreadLocal<Looker>(() => new Looker(path, quick), trackAllValues: true);
        Task<Seen[]>? next = null;
        try
        {
            foreach (var some in commits.Chunk(SomeCommits).Append(null))
            {
                var seen = next?.GetAwaiter().GetResult() ?? [];
                next = some is null ? null : Task.Run(() => Look(some, open, interrupted), interrupted);
                foreach (var one in seen)
                    yield return one;
            }
        }
        finally
        {
            if (next is not null)
                ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
            foreach (var one in open.Values)
                one.Dispose();
        }
    }

    private static Seen[] Look(ObjectId[] some, ThreadLocal<Looker> open, CancellationToken interrupted)
    {
        var seen = new Seen[some.Length];
        try
        {
            // neighbors in a row: their trees are alike
            Parallel.ForEach(Partitioner.Create(0, some.Length, SomeCommits / 32), new ParallelOptions { CancellationToken = interrupted, MaxDegreeOfParallelism = Environment.ProcessorCount }, range =>
            {
                for (var i = range.Item1; i < range.Item2; i++)
                    seen[i] = open.Value!.Look(some[i]);
            });
        }
        catch (AggregateException error) when (error.InnerException is LibGit2SharpException)
        {
            throw error.InnerException;
        }

        return seen;
    }

    /// <summary>Looks at commits one after another, with the repository opened for itself.</summary>
    private sealed class Looker(string path, bool quick) : IDisposable
    {
        private readonly Repository repository = new(path);
        private readonly TreeDifference difference = new(path);
        private (ObjectId Commit, ObjectId Tree)? last;

        public Seen Look(ObjectId id)
        {
            var commit = repository.Lookup<Commit>(id) ?? throw new NotFoundException($"the commit {id} is missing");
            var (author, parents) = (commit.Author, commit.Parents.ToList());
            string? kind = "commit";
            try
            {
                if (!quick && parents.Count <= 1)
                    kind = CommitKinds.Of(difference.Paths(parents.Count == 0 ? null : last?.Commit == parents[0].Id ? last.Value.Tree : parents[0].Tree.Id, commit.Tree.Id));
                last = (id, commit.Tree.Id);
            }
            catch (LibGit2SharpException)
            {
                kind = null;
            }

            return new Seen(id.Sha, parents.Count > 1, author.Name, author.Email, DateOnly.FromDateTime(author.When.DateTime), kind,
                [.. Trailers().Matches(commit.Message).Select(m => (Review: m.Groups[1].Value[0] is 'R' or 'r', Name: m.Groups[2].Value, Mail: m.Groups[3].Value)).Where(t => !IsBot(t.Name, t.Mail))]);
        }

        public void Dispose()
        {
            difference.Dispose();
            repository.Dispose();
        }
    }

    private static void Take(Seen commit, long line, int at, Mailmap people, Staging staging)
    {
        staging.Tick(at);
        if (commit.IsMerge)
            staging.Report.Refuse(at, line, "a merge, set aside");
        else if (IsBot(commit.Name, commit.Mail))
            staging.Report.Refuse(at, line, "of a bot, set aside");
        else if (commit.Day.Year < 1970 || commit.Day > staging.Settings.Today)
            staging.Report.Refuse(at, line, "its date cannot be true");
        else if (commit.Kind is null)
            staging.Report.Refuse(at, line, "its files cannot be read: an object is missing or damaged");
        else
        {
            var authors = commit.Others.Where(t => !t.Review).Select(t => people.Of(t.Name, t.Mail)).Prepend(people.Of(commit.Name, commit.Mail)).Distinct().ToList();
            foreach (var who in authors)
                Add(commit.Sha, commit.Kind, who);
            foreach (var who in commit.Others.Where(t => t.Review).Select(t => people.Of(t.Name, t.Mail)).Distinct().Except(authors))
                Add(commit.Sha + " review", "review", who);
        }

        void Add(string key, string what, string who)
        {
            var person = staging.Names.Person(who);
            staging.Stage.Add(Activity, at, line, ActivityRow(staging.Names.Key("activity", key), commit.Day, what, person));
            staging.Stage.Add(Presence, at, line, PresenceRow(person, commit.Day));
        }
    }

    private static readonly Func<long, DateOnly, string, long, object?[]> ActivityRow = Filler();

    private static Func<long, DateOnly, string, long, object?[]> Filler()
    {
        int At(string field) => Activity.Fields.ToList().FindIndex(f => f.Name == field);
        var (key, date, kind, person, source) = (At("activity"), At("date"), At("kind"), At("person"), At("hours-source"));
        return (what, day, code, who) =>
        {
            var row = new object?[Stage.Width(Activity)];
            (row[key], row[date], row[kind], row[person], row[source]) = (what, day, code, who, "proxy");
            return row;
        };
    }

    // person, date, unit
    private static object?[] PresenceRow(long person, DateOnly day) => [person, day, null];

    private static bool IsBot(string name, string mail) => Bot().IsMatch(name) || Bot().IsMatch(mail.Split('@')[0]);

    [GeneratedRegex(@"(?mi)^(Co-authored-by|Reviewed-by): *([^<\r\n]*?) *<([^>\r\n]+)>")]
    private static partial Regex Trailers();

    [GeneratedRegex(@"(?i)\[bot\]|(^|[-_. ])bot$|^bot[-_. ]|dependabot|renovate|greenkeeper|pre-commit-ci|github-actions|snyk-|mergify|weblate|transifex|jenkins|travis-?ci|semantic-release")]
    private static partial Regex Bot();
}
