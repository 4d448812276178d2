using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>What reveals the ends. The three are kept apart: there are up to three gaps, never one.</summary>
public enum Revealed
{
    /// <summary>Shares of the hours.</summary>
    Effort,

    /// <summary>Shares of a disturbance made good, clipped at 0.</summary>
    Defense,

    /// <summary>Standardized weights in choices, clipped at 0: what is chosen against has no weight.</summary>
    Choice,
}

/// <summary>How what is said becomes weights. Where only ranks are stated, weights are an assumption.</summary>
public enum StatedWeights
{
    /// <summary>The weights that are stated.</summary>
    AsStated,

    /// <summary>Assumed from ranks, rank-sum (Stillwell, Seaver and Edwards 1981): K + 1 - rank, so that the last of K still weighs 1/K of the first.</summary>
    RankSum,

    /// <summary>Assumed from ranks, equal steps from the first down to nothing: K - rank, so that the last weighs 0.</summary>
    EqualStep,
}

/// <summary>One end: how it is stated and what was revealed of it.</summary>
/// <param name="End">Its code.</param>
/// <param name="SaidRank">Rank among the stated aims, 1 first; null if it is not stated or stated by weight.</param>
/// <param name="SaidWeight">Stated weight, 0 or more in any unit; null if none.</param>
/// <param name="Done">What was revealed, in any unit that all ends share; null if it is not known.</param>
/// <param name="Draws">The same in each resample of runs or of blocks of weeks; draw i of all ends is one resample. Null if there are none.</param>
public sealed record SayDoEnd(string End, int? SaidRank, double? SaidWeight, double? Done, IReadOnlyList<double>? Draws = null);

/// <summary>Said and done of one end, both as shares over the ends that are stated and revealed.</summary>
/// <param name="End">Its code.</param>
/// <param name="Said">Share of what is said, 0..1; null if the end is not compared.</param>
/// <param name="Done">Share of what is done, 0..1; null if the end is not compared.</param>
/// <param name="Gap">Done less said, percentage points; interval from the draws.</param>
/// <param name="SaidRank">Rank by what is said, 1 first, ties share the better rank; null if the end is not compared.</param>
/// <param name="DoneRank">Rank by what is done; as before.</param>
/// <param name="DoneRanks">Between which ranks it lies in 95 of 100 draws; null if there are none.</param>
public sealed record SayDo(string End, double? Said, double? Done, Estimate Gap, int? SaidRank, int? DoneRank, (int Low, int High)? DoneRanks = null);

/// <summary>The gap between what is said and one kind of what is done.</summary>
public sealed record SayDoGapResult
{
    /// <summary>What reveals the ends.</summary>
    public required Revealed Revealed { get; init; }

    /// <summary>How what is said became weights.</summary>
    public required StatedWeights Weights { get; init; }

    /// <summary>All ends that were handed in, in their order.</summary>
    public required IReadOnlyList<SayDo> Ends { get; init; }

    /// <summary>Agreement of the two rankings, -1..1; unknown for four ends or fewer.</summary>
    public required Estimate Tau { get; init; }

    /// <summary>Exact p value of <see cref="Tau"/>; null if there is none.</summary>
    public double? TauP { get; init; }

    /// <summary>Jensen-Shannon divergence, bits; unknown for four ends or fewer.</summary>
    public required Estimate Divergence { get; init; }

    /// <summary>Bits that chance alone exceeds in 5 cases of 100; null where nobody knows how many acts stand behind the shares.</summary>
    public double? DivergenceNull95 { get; init; }

    /// <summary>Whether there is a gap as a whole: the divergence is above its null point. Null if that cannot be told.</summary>
    public bool? Claimed => Divergence.Value is { } d && DivergenceNull95 is { } bar ? d > bar + 1e-12 : null;

    /// <summary>Why nothing, or not all, can be said; null if all is.</summary>
    public string? Why { get; init; }
}

