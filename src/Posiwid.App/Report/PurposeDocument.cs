using System.Globalization;
using System.Text;
using Posiwid.App.Commands;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Report;

/// <summary>The purpose profile of a scenario as a short document in Markdown, for a repository: what it says, and the four lines of what it does.</summary>
internal static class PurposeDocument
{
    /// <summary>The document.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="runs">Runs, and pairs in every comparison.</param>
    /// <param name="seed">Seed of the first.</param>
    public static string Of(PurposeAnalysis analysis, Scenario scenario, int runs, ulong seed)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        Line($"# {scenario.Title}: its purpose profile");
        Line();
        Line("<!-- Written by the command below; to change it, change the scenario or the model and run the command again. -->");
        Line();
        Line(string.Create(CultureInfo.InvariantCulture,
            $"Made with `posiwid purpose {scenario.Name} --runs {runs} --seed {seed}{(analysis.Sets is null ? "" : " --full")}`, version {JsonOutput.Version}. [purpose.md](../purpose.md) tells how to read it. All of this is about the model."));
        Line();
        Line(PurposeWords.Paragraph(analysis));
        Line();
        foreach (var table in analysis.Sets is { } sets ? PurposePage.Tables(analysis).Append(SetWords.Table(sets)) : PurposePage.Tables(analysis))
        {
            Line($"## {table.Heading}");
            Line();
            Line($"| {string.Join(" | ", table.Head.Select((h, i) => i > 0 ? h : table.Head.Contains("verdict") || table.Head.Contains("defends") ? "end" : "function"))} |");
            Line($"|{string.Concat(Enumerable.Repeat(" --- |", table.Head.Count))}");
            foreach (var row in table.Rows)
                Line($"| {string.Join(" | ", row)} |");
            Line();
        }

        foreach (var note in PurposePage.Notes(analysis))
            Line(note + "\n");
        foreach (var sentence in SetWords.Sentences(analysis))
            Line(sentence + "\n");
        if (PurposeWords.Firm(analysis, null).ToList() is { Count: > 0 } firm)
        {
            Line("## How firm it is\n");
            foreach (var sentence in firm)
                Line($"- {sentence}");
            Line();
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
