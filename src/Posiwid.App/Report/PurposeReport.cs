using System.Globalization;
using Posiwid.App.Commands;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.App.Report;

/// <summary>The purpose profile as a page of HTML. It computes nothing; what it shows comes from <see cref="PurposeAnalysis"/>.</summary>
internal sealed class PurposeReport
{
    private readonly PurposeAnalysis analysis;
    private readonly HtmlPage page;

    private PurposeReport(PurposeAnalysis analysis, string title, string sub, BookEvidence? book)
    {
        this.analysis = analysis;
        page = new HtmlPage(title, sub, [PurposeWords.Paragraph(analysis)], Contents(book));
    }

    /// <summary>The page.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="sub">Where it comes from.</param>
    /// <param name="made">How it was made, in sentences.</param>
    /// <param name="book">The book that was read; null for a model.</param>
    /// <param name="robustness">What models around this one say; null if they were not tried.</param>
    public static string Of(PurposeAnalysis analysis, string title, string sub, IEnumerable<string> made, BookEvidence? book = null, Robustness? robustness = null)
    {
        var report = new PurposeReport(analysis, title, sub, book);
        report.Profile();
        report.SaysAndDoes();
        report.Gaps();
        if (analysis.Defense.Count > 0)
            report.Defense();
        if (analysis.Necessity.Count > 0)
            report.Necessity();
        if (analysis.Sets is { } sets)
            report.Sets(sets);
        if (analysis.Choices.Count > 0)
            report.Choices();
        if (PurposeWords.HasVerdicts(analysis))
            report.Firm(robustness);
        if (analysis.People is { } people)
            report.People(people);
        if (book is not null)
            report.Needs(book);
        report.Made(made);
        return report.page.End();
    }

    private IEnumerable<(string, string)> Contents(BookEvidence? book)
    {
        yield return ("profile", "End by end");
        yield return ("says", "Says and does");
        if (analysis.Defense.Count > 0)
            yield return ("defense", "What it defends");
        if (analysis.Necessity.Count > 0)
            yield return ("necessity", "What it needs");
        if (analysis.Sets is not null)
            yield return ("sets", "What is enough");
        if (analysis.Choices.Count > 0)
            yield return ("choices", "What it picks");
        if (PurposeWords.HasVerdicts(analysis))
            yield return ("firm", "How firm it is");
        if (analysis.People is not null)
            yield return ("people", "The people");
        if (book is not null && OnRecord(book).Count > 0)
            yield return ("records", "What the records hold");
        if (book is not null)
            yield return ("needs", "What each line needs");

        yield return ("made", "How this was made");
    }

    private void Profile()
    {
        page.Heading("profile", "End by end");
        foreach (var (table, at) in PurposePage.Tables(analysis).Select((t, i) => (t, i)))
        {
            if (at > 0)
                page.Raw.Append(CultureInfo.InvariantCulture, $"<h3>{HtmlPage.E(table.Heading)}</h3>\n");
            // the verdict stands beside the end, where a narrow screen shows it, too
            int[] order = [0, .. Enumerable.Range(1, table.Head.Count - 1).OrderBy(c => table.Head[c] != "verdict")];
            page.WholeTable([.. order.Select(c => c == 0 ? "end" : table.Head[c])], "text", table.Rows.Select(r => (string[])[.. order.Select(c => r[c])]));
        }

        page.Note("Says: rank among the stated aims. Hours: share, with the bounds of how activities are coded. Money: share of what is spent. Defends: share of a blow that its own decisions make good (1 all, 0 none, below 0 made worse); if favored: the same of a windfall; sensor: whether the defense was gone with the sensor blinded. Life lost: share of its usual life that it loses without what serves the end. Picks: weight in its choices, -1 to 1. With 95% intervals, in words where they are wider than half the scale, none where data are too few. The grade, A to D, says how good the evidence is.");
        if (PurposeWords.OnRecord(analysis) is { } record)
            page.Note(record);
        var runs = analysis.Data.Hours.Count > 1;
        page.Raw.Append("<details><summary>Figures, tests and codes</summary>");
        page.Table(["end", $"{analysis.Data.EffortIn} share{(runs ? ", all runs together" : "")}, coding bounds", runs ? "mean of the runs' shares, 90% of runs" : "95%, weeks resampled", "money share", "D after harm, 95%", "D after favor", "in words", "sensor test", "weeks lost, 95%", "without", "choice weight, 95%", "at coding bounds", "grade"], "text", analysis.Profile.Rows.Select(r =>
        {
            var e = r.Evidence;
            return (string[])
            [
                r.End.Code, e.Effort is { } f ? $"{f.Share:0.000} [{f.Low:0.000}..{f.High:0.000}]" : "–", Interval(e.EffortInterval), Interval(e.Money), Interval(e.Defense.Estimate), Interval(e.DefenseUp),
                e.DefenseWord, e.Sensor, Interval(e.Necessity.Estimate, "0"), string.Join(", ", e.Functions), Interval(e.Choice.Estimate), r.VerdictAtBounds.Low == r.VerdictAtBounds.High ? "the same" : $"{r.VerdictAtBounds.Low} / {r.VerdictAtBounds.High}", r.Grade.ToString(),
            ];
        }));
        var coding = PurposeWords.Coding(analysis);
        if (coding is not null && analysis.Coding!.Reliable is null)
            page.Note(coding);
        page.Raw.Append("</details>\n");
        if (coding is not null && analysis.Coding!.Reliable is not null)
            page.Note(coding);
        if (PurposeWords.AtBounds(analysis) is { } bounds)
            page.Note(bounds);
        foreach (var limits in PurposeWords.Limits(analysis))
            page.Note(limits);
        foreach (var missing in PurposeWords.Missing(analysis))
            page.Note("Not tested: " + missing + ".");
        foreach (var next in PurposeWords.WouldTellMost(analysis))
            page.Note(next);
    }

