using Posiwid.Simulation.Fitting;
using Posiwid.Tests.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Fitting;

public class AbcSmcTests
{
    private static readonly FitSettings Usual = new() { Particles = 1000, Simulations = 40_000, LeastAcceptance = .02, Seed = 11 };

    [Fact]
    public void ANormalMean_IsFoundAsTheClosedFormHasIt()
    {
        // precision 1/4 + 10 = 10.25; mean 10 x 1.3 / 10.25 = 1.2683, deviation 1 / sqrt 10.25 = .3123
        var result = Toys.Fit(Toys.MeanOfTen(1.3), Usual, 2);
        var (mean, deviation) = Toys.Moments(result);
        Assert.InRange(mean, 1.2683 - .03, 1.2683 + .03);
        Assert.InRange(deviation, .3123 * .93, .3123 * 1.07);
        var marginal = Marginal.Of(Toys.MeanOfTen(1.3).Priors, result.Particles)[0];
        Assert.InRange(marginal.Width, .3123 / 2 * .9, .3123 / 2 * 1.1); // of the prior's 2
        Assert.InRange(marginal.Low, 1.2683 - (1.645 * .3123) - .06, 1.2683 - (1.645 * .3123) + .06);
    }

    [Fact]
    public void AShareWithAUniformPrior_IsFoundAsABetaDistribution()
    {
        // 6 of 20 with a uniform prior: Beta(7, 15), mean 7/22 = .3182, deviation sqrt(7 x 15 / (22² x 23)) = .0971
        var problem = new FitProblem
        {
            Priors = [new Prior("share", PriorShape.Uniform, 0, 1)],
            Observed = [6],
            Simulate = (values, seed, _) => [Enumerable.Range(0, 20).Count(i => Toys.Uniform(seed, (uint)i) < values[0])],
        };
        var result = Toys.Fit(problem, Usual, 2);
        Assert.All(result.Particles, p => Assert.Equal(6, p.Summaries[0]));
        var (mean, deviation) = Toys.Moments(result);
        Assert.InRange(mean, .3182 - .012, .3182 + .012);
        Assert.InRange(deviation, .0971 * .93, .0971 * 1.07);
    }

    [Fact]
    public void WhatOnlyASumDetermines_ShowsAsCorrelationAndWidth()
    {
        // x, y ~ N(0, 1), x + y seen with deviation .5: covariance I - 1 1'/2.25, so variance .5556, covariance -.4444, correlation -.8, width sqrt .5556 = .745
        var problem = new FitProblem
        {
            Priors = [Toys.NormalPrior("x", 0, 1), Toys.NormalPrior("y", 0, 1)],
            Observed = [1],
            Simulate = (values, seed, _) => [values[0] + values[1] + (.5 * Toys.Normal(seed, 0))],
        };
        var result = Toys.Fit(problem, Usual, 2);
        Assert.InRange(Marginal.Correlations(problem.Priors, result.Particles)[0, 1], -.86, -.74);
        Assert.All(Marginal.Of(problem.Priors, result.Particles), m => Assert.InRange(m.Width, .67, .82));
        Assert.InRange(Toys.Moments(result).Mean, .4444 - .06, .4444 + .06);
    }

    [Fact]
    public void ASummaryThatIsAllNoise_OrInOtherUnits_DoesNotDrownTheOthers()
    {
        // the same model, with a summary that tells nothing in units a million times as large, and one that never differs
        var plain = Toys.MeanOfTen(1.3);
        var noisy = plain with
        {
            Observed = [1.3, 0, 5],
            Simulate = (values, seed, stop) => [.. plain.Simulate(values, seed, stop)!, 1e6 * Toys.Normal(seed, 1), 5],
        };
        var (mean, deviation) = Toys.Moments(Toys.Fit(noisy, Usual, 2));
        Assert.InRange(mean, 1.2683 - .06, 1.2683 + .06);
        Assert.InRange(deviation, .3123 * .9, .3123 * 1.3); // a further summary costs sharpness, not truth
    }

    [Fact]
    public void RunsInWhichSomethingDoesNotExist_AreNeverNear()
    {
        var plain = Toys.MeanOfTen(1.3);
        var mortal = plain with { Simulate = (values, seed, stop) => values[0] < 1 ? [double.NaN] : plain.Simulate(values, seed, stop) };
        Assert.All(Toys.Fit(mortal, Usual with { Particles = 200, Simulations = 8000 }).Particles, p => Assert.True(p.Values[0] >= 1));
    }

