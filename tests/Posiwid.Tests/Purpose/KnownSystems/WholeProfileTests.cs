using Posiwid.Purpose;
using Posiwid.Purpose.KnownSystems;

namespace Posiwid.Tests.Purpose.KnownSystems;

/// <summary>Control systems as whole organizations: all effort goes to what they do, and the profile must not take that for what they are for.</summary>
public class WholeProfileTests
{
    private const int Pairs = 40, Horizon = 500;

    /// <summary>
    /// One activity on which all hours are spent; one end that is only done, one that is measured, and the control. The system ends when what is measured leaves five of its usual deviations; without its sensor it takes all to be
    /// as at the start.
    /// </summary>
    private static PurposeProfile Profile(ControlSystem system, string variable = "q", string disturbance = "q", double dose = -3, double? favorable = null, int pairs = Pairs, int weeks = 60)
    {
        var ends = new Ends(
            [new End("deed", "what its effort goes to", "mission"), new End("quantity", "what is measured", "mission"), new End("placebo", "a control", "placebo")],
            [new KindEnd("act", "deed", 1, 1, 1)]);
        DefenseTrial Of(string end, double size, DefenseTrial trial) => new(end, size, 0, false)
        {
            WeeksBetween = trial.WeeksBetween,
            Undisturbed = trial.Undisturbed,
            Live = trial.Live,
            Replayed = trial.Replayed,
            Blinded = trial.Blinded,
            Deaths = trial.Deaths,
        };
        DefenseTrial[] trials = [Of("quantity", -1, system.Try(variable, disturbance, dose, pairs, weeks: weeks)), Of("placebo", -1, system.Try(variable, disturbance, 0, pairs))];
        return new PurposeAnalysis(new PurposeData
        {
            Ends = ends,
            Source = EvidenceSource.Model,
            Said = [new StatedAim("deed", 1, null)],
            Hours = [[KeyValuePair.Create("act", 100.0)]],
            Defense = favorable is { } more ? [.. trials, Of("quantity", 1, system.Try(variable, disturbance, more, pairs, weeks: weeks))] : trials,
            Functions = [new Function("sensor", "its sensor", "quantity", "3", true, [], [], [])],
            Lives = [new LifeTrial([], "", Lives(system, variable, blind: false)), new LifeTrial(["sensor"], "pro_rata", Lives(system, variable, blind: true))],
            Horizon = Horizon,
        }).Profile;
    }

    /// <summary>Weeks until what is measured leaves its usual range, by run: with the sensor, and without.</summary>
    private static int[] Lives(ControlSystem system, string variable, bool blind)
    {
        var measured = system.Variables[variable];
        var usual = new MathNet.Numerics.Statistics.DescriptiveStatistics(system.Noise(variable, 4000).Live);
        var reach = Math.Max(1e-6, 5 * usual.StandardDeviation);
        return [.. Enumerable.Range(0, Pairs).Select(i => system.Run(new Posiwid.Purpose.Statistics.AddressedRandom(2, 3), (uint)i, Horizon, sense: blind ? _ => system.Start : null,
            until: (_, state) => Math.Abs(measured(state) - usual.Mean) > reach).States.Length)];
    }

    private static ProfileRow Row(PurposeProfile profile, string end) => profile.Rows.Single(r => r.End.Code == end);

    // all of a thermostat's effort burns gas: a true description, and not what it is for
    [Fact]
    public void A_thermostat_is_for_the_warmth_and_not_for_burning_gas()
    {
        var profile = Profile(ControlSystems.Thermostat);
        Assert.Equal(1, Row(profile, "deed").Evidence.Effort!.Share);
        Assert.Equal(Verdicts.CannotBeTold, Row(profile, "deed").Verdict); // nothing could test it: effort has no vote
        Assert.Equal(Verdicts.Purpose, Row(profile, "quantity").Verdict);
        Assert.False(profile.FailedItsControl);
    }

    [Theory]
    [InlineData("proportional")]
    [InlineData("proportional, integral and derivative")]
    [InlineData("delayed by six weeks")]
    [InlineData("saturated")]
    [InlineData("one-sided")]
    public void What_is_controlled_is_the_purpose(string name)
    {
        var profile = Profile(ControlSystems.All.Single(s => s.Name == name));
        Assert.Equal(Verdicts.Purpose, Row(profile, "quantity").Verdict);
        Assert.Equal(Verdicts.CannotBeTold, Row(profile, "deed").Verdict);
        Assert.False(profile.FailedItsControl);
    }

    // D- .88, D+ .42: more is wanted; who holds a set point makes good both
    [Fact]
    public void Who_wants_no_less_has_a_goal_on_one_side()
    {
        Assert.True(Row(Profile(ControlSystems.OneSided, favorable: 3, pairs: 200), "quantity").OneSided);
        Assert.False(Row(Profile(ControlSystems.Proportional, favorable: 3), "quantity").OneSided);
    }

