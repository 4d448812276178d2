using System.Globalization;
using System.Text;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>What is done to one arm of an experiment.</summary>
/// <param name="Kind">Kind of disturbance; null for none.</param>
/// <param name="Size">Its size in the unit of its kind.</param>
/// <param name="Lasts">True for a push that lasts.</param>
/// <param name="Arm">How the organization meets it.</param>
public readonly record struct Treatment(string? Kind, float Size, bool Lasts, Arm Arm)
{
    /// <summary>The sensor that is blinded in <see cref="Arm.Blinded"/>.</summary>
    public Sensor Blind { get; init; }

    /// <summary>The channels that are replayed in <see cref="Arm.Replayed"/>; null for all of them.</summary>
    public IReadOnlyList<Channel>? Only { get; init; }

    /// <summary>A setting that is held in this arm, beside the disturbance or instead of one.</summary>
    public Scenarios.OverrideSpec? Set { get; init; }
}

/// <summary>How the organization meets a disturbance (Powers 1978: what would happen if nobody acted on it).</summary>
public enum Arm
{
    /// <summary>It decides as it does.</summary>
    Live,

    /// <summary>It decides what it decided in the undisturbed run, blind to the disturbance.</summary>
    Replayed,

    /// <summary>It decides nothing new: what held when the window began goes on holding.</summary>
    Frozen,

    /// <summary>It decides by itself, but one of its sensors shows what it showed in the undisturbed run.</summary>
    Blinded,
}

/// <summary>
/// One run that is stopped at a date and goes on from there many times: undisturbed, and under each treatment, with the same luck person by
/// person. All arms share the past, so what differs between them is what the treatment did.
/// </summary>
/// <remarks>Each arm costs the weeks of its window, not a whole run.</remarks>
public sealed class PairedArms
{
    private readonly Setting setting;
    private readonly byte[] past;
    private readonly int first, samples;
    private readonly Changes changes;
    private readonly IntentLog log = new();

    private PairedArms(Setting setting, byte[] past, int first, int samples, Changes changes)
    {
        (this.setting, this.past, this.first, this.samples, this.changes) = (setting, past, first, samples, changes);
        Undisturbed = Window(new Intents(log), null);
    }

    /// <summary>What the undisturbed arm recorded, by measure and sample of the window.</summary>
    public float[][] Undisturbed { get; }

    /// <summary>
    /// What the flagship decided in each sample of the undisturbed arm but the first, as a number that is the same where all decisions of two samples are
    /// (values to a hundredth).
    /// </summary>
    public int[] Decided()
    {
        var words = Enumerable.Range(0, samples).Select(_ => new StringBuilder()).ToArray();
        foreach (var intent in log.Rows)
        {
            var sample = (intent.Week / MeasureCatalog.WeeksBetween) - first;
            if (sample >= 0 && sample < samples && log.OrganizationOf(intent.Unit) == setting.Flagship)
                words[sample].Append(CultureInfo.InvariantCulture, $"{intent.Channel} {intent.Unit} {intent.Item} {MathF.Round(100 * intent.Value)};");
        }

        var known = new Dictionary<string, int>();
        return [.. words.Skip(1).Select(w => known.TryGetValue(w.ToString(), out var number) ? number : known[w.ToString()] = known.Count)];
    }

    /// <summary>Stops a run at a date, if its flagship is alive then.</summary>
    /// <param name="simulation">A run between two weeks, at the end of a sample.</param>
    /// <param name="setting">Its setting.</param>
    /// <param name="samples">Samples in the window.</param>
    /// <param name="changes">The changes that the run was started with.</param>
    /// <returns>Null if the flagship is not there.</returns>
    public static PairedArms? At(Engine.Simulation simulation, Setting setting, int samples, Changes? changes = null)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        if (!simulation.World.Flagship.Alive)
            return null;
        using var stream = new MemoryStream();
        Checkpoint.Save(simulation, stream);
        return new PairedArms(setting, stream.ToArray(), simulation.World.Week / MeasureCatalog.WeeksBetween, samples, changes ?? new Changes());
    }

    /// <summary>Runs one arm. What it records is NaN from the flagship's end on, but for members and branches, which are 0 in the sample of its end.</summary>
    public float[][] Run(in Treatment treatment) => Run(treatment, out _);

    /// <summary>Runs one arm, as <see cref="Run(in Treatment)"/> does.</summary>
    /// <param name="treatment">What is done to it.</param>
    /// <param name="intents">Its decisions: after the run they know how many could not be replayed. Null where all were taken anew.</param>
    public float[][] Run(in Treatment treatment, out Intents? intents)
    {
        intents = treatment.Arm switch
        {
            Arm.Replayed => new Intents(null, log, treatment.Only ?? Enum.GetValues<Channel>(), null, setting.Flagship),
            Arm.Frozen => new Intents(null, log.Frozen(), Enum.GetValues<Channel>(), null, setting.Flagship),
            Arm.Blinded => new Intents(null, log, null, [treatment.Blind], setting.Flagship),
            _ => null,
        };
        var (kind, size, lasts) = (treatment.Kind, treatment.Size, treatment.Lasts);
        return Window(intents, kind is null ? null : () => new Disturbance(kind, size, first * MeasureCatalog.WeeksBetween, lasts), treatment.Set);
    }

    private float[][] Window(Intents? intents, Func<Mechanism>? disturbance, Scenarios.OverrideSpec? set = null)
    {
        // after everything else outside, so that what it changes is not set anew in the same week
        var treated = disturbance is null ? changes : changes with { Added = [.. changes.Added, ("founding", disturbance)] };
        if (set is not null)
            treated = treated with { Overrides = [.. treated.Overrides, set] };
        using var simulation = Checkpoint.Resume(new MemoryStream(past), setting, treated, intents: intents ?? new Intents(null));
        var recorder = new MeasureRecorder(setting, first, samples);
        for (var week = 0; week < samples * MeasureCatalog.WeeksBetween && simulation.World.Flagship.Alive; week++)
        {
            simulation.Step();
            recorder.Sample(simulation.World);
        }

        return recorder.Values;
    }
}
