using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Tests.Simulation.Fitting;

/// <summary>Small models whose posterior is known, and what is asked of a fit of them.</summary>
internal static class Toys
{
    /// <summary>Standard normal draws by address.</summary>
    public static double Normal(ulong seed, uint number) => Draws.InverseNormal(new AddressedRandom(seed, 0x746f79).Uniform(0, number));

    public static double Uniform(ulong seed, uint number) => new AddressedRandom(seed, 0x746f79).Uniform(1, number);

    /// <summary>A normal prior with a mean and a standard deviation.</summary>
    public static Prior NormalPrior(string name, double mean, double sd) => new(name, PriorShape.Normal, mean - (1.6448536269514722 * sd), mean + (1.6448536269514722 * sd));

    /// <summary>The mean of ten observations with known deviation 1; prior of the mean N(0, 2²).</summary>
    public static FitProblem MeanOfTen(double observed) => new()
    {
        Priors = [NormalPrior("mean", 0, 2)],
        Observed = [observed],
        Simulate = (values, seed, _) => [values[0] + (Normal(seed, 0) / Math.Sqrt(10))],
    };

    /// <summary>Mean and logarithm of the deviation of eight observations; prior of the mean N(0, 1), of the deviation log-uniform from .3 to 3.</summary>
    public static FitProblem MeanAndDeviation(double[] observed, double error = 1) => new()
    {
        Priors = [NormalPrior("mean", 0, 1), new Prior("deviation", PriorShape.LogUniform, .3, 3)],
        Observed = observed,
        Simulate = (values, seed, _) => Eight(values, seed, error),
    };

    public static double[] Eight(double[] values, ulong seed, double error = 1)
    {
        double[] x = [.. Enumerable.Range(0, 8).Select(i => values[0] + (error * values[1] * Normal(seed, (uint)i)))];
        var mean = x.Average();
        return [mean, Math.Log(Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / 7))];
    }

    /// <summary>A fit that ends with the test.</summary>
    public static FitResult Fit(FitProblem problem, FitSettings settings, int threads = 1, FitJournal? journal = null) =>
        AbcSmc.Run(problem, settings, threads, journal, null, TestContext.Current.CancellationToken);

    /// <summary>Weighted mean and standard deviation of a parameter.</summary>
    public static (double Mean, double Deviation) Moments(FitResult result, int parameter = 0)
    {
        var shares = Particle.Shares(result.Particles);
        var mean = result.Particles.Select((p, i) => shares[i] * p.Values[parameter]).Sum();
        return (mean, Math.Sqrt(result.Particles.Select((p, i) => shares[i] * Math.Pow(p.Values[parameter] - mean, 2)).Sum()));
    }
}
