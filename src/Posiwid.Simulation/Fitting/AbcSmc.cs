using Posiwid.Purpose.Statistics;

namespace Posiwid.Simulation.Fitting;

/// <summary>
/// Approximate Bayesian computation by sequential Monte Carlo (Toni, Welch, Strelkowa, Ipsen and Stumpf 2009; Beaumont and others 2009): a
/// population of parameter sets is moved toward those whose runs come near what was observed.
/// </summary>
/// <remarks>
/// The form is that of Lenormand, Jabot and Deffuant 2013 ("Adaptive approximate Bayesian computation for complex models", Computational
/// Statistics 28): the better half of all sets is kept with its weights, and as many new ones are tried once each, so that a generation costs what
/// it is said to cost, no run is thrown away for being one too many, and the tolerance is the median of the distances. Distances adapt as in
/// Prangle 2017: a set is kept only if it was near by every earlier measure too, so the region shrinks and the weights stay right.
/// <para>All draws are addressed by seed, generation and proposal, and results are taken in the order of proposals: the same bits on any number of
/// threads, and after going on from a journal.</para>
/// </remarks>
public static class AbcSmc
{
    private const uint Lot = 0x66697400, SeedLot = 0x66697401;

    /// <summary>Fits.</summary>
    /// <param name="problem">What is fitted.</param>
    /// <param name="settings">How.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <param name="journal">Holds finished runs, and takes those to come; null for none.</param>
    /// <param name="progress">Told the number of finished simulations.</param>
    /// <param name="cancellation">Ends the fit with the generations that are finished; runs of the one under way stay in the journal.</param>
    /// <exception cref="ArgumentException">There is nothing to fit, or there are too few particles for the parameters.</exception>
    public static FitResult Run(FitProblem problem, FitSettings settings, int threads = 1, FitJournal? journal = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(settings);
        if (problem.Priors.Count == 0 || problem.Observed.Count == 0)
            throw new ArgumentException("A fit needs a parameter and an observation at least.", nameof(problem));
        if (settings.Particles < 4 * problem.Priors.Count)
            throw new ArgumentException($"{settings.Particles} particles are too few for {problem.Priors.Count} parameters; {4 * problem.Priors.Count} are the least.", nameof(settings));

        var kept = new List<Particle>();
        var generations = new List<Generation>();
        for (var done = 0; ;)
        {
            var proposals = kept.Count == 0 ? 2 * settings.Particles : settings.Particles;
            if (done + proposals > settings.Simulations)
                return new FitResult(kept, generations, FitEnd.Spent);
            var tried = Try(problem, settings, generations.Count, proposals, kept, threads, journal, new After(progress, done), cancellation);
            if (tried is null)
                return new FitResult(kept, generations, FitEnd.Interrupted);
            done += proposals;

            var near = tried.Where(p => generations.All(g => g.Nearness.Holds(p.Summaries, problem.Observed))).ToList();
            var scales = Nearness.Spreads([.. tried.Select(p => p.Summaries)]);
            var ruler = new Nearness(scales, 0);
            var order = kept.Concat(near).Select(p => (Particle: p, Distance: ruler.Distance(p.Summaries, problem.Observed))).OrderBy(p => p.Distance).Take(settings.Particles).ToList();
            kept = [.. order.Select(p => p.Particle)];
            var first = generations.Count == 0 ? ruler : generations[0].Nearness;
            generations.Add(new Generation(proposals, near.Count, ruler with { Tolerance = order[^1].Distance }, kept.Max(p => first.Distance(p.Summaries, problem.Observed)), Particle.EffectiveSize(kept)));
            if (near.Count < settings.LeastAcceptance * proposals)
                return new FitResult(kept, generations, FitEnd.Settled);
        }
    }

    private static Particle[]? Try(FitProblem problem, FitSettings settings, int generation, int proposals, List<Particle> kept, int threads, FitJournal? journal, IProgress<int> progress, CancellationToken cancellation)
    {
        var kernel = kept.Count == 0 ? null : new ProposalKernel(problem.Priors, kept);
        var lot = new AddressedRandom(settings.Seed, Lot + ((uint)generation << 8));
        var particles = new Particle?[proposals];
        var (next, done) = (-1, 0);
        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < proposals && !cancellation.IsCancellationRequested; i = Interlocked.Increment(ref next))
            {
                double[] places = kernel?.Propose(lot, (uint)i) ?? [.. problem.Priors.Select((p, k) => p.Place(lot.Uniform((uint)i, (uint)k)))];
                double[] values = [.. problem.Priors.Select((p, k) => p.Value(places[k]))];
                var summaries = journal?.Find(generation, i);
                if (summaries is null)
                {
                    summaries = problem.Simulate(values, SeedOf(settings.Seed, generation, i), cancellation);
                    if (summaries is null)
                        return;
                    journal?.Add(generation, i, summaries);
                }

                if (summaries.Length != problem.Observed.Count)
                    throw new InvalidOperationException($"The model gave {summaries.Length} summaries where {problem.Observed.Count} were observed.");
                particles[i] = new Particle(generation, i, places, values, summaries, kernel?.Weight(places) ?? 1);
                progress.Report(Interlocked.Increment(ref done));
            }
        }

        var others = Enumerable.Range(1, Math.Max(0, Math.Min(threads, proposals) - 1)).Select(_ => Task.Run(Work, CancellationToken.None)).ToArray();
        try
        {
            Work();
        }
        finally
        {
            Task.WaitAll(others, CancellationToken.None);
        }

        return Array.TrueForAll(particles, p => p is not null) ? [.. particles.Select(p => p!)] : null;
    }

    /// <summary>Seed of a simulation: 64 bits by address.</summary>
    private static ulong SeedOf(ulong seed, int generation, int proposal)
    {
        Philox.Block((uint)proposal, (uint)generation, SeedLot, 0, (uint)seed, (uint)(seed >> 32), out var low, out var high, out _, out _);
        return (ulong)high << 32 | low;
    }

    private sealed class After(IProgress<int>? progress, int before) : IProgress<int>
    {
        public void Report(int value) => progress?.Report(before + value);
    }
}
