using System.Globalization;
using System.Text;
using System.Text.Json;
using Posiwid.App.Commands;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Records;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.Purpose;

/// <summary>Books that lack something or are odd: each line says what it cannot tell and why, and no number is printed that is not there.</summary>
public sealed class BadBooksTests : IDisposable
{
    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Write(string table, string header, IEnumerable<string> rows) => File.WriteAllText(folder[$"{table}.csv"], header + "\n" + string.Join('\n', rows) + "\n");

    private static string Day(double week) => new DateOnly(2010, 1, 4).AddDays((int)(7 * week)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The page and the report as they are printed.</summary>
    private (BookEvidence Book, PurposeAnalysis Analysis, string Text) Read(PurposeSettings? settings = null)
    {
        using var source = BookSource.Open(folder.Root);
        var book = BookReader.Read(source, Ends, []);
        var analysis = new PurposeAnalysis(book.Data, settings);
        var text = new StringBuilder();
        foreach (var (line, _) in PurposePage.Of(analysis, "a book", 118, book))
            text.Append(line.Trim()).Append(' ');
        var html = PurposeReport.Of(analysis, "a book", "sub", [], book);
        text.Append(html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main", StringComparison.Ordinal)]);
        var printed = text.ToString();
        Assert.DoesNotMatch(@"\bNaN\b|∞|Infinity|-0%|\[-0\.\.", printed);
        Scan(analysis);
        return (book, analysis, printed);
    }

    /// <summary>
    /// K30: the JSON of a profile. Whatever has a value has an interval or says why not; what has none says why; no number is a word; no count of people is of fewer than may be shown.
    /// </summary>
    private static void Scan(PurposeAnalysis analysis)
    {
        using var output = new StringWriter();
        JsonOutput.Write(output, j => PurposeJson.Write(j, analysis));
        var text = output.ToString();
        Assert.DoesNotMatch("NaN|Infinity|∞", text);
        var lines = 0;
        void Walk(JsonElement at, string path)
        {
            foreach (var (child, name) in at.ValueKind switch
            {
                JsonValueKind.Object => at.EnumerateObject().Select(p => (p.Value, p.Name)),
                JsonValueKind.Array => at.EnumerateArray().Select((e, i) => (e, $"{i}")),
                _ => [],
            })
            {
                Walk(child, $"{path}/{name}");
            }

            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty("value", out var value) || !at.TryGetProperty("tested", out _))
                return;
            lines++;
            var whole = new[] { "value", "low", "high" }.All(k => at.GetProperty(k).ValueKind == JsonValueKind.Number);
            Assert.True(whole || (at.TryGetProperty("why", out var why) && why.GetString()!.Length > 0), $"{path} has no interval and does not say why: {at}");
            Assert.True(!whole || (at.GetProperty("low").GetDouble() <= value.GetDouble() && value.GetDouble() <= at.GetProperty("high").GetDouble()), $"{path}: {at}");
        }

        var root = JsonDocument.Parse(text).RootElement;
        Walk(root, "");
        Assert.True(lines > 50, $"{lines} lines of evidence");
        if (!root.TryGetProperty("people", out var people))
            return;
        foreach (var count in people.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number))
            Assert.True(count.Value.GetDouble() == 0 || count.Value.GetDouble() >= (count.Name == "complaints" ? analysis.Settings.SmallestComplaintCell : analysis.Settings.SmallestCell), $"{count.Name} is {count.Value}");
        foreach (var hidden in people.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Null))
            Assert.False(string.IsNullOrEmpty(people.GetProperty(hidden.Name + "Why").GetString()), hidden.Name);
    }

    private static void Organization(TemporaryFolder to) => File.WriteAllText(to["organization.csv"], "organization_id,label\n1,The Tenants\n");

    private void Activities(int weeks, Func<int, string> hours, int from = 0) =>
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source", Enumerable.Range(0, weeks).SelectMany(w => new[] { $"{2 * w},{Day(from + w)},meeting,{hours(w)},logged", $"{(2 * w) + 1},{Day(from + w)},march,{hours(w)},logged" }));

    private void Members(int people, Func<int, (string Start, string End)> spell) =>
        Write("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason",
            Enumerable.Range(0, people).Select(p => spell(p) is var (start, end) ? $"{p},p{p},{start},day,{start},{end},{(end.Length > 0 ? "resigned" : "")}" : ""));

    [Fact]
    public void Tables_that_are_missing_are_named_by_the_lines_that_need_them()
    {
        Organization(folder);
        Activities(30, _ => "3");
        var (book, analysis, text) = Read();
        Assert.All(analysis.Profile.Rows.Where(r => !r.End.IsPlacebo), r => Assert.Equal((Verdicts.CannotBeTold, 'D'), (r.Verdict, r.Grade)));
        string[] Lacks(string line) => [.. book.Needs.Single(n => n.Line == line).Lacks];
        Assert.Empty(Lacks("effort"));
        Assert.Equal(["payment"], Lacks("money"));
        Assert.Equal(["shock", "measure"], Lacks("defense"));
        Assert.Equal(["decision", "alternative", "alternative_attr"], Lacks("choice"));
        Assert.Contains("no decisions with their alternatives are recorded", text, StringComparison.Ordinal);
        Assert.Contains("cannot be told from these records", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_that_serve_no_end_are_no_part_of_what_serves_one()
    {
        Organization(folder);
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source", [.. Enumerable.Range(0, 10).Select(w => $"{w},{Day(w)},meeting,1,logged"), .. Enumerable.Range(10, 10).Select(w => $"{w},{Day(w)},chess,9,logged")]);
        var (_, analysis, text) = Read();
        Assert.Equal(0.9, analysis.UncodedEffort, 9); // 90 of 100 hours
        Assert.Equal(0.1, analysis.Effort!.Sum(e => e.Share), 9);
        Assert.All(analysis.Effort!.Where(e => !e.End.IsPlacebo), e => Assert.InRange(e.High, 0.9, 1));
        Assert.Contains("Another 90% is of kinds that serve no end in the coding.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_on_which_it_first_saw_a_profile_parts_the_records()
    {
        Organization(folder);
        // meetings keep members, then contacting wins new ones
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source", Enumerable.Range(0, 20).Select(w => $"{w},{Day(w)},{(w < 10 ? "study" : "contacting")},1,logged"));
        Write("meta", "key,value", [$"first_profile_seen_on,{Day(10)}"]);
        var (_, _, text) = Read();
        Assert.Contains($"It first saw a profile of itself on {Day(10)}. Most of what is recorded before went to keeping and educating members", text, StringComparison.Ordinal);
        Assert.Contains("and from then on to new members and size", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Payments_that_name_their_end_are_for_it()
    {
        Organization(folder);
        Activities(30, _ => "3");
        // 300 of wages for the cause, 100 of wages for nothing that is named: those are for the staff, as their kind is; 100 came back of what had been for the cause
        Write("payment", "payment_id,date,direction,kind,amount_minor,currency,end_code",
            [$"1,{Day(1)},out,wages,400,USD,cause", $"2,{Day(2)},in,wages,100,USD,cause", $"3,{Day(3)},out,wages,100,USD,", $"4,{Day(4)},in,dues,900,USD,"]);
        var (_, analysis, _) = Read();
        Assert.Equal([("cause", 0.75), ("staff", 0.25)], analysis.Money!.Where(e => e.Share > 0).Select(e => (e.End.Code, Math.Round(e.Share, 9))).OrderBy(e => e.Code, StringComparer.Ordinal));
    }

    [Fact]
    public void Decisions_without_one_winner_and_offices_that_are_paid_are_not_said_to_be_missing()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Write("decision", "decision_id,date,kind,menu_complete", ["1," + Day(1) + ",campaign,true", "2," + Day(2) + ",campaign,true"]);
        Write("alternative", "alternative_id,decision_id,chosen,is_status_quo", ["1,1,true,false", "2,1,true,false", "3,2,false,false", "4,2,false,false"]);
        Write("office", "office_id,level,seats,paid", ["1,national,1,true"]);
        Write("tenure", "tenure_id,office_id,person_id,start_date,observed_from", [$"1,1,p1,{Day(0)},{Day(0)}"]);
        var (_, _, text) = Read();
        Assert.Contains("none of 2 decisions has exactly one winner", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no decisions with their alternatives are recorded", text, StringComparison.Ordinal);
        Assert.Contains("1 times in paid office are left out", text, StringComparison.Ordinal);
        Assert.Contains("no times in elected office are recorded", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_who_rise_or_complain_are_not_told_by_a_share_of_them()
    {
        Organization(folder);
        Activities(150, _ => "3");
        Members(40, p => (Day(0), p < 10 ? Day(100 + p) : ""));
        Write("office", "office_id,level,seats,paid", ["1,national,9,false"]);
        Write("tenure", "tenure_id,office_id,person_id,start_date,observed_from", Enumerable.Range(0, 6).Select(i => $"{i},1,p{20 + i},{Day(60)},{Day(60)}"));
        // twelve complaints, three of them by members
        Write("complaint", "complaint_id,opened,opened_by,about", Enumerable.Range(0, 12).Select(i => $"{i},{Day(60 + i)},{(i < 3 ? $"p{20 + i}" : $"x{i}")},policy"));
        var (_, analysis, text) = Read();
        Assert.Equal(40, analysis.People!.People);
        Assert.All(analysis.People.Funnel, s => Assert.All(new[] { s.Base, s.Reached, s.Base - s.Reached }, n => Assert.True(n is 0 or >= 5)));
        Assert.Null(analysis.People.ExitAndVoice);
        Assert.Contains("fewer than 10 complaints by members", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_dated_is_nothing_to_read()
    {
        Organization(folder);
        Assert.Contains("nothing that is dated", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_hours_are_not_taken_for_hours()
    {
        Organization(folder);
        Activities(30, _ => "");
        var (_, analysis, text) = Read();
        Assert.True(analysis.Data.HoursAreCounts);
        Assert.Contains("None of 60 activities has hours", text, StringComparison.Ordinal);
        Assert.Contains("Most of its activities go to", text, StringComparison.Ordinal);
        Assert.DoesNotContain("of its hours", text, StringComparison.Ordinal);
        Assert.Contains("The activities are spread as over", text, StringComparison.Ordinal);
        Assert.DoesNotContain("share of the hours", text, StringComparison.Ordinal);
        Assert.Contains("every activity counts as much as any other", text, StringComparison.Ordinal);
    }

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

    [Fact]
    public void Aims_of_one_weight_share_a_rank_and_unknown_ones_are_counted()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Write("stated_goal", "goal_id,valid_from,end_code,rank,weight,source", [.. new[] { "cause,,0.4", "recruiting,,0.4", "staff,,0.2", "glory,,0.1", "staff,,0.1" }.Select((g, i) => $"{i},2010-01-04,{g},statutes")]);
        var (_, analysis, text) = Read();
        // two weights of .4 are both first; one larger than .2 twice: .2 is third
        Assert.Equal([("cause", 1), ("recruiting", 1), ("staff", 3)], analysis.Data.Said.OrderBy(a => a.Rank).ThenBy(a => a.End, StringComparer.Ordinal).Select(a => (a.End, a.Rank)));
        Assert.Contains("first of all, and equally, for the stated cause; and new members and size", text, StringComparison.Ordinal);
        Assert.Contains("1 of 5 stated aims are for ends that the coding does not have", text, StringComparison.Ordinal);
        Assert.Contains("1 stated aims are for an end that is stated already", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_that_nothing_tested_has_not_passed()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Assert.Equal(Verdicts.ControlUntested, Read().Analysis.Profile.Rows[^1].Verdict);
    }

    [Fact]
    public void All_hours_0_are_no_shares()
    {
        Organization(folder);
        Activities(30, _ => "0");
        var (_, analysis, text) = Read();
        Assert.Null(analysis.Effort);
        Assert.Contains("No hours are recorded", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_that_are_no_number_are_left_out_and_counted()
    {
        Organization(folder);
        Activities(30, w => w % 3 == 0 ? "NaN" : w % 3 == 1 ? "inf" : "3");
        var (_, analysis, text) = Read();
        Assert.Equal(60, analysis.Data.Hours[0].Sum(h => h.Value)); // 10 weeks of two activities of 3 hours
        Assert.Contains("40 of 60 activities have no hours", text, StringComparison.Ordinal);
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

    [Fact]
    public void One_person_is_not_a_figure()
    {
        Organization(folder);
        Activities(120, _ => "3");
        Members(1, _ => (Day(3), Day(60)));
        var (_, analysis, text) = Read();
        Assert.Null(analysis.People!.Retention);
        Assert.Contains("fewer than 5 people: under 30, single persons could be made out", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_week_has_shares_and_no_interval()
    {
        Organization(folder);
        Activities(1, _ => "3");
        var (_, analysis, text) = Read();
        var effort = analysis.Profile.Rows.First(r => r.End.Code == "retention").Evidence;
        Assert.Equal(0.25, effort.Effort!.Share, 9); // half of the hours are meetings, of which half
        Assert.Equal((null, "1 weeks: below two years read the quarters, not an interval"), (effort.EffortInterval.Low, effort.EffortInterval.Why));
        Assert.Contains("shares of the recorded hours", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_widens_the_bounds()
    {
        Organization(folder);
        Activities(120, _ => "3");
        Write("meta", "key,value", ["hours_coverage,0.5"]);
        // retention: half of the meetings' half of the hours, at least .3 x .5 = .15 and at most .35 of what is on record; of all hours .075 to .175 + .5
        Assert.Contains("keeping and educating members gets 8% to 68%", Read().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_left_is_not_for_ever()
    {
        Organization(folder);
        Members(60, p => (Day(p), ""));
        Activities(250, _ => "3");
        var (_, analysis, text) = Read();
        Assert.False(analysis.People!.Retention!.HalfLifeOfAll.Known);
        Assert.Contains("Fewer than half of all spells of membership are over", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", text, StringComparison.Ordinal);
        Assert.Contains("nobody left", analysis.People.RevolvingDoor!.HazardRatio.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void All_on_one_day_is_one_step()
    {
        Organization(folder);
        Members(60, _ => (Day(10), Day(20)));
        Activities(150, _ => "3");
        var people = Read().Analysis.People!;
        Assert.InRange(people.Retention!.HalfLifeOfAll.Value!.Value, 10, 10.2);
        Assert.Equal(60, people.RevolvingDoor!.Leavers);
    }

    [Fact]
    public void What_never_differs_reveals_nothing()
    {
        Organization(folder);
        Write("decision", "decision_id,date,kind,menu_complete,decider", Enumerable.Range(0, 80).Select(d => $"{d},{Day(d)},plan,true,c{d % 20}"));
        Write("alternative", "alternative_id,decision_id,chosen,is_status_quo", Enumerable.Range(0, 160).Select(a => $"{a},{a / 2},{(a % 2 == 0 ? "true" : "false")},false"));
        Write("alternative_attr", "alternative_id,attr_code,value,scored,coder", Enumerable.Range(0, 160).Select(a => $"{a},recruits,5,ex_ante,x"));
        Write("measure", "variable_code,unit_id,group_code,date,value", Enumerable.Range(0, 150).Select(w => $"members,0,,{Day(w)},100"));
        Write("shock", "shock_id,date,variable_code,size,external,anticipated,source", Enumerable.Range(1, 20).Select(s => $"{s},{Day(6 * s)},members,1,true,false,x"));
        Activities(150, _ => "3");
        var (_, analysis, text) = Read();
        Assert.Equal("never offered as a choice: it does not differ within menus", analysis.Choices[0].Of("recruits")!.Note);
        Assert.Equal("cannot be told", analysis.Shocks.Single(s => s.End == "recruiting").Word.Replace("indicative: ", "", StringComparison.Ordinal));
        Assert.Contains("never varies", text, StringComparison.Ordinal);
    }

    // no cell of fewer than five people, nor of ten complaints, in what is printed
    [Fact]
    public void Small_numbers_stay_unseen()
    {
        Organization(folder);
        Activities(300, _ => "3");
        Members(60, p => (Day(p), p < 3 ? Day(p + 120) : ""));
        Write("office", "office_id,level,seats,paid", ["1,national,3,false"]);
        Write("tenure", "tenure_id,office_id,person_id,start_date,observed_from,end_date", Enumerable.Range(0, 4).Select(t => $"{t},1,p{t},{Day(t)},{Day(t)},"));
        Write("complaint", "complaint_id,opened,opened_by,about,closed,outcome", Enumerable.Range(0, 7).Select(c => $"{c},{Day(30 + c)},p{10 + c},leader,,"));
        Write("activity_person", "activity_id,person_id,role,hours", Enumerable.Range(0, 60).Select(p => $"{p},p{p},participant,{(p < 2 ? 500 : 1)}"));
        var (_, analysis, text) = Read();
        // 3 of 60 left: a rate of 5% and the number of those who joined would give it away
        Assert.Null(analysis.People!.RevolvingDoor);
        Assert.Null(analysis.People.Retention);
        Assert.DoesNotMatch(@"\b5%\s+gone", text);
        Assert.Contains("fewer than 5 left", text, StringComparison.Ordinal);
        Assert.Contains("Fewer than 5 people do half", text, StringComparison.Ordinal);
        Assert.Contains("fewer than 5 held office", text, StringComparison.Ordinal);
        Assert.Contains("fewer than 10 complaints", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b3 left\b|\b7 complaints\b|\b2 people do\b", text);
        Assert.DoesNotMatch(@"\bp\d+\b(?!.*class)", string.Join(' ', analysis.People.Untold.Select(u => u.Why)));
        Assert.DoesNotContain("complaints", Read(new PurposeSettings { Voice = false }).Text.Replace("leaving or speaking up, and complaints (it was asked to be left out)", "", StringComparison.Ordinal).Replace("complaints (complaint)", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_that_are_lacking_are_lacking_in_what_each_line_needs()
    {
        Organization(folder);
        Activities(30, _ => "");
        string[] Lacks(string line) => [.. Read().Book.Needs.Single(n => n.Line == line).Lacks];
        Assert.Equal(["hours (hours_total)"], Lacks("effort"));
        Assert.Equal(["shock", "measure", "hours (hours_total)"], Lacks("defense"));
        Assert.Equal(["payment"], Lacks("money"));
        Activities(30, w => w % 3 == 0 ? "" : "3"); // 10 of 30 weeks, two activities each
        Assert.Equal(["hours of 20 of 60 activities (hours_total)"], Lacks("effort"));
        Assert.Contains("lacking hours of 20 of 60 activities (hours_total)", Read().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Spells_that_end_after_all_else_are_counted()
    {
        Organization(folder);
        Activities(100, _ => "3"); // the last on Monday of week 99
        Members(60, p => (Day(p), p < 7 ? Day(120 + p) : ""));
        var (book, _, text) = Read();
        Assert.Equal(Day(99), book.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Contains($"7 spells of membership end after the last date of all else, {Day(99)}; the last of them on {Day(126)}.", text, StringComparison.Ordinal);
        Write("meta", "key,value", [$"period_end,{Day(121)}"]);
        // Day(120) and Day(121) are inside: five remain
        Assert.Contains($"5 spells of membership end after the end that the book states, {Day(121)}; the last of them on {Day(126)}.", Read().Text, StringComparison.Ordinal);
        Write("meta", "key,value", [$"period_end,{Day(126)}"]);
        Assert.DoesNotContain("of membership end after", Read().Text, StringComparison.Ordinal);
    }

    private void Complaints(int count, Func<int, (string Response, string Closed, string Outcome)> fate) =>
        Write("complaint", "complaint_id,opened,opened_by,about,first_response,closed,outcome", Enumerable.Range(0, count).Select(c => fate(c) is var (response, closed, outcome) ? $"{c},{Day(c)},p{c},leader,{response},{closed},{outcome}" : ""));

    [Fact]
    public void Complaints_without_memberships_are_read()
    {
        Organization(folder);
        Complaints(40, c => c < 20 ? ("", Day(c + 4), "upheld") : ("", "", ""));
        Write("meta", "key,value", [$"period_end,{Day(200)}"]);
        var (book, analysis, text) = Read();
        // 20 of 40 are resolved after four weeks; each of the others is open for 160 weeks and more, so that a half is resolved within 26
        Assert.Equal((40, 20, 0, 20), (analysis.People!.Complaints!.Complaints, analysis.People.Complaints.Resolved, analysis.People.Complaints.Withdrawn, analysis.People.Complaints.Open));
        Assert.Equal(0.5, analysis.People.Complaints.ResolvedAtHorizon.Value!.Value, 1e-9);
        Assert.Contains("40 complaints: 50%", text, StringComparison.Ordinal);
        Assert.Contains("how long members stay (no spells of membership are recorded)", text, StringComparison.Ordinal);
        Assert.Contains("leaving or speaking up (no spells of membership are recorded)", text, StringComparison.Ordinal);
        Assert.Contains("who left before a complaint was closed, cannot be told", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b0 people\b|under 30", text);
        Assert.Equal(["membership", "tenure", "activity_person"], book.Needs.Single(n => n.Line == "people").Lacks);
    }

    [Fact]
    public void Offices_without_memberships_tell_who_stays_but_not_who_else_could_have_come()
    {
        Organization(folder);
        Write("office", "office_id,level,seats,paid", ["1,national,10,false"]);
        // ten in office for eight years, five of them for four and then followed by five others
        Write("tenure", "tenure_id,office_id,person_id,start_date,observed_from,end_date", Enumerable.Range(0, 15).Select(t => t < 5 ? $"{t},1,p{t},{Day(0)},{Day(0)}," : t < 10 ? $"{t},1,p{t},{Day(0)},{Day(0)},{Day(208)}" : $"{t},1,p{t},{Day(209)},{Day(209)},"));
        Write("meta", "key,value", [$"period_end,{Day(418)}"]);
        var (_, analysis, text) = Read();
        var top = analysis.People!.Entrenchment!;
        // at the end of eight years (52.18 weeks each), all ten are those of the year before, but in the one in which five gave way: (7 x 1 + 1/2) / 8
        Assert.Equal(8, top.Renewals.Count);
        Assert.Equal(7.5 / 8, top.KeptShare.Value!.Value, 1e-9);
        Assert.True(top.KeptShare.Low < 7.5 / 8);
        Assert.Equal((null, null, "it is not on record who else could have been chosen"), (top.Chance, top.Index.Value, top.Index.Why));
        Assert.Equal((null, "none to count"), (top.LeftByLeaving.Value, top.LeftByLeaving.Why)); // five ended, of none of which it is known
        Assert.Contains("how many would by lot is not known", text, StringComparison.Ordinal);
        Assert.Empty(analysis.People.Funnel);
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

    [Fact]
    public void Complaints_that_nobody_signed_are_nobodys_voice()
    {
        Organization(folder);
        Members(60, p => (Day(p), ""));
        Write("complaint", "complaint_id,opened,opened_by,about", Enumerable.Range(0, 40).Select(c => $"{c},{Day(c)},{(c < 3 ? "p1" : "")},leader"));
        var people = Read().Book.Data.People!;
        Assert.Equal(40, people.Complaints.Count);
        Assert.Equal(3, people.Voices.Count);
    }

    private void Measures(int weeks, Func<int, bool>? there = null, Func<int, string>? date = null) =>
        Write("measure", "variable_code,unit_id,group_code,date,value", Enumerable.Range(0, weeks).Where(there ?? (_ => true)).Select(w => $"members,0,,{(date ?? (i => Day(i)))(w)},{100 + (w * 37 % 11)}"));

    private void Shocks(params string[] shocks) => Write("shock", "shock_id,date,variable_code,size,external,anticipated,source", shocks.Select((s, i) => $"{i},{s},x"));

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
        Assert.Contains(book.Notes, n => n.StartsWith("1 spell of membership ends after the end that the book states", StringComparison.Ordinal)); // of the one in week 20 nothing is told
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
    public void A_coding_of_the_books_own_goes_with_the_usual_ends()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Write("kind_end", "kind_code,end_code,coder,weight,weight_min,weight_max", ["meeting,cause,me,1,1,1", "march,cause,me,1,1,1"]);
        Assert.Equal(1, Read().Analysis.Profile.Rows.Single(r => r.End.Code == "cause").Evidence.Effort!.Share, 9);
        Write("kind_end", "kind_code,end_code,coder,weight,weight_min,weight_max", ["meeting,cause,me,1,1,1", "march,glory,me,1,1,1"]);
        Assert.EndsWith("activity 'march' serves the end 'glory', which is not in the list of ends.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    // two organizations with a center each, 1 and 2, and a branch of the first, 3
    private void TwoOrganizations()
    {
        Write("organization", "organization_id,label", ["1,The Tenants", "2,The Others"]);
        Write("unit", "unit_id,organization_id,kind", ["1,1,center", "2,2,center", "3,1,branch"]);
    }

    private BookEvidence Of(int organization)
    {
        using var source = BookSource.Open(folder.Root);
        return BookReader.Read(source, Ends, [], organization);
    }

    [Fact]
    public void The_whole_of_an_organization_is_measured_once()
    {
        TwoOrganizations();
        Write("measure", "variable_code,unit_id,group_code,date,value", Enumerable.Range(0, 30).SelectMany(w => new[] { (0, 100), (1, 1), (2, 50), (3, 7) }.Select(u => $"members,{u.Item1},,{Day(w)},{u.Item2}")));
        Shocks($"{Day(5)},members,-5,true,false");
        Assert.Equal(Enumerable.Repeat(100.0, 30), Of(1).Data.Shocks.Single().Values);
        Assert.Equal(Enumerable.Repeat(50.0, 30), Of(2).Data.Shocks.Single().Values);
    }

    [Fact]
    public void Who_did_what_is_told_of_the_organization_asked_for()
    {
        TwoOrganizations();
        Write("activity", "activity_id,date,unit_id,kind_code,hours_source", [$"1,{Day(0)},3,meeting,logged", $"2,{Day(1)},2,meeting,logged", $"3,{Day(2)},1,meeting,logged"]);
        Write("activity_person", "activity_id,person_id,role,hours", ["1,p1,participant,1", "2,p1,participant,10", "3,p2,participant,2", "2,p3,participant,4"]);
        Assert.Equal([1.0, 2], Of(1).Data.People!.Contributions.Order());
        Assert.Equal([4.0, 10], Of(2).Data.People!.Contributions.Order());
    }

    [Fact]
    public void A_bot_has_no_voice()
    {
        Organization(folder);
        Write("person", "person_id,kind", ["p1,member", "p2,bot"]);
        Write("complaint", "complaint_id,opened,opened_by,about", Enumerable.Range(0, 8).Select(c => $"{c},{Day(c)},{(c < 5 ? "p1" : "p2")},leader"));
        Assert.Equal(5, Read().Book.Data.People!.Voices.Count);
    }

    [Fact]
    public void A_line_with_too_few_cells_says_so()
    {
        Organization(folder);
        Write("payment", "payment_id,date,direction,kind,amount_minor,currency", ["1,2010-01-04,in,dues,5,EUR", "2,2010-01-04,in"]);
        Assert.EndsWith("payment.csv, line 3: Expected Number of Columns: 6 Found: 3.", Assert.Throws<BookException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shocks_that_are_not_used_are_told_with_their_days_and_why()
    {
        Organization(folder);
        Activities(150, w => $"{1 + (w % 7)}");
        Measures(150);
        Shocks(
            $"{Day(50)},members,-5,true,false", $"{Day(60)},members,-5,true,false", // these are used
            $"{Day(70)},members,-5,false,false", $"{Day(80)},members,-5,true,true", $"{Day(81)},members,-5,true,true", $"{Day(90)},members,0,true,false", $"{Day(91)},members,,true,false",
            $"{Day(2)},members,-5,true,false", $"{Day(140)},members,-5,true,false", $"{Day(160)},members,-5,true,false", // 150 - 1 - 140 = 9 weeks after it
            $"{Day(50)},wins,-5,true,false", $"{Day(55)},weather,-5,true,false");
        var (_, analysis, text) = Read();
        var recruiting = analysis.Shocks.Single(s => s.End == "recruiting");
        Assert.Equal((2, 150, 0), (recruiting.Shocks, recruiting.Weeks, recruiting.Missing));
        Assert.Equal(
            [(70, "from inside"), (80, "seen coming"), (81, "seen coming"), (90, "of size 0"), (91, "without a size"), (2, "with fewer than 4 measures before it"), (140, "with fewer than 13 measures after it"), (160, "after the last measure")],
            recruiting.Unused.Select(u => ((int)Math.Round(u.Week), u.Why)));
        Assert.Contains($"2 seen coming ({Day(80)}, {Day(81)})", text, StringComparison.Ordinal);
        Assert.Contains($"1 without a size ({Day(91)})", text, StringComparison.Ordinal);
        // what was hit and not measured tells nothing, and says so
        var cause = analysis.Shocks.Single(s => s.End == "cause");
        Assert.Equal(("cannot be told", "its measure, wins, is not on record", null), (cause.Word, cause.Why, cause.Impact.Value));
        Assert.Equal("its measure, wins, is not on record", cause.Unused.Single().Why);
        Assert.Contains("cannot be told (its measure, wins, is not on record). Left out: 1 that nothing can be told of", text, StringComparison.Ordinal);
        Assert.Contains("1 of 12 shocks hit what no end is measured by, and are left out: weather.", text, StringComparison.Ordinal);
        using var output = new StringWriter();
        JsonOutput.Write(output, j => PurposeJson.Write(j, analysis));
        var json = JsonDocument.Parse(output.ToString()).RootElement.GetProperty("recordedShocks").EnumerateArray().Single(e => e.GetProperty("end").GetString() == "recruiting");
        Assert.Equal(0, json.GetProperty("periodsMissing").GetInt32());
        var coming = json.GetProperty("unused").EnumerateArray().Single(u => u.GetProperty("why").GetString() == "seen coming");
        Assert.Equal((2, "[80,81]"), (coming.GetProperty("shocks").GetInt32(), coming.GetProperty("weeks").GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("")));
    }

    [Fact]
    public void No_activity_is_no_answer_and_not_an_answer_of_0()
    {
        Organization(folder);
        Measures(150);
        Shocks([.. Enumerable.Range(1, 20).Select(s => $"{Day(6 * s)},members,-5,true,false")]);
        var shocks = Read().Analysis.Shocks.Single();
        Assert.Equal(("cannot be told", "no activity is on record that could have answered"), (shocks.Word, shocks.Why));
    }

    [Fact]
    public void Gaps_of_a_measure_are_counted_and_never_filled()
    {
        Organization(folder);
        Activities(300, w => $"{1 + (w % 7)}");
        Shocks([.. Enumerable.Range(1, 40).Select(s => $"{Day(7 * s)},members,-5,true,false")]); // weeks 7, 14 .. 280
        Measures(300, w => w is < 80 or >= 100 && w != 120);
        var (_, analysis, text) = Read();
        var shocks = analysis.Shocks.Single();
        // missing: weeks 80 to 99 and week 120, 21; the longest stretch is 121 to 299, 179 of 300
        Assert.Equal((21, 179), (shocks.Missing, shocks.Weeks));
        Assert.Contains("In between 21 periods have no measure; none is filled in", text, StringComparison.Ordinal);
        // in the gap: 84, 91, 98; before it or between the gaps: 7 .. 77 (11), 105, 112, 119; in the stretch 126 .. 280, of which the last must be at 299 - 13 = 286: all
        Assert.Equal((3, 14), (shocks.Unused.Count(u => u.Why == "in a gap of the measure"), shocks.Unused.Count(u => u.Why == "on the other side of a gap in the measure")));
        Assert.Equal((17, 23), (shocks.Unused.Count, shocks.Shocks));

        Measures(300, w => w % 100 is < 50 or >= 60);
        // missing 3 x 10; stretches 0 .. 49, 60 .. 149, 160 .. 249, 260 .. 299: the longest, 90, is less than half of 300
        shocks = Read().Analysis.Shocks.Single();
        Assert.Equal(("cannot be told", "of 300 periods 30 have no measure, and the longest stretch without a gap has 90: less than half", 30), (shocks.Word, shocks.Why, shocks.Missing));
        Assert.Equal((40, null), (shocks.Unused.Count, shocks.Impact.Value));
    }

    [Fact]
    public void Months_are_no_gaps_and_none_is_lost()
    {
        Organization(folder);
        Activities(520, w => $"{1 + (w % 7)}");
        Shocks([.. Enumerable.Range(1, 20).Select(s => $"{Day(20 * s)},members,-5,true,false")]);
        Measures(120, date: m => new DateOnly(2010, 1, 31).AddMonths(m).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var shocks = Read().Analysis.Shocks.Single();
        Assert.Equal((120, 0), (shocks.Weeks, shocks.Missing));
        Measures(120, m => m is not (30 or 31), m => new DateOnly(2010, 1, 31).AddMonths(m).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        shocks = Read().Analysis.Shocks.Single();
        Assert.Equal((88, 2), (shocks.Weeks, shocks.Missing)); // months 32 to 119
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
