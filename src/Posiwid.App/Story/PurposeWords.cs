using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.App.Story;

/// <summary>A purpose profile in plain words: what comes first on the terminal and in the report.</summary>
public static class PurposeWords
{
    /// <summary>One paragraph.</summary>
    public static string Paragraph(PurposeAnalysis analysis)
    {
        var rows = analysis.Profile.Rows.Where(r => !r.End.IsPlacebo).ToList();
        var model = analysis.Data.Source != EvidenceSource.Records;
        var sentences = new List<string>();
        if (analysis.Profile.FailedItsControl)
            sentences.Add("This instrument failed its own control here: a row that nobody can want came out as wanted, so trust none of the verdicts below.");
        if (rows.Where(r => r.Evidence.SaidRank == 1).Select(r => r.End).ToList() is { Count: > 0 } first)
            sentences.Add($"It says that it is {(first.Count == 1 ? "first of all" : "first of all, and equally,")} for {List(first.Select(e => first.Count == 1 ? e.Label : Name(e)))}.");
        if (rows.Where(r => r.Evidence.Effort is not null).OrderByDescending(r => r.Evidence.Effort!.Share).Take(3).ToList() is { Count: > 0 } most)
            sentences.Add($"Most of its {analysis.Data.EffortIn} go to {List(most.Select(r => $"{Name(r.End)} ({Words.Percent(r.Evidence.Effort!.Share)})"))}.{(analysis.UncodedEffort > 0.05 ? $" Another {Words.Percent(analysis.UncodedEffort)} is of kinds that serve no end in the coding." : "")}");
        var where = model ? "In the model, " : "";
        Say(Verdicts.Purpose, "what it is for by what it does is", reasons: true);
        Say(Verdicts.Means, "it keeps as a means, not as an end,");
        Say(Verdicts.Said, "what it says and does not show is", unsure: r => CouldHardlyShow(analysis, r) ? $" (by so few {(model ? "runs" : "records")} that it could hardly show)" : "");
        Say(Verdicts.Done, $"{analysis.Data.EffortIn} go, but nothing else speaks, for");
        Say(Verdicts.LittleDone, $"with few {analysis.Data.EffortIn} it holds on to", reasons: true);
        Say(Verdicts.OneLine, "too little to call it a purpose, but one test of three speaks for", reasons: true);
        Say(Verdicts.Disagree, "the tests contradict each other on");
        var untold = rows.Where(r => r.Verdict == Verdicts.CannotBeTold).ToList();
        if (untold.Count == rows.Count)
            sentences.Add("What it is for cannot be told from these records: of the three tests (what it acts to keep, what it cannot live without, what it picks) fewer than two could be made for any end.");
        else if (untold.Count > 0)
            sentences.Add($"Nothing can be told of {List(untold.Select(r => Name(r.End)))}.");
        return string.Join(" ", sentences);

        void Say(string verdict, string begin, bool reasons = false, Func<ProfileRow, string>? unsure = null)
        {
            if (rows.Where(r => r.Verdict == verdict).ToList() is { Count: > 0 } found)
            {
                var text = $"{begin} {List(found.Select(r => reasons ? $"{Name(r.End)} ({List(Reasons(r))})" : Name(r.End) + unsure?.Invoke(r)))}.";
                sentences.Add(where.Length > 0 ? where + text : char.ToUpperInvariant(text[0]) + text[1..]);
                where = "";
            }
        }
    }

