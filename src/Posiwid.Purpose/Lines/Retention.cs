using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>Those who joined in one year.</summary>
/// <param name="Year">Year of joining.</param>
/// <param name="Joiners">How many.</param>
/// <param name="Curve">How long they stayed; null if they are too few.</param>
public sealed record RetentionCohort(int Year, int Joiners, SurvivalCurve? Curve);

/// <summary>How long members stay.</summary>
/// <param name="People">Persons.</param>
/// <param name="Returners">Persons with more than one spell.</param>
/// <param name="Table">The spells behind it, with the counts of those joined and left out.</param>
/// <param name="First">Curve of first spells on record, in weeks since joining; null if there are none.</param>
/// <param name="Later">Curve of the spells of those who had been members before; null if there are none.</param>
/// <param name="YearOfAll">Share of all spells that last 52 weeks; where people returned, with an interval from resampled persons.</param>
/// <param name="HalfLifeOfAll">Weeks by which half of all spells are over; interval as before.</param>
/// <param name="Cohorts">First spells by year of joining.</param>
/// <param name="Since">Weeks since joining from which all spells are told of, where ten are at risk first: the share and the half-life are of those that had lasted so long. 0 if ten are on record from their start.</param>
/// <param name="AcrossCohorts">Log-rank test across the cohorts that are large enough.</param>
public sealed record RetentionResult(
    int People, int Returners, SpellTable Table, SurvivalCurve? First, SurvivalCurve? Later, Estimate YearOfAll, Estimate HalfLifeOfAll, double Since,
    IReadOnlyList<RetentionCohort> Cohorts, LogRankResult AcrossCohorts);

/// <summary>People flow: how long do members stay?</summary>
/// <remarks>
/// <para>Estimator: S(t) of Kaplan and Meier (Kaplan and Meier 1958) with delayed entry, first and later spells apart, by year of joining, from where ten are
/// at risk (methods, 1f). The spells of one person are alike, so that intervals over all spells resample persons with all their spells.</para>
/// <para>Units: shares still there by weeks since joining. Assumes: neither when a spell came on record nor when the records end hangs on how long it
/// lasts.</para>
/// <para>Misleads: a cohort whose start was not on record holds only those who stayed until it was; its curve starts there. A late curve of few people is
/// noise; cut it where fewer are at risk than may be shown.</para>
/// </remarks>
public static class Retention
{
    /// <summary>The curves.</summary>
    /// <param name="spells">Spells of members, in any order.</param>
    /// <param name="recordsEnd">Week at which the records end.</param>
    /// <param name="yearOf">Year of a week.</param>
    /// <param name="minJoiners">Fewest joiners of a cohort that gets a curve.</param>
    /// <param name="resamples">Resamples of persons.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static RetentionResult Of(
        IReadOnlyList<Spell> spells, double recordsEnd, Func<double, int> yearOf, int minJoiners = 20, int resamples = 500, ulong seed = 1)
    {
        var table = SpellTable.Of(spells, recordsEnd);
        var rows = Enumerable.Range(0, table.Spells.Count).ToArray();
        var persons = rows.GroupBy(r => table.Spells[r].Person).Select(g => g.ToArray()).ToArray();
        // in an order of their stays: an interval by lot may not hang on how people are numbered
        Array.Sort(persons, (a, b) => Compare(table, a, b));
        var first = rows.Where(r => table.Earlier[r] == 0).ToArray();
        var cohorts = first.GroupBy(r => yearOf(table.Spells[r].Start)).OrderBy(g => g.Key).Select(g => (Year: g.Key, Rows: g.ToArray())).ToList();
        var large = cohorts.Where(c => c.Rows.Length >= minJoiners).ToList();
        var (year, half) = OfAll(table, rows, persons, resamples, seed);
        return new(
            persons.Length, persons.Count(p => table.Earlier[p[^1]] > 0), table, table.Curve(first),
            table.Curve([.. rows.Where(r => table.Earlier[r] > 0)]), year, half, table.Curve(rows)?.Start is > 0 and var since ? since : 0,
            [.. cohorts.Select(c => new RetentionCohort(c.Year, c.Rows.Length, c.Rows.Length >= minJoiners ? table.Curve(c.Rows) : null))],
            Across(table, large.ConvertAll(c => c.Rows), minJoiners));
    }

    private static int Compare(SpellTable table, int[] a, int[] b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if ((table.Spells[a[i]].Start, table.Entry[a[i]], table.Exit[a[i]], table.Left[a[i]]).CompareTo((table.Spells[b[i]].Start, table.Entry[b[i]], table.Exit[b[i]], table.Left[b[i]])) is var order and not 0)
                return order;
        }

        return a.Length.CompareTo(b.Length);
    }

    private static LogRankResult Across(SpellTable table, List<int[]> cohorts, int minJoiners)
    {
        if (cohorts.Count < 2)
            return new(null, 0, null, [], $"fewer than two cohorts of {minJoiners} joiners");
        int[] rows = [.. cohorts.SelectMany(c => c)];
        return LogRank.Test(
            [.. rows.Select(r => table.Entry[r])], [.. rows.Select(r => table.Exit[r])], [.. rows.Select(r => table.Left[r])],
            [.. cohorts.SelectMany((c, g) => c.Select(_ => g))], cohorts.Count);
    }

    private static (Estimate Year, Estimate HalfLife) OfAll(SpellTable table, int[] rows, int[][] persons, int resamples, ulong seed)
    {
        if (table.Curve(rows) is not { } curve)
            return (Estimate.Unknown("no spells"), Estimate.Unknown("no spells"));
        var (year, half) = (curve.At(52), curve.Median);
        if (persons.Length == rows.Length)
            return (year, half);
        var (years, halves, random) = (new List<double>(), new List<double>(), new AddressedRandom(seed, 0x2E7));
        for (uint r = 0; r < resamples; r++)
        {
            var drawn = new List<int>(rows.Length);
            for (uint i = 0; i < persons.Length; i++)
                drawn.AddRange(persons[random.Index(r, i, persons.Length)]);
            var again = table.Curve(drawn)!;
            years.Add(again.At(52).Value ?? double.NaN);
            halves.Add(again.Median.Value ?? (again.CollapsedAt is not null || double.IsNaN(again.Start) ? double.NaN : double.PositiveInfinity));
        }

        return (Between(year, years), Between(half, halves));
    }

    private static Estimate Between(Estimate estimate, List<double> draws)
    {
        if (!estimate.Known)
            return estimate;
        if (draws.Count < 100 || draws.Any(double.IsNaN))
            return Estimate.Bare(estimate.Value!.Value, "too few resamples in which it is known");
        draws.Sort();
        var (low, high) = (draws[(int)(.025 * draws.Count)], draws[(int)Math.Ceiling(.975 * draws.Count) - 1]);
        return double.IsInfinity(high)
            ? new(estimate.Value, double.IsInfinity(low) ? null : low, null, "upper end not reached")
            : Estimate.Of(estimate.Value!.Value, low, high);
    }
}
