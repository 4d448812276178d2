namespace Posiwid.Purpose;

/// <summary>What many profiles say of one end.</summary>
/// <param name="End">The end.</param>
/// <param name="Verdicts">Share of the profiles with each verdict, most frequent first.</param>
/// <param name="Defense">Share in which defense supports it.</param>
/// <param name="Necessity">Share in which necessity does.</param>
/// <param name="Choice">Share in which choice does.</param>
/// <param name="Effort">Share of the hours: mean over the profiles, and where nine of ten lie.</param>
public sealed record EndRobustness(End End, IReadOnlyList<(string Verdict, double Share)> Verdicts, double Defense, double Necessity, double Choice, Estimate Effort);

/// <summary>How far verdicts hang on what nobody knows: the profiles of many models that differ in their parameters.</summary>
/// <remarks>Misleads: shares of draws are no probabilities. They say how much of the range that was looked at gives a verdict, not how likely that range is.</remarks>
public static class Robustness
{
    /// <summary>The ends of several profiles, in the order of the first.</summary>
    /// <param name="profiles">Profiles over the same ends.</param>
    public static IReadOnlyList<EndRobustness> Of(IReadOnlyList<PurposeProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        if (profiles.Count == 0)
            return [];
        return [.. profiles[0].Rows.Select((first, at) =>
        {
            var rows = profiles.Select(p => p.Rows[at]).ToList();
            double Share(Func<ProfileRow, bool> of) => rows.Count(of) / (double)rows.Count;
            double[] hours = [.. rows.Select(r => r.Evidence.Effort?.Share).OfType<double>().Order()];
            return new EndRobustness(
                first.End,
                [.. rows.GroupBy(r => r.Verdict).Select(g => (g.Key, g.Count() / (double)rows.Count)).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)],
                Share(r => r.Defense == LineStatus.Supports), Share(r => r.Necessity == LineStatus.Supports), Share(r => r.Choice == LineStatus.Supports),
                hours.Length == 0 ? Estimate.Unknown("no hours are recorded") : Estimate.Of(hours.Average(), hours[(int)(0.05 * (hours.Length - 1))], hours[(int)Math.Ceiling(0.95 * (hours.Length - 1))]));
        })];
    }
}
