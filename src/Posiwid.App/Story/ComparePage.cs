namespace Posiwid.App.Story;

/// <summary>A paired comparison in plain words.</summary>
public static class ComparePage
{
    /// <summary>Measures that the page looks at; the report and the JSON document have all.</summary>
    private static readonly string[] Headlines =
        ["members", "joins", "exits", "cadre", "staff", "branches", "income", "reserves", "hope", "belief", "voice", "suppression", "hidden_harm", "disclosures", "openness", "wins", "helped", "campus_share", "dsa.members"];

    /// <summary>The measures that a page shows.</summary>
    public static IEnumerable<Simulation.Experiments.Measure> Shown(PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return Headlines.Select(h => comparison.Measures.FirstOrDefault(m => m.Id == h)).OfType<Simulation.Experiments.Measure>();
    }

    /// <summary>Four years to look at: after a quarter, a half, three quarters, and the last; fewer where there are no four.</summary>
    public static IReadOnlyList<int> Years(PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return [.. Enumerable.Range(1, 4).Select(q => comparison.Years[Math.Max(comparison.Years.Count * q / 4, 1) - 1]).Distinct()];
    }

    /// <summary>One paragraph.</summary>
    public static string Paragraph(PairedComparison comparison, string change)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var (was, now) = comparison.Alive;
        var life = comparison.LifeInWeeks is { Value: { } weeks, Low: { } low, High: { } high }
            ? low > 0 || high < 0 ? $"it lives {Math.Abs(weeks):0} weeks {(weeks > 0 ? "longer" : "less")} [{low:0}..{high:0}]" : $"its life is no longer or shorter beyond doubt ({weeks:+0;-0;0} weeks [{low:+0;-0;0}..{high:+0;-0;0}])"
            : "how much longer or shorter it lives cannot be told";
        var found = (from m in Shown(comparison)
                     let changes = Years(comparison).Select(y => comparison.In(m, y)).Where(d => d.Shows && d.Change.Value is { } v && Math.Abs(v) > 0.05 * Math.Abs(d.Baseline)).ToList()
                     where changes.Count > 0
                     let widest = changes.MaxBy(d => Math.Abs(d.Change.Value!.Value / Math.Max(Math.Abs(d.Baseline), 1e-9)))!
                     select $"{m.Label.ToLowerInvariant()} {Words.Number(widest.Baseline + widest.Change.Value!.Value)} instead of {Words.Number(widest.Baseline)} in {widest.Year}").Take(6).ToList();
        return $"With {change}, {life}; {now} of {comparison.Pairs} runs are alive at the end{(comparison.BeginTogether ? "" : " of as many weeks")} instead of {was}. "
            + (found.Count > 0 ? $"What changes beyond doubt by more than a twentieth: {PurposeWords.List(found)}." : "Nothing that this page looks at changes beyond doubt by more than a twentieth.");
    }

    /// <summary>The lines of the page; true marks a heading.</summary>
    public static IEnumerable<(string Text, bool IsHeading)> Of(PairedComparison comparison, string title, string change, int width)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        yield return (title, true);
        yield return ("", false);
        foreach (var line in Words.Wrap(Paragraph(comparison, change), Math.Clamp(width, 60, 118)))
            yield return (line, false);
        yield return ("", false);
        var years = Years(comparison);
        yield return ("Difference from the baseline, run against run, with its 95% interval", true);
        string[] head = ["", .. years.Select(y => $"{y}")];
        var rows = Shown(comparison).Select(m => (string[])[m.Label, .. years.Select(y => Cell(comparison.In(m, y)))]).Prepend(head).ToList();
        foreach (var line in Table(rows, width))
            yield return (line, false);
        foreach (var line in Words.Wrap($"Mean of changed less baseline over {Pairs(comparison)}, {Interval}; in brackets, the baseline. Shares and indexes only where both are alive. {comparison.Luck} All of it is about the model.", Math.Clamp(width, 60, 118)))
            yield return (line, false);
    }

    /// <summary>How many pairs of runs, in words.</summary>
    public static string Pairs(PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return comparison.Pairs < comparison.Planned ? $"{comparison.Pairs} of {comparison.Planned} pairs of runs (interrupted)" : $"{comparison.Pairs} pairs of runs";
    }

    /// <summary>What the intervals are.</summary>
    internal const string Interval = "with the 95% interval of that mean (other pages of this program give 90% intervals)";

    /// <summary>A table with a head and, in its first column, names; as many columns side by side as fit, the others in further tables below, each with an empty line after it.</summary>
    /// <param name="rows">The rows, the head first; all of one length.</param>
    /// <param name="width">Columns of the terminal; a single column may be wider.</param>
    internal static IEnumerable<string> Table(IReadOnlyList<string[]> rows, int width)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        for (int from = 1, to; from < widths.Length; from = to)
        {
            var used = widths[0];
            for (to = from; to < widths.Length && (to == from || used + 2 + widths[to] <= width); to++)
                used += 2 + widths[to];
            foreach (var row in rows)
                yield return (row[0].PadRight(widths[0]) + string.Concat(Enumerable.Range(from, to - from).Select(c => "  " + row[c].PadLeft(widths[c])))).TrimEnd();
            yield return "";
        }
    }

    /// <summary>A difference with its interval and the baseline.</summary>
    public static string Cell(Difference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        static string Signed(double v) => Words.Number(v) is var number && v > 0 && number != "0" ? "+" + number : number;
        return difference.Change switch
        {
            { Value: null } => "–",
            { Value: 0, Low: 0, High: 0 } => $"0 ({Words.Number(difference.Baseline)})",
            { Value: { } v, Low: { } low, High: { } high } => $"{Signed(v)} [{Signed(low)}..{Signed(high)}] ({Words.Number(difference.Baseline)})",
            { Value: { } v } => $"{Signed(v)} ({Words.Number(difference.Baseline)})",
        };
    }
}
