using System.Numerics;
using MathNet.Numerics.Distributions;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>What one function is worth.</summary>
/// <param name="Name">The function.</param>
/// <param name="Shapley">Its mean contribution over all orders in which functions can be added (Shapley 1953), weeks.</param>
/// <param name="KnockOutLoss">v(N) - v(N - i): what is lost without it when all others are there (necessity in context), weeks.</param>
/// <param name="Sufficiency">v(i) - v(0): what it gives alone, weeks.</param>
public sealed record FunctionWorth(string Name, Estimate Shapley, Estimate KnockOutLoss, Estimate Sufficiency);

/// <summary>How two functions depend on one another: below 0 they stand in for each other, above 0 they need each other.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="InContext">v(N) - v(N - i) - v(N - j) + v(N - ij), weeks.</param>
/// <param name="Shapley">Shapley interaction index (Grabisch and Roubens 1999), weeks.</param>
public sealed record FunctionPair(string First, string Second, Estimate InContext, Estimate Shapley);

/// <summary>A set of functions.</summary>
/// <param name="Set">The set as bits, the first function being bit 0.</param>
/// <param name="Names">Its functions.</param>
/// <param name="Named">True if the analysis of all seeds names it; false if only resamples do.</param>
/// <param name="Frequency">Share of resamples of the seeds in which the same analysis names it (0..1); null if there is one seed.</param>
/// <param name="Life">Life with just this set; for a cut set, life without it. Weeks.</param>
public sealed record FunctionSet(uint Set, IReadOnlyList<string> Names, bool Named, double? Frequency, Estimate Life);

/// <summary>A function whose presence shortens life.</summary>
/// <param name="Name">The function.</param>
/// <param name="Beside">The functions that are there beside it.</param>
/// <param name="Gain">What it adds to life there (negative), weeks.</param>
public sealed record HarmfulFunction(string Name, IReadOnlyList<string> Beside, Estimate Gain);

/// <summary>What the lives under all subsets of functions say.</summary>
/// <param name="Names">The functions; bit 0 is the first.</param>
/// <param name="Seeds">Seeds, the same for every subset.</param>
/// <param name="Whole">Life with all functions, weeks.</param>
/// <param name="Nothing">Life with none, weeks.</param>
/// <param name="Functions">Each function; the Shapley values sum to <paramref name="Whole"/> less <paramref name="Nothing"/>.</param>
/// <param name="Pairs">Each pair.</param>
/// <param name="MinimalViable">Smallest sets that are enough.</param>
/// <param name="MinimalCuts">Smallest sets whose loss is too much.</param>
/// <param name="Harmful">Where a function shortens life (Holm 1979 over all places, one-sided 5%); nothing assumes that there are none.</param>
/// <param name="Resamples">The minimal viable sets of each resample of the seeds.</param>
public sealed record FunctionSetsResult(
    IReadOnlyList<string> Names, int Seeds, Estimate Whole, Estimate Nothing, IReadOnlyList<FunctionWorth> Functions,
    IReadOnlyList<FunctionPair> Pairs, IReadOnlyList<FunctionSet> MinimalViable, IReadOnlyList<FunctionSet> MinimalCuts,
    IReadOnlyList<HarmfulFunction> Harmful, IReadOnlyList<IReadOnlyList<uint>> Resamples);

/// <summary>How functions make an organization viable together: every subset of them is run on the same seeds.</summary>
/// <remarks>
/// <para>Question: which functions are needed, which can stand in for one another, and which few are enough?</para>
/// <para>Estimator: v(S) is the mean life min(T, tau) with only the functions of S; φ_i = Σ_S |S|! (K - |S| - 1)!/K! (v(S + i) - v(S)) (Shapley 1953), and its
/// like for pairs (Grabisch and Roubens 1999). Values and interactions are linear in v, so each is worked out seed by seed and has the t interval over seeds. A
/// set is enough if the lower 95% limit of the mean of v(S) - share v(N) is not below 0, and its loss too much if the upper limit of v(N - C) - share v(N) is
/// below 0, pair by pair of seeds; minimal are those of which no part will do. How often a set is named comes from resampling the seeds, one resample for all
/// subsets (methods, 1c).</para>
/// <para>Units: weeks of life. Assumes: all subsets are run on the same seeds, and the model means something without the functions that are taken out.</para>
/// <para>Misleads: Shapley values alone. "All three needed" and "any one is enough" both give a third each; losses and interactions tell them apart (1, 1, 1
/// and 0, 0, 0). A function's worth is that in this set of functions and no other. With few seeds a small set cannot be shown to be enough, and minimal viable
/// sets come out too large: look at how often each is named.</para>
/// </remarks>
public static class FunctionSets
{
    /// <summary>Most functions of which all subsets can be run.</summary>
    public const int MostFunctions = 12;

