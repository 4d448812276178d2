using System.Globalization;
using System.Text.Json;

namespace Posiwid.Tests.Purpose;

/// <summary>Books with blows from outside: which are looked at, which are not and why, and what gaps of a measure do.</summary>
public sealed class RecordedBlowsTests : BookTests
{
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
        var json = JsonDocument.Parse(Json(analysis)).RootElement.GetProperty("recordedShocks").EnumerateArray().Single(e => e.GetProperty("end").GetString() == "recruiting");
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

    // hours and blows of each week stand on its days; the same values are measured on its Sunday or on the Monday after it. A simulated book writes all three under the week's own Monday
    [Fact]
    public void What_is_measured_at_the_end_of_a_week_is_the_same_on_Sunday_and_on_Monday()
    {
        var weeks = Enumerable.Range(1, 20).Select(s => 6 * s).ToList();
        (double?, double?, double?, double?, string, int) Told(string source, double measured, double hit)
        {
            Write("meta", "key,value", [$"source,{source}"]);
            Measures(150, date: w => Day(w + measured));
            Shocks([.. weeks.Select((w, i) => $"{Day(w + hit)},members,{-5 + (i % 3)},true,false")]);
            var shocks = Read().Analysis.Shocks.Single();
            return (shocks.Impact.Value, shocks.Effect.Value, shocks.Action[^1].Response.Value, shocks.Quantity[^1].Response.Value, shocks.Word, shocks.Shocks);
        }

        Organization(folder);
        Activities(150, w => $"{1 + (w * w % 7)}");
        var sunday = Told("records", 0.9, 0.3); // .9 of a week on is a Sunday, .3 a Wednesday
        Assert.NotNull(sunday.Item2);
        Assert.Equal(sunday, Told("records", 1, 0.3));
        Assert.Equal(sunday, Told("simulated", 0, 0));
        // the book begins on a Tuesday, so that Sunday is the sixth day of its weeks
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source", Enumerable.Range(0, 150).SelectMany(w => new[] { "meeting", "march" }.Select((kind, k) => $"{(2 * w) + k},{Day(w + 0.2)},{kind},{1 + (w * w % 7)},logged")));
        Assert.Equal(sunday, Told("records", 0.9, 0.3));
    }

    [Fact]
    public void A_blow_belongs_to_the_first_measure_after_it()
    {
        Organization(folder);
        Activities(520, w => $"{1 + (w % 7)}");
        Measures(120, date: m => new DateOnly(2010, 2, 1).AddMonths(m).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        // measured on the first of February to May: before June there are four. 10 May is nearer to 1 May, which has three before it; 1 May is that measure's
        Shocks("2010-05-10,members,-5,true,false", "2010-05-01,members,-5,true,false", "2012-03-10,members,-5,true,false");
        Assert.Equal("with fewer than 4 measures before it", Read().Analysis.Shocks.Single().Unused.Single().Why);
        Assert.Equal(2, Read().Analysis.Shocks.Single().Shocks);
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
}
