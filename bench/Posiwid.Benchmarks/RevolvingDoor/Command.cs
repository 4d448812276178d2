using System.Globalization;

namespace Posiwid.Benchmarks.RevolvingDoor;

/// <summary>The command <c>revolving-door</c>.</summary>
public static class Command
{
    private const double Limit = 3.5; // standard errors; section 5 of the model text

    /// <summary>Runs it; returns the exit code.</summary>
    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["check"]:
                return Check();
            case ["time"]:
                Timing.Table();
                return 0;
            case ["one", _, _, _, _]:
                int[] n = [.. args[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
                Timing.One(n[0], n[1], n[2], n[3]);
                return 0;
            case ["lines", _, _, _]:
                int[] m = [.. args[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
                Lines(m[0], m[1], m[2]);
                return 0;
            default:
                Console.Error.WriteLine("usage: revolving-door check | time | lines PEOPLE FIRST-SEED SEEDS (as reference.c writes them, for compare.py)");
                return 2;
        }
    }

    private static int Check()
    {
        double example = Checks.WorkedExample();
        Console.WriteLine($"worked example: largest difference {example:G2} (double precision)");
        double small = Compare(1_000, 50, "reference-n1000-1000.csv"), large = Compare(10_000, 50, "reference-n10000-50.csv");
        bool same = example <= 1e-12 && small <= Limit && large <= Limit;
        Console.WriteLine(same ? "the same model" : "NOT the same model");
        return same ? 0 : 1;
    }

    private static double Compare(int people, int seeds, string reference)
    {
        Console.WriteLine();
        Console.WriteLine($"{people:N0} people, {seeds} seeds, against {reference}");
        double worst = Checks.Compare(Checks.Read(Path.Combine(AppContext.BaseDirectory, "RevolvingDoor", reference)), Runs(people, 1, seeds), Console.Out);
        Console.WriteLine($"largest |z| {worst:F2}, at most {Limit} allowed");
        return worst;
    }

    private static void Lines(int people, int first, int seeds)
    {
        foreach (double[] run in Runs(people, first, seeds)) Console.WriteLine(string.Join(',', run.Select(x => x.ToString("G8", CultureInfo.InvariantCulture))));
    }

    private static double[][] Runs(int people, int first, int seeds) =>
        [.. Enumerable.Range(first, seeds).AsParallel().AsOrdered().Select(seed => Checks.Run(people, (ulong)seed))];
}