    /// <summary>The analysis of all 2^K subsets.</summary>
    /// <param name="names">The functions; bit i of a subset says whether the i-th is there.</param>
    /// <param name="lives">By subset (0 to 2^K - 1), then by seed: min(T, tau) in weeks.</param>
    /// <param name="share">Share of the whole's life that is enough.</param>
    /// <param name="resamples">Resamples of the seeds.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <exception cref="ArgumentException">A subset or a seed is missing, or a life is not a number.</exception>
    public static FunctionSetsResult Of(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> lives, double share = .9, int resamples = 1000, ulong seed = 1)
    {
        var k = names.Count;
        if (k is 0 or > MostFunctions || lives.Count != 1 << k)
            throw new ArgumentException($"Want the lives under all subsets of 1 to {MostFunctions} functions; there are {k} functions and {lives.Count} subsets.");
        var n = lives[0].Count;
        if (n == 0 || lives.Any(l => l.Count != n || l.Any(v => !double.IsFinite(v))))
            throw new ArgumentException("Every subset needs the same seeds, one or more, and finite lives.");
        if (!(share is > 0 and <= 1))
            throw new ArgumentException("The share that is enough must lie between 0 and 1.", nameof(share));
        var v = lives.Select(l => l.ToArray()).ToArray();
        var all = (1u << k) - 1;
        var contrast = v.Select(l => l.Zip(v[all], (a, b) => a - share * b).ToArray()).ToArray();

        var ones = Enumerable.Repeat(1, n).ToArray();
        var (viable, cuts) = Minimal(contrast, ones, all);
        var (viableCount, cutCount, draws) = (new int[v.Length], new int[v.Length], new List<IReadOnlyList<uint>>());
        var random = new AddressedRandom(seed, 0x5E75);
        for (uint r = 0; r < (n > 1 ? resamples : 0); r++)
        {
            var weights = new int[n];
            for (uint i = 0; i < n; i++)
                weights[random.Index(r, i, n)]++;
            var drawn = Minimal(contrast, weights, all);
            draws.Add(drawn.Viable);
            drawn.Viable.ForEach(s => viableCount[s]++);
            drawn.Cuts.ForEach(s => cutCount[s]++);
        }

        List<FunctionSet> Sets(List<uint> named, int[] counts, Func<uint, uint> left) =>
        [
            .. Enumerable.Range(0, counts.Length).Select(s => (uint)s).Where(s => named.Contains(s) || counts[s] >= .05 * Math.Max(1, draws.Count))
                .Select(s => new FunctionSet(s, Names(names, s), named.Contains(s), draws.Count > 0 ? (double)counts[s] / draws.Count : null, Mean(v[left(s)])))
                .OrderByDescending(s => s.Named).ThenByDescending(s => s.Frequency).ThenBy(s => s.Set),
        ];

        var functions = Enumerable.Range(0, k).Select(i => new FunctionWorth(
            names[i], Mean(Shapley(v, k, 1u << i)), Mean(Sum(v, n, (all, 1), (all & ~(1u << i), -1))), Mean(Sum(v, n, (1u << i, 1), (0, -1)))));
        var pairs = from i in Enumerable.Range(0, k)
                    from j in Enumerable.Range(i + 1, k - i - 1)
                    let both = 1u << i | 1u << j
                    select new FunctionPair(
                        names[i], names[j],
                        Mean(Sum(v, n, (all, 1), (all & ~(1u << i), -1), (all & ~(1u << j), -1), (all & ~both, 1))), Mean(Shapley(v, k, both)));
        return new(
            names, n, Mean(v[all]), Mean(v[0]), [.. functions], [.. pairs], Sets(viable, viableCount, s => s), Sets(cuts, cutCount, s => all & ~s),
            Harmful(names, v), draws);
    }