    [Fact]
    public void TheSameBits_OnAnyNumberOfThreads_AndAfterAnInterruption()
    {
        using var folder = new TempFolder();
        var problem = Toys.MeanAndDeviation([.4, -.1]);
        var settings = new FitSettings { Particles = 100, Simulations = 2000, LeastAcceptance = 0, Seed = 5 };
        var expected = Bits(Toys.Fit(problem, settings, 1));
        Assert.Equal(expected, Bits(Toys.Fit(problem, settings, 2)));
        Assert.Equal(expected, Bits(Toys.Fit(problem, settings, 7)));
        Assert.NotEqual(expected, Bits(Toys.Fit(problem, settings with { Seed = 6 }, 1)));

        var path = folder.File("journal");
        using (var journal = FitJournal.Open(path, "this"))
        using (var stop = new CancellationTokenSource())
        {
            var told = new Told(done => { if (done == 737) stop.Cancel(); });
            var half = AbcSmc.Run(problem, settings, 2, journal, told, stop.Token);
            Assert.Equal((FitEnd.Interrupted, 700), (half.End, half.Simulations)); // 200 + 5 x 100 are whole generations
        }

        File.AppendAllText(path, "7 12 0.123"); // a line that a crash cut off
        var ran = 0;
        using (var journal = FitJournal.Open(path, "this"))
        {
            Assert.InRange(journal.Found, 737, 745);
            var counted = problem with
            {
                Simulate = (values, seed, stop) =>
                {
                    Interlocked.Increment(ref ran);
                    return problem.Simulate(values, seed, stop);
                },
            };
            Assert.Equal(expected, Bits(Toys.Fit(counted, settings, 2, journal)));
            Assert.Equal(2000 - journal.Found, ran);
        }

        // a larger budget goes on from where the smaller one ended
        using (var journal = FitJournal.Open(path, "this"))
        {
            Assert.Equal(2000, journal.Found);
            Assert.Equal(Bits(Toys.Fit(problem, settings with { Simulations = 3000 }, 1)), Bits(Toys.Fit(problem, settings with { Simulations = 3000 }, 2, journal)));
        }

        Assert.Contains("another fit", Assert.Throws<FitJournalException>(() => FitJournal.Open(path, "that")).Message);
        File.AppendAllText(path, "nonsense\n");
        Assert.Contains($"{path}:3002: ", Assert.Throws<FitJournalException>(() => FitJournal.Open(path, "this")).Message);
    }

    [Fact]
    public void ItEnds_WhenTheBudgetIsSpent_OrHardlyAnythingIsBetter()
    {
        var spent = Toys.Fit(Toys.MeanOfTen(0), new FitSettings { Particles = 50, Simulations = 320, LeastAcceptance = 0 });
        Assert.Equal((FitEnd.Spent, 300, 5), (spent.End, spent.Simulations, spent.Generations.Count)); // 100 + 4 x 50
        Assert.True(spent.Generations.Zip(spent.Generations.Skip(1)).All(g => g.Second.Accepted < 50 && g.First.Accepted >= g.Second.Accepted / 2));
        var settled = Toys.Fit(Toys.MeanOfTen(0), new FitSettings { Particles = 50, Simulations = 100_000, LeastAcceptance = .3 });
        Assert.Equal(FitEnd.Settled, settled.End);
        Assert.True(settled.Generations[^1].Accepted < 15);
        Assert.True(settled.Generations.SkipLast(1).All(g => g.Accepted >= 15));
        Assert.Throws<ArgumentException>(() => Toys.Fit(Toys.MeanOfTen(0), new FitSettings { Particles = 3 }));
        Assert.Throws<ArgumentException>(() => Toys.Fit(Toys.MeanOfTen(0) with { Priors = [] }, new FitSettings()));
    }

    [Fact]
    public void AModelThatFails_IsAnErrorAndNotAPosterior()
    {
        var broken = Toys.MeanOfTen(0) with { Simulate = (_, _, _) => throw new InvalidOperationException("broken") };
        Assert.ThrowsAny<Exception>(() => Toys.Fit(broken, new FitSettings { Particles = 50, Simulations = 500 }, 2));
        var odd = Toys.MeanOfTen(0) with { Simulate = (_, _, _) => [1, 2] };
        Assert.Throws<InvalidOperationException>(() => Toys.Fit(odd, new FitSettings { Particles = 50, Simulations = 500 }));
    }

    private static string Bits(FitResult result) => string.Join('\n', result.Particles.Select(p =>
        $"{p.Generation} {p.Proposal} {BitConverter.DoubleToInt64Bits(p.Weight):x} {string.Join(' ', p.Values.Concat(p.Summaries).Select(v => $"{BitConverter.DoubleToInt64Bits(v):x}"))}"));

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
