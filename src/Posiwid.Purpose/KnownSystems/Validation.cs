namespace Posiwid.Purpose.KnownSystems;

/// <summary>How often the instrument says what of an organization whose purposes are known.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Pairs">Paired seeds of each profile.</param>
/// <param name="Profiles">Profiles that were made, each of other luck.</param>
/// <param name="Verdicts">By end, the share of profiles with a verdict.</param>
/// <param name="Support">By end, the share of profiles in which defense, necessity and choice supported it.</param>
/// <param name="AnyFalse">Share of profiles in which any line supported an end that is neither wanted nor lived on, the placebo among them.</param>
public sealed record ValidationResult(
    KnownOrganization Organization, int Pairs, int Profiles, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Verdicts,
    IReadOnlyDictionary<string, (double Defense, double Necessity, double Choice)> Support, double AnyFalse)
{
    /// <summary>The share of profiles that called an end a purpose.</summary>
    public double Purpose(string end) => Verdicts[end].GetValueOrDefault(Posiwid.Purpose.Verdicts.Purpose);

}

/// <summary>Measures the instrument on organizations whose purposes are known: how often it finds what is there, and what is not.</summary>
public static class Validation
{
    /// <summary>Makes many whole profiles, each from other luck.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="pairs">Paired seeds of each.</param>
    /// <param name="profiles">How many profiles.</param>
    /// <param name="settings">The conventions; the usual ones if left out.</param>
    /// <param name="seed">Seed of the first; the others follow.</param>
    public static ValidationResult Of(KnownOrganization organization, int pairs, int profiles, PurposeSettings? settings = null, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var made = new PurposeProfile[profiles];
        Parallel.For(0, profiles, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => made[i] = new PurposeAnalysis(organization.Data(pairs, seed + (ulong)i), settings).Profile);
        var rows = made.SelectMany(p => p.Rows).ToLookup(r => r.End.Code);
        double Share(string end, Func<ProfileRow, bool> of) => rows[end].Count(of) / (double)profiles;
        bool False(ProfileRow row) => row.End.IsPlacebo || !organization.Wants.Concat(organization.LivesOn).Contains(row.End.Code);
        return new ValidationResult(
            organization, pairs, profiles,
            rows.ToDictionary(end => end.Key, end => (IReadOnlyDictionary<string, double>)end.GroupBy(r => r.Verdict).ToDictionary(g => g.Key, g => g.Count() / (double)profiles)),
            rows.ToDictionary(end => end.Key, end => (
                Share(end.Key, r => r.Defense == LineStatus.Supports),
                Share(end.Key, r => r.Necessity == LineStatus.Supports),
                Share(end.Key, r => r.Choice == LineStatus.Supports))),
            made.Count(p => p.Rows.Any(r => False(r) && new[] { r.Defense, r.Necessity, r.Choice }.Contains(LineStatus.Supports))) / (double)profiles);
    }

    /// <summary>
    /// How often a choice votes by what was learned (<see cref="Lines.LearnedPreference.Of(IReadOnlyList{Decision}, string, double, PurposeSettings?)"/>): the share of sets of decisions in which an attribute speaks for its end at 5%,
    /// where its true weight was set and stays, was set and fades, was never there, or was learned. Only the last should.
    /// </summary>
    /// <param name="decisions">Decisions before, and as many after.</param>
    /// <param name="deciders">Who take turns.</param>
    /// <param name="sets">Sets, each of other luck.</param>
    /// <param name="weight">The weight of what is wanted; what fades ends at a third of it.</param>
    public static IReadOnlyDictionary<string, double> Learning(int decisions, int deciders, int sets, double weight = 0.6)
    {
        (string Name, double Before, double After)[] attributes = [("stays", weight, weight), ("fades", weight, weight / 3), ("nothing", 0, 0), ("learned", 0, weight)];
        var votes = new bool[sets][];
        Parallel.For(0, sets, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            Decision[] Made(uint half, Func<(string Name, double Before, double After), double> taste) =>
                [.. Choosers.Planted("plan", [.. attributes.Select(a => a.Name)], [.. attributes.Select(taste)], decisions, deciders, new Statistics.AddressedRandom((ulong)i, half)).Select(d => d with { Week = half })];
            var both = Lines.LearnedPreference.BeforeAndAfter([.. Made(0, a => a.Before), .. Made(1, a => a.After)], 1);
            votes[i] = [.. attributes.Select(a => Lines.LearnedPreference.Of(both, a.Name) is { PValue: < 0.05, Direction: 1 })];
        });
        return attributes.Select((a, k) => (a.Name, Share: votes.Count(v => v[k]) / (double)sets)).ToDictionary(x => x.Name, x => x.Share);
    }
}