    private void SaysAndDoes()
    {
        page.Heading("says", $"What it says, and what its {analysis.Data.EffortIn} go to");
        var rows = analysis.Profile.Rows.Where(r => !r.End.IsPlacebo && r.Evidence.Effort is not null).ToList();
        if (rows.Count == 0)
        {
            page.Note(analysis.Data.Hours.Sum(run => run.Sum(h => h.Value)) > 0 ? "What is recorded serves no end in the coding." : "No hours are recorded.");
            return;
        }

        var said = analysis.SaidByWeight ? analysis.Data.Said.Sum(a => a.Weight!.Value) : 0;
        var ends = rows.Select(r => new SaidAndDone(
            // where only ranks are stated, these stand beside the names
            Words.Short(r.End) + (said > 0 || r.Evidence.SaidRank is null ? "" : $" (said #{r.Evidence.SaidRank})"), r.Evidence.SaidWeight is { } w && said > 0 ? w / said : double.NaN, r.Evidence.Money.Value ?? double.NaN, r.Evidence.Effort!.Share, r.Evidence.Effort.Low, r.Evidence.Effort.High)).ToList();
        page.Figure("ends", "Said and done", $"Share of the {analysis.Data.EffortIn} that serves each end; the thin line shows how far the share depends on how activities are coded.{(said > 0 ? " The circle is the weight of a stated aim among all of them." : "")} The aims: {(analysis.Data.SaidIn.Length > 0 ? analysis.Data.SaidIn : "as stated")}.", "tall",
            Charts.SaidDone(ends, "share of the money out", $"share of the {analysis.Data.EffortIn}"), ["end", "said", "money", analysis.Data.EffortIn, "at least", "at most"],
            ends.Select(r => new[] { r.Said, r.AtFirst, r.Settled, r.AtLeast, r.AtMost }), ends.Select(r => r.Name));
    }

    private void Gaps()
    {
        foreach (var sentence in PeopleWords.SayDo(analysis))
            page.Note(sentence);
        if (analysis.Agreement.Count > 0)
        {
            page.Raw.Append("<details class=\"print\"><summary>How far the lines agree</summary>");
            page.Table(["lines", "ends", "tau-b", "exact p"], "text", analysis.Agreement.Select(a => new[]
            {
                $"{a.First} and {a.Second}", a.Ends.ToString(CultureInfo.InvariantCulture), a.Result.Tau.Value is { } t ? t.ToString("0.00", CultureInfo.InvariantCulture) : a.Result.Tau.Why ?? "–",
                a.Result.PValue is { } p ? PurposeWords.P(p) : "–",
            }));
            page.Raw.Append("</details>\n");
        }

        var gaps = analysis.SayDo.Where(g => g.Ends.Any(e => e.Gap.Known)).ToList();
        if (gaps.Count == 0)
            return;
        page.Raw.Append("<details class=\"print\"><summary>Said and done, end by end</summary>");
        page.Table(["revealed by", "end", "said", "done", "gap in points, 95%", "ranks"], "text", gaps.SelectMany(g => g.Ends.Where(e => e.Gap.Known).Select(e => new[]
        {
            g.Revealed.ToString().ToLowerInvariant(), e.End, Words.Percent(e.Said ?? double.NaN), Words.Percent(e.Done ?? double.NaN), Interval(e.Gap, "0"), $"{e.SaidRank} / {e.DoneRank}",
        })));
        page.Raw.Append("</details>\n");
    }

