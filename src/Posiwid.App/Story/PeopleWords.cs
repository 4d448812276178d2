using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.App.Story;

/// <summary>What becomes of the people, in sentences; and the gap between what is said and done.</summary>
public static class PeopleWords
{
    private const string NotReached = "not reached";

    /// <summary>A sentence for each thing that the records tell of people.</summary>
    public static IEnumerable<string> Of(PeopleFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Retention is { } retention)
        {
            var half = retention.HalfLifeOfAll;
            // who came on record later is known to have stayed until then
            var (spells, them) = retention.Since > 0 ? ($"all spells of membership that had lasted {Weeks(retention.Since)}", " of them") : ("all spells of membership", "");
            var over = half.Value is { } h ? $"Half of {spells} are over after {Weeks(h)}{Between(half, Weeks)}"
                : half.Why == NotReached ? $"Fewer than half of {spells} are over by the end of what can be followed" : $"After what time half of {spells} are over is not known ({half.Why})";
            yield return $"{flow.People:N0} people. {over}; "
                + $"{Told(retention.YearOfAll, Words.Percent, f => $"{f}{them} last a year", $"what share{them} lasts a year")}.";
        }

        if (flow.RevolvingDoor is { } door)
        {
            yield return $"{Count(flow, door.Joiners)} joined and {Count(flow, door.Leavers)} left. {Told(door.ChurnPerYear, v => $"{v:0.00}", f => $"Turnover that neither growth nor decline explains: {f} a member and year", "How much turnover neither growth nor decline explains")}. "
                + $"{Told(door.FirstYearLoss, Words.Percent, f => $"Of those who join, {f} are gone within a year", "What share of those who join is gone within a year")}; "
                + $"{Told(door.HazardRatio, v => $"{v:0.0}", f => $"leaving is {f} times as frequent in the first year as after the third", "how much more frequent leaving is in the first year than after the third")}.";
        }

        if (flow.Core is { AbsenceFactor: { } few } core)
            yield return $"{(flow.WhyHidden(few) is { } hidden ? Capital(hidden) : $"{few:N0}")} people do half of what is done (in {flow.Records.ContributedIn}), of {(flow.WhyHidden(core.Contributors.People, core.Members.People) is null ? $"{core.Contributors.People:N0}" : "those")} who do anything; {Told(core.Contributors.Gini, v => $"{v:0.00}", f => $"Gini {f}", "the Gini index")}.";
        if (flow.Entrenchment is { } top)
        {
            var byLot = top.Chance is { } lot ? $"{Words.Percent(lot)} would by lot" : "how many would by lot is not known";
            yield return $"{Told(top.KeptShare, Words.Percent, f => $"Of those who hold office, {f} still do a year later ({byLot})", "What share of those who hold office still does a year later")}{(top.Index.Known ? ": " : "; ")}"
                + $"{Told(top.Index, v => $"{v:0.00}", f => $"entrenchment {f}", "entrenchment")}. "
                + $"{top.TenureCount} times in office; {Told(top.HoldersPerSeatDecade, v => $"{v:0.0}", f => $"{f} holders to a seat in ten years", "how many hold a seat in ten years")}.";
        }

