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
    /// <param name="robustness">What models around this one say; null if they were not tried.</param>
    public static IEnumerable<(string Text, bool IsHeading)> Of(PurposeAnalysis analysis, string title, int width, BookEvidence? book = null, Robustness? robustness = null)
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
            foreach (var next in PurposeWords.WouldTellMost(analysis).SelectMany(n => Words.Wrap(n, width)))
                yield return (next, false);
            foreach (var line in Rest(analysis, width, book, robustness))
                yield return line;
            yield break;
        }

        foreach (var table in Tables(analysis))
        {
            yield return (table.Heading, true);
            foreach (var line in Table(table.Head, table.Rows))
                yield return (line, false);
            yield return ("", false);
        }

        foreach (var line in Notes(analysis).SelectMany(n => Words.Wrap(n, width)))
            yield return (line, false);
        foreach (var line in Rest(analysis, width, book, robustness))
            yield return line;
    }

    /// <summary>A table of the profile.</summary>
    /// <param name="Heading">Its heading.</param>
    /// <param name="Head">Its columns; the first is that of the ends.</param>
    /// <param name="Rows">Its rows, one for each end.</param>
    public sealed record ProfileTable(string Heading, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows);

    /// <summary>What it says beside its hours, its money and the verdict; and, where anything was tested, what the verdicts rest on.</summary>
    public static IEnumerable<ProfileTable> Tables(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        yield return new("End by end", ["", "says", analysis.Data.EffortIn, "money", "verdict"], [.. analysis.Profile.Rows.Select(Cells)]);
        if (analysis.Profile.Rows.Any(r => r.Evidence.Defense.Estimate.Known || r.Evidence.Necessity.Estimate.Known || r.Evidence.Choice.Estimate.Known))
            yield return new("What the verdicts rest on", ["", "defends", "if favored", "sensor", "life lost", "picks"], [.. analysis.Profile.Rows.Select(r => Tests(analysis, r))]);
    }

    private static IEnumerable<(string, bool)> Rest(PurposeAnalysis analysis, int width, BookEvidence? book, Robustness? robustness)
    {
        if (analysis.Sets is { } sets)
        {
            var worth = SetWords.Table(sets);
            yield return ("", false);
            yield return (worth.Heading, true);
            foreach (var line in Table(worth.Head, worth.Rows))
                yield return (line, false);
        }

        foreach (var (heading, sentences) in new[]
        {
            ("What is enough", SetWords.Sentences(analysis)),
            ("What was done, kind by kind", book is null ? [] : BookWords.Kinds(analysis)),
            ("What was picked", book is null ? [] : BookWords.Choices(analysis)),
            ("Blows on record", BookWords.Blows(analysis, book?.From)),
            ("Said and done", PeopleWords.SayDo(analysis)),
            ("How firm it is", PurposeWords.Firm(analysis, robustness)),
            ("The people", analysis.People is { } people ? PeopleWords.Of(people) : []),
            ("The records", book is null ? [] : analysis.Coding is { Reliable: null } && PurposeWords.Coding(analysis) is { } untold ? [.. book.Notes, untold] : book.Notes),
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

    /// <summary>What an end would be called at the bounds of the coding, where that is another verdict.</summary>
    private static string Else(ProfileRow row)
    {
        (string Verdict, string Bound)[] other = [.. new[] { (row.VerdictAtBounds.Low, "least"), (row.VerdictAtBounds.High, "most") }.Where(o => o.Item1 != row.Verdict)];
        return other.Length == 2 && other[0].Verdict == other[1].Verdict ? $"'{other[0].Verdict}' at either bound" : PurposeWords.List(other.Select(o => $"'{o.Verdict}' at the {o.Bound} that it may get"), "or");
    }

    /// <summary>Columns as wide as they need to be: the first to the left and so is the last of words, figures to the right.</summary>
    private static IEnumerable<string> Table(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> body)
    {
        var rows = body.Prepend(head).ToList();
        int[] widths = [.. Enumerable.Range(0, head.Count).Select(c => rows.Max(r => r[c].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, c) => c == 0 || head[c] == "verdict" ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
    }

    private static string[] Cells(ProfileRow row) =>
    [
        Words.Short(row.End),
        row.Evidence.SaidRank is { } rank ? $"#{rank}" : "–",
        row.Evidence.Effort is { } effort ? $"{Words.Percent(effort.Share)} [{effort.Low * 100:0}..{effort.High * 100:0}]" : "–",
        row.Evidence.Money.Value is { } money ? Words.Percent(money) : "–",
        $"{row.Verdict} ({row.Grade})",
    ];

    private static string[] Tests(PurposeAnalysis analysis, ProfileRow row)
    {
        var e = row.Evidence;
        return
        [
            Words.Short(row.End), PurposeWords.Defended(e.Defense.Estimate), PurposeWords.Defended(e.DefenseUp), e.Sensor is "passed" or "failed" or "in part" ? e.Sensor : "–",
            PurposeWords.LifeLost(analysis, e.Necessity.Estimate), PurposeWords.Picked(analysis, row),
        ];
    }

    private static string Counted(PurposeAnalysis analysis) => analysis.Profile.Tests switch
    {
        0 => "no test could be made",
        var tests => $"a verdict counts {(tests == 1 ? "the one test" : $"all {tests} tests")} (Holm at {analysis.Settings.FamilyLevel:0.##})",
    };

    /// <summary>How the tables are to be read, and what was not tested.</summary>
    public static IEnumerable<string> Notes(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var settings = analysis.Settings;
        yield return $"says: rank among the stated aims. {analysis.Data.EffortIn}: share, with the bounds of how activities are coded. money: share of what is spent. defends: share of a blow that its own decisions "
            + "make good (1 all, 0 none, below 0 made worse); if favored: the same of a windfall. life lost: share of its usual life that it loses without what serves the end. picks: weight in its choices, "
            + $"-1 to 1. All with 95% intervals, each for itself, in words where they are wider than half the scale, none where data are too few; {Counted(analysis)}.";
        if (PurposeWords.OnRecord(analysis) is { } record)
            yield return record;
        if (analysis.Coding?.Reliable is not null && PurposeWords.Coding(analysis) is { } agree)
            yield return agree;
        if (analysis.Data.Source == EvidenceSource.Model)
            yield return "All of it is about the model, which was not shown to hold on figures that it had not seen: grade C at best.";
        if (analysis.Data.Fates.Count > 0)
            yield return PurposeWords.Fates(analysis);
        if (PurposeWords.AtBounds(analysis) is { } bounds)
            yield return bounds;
        foreach (var limits in PurposeWords.Limits(analysis))
            yield return limits;
        foreach (var missing in PurposeWords.Missing(analysis))
            yield return "Not tested: " + missing + ".";
        foreach (var next in PurposeWords.WouldTellMost(analysis))
            yield return next;
    }
}