    private void People(PeopleFlow flow)
    {
        page.Heading("people", "The people");
        foreach (var sentence in PeopleWords.Of(flow))
            page.Note(sentence);
        var cut = flow.Settings.SmallestCell;
        List<Series> lines = [];
        double[] months = [.. Enumerable.Range(0, 121).Select(m => (double)m)];
        void Curve(string name, Purpose.Statistics.SurvivalCurve? curve)
        {
            if (curve is null)
                return;
            var last = curve.CutAt(cut) ?? 0;
            lines.Add(new(name, [.. months.Select(m => m * 52.18 / 12 <= last ? flow.StillThere(curve, m * 52.18 / 12).Value ?? double.NaN : double.NaN)]));
        }

        Curve("first time", flow.Retention?.First);
        Curve("came back", flow.Retention?.Later);
        Curve("in office", flow.Entrenchment?.Tenures);
        if (lines.Count > 0)
        {
            page.Figure("stay", "Who stays", $"Share still there by months since they joined, came back or took office (Kaplan-Meier with delayed entry){(cut > 0 ? $"; left out while some and fewer than {cut} are gone, cut where fewer than {cut} are left" : "")}.", "tall",
                Charts.Lines(months, lines, "percent", "months"), ["months", .. lines.Select(l => l.Name)], months.Select((_, i) => lines.Select(l => l.Values[i]).ToArray()), months.Select(m => m.ToString(CultureInfo.InvariantCulture)));
        }

        if (flow.Cohorts.Count > 1)
        {
            page.Raw.Append("<details class=\"print\"><summary>By year of joining</summary>");
            page.Table(["year", "joined", "still there after a year, 95%"], "text", flow.Cohorts.Select(c => new[] { c.Year.ToString(CultureInfo.InvariantCulture), c.Joiners.ToString(CultureInfo.InvariantCulture), Interval(flow.StillThere(c.Curve!, 52)) + (c.Curve!.Start > 0 ? FormattableString.Invariant($" of those there after {c.Curve.Start:0.#} weeks") : "") }));
            if (flow.Cohorts.Count < flow.Retention!.Cohorts.Count(c => c.Curve is not null))
                page.Note($"Years are left out of which fewer than {cut} left or stayed, and those by which others could be had.");
            page.Raw.Append("</details>\n");
        }
    }

    private void Firm(Robustness? robustness)
    {
        page.Heading("firm", "How firm it is");
        foreach (var sentence in PurposeWords.Firm(analysis, null))
            page.Note(sentence);
        if (robustness is not { Models: > 0 })
            return;
        page.Note($"The same experiments with {(robustness.Models < robustness.Planned ? $"{robustness.Models} of {robustness.Planned}" : $"{robustness.Models}")} models around this one, every parameter of the rules within a fifth of its value, {robustness.Pairs} pairs of runs each. All together: the verdict with every model as one observation. "
            + "For each line: mean over the models with its 95% interval; by how much models differ (standard deviation, the noise of their runs taken out); share of the models that are truly beyond what the line asks for (a fifth of a blow, a tenth of the usual life, a weight above 0). Picks: where a weight was learned, its change since the first years. Whether an end is moved as a means, and the sensor, are not tested in other models; a sensor that failed here keeps defense from voting over all of them.");
        page.Table(["end", "all together", "defense", "differ", "beyond", "weeks lost", "differ", "beyond", "picks", "differ", "beyond"], "text", robustness.Ends.Select(e => (string[])
        [
            Words.Short(e.End), e.Together, .. Over(e.Defense, "0.00"), .. Over(e.Necessity, "0"), .. Over(e.Choice, "0.00"),
        ]));
        page.Raw.Append("<details class=\"print\"><summary>Every model's own verdicts</summary>");
        page.Table(["end", "verdicts", "defense", "life", "picks"], "text", robustness.Ends.Select(e => new[]
        {
            Words.Short(e.End), string.Join(", ", e.Verdicts.Select(v => $"{v.Verdict} {Words.Percent(v.Share)}")), Words.Percent(e.Defense.Supports), Words.Percent(e.Necessity.Supports), Words.Percent(e.Choice.Supports),
        }));
        page.Note("Share of the models with each verdict, and in whose own profile each line speaks for the end. With few pairs a model's own tests find little.");
        page.Raw.Append("</details>\n");

        static string[] Over(LineOverModels line, string format) => line is { Between: { } between, Beyond: { } beyond }
            ? [Interval(line.Mean, format), between.ToString(format, CultureInfo.InvariantCulture), Words.Percent(beyond)] : [line.Mean.Why ?? "–", "–", "–"];
    }

