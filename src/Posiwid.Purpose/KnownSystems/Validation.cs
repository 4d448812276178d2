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
}
