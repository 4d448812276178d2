using Posiwid.Purpose;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Claims;

/// <summary>Figures worked out by hand on made-up runs: 1977-03-14 is week 0, samples are taken in weeks 3, 7, 11 and so on.</summary>
public class RunFiguresTests
{
    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    private static readonly RunFigures Figures = new(Iso.Setting, Ends);

    private static readonly Dictionary<string, int> Rows = MeasureCatalog.Of(Iso.Setting.Scenario).Select((m, i) => (m.Id, i)).ToDictionary(m => m.Id, m => m.i);

    private static readonly int Samples = MeasureRecorder.SampleWeeks(Iso.Setting).Count;

    /// <summary>A run of which only what is given is known; a value holds from its sample until the next one given.</summary>
    private static RunResult Run(int? ended, (string Measure, float[] Values)[] measures, params RunEvent[] events)
    {
        var values = Rows.Select(_ => Enumerable.Repeat(float.NaN, Samples).ToArray()).ToArray();
        foreach (var (measure, given) in measures)
        {
            for (var s = 0; s < Samples && (ended is null || (4 * s) + 3 < ended); s++)
                values[Rows[measure]][s] = given[Math.Min(s, given.Length - 1)];
        }

        return new RunResult { Run = 0, Seed = 1, Fate = ended is null ? Fate.Alive : Fate.Dissolved, EndedWeek = ended, Values = values, Events = events, StateHash = 0 };
    }

    private static double Of(FigureSpec figure, RunResult run, CodingBound? coding = null) => Assert.Single(Figures.Of(figure, run, coding));

    private static RunEvent Event(int week, string kind, double value = 0, string note = "", int unit = 0, string organization = "iso") => new(week, kind, organization, unit, value, note);

    private static readonly DateOnly FirstYearEnd = new(1977, 5, 8); // two samples: weeks 3 and 7 begin on 4 April and 2 May

    [Fact]
    public void Means_totals_and_quotients()
    {
        var run = Run(null, [("led", [1, 3, 100]), ("members", [10, 30, 100])]);
        Assert.Equal(2, Of(new() { Of = ["led"], To = FirstYearEnd }, run)); // (1 + 3) / 2
        Assert.Equal(16, Of(new() { Take = Take.Total, Of = ["led"], To = FirstYearEnd }, run)); // 4 weeks x (1 + 3)
        Assert.Equal(0.1, Of(new() { Of = ["led"], Per = ["members"], To = FirstYearEnd }, run), 9); // (1/10 + 3/30) / 2
        Assert.Equal(5.2, Of(new() { Take = Take.Total, Of = ["led"], Per = ["members"], Times = 52, To = FirstYearEnd }, run), 9); // 52 x 4 / 40
        Assert.Equal(18, Of(new() { Of = ["members", "-led"], To = FirstYearEnd }, run)); // (9 + 27) / 2
        Assert.Equal(0.5, Of(new() { Take = Take.Variation, Of = ["members"], To = FirstYearEnd }, run), 9); // sd 10 over mean 20
        Assert.Equal(20, Of(new() { Take = Take.Range, Of = ["members"], To = FirstYearEnd }, run));
    }

    [Fact]
    public void What_it_is_divided_by_can_be_taken_earlier()
    {
        var run = Run(null, [("stayed.two_years", [0, 3, 6]), ("joins", [10, 20, 100])]);
        // weeks 7 and 11 over weeks 3 and 7: (3 + 6) / (10 + 20); week 3 has nothing before it
        Assert.Equal(0.3, Of(new() { Take = Take.Total, Of = ["stayed.two_years"], Per = ["joins"], PerEarlier = 4, To = new(1977, 6, 5) }, run), 9);
    }

    [Fact]
    public void An_organization_that_has_ended_has_nobody_and_no_shares()
    {
        var run = Run(20, [("members", [50]), ("belief", [0.4f])]);
        FigureSpec in1978 = new() { Of = ["members"], From = new(1978, 1, 1), To = new(1978, 12, 31) };
        Assert.Equal(0, Of(in1978, run));
        Assert.Equal(double.NaN, Of(in1978 with { Of = ["belief"] }, run));
        Assert.Equal(0, Of(new() { Take = Take.At, Of = ["members"], Day = new(1980, 1, 1) }, run));
        Assert.Equal(50, Of(new() { Take = Take.At, Of = ["members"], Day = new(1977, 5, 8) }, run));
        Assert.Equal((1, 0), (Of(new() { Take = Take.Alive, Day = new(1977, 7, 25) }, run), Of(new() { Take = Take.Alive, Day = new(1977, 8, 1) }, run))); // weeks 19 and 20
    }

