using System.Reflection;
using System.Text;
using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Records;
using Run = Posiwid.Simulation.Engine.Simulation;

namespace Posiwid.Tests.Simulation.Engine;

public class CheckpointTests
{
    private const int Years = 52;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_run_saved_after_ten_years_goes_on_with_the_same_bits(ulong seed)
    {
        using var whole = Iso.Start(seed);
        var wholeRecorder = new MeasureRecorder(Iso.Setting);
        Go(whole, wholeRecorder, 20 * Years);

        using var stream = new MemoryStream();
        using (var half = Iso.Start(seed))
        {
            Go(half, new MeasureRecorder(Iso.Setting), 10 * Years);
            Checkpoint.Save(half, stream);
        }

        stream.Position = 0;
        using var resumed = Checkpoint.Resume(stream, Iso.Setting, threads: 2);
        var recorder = new MeasureRecorder(Iso.Setting);
        Assert.Equal(10 * Years, resumed.World.Week);
        Go(resumed, recorder, 10 * Years);

        Assert.Equal(StateHash.Parts(whole.World), StateHash.Parts(resumed.World));
        Assert.Equal(whole.World.Events, resumed.World.Events);
        var first = 10 * Years / MeasureCatalog.WeeksBetween;
        for (var m = 0; m < recorder.Values.Length; m++)
            Assert.Equal(wholeRecorder.Values[m][first..], recorder.Values[m][first..]);
    }

    [Fact]
    public void What_was_saved_is_what_is_read()
    {
        using var run = Iso.Start(5).Weeks(300);
        using var resumed = Resume(Bytes(run));
        Assert.Equal(Bytes(run), Bytes(resumed));
        Assert.Same(resumed.World.Organizations[0], resumed.World.Branches.First(b => b.Organization.Index == 0).Organization);
        Assert.Same(resumed.World.Branches[0], resumed.World.BranchAt.First(b => b is not null));
    }

    [Fact]
    public void Intents_go_on_being_recorded_and_replayed()
    {
        var channels = Enum.GetValues<Channel>();
        var donor = new IntentLog();
        Iso.Start(6, intents: new Intents(donor)).Weeks(400);

        var wholeLog = new IntentLog();
        using var whole = Iso.Start(7, intents: new Intents(wholeLog, donor, channels, [Sensor.SizeReports])).Weeks(400);
        using var half = Iso.Start(7, intents: new Intents(new IntentLog(), donor, channels, [Sensor.SizeReports])).Weeks(200);
        using var resumed = Resume(Bytes(half)).Weeks(200);
        Assert.Equal(whole.World.Hash(), resumed.World.Hash());
        Assert.Equal((whole.World.Intents.Substituted, whole.World.Intents.Dropped), (resumed.World.Intents.Substituted, resumed.World.Intents.Dropped));
        Assert.Equal(wholeLog.Rows, resumed.World.Intents.Recorded!.Rows);
    }

    [Fact]
    public void All_state_is_in_the_world()
    {
        // parameters are the only fields of a mechanism; in a simulation only who acts changes after it was set up, and that follows
        // from the week and the doses (DatedDoseTests resumes a run on either side of a date); what is dealt to threads is dealt anew every week
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var make in WeeklySchedule.Mechanisms)
        {
            var loose = make().GetType().GetFields(All)
                .Where(f => f.IsInitOnly ? !f.FieldType.IsPrimitive && !typeof(Delegate).IsAssignableFrom(f.FieldType.GetElementType() ?? f.FieldType) : !f.IsLiteral && f.GetCustomAttribute<ParameterAttribute>() is null);
            Assert.Equal([], loose.Select(f => $"{f.DeclaringType!.Name}.{f.Name}"));
        }

        Assert.Equal(["<After>k__BackingField", "branch", "center", "outside"], typeof(Run).GetFields(All).Where(f => !f.IsInitOnly && !f.IsLiteral).Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>What a run is given when it starts or goes on, and what only spares work.</summary>
    private static readonly Type[] Given = [typeof(Setting), typeof(Draws), typeof(Intents), typeof(IRunObserver), typeof(BranchStretches), typeof(Whereabouts)];

    [Fact]
    public void Whatever_can_be_reached_from_the_world_can_be_saved()
    {
        var layout = StateLayout.Describe(typeof(World), typeof(Intents));
        foreach (var type in (Type[])[typeof(World), typeof(Branch), typeof(Organization), typeof(Pools), typeof(Census), typeof(Contact), typeof(HiddenCase), typeof(Leader), typeof(IntentLog)])
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                if (!Given.Contains(field.FieldType))
                    Assert.Contains($"{type}.{field.Name}:", layout, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_kind_of_field_that_cannot_be_saved_is_refused() =>
        Assert.Contains("cannot save", Assert.Throws<NotSupportedException>(() => StateLayout.Describe(typeof(WithAFunction))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_is_written_aside_and_read_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder["run.checkpoint"];
        File.WriteAllText(path, "old");
        using var run = Iso.Start(8).Weeks(60);
        Checkpoint.Save(run, path);
        Assert.Equal(["run.checkpoint"], folder.Names);
        using var resumed = Checkpoint.Resume(path, Iso.Setting);
        Assert.Equal(run.World.Hash(), resumed.World.Hash());
        Assert.Contains("cannot be read", Sentence(() => Checkpoint.Resume(path + "x", Iso.Setting)), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_used_get_one_sentence()
    {
        using var run = Iso.Start(9).Weeks(30);
        var good = Bytes(run);
        Assert.Contains("not a checkpoint", Sentence(() => Resume(Encoding.UTF8.GetBytes("name: iso\ntitle: something else\n"))), StringComparison.Ordinal);
        Assert.Contains("not a checkpoint", Sentence(() => Resume([])), StringComparison.Ordinal);
        Assert.Contains("another scenario", Sentence(() => Checkpoint.Resume(new MemoryStream(good), Iso.Of(Iso.Scenario with { PriceYear = 2001 }))), StringComparison.Ordinal);

        var newer = good.ToArray();
        newer["posiwid checkpoint".Length] = 9;
        Assert.Contains("version 9", Sentence(() => Resume(newer)), StringComparison.Ordinal);

        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            Assert.Contains(Sentence(() => Resume(good[..random.Next(20, good.Length)])), Damages);
            var damaged = good.ToArray();
            damaged[random.Next(30, good.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Contains(Sentence(() => Resume(damaged)), Damages);
        }
    }

    private static readonly string[] Damages = ["The checkpoint ends too early.", "The checkpoint is damaged."];

    private static void Go(Run run, MeasureRecorder recorder, int weeks)
    {
        for (var w = 0; w < weeks; w++)
        {
            run.Step();
            recorder.Sample(run.World);
        }
    }

    private static byte[] Bytes(Run run)
    {
        using var stream = new MemoryStream();
        Checkpoint.Save(run, stream);
        return stream.ToArray();
    }

    private static Run Resume(byte[] bytes) => Checkpoint.Resume(new MemoryStream(bytes), Iso.Setting);

    private static string Sentence(Func<Run> resume)
    {
        var message = Assert.Throws<CheckpointException>(() => resume()).Message;
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private sealed class WithAFunction
    {
        public Func<int>? Function { get; init; }
    }
}