    /// <summary>
    /// True if no line that was tested could have ruled out what it looks for: the interval of each reaches beyond its bound (a fifth of a blow, a tenth of the usual life) or,
    /// of a weight, over more than half of its scale.
    /// </summary>
    public static bool CouldHardlyShow(PurposeAnalysis analysis, ProfileRow row)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(row);
        var e = row.Evidence;
        return !(row.Defense != LineStatus.NotTestable && e.Defense.Estimate.High <= analysis.Settings.Defended)
            && !(row.Necessity != LineStatus.NotTestable && e.Necessity.Estimate.High <= analysis.Settings.LifeLost * UsualLife(analysis))
            && !(row.Choice != LineStatus.NotTestable && e.Choice.Estimate.High - e.Choice.Estimate.Low <= 1);
    }

    private static double UsualLife(PurposeAnalysis analysis) => analysis.Necessity is [var first, ..] ? first.Result.Life.Value ?? double.NaN : double.NaN;

    /// <summary>A share of a blow that was made good, with its interval; in words alone where that is wider than half of the way from none to all.</summary>
    public static string Defended(Estimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (estimate is not { Low: { } low, High: { } high } || high - low <= 0.5)
            return Interval(estimate, v => $"{Math.Round(v, 2) + 0.0:0.00}");
        var (from, to) = (InWords(low), InWords(high));
        return from == to ? from : $"{from} to {to}";

        static string InWords(double share) => share switch { < -0.1 => "worse", < 0.1 => "none", < 0.4 => "a little", < 0.65 => "half", < 0.9 => "most", < 1.1 => "all", _ => "too much" };
    }

    /// <summary>Weeks of life lost as a share of the usual life, with the interval.</summary>
    public static string LifeLost(PurposeAnalysis analysis, Estimate weeks)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(weeks);
        var life = UsualLife(analysis);
        double? Share(double? w) => w / life;
        return Interval(weeks with { Value = Share(weeks.Value), Low = Share(weeks.Low), High = Share(weeks.High) }, v => $"{Math.Round(v * 100) + 0.0:0}%", (0, 1));
    }

    /// <summary>The weight of an end in choices, with its interval; the direction alone where what stands for it always decides.</summary>
    public static string Picked(PurposeAnalysis analysis, ProfileRow row)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(row);
        var choice = row.Evidence.Choice;
        if (!choice.Estimate.Known || AskedOf(analysis, row.End) is not ({ AlwaysDecided: true } result, { } attribute))
            return Interval(choice.Estimate, Signed, (-1, 1));
        return Always(analysis, result.Kind, attribute) is { } always ? $"always {always}" : !(choice.PValue < 0.05) ? "no direction" : choice.Direction > 0 ? "the more" : "the less";
    }

    /// <summary>"the higher" or "the lower" if whatever was chosen in decisions of a kind had the most, or the least, of an attribute that did differ; null otherwise.</summary>
    public static string? Always(PurposeAnalysis analysis, string kind, string attribute)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var menus = analysis.Data.Decisions.Where(d => d.Kind == kind && d.Attributes.Count > 1)
            .Select(d => (d.Chosen, Values: d.Attributes.Select(a => a.Where(x => x.Code == attribute).Select(x => x.Value).DefaultIfEmpty(double.NaN).First()).ToArray()))
            .Where(m => m.Values.Max() > m.Values.Min()).ToList();
        return menus.Count == 0 ? null
            : menus.All(m => m.Values[m.Chosen] >= m.Values.Max()) ? "the higher"
            : menus.All(m => m.Values[m.Chosen] <= m.Values.Min()) ? "the lower" : null;
    }

    /// <summary>The decisions and the attribute by which it is told whether an end is picked; null if there are none.</summary>
    private static (RevealedPreferenceResult Result, string Attribute)? AskedOf(PurposeAnalysis analysis, End end)
    {
        if (end.IsPlacebo)
            return analysis.Choices.FirstOrDefault(c => c.Of(RevealedPreference.Control)?.PValue is not null && analysis.Data.AttributeEnds.Any(a => a.Decision == c.Kind && a.Weights != WeightOrigin.Scenario)) is { } control
                ? (control, RevealedPreference.Control) : null;
        return analysis.Data.AttributeEnds.Where(a => a.End == end.Code && analysis.Choices.Any(c => c.Kind == a.Decision)).OrderBy(a => a.Weights).FirstOrDefault() is { } asked
            ? (analysis.Choices.First(c => c.Kind == asked.Decision), asked.Attribute) : null;
    }

    /// <summary>A p value; never 0.</summary>
    public static string P(double p) => p < 0.0005 ? "<0.001" : p.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// A reason of the library in the words of what was read: a group of decisions that are not independent is a run of a model; of records it is a quarter of a year, or
    /// whoever decided where these are five or more.
    /// </summary>
    public static string Reason(PurposeAnalysis analysis, string why)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(why);
        return why.Replace("no test: horizon too short", $"every run lived all {analysis.Data.Horizon / 52.18:0} years, with and without it", StringComparison.Ordinal)
            .Replace(" deciders", analysis.Data.Lives.Count > 0 ? " runs" : " groups of decisions (by quarter of a year, or by decider)", StringComparison.Ordinal);
    }

    /// <summary>What the shares of hours are shares of; null for a model, whose hours are all there.</summary>
    public static string? OnRecord(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Data.HoursCoverage is { } coverage)
            return $"Hours: {Words.Percent(coverage)} of all hours are on record. Whatever the others went to, {Covered(analysis, coverage)}.";
        return analysis.Data.Source != EvidenceSource.Records || analysis.Effort is null ? null
            : analysis.Data.HoursAreCounts ? "Activities: no hours are on record, so that every activity counts as much as any other; a long one takes more than a short one, which nobody can see here."
            : "Hours: shares of the recorded hours; nobody says how much of all hours that is.";
    }

    /// <summary>The bounds of what all hours go to for the three ends that get most of those on record.</summary>
    public static string Covered(PurposeAnalysis analysis, double coverage)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return List((analysis.Effort ?? []).OrderByDescending(e => e.Share).Take(3).Select(e => EffortShares.Covered(e, coverage) is var (low, high) ? $"{Name(e.End)} gets {Words.Percent(low)} to {Words.Percent(high)}" : ""));
    }

    /// <summary>A weight with its sign; 0 has none.</summary>
    public static string Signed(double weight) => Math.Round(weight, 2) switch { > 0 => $"+{weight:0.00}", < 0 => $"{weight:0.00}", _ => "0" };

    /// <summary>An end as part of a sentence.</summary>
    public static string Name(End end) => Words.Short(end);

    /// <summary>A list as part of a sentence; with semicolons where an item holds a comma or an "and" of its own.</summary>
    public static string List(IEnumerable<string> items, string last = "and")
    {
        var all = items.ToList();
        var apart = all.Any(i => i.Contains(" and ", StringComparison.Ordinal) || i.Contains(", ", StringComparison.Ordinal));
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(apart ? "; " : ", ", all.Take(all.Count - 1))}{(apart ? ";" : "")} {last} {all[^1]}";
    }

    private static IEnumerable<string> Reasons(ProfileRow row)
    {
        if (row.Defense == LineStatus.Supports)
            yield return row.OneSided ? "it acts to keep it up and lets more of it stand, a one-sided goal" : "it acts to keep it up";
        if (row.Necessity == LineStatus.Supports)
            yield return "it does not last without it";
        if (row.Choice == LineStatus.Supports)
            yield return "it picks it over other things";
    }

    /// <summary>An estimate with its interval; a wide one in words; a dash for what is not known, and no number where there was too little for an interval.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="number">How numbers are written.</param>
    /// <param name="scale">The whole scale, so that an interval wider than half of it is put into words; null to write numbers always.</param>
    public static string Interval(Estimate estimate, Func<double, string> number, (double From, double To)? scale = null)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (estimate.Value is not { } value)
            return "–";
        if (estimate is not { Low: { } low, High: { } high })
            return estimate.Why is { } why && (why.StartsWith("every pair", StringComparison.Ordinal) || why.StartsWith("all lives", StringComparison.Ordinal)) ? $"{number(value)} in every pair" : "too few";
        if (scale is { } s && high - low > (s.To - s.From) / 2)
            return $"anything from {number(low)} to {number(high)}";
        return $"{number(value)} [{number(low)}..{number(high)}]";
    }

    /// <summary>How the undisturbed runs ended.</summary>
    public static string Fates(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return $"Undisturbed, after {analysis.Data.Horizon / 52.18:0} years: {List(analysis.Data.Fates.Select(f => $"{f.Key.Replace('_', ' ')} {f.Value}"))} of {analysis.Data.Fates.Sum(f => f.Value)} runs.";
    }

    /// <summary>True if of any end it could be told what it is.</summary>
    internal static bool HasVerdicts(PurposeAnalysis analysis) => analysis.Profile.Rows.Any(r => !r.End.IsPlacebo && r.Verdict != Verdicts.CannotBeTold);

    /// <summary>What verdicts hang on: the ends that are declared, and the parameters that nobody knows.</summary>
    public static IEnumerable<string> Firm(PurposeAnalysis analysis, Robustness? robustness)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var labels = analysis.Data.Ends.All.ToDictionary(e => e.Code, Name);
        var (declared, others) = (analysis.Profile.Declared(), analysis.Profile.Rows.Count(r => !r.End.IsPlacebo) - 1);
        if (declared.Count == 0 && others > 0 && HasVerdicts(analysis))
            yield return "No verdict hangs on whether any one of the other ends is declared.";
        foreach (var same in declared.GroupBy(c => (c.End, c.Verdict)))
        {
            yield return $"{labels[same.Key.End]} would be called '{same.Key.Verdict}' if {(same.Count() == others ? "any one of the others" : same.Count() > others / 2 ? $"any one of {same.Count()} of the others" : List(same.Select(c => labels[c.LeftOut]), "or"))} were not declared as an end.";
        }

        foreach (var row in analysis.Profile.Rows.Where(r => r.Necessity == LineStatus.Supports))
        {
            var on = analysis.HangsOn(row.End.Code).Select(f => $"'{analysis.Data.Functions.First(x => x.Id == f).Label}'").ToList();
            yield return $"{Name(row.End)}: that it is necessary hangs on {(on.Count == 0 ? "no function alone: only without all that is counted to it is life shorter beyond doubt" : $"{List(on)} being counted to it (functions.csv)")}.";
        }

        foreach (var row in analysis.Profile.Rows.Where(r => r.DefendsSomethingElse))
            yield return $"{Name(row.End)}: what is made good goes on being made good with its sensor blinded, so something else is defended, and defense does not vote for it.";
        foreach (var why in analysis.Profile.Rows.Where(r => r.Defense == LineStatus.Supports && r.Evidence.Sensor is not ("passed" or "in part")).GroupBy(r => r.Evidence.Sensor))
            yield return $"{List(why.Select(r => Name(r.End)))}: defense votes without a test of the sensor ({why.Key}); it may be something else that is defended.";
        if (analysis.AtHalfTheTime() is { } half)
        {
            var moved = analysis.Profile.Changed(half).ToList();
            yield return moved.Count == 0 ? "No verdict would change if only the first half of the time counted."
                : $"If only the first half of the time counted: {List(moved.Select(r => $"{Name(r.Now.End)} '{r.Other.Verdict}'"))}.";
        }

        foreach (var (dose, sized) in analysis.AtOtherDoses())
        {
            var moved = analysis.Profile.Changed(sized).ToList();
            var blows = dose switch { 0.5 => "blows of half the size", 1 => "the usual blows", _ => FormattableString.Invariant($"blows of {dose:0.##} times the size") };
            yield return moved.Count == 0 ? $"No verdict would change with {blows} at the first date{(dose == 1 ? " alone" : "")}."
                : $"With {blows} at the first date{(dose == 1 ? " alone" : "")}: {List(moved.Select(r => $"{Name(r.Now.End)} '{r.Other.Verdict}'"))}.";
        }

        if (analysis.AsMoreThanARemnant() is { } other)
        {
            const string rule = "once it has fewer than half of its founders' number for eight weeks";
            var moved = other.Rows.Where(r => r.Verdict != analysis.Profile.Rows.First(x => x.End.Code == r.End.Code).Verdict).ToList();
            yield return moved.Count == 0 ? $"No verdict would change if it counted as dead {rule}."
                : $"If it counted as dead {rule}: {List(moved.Select(r => $"{Name(r.End)} '{r.Verdict}'"))}.";
        }

        if (robustness is not { Models: > 0 })
            yield break;
        yield return $"{(robustness.Models < robustness.Planned ? $"{robustness.Models} of {robustness.Planned}" : $"{robustness.Models}")} models around this one, every parameter of the rules within a fifth of its value, {robustness.Pairs} pairs of runs each. "
            + "All together: the verdict with every model as one observation. Beyond its bound: share of the models that truly make good more than a fifth of a blow, lose more than a tenth of their life, or pick it (where that was learned: pick it more than in the first years). "
            + "Whether an end is moved as a means, and the sensor, are not tested in other models; a sensor that failed here keeps defense from voting over all of them.";
        foreach (var end in robustness.Ends.Where(e => !e.End.IsPlacebo))
        {
            var now = analysis.Profile.Rows.First(r => r.End.Code == end.End.Code).Verdict;
            string?[] lines =
            [
                Over("defends", end.Defense, v => $"{Math.Round(v, 2) + 0.0:0.00}"), Over("loses without", end.Necessity, v => $"{Math.Round(v) + 0.0:0} weeks"), Over(end.OfChange ? "picks more than at first by" : "picks", end.Choice, Signed),
            ];
            yield return $"{Name(end.End)}: {(robustness.Models < Robustness.FewestModels ? $"{end.Verdicts[0].Verdict} in {Words.Percent(end.Verdicts[0].Share)}" : end.Together)}{(end.Together == now ? "" : $" (here: {now})")}"
                + $"{string.Concat(lines.OfType<string>().Select(l => "; " + l))}.";
        }

        static string? Over(string what, LineOverModels line, Func<double, string> number) => line is { Mean: { Value: { } mean, Low: { } low, High: { } high }, Between: { } between, Beyond: { } beyond }
            ? $"{what} {number(mean)} [{number(low)}..{number(high)}], models differ by {number(Math.Abs(between)).TrimStart('+')}, beyond its bound in {Words.Percent(beyond)}" : null;
    }

    /// <summary>What a line needs, and what of it a book lacks.</summary>
    public static string Need(LineNeeds need)
    {
        ArgumentNullException.ThrowIfNull(need);
        return $"{need.Line}: {need.Needs}{(need.Lacks.Count == 0 ? "; all there" : $"; lacking {List(need.Lacks)}")}.";
    }

    /// <summary>Which verdicts hang on how activities are coded, and what each becomes; null for none.</summary>
    public static string? AtBounds(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var moved = analysis.Profile.Rows.Where(r => r.VerdictAtBounds.Low != r.Verdict || r.VerdictAtBounds.High != r.Verdict).ToList();
        return moved.Count == 0 ? null : $"With activities coded otherwise the verdict would be another: {string.Join("; ", moved.Select(Becomes))}.";

        static string Becomes(ProfileRow r) => $"{Name(r.End)} " + string.Join(", ", new[] { (Verdict: r.VerdictAtBounds.Low, At: "least"), (Verdict: r.VerdictAtBounds.High, At: "most") }
            .Where(b => b.Verdict != r.Verdict).Select(b => $"'{b.Verdict}' with its hours at their {b.At}"));
    }

    /// <summary>How far several coders agree for which end each activity was, or why that cannot be told; null for a model, or without activities.</summary>
    public static string? Coding(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Coding is not { } coding)
            return null;
        if (coding.Reliable is not { } reliable)
            return $"How far coders agree for which end an activity was cannot be told: {coding.Alpha.Why}.";
        static string Figure(Estimate e) => e is { Low: { } low, High: { } high } ? $"{e.Value:0.00} [{low:0.00}..{high:0.00}]" : $"{e.Value:0.00}";
        var agree = $"{coding.Coders} coders, {coding.Rows} activities of {coding.Kinds} kinds: Krippendorff's alpha {Figure(coding.Alpha)}{(coding.Kappa.Known ? $", Cohen's kappa {Figure(coding.Kappa)}" : "")}"
            + $" (1 all agree, 0 as by lot{(coding.Alpha.Why is { } why ? $"; no interval: {why}" : "")})";
        return reliable ? $"Coding: {agree}." : $"Coding: ends not reliably coded, since alpha is below {analysis.Settings.ReliableCoding:0.00}. {agree}. The shares of {analysis.Data.EffortIn} tell as much of the coders as of the organization; read the bounds, which span all of them.";
    }

    /// <summary>What limits the weights of the decisions by which an end is picked.</summary>
    public static IEnumerable<string> Limits(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return analysis.Choices.Where(c => c.HitRate is not null && (c.Why is not null || c.AlwaysDecided) && analysis.Data.AttributeEnds.Any(a => a.Decision == c.Kind && a.Weights != WeightOrigin.Scenario))
            .Select(c => $"Picks, by decisions of the kind '{c.Kind.Replace('_', ' ')}': {string.Join("; ", new[] { c.AlwaysDecided ? Separated(analysis, c) : null, c.Why is { } why ? Reason(analysis, why) : null }.OfType<string>())}.");
    }

    /// <summary>What is to be said where some combination of attributes always decides: weights are then no more than directions.</summary>
    public static string Separated(PurposeAnalysis analysis, RevealedPreferenceResult choice)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(choice);
        var always = choice.Attributes.Where(a => a.Code != RevealedPreference.Control)
            .Select(a => (a.Code, Always: Always(analysis, choice.Kind, a.Code))).Where(a => a.Always is not null).Select(a => $"{a.Always} '{a.Code.Replace('_', ' ')}'").ToList();
        return always.Count > 0 ? $"always chose {List(always)}, so weights tell the direction only" : "a combination of attributes always decides, so weights tell the direction only";
    }

    /// <summary>What would narrow the profile most.</summary>
    public static IEnumerable<string> WouldTellMost(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var (model, ends) = (analysis.Data.Source != EvidenceSource.Records, analysis.Profile.Rows.Count(r => !r.End.IsPlacebo));
        // the book of a simulated run: what it lacks, experiments on the scenario have
        var simulated = model && analysis.Data is { Lives.Count: 0, Defense.Count: 0 };
        foreach (var (next, place) in NextBest.Of(analysis).Take(model ? 2 : 3).Select((n, i) => (n, i)))
        {
            var what = (next.Line, next.Tested) switch
            {
                ("defense" or "necessity", false) when simulated => "experiments on the scenario that this is a run of, 'posiwid purpose SCENARIO'",
                (_, true) => $"{(model ? "more runs" : "more records")} for {next.Line}{(next.Times is { } times and < 100 ? $", about {Math.Max(2, Math.Ceiling(times)):0} times as many" : "")}",
                ("defense", _) => model ? "something that disturbs them" : "dated shocks from outside, with the measure that they hit (at most 'consistent with defense' comes of it), or a model of it",
                ("necessity", _) => model ? "something that can be taken away from them" : "a model of it: records of one organization cannot tell what it would die without",
                _ => model ? "an attribute of alternatives whose weight is learned" : "decisions with what else was on the table, scored before the choice",
            };
            yield return $"{(place == 0 ? "What would narrow this profile most" : "Next")}: {what} ({next.Line} of {(next.Ends.Count == ends && ends > 2 ? "all ends" : List(next.Ends.Select(Name)))}; {next.Bits:0.0} bits less to guess).";
        }
    }

    /// <summary>What could not be tested, and what would make it testable.</summary>
    public static IEnumerable<string> Missing(PurposeAnalysis analysis)
    {
        var ends = analysis.Profile.Rows.Count(r => !r.End.IsPlacebo);
        foreach (var group in analysis.Profile.Rows.Where(r => !r.End.IsPlacebo)
            .SelectMany(r => new[] { ("defense", r.Evidence.Defense, r.Defense), ("necessity", r.Evidence.Necessity, r.Necessity), ("choice", r.Evidence.Choice, r.Choice) }
                .Where(l => l.Item3 == LineStatus.NotTestable).Select(l => (Line: l.Item1, Why: Reason(analysis, l.Item2.Estimate.Why ?? "not tested"), r.End)))
            .GroupBy(m => (m.Line, m.Why)))
        {
            yield return $"{group.Key.Line}: {group.Key.Why} ({(group.Count() == ends && ends > 2 ? "all ends" : List(group.Select(m => Name(m.End))))})";
        }
    }
}