    /// <summary>What was picked, by kind of decision: in a sentence, and attribute by attribute a fold away.</summary>
    private void Choices()
    {
        page.Heading("choices", "What it picks");
        page.Note("Which attributes of alternatives make them chosen (conditional logit, McFadden 1974). Weights that a scenario set are shown too; they do not vote.");
        foreach (var (choice, sentence) in analysis.Choices.Zip(BookWords.Choices(analysis)))
        {
            page.Note(sentence);
            if (choice.HitRate is null)
                continue;
            // what is given up for one unit of each other, in units of the attribute that weighs most
            var most = choice.Attributes.Where(a => a.PValue < 0.05 && a.Code != RevealedPreference.Control).MaxBy(a => Math.Abs(a.Weight.Value ?? 0));
            page.Raw.Append(CultureInfo.InvariantCulture, $"<details class=\"print\"><summary>{HtmlPage.E($"{choice.Kind.Replace('_', ' ')}: every attribute")}</summary>");
            page.Table(["attribute", "weight, 95%", "p", most is null ? "exchange rate" : $"given up for one of it, in {most.Code.Replace('_', ' ')}, 95%", "to be known"], "text", choice.Attributes.Select(a => new[]
            {
                a.Code.Replace('_', ' '), choice.AlwaysDecided ? "direction only" : Interval(a.Weight, "0.00"), a.PValue is { } p ? PurposeWords.P(p) : "–",
                most is null || a == most || choice.AlwaysDecided ? "–" : Interval(choice.Exchange(most.Code, a.Code), "0.00"), a.Note ?? "–",
            }));
            page.Note($"Weight: share of what all attributes weigh, with its sign. '{RevealedPreference.Control.Replace('_', ' ')}' was drawn by lot, as a control. The exchange rate is the ratio of two coefficients; what weighs nothing for certain cannot be given up.");
            page.Raw.Append("</details>\n");
        }
    }

    /// <summary>What the records hold, heading by heading.</summary>
    private List<(string Heading, List<string> Sentences)> OnRecord(BookEvidence book) =>
        [.. new (string, List<string> Sentences)[] { ("What was done, kind by kind", [.. BookWords.Kinds(analysis)]), ("Blows on record", [.. BookWords.Blows(analysis, book.From)]) }.Where(r => r.Sentences.Count > 0)];

    private void Needs(BookEvidence book)
    {
        var record = OnRecord(book);
        if (record.Count > 0)
            page.Heading("records", "What the records hold");
        foreach (var (heading, sentences) in record)
        {
            page.Raw.Append(CultureInfo.InvariantCulture, $"<h3>{HtmlPage.E(heading)}</h3>\n");
            sentences.ForEach(page.Note);
        }

        page.Heading("needs", "What each line needs");
        page.Table(["line", "needs", "lacking here"], "text", book.Needs.Select(n => new[] { n.Line, n.Needs, n.Lacks.Count == 0 ? "nothing" : string.Join(", ", n.Lacks) }));
    }

