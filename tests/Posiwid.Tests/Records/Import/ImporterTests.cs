using Posiwid.Records.Import;
using static Posiwid.Tests.Records.Import.Imported;

namespace Posiwid.Tests.Records.Import;

public class ImporterTests
{
    private static List<(DateOnly Start, DateOnly Seen, DateOnly? End, string? Reason)> Spells(Posiwid.Records.Book book) =>
        [.. Enumerable.Range(0, book.Memberships.Count).Select(i => (book.Memberships.StartDate[i], book.Memberships.ObservedFrom[i], book.Memberships.EndDate[i], book.Memberships.EndReason[i]))];

    private static DateOnly Day(string day) => DateOnly.Parse(day);

    [Fact]
    public void Every_row_is_kept_or_refused_with_file_line_and_why()
    {
        using var files = new Imported(("hours.csv", "Date,What,Hours\n2024-01-02,meeting,2\n2024-02-30,meeting,2\n2024-01-03,meeting,-1\n\n2024-01-04,meeting\n2024-01-05,meeting,1:30\n2030-01-01,meeting,1\n2024-01-06,,1\n"));
        var report = files.Run(Source("hours.csv", "activity", "date=Date", "kind=What", "hours=Hours"));
        Assert.Equal((7, 2, 5), (report.Read, report.Kept, report.RefusedCount));
        Assert.Equal(
        [
            new("hours.csv", 3, "the column 'Date' is no date, or one that could be two (state 'dates')"), new("hours.csv", 4, "the column 'Hours' is below 0"), new("hours.csv", 6, "2 cells where 3 belong"),
            new("hours.csv", 8, "lies in the future"), new("hours.csv", 9, "the column 'What' is empty"),
        ], report.Refused);
        var book = files.Book();
        Assert.Equal([2.0, 1.5], Enumerable.Range(0, 2).Select(i => book.Activities.HoursTotal[i]!.Value));
    }

    [Fact]
    public void Strict_writes_nothing_if_one_row_is_refused()
    {
        using var files = new Imported(("hours.csv", "Date,What,Hours\n2024-01-02,meeting,2\n2024-02-30,meeting,2\n"));
        var mapping = new Mapping { Organization = "x", Sources = [Source("hours.csv", "activity", "date=Date", "kind=What", "hours=Hours")] };
        Assert.False(files.Run(mapping, strict: true).Written);
        Assert.False(File.Exists(files.Output));
        Assert.True(files.Run(mapping).Written);
        var before = File.ReadAllBytes(files.Output);
        Assert.False(files.Run(mapping, strict: true).Written);
        Assert.Equal(before, File.ReadAllBytes(files.Output));
    }

    [Fact]
    public void An_import_that_is_interrupted_leaves_the_old_book_whole_and_nothing_beside_it()
    {
        using var files = new Imported(("hours.csv", "Date,What,Hours\n2024-01-02,meeting,2\n"));
        var mapping = new Mapping { Organization = "x", Sources = [Source("hours.csv", "activity", "date=Date", "kind=What", "hours=Hours")] };
        files.Run(mapping);
        var before = File.ReadAllBytes(files.Output);
        Assert.Throws<OperationCanceledException>(() => files.Until(mapping, new CancellationToken(canceled: true)));
        Assert.Equal(before, File.ReadAllBytes(files.Output));
        Assert.Equal(["book.duckdb"], Directory.GetFiles(Path.GetDirectoryName(files.Output)!).Select(Path.GetFileName));
    }

    // joined 2019-01-01, left 2020-06-30, back 2021-03-01; a second row for the first spell overlaps it by a year
    [Fact]
    public void Spells_that_overlap_are_one_and_who_comes_back_has_two()
    {
        using var files = new Imported(("m.csv", "No,Joined,Left,Why\n7,2019-01-01,2020-03-31,moved\n7,2019-06-01,2020-06-30,Cancelled\n7,2021-03-01,,\n8,2020-01-01,2019-01-01,\n"));
        var report = files.Run(Source("m.csv", "member", "person=No", "start=Joined", "end=Left", "reason=Why"));
        Assert.Equal([new("m.csv", 5, "leaves before joining")], report.Refused);
        Assert.Equal([(Day("2019-01-01"), Day("2019-01-01"), Day("2020-06-30"), "resigned"), (Day("2021-03-01"), Day("2021-03-01"), null, null)], Spells(files.Book()));
    }

