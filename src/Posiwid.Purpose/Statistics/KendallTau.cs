namespace Posiwid.Purpose.Statistics;

/// <summary>How far two rankings agree.</summary>
/// <param name="Tau">tau-b, -1..1, without an interval of its own; or why there is none.</param>
/// <param name="PValue">Exact two-sided p value: the share of all orders of one side whose |C - D| is as large; null for more than nine items.</param>
public sealed record KendallTauResult(Estimate Tau, double? PValue);

/// <summary>Kendall's rank correlation (Kendall 1938, 1945 for ties).</summary>
/// <remarks>
/// <para>Estimator: tau-b = (C - D) / √((n0 - n1)(n0 - n2)) with C pairs in one order, D in opposite orders, n0 = K(K - 1)/2 and n1, n2 pairs tied on either
/// side. p counts all K! orders of the second side, ties and all.</para>
/// <para>Units: none, -1 to 1. Assumes: for p, nothing but that by chance every order is equally likely.</para>
/// <para>Misleads: of four items or fewer no order is rare enough to be told from chance at 5%, so none is given; of five only a perfect one is.</para>
/// </remarks>
public static class KendallTau
{
    /// <summary>Fewest items of which a ranking can be told from chance.</summary>
    public const int Fewest = 5;

    private const int MostCounted = 9;

    /// <summary>Why there is no p value although there is a tau.</summary>
    public static readonly string TooMany = $"p is counted for {MostCounted} at most";

    /// <summary>tau-b and its exact p value.</summary>
    /// <param name="a">A value of each item; only their order counts.</param>
    /// <param name="b">Another value of each item, in the same order of items.</param>
    /// <exception cref="ArgumentException">The two differ in length, or a value is not a number.</exception>
    public static KendallTauResult Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var tau = Coefficient(a, b);
        if (a.Count < Fewest)
            return new(Estimate.Unknown($"{a.Count} to rank: no ranking of four or fewer can be told from chance"), null);
        return tau is null
            ? new(Estimate.Unknown("all on one side are of one rank"), null)
            : new(Estimate.Bare(tau.Value, "two rankings alone give no interval"), a.Count <= MostCounted ? Exact(Signs(a), Signs(b)) : null);
    }

    /// <summary>tau-b of any number of items; null if all on one side are of one rank.</summary>
    /// <inheritdoc cref="Of"/>
    public static double? Coefficient(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count)
            throw new ArgumentException($"{a.Count} and {b.Count} values are not of the same items.", nameof(b));
        if (a.Concat(b).Any(double.IsNaN))
            throw new ArgumentException("What is not a number has no rank.", nameof(a));
        long sum = 0, ofA = 0, ofB = 0;
        for (var i = 0; i < a.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (x, y) = (a[i].CompareTo(a[j]), b[i].CompareTo(b[j]));
                (sum, ofA, ofB) = (sum + (x * y), ofA + (x * x), ofB + (y * y));
            }
        }

        return ofA == 0 || ofB == 0 ? null : sum / Math.Sqrt((double)ofA * ofB);
    }

    private static int[,] Signs(IReadOnlyList<double> x)
    {
        var signs = new int[x.Count, x.Count];
        for (var i = 0; i < x.Count; i++)
        {
            for (var j = 0; j < x.Count; j++)
                signs[i, j] = x[i].CompareTo(x[j]);
        }

        return signs;
    }

    /// <summary>Places the items of b one after another in all orders; what a new one adds to C - D hangs only on those before it.</summary>
    private static double Exact(int[,] a, int[,] b)
    {
        var k = a.GetLength(0);
        var (order, observed, all, asLarge) = (Enumerable.Range(0, k).ToArray(), 0, 0, 0);
        for (var i = 0; i < k; i++)
            observed += Added(i);
        Place(0, 0);
        return (double)asLarge / all;

        void Place(int at, int sum)
        {
            if (at == k)
            {
                all++;
                asLarge += Math.Abs(sum) >= Math.Abs(observed) ? 1 : 0;
                return;
            }

            for (var next = at; next < k; next++)
            {
                (order[at], order[next]) = (order[next], order[at]);
                Place(at + 1, sum + Added(at));
                (order[at], order[next]) = (order[next], order[at]);
            }
        }

        int Added(int at)
        {
            var sum = 0;
            for (var before = 0; before < at; before++)
                sum += a[at, before] * b[order[at], order[before]];
            return sum;
        }
    }
}
