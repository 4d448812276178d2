using System.Text.Json;
using Posiwid.App.Commands;
using Posiwid.Purpose;

namespace Posiwid.Tests.Purpose;

/// <summary>The people in the JSON of a profile: what the page tells of them is there, and what may not be told is not.</summary>
public sealed class PeopleJsonTests : BookTests
{
    private (PeopleFlow Flow, JsonElement Json) People(PurposeSettings? settings = null)
    {
        var analysis = Read(settings).Analysis;
        return (analysis.People!, JsonDocument.Parse(Json(analysis)).RootElement.GetProperty("people"));
    }

    private void Offices(int holders, Func<int, (string Start, string End)> times)
    {
        Write("office", "office_id,level,seats,paid", ["1,national,9,false"]);
        Write("tenure", "tenure_id,office_id,person_id,start_date,observed_from,end_date", Enumerable.Range(0, holders).Select(i => times(i) is var (start, end) ? $"{i},1,p{50 - i},{start},{start},{end}" : ""));
    }

    private void Voices(int count, int week) => Write("complaint", "complaint_id,opened,opened_by,about", Enumerable.Range(0, count).Select(i => $"{i},{Day(week)},p{10 + i},policy"));

    private static (double?, double?, double?) Figures(JsonElement line)
    {
        double? At(string key) => line.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
        return (At("value"), At("low"), At("high"));
    }

    private static (double?, double?, double?) Rounded(Estimate e)
    {
        static double? Of(double? v) => v is { } number ? JsonOutput.Round(number) : null;
        return (Of(e.Value), Of(e.Low), Of(e.High));
    }

    private static JsonElement Stay(JsonElement people, string of) => people.GetProperty("medianStay").EnumerateArray().Single(m => m.GetProperty("of").GetString() == of).GetProperty("weeks");

    private static string Why(JsonElement line) => line.GetProperty("value").ValueKind == JsonValueKind.Null ? line.GetProperty("why").GetString()! : "it is known";

    // three spells, of none of which the start is known: how few they are is not told
    [Fact]
    public void Few_spells_without_a_start_are_not_counted_out()
    {
        Write("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason", Enumerable.Range(0, 3).Select(i => $"{i},p{i},{Day(0)},unknown,{Day(0)},,"));
        Voices(12, 5);
        Assert.Equal("of none of fewer than 5 spells the start is known", People().Flow.WhyNoMembers);
    }

    // 25 of 60 complain; three of them leave, or stay: those three could be made out
    [Theory]
    [InlineData(3)]
    [InlineData(22)]
    public void Few_who_left_or_stayed_after_a_complaint_are_not_told(int left)
    {
        Organization(folder);
        Activities(400, _ => "3");
        Members(60, p => (Day(0), p < 10 + left || p >= 35 ? Day(10 + p) : ""));
        Voices(25, 5);
        var after = People().Json.GetProperty("exitAfterComplaint");
        Assert.Equal((JsonValueKind.Null, "fewer than 5 did, or did not: single ones could be made out"), (after.GetProperty("value").ValueKind, after.GetProperty("why").GetString()));
    }

    // 60 join together; 30 are gone within weeks 10 to 39, the last of them 39 weeks and a day after; ten of the other 30 hold office from week 60 on; 20 of those who go have complained in week 5, and five of those who stay
    [Fact]
    public void Leaving_after_complaints_the_way_in_and_the_median_stay()
    {
        Organization(folder);
        Activities(400, _ => "3");
        Members(60, p => (Day(0), p < 30 ? Day(10 + p) : ""));
        Offices(10, _ => (Day(60), ""));
        Voices(25, 5);
        var (flow, json) = People();

        var after = json.GetProperty("exitAfterComplaint");
        Assert.Equal(Rounded(flow.ExitAndVoice!.ExitAfterComplaint), Figures(after));
        Assert.True(after.GetProperty("low").GetDouble() > 1, $"{after}");

        var funnel = json.GetProperty("funnel").EnumerateArray().ToList();
        Assert.Equal(["joined", "stayed a year"], funnel.Select(s => s.GetProperty("from").GetString()));
        Assert.Equal(["stayed a year", "took office"], funnel.Select(s => s.GetProperty("to").GetString()));
        Assert.Equal([60, 30], funnel.Select(s => s.GetProperty("base").GetInt32()));
        Assert.Equal(flow.Funnel.Select(s => Rounded(s.Share)), funnel.Select(s => Figures(s.GetProperty("share"))));
        Assert.Equal([0.5, 0.333333], funnel.Select(s => s.GetProperty("share").GetProperty("value").GetDouble()));
        Assert.False(json.TryGetProperty("funnelWhy", out _));

        Assert.Equal(JsonOutput.Round(39 + (1 / 7.0)), Figures(Stay(json, "first time")).Item1);
        Assert.Equal(Figures(json.GetProperty("halfLifeWeeks")), Figures(Stay(json, "first time"))); // nobody came back
        Assert.Equal("nobody came back", Why(Stay(json, "came back")));
        Assert.Equal("not reached", Why(Stay(json, "in office")));
    }

