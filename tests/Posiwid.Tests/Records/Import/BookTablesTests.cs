using System.Text;
using Posiwid.Records;
using Posiwid.Records.Import;
using Posiwid.Records.Ocel;
using Posiwid.Tests.Conventions;

namespace Posiwid.Tests.Records.Import;

public class BookTablesTests
{
    private static readonly string[] Text = ["PRIVATE"];

    [Fact]
    public void What_a_book_exports_comes_back_to_the_bit()
    {
        for (var seed = 0; seed < 15; seed++)
        {
            using var folder = new TemporaryFolder();
            var book = RandomBook.Make(seed);
            book.Meta.Add("source", "simulated");
            Handed.ToCsv(book, folder["csv"]);
            Assert.True(BookTables.IsHere(folder["csv"]));
            var report = BookTables.Run(folder["csv"], folder["b.duckdb"], Imported.Names, strict: true, interrupted: TestContext.Current.CancellationToken);
            Assert.True(report.Written, string.Join("\n", report.Reasons));
            Assert.Equal(RandomBook.Lines(book).Order(), RandomBook.Lines(BookFile.Open(folder["b.duckdb"])).Order());
        }
    }

    [Fact]
    public void Rows_that_break_a_rule_are_refused_and_so_is_what_hangs_on_them()
    {
        using var files = new Imported(("person.csv", "person_id,kind\na,member\nb,alien\n"), ("unit.csv", "unit_id,organization_id,kind\n1,1,branch\n1,1,branch\n2,9,branch\n"), ("organization.csv", "organization_id,label\n1,x\n"),
            ("membership.csv", "spell_id,person_id,unit_id,start_date,observed_from,end_date,end_reason\n1,a,1,2020-01-01,2020-01-01,,\n2,b,1,2020-01-01,2020-01-01,,\n3,a,2,2020-01-01,2020-01-01,,\n4,a,1,2020-01-01,2020-01-01,2019-01-01,lapsed\n5,a,1,2020-02-30,2020-01-01,,\n"));
        var report = BookTables.Run(files.Folder, files.Output, Imported.Names, strict: false, interrupted: TestContext.Current.CancellationToken);
        Assert.Equal([("unit.csv", 3), ("unit.csv", 4), ("person.csv", 3), ("membership.csv", 3), ("membership.csv", 4), ("membership.csv", 5), ("membership.csv", 6)], report.Refused.Select(r => (r.File, (int)r.Line)));
        Assert.Equal(report.Read, report.Kept + report.RefusedCount);
        Assert.Equal((1, 1, 1), (files.Book().People.Count, files.Book().Units.Count, files.Book().Memberships.Count));
    }

    /// <summary>Names and addresses in every column that is not asked for, and as keys of people, are in no byte of what comes out.</summary>
    [Fact]
    public void No_name_that_was_planted_is_in_anything_that_comes_out()
    {
        var rows = new StringBuilder("Date,Kind,Hours,Member,Branch,Notes\n");
        var members = new StringBuilder("Member,Branch,Joined,Left,Reason,Full name,Birthday,Phone\n");
        for (var i = 0; i < 60; i++)
        {
            rows.Append($"2024-{1 + (i % 9):00}-11,{(i == 7 ? "PRIVATE Jones" : "meeting")},{i % 5},PRIVATE{i}@private.example,PRIVATE branch {i % 3},PRIVATE told PRIVATE\n");
            members.Append($"PRIVATE{i}@private.example,PRIVATE branch {i % 3},2020-0{1 + (i % 9)}-11,,,PRIVATE Smith {i},1970-01-01,555-PRIVATE\n");
        }

        using var files = new Imported(("hours.csv", rows.ToString()), ("members.csv", members.ToString()));
        var report = files.Run(Imported.Source("hours.csv", "activity", "date=Date", "kind=Kind", "hours=Hours", "person=Member", "unit=Branch"), Imported.Source("members.csv", "member", "person=Member", "unit=Branch", "start=Joined", "end=Left"));
        Assert.Equal(120, report.Kept);
        var root = Path.GetDirectoryName(files.Output)!;
        foreach (var exact in new[] { false, true })
        {
            using var book = BookPages.Open(files.Output, exact, interrupted: TestContext.Current.CancellationToken);
            string Named(string name) => Path.Combine(root, $"{name}-{exact}");
            BookExport.ToCsv(book, Named("csv"));
            BookExport.ToParquet(book, Named("parquet"));
            OcelJson.Write(OcelBook.ToLog(book), Named("ocel.json"));
            OcelSqlite.Write(OcelBook.ToLog(book), Named("ocel.sqlite"));
        }

        Directory.Delete(files.Folder, recursive: true);
        var written = Directory.GetFiles(root, "*", SearchOption.AllDirectories);
        Assert.True(written.Length > 40);
        foreach (var file in written)
            foreach (var word in Text)
                foreach (var form in new[] { word, word.ToLowerInvariant() })
                    Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(form)) < 0, $"{Path.GetFileName(file)} holds {form}");
        Assert.All(report.Refused.Select(r => r.Why).Concat(report.Notes), text => Assert.DoesNotContain("PRIVATE", text, StringComparison.OrdinalIgnoreCase));
    }

    // the figures of each set's README: 843 spells of 721 persons (a bot among them), 7,420 commits; 2,092 spells, 291 tenures; 1,171 payments; 508 decisions, 13,206 scores
    [Theory]
    [InlineData("git-scrapy", "membership", 843)]
    [InlineData("git-scrapy", "activity_person", 7609)]
    [InlineData("rust-teams", "membership", 2092)]
    [InlineData("rust-teams", "tenure", 291)]
    [InlineData("hack-club-ledger", "payment", 1171)]
    [InlineData("peps-decisions", "alternative_attr", 13206)]
    public void Real_record_sets_come_in_whole(string set, string table, int rows)
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.PathOf("."), "..", "shared", "data", "records", set));
        Assert.SkipUnless(Directory.Exists(folder), $"the records {set} are not here");
        using var output = new TemporaryFolder();
        var report = BookTables.Run(folder, output["b.duckdb"], Imported.Names, strict: true, interrupted: TestContext.Current.CancellationToken);
        Assert.True(report.Written, string.Join("\n", report.Reasons));
        Assert.Equal(rows, report.Tables[table]);
    }
}
