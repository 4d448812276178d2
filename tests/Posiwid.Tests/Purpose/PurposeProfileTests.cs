using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.Tests.Purpose;

/// <summary>The words of a profile, case by case.</summary>
public class PurposeProfileTests
{
    private static readonly TestedLine For = new(Estimate.Of(0.8, 0.7, 0.9), 1e-6, 1);
    private static readonly TestedLine Against = new(Estimate.Of(-0.8, -0.9, -0.7), 1e-6, -1);
    private static readonly TestedLine Silent = new(Estimate.Of(0, -0.1, 0.1), 0.6, 1);
    private static readonly TestedLine Untested = TestedLine.Untested("no test");

    /// <summary>Five other ends fill the ranks of hours between .1 and .3.</summary>
    private static ProfileRow Row(TestedLine defense, TestedLine necessity, TestedLine choice, double share = 0.15, int? said = null, bool means = false)
    {
        var others = Enumerable.Range(0, 5).Select(i => Evidence($"o{i}", 0.1 + (0.04 * i)));
        var own = Evidence("own", share) with { Defense = defense, Necessity = necessity, Choice = choice, SaidRank = said, MeansPValue = means ? 1e-6 : null };
        return PurposeProfile.Of([own, .. others], EvidenceSource.Model).Rows[0];
    }

    private static EndEvidence Evidence(string code, double share)
    {
        var end = new End(code, code, "mission");
        return new EndEvidence { End = end, Effort = new EffortShare(end, share, share - 0.05, share + 0.2, 100 * share) };
    }

    [Fact]
    public void Two_lines_with_defense_or_choice_make_a_purpose()
    {
        Assert.Equal(Verdicts.Purpose, Row(For, For, Untested).Verdict);
        Assert.Equal(Verdicts.Purpose, Row(For, Silent, For).Verdict);
        Assert.Equal(Verdicts.Purpose, Row(Silent, For, For).Verdict);
    }

    [Fact]
    public void Necessity_alone_makes_a_means() => Assert.Equal(Verdicts.Means, Row(Silent, For, Silent).Verdict);

    [Fact]
    public void What_is_moved_to_defend_something_else_is_a_means() => Assert.Equal(Verdicts.Means, Row(Silent, Silent, Silent, means: true).Verdict);

    [Fact]
    public void A_line_for_and_a_line_against_disagree() => Assert.Equal(Verdicts.Disagree, Row(For, Against, Silent).Verdict);

    [Fact]
    public void One_line_is_too_little() => Assert.Equal(Verdicts.OneLine, Row(For, Silent, Untested).Verdict);

    [Fact]
    public void Defended_with_few_hours() => Assert.Equal(Verdicts.LittleDone, Row(For, Silent, Silent, share: 0.01).Verdict);

    [Fact]
    public void Many_hours_and_no_line() => Assert.Equal(Verdicts.Done, Row(Silent, Silent, Untested, share: 0.5).Verdict);

    [Fact]
    public void Said_first_and_not_shown() => Assert.Equal(Verdicts.Said, Row(Silent, Silent, Untested, said: 1).Verdict);

    [Fact]
    public void Neither_said_nor_done_nor_shown() => Assert.Equal(Verdicts.NotShown, Row(Silent, Against, Untested, said: 5).Verdict);

    [Fact]
    public void One_line_that_could_be_tested_tells_nothing() => Assert.Equal(Verdicts.CannotBeTold, Row(Untested, For, Untested).Verdict);

    [Fact]
    public void The_verdict_at_the_bounds_of_the_coding_is_shown()
    {
        // .15 at best, .35 at most: above all others (.1 to .26), so it becomes "done"
        var row = Row(Silent, Silent, Untested);
        Assert.Equal((Verdicts.NotShown, Verdicts.NotShown, Verdicts.Done), (row.Verdict, row.VerdictAtBounds.Low, row.VerdictAtBounds.High));
    }

    [Fact]
    public void A_control_that_is_supported_fails_the_profile()
    {
        var control = new EndEvidence { End = new End("placebo", "control", "placebo"), Defense = Silent };
        var good = PurposeProfile.Of([control, Evidence("a", 0.5)], EvidenceSource.Model);
        Assert.Equal((Verdicts.ControlPassed, false), (good.Rows[^1].Verdict, good.FailedItsControl));
        var bad = PurposeProfile.Of([control with { Defense = For }, Evidence("a", 0.5)], EvidenceSource.Model);
        Assert.Equal((Verdicts.ControlFailed, true), (bad.Rows[^1].Verdict, bad.FailedItsControl));
    }

    [Fact]
    public void All_tests_are_counted()
    {
        // p = .02 in each of three ends: Holm makes it 3 x .02 = .06, so none is significant; alone, it is
        var weak = new TestedLine(Estimate.Of(1, 0, 2), 0.02, 1);
        EndEvidence With(string code) => Evidence(code, 0.3) with { Defense = weak with { } };
        var three = PurposeProfile.Of([With("a"), With("b"), With("c")], EvidenceSource.Model);
        Assert.Equal(3, three.Tests);
        Assert.All(three.Rows, r => Assert.Equal(LineStatus.Silent, r.Defense));
        Assert.Equal(LineStatus.Supports, PurposeProfile.Of([With("a")], EvidenceSource.Model).Rows[0].Defense);
    }

    [Theory]
    [InlineData(EvidenceSource.CalibratedModel, 'A')]
    [InlineData(EvidenceSource.Model, 'C')]
    [InlineData(EvidenceSource.Records, 'B')]
    public void Grades(EvidenceSource source, char grade) =>
        Assert.Equal(grade, PurposeProfile.Of([Evidence("a", 0.5) with { Choice = Silent, WholeMenus = true }], source).Rows[0].Grade);

    [Fact]
    public void Decisions_whose_menus_are_not_whole_are_observation() =>
        Assert.Equal('C', PurposeProfile.Of([Evidence("a", 0.5) with { Choice = Silent }], EvidenceSource.Records).Rows[0].Grade);

    [Fact]
    public void The_test_of_means_is_counted_too()
    {
        // p = .02 alone is a means; beside two other tests Holm makes it .06
        var one = Evidence("a", 0.15) with { Necessity = Silent, Choice = Silent, MeansPValue = 0.02 };
        var alone = PurposeProfile.Of([one with { Necessity = Untested, Choice = Untested }], EvidenceSource.Model);
        Assert.Equal((1, true), (alone.Tests, alone.Rows[0].UsedAsMeans));
        var three = PurposeProfile.Of([one], EvidenceSource.Model);
        Assert.Equal((3, false), (three.Tests, three.Rows[0].UsedAsMeans));
    }

    [Fact]
    public void No_line_at_all_is_grade_D() => Assert.Equal('D', PurposeProfile.Of([Evidence("a", 0.5)], EvidenceSource.Records).Rows[0].Grade);
}
