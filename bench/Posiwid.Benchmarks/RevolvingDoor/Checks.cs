using System.Globalization;
using Posiwid.Simulation.Engine;

namespace Posiwid.Benchmarks.RevolvingDoor;

/// <summary>Section 5 of the model text: eleven quantities of a run, and how far their means may be from the reference's.</summary>
public static class Checks
{
    private const int Weeks = 1040, Half = 520, Year = 52;

    public static readonly string[] Names =
        ["size/N", "mean hope", "mean belief", "churn %/year", "tenure p10", "tenure p50", "tenure p90", "early share", "sd of branches", "season", "range/N"];

    /// <summary>The eleven quantities of one run.</summary>
    public static double[] Run(int people, ulong seed)
    {
        using var door = new Door(people, seed);
        double size = 0, hope = 0, belief = 0, leavers = 0, early = 0, summer = 0, winter = 0, deviation = 0, p10 = 0, p50 = 0, p90 = 0;
        int highest = 0, lowest = int.MaxValue;
        var tenures = new List<int>();
        for (int week = 1; week <= Weeks; week++)
        {
            WeekRecord record = door.Step();
            if (week <= Half) continue;
            size += record.Size;
            hope += record.MeanHope;
            belief += record.MeanBelief;
            leavers += record.Leavers;
            early += record.EarlyLeavers;
            (highest, lowest) = (Math.Max(highest, record.Size), Math.Min(lowest, record.Size));
            if ((week - 1) % Year < Year / 2) summer += record.Joiners;
            else winter += record.Joiners;
            if (week % Year != 0) continue;
            tenures.Clear();
            door.ForEach((_, entry, _, _, _, _) => tenures.Add(week - entry));
            tenures.Sort();
            p10 += tenures[tenures.Count / 10] / 10.0;
            p50 += tenures[tenures.Count / 2] / 10.0;
            p90 += tenures[(int)(9L * tenures.Count / 10)] / 10.0;
            double mean = (double)record.Size / door.Rolls.Length;
            deviation += Math.Sqrt(door.Rolls.Average(r => (r.Count - mean) * (r.Count - mean))) / 10;
        }

        size /= Half;
        return
        [
            size / people, hope / Half, belief / Half, 100 * leavers / size / 10, p10, p50, p90, early / leavers, deviation, summer / winter,
            (double)(highest - lowest) / people,
        ];
    }

    /// <summary>The largest distance from the reference in standard errors: 3.5 at most if it is the same model. Prints a table if asked.</summary>
    public static double Compare(double[][] reference, double[][] ours, TextWriter? output = null)
    {
        double worst = 0;
        output?.WriteLine($"{"quantity",-16}{"reference",12}{"ours",12}{"z",8}");
        for (int q = 0; q < Names.Length; q++)
        {
            double expected = reference.Average(r => r[q]), mean = ours.Average(r => r[q]);
            double sd = Math.Sqrt(reference.Sum(r => (r[q] - expected) * (r[q] - expected)) / (reference.Length - 1));
            double z = (mean - expected) / (sd * Math.Sqrt(1.0 / reference.Length + 1.0 / ours.Length));
            worst = Math.Max(worst, Math.Abs(z));
            output?.WriteLine($"{Names[q],-16}{expected,12:F5}{mean,12:F5}{z,8:F2}");
        }

        return worst;
    }

    /// <summary>The lines of a reference file.</summary>
    public static double[][] Read(string path) =>
        [.. File.ReadLines(path).Select(line => line.Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>The worked example of section 6; returns the largest difference.</summary>
    public static double WorkedExample()
    {
        double worst = 0;
        Person(0.9, 0.4, 0.2, 10, 0.75, [0.8815, 0.4096708064516129, 0.216, 0.016863580164742854]);
        Person(0.1, 0.6, 0.5, 100, 0.25, [0.0835, 0.5856628947368421, 0.51, 0.025048450942964474]);
        double q = (1 - 2 / 36.0) / (1 + Deterministic.Exp(1.4 - 0.8 * 0.3));
        return Math.Max(worst, Math.Abs(q - 0.2254079915372513));

        void Person(double hope, double belief, double ties, double tenure, double u, double[] expected)
        {
            Rules.Live(1.0 / 12, u, tenure, ref hope, ref belief, ref ties);
            double[] found = [hope, belief, ties, Rules.LeavingChance(hope, belief, ties)];
            for (int i = 0; i < found.Length; i++) worst = Math.Max(worst, Math.Abs(found[i] - expected[i]));
        }
    }
}
