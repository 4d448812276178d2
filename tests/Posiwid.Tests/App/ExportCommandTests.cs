using System.Text;
using System.Text.Json;
using Posiwid.Records;
using Posiwid.Records.Import;
using Posiwid.Records.Ocel;
using Posiwid.Tests.Records;
using Posiwid.Tests.Records.Import;

namespace Posiwid.Tests.App;

/// <summary>
/// Everything that can leave the house, made by the program as a person would, of a union in which names are planted and small groups stand: every artefact is gone
/// through byte by byte for the names, and read back to be counted.
/// </summary>
public sealed class ExportCommandTests : IDisposable
{
    private const string Planted = "PRIVATE";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Posiwid(params string[] args)
    {
        var run = PosiwidProcess.Run(folder.Root, [.. args, "--quiet"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out + run.Error;
    }

    /// <summary>
    /// 60 members: 44, 12, 3 and 1 in four branches. 36 have left, one every 50 days; the last four leave long after. 2 were expelled. 12 complaints, 3 about harm. 3 leaders.
    /// </summary>
    private void Write()
    {
        Directory.CreateDirectory(folder["f"]);
        var members = new StringBuilder("Member,Branch,Joined,Left,Reason,Kind,Full name\n");
        var hours = new StringBuilder("Date,Kind,Hours,Member,Branch,Notes\n");
        for (var i = 0; i < 60; i++)
        {
            var branch = i < 44 ? 0 : i < 56 ? 1 : i < 59 ? 2 : 3;
            var joined = new DateOnly(2012, 1, 17);
            var left = i < 56 ? $"{joined.AddDays(40 * (i + 1)):yyyy-MM-dd}" : $"{joined.AddDays(3000 + (300 * (i - 56))):yyyy-MM-dd}";
            members.Append($"{Planted}{i}@private.example,{Planted} branch {branch},{joined:yyyy-MM-dd},{left},{(i < 2 ? "expelled" : "resigned")},{(i == 5 ? "staff" : "member")},{Planted} Smith\n");
            for (var week = 0; week < 4; week++)
                hours.Append($"2012-0{2 + week}-13,{(week == 0 && i == 9 ? Planted + " Jones" : "meeting")},2,{Planted}{i}@private.example,{Planted} branch {branch},{Planted} said\n");
        }

        var complaints = new StringBuilder("Made,By,About,Branch,What\n");
        for (var i = 0; i < 12; i++)
            complaints.Append($"2013-0{1 + (i % 9)}-19,{Planted}{i}@private.example,{(i < 3 ? "harm" : "policy")},{Planted} branch 1,{Planted}\n");
        File.WriteAllText(folder["f/members.csv"], members.ToString());
        File.WriteAllText(folder["f/hours.csv"], hours.ToString());
        File.WriteAllText(folder["f/complaints.csv"], complaints.ToString());
        File.WriteAllText(folder["f/leaders.csv"], $"Post,Who,From,To\n{Planted} chair,{Planted}1@private.example,2012-03-17,2013-03-17\n{Planted} chair,{Planted}2@private.example,2013-03-17,2014-03-17\nclerk,{Planted}3@private.example,2012-03-17,\n");
        File.WriteAllText(folder["f/mapping.yaml"], """
            organization: Union
            sources:
              - file: members.csv
                holds: member
                columns: {person: Member, unit: Branch, start: Joined, end: Left, reason: Reason, kind: Kind}
              - file: hours.csv
                holds: activity
                columns: {date: Date, kind: Kind, hours: Hours, person: Member, unit: Branch}
              - file: complaints.csv
                holds: complaint
                columns: {opened: Made, person: By, about: About, unit: Branch}
              - file: leaders.csv
                holds: office
                columns: {office: Post, person: Who, start: From, end: To}
            """);
        Posiwid("watch", "f", "--once", "--secret", "key", "--out", "b.duckdb");
    }

    [Fact]
    public void No_artefact_holds_a_name_that_was_planted()
    {
        Write();
        var said = new StringBuilder();
        foreach (var exact in new[] { false, true })
            foreach (var form in new[] { "csv", "parquet", "ocel-json", "ocel-sqlite" })
                said.Append(Posiwid(["export", "b.duckdb", "--to", form, "--out", $"x-{form}-{exact}", .. exact ? (string[])["--exact"] : []]));
        said.Append(Posiwid("purpose", "b.duckdb", "--out", "page")).Append(Posiwid("purpose", "b.duckdb", "--format", "json", "--out", "page"));
        File.WriteAllText(folder["said.txt"], said.ToString());
        // what Parquet packs is unpacked, or its bytes would say nothing
        using (var connection = BookFileTests.Memory())
            foreach (var file in Directory.GetFiles(folder.Root, "*.parquet", SearchOption.AllDirectories))
                BookFileTests.Execute(connection, $"COPY (SELECT * FROM read_parquet('{file}')) TO '{file}.txt' (FORMAT csv)");
        Directory.Delete(folder["f"], recursive: true);
        var files = Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories);
        Assert.True(files.Length > 80);
        Assert.Contains(files, f => f.EndsWith("b.duckdb.rows", StringComparison.Ordinal)); // what watching remembers is looked at too
        foreach (var file in files)
            foreach (var form in new[] { Encoding.UTF8, Encoding.Unicode })
                foreach (var word in new[] { Planted, Planted.ToLowerInvariant(), "Private" })
                    Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(form.GetBytes(word)) < 0, $"{file} holds {word}");
        // the search finds what is there
        Assert.True(File.ReadAllBytes(folder["x-csv-False/activity.csv"]).AsSpan().IndexOf("meeting"u8) > 0);
        Assert.True(File.ReadAllBytes(folder["x-parquet-False/activity.parquet.txt"]).AsSpan().IndexOf("meeting"u8) > 0);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("ocel-json")]
    [InlineData("ocel-sqlite")]
    public void No_small_group_can_be_told_apart_in_an_export_or_be_had_by_subtraction(string form)
    {
        Write();
        var exact = BookFile.Open(folder["b.duckdb"]);
        Posiwid("export", "b.duckdb", "--to", form, "--out", "x");
        var book = Back(form);
        List<long> Groups<T>(int count, Func<int, T> by, Func<int, long> person) => [.. Enumerable.Range(0, count).GroupBy(by).Select(g => g.Select(person).Distinct().LongCount())];
        var m = book.Memberships;
        Assert.Equal(60, m.Count);
        // 44 in one branch, all others together: 12, 3 and 1
        Assert.Equal([16, 44], Groups(m.Count, i => m.UnitId[i], i => m.PersonId[i]).Order());
        Assert.All(Groups(m.Count, i => m.EndReason[i], i => m.PersonId[i]), n => Assert.True(n >= 5));
        Assert.All(Groups(book.People.Count, i => book.People.Kind[i], i => book.People.PersonId[i]), n => Assert.True(n >= 5));
        Assert.All(Groups(book.Activities.Count, i => book.Activities.UnitId[i], i => i), n => Assert.True(n >= 5));
        var c = book.Complaints;
        Assert.Equal(12, c.Count);
        Assert.Equal([12], Groups(c.Count, i => (c.About[i], c.UnitId[i], c.OpenedBy[i], c.Severity[i], c.Outcome[i], c.Level[i]), i => i));
        Assert.Equal(0, book.Tenures.Count);
        // no day and no number of a person is that of the book
        var people = Enumerable.Range(0, exact.People.Count).Select(i => exact.People.PersonId[i]).ToHashSet();
        Assert.All(Enumerable.Range(0, book.People.Count), i => Assert.DoesNotContain(book.People.PersonId[i], people));
        Assert.All(book.Tables.SelectMany(t => t.Columns).Where(k => k.Type == typeof(DateOnly)).SelectMany(k => Enumerable.Range(0, k.Count).Select(k.ValueAt)).OfType<DateOnly>(), day => Assert.Equal(1, day.Day));
        // who asks for silence gets it
        using var silent = BookPages.Open(folder["b.duckdb"], exact: false, voice: false, interrupted: TestContext.Current.CancellationToken);
        Assert.Equal(0, silent.Read().Complaints.Count);
    }

