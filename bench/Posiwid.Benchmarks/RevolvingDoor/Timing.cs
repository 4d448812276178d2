using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Posiwid.Benchmarks.RevolvingDoor;

/// <summary>
/// Section 7 of the model text. Every measurement is a process of its own, ours and the plain C alike, pinned to one core; the engines take turns, and
/// the median of three counts. Numbers of different runs of this command should not be compared; its ratios may.
/// </summary>
public static class Timing
{
    private const int Repeats = 3;
    private const double Billion = 1e9;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RevolvingDoor");

    /// <summary>One measurement.</summary>
    /// <param name="AgentWeeks">Sum over the timed weeks of the size at their start.</param>
    /// <param name="Seconds">Their time.</param>
    /// <param name="PeakBytes">Largest resident memory of the process; 0 if not known.</param>
    /// <param name="Allocated">Bytes allocated in the timed weeks.</param>
    private readonly record struct Sample(double AgentWeeks, double Seconds, double PeakBytes, double Allocated)
    {
        public double Nanoseconds => Seconds / AgentWeeks * Billion;
    }

    /// <summary>The whole table.</summary>
    public static void Table()
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Processor()}");
        string? plain = Compile(""), keyed = Compile("-DKEYED");
        Console.WriteLine(plain is null ? "no C compiler: no reference" : "reference.c: cc -O2");

        Console.WriteLine();
        Console.WriteLine("One core, million agent-weeks a second, median of three");
        Console.WriteLine($"{"people",12}{"Posiwid",10}{"C",10}{"C keyed",10}{"ratio to C",12}{"to keyed",10}{"bytes allocated",17}");
        double small = 0;
        foreach (int people in new[] { 1_000, 100_000, 1_000_000 })
        {
            int weeks = Math.Max(30, 30_000_000 / people), warm = Math.Max(300, weeks);
            var ours = new List<Sample>();
            var c = new List<Sample>();
            var ck = new List<Sample>();
            for (int i = 0; i < Repeats; i++)
            {
                ours.Add(Ours(people, weeks, warm));
                if (plain is not null) c.Add(Reference(plain, people, weeks, warm));
                if (keyed is not null) ck.Add(Reference(keyed, people, weeks, warm));
            }

            double rate = 1e3 / Median(ours), rateC = 1e3 / Median(c), rateKeyed = 1e3 / Median(ck);
            Console.WriteLine($"{people,12:N0}{rate,10:F1}{rateC,10:F1}{rateKeyed,10:F1}{rate / rateC,12:F2}{rate / rateKeyed,10:F2}{ours.Max(s => s.Allocated),17:N0}");
            double peak = ours.Min(s => s.PeakBytes);
            if (people == 1_000) small = peak;
            if (people == 1_000_000) Console.WriteLine($"{(peak - small) / (people - 1_000):F1} bytes a person (peak resident memory)");
        }

        Console.WriteLine();
        Console.WriteLine("Cold: the first 20 weeks of 100,000 people in a new process, and the same with smaller instruction sets when warm");
        Sample warmed = Ours(100_000, 300, 300);
        Console.WriteLine($"{"cold",24}{Ours(100_000, 20, 0).Nanoseconds / warmed.Nanoseconds,8:F2} times the time of warm weeks");
        foreach (string without in new[] { "AVX512", "AVX2", "HWIntrinsic" })
            Console.WriteLine($"{"without " + without,24}{Ours(100_000, 100, 100, without: without).Nanoseconds / warmed.Nanoseconds,8:F2}");

        Console.WriteLine();
        Console.WriteLine("Growth of the cost of a week with the people");
        int[] sizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
        double[] logSize = [.. sizes.Select(n => Math.Log(n))], logTime = new double[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            int weeks = Math.Max(10, 30_000_000 / sizes[i]);
            Sample sample = Ours(sizes[i], weeks, Math.Max(60, weeks));
            logTime[i] = Math.Log(sample.Seconds / weeks);
            Console.WriteLine($"{sizes[i],12:N0}{sample.Nanoseconds,8:F2} ns an agent-week");
        }

        double meanSize = logSize.Average(), meanTime = logTime.Average();
        double exponent = logSize.Zip(logTime, (x, y) => (x - meanSize) * (y - meanTime)).Sum() / logSize.Sum(x => (x - meanSize) * (x - meanSize));
        Console.WriteLine($"exponent {exponent:F3}");

        Console.WriteLine();
        Console.WriteLine($"Two threads against one, 1,000,000 people ({Environment.ProcessorCount} cores)");
        double[] gains = [.. Enumerable.Range(0, Repeats).Select(_ => Ours(1_000_000, 60, 100).Nanoseconds / Ours(1_000_000, 60, 100, threads: 2).Nanoseconds).Order()];
        Console.WriteLine($"{gains[Repeats / 2]:F2} times as fast ({gains[0]:F2} to {gains[^1]:F2})");
    }

    /// <summary>Runs one measurement in this process and prints it: agent-weeks, seconds, peak bytes, bytes allocated.</summary>
    public static void One(int people, int weeks, int warm, int threads)
    {
        using var door = new Door(people, 1, threads);
        for (int i = 0; i < warm; i++) door.Step();
        long allocated = GC.GetTotalAllocatedBytes(precise: true), agentWeeks = 0, start = Stopwatch.GetTimestamp();
        for (int i = 0; i < weeks; i++)
        {
            agentWeeks += door.Size;
            door.Step();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Console.WriteLine($"{agentWeeks} {seconds:F6} {Process.GetCurrentProcess().PeakWorkingSet64} {allocated}");
    }

    private static Sample Ours(int people, int weeks, int warm, int threads = 1, string? without = null) =>
        Run(Path.ChangeExtension(typeof(Timing).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null), $"revolving-door one {people} {weeks} {warm} {threads}", pinned: threads == 1, without);

    private static Sample Reference(string program, int people, int weeks, int warm)
    {
        Sample sample = Run(program, $"bench {people} {weeks} {warm} 1", pinned: true, null);
        return sample with { PeakBytes = 0, Allocated = 0 };
    }

    private static Sample Run(string program, string arguments, bool pinned, string? without)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        if (without is not null) start.Environment["DOTNET_Enable" + without] = "0";
        nint all = Pin(pinned ? 1 << (Environment.ProcessorCount - 1) : -1);
        try
        {
            using Process process = Process.Start(start)!; // inherits the cores of this process
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            double[] numbers = [.. output.Split(' ').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
            return new Sample(numbers[0], numbers[1], numbers[2], numbers[3]);
        }
        finally
        {
            Pin(all);
        }
    }

    /// <summary>Keeps this process to some cores, where the system can do that; returns those it had.</summary>
    private static nint Pin(nint cores)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return 0;
        using Process self = Process.GetCurrentProcess();
        nint before = self.ProcessorAffinity;
        if (cores > 0) self.ProcessorAffinity = cores;
        return before;
    }

    private static string? Compile(string options)
    {
        string program = Path.Combine(Folder, "reference" + options);
        try
        {
            using Process compiler = Process.Start("cc", $"-O2 {options} -o \"{program}\" \"{Path.Combine(Folder, "reference.c")}\" -lm");
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? program : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // there is no cc
        }
    }

    private static double Median(List<Sample> samples) =>
        samples.Count == 0 ? double.NaN : samples.Select(s => s.Nanoseconds).Order().ElementAt(samples.Count / 2);

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        string? name = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return $"{name?.Split(": ")[^1] ?? RuntimeInformation.ProcessArchitecture.ToString()}, AVX-512 {(System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? "used" : "not there")}";
    }
}
