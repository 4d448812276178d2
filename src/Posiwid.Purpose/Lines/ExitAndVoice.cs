using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>How members answer what they do not like: by leaving or by saying so.</summary>
/// <param name="Exits">Spells that ended.</param>
/// <param name="Voices">Complaints by members.</param>
/// <param name="Outside">Complaints by people who were not members then: not counted.</param>
/// <param name="PersonYears">Years of membership on record.</param>
/// <param name="ExitsPer100">Exits per 100 person-years; exact Poisson interval.</param>
/// <param name="VoicesPer100">Complaints per 100 person-years; exact Poisson interval.</param>
/// <param name="VoiceShare">V / (V + E).</param>
/// <param name="LeftAfterVoice">Share of leavers who complained in their last 26 weeks.</param>
/// <param name="LeaversAfterVoice">How many that is.</param>
/// <param name="ExitAfterComplaint">By how much the first complaint multiplies the rate of leaving.</param>
/// <param name="Followed">Spells that are followed beyond a complaint, and how many of them ended: what that figure rests on.</param>
public sealed record ExitAndVoiceResult(
    int Exits, int Voices, int Outside, double PersonYears, Estimate ExitsPer100, Estimate VoicesPer100, Estimate VoiceShare,
    Estimate LeftAfterVoice, int LeaversAfterVoice, Estimate ExitAfterComplaint, (int Spells, int Left) Followed);

/// <summary>People flow: exit or voice (Hirschman 1970)?</summary>
/// <remarks>
/// <para>Estimator: counts per 100 person-years; for the hazard ratio a Cox model (Cox 1972) over time since joining with a covariate that turns to 1 after a
/// member's first complaint (methods, 1f). A complaint on the day of leaving does not come before it: it counts at the end of its day, as an exit does.</para>
/// <para>Units: events per 100 person-years; the share and the ratio have none. Assumes: all complaints are on record, and one ratio holds at all times after
/// the first.</para>
/// <para>Misleads: little voice is not contentment. Where it is dangerous to speak people hide what they think until others speak (Kuran 1995): look whether
/// complaints come together after one disclosure. The ratio is not the effect of complaining: what is complained of also drives out.</para>
/// </remarks>
public static class ExitAndVoice
{
    private const double LastWeeks = 26;

    /// <summary>The figures.</summary>
    /// <param name="spells">Spells of members.</param>
    /// <param name="complaints">Who complained, and in which week: at the end of the day, as spells end with theirs.</param>
    /// <param name="recordsEnd">Week at which the records end.</param>
    public static ExitAndVoiceResult Of(IReadOnlyList<Spell> spells, IReadOnlyList<(long Person, double Week)> complaints, double recordsEnd)
    {
        if (complaints.Any(c => !double.IsFinite(c.Week)))
            throw new ArgumentException("A complaint's week is not a number.", nameof(complaints));
        var table = SpellTable.Of(spells, recordsEnd);
        var byPerson = complaints.ToLookup(c => c.Person, c => c.Week);
        var (voices, last, weeks) = (0, 0, 0.0);
        List<double> entries = [], exits = [], after = [];
        var left = new List<bool>();
        void Row(double entry, double exit, bool ends, bool complained)
        {
            if (!(exit > entry))
                return;
            entries.Add(entry);
            exits.Add(exit);
            left.Add(ends);
            after.Add(complained ? 1 : 0);
        }

        for (var i = 0; i < table.Spells.Count; i++)
        {
            var (entry, exit) = (table.Entry[i], table.Exit[i]);
            double[] said = [.. byPerson[table.Spells[i].Person].Select(w => w - table.Spells[i].Start).Where(w => w >= 0 && w <= exit).Order()];
            voices += said.Count(w => w >= entry);
            weeks += exit - entry;
            last += table.Left[i] && said.Any(w => w >= exit - LastWeeks) ? 1 : 0;
            var turn = said.Length > 0 ? Math.Clamp(said[0], entry, exit) : exit;
            Row(entry, turn, table.Left[i] && turn == exit, false);
            Row(turn, exit, table.Left[i], true);
        }

        // whoever was a member nobody knows how long leaves and speaks, too; the ratio is over time since joining
        foreach (var (spell, observed, ended) in table.Undated)
        {
            double[] said = [.. byPerson[spell.Person].Select(w => w - spell.ObservedFrom).Where(w => w >= 0 && w <= observed)];
            voices += said.Length;
            weeks += observed;
            last += ended && said.Any(w => w >= observed - LastWeeks) ? 1 : 0;
        }

        var (gone, years) = (table.Left.Count(l => l) + table.Undated.Count(u => u.Left), weeks / SpellTable.WeeksPerYear);
        return new(
            gone, voices, complaints.Count - voices, years, EventRate.Of(gone, years / 100), EventRate.Of(voices, years / 100),
            Proportion.Wilson(voices, voices + gone), Proportion.Wilson(last, gone), last,
            entries.Count > 0 ? Cox.Fit([.. entries], [.. exits], [.. left], [.. after]).HazardRatio : Estimate.Unknown("no members"),
            (after.Count(a => a == 1), after.Zip(left).Count(x => x is (1, true))));
    }
}