    // a paid period that ends is no exit while the 13 weeks of grace run; the records end on 2024-12-01
    [Fact]
    public void An_expiry_is_no_exit_until_the_grace_is_over()
    {
        using var files = new Imported(("m.csv", "No,Joined,Paid\n1,2019-01-01,2024-10-01\n2,2019-01-01,2024-06-30\n3,2019-01-01,2026-01-01\n"));
        files.Run(new Mapping { Organization = "x", To = Day("2024-12-01"), Sources = [Source("m.csv", "member", "person=No", "start=Joined", "paid-until=Paid")] });
        Assert.Equal([Day("2024-06-30")], Spells(files.Book()).Select(s => s.End).OfType<DateOnly>());
        Assert.Equal(3, files.Book().Memberships.Count);
        Assert.Single(Spells(files.Book()), s => s.Reason == "lapsed");
    }

    // new on 1 Feb (a member since 2015, as the register said), expired on 1 Jun, current again on 1 Sep, deceased on 1 Dec: the register knows only the last of it
    [Fact]
    public void Spells_are_rebuilt_from_the_log_of_a_register_that_is_overwritten()
    {
        using var files = new Imported(("log.csv", "contact_id,membership_id,modified_date,status,start_date\n5,1,2023-02-01,New,2015-05-01\n5,1,2023-03-01,Current,2015-05-01\n5,1,2023-06-01,Expired,2015-05-01\n5,1,2023-09-01,Current,2023-09-01\n5,1,2023-12-01,Deceased,2023-09-01\n6,2,2023-05-01,Pending,\n"));
        files.Run(Source("log.csv", "member-log", "person=contact_id", "membership=membership_id", "date=modified_date", "status", "start=start_date") with { Active = ["New", "Current", "Grace"] });
        Assert.Equal([(Day("2015-05-01"), Day("2023-02-01"), Day("2023-06-01"), "lapsed"), (Day("2023-09-01"), Day("2023-09-01"), Day("2023-12-01"), "died")], Spells(files.Book()));
    }

    // a gap of 26 weeks (182 days) is no end, one of 183 days is; the last trace lies within 26 weeks of the records' end
    [Fact]
    public void Spells_are_read_from_traces()
    {
        using var files = new Imported(("days.csv", "who,day\na,2022-01-01\na,2022-07-02\na,2023-01-01\nb,2022-01-01\n"));
        files.Run(new Mapping { Organization = "x", To = Day("2023-02-01"), Sources = [Source("days.csv", "presence", "person=who", "date=day")] });
        Assert.Equal([(Day("2022-01-01"), Day("2022-01-01"), Day("2022-01-01"), "lapsed"), (Day("2022-01-01"), Day("2022-01-01"), Day("2022-07-02"), "lapsed"), (Day("2023-01-01"), Day("2023-01-01"), null, null)],
            Spells(files.Book()).OrderBy(s => s.Start).ThenBy(s => s.End).ToList());
    }

    [Fact]
    public void Members_before_the_records_begin_are_seen_only_from_then_on()
    {
        using var files = new Imported(("m.csv", "No,Joined,Left\n1,2010-01-01,\n2,2010-01-01,2015-01-01\n3,2022-01-01,\n4,,\n"));
        var report = files.Run(new Mapping { Organization = "x", From = Day("2020-01-01"), To = Day("2024-01-01"), Sources = [Source("m.csv", "member", "person=No", "start=Joined", "end=Left")] });
        Assert.Equal([new("m.csv", 3, "left before the beginning of the records, as the mapping states it")], report.Refused);
        Assert.Equal([Day("2020-01-01"), Day("2020-01-01"), Day("2022-01-01")], Spells(files.Book()).Select(s => s.Seen).Order());
        Assert.Single(Enumerable.Range(0, 3), i => files.Book().Memberships.StartPrecision[i] == "unknown");
    }