    private void Defense()
    {
        page.Heading("defense", "What it defends");
        page.Note("A blow from outside, with the same luck in every arm. Live: the organization decides as it does. Replayed: it decides what it decided without the blow, so what still comes back comes back by itself. The gap between the two is its defense.");
        var rows = analysis.Profile.Rows.Where(r => r.Evidence.Defense.Estimate.Known || r.Evidence.DefenseUp.Known).ToList();
        static (double, double, double) Of(Estimate e) => (Clip(e.Value), Clip(e.Low), Clip(e.High));
        static double Clip(double? v) => v is { } x ? Math.Clamp(x, -1, 1.5) : double.NaN;
        page.Figure("defended", "Share of a blow that its own decisions make good", "1: all of it, 0: none, below 0: made worse (cut at -1 and 1.5). 95% intervals over paired runs.", "tall",
            Charts.Marks([.. rows.Select(r => Words.Short(r.End))], [("after harm", [.. rows.Select(r => Of(r.Evidence.Defense.Estimate))]), ("after favor", [.. rows.Select(r => Of(r.Evidence.DefenseUp))])]),
            ["end", "after harm", "low", "high", "after favor", "low", "high"],
            rows.Select(r => new[] { r.Evidence.Defense.Estimate, r.Evidence.DefenseUp }.SelectMany(e => new[] { e.Value ?? double.NaN, e.Low ?? double.NaN, e.High ?? double.NaN }).ToArray()), rows.Select(r => Words.Short(r.End)));
        page.Raw.Append("<div class=\"pair\">");
        foreach (var row in analysis.Profile.Rows)
        {
            if (analysis.Defense.FirstOrDefault(d => d.Trial is { Dose: -1, Lasts: false, Channel: null } && d.Trial.End == row.End.Code && d.Pairs > 0) is { } blow)
                Curve(row.End, blow.Trial);
        }

        foreach (var row in analysis.Profile.Rows.Where(r => !r.End.IsPlacebo))
            Doses(row.End);
        page.Raw.Append("</div>\n");
        Recovery();
        Channels();
        Stability();
    }

    /// <summary>What comes back by itself and by acting, under a push that lasts, at what dose it gives way, and who dies of it.</summary>
    private void Recovery()
    {
        page.Raw.Append("<details class=\"print\"><summary>What comes back by itself, lasting pushes, blows of several sizes and deaths</summary>");
        page.Table(["end", "in words", "back by itself after two years", "back by acting", "lasting push, last third, 95%", "gives way at dose", "more deaths, share of runs", "decisions not replayed, a run"], "text", analysis.Profile.Rows.SelectMany(r =>
        {
            var blows = analysis.Defense.Where(d => d.Trial.End == r.End.Code && d.Trial is { Dose: -1, Channel: null }).ToList();
            if (blows.FirstOrDefault(d => !d.Trial.Lasts) is not { } once)
                return (IEnumerable<string[]>)[];
            var (passive, active) = once.Recovery.Count > 0 ? once.Recovery[^1] : (double.NaN, double.NaN);
            var half = Purpose.Lines.Defense.DoseOfHalf([.. analysis.Doses(r.End.Code).Select(d => (-d.Trial.Dose, d.Share.Value!.Value))]);
            return [[r.End.Code, once.Word, once.Share.Known ? Words.Percent(passive) : "–", once.Share.Known ? Words.Percent(active) : "–", blows.FirstOrDefault(d => d.Trial.Lasts) is { } push ? PurposeWords.Defended(push.Late) : "–", half is { } dose ? Words.Number(dose) : "–", once.MoreDeaths.Value is { } more ? $"{more:+0%;-0%;0%}" : "–", once.Trial.Clipped?.ToString("0", CultureInfo.InvariantCulture) ?? "–"]];
        }));
        page.Raw.Append("</details>\n");
    }

    private void Curve(End end, DefenseTrial trial)
    {
        int[] pairs = [.. Enumerable.Range(0, trial.Live.Count).Where(i => trial.Live[i] is not null && trial.Live[i]!.All(double.IsFinite) && trial.Undisturbed[i]!.All(double.IsFinite) && trial.Replayed[i]!.All(double.IsFinite))];
        if (pairs.Length == 0)
            return;
        var samples = trial.Live[pairs[0]]!.Length;
        double[] weeks = [.. Enumerable.Range(1, samples).Select(s => (double)s * trial.WeeksBetween)];
        double[] Mean(IReadOnlyList<double[]?> arm) => [.. Enumerable.Range(0, samples).Select(s => pairs.Average(i => arm[i]![s] - trial.Undisturbed[i]![s]))];
        List<Series> lines = [new("live", Mean(trial.Live)) { Width = 5 }, new("replayed", Mean(trial.Replayed))];
        if (trial.Blinded is { } blinded)
            lines.Add(new("sensor blinded", Mean(blinded)) { Dashed = true });
        var measured = (end.MeasuredBy ?? end.Measure ?? "").Split(';')[0];
        page.Figure($"curve-{end.Code}", Words.Short(end), $"Difference that the blow makes to: {measured}. Mean of {pairs.Length} pairs.", "small",
            Charts.Lines(weeks, lines, measured, "weeks after"), ["weeks after", .. lines.Select(l => l.Name)], Enumerable.Range(0, samples).Select(s => lines.Select(l => l.Values[s]).ToArray()), weeks.Select(w => w.ToString(CultureInfo.InvariantCulture)));
    }