    // 3 of 60 leave in their first year; of ten in office six have just begun, so that the median of the times in office would be that of four
    [Fact]
    public void Few_are_not_told()
    {
        Organization(folder);
        Activities(400, _ => "3");
        Members(60, p => (Day(0), p < 3 ? Day(20) : ""));
        Offices(10, t => t < 6 ? (Day(394), "") : (Day(0), t < 9 ? Day(100 + t) : ""));
        Voices(3, 5);
        var (flow, json) = People();
        var hidden = json.GetProperty("funnel").EnumerateArray().Single(s => s.GetProperty("from").GetString() == "joined");
        Assert.Equal(JsonValueKind.Null, hidden.GetProperty("base").ValueKind);
        Assert.Contains("fewer than 5", hidden.GetProperty("baseWhy").GetString(), StringComparison.Ordinal);
        Assert.Contains("fewer than 5", Why(hidden.GetProperty("share")), StringComparison.Ordinal);
        Assert.Contains("fewer than 10 complaints", Why(json.GetProperty("exitAfterComplaint")), StringComparison.Ordinal);
        Assert.Contains("fewer than 5 left", Why(json.GetProperty("halfLifeWeeks")), StringComparison.Ordinal);
        Assert.Contains("fewer than 5 left", Why(Stay(json, "first time")), StringComparison.Ordinal);
        Assert.True(flow.Entrenchment!.Tenures!.Median.Known);
        Assert.Equal("fewer than 5 are left by then", Why(Stay(json, "in office")));
    }

    // as a book of 29, of whom six led for eight years and 24 complaints were resolved after four weeks; the same with one member more
    [Theory]
    [InlineData(29, "records", false)]
    [InlineData(30, "records", true)]
    [InlineData(29, "simulated", true)]
    public void Of_a_small_organization_offices_and_complaints_are_not_told(int people, string source, bool told)
    {
        const string small = "under 30 people: single persons could be made out";
        Organization(folder);
        Write("meta", "key,value", [$"source,{source}"]);
        Activities(420, _ => "3");
        Members(people, _ => (Day(0), ""));
        Write("office", "office_id,level,seats,paid", ["1,national,6,false"]);
        Write("tenure", "tenure_id,office_id,person_id,start_date,observed_from", Enumerable.Range(0, 6).Select(i => $"{i},1,p{i},{Day(0)},{Day(0)}"));
        Complaints(24, c => ("", Day(c + 4), "upheld"));
        var (flow, json) = People();
        Assert.Equal((told, told), (flow.Entrenchment is not null, flow.Complaints is not null));
        Assert.Equal((told, told), (json.TryGetProperty("keptOffice", out _), json.TryGetProperty("complaints", out _)));
        Assert.Equal(told ? "not reached" : small, Why(Stay(json, "in office")));
        Assert.Equal(!told, flow.Untold.Contains(("what becomes of complaints", small)));
        Assert.Equal(!told, flow.Untold.Contains(("whether the same people stay on top", small)));
        Assert.Equal(told, flow.Retention is not null);
    }

