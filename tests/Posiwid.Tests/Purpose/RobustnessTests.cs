using System.Text.RegularExpressions;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Purpose.KnownSystems;
using Posiwid.Purpose.Lines;
using Posiwid.Tests.App;

namespace Posiwid.Tests.Purpose;

/// <summary>What choice votes with over many models.</summary>
public class RobustnessTests
{
    private static readonly TestedLine Silent = new(Estimate.Of(0, -0.1, 0.1), 0.6, 1);

    /// <summary>Ten models in which the weight is .5 [.4, .6], and what votes is as given with a standard error of .1; necessity speaks for the end in all.</summary>
    private static EndRobustness Over(Func<int, (double, double)?> vote, double weight = 0.5)
    {
        var end = new End("a", "a", "mission");
        var here = PurposeProfile.Of([new EndEvidence { End = end, Defense = Silent, Necessity = Silent, Choice = Silent with { OfChange = true } }], EvidenceSource.Model);
        var unknown = Estimate.Unknown("not tested");
        ModelEnd[][] models = [.. Enumerable.Range(0, 10).Select(i => (ModelEnd[])
        [
            new ModelEnd(Verdicts.OneLine, LineStatus.NotTestable, LineStatus.Supports, LineStatus.Silent, null, 100, unknown, Estimate.Of(50 + (i % 2), 45, 56), Estimate.Of(weight, weight - 0.1, weight + 0.1)) { Vote = vote(i) },
        ])];
        return Robustness.Of(here, models, 10, 10).Ends.Single();
    }

    // changes -.05 and .05 in turn: mean 0, so that t = 0 and p = 1, however far the weight itself (.5) is above 0
    [Fact]
    public void A_weight_that_was_set_and_did_not_change_does_not_vote_over_models()
    {
        var end = Over(i => (i % 2 == 0 ? -0.05 : 0.05, 0.1));
        Assert.Equal(Verdicts.Means, end.Together);
        Assert.Equal(0, end.Choice.Mean.Value!.Value, 9);
        Assert.True(end.OfChange);
    }

    // changes .25 and .35 in turn, errors .1: Q = 10 × .05² / .1² = 2.5 < 9, so models do not differ; mean .3; its variance by Hartung and Knapp is
    // Σ (x - .3)² / (9 × 10) = 10 × .0025 / 90 = .000278, so t = .3 / .01667 = 18 with 9 degrees of freedom; half the interval 2.2622 × .01667 = .0377
    [Fact]
    public void What_grew_in_the_models_votes_HandWorked()
    {
        var end = Over(i => (i % 2 == 0 ? 0.25 : 0.35, 0.1));
        Assert.Equal(Verdicts.Purpose, end.Together);
        Assert.Equal((0.3, 0.3 - 0.0377, 0.3 + 0.0377), (Math.Round(end.Choice.Mean.Value!.Value, 9), Math.Round(end.Choice.Mean.Low!.Value, 4), Math.Round(end.Choice.Mean.High!.Value, 4)));
        Assert.Equal(0, end.Choice.Between);
    }

    // it faded, but is still wanted; or grew, but is still avoided: as of one model, neither for nor against
    [Theory]
    [InlineData(0.5, -0.3)]
    [InlineData(-0.5, 0.3)]
    public void What_changes_toward_nothing_does_not_vote(double weight, double change) =>
        Assert.Equal(Verdicts.Means, Over(i => (change + (i % 2 == 0 ? 0.01 : -0.01), 0.1), weight).Together);

    [Fact]
    public void Models_in_which_choice_may_not_vote_do_not_vote_together()
    {
        var end = Over(i => i < 7 ? (0.3, 0.1) : null);
        Assert.Equal((7, null), (end.Choice.Models, end.Choice.Mean.Value));
        Assert.Equal(Verdicts.CannotBeTold, end.Together);
    }

    // 1.96 × .1 of an interval as normal is an error of .1; of a weight by itself it is that of Student's t, 2.262 with ten pairs
    [Fact]
    public void What_votes_is_what_the_one_model_tests()
    {
        var level = Estimate.Of(0.5, 0.5 - 0.2262, 0.5 + 0.2262);
        Assert.Equal((0.5, 0.1), Rounded(ModelEnd.VoteOf(new TestedLine(level, 0.01, 1), 10)));
        Assert.Equal((0.02, 0.1), Rounded(ModelEnd.VoteOf(new TestedLine(level, 0.9, 1) { Voting = Estimate.Of(0.02, 0.02 - 0.196, 0.02 + 0.196) }, 10)));
        Assert.Null(ModelEnd.VoteOf(new TestedLine(level, null, 1), 10));
        Assert.Null(ModelEnd.VoteOf(new TestedLine(level, 1, 1) { Voting = Estimate.Unknown("some menu shows nothing of it") }, 10));

        static (double, double) Rounded((double Value, double Error)? vote) => (Math.Round(vote!.Value.Value, 4), Math.Round(vote.Value.Error, 4));
    }
}