/// <summary>What an organization says beside what it does.</summary>
/// <remarks>
/// <para>Estimator: over the ends both stated and revealed, each side scaled to a sum of 1: the gap of each end in percentage points, which is what to read;
/// tau-b of the two rankings (Kendall 1945) and the Jensen-Shannon divergence (Lin 1991), which are the footnote (methods, 1e). Placebo ends are left out by
/// the caller. Intervals are percentiles over joint draws of what is revealed; what is said is taken as it stands.</para>
/// <para>Null point of the divergence: from the clauses and acts behind the shares. Where the acts are not counted, from draws: as many independent acts as
/// would vary like them, (1 - Σp²) / Σ variance of p (Kish 1965).</para>
/// <para>Units: percentage points; tau-b has none; the divergence is in bits. Assumes: what is said and what is done are coded to the same ends; what is
/// revealed below 0 counts as 0.</para>
/// <para>Misleads: a gap is not a lie; saying and doing answer to different audiences (Argyris and Schön 1974; Meyer and Rowan 1977). Weights from ranks are an
/// assumption, so both are shown. Once a profile steers, records bend toward it.</para>
/// </remarks>
public static class SayDoGap
{
    /// <summary>The gap with stated weights; where only ranks are stated, with each of two assumed weights.</summary>
    /// <param name="ends">The ends, without placebos.</param>
    /// <param name="revealed">What the values are.</param>
    /// <param name="acts">Independent acts behind what is done; null if nobody counted them.</param>
    /// <param name="clauses">Clauses or words coded for what is said; null if it is taken as it stands.</param>
    /// <param name="seed">Seed of the null draws.</param>
    /// <exception cref="ArgumentException">An end comes twice; a weight, rank, share or draw is not a number or impossible; draws differ in number.</exception>
    public static IReadOnlyList<SayDoGapResult> Of(IReadOnlyList<SayDoEnd> ends, Revealed revealed, double? acts = null, double? clauses = null, ulong seed = 1)
    {
        Check(ends, revealed);
        StatedWeights[] kinds = ends.Any(e => e.SaidWeight is not null) ? [StatedWeights.AsStated] : [StatedWeights.RankSum, StatedWeights.EqualStep];
        return [.. kinds.Select(kind => Compare(ends, revealed, kind, acts, clauses ?? double.PositiveInfinity, seed))];
    }

    private static SayDoGapResult Compare(IReadOnlyList<SayDoEnd> ends, Revealed revealed, StatedWeights weights, double? acts, double clauses, ulong seed)
    {
        var common = ends.Where(e => e.Done is not null && Stated(e, weights) is not null).ToArray();
        double[] said = Shares([.. common.Select(e => Stated(e, weights)!.Value)], weights), done = Shares([.. common.Select(e => e.Done!.Value)]);
        var why = common.Length == 0 ? "no end is both stated and revealed"
            : common.Length == 1 ? $"only {common[0].End} is both stated and revealed: one end alone is all of it"
            : said.Length == 0 ? "no end has a stated weight above 0"
            : done.Length == 0 ? "nothing is revealed above 0"
            : null;
        if (why is not null)
        {
            var none = Estimate.Unknown(why);
            return new() { Revealed = revealed, Weights = weights, Ends = [.. ends.Select(e => Apart(e, why))], Tau = none, Divergence = none, Why = why };
        }

        var draws = Draws(common);
        SayDo[] rows = [.. common.Select((e, i) => Row(e.End, i, said, done, draws))];
        var all = ends.Select(e => Array.Find(rows, r => r.End == e.End) ?? Apart(e, e.Done is null ? "not revealed" : "not stated")).ToList();
        var tau = KendallTau.Of(said, done);
        if (common.Length < KendallTau.Fewest)
        {
            var few = $"{common.Length} ends: read the two rankings, no statistic can tell them from chance";
            return new() { Revealed = revealed, Weights = weights, Ends = all, Tau = tau.Tau, Divergence = Estimate.Unknown(few), Why = few };
        }

        var size = acts ?? Effective(done, draws);
        return new()
        {
            Revealed = revealed,
            Weights = weights,
            Ends = all,
            Tau = tau.Tau.Value is { } t ? Resamples.Interval(t, [.. draws.Select(d => d.Length == 0 ? double.NaN : KendallTau.Coefficient(said, d) ?? double.NaN)]) : tau.Tau,
            TauP = tau.PValue,
            Divergence = Resamples.Interval(JensenShannon.Bits(said, done), [.. draws.Select(d => d.Length == 0 ? double.NaN : JensenShannon.Bits(said, d))]),
            DivergenceNull95 = size is { } n ? JensenShannon.Null95(said, done, clauses, Math.Max(1, n), new(seed, 0x5D6)) : null,
            Why = size is null ? "nobody says how many acts stand behind the shares, so that chance cannot be told from a gap" : null,
        };
    }

