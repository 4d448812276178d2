using System.Diagnostics;
using System.Globalization;
using Posiwid.Purpose;
using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Benchmarks;

/// <summary>
/// What the experiments behind a profile cost on the ISO: <c>experiments</c> times the parts of one arm and one life on one core; <c>shapley [lives]</c>
/// times a sample of the lives under all 256 subsets of the eight core functions on all cores and says what all of them on 100 seeds would take;
/// <c>shapley all</c> runs all of them.
/// </summary>
internal static class Experiments
{
    private const int Seeds = 100;

    public static int Parts()
    {
        var (setting, _) = Iso();
        var seed = 1UL;
        while (KnockOut.Life(setting, seed).Weeks < setting.Weeks)
            seed++; // the first run that lives to the end
        using var run = new Simulation.Engine.Simulation(setting, seed);
        while (run.World.Week < 1096)
            run.Step();
        using var saved = new MemoryStream();
        Checkpoint.Save(run, saved);
        var arms = PairedArms.At(run, setting, 26)!;
        Console.WriteLine($"the ISO (seed {seed}) in week {run.World.Week}: {run.World.Flagship.Agents} members, a checkpoint of {saved.Length / 1e6:F1} MB; milliseconds of one core, median of 15");
        Time("a new run, before its first week", () => new Simulation.Engine.Simulation(setting, seed).Dispose());
        Time("saving it", () => Checkpoint.Save(run, new MemoryStream()));
        Time("going on from it", () => Checkpoint.Resume(new MemoryStream(saved.GetBuffer(), 0, (int)saved.Length), setting).Dispose());
        Time("an arm of two years, live", () => arms.Run(new Treatment("members", -0.1f, false, Arm.Live)));
        Time("an arm of two years, replayed", () => arms.Run(new Treatment("members", -0.1f, false, Arm.Replayed)));
        Time("a whole life", () => KnockOut.Life(setting, seed));
        return 0;
    }

    public static int Shapley(string[] args)
    {
        var (setting, functions) = Iso();
        var core = functions.Where(f => f.Core).ToArray();
        var all = (1 << core.Length) * Seeds;
        var lives = args is ["all"] ? all : Math.Min(all, args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 512);
        int[] tasks = [.. Enumerable.Range(0, lives).Select(i => (int)((long)i * 7919 % all))]; // 7919 is prime to 25,600: no life comes twice
        var both = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }; // else the pool adds threads to long work
        Parallel.ForEach(tasks.Take(32), both, t => Live(t)); // compiles the code
        var weeks = 0L;
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Parallel.ForEach(tasks, both, task => Interlocked.Add(ref weeks, Live(task)));
        var (seconds, processor) = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        Console.WriteLine($"{lives:N0} of {all:N0} lives ({1 << core.Length} subsets of {core.Length} functions, {Seeds} seeds) on {Environment.ProcessorCount} threads: {seconds:F1} s, {processor:F1} s of processor time, mean life {weeks / (double)lives / 52.18:F1} years"
            + (lives < all ? $"; all of them would take {seconds * all / lives / 60:F1} minutes at this load, {processor * all / lives / 60 / Environment.ProcessorCount:F1} if the processor time were all that counts (projections from a sample spread evenly over subsets and seeds)" : ""));
        return 0;

        int Live(int task) => KnockOut.Life(setting, 1 + (ulong)(task % Seeds), KnockOut.Of(setting, [.. core.Where((_, f) => (task / Seeds >> f & 1) == 0)])).Weeks;
    }

    private static void Time(string what, Action work)
    {
        var times = new double[15];
        for (var i = -3; i < times.Length; i++)
        {
            var (start, bytes) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            work();
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i == 14)
                Console.Write($"  {what,-34} {times.Order().ElementAt(7),8:F2}   {(GC.GetTotalAllocatedBytes() - bytes) / 1e6,6:F1} MB allocated\n");
        }
    }

    private static (Setting, IReadOnlyList<Function>) Iso()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "scenarios", "iso.yaml")))
            root = Path.GetDirectoryName(root) ?? throw new FileNotFoundException("scenarios/iso.yaml");
        var file = Path.Combine(root, "scenarios", "iso.yaml");
        var scenario = ScenarioFile.Read(file, [.. WeeklySchedule.Mechanisms.Select(m => MechanismInfo.Of(m().GetType()))]);
        string Data(string name) => Path.Combine(root, "data", name);
        return (Setting.Of(scenario, new DataFiles(file)), Function.Read(Data("functions.csv"), Ends.Read(Data("ends.csv"), Data("kind_end.csv"))));
    }
}
