using Posiwid.App.Story;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Tests.App;

public class SummaryTests
{
    // R: quantile(c(1, 2, 4, 8, 16), c(.05, .25, .5, .75, .95)) is 1.2, 2, 4, 8, 14.4 (type 7).
    [Fact]
    public void Spread_HandWorked() =>
        Assert.Equal(new Spread(5, 6.2, 1.2, 2, 4, 8, 14.4), Rounded(Spread.Of([16, 1, double.NaN, 8, 2, 4])));

    [Fact]
    public void Spread_OfNothing_IsNaN() => Assert.True(Spread.Of([double.NaN]) is { Runs: 0, Mean: double.NaN, Median: double.NaN });

    [Fact]
    public void At_CountsTheEndedAsZero_ButNotInIndexes()
    {
        var summary = Synthetic.Small();
        Assert.Equal((100 + 110 + 120 + 0) / 4.0, summary.At("members", 3).Mean);
        Assert.Equal((10 + 20 + 30 + 0) / 4.0, summary.At("income", 3).Mean);
        Assert.Equal(.2, summary.At("belief", 3).Mean, 6);
        Assert.Equal(3, summary.At("belief", 3).Runs);
    }

    [Fact]
    public void AliveShare_FallsInTheWeekOfTheEnd()
    {
        var summary = Synthetic.Small();
        Assert.Equal([1, 1, .75, .75], new[] { 0, 51, 52, 78 }.Select(summary.AliveShare));
    }

    [Fact]
    public void KeyDates_TakeTheFirstOfEachRun()
    {
        var dates = Synthetic.Small().KeyDates.ToDictionary(k => k.Event);
        Assert.Equal(.5, dates["opened"].Share);
        Assert.Equal(15, dates["opened"].Week.Median);
        Assert.Equal(10.5, dates["opened"].Week.Low, 9);
        Assert.Equal(.25, dates["ended.dissolved"].Share);
        Assert.Equal(52, dates["ended.dissolved"].Week.High);
        Assert.Equal(1, dates["peak_members"].Share);
    }

    // Income 10, 20, 30 and (until it ends) 40 a week. Samples in weeks 0, 26, 52 and 78 stand for 1, 26, 26 and 26 weeks:
    // 10 x 79, 20 x 79, 30 x 79, 40 x 27, with a mean of 5,820 / 4. In 2001 lie 27 of the weeks: (10 + 20 + 30 + 40) x 27 / 4.
    [Fact]
    public void Total_AddsUpWeeks()
    {
        var summary = Synthetic.Small();
        Assert.Equal((1455, 675), (summary.Total("income").Mean, summary.TotalIn("income", 2001).Mean));
    }

    [Fact]
    public void KeyDates_CloseAfterTheyOpen()
    {
        // opened in weeks 10 and 50 (median 30), closed in week 20 of the first run only: earlier by its median, but told later
        var summary = Synthetic.Summary(Synthetic.Ensemble(
            new() { ["members"] = [[5, 5], [5, 5]] },
            Synthetic.Run(Fate.Alive, null, new RunEvent(10, EventKinds.Opened, "lodge", 0, .6), new RunEvent(20, EventKinds.Closed, "lodge", 0, .5)),
            Synthetic.Run(Fate.Alive, null, new RunEvent(50, EventKinds.Opened, "lodge", 0, .6))));
        Assert.Equal(["peak_members", "opened", "closed"], summary.KeyDates.Select(k => k.Event));
    }

    [Fact]
    public void NeedsMet_AreTold_WhereThereWereAny()
    {
        Dictionary<string, float[][]> values = new() { ["members"] = [[5, 5], [5, 5]], ["helped"] = [[2, 2], [4, 4]], ["needs_met"] = [[1, 1], [1, 1]] };
        // samples stand for 1 and 26 weeks: 54 and 108 people helped, mean 81; 27 needs met
        Assert.Contains(Paragraph.Of(Synthetic.Summary(Synthetic.Ensemble(values, Synthetic.Run(), Synthetic.Run()))), s =>
            s.StartsWith("Over all years it helped people with a need 81 times", StringComparison.Ordinal) && s.Contains("needs of its own members were met 27 times", StringComparison.Ordinal));
        values["helped"] = values["needs_met"] = [[0, 0], [0, 0]];
        Assert.DoesNotContain(Paragraph.Of(Synthetic.Summary(Synthetic.Ensemble(values, Synthetic.Run(), Synthetic.Run()))), s => s.Contains("with a need", StringComparison.Ordinal));
    }

