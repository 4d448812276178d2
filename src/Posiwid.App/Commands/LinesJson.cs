using System.Text.Json;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.App.Commands;

/// <summary>What lies behind a profile as JSON, line by line: hours, disturbances, losses, choices, recorded shocks, combinations of functions, people.</summary>
internal static class LinesJson
{
    public static void Write(Utf8JsonWriter json, PurposeAnalysis analysis)
    {
        Effort(json, analysis);
        Defense(json, analysis);
        Necessity(json, analysis);
        Interactions(json, analysis);
        json.WriteObjects("choices", analysis.Choices, c => Choice(json, analysis, c));
        if (analysis.Sets is { } sets)
            Sets(json, sets);
        if (analysis.Beer is { } beer)
            Beer(json, beer);
        if (analysis.People is { } people)
            People(json, people);
    }

    private static void Effort(Utf8JsonWriter json, PurposeAnalysis analysis)
    {
        if (analysis.Data.HoursCoverage is { } coverage)
        {
            json.WriteFigure("hoursCoverage", coverage);
            json.WriteObjects("effortOfAllHours", analysis.Effort ?? [], e =>
            {
                var (low, high) = EffortShares.Covered(e, coverage);
                json.WriteString("end", e.End.Code);
                json.WriteFigure("low", low);
                json.WriteFigure("high", high);
            });
        }

        if (analysis.Coding is { } coding)
        {
            json.WriteStartObject("codingAgreement");
            json.WriteNumber("coders", coding.Coders);
            json.WriteNumber("kinds", coding.Kinds);
            json.WriteNumber("rows", coding.Rows);
            json.WriteLine("alpha", coding.Alpha, false);
            json.WriteLine("kappa", coding.Kappa, false);
            json.WritePropertyName("reliable");
            if (coding.Reliable is { } reliable)
                json.WriteBooleanValue(reliable);
            else
            {
                json.WriteNullValue();
                json.WriteString("why", coding.Alpha.Why ?? "there is no alpha");
            }

            json.WriteEndObject();
        }

        if (analysis.Concentration is var (bits, effective))
        {
            json.WriteStartObject("effortConcentration");
            json.WriteFigure("bits", bits);
            json.WriteFigure("effectiveEnds", effective);
            json.WriteEndObject();
        }
    }

