using MathNet.Numerics.LinearAlgebra;
using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Fitting;

/// <summary>
/// Proposes parameter sets near those that are kept: one of them by weight, moved by a multivariate t with five degrees of freedom whose scale is twice
/// their weighted covariance (Beaumont, Cornuet, Marin and Robert 2009, "Adaptive approximate Bayesian computation", Biometrika 96, with a
/// normal). One in ten comes from the prior.
/// </summary>
/// <remarks>
/// With a normal alone, a set that few others are near can get more weight than all others together, the more parameters the sooner; the
/// longer tails and the share from the prior (Hesterberg 1995, "Weighted average importance sampling and defensive mixture distributions",
/// Technometrics 37) hold the weights within ten times those of the prior's own draws.
/// </remarks>
internal sealed class ProposalKernel
{
    private const int Freedom = 5;

    private const double FromPrior = 0.1;

    private readonly IReadOnlyList<Prior> priors;
    private readonly IReadOnlyList<Particle> parents;
    private readonly double[] shares, until;
    private readonly double[,] root;
    private readonly double[][] whitened;
    private readonly double constant;

    public ProposalKernel(IReadOnlyList<Prior> priors, IReadOnlyList<Particle> parents)
    {
        (this.priors, this.parents) = (priors, parents);
        shares = Particle.Shares(parents);
        until = new double[shares.Length];
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
            until[i] = sum += shares[i];
        root = Matrix<double>.Build.DenseOfArray(TwiceCovariance(parents, shares)).Cholesky().Factor.ToArray();
        constant = LogConstant(priors.Count);
        for (var i = 0; i < priors.Count; i++)
            constant -= Deterministic.Log(root[i, i]);
        whitened = [.. parents.Select(p => Whiten(p.Places))];
    }

    /// <summary>The places of a proposal.</summary>
    /// <param name="lot">Draws of this generation.</param>
    /// <param name="proposal">Number of the proposal.</param>
    public double[] Propose(in AddressedRandom lot, uint proposal)
    {
        var places = new double[priors.Count];
        if (lot.Uniform(proposal, 0) < FromPrior)
        {
            for (var k = 0; k < places.Length; k++)
                places[k] = priors[k].Place(lot.Uniform(proposal, (uint)k + 2));
            return places;
        }

        var u = lot.Uniform(proposal, 1) * until[^1];
        var parent = Array.FindIndex(until, x => u < x);
        parents[parent < 0 ? until.Length - 1 : parent].Places.CopyTo(places, 0);
        var chiSquare = 0.0;
        for (var k = 0; k < Freedom; k++)
            chiSquare += Square(Draws.InverseNormal(lot.Uniform(proposal, (uint)(places.Length + k + 2))));
        var stretch = Math.Sqrt(Freedom / chiSquare);
        for (var k = 0; k < places.Length; k++)
        {
            var z = stretch * Draws.InverseNormal(lot.Uniform(proposal, (uint)k + 2));
            for (var i = k; i < places.Length; i++)
                places[i] += root[i, k] * z;
        }

        return places;
    }

    /// <summary>Prior density at a place over the density of proposals there.</summary>
    public double Weight(double[] places)
    {
        var prior = Deterministic.Exp(priors.Select((p, k) => p.LogDensity(places[k])).Sum());
        return prior / (((1 - FromPrior) * Near(places)) + (FromPrior * prior));
    }

    /// <summary>Density at a place of those proposals that do not come from the prior.</summary>
    public double Near(double[] places)
    {
        var x = Whiten(places);
        var density = 0.0;
        for (var j = 0; j < whitened.Length; j++)
        {
            var far = 0.0;
            for (var k = 0; k < x.Length; k++)
                far += Square(x[k] - whitened[j][k]);
            density += shares[j] * Deterministic.Exp(constant - (0.5 * (Freedom + x.Length) * Deterministic.Log(1 + (far / Freedom))));
        }

        return density;
    }

    /// <summary>Logarithm of the constant of a t density: gamma((5 + n)/2) / (gamma(5/2) (5 pi)^(n/2)).</summary>
    private static double LogConstant(int n)
    {
        // gamma(3) / gamma(5/2) = 2 / (3/4 root pi); from there, and from 1, up in whole steps
        var ratio = n % 2 == 0 ? 1 : 8 / (3 * Math.Sqrt(Math.PI));
        for (var x = n % 2 == 0 ? 2.5 : 3; x < (Freedom + n) / 2.0; x++)
            ratio *= x;
        return Deterministic.Log(ratio) - (0.5 * n * Deterministic.Log(Freedom * Math.PI));
    }

    /// <summary>Twice the weighted covariance; a trace on the diagonal keeps it regular where the particles lie in a plane.</summary>
    private static double[,] TwiceCovariance(IReadOnlyList<Particle> particles, double[] shares)
    {
        var n = particles[0].Places.Length;
        var mean = new double[n];
        for (var p = 0; p < particles.Count; p++)
        {
            for (var i = 0; i < n; i++)
                mean[i] += shares[p] * particles[p].Places[i];
        }

        var twice = new double[n, n];
        for (var p = 0; p < particles.Count; p++)
        {
            var x = particles[p].Places;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                    twice[i, j] += 2 * shares[p] * (x[i] - mean[i]) * (x[j] - mean[j]);
            }
        }

        for (var i = 0; i < n; i++)
            twice[i, i] += 1e-12 + (1e-9 * twice[i, i]);
        return twice;
    }

    /// <summary>Solves root y = x from the top.</summary>
    private double[] Whiten(double[] x)
    {
        var y = new double[x.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var rest = x[i];
            for (var k = 0; k < i; k++)
                rest -= root[i, k] * y[k];
            y[i] = rest / root[i, i];
        }

        return y;
    }

    private static double Square(double x) => x * x;
}
