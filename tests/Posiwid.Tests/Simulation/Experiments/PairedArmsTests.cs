using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Experiments;

/// <summary>The arms of the defense experiment: what is the same is the same to the bit, and what a treatment changes is what it says.</summary>
public class PairedArmsTests
{
    private const int Date = 520, Samples = 6;

    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    private static readonly Lazy<PairedArms> Arms = new(() =>
    {
        var recorder = new MeasureRecorder(Iso.Setting, 0, 0);
        using var run = Iso.Start(3);
        while (run.World.Week < Date)
        {
            run.Step();
            recorder.Sample(run.World);
        }

        return PairedArms.At(run, Iso.Setting, Samples)!;
    });

    [Fact]
    public void Who_decides_nothing_new_founds_and_closes_nothing()
    {
        var branches = MeasureCatalog.Of(Iso.Setting.Scenario).Select((m, i) => (m.Id, i)).Single(m => m.Id == "branches").i;
        var moves = MeasureCatalog.Of(Iso.Setting.Scenario).Select((m, i) => (m.Id, i)).Single(m => m.Id == "moves").i;
        var frozen = Arms.Value.Run(new Treatment(null, 0, false, Arm.Frozen));
        Assert.Single(frozen[branches].Distinct());
        Assert.All(frozen[moves], m => Assert.Equal(0, m));
        Assert.NotEqual(Arms.Value.Undisturbed[0], frozen[0]);
    }

    [Fact]
    public void The_undisturbed_arm_is_the_run_itself()
    {
        var recorder = new MeasureRecorder(Iso.Setting);
        using var run = Iso.Start(3);
        while (run.World.Week < Date + (4 * Samples))
        {
            run.Step();
            recorder.Sample(run.World);
        }

        var whole = recorder.Values.Select(v => v.Skip(Date / 4).Take(Samples).ToArray()).ToArray();
        AssertSame(whole, Arms.Value.Undisturbed);
    }

    [Theory]
    [InlineData(Arm.Live)]
    [InlineData(Arm.Replayed)]
    [InlineData(Arm.Blinded)]
    public void Without_a_disturbance_every_arm_is_the_undisturbed_one(Arm arm) =>
        AssertSame(Arms.Value.Undisturbed, Arms.Value.Run(new Treatment(null, 0, false, arm) { Blind = Sensor.SizeReports }));

    // a game of channels has the live arm at one end and the replayed one at the other
    [Fact]
    public void No_channel_replayed_is_live_and_every_channel_is_all_of_them()
    {
        var hit = new Treatment("members", -0.1f, false, Arm.Replayed);
        AssertSame(Arms.Value.Run(hit with { Arm = Arm.Live }), Arms.Value.Run(hit with { Only = [] }));
        AssertSame(Arms.Value.Run(hit), Arms.Value.Run(hit with { Only = Enum.GetValues<Channel>() }));
        Assert.NotEqual(Arms.Value.Run(hit)[0], Arms.Value.Run(hit with { Only = [] })[0]);
    }

    [Fact]
    public void What_is_decided_differs_from_time_to_time() => Assert.InRange(Arms.Value.Decided().Distinct().Count(), 2, Samples - 1);

    [Fact]
    public void A_disturbance_of_size_0_changes_nothing() => Assert.All(Disturbance.Kinds.Keys, kind =>
        AssertSame(Arms.Value.Undisturbed, Arms.Value.Run(new Treatment(kind, 0, false, Arm.Live))));

    [Fact]
    public void Every_disturbance_moves_what_its_end_is_measured_by()
    {
        var measures = MeasureCatalog.Of(Iso.Scenario);
        // wins are too rare for one window: the climate has its own test
        foreach (var end in Ends.All.Where(e => e.Disturbance != "struggle"))
        {
            var measure = new EndMeasure(end, measures);
            var harms = Disturbance.Kinds[end.Disturbance!].Harms;
            var before = measure.Of(Arms.Value.Undisturbed).Where(double.IsFinite).Sum();
            var after = measure.Of(Arms.Value.Run(new Treatment(end.Disturbance, 2 * harms, false, Arm.Replayed))).Where(double.IsFinite).Sum();
            Assert.True(end.MoreIsBetter ? after < before : after > before, $"{end.Code}: {before} before, {after} after");
        }
    }