    private static void Defense(Utf8JsonWriter json, PurposeAnalysis analysis)
    {
        json.WriteObjects("disturbances", analysis.Defense, d =>
        {
            json.WriteString("end", d.Trial.End);
            json.WriteFigure("dose", d.Trial.Dose);
            json.WriteNumber("week", d.Trial.Week);
            json.WriteBoolean("lasts", d.Trial.Lasts);
            if (d.Trial.Channel is { } channel)
                json.WriteString("onlyChannelReplayed", channel);
            json.WriteNumber("pairs", d.Pairs);
            json.WriteLine("defense", d.Share, d.PValue is not null);
            json.WriteLine("blinded", d.Blind, false);
            if (d.Trial.Lasts)
                json.WriteLine("inTheLastThird", d.Late, false);
            if (d.Recovery.Count > 0)
            {
                json.WriteStartObject("comesBackByTheEnd");
                json.WriteFigure("byItself", d.Recovery[^1].Passive);
                json.WriteFigure("byActing", d.Recovery[^1].Active);
                json.WriteEndObject();
            }

            json.WriteKnown("decisionsNotReplayed", d.Trial.Clipped);
            if (d.Trial.Clipped is null)
                json.WriteString("decisionsNotReplayedWhy", "counted only of the blow that harms, at its usual size");
            json.WriteLine("moreDeaths", d.MoreDeaths, false);
            json.WriteString("word", d.Word);
        });
        json.WriteObjects("dosesOfHalf", analysis.Data.Ends.All.Where(e => analysis.Doses(e.Code).Count > 1), e =>
        {
            var half = Posiwid.Purpose.Lines.Defense.DoseOfHalf([.. analysis.Doses(e.Code).Select(d => (-d.Trial.Dose, d.Share.Value!.Value))]);
            json.WriteString("end", e.Code);
            json.WriteKnown("dose", half);
            if (half is null)
                json.WriteString("why", "the share that is made good does not fall through one half between the doses tried");
        });
        json.WriteObjects("channels", analysis.Channels, c =>
        {
            json.WriteString("end", c.Trial.End);
            json.WriteNumber("week", c.Trial.Week);
            json.WriteObjects("channels", c.Shares, s =>
            {
                json.WriteString("channel", s.Channel);
                json.WriteLine("shapley", s.Shapley, false);
                json.WriteLine("lostIfReplayed", s.Lost, false);
                json.WriteLine("alone", s.Alone, false);
            });
        });
        json.WriteObjects("stability", analysis.Stability, s =>
        {
            json.WriteString("end", s.Trial.End);
            json.WriteNumber("week", s.Trial.Week);
            json.WriteLine("stability", s.Result.Stability, false);
            json.WriteLine("bits", s.Result.Bits, false);
            var variety = RequisiteVariety.Of(s.Result.Bits, s.Trial.Actions);
            json.WriteKnown("bitsOfDecisions", variety.Entropy);
            if (variety.Entropy is null)
                json.WriteString("why", variety.Word);
            json.WriteString("variety", variety.Word);
        });
        json.WriteObjects("recordedShocks", analysis.Shocks, s =>
        {
            json.WriteString("end", s.End);
            json.WriteNumber("shocks", s.Shocks);
            json.WriteNumber("periods", s.Weeks);
            json.WriteNumber("periodsMissing", s.Missing);
            json.WriteObjects("unused", s.Unused.GroupBy(u => u.Why), g =>
            {
                json.WriteNumber("shocks", g.Count());
                json.WriteString("why", g.Key);
                json.WriteStartArray("weeks");
                foreach (var shock in g)
                    json.WriteNumberValue(JsonOutput.Round(shock.Week));
                json.WriteEndArray();
            });
            json.WriteLine("impact", s.Impact, false);
            json.WriteLine("gain", s.Gain, false);
            json.WriteLine("setPoint", s.SetPoint, false);
            json.WriteString("word", s.Word);
            if (s.Why is { } why)
                json.WriteString("why", why);
        });
    }

