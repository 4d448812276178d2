using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Tests.Simulation.Fitting;

/// <summary>
/// Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018): parameters are drawn from the prior, data from the model with
/// them, and the model is fitted to the data. If the fit is right, the rank of the parameter among draws from its posterior is as likely to be any.
/// </summary>
public class CalibrationTests
{
    private const int Fits = 400, Draws = 19, Bins = 10;

    /// <summary>99.9% quantile of chi-square with 9 degrees of freedom.</summary>
    private const double Critical = 27.877;

    [Fact]
    public void RanksOfPlantedParameters_AreFlat()
    {
        var (mean, deviation) = Ranks(1);
        Assert.InRange(ChiSquare(mean), 0, Critical);
        Assert.InRange(ChiSquare(deviation), 0, Critical);
    }

    [Fact]
    public void RanksAreNotFlat_IfTheModelIsWrongAboutItsErrors()
    {
        // so the test above can fail: data with errors half as large as the fitted model's. The fit then finds half the deviation; the mean is as it was
        Assert.True(ChiSquare(Ranks(.5).Deviation) > 10 * Critical);
    }

    private static (int[] Mean, int[] Deviation) Ranks(double error)
    {
        var ranks = new int[Fits][];
        Parallel.For(0, Fits, new ParallelOptions { MaxDegreeOfParallelism = 2 }, fit =>
        {
            var seed = (ulong)(1000 + fit);
            var priors = Toys.MeanAndDeviation([]).Priors;
            double[] planted = [.. priors.Select((p, k) => p.Quantile(Toys.Uniform(seed, (uint)k)))];
            var problem = Toys.MeanAndDeviation(Toys.Eight(planted, seed, error));
            var result = Toys.Fit(problem, new FitSettings { Particles = 150, Simulations = 4500, LeastAcceptance = .02, Seed = seed });
            var until = new List<double>();
            foreach (var share in Particle.Shares(result.Particles))
                until.Add((until.Count == 0 ? 0 : until[^1]) + share);
            var drawn = Enumerable.Range(0, Draws).Select(d => new AddressedRandom(seed, 0x72616e6b).Uniform(0, (uint)d))
                .Select(u => result.Particles[Math.Min(until.Count - 1, until.FindIndex(x => u < x) is var at and >= 0 ? at : until.Count - 1)]).ToArray();
            ranks[fit] = [.. planted.Select((p, k) => drawn.Count(d => d.Values[k] < p))];
        });
        return ([.. ranks.Select(r => r[0])], [.. ranks.Select(r => r[1])]);
    }

    /// <summary>Pearson's chi-square of the ranks 0..19 in ten equal bins.</summary>
    private static double ChiSquare(int[] ranks)
    {
        var expected = Fits / (double)Bins;
        return Enumerable.Range(0, Bins).Select(b => ranks.Count(r => r * Bins / (Draws + 1) == b)).Sum(n => (n - expected) * (n - expected) / expected);
    }
}
