using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Posiwid.Benchmarks;

/// <summary>
/// A fixed piece of arithmetic to measure times against, because milliseconds differ between machines and with their load. One yard is the time of a
/// million multiply-and-adds in which each waits for the one before: about a millisecond on a processor of 2024.
/// </summary>
public static class Yardstick
{
    private const int Steps = 1_000_000;

    /// <summary>Seconds of a yard now: the median of nine.</summary>
    public static double Seconds()
    {
        double[] times = new double[9];
        ulong sum = 0;
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            sum += Walk((ulong)i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(times);
        GC.KeepAlive(sum);
        return times[times.Length / 2];
    }

    /// <summary>Yards that an action takes: the median of an odd number of times, each against the mean of a yard before and a yard after.</summary>
    public static double Yards(Action action, int times = 5)
    {
        double[] yards = new double[times];
        double before = Seconds();
        for (int i = 0; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds, after = Seconds();
            yards[i] = elapsed / (0.5 * (before + after));
            before = after;
        }

        Array.Sort(yards);
        return yards[times / 2];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong Walk(ulong x)
    {
        for (int i = 0; i < Steps; i++) x = x * 6364136223846793005 + 1442695040888963407;
        return x;
    }
}