    private static void Necessity(Utf8JsonWriter json, PurposeAnalysis analysis)
    {
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
            json.WriteLine("weeksLost", n.Result.WeeksLost, n.Result.PValue is not null);
            json.WriteLine("shareOfLife", n.Result.RelativeLoss, n.Result.PValue is not null);
            json.WriteNumber("aliveAtEnd", n.Result.SurvivedWithout);
        });
    }

    private static void Interactions(Utf8JsonWriter json, PurposeAnalysis analysis) => json.WriteObjects("interactions", analysis.Interactions, i =>
    {
        json.WriteStrings("functions", [i.First, i.Second]);
        json.WriteLine("weeks", i.Weeks, false);
    });

    private static void Choice(Utf8JsonWriter json, PurposeAnalysis analysis, RevealedPreferenceResult choice)
    {
        json.WriteString("decision", choice.Kind);
        json.WriteNumber("decisions", choice.Decisions.All);
        json.WriteNumber("used", choice.Decisions.Used);
        json.WriteFigure("alternatives", choice.Alternatives);
        json.WriteObjects("attributes", choice.Attributes, a =>
        {
            json.WriteString("attribute", a.Code);
            json.WriteLine("coefficient", a.Coefficient, a.PValue is not null);
            json.WriteLine("weight", a.Weight, a.PValue is not null, () =>
            {
                if (a.PValue is { } known)
                    json.WriteFigure("p", known);
            });
            if (choice.MenuWise is { } menus && menus.Range(a.Code) is var (least, most))
            {
                json.WriteStartObject("inMenusThatLackOne");
                json.WriteNumber("menus", menus.Menus);
                json.WriteFigure("least", least);
                json.WriteFigure("most", most);
                json.WriteFigure("p", menus.PValue(a.Code));
                json.WriteEndObject();
            }

            if (a.Note is { } note)
                json.WriteString("note", note);
        });
        // what is given up for one unit of each other, in units of the attribute that weighs most
        if (choice.Attributes.Where(a => a.PValue < 0.05 && a.Code != RevealedPreference.Control).MaxBy(a => Math.Abs(a.Weight.Value ?? 0)) is { } most)
        {
            json.WriteObjects("exchange", choice.Attributes.Where(a => a != most && a.Coefficient.Known), a =>
            {
                json.WriteString("give", most.Code);
                json.WriteString("get", a.Code);
                json.WriteLine("ratio", choice.Exchange(most.Code, a.Code), false);
            });
        }

        if (choice.HitRate is var (seen, lot))
        {
            json.WriteFigure("foretoldOutOfSample", seen);
            json.WriteFigure("foretoldByLot", lot);
        }

        if (choice.McFadden is { } fit)
            json.WriteFigure("mcFadden", fit);
        if (choice.Independence is { } p)
            json.WriteFigure("independenceP", p);
        if (choice.Nested is { } nested)
            json.WriteLine("nestedDissimilarity", nested.Dissimilarity, true);
        json.WriteBoolean("alwaysDecided", choice.AlwaysDecided);
        if (choice.Why is { } why)
            json.WriteString("why", PurposeWords.Reason(analysis, why));
    }

    private static void Sets(Utf8JsonWriter json, FunctionSetsResult sets)
    {
        json.WriteStartObject("sets");
        json.WriteLine("whole", sets.Whole, false);
        json.WriteLine("nothing", sets.Nothing, false);
        json.WriteObjects("functions", sets.Functions, f =>
        {
            json.WriteString("function", f.Name);
            json.WriteLine("shapley", f.Shapley, false);
            json.WriteLine("loss", f.KnockOutLoss, false);
            json.WriteLine("sufficiency", f.Sufficiency, false);
        });
        json.WriteObjects("pairs", sets.Pairs, p =>
        {
            json.WriteStrings("functions", [p.First, p.Second]);
            json.WriteLine("inContext", p.InContext, false);
            json.WriteLine("shapley", p.Shapley, false);
        });
        Found("minimalViable", sets.MinimalViable);
        Found("minimalCuts", sets.MinimalCuts);
        json.WriteObjects("shortensLife", sets.Harmful, h =>
        {
            json.WriteString("function", h.Name);
            json.WriteStrings("beside", h.Beside);
            json.WriteLine("gain", h.Gain, true);
        });
        json.WriteEndObject();

        void Found(string name, IEnumerable<FunctionSet> found) => json.WriteObjects(name, found, s =>
        {
            json.WriteStrings("functions", s.Names);
            json.WriteBoolean("named", s.Named);
            json.WriteKnown("frequency", s.Frequency);
            if (s.Frequency is null)
                json.WriteString("why", "one seed: it cannot be resampled");
            json.WriteLine("life", s.Life, false);
        });
    }

    private static void Beer(Utf8JsonWriter json, ViableSystemTest beer)
    {
        json.WriteStartObject("beer");
        if (beer.Holds is { } holds)
            json.WriteBoolean("holds", holds);
        else
            json.WriteNull("holds");
        json.WriteNumber("sets", beer.Sets);
        json.WriteKnown("frequency", beer.Frequency);
        json.WriteObjects("counterExamples", beer.CounterExamples, c =>
        {
            json.WriteStrings("set", c.Set.Names);
            json.WriteStrings("missing", c.Missing);
        });
        if ((beer.Why ?? (beer.Frequency is null || beer.Holds is null ? "no resample of the seeds has a set that is enough" : null)) is { } why)
            json.WriteString("why", why);
        json.WriteEndObject();
    }

    private static void People(Utf8JsonWriter json, PeopleFlow flow)
    {
        json.WriteStartObject("people");
        if (flow.WhyNoMembers is { } unknown)
        {
            json.WriteNull("people");
            json.WriteString("peopleWhy", unknown);
        }
        else
            Count("people", flow.People);
        json.WriteLine("halfLifeWeeks", flow.Retention?.HalfLifeOfAll ?? Estimate.Unknown(flow.WhyNoRetention!), false, () => Since(flow.Retention?.Since));
        json.WriteLine("lastsAYear", flow.Retention?.YearOfAll ?? Estimate.Unknown(flow.WhyNoRetention!), false, () => Since(flow.Retention?.Since));
        json.WriteObjects("medianStay", flow.MedianStays, m =>
        {
            json.WriteString("of", m.Of);
            json.WriteLine("weeks", m.Weeks, false, () => Since(m.Since));
        });

        if (flow.RevolvingDoor is { } door)
        {
            Count("joiners", door.Joiners);
            Count("leavers", door.Leavers);
            json.WriteLine("churnPerYear", door.ChurnPerYear, false);
            json.WriteLine("firstYearLoss", door.FirstYearLoss, false);
            json.WriteLine("hazardRatio", door.HazardRatio, false);
        }

        if (flow.Core is { } core)
        {
            Count("absenceFactor", core.AbsenceFactor ?? 0);
            json.WriteLine("giniOfContributors", core.Contributors.Gini, false);
            json.WriteLine("giniOfMembers", core.Members.Gini, false);
        }

        if (flow.Entrenchment is { } top)
        {
            json.WriteLine("entrenchment", top.Index, false);
            json.WriteLine("keptOffice", top.KeptShare, false);
        }

        json.WriteObjects("funnel", flow.Funnel.Select(s => (s.From, s.To, s.Share, Base: (int?)s.Base)).Concat(flow.HiddenSteps.Select(s => (s.From, s.To, Share: Estimate.Unknown(s.Why), Base: (int?)null))), s =>
        {
            json.WriteString("from", s.From);
            json.WriteString("to", s.To);
            json.WriteKnown("base", s.Base);
            if (s.Base is null)
                json.WriteString("baseWhy", s.Share.Why);
            json.WriteLine("share", s.Share, false);
        });
        if (flow.WhyNoFunnel is { } noFunnel)
            json.WriteString("funnelWhy", noFunnel);
        json.WriteLine("exitAfterComplaint", flow.ExitAndVoice?.ExitAfterComplaint ?? Estimate.Unknown(flow.WhyNoExitAndVoice!), false);
        if (flow.ExitAndVoice is { } voice)
        {
            json.WriteLine("exitsPer100PersonYears", voice.ExitsPer100, false);
            json.WriteLine("voicesPer100PersonYears", voice.VoicesPer100, false);
        }

        if (flow.Complaints is { } complaints)
        {
            json.WriteNumber("complaints", complaints.Complaints);
            json.WriteLine("resolvedInHalfAYear", complaints.ResolvedAtHorizon, false);
            json.WriteLine("withdrawnInHalfAYear", complaints.WithdrawnAtHorizon, false);
        }

        json.WriteObjects("notKnown", flow.Untold, u =>
        {
            json.WriteString("question", u.Question);
            json.WriteString("why", u.Why);
        });
        json.WriteEndObject();

        // of those that had lasted so long
        void Since(double? weeks)
        {
            if (weeks is > 0 and var since)
                json.WriteFigure("since", since);
        }

        void Count(string name, int count)
        {
            if (flow.WhyHidden(count) is { } why)
            {
                json.WriteNull(name);
                json.WriteString(name + "Why", why);
            }
            else
                json.WriteNumber(name, count);
        }
    }
}