    // 3 hours for each of 4, of whom one was only called; 2 people from a list of their own took part in the second, which lasted 90 minutes
    [Fact]
    public void Hours_of_an_activity_are_those_of_all_who_took_part()
    {
        using var files = new Imported(("acts.csv", "id,date,type,mins\nA,2024-01-01,march,180\nB,2024-01-02,meeting,90\nC,2024-01-03,meeting,60\n"),
            ("who.csv", "act,who,as\nA,p1,organizer\nA,p2,participant\nA,p3,participant\nA,p4,target\nB,p1,participant\nB,p2,participant\nX,p1,participant\nB,p2,participant\n"));
        var report = files.Run(Source("acts.csv", "activity", "activity=id", "date", "kind=type", "minutes=mins"), Source("who.csv", "participation", "activity=act", "person=who", "role=as"));
        Assert.Equal([new("who.csv", 8, "no activity of that number was read"), new("who.csv", 9, "the same person in the same activity as an earlier row")], report.Refused);
        var book = files.Book();
        Assert.Equal([(9.0, 3), (3.0, 2), (1.0, (int?)null)], Enumerable.Range(0, 3).Select(i => (book.Activities.HoursTotal[i]!.Value, book.Activities.Headcount[i])));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal("scheduled", book.Activities.HoursSource[i]));
        Assert.Equal(6, book.ActivityPeople.Count);
    }

    // hours: an organizer's 3 and ten people's 2 make 3 + 10 x 2 = 23, as do one's 5 and nine times the 2 that it lasted: 5 + 9 x 2. A row without a person is all there is to it: 8. Five took part, of whom two
    // are named, one with 3 hours: 3 + 1 + 3 x 1 = 7. Two of whom one organized and took part: 2 x 2 = 4, also person by person. Nobody's effort: a target's
    [Theory]
    [InlineData("A,march,anna,organizer,3,,", "A,p{0},participant,2", 10, 23.0, "logged", 23.0)]
    [InlineData("A,march,,,,2,", "A,p{0},participant,;A,q,participant,5", 9, 23.0, "scheduled", 23.0)]
    [InlineData("A,march,,,8,2,", "A,p{0},participant,1", 3, 8.0, "logged", 3.0)]
    [InlineData("A,march,,,,1,5", "A,p1,participant,3;A,p2,participant,", 1, 7.0, "scheduled", 4.0)]
    [InlineData("A,march,anna,organizer,,2,", "A,anna,participant,;A,ben,participant,", 1, 4.0, "scheduled", 4.0)]
    [InlineData("A,march,anna,target,,2,", "", 0, 0.0, "scheduled", 0.0)]
    [InlineData("A,march,anna,target,,2,", "A,ben,organizer,", 1, 2.0, "scheduled", 2.0)]
    public void Hours_of_an_activity_are_its_total_or_the_sum_over_its_people(string activity, string part, int times, double hours, string source, double byPeople)
    {
        var parts = string.Concat(part.Split(';', StringSplitOptions.RemoveEmptyEntries).SelectMany(p => Enumerable.Range(0, p.Contains("{0}", StringComparison.Ordinal) ? times : 1).Select(i => p.Replace("{0}", $"{i}", StringComparison.Ordinal) + "\n")));
        using var files = new Imported(("acts.csv", $"id,date,type,who,as,h,lasted,n\n{activity.Insert(2, "2024-01-01,")}\n"), ("who.csv", $"act,who,as,h\n{parts}"));
        var words = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["kind"] = new Dictionary<string, string> { ["march"] = "march" } };
        files.Run(Source("acts.csv", "activity", "activity=id", "date", "kind=type", "person=who", "role=as", "hours=h", "duration=lasted", "headcount=n") with { Words = words },
            Source("who.csv", "participation", "activity=act", "person=who", "role=as", "hours=h"));
        var book = files.Book();
        Assert.Equal((1, hours, source), (book.Activities.Count, book.Activities.HoursTotal[0], book.Activities.HoursSource[0]));
        Assert.Equal(byPeople, Enumerable.Range(0, book.ActivityPeople.Count).Where(i => book.ActivityPeople.Role[i] != "target").Sum(i => book.ActivityPeople.Hours[i]));
    }

    [Fact]
    public void A_decision_that_lost_a_row_is_refused_as_a_whole()
    {
        using var files = new Imported(("d.csv", "Motion,Day,About,Option,Won,Cost\n1,2024-01-01,budget,a,yes,10\n1,2024-01-01,budget,b,no,0\n2,2024-01-02,budget,a,maybe,5\n2,2024-01-02,budget,b,no,0\n1,2024-01-01,budget,b,no,0\n3,2024-01-03,budget,a,yes,dear\n"));
        var report = files.Run(Source("d.csv", "decision", "decision=Motion", "date=Day", "kind=About", "alternative=Option", "chosen=Won") with { Attributes = new Dictionary<string, string> { ["cost"] = "Cost" } });
        Assert.Equal([(4, "the column 'Won' says neither yes nor no"), (5, "another row of the same decision was refused"), (6, "the same alternative of the same decision as an earlier row"), (7, "the column 'Cost' is no number")], report.Refused.Select(r => (r.Line, r.Why)));
        var book = files.Book();
        Assert.Equal((1, 2, 2), (book.Decisions.Count, book.Alternatives.Count, book.AlternativeAttributes.Count));
        Assert.Equal([10.0, 0], Enumerable.Range(0, 2).Select(i => book.AlternativeAttributes.Value[i]));
    }

    [Fact]
    public void Amounts_below_zero_go_out_and_a_refund_turns_round()
    {
        using var files = new Imported(("pay.csv", "day,kind,sum,dir\n2024-01-01,dues,12.50,in\n2024-01-02,rent,\"(1,000.00)\",\n2024-01-03,print,-30,out\n2024-01-03,print,40.005,out\n"));
        files.Run(Source("pay.csv", "payment", "date=day", "kind", "amount=sum", "direction=dir") with { Words = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["kind"] = new Dictionary<string, string> { ["dues"] = "dues", ["rent"] = "rent", ["print"] = "print" } } });
        var p = files.Book().Payments;
        Assert.Equal([("in", 1250L), ("out", 100000L), ("in", 3000L), ("out", 4001L)], Enumerable.Range(0, 4).Select(i => (p.Direction[i]!, p.AmountMinor[i])));
    }

    // in minor units of the row's own currency: 1,000 yen have none, a dinar has 1,000 of them (1.2345 are 1,234.5, rounded to 1,235), a dollar, a euro and what is not known have 100; without a currency the mapping's counts
    [Theory]
    [InlineData("USD", 1000L, 1235L, 1050L, 1050L, 1050L)]
    [InlineData("JPY", 1000L, 1235L, 1050L, 1050L, 11L)]
    [InlineData("KWD", 1000L, 1235L, 1050L, 1050L, 10500L)]
    public void Minor_units_are_those_of_the_currency_of_the_row(string mapped, params long[] minor)
    {
        using var files = new Imported(("pay.csv", "day,kind,sum,in\n2024-01-01,dues,1000,JPY\n2024-01-02,dues,1.2345,kwd\n2024-01-03,dues,10.5,EUR\n2024-01-04,dues,10.5,QQQ\n2024-01-05,dues,10.5,\n"),
            ("side.csv", "day,currency,dues\n2024-01-06,JPY,1000\n2024-01-07,TND,1.5\n"));
        files.Run(new Mapping
        {
            Organization = "x",
            Currency = mapped,
            Sources = [Source("pay.csv", "payment", "date=day", "kind", "amount=sum", "currency=in"), Source("side.csv", "payment", "date=day", "currency") with { Spread = new Dictionary<string, string> { ["dues"] = "dues" } }],
        });
        var p = files.Book().Payments;
        Assert.Equal([.. minor, 1000L, 1500L], Enumerable.Range(0, 7).Select(i => p.AmountMinor[i]));
        Assert.Equal(["JPY", "KWD", "EUR", "QQQ", mapped, "JPY", "TND"], Enumerable.Range(0, 7).Select(i => p.Currency[i]));
    }

    // with or without a person; 2^31 - 1 people for two weeks are 7.2e11 hours, which is absurd but can be added up
    [Fact]
    public void More_hours_than_there_can_be_are_refused()
    {
        using var files = new Imported(("hours.csv", "day,kind,hours,lasted,present\n2024-01-01,meeting,1e300,,\n2024-01-02,meeting,1000000000001,,\n2024-01-03,meeting,2.5,,\n2024-01-04,meeting,,336,2147483647\n"));
        var report = files.Run(Source("hours.csv", "activity", "date=day", "kind", "hours", "duration=lasted", "headcount=present"));
        Assert.Equal([(2, "more hours than there can be"), (3, "more hours than there can be")], report.Refused.Select(r => (r.Line, r.Why)));
    }

    [Fact]
    public void Aims_name_ends_by_code_or_by_label()
    {
        using var files = new Imported(("goals.csv", "end,rank\ncause,1\nNew members and size,2\nworld peace,3\n"));
        var report = files.Run(Source("goals.csv", "aim", "end", "rank"));
        Assert.Equal("the column 'end' names no end; there are cause, recruiting", Assert.Single(report.Refused).Why);
        Assert.Equal(["cause", "recruiting"], Enumerable.Range(0, 2).Select(i => files.Book().StatedGoals.EndCode[i]!));
    }

    [Fact]
    public void Rare_words_that_nobody_listed_may_be_names_and_become_other()
    {
        using var files = new Imported(("h.csv", "d,k,h\n2024-01-01,meeting,1\n2024-01-01,meeting,1\n2024-01-01,meeting,1\n2024-01-01,Jane Doe,1\n"));
        var report = files.Run(Source("h.csv", "activity", "date=d", "kind=k", "hours=h"));
        Assert.Contains(report.Notes, n => n.Contains("became 'other'", StringComparison.Ordinal));
        Assert.Equal("other", files.Book().Activities.KindCode[3]);
    }

    [Fact]
    public void The_same_files_and_secret_give_the_same_book()
    {
        using var files = new Imported(("m.csv", "No,Joined,Branch\nx,2019-01-01,North\ny,2020-01-01,South\n"), ("h.csv", "d,k,h,who,b\n2024-01-01,meeting,0.1,y,South\n2024-01-01,meeting,0.2,X,North\n"));
        MappedSource[] sources = [Source("m.csv", "member", "person=No", "start=Joined", "unit=Branch"), Source("h.csv", "activity", "date=d", "kind=k", "hours=h", "person=who", "unit=b")];
        files.Run(sources);
        var first = RandomBook.Lines(files.Book());
        files.Run(sources);
        Assert.Equal(first, RandomBook.Lines(files.Book()));
        Assert.Equal(2, files.Book().People.Count); // 'x' and 'X' are one
    }

    // the functional figures of two LM-2 reports; a figure of 0 is none, and a row without figures says nothing
    [Fact]
    public void Figures_side_by_side_become_a_record_each()
    {
        using var files = new Imported(("lm2.csv", "Year ends,Representational,Political,Overhead\n2022-12-31,\"1,000\",250,0\n2023-12-31,900,,x\n2024-12-31,,,\n2023-06-30,10,20,30\n"));
        var report = files.Run(Source("lm2.csv", "payment", "date=Year ends") with
        {
            Always = new Dictionary<string, string> { ["direction"] = "out" },
            Spread = new Dictionary<string, string> { ["representational"] = "Representational", ["political"] = "Political", ["overhead"] = "Overhead" },
        });
        Assert.Equal([(3, "the column 'Overhead' is no number"), (4, "no figure in any of its columns")], report.Refused.Select(r => ((int)r.Line, r.Why.Replace("amount of money", "number", StringComparison.Ordinal))));
        var p = files.Book().Payments;
        Assert.Equal([("political", 25000L), ("representational", 100000), ("overhead", 3000), ("political", 2000), ("representational", 1000)], Enumerable.Range(0, p.Count).Select(i => (p.Kind[i]!, p.AmountMinor[i])));
        Assert.Equal(5, Enumerable.Range(0, p.Count).Select(i => p.PaymentId[i]).Distinct().Count());
    }

    // the Labor Department's own files: figures in one, the union and the period in another, brought together by the number of the report
    [Fact]
    public void Columns_of_another_file_stand_beside_those_of_the_first()
    {
        using var files = new Imported(
            ("ar_disbursements_total_data_2022.txt", "REPRESENTATIONAL|POLITICAL|CONTRIBUTIONS|GENERAL_OVERHEAD|UNION_ADMINISTRATION|OID|RPT_ID\n1000|250|0|400|300|1|801\n9|9|9|9|9|2|802\n7|7|7|7|7|3|803\n"),
            ("lm_data_data_2022.txt", "UNION_NAME|F_NUM|PD_COVERED_TO|MEMBERS|RPT_ID|FORM_TYPE\nSOME UNION|512|2022-06-30|1200|801|LM-2\nANOTHER|77|2022-12-31|50|802|LM-2\n"));
        var only = new Dictionary<string, IReadOnlyList<string>> { ["F_NUM"] = ["512"] };
        var report = files.Run(
            Source("ar_disbursements_total_data_2022.txt", "payment", "date=PD_COVERED_TO") with
            {
                Beside = new BesideSource { File = "lm_data_data_2022.txt", By = "RPT_ID" },
                Only = only,
                Always = new Dictionary<string, string> { ["direction"] = "out" },
                Spread = new Dictionary<string, string> { ["representational"] = "REPRESENTATIONAL", ["political"] = "POLITICAL", ["contributions"] = "CONTRIBUTIONS", ["overhead"] = "GENERAL_OVERHEAD", ["administration"] = "UNION_ADMINISTRATION" },
            },
            Source("lm_data_data_2022.txt", "measure", "date=PD_COVERED_TO", "value=MEMBERS") with { Only = only, Always = new Dictionary<string, string> { ["variable"] = "members" } });
        Assert.Equal([("ar_disbursements_total_data_2022.txt", 3L), ("ar_disbursements_total_data_2022.txt", 4), ("lm_data_data_2022.txt", 3)], report.Refused.Select(r => (r.File, r.Line)));
        var p = files.Book().Payments;
        Assert.Equal([("administration", 30000L), ("overhead", 40000), ("political", 25000), ("representational", 100000)], Enumerable.Range(0, p.Count).Select(i => (p.Kind[i]!, p.AmountMinor[i])).Order());
        Assert.All(Enumerable.Range(0, p.Count), i => Assert.Equal(Day("2022-06-30"), p.Date[i]));
        Assert.Equal(1200, files.Book().Measures.Value[0]);
    }

    // another program's log without keys: a meeting of two, of whom one is a room; a time that is none costs its row
    [Fact]
    public void Event_logs_of_other_programs_are_read_as_tables_with_keys_or_without()
    {
        using var files = new Imported();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(files.Folder, "log.sqlite")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE event_map_type(ocel_type TEXT, ocel_type_map TEXT); CREATE TABLE object_map_type(ocel_type TEXT, ocel_type_map TEXT);
                CREATE TABLE event(ocel_id TEXT, ocel_type TEXT); CREATE TABLE object(ocel_id TEXT, ocel_type TEXT);
                CREATE TABLE event_object(ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT); CREATE TABLE object_object(ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
                CREATE TABLE event_GeneralMeeting(ocel_id TEXT, ocel_time TEXT, "length in hours" REAL); CREATE TABLE event_march(ocel_id TEXT, ocel_time TEXT);
                CREATE TABLE object_Member(ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT, city TEXT); CREATE TABLE object_room(ocel_id TEXT, ocel_time TEXT, ocel_changed_field TEXT);
                INSERT INTO event_map_type VALUES ('general meeting', 'GeneralMeeting'), ('march', 'march'); INSERT INTO object_map_type VALUES ('Member', 'Member'), ('room', 'room');
                INSERT INTO event VALUES ('e1', 'general meeting'), ('e2', 'march'), ('e3', 'march'); INSERT INTO object VALUES ('p1', 'Member'), ('r', 'room');
                INSERT INTO event_GeneralMeeting VALUES ('e1', '2024-01-05 18:00:00+00:00', 1.5); INSERT INTO event_march VALUES ('e2', '2024-02-01 00:00:00', 'soon'), ('e3', 'soon');
                INSERT INTO object_Member VALUES ('p1', '1970-01-01 00:00:00', NULL, 'x'), ('p1', '2024-01-02 00:00:00', 'city', 'y'); INSERT INTO object_room VALUES ('r', '1970-01-01 00:00:00', NULL);
                INSERT INTO event_object VALUES ('e1', 'p1', 'attendee'), ('e1', 'r', 'place'), ('e2', 'p1', NULL);
                """.Replace("('e2', '2024-02-01 00:00:00', 'soon')", "('e2', '2024-02-01 00:00:00')", StringComparison.Ordinal);
            command.ExecuteNonQuery();
        }

        var (mapping, unknown) = Suggestion.Of(files.Folder, "x", ["meeting", "march"]);
        Assert.Equal(["log.sqlite (objects)", "log.sqlite (objects[].relationships)"], unknown.Select(u => u.File));
        Assert.Equal("meeting", mapping.Sources[0].Words["kind"]["general meeting"]);
        var lasted = mapping.Sources[0] with { Columns = new Dictionary<string, string>(mapping.Sources[0].Columns) { ["duration"] = "attributes.length in hours" } };
        var report = files.Run(mapping with { Sources = [lasted, mapping.Sources[1]] });
        Assert.Equal([("log.sqlite (events)", 3L), ("log.sqlite (events[].relationships)", 2)], report.Refused.Select(r => (r.File, r.Line)));
        var a = files.Book().Activities;
        Assert.Equal([("meeting", 1.5, 1), ("march", null, 1)], Enumerable.Range(0, a.Count).Select(i => (a.KindCode[i]!, a.HoursTotal[i], a.Headcount[i]!.Value)));
    }

    [Theory]
    [InlineData("USD", "amount", "12.50")]
    [InlineData("USD", "amount", "$12.50")]
    [InlineData("EUR", "amount_eur", "12.50")]
    [InlineData("EUR", "Amount (Euro)", "12.50")]
    [InlineData("EUR", "amount", "\"12,50 €\"")]
    [InlineData("GBP", "amount", "£12.50")]
    [InlineData("CHF", "amount", "CHF 12.50")]
    [InlineData("USD", "amount of neuron", "12.50")] // no letters by themselves
    [InlineData("USD", "amount", "12.50", ",currency", ",EUR")] // each row says it
    public void The_currency_is_the_one_that_the_files_name(string currency, string heading, string amount, string more = "", string cell = "")
    {
        using var files = new Imported(("payments.csv", $"date,kind,{heading}{more}\n2024-01-01,dues,3{cell}\n2024-01-02,dues,{amount}{cell}\n"));
        Assert.Equal(currency, Suggestion.Of(files.Folder, "x", []).Mapping.Currency);
    }

    [Fact]
    public void A_row_can_be_set_aside_by_a_column()
    {
        using var files = new Imported(("h.csv", "d,k,h,is_test\n2024-01-01,meeting,1,0\n2024-01-01,meeting,1,1\n"));
        var report = files.Run(Source("h.csv", "activity", "date=d", "kind=k", "hours=h") with { Only = new Dictionary<string, IReadOnlyList<string>> { ["is_test"] = ["0"] } });
        Assert.Equal([new("h.csv", 3, "set aside, as the mapping asks ('only')")], report.Refused);
    }
}