    /// <summary>
    /// Shapley values where there are too many subsets to run them all: the mean contribution over drawn orders, each also taken backwards
    /// (Castro, Gomez and Tejada 2009). Losses and sufficiencies are as in <see cref="Of"/>.
    /// </summary>
    /// <param name="names">The functions, at most 32.</param>
    /// <param name="lives">Gives the lives under a subset, by seed: always the same seeds. Each subset is asked for once.</param>
    /// <param name="orders">Orders drawn, 2 or more; twice as many are used.</param>
    /// <param name="seed">Seed of the orders.</param>
    /// <returns>The functions; the intervals hold both what the seeds and what the orders leave open.</returns>
    public static IReadOnlyList<FunctionWorth> Sampled(IReadOnlyList<string> names, Func<uint, IReadOnlyList<double>> lives, int orders = 200, ulong seed = 1)
    {
        var k = names.Count;
        if (k is 0 or > 32)
            throw new ArgumentException("Want 1 to 32 functions.", nameof(names));
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 2);
        var known = new Dictionary<uint, double[]>();
        double[] V(uint set) => known.TryGetValue(set, out var v) ? v : known[set] = [.. lives(set)];
        var n = V(0).Length;
        var (bySeed, byOrder) = (new double[k][], new double[k][]);
        for (var i = 0; i < k; i++)
            (bySeed[i], byOrder[i]) = (new double[n], new double[orders]);
        var random = new AddressedRandom(seed, 0x0D3);
        var order = Enumerable.Range(0, k).ToArray();
        for (var r = 0; r < orders; r++)
        {
            for (var i = k - 1; i > 0; i--)
            {
                var j = random.Index((uint)r, (uint)i, i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }

            foreach (var backwards in new[] { false, true })
            {
                var set = 0u;
                for (var at = 0; at < k; at++)
                {
                    var i = order[backwards ? k - 1 - at : at];
                    var (without, with) = (V(set), V(set |= 1u << i));
                    if (with.Length != n)
                        throw new ArgumentException("Every subset needs the same seeds.", nameof(lives));
                    for (var s = 0; s < n; s++)
                        bySeed[i][s] += (with[s] - without[s]) / (2 * orders);
                    byOrder[i][r] += (with.Average() - without.Average()) / 2;
                }
            }
        }

        var all = uint.MaxValue >> (32 - k);
        return
        [
            .. Enumerable.Range(0, k).Select(i => new FunctionWorth(
                names[i], Both(bySeed[i], byOrder[i]), Mean(Difference(V(all), V(all & ~(1u << i)))), Mean(Difference(V(1u << i), V(0))))),
        ];
    }

    /// <summary>Discrete derivative over the functions of <paramref name="part"/> (one or two), averaged with Shapley's weights, by seed.</summary>
    internal static double[] Shapley(double[][] v, int k, uint part)
    {
        var (m, result) = (BitOperations.PopCount(part), new double[v[0].Length]);
        var (low, high) = (part & (~part + 1), part & (part - 1));
        for (var s = 0u; s < v.Length; s++)
        {
            if ((s & part) != 0)
                continue;
            // |S|! (K - |S| - m)! / (K - m + 1)!
            var size = BitOperations.PopCount(s);
            var weight = 1 / ((k - m + 1) * Binomial(k - m, size));
            var (with, without) = (v[s | part], v[s]);
            for (var i = 0; i < result.Length; i++)
                result[i] += weight * (m == 1 ? with[i] - without[i] : with[i] - v[s | low][i] - v[s | high][i] + without[i]);
        }

        return result;
    }

    private static double Binomial(int n, int k) => k == 0 ? 1 : Binomial(n, k - 1) * (n - k + 1) / k;

