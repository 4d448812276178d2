using System.Globalization;
using Posiwid.Purpose;
using Posiwid.Records;

namespace Posiwid.Tests.Purpose;

/// <summary>Books that lack something or are odd: each line says what it cannot tell and why, and no number is printed that is not there.</summary>
public sealed class BadBooksTests : BookTests
{
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
        Assert.Contains("Left out are fewer than 5 times in paid office:", text, StringComparison.Ordinal);
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
    public void Of_no_hours_no_share_is_of_kinds_that_are_not_coded()
    {
        Organization(folder);
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source", Enumerable.Range(0, 30).Select(w => $"{w},{Day(w)},{(w % 2 == 0 ? "meeting" : "chess")},0,logged"));
        var (book, _, text) = Read(); // no NaN is printed
        Assert.DoesNotContain(book.Notes, n => n.Contains("of what is recorded", StringComparison.Ordinal));
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
        Assert.Contains("After the last date of all else 7 spells of membership end.", text, StringComparison.Ordinal);
        Write("meta", "key,value", [$"period_end,{Day(121)}"]);
        Members(61, p => p == 60 ? (Day(122), Day(125)) : (Day(p), p < 7 ? Day(120 + p) : ""));
        // Day(120) and Day(121) are inside: five remain, and of the one who came after nothing is told
        Assert.Contains($"After the end that the book states, {Day(121)}, 5 spells of membership end.", Read().Text, StringComparison.Ordinal);
        Write("meta", "key,value", [$"period_end,{Day(126)}"]);
        Assert.DoesNotContain("spells of membership end.", Read().Text, StringComparison.Ordinal);
    }

    // one spell ends after all else, of two nobody knows when they began, one office is paid: the notes tell no number and no day
    [Fact]
    public void Notes_tell_no_small_number_and_nobodys_day()
    {
        Organization(folder);
        Activities(100, _ => "3");
        Write("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason",
            Enumerable.Range(0, 60).Select(p => $"{p},p{p},{Day(p)},{(p is 8 or 9 ? "unknown" : "day")},{Day(p)},{(p == 0 ? Day(123) + ",resigned" : ",")}"));
        Write("office", "office_id,level,seats,paid", ["1,national,1,true"]);
        Write("tenure", "tenure_id,office_id,person_id,start_date,observed_from", [$"1,1,p1,{Day(0)},{Day(0)}"]);
        var (book, _, text) = Read();
        Assert.Contains("After the last date of all else fewer than 5 spells of membership end. The records are taken to end there, and those spells to go on.", book.Notes);
        Assert.Contains("Of fewer than 5 spells nobody knows when they began: they are no durations, and who had one has not joined; they count among the members and those who left.", book.Notes);
        Assert.Contains("Left out are fewer than 5 times in paid office: whether the same people stay on top is asked of those who are elected.", book.Notes);
        Assert.DoesNotContain(Day(123), text, StringComparison.Ordinal);
    }

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
    public void Aims_are_those_of_the_organization_that_the_book_is_about()
    {
        TwoOrganizations();
        Write("activity", "activity_id,date,unit_id,kind_code,hours_total,hours_source", [$"1,{Day(0)},3,meeting,1,logged", $"2,{Day(1)},2,meeting,1,logged"]);
        Write("stated_goal", "goal_id,end_code,rank,source,valid_from", ["1,cause,1,statutes,2000-01-01"]);
        Assert.Equal("cause", Assert.Single(Of(1).Data.Said).End);
        var other = Of(2);
        Assert.Empty(other.Data.Said);
        Assert.Contains("The aims in the book are those of the organization that it is about, and are left out.", other.Notes);
        Assert.Equal(["stated_goal"], other.Needs.Single(n => n.Line == "said and done").Lacks);
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

    // 30 of 60 who leave complain, of 90 who are there, and so do 12 of the 30 who stay. On the last day nobody's complaint comes before an exit, and on that of the records it is still a member's. A day earlier, and with
    // the 12 from the tenth week on, each of the 30 is one of 13 who have complained when he or she leaves, among 77 to 48 who have not: about 13 h / (13 h + 62) of each exit, and 12 h / (12 h + 32) of the 30 others. That
    // these sum to the 30 makes h between 3 and 4
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_complaint_on_the_day_of_leaving_does_not_come_before_it(int daysBefore, bool drivesOut)
    {
        Organization(folder);
        Activities(150, _ => "3");
        string Date(int p, int before) => new DateOnly(2010, 1, 4).AddDays((7 * 20) + (11 * p) - before).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Members(90, p => (Day(0), p < 60 ? Date(p, 0) : ""));
        Write("complaint", "complaint_id,opened,opened_by,about", Enumerable.Range(0, 42).Select(c => $"{c},{(c < 30 ? Date(c, daysBefore) : Day(drivesOut ? 10 : 149))},p{(c < 30 ? c : c + 30)},leader"));
        Write("meta", "key,value", [$"period_end,{Day(149)}"]);
        var both = Read().Analysis.People!.ExitAndVoice!;
        Assert.Equal((60, 42, 0, 30), (both.Exits, both.Voices, both.Outside, both.LeaversAfterVoice));
        if (drivesOut)
            Assert.InRange(both.ExitAfterComplaint.Value!.Value, 3, 4);
        else
            Assert.Equal("the covariate does not vary", both.ExitAfterComplaint.Why);
    }

    [Fact]
    public void A_bot_has_no_voice()
    {
        Organization(folder);
        Write("person", "person_id,kind", ["p1,member", "p2,bot"]);
        Write("complaint", "complaint_id,opened,opened_by,about", Enumerable.Range(0, 8).Select(c => $"{c},{Day(c)},{(c < 5 ? "p1" : "p2")},leader"));
        Assert.Equal(5, Read().Book.Data.People!.Voices.Count);
    }
}
