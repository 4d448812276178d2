using System.Runtime.Intrinsics;
using CsCheck;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

public class DeterministicTests
{
    private static readonly Gen<float[]> Wild = Gen.OneOf(Gen.Float[-100, 100], Gen.Float.Special, Gen.Float).Array[8];

    [Fact]
    public void Vector_forms_have_the_bits_of_the_scalar_ones() => Gen.Select(Wild, Wild).Sample((x, y) =>
    {
        Vector256<float> v = Vector256.Create(x), w = Vector256.Create(y);
        SameBits(x, Deterministic.Exp, Deterministic.Exp(v));
        SameBits(x, Deterministic.Log, Deterministic.Log(v));
        SameBits(x, Deterministic.Logistic, Deterministic.Logistic(v));
        SameBits(x.Zip(y).ToArray(), p => Deterministic.Pow(p.First, p.Second), Deterministic.Pow(v, w));
        float[] small = [.. x.Select(a => float.IsFinite(a) ? a % 2000 : 0)];
        Assert.Equal(small.Select(Deterministic.ToFixed), Lanes(Deterministic.ToFixed(Vector256.Create(small))));
    });

    [Fact]
    public void Double_exp_has_the_same_bits_in_vector_form() => Gen.OneOf(Gen.Double[-800, 800], Gen.Double.Special).Array[4].Sample(x =>
    {
        Vector256<double> v = Deterministic.Exp(Vector256.Create(x));
        for (int i = 0; i < 4; i++)
            Assert.True(double.IsNaN(x[i]) ? double.IsNaN(v[i]) : BitConverter.DoubleToInt64Bits(Deterministic.Exp(x[i])) == BitConverter.DoubleToInt64Bits(v[i]), $"{x[i]:R}");
    });

    [Fact]
    public void Single_precision_is_accurate()
    {
        double exp = 0, log = 0, logistic = 0;
        for (float x = -87; x < 88; x += 0.00917f)
        {
            exp = Math.Max(exp, Math.Abs(Deterministic.Exp(x) / Math.Exp(x) - 1));
            logistic = Math.Max(logistic, Math.Abs(Deterministic.Logistic(x) * (1 + Math.Exp(-(double)x)) - 1));
        }

        for (float x = 1e-30f; x < 1e30f; x *= 1.00313f) log = Math.Max(log, Math.Abs(Deterministic.Log(x) / Math.Log(x) - 1));
        for (float x = 0.5f; x < 2; x += 0.00013f)
            if (x != 1) log = Math.Max(log, Math.Abs(Deterministic.Log(x) / Math.Log(x) - 1));
        Assert.InRange(exp, 0, 1.3e-7);
        Assert.InRange(log, 0, 1.3e-7);
        Assert.InRange(logistic, 0, 2.5e-7);
    }

    [Fact]
    public void Double_precision_is_accurate()
    {
        double exp = 0, log = 0;
        for (double x = -700; x < 709; x += 0.0917) exp = Math.Max(exp, Math.Abs(Deterministic.Exp(x) / Math.Exp(x) - 1));
        for (double x = 1e-300; x < 1e300; x *= 1.0313) log = Math.Max(log, Math.Abs(Deterministic.Log(x) / Math.Log(x) - 1));
        Assert.InRange(exp, 0, 5e-16);
        Assert.InRange(log, 0, 5e-16);
        Assert.Equal(Math.Exp(-740), Deterministic.Exp(-740.0));
        Assert.Equal(0, Deterministic.Exp(-800.0));
        Assert.Equal(double.PositiveInfinity, Deterministic.Exp(710.0));
        Assert.True(double.IsNaN(Deterministic.Exp(double.NaN)) && double.IsNaN(Deterministic.Log(-1.0)));
        Assert.Equal(double.NegativeInfinity, Deterministic.Log(0.0));
        Assert.Equal(Math.Log(5e-320), Deterministic.Log(5e-320), 1e-12);
    }

    [Fact]
    public void At_the_ends_single_precision_stands_still()
    {
        Assert.Equal(Deterministic.Exp(-87.3f), Deterministic.Exp(-1000f));
        Assert.Equal(Deterministic.Exp(88.3f), Deterministic.Exp(float.PositiveInfinity));
        Assert.True(float.IsNaN(Deterministic.Exp(float.NaN)));
        Assert.InRange(Deterministic.Logistic(-1000f), 0, 1e-37f);
        Assert.Equal(1, Deterministic.Logistic(1000f));
    }

    [Fact]
    public void Fixed_point_sums_do_not_depend_on_order() => Gen.Select(Gen.Float[0, 1].Array[1, 200], Gen.Int).Sample((x, seed) =>
    {
        float[] shuffled = [.. x];
        new Random(seed).Shuffle(shuffled);
        long sum = x.Sum(a => (long)Deterministic.ToFixed(a));
        Assert.Equal(sum, shuffled.Sum(a => (long)Deterministic.ToFixed(a)));
        Assert.Equal(x.Sum(a => (double)a), Deterministic.FromFixed(sum), x.Length * Math.Pow(2, -21));
    });

    private static void SameBits<T>(T[] x, Func<T, float> scalar, Vector256<float> vector)
    {
        for (int i = 0; i < 8; i++)
        {
            float expected = scalar(x[i]);
            if (float.IsNaN(expected)) Assert.True(float.IsNaN(vector[i]), $"{x[i]}");
            else Assert.True(BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(vector[i]), $"{x[i]}: {expected:R}, {vector[i]:R}");
        }
    }

    private static int[] Lanes(Vector256<int> v) => [.. Enumerable.Range(0, 8).Select(i => v[i])];
}
