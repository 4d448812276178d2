using System.Diagnostics;
using System.Globalization;
using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;
using Posiwid.Records;

namespace Posiwid.Benchmarks;

/// <summary>
/// The instrument on much data: <c>choices</c> fits a conditional logit to 100,000 decisions of 10 alternatives with 10 attributes; <c>book [rows]</c> writes
/// books whose activities have so many rows and reads them, with the memory that it took beyond what the program had before.
/// </summary>
internal static class Instrument
{
    public static int Choices()
    {
        const int decisions = 100_000, alternatives = 10, attributes = 10, deciders = 500;
        var random = new AddressedRandom(1, 7);
        double[] weights = [.. Enumerable.Range(0, attributes).Select(a => (a - 4.5) / 9)];
        var x = new double[decisions * alternatives * attributes];
        var chosen = new int[decisions];
        Parallel.For(0, decisions, d =>
        {
            var best = double.NegativeInfinity;
            for (var j = 0; j < alternatives; j++)
            {
                var row = (d * alternatives) + j;
                var u = -Math.Log(-Math.Log(random.Uniform((uint)row, 1000)));
                for (var a = 0; a < attributes; a++)
                    u += weights[a] * (x[(row * attributes) + a] = random.Normal((uint)row, (uint)(2 * a)));
                if (u > best)
                    (best, chosen[d]) = (u, row);
            }
        });
        var sets = new ChoiceSets([.. Enumerable.Range(0, attributes).Select(a => $"a{a}")], x, [.. Enumerable.Range(0, decisions + 1).Select(d => d * alternatives)], chosen, [.. Enumerable.Range(0, decisions).Select(d => d % deciders)]);
        var times = new double[5];
        LogitFit? fit = null;
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            fit = ConditionalLogit.Fit(sets);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(times);
        var off = Enumerable.Range(0, attributes).Max(a => Math.Abs(fit!.Coefficients[a] - weights[a]) / fit.ClusterError(a));
        Console.WriteLine($"{decisions:N0} decisions of {alternatives} alternatives with {attributes} attributes, errors by {deciders} deciders: median {times[2]:F2} s [{times[0]:F2}, {times[^1]:F2}], {fit!.Steps} steps; the planted weights are at most {off:F1} standard errors away");
        return 0;
    }

    public static int Book(string[] args)
    {
        var most = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "data", "ends.csv")))
            root = Path.GetDirectoryName(root) ?? throw new FileNotFoundException("data/ends.csv");
        var ends = Ends.Read(Path.Combine(root, "data", "ends.csv"), Path.Combine(root, "data", "kind_end.csv"));
        foreach (var rows in new[] { most / 100, most / 10, most })
        {
            var folder = Directory.CreateTempSubdirectory("posiwid-book-").FullName;
            try
            {
                Write(folder, rows, [.. ends.Kinds.Order(StringComparer.Ordinal)]);
                GC.Collect();
                var before = Environment.WorkingSet;
                var start = Stopwatch.GetTimestamp();
                using var source = BookSource.Open(folder);
                var read = BookReader.Read(source, ends, []);
                var effort = new PurposeAnalysis(read.Data).Effort!;
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                Process.GetCurrentProcess().Refresh();
                Console.WriteLine($"{rows,12:N0} activities in {new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length) / 1e6,6:F0} MB of CSV: {seconds:F1} s, peak resident memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB ({before / 1e6:F0} MB before), managed heap {GC.GetTotalMemory(false) / 1e6:F0} MB; first end {effort.MaxBy(e => e.Share)!.End.Code} {effort.Max(e => e.Share):F3}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    /// <summary>Ten years of activities, with columns that the profile does not read.</summary>
    private static void Write(string folder, int rows, string[] kinds)
    {
        File.WriteAllText(Path.Combine(folder, "organization.csv"), "organization_id,label\n1,a large one\n");
        using var to = new StreamWriter(Path.Combine(folder, "activity.csv"), false, new System.Text.UTF8Encoding(false), 1 << 20);
        to.Write("activity_id,date,kind_code,headcount,hours_total,hours_source\n");
        var first = new DateOnly(2010, 1, 4).DayNumber;
        for (var i = 0; i < rows; i++)
        {
            var day = DateOnly.FromDayNumber(first + (int)((long)i * 3650 / rows));
            to.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{day:yyyy-MM-dd},{kinds[i * 7 % kinds.Length]},{i % 40},{1 + (i % 11)},logged\n"));
        }
    }
}
