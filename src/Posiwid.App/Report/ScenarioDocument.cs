using System.Globalization;
using System.Text;
using Posiwid.App.Commands;
using Posiwid.App.Story;

namespace Posiwid.App.Report;

/// <summary>A scenario and what its runs did as a short document in Markdown, for a repository.</summary>
internal static class ScenarioDocument
{
    /// <summary>The document.</summary>
    public static string Of(Summary summary)
    {
        var (result, scenario) = (summary.Result, summary.Result.Scenario);
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        Line($"# {scenario.Title}");
        Line();
        Line("<!-- Written by the command below; to change it, change the scenario or the model and run the command again. -->");
        Line();
        if (scenario.About.Length > 0)
            Line(scenario.About.Trim().ReplaceLineEndings(" ") + "\n");
        Line(string.Create(CultureInfo.InvariantCulture,
            $"Made with `posiwid run {scenario.Name} --runs {result.Planned} --seed {result.Seed}`, version {JsonOutput.Version}. What every number of the scenario is and where it comes from, or that it is assumed, stands in [its file](../../scenarios/{scenario.Name}.yaml). All of this is about the model."));
        Line();
        foreach (var sentence in Paragraph.Of(summary))
            Line(sentence);
        Line();
        Hours(summary, Line);
        Line("## First times");
        Line();
        Line("| what | share of runs | median | 90% of those runs |");
        Line("| --- | --- | --- | --- |");
        foreach (var date in summary.KeyDates.Where(k => OnePage.DatesTold.Contains(k.Event)))
            Line($"| {Words.Event(date.Event)} | {Words.Percent(date.Share)} | {Month(date.Week.Median)} | {Month(date.Week.Low)} to {Month(date.Week.High)} |");
        var published = scenario.Organizations.Keys.SelectMany(summary.Published).Where(c => c.Model.Runs > 0).ToList();
        if (published.Count > 0)
        {
            Line();
            Line("## Published counts");
            Line();
            Line("No rule reads them.");
            Line();
            Line("| organization | date | published | model, 90% of runs | |");
            Line("| --- | --- | --- | --- | --- |");
            foreach (var c in published)
                Line($"| {scenario.Organizations[c.Count.Organization].Label} | {OnePage.DateText(c)} | {Range(c.Count.Low, c.Count.High)} | {Words.Number(c.Model.Low)} to {Words.Number(c.Model.High)} | {c.Verdict} |");
        }

        return text.ToString();

        string Month(double week) => summary.DateOf(week).ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }

    /// <summary>What it says beside the hours it gives, at first and later.</summary>
    private static void Hours(Summary summary, Action<string> line)
    {
        var (first, last) = summary.Settled;
        if (summary.Effort(summary.Years[0], summary.Years[0]) is not { } atFirst || summary.Effort(first, last) is not { } later)
            return;
        line("## What it says and where its hours go");
        line("");
        line(string.Create(CultureInfo.InvariantCulture, $"The line 'said' and the line 'hours' of its purpose profile; the others are the matter of `posiwid purpose {summary.Result.Scenario.Name}`."));
        line("");
        line(string.Create(CultureInfo.InvariantCulture, $"| end | said | hours in {summary.Years[0]} | hours {first}-{last}, by how activities are coded |"));
        line("| --- | --- | --- | --- |");
        for (var e = 0; e < later.Count; e++)
        {
            if (!later[e].End.IsPlacebo)
                line($"| {Words.Short(later[e].End)} | {(summary.Flagship.StatedAims.TryGetValue(later[e].End.Code, out var said) ? Words.Percent(said) : "")} | {Words.Percent(atFirst[e].Share.Mean)} | {Words.Percent(later[e].Share.Mean)} ({Words.Percent(later[e].AtLeast)} to {Words.Percent(later[e].AtMost)}) |");
        }

        line("");
    }

    private static string Range(double? low, double? high) => (low, high) switch
    {
        (null, { } most) => $"at most {Words.Number(most)}",
        ({ } least, { } most) when least != most => $"{Words.Number(least)} to {Words.Number(most)}",
        ({ } least, _) => Words.Number(least),
        _ => "",
    };
}
