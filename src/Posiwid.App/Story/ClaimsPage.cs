using System.Globalization;
using Posiwid.Purpose;
using Posiwid.Simulation.Claims;

namespace Posiwid.App.Story;

/// <summary>Tested claims in plain words.</summary>
public static class ClaimsPage
{
    /// <summary>A kind in words.</summary>
    public static string Kind(ClaimKind kind) => kind == ClaimKind.BuiltIn ? "built-in" : kind.ToString().ToLowerInvariant();

    /// <summary>A verdict in words.</summary>
    public static string Verdict(bool? holds) => holds switch { true => "holds", false => "does not hold", _ => "cannot be told" };

    /// <summary>A figure with its 90% interval.</summary>
    public static string Figure(Estimate figure) => figure switch
    {
        { Value: { } value, Low: { } low, High: { } high } => $"{ClaimVerdicts.Number(value)} [{ClaimVerdicts.Number(low)}..{ClaimVerdicts.Number(high)}]",
        { Value: { } value } => ClaimVerdicts.Number(value),
        _ => "–",
    };

    /// <summary>The figure of a claim: of a yes or no, the share of runs.</summary>
    public static string Figure(ClaimResult claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.IsShareOfRuns && claim.Figure.Value is { } share ? $"{Words.Percent(share)} of the runs" : Figure(claim.Figure);
    }

    /// <summary>The whole in a few sentences.</summary>
    public static IReadOnlyList<string> Plain(ClaimsSummary page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var sentences = page.Tally.Select(Counted).ToList();
        if (page.AsksRobust)
            sentences.Add($"Of those that hold, {page.Claims.Count(c => page.Robust(c.Id) == true)} still do with every parameter of the rules moved within a fifth (not what a scenario states of places and policies) and at the bounds of the coding.");
        if (page.ModelsCut is var (done, planned))
            sentences.Add($"This was interrupted: {(done == 0 ? "none" : done)} of {planned} models with moved parameters {(done <= 1 ? "was" : "were")} run in every arm.");
        sentences.Add("Emergent claims are stated by no single rule; built-in ones nearly are, so that they test the code; fitted ones rest on facts that were looked at when parameters were set, by hand or by a fit. All of it is about the model.");
        return sentences;
    }

    /// <summary>What is different in an arm, in the words of the file.</summary>
    public static string Different(ClaimArm arm) => arm.Spec.About.Length > 0 ? arm.Spec.About : arm.Name == ClaimsFile.Baseline ? "the scenario as it is" : "as the file of claims says";

    /// <summary>How many claims, in words.</summary>
    public static string Claims(int count) => count == 1 ? "1 claim" : string.Create(CultureInfo.InvariantCulture, $"{count} claims");

    /// <summary>How many runs, in words; of how many, where they were interrupted.</summary>
    public static string Runs(ClaimsSummary page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var (done, planned) = (page.Figures.Runs, page.Plan.Runs);
        return string.Create(CultureInfo.InvariantCulture, $"{done}{(page.Figures.IsCut ? $" of {planned}" : "")} {(done == 1 && !page.Figures.IsCut ? "run" : "runs")} of every arm{(page.Figures.IsCut ? " (interrupted)" : "")}");
    }

    /// <summary>Which parameters a claim hangs on, in words.</summary>
    public static string HangsOn(IReadOnlyList<Lever> levers) =>
        levers.Count == 0 ? "no parameter that stands out" : string.Join(", ", levers.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Name} ({l.Correlation:+0.00;-0.00})")));

    private static string Counted(Tally tally) => tally switch
    {
        { Hold: 1, DoNotHold: 0, CannotBeTold: 0 } => $"The one {Kind(tally.Kind)} claim holds.",
        { Hold: 0, DoNotHold: 1, CannotBeTold: 0 } => $"The one {Kind(tally.Kind)} claim does not hold.",
        { Hold: 0, DoNotHold: 0, CannotBeTold: 1 } => $"Of the one {Kind(tally.Kind)} claim it cannot be told.",
        var t => $"Of {t.Hold + t.DoNotHold + t.CannotBeTold} {Kind(t.Kind)} claims {t.Hold} {(t.Hold == 1 ? "holds" : "hold")}, {t.DoNotHold} {(t.DoNotHold == 1 ? "does" : "do")} not{(t.CannotBeTold > 0 ? $", and of {t.CannotBeTold} it cannot be told" : "")}.",
    };

    /// <summary>The lines of the page.</summary>
    public static IEnumerable<string> Of(ClaimsSummary page, int width)
    {
        ArgumentNullException.ThrowIfNull(page);
        width = Math.Clamp(width, 60, 140);
        var set = page.Plan.Claims.Set;
        yield return string.Create(CultureInfo.InvariantCulture, $"{set.Title}: {Claims(page.Claims.Count)}, {Runs(page)}");
        foreach (var line in Words.Wrap(string.Join(' ', Plain(page)), width - 2))
            yield return "  " + line;
        foreach (var claim in page.Claims)
        {
            yield return "";
            var robust = !page.AsksRobust || claim.Holds != true ? "" : page.Robust(claim.Id) switch { true => ", robust", false => ", not robust", _ => ", robust cannot be told" };
            yield return $"{claim.Id}  {Verdict(claim.Holds).ToUpperInvariant()}{robust}  ({Kind(claim.Claim.Kind)})  {Figure(claim)}";
            foreach (var line in Words.Wrap(claim.Claim.Claim, width - 4))
                yield return "    " + line;
            foreach (var test in claim.Tests)
            {
                var first = true;
                foreach (var line in Words.Wrap(test.Why, width - 8))
                {
                    yield return $"    {(first ? Mark(test.Holds) : " ")} {line}";
                    first = false;
                }
            }

            if (page.HangsOn(claim.Id) is not { } levers)
                continue;
            foreach (var line in Words.Wrap($"hangs on: {HangsOn(levers)}", width - 6))
                yield return "      " + line;
        }
    }

    /// <summary>A verdict as one sign.</summary>
    public static string Mark(bool? holds) => holds switch { true => "+", false => "-", _ => "?" };
}
