using System.Text.Json;
using Posiwid.App.Story;

namespace Posiwid.App.Commands;

/// <summary>A fit as JSON.</summary>
internal static class FitJson
{
    /// <summary>What the fit is.</summary>
    public static void WriteHead(Utf8JsonWriter json, FitSummary fit)
    {
        json.WriteString("scenario", fit.Scenario.Name);
        json.WriteNumber("seed", fit.Settings.Seed);
        json.WriteNumber("runs", fit.Result.Simulations);
        json.WriteNumber("particles", fit.Result.Particles.Count);
        json.WriteFigure("effectiveParticles", fit.Result.Generations[^1].EffectiveSize);
        json.WriteNumber("generations", fit.Result.Generations.Count);
        json.WriteString("end", fit.Result.End.ToString().ToLowerInvariant());
    }

    /// <summary>What it found.</summary>
    public static void WriteBody(Utf8JsonWriter json, FitSummary fit)
    {
        json.WriteStrings("plain", FitPage.Paragraph(fit));
        json.WriteObjects("parameters", fit.Marginals, m =>
        {
            json.WriteString("parameter", m.Prior.Name);
            json.WriteString("source", fit.Scenario.Priors[m.Prior.Name].Source);
            json.WriteFigure("priorLow", m.Prior.Quantile(.05));
            json.WriteFigure("priorHigh", m.Prior.Quantile(.95));
            json.WriteFigure("mean", m.Mean);
            json.WriteFigure("low", m.Low);
            json.WriteFigure("median", m.Median);
            json.WriteFigure("high", m.High);
            json.WriteFigure("width", m.Width);
            json.WriteString("says", FitPage.Says(m));
        });
        json.WriteObjects("correlations", fit.Pairs, c =>
        {
            json.WriteString("a", c.A);
            json.WriteString("b", c.B);
            json.WriteFigure("correlation", c.Correlation);
        });
        json.WriteObjects("generationsMade", fit.Result.Generations, g =>
        {
            json.WriteNumber("simulations", g.Proposals);
            json.WriteNumber("accepted", g.Accepted);
            json.WriteFigure("tolerance", g.Nearness.Tolerance);
            json.WriteFigure("farthest", g.Farthest);
            json.WriteFigure("effectiveParticles", g.EffectiveSize);
        });
        if (fit.Check is null)
        {
            json.WriteNull("figures");
            json.WriteString("why", "no new runs were made");
            return;
        }

        json.WriteObjects("figures", fit.Check, f =>
        {
            json.WriteString("variable", f.Target.Measure);
            json.WriteString("date", FitPage.DateText(f.Target));
            json.WriteFigure("publishedLow", f.Target.Low);
            json.WriteFigure("publishedHigh", f.Target.High);
            json.WriteFigure("error", f.Target.Error);
            json.WriteBoolean("seen", f.Target.ForFit);
            json.WriteString("source", f.Target.Source);
            json.WriteNumber("runs", f.Runs);
            json.WriteFigure("low", f.Low);
            json.WriteFigure("median", f.Median);
            json.WriteFigure("high", f.High);
            json.WriteFigure("below", f.Below);
            json.WriteBoolean("met", f.IsMet);
        });
    }
}
