using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Claims;

/// <summary>
/// What one run gives for a purpose profile: one undisturbed life, from which the blows branch off on their day, and a life without what serves each end.
/// It is what <c>posiwid purpose</c> does, with one date and without what no verdict hangs on.
/// </summary>
internal sealed class ProfileRun
{
    private readonly RunPlan plan;
    private readonly FigureSpec figure;
    private readonly HashSet<ProfileLine> lines;
    private readonly Ends ends;
    private readonly RunFigures reader;
    private readonly EndMeasure?[] measures; // by end; null where nothing can disturb it
    private readonly Changes?[] away; // by end; null where nothing serves it
    private readonly int first, last, start, samples, hope;

    /// <summary>Prepares the runs of an arm.</summary>
    /// <param name="plan">The arm's runs.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="lines">The lines that are wanted.</param>
    /// <param name="ends">The ends, and which activity serves which.</param>
    /// <param name="functions">What can be taken away.</param>
    /// <exception cref="FormatException">An end has a measure that no run records, or a function names what does not exist.</exception>
    public ProfileRun(RunPlan plan, FigureSpec figure, IEnumerable<ProfileLine> lines, Ends ends, IReadOnlyList<Function> functions)
    {
        (this.plan, this.ends, this.lines) = (plan, ends, [.. lines]);
        // day and weeks are those of the blows, not of the hours
        this.figure = figure with { Day = null, Weeks = null };
        reader = new RunFigures(plan.Setting, ends);
        var calendar = plan.Setting.Calendar;
        first = figure.From is { } from ? calendar.Week(from) : 0;
        last = Math.Min(plan.Setting.Weeks - 1, figure.To is { } to ? calendar.Week(to) : int.MaxValue);
        start = this.lines.Contains(ProfileLine.Defense) ? calendar.Week(figure.Day!.Value) / MeasureCatalog.WeeksBetween * MeasureCatalog.WeeksBetween : -1;
        samples = (figure.Weeks ?? FigureSpec.UsualWindow) / MeasureCatalog.WeeksBetween;
        var recorded = MeasureCatalog.Of(plan.Setting.Scenario);
        hope = recorded.Select((m, i) => (m.Id, i)).Single(m => m.Id == "hope").i;
        measures = [.. ends.All.Select(e => start >= 0 && !e.IsPlacebo && e.Disturbance is { } blow && HarmOf(blow) != 0 ? new EndMeasure(e, recorded) : null)];
        away = [.. ends.All.Select(e => this.lines.Contains(ProfileLine.Necessity) && functions.Where(f => f.End == e.Code).ToArray() is { Length: > 0 } all ? Without(all) : null)];
        Weeks = (away.Any(a => a is not null) ? plan.Setting.Weeks : Math.Min(plan.Setting.Weeks, Math.Max(last, start) + 1 + MeasureCatalog.WeeksBetween));
    }

    /// <summary>Weeks of the undisturbed life.</summary>
    public int Weeks { get; }

    /// <summary>Weeks that all lives and arms of a run simulate at most.</summary>
    public int AllWeeks => Weeks + (2 * measures.Count(m => m is not null) * samples * MeasureCatalog.WeeksBetween) + (away.Count(a => a is not null) * plan.Setting.Weeks);

