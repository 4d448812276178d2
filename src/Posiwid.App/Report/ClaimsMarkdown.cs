using System.Globalization;
using System.Text;
using Posiwid.App.Commands;
using Posiwid.App.Story;
using Posiwid.Simulation.Claims;

namespace Posiwid.App.Report;

/// <summary>Tested claims as a document in Markdown, for a repository.</summary>
internal static class ClaimsMarkdown
{
    /// <summary>The document.</summary>
    public static string Of(ClaimsSummary summary)
    {
        var set = summary.Plan.Claims.Set;
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        Line($"# {set.Title}");
        Line();
        Line("<!-- Written by the command below; to change it, change the claims or the model and run the command again. -->");
        Line();
        Line(set.About.Trim().ReplaceLineEndings(" "));
        Line();
        Line(string.Join(' ', ClaimsPage.Plain(summary)));
        Line();
        Line(string.Create(CultureInfo.InvariantCulture, $"Made with `posiwid claims {set.Name} --runs {summary.Plan.Runs} --seed {summary.Plan.Seed}{(summary.AsksRobust ? " --robust" : "")}`, version {JsonOutput.Version}: {ClaimsPage.Runs(summary)}, on seeds that no choice of parameters saw."));
        Line();
        Line("| claim | kind | what it says | figure, 90% interval | verdict |" + (summary.AsksRobust ? " robust |" : ""));
        Line("| --- | --- | --- | --- | --- |" + (summary.AsksRobust ? " --- |" : ""));
        foreach (var c in summary.Claims)
            Line($"| [{c.Id}](#{c.Id.ToLowerInvariant()}) | {ClaimsPage.Kind(c.Claim.Kind)} | {Cell(c.Claim.Claim)} | {Cell(ClaimsPage.Figure(c))} | {ClaimsPage.Verdict(c.Holds)} |{(summary.AsksRobust ? $" {Robust(summary, c)} |" : "")}");
        Line();
        Line("The figure is that of the claim's first test: the median of the runs with what holds 90% of them, or a mean over pairs of runs or a distance of profiles with its 90% interval; where a run says yes or no, the share of the runs that say yes.");
        Line();
        var open = summary.Claims.Where(c => c.Holds != true).ToList();
        if (open.Count > 0)
        {
            Line("## What does not hold, or cannot be told");
            Line();
            Line($"Where a claim does not hold, it is wrong about the organization, or the model is; these runs do not say which.{(open.Any(c => c.Claim.Remains.Length > 0) ? " What is known of why, and what the model gets wrong where published facts decide, stands below, claim by claim (*what remains*)." : "")}");
            Line();
            foreach (var c in open)
                Line($"- **{c.Id}**, {ClaimsPage.Verdict(c.Holds)}: {Cell(c.Claim.Claim)} {char.ToUpperInvariant(c.Why[0])}{Cell(c.Why[1..])}.");
            Line();
        }

        Line("## How each was tested");
        foreach (var c in summary.Claims)
        {
            Line();
            Line($"### {c.Id}");
            Line();
            Line($"{c.Claim.Claim} ({c.Claim.Part}; {ClaimsPage.Kind(c.Claim.Kind)})");
            Line();
            Line($"*Holds if* {c.Claim.HoldsIf}.{(c.Claim.Note.Length > 0 ? " " + c.Claim.Note : "")}");
            Line();
            foreach (var t in c.Tests.SelectMany(t => t.Parts.Count > 0 ? t.Parts : [t]))
                Line($"- {ClaimsPage.Verdict(t.Holds)}: {t.Why}");
            if (c.Claim.Remains.Length > 0)
                Line($"- what remains: {c.Claim.Remains}");
            if (summary.HangsOn(c.Id) is { } levers)
                Line($"- hangs on: {(levers.Count == 0 ? "no parameter that stands out" : string.Join(", ", levers.Select(l => string.Create(CultureInfo.InvariantCulture, $"`{l.Name}` ({l.Correlation:+0.00;-0.00})"))))}");
        }

        Line();
        Line("## The arms");
        Line();
        Line("| arm | what is different |");
        Line("| --- | --- |");
        foreach (var arm in summary.Plan.Arms)
            Line($"| {arm.Name} | {Cell(ClaimsPage.Different(arm))}{(arm.Spec.Scenario is null ? "" : $" (scenario `{arm.Spec.Scenario}`)")} |");
        return text.ToString();
    }

    private static string Robust(ClaimsSummary summary, ClaimResult claim) => claim.Holds != true ? "" : summary.Robust(claim.Id) switch { true => "yes", false => "no", _ => "cannot be told" };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