    [Fact]
    public void Extremes_are_those_of_years()
    {
        var calendar = Iso.Setting.Calendar;
        var run = Run(null, [("members", [.. Enumerable.Range(0, Samples).Select(s => calendar.Date((4 * s) + 3).Year == 1979 ? s % 2 == 0 ? 100f : 300 : 150)])]);
        var year = Enumerable.Range(0, Samples).Where(s => calendar.Date((4 * s) + 3).Year == 1979).Select(s => s % 2 == 0 ? 100.0 : 300).Average();
        Assert.Equal(year, Of(new() { Take = Take.Most, Of = ["members"] }, run), 9);
        Assert.Equal(150, Of(new() { Take = Take.Least, Of = ["members"] }, run), 9);
    }

    [Fact]
    public void An_elasticity_is_the_exponent_of_a_power()
    {
        var climate = Enumerable.Range(0, Samples).Select(s => 0.1f + (0.01f * (Iso.Setting.Calendar.Date((4 * s) + 3).Year - 1977))).ToArray();
        var run = Run(null, [("climate.struggle", climate), ("hours.strike_support", [.. climate.Select(c => 100 * MathF.Pow(c, 0.5f))]), ("members", [100])]);
        Assert.Equal(0.5, Of(new() { Take = Take.Elasticity, Of = ["hours.strike_support"], Per = ["members"], Against = "climate.struggle" }, run), 4);
        Assert.Equal(double.NaN, Of(new() { Take = Take.Elasticity, Of = ["hours.strike_support"], Per = ["members"], Against = "climate.struggle", To = new(1980, 1, 1) }, run)); // too few years
    }

    [Fact]
    public void Hours_by_end_follow_the_coding_and_its_bounds()
    {
        // contacting is recruiting (1, .8 to 1); mutual aid is needs (.9, .7 to 1) and recruiting (.1, 0 to .2)
        var run = Run(null, [("hours.contacting", [30]), ("hours.mutual_aid", [10])]);
        FigureSpec needs = new() { Take = Take.Total, Of = ["end.members_needs"], Per = ["hours"] };
        Assert.Equal((9 / 40.0, 7 / 40.0, 10 / 40.0), (Of(needs, run), Of(needs, run, CodingBound.Low), Of(needs, run, CodingBound.High)));
        Assert.Equal(10 / 40.0, Of(needs with { Coding = CodingBound.High }, run, CodingBound.Low)); // a figure's own bound stands
        var shares = Figures.Of(new() { Take = Take.HoursByEnd }, run);
        Assert.Equal(1, shares.Sum(), 9);
        Assert.Equal(31 / 40.0, shares[Ends.All.Select(e => e.Code).ToList().IndexOf("recruiting")], 9);
    }

    [Fact]
    public void Time_can_begin_or_end_with_an_event()
    {
        var run = Run(null, [("members", [10, 20, 40, 80]), ("exits", [1, 2, 3, 4])], Event(7, EventKinds.Opened), Event(9, EventKinds.Opened, organization: "dsa"));
        Assert.Equal(4, Of(new() { Take = Take.Kept, Of = ["members"], After = EventKinds.Opened, Weeks = 8 }, run)); // week 15 over week 7: 80 / 20
        Assert.Equal(1, Of(new() { Of = ["exits"], After = EventKinds.Opened, Weeks = -4 }, run)); // weeks 3 to 6
        Assert.Equal(2.5, Of(new() { Of = ["exits"], After = EventKinds.Opened, Weeks = 4 }, run)); // weeks 7 to 11: 2 and 3
        Assert.Equal(7, Of(new() { Take = Take.FirstWeek, Of = [EventKinds.Opened] }, run));
        Assert.Equal(double.NaN, Of(new() { Of = ["exits"], After = EventKinds.Closed }, run));
    }

