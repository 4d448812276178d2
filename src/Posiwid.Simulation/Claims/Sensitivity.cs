using Posiwid.Purpose.Statistics;

namespace Posiwid.Simulation.Claims;

/// <summary>A parameter that a claim's figure moves with.</summary>
/// <param name="Name">The parameter, <c>mechanism.name</c>.</param>
/// <param name="Correlation">Rank correlation of parameter and figure (Kendall's tau-b) over the models around this one.</param>
public sealed record Lever(string Name, double Correlation);

/// <summary>Which parameters the figures of claims hang on, where every run has parameters of its own.</summary>
public static class Sensitivity
{
    /// <summary>Share of the parameters named, of all claims together, that may be named by chance.</summary>
    private const double ByChance = 0.05;

    /// <summary>
    /// The parameters that move most with the figure of a claim's first test, largest first, for each claim of a plan. A parameter is named if its correlation is too large for chance, where
    /// everything that was looked at counts, all parameters for all claims: tau / sqrt(2 (2n + 5) / (9 n (n - 1))) is a standard normal where there is nothing (Kendall 1938), and of those named one
    /// in twenty is wrong in the mean (Benjamini and Hochberg 1995).
    /// </summary>
    /// <param name="plan">The plan, with parameters moved.</param>
    /// <param name="figures">What its runs gave.</param>
    /// <param name="most">How many for a claim, at most.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<Lever>> Of(ClaimsPlan plan, ClaimFigures figures, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(figures);
        var looked = new List<(string Claim, Lever Lever, double PValue)>();
        IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> draws = plan.Moved ? ClaimsExperiment.Prepare(plan, plan.Claims.Arms[ClaimsFile.Baseline]).Draws : [];
        foreach (var (id, claim) in plan.Tested)
        {
            var values = ByRun(ClaimsExperiment.Flat(claim.Tests[0]).First(), figures);
            int[] known = [.. Enumerable.Range(0, Math.Min(values.Count, draws.Count)).Where(i => double.IsFinite(values[i]))];
            if (known.Length < ClaimVerdicts.FewestRuns)
                continue;
            double n = known.Length;
            var spread = Math.Sqrt(2 * ((2 * n) + 5) / (9 * n * (n - 1)));
            double[] figure = [.. known.Select(i => values[i])];
            foreach (var (mechanism, parameter) in draws[0].SelectMany(m => m.Value.Keys.Select(p => (m.Key, p))))
            {
                var tau = KendallTau.Coefficient([.. known.Select(i => draws[i][mechanism][parameter])], figure) ?? 0;
                looked.Add((id, new Lever($"{mechanism}.{parameter}", tau), Math.Min(1, 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Abs(tau) / spread))));
            }
        }

        var adjusted = FalseDiscovery.Adjust([.. looked.Select(l => l.PValue)]);
        var named = looked.Where((_, i) => adjusted[i] <= ByChance).ToLookup(l => l.Claim, l => l.Lever);
        return plan.Tested.ToDictionary(c => c.Key, c => (IReadOnlyList<Lever>)
            [.. named[c.Key].OrderByDescending(l => Math.Abs(l.Correlation)).ThenBy(l => l.Name, StringComparer.Ordinal).Take(most)]);
    }

    /// <summary>One number a run: the figure, its ratio to or difference from the other arm, the distance, or the share that was defended. Distances are not divided by another.</summary>
    private static IReadOnlyList<double> ByRun(TestSpec test, ClaimFigures figures)
    {
        if (test is { Figure: { Take: Take.PurposeProfile } profile, Than: { } with })
        {
            var (one, two) = (figures.Profile(test.Arm, profile, null), figures.Profile(with.Arm, with.Figure ?? profile, null));
            return [.. Enumerable.Range(0, Math.Min(one.Runs, two.Runs)).Select(i => ArmProfile.Apart(one, two, profile.LinesMeant, [i]).Average() ?? double.NaN)];
        }

        IReadOnlyList<double[]> Values(string arm, FigureSpec figure) => figures.Of(new FigureKey(arm, figure, null, null));
        if (test.Defense is { } defense)
            return [.. figures.Of(new FigureKey(test.Arm, null, null, defense)).Select(v => 1 - (v[0] / v[1]))];
        var own = Values(test.Arm, test.Figure!);
        if (test.Than is not { } than)
            return [.. own.Select(v => v[0])];
        return [.. own.Zip(Values(than.Arm, than.Figure ?? test.Figure!), (a, b) => test.Compare switch
        {
            Comparison.Ratio => a[0] / b[0],
            Comparison.Difference => a[0] - b[0],
            _ => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum() / 2,
        })];
    }
}
