namespace Posiwid.Simulation.Fitting;

/// <summary>Runs a model once and says what of it is compared.</summary>
/// <param name="values">Values of the parameters, in the order of the priors.</param>
/// <param name="seed">Seed of all draws of the run.</param>
/// <param name="cancellation">Stops the run.</param>
/// <returns>The summaries, as many as are observed; NaN where there is nothing to be compared, which is never near. Null if the run was stopped.</returns>
public delegate double[]? Simulate(double[] values, ulong seed, CancellationToken cancellation);

/// <summary>What is to be fitted: any model that can be run, what is known of its parameters, and what was observed.</summary>
public sealed record FitProblem
{
    /// <summary>What is known of the parameters before.</summary>
    public required IReadOnlyList<Prior> Priors { get; init; }

    /// <summary>What was observed, on the scale of the summaries.</summary>
    public required IReadOnlyList<double> Observed { get; init; }

    /// <summary>
    /// The model. Where observations have errors, it must add them to what it returns: the posterior is then exact for the model with its
    /// errors as the tolerance goes to zero (Wilkinson 2013).
    /// </summary>
    public required Simulate Simulate { get; init; }
}

/// <summary>How the fit is made.</summary>
public sealed record FitSettings
{
    /// <summary>Parameter sets that are kept, and proposed anew in each generation.</summary>
    public int Particles { get; init; } = 400;

    /// <summary>Simulations at most.</summary>
    public int Simulations { get; init; } = 20_000;

    /// <summary>The fit ends when a smaller share of the proposals is better than what is kept.</summary>
    public double LeastAcceptance { get; init; } = 0.03;

    /// <summary>Seed of all draws of the fit.</summary>
    public ulong Seed { get; init; } = 1;
}
