using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Fitting;

/// <summary>A scenario as something that can be fitted: runs that stop after the last figure that the fit sees.</summary>
public static class ScenarioFit
{
    /// <summary>The problem of fitting a scenario's priors to published figures.</summary>
    /// <param name="setting">The scenario, ready to run. A run is stopped early, never shortened: its weeks have the same bits as those of a whole one.</param>
    /// <param name="priors">Priors by <c>mechanism.parameter</c>; see <see cref="Priors"/>.</param>
    /// <param name="targets">The figures; only those for the fit are looked at.</param>
    public static FitProblem Problem(Setting setting, IReadOnlyList<Prior> priors, IReadOnlyList<FitTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(priors);
        FitTarget[] seen = [.. targets.Where(t => t.ForFit)];
        var measures = MeasureCatalog.Of(setting.Scenario);
        var samples = 1 + seen.Max(t => t.Samples(setting.Calendar, MeasureRecorder.SampleWeeks(setting).Count).Last);
        string[] names = [.. priors.Select(p => p.Name)];
        return new FitProblem
        {
            Priors = priors,
            Observed = [.. seen.Select(t => t.Observed)],
            Simulate = (values, seed, cancellation) =>
            {
                var drawn = Posterior.With(setting, names, values);
                using var simulation = new Engine.Simulation(drawn, seed);
                var recorder = new MeasureRecorder(drawn, 0, samples);
                while (simulation.World.Week < samples * MeasureCatalog.WeeksBetween && !simulation.Over)
                {
                    if (cancellation.IsCancellationRequested)
                        return null;
                    simulation.Step();
                    recorder.Sample(simulation.World);
                }

                return [.. seen.Select((t, i) => t.Published(t.In(recorder.Values, measures, drawn.Calendar), seed, i))];
            },
        };
    }

    /// <summary>The priors that a scenario states.</summary>
    /// <param name="scenario">A scenario that has been checked.</param>
    /// <param name="mechanisms">The mechanisms with the ranges of their parameters.</param>
    public static IReadOnlyList<Prior> Priors(Scenario scenario, IReadOnlyList<MechanismInfo> mechanisms)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var ranges = ScenarioTargets.All(scenario, mechanisms).DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        return [.. scenario.Priors.Select(p => new Prior(p.Key, p.Value.Shape, p.Value.From, p.Value.To) { Least = ranges[p.Key].Min, Most = ranges[p.Key].Max })];
    }
}