    [Fact]
    public void The_climate_is_lowered_for_half_a_year()
    {
        var struggle = MeasureCatalog.Of(Iso.Scenario).Select((m, i) => (m.Id, i)).Single(m => m.Id == "climate.struggle").i;
        var lowered = Arms.Value.Run(new Treatment("struggle", -0.5f, false, Arm.Live))[struggle];
        var lasting = Arms.Value.Run(new Treatment("struggle", -0.5f, true, Arm.Live))[struggle];
        Assert.Equal(0.5f * Arms.Value.Undisturbed[struggle][0], lowered[0], 1e-6f);
        // 26 weeks are six samples and a half; the window holds six
        Assert.Equal(lasting, lowered);
        Assert.Equal(Samples, lowered.Length);
    }

    [Fact]
    public void A_lasting_push_goes_on()
    {
        var kept = Arms.Value.Run(new Treatment("belief", -0.2f, false, Arm.Replayed));
        var pushed = Arms.Value.Run(new Treatment("belief", -0.4f, true, Arm.Replayed));
        var belief = MeasureCatalog.Of(Iso.Scenario).Select((m, i) => (m.Id, i)).Single(m => m.Id == "belief").i;
        // once: most of it in the first four weeks; in parts of 2 x .4 / 26 = .03 every second week: little at first, and more and more
        Assert.True(pushed[belief][0] > kept[belief][0]);
        Assert.True(pushed[belief][Samples - 1] < pushed[belief][0]);
    }

    [Fact]
    public void Only_the_flagship_is_replayed()
    {
        // the rival does not read the flagship's disturbance through its own decisions taken from a log: it lives on in both arms
        var dsa = MeasureCatalog.Of(Iso.Scenario).Select((m, i) => (m.Id, i)).Single(m => m.Id == "dsa.members").i;
        var live = Arms.Value.Run(new Treatment("members", -0.1f, false, Arm.Live));
        var replayed = Arms.Value.Run(new Treatment("members", -0.1f, false, Arm.Replayed));
        Assert.All(live[dsa], n => Assert.True(n > 0));
        Assert.Equal(live[dsa][0], replayed[dsa][0], 0.02 * live[dsa][0]);
    }

    // about half of the members are even; a tenth of all are exchanged for others: .5 becomes .4 or .6, less who cannot be exchanged
    [Fact]
    public void The_blow_to_the_control_changes_who_is_there_and_nothing_that_anybody_reads()
    {
        var end = Ends.All.Single(e => e.IsPlacebo);
        var measures = MeasureCatalog.Of(Iso.Scenario);
        var placebo = new EndMeasure(end, measures);
        float[][] Run(float size, Arm arm) => Arms.Value.Run(new Treatment(end.Disturbance, size, false, arm));
        var (down, up, replayed) = (Run(-0.1f, Arm.Live), Run(0.1f, Arm.Live), Run(-0.1f, Arm.Replayed));
        Assert.InRange(placebo.Of(Arms.Value.Undisturbed)[0], 0.35, 0.65);
        Assert.InRange(placebo.Of(Arms.Value.Undisturbed)[0] - placebo.Of(down)[0], 0.04, 0.15);
        Assert.InRange(placebo.Of(up)[0] - placebo.Of(Arms.Value.Undisturbed)[0], 0.04, 0.15);
        foreach (var id in new[] { "members", "hope", "ties", "need" })
        {
            var m = measures.Select((x, i) => (x.Id, i)).Single(x => x.Id == id).i;
            Assert.Equal(Arms.Value.Undisturbed[m][0], down[m][0], 0.05 * Arms.Value.Undisturbed[m][0]);
        }

        // what a control is for: deciding and not deciding anew part by chance, so that its defense can fail
        Assert.NotEqual(placebo.Of(down), placebo.Of(replayed));
    }

    [Theory]
    [InlineData("nothing", "'placebo' is measured by 'nothing'")]
    [InlineData("members/nothing", "'placebo' is measured by 'nothing'")]
    [InlineData(null, "'placebo' has no measure")]
    public void A_measure_that_nobody_records_is_named(string? measure, string says)
    {
        var end = Ends.All.Single(e => e.IsPlacebo) with { Measure = measure };
        Assert.Contains(says, Assert.Throws<FormatException>(() => new EndMeasure(end, MeasureCatalog.Of(Iso.Scenario))).Message);
    }

    private static void AssertSame(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var m = 0; m < expected.Length; m++)
            Assert.Equal(expected[m].Select(BitConverter.SingleToInt32Bits), actual[m].Select(BitConverter.SingleToInt32Bits));
    }
}