    private void Doses(End end)
    {
        var curve = analysis.Doses(end.Code);
        if (curve.Count < 2 || curve.All(d => d.Share.Low is null or <= 0))
            return;
        double[] doses = [.. curve.Select(d => -d.Trial.Dose)];
        List<Series> lines = [new("share made good", [.. curve.Select(d => d.Share.Value!.Value)]), new("lower end, 95%", [.. curve.Select(d => d.Share.Low ?? double.NaN)]) { Dashed = true }, new("upper end, 95%", [.. curve.Select(d => d.Share.High ?? double.NaN)]) { Dashed = true }];
        page.Figure($"dose-{end.Code}", $"{Words.Short(end)}: blows of several sizes", "Share of the blow that is made good, with the ends of its 95% interval. A defense gives way where a blow is larger than what it has to answer with (Ashby 1956). 1 is the usual blow.", "small",
            Charts.Lines(doses, lines, "share made good", "dose"), ["dose", .. lines.Select(l => l.Name)], curve.Select((_, i) => lines.Select(l => l.Values[i]).ToArray()), doses.Select(d => d.ToString(CultureInfo.InvariantCulture)));
    }

    private void Stability()
    {
        if (analysis.Stability.Count == 0)
            return;
        page.Raw.Append("<details class=\"print\"><summary>In ordinary times: deciding, and deciding nothing new</summary>");
        page.Table(["end", "from week", "stability 1 - sd(live)/sd(frozen), 95%", "bits, 95%", "bits of decisions in four weeks", "which is"], "text", analysis.Stability.Select(s => RequisiteVariety.Of(s.Result.Bits, s.Trial.Actions) is var variety ? new[]
        {
            s.Trial.End, s.Trial.Week.ToString(CultureInfo.InvariantCulture), Interval(s.Result.Stability), Interval(s.Result.Bits), variety.Entropy?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–", variety.Word,
        } : []));
        page.Note("Ashby (1956): only variety absorbs variety. Deciding cannot steady a quantity by more bits than the decisions themselves have; where it seems to, something else acts.");
        page.Raw.Append("</details>\n");
    }

    private void Channels()
    {
        if (analysis.Channels.Count > 0)
        {
            page.Raw.Append("<h3>By which decisions it defends</h3>");
            page.Table(["end", "decisions", "part in what is made good (Shapley), 95%", "lost when it alone is replayed", "made good when it alone decides"], "text", analysis.Channels.SelectMany(c => c.Shares.Select(s => new[]
            {
                Name(c.Trial.End), s.Channel.Replace('_', ' '), Interval(s.Shapley, "0.00"), Interval(s.Lost, "0.00"), Interval(s.Alone, "0.00"),
            })));
            page.Note("The blow of the first date with some decisions live and the others as they were without it, in every combination. Shares of the blow; the parts of an end sum to the share that it makes good at that date. The decisions that stand alone are those that matter most.");
        }

        var rows = analysis.Defense.Where(d => d.Trial.Channel is not null && d.Share.Value is { } v && d.Share.Low > 0 && v >= 0.05).ToList();
        if (rows.Count == 0)
            return;
        page.Raw.Append("<details class=\"print\"><summary>Every kind of decision by itself</summary>");
        page.Table(["end", "decisions", "share that goes when these alone are replayed, 95%"], "text", rows.Select(d => new[] { Name(d.Trial.End), d.Trial.Channel!.Replace('_', ' '), Interval(d.Share) }));
        page.Raw.Append("</details>\n");
    }

