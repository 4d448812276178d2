using Posiwid.Purpose;
using Posiwid.Records;

namespace Posiwid.Tests.Purpose;

/// <summary>Books that cannot be read, and what they are refused with: one sentence with file, line and column.</summary>
public sealed class RefusedBooksTests : BookTests
{
    [Theory]
    [InlineData("1,NaN", "a weight that is below 0 or no number")]
    [InlineData(",-0.5", "stated_goal.csv, line 2, column weight: -0.5 is below 0.")]
    [InlineData("0,", "stated_goal.csv, line 2, column rank: 0 is not above 0.")]
    public void Aims_that_cannot_be_are_refused(string rankAndWeight, string words)
    {
        Organization(folder);
        Activities(30, _ => "3");
        Write("stated_goal", "goal_id,valid_from,end_code,rank,weight,source", [$"1,2010-01-04,cause,{rankAndWeight},statutes"]);
        Assert.Contains(words, Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-3", "activity.csv, line 16, column hours_total: -3.0 is below 0.")] // two rows a week: those of week 7 are on lines 16 and 17
    public void Hours_below_0_are_refused(string hours, string says)
    {
        Organization(folder);
        Activities(30, w => w == 7 ? hours : "3");
        Assert.Contains(says, Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_before_its_start_is_refused()
    {
        Organization(folder);
        Members(40, p => p == 5 ? (Day(9), Day(3)) : (Day(p), ""));
        Assert.EndsWith($"membership.csv, line 7, columns end_date, start_date: end_date ({Day(3)}) is before start_date ({Day(9)}).", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "2009-05-01", "complaint.csv, line 5: 1 row of complaint with a close (closed) before the opening (opened), the first with complaint_id 3.")]
    [InlineData("2009-05-01", "", "complaint.csv, line 5: 1 row of complaint with a first response (first_response) before the opening (opened), the first with complaint_id 3.")]
    public void A_complaint_that_ends_before_it_begins_is_refused(string response, string closed, string says)
    {
        Organization(folder);
        Complaints(40, c => c == 3 ? (response, closed, closed.Length > 0 ? "upheld" : "") : ("", "", "")); // the heading is line 1, complaint 0 line 2
        Assert.EndsWith(says, Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7,2010-01-04,in,dues,5,EUR|8,2010-01-04,in,dues,5,EUR|7,2010-01-05,in,dues,6,EUR", "payment.csv, line 4, column payment_id: the same as in line 2,")] // they fall
    [InlineData("7,2010-01-04,in,dues,5,EUR|8,2010-01-04,in,dues,5,EUR||8,2010-01-05,in,dues,6,EUR|9,2010-01-05,in,dues,6,EUR", "payment.csv, line 5, column payment_id: the same as in line 3,")] // line 4 is empty
    [InlineData("7,2010-01-04,in,\"du\nes\",5,EUR|3,2010-01-04,in,dues,5,EUR|3,2010-01-05,in,dues,6,EUR", "payment.csv, line 5, column payment_id: the same as in line 4,")] // the first row has two lines
    [InlineData("7,2010-01-04,in,dues,5,EUR|,2010-01-04,in,dues,5,EUR", "payment.csv, line 3, column payment_id: it is empty,")]
    public void A_key_that_is_there_twice_is_refused(string rows, string says)
    {
        Organization(folder);
        Write("payment", "payment_id,date,direction,kind,amount_minor,currency", rows.Split('|'));
        Assert.Contains(says, Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_several_columns_may_repeat_each_of_them()
    {
        Organization(folder);
        Write("measure", "variable_code,unit_id,group_code,date,value", ["members,0,,2010-01-04,5", "members,0,new,2010-01-04,5", "members,1,,2010-01-04,5", "wins,0,,2010-01-04,5", "members,0,,2010-01-11,5"]);
        Read();
        File.AppendAllText(folder["measure.csv"], "members,0,\"\",2010-01-04,6\n");
        Assert.Contains("measure.csv, line 7, columns variable_code, unit_id, group_code, date: the same as in line 2,", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_do_not_rise_are_no_fault()
    {
        Organization(folder);
        Write("payment", "payment_id,date,direction,kind,amount_minor,currency", Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 5003},2010-01-04,in,dues,5,EUR")); // 5003 is prime: all differ
        Assert.Equal(25000, Read().Analysis.Data.MoneyIn.Single().Value);
    }

    // a table's heading and two rows; the second breaks a rule
    [Theory]
    [InlineData("activity", "activity_id,date,kind_code,hours_source", "1,2010-01-04,meeting,logged|2,,meeting,logged", "activity.csv, line 3, column date: it is empty, and a value is needed.")]
    [InlineData("activity", "activity_id,date,kind_code,hours_source", "1,2010-01-04,meeting,logged|2,2010-01-04,\"\",logged", "activity.csv, line 3, column kind_code: it is empty, and a value is needed.")]
    [InlineData("activity", "activity_id,date,kind_code,hours_source", "1,2010-01-04,\"mee\nting\",logged||2,20100-01-04,meeting,logged", "activity.csv, line 5, column date: 20100-01-04 is not within the years 1 to 9999.")] // the first row has two lines, the next is empty
    [InlineData("activity", "activity_id,date,kind_code,hours_source", "1,2010-01-04,meeting,logged|2,2010-01-04,meeting,guessed", "activity.csv, line 3, column hours_source: 'guessed' is none of logged, scheduled, estimated, proxy.")]
    [InlineData("activity", "activity_id,date,kind_code,hours_source,headcount", "1,2010-01-04,meeting,logged,|2,2010-01-04,meeting,logged,-3", "activity.csv, line 3, column headcount: -3 is below 0.")]
    [InlineData("activity", "activity_id,date,kind_code,hours_source,headcount", "1,2010-01-04,meeting,logged,5.0|2,2010-01-04,meeting,logged,2.5", "activity.csv, line 3, column headcount: '2.5' is no whole number.")]
    [InlineData("activity", "activity_id,date,kind_code,hours_source,headcount", "1,2010-01-04,meeting,logged,5|2,2010-01-04,meeting,logged,3000000000", "activity.csv, line 3, column headcount: 3000000000 is too large a number.")]
    [InlineData("payment", "payment_id,date,direction,kind,amount_minor,currency", "1,2010-01-04,in,dues,5,EUR|2,2010-01-04,in,dues,,EUR", "payment.csv, line 3, column amount_minor: it is empty, and a value is needed.")]
    [InlineData("payment", "payment_id,date,direction,kind,amount_minor,currency", "1,2010-01-04,in,dues,5,EUR|2,2010-01-04,in,dues,12.5,EUR", "payment.csv, line 3, column amount_minor: '12.5' is no whole number.")]
    [InlineData("payment", "payment_id,date,direction,kind,amount_minor,currency", "1,2010-01-04,in,dues,5,EUR|2,2010-01-04,Out,rent,5,EUR", "payment.csv, line 3, column direction: 'Out' is none of in, out.")]
    [InlineData("payment", "payment_id,date,direction,kind,amount_minor,currency", "1,2010-01-04,in,dues,5,EUR|2,2010-01-04,in,dues,5,EURO", "payment.csv, line 3, column currency: 'EURO' has not 3 letters.")]
    [InlineData("measure", "variable_code,unit_id,group_code,date,value", "members,,,2010-01-04,5|,0,,2010-01-04,5", "measure.csv, line 3, column variable_code: it is empty, and a value is needed.")]
    [InlineData("stated_goal", "goal_id,end_code,source,valid_from", "1,cause,statutes,2010-01-04|2,cause,statutes,", "stated_goal.csv, line 3, column valid_from: it is empty, and a value is needed.")]
    [InlineData("activity_person", "activity_id,person_id,role", "1,p1,participant|1,p2,", "activity_person.csv, line 3, column role: it is empty, and a value is needed.")]
    [InlineData("alternative_attr", "alternative_id,attr_code,value,scored,coder", "1,recruits,5,ex_ante,|1,hours,5,post,x", "alternative_attr.csv, line 3, column scored: 'post' is none of ex_ante, blind_coder, ex_post.")]
    [InlineData("complaint", "complaint_id,opened,about,severity", "1,2010-01-04,leader,|2,2010-01-04,leader,4", "complaint.csv, line 3, column severity: 4 is not between 1 and 3.")]
    [InlineData("kind_end", "kind_code,end_code,coder,weight,weight_min,weight_max", "meeting,cause,me,1,1,1|march,cause,me,0.5,0.6,0.5", "kind_end.csv, line 3, columns weight_min, weight: 0.6 is not between 0 and weight (0.5).")]
    [InlineData("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason", "1,p1,2010-01-04,,2010-01-04,,|2,,2010-01-04,day,2010-01-04,,", "membership.csv, line 3, column person_id: it is empty, and a value is needed.")]
    [InlineData("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason", "1,p1,2010-01-04,,2010-01-04,2010-01-05,died|2,p2,2010-01-04,day,2010-01-04,2010-01-05,", "membership.csv, line 3, columns end_date, end_reason: end_date without end_reason.")]
    [InlineData("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason", "1,p1,2010-01-04,,2010-01-04,,|2,p2,2010-01-04,day,2010-01-04,,died", "membership.csv, line 3, columns end_date, end_reason: end_reason without end_date.")]
    public void What_a_database_would_not_take_is_refused(string table, string header, string rows, string says)
    {
        Organization(folder);
        var lines = rows.Split('|');
        Write(table, header, lines[..^1]);
        BookSource.Open(folder.Root).Dispose(); // the first row is well
        Write(table, header, lines);
        Assert.EndsWith(says, Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_row_that_breaks_a_rule_is_named()
    {
        Organization(folder);
        Write("payment", "payment_id,date,direction,kind,amount_minor,currency", ["1,2010-01-04,in,dues,5,EUR", "2,2010-01-04,in,dues,5,E", "3,,in,dues,-5,EUR"]);
        Assert.EndsWith("payment.csv, line 3, column currency: 'E' has not 3 letters.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_table_does_not_hold_is_refused_where_that_table_is_there()
    {
        Organization(folder);
        Activities(30, _ => "3"); // activities 0 to 59
        Write("activity_person", "activity_id,person_id,role", ["0,p1,participant", "60,p2,participant", "3,p3,participant"]);
        Assert.EndsWith("activity_person.csv, line 3, column activity_id: activity.csv does not hold 60.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
        Write("activity_person", "activity_id,person_id,role", ["0,p1,participant", "59,p2,participant", "3,p3,participant"]);
        Read();
        Write("person", "person_id,kind", []);
        Read(); // a heading alone is no table
        Write("person", "person_id,kind", ["p1,member", "p2,member"]);
        Assert.EndsWith("activity_person.csv, line 4, column person_id: person.csv does not hold this person.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
        File.AppendAllText(folder["person.csv"], "p3,member\n");
        Read();
        // unit 0 of a measure is the organization as a whole
        Write("unit", "unit_id,organization_id,kind", ["7,1,branch"]);
        Write("measure", "variable_code,unit_id,group_code,date,value", ["members,0,,2010-01-04,5", "members,7,,2010-01-04,5"]);
        Read();
        File.AppendAllText(folder["measure.csv"], "members,8,,2010-01-04,5\n");
        Assert.EndsWith("measure.csv, line 4, column unit_id: unit.csv does not hold 8.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("period_end,31.12.2012", "period_end is 31.12.2012; it is a day written as 2012-12-31 is.")]
    [InlineData("period_start,2013-01-01|period_end,2010-01-01", "the period starts on 2013-01-01 (period_start) and ends before that, on 2010-01-01 (period_end).")]
    [InlineData("period_start,2013-01-01", "the period starts on 2013-01-01 (period_start) and ends before that, on 2010-07-26 (the last record).")] // Monday of week 29
    [InlineData("period_start,2009-01-01|period_end,2009-12-31", "holds nothing within the period that it states, 2009-01-01 to 2009-12-31.")]
    [InlineData("hours_coverage,lots", "hours_coverage is lots; it is a share of all hours, at most 1, or 0 where nobody knows.")]
    [InlineData("organization_id,7", "organization_id is 7; it is the number of an organization in the book: 1.")]
    public void Facts_about_the_book_that_cannot_be_are_refused(string facts, string says)
    {
        Organization(folder);
        Activities(30, _ => "3");
        Write("meta", "key,value", facts.Split('|'));
        Assert.EndsWith(says, Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
        Write("meta", "key,value", facts.Split('|').Select(f => f.Split(',')[0] + ","));
        Read(); // not stated
    }

    // weeks 10 to 19, from the first Monday to the last Sunday
    [Fact]
    public void A_stated_period_goes_for_everything_alike()
    {
        Organization(folder);
        Activities(30, _ => "3"); // two a week, of which 20 weeks lie outside
        Write("activity_person", "activity_id,person_id,role", ["19,p1,participant", "20,p2,participant", "39,p3,participant", "40,p4,participant"]); // weeks 9, 10, 19, 20
        Write("payment", "payment_id,date,direction,kind,amount_minor,currency", Enumerable.Range(0, 30).Select(w => $"{w},{Day(w)},in,dues,5,EUR"));
        Write("decision", "decision_id,date,kind,menu_complete", Enumerable.Range(0, 30).Select(w => $"{w},{Day(w)},plan,true"));
        Write("alternative", "alternative_id,decision_id,chosen,is_status_quo", Enumerable.Range(0, 60).Select(a => $"{a},{a / 2},{(a % 2 == 0 ? "true" : "false")},"));
        Complaints(30, _ => ("", "", ""));
        Measures(30);
        Shocks([.. Enumerable.Range(0, 30).Select(w => $"{Day(w)},members,-5,true,false")]);
        Write("intent", "week,channel,unit_id,item,value", Enumerable.Range(0, 30).Select(w => $"{Day(w)},hours,0,,1"));
        // over before, over on the first day, across all of it, begun on the last day, begun after
        Write("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason",
            [$"1,p1,{Day(0)},day,{Day(0)},{Day(9)},resigned", $"2,p2,{Day(0)},day,{Day(0)},{Day(10)},resigned", $"3,p3,{Day(5)},day,{Day(5)},{Day(25)},resigned", $"4,p4,{Day(19)},day,{Day(19)},,", $"5,p5,{Day(20)},day,{Day(20)},{Day(26)},died"]);
        Write("meta", "key,value", [$"period_start,{Day(10)}", $"period_end,{Day(20 - (1 / 7.0))}"]);
        using var source = BookSource.Open(folder.Root);
        var book = BookReader.Read(source, Ends, []);
        Assert.Equal(60, book.Data.Hours[0].Sum(h => h.Value)); // 10 weeks of two activities of 3 hours
        Assert.Equal(50, book.Data.MoneyIn.Single().Value);
        Assert.Equal(10, book.Data.Decisions.Count);
        Assert.Equal((10, 10), (book.Data.People!.Complaints.Count, book.Data.People.Voices.Count));
        Assert.Equal((10, 10), (book.Data.Shocks.Single().Blows.Count, book.Data.Shocks.Single().Weeks.Count));
        Assert.Equal([(-10, 0), (-5, 0), (9, 9)], book.Data.People.Spells.Select(s => ((int)Math.Round(s.Start), (int)Math.Round(s.ObservedFrom))));
        Assert.Equal(2, book.Data.People.Contributions.Count(c => c > 0));
        Assert.Equal(10, source.Rows("SELECT count(*) FROM intent", r => r.GetInt64(0))[0]);
        Assert.Contains($"Outside the period that the book states, {Day(10)} to {Day(20 - (1 / 7.0))}, lie and are left out: 40 rows of activity, 20 rows of payment, 20 rows of decision, 20 rows of complaint, "
            + "20 rows of measure, 20 rows of shock, 20 rows of intent, fewer than 5 rows of membership, fewer than 5 rows of activity_person.", book.Notes);
        Assert.Contains($"After the end that the book states, {Day(20 - (1 / 7.0))}, fewer than 5 spells of membership end. The records are taken to end there, and those spells to go on.", book.Notes);
    }

    [Fact]
    public void In_a_stated_period_a_fault_is_on_its_own_line()
    {
        Organization(folder);
        Activities(30, w => w is 3 or 12 ? "1e13" : "3");
        Write("meta", "key,value", [$"period_start,{Day(10)}"]);
        // week 12 has the ids 24 and 25, of which 24 is on line 26; week 3 is outside
        Assert.EndsWith("activity.csv, line 26: 2 rows of activity with more hours than there can be, the first with activity_id 24.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_with_too_few_cells_says_so()
    {
        Organization(folder);
        Write("payment", "payment_id,date,direction,kind,amount_minor,currency", ["1,2010-01-04,in,dues,5,EUR", "2,2010-01-04,in"]);
        Assert.EndsWith("payment.csv, line 3: Expected Number of Columns: 6 Found: 3.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_database_the_complaint_is_named_by_its_id()
    {
        using (var book = DuckDb.Connect(folder["book.duckdb"]))
        {
            DuckDb.Execute(book, BookFile.Schema + $"; INSERT INTO meta VALUES ('schema_version', '1'); INSERT INTO organization VALUES (1, 'The Tenants')", TestContext.Current.CancellationToken);
            DuckDb.Execute(book, "INSERT INTO complaint(complaint_id, opened, about, closed, outcome) VALUES (17, '2010-01-04', 'leader', NULL, NULL), (18, '2010-01-04', 'leader', '2010-01-03', 'upheld')", TestContext.Current.CancellationToken);
        }

        Assert.EndsWith("book.duckdb: 1 row of complaint with a close (closed) before the opening (opened), the first with complaint_id 18.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }
}
