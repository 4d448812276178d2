namespace Posiwid.Purpose.Lines;

/// <summary>A minimal viable set that does without some system.</summary>
/// <param name="Set">The set.</param>
/// <param name="Missing">Systems of which it has no function.</param>
public sealed record CounterExample(FunctionSet Set, IReadOnlyList<string> Missing);

/// <summary>Whether every way to be viable has a function of each system.</summary>
/// <param name="Holds">Whether it does, for the systems that could be tested; null if there is no test.</param>
/// <param name="Sets">Minimal viable sets looked at.</param>
/// <param name="Untested">Systems that no function is tagged with.</param>
/// <param name="CounterExamples">Sets that do without some system.</param>
/// <param name="Frequency">Share of resamples of the seeds in which it holds (0..1), among those with a minimal viable set; null if there are none.</param>
/// <param name="Why">Why there is no test, or what it leaves out; null if there is a whole one.</param>
public sealed record ViableSystemTest(
    bool? Holds, int Sets, IReadOnlyList<string> Untested, IReadOnlyList<CounterExample> CounterExamples, double? Frequency, string? Why = null);

/// <summary>Beer's hypothesis put to the test: whatever is viable has each of systems 1, 2, 3, 3*, 4 and 5 (Beer 1972, 1979).</summary>
/// <remarks>
/// <para>Estimator: each function is tagged with the system that it serves; every minimal viable set of <see cref="FunctionSets"/> is searched for a system of
/// which it has no function (methods, 1c). A set without one is a counter-example.</para>
/// <para>Units: none (yes or no, and the share of resamples in which it holds). Assumes: the tags, and that the model has functions for all of the systems;
/// those without one are named as untested.</para>
/// <para>Misleads: the tags decide. "Holds" means that there is no counter-example in this model, which with few sets is little.</para>
/// </remarks>
public static class ViableSystem
{
    /// <summary>Beer's systems: operations, their coordination, control, audit, outlook, identity.</summary>
    public static IReadOnlyList<string> Systems { get; } = ["1", "2", "3", "3*", "4", "5"];

    /// <summary>The test.</summary>
    /// <param name="sets">The analysis of all subsets.</param>
    /// <param name="beer">The system of each function, in the order of the functions; null for none, several with blanks between them.</param>
    /// <exception cref="ArgumentException">The tags are not one for each function, or one is no system.</exception>
    public static ViableSystemTest Test(FunctionSetsResult sets, IReadOnlyList<string?> beer)
    {
        var tags = beer.Select(b => (b ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        if (tags.Length != sets.Names.Count)
            throw new ArgumentException($"{sets.Names.Count} functions and {tags.Length} tags.", nameof(beer));
        if (tags.SelectMany(t => t).FirstOrDefault(t => !Systems.Contains(t)) is { } unknown)
            throw new ArgumentException($"'{unknown}' is none of Beer's systems 1, 2, 3, 3*, 4 and 5.", nameof(beer));
        var tested = Systems.Where(s => tags.Any(t => t.Contains(s))).ToList();
        var untested = Systems.Except(tested).ToList();
        var why = untested.Count > 0 ? $"no function is tagged with {string.Join(", ", untested)}" : null;
        var named = sets.MinimalViable.Where(s => s.Named).ToList();
        if (tested.Count == 0 || named.Count == 0)
            return new(null, 0, untested, [], null, tested.Count == 0 ? why : "no set of functions is shown to be viable");
        List<string> Missing(uint set) => [.. tested.Where(s => !tags.Where((t, i) => (set >> i & 1) != 0 && t.Contains(s)).Any())];
        var against = named.Select(s => new CounterExample(s, Missing(s.Set))).Where(c => c.Missing.Count > 0).ToList();
        var draws = sets.Resamples.Where(r => r.Count > 0).ToList();
        double? frequency = draws.Count > 0 ? draws.Count(r => r.All(s => Missing(s).Count == 0)) / (double)draws.Count : null;
        return new(against.Count == 0, named.Count, untested, against, frequency, why);
    }
}
