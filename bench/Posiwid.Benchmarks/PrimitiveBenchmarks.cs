using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Posiwid.Simulation.Engine;

namespace Posiwid.Benchmarks;

/// <summary>The engine's primitives one by one; the vector forms do eight at a time.</summary>
public class PrimitiveBenchmarks
{
    private readonly Draws _draws = new(1);
    private Vector256<uint> _id = Vector256<uint>.Indices;
    private Vector256<float> _x = Vector256.Create(0.37f);
    private int _week;

    [Benchmark(Baseline = true)]
    public float OneUniform() => _draws.Uniform(1, _week++, 5);

    [Benchmark]
    public Vector256<float> EightUniforms() => _draws.Uniform(1, _week++, _id, _id);

    [Benchmark]
    public float OneExp() => Deterministic.Exp(_x[0]);

    [Benchmark]
    public Vector256<float> EightExp() => Deterministic.Exp(_x);

    [Benchmark]
    public Vector256<float> EightLog() => Deterministic.Log(_x);

    [Benchmark]
    public float OneNormal() => _draws.Normal(1, _week++, 5);

    [Benchmark]
    public int OnePoisson() => _draws.Poisson(4, 1, _week++, 5);

    [Benchmark]
    public Vector256<int> EightPoisson() => Draws.InversePoisson(_x, _id);
}
