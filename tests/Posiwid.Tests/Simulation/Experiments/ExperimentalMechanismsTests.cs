using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Simulation.Engine;
using Posiwid.Tests.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Experiments;

/// <summary>What experiments do to a run from outside.</summary>
public class ExperimentalMechanismsTests
{
    [Fact]
    public void Size_looks_as_it_did_at_the_founding()
    {
        var tiny = new Tiny().AddMany(100, MemberFlags.None).Count();
        var held = new HeldImpressiveness();
        held.Outside(tiny.World);
        Assert.Equal(2 / 3.3f, tiny.Club.Impressiveness, 0.0001f); // log10 100 over 3.3
        tiny.AddMany(900, MemberFlags.None).Count().Club.Impressiveness = 0.9f;
        held.Outside(tiny.World);
        Assert.Equal(2 / 3.3f, tiny.Club.Impressiveness, 0.0001f);
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 0)]
    public void A_branch_loses_its_share_and_visits_are_noted(double share, int left)
    {
        var tiny = new Tiny().AddMany(20, MemberFlags.None).Count();
        tiny.World.Week = 9;
        var loss = new BranchLoss(10, share, 26);
        loss.Outside(tiny.World);
        Assert.Equal(20, tiny.Branch.Roll.Count); // not yet
        tiny.World.Week = 10;
        loss.Outside(tiny.World);
        Assert.Equal(left, tiny.Branch.Roll.Count);
        loss.Center(tiny.World, tiny.Club);
        Assert.Equal([EventKinds.BranchChosen], tiny.World.Events.Select(e => e.Kind));
        tiny.Branch.WatchedUntil = 23; // the center came
        loss.Center(tiny.World, tiny.Club);
        loss.Center(tiny.World, tiny.Club);
        tiny.World.Week = 37; // a later visit is no longer watched
        tiny.Branch.WatchedUntil = 50;
        loss.Center(tiny.World, tiny.Club);
        Assert.Equal([EventKinds.BranchChosen, EventKinds.BranchVisited], tiny.World.Events.Select(e => e.Kind));
    }

    [Fact]
    public void A_small_branch_is_left_alone()
    {
        var tiny = new Tiny().AddMany(9, MemberFlags.None).Count();
        tiny.World.Week = 10;
        new BranchLoss(10, 1, 26).Outside(tiny.World);
        Assert.Equal((9, 0), (tiny.Branch.Roll.Count, tiny.World.Events.Count));
    }

    [Fact]
    public void A_run_that_is_cut_short_is_the_same_as_far_as_it_goes()
    {
        var plan = new RunPlan { Setting = Iso.Setting, Runs = 1, Seed = 5 };
        var (whole, part) = (Ensemble.One(plan with { Weeks = 208 }, 0, cancellation: TestContext.Current.CancellationToken)!, Ensemble.One(plan with { Weeks = 104 }, 0, cancellation: TestContext.Current.CancellationToken)!);
        Assert.All(whole.Values.Zip(part.Values), v => Assert.Equal(v.First[..26], v.Second[..26]));
        Assert.All(part.Values, v => Assert.All(v[26..], x => Assert.Equal(float.NaN, x)));
    }

    [Fact]
    public void Each_run_takes_its_own_draw_and_what_is_changed_stands_over_it()
    {
        static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Hope(double decay) =>
            new Dictionary<string, IReadOnlyDictionary<string, double>> { ["hope"] = new Dictionary<string, double> { ["decay"] = decay } };
        var plan = new RunPlan { Setting = Iso.Setting, Draws = [Hope(0.01), Hope(0.02)], Changes = Iso.With(("hope", "scale", 2)) };
        Assert.Equal([0.01, 0.02, 0.01], Enumerable.Range(0, 3).Select(run => plan.Of(run).Mechanisms["hope"]["decay"]));
        Assert.Equal(2, plan.Of(1).Mechanisms["hope"]["scale"]);
        Assert.Equal(0.5, (plan with { Changes = Iso.With(("hope", "decay", 0.5)) }).Of(0).Mechanisms["hope"]["decay"]);
    }

    /// <summary>Who joined in the sample two years before and is still there is counted as having stayed two years.</summary>
    [Fact]
    public void Who_stays_is_read_off_the_rolls()
    {
        var run = Ensemble.One(new RunPlan { Setting = Iso.Setting, Seed = 5, Weeks = 400 }, 0, cancellation: TestContext.Current.CancellationToken)!;
        var rows = MeasureCatalog.Of(Iso.Setting.Scenario).Select((m, i) => (m.Id, i)).ToDictionary(m => m.Id, m => m.i);
        float At(string measure, int sample) => run.Values[rows[measure]][sample];
        for (var s = 40; s < 99; s++)
        {
            Assert.InRange(At("stayed.three_years", s), 0, At("joins", s - 39)); // 39 samples of four weeks
            Assert.InRange(At("stayed.two_years", s), 0, At("joins", s - 26));
            Assert.InRange(At("attacked.marginalized", s), 0, At("attacked", s));
            Assert.InRange(At("joins.action", s), 0, At("joins", s));
        }
    }
}
