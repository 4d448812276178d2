using Posiwid.Purpose;
using Posiwid.Purpose.KnownSystems;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose;

/// <summary>The controls of a profile: each can fail, is tested by the rule that votes, and is said to be missing where it could not be run.</summary>
public class ControlTests
{
    private static readonly Ends Usual = new([new End("a", "a", "mission"), new End("placebo", "a control", "placebo")], []);

    private static Decision[] Decisions(string kind, ulong seed, double week = 0) =>
        [.. Choosers.Planted(kind, ["a"], [0.5], 400, 40, new AddressedRandom(seed, 7)).Select(d => d with { Week = week })];

    private static TestedLine Control(IReadOnlyList<Decision> decisions, params AttributeEnd[] attributes) =>
        new PurposeAnalysis(new PurposeData { Ends = Usual, Source = EvidenceSource.Model, Decisions = decisions, AttributeEnds = attributes }).Profile.Rows.Single(r => r.End.IsPlacebo).Evidence.Choice;

    [Fact]
    public void The_attribute_by_lot_is_tested_by_the_rule_that_votes()
    {
        Decision[] all = [.. Decisions("plan", 1), .. Decisions("plan", 2, 1000)];
        var found = Control(all, new AttributeEnd("plan", "a", "a", WeightOrigin.Changed));
        var wanted = LearnedPreference.Of(all, RevealedPreference.Control, new PurposeSettings().FirstYears * 52);
        Assert.Equal(wanted, found);
        Assert.StartsWith("learned", found.Estimate.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_attribute_by_lot_is_tested_in_every_kind_that_votes()
    {
        Decision[] all = [.. Decisions("plan", 1), .. Decisions("visit", 2), .. Decisions("z", 3)];
        var found = Control(all, new AttributeEnd("plan", "a", "a", WeightOrigin.Learned), new AttributeEnd("visit", "a", "a", WeightOrigin.Learned), new AttributeEnd("z", "a", "a", WeightOrigin.Scenario));
        var p = new[] { "plan", "visit" }.Min(k => RevealedPreference.Line(RevealedPreference.Of([.. all.Where(d => d.Kind == k)]), RevealedPreference.Control).PValue);
        Assert.Equal(Math.Min(1, 2 * p!.Value), found.PValue!.Value, 12);
    }

    [Fact]
    public void The_control_of_a_known_organization_has_a_variance()
    {
        var placebo = Defense.Of(KnownOrganization.GrowthSect.Data(20, 1).Defense.Single(d => d.End == "placebo" && d.Dose == -1));
        Assert.InRange(placebo.PValue!.Value, 0, 1);
        Assert.True(placebo.Share.High - placebo.Share.Low > 0.001, $"{placebo.Share}");
    }

    [Fact]
    public void Ends_without_a_control_get_the_usual_one()
    {
        var own = new Ends([new End("mine", "mine", "mission")], [new KindEnd("act", "mine", 1, 1, 1)]);
        Assert.Equal(["mine", "placebo"], own.WithControlOf(Usual).All.Select(e => e.Code));
        Assert.Equal(1, own.WithControlOf(Usual).Of("act").Single().Weight);
        Assert.Same(Usual, Usual.WithControlOf(own));
    }

    [Fact]
    public void It_is_said_that_no_control_could_be_run()
    {
        string? Said(Ends ends, params Decision[] decisions) => new PurposeAnalysis(new PurposeData
        {
            Ends = ends,
            Source = EvidenceSource.Records,
            Decisions = decisions,
            AttributeEnds = [new AttributeEnd("plan", "a", "a", WeightOrigin.Learned)],
        }).WithoutControl;
        Assert.Contains("No control could be run", Said(Usual), StringComparison.Ordinal);
        Assert.Contains("too few", Said(Usual, Decisions("plan", 1)[..5]), StringComparison.Ordinal);
        Assert.Contains("no end is declared", Said(new Ends([new End("a", "a", "mission")], []), Decisions("plan", 1)), StringComparison.Ordinal);
        Assert.Null(Said(Usual, Decisions("plan", 1)));
    }
}
