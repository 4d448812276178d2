namespace Posiwid.Purpose.Statistics;

/// <summary>How far two compositions are apart, with what stands in for a zero a tenth as large, as chosen, and ten times as large.</summary>
/// <param name="Tenth">Aitchison distance with a tenth of the stand-in.</param>
/// <param name="Once">With the stand-in.</param>
/// <param name="TenTimes">With ten times the stand-in; unknown where that would leave nothing for the other parts.</param>
public sealed record ChangeOfZeros(Estimate Tenth, Estimate Once, Estimate TenTimes);

/// <summary>Shares of a whole: how even they are, and how far two sets of them are apart.</summary>
/// <remarks>
/// <para>Estimator: entropy H = -Σ p log p (Shannon 1948); effective number of parts 2^H in bits (Hill 1973); evenness H / log2 K. Change in log-ratios
/// (Aitchison 1986): clr = ln p - mean ln p, distance = |clr(p) - clr(q)|.</para>
/// <para>Units: bits or nats; a number of parts; the distance has none. Assumes: all parts of the whole are there; of a sample the entropy is too low (<see
/// cref="MillerMadow"/>).</para>
/// <para>Misleads: shares always sum to 1, so that one rises because others fall; never correlate them. A log-ratio hangs on what stands in for a zero: print
/// <see cref="Change"/> beside it. A part that cannot occur at all is no zero but to be dropped.</para>
/// </remarks>
public static class Composition
{
    /// <summary>Share of the smallest that can be recorded that stands in for a zero (Martín-Fernández, Barceló-Vidal and Pawlowsky-Glahn 2003).</summary>
    public const double StandIn = .65;

    /// <summary>Entropy in bits, 0 to log2 K; amounts in any unit.</summary>
    /// <param name="parts">Amounts, 0 or more.</param>
    /// <exception cref="ArgumentException">An amount is negative or not a number, or all are 0.</exception>
    public static double Bits(IReadOnlyList<double> parts) => Nats(parts) / Math.Log(2);

    /// <summary>Entropy in nats.</summary>
    /// <inheritdoc cref="Bits"/>
    public static double Nats(IReadOnlyList<double> parts) => -Closed(parts).Sum(p => p > 0 ? p * Math.Log(p) : 0);

    /// <summary>Number of equal parts that would have the same entropy, 1 to K.</summary>
    /// <inheritdoc cref="Bits"/>
    public static double EffectiveNumber(IReadOnlyList<double> parts) => Math.Exp(Nats(parts));

    /// <summary>Entropy as a share of its most, 0 all in one part to 1 all alike; unknown for one part.</summary>
    /// <inheritdoc cref="Bits"/>
    public static Estimate Evenness(IReadOnlyList<double> parts)
    {
        var nats = Nats(parts);
        return parts.Count > 1 ? Estimate.Bare(nats / Math.Log(parts.Count), "no interval was asked for") : Estimate.Unknown("one part alone is neither even nor uneven");
    }

    /// <summary>Entropy in bits of what was sampled, with the correction of Miller (1955): H + (K seen - 1)/(2 n ln 2).</summary>
    /// <remarks>For entries of a diary and other samples of n; of a complete record <see cref="Bits"/> is the entropy itself.</remarks>
    /// <param name="counts">Entries by part.</param>
    /// <exception cref="ArgumentException">As in <see cref="Bits"/>.</exception>
    public static double MillerMadow(IReadOnlyList<double> counts) => Bits(counts) + ((counts.Count(c => c > 0) - 1) / (2 * counts.Sum() * Math.Log(2)));

    /// <summary>Centered log-ratios; their sum is 0.</summary>
    /// <param name="parts">Amounts above 0.</param>
    /// <exception cref="ArgumentException">An amount is not above 0.</exception>
    public static double[] CenteredLogRatios(IReadOnlyList<double> parts)
    {
        if (Closed(parts).Contains(0))
            throw new ArgumentException("A zero has no log-ratio: replace it or drop it.", nameof(parts));
        double[] logs = [.. parts.Select(p => Math.Log(p))];
        var mean = logs.Average();
        return [.. logs.Select(l => l - mean)];
    }

