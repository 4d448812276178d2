using System.Text.Json;
using Posiwid.App.Story;
using Posiwid.Purpose;

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
            json.WriteStartObject("said");
            WriteNumber("rank", e.SaidRank);
            WriteNumber("weight", e.SaidWeight);
            json.WriteEndObject();
            Line("effort", e.Effort is { } effort ? Estimate.Of(effort.Share, effort.Low, effort.High) : Estimate.Unknown("no hours are recorded"), false);
            Line("effortOverRuns", e.EffortInterval, false);
            Line("money", e.Money, false);
            Line("defense", e.Defense.Estimate, row.Defense != LineStatus.NotTestable, () =>
            {
                json.WriteString("word", e.DefenseWord);
                json.WriteString("sensor", e.Sensor);
                json.WriteBoolean("usedAsMeans", e.UsedAsMeans);
                json.WriteString("says", Name(row.Defense));
            });
            Line("defenseUp", e.DefenseUp, false);
            Line("necessity", e.Necessity.Estimate, row.Necessity != LineStatus.NotTestable, () =>
            {
                json.WriteStrings("without", e.Functions);
                json.WriteStrings("hangsOn", analysis.HangsOn(row.End.Code));
                json.WriteString("says", Name(row.Necessity));
            });
            Line("choice", e.Choice.Estimate, row.Choice != LineStatus.NotTestable, () => json.WriteString("says", Name(row.Choice)));
            json.WriteString("verdict", row.Verdict);
            json.WriteString("verdictAtLeast", row.VerdictAtBounds.Low);
            json.WriteString("verdictAtMost", row.VerdictAtBounds.High);
            json.WriteString("grade", row.Grade.ToString());
            json.WriteBoolean("placebo", row.End.IsPlacebo);
        });
        json.WriteObjects("fates", analysis.Data.Fates, f =>
        {
            json.WriteString("fate", f.Key);
            json.WriteNumber("runs", f.Value);
        });
        json.WriteObjects("losses", analysis.Necessity, n =>
        {
            json.WriteStrings("without", n.Trial.Without);
            json.WriteString("freedHours", n.Trial.Freed);
            json.WriteFigure("share", n.Trial.Share);
            Line("weeksLost", n.Result.WeeksLost, n.Result.PValue is not null);
            Line("shareOfLife", n.Result.RelativeLoss, n.Result.PValue is not null);
            json.WriteNumber("aliveAtEnd", n.Result.SurvivedWithout);
        });
        json.WriteObjects("disturbances", analysis.Defense, d =>
        {
            json.WriteString("end", d.Trial.End);
            json.WriteFigure("dose", d.Trial.Dose);
            json.WriteNumber("week", d.Trial.Week);
            json.WriteBoolean("lasts", d.Trial.Lasts);
            if (d.Trial.Channel is { } channel)
                json.WriteString("onlyChannelReplayed", channel);
            json.WriteNumber("pairs", d.Pairs);
            Line("defense", d.Share, d.PValue is not null);
            Line("blinded", d.Blind, false);
            json.WriteString("word", d.Word);
        });

        if (analysis.Concentration is var (bits, effective))
        {
            json.WriteStartObject("effortConcentration");
            json.WriteFigure("bits", bits);
            json.WriteFigure("effectiveEnds", effective);
            json.WriteEndObject();
        }

        json.WriteObjects("agreement", analysis.Agreement, a =>
        {
            json.WriteStrings("lines", [a.First, a.Second]);
            json.WriteNumber("ends", a.Ends);
            Line("tau", a.Result.Tau, a.Result.PValue is not null, () => WriteNumber("p", a.Result.PValue));
        });
        json.WriteObjects("horizon", analysis.HorizonSensitivity(), h =>
        {
            json.WriteString("end", h.End);
            json.WriteBoolean("necessary", h.Now);
            json.WriteBoolean("necessaryAtHalf", h.AtHalf);
        });
        json.WriteObjects("declared", analysis.Profile.Declared(), d =>
        {
            json.WriteString("leftOut", d.LeftOut);
            json.WriteString("end", d.End);
            json.WriteString("verdict", d.Verdict);
        });
        json.WriteObjects("stability", analysis.Stability, s =>
        {
            json.WriteString("end", s.Trial.End);
            json.WriteNumber("week", s.Trial.Week);
            Line("stability", s.Result.Stability, false);
            Line("bits", s.Result.Bits, false);
        });
        json.WriteObjects("recordedShocks", analysis.Shocks, s =>
        {
            json.WriteString("end", s.End);
            json.WriteNumber("shocks", s.Shocks);
            json.WriteNumber("periods", s.Weeks);
            Line("impact", s.Impact, false);
            Line("gain", s.Gain, false);
            Line("setPoint", s.SetPoint, false);
            json.WriteString("word", s.Word);
            if (s.Why is { } why)
                json.WriteString("why", why);
        });
        json.WriteObjects("sayDo", analysis.SayDo, gap =>
        {
            json.WriteString("revealedBy", JsonNamingPolicy.CamelCase.ConvertName(gap.Revealed.ToString()));
            json.WriteString("weights", JsonNamingPolicy.CamelCase.ConvertName(gap.Weights.ToString()));
            json.WriteObjects("ends", gap.Ends, e =>
            {
                json.WriteString("end", e.End);
                WriteNumber("said", e.Said);
                WriteNumber("done", e.Done);
                Line("gap", e.Gap, false);
                WriteNumber("saidRank", e.SaidRank);
                WriteNumber("doneRank", e.DoneRank);
            });
            Line("tau", gap.Tau, gap.TauP is not null, () => WriteNumber("p", gap.TauP));
            Line("divergenceBits", gap.Divergence, gap.Claimed is not null, () => WriteNumber("byChance95", gap.DivergenceNull95));
            if (gap.Why is { } why)
                json.WriteString("why", why);
        });
        if (analysis.People is { } people)
            People(people);

        if (analysis.Sets is { } sets)
        {
            json.WriteStartObject("sets");
            Line("whole", sets.Whole, false);
            Line("nothing", sets.Nothing, false);
            json.WriteObjects("functions", sets.Functions, f =>
            {
                json.WriteString("function", f.Name);
                Line("shapley", f.Shapley, false);
                Line("loss", f.KnockOutLoss, false);
                Line("sufficiency", f.Sufficiency, false);
            });
            json.WriteObjects("pairs", sets.Pairs, p =>
            {
                json.WriteStrings("functions", [p.First, p.Second]);
                Line("inContext", p.InContext, false);
                Line("shapley", p.Shapley, false);
            });
            Sets("minimalViable", sets.MinimalViable);
            Sets("minimalCuts", sets.MinimalCuts);
            json.WriteObjects("shortensLife", sets.Harmful, h =>
            {
                json.WriteString("function", h.Name);
                json.WriteStrings("beside", h.Beside);
                Line("gain", h.Gain, true);
            });
            json.WriteEndObject();
        }

        if (analysis.Beer is { } beer)
        {
            json.WriteStartObject("beer");
            if (beer.Holds is { } holds)
                json.WriteBoolean("holds", holds);
            else
                json.WriteNull("holds");
            json.WriteNumber("sets", beer.Sets);
            WriteNumber("frequency", beer.Frequency);
            json.WriteObjects("counterExamples", beer.CounterExamples, c =>
            {
                json.WriteStrings("set", c.Set.Names);
                json.WriteStrings("missing", c.Missing);
            });
            if (beer.Why is { } why)
                json.WriteString("why", why);
            json.WriteEndObject();
        }

        void People(PeopleFlow flow)
        {
            json.WriteStartObject("people");
            json.WriteNumber("people", flow.People);
            if (flow.Retention is { } stay)
            {
                Line("halfLifeWeeks", stay.HalfLifeOfAll, false);
                Line("lastsAYear", stay.YearOfAll, false);
            }

            if (flow.RevolvingDoor is { } door)
            {
                json.WriteNumber("joiners", door.Joiners);
                json.WriteNumber("leavers", door.Leavers);
                Line("churnPerYear", door.ChurnPerYear, false);
                Line("firstYearLoss", door.FirstYearLoss, false);
                Line("hazardRatio", door.HazardRatio, false);
            }

            if (flow.Core is { } core)
            {
                WriteNumber("absenceFactor", core.AbsenceFactor);
                Line("giniOfContributors", core.Contributors.Gini, false);
                Line("giniOfMembers", core.Members.Gini, false);
            }

            if (flow.Entrenchment is { } top)
                Line("entrenchment", top.Index, false);
            if (flow.ExitAndVoice is { } voice)
            {
                Line("exitsPer100PersonYears", voice.ExitsPer100, false);
                Line("voicesPer100PersonYears", voice.VoicesPer100, false);
            }

            if (flow.Complaints is { } complaints)
            {
                json.WriteNumber("complaints", complaints.Complaints);
                Line("resolvedInHalfAYear", complaints.ResolvedAtHorizon, false);
                Line("withdrawnInHalfAYear", complaints.WithdrawnAtHorizon, false);
            }

            json.WriteObjects("notKnown", flow.Untold, u =>
            {
                json.WriteString("question", u.Question);
                json.WriteString("why", u.Why);
            });
            json.WriteEndObject();
        }

        void Sets(string name, IEnumerable<Posiwid.Purpose.Lines.FunctionSet> found) => json.WriteObjects(name, found, s =>
        {
            json.WriteStrings("functions", s.Names);
            json.WriteBoolean("named", s.Named);
            WriteNumber("frequency", s.Frequency);
            Line("life", s.Life, false);
        });

        void WriteNumber(string name, double? value)
        {
            if (value is { } number)
                json.WriteFigure(name, number);
            else
                json.WriteNull(name);
        }

        void Line(string name, Estimate estimate, bool tested, Action? more = null)
        {
            json.WriteStartObject(name);
            WriteNumber("value", estimate.Value);
            WriteNumber("low", estimate.Low);
            WriteNumber("high", estimate.High);
            json.WriteBoolean("tested", tested);
            if (estimate.Why is { } why)
                json.WriteString("why", why);
            more?.Invoke();
            json.WriteEndObject();
        }
    }

    /// <summary>What models around this one say.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<EndRobustness> robustness, int draws)
    {
        json.WriteStartObject("robustness");
        json.WriteNumber("models", draws);
        json.WriteNumber("width", 0.2);
        json.WriteObjects("ends", robustness, e =>
        {
            json.WriteString("end", e.End.Code);
            json.WriteObjects("verdicts", e.Verdicts, v =>
            {
                json.WriteString("verdict", v.Verdict);
                json.WriteFigure("share", v.Share);
            });
            json.WriteFigure("defense", e.Defense);
            json.WriteFigure("necessity", e.Necessity);
            json.WriteFigure("choice", e.Choice);
        });
        json.WriteEndObject();
    }

    private static string Name(LineStatus status) => status switch
    {
        LineStatus.Supports => "for",
        LineStatus.Against => "against",
        LineStatus.Silent => "nothing",
        _ => "not testable",
    };
}
