using System.Runtime.Intrinsics;
using CsCheck;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

public class DrawsTests
{
    private const int Many = 200_000;
    private static readonly ushort Mechanism = Draws.MechanismKey("test");

    [Fact]
    public void Uniforms_stay_inside_the_open_interval()
    {
        Assert.InRange(Draws.Unit(0), float.Epsilon, 1e-9f);
        Assert.InRange(Draws.Unit(uint.MaxValue), 0.9999999f, MathF.BitDecrement(1));
        Assert.Equal(0.5f, Draws.Unit(1u << 31), 1e-7f);
    }

    [Fact]
    public void Vector_forms_have_the_bits_of_the_scalar_ones() =>
        Gen.Select(Gen.UInt.Array[8], Gen.UInt.Array[8], Gen.Float[0, 60].Array[8], Gen.ULong, Gen.UShort, Gen.Int, Gen.Int[0, 200_000]).Sample(
            (low, high, mean, seed, mechanism, week, draw) =>
            {
                var draws = new Draws(seed);
                Vector256<uint> idLow = Vector256.Create(low), idHigh = Vector256.Create(high);
                Vector256<float> uniform = draws.Uniform(mechanism, week, idLow, idHigh, draw), exponential = draws.Exponential(mechanism, week, idLow, idHigh, draw);
                Vector256<int> poisson = Draws.InversePoisson(Vector256.Create(mean), idLow);
                for (int i = 0; i < 8; i++)
                {
                    ulong subject = (ulong)high[i] << 32 | low[i];
                    Assert.Equal(draws.Uniform(mechanism, week, subject, draw), uniform[i]);
                    Assert.Equal(draws.Exponential(mechanism, week, subject, draw), exponential[i]);
                    Assert.Equal(Draws.InversePoisson(mean[i], low[i]), poisson[i]);
                }
            });

    [Fact]
    public void Every_part_of_the_address_counts()
    {
        var draws = new Draws(7);
        uint[] words =
        [
            draws.Word(1, 2, 3), draws.Word(2, 2, 3), draws.Word(1, 3, 3), draws.Word(1, 2, 4), draws.Word(1, 2, 3ul << 32), draws.Word(1, 2, 3, 1),
            draws.Word(1, 2, 3, 4), draws.Word(1, 2, 3, 262_143), new Draws(8).Word(1, 2, 3), new Draws(7ul << 32).Word(1, 2, 3),
        ];
        Assert.Equal(words.Length, words.Distinct().Count());
        Assert.Equal(words[0], draws.Word(1, 2, 3));
    }

    [Fact]
    public void Known_values_never_change()
    {
        // Computed apart from this code, in Python: FNV-1a, Philox with whole numbers, logarithm and normal quantile of its standard library.
        var draws = new Draws(2019);
        Assert.Equal(0xD9E4, Draws.MechanismKey("contacting"));
        Assert.Equal(0x39D12E86u, draws.Word(1, 2, 3));
        Assert.Equal(1.4878925851102778, draws.Exponential(1, 2, 3), 3e-7);
        Assert.Equal(-0.7525901806246812, draws.Normal(1, 2, 3), 1e-7);
        Assert.Equal(0xD4D83870u, new Draws(0x0000_0007_0000_0009).Word(0xFFFE, 5, 0x0123_4567_89AB_CDEF, 11));
    }

    /// <summary>Chi-square over 256 cells; 330.5 is its 99.9 % quantile at 255 degrees of freedom.</summary>
    [Fact]
    public void Uniforms_fill_their_cells_evenly()
    {
        var draws = new Draws(1);
        int[] cells = new int[256], exponentialCells = new int[256], indexCells = new int[256];
        for (int i = 0; i < Many; i++)
        {
            cells[(int)(256 * draws.Uniform(Mechanism, i & 1023, (ulong)i >> 10))]++;
            exponentialCells[(int)(256 * Math.Exp(-draws.Exponential(Mechanism, i, 5)))]++;
            indexCells[draws.Index(256, Mechanism, 3, 9, i)]++;
        }

        foreach (int[] counts in new[] { cells, exponentialCells, indexCells })
            Assert.InRange(counts.Sum(c => (c - Many / 256.0) * (c - Many / 256.0) / (Many / 256.0)), 180, 330.5);
    }

    [Fact]
    public void Exponential_and_normal_have_their_moments()
    {
        var draws = new Draws(3);
        double e1 = 0, e2 = 0, n1 = 0, n2 = 0, n4 = 0;
        for (int i = 0; i < Many; i++)
        {
            double e = draws.Exponential(Mechanism, 1, (ulong)i), n = draws.Normal(Mechanism, 1, (ulong)i, 1);
            (e1, e2, n1, n2, n4) = (e1 + e / Many, e2 + e * e / Many, n1 + n / Many, n2 + n * n / Many, n4 + n * n * n * n / Many);
        }

        // Four standard errors each.
        Assert.Equal(1, e1, 4 / Math.Sqrt(Many));
        Assert.Equal(2, e2, 4 * Math.Sqrt(20.0 / Many));
        Assert.Equal(0, n1, 4 / Math.Sqrt(Many));
        Assert.Equal(1, n2, 4 * Math.Sqrt(2.0 / Many));
        Assert.Equal(3, n4, 4 * Math.Sqrt(96.0 / Many));
    }

    /// <summary>Reference values from R: qnorm(p), 17 digits.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.25, -0.67448975019608171)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(1e-20, -9.2623400897984069)]
    [InlineData(0.975, 1.9599639845400538)]
    public void Normal_quantiles_are_exact(double p, double expected) => Assert.Equal(expected, Draws.InverseNormal(p), 1e-14);

    [Theory]
    [InlineData(0.1)]
    [InlineData(3.7)]
    [InlineData(40)]
    [InlineData(1300)]
    public void Poisson_has_its_distribution(float mean)
    {
        var draws = new Draws(5);
        double sum = 0, squares = 0, zeros = 0;
        for (int i = 0; i < 40_000; i++)
        {
            int count = draws.Poisson(mean, Mechanism, 1, (ulong)i);
            sum += count;
            squares += (count - mean) * (count - mean);
            zeros += count == 0 ? 1 : 0;
        }

        Assert.Equal(mean, sum / 40_000, 4 * Math.Sqrt(mean / 40_000));
        Assert.Equal(mean, squares / 40_000, 4 * Math.Sqrt((mean + 2 * mean * mean) / 40_000));
        Assert.Equal(Math.Exp(-mean), zeros / 40_000, 4 * Math.Sqrt(Math.Exp(-mean) / 40_000) + 1e-9);
    }

    /// <summary>Chi-square over the counts 0 to 11 and the rest; 32.9 is the 99.9 % quantile at 12 degrees of freedom.</summary>
    [Fact]
    public void Poisson_counts_fit()
    {
        const double Mean = 4;
        var draws = new Draws(11);
        double[] expected = new double[13];
        double term = Math.Exp(-Mean);
        for (int k = 0; k < 12; k++, term *= Mean / k) expected[k] = Many * term;
        expected[12] = Many - expected.Sum();
        int[] counts = new int[13];
        for (int i = 0; i < Many; i++) counts[Math.Min(12, draws.Poisson((float)Mean, Mechanism, i, 77))]++;
        Assert.InRange(counts.Zip(expected, (c, e) => (c - e) * (c - e) / e).Sum(), 2, 32.9);
    }

    [Fact]
    public void Poisson_of_nothing_is_nothing()
    {
        Assert.Equal(0, new Draws(1).Poisson(0, 1, 1, 1));
        Assert.Equal(0, new Draws(1).Poisson(-3, 1, 1, 1));
    }
}
