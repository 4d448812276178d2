using Posiwid.Purpose;

namespace Posiwid.App.Story;

/// <summary>A purpose profile in plain words: what comes first on the terminal and in the report.</summary>
public static class PurposeWords
{
    /// <summary>One paragraph.</summary>
    public static string Paragraph(PurposeAnalysis analysis)
    {
        var rows = analysis.Profile.Rows.Where(r => !r.End.IsPlacebo).ToList();
        var model = analysis.Data.Source != EvidenceSource.Records;
        var sentences = new List<string>();
        if (analysis.Profile.FailedItsControl)
            sentences.Add("This instrument failed its own control here: a row that nobody can want came out as wanted, so trust none of the verdicts below.");
        if (rows.Where(r => r.Evidence.SaidRank == 1).Select(r => r.End).FirstOrDefault() is { } first)
            sentences.Add($"It says that it is first of all for {Name(first)}.");
        if (rows.Where(r => r.Evidence.Effort is not null).OrderByDescending(r => r.Evidence.Effort!.Share).Take(3).ToList() is { Count: > 0 } most)
            sentences.Add($"Most of its hours go to {List(most.Select(r => $"{Name(r.End)} ({Words.Percent(r.Evidence.Effort!.Share)})"))}.");
        var where = model ? "In the model, " : "";
        Say(Verdicts.Purpose, "what it shows as its purpose is");
        Say(Verdicts.Means, "it keeps as a means");
        Say(Verdicts.Said, "what is said but not shown is");
        Say(Verdicts.Done, "what is done but neither defended nor needed is");
        Say(Verdicts.LittleDone, "with few hours it defends");
        Say(Verdicts.OneLine, "one line of evidence alone speaks for");
        Say(Verdicts.Disagree, "the lines of evidence disagree on");
        var untold = rows.Where(r => r.Verdict == Verdicts.CannotBeTold).ToList();
        if (untold.Count == rows.Count)
            sentences.Add("What it is for cannot be told from these records: fewer than two lines of evidence could be tested for any end.");
        else if (untold.Count > 0)
            sentences.Add($"Of {List(untold.Select(r => Name(r.End)))} nothing can be told.");
        return string.Join(" ", sentences);

        void Say(string verdict, string begin)
        {
            if (rows.Where(r => r.Verdict == verdict).ToList() is { Count: > 0 } found)
            {
                var text = $"{begin} {List(found.Select(r => Name(r.End)))}.";
                sentences.Add(where.Length > 0 ? where + text : char.ToUpperInvariant(text[0]) + text[1..]);
                where = "";
            }
        }
    }

    /// <summary>A weight with its sign; 0 has none.</summary>
    public static string Signed(double weight) => Math.Round(weight, 2) switch { > 0 => $"+{weight:0.00}", < 0 => $"{weight:0.00}", _ => "0" };

    /// <summary>An end as part of a sentence.</summary>
    public static string Name(End end) => Words.Short(end);

    /// <summary>A list as part of a sentence.</summary>
    public static string List(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";
    }

    /// <summary>An estimate with its interval; a wide one in words; a dash for what is not known.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="number">How numbers are written.</param>
    /// <param name="scale">The whole scale, so that an interval wider than half of it is put into words; null to write numbers always.</param>
    public static string Interval(Estimate estimate, Func<double, string> number, (double From, double To)? scale = null)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (estimate.Value is not { } value)
            return "–";
        if (estimate is not { Low: { } low, High: { } high })
            return number(value);
        if (scale is { } s && high - low > (s.To - s.From) / 2)
            return $"anything from {number(low)} to {number(high)}";
        return $"{number(value)} [{number(low)}..{number(high)}]";
    }

    /// <summary>How the undisturbed runs ended.</summary>
    public static string Fates(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return $"Undisturbed, after {analysis.Data.Horizon / 52.18:0} years: {List(analysis.Data.Fates.Select(f => $"{f.Key.Replace('_', ' ')} {f.Value}"))} of {analysis.Data.Fates.Sum(f => f.Value)} runs.";
    }

    /// <summary>What verdicts hang on: the ends that are declared, and the parameters that nobody knows.</summary>
    public static IEnumerable<string> Firm(PurposeAnalysis analysis, IReadOnlyList<EndRobustness> robustness)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var labels = analysis.Data.Ends.All.ToDictionary(e => e.Code, Name);
        foreach (var change in analysis.Profile.Declared())
            yield return $"If {labels[change.LeftOut]} were no end of its own, {labels[change.End]} would be called: {change.Verdict}.";
        foreach (var (end, now, _) in analysis.HorizonSensitivity())
            yield return $"{labels[end]}: {(now ? "necessary over the whole time, not over the first half of it" : "necessary over the first half of the time, not over the whole")}.";
        foreach (var end in robustness)
        {
            var now = analysis.Profile.Rows.First(r => r.End.Code == end.End.Code).Verdict;
            yield return $"{Name(end.End)}: {string.Join(", ", end.Verdicts.Take(3).Select(v => $"{v.Verdict} {Words.Percent(v.Share)}"))} of models around this one"
                + $"{(end.Verdicts[0].Verdict == now ? "" : $" (here: {now})")}; defense speaks for it in {Words.Percent(end.Defense)}, life in {Words.Percent(end.Necessity)}, picks in {Words.Percent(end.Choice)}.";
        }
    }

    /// <summary>What a line needs, and what of it a book lacks.</summary>
    public static string Need(LineNeeds need)
    {
        ArgumentNullException.ThrowIfNull(need);
        return $"{need.Line}: {need.Needs}{(need.Lacks.Count == 0 ? "; all there" : $"; lacking {List(need.Lacks)}")}.";
    }

    /// <summary>What could not be tested, and what would make it testable.</summary>
    public static IEnumerable<string> Missing(PurposeAnalysis analysis)
    {
        var ends = analysis.Profile.Rows.Count(r => !r.End.IsPlacebo);
        foreach (var group in analysis.Profile.Rows.Where(r => !r.End.IsPlacebo)
            .SelectMany(r => new[] { ("defense", r.Evidence.Defense, r.Defense), ("necessity", r.Evidence.Necessity, r.Necessity), ("choice", r.Evidence.Choice, r.Choice) }
                .Where(l => l.Item3 == LineStatus.NotTestable).Select(l => (Line: l.Item1, Why: l.Item2.Estimate.Why ?? "not tested", r.End)))
            .GroupBy(m => (m.Line, m.Why)))
        {
            yield return $"{group.Key.Line}: {group.Key.Why} ({(group.Count() == ends && ends > 2 ? "all ends" : List(group.Select(m => Name(m.End))))})";
        }
    }
}
