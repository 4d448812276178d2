using System.Diagnostics;
using Posiwid.Purpose.Statistics;
using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Benchmarks;

/// <summary>What a fit costs: a run of the ISO up to the last figure that the fit sees, at values drawn from the priors, and the fit's own arithmetic.</summary>
internal static class FitCost
{
    private const int Runs = 60;

    public static int Run()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "scenarios", "iso.yaml");
        var files = new DataFiles(file);
        MechanismInfo[] mechanisms = [.. WeeklySchedule.Mechanisms.Select(make => MechanismInfo.Of(make().GetType()))];
        var scenario = ScenarioFile.Read(file, mechanisms) with { Posterior = null };
        var priors = ScenarioFit.Priors(scenario, mechanisms);
        var problem = ScenarioFit.Problem(Setting.Of(scenario, files), priors, FitTargets.Read("data/iso_targets.csv", files, scenario));
        var lot = new AddressedRandom(1, 1);
        double[] times = [.. Enumerable.Range(0, Runs + 10).Select(i =>
        {
            double[] values = [.. priors.Select((p, k) => p.Quantile(lot.Uniform((uint)i, (uint)k)))];
            var start = Environment.CpuUsage.TotalTime;
            problem.Simulate(values, (ulong)i, CancellationToken.None);
            return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        }).Skip(10).Order()];
        Console.WriteLine($"the ISO with the DSA, up to the last figure, one core: mean {times.Average():F0} ms a run at values from the priors, median {times[Runs / 2]:F0} [{times[0]:F0}, {times[^1]:F0}]");

        var toy = new FitProblem
        {
            Priors = [.. Enumerable.Range(0, 8).Select(k => new Prior($"p{k}", PriorShape.Normal, -1, 1))],
            Observed = new double[8],
            Simulate = (values, seed, _) => [.. values.Select((v, k) => v + Draws.InverseNormal(new AddressedRandom(seed, 2).Uniform(0, (uint)k)))],
        };
        var clock = Stopwatch.StartNew();
        var result = AbcSmc.Run(toy, new FitSettings { LeastAcceptance = 0 });
        Console.WriteLine($"the fit's own arithmetic: {clock.Elapsed.TotalSeconds:F1} s for {result.Simulations:N0} simulations of 8 parameters, one core");
        return 0;
    }
}