/// <summary>What verdicts hang on, and which defense counts.</summary>
public class VerdictSensitivityTests
{
    private static readonly TestedLine For = new(Estimate.Of(0.8, 0.7, 0.9), 1e-6, 1);
    private static readonly TestedLine Silent = new(Estimate.Of(0, -0.1, 0.1), 0.6, 1);

    private static ProfileRow Row(EndEvidence evidence) => PurposeProfile.Of([evidence], EvidenceSource.Model).Rows[0];

    private static EndEvidence Evidence(string code = "a") => new() { End = new End(code, code, "mission") };

    // each arm but the blinded one by hand: the blow takes 10 ± 1 over the window replayed, 1 live
    private static DefenseResult Blinded(Func<int, double> blinded)
    {
        double[] none = [0];
        return Defense.Of(new DefenseTrial("a", -1, 0, false)
        {
            WeeksBetween = 1,
            Undisturbed = [.. Enumerable.Repeat(none, 12)],
            Live = [.. Enumerable.Range(0, 12).Select(i => (double[])[-1 - (0.05 * (i % 2))])],
            Replayed = [.. Enumerable.Range(0, 12).Select(i => (double[])[-10 + (i % 3 - 1)])],
            Blinded = [.. Enumerable.Range(0, 12).Select(i => (double[])[blinded(i)])],
        });
    }

    // blinded it is as live: the end comes back all the same. Blinded as replayed: it does not. Blinded -4.9 ± 12: between the two, and nobody can tell
    [Fact]
    public void A_sensor_that_is_blinded_in_vain_shows_that_something_else_is_defended()
    {
        var (failed, passed, untold) = (Blinded(i => -1 - (0.05 * (i % 2))), Blinded(i => -10 + (i % 3 - 1)), Blinded(i => i % 2 == 0 ? 7.1 : -16.9));
        Assert.Equal(("failed", "defending something else"), (failed.Sensor, failed.Word));
        Assert.Equal(("passed", "defended"), (passed.Sensor, passed.Word));
        Assert.StartsWith("tells nothing", untold.Sensor, StringComparison.Ordinal);
        Assert.Equal("defended, sensor unknown", untold.Word);
    }

    [Theory]
    [InlineData("failed", LineStatus.Silent, Verdicts.Means)]
    [InlineData("passed", LineStatus.Supports, Verdicts.Purpose)]
    [InlineData("in part", LineStatus.Supports, Verdicts.Purpose)]
    [InlineData("it is sensed through nothing that can be blinded", LineStatus.Supports, Verdicts.Purpose)]
    public void Defense_votes_unless_its_sensor_failed(string sensor, LineStatus defense, string verdict)
    {
        var row = Row(Evidence() with { Defense = For, Necessity = For with { }, Sensor = sensor });
        Assert.Equal((defense, verdict, sensor == "failed"), (row.Defense, row.Verdict, row.DefendsSomethingElse));
    }

    // p = .02 of means: alone it is one (.02 < .05), beside two other tests it is not (3 × .02 = .06)
    [Fact]
    public void Means_is_said_by_the_rule_of_the_verdict()
    {
        var one = Evidence() with { MeansPValue = 0.02, DefenseWord = "means" };
        Assert.Equal(("means", true), (Row(one).Evidence.DefenseWord, Row(one).UsedAsMeans));
        var beside = Row(one with { Necessity = Silent, Choice = Silent with { } });
        Assert.Equal(("not disturbed", false), (beside.Evidence.DefenseWord, beside.UsedAsMeans));
        var moved = Row(one with { DefenseWord = "not disturbed" });
        Assert.Equal("means", moved.Evidence.DefenseWord);
    }

    // a windfall: .42 of it undone is low (below half, and below .7 of harm); .6 is not low; .42 where of harm .3 is made good is no goal of more
    [Theory]
    [InlineData(0.7, 0.38, 0.46, true)]
    [InlineData(0.7, 0.55, 0.65, false)]
    [InlineData(0.7, 0.30, 0.55, false)]
    [InlineData(0.3, 0.38, 0.46, false)]
    public void More_is_better_where_harm_is_undone_and_a_windfall_is_not(double low, double upLow, double upHigh, bool oneSided)
    {
        var row = Row(Evidence() with { Defense = For with { Estimate = Estimate.Of(low + 0.1, low, low + 0.2) }, DefenseUp = Estimate.Of((upLow + upHigh) / 2, upLow, upHigh) });
        Assert.Equal(oneSided, row.OneSided);
        Assert.False(Row(row.Evidence with { Sensor = "failed" }).OneSided);
        Assert.False(Row(row.Evidence with { DefenseUp = Estimate.Unknown("was not disturbed that way") }).OneSided);
    }

