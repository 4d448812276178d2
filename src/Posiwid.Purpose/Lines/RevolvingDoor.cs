using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>How fast people come and go, in three numbers and no index.</summary>
/// <param name="Joiners">Spells that began in the period (J).</param>
/// <param name="Leavers">Spells that ended in it (L).</param>
/// <param name="PersonYears">Years of membership in it.</param>
/// <param name="ChurnPerYear">min(J, L) / person-years: turnover that is not growth or shrinkage; exact interval of the smaller count.</param>
/// <param name="FirstYearLoss">Share of joiners gone within 52 weeks; unknown where fewer than ten are on record from their start.</param>
/// <param name="HazardRatio">Rate of leaving in the first 52 weeks to that after 156.</param>
/// <param name="CrudeWastagePerYear">L / person-years, as personnel departments have it.</param>
/// <param name="Stability">Of those who were members 52 weeks before the end of the period, the share still there at its end.</param>
/// <param name="LeaversFirstYear">Who left in the first 52 weeks.</param>
/// <param name="LeaversAfterYear3">Who left after 156 weeks.</param>
public sealed record RevolvingDoorResult(
    int Joiners, int Leavers, double PersonYears, Estimate ChurnPerYear, Estimate FirstYearLoss, Estimate HazardRatio,
    Estimate CrudeWastagePerYear, Estimate Stability, int LeaversFirstYear, int LeaversAfterYear3);

/// <summary>People flow: is it a revolving door, and is there a fixed core behind it?</summary>
/// <remarks>
/// <para>Estimator: churn = (J + L - |J - L|) / 2 per person-year, as labor economics has it (Burgess, Lane and Stevens 2000); first-year loss 1 - S(52 weeks)
/// with delayed entry; ratio of occurrences per exposure before week 52 and after week 156 (methods, 1f). Everything within one period.</para>
/// <para>Units: spells per person-year; the loss and the ratio have none. Assumes: comings and goings do not bring one another about, and the rate is level
/// within each of the two stretches.</para>
/// <para>Misleads: any one of the three. High churn with a ratio near 1 is a place that all leave alike; high churn with a high ratio is a door that turns
/// around a core.</para>
/// </remarks>
public static class RevolvingDoor
{
    private const double Year = 52, Year3 = 156;

    /// <summary>The three numbers of a period.</summary>
    /// <param name="spells">Spells of members, in any order.</param>
    /// <param name="from">First week of the period.</param>
    /// <param name="to">Week at which it ends; not after the end of the records.</param>
    public static RevolvingDoorResult Of(IReadOnlyList<Spell> spells, double from, double to)
    {
        if (!(from < to))
            throw new ArgumentException("The period must end after it begins.");
        var table = SpellTable.Of(spells, to);
        var (joiners, leavers, firstLeavers, lateLeavers, before, stayed) = (0, 0, 0, 0, 0, 0);
        var (weeks, firstWeeks, lateWeeks) = (0.0, 0.0, 0.0);
        List<double> entries = [], exits = [];
        var events = new List<bool>();
        for (var i = 0; i < table.Spells.Count; i++)
        {
            var start = table.Spells[i].Start;
            var (entry, exit) = (Math.Max(table.Entry[i], from - start), table.Exit[i]);
            if (table.Entry[i] + start <= to - Year && to - Year >= from && exit + start > to - Year)
            {
                before++;
                stayed += table.Left[i] ? 0 : 1;
            }

            if (!(exit > entry))
                continue;
            var left = table.Left[i];
            joiners += start >= from && start < to ? 1 : 0;
            leavers += left ? 1 : 0;
            weeks += exit - entry;
            firstWeeks += Math.Max(0, Math.Min(exit, Year) - entry);
            lateWeeks += Math.Max(0, exit - Math.Max(entry, Year3));
            firstLeavers += left && exit <= Year ? 1 : 0;
            lateLeavers += left && exit > Year3 ? 1 : 0;
            entries.Add(entry);
            exits.Add(exit);
            events.Add(left);
        }

        // of who was a member nobody knows how long it is known when they left, not after how long
        foreach (var (spell, observed, left) in table.Undated)
        {
            var until = spell.ObservedFrom + observed;
            if (spell.ObservedFrom <= to - Year && to - Year >= from && until > to - Year)
            {
                before++;
                stayed += left ? 0 : 1;
            }

            if (until <= from)
                continue;
            leavers += left ? 1 : 0;
            weeks += until - Math.Max(spell.ObservedFrom, from);
        }

        var years = weeks / SpellTable.WeeksPerYear;
        var curve = exits.Count > 0 ? KaplanMeier.Of([.. entries], [.. exits], [.. events], 10) : null;
        // a curve that starts later is of those who had stayed so long
        var staying = curve is null ? Estimate.Unknown("no members") : curve.Start > 0 ? Estimate.Unknown("fewer than 10 are on record from the day they joined") : curve.At(Year);
        return new(
            joiners, leavers, years, EventRate.Of(Math.Min(joiners, leavers), years),
            staying.Rest(),
            EventRate.Ratio(firstLeavers, firstWeeks, lateLeavers, lateWeeks) is { Known: true } ratio ? ratio
                : Estimate.Unknown(WhyNoRatio(firstLeavers, firstWeeks, lateLeavers, lateWeeks)),
            EventRate.Of(leavers, years), Proportion.Wilson(stayed, before), firstLeavers, lateLeavers);
    }

    private static string WhyNoRatio(int first, double firstWeeks, int late, double lateWeeks) =>
        firstWeeks == 0 ? "nobody was in a first year"
        : lateWeeks == 0 ? "nobody was observed after year 3"
        : first == 0 && late == 0 ? "nobody left"
        : late == 0 ? "nobody left after year 3: the ratio has no upper bound"
        : "nobody left in a first year";
}
