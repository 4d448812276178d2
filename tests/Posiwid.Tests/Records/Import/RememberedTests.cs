using System.Text;
using CsCheck;
using LibGit2Sharp;
using Posiwid.Records;
using Posiwid.Records.Import;
using static Posiwid.Tests.Records.Import.Imported;

namespace Posiwid.Tests.Records.Import;

/// <summary>An import that remembers what it read before gives the book, and the report, that reading everything gives.</summary>
public class RememberedTests
{
    private static readonly Mapping Mapping = new()
    {
        Organization = "Union",
        Sources =
        [
            Source("h.csv", "activity", "date=Date", "kind=Kind", "hours=Hours", "person=Who", "unit=Branch") with { HeadingLine = 2 },
            Source("m.csv", "member", "person=No", "start=Joined", "end=Left", "unit=Branch"),
            Source("d.csv", "decision", "decision=Motion", "date=Day", "kind=About", "alternative=Option", "chosen=Won"),
        ],
    };

    private static readonly string[] Rows =
    [
        "2024-01-01,meeting,2,a,North\n", "2024-01-02,march,x,a,North\n", "2024-01-03,march,1,b,South\n", "2024-02-30,march,1,b,South\n", "\n", "2024-01-04,meeting,0.5,\"c\",\"North\"\n", "2024-01-05,meeting\n", "2024-01-06,meeting,3,Cé,South\r\n",
    ];

    private static readonly string[] Members = ["a,2020-01-01,,North\n", "b,2020-01-01,2021-01-01,South\n", "b,2020-06-01,2022-01-01,South\n", "c,2022-01-01,2019-01-01,\n"];

    private static readonly string[] Options = ["1,2024-01-01,budget,a,yes\n", "1,2024-01-01,budget,b,no\n", "2,2024-01-02,budget,a,maybe\n", "2,2024-01-02,budget,b,no\n", "1,2024-01-01,budget,b,no\n"];

    private static string Once(Imported files, bool remember)
    {
        var output = remember ? files.Output : files.Output + ".whole";
        var report = Importer.Run(files.Folder, Mapping, output, Names, new ImportSettings { Today = new DateOnly(2025, 1, 1), Remember = remember });
        Assert.Equal(report.Read, report.Kept + report.RefusedCount);
        return string.Join("\n", RandomBook.Lines(BookFile.Open(output)).Concat(report.Sources.Select(s => $"{s.File} {s.Read} {s.Refused}").Concat(report.Refused.Select(r => $"{r}")).Concat(report.Reasons.Select(r => $"{r}"))));
    }

    [Fact]
    public void Files_that_grow_give_what_reading_all_of_them_gives() =>
        Gen.Select(Gen.Int[0, Rows.Length - 1].Array[0, 6].Array[2, 4], Gen.Int[0, Members.Length - 1].Array[0, 3].Array[2, 4], Gen.Int[0, Options.Length - 1].Array[0, 3].Array[2, 4]).Sample((hours, members, options) =>
        {
            using var files = new Imported(("h.csv", "Hours of 2024\nDate,Kind,Hours,Who,Branch\n"), ("m.csv", "No,Joined,Left,Branch\n"), ("d.csv", "Motion,Day,About,Option,Won\n"));
            for (var i = 0; i < Math.Min(hours.Length, Math.Min(members.Length, options.Length)); i++)
            {
                foreach (var (file, lines) in new[] { ("h.csv", hours[i].Select(r => Rows[r])), ("m.csv", members[i].Select(r => Members[r])), ("d.csv", options[i].Select(r => Options[r])) })
                    File.AppendAllText(Path.Combine(files.Folder, file), string.Concat(lines));
                Assert.Equal(Once(files, remember: false), Once(files, remember: true));
            }
        }, iter: 12, threads: 1);