    /// <summary>Reads back what was exported, as another program would.</summary>
    private Book Back(string form)
    {
        switch (form)
        {
            case "parquet":
                Directory.CreateDirectory(folder["back"]);
                using (var connection = BookFileTests.Memory())
                    foreach (var file in Directory.GetFiles(folder["x"], "*.parquet"))
                        BookFileTests.Execute(connection, $"COPY (SELECT * FROM read_parquet('{file}')) TO '{folder["back"]}/{Path.GetFileNameWithoutExtension(file)}.csv' (FORMAT csv, HEADER)");
                Assert.True(BookTables.Run(folder["back"], folder["back.duckdb"], Imported.Names, strict: true).Written);
                break;
            case "csv":
                Assert.True(BookTables.Run(folder["x"], folder["back.duckdb"], Imported.Names, strict: true).Written);
                break;
            default:
                OcelBook.Save(form == "ocel-json" ? OcelJson.Read(folder["x"]) : OcelSqlite.Read(folder["x"]), folder["back.duckdb"]);
                break;
        }

        return BookFile.Open(folder["back.duckdb"]);
    }

    // 60 joined on one day; 5 are at risk until the 56th leaves on day 2,240, that is in month 73.6; 4 leave later, on days 3,000 to 3,900
    [Fact]
    public void A_report_counts_no_few_people_and_its_curves_end_where_few_are_left()
    {
        Write();
        var json = JsonDocument.Parse(PosiwidProcess.Run(folder.Root, "purpose", "b.duckdb", "--format", "json", "--out", "page", "--quiet").Out).RootElement;
        var people = json.GetProperty("people");
        Assert.Equal(60, people.GetProperty("people").GetInt32());
        Assert.All(people.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number), p => Assert.False(p.Value.GetDouble() is > 0 and < 5, p.Name));
        Assert.Contains(people.GetProperty("notKnown").EnumerateArray(), u => u.GetProperty("why").GetString()!.Contains("fewer than 5 held office", StringComparison.Ordinal));
        var page = File.ReadAllText(folder["page/purpose.html"]);
        var rows = page[page.IndexOf("id=\"stay-figure\"", StringComparison.Ordinal)..];
        rows = rows[..rows.IndexOf("</figure>", StringComparison.Ordinal)];
        var months = System.Text.RegularExpressions.Regex.Matches(rows, @"<tr><td>(\d+)<td>([^<]*)").ToDictionary(r => int.Parse(r.Groups[1].Value), r => r.Groups[2].Value);
        Assert.NotEqual(months[70], months[90]);
        Assert.All(months.Where(r => r.Key > 74), r => Assert.Equal(months[90], r.Value)); // nothing, whatever stands for it
        Assert.DoesNotMatch(@"\d", months[90]);
        var silent = JsonDocument.Parse(PosiwidProcess.Run(folder.Root, "purpose", "b.duckdb", "--no-voice", "--format", "json", "--out", "page", "--quiet").Out).RootElement.GetProperty("people");
        Assert.False(silent.TryGetProperty("complaints", out _));
    }

    /// <summary>An export that is asked to stop in the middle ends with nothing written, whatever the form; what an earlier one wrote stays.</summary>
    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("ocel-json")]
    [InlineData("ocel-sqlite")]
    public void An_export_that_is_interrupted_leaves_nothing_half_written(string form)
    {
        Write();
        Posiwid("import", "f", "--secret", "key", "--out", "b.duckdb");
        Posiwid("export", "b.duckdb", "--to", form, "--out", "x");
        var before = Directory.Exists(folder["x"]) ? File.ReadAllBytes(folder["x/datapackage.json"]) : File.ReadAllBytes(folder["x"]);
        using var stop = new CancellationTokenSource();
        var told = new List<long>();
        using (var book = BookPages.Open(folder["b.duckdb"], exact: true, progress: new Told(rows => { told.Add(rows); stop.Cancel(); }), interrupted: stop.Token))
            Assert.Throws<OperationCanceledException>(() =>
            {
                switch (form)
                {
                    case "csv": BookExport.ToCsv(book, folder["x"]); break;
                    case "parquet": BookExport.ToParquet(book, folder["x"]); break;
                    case "ocel-json": OcelJson.Write(OcelBook.ToLog(book), folder["x"]); break;
                    default: OcelSqlite.Write(OcelBook.ToLog(book), folder["x"]); break;
                }
            });
        Assert.NotEmpty(told);
        Assert.Equal(before, Directory.Exists(folder["x"]) ? File.ReadAllBytes(folder["x/datapackage.json"]) : File.ReadAllBytes(folder["x"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root, ".*"));
    }

    [Theory]
    [InlineData("ocel-json", "is no JSON")]
    [InlineData("ocel-sqlite", "is no event log in SQLite")]
    [InlineData("csv", "is a file, not a folder")]
    [InlineData("parquet", "is a file, not a folder")]
    public void Only_an_earlier_export_is_replaced(string form, string why)
    {
        BookFile.Save(BookFileTests.Small(), folder["b.duckdb"]);
        File.WriteAllText(folder["mine.yaml"], "name: mine\n");
        var run = PosiwidProcess.Run(folder.Root, "export", "b.duckdb", "--to", form, "--out", "mine.yaml", "--quiet");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.Equal("name: mine\n", File.ReadAllText(folder["mine.yaml"]));
        Assert.Equal(["b.duckdb", "mine.yaml"], folder.Names);
        Posiwid("export", "b.duckdb", "--to", form, "--out", "x");
        Posiwid("export", "b.duckdb", "--to", form, "--out", "x");
    }

    [Fact]
    public void An_event_log_of_another_program_is_not_replaced()
    {
        BookFile.Save(BookFileTests.Small(), folder["b.duckdb"]);
        const string theirs = """{"objectTypes":[],"eventTypes":[],"objects":[],"events":[]}""";
        File.WriteAllText(folder["log.json"], theirs);
        var run = PosiwidProcess.Run(folder.Root, "export", "b.duckdb", "--to", "ocel-json", "--out", "log.json", "--quiet");
        Assert.Equal((2, "", "log.json is an event log of another program; it was left as it is, name another file to write."), (run.ExitCode, run.Out, run.Error.Trim()));
        Assert.Equal(theirs, File.ReadAllText(folder["log.json"]));
    }

    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
