using System.Globalization;
using System.Text;
using Posiwid.App.Commands;
using Posiwid.App.Story;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Report;

/// <summary>
/// The report: one HTML file that needs nothing else. It computes nothing; what it shows comes from <see cref="Summary"/>.
/// Without scripts every chart's table stands open in its place.
/// </summary>
public sealed class HtmlReport
{
    private const int ChartPoints = 220;
    private const string Bands = "Line: median of the runs; dark band: half of the runs; light band: 90% of them.";

    private StringBuilder html = new();
    private HtmlPage page = null!;
    private readonly Summary summary;
    private readonly EnsembleResult result;
    private readonly int[] fine;
    private readonly int[] coarse;

    private HtmlReport(Summary summary)
    {
        this.summary = summary;
        result = summary.Result;
        fine = [.. Enumerable.Range(0, result.SampleWeeks.Count)];
        var step = 1 + (fine.Length / ChartPoints);
        coarse = [.. fine.Where(s => s % step == 0 || s == fine.Length - 1)];
    }

    /// <summary>The report of an ensemble.</summary>
    public static string Of(Summary summary) => new HtmlReport(summary).Page();

    /// <summary>The other organizations that were looked at.</summary>
    private IEnumerable<KeyValuePair<string, OrganizationSpec>> Others => result.Scenario.Organizations.Where(o => o.Key != result.Scenario.Flagship && summary.Find($"{o.Key}.members") is not null);

    private string Page()
    {
        var title = $"{result.Scenario.Title}, {summary.Years[0]}–{summary.Years[^1]}";
        page = new HtmlPage(title, $"What {OnePage.Runs(summary)} of the model did. {result.Scenario.About}", Paragraph.Of(summary),
        [
            ("members", "Members"), ("purpose", "What the hours go to"), ("money", "Money and staff"), ("mood", "Belief, voice, harm"),
            ("branches", "Branches"), .. Others.Any() ? [("rivals", "Others")] : Array.Empty<(string, string)>(), ("typical", "The typical run"), ("how", "How this was made"),
        ]);
        html = page.Raw;
        Members();
        Purpose();
        Money();
        Mood();
        Branches();
        Rivals();
        TypicalRun();
        HowMade();
        return page.End();
    }

    private void Members()
    {
        var others = result.Scenario.Organizations.Keys.Where(o => o != result.Scenario.Flagship).ToList();
        page.Heading("members", "Members");
        Fan("members", "Members over the years", "The middle of the runs, how far they spread, five single runs, and what was published at the time.", fine, "people", tall: true, result.Scenario.Flagship);
        Published(result.Scenario.Flagship);
        Needs();
        var years = Years(coarse);
        Figure("alive", "Still there", "Share of the runs in which the organization exists.", "small",
            Charts.Lines(years, [new("still there", [.. coarse.Select(s => summary.AliveShare(result.SampleWeeks[s]))])], "percent"),
            ["share of runs"], coarse.Select(s => new[] { summary.AliveShare(result.SampleWeeks[s]) }));
        html.Append("<h3>When things first happened</h3>\n");
        Dates(summary.KeyDates.Where(k => k.Event is not EventKinds.Ended && others.All(o => !k.Event.StartsWith(o + ".", StringComparison.Ordinal))), "");
    }

    /// <summary>Needs met, year by year; nothing where none were.</summary>
    private void Needs()
    {
        if (summary.Find("helped") is null || summary.Find("needs_met") is null || summary.Total("helped").Mean + summary.Total("needs_met").Mean <= 0)
            return;
        List<Series> lines =
        [
            new("people helped", [.. summary.Years.Select(y => summary.TotalIn("helped", y).Mean)]),
            new("needs of its own members met", [.. summary.Years.Select(y => summary.TotalIn("needs_met", y).Mean)]),
        ];
        Figure("needs", "Needs met and people helped", "A year, mean of all runs; a year that is not simulated to its end has less.", "small", Charts.Lines([.. summary.Years.Select(y => y + .5)], lines, "times a year"),
            ["year", .. lines.Select(l => l.Name)], summary.Years.Select((_, i) => lines.Select(l => l.Values[i]).ToArray()), summary.Years.Select(y => $"{y}"));
    }