    /// <summary>Aitchison's distance: 0 for the same proportions.</summary>
    /// <param name="p">Amounts above 0.</param>
    /// <param name="q">Amounts of the same parts.</param>
    /// <exception cref="ArgumentException">As in <see cref="CenteredLogRatios"/>, or they are not the same parts.</exception>
    public static double Distance(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        ArgumentNullException.ThrowIfNull(q);
        var (a, b) = (CenteredLogRatios(p), CenteredLogRatios(q));
        if (a.Length != b.Length)
            throw new ArgumentException($"{a.Length} and {b.Length} parts are not the same parts.", nameof(q));
        return Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
    }

    /// <summary>Multiplicative replacement: zeros become <paramref name="delta"/>, what is above 0 shrinks by one factor, so that its ratios stay and the sum is 1.</summary>
    /// <param name="parts">Amounts, 0 or more.</param>
    /// <param name="delta">Share that stands in for a zero: <see cref="StandIn"/> times the smallest share that can be recorded.</param>
    /// <exception cref="ArgumentException">As in <see cref="Bits"/>, or the stand-ins take up everything.</exception>
    public static double[] ReplaceZeros(IReadOnlyList<double> parts, double delta)
    {
        var shares = Closed(parts);
        var rest = 1 - (delta * shares.Count(p => p == 0));
        if (!(delta > 0 && rest > 0))
            throw new ArgumentException("What stands in for a zero must be above 0 and leave something for the rest.", nameof(delta));
        return [.. shares.Select(p => p > 0 ? p * rest : delta)];
    }

    /// <summary>The distance of two compositions, and how it hangs on what stands in for a zero.</summary>
    /// <param name="p">Amounts, 0 or more.</param>
    /// <param name="q">Amounts of the same parts.</param>
    /// <param name="smallest">Smallest share that can be recorded, above 0.</param>
    /// <param name="structural">True for each part that cannot occur on one side: it is dropped. Empty if there are none.</param>
    /// <exception cref="ArgumentException">As in <see cref="Bits"/>, or they are not the same parts.</exception>
    public static ChangeOfZeros Change(IReadOnlyList<double> p, IReadOnlyList<double> q, double smallest, IReadOnlyList<bool>? structural = null)
    {
        if (p.Count != q.Count || (structural is { Count: > 0 } s && s.Count != p.Count))
            throw new ArgumentException($"{p.Count} and {q.Count} parts are not the same parts.", nameof(q));
        if (!(smallest > 0))
            throw new ArgumentException("The smallest share that can be recorded is above 0.", nameof(smallest));
        var kept = Enumerable.Range(0, p.Count).Where(i => structural is not { Count: > 0 } || !structural[i]).ToArray();
        double[] a = [.. kept.Select(i => p[i])], b = [.. kept.Select(i => q[i])];
        return new(At(.1), At(1), At(10));

        Estimate At(double times)
        {
            var delta = times * StandIn * smallest;
            return kept.Length < 2 ? Estimate.Unknown("fewer than two parts can occur")
                : delta * Math.Max(a.Count(v => v == 0), b.Count(v => v == 0)) >= 1 ? Estimate.Unknown("what stands in for zeros would be more than all")
                : Estimate.Bare(Distance(ReplaceZeros(a, delta), ReplaceZeros(b, delta)), "no interval was asked for");
        }
    }

    private static double[] Closed(IReadOnlyList<double> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Any(v => !(v >= 0 && double.IsFinite(v))))
            throw new ArgumentException("An amount must be 0 or more.", nameof(parts));
        var sum = parts.Sum();
        return sum > 0 ? [.. parts.Select(v => v / sum)] : throw new ArgumentException("All amounts are 0.", nameof(parts));
    }
}
