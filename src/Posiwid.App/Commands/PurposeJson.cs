using System.Text.Json;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;

namespace Posiwid.App.Commands;

/// <summary>A purpose profile as JSON, by the output contract: every line of evidence is an object with value, low, high, tested and why.</summary>
internal static class PurposeJson
{
    public static void Write(Utf8JsonWriter json, PurposeAnalysis analysis)
    {
        json.WriteString("plain", PurposeWords.Paragraph(analysis));
        json.WriteString("source", JsonNamingPolicy.CamelCase.ConvertName(analysis.Data.Source.ToString()));
        json.WriteNumber("tests", analysis.Profile.Tests);
        json.WriteBoolean("failedItsControl", analysis.Profile.FailedItsControl);
        json.WriteObjects("ends", analysis.Profile.Rows, row =>
        {
            var e = row.Evidence;
            json.WriteString("end", row.End.Code);
            json.WriteLine("said", e.SaidWeight is { } weight ? Estimate.Bare(weight, "it is taken as it is stated") : Estimate.Unknown(e.SaidRank is null ? "it is not among the stated aims" : "only ranks are stated"), false,
                () => json.WriteKnown("rank", e.SaidRank));
            json.WriteLine("effort", e.Effort is { } effort ? Estimate.Of(effort.Share, effort.Low, effort.High) with { Why = analysis.Data.HoursAreCounts ? "share of activities: no hours are on record" : null } : Estimate.Unknown("no hours are recorded"), false);
            json.WriteLine("effortOverRuns", e.EffortInterval, false);
            json.WriteLine("money", e.Money, false);
            json.WriteLine("defense", e.Defense.Estimate, row.Defense != LineStatus.NotTestable, () =>
            {
                json.WriteString("word", e.DefenseWord);
                json.WriteString("sensor", e.Sensor);
                json.WriteBoolean("usedAsMeans", row.UsedAsMeans);
                json.WriteBoolean("somethingElse", row.DefendsSomethingElse);
                json.WriteBoolean("oneSided", row.OneSided);
                json.WriteString("says", Name(row.Defense));
            });
            json.WriteLine("defenseUp", e.DefenseUp, false);
            json.WriteLine("necessity", e.Necessity.Estimate, row.Necessity != LineStatus.NotTestable, () =>
            {
                json.WriteStrings("without", e.Functions);
                json.WriteStrings("hangsOn", analysis.HangsOn(row.End.Code));
                json.WriteString("says", Name(row.Necessity));
            });
            json.WriteLine("choice", e.Choice.Estimate, row.Choice != LineStatus.NotTestable, () => json.WriteString("says", Name(row.Choice)));
            json.WriteString("verdict", row.Verdict);
            json.WriteString("verdictAtLeast", row.VerdictAtBounds.Low);
            json.WriteString("verdictAtMost", row.VerdictAtBounds.High);
            json.WriteString("grade", row.Grade.ToString());
            json.WriteBoolean("placebo", row.End.IsPlacebo);
        });
        LinesJson.Write(json, analysis);
        json.WriteObjects("agreement", analysis.Agreement, a =>
        {
            json.WriteStrings("lines", [a.First, a.Second]);
            json.WriteNumber("ends", a.Ends);
            json.WriteLine("tau", a.Result.Tau, a.Result.PValue is not null, () => P(a.Result.Tau, a.Result.PValue));
        });
        var (lines, known, all) = analysis.Concordance;
        json.WriteStartObject("concordance");
        json.WriteStrings("lines", lines);
        json.WriteNumber("ends", known);
        json.WriteLine("w", all.W, all.PValue is not null, () => json.WriteKnown("p", all.PValue));
        json.WriteEndObject();
        json.WriteObjects("horizon", Changed(analysis, analysis.AtHalfTheTime()), h =>
        {
            json.WriteString("end", h.Now.End.Code);
            json.WriteString("verdict", h.Now.Verdict);
            json.WriteString("verdictAtHalf", h.Other.Verdict);
            json.WriteBoolean("necessary", h.Now.Necessity == LineStatus.Supports);
            json.WriteBoolean("necessaryAtHalf", h.Other.Necessity == LineStatus.Supports);
        });
        json.WriteObjects("otherDoses", analysis.AtOtherDoses(), d =>
        {
            json.WriteNumber("dose", -d.Dose);
            json.WriteString("at", "first date");
            json.WriteObjects("ends", d.Profile.Rows, r =>
            {
                json.WriteString("end", r.End.Code);
                json.WriteString("verdict", r.Verdict);
                json.WriteLine("defense", r.Evidence.Defense.Estimate, r.Defense != LineStatus.NotTestable, () => json.WriteString("says", Name(r.Defense)));
            });
        });
        if (analysis.AsMoreThanARemnant() is { } other)
        {
            json.WriteObjects("asMoreThanARemnant", other.Rows, r =>
            {
                json.WriteString("end", r.End.Code);
                json.WriteString("verdict", r.Verdict);
                json.WriteLine("weeksLost", r.Evidence.Necessity.Estimate, r.Necessity != LineStatus.NotTestable);
            });
        }

        json.WriteObjects("wouldTellMost", NextBest.Of(analysis), n =>
        {
            json.WriteString("line", n.Line);
            json.WriteStrings("ends", n.Ends.Select(e => e.Code));
            json.WriteFigure("bits", n.Bits);
            json.WriteBoolean("tried", n.Tested);
            json.WriteKnown("timesAsManyRuns", n.Times);
            if (n.Times is null)
                json.WriteString("why", n.Tested ? "its interval has no width, or its figure lies on the bound" : "it was not tried");
        });
        json.WriteObjects("declared", analysis.Profile.Declared(), d =>
        {
            json.WriteString("leftOut", d.LeftOut);
            json.WriteString("end", d.End);
            json.WriteString("verdict", d.Verdict);
        });
        json.WriteObjects("sayDo", analysis.SayDo, gap =>
        {
            json.WriteString("revealedBy", JsonNamingPolicy.CamelCase.ConvertName(gap.Revealed.ToString()));
            json.WriteString("weights", JsonNamingPolicy.CamelCase.ConvertName(gap.Weights.ToString()));
            json.WriteObjects("ends", gap.Ends, e =>
            {
                json.WriteString("end", e.End);
                json.WriteKnown("said", e.Said);
                json.WriteKnown("done", e.Done);
                json.WriteLine("gap", e.Gap, false);
                json.WriteKnown("saidRank", e.SaidRank);
                json.WriteKnown("doneRank", e.DoneRank);
                if (e.Said is null && e.Gap.Why is { } notCompared)
                    json.WriteString("why", notCompared);
            });
            json.WriteLine("tau", gap.Tau, gap.TauP is not null, () => P(gap.Tau, gap.TauP));
            json.WriteLine("divergenceBits", gap.Divergence, gap.Claimed is not null, () =>
            {
                json.WriteKnown("byChance95", gap.DivergenceNull95);
                if (gap.DivergenceNull95 is null && gap.Divergence.Why is null)
                    json.WriteString("why", gap.Why ?? "nobody says how many acts stand behind the shares");
            });
            if (gap.Why is { } why)
                json.WriteString("why", why);
        });

        void P(Estimate tau, double? p)
        {
            json.WriteKnown("p", p);
            if (p is null && tau.Known)
                json.WriteString("pWhy", KendallTau.TooMany);
        }
    }