    [Fact]
    public void Of_several_events_the_first_or_the_last_bounds_the_time()
    {
        var run = Run(null, [("members", [10, 20, 40, 80]), ("exits", [1, 2, 3, 4])], Event(3, EventKinds.Opened), Event(7, EventKinds.Opened), Event(12, EventKinds.Ended, note: "dwindled"));
        FigureSpec kept = new() { Take = Take.Kept, Of = ["members"], After = EventKinds.Opened, Weeks = 4 };
        Assert.Equal((2, 2), (Of(kept, run), Of(kept with { Last = true }, run))); // 20 / 10; 40 / 20
        Assert.Equal(4, Of(kept with { Weeks = 8 }, run)); // 40 / 10
        Assert.Equal(4, Of(kept with { Weeks = 8, Last = true }, run)); // 80 / 20
        FigureSpec exits = new() { Of = ["exits"], Until = EventKinds.Opened };
        Assert.Equal((double.NaN, 1), (Of(exits, run), Of(exits with { Last = true }, run))); // before week 3 there is no sample; weeks 3 to 6
        Assert.Equal((double.NaN, 4), (Of(new() { Of = ["exits"], After = "ended.dissolved" }, run), Of(new() { Of = ["exits"], After = "ended.dwindled" }, run)));
    }

    [Fact]
    public void Events_are_counted_and_their_values_ranked()
    {
        var run = Run(null, [],
            Event(5, EventKinds.Disclosed, 1), Event(9, EventKinds.Disclosed, 2), Event(10, EventKinds.Opened), Event(12, EventKinds.Disclosed, 3, "top"), Event(13, EventKinds.Disclosed, 3, organization: "dsa"));
        FigureSpec all = new() { Take = Take.Count, Of = [EventKinds.Disclosed] };
        Assert.Equal((3, 1, 2, 0), (Of(all, run), Of(all with { Note = ["top"] }, run), Of(all with { ValueAtLeast = 2 }, run), Of(all with { Note = ["top"], Until = EventKinds.Opened }, run)));
        Assert.Equal(2, Of(all with { Take = Take.Median }, run));
        Assert.Equal(1, Of(all with { Take = Take.Trend }, run)); // ever graver
        Assert.Equal(0.5, Of(new() { Take = Take.ShareOfEvents, Of = [EventKinds.BranchMoved], Among = "decline", Note = ["to campus"] }, Run(null, [],
            Event(1, EventKinds.BranchMoved, note: "a to campus, after a decline"), Event(2, EventKinds.BranchMoved, note: "a to b, after a decline"), Event(3, EventKinds.BranchMoved, note: "a to campus"))));
    }

    [Fact]
    public void A_hazard_ratio_counts_events_per_unit_at_risk()
    {
        // two commitments all the time; 40 weeks, of which 8 follow a moment: 2 of 16 against 2 of 64 units of risk
        var run = Run(40, [("commitments", [2])], Event(8, EventKinds.Moment), Event(9, EventKinds.Dropped), Event(15, EventKinds.Dropped), Event(16, EventKinds.Dropped), Event(30, EventKinds.Dropped));
        // the first three weeks have no sample yet; week 40 lies after the last that was taken
        Assert.Equal(2 / 16.0 / (2 / 58.0), Of(new() { Take = Take.HazardRatio, Of = [EventKinds.Dropped], After = EventKinds.Moment, Weeks = 8, Per = ["commitments"], To = Iso.Setting.Calendar.Date(39) }, run), 9);
    }

    [Fact]
    public void Years_away_end_with_the_return_or_the_closing()
    {
        var run = Run(null, [],
            Event(0, EventKinds.BranchMoved, note: "campus to workplace", unit: 1), Event(52, EventKinds.BranchMoved, note: "workplace to campus, after a decline", unit: 1),
            Event(0, EventKinds.BranchMoved, note: "campus to neighborhood", unit: 2), Event(104, EventKinds.BranchClosed, note: "neighborhood", unit: 2),
            Event(0, EventKinds.BranchMoved, note: "campus to workplace", unit: 3), // still away
            Event(0, EventKinds.BranchMoved, note: "workplace to neighborhood", unit: 4)); // came from elsewhere
        // of three one is back after a year, the next after two: half are gone by the second year
        Assert.Equal(2, Of(new() { Take = Take.YearsAway, Of = ["elite-campus", "campus"] }, run), 9);
    }
}
