using Posiwid.App.Story;
using Posiwid.Simulation.Fitting;

namespace Posiwid.App.Report;

/// <summary>A fit as a page of HTML.</summary>
internal static class FitReport
{
    /// <summary>The page.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="runs">Whole new runs with the fitted parameters; null if none were made.</param>
    /// <param name="made">How it was made, in sentences.</param>
    public static string Of(FitSummary fit, Summary? runs, IEnumerable<string> made)
    {
        var page = new HtmlPage($"{fit.Scenario.Title}: the fit", $"{fit.Priors.Count} parameters, {fit.Targets.Count(t => t.ForFit)} published figures, {fit.Result.Simulations:N0} simulations.", FitPage.Paragraph(fit),
            [("parameters", "Parameters"), ("figures", "Figures and new runs"), ("generations", "How near it came"), ("made", "How this was made")]);
        page.Heading("parameters", "Parameters");
        Within(page, fit);
        page.WholeTable(["parameter", "before, 90%", "after: median", "90% interval", "width", "the figures say", "prior's source"], "text", FitPage.Parameters(fit).Select((r, i) => (string[])[.. r, fit.Scenario.Priors[fit.Priors[i].Name].Source]));
        page.Note("Width: that of the 90% interval after the fit over that before it, on the prior's scale; 1 where the figures say nothing.");
        page.Heading("correlations", "What goes together");
        page.WholeTable(["parameter", "and", "correlation"], "text", fit.Pairs.Take(12).Select(p => (string[])[p.A, p.B, p.Correlation.ToString("+0.00;-0.00")]));

        page.Heading("figures", "Figures and new runs");
        if (fit.Check is null || runs is null)
            page.Note("No new runs were made.");
        else
        {
            Members(page, fit, runs);
            page.WholeTable(["figure", "published", "new runs: median", "90% of them", "", "seen by the fit", "source"], "text", fit.Check.Select(f => (string[])[.. FitPage.Row(f), f.Target.ForFit ? "yes" : "no", f.Target.Source]));
            page.Note("Each new run draws its parameters from the fit and has luck that the fit did not see. What it shows is given the error of the published figure, so that the two can be compared.");
        }

        page.Heading("generations", "How near it came");
        double[] numbers = [.. Enumerable.Range(1, fit.Result.Generations.Count).Select(g => (double)g)];
        List<Series> lines = [new("farthest set kept", [.. fit.Result.Generations.Select(g => g.Farthest)])];
        if (numbers.Length > 1)
        {
            page.Figure("tolerance", "Distance by generation", "Distance of the farthest parameter set that was kept from the published figures, in spreads over the runs of the first generation.", "small", Charts.Lines(numbers, lines, "", "generation"),
                ["generation", "distance", "simulations", "accepted", "effective sets"], fit.Result.Generations.Select(g => (double[])[g.Farthest, g.Proposals, g.Accepted, g.EffectiveSize]), numbers.Select(n => $"{n}"));
        }

        page.Heading("made", "How this was made");
        page.Note("Approximate Bayesian computation by sequential Monte Carlo; docs/fit.md has the method and its sources.");
        foreach (var sentence in made)
            page.Note(sentence);
        return page.End();
    }

    /// <summary>Where each parameter lies within what was thought possible: 0 and 1 are the ends of the prior's 90% interval.</summary>
    private static void Within(HtmlPage page, FitSummary fit)
    {
        double Place(Prior prior, double value)
        {
            var (low, high) = (prior.OnScale(prior.Quantile(.05)), prior.OnScale(prior.Quantile(.95)));
            return (prior.OnScale(value) - low) / (high - low);
        }

        string[] names = [.. fit.Priors.Select(p => p.Name.Replace(".", ": ", StringComparison.Ordinal))];
        (double Value, double Low, double High)[] after = [.. fit.Marginals.Select(m => (Place(m.Prior, m.Median), Place(m.Prior, m.Low), Place(m.Prior, m.High)))];
        (double Value, double Low, double High)[] before = [.. fit.Priors.Select(p => (Place(p, p.Quantile(.5)), 0.0, 1.0))];
        page.Figure("within", "Before and after", "Median and 90% interval of each parameter; 0 and 1 are the ends of its interval before the fit.", "tall",
            Charts.Marks(names, [("before", before), ("after the fit", after)]), ["parameter", "after: median", "low", "high"], after.Select(a => (double[])[a.Value, a.Low, a.High]), names);
    }

    private static void Members(HtmlPage page, FitSummary fit, Summary runs)
    {
        var counts = fit.Targets.Where(t => t.Measure == "members").ToList();
        PublishedMark[] marks = [.. counts.Select(t => new PublishedMark(Charts.Year(t.Date.Middle), t.Low, t.High, $"{FitPage.DateText(t)}: {FitPage.Number(t.Low)}{(t.High > t.Low ? $" to {FitPage.Number(t.High)}" : "")} ({(t.ForFit ? "seen" : "not seen")} by the fit, {t.Source})"))];
        double[] years = [.. runs.Years.Select(y => (double)y)];
        Spread[] spreads = [.. runs.Years.Select(y => runs.InYear("members", y))];
        page.Figure("members", "Members", "New runs with fitted parameters; the fit saw figures up to its last date only.", "tall", Charts.Fan(years, spreads, [], marks, "people"),
            ["year", "median", "low", "high"], spreads.Select(s => (double[])[s.Median, s.Low, s.High]), runs.Years.Select(y => $"{y}"));
    }
}
