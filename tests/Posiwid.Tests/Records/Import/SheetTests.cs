using System.IO.Compression;
using System.Text;
using CsCheck;
using MiniExcelLibs;
using Posiwid.Records;
using Posiwid.Records.Import;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Conventions;
using static Posiwid.Tests.Records.Import.Imported;

namespace Posiwid.Tests.Records.Import;

public class SheetTests
{
    private static readonly MappedSource Hours = Source("h.csv", "activity", "date=Date", "kind=Kind", "hours=Hours") with { Words = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["kind"] = new Dictionary<string, string> { ["réunion"] = "meeting", ["meeting"] = "meeting" } } };

    private static byte[] Ods(string rows)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        using (var content = new StreamWriter(zip.CreateEntry("content.xml").Open()))
            content.Write($"""
                <?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
                <office:body><office:spreadsheet><table:table table:name="Hours"><table:table-column table:number-columns-repeated="16384"/>{rows}<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>
                """);
        return stream.ToArray();
    }

    [Fact]
    public void Text_that_is_no_utf8_is_read_as_windows_1252()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var encoding in new[] { Encoding.GetEncoding(1252), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            using var files = new Imported();
            files.Write("h.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("Date,Kind,Hours\r\n2024-01-01,Réunion,2\r\n")]);
            Assert.Equal(1, files.Run(Hours).Kept);
        }
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_costs_one_row()
    {
        using var files = new Imported(("h.csv", "Date,Kind,Hours\n2024-01-01,meeting,2\n2024-01-02,\"meeting,2\n2024-01-03,meeting,2\n2024-01-04,meeting,2\n"));
        var report = files.Run(Hours);
        Assert.Equal(new RefusedRow("h.csv", 3, "a quotation mark is never closed"), Assert.Single(report.Refused));
        Assert.Equal(3, report.Kept);
    }

    [Fact]
    public void A_cell_may_run_over_lines_and_lines_are_counted_all_the_same()
    {
        using var files = new Imported(("h.csv", "Date;Kind;Hours;Note\n2024-01-01;meeting;2;\"two\nlines\"\n2024-13-01;meeting;2;x\n"));
        Assert.Equal(4, Assert.Single(files.Run(Hours).Refused).Line);
    }

    [Fact]
    public void Workbooks_are_read_with_their_dates_and_numbers()
    {
        using var files = new Imported();
        MiniExcel.SaveAs(Path.Combine(files.Folder, "h.xlsx"), new[] { new { Date = new DateTime(2024, 1, 31), Kind = "meeting", Hours = 1.5 }, new { Date = new DateTime(2024, 2, 1), Kind = "dance", Hours = 2.0 } });
        var report = files.Run(Hours with { File = "h.xlsx" });
        Assert.Equal(3, Assert.Single(report.Refused).Line);
        Assert.Equal((new DateOnly(2024, 1, 31), 1.5), (files.Book().Activities.Date[0], files.Book().Activities.HoursTotal[0]!.Value));
    }

    [Fact]
    public void Open_document_sheets_are_read_with_repeated_cells_and_typed_values()
    {
        using var files = new Imported();
        files.Write("h.ods", Ods("""
            <table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell><table:table-cell><text:p>Kind</text:p></table:table-cell><table:table-cell><text:p>Hours</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date" office:date-value="2024-01-31"><text:p>31.01.24</text:p></table:table-cell><table:table-cell><text:p>meeting</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell table:number-columns-repeated="3"/></table:table-row>
            <table:table-row><table:table-cell><text:p>soon</text:p></table:table-cell><table:table-cell><text:p>meeting</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1"/></table:table-row>
            """));
        var report = files.Run(Hours with { File = "h.ods", Sheet = "Hours" });
        Assert.Equal((3, 2, 5), (report.Read, report.Kept, Assert.Single(report.Refused).Line));
    }

    [Fact]
    public void A_zip_bomb_is_not_unpacked()
    {
        using var files = new Imported();
        using (var zip = ZipFile.Open(Path.Combine(files.Folder, "h.xlsx"), ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open())
            for (var i = 0; i < 260; i++)
                entry.Write(new byte[1 << 20]);
        Assert.Contains("unpacked", Assert.Throws<BookException>(() => Sheet.Open(Path.Combine(files.Folder, "h.xlsx"), null, 1, (_, _) => { })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../outside.csv")]
    public void A_path_that_leaves_the_folder_is_refused(string file)
    {
        using var files = new Imported();
        var problems = new List<string>();
        MappingRules.Check(new Mapping { Organization = "x", Sources = [Hours with { File = file }] }, files.Folder, (path, message) => problems.Add(path + ": " + message));
        Assert.Contains("leads out of the folder", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_grows_is_read_up_to_where_it_ended()
    {
        using var files = new Imported(("h.csv", "Date,Kind,Hours\n2024-01-01,meeting,2\n"));
        using (var sheet = Sheet.Open(Path.Combine(files.Folder, "h.csv"), null, 1, (_, _) => { }))
        {
            File.AppendAllText(Path.Combine(files.Folder, "h.csv"), "2024-01-02,meeting,2\n");
            Assert.True(sheet.Read());
            Assert.False(sheet.Read());
        }

        File.WriteAllText(Path.Combine(files.Folder, "h.csv"), "Date,Kind,Hours\n2024-01-01,meeting,1");
        using var cut = Sheet.Open(Path.Combine(files.Folder, "h.csv"), null, 1, (_, _) => { });
        File.AppendAllText(Path.Combine(files.Folder, "h.csv"), "2\n"); // 12 hours, of which 1 was seen
        Assert.Contains("grew while it was read", Assert.Throws<BookException>(() => { while (cut.Read()) { } }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_of_a_database_is_read_table_by_table()
    {
        using var files = new Imported(("dump.sql", """
            CREATE TABLE `civicrm_contact` (
              `id` int(10) NOT NULL,
              `display_name` varchar(128),
              PRIMARY KEY (`id`)
            ) ENGINE=InnoDB;
            INSERT INTO `civicrm_contact` VALUES (1,'O\'Hara; (Ann), ''x'''),(2,NULL);
            CREATE TABLE `log` (
              `who` int(10) NOT NULL,
              `day` datetime,
              `note` text
            );
            INSERT INTO `log` VALUES (1,'2024-01-01 10:00:00','a),(b'),(2,'2024-01-02 10:00:00',NULL),
            (3,'2024-01-03 10:00:00');
            """));
        var report = files.Run(Source("dump.sql", "presence", "person=who", "date=day") with { Sheet = "log" });
        Assert.Equal((3, 2, "2 values where 3 belong"), (report.Read, report.Kept, Assert.Single(report.Refused).Why));
        Assert.Equal(["civicrm_contact", "log"], Sheet.Names(Path.Combine(files.Folder, "dump.sql")));
    }

    [Fact]
    public void Lists_within_json_give_a_row_for_each_item_with_the_values_above_it()
    {
        using var files = new Imported(("e.json", """{"events": [{"id": "e1", "type": "meeting", "time": "2024-01-01T00:00:00Z", "relationships": [{"objectId": "p1", "qualifier": "attendee"}, {"objectId": "room", "qualifier": "place"}]}, {"id": "e2", "type": "meeting", "time": "2024-01-02T00:00:00Z"}]}"""));
        var report = files.Run(Source("e.json", "activity", "activity=id", "kind=type", "date=time") with { Sheet = "events" },
            Source("e.json", "participation", "activity=id", "person=objectId") with { Sheet = "events[].relationships", Only = new Dictionary<string, IReadOnlyList<string>> { ["qualifier"] = ["attendee"] } });
        Assert.Equal((4, 3), (report.Read, report.Kept));
        Assert.Equal(1, files.Book().ActivityPeople.Count);
    }

    // the mapping is that of the page; pull requests as gh pr list gives them: 7 is merged, 8 is closed, 9 still open; 7 comes a second time
    [Fact]
    public void Pull_requests_are_choices_between_taking_each_and_leaving_all_as_it_is()
    {
        using var files = new Imported(("pulls.json", """
            [{"number": 7, "state": "MERGED", "closedAt": "2024-01-02T10:00:00Z", "additions": 40, "changedFiles": 2, "isCrossRepository": true, "title": "by Jane"},
             {"number": 8, "state": "CLOSED", "closedAt": "2024-02-02T10:00:00Z", "additions": 900, "changedFiles": 1, "isCrossRepository": false},
             {"number": 9, "state": "OPEN", "closedAt": null, "additions": 5},
             {"number": 7, "state": "MERGED", "closedAt": "2024-01-02T10:00:00Z", "additions": 40}]
            """));
        var page = File.ReadAllText(Repository.PathOf("docs/import.md"));
        var start = page.IndexOf("  - file: pulls.json", StringComparison.Ordinal);
        var path = Path.Combine(files.Folder, "mapping.yaml");
        File.WriteAllText(path, "organization: x\nsources:\n" + page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);
        var mapping = StrictFile.Read<Mapping>(path, (m, note) => MappingRules.Check(m, files.Folder, note));
        var report = Importer.Run(files.Folder, mapping, files.Output, Names, new ImportSettings { Today = new DateOnly(2025, 1, 1) }, interrupted: TestContext.Current.CancellationToken);
        Assert.Equal([(3, "set aside, as the mapping asks ('only')"), (4, "the same decision as an earlier row")], report.Refused.Select(r => ((int)r.Line, r.Why)));
        Assert.Equal(4, report.Read);
        var book = files.Book();
        Assert.Equal(["2024-01-02", "2024-02-02"], Enumerable.Range(0, book.Decisions.Count).Select(i => $"{book.Decisions.Date[i]:yyyy-MM-dd}"));
        Assert.Equal([(1, true, false), (1, false, true), (2, false, false), (2, true, true)],
            Enumerable.Range(0, book.Alternatives.Count).Select(i => ((int)book.Alternatives.DecisionId[i], book.Alternatives.Chosen[i], book.Alternatives.IsStatusQuo[i])));
        Assert.Equal([(1, "files", 2.0), (1, "from_outside", 1), (1, "lines_added", 40), (2, "files", 0), (2, "from_outside", 0), (2, "lines_added", 0), (3, "files", 1), (3, "from_outside", 0), (3, "lines_added", 900), (4, "files", 0), (4, "from_outside", 0), (4, "lines_added", 0)],
            Enumerable.Range(0, book.AlternativeAttributes.Count).Select(i => ((int)book.AlternativeAttributes.AlternativeId[i], book.AlternativeAttributes.AttributeCode[i]!, book.AlternativeAttributes.Value[i])));
    }

    /// <summary>A link that stays within is followed; one that leads out is not, nor is a file in a folder that does, nor a link over such a folder.</summary>
    [Fact]
    public void No_link_leads_out_of_the_folder()
    {
        using var files = new Imported(("h.csv", "Date\n"));
        using var elsewhere = new TemporaryFolder();
        File.WriteAllText(elsewhere["h.csv"], "Date\n");
        string In(string name) => Path.Combine(files.Folder, name);
        File.CreateSymbolicLink(In("within.csv"), In("h.csv"));
        File.CreateSymbolicLink(In("out.csv"), elsewhere["h.csv"]);
        Directory.CreateSymbolicLink(In("out"), elsewhere.Root);
        File.CreateSymbolicLink(In("over.csv"), In("out/h.csv"));
        File.CreateSymbolicLink(In("nowhere.csv"), In("gone.csv"));
        Assert.Equal([In("h.csv"), In("within.csv"), In("gone.csv"), null, null, null, null], new[] { "h.csv", "within.csv", "gone.csv", "out.csv", "out/h.csv", "over.csv", "../x.csv" }.Select(name => MappingRules.Find(files.Folder, name)));
    }

    // issues as a host of repositories gives them: which labels mark a complaint the mapping says; issue 2 bears two of them, issue 3 none
    [Fact]
    public void Issues_with_chosen_labels_are_complaints()
    {
        using var files = new Imported(("issues.json", """
            [{"number": 1, "title": "Jane is rude", "created_at": "2024-01-02T10:00:00Z", "closed_at": "2024-02-01T10:00:00Z", "labels": [{"id": 5, "name": "bug"}, {"id": 6, "name": "code-of-conduct"}]},
             {"number": 2, "created_at": "2024-03-02T10:00:00Z", "closed_at": null, "labels": [{"id": 7, "name": "governance"}, {"id": 6, "name": "code-of-conduct"}]},
             {"number": 3, "created_at": "2024-04-02T10:00:00Z", "closed_at": null, "labels": []}]
            """));
        var report = files.Run(Source("issues.json", "complaint", "id=number", "opened=created_at", "closed=closed_at", "about=name") with
        {
            Sheet = "[].labels",
            Only = new Dictionary<string, IReadOnlyList<string>> { ["name"] = ["code-of-conduct", "governance"] },
            Words = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["about"] = new Dictionary<string, string> { ["code-of-conduct"] = "harm", ["governance"] = "policy" } },
        });
        Assert.Equal(["set aside, as the mapping asks ('only')", "a number that an earlier row bears too"], report.Refused.Select(r => r.Why));
        var c = files.Book().Complaints;
        Assert.Equal([("2024-01-02", "2024-02-01", "harm"), ("2024-03-02", "", "policy")], Enumerable.Range(0, c.Count).Select(i => ($"{c.Opened[i]:yyyy-MM-dd}", $"{c.Closed[i]:yyyy-MM-dd}", c.About[i]!)));
    }

    private static void Survives(string name, Action<byte[], Imported> damage)
    {
        var good = name switch
        {
            "h.csv" => Encoding.UTF8.GetBytes("Date,Kind,Hours\n2024-01-01,meeting,2\n2024-01-02,\"meet,ing\",3\n2024-01-03,meeting,\"4\"\n"),
            "h.json" => Encoding.UTF8.GetBytes("[{\"Date\":\"2024-01-01\",\"Kind\":\"meeting\",\"Hours\":2},{\"Date\":\"2024-01-02\",\"Kind\":\"meeting\",\"Hours\":\"x\"}]"),
            "h.sql" => Encoding.UTF8.GetBytes("CREATE TABLE `t` (\n `Date` date,\n `Kind` text,\n `Hours` int\n);\nINSERT INTO `t` VALUES ('2024-01-01','meeting',2),('2024-01-02','a\\'b',3);\n"),
            "h.jsonocel" => Encoding.UTF8.GetBytes("{\"objectTypes\":[{\"name\":\"p\",\"attributes\":[]}],\"eventTypes\":[{\"name\":\"meeting\",\"attributes\":[{\"name\":\"hours\",\"type\":\"float\"}]}],\"objects\":[{\"id\":\"p1\",\"type\":\"p\"}],\"events\":[{\"id\":\"e\",\"type\":\"meeting\",\"time\":\"2024-01-01T00:00:00Z\",\"attributes\":[{\"name\":\"hours\",\"value\":\"2\"}],\"relationships\":[{\"objectId\":\"p1\",\"qualifier\":\"q\"}]}]}"),
            "h.sqlite" => Sqlite(),
            "h.ods" => Ods("<table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell><table:table-cell><text:p>Kind</text:p></table:table-cell><table:table-cell><text:p>Hours</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>2024-01-01</text:p></table:table-cell><table:table-cell><text:p>meeting</text:p></table:table-cell><table:table-cell office:value=\"2\"/></table:table-row>"),
            _ => Xlsx(),
        };
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 6].Sample(changes =>
        {
            var bytes = good.ToList();
            foreach (var (at, value, how) in changes)
                switch (how)
                {
                    case 0 when at < bytes.Count: bytes[at] = value; break;
                    case 1 when at < bytes.Count: bytes.RemoveAt(at); break;
                    case 2 when at < bytes.Count: bytes.Insert(at, value); break;
                    case 3 when at < bytes.Count && at > 0: bytes.RemoveRange(at, bytes.Count - at); break;
                }

            using var files = new Imported();
            damage([.. bytes], files);
        }, iter: 150);

        static byte[] Sqlite()
        {
            using var folder = new TemporaryFolder();
            Handed.On(RandomBook.Make(2), b => Posiwid.Records.Ocel.OcelSqlite.Write(Posiwid.Records.Ocel.OcelBook.ToLog(b), folder["log.sqlite"]));
            return File.ReadAllBytes(folder["log.sqlite"]);
        }

        static byte[] Xlsx()
        {
            using var stream = new MemoryStream();
            stream.SaveAs(new[] { new { Date = "2024-01-01", Kind = "meeting", Hours = 2 } });
            return stream.ToArray();
        }
    }

    /// <summary>Damaged files: either a sentence, or every row counted.</summary>
    [Theory]
    [InlineData("h.csv", null)]
    [InlineData("h.json", null)]
    [InlineData("h.sql", "t")]
    [InlineData("h.ods", null)]
    [InlineData("h.xlsx", null)]
    [InlineData("h.jsonocel", "events[].relationships")]
    [InlineData("h.sqlite", "events")]
    public void Damaged_files_are_refused_in_a_sentence_or_read_row_by_row(string name, string? sheet) => Survives(name, (bytes, files) =>
    {
        files.Write(name, bytes);
        try
        {
            using var rows = Sheet.Open(Path.Combine(files.Folder, name), sheet, 1, (_, _) => { });
            for (var i = 0; i < 1000 && Reads(rows); i++)
                _ = rows[0] + rows[1] + rows[2];
        }
        catch (BookException)
        {
            // a sentence
        }

        static bool Reads(Sheet rows)
        {
            try
            {
                return rows.Read();
            }
            catch (Exception error) when (Sheet.IsUnreadable(error))
            {
                return false; // as MappedFiles tells it
            }
        }
    });

    /// <summary>Whoever adds a reader adds it to the damaged files above: those of one reader share a case.</summary>
    [Fact]
    public void Every_reader_is_given_damaged_files()
    {
        var alike = new Dictionary<string, string> { [".tsv"] = ".csv", [".txt"] = ".csv", [".xlsm"] = ".xlsx", [".sqlite3"] = ".sqlite" };
        var damaged = typeof(SheetTests).GetMethod(nameof(Damaged_files_are_refused_in_a_sentence_or_read_row_by_row))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
            .Select(d => Path.GetExtension((string)d.Data[0]!)).ToHashSet();
        Assert.Equal(damaged.Order(), Sheet.Extensions.Select(e => alike.GetValueOrDefault(e, e)).Distinct().Order());
    }

    /// <summary>A mapping with any letters changed is read, or all that is wrong with it is told, with line and column.</summary>
    [Fact]
    public void Damaged_mappings_are_read_or_refused_in_sentences()
    {
        var good = Encoding.UTF8.GetBytes("organization: \"X\"\ncurrency: USD\nfrom: 2020-01-01\nhours-coverage: 0.5\nsources:\n  - file: h.csv\n    holds: activity\n    columns: {date: Date, kind: \"Kind\", hours: Hours}\n    only: {Kind: [\"a\", b]}\n    words:\n      kind: {a: meeting}\n    dates: day-first\n    beside: {file: b.csv, by: Date}\n");
        var marks = ":{}[]\"'#-&*!|>%@\n\t ,?"u8.ToArray();
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.OneOf(Gen.Byte, Gen.Int[0, marks.Length - 1].Select(m => marks[m])), Gen.Int[0, 3]).Array[1, 6].Sample(changes =>
        {
            var bytes = good.ToList();
            foreach (var (at, value, how) in changes.Where(c => c.Item1 < bytes.Count))
                switch (how)
                {
                    case 0: bytes[at] = value; break;
                    case 1: bytes.RemoveAt(at); break;
                    case 2: bytes.Insert(at, value); break;
                    default: bytes.RemoveRange(at, Math.Min(5, bytes.Count - at)); break;
                }

            using var files = new Imported(("h.csv", "Date,Kind,Hours\n2024-01-01,a,2\n"), ("b.csv", "Date,More\n2024-01-01,x\n"));
            var path = Path.Combine(files.Folder, "mapping.yaml");
            File.WriteAllBytes(path, [.. bytes]);
            try
            {
                var mapping = StrictFile.Read<Mapping>(path, (m, note) => MappingRules.Check(m, files.Folder, note));
                var report = Importer.Run(files.Folder, mapping, files.Output, Names, new ImportSettings { Today = new DateOnly(2025, 1, 1) });
                Assert.Equal(report.Read, report.Kept + report.RefusedCount);
            }
            catch (ScenarioException error)
            {
                Assert.All(error.Errors, e => Assert.True(e.Line >= 0 && e.Message.Length > 0));
            }
            catch (BookException)
            {
                // a value that suits no field
            }
        }, iter: 300, threads: 1);
    }

    /// <summary>What a repository says of who is who may be any text.</summary>
    [Fact]
    public void Any_mailmap_is_read() => Gen.String[Gen.Char["<>@# ab\n\t"], 0, 60].Sample(text => new Mailmap(text).Of("a", "b@a").Length >= 0);

    /// <summary>A book's own tables, damaged: a sentence, or every row counted.</summary>
    [Fact]
    public void Damaged_tables_of_a_book_are_refused_in_a_sentence_or_row_by_row()
    {
        var good = Encoding.UTF8.GetBytes("spell_id,person_id,unit_id,start_date,observed_from,end_date,end_reason\n1,7,,2020-01-01,2020-01-01,,\n2,8,,2020-01-01,2020-02-01,2021-01-01,lapsed\n");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Bool).Array[1, 5].Sample(changes =>
        {
            var bytes = good.ToArray();
            foreach (var (at, value, _) in changes)
                bytes[at] = value;
            using var files = new Imported(("person.csv", "person_id,kind\n7,member\n8,member\n"));
            files.Write("membership.csv", changes[0].Item3 ? bytes : bytes[..changes[0].Item1]);
            try
            {
                var report = BookTables.Run(files.Folder, files.Output, Names, strict: false);
                Assert.Equal(report.Read, report.Kept + report.RefusedCount);
            }
            catch (BookException)
            {
                // a sentence
            }
        }, iter: 60, threads: 1);
    }
}
