using MathNet.Numerics.LinearAlgebra;
using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Fitting;

/// <summary>
/// Proposes parameter sets near those that are kept: one of them by weight, moved by a multivariate normal with twice their weighted covariance
/// (Beaumont, Cornuet, Marin and Robert 2009, "Adaptive approximate Bayesian computation", Biometrika 96; Filippi, Barnes, Cornebise and Stumpf 2013).
/// </summary>
internal sealed class ProposalKernel
{
    private readonly IReadOnlyList<Particle> parents;
    private readonly double[] shares, until;
    private readonly double[,] root;
    private readonly double[][] whitened;
    private readonly double constant;

    public ProposalKernel(IReadOnlyList<Particle> parents)
    {
        this.parents = parents;
        shares = Particle.Shares(parents);
        until = new double[shares.Length];
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
            until[i] = sum += shares[i];
        root = Matrix<double>.Build.DenseOfArray(TwiceCovariance(parents, shares)).Cholesky().Factor.ToArray();
        var n = root.GetLength(0);
        constant = -0.5 * n * Deterministic.Log(2 * Math.PI);
        for (var i = 0; i < n; i++)
            constant -= Deterministic.Log(root[i, i]);
        whitened = [.. parents.Select(p => Whiten(p.Places))];
    }

    /// <summary>The places of a proposal.</summary>
    /// <param name="lot">Draws of this generation.</param>
    /// <param name="proposal">Number of the proposal.</param>
    public double[] Propose(in AddressedRandom lot, uint proposal)
    {
        var u = lot.Uniform(proposal, 0) * until[^1];
        var parent = Array.FindIndex(until, x => u < x);
        var places = (double[])parents[parent < 0 ? until.Length - 1 : parent].Places.Clone();
        for (var k = 0; k < places.Length; k++)
        {
            var z = Draws.InverseNormal(lot.Uniform(proposal, (uint)k + 1));
            for (var i = k; i < places.Length; i++)
                places[i] += root[i, k] * z;
        }

        return places;
    }

    /// <summary>Density of proposals at a place.</summary>
    public double Density(double[] places)
    {
        var x = Whiten(places);
        var density = 0.0;
        for (var j = 0; j < whitened.Length; j++)
        {
            var far = 0.0;
            for (var k = 0; k < x.Length; k++)
                far += (x[k] - whitened[j][k]) * (x[k] - whitened[j][k]);
            density += shares[j] * Deterministic.Exp(Math.Max(-700, constant - (0.5 * far)));
        }

        return density;
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
}