    // 98 and 100 members in 2001, 90 in 2002, in the one run
    [Fact]
    public void One_run_is_told_without_shares_and_intervals()
    {
        var one = Paragraph.Of(Synthetic.Summary(Synthetic.Ensemble(
            new() { ["members"] = [[98, 100, 90]], ["helped"] = [[2, 2, 2]], ["needs_met"] = [[1, 1, 1]] }, Synthetic.Run(Fate.Dwindled, 60))));
        Assert.Equal(
            [
                "In one run of the model: on 2002-01-07, the last day looked at, it was still there.",
                "It was largest in 2001, with 99 members.",
                // two a week in 53 weeks, one of its own
                "Over all years it helped people with a need 106 times; needs of its own members were met 53 times, in part by the same hours.",
                "It ended because too few were left (2002-03).",
            ], one);
        Assert.Contains("It did not end.", Paragraph.Of(Synthetic.Summary(Synthetic.Ensemble(new() { ["members"] = [[5, 5]] }, Synthetic.Run()))));
    }

    [Fact]
    public void One_that_is_gone_before_the_first_count_was_never_largest()
    {
        var gone = Paragraph.Of(Synthetic.Summary(Synthetic.Ensemble(new() { ["members"] = [[0, 0], [0, 0]] }, Synthetic.Run(Fate.Dwindled, 0), Synthetic.Run(Fate.Dwindled, 0))));
        Assert.Contains("Whenever its members were counted, every four weeks, there were none.", gone);
        Assert.DoesNotContain(gone, s => s.Contains("largest", StringComparison.Ordinal));
    }

    // Years 2001 (samples 0 and 1) and 2002 (2 and 3). In 2002 each living run gives 20 h of marches and 60 h of contacting.
    [Fact]
    public void Effort_HandWorked()
    {
        var summary = Synthetic.Small();
        Assert.Equal([.5, .5, 0], summary.Effort(2001, 2001)!.Select(e => e.Share.Mean));
        var later = summary.Effort(2002, 2002)!;
        Assert.Equal(3, later[0].Share.Runs);
        Assert.Equal(.125, later[0].Share.Mean, 12);
        Assert.Equal(.025, later[0].AtLeast, 12);
        Assert.Equal(.225, later[0].AtMost, 12);
        Assert.Equal((2002, 2002), summary.Settled);
    }

    // Means of 2001: 100, 110, 120, 400, so 5% is 101.5: above the published 50 to 90. January 2002 is nearest to week 52: 0, 100, 110, 120.
    [Fact]
    public void Published_ComparesWithTheInterval()
    {
        var compared = Synthetic.Small().Published("lodge");
        Assert.Equal(["model too high", "inside", "no runs then"], compared.Select(c => c.Verdict));
        Assert.Equal(101.5, compared[0].Model.Low, 9);
        Assert.Equal(15, compared[1].Model.Low, 9);
    }

    // Ranks by year, sizes 100 110 120 400, then 100 110 120 0: distances from the middle 1.5+.5, .5+.5, .5+1.5, 1.5+1.5.
    [Fact]
    public void TypicalRun_HandWorked() => Assert.Equal(1, Synthetic.Small().Typical.Run);

    [Fact]
    public void TypicalRun_OfEqualRuns_IsTheFirst() => Assert.Equal(0, Synthetic.Summary(Synthetic.Ensemble(
        new() { ["members"] = [[5, 5], [5, 5], [5, 5]] }, Synthetic.Run(), Synthetic.Run(), Synthetic.Run())).Typical.Run);

    private static Spread Rounded(Spread s) => new(s.Runs, R(s.Mean), R(s.Low), R(s.LowerQuarter), R(s.Median), R(s.UpperQuarter), R(s.High));

    private static double R(double v) => Math.Round(v, 9);
}
