using System.Globalization;
using Posiwid.App.Story;

namespace Posiwid.App.Report;

/// <summary>A paired comparison as a page of HTML.</summary>
internal static class CompareReport
{
    /// <summary>The page.</summary>
    public static string Of(PairedComparison comparison, string title, string change, IEnumerable<string> made)
    {
        var page = new HtmlPage(title, $"{ComparePage.Pairs(comparison)}{(comparison.BeginTogether ? " with the same luck" : ", which do not share their luck")}.", [ComparePage.Paragraph(comparison, change)], [("curves", "With and without"), ("table", "Differences"), ("made", "How this was made")]);
        page.Heading("curves", "With and without");
        double[] years = [.. comparison.Years.Select(y => (double)y)];
        var names = comparison.Years.Select(y => y.ToString(CultureInfo.InvariantCulture)).ToArray();
        Figure("alive", "Alive", "Share of runs in which it exists at the end of each year.", "percent",
            y => Share(comparison.Baseline, y), y => Share(comparison.Changed, y));
        page.Raw.Append("<div class=\"pair\">");
        foreach (var measure in ComparePage.Shown(comparison))
        {
            Figure(measure.Id.Replace('.', '-'), measure.Label, $"Mean over runs, {measure.Unit}.", "",
                y => comparison.Baseline.InYear(measure.Id, y).Mean, y => comparison.Changed.InYear(measure.Id, y).Mean, "small");
            Change(measure);
        }

        page.Raw.Append("</div>\n");
        page.Heading("table", "Differences");
        page.Note("Mean of changed less baseline, run against run, " + ComparePage.Interval + "; in brackets, the baseline.");
        var looked = ComparePage.Years(comparison);
        page.Table(["", .. looked.Select(y => y.ToString(CultureInfo.InvariantCulture))], "text", comparison.Measures.Select(m => (string[])[m.Label, .. looked.Select(y => ComparePage.Cell(comparison.In(m, y)))]));
        page.Heading("made", "How this was made");
        foreach (var sentence in made)
            page.Note(sentence);
        return page.End();

        void Figure(string id, string heading, string caption, string unit, Func<int, double> baseline, Func<int, double> changed, string size = "tall")
        {
            List<Series> lines = [new("baseline", [.. comparison.Years.Select(baseline)]), new("changed", [.. comparison.Years.Select(changed)])];
            page.Figure(id, heading, caption, size, Charts.Lines(years, lines, unit), ["year", "baseline", "changed"], comparison.Years.Select((_, i) => lines.Select(l => l.Values[i]).ToArray()), names);
        }

        void Change(Simulation.Experiments.Measure measure)
        {
            var changes = comparison.Years.Select(y => comparison.In(measure, y).Change).ToList();
            page.Figure(measure.Id.Replace('.', '-') + "-difference", measure.Label + ", difference", "Mean of changed less baseline, run against run; band: the 95% interval of that mean.", "small",
                Charts.Difference(years, [.. changes.Select(c => (c.Value ?? double.NaN, c.Low ?? double.NaN, c.High ?? double.NaN))], ""), ["year", "difference", "2.5%", "97.5%"],
                changes.Select(c => new[] { c.Value ?? double.NaN, c.Low ?? double.NaN, c.High ?? double.NaN }), names);
        }

        double Share(Summary summary, int year) => summary.Result.SampleWeeks.Where(w => summary.DateOf(w).Year == year).Select(summary.AliveShare).DefaultIfEmpty(double.NaN).Last();
    }
}