    private static double[] Sum(double[][] v, int n, params (uint Set, int Sign)[] terms) =>
        [.. Enumerable.Range(0, n).Select(i => terms.Sum(t => t.Sign * v[t.Set][i]))];

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static (List<uint> Viable, List<uint> Cuts) Minimal(double[][] contrast, int[] weights, uint all)
    {
        var n = weights.Sum();
        var t = n > 1 ? StudentT.InvCDF(0, 1, n - 1, .975) : 0;
        var (enough, tooLittle) = (new bool[contrast.Length], new bool[contrast.Length]);
        for (var s = 0; s < contrast.Length; s++)
        {
            var (mean, spread) = (0.0, 0.0);
            for (var i = 0; i < weights.Length; i++)
                mean += weights[i] * contrast[s][i] / n;
            for (var i = 0; i < weights.Length; i++)
                spread += weights[i] * (contrast[s][i] - mean) * (contrast[s][i] - mean);
            var width = n > 1 ? t * Math.Sqrt(spread / (n - 1) / n) : 0;
            enough[s] = mean - width >= -1e-12 * (1 + Math.Abs(mean));
            tooLittle[all & ~s] = mean + width < -1e-12 * (1 + Math.Abs(mean));
        }

        return (Smallest(enough), Smallest(tooLittle));
    }

    /// <summary>The sets that will do and of which no part will.</summary>
    private static List<uint> Smallest(bool[] does)
    {
        var (found, below) = (new List<uint>(), new bool[does.Length]); // below: a part of it does
        for (var s = 0u; s < does.Length; s++)
        {
            for (var rest = s; rest != 0 && !below[s]; rest &= rest - 1)
            {
                var part = s & ~(rest & (~rest + 1));
                below[s] = does[part] || below[part];
            }

            if (does[s] && !below[s])
                found.Add(s);
        }

        return found;
    }

    private static IReadOnlyList<HarmfulFunction> Harmful(IReadOnlyList<string> names, double[][] v)
    {
        var places = new List<(double P, int Function, uint Beside, Estimate Gain)>();
        for (var i = 0; i < names.Count; i++)
        {
            for (var s = 0u; s < v.Length; s++)
            {
                if ((s >> i & 1) != 0)
                    continue;
                var gains = Difference(v[s | 1u << i], v[s]);
                var gain = Mean(gains);
                var se = Spread(gains);
                var p = se > 0 ? StudentT.CDF(0, 1, gains.Length - 1, gain.Value!.Value / se) : gain.Value < 0 ? 0 : 1;
                places.Add((p, i, s, gain));
            }
        }

        var adjusted = Holm.Adjust([.. places.Select(p => p.P)]);
        return
        [
            .. places.Where((_, i) => adjusted[i] <= .05).OrderBy(p => p.P)
                .Select(p => new HarmfulFunction(names[p.Function], Names(names, p.Beside), p.Gain)),
        ];
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<string> names, uint set) => [.. names.Where((_, i) => (set >> i & 1) != 0)];

    private static Estimate Mean(double[] bySeed)
    {
        var (mean, se) = (bySeed.Average(), Spread(bySeed));
        if (!(se > 0))
            return Estimate.Bare(mean, bySeed.Length == 1 ? "one seed" : "the same in every seed");
        var width = StudentT.InvCDF(0, 1, bySeed.Length - 1, .975) * se;
        return Estimate.Of(mean, mean - width, mean + width);
    }

    private static Estimate Both(double[] bySeed, double[] byOrder)
    {
        var (mean, se) = (bySeed.Average(), Math.Sqrt(Math.Pow(Spread(bySeed), 2) + Math.Pow(Spread(byOrder), 2)));
        var width = StudentT.InvCDF(0, 1, Math.Max(1, Math.Min(bySeed.Length > 1 ? bySeed.Length : byOrder.Length, byOrder.Length) - 1), .975) * se;
        return se > 0 ? Estimate.Of(mean, mean - width, mean + width) : Estimate.Bare(mean, "the same in every seed and every order");
    }

    /// <summary>Standard error of the mean; 0 if nothing varies.</summary>
    private static double Spread(double[] values)
    {
        if (values.Length < 2)
            return 0;
        var mean = values.Average();
        var se = Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1.0) / values.Length);
        return se > 1e-12 * (1 + Math.Abs(mean)) ? se : 0;
    }
}