    /// <summary>The parts of the profile that a run gives, hours and money at every bound of the coding; null if it was stopped.</summary>
    /// <param name="run">Number of the run, from 0.</param>
    /// <param name="cancellation">Stops.</param>
    public IReadOnlyList<(ProfilePart Part, CodingBound Coding, double[] Values)>? Of(int run, CancellationToken cancellation)
    {
        var (setting, seed, changes) = (plan.SettingOf(run), plan.Seed + (ulong)run, plan.Of(run));
        var money = lines.Contains(ProfileLine.Effort) ? new MoneyOut(first, last) : null;
        using var simulation = new Engine.Simulation(setting, seed, changes, observer: money);
        var (recorder, watch, world) = (new MeasureRecorder(setting), new LifeWatch(), simulation.World);
        double[] defense = [.. Enumerable.Repeat(double.NaN, 2 * ends.All.Count)];
        while (world.Week < Weeks && !simulation.Over)
        {
            if (cancellation.IsCancellationRequested)
                return null;
            if (world.Week == start && PairedArms.At(simulation, setting, samples, changes) is { } arms)
                defense = Blows(arms);
            simulation.Step();
            recorder.Sample(world);
            watch.See(world);
        }

        var parts = new List<(ProfilePart, CodingBound, double[])>();
        if (money is not null)
        {
            var result = RunResult.Of(run, seed, world, recorder);
            foreach (var coding in Enum.GetValues<CodingBound>())
            {
                var bound = figure.Coding == CodingBound.Usual ? coding : figure.Coding;
                parts.Add((ProfilePart.Hours, coding, reader.HoursOfEnds(figure, result, bound)));
                parts.Add((ProfilePart.Money, coding, [.. ends.All.Select(e => money.Of(e, ends, bound))]));
            }
        }

        if (start >= 0)
            parts.Add((ProfilePart.Defense, CodingBound.Usual, defense));
        if (lines.Contains(ProfileLine.Necessity))
        {
            if (Lives(setting, seed, changes, cancellation) is not { } lives)
                return null;
            parts.Add((ProfilePart.Necessity, CodingBound.Usual, [.. lives, watch.Of(setting.Weeks).Weeks, setting.Weeks]));
        }

        return parts;
    }

    private static float HarmOf(string blow) =>
        Disturbance.Kinds.TryGetValue(blow, out var sizes) ? sizes.Harms : throw new FormatException($"there is no disturbance '{blow}'; there are {string.Join(", ", Disturbance.Kinds.Keys)}");

    private Changes Without(Function[] functions)
    {
        try
        {
            return KnockOut.Of(plan.Setting, functions);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"the functions {string.Join(", ", functions.Select(f => f.Id))} cannot be taken away: {e.Message}", e);
        }
    }

    /// <summary>What the blow that harms, at its usual size, does to each end's measure over the window: with decisions live, then with those of the undisturbed arm.</summary>
    private double[] Blows(PairedArms arms)
    {
        var moved = new double[2 * ends.All.Count];
        for (var e = 0; e < ends.All.Count; e++)
        {
            if (measures[e] is not { } measure)
                continue;
            var push = new Treatment(ends.All[e].Disturbance, Disturbance.SizeOf(ends.All[e].Disturbance!, -1), false, Arm.Live);
            var (live, replayed) = (arms.Run(push), arms.Run(push with { Arm = Arm.Replayed }));
            var whole = Alive(arms.Undisturbed) && Alive(live) && Alive(replayed);
            double Moved(float[][] arm) => whole ? Of(arm).Zip(Of(arms.Undisturbed), (x, y) => x - y).Sum() : double.NaN;
            double[] Of(float[][] arm) => measure.Of(arm);
            (moved[e], moved[ends.All.Count + e]) = (Moved(live), Moved(replayed));
        }

        return moved;
    }

    private bool Alive(float[][] values) => !float.IsNaN(values[hope][^1]);

    /// <summary>Weeks lived without what serves each end.</summary>
    private double[]? Lives(Setting setting, ulong seed, Changes changes, CancellationToken cancellation)
    {
        try
        {
            return [.. away.Select(a => a is null ? double.NaN : KnockOut.Life(setting, seed, PurposeExperiment.With(changes, a), cancellation).Weeks)];
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Notes what the flagship spends in some weeks.</summary>
    private sealed class MoneyOut(int first, int last) : IRunObserver
    {
        private readonly SortedDictionary<string, long> cents = [];

        public void Paid(World world, Organization organization, string kind, bool comesIn, long paid)
        {
            if (!comesIn && organization == world.Flagship && world.Week >= first && world.Week <= last)
                cents[kind] = cents.GetValueOrDefault(kind) + paid;
        }

        /// <summary>Cents that were spent on an end.</summary>
        public double Of(End end, Ends ends, CodingBound bound) => cents.Sum(c => ends.Of(c.Key).Where(k => k.End == end.Code)
            .Sum(k => c.Value * (bound switch { CodingBound.Low => k.Low, CodingBound.High => k.High, _ => k.Weight })));
    }
}
