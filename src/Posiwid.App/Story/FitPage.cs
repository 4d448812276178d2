using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Story;

/// <summary>A fit in plain words.</summary>
public static class FitPage
{
    /// <summary>The plain words that come first.</summary>
    public static IReadOnlyList<string> Paragraph(FitSummary fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var seen = fit.Targets.Count(t => t.ForFit);
        var end = fit.Result.End switch
        {
            FitEnd.Settled => "it ended because hardly any new set was better",
            FitEnd.Spent => "it ended because the simulations were used up, so more would make it sharper",
            _ => "it was interrupted, so it is rougher than it could be; the same command goes on",
        };
        List<string> sentences = [$"{fit.Priors.Count} parameters were fitted to {seen} published {(seen == 1 ? "figure" : "figures")} with {fit.Result.Simulations:N0} simulations; {end}."];
        sentences.AddRange(Met(fit));
        foreach (var group in fit.Marginals.GroupBy(Level).OrderBy(g => g.Key))
            sentences.Add($"The figures say {Amount(group.Key)} of {PurposeWords.List([.. group.Select(m => group.Key < 3 ? $"{m.Prior.Name} ({Number(m.Low)} to {Number(m.High)})" : m.Prior.Name)])}.");
        if (fit.Pairs.Where(p => Math.Abs(p.Correlation) >= .5).Take(3).ToList() is { Count: > 0 } tied)
            sentences.Add($"What they determine is {PurposeWords.List([.. tied.Select(p => $"{p.A} together with {p.B} (correlation {p.Correlation:+0.00;-0.00})")])}, rather than each alone.");
        sentences.Add("A fit shows which values are not ruled out; it does not show that the model is right.");
        return sentences;
    }

    /// <summary>The lines of the page.</summary>
    public static IReadOnlyList<StoryLine> Of(FitSummary fit, int width)
    {
        ArgumentNullException.ThrowIfNull(fit);
        width = Math.Max(60, width);
        var lines = new List<StoryLine> { new($"{fit.Scenario.Title}: parameters that published figures do not rule out", true) };
        foreach (var sentence in Paragraph(fit))
            lines.AddRange(Words.Wrap(sentence, Math.Min(width, 110) - 2).Select(l => new StoryLine("  " + l)));
        lines.Add(new(""));
        Table(["Parameter", "before, 90%", "after: median", "90% interval", "width", "the figures say"], Parameters(fit));
        if (fit.Check is not null)
        {
            foreach (var part in fit.Check.GroupBy(f => f.Target.ForFit).OrderByDescending(g => g.Key))
            {
                lines.Add(new(""));
                Table([part.Key ? "Figures that the fit saw" : "Figures kept out of it", "published", "new runs: median", "90% of them", ""], part.Select(Row));
            }
        }

        return lines;

        void Table(string[] head, IEnumerable<string[]> rows)
        {
            string[][] all = [head, .. rows];
            int[] widths = [.. head.Select((_, c) => all.Max(r => r[c].Length))];
            for (var r = 0; r < all.Length; r++)
                lines.Add(new("  " + string.Join("  ", all[r].Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd(), r == 0));
        }
    }

    /// <summary>A row for each parameter: name, prior, posterior, width, words.</summary>
    public static IEnumerable<string[]> Parameters(FitSummary fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Marginals.Select(m => (string[])[m.Prior.Name, $"{Number(m.Prior.Quantile(.05))} to {Number(m.Prior.Quantile(.95))}", Number(m.Median), $"{Number(m.Low)} to {Number(m.High)}", m.Width.ToString("0.00"), Says(m)]);
    }

    /// <summary>A row of a figure: what and when, published, new runs, words.</summary>
    public static string[] Row(PredictedFigure f)
    {
        ArgumentNullException.ThrowIfNull(f);
        var t = f.Target;
        if (t.IsYesOrNo)
            return [$"{Name(t)}, {DateText(t)}", t.Low > .5 ? "yes" : "no", $"so in {Words.Percent(f.Share)}", "", f.IsMet ? "it happens" : "hardly ever"];
        var published = t.Low == t.High ? Number(t.Low) : $"{Number(t.Low)} to {Number(t.High)}";
        var missing = f.There < f.Runs ? $" ({Words.Percent(1 - (f.There / (double)f.Runs))} gone)" : "";
        return [$"{t.Measure}, {DateText(t)}", published, Number(f.Median), $"{Number(f.Low)} to {Number(f.High)}{missing}", f.IsMet ? "met" : f.Below > .5 ? "runs lie below" : "runs lie above"];
    }

    /// <summary>What the figures say of a parameter, in words.</summary>
    public static string Says(Marginal m) => $"{Amount(Level(m))}";

    /// <summary>When a figure was published, as precise as its source.</summary>
    public static string DateText(FitTarget t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return t.Until == t.Date ? Text(t.Date) : $"{Text(t.Date)} to {Text(t.Until)}";

        static string Text(DateSpan d) => d.First == d.Last ? d.First.ToString("yyyy-MM-dd") : d.Last.DayNumber - d.First.DayNumber < 31 ? d.First.ToString("yyyy-MM") : d.First.ToString("yyyy");
    }

    private static string Name(FitTarget t) => t.Measure == FitTarget.Ends ? "there at first and gone at last" : t.Measure;

    /// <summary>A number of a parameter: three significant digits.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–" : Math.Abs(value) >= 1000 ? Math.Round(value).ToString("#,0") : double.Parse(value.ToString("G3")).ToString("0.######");

    private static IEnumerable<string> Met(FitSummary fit)
    {
        if (fit.Check is not { } check)
        {
            yield return "No new runs were made, so it is not known whether the fitted model meets the figures.";
            yield break;
        }

        foreach (var part in check.GroupBy(f => f.Target.ForFit).OrderByDescending(g => g.Key))
        {
            var missed = part.Where(f => !f.IsMet).Select(f => $"{Name(f.Target)} in {DateText(f.Target)}").ToList();
            var of = part.Key ? "that the fit saw" : part.Count() == 1 ? "that was kept out of it" : "that were kept out of it";
            yield return missed.Count == 0
                ? $"In {check[0].Runs} whole new runs, {(part.Count() == 1 ? "the figure" : $"all {part.Count()} figures")} {of} {(part.Count() == 1 ? "lies" : "lie")} within the middle 90% of what would have been published."
                : $"In {check[0].Runs} whole new runs, {missed.Count} of the {part.Count()} figures {of} {(missed.Count == 1 ? "is" : "are")} not met: {PurposeWords.List(missed)}.";
        }
    }

    /// <summary>How much the figures say: 0 much, 1 something, 2 little, 3 nothing.</summary>
    private static int Level(Marginal m) => m.Width switch { < .35 => 0, < .7 => 1, < .9 => 2, _ => 3 };

    private static string Amount(int level) => level switch { 0 => "much", 1 => "something", 2 => "little", _ => "nothing" };
}
