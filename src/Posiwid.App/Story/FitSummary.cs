using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Story;

/// <summary>Two parameters and their correlation in the posterior.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Correlation">Correlation on the priors' scales.</param>
public readonly record struct ParameterPair(string A, string B, double Correlation);

/// <summary>A fit with everything that pages say of it.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Settings">How the fit was made.</param>
/// <param name="Result">What it found.</param>
/// <param name="Priors">What was known before.</param>
/// <param name="Targets">The published figures.</param>
/// <param name="Check">How they lie among new runs; null if none were made.</param>
public sealed record FitSummary(
    Scenario Scenario, FitSettings Settings, FitResult Result, IReadOnlyList<Prior> Priors, IReadOnlyList<FitTarget> Targets, IReadOnlyList<PredictedFigure>? Check)
{
    /// <summary>What the fit says of each parameter.</summary>
    public IReadOnlyList<Marginal> Marginals { get; } = Marginal.Of(Priors, Result.Particles);

    /// <summary>All pairs of parameters, the most correlated first.</summary>
    public IReadOnlyList<ParameterPair> Pairs { get; } = PairsOf(Priors, Marginal.Correlations(Priors, Result.Particles));

    private static List<ParameterPair> PairsOf(IReadOnlyList<Prior> priors, double[,] correlations)
    {
        var pairs = new List<ParameterPair>();
        for (var a = 0; a < priors.Count; a++)
        {
            for (var b = a + 1; b < priors.Count; b++)
                pairs.Add(new(priors[a].Name, priors[b].Name, correlations[a, b]));
        }

        return [.. pairs.OrderByDescending(p => Math.Abs(p.Correlation))];
    }
}
