namespace Posiwid.Simulation.Fitting;

/// <summary>What a fit says of one parameter.</summary>
/// <param name="Prior">What was known before.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Low">5% quantile: the lower end of the 90% interval.</param>
/// <param name="Median">Median.</param>
/// <param name="High">95% quantile.</param>
/// <param name="Width">Width of the 90% interval over that before the fit, on the prior's scale: 1 where the data say nothing.</param>
public sealed record Marginal(Prior Prior, double Mean, double Low, double Median, double High, double Width)
{
    /// <summary>What the fit says of each parameter.</summary>
    public static IReadOnlyList<Marginal> Of(IReadOnlyList<Prior> priors, IReadOnlyList<Particle> particles)
    {
        ArgumentNullException.ThrowIfNull(priors);
        ArgumentNullException.ThrowIfNull(particles);
        var shares = Particle.Shares(particles);
        return [.. priors.Select((prior, k) =>
        {
            double[] values = [.. particles.Select(p => p.Values[k])];
            double Quantile(double share) => Marginal.Quantile(values, shares, share);
            var (low, high) = (Quantile(.05), Quantile(.95));
            var before = prior.OnScale(prior.Quantile(.95)) - prior.OnScale(prior.Quantile(.05));
            return new Marginal(prior, values.Select((v, i) => v * shares[i]).Sum(), low, Quantile(.5), high, (prior.OnScale(high) - prior.OnScale(low)) / before);
        })];
    }

    /// <summary>Correlations of the parameters in the posterior, on their priors' scales.</summary>
    public static double[,] Correlations(IReadOnlyList<Prior> priors, IReadOnlyList<Particle> particles)
    {
        ArgumentNullException.ThrowIfNull(priors);
        ArgumentNullException.ThrowIfNull(particles);
        var shares = Particle.Shares(particles);
        var n = priors.Count;
        double[][] x = [.. priors.Select((prior, k) =>
        {
            double[] values = [.. particles.Select(p => prior.OnScale(p.Values[k]))];
            var mean = values.Select((v, i) => v * shares[i]).Sum();
            return values.Select(v => v - mean).ToArray();
        })];
        double Together(int a, int b) => shares.Select((s, i) => s * x[a][i] * x[b][i]).Sum();
        var correlations = new double[n, n];
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++)
                correlations[a, b] = a == b ? 1 : Together(a, b) / Math.Sqrt(Together(a, a) * Together(b, b));
        }

        return correlations;
    }

    /// <summary>A quantile of weighted values: the value at which the weights, each counted from its middle, have reached the share; linear between values.</summary>
    /// <param name="values">Values in any order.</param>
    /// <param name="shares">Weights that sum to 1.</param>
    /// <param name="share">The share, 0 to 1.</param>
    public static double Quantile(IReadOnlyList<double> values, IReadOnlyList<double> shares, double share)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(shares);
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ThenBy(i => i).ToArray();
        var (at, before) = (0.0, double.NaN);
        var reached = 0.0;
        foreach (var i in order)
        {
            var middle = reached + (shares[i] / 2);
            if (share <= middle)
                return double.IsNaN(before) ? values[i] : before + ((values[i] - before) * (share - at) / (middle - at));
            (at, before, reached) = (middle, values[i], reached + shares[i]);
        }

        return before;
    }
}
