using Posiwid.Purpose.Statistics;

namespace Posiwid.Simulation.Claims;

/// <summary>A parameter that a claim's figure moves with.</summary>
/// <param name="Name">The parameter, <c>mechanism.name</c>.</param>
/// <param name="Correlation">Rank correlation of parameter and figure (Kendall's tau-b) over the models around this one.</param>
public sealed record Lever(string Name, double Correlation);

/// <summary>Which parameters the figures of claims hang on, where every run has parameters of its own.</summary>
public static class Sensitivity
{
    /// <summary>
    /// The parameters that move most with the figure of a claim's first test, largest first. A correlation is kept if it would be rarer than one in
    /// twenty were nothing behind any of them: |tau| above z sqrt(2 (2n + 5) / (9 n (n - 1))), z the normal quantile of 1 - .025 / number of parameters (Kendall 1938, Bonferroni).
    /// </summary>
    /// <param name="plan">The plan, with parameters moved.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="figures">What its runs gave.</param>
    /// <param name="most">How many, at most.</param>
    public static IReadOnlyList<Lever> Of(ClaimsPlan plan, ClaimSpec claim, ClaimFigures figures, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(figures);
        var values = ByRun(ClaimsExperiment.Flat(claim.Tests[0]).First(), figures);
        int[] known = [.. Enumerable.Range(0, values.Count).Where(i => double.IsFinite(values[i]))];
        if (!plan.Moved || known.Length < ClaimVerdicts.FewestRuns)
            return [];
        var draws = ClaimsExperiment.Prepare(plan, plan.Claims.Arms[ClaimsFile.Baseline]).Draws;
        var parameters = draws[0].SelectMany(m => m.Value.Keys.Select(p => (Mechanism: m.Key, Parameter: p))).ToArray();
        double n = known.Length;
        var bar = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - (0.025 / parameters.Length)) * Math.Sqrt(2 * ((2 * n) + 5) / (9 * n * (n - 1)));
        double[] figure = [.. known.Select(i => values[i])];
        return
        [
            .. parameters.Select(p => new Lever($"{p.Mechanism}.{p.Parameter}",
                    KendallTau.Coefficient([.. known.Select(i => draws[i][p.Mechanism][p.Parameter])], figure) ?? 0))
                .Where(l => Math.Abs(l.Correlation) > bar).OrderByDescending(l => Math.Abs(l.Correlation)).ThenBy(l => l.Name, StringComparer.Ordinal).Take(most),
        ];
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