    private static SayDo Row(string end, int i, double[] said, double[] done, double[][] draws)
    {
        double[] gaps = [.. draws.Select(d => d.Length == 0 ? double.NaN : 100 * (d[i] - said[i]))];
        int[] ranks = [.. draws.Where(d => d.Length > 0).Select(d => Rank(d, i)).Order()];
        var (low, high) = Resamples.Ends(ranks.Length);
        return new(end, said[i], done[i], Resamples.Interval(100 * (done[i] - said[i]), gaps), Rank(said, i), Rank(done, i),
            ranks.Length >= Resamples.Fewest ? (ranks[low], ranks[high]) : null);
    }

    private static SayDo Apart(SayDoEnd e, string why) => new(e.End, null, null, Estimate.Unknown(why), null, null);

    private static int Rank(double[] x, int i) => 1 + x.Count(v => v > x[i] + 1e-12);

    private static double? Stated(SayDoEnd e, StatedWeights weights) => weights == StatedWeights.AsStated ? e.SaidWeight : e.SaidRank;

    /// <summary>Shares of the whole, clipped at 0; none if nothing is above 0. Ranks are counted anew among the ends that are left, ties in their middle.</summary>
    private static double[] Shares(double[] x, StatedWeights weights = StatedWeights.AsStated)
    {
        if (weights != StatedWeights.AsStated)
        {
            var last = weights == StatedWeights.RankSum ? 1 : 0;
            x = [.. x.Select(r => last + x.Count(v => v > r) + ((x.Count(v => v == r) - 1) / 2.0))];
        }

        var sum = x.Sum(v => Math.Max(0, v));
        return sum > 0 ? [.. x.Select(v => Math.Max(0, v) / sum)] : [];
    }

    private static double[][] Draws(SayDoEnd[] common) =>
        [.. Enumerable.Range(0, common[0].Draws?.Count ?? 0).Select(d => Shares([.. common.Select(e => e.Draws![d])]))];

    private static double? Effective(double[] done, double[][] draws)
    {
        var known = draws.Where(d => d.Length > 0).ToArray();
        if (known.Length < Resamples.Fewest)
            return null;
        var variance = Enumerable.Range(0, done.Length).Sum(i =>
        {
            var mean = known.Average(d => d[i]);
            return known.Sum(d => (d[i] - mean) * (d[i] - mean)) / (known.Length - 1);
        });
        return variance > 1e-15 ? (1 - done.Sum(p => p * p)) / variance : double.PositiveInfinity;
    }

    private static void Check(IReadOnlyList<SayDoEnd> ends, Revealed revealed)
    {
        ArgumentNullException.ThrowIfNull(ends);
        if (ends.GroupBy(e => e.End).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The end {twice.Key} comes twice.", nameof(ends));
        foreach (var e in ends)
        {
            if (e.SaidRank < 1 || (e.SaidWeight is { } w && !(w >= 0 && double.IsFinite(w))))
                throw new ArgumentException($"{e.End}: a stated rank is 1 or more, a stated weight 0 or more.", nameof(ends));
            if ((e.Draws ?? []).Append(e.Done ?? 0).Any(v => !double.IsFinite(v) || (revealed == Revealed.Effort && v < 0)))
                throw new ArgumentException($"{e.End}: what is revealed must be numbers, and shares of hours 0 or more.", nameof(ends));
        }

        if (ends.Any(e => e.SaidWeight is not null) && ends.Any(e => e.SaidWeight is null && e.SaidRank is not null))
            throw new ArgumentException("Some ends are stated by weight and some by rank alone.", nameof(ends));
        if (ends.Where(e => e.Done is not null).Select(e => e.Draws?.Count ?? 0).Distinct().Count() > 1)
            throw new ArgumentException("All ends need the same number of draws.", nameof(ends));
    }
}