        foreach (var step in flow.Funnel)
            yield return Told(step.Share, Words.Percent, f => $"From '{step.From}' to '{step.To}': {f} of {step.Base:N0}", $"What share gets from '{step.From}' to '{step.To}'") + ".";
        if (flow.ExitAndVoice is { } voice)
            yield return $"In 100 years of membership {Told(voice.ExitsPer100, v => $"{v:0.0}", f => $"{f} leave", "how many leave")} and {Told(voice.VoicesPer100, v => $"{v:0.0}", f => $"{f} complain", "how many complain")}. "
                + $"{Told(voice.ExitAfterComplaint, v => $"{v:0.0}", f => $"After a complaint leaving is {f} times as frequent", "How much more frequent leaving is after a complaint")}.";
        if (flow.Complaints is { } complaints)
            yield return $"{complaints.Complaints} complaints: {Told(complaints.ResolvedAtHorizon, Words.Percent, f => $"{f} are resolved within half a year", "what share is resolved within half a year")}; {(complaints.MedianWeeksToResolution is { Value: null, Why: NotReached } ? "fewer than half ever are, as far as can be followed" : Told(complaints.MedianWeeksToResolution, Weeks, f => $"half of all within {f}", "within what time half of all are"))}.";
        foreach (var (question, why) in flow.Untold)
            yield return $"Not known: {question} ({why}).";
    }

    /// <summary>The gap between what is said and what the hours go to, by the ends where it is widest; and how far the rankings agree.</summary>
    public static IEnumerable<string> SayDo(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Concentration is var (_, effective))
            yield return $"The {analysis.Data.EffortIn} are spread as over {effective:0.0} ends of equal weight, of {analysis.Profile.Rows.Count(r => !r.End.IsPlacebo)}.";
        // ranks alone are taken as weights in two ways; what cannot be told of either is said once
        foreach (var gap in analysis.SayDo.DistinctBy(g => g.Ends.All(e => !e.Gap.Known) ? (g.Revealed, null) : (g.Revealed, (StatedWeights?)g.Weights)))
        {
            var what = gap.Revealed switch { Revealed.Effort => analysis.Data.EffortIn, Revealed.Defense => "what it defends", _ => "what it picks" };
            var basis = gap.Weights switch { StatedWeights.RankSum => " (ranks taken as weights, the last of K 1/K of the first)", StatedWeights.EqualStep => " (ranks taken as weights, the last nothing)", _ => "" };
            if (gap.Ends.All(e => !e.Gap.Known))
            {
                yield return $"Said beside {what}: cannot be told ({gap.Why}).";
                continue;
            }

            var widest = gap.Ends.Where(e => e.Gap.Value is { } g && Math.Abs(g) >= 5).OrderByDescending(e => Math.Abs(e.Gap.Value!.Value)).Take(4)
                .Select(e => $"{Words.Short(analysis.Data.Ends.All.First(x => x.Code == e.End))} {e.Gap.Value:+0;-0}{Between(e.Gap, v => $"{v:+0;-0;0}")}").ToList();
            yield return $"Said beside {what}{basis}, in percentage points: {(widest.Count > 0 ? PurposeWords.List(widest) : "nowhere five or more")}."
                + (gap.Tau.Value is { } tau ? $" The two rankings agree by {tau:0.00} (Kendall's tau-b{(gap.TauP is { } p ? $"; p {(p < 0.01 ? "under 0.01" : $"{p:0.00}")}" : $"; {KendallTau.TooMany}")})." : $" The rankings: {gap.Tau.Why}.")
                + (gap.Divergence.Value is { } bits ? $" Divergence {bits:0.00} bits{(gap.DivergenceNull95 is { } bar ? $", {bar:0.00} by chance" : "")}." : "");
        }

        var (lines, ends, all) = analysis.Concordance;
        if (lines.Count < 3)
            yield break; // how far two agree is in the report, line by line
        var names = PurposeWords.List(lines.Select(l => l switch { "effort" => analysis.Data.EffortIn, "defense" => "what it defends", "necessity" => "what it needs", _ => "what it picks" }));
        yield return all.W.Value is { } w
            ? $"{Capital(names)} rank the {ends} ends of which all of them tell something alike by {w:0.00} (Kendall's W, 0 not at all to 1 in full, about {1.0 / lines.Count:0.00} by chance; p {(all.PValue < 0.01 ? "under 0.01" : $"{all.PValue:0.00}")})."
            : $"How far {names} rank the ends alike cannot be told ({all.W.Why}).";
    }

    private static string Count(PeopleFlow flow, int count) => flow.WhyHidden(count) ?? $"{count:N0}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A clause with a figure in it; where there is none, that it is not known, and why.</summary>
    /// <param name="estimate">The figure.</param>
    /// <param name="number">How it is written.</param>
    /// <param name="clause">The clause with it.</param>
    /// <param name="unknown">What is not known, where it is not.</param>
    private static string Told(Estimate estimate, Func<double, string> number, Func<string, string> clause, string unknown) =>
        estimate.Value is { } value ? clause(number(value) + Between(estimate, number)) : $"{unknown} is not known ({estimate.Why})";

    private static string Between(Estimate estimate, Func<double, string> number) =>
        estimate is not { Low: { } low } ? "" : estimate.High is not { } high ? $" [{number(low)} or more]" : number(low) != number(high) ? $" [{number(low)}..{number(high)}]" : "";

    private static string Weeks(double weeks) => weeks switch
    {
        < 1 => $"{weeks * 7:0} {(Math.Round(weeks * 7) == 1 ? "day" : "days")}",
        < 104 => $"{weeks:0} {(Math.Round(weeks) == 1 ? "week" : "weeks")}",
        _ => $"{weeks / 52.18:0.0} years",
    };
}
