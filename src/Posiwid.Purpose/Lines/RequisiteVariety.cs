namespace Posiwid.Purpose.Lines;

/// <summary>Whether what was done was varied enough for the steadiness that it is said to give.</summary>
/// <param name="Entropy">Bits of what was done in a period: mean over seeds; null if it is not on record.</param>
/// <param name="Ceiling">The most bits that can be seen in so many periods, log2 of their number.</param>
/// <param name="Word">within its variety, violated, or why it cannot be told.</param>
public sealed record RequisiteVarietyResult(double? Entropy, double Ceiling, string Word);

/// <summary>Ashby's law of requisite variety (1956, "An Introduction to Cybernetics", ch. 11) as a check on the instrument: only variety absorbs variety.</summary>
/// <remarks>
/// <para>Estimator: the uncertainty of an outcome is at least that of what disturbs it less that of the acts against it, H(E) ≥ H(D) - H(R) (Ashby 1956). So
/// the bits by which deciding steadies a quantity, log2(sd(frozen)/sd(live)), cannot be more than the entropy of what is decided in a period. H(R) is the
/// plug-in entropy of the decisions of each seed's periods, two periods being alike where all decisions are (values to a hundredth).</para>
/// <para>Units: bits by period. Assumes: all that acts is declared a decision, and the frozen arm is stable by itself; where the law is violated one of the two
/// is wrong, and nothing of that regulation is to be believed.</para>
/// <para>Misleads: with few periods the entropy cannot be seen to be large (at most log2 of their number), and for acts of many values nearly every period
/// differs; the check is sharp only for those who can do few things.</para>
/// </remarks>
public static class RequisiteVariety
{
    /// <summary>The check.</summary>
    /// <param name="bits">Regulation in bits, from <see cref="Defense.Regulation(StabilityTrial)"/>.</param>
    /// <param name="actions">By seed and period, a number for what was done; null where a seed is not used.</param>
    public static RequisiteVarietyResult Of(Estimate bits, IReadOnlyList<int[]?>? actions)
    {
        ArgumentNullException.ThrowIfNull(bits);
        int[][] known = [.. (actions ?? []).OfType<int[]>().Where(a => a.Length > 0)];
        if (known.Length == 0)
            return new(null, 0, "cannot be told: what was decided is not on record");
        var (entropy, ceiling) = (known.Average(Entropy), known.Average(a => Math.Log2(a.Length)));
        var word = bits is not { Low: { } low } ? $"cannot be told: {bits.Why ?? "no interval"}"
            : low <= entropy ? "within its variety"
            : entropy > 0.9 * ceiling ? "cannot be told: nearly every period differs, so the entropy is larger than can be seen"
            : "violated: something acts that is not declared a decision, or the frozen arm is unstable";
        return new(entropy, ceiling, word);
    }

    /// <summary>Plug-in entropy in bits: - Σ p log2 p over the values.</summary>
    public static double Entropy(IReadOnlyCollection<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return 0.0 - values.GroupBy(v => v).Sum(g => (double)g.Count() / values.Count * Math.Log2((double)g.Count() / values.Count));
    }
}
