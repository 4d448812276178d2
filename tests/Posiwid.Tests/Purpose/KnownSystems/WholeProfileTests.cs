using Posiwid.Purpose;
using Posiwid.Purpose.KnownSystems;

namespace Posiwid.Tests.Purpose.KnownSystems;

/// <summary>Control systems as whole organizations: all effort goes to what they do, and the profile must not take that for what they are for.</summary>
public class WholeProfileTests
{
    /// <summary>One activity on which all hours are spent; one end that is only done, one that is measured, and the control.</summary>
    private static PurposeProfile Profile(ControlSystem system, int without)
    {
        var ends = new Ends(
            [new End("deed", "what its effort goes to", "mission"), new End("quantity", "what is measured", "mission"), new End("placebo", "a control", "placebo")],
            [new KindEnd("act", "deed", 1, 1, 1)]);
        const int pairs = 40, horizon = 500;
        DefenseTrial Of(string end, DefenseTrial trial) => new(end, -1, 0, false)
        {
            WeeksBetween = trial.WeeksBetween,
            Undisturbed = trial.Undisturbed,
            Live = trial.Live,
            Replayed = trial.Replayed,
            Blinded = trial.Blinded,
            Deaths = trial.Deaths,
        };
        return new PurposeAnalysis(new PurposeData
        {
            Ends = ends,
            Source = EvidenceSource.Model,
            Said = [new StatedAim("deed", 1, null)],
            Hours = [[KeyValuePair.Create("act", 100.0)]],
            Defense = [Of("quantity", system.Try("q", "q", -3, pairs)), Of("placebo", system.Try("q", "q", 0, pairs))],
            Functions = [new Function("sensor", "its sensor", "quantity", "3", true, [], [], [])],
            Lives = [new LifeTrial([], "", [.. Enumerable.Repeat(horizon, pairs)]), new LifeTrial(["sensor"], "pro_rata", [.. Enumerable.Range(0, pairs).Select(i => Math.Min(horizon, without + (i % 7)))])],
            Horizon = horizon,
        }).Profile;
    }

    private static ProfileRow Row(PurposeProfile profile, string end) => profile.Rows.Single(r => r.End.Code == end);

    // all of a thermostat's effort burns gas: a true description, and not what it is for
    [Fact]
    public void A_thermostat_is_for_the_warmth_and_not_for_burning_gas()
    {
        var profile = Profile(ControlSystems.Thermostat, without: 100);
        Assert.Equal(1, Row(profile, "deed").Evidence.Effort!.Share);
        Assert.Equal(Verdicts.CannotBeTold, Row(profile, "deed").Verdict); // nothing could test it: effort has no vote
        Assert.Equal(Verdicts.Purpose, Row(profile, "quantity").Verdict);
        Assert.False(profile.FailedItsControl);
    }

    [Fact]
    public void Control_with_an_integral_is_for_its_set_point() => Assert.Equal(Verdicts.Purpose, Row(Profile(ControlSystems.Pid, without: 100), "quantity").Verdict);

    // nothing is lost without the sensor of what is not sensed
    [Theory]
    [InlineData("random walk")]
    [InlineData("passive decay")]
    [InlineData("heavy mass")]
    [InlineData("mass, spring and damper")]
    [InlineData("random actor")]
    public void What_nobody_controls_is_nobody_s_purpose(string name)
    {
        var profile = Profile(ControlSystems.All.Single(s => s.Name == name), without: 500);
        Assert.DoesNotContain(profile.Rows, r => r.Verdict is Verdicts.Purpose or Verdicts.Means or Verdicts.LittleDone or Verdicts.OneLine);
        Assert.False(profile.FailedItsControl);
    }

    // dues controller: income is held and members are moved to hold it
    [Fact]
    public void What_is_moved_to_hold_something_else_is_a_means()
    {
        var system = ControlSystems.All.Single(s => s.Name == "income from dues");
        var ends = new Ends([new End("income", "income", "resource"), new End("members", "members", "recruit")], [new KindEnd("act", "income", 1, 1, 1)]);
        const int pairs = 40;
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