    private void Purpose()
    {
        page.Heading("purpose", "What it says, and what its hours go to");
        var (first, last) = summary.Settled;
        var (founding, foundingLast) = (summary.Years[0], summary.Years[Math.Min(2, summary.Years.Count - 1)]);
        if (summary.Effort(first, last) is { } settled && summary.Effort(founding, foundingLast) is { } early)
        {
            var aims = summary.Flagship.StatedAims;
            var said = aims.Values.Sum();
            var rows = settled.Select((e, i) => new SaidAndDone(
                Words.Short(e.End), aims.TryGetValue(e.End.Code, out var w) ? w / said : double.NaN, early[i].Share.Mean, e.Share.Mean, e.AtLeast, e.AtMost)).Where((_, i) => !settled[i].End.IsPlacebo).ToList();
            Figure("ends", "Said and done", $"Share of hours that serves each end. One activity can serve several; the thin line shows how far the share depends on how activities are coded. The circle is the weight of a stated aim among all of them. The aims: {Stated()}.", "tall",
                Charts.SaidDone(rows, $"hours, {founding}–{foundingLast}", $"hours, {first}–{last}"),
                ["end", "said", $"hours {founding}–{foundingLast}", $"hours {first}–{last}", "at least", "at most"],
                rows.Select(r => new[] { r.Said, r.AtFirst, r.Settled, r.AtLeast, r.AtMost }), rows.Select(r => r.Name));
        }

        double[] middles = [.. summary.Years.Select(y => y + .5)];
        var efforts = summary.Years.Select(y => (Year: y, Effort: summary.Effort(y, y))).ToList();
        var ends = summary.Ends.All.Select((e, i) => (Name: Words.Short(e), Values: efforts.Select(y => y.Effort?[i].Share.Mean ?? double.NaN).ToArray()))
            .Where(e => e.Values.Any(v => v > 0)).ToList();
        if (ends.Count > 0)
        {
            Figure("effort", "Hours by the end they serve", "Shares of all hours of a year, mean of the runs that still exist.", "",
                Charts.Stack(middles, [.. ends.Select(e => new Series(e.Name, e.Values))], "percent", 1),
                ["year", .. ends.Select(e => e.Name)], summary.Years.Select((_, i) => ends.Select(e => e.Values[i]).ToArray()), summary.Years.Select(y => $"{y}"));
        }

        var kinds = result.Measures.Where(m => m.Id.StartsWith("hours.", StringComparison.Ordinal))
            .Select(m => new Series(Plain(m.Id["hours.".Length..]), [.. summary.Years.Select(y => summary.InYear(m.Id, y).Mean)]))
            .OrderByDescending(s => s.Values.Where(double.IsFinite).Sum()).Where(s => s.Values.Any(v => v > 0)).ToList();
        if (kinds.Count > 0)
        {
            var shown = kinds.Count <= 11 ? kinds
                : [.. kinds.Take(10), new Series("everything else", [.. summary.Years.Select((_, i) => kinds.Skip(10).Sum(k => k.Values[i]))])];
            Figure("hours", "Hours by activity", "Hours a week of all members together; means of a year and of all runs.", "tall", Charts.Stack(middles, shown, "hours a week"),
                ["year", .. kinds.Select(k => k.Name)], summary.Years.Select((_, i) => kinds.Select(k => k.Values[i]).ToArray()), summary.Years.Select(y => $"{y}"));
        }

        string Stated() => summary.Flagship.StatedIn.Length > 0 ? summary.Flagship.StatedIn : "as the scenario states them";
    }