    private void Necessity()
    {
        page.Heading("necessity", "What it needs");
        page.Note("Runs with the same luck, with something taken away from the founding on. Weeks of life lost, up to the last week looked at; hours that are set free go to the other activities in proportion.");
        if (analysis.Data.Fates.Count > 0)
            page.Note(PurposeWords.Fates(analysis));
        var singles = analysis.Necessity.Where(n => n.Trial is { Without.Count: 1, Freed: "pro_rata", Share: 1 }).OrderByDescending(n => n.Result.WeeksLost.Value ?? double.NegativeInfinity).ToList();
        string Label(string id) => analysis.Data.Functions.FirstOrDefault(f => f.Id == id)?.Label ?? id;
        var untested = singles.Where(n => !n.Result.WeeksLost.Known).ToList();
        singles.RemoveAll(n => !n.Result.WeeksLost.Known);
        foreach (var group in untested.GroupBy(n => PurposeWords.Reason(analysis, n.Result.WeeksLost.Why ?? "not known")))
            page.Note($"No test of {PurposeWords.List(group.Select(n => Label(n.Trial.Without[0])))}: {group.Key}.");
        if (singles.Count > 0)
            page.Figure("lost", "Weeks of life lost without it", "95% intervals over paired runs; below 0 it lives longer without.", singles.Count > 9 ? "long" : singles.Count > 3 ? "tall" : "small",
            Charts.Marks([.. singles.Select(n => Label(n.Trial.Without[0]))], [("weeks lost", [.. singles.Select(n => (n.Result.WeeksLost.Value ?? double.NaN, n.Result.WeeksLost.Low ?? double.NaN, n.Result.WeeksLost.High ?? double.NaN))])]),
            ["taken away", "weeks lost", "low", "high"], singles.Select(n => new[] { n.Result.WeeksLost.Value ?? double.NaN, n.Result.WeeksLost.Low ?? double.NaN, n.Result.WeeksLost.High ?? double.NaN }), singles.Select(n => Label(n.Trial.Without[0])));

        var horizon = analysis.Data.Horizon;
        double[] years = [.. Enumerable.Range(0, (horizon / 52) + 1).Select(y => (double)y)];
        Series Alive(string name, LifeTrial life) => new(name, [.. years.Select(y => life.Weeks.Count(w => w >= Math.Min(52 * y, horizon)) / (double)life.Weeks.Count)]);
        List<Series> lines = [Alive("everything in place", analysis.Data.Lives[0]), .. singles.Where(n => n.Result.PValue < 0.05).Take(7).Select(n => Alive("without " + Label(n.Trial.Without[0]), n.Trial))];
        page.Figure("survival", "Still alive", "Share of runs, with everything in place and without what changes the length of life most.", "tall", Charts.Lines(years, lines, "percent", "years since the founding"),
            ["years", .. lines.Select(l => l.Name)], years.Select((_, i) => lines.Select(l => l.Values[i]).ToArray()), years.Select(y => y.ToString(CultureInfo.InvariantCulture)));

        page.Raw.Append("<details class=\"print\"><summary>Everything that was taken away</summary>");
        page.Table(["taken away", "freed hours", "weeks lost, 95%", "p"], "text", analysis.Necessity.Select(n => new[]
        {
            (n.Trial.Share < 1 ? "half of " : "") + string.Join(" and ", n.Trial.Without), n.Trial.Freed.Replace('_', ' '), Interval(n.Result.WeeksLost, "0"), n.Result.PValue is { } p ? PurposeWords.P(p) : PurposeWords.Reason(analysis, n.Result.WeeksLost.Why ?? "–"),
        }));
        page.Raw.Append("</details>\n");
        Interactions();
    }

    private void Interactions()
    {
        var telling = analysis.Interactions.Where(i => i.Weeks is { Low: > 0 } or { High: < 0 }).OrderBy(i => i.Weeks.Value).ToList();
        if (analysis.Interactions.Count == 0)
            return;
        page.Raw.Append("<details class=\"print\"><summary>Two at once: what stands in for what</summary>");
        page.Table(["two functions", "weeks by which losing both differs from the two losses, 95%", "so they"], "text", telling.Select(i => new[] { $"{i.First} and {i.Second}", Interval(i.Weeks, "0"), i.Weeks.Value < 0 ? "stand in for one another" : "need one another" }));
        page.Note($"Of {analysis.Interactions.Count} pairs; those whose interval holds 0 are left out. Not corrected for their number.");
        page.Raw.Append("</details>\n");
    }

