using LibGit2Sharp;
using Posiwid.Records;
using Posiwid.Records.Import;

namespace Posiwid.Tests.Records.Import;

public class GitHistoryTests
{
    private static readonly ImportSettings Settings = new() { Today = new DateOnly(2025, 1, 1) };

    private static Mapping Mapping => new() { Organization = "Project", Sources = [], To = new DateOnly(2024, 12, 1) };

    private static string Made(TemporaryFolder folder, params (string Author, string Mail, string Day, string File, string Message)[] commits)
    {
        var path = folder["repository"];
        Repository.Init(path);
        using var repository = new Repository(path);
        foreach (var (author, mail, day, file, message) in commits)
        {
            var full = Path.Combine(path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.AppendAllText(full, file == ".mailmap" ? message : day + message + "\n");
            Commands.Stage(repository, file);
            // the day of the commit is another than the author's: it was rebased
            repository.Commit(message, new Signature(author, mail, DateTimeOffset.Parse(day + "T23:30:00+02:00")), new Signature("Somebody", "else@x.org", DateTimeOffset.Parse("2024-11-30T12:00:00+00:00")));
        }

        return path;
    }

    private static (ImportReport Report, Book Book) Import(TemporaryFolder folder, string path)
    {
        var report = GitHistory.Run(path, Mapping, quick: false, folder["book.duckdb"], Imported.Names, Settings, interrupted: TestContext.Current.CancellationToken);
        Assert.Equal(report.Read, report.Kept + report.RefusedCount);
        return (report, BookFile.Open(folder["book.duckdb"]));
    }

    [Fact]
    public void People_are_joined_by_mailmap_bots_are_set_aside_and_the_author_date_counts()
    {
        using var folder = new TemporaryFolder();
        var path = Made(folder,
            ("Ann", "ann@old.org", "2024-01-01", "src/a.c", "one"), ("Ann B", "ANN@new.org", "2024-01-20", "docs/a.md", "two"),
            ("dependabot[bot]", "x@users.noreply.github.com", "2024-02-01", "src/a.c", "bump"),
            ("Ben", "ben@x.org", "2024-03-01", "tests/a.c", "three\n\nCo-authored-by: Ann <ann@new.org>\nReviewed-by: Cam <cam@x.org>"),
            ("Ben", "ben@x.org", "2024-03-02", ".mailmap", "Ann B <ann@new.org> <ann@old.org>"));
        var (report, book) = Import(folder, path);
        Assert.Equal((5, 4, "of a bot, set aside"), (report.Read, report.Kept, Assert.Single(report.Refused).Why));
        Assert.Equal(3, book.People.Count);
        // the oldest first: the first, the second, the third with its review, the mailmap
        Assert.Equal([("code", "2024-01-01"), ("docs", "2024-01-20"), ("tests", "2024-03-01"), ("review", "2024-03-01"), ("other", "2024-03-02")],
            Enumerable.Range(0, book.Activities.Count).Select(i => (book.Activities.KindCode[i]!, book.Activities.Date[i].ToString("yyyy-MM-dd"))));
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal("proxy", book.Activities.HoursSource[i]));
        Assert.Equal(2, book.Activities.Headcount[2]);
        // all three were last seen on 1 or 2 March 2024, more than 26 weeks before 1 December
        Assert.Equal([("2024-01-01", "2024-03-01"), ("2024-03-01", "2024-03-01"), ("2024-03-01", "2024-03-02")],
            Enumerable.Range(0, 3).Select(i => (book.Memberships.StartDate[i].ToString("yyyy-MM-dd"), book.Memberships.EndDate[i]!.Value.ToString("yyyy-MM-dd"))).Order());
    }

