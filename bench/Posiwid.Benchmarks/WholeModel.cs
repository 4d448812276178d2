using System.Diagnostics;
using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Benchmarks;

/// <summary>
/// The whole rule book: <c>iso</c> times forty-two years of the ISO alone; <c>rule-book</c> one organization of many members, with what
/// each mechanism costs, in branches as large as the ISO's or so many times as large; <c>growth</c> how the cost grows with the members.
/// </summary>
internal static class WholeModel
{
    private const int WarmUpWeeks = 30, TimedWeeks = 26;

    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["iso"]:
                Iso();
                return 0;
            case ["rule-book", .. string[] rest]:
                RuleBook(rest.Length > 0 ? int.Parse(rest[0]) : 1_000_000, rest.Length > 1 ? double.Parse(rest[1]) : 1);
                return 0;
            case ["growth"]:
                Growth();
                return 0;
            default:
                Console.Error.WriteLine("usage: iso | rule-book [members [times the people of a place]] | growth");
                return 2;
        }
    }

    private static void Iso()
    {
        var setting = Alone(1);
        for (var seed = 100UL; seed < 106; seed++)
            Life(setting, seed, out _);
        var times = new List<double>();
        long weeks = 0;
        var yard = Yardstick.Seconds();
        for (var seed = 1UL; seed <= 21; seed++)
        {
            times.Add(Life(setting, seed, out var w));
            weeks += w;
        }

        times.Sort();
        Console.WriteLine($"the ISO alone, 1977-2019, one core: median {1e3 * times[10]:F1} ms a run [{1e3 * times[0]:F1}, {1e3 * times[^1]:F1}], "
            + $"{times[10] / yard:F1} yards, {times.Sum() * 1e9 / weeks:F1} ns a member-week");
        Costs(setting, 1, setting.Weeks, 0);
    }

    /// <summary>Processor seconds of one life: other work on the machine inflates them less than it does the clock's.</summary>
    private static double Life(Setting setting, ulong seed, out long memberWeeks)
    {
        memberWeeks = 0;
        var start = Environment.CpuUsage.TotalTime;
        using var run = new Simulation.Engine.Simulation(setting, seed);
        while (run.World.Week < setting.Weeks && !run.Over)
        {
            memberWeeks += run.World.Flagship.Agents;
            run.Step();
        }

        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static void RuleBook(int members, double size)
    {
        var setting = Alone(members / 1200.0, size);
        var yard = Yardstick.Seconds();
        var (one, hash1, bytes, people, branches) = Speed(setting, 1);
        Console.WriteLine($"one organization of {people:N0} members, {people / (double)branches:F0} a branch, one thread: {one / 1e6:F1} million member-weeks a second, {1e9 / one / (1e9 * yard / 1e6):F1} steps of a yard each, {bytes:N0} bytes allocated a week");
        var (two, hash2, _, _, _) = Speed(setting, 2);
        Console.WriteLine($"two threads: {two / 1e6:F1}, {two / one:F2} times; {(hash1 == hash2 ? "same bits" : "DIFFERENT BITS")}");
        Costs(setting, 1, TimedWeeks, WarmUpWeeks);
    }

    private static (double Rate, ulong Hash, long BytesPerWeek, int Members, int Branches) Speed(Setting setting, int threads)
    {
        using var run = new Simulation.Engine.Simulation(setting, 1, threads: threads);
        for (var w = 0; w < WarmUpWeeks; w++)
            run.Step();
        long memberWeeks = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var w = 0; w < TimedWeeks; w++)
        {
            memberWeeks += run.World.Flagship.Agents;
            run.Step();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (memberWeeks / seconds, run.World.Hash(), (GC.GetAllocatedBytesForCurrentThread() - before) / TimedWeeks, run.World.Flagship.Agents, run.World.Branches.Count);
    }

    private static void Growth()
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 3;)
            Speed(Alone(1), 1); // compiles the code, and compiles it again where it is busy
        var points = new List<(double N, double Seconds)>();
        foreach (var members in new[] { 1_000, 10_000, 100_000, 1_000_000, 10_000_000 })
        {
            var (rate, _, _, people, _) = Speed(Alone(members / 1200.0), 1);
            Console.WriteLine($"{people,12:N0} members: {rate / 1e6,6:F1} million member-weeks a second");
            points.Add((people, people / rate));
        }

        double mx = points.Average(p => Math.Log(p.N)), my = points.Average(p => Math.Log(p.Seconds));
        var slope = points.Sum(p => (Math.Log(p.N) - mx) * (Math.Log(p.Seconds) - my)) / points.Sum(p => Math.Pow(Math.Log(p.N) - mx, 2));
        Console.WriteLine($"cost of a week grows as members to the power {slope:F3}");
    }

    private static void Costs(Setting setting, ulong seed, int weeks, int warmUp)
    {
        var ticks = new Dictionary<string, long>();
        using var run = new Simulation.Engine.Simulation(setting, seed);
        for (var w = 0; w < warmUp; w++)
            run.Step();
        long last = 0, memberWeeks = 0;
        run.After = (part, _) =>
        {
            ticks[part] = ticks.GetValueOrDefault(part) + Stopwatch.GetTimestamp() - last;
            last = Stopwatch.GetTimestamp();
        };
        for (var w = 0; w < weeks && !run.Over; w++)
        {
            memberWeeks += run.World.Flagship.Agents;
            last = Stopwatch.GetTimestamp();
            run.Step();
        }

        foreach (var (part, t) in ticks.OrderByDescending(t => t.Value))
            Console.WriteLine($"  {part,-20} {t * 1e9 / Stopwatch.Frequency / memberWeeks,7:F2} ns a member-week, {100.0 * t / ticks.Values.Sum(),5:F1} %");
    }

    /// <summary>The ISO's scenario without its rival, with so many times its people and founders, in places that hold so many times as many.</summary>
    private static Setting Alone(double times, double size = 1)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "scenarios", "iso.yaml")))
            root = Path.GetDirectoryName(root) ?? throw new FileNotFoundException("scenarios/iso.yaml");
        var file = Path.Combine(root, "scenarios", "iso.yaml");
        var scenario = ScenarioFile.Read(file, [.. WeeklySchedule.Mechanisms.Select(m => MechanismInfo.Of(m().GetType()))]);
        var iso = scenario.Organizations[scenario.Flagship];
        var milieus = scenario.Milieus.Where(m => m.Value.Weight == 1)
            .ToDictionary(m => m.Key, m => times == 1 ? m.Value : m.Value with { Sites = Math.Max(1, (int)(m.Value.Sites * times / size)), Pool = (int)(m.Value.Pool * size) });
        if (times != 1)
        {
            iso = iso with
            {
                Members = 1200 * times,
                Branches = milieus.ToDictionary(m => m.Key, m => (double)m.Value.Sites),
                ReservesUsd = 200_000 * times,
            };
        }

        return Setting.Of(scenario with
        {
            End = new DateOnly(2019, 12, 30),
            Milieus = milieus,
            Organizations = new Dictionary<string, OrganizationSpec> { [scenario.Flagship] = iso },
        }, new DataFiles(file));
    }
}