    [Fact]
    public void The_system_that_wants_no_less_is_one_sided()
    {
        DefenseResult Blow(ControlSystem system, double dose) => Defense.Of(system.Try("q", "q", dose));
        bool OneSided(ControlSystem system) => Row(Evidence() with { Defense = Defense.Line(Blow(system, -3)), DefenseUp = Blow(system, 3).Share }).OneSided;
        Assert.True(OneSided(ControlSystems.OneSided));
        Assert.False(OneSided(ControlSystems.Thermostat));
    }

    /// <summary>Twelve runs of 190 or 191 weeks, each made good but for a tenth of a blow; without what serves it they live as long as given.</summary>
    private static PurposeData Lives(params (string End, Func<int, int> Without)[] ends) => new()
    {
        Ends = new Ends([.. ends.Select(e => new End(e.End, e.End, "mission"))], []),
        Source = EvidenceSource.Model,
        Functions = [.. ends.Select(e => new Function("f" + e.End, "f", e.End, null, false, [], [], []))],
        Horizon = 200,
        Lives =
        [
            new LifeTrial([], "pro_rata", [.. Enumerable.Range(0, 12).Select(i => 190 + (i % 2))]),
            .. ends.Select(e => new LifeTrial(["f" + e.End], "pro_rata", [.. Enumerable.Range(0, 12).Select(e.Without)])),
        ],
        Defense = [.. ends.Select(e => Blow(e.End, -1, -1))],
    };

    private static DefenseTrial Blow(string end, double dose, double live, int week = 0) => new(end, dose, week, false)
    {
        WeeksBetween = 1,
        Undisturbed = [.. Enumerable.Range(0, 12).Select(_ => (double[])[0])],
        Live = [.. Enumerable.Range(0, 12).Select(i => (double[])[live - (0.05 * (i % 2))])],
        Replayed = [.. Enumerable.Range(0, 12).Select(i => (double[])[-10 + (i % 3 - 1)])],
    };

    // without 'late' it dies about week 130, without 'early' about 50, of 190: over half of the time (100 weeks) only 'early' is necessary (50 of 100 lost), 'late' loses nothing by then
    [Fact]
    public void Verdicts_at_half_of_the_time()
    {
        var analysis = new PurposeAnalysis(Lives(("late", i => 130 + (i % 3)), ("early", i => 50 + (i % 3))));
        Assert.All(analysis.Profile.Rows, r => Assert.Equal(Verdicts.Purpose, r.Verdict));
        var changed = Assert.Single(analysis.Profile.Changed(analysis.AtHalfTheTime()!));
        Assert.Equal(("late", LineStatus.Supports), (changed.Now.End.Code, changed.Now.Necessity));
        Assert.NotEqual(LineStatus.Supports, changed.Other.Necessity);
        Assert.Equal(analysis.Profile.Changed(analysis.AtHalfTheTime()!).Count(), analysis.Profile.Rows.Count(r => r.Verdict != analysis.AtHalfTheTime()!.Rows.First(x => x.End == r.End).Verdict));
    }

    // two ends that lose 12 and 73 weeks in turn of about 190, where 19 count: mean 42.5, sd 31.9, error 9.2, t = (42.5 - 19.05) / 9.2 = 2.5, p about .03; after the two defenses Holm makes it twice that, which silences both, so no verdict changes, where the raw p of .05 said 'necessary over the whole time'
    [Fact]
    public void A_loss_that_Holm_silences_is_no_necessity_that_half_of_the_time_changes()
    {
        var data = Lives(("x", i => 190 - (i % 2 == 0 ? 12 : 72)), ("y", i => 190 - (i % 2 == 0 ? 12 : 72)));
        var analysis = new PurposeAnalysis(data);
        var raw = analysis.Profile.Rows[0].Evidence.Necessity;
        Assert.True(raw is { Direction: > 0, PValue: < 0.05 and > 0.025 }, $"{raw}");
        Assert.All(analysis.Profile.Rows, r => Assert.Equal(LineStatus.Silent, r.Necessity));
        Assert.DoesNotContain(analysis.Profile.Changed(analysis.AtHalfTheTime()!), c => c.Now.Necessity == LineStatus.Supports);
    }

