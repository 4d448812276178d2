using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>One occasion at which seats were filled anew.</summary>
/// <param name="Week">When.</param>
/// <param name="Seats">Seats filled.</param>
/// <param name="Kept">Of these, seats whose holder held one before.</param>
/// <param name="Eligible">People who could have been chosen; null if that is not known.</param>
/// <param name="Contested">Whether there was a contest; null if that is not known.</param>
public sealed record Renewal(double Week, int Seats, int Kept, int? Eligible, bool? Contested = null);

/// <summary>Someone's time in an office.</summary>
/// <param name="Spell">When.</param>
/// <param name="LeftOrganization">True if it ended because its holder left the organization; null if nobody knows.</param>
public sealed record Tenure(Spell Spell, bool? LeftOrganization = false);

/// <summary>How fast an office is held.</summary>
/// <param name="Index">(mean share kept - chance) / (1 - chance): 0 by lot, 1 if nobody is ever replaced; interval from resampled renewals.</param>
/// <param name="KeptShare">Mean share of seats kept.</param>
/// <param name="Chance">Share that would be kept by lot: seats / eligible, mean over renewals; null if it is not known how many were eligible.</param>
/// <param name="Renewals">The renewals: to be listed instead where they are under <see cref="Entrenchment.FewestRenewals"/>.</param>
/// <param name="Tenures">Curve of tenures, weeks; null if there are none.</param>
/// <param name="TenureCount">Tenures behind the curve.</param>
/// <param name="Longest">Longest holding on record, weeks; null if there is none.</param>
/// <param name="HoldersPerSeatDecade">Distinct holders per ten years of a seat.</param>
/// <param name="Contested">Share of renewals with a contest, among those of which it is known.</param>
/// <param name="LeftByLeaving">Of ended tenures of which it is known, the share that ended only because the holder left the organization.</param>
public sealed record EntrenchmentResult(
    Estimate Index, Estimate KeptShare, double? Chance, IReadOnlyList<Renewal> Renewals, SurvivalCurve? Tenures, int TenureCount,
    double? Longest, Estimate HoldersPerSeatDecade, Estimate Contested, Estimate LeftByLeaving);

/// <summary>People flow: do the same people stay on top?</summary>
/// <remarks>
/// <para>Estimator: (h - c) / (1 - c) with h the mean share of seats kept at a renewal and c the mean of seats / eligible, what a lot among the eligible would
/// keep (methods, 1f); interval from resampled renewals. Tenures by Kaplan-Meier (Kaplan and Meier 1958) with delayed entry.</para>
/// <para>Units: the index has none (0 by lot, 1 nobody is ever replaced); tenures are in weeks. Assumes: renewals are independent, and who was eligible is
/// known.</para>
/// <para>Misleads: it measures turnover, not goals. That the same people lead does not show that the organization serves them (Leach 2005).</para>
/// </remarks>
public static class Entrenchment
{
    /// <summary>With fewer renewals there is no interval, and they are listed instead.</summary>
    public const int FewestRenewals = 5;

    /// <summary>The figures of one office, or of several alike.</summary>
    /// <param name="renewals">Its renewals.</param>
    /// <param name="tenures">Its tenures.</param>
    /// <param name="recordsEnd">Week at which the records end.</param>
    /// <param name="resamples">Resamples of renewals.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static EntrenchmentResult Of(
        IReadOnlyList<Renewal> renewals, IReadOnlyList<Tenure> tenures, double recordsEnd, int resamples = 2000, ulong seed = 1)
    {
        foreach (var r in renewals)
        {
            if (r.Seats < 1 || r.Kept < 0 || r.Kept > r.Seats || r.Eligible < r.Seats)
                throw new ArgumentException($"The renewal of week {r.Week}: want 0 <= kept <= seats <= eligible and a seat.", nameof(renewals));
        }

        // a holder who is chosen again without a gap goes on holding
        var table = SpellTable.Of([.. tenures.Select(t => t.Spell)], recordsEnd, gapDays: 1);
        var rows = Enumerable.Range(0, table.Spells.Count).ToArray();
        var seatWeeks = rows.Sum(i => table.Exit[i] - table.Entry[i]);
        var ended = tenures.Where(t => t.Spell.End <= recordsEnd && t.LeftOrganization is not null).ToList();
        var known = renewals.Where(r => r.Contested is not null).ToList();
        var (index, kept) = Index(renewals, resamples, seed);
        return new(
            index, kept, renewals.Count > 0 && renewals.All(r => r.Eligible is not null) ? Chance(renewals) : null, renewals, table.Curve(rows, 1), rows.Length,
            rows.Length > 0 ? table.Exit.Max() : null,
            seatWeeks > 0 ? Estimate.Bare(table.Spells.DistinctBy(s => s.Person).Count() / (seatWeeks / (10 * SpellTable.WeeksPerYear)), "all are counted: no sample, no interval")
                : Estimate.Unknown("no tenures"),
            Proportion.Wilson(known.Count(r => r.Contested == true), known.Count),
            Proportion.Wilson(ended.Count(t => t.LeftOrganization == true), ended.Count));
    }

    private static (Estimate Index, Estimate Kept) Index(IReadOnlyList<Renewal> renewals, int resamples, ulong seed)
    {
        if (renewals.Count < FewestRenewals)
        {
            var why = $"{renewals.Count} renewals; need {FewestRenewals}";
            return (Estimate.Unknown(why), Estimate.Unknown(why));
        }

        var (random, n, known) = (new AddressedRandom(seed, 0xE27), renewals.Count, renewals.All(r => r.Eligible is not null));
        if (known && Chance(renewals) >= 1)
            return (Estimate.Unknown("nobody else was eligible"), Estimate.Bare(Kept(renewals), "nobody else was eligible"));
        var drawn = Enumerable.Range(0, resamples).Select(r => Enumerable.Range(0, n).Select(i => renewals[random.Index((uint)r, (uint)i, n)]).ToList())
            .Where(d => !known || Chance(d) < 1).ToList();
        if (!known)
            return (Estimate.Unknown("it is not on record who else could have been chosen"), Between(Kept(renewals), [.. drawn.Select(Kept)]));
        return (Between(Value(renewals), [.. drawn.Select(Value)]), Between(Kept(renewals), [.. drawn.Select(Kept)]));
    }

    private static double Kept(IReadOnlyList<Renewal> renewals) => renewals.Average(r => (double)r.Kept / r.Seats);

    private static double Chance(IReadOnlyList<Renewal> renewals) => renewals.Average(r => (double)r.Seats / r.Eligible!.Value);

    private static double Value(IReadOnlyList<Renewal> renewals) => (Kept(renewals) - Chance(renewals)) / (1 - Chance(renewals));

    private static Estimate Between(double value, List<double> draws)
    {
        draws.Sort();
        return draws.Count < 100 ? Estimate.Bare(value, "too few resamples")
            : draws[0] == draws[^1] ? Estimate.Bare(value, "all renewals are alike: resamples do not tell how far that is by chance")
            : Estimate.Of(value, draws[(int)(.025 * draws.Count)], draws[(int)Math.Ceiling(.975 * draws.Count) - 1]);
    }
}
