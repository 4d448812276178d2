using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Fitting;

/// <summary>How a published figure lies among what whole new runs of the fitted model would have had published.</summary>
/// <param name="Target">The figure.</param>
/// <param name="Runs">Runs.</param>
/// <param name="There">Runs in which the quantity existed then.</param>
/// <param name="Low">5% quantile of what would have been published, in the figure's unit; NaN if it existed in no run.</param>
/// <param name="Median">Median.</param>
/// <param name="High">95% quantile.</param>
/// <param name="Below">Share of the runs in which less would have been published; runs in which the quantity did not exist count as less.</param>
public sealed record PredictedFigure(FitTarget Target, int Runs, int There, double Low, double Median, double High, double Below)
{
    /// <summary>True if the figure lies within the middle 90% of the runs; for what is so or not, if it is so in a tenth of the runs or more.</summary>
    public bool IsMet => Target.IsYesOrNo ? Share >= .1 : Below is >= .05 and <= .95;

    /// <summary>For what is so or not: the share of runs that are as published.</summary>
    public double Share => Target.Low > 0.5 ? 1 - Below : Below;
}

/// <summary>
/// The posterior predictive check (Rubin 1984; Gelman, Meng and Stern 1996): whole new runs, each with a draw from the posterior and luck that the fit
/// did not see, beside all published figures, those that the fit saw and those that it did not.
/// </summary>
public static class PredictiveCheck
{
    /// <summary>Looks at an ensemble of the fitted model.</summary>
    /// <param name="ensemble">Runs, each with a draw from the posterior.</param>
    /// <param name="plan">The plan that they were made by.</param>
    /// <param name="targets">All published figures.</param>
    public static IReadOnlyList<PredictedFigure> Of(EnsembleResult ensemble, RunPlan plan, IReadOnlyList<FitTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(targets);
        return [.. targets.Select((target, number) =>
        {
            var yesOrNo = target.IsYesOrNo;
            double[] published = [.. ensemble.Runs.Select(r =>
            {
                var figure = target.In(r.Values, ensemble.Measures, plan.Setting.Calendar);
                return yesOrNo ? figure : target.Published(figure, r.Seed, number);
            })];
            double[] there = [.. published.Where(double.IsFinite)];
            double[] equal = [.. there.Select(_ => 1.0 / there.Length)];
            double Unit(double share) => there.Length == 0 ? double.NaN : Marginal.Quantile(there, equal, share) is var x && target.IsLog ? Engine.Deterministic.Exp(x) : x;
            var below = published.Count(x => yesOrNo ? x < 0.5 : !(x >= target.Observed)) / (double)published.Length;
            return new PredictedFigure(target, published.Length, there.Length, Unit(.05), Unit(.5), Unit(.95), below);
        })];
    }
}