    // nothing is lost without the sensor of what is not sensed
    [Theory]
    [InlineData("random walk")]
    [InlineData("passive decay")]
    [InlineData("heavy mass")]
    [InlineData("mass, spring and damper")]
    [InlineData("random actor")]
    public void What_nobody_controls_is_nobody_s_purpose(string name)
    {
        var profile = Profile(ControlSystems.All.Single(s => s.Name == name));
        Assert.DoesNotContain(profile.Rows, r => r.Verdict is Verdicts.Purpose or Verdicts.Means or Verdicts.LittleDone or Verdicts.OneLine);
        Assert.False(profile.FailedItsControl);
    }

    // a push comes back by itself before anything is drawn anew; what holds the units, turned round, is answered
    [Fact]
    public void A_homeostat_is_silent_on_a_pulse_and_answers_the_blow_to_what_holds_it()
    {
        var pulse = Row(Profile(ControlSystems.Homeostat, "out_of_bounds", "push", 1.5), "quantity");
        Assert.DoesNotContain(pulse.Verdict, (string[])[Verdicts.Purpose, Verdicts.OneLine, Verdicts.LittleDone]);
        var blow = Row(Profile(ControlSystems.Homeostat, "out_of_bounds", "polarity", 1, weeks: 600), "quantity");
        Assert.Equal("defended", blow.Evidence.DefenseWord);
    }

    [Fact]
    public void Books_that_balance_are_no_purpose_and_nobody_defends_the_cash()
    {
        var balance = Row(Profile(ControlSystems.Ledger, "balance", "loss"), "quantity");
        Assert.Equal(("identity, not testable", Verdicts.CannotBeTold), (balance.Evidence.DefenseWord, balance.Verdict));
        var cash = Row(Profile(ControlSystems.Ledger, "cash", "loss"), "quantity");
        Assert.Equal("not defended", cash.Evidence.DefenseWord);
        Assert.DoesNotContain(cash.Verdict, (string[])[Verdicts.Purpose, Verdicts.OneLine, Verdicts.LittleDone, Verdicts.Means]);
    }

    // who chooses by lot, two hundred times for each of forty deciders
    [Fact]
    public void Who_chooses_by_lot_shows_no_purpose()
    {
        var ends = new Ends([new End("income", "income", "resource"), new End("members", "members", "recruit")], [new KindEnd("act", "income", 1, 1, 1)]);
        var profile = new PurposeAnalysis(new PurposeData
        {
            Ends = ends,
            Source = EvidenceSource.Records,
            Said = [new StatedAim("members", 1, null)],
            Hours = [[KeyValuePair.Create("act", 100.0)]],
            Decisions = Choosers.Planted("plan", ["income", "members"], [0, 0], 200, Pairs, new Posiwid.Purpose.Statistics.AddressedRandom(1, 2)),
            AttributeEnds = [.. ends.All.Select(e => new AttributeEnd("plan", e.Code, e.Code, WeightOrigin.Learned))],
        }).Profile;
        Assert.All(profile.Rows, r => Assert.NotNull(r.Evidence.Choice));
        Assert.DoesNotContain(profile.Rows, r => r.Verdict is Verdicts.Purpose or Verdicts.Means or Verdicts.LittleDone or Verdicts.OneLine);
    }

    // dues controller: income is held and members are moved to hold it
    [Fact]
    public void What_is_moved_to_hold_something_else_is_a_means()
    {
        var system = ControlSystems.All.Single(s => s.Name == "income from dues");
        var ends = new Ends([new End("income", "income", "resource"), new End("members", "members", "recruit")], [new KindEnd("act", "income", 1, 1, 1)]);
        const int pairs = Pairs;
        var profile = new PurposeAnalysis(new PurposeData
        {
            Ends = ends,
            Source = EvidenceSource.Model,
            Defense = [system.Try("income", "dues", -0.2, pairs) with { End = "income", Dose = -1 }, system.Try("members", "dues", -0.2, pairs) with { End = "members", Dose = -1 }],
            Functions = [.. ends.All.Select(e => new Function(e.Code, e.Label, e.Code, "3", true, [], [], []))],
            Lives =
            [
                new LifeTrial([], "", [.. Enumerable.Repeat(500, pairs)]), new LifeTrial(["income"], "pro_rata", [.. Enumerable.Range(0, pairs).Select(i => 100 + i)]),
                new LifeTrial(["members"], "pro_rata", [.. Enumerable.Range(0, pairs).Select(i => 450 + i)]),
            ],
            Horizon = 500,
            Decisions = Choosers.Planted("plan", ["income", "members"], [0, 0], 200, pairs, new Posiwid.Purpose.Statistics.AddressedRandom(1, 2)),
            AttributeEnds = [.. ends.All.Select(e => new AttributeEnd("plan", e.Code, e.Code, WeightOrigin.Learned))],
        }).Profile;
        Assert.Equal(Verdicts.Purpose, Row(profile, "income").Verdict);
        Assert.Equal((Verdicts.Means, true), (Row(profile, "members").Verdict, Row(profile, "members").UsedAsMeans));
    }
}
