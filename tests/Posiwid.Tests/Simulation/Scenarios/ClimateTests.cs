using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public class ClimateTests
{
    private static readonly Scenario Iso = ScenarioFile.Read(TestScenario.Iso, Posiwid.Tests.Simulation.Engine.Iso.Mechanisms);

    private static readonly DataFiles Files = new(TestScenario.Iso);

    [Fact]
    public void The_files_of_the_flagship_scenario_are_read()
    {
        var climate = Climate.Load(Iso, Files);
        Assert.Equal(96, climate.Stoppages.At(new(1982, 7, 1)));
        Assert.Equal(9.7, climate.Unemployment.At(new(1982, 7, 1)));
        Assert.Equal(12096895, climate.Enrollment.At(new(1980, 7, 1)));
        Assert.DoesNotContain(1982, climate.UnionDensity.Years);
        Assert.Contains("unemployment: last value 2023 held to 2025", climate.Notes);
        Assert.Contains("union density: 1 year without a figure interpolated", climate.Notes);
    }

    /// <summary>
    /// By hand: 10 April 1985 is day 2949 after 14 March 1977, so week 421 (421 x 7 = 2947); 23 May is day 2992, week 427: 7 weeks.
    /// Between 4,000 and 10,000 people: the square root of 4,000 x 10,000 is 6,324.6.
    /// </summary>
    [Fact]
    public void A_moment_has_its_weeks_and_the_geometric_mean_of_its_counts()
    {
        var moments = Climate.Load(Iso, Files).Moments;
        var sitIn = Assert.Single(moments, m => m.Name == "Anti-apartheid sit-in at Berkeley");
        Assert.Equal((421, 7, "occupation"), (sitIn.Week, sitIn.Weeks, sitIn.Kind));
        Assert.Equal(6324.6, sitIn.Participants!.Value, 1);
        Assert.Null(Assert.Single(moments, m => m.Name == "Trump elected").Participants);
        Assert.Equal(moments.Select(m => m.Week).Order(), moments.Select(m => m.Week));
    }

    [Theory]
    [InlineData("2000-01-05,,a,march,,", 0, 1)]              // a day: its week
    [InlineData("2000-01-16,,a,march,,", 1, 1)]              // a Sunday belongs to the week of the Monday before
    [InlineData("2000-02,,a,march,,", 6, 1)]                 // a month: its middle, 15 February
    [InlineData("2000,,a,march,,", 25, 1)]                   // a year: its middle, 1 July (day 180)
    [InlineData("2000-02,2000-03,a,march,,", 4, 9)]          // 1 February (day 29) to 31 March (day 88): weeks 4 to 12
    [InlineData("1999-12-01,2000-01-12,a,march,,", 0, 2)]    // what came before the start is cut off
    [InlineData("2000-12-20,2001-03,a,march,,", 50, 2)]      // what comes after the end too
    public void Dates_are_as_precise_as_their_source(string row, int week, int weeks)
    {
        var moment = Assert.Single(Read(row));
        Assert.Equal((week, weeks), (moment.Week, moment.Weeks));
    }

    [Theory]
    [InlineData("1999-12-31,,a,march,,")]
    [InlineData("2001,,a,march,,")]
    public void Moments_outside_the_run_are_left_out(string row) => Assert.Empty(Read(row));

    [Theory]
    [InlineData("2000-13,,a,march,,", "m.csv:2:1: date_start: '2000-13' is not a date; write yyyy, yyyy-mm or yyyy-mm-dd")]
    [InlineData(",,a,march,,", "m.csv:2:1: date_start: the date is missing")]
    [InlineData("2000-03,2000-01,a,march,,", "m.csv:2:9: date_end: the end lies before the start")]
    [InlineData("2000,,\"a, b\",march,9,2", "m.csv:2:22: participants_high_count: the highest count is below the lowest")]
    [InlineData("2000,,a,march,-9,2", "m.csv:2:15: participants_low_count: a count cannot be negative")]
    public void A_bad_moment_is_named_with_line_and_column(string row, string error) =>
        Assert.Equal(error, Assert.Single(Assert.Throws<ScenarioException>(() => Read(row)).Errors).ToString());

    [Fact]
    public void Overlays_carry_the_scenario_s_names_and_the_sources()
    {
        var overlay = Overlay.Load(Iso, Files);
        Assert.Equal(["iso", "dsa"], overlay.Membership.Select(m => m.Organization).Distinct());
        var merger = Assert.Single(overlay.Membership, m => m.Measure == "members at the merger");
        Assert.Equal((new DateOnly(1982, 3, 20), 6000.0, 6000.0, "high", "S42"), (merger.Date.First, merger.Low!.Value, merger.High!.Value, merger.Reliability, merger.Source));
        Assert.Null(Assert.Single(overlay.Membership, m => m.Measure.StartsWith("upper bound", StringComparison.Ordinal)).Low);
        Assert.Equal("S29", Assert.Single(overlay.Facts, f => f.Category == "founding").Source);
    }

    [Fact]
    public void Without_an_overlay_there_is_nothing_to_draw() => Assert.Empty(Overlay.Load(Iso with { Overlay = null }, Files).Membership);

    private static IReadOnlyList<MovementMoment> Read(string row)
    {
        using var folder = new TempFolder();
        folder.Write("m.csv", "date_start,date_end,name,kind,participants_low_count,participants_high_count\n" + row + "\n");
        return MovementMoments.Read("m.csv", new(2000, 1, 3), new(2000, 12, 31), new(folder.File("x.yaml")));
    }
}
