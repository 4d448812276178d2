namespace Posiwid.Simulation.Fitting;

/// <summary>A set of parameters that was tried, and what came of it.</summary>
/// <param name="Generation">Generation in which it was proposed, from 0.</param>
/// <param name="Proposal">Its number in the generation, from 0.</param>
/// <param name="Places">The parameters on the scale of the walk.</param>
/// <param name="Values">The parameters.</param>
/// <param name="Summaries">What the model gave.</param>
/// <param name="Weight">Prior density over the density of the proposals that it is one of; not scaled.</param>
public sealed record Particle(int Generation, int Proposal, double[] Places, double[] Values, double[] Summaries, double Weight)
{
    /// <summary>Share of the whole weight by particle.</summary>
    public static double[] Shares(IReadOnlyList<Particle> particles)
    {
        ArgumentNullException.ThrowIfNull(particles);
        var sum = 0.0;
        foreach (var particle in particles)
            sum += particle.Weight;
        return [.. particles.Select(p => p.Weight / sum)];
    }

    /// <summary>How many particles of equal weight would tell as much (Kish 1965): one over the sum of squared shares.</summary>
    public static double EffectiveSize(IReadOnlyList<Particle> particles) => 1 / Shares(particles).Sum(s => s * s);
}