    // Ann and Cam (by a name on the host) from the first version on, the team is nobody; Ben from the second, when Ann is gone; a name in a comment is none. Cam is who wrote with a number
    [Fact]
    public void Who_is_named_as_a_maintainer_holds_an_office_until_a_version_without_them()
    {
        using var folder = new TemporaryFolder();
        var path = Made(folder, ("Cam", "123+cam@users.noreply.github.com", "2024-01-01", "src/a.c", "one"));
        using (var repository = new Repository(path))
            foreach (var (day, text) in new[] { ("2024-02-01", "# dan@x.org\n* ann@x.org @cam @org/team\n"), ("2024-03-01", "* @cam ben@x.org\n") })
            {
                Directory.CreateDirectory(Path.Combine(path, ".github"));
                File.WriteAllText(Path.Combine(path, ".github/CODEOWNERS"), text);
                Commands.Stage(repository, ".github/CODEOWNERS");
                var when = new Signature("Cam", "cam@users.noreply.github.com", DateTimeOffset.Parse(day + "T00:00:00Z"));
                repository.Commit(day, when, when);
            }

        var (report, book) = Import(folder, path);
        Assert.Equal(3, report.Sources.Single(s => s.File == ".github/CODEOWNERS").Read);
        string Who(string name) => new[] { "ann@x.org", "ben@x.org", "cam@users.noreply.github.com" }.First(n => n.StartsWith(name, StringComparison.Ordinal));
        Assert.Equal(new[] { ("ann", "2024-02-01", "2024-03-01"), ("ben", "2024-03-01", ""), ("cam", "2024-02-01", "") }.Select(h => (Imported.Names.Person(Who(h.Item1)), h.Item2, h.Item3)).Order(),
            Enumerable.Range(0, book.Tenures.Count).Select(i => (book.Tenures.PersonId[i], $"{book.Tenures.StartDate[i]:yyyy-MM-dd}", $"{book.Tenures.EndDate[i]:yyyy-MM-dd}")).Order());
        Assert.Equal(3, book.People.Count);
    }

    [Fact]
    public void Merges_are_set_aside()
    {
        using var folder = new TemporaryFolder();
        var path = Made(folder, ("Ann", "a@x.org", "2024-01-01", "a.c", "one"));
        using (var repository = new Repository(path))
        {
            var when = new Signature("Ann", "a@x.org", DateTimeOffset.Parse("2024-01-02T00:00:00Z"));
            var (tip, tree) = (repository.Head.Tip, repository.Head.Tip.Tree);
            var side = repository.ObjectDatabase.CreateCommit(when, when, "side", tree, [tip], false);
            var merge = repository.ObjectDatabase.CreateCommit(when, when, "merge", tree, [tip, side], false);
            repository.Refs.UpdateTarget(repository.Refs.Head.ResolveToDirectReference(), merge.Id);
        }

        var (report, _) = Import(folder, path);
        Assert.Equal((3, 2, "a merge, set aside"), (report.Read, report.Kept, Assert.Single(report.Refused).Why));
    }

    [Fact]
    public void A_repository_without_commits_or_with_a_damaged_object_is_told_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        Repository.Init(folder["empty"]);
        Assert.Contains("without commits", Assert.Throws<BookException>(() => Import(folder, folder["empty"])).Message, StringComparison.Ordinal);
        var path = Made(folder, ("Ann", "a@x.org", "2024-01-01", "a.c", "one"), ("Ann", "a@x.org", "2024-01-02", "a.c", "two"));
        string tree, first;
        using (var repository = new Repository(path))
            (tree, first) = (repository.Head.Tip.Tree.Sha, repository.Head.Tip.Parents.Single().Sha);
        void Damage(string sha)
        {
            var file = Path.Combine(path, ".git", "objects", sha[..2], sha[2..]);
            File.SetAttributes(file, FileAttributes.Normal);
            File.WriteAllBytes(file, [1, 2, 3]);
        }

        // without its files a commit is refused; without a commit the history cannot be gone through
        Damage(tree);
        var damaged = Assert.Throws<BookException>(() => Import(folder, path));
        Assert.Contains("git fsck", damaged.Message, StringComparison.Ordinal);
        Damage(first);
        Assert.Contains("git fsck", Assert.Throws<BookException>(() => Import(folder, path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["book.duckdb"]));
    }

    [Theory]
    [InlineData("src/a.c", "code")]
    [InlineData("src/tests/a.c", "tests")]
    [InlineData("scrapy/conftest.py", "tests")]
    [InlineData(".github/workflows/x.yml", "ci")]
    [InlineData("README.md", "docs")]
    [InlineData("docs/conf.py", "docs")]
    [InlineData("logo.png", "other")]
    [InlineData("Makefile", "code")]
    public void Files_are_of_a_kind(string path, string kind) => Assert.Equal(kind, CommitKinds.OfFile(path));

    [Fact]
    public void A_tie_goes_to_code_first() => Assert.Equal("code", CommitKinds.Of(["a.md", "a.c"]));
}
