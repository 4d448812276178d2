using MathNet.Numerics.Distributions;
using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Simulation.Claims;

/// <summary>The purpose profile of an arm, line by line, of some of its runs together: what each line is worth at each end.</summary>
/// <remarks>
/// Hours and money are sums over runs. Defense is D = 1 - sum of live / sum of replayed over runs (<see cref="Purpose.Lines.Defense"/>), necessity the weeks lost over the weeks lived
/// (<see cref="Purpose.Lines.Necessity"/>); each counts where its 90% interval lies above 0, and as 0 elsewhere: D is a ratio, and where the blow hardly moves an end it can be anything.
/// Of a single run nothing is tested: it counts as it is.
/// </remarks>
/// <param name="parts">What each run gave, by part.</param>
internal sealed class ArmProfile(IReadOnlyDictionary<ProfilePart, IReadOnlyList<double[]>> parts)
{
    private readonly Dictionary<int, double> quantiles = [];

    /// <summary>Runs of which it is made.</summary>
    public int Runs => parts.Values.Min(v => v.Count);

    /// <summary>
    /// True if a line can be told: enough runs have hours in the time that counts, or blows to some end that they lived through, or some life that ends before the scenario does (where none does, the
    /// time is too short to tell what is necessary). What is then nothing at every end is known to be nothing.
    /// </summary>
    public bool Has(ProfileLine line)
    {
        if (!FigureKey.Parts([line]).All(parts.ContainsKey))
            return false;
        return line switch
        {
            ProfileLine.Effort => parts[ProfilePart.Hours].Count(r => r.Sum() > 0) >= ClaimVerdicts.FewestRuns,
            ProfileLine.Defense => Enumerable.Range(0, parts[ProfilePart.Defense][0].Length / 2).Any(e => parts[ProfilePart.Defense].Count(r => double.IsFinite(r[e])) >= ClaimVerdicts.FewestRuns),
            _ => parts[ProfilePart.Necessity].Any(r => r[..^1].Any(life => life < r[^1])),
        };
    }

    /// <summary>What a part is worth at each end, in the runs picked.</summary>
    /// <param name="part">The part.</param>
    /// <param name="picked">Numbers of runs; one may come several times.</param>
    public double[] Of(ProfilePart part, IReadOnlyList<int> picked)
    {
        var runs = parts[part];
        return part switch
        {
            ProfilePart.Hours or ProfilePart.Money => [.. runs[0].Select((_, e) => picked.Sum(i => double.IsFinite(runs[i][e]) ? runs[i][e] : 0))],
            ProfilePart.Defense => [.. Enumerable.Range(0, runs[0].Length / 2).Select(e => Defended(runs, picked, e))],
            _ => [.. Enumerable.Range(0, runs[0].Length - 2).Select(e => Lost(runs, picked, e))],
        };
    }

    private double Defended(IReadOnlyList<double[]> runs, IReadOnlyList<int> picked, int end)
    {
        var whole = picked.Where(i => double.IsFinite(runs[i][end])).ToArray();
        if (whole.Length == 0 || (picked.Count > 1 && whole.Length < ClaimVerdicts.FewestRuns))
            return 0;
        var half = runs[0].Length / 2;
        double[] live = [.. whole.Select(i => runs[i][end])], replayed = [.. whole.Select(i => runs[i][half + end])];
        var moved = replayed.Average();
        var share = 1 - (live.Average() / moved);
        // D > 0 if live lies nearer 0 than replayed: pair by pair, once it is clear which way the blow moved it
        return moved != 0 && share > 0 && Above0([.. replayed.Select(r => Math.Sign(moved) * r)]) && Above0([.. replayed.Zip(live, (r, l) => Math.Sign(moved) * (r - l))]) ? share : 0;
    }

    private double Lost(IReadOnlyList<double[]> runs, IReadOnlyList<int> picked, int end)
    {
        double[] lost = [.. picked.Select(i => runs[i][^2] - runs[i][end])];
        return double.IsFinite(lost[0]) && lost.Sum() > 0 && Above0(lost) ? lost.Sum() / picked.Sum(i => runs[i][^2]) : 0;
    }

    /// <summary>True if the 90% interval of the mean lies above 0 (Student 1908).</summary>
    private bool Above0(double[] values)
    {
        if (values.Length == 1)
            return values[0] > 0;
        if (!quantiles.TryGetValue(values.Length, out var t))
            quantiles[values.Length] = t = StudentT.InvCDF(0, 1, values.Length - 1, 0.95);
        var mean = values.Average();
        return mean > t * Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1.0) / values.Length);
    }

    /// <summary>The lines that all of some profiles have.</summary>
    public static IReadOnlyList<ProfileLine> InAll(IReadOnlyList<ProfileLine> lines, params ArmProfile[] profiles) => [.. lines.Where(l => profiles.All(p => p.Has(l)))];

    /// <summary>How far two profiles are apart in each line, in the runs picked; null where it is nothing in both. Effort is the mean of hours and money.</summary>
    public static double?[] Apart(ArmProfile a, ArmProfile b, IReadOnlyList<ProfileLine> lines, IReadOnlyList<int> picked) =>
        [.. lines.Select(line => FigureKey.Parts([line]).Select(p => ProfileDistance.Of(a.Of(p, picked), b.Of(p, picked))).Average())];

    /// <summary>
    /// The distance of two profiles, the mean over their lines, or one such distance over another, with a 90% interval from resamples of the runs (Efron 1979): the same runs in every arm, since
    /// their luck is the same. Profiles are put together over runs before a distance is taken, since a distance is never below 0 and that of two noisy runs is mostly noise.
    /// </summary>
    /// <param name="lines">The lines, each of which all have.</param>
    /// <param name="pair">The two.</param>
    /// <param name="over">The two whose distance it is divided by; null for none.</param>
    /// <param name="draws">How many resamples.</param>
    public static Estimate Distance(IReadOnlyList<ProfileLine> lines, (ArmProfile A, ArmProfile B) pair, (ArmProfile A, ArmProfile B)? over, uint draws = 1000)
    {
        var runs = RunsOf(pair, over);
        if (runs < ClaimVerdicts.FewestRuns)
            return Estimate.Unknown($"only {runs} runs");
        double? Of(int[] picked)
        {
            var (own, other) = (Apart(pair.A, pair.B, lines, picked).Average(), over is { } two ? Apart(two.A, two.B, lines, picked).Average() : 1);
            return other > 0 ? own / other : null;
        }

        if (Of([.. Enumerable.Range(0, runs)]) is not { } value)
            return Estimate.Unknown("there is no line that can be told of all of them, or no distance to divide by");
        var random = new AddressedRandom(1, 0x70726f66);
        double[] found = [.. Enumerable.Range(0, (int)draws).Select(d => Of([.. Enumerable.Range(0, runs).Select(i => random.Index((uint)d, (uint)i, runs))])).OfType<double>().Order()];
        return found.Length < 0.95 * draws ? Estimate.Unknown($"in {draws - found.Length} of {draws} resamples of the runs it is not known")
            : Estimate.Of(value, Math.Min(value, ClaimVerdicts.Quantile(found, 0.05)), Math.Max(value, ClaimVerdicts.Quantile(found, 0.95)));
    }

    /// <summary>Runs that all of these profiles have.</summary>
    public static int RunsOf((ArmProfile A, ArmProfile B) pair, (ArmProfile A, ArmProfile B)? over) =>
        Math.Min(Math.Min(pair.A.Runs, pair.B.Runs), over is { } two ? Math.Min(two.A.Runs, two.B.Runs) : int.MaxValue);
}
