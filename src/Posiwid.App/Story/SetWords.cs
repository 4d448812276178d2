using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.App.Story;

/// <summary>What every combination of functions says, in words: what each is worth, what stands in for what, what is enough, Beer's hypothesis.</summary>
public static class SetWords
{
    /// <summary>What each function is worth. Shapley values never stand alone: beside them is how much of it is there only with others, and what is lost without it.</summary>
    public static PurposePage.ProfileTable Table(FunctionSetsResult sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        return new("What each function is worth, in weeks of life", ["", "worth (Shapley)", "of it only with others", "lost without it alone"], [.. sets.Functions.OrderByDescending(f => f.Shapley.Value).Select(f => (string[])
        [
            Name(f.Name), Weeks(f.Shapley), f.Shapley.Value - f.Sufficiency.Value is { } with ? Number(with) : "–", Weeks(f.KnockOutLoss),
        ])]);
    }

    /// <summary>The rest, in sentences.</summary>
    public static IEnumerable<string> Sentences(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Sets is not { } sets)
            yield break;
        foreach (var (pairs, word) in new[] { (Telling(sets).Where(p => p.Shapley.Value < 0), "stand in for one another"), (Telling(sets).Where(p => p.Shapley.Value > 0), "need one another") })
        {
            if (pairs.Take(3).ToList() is { Count: > 0 } some)
                yield return $"These {word} (interaction index, weeks): {string.Join("; ", some.Select(p => $"{Name(p.First)} and {Name(p.Second)} {Weeks(p.Shapley)}"))}.";
        }

        if (!Telling(sets).Any())
            yield return $"Of {sets.Pairs.Count} {(sets.Pairs.Count == 1 ? "pair" : "pairs")} of functions none is shown to stand in for one another, nor to need one another.";
        yield return $"Enough for {analysis.Settings.Viable:0%} of the whole's life, and nothing smaller is: {Found(sets.MinimalViable)}.";
        yield return $"Too much to lose, and nothing smaller is: {Found(sets.MinimalCuts)}.";
        yield return Harmful(sets);
        if (analysis.Beer is { } beer)
            yield return Beer(beer);
    }

    /// <summary>Pairs whose interaction is beyond doubt, the largest first.</summary>
    public static IEnumerable<FunctionPair> Telling(FunctionSetsResult sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        return sets.Pairs.Where(p => p.Shapley is { Low: > 0 } or { High: < 0 }).OrderByDescending(p => Math.Abs(p.Shapley.Value ?? 0));
    }

    /// <summary>Functions with which life is shorter.</summary>
    public static string Harmful(FunctionSetsResult sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        return sets.Harmful.Count == 0 ? "No function is shown to shorten life anywhere."
            : "Life is longer without " + PurposeWords.List(sets.Harmful.GroupBy(h => h.Name).Select(g => $"{Name(g.Key)} (beside {Names(g.First().Beside)} by {Number(-(g.First().Gain.Value ?? 0))} weeks; so in {g.Count()} of {1 << (sets.Names.Count - 1)} combinations)")) + ".";
    }

    /// <summary>Whether all that is enough has each of Beer's systems.</summary>
    public static string Beer(ViableSystemTest beer)
    {
        ArgumentNullException.ThrowIfNull(beer);
        return $"Beer (1972) holds that whatever lives has each of his systems 1 to 5. Here that {beer.Holds switch { true => "holds", false => "does not hold", _ => "cannot be told" }}"
            + (beer.CounterExamples is [var against, ..] ? $": {Names(against.Set.Names)} is enough without {PurposeWords.List(against.Missing)}" : "")
            + (beer.Frequency is { } f ? $" (it holds in {f:0%} of resamples of the seeds)" : "") + (beer.Why is { } why ? $"; {why}" : "") + ".";
    }

    private static string Found(IReadOnlyList<FunctionSet> sets) => sets.Count == 0 ? "no set is shown to be"
        : string.Join("; ", sets.Take(3).Select(s => Names(s.Names) + (s.Frequency is { } f ? $" ({f:0%} of resamples)" : ""))) + (sets.Count > 3 ? $"; and {sets.Count - 3} more" : "");

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : PurposeWords.List(names.Select(Name));

    private static string Name(string function) => function.Replace('-', ' ').Replace('_', ' ');

    private static string Weeks(Estimate e) => e.Value is not { } v ? "–" : e is { Low: { } low, High: { } high } ? $"{Number(v)} [{Number(low)}..{Number(high)}]" : Number(v);

    private static string Number(double weeks) => $"{Math.Round(weeks) + 0.0:0}";
}