    // rewritten, cut, without an end, with a quotation mark that opens and never closes, with bytes that are no UTF-8, with another heading
    [Theory]
    [InlineData("Hours of 2024\nDate,Kind,Hours,Who,Branch\n2024-01-01,march,2,a,North\n2024-01-03,march,1,b,South\n", "rewritten")]
    [InlineData("Hours of 2024\nDate,Kind,Hours,Who,Branch\n", "rewritten")]
    [InlineData("Hours of 2024\nDate,Kind,Hours,Who,Branch\n2024-01-01,meeting,2,a,North\n2024-01-02,meeting,4", null)]
    [InlineData("Hours of 2024\nDate,Kind,Hours,Who,Branch\n2024-01-01,meeting,2,a,North\n2024-01-02,\"meeting,2,a,North\n2024-01-03,meeting,2,a,North\n", "cannot be read on")]
    [InlineData("Hours of 2024\nDate,Kind,Hours,Who,Branch\n2024-01-01,meeting,2,a,North\n2024-01-02,meeting,2,\u0080,North\n", "cannot be read on")]
    [InlineData("Hours of 2025\nDate,Kind,Branch,Who,Hours\n2024-01-01,meeting,North,a,1\n", "rewritten")]
    public void A_file_that_is_another_is_noticed(string now, string? says)
    {
        using var files = new Imported(("h.csv", "Hours of 2024\nDate,Kind,Hours,Who,Branch\n2024-01-01,meeting,2,a,North\n"), ("m.csv", "No,Joined,Left,Branch\n"), ("d.csv", "Motion,Day,About,Option,Won\n"));
        Once(files, remember: true);
        files.Write("h.csv", Encoding.Latin1.GetBytes(now));
        Assert.Equal(Once(files, remember: false), Once(files, remember: true));
        files.Write("h.csv", Encoding.UTF8.GetBytes("Hours of 2024\nDate,Kind,Hours,Who,Branch\n2024-01-01,meeting,2,a,North\n"));
        Once(files, remember: true);
        files.Write("h.csv", Encoding.Latin1.GetBytes(now));
        var report = Importer.Run(files.Folder, Mapping, files.Output, Names, new ImportSettings { Today = new DateOnly(2025, 1, 1), Remember = true }, interrupted: TestContext.Current.CancellationToken);
        if (says is null)
            Assert.DoesNotContain(report.Notes, n => n.Contains("again", StringComparison.Ordinal));
        else
            Assert.Contains(report.Notes, n => n.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_what_was_appended_is_read_with_the_lines_where_it_stands()
    {
        using var folder = new TemporaryFolder();
        var (head, tail) = ("Title\nA;B\n1;2\n\n3;4\n", "5;6\n7\n8;9\n");
        File.WriteAllText(folder["x.csv"], head + tail);
        var broken = new List<long>();
        using var sheet = Csv.ReadOn(folder["x.csv"], 2, ';', Encoding.UTF8.GetByteCount(head), head.Count(c => c == '\n'), head.Length + tail.Length, (line, _) => broken.Add(line))!;
        var seen = new List<(long, string)>();
        while (sheet.Read())
            seen.Add((sheet.Line, sheet[0] + sheet[1]));
        Assert.Equal([(6, "56"), (8, "89")], seen);
        Assert.Equal([7], broken);
    }

    [Fact]
    public void What_another_mapping_or_secret_read_or_what_is_damaged_is_not_used()
    {
        using var files = new Imported(("h.csv", "Hours of 2024\nDate,Kind,Hours,Who,Branch\n2024-01-01,meeting,2,a,North\n"), ("m.csv", "No,Joined,Left,Branch\n"), ("d.csv", "Motion,Day,About,Option,Won\n"));
        Once(files, remember: true);
        var other = Mapping with { Sources = [Mapping.Sources[0] with { Always = new Dictionary<string, string> { ["headcount"] = "3" } }] };
        Importer.Run(files.Folder, other, files.Output, Names, new ImportSettings { Today = new DateOnly(2025, 1, 1), Remember = true }, interrupted: TestContext.Current.CancellationToken);
        Assert.Equal(3, files.Book().Activities.Headcount[0]);
        var before = files.Book().People.PersonId[0];
        Importer.Run(files.Folder, other, files.Output, Pseudonyms.With("another secret, of 32 bytes also"u8), new ImportSettings { Today = new DateOnly(2025, 1, 1), Remember = true }, interrupted: TestContext.Current.CancellationToken);
        Assert.NotEqual(before, files.Book().People.PersonId[0]);
        File.WriteAllText(files.Output + ".rows", "no database");
        Assert.Equal(Once(files, remember: false), Once(files, remember: true));
    }

    /// <summary>A history with side branches that are merged later: whatever was read before, the book is that of the whole.</summary>
    [Fact]
    public void A_history_that_grows_gives_what_reading_all_of_it_gives()
    {
        using var folder = new TemporaryFolder();
        Repository.Init(folder["r"], isBare: true);
        using var repository = new Repository(folder["r"]);
        var (day, made) = (0, new List<Commit>());
        Commit Made(string who, params Commit[] parents)
        {
            var when = new Signature(who, who + "@x.org", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day++));
            var tree = repository.ObjectDatabase.CreateTree(new TreeDefinition().Add($"src/{who}{day}.c", repository.ObjectDatabase.CreateBlob(new MemoryStream([(byte)day])), Mode.NonExecutableFile));
            made.Add(repository.ObjectDatabase.CreateCommit(when, when, "x", tree, parents, false));
            return made[^1];
        }

        void Head(Commit commit) => repository.Refs.Add(repository.Refs.Head.TargetIdentifier, commit.Id, allowOverwrite: true);
        List<string> Read(bool remember)
        {
            var output = folder[remember ? "a.duckdb" : "b.duckdb"];
            GitHistory.Run(folder["r"], new Mapping { Organization = "x", Sources = [] }, quick: false, output, Names, new ImportSettings { Today = new DateOnly(2025, 1, 1), Remember = remember });
            return RandomBook.Lines(BookFile.Open(output));
        }

        var first = Made("a");
        var side = Made("b", first); // older than what the main line has when it is merged
        var main = Made("c", Made("a", first));
        foreach (var tip in new[] { main, Made("d", main), Made("e", Made("c", main), Made("b", side)), Made("f", first) })
        {
            Head(tip);
            Assert.Equal(Read(remember: false), Read(remember: true));
        }
    }
}
