using System.Globalization;
using Posiwid.App.Story;

namespace Posiwid.App.Report;

/// <summary>Tested claims as a page of HTML.</summary>
internal static class ClaimsReport
{
    /// <summary>The page.</summary>
    public static string Of(ClaimsSummary summary)
    {
        var set = summary.Plan.Claims.Set;
        var page = new HtmlPage(set.Title, string.Create(CultureInfo.InvariantCulture, $"{ClaimsPage.Claims(summary.Claims.Count)}, {ClaimsPage.Runs(summary)}."), [.. ClaimsPage.Plain(summary)],
            [("claims", "The claims"), ("tests", "How each was tested"), ("arms", "The arms"), ("made", "How this was made")]);
        page.Heading("claims", "The claims");
        page.Note("The figure is that of the claim's first test: the median of the runs with what holds 90% of them, or a mean over pairs of runs or a distance of profiles with its 90% interval; where a run says yes or no, the share of the runs that say yes.");
        string[] columns = ["", "kind", "claim", "figure", "verdict", .. summary.AsksRobust ? ["robust"] : Array.Empty<string>()];
        page.WholeTable(columns, "text", summary.Claims.Select(c => (string[])
        [
            c.Id, ClaimsPage.Kind(c.Claim.Kind), c.Claim.Claim, ClaimsPage.Figure(c), ClaimsPage.Verdict(c.Holds),
            .. summary.AsksRobust ? [c.Holds != true ? "" : summary.Robust(c.Id) switch { true => "yes", false => "no", _ => "cannot be told" }] : Array.Empty<string>(),
        ]));
        page.Heading("tests", "How each was tested");
        foreach (var claim in summary.Claims)
        {
            page.Raw.Append(CultureInfo.InvariantCulture, $"<h3>{HtmlPage.E($"{claim.Id}: {claim.Claim.Claim}")}</h3>\n");
            page.Note($"Holds if: {claim.Claim.HoldsIf}. ({claim.Claim.Part})");
            if (claim.Claim.Note.Length > 0)
                page.Note(claim.Claim.Note);
            page.WholeTable(["", "what was found"], "text", claim.Tests.SelectMany(t => t.Parts.Count > 0 ? t.Parts : [t]).Select(t => (string[])[ClaimsPage.Verdict(t.Holds), t.Why]));
            if (summary.HangsOn(claim.Id) is { } levers)
                page.Note($"Hangs on: {ClaimsPage.HangsOn(levers)}{(levers.Count == 0 ? "" : " (rank correlation with the first figure, over models around this one)")}.");
        }

        page.Heading("arms", "The arms");
        page.WholeTable(["arm", "what is different"], "text", summary.Plan.Arms.Select(a => (string[])
            [a.Name, ClaimsPage.Different(a) + (a.Spec.Scenario is null ? "" : $" ({a.Scenario.Title})")]));
        page.Heading("made", "How this was made");
        page.Note(set.About.Trim());
        page.Note(string.Create(CultureInfo.InvariantCulture, $"Claims {set.Name}, seeds {summary.Plan.Seed} to {summary.Plan.Seed + (ulong)summary.Figures.Runs - 1} in every arm. The same version, files and seeds give the same bits on any machine."));
        return page.End();
    }
}