    // 100 join together; two are gone after 20 weeks and a day, seven after 100 to 106 weeks and a day, one after 200; ten of the others hold office from week 60 on
    [Theory]
    [InlineData("records")]
    [InlineData("simulated")]
    public void What_few_did_cannot_be_had_by_subtraction(string source)
    {
        Organization(folder);
        Write("meta", "key,value", [$"source,{source}"]);
        Activities(400, _ => "3");
        Members(100, p => (Day(0), p < 2 ? Day(20) : p < 10 ? Day(p < 9 ? 98 + p : 200) : ""));
        Offices(10, _ => (Day(60), ""));
        var (flow, json) = People();
        Assert.Equal((100, 10), (json.GetProperty("joiners").GetInt32(), json.GetProperty("leavers").GetInt32()));
        var funnel = json.GetProperty("funnel").EnumerateArray().ToList();
        Assert.Equal(["joined", "stayed a year"], funnel.Select(s => s.GetProperty("from").GetString()));
        var curve = flow.Retention!.First!;
        if (source == "simulated")
        {
            // nobody is in it
            Assert.Equal((0.98, 0.02), (json.GetProperty("lastsAYear").GetProperty("value").GetDouble(), json.GetProperty("firstYearLoss").GetProperty("value").GetDouble()));
            Assert.Equal([100, 98], funnel.Select(s => s.GetProperty("base").GetInt32()));
            Assert.Equal(0.98, flow.StillThere(curve, 52).Value!.Value, 12);
            return;
        }

        Assert.All(new[] { "lastsAYear", "firstYearLoss", "hazardRatio" }, k => Assert.Contains("fewer than 5", Why(json.GetProperty(k)), StringComparison.Ordinal));
        Assert.All(funnel, s => Assert.Equal(JsonValueKind.Null, s.GetProperty("base").ValueKind));
        Assert.Equal("the step before it could be had by subtraction", Why(funnel[1].GetProperty("share")));
        // before week 20 nobody is gone; then two, until week 102 and a day, by which 2 + 3 are
        Assert.Equal(1, flow.StillThere(curve, 20).Value);
        Assert.Contains("fewer than 5", flow.StillThere(curve, 52).Why, StringComparison.Ordinal);
        Assert.False(flow.StillThere(curve, 102).Known);
        Assert.Equal(0.95, flow.StillThere(curve, 102.5).Value!.Value, 12);
        Assert.DoesNotContain("98%", Read().Text, StringComparison.Ordinal);
    }

    // of 30 who join in each of four years 10, 2, 6 and 8 are gone within a year; without the 2 alone, all less the others would give them away: 26 - 24
    [Fact]
    public void A_year_of_joining_cannot_be_had_from_the_others()
    {
        Organization(folder);
        Activities(400, _ => "3");
        int[] gone = [10, 2, 6, 8];
        Members(120, p => (Day(53 * (p / 30)), p % 30 < gone[p / 30] ? Day((53 * (p / 30)) + 10) : ""));
        var (_, analysis, text) = Read();
        var flow = analysis.People!;
        Assert.Equal([(2010, 30), (2013, 30)], flow.Cohorts.Select(c => (c.Year, c.Joiners)));
        Assert.Equal(20 / 30.0, flow.StillThere(flow.Cohorts[0].Curve!, 52).Value!.Value, 1e-9);
        Assert.Equal(22 / 30.0, flow.StillThere(flow.Cohorts[1].Curve!, 52).Value!.Value, 1e-9);
        Assert.Contains("Years are left out of which fewer than 5 left or stayed", text, StringComparison.Ordinal);
        Assert.Equal(94 / 120.0, flow.Retention!.YearOfAll.Value!.Value, 1e-9);
    }

    // of 40 complaints 33 are resolved after four weeks, the others after sixty; 7 open after half a year are fewer than 10
    [Fact]
    public void Few_open_complaints_are_not_told()
    {
        Organization(folder);
        Complaints(40, c => ("", Day(c + (c < 33 ? 4 : 60)), "upheld"));
        Write("meta", "key,value", [$"period_end,{Day(200)}"]);
        var json = People().Json;
        Assert.Equal(40, json.GetProperty("complaints").GetInt32());
        Assert.Contains("fewer than 10", Why(json.GetProperty("resolvedInHalfAYear")), StringComparison.Ordinal);
    }

    // 58 of 60 members did something: the two coefficients, or 60 less 58, would tell that two did nothing
    [Fact]
    public void How_few_did_nothing_is_not_told()
    {
        Organization(folder);
        Activities(60, _ => "3");
        Members(60, p => (Day(0), ""));
        Write("activity_person", "activity_id,person_id,role,hours", Enumerable.Range(0, 58).Select(p => $"{p},p{p},participant,1"));
        var (_, analysis, text) = Read();
        Assert.Contains("of those who do anything", text, StringComparison.Ordinal);
        Assert.Contains("fewer than 5", analysis.People!.Core!.Members.Gini.Why, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b58\b people|of 58\b", text);
    }

    [Fact]
    public void What_cannot_be_told_says_why()
    {
        Organization(folder);
        Activities(400, _ => "3");
        Members(60, p => (Day(0), p < 30 ? Day(10 + p) : ""));
        Voices(15, 5);
        var json = People(new PurposeSettings { Voice = false }).Json;
        Assert.Equal("it was asked to be left out", Why(json.GetProperty("exitAfterComplaint")));
        Assert.Equal(0, json.GetProperty("funnel").GetArrayLength());
        Assert.Equal("no times in elected office are recorded", json.GetProperty("funnelWhy").GetString());
        Assert.Equal("no times in elected office are recorded", Why(Stay(json, "in office")));
        Assert.True(Figures(Stay(json, "first time")).Item1 > 0);
    }
}
