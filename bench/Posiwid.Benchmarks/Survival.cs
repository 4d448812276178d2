using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Benchmarks;

/// <summary>
/// Kaplan-Meier with delayed entry on many spells, in parts of weeks and in whole weeks, and R's survfit on the same spells where Rscript is there:
/// <c>survival [spells] [spells for R]</c>.
/// </summary>
internal static class Survival
{
    private static readonly double[] At = [26, 104, 260];

    public static int Run(string[] args)
    {
        var spells = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var forR = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : spells;
        var (entry, exit, happened) = Make(spells);
        var parts = Report("parts of weeks", entry, exit, happened);
        Report("whole weeks", Array.ConvertAll(entry, Math.Floor), Array.ConvertAll(exit, t => Math.Floor(t) + 1), happened);
        if (forR < spells)
        {
            (entry, exit, happened) = (entry[..forR], exit[..forR], happened[..forR]);
            parts = Report($"{forR:N0} for R", entry, exit, happened);
        }

        if (forR > 0)
            Compare(entry, exit, happened, parts);
        return 0;
    }

    /// <summary>Members who leave at rates that differ, half of them on record only some time after they joined, a fifth lost from view.</summary>
    private static (double[] Entry, double[] Exit, bool[] Happened) Make(int spells)
    {
        var (entry, exit, happened, random) = (new double[spells], new double[spells], new bool[spells], new AddressedRandom(1, 1));
        Parallel.For(0, spells, i =>
        {
            for (uint draw = 0; ; draw += 4)
            {
                var late = random.Uniform((uint)i, draw) < .5 ? 200 * random.Uniform((uint)i, draw + 1) : 0;
                var life = -(i % 3 == 0 ? 20 : 150) * Math.Log(random.Uniform((uint)i, draw + 2));
                if (life <= late)
                    continue; // gone before the register began
                (entry[i], exit[i], happened[i]) = (late, life, random.Uniform((uint)i, draw + 3) < .8);
                return;
            }
        });
        return (entry, exit, happened);
    }

    private static double Report(string name, double[] entry, double[] exit, bool[] happened)
    {
        var times = new double[5];
        SurvivalCurve? curve = null;
        var before = GC.GetTotalAllocatedBytes(true);
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            curve = KaplanMeier.Of(entry, exit, happened, 10);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var bytes = (GC.GetTotalAllocatedBytes(true) - before) / times.Length / (double)entry.Length;
        Array.Sort(times);
        Console.WriteLine(
            $"{entry.Length:N0} spells, {name}: median {times[2]:F3} s [{times[0]:F3}, {times[^1]:F3}], {bytes:F0} bytes a spell; "
            + $"{curve!.Times.Length:N0} times; S = {string.Join(' ', At.Select(t => $"{curve.At(t).Value:G10}"))}");
        return times[2];
    }

    private static void Compare(double[] entry, double[] exit, bool[] happened, double seconds)
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var to = File.Create(file))
            {
                foreach (var column in new[] { entry, exit, Array.ConvertAll(happened, e => e ? 1.0 : 0) })
                    to.Write(MemoryMarshal.AsBytes(column.AsSpan()));
            }

            var start = new ProcessStartInfo("Rscript", [Path.Combine(AppContext.BaseDirectory, "Survival", "survfit.R"), file, $"{entry.Length}"]) { RedirectStandardOutput = true };
            using var r = Process.Start(start)!;
            var said = r.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            r.WaitForExit();
            if (r.ExitCode != 0)
            {
                Console.WriteLine("survfit: R gave up");
                return;
            }

            var took = double.Parse(said[0], CultureInfo.InvariantCulture);
            Console.WriteLine($"survfit: {took:F2} s, {took / seconds:F1} times as long; S = {string.Join(' ', said[1..])}");
        }
        catch (Win32Exception)
        {
            Console.WriteLine("survfit: no Rscript here");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