    // the usual blow of 10 is made good but for 1 (D = .9), one of twice the size but for 9.5 of 10 (D = .05): defended, and then not
    [Fact]
    public void Verdicts_with_blows_of_another_size()
    {
        var data = Lives(("a", i => 50 + (i % 3)));
        var tried = new PurposeAnalysis(data with { Defense = [Blow("a", -1, -1), Blow("a", -0.5, -1), Blow("a", -2, -9.5), Blow("a", -0.25, -9.5)] });
        var other = tried.AtOtherDoses();
        Assert.Equal([0.5, 2], other.Select(o => o.Dose));
        Assert.Empty(tried.Profile.Changed(other[0].Profile));
        var changed = Assert.Single(tried.Profile.Changed(other[1].Profile));
        Assert.Equal((Verdicts.Purpose, Verdicts.Means), (changed.Now.Verdict, changed.Other.Verdict));
        Assert.Empty(new PurposeAnalysis(data).AtOtherDoses());
        // with two dates the usual size at the first is there too: what the date does, and what the size
        var dates = new PurposeAnalysis(data with { Defense = [Blow("a", -1, -1), Blow("a", -2, -9.5), Blow("a", -1, -1, 52)] });
        Assert.Equal([1.0, 2.0], dates.AtOtherDoses().Select(o => o.Dose));
    }

    private static (string Text, string Page, string Document) Told(PurposeAnalysis analysis) => (
        string.Join(' ', PurposePage.Of(analysis, "x", 118).Select(l => l.Text)), PurposeReport.Of(analysis, "x", "", []),
        PurposeDocument.Of(analysis, Synthetic.Scenario(new(2000, 1, 3), new(2003, 12, 29)), 12, 1));

    // two ends far beyond any bound; and the two of above, of which each would be necessary if the other were not tested
    [Fact]
    public void That_no_verdict_hangs_on_the_other_ends_is_said_where_it_is_so()
    {
        const string none = "No verdict hangs on whether any one of the other ends is declared.";
        var sure = new PurposeAnalysis(Lives(("late", i => 130 + (i % 3)), ("early", i => 50 + (i % 3))));
        Assert.Empty(sure.Profile.Declared());
        var (text, page, document) = Told(sure);
        Assert.All(new[] { text, page, document }, t => Assert.Equal(1, Regex.Count(t, none)));

        var hanging = new PurposeAnalysis(Lives(("x", i => 190 - (i % 2 == 0 ? 12 : 72)), ("y", i => 190 - (i % 2 == 0 ? 12 : 72))));
        Assert.NotEmpty(hanging.Profile.Declared());
        (text, page, document) = Told(hanging);
        Assert.All(new[] { text, page, document }, t => Assert.DoesNotContain(none, t, StringComparison.Ordinal));
        // one end alone has no others
        Assert.DoesNotContain(none, Told(new PurposeAnalysis(Lives(("late", i => 130 + (i % 3))))).Text, StringComparison.Ordinal);
    }

    // six ends in one order by hours and by what is defended, and in the other by what is needed: rank sums i + i + (7 - i), so W = 12 * 17.5 / (9 * 210) = .11, where a lot gives about 1/3
    [Fact]
    public void How_far_the_lines_agree_is_on_the_page()
    {
        string[] codes = ["a", "b", "c", "d", "e", "f"];
        var data = Lives([.. codes.Select((c, k) => (c, (Func<int, int>)(i => 40 + (20 * k) + (i % 3))))]);
        var analysis = new PurposeAnalysis(data with
        {
            Ends = new Ends(data.Ends.All, [.. codes.Select(c => new KindEnd(c, c, 1, 1, 1))]),
            Hours = [[.. codes.Select((c, k) => KeyValuePair.Create(c, 10.0 + k))]],
            Defense = [.. codes.Select((c, k) => Blow(c, -1, -6 + k))],
        });
        var (lines, ends, all) = analysis.Concordance;
        Assert.Equal((3, 6, Math.Round(1 / 9.0, 9)), (lines.Count, ends, Math.Round(all.W.Value!.Value, 9)));
        var said = $"Hours, what it defends and what it needs rank the 6 ends of which all of them tell something alike by 0.11 (Kendall's W, 0 not at all to 1 in full, about 0.33 by chance; p {all.PValue:0.00}).";
        var (text, page, _) = Told(analysis);
        Assert.Contains(said, Regex.Replace(text, @"\s+", " "), StringComparison.Ordinal);
        Assert.Contains(said, System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        // five are too few to tell, and two lines agree or do not line by line
        var few = new PurposeAnalysis(analysis.Data with { Ends = new Ends([.. data.Ends.All.Take(5)], [.. codes.Take(5).Select(c => new KindEnd(c, c, 1, 1, 1))]), Functions = [.. data.Functions.Take(5)], Defense = [.. analysis.Data.Defense.Take(5)] });
        Assert.Contains("How far hours, what it defends and what it needs rank the ends alike cannot be told (5 to rank: fewer than 6 agree too often by chance).", Regex.Replace(Told(few).Text, @"\s+", " "), StringComparison.Ordinal);
        Assert.DoesNotContain("Kendall's W", Told(new PurposeAnalysis(data)).Text, StringComparison.Ordinal);
    }
}
