namespace Posiwid.Simulation.Fitting;

/// <summary>Why a fit ended.</summary>
public enum FitEnd
{
    /// <summary>Hardly any proposal was still better than what was kept.</summary>
    Settled,

    /// <summary>The simulations were used up.</summary>
    Spent,

    /// <summary>It was stopped; what was finished is kept.</summary>
    Interrupted,
}

/// <summary>One generation of a fit.</summary>
/// <param name="Proposals">Parameter sets that were tried.</param>
/// <param name="Accepted">Those of them that were as near as what was kept before; all in the first.</param>
/// <param name="Nearness">The distance from now on, and what is near.</param>
/// <param name="Farthest">Largest distance that was kept, in spreads of the first generation's runs, so that generations can be compared.</param>
/// <param name="EffectiveSize">Effective number of particles kept.</param>
public sealed record Generation(int Proposals, int Accepted, Nearness Nearness, double Farthest, double EffectiveSize);

/// <summary>What a fit found.</summary>
/// <param name="Particles">The posterior: weighted parameter sets with what came of them; empty if not even the first generation was finished.</param>
/// <param name="Generations">The generations that were finished.</param>
/// <param name="End">Why it ended.</param>
public sealed record FitResult(IReadOnlyList<Particle> Particles, IReadOnlyList<Generation> Generations, FitEnd End)
{
    /// <summary>Simulations that went into it.</summary>
    public int Simulations => Generations.Sum(g => g.Proposals);
}