    private void Sets(FunctionSetsResult sets)
    {
        page.Heading("sets", "What is enough");
        page.Note($"Every combination of {sets.Names.Count} functions was run on the same {sets.Seeds} seeds. A set is enough if it gives {analysis.Settings.Viable:0%} of the whole's life beyond doubt; smallest sets only.");
        page.Table(["function", "Shapley value, weeks", "lost without it", "given by it alone"], "text", sets.Functions.Select(f => new[] { f.Name, Interval(f.Shapley, "0"), Interval(f.KnockOutLoss, "0"), Interval(f.Sufficiency, "0") }));
        page.Raw.Append("<h3>Smallest sets that are enough</h3>");
        page.Table(["set", "found in", "life, weeks"], "text", sets.MinimalViable.Select(s => new[] { string.Join(", ", s.Names), s.Frequency is { } f ? $"{f:0%} of resamples" : "–", Interval(s.Life, "0") }));
        page.Raw.Append("<h3>Smallest sets whose loss is too much</h3>");
        page.Table(["set", "found in", "life without, weeks"], "text", sets.MinimalCuts.Select(s => new[] { string.Join(", ", s.Names), s.Frequency is { } f ? $"{f:0%} of resamples" : "–", Interval(s.Life, "0") }));
        Interactions(sets);
        page.Note(SetWords.Harmful(sets));
        if (sets.Harmful.Count > 0)
        {
            page.Raw.Append("<details class=\"print\"><summary>Where a function shortens life</summary>");
            page.Table(["function", "beside", "weeks that it adds, 95%"], "text", sets.Harmful.Select(h => new[] { h.Name, h.Beside.Count == 0 ? "nothing" : string.Join(", ", h.Beside), Interval(h.Gain, "0") }));
            page.Raw.Append("</details>\n");
        }

        page.Note(SetWords.Beer(analysis.Beer!));
    }

    private void Interactions(FunctionSetsResult sets)
    {
        if (sets.Pairs.Count == 0)
            return;
        var pairs = sets.Pairs.OrderByDescending(p => Math.Abs(p.Shapley.Value ?? 0)).Take(15).OrderBy(p => p.Shapley.Value).ToList();
        string[] names = [.. pairs.Select(p => $"{p.First} and {p.Second}")];
        double[][] values = [.. pairs.Select(p => new[] { p.Shapley.Value ?? double.NaN, p.Shapley.Low ?? double.NaN, p.Shapley.High ?? double.NaN })];
        page.Figure("interactions", "What stands in for what", "Interaction index of two functions over all combinations of the others (Grabisch and Roubens 1999), weeks of life with 95% intervals: below 0 the two stand in for one another, above 0 they need one another."
            + (pairs.Count < sets.Pairs.Count ? $" The {pairs.Count} largest of {sets.Pairs.Count} pairs." : ""), pairs.Count > 9 ? "long" : pairs.Count > 3 ? "tall" : "small",
            Charts.Marks(names, [("interaction index", [.. values.Select(v => (v[0], v[1], v[2]))])]), ["two functions", "interaction index, weeks", "low", "high"], values, names);
        page.Raw.Append("<details class=\"print\"><summary>Every pair</summary>");
        page.Table(["two functions", "interaction index, weeks, 95%", "with all others there, 95%"], "text", sets.Pairs.Select(p => new[] { $"{p.First} and {p.Second}", Interval(p.Shapley, "0"), Interval(p.InContext, "0") }));
        page.Raw.Append("</details>\n");
    }

    private void Made(IEnumerable<string> made)
    {
        page.Heading("made", "How this was made");
        foreach (var sentence in made)
            page.Note(sentence);
        var s = analysis.Settings;
        page.Note($"Conventions: {analysis.Profile.Tests} {(analysis.Profile.Tests == 1 ? "test" : "tests")}, Holm (1979) at {s.FamilyLevel:0.##}; defended: more than {s.Defended:0%} of a blow made good, lower limit; necessary: more than {s.LifeLost:0%} of the usual life lost; top and bottom third by hours and by rank. posiwid {JsonOutput.Version}.");
    }

    private string Name(string end) => PurposeWords.Name(analysis.Data.Ends.All.First(e => e.Code == end));

    private static string Interval(Estimate e, string format = "0.000")
    {
        return e.Value is not { } v ? e.Why ?? "–" : e is { Low: { } low, High: { } high } ? $"{Figure(v)} [{Figure(low)}..{Figure(high)}]" : Figure(v);

        // what is 0 when rounded has no sign
        string Figure(double x) => x.ToString(format, CultureInfo.InvariantCulture) is var text && text.StartsWith('-') && !text.Any(c => c is >= '1' and <= '9') ? text[1..] : text;
    }
}