    /// <summary>What models around this one say.</summary>
    public static void Write(Utf8JsonWriter json, Robustness robustness)
    {
        json.WriteStartObject("robustness");
        json.WriteNumber("models", robustness.Models);
        json.WriteNumber("planned", robustness.Planned);
        json.WriteNumber("pairs", robustness.Pairs);
        json.WriteNumber("width", 0.2);
        json.WriteObjects("ends", robustness.Ends, e =>
        {
            json.WriteString("end", e.End.Code);
            json.WriteString("together", e.Together);
            json.WriteObjects("verdicts", e.Verdicts, v =>
            {
                json.WriteString("verdict", v.Verdict);
                json.WriteFigure("share", v.Share);
            });
            Over("defense", e.Defense);
            Over("necessity", e.Necessity);
            Over("choice", e.Choice);
            json.WriteBoolean("choiceIsChange", e.OfChange);
        });
        json.WriteEndObject();

        void Over(string name, LineOverModels line) => json.WriteLine(name, line.Mean, line.Mean.Known, () =>
        {
            json.WriteNumber("models", line.Models);
            json.WriteKnown("between", line.Between);
            json.WriteKnown("beyond", line.Beyond);
            json.WriteFigure("supports", line.Supports);
        });
    }

    private static IEnumerable<(ProfileRow Now, ProfileRow Other)> Changed(PurposeAnalysis analysis, PurposeProfile? other) => other is null ? [] : analysis.Profile.Changed(other);

    private static string Name(LineStatus status) => status switch
    {
        LineStatus.Supports => "for",
        LineStatus.Against => "against",
        LineStatus.Silent => "nothing",
        _ => "not testable",
    };
}
