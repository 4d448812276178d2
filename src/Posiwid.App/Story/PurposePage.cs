using Posiwid.Purpose;

namespace Posiwid.App.Story;

/// <summary>A purpose profile as a page of text.</summary>
public static class PurposePage
{
    /// <summary>The lines of the page; true marks a heading.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="width">Width of the page in characters.</param>
    /// <param name="book">The book that was read; null for a model.</param>
    /// <param name="robustness">What models around this one say; null or empty if they were not tried.</param>
    public static IEnumerable<(string Text, bool IsHeading)> Of(PurposeAnalysis analysis, string title, int width, BookEvidence? book = null, IReadOnlyList<EndRobustness>? robustness = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        width = Math.Clamp(width, 60, 118);
        yield return (title, true);
        yield return ("", false);
        foreach (var line in Words.Wrap(PurposeWords.Paragraph(analysis), width))
            yield return (line, false);
        yield return ("", false);
        if (analysis.Profile.Rows.All(r => r is { Grade: 'D', Evidence: { Effort: null, SaidRank: null } }))
        {
            foreach (var missing in PurposeWords.Missing(analysis).SelectMany(m => Words.Wrap("Not tested: " + m + ".", width)))
                yield return (missing, false);
            foreach (var line in Rest(analysis, width, book, robustness ?? []))
                yield return line;
            yield break;
        }

        yield return ("End by end", true);
        string[] head = ["", "says", "hours", "money", "defends", "sensor", "life lost", "picks", "verdict"];
        var rows = analysis.Profile.Rows.Select(r => Cells(analysis, r)).Prepend(head).ToList();
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (var row in rows)
            yield return (string.Join("  ", row.Select((cell, c) => c is 0 or 8 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd(), false);
        yield return ("", false);
        foreach (var line in Notes(analysis).SelectMany(n => Words.Wrap(n, width)))
            yield return (line, false);
        foreach (var line in Rest(analysis, width, book, robustness ?? []))
            yield return line;
    }

    private static IEnumerable<(string, bool)> Rest(PurposeAnalysis analysis, int width, BookEvidence? book, IReadOnlyList<EndRobustness> robustness)
    {
        foreach (var (heading, sentences) in new[]
        {
            ("What was done, kind by kind", book is null ? [] : BookWords.Kinds(analysis)),
            ("What was picked", book is null ? [] : BookWords.Choices(analysis)),
            ("Blows on record", BookWords.Blows(analysis)),
            ("Said and done", PeopleWords.SayDo(analysis)),
            ("How firm it is", PurposeWords.Firm(analysis, robustness)),
            ("The people", analysis.People is { } people ? PeopleWords.Of(people) : []),
            ("The records", book?.Notes ?? []),
            ("What each line needs", book?.Needs.Select(n => PurposeWords.Need(n)) ?? []),
        })
        {
            var lines = sentences.SelectMany(s => Words.Wrap(s, width)).ToList();
            if (lines.Count == 0)
                continue;
            yield return ("", false);
            yield return (heading, true);
            foreach (var line in lines)
                yield return (line, false);
        }
    }

    private static string[] Cells(PurposeAnalysis analysis, ProfileRow row)
    {
        var e = row.Evidence;
        var life = analysis.Necessity is [var first, ..] ? first.Result.Life.Value ?? double.NaN : double.NaN;
        return
        [
            Words.Short(row.End),
            e.SaidRank is { } rank ? $"#{rank}" : "–",
            e.Effort is { } effort ? $"{Words.Percent(effort.Share)} [{effort.Low * 100:0}..{effort.High * 100:0}]" : "–",
            e.Money.Value is { } money ? Words.Percent(money) : "–",
            e.Defense.Estimate is { Value: { } d, Low: { } low, High: { } high } ? $"{d:0.00} [{low:0.0}..{high:0.0}]" : "–",
            e.Sensor.Length < 10 ? e.Sensor : "–",
            e.Necessity.Estimate is { Value: { } weeks } ? Words.Percent(Math.Max(0, weeks / life)) : "–",
            e.Choice.Estimate.Value is { } weight ? PurposeWords.Signed(weight) : "–",
            $"{row.Verdict} ({row.Grade})",
        ];
    }

    private static IEnumerable<string> Notes(PurposeAnalysis analysis)
    {
        var settings = analysis.Settings;
        yield return "says: rank among the stated aims. hours: share, with the bounds of how activities are coded. defends: share of a blow that its own decisions make good "
            + $"(1 all, 0 none), 95% interval. life lost: share of its usual life lost without what serves the end. {analysis.Profile.Tests} tests, Holm at {settings.FamilyLevel:0.##}.";
        if (analysis.Data.Source == EvidenceSource.Model)
            yield return "All of it is about the model: grade C at best, unless it was fitted to this organization and held on what it had not seen.";
        if (analysis.Data.Fates.Count > 0)
            yield return PurposeWords.Fates(analysis);
        var moved = analysis.Profile.Rows.Where(r => r.VerdictAtBounds.Low != r.Verdict || r.VerdictAtBounds.High != r.Verdict).ToList();
        if (moved.Count > 0)
            yield return $"The verdict hangs on how activities are coded for {PurposeWords.List(moved.Select(r => Words.Short(r.End)))}.";
        foreach (var missing in PurposeWords.Missing(analysis))
            yield return "Not tested: " + missing + ".";
    }
}