    private void Money()
    {
        page.Heading("money", "Money and staff");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">US dollars of {result.Scenario.PriceYear}. {Bands}</p>\n<div class=\"pair\">");
        if (summary.Find("income") is not null && summary.Find("cost") is not null)
        {
            List<Series> lines = [new("income", Means("income", coarse)), new("costs", Means("cost", coarse))];
            Figure("flows", "Income and costs", "A week, mean of all runs.", "small", Charts.Lines(Years(coarse), lines, "USD a week"), lines, coarse);
        }
        Fan("reserves", "Reserves", "What it has put by.", coarse, "USD");
        Fan("staff", "Paid staff", "People on the payroll.", coarse, "people");
        Fan("payroll_coverage", "Payroll that was paid", "Share of the wages due.", coarse, "percent");
        html.Append("</div>\n");
    }

    private void Mood()
    {
        page.Heading("mood", "Belief, voice and harm");
        html.Append("<p class=\"note\">Over the runs in which it still exists; hidden harm and acts are counted over all runs. " + Bands + "</p>\n<div class=\"pair\">");
        Fan("belief", "Belief", "How far members believe in it, 0 to 1.", coarse, "0 to 1");
        Fan("hope", "Hope", "0 to 1.", coarse, "0 to 1");
        Fan("voice", "Voice", "Share of members who voice criticism.", coarse, "percent");
        Fan("openness", "Openness", "How freely members may criticize, 0 to 1.", coarse, "0 to 1");
        Fan("hidden_harm", "Hidden harm", "Cases of harm that were not dealt with and not disclosed.", coarse, "cases");
        Fan("suppression", "Acts against critics", "A week.", coarse, "acts a week");
        html.Append("</div>\n");
    }

    private void Branches()
    {
        page.Heading("branches", "Branches");
        html.Append("<div class=\"pair\">");
        foreach (var (measure, title) in new[] { ("branches", "Branches by milieu"), ("members", "Members by milieu") })
        {
            List<Series> layers = [.. result.Scenario.Milieus.Keys.Where(m => summary.Find($"{measure}.{m}") is not null).Select(m => new Series(Plain(m), Means($"{measure}.{m}", coarse))).Where(l => l.Values.Any(v => v > 0))]; // milieus that it never enters tell nothing
            if (layers.Count > 0)
                Figure(measure + "-milieu", title, "Mean of all runs.", "", Charts.Stack(Years(coarse), layers, measure == "members" ? "people" : "branches"), layers, coarse);
        }
        html.Append("</div>\n");
    }

    private void Rivals()
    {
        if (!Others.Any())
            return;
        page.Heading("rivals", "Others in the same world");
        foreach (var (name, organization) in Others)
        {
            Fan($"{name}.members", organization.Label, "Members.", fine, "people", false, name);
            Published(name);
            html.Append("<details><summary>When things first happened there</summary>");
            Dates(summary.KeyDates.Where(k => k.Event.StartsWith(name + ".", StringComparison.Ordinal)), name + ".");
            html.Append("</details>\n");
        }
    }

    private void TypicalRun()
    {
        page.Heading("typical", "The typical run");
        html.Append(CultureInfo.InvariantCulture, $"<p>Run {summary.Typical.Run} (seed {summary.Typical.Seed}): of all runs its membership lies nearest to the middle, year by year. The median of the runs is a line that no run follows; this is a life that one of them lived. Its book, with everything that was decided and done, is book.duckdb beside this page: any DuckDB opens it with SQL.</p>\n");
        var lanes = Timeline.Lanes(summary);
        if (lanes.Count > 0)
        {
            Figure("timeline", "What happened", "A larger dot stands for more within half a year.", "tall", Charts.Lanes(Years(fine), lanes),
                ["what", "how many"], lanes.SelectMany(l => l.Points.Select(p => new[] { (double)p.Count })), lanes.SelectMany(l => l.Points.Select(p => $"{l.Name}; {p.Label}")));
        }
        foreach (var span in Timeline.Spans(summary))
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><b>{span.Years}</b> <span class=\"sub\">{E(string.Join(" · ", span.Counts))}</span></p>\n");
            if (span.Standouts.Count > 0)
                html.Append("<ul class=\"events\">").AppendJoin("", span.Standouts.Select(s => $"<li>{E(s)}</li>")).Append("</ul>\n");
        }
    }

    private void HowMade()
    {
        page.Heading("how", "How this was made");
        html.Append(CultureInfo.InvariantCulture, $"""
            <p>posiwid {JsonOutput.Version}; scenario <code>{E(result.Scenario.Name)}</code>, hash <code>{result.ScenarioHash}</code>; seed {result.Seed}, {E(OnePage.Runs(summary))}.
            The same version, scenario and seed give the same bits on any machine.</p>
            <p>Intervals are quantiles over runs: 5% to 95% unless something else is said. An organization that has ended has no members and no money: counts and flows stand at 0 from then on;
            shares, indexes and ages are taken over the runs in which it still exists. These are statements about the model. What they say about the organization depends on how well the model fits what is known of it.</p>

            """);
        if (result.Notes.Count > 0)
            html.Append("<ul>").AppendJoin("", result.Notes.Select(n => $"<li>{E(n)}</li>")).Append("</ul>\n");
        html.Append("<details><summary>Parameters in force</summary>");
        page.Table(["parameter", "value"], "text", result.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new[] { p.Key, p.Value.ToString("G6") }));
        html.Append("</details>\n");
    }

    private void Fan(string measure, string title, string caption, int[] samples, string unit, bool tall = false, string? published = null)
    {
        if (summary.Find(measure) is null)
            return;
        var spreads = samples.Select(s => summary.At(measure, s)).ToList();
        var singles = published is null ? [] : result.Runs.Take(5).Where(_ => result.Runs.Count > 1).Select(r => samples.Select(s => summary.Value(r, measure, s)).ToArray());
        var marks = published is null ? [] : summary.Published(published).Where(c => c.Model.Runs > 0).Select(c => new PublishedMark(
            Charts.Year(c.Count.Date.Middle), c.Count.Low ?? c.Count.High ?? 0, c.Count.High ?? c.Count.Low ?? 0, $"published, {c.Count.Measure}"));
        Figure(measure, title, caption, tall ? "tall" : published is null ? "small unnamed" : "", Charts.Fan(Years(samples), spreads, [.. singles], [.. marks], unit),
            ["date", "runs", "mean", "5%", "25%", "median", "75%", "95%"], spreads.Select(s => new[] { s.Runs, s.Mean, s.Low, s.LowerQuarter, s.Median, s.UpperQuarter, s.High }), samples.Select(s => Day(result.SampleWeeks[s])));
    }

    private void Published(string organization)
    {
        var rows = summary.Published(organization).Where(c => c.Model.Runs > 0).ToList();
        if (rows.Count == 0)
            return;
        html.Append("<details class=\"print\"><summary>Published counts beside the model</summary>");
        page.Table(["date", "published", "model, 90% of runs", "verdict", "what was counted", "reliability", "source"], "text", rows.Select(c => new[]
        {
            OnePage.DateText(c), OnePage.PublishedText(c), $"{Words.Number(c.Model.Low)} to {Words.Number(c.Model.High)}", c.Verdict, c.Count.Measure, c.Count.Reliability, c.Count.Source,
        }));
        html.Append("</details>\n");
    }

    private void Dates(IEnumerable<KeyDate> dates, string prefix) => page.WholeTable(["first time of", "share of runs", "median", "90% of those runs"], "text dates", dates.Select(k => new[]
    {
        Words.Event(k.Event[prefix.Length..]), Words.Percent(k.Share), Day(k.Week.Median), $"{Day(k.Week.Low)} to {Day(k.Week.High)}",
    }));

    private void Figure(string id, string title, string caption, string size, Drawing drawing, IReadOnlyList<Series> series, int[] samples) =>
        Figure(id, title, caption, size, drawing, ["date", .. series.Select(s => s.Name)],
            samples.Select((_, i) => series.Select(s => s.Values[i]).ToArray()), samples.Select(s => Day(result.SampleWeeks[s])));

    private void Figure(string id, string title, string caption, string size, Drawing drawing, IReadOnlyList<string> columns, IEnumerable<double[]> rows) =>
        Figure(id, title, caption, size, drawing, ["date", .. columns], rows, coarse.Select(s => Day(result.SampleWeeks[s])));

    private void Figure(string id, string title, string caption, string size, Drawing drawing, IReadOnlyList<string> columns, IEnumerable<double[]> rows, IEnumerable<string> first) =>
        page.Figure(id, title, caption, size, drawing, columns, rows, first);

    private double[] Years(int[] samples) => [.. samples.Select(s => Charts.Year(summary.DateOf(result.SampleWeeks[s])))];

    private double[] Means(string measure, int[] samples) => [.. samples.Select(s => summary.At(measure, s).Mean)];

    private string Day(double week) => summary.DateOf(week).ToString("yyyy-MM-dd");

    private static string Plain(string code) => code.Replace('_', ' ').Replace('-', ' ');

    private static string E(string text) => HtmlPage.E(text);
}
