using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Random draws that have an address: (seed; mechanism, week, subject, draw). Whoever asks for an address gets the same number, whatever else is
/// drawn, in what order, on which thread. The address is the counter of a <see cref="Philox"/> block of four words:
/// (lower half of the subject, upper half, week, mechanism * 2^16 + draw / 4), the word is draw mod 4, the key is the seed.
/// </summary>
/// <param name="seed">Seed of the run.</param>
public readonly struct Draws(ulong seed)
{
    // A word w becomes (w + 0.5) * 2^-32 (1 - 2^-24): single precision rounds the largest words up to 2^32, and this keeps them below one.
    private const float WordToUnit = 2.3283062977608182e-10f;
    private const double WordToDouble = 1.0 / 4294967296.0;
    private const double PoissonChunk = 512;

    private readonly uint _key0 = (uint)seed, _key1 = (uint)(seed >> 32);

    /// <summary>Seed of the run.</summary>
    public ulong Seed => (ulong)_key1 << 32 | _key0;

    /// <summary>A stable number for a mechanism's name (FNV-1a, folded to 16 bits).</summary>
    public static ushort MechanismKey(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        uint hash = 2166136261;
        foreach (char c in id) hash = (hash ^ c) * 16777619;
        return (ushort)(hash >> 16 ^ hash);
    }

    /// <summary>32 random bits.</summary>
    public uint Word(ushort mechanism, int week, ulong subject, int draw = 0)
    {
        Words(mechanism, week, subject, draw, out uint r0, out uint r1, out uint r2, out uint r3);
        return (draw & 3) switch { 0 => r0, 1 => r1, 2 => r2, _ => r3 };
    }

    /// <summary>Uniform between 0 and 1, both excluded; in steps of 2^-32 near 0 and of 2^-24 near 1.</summary>
    public float Uniform(ushort mechanism, int week, ulong subject, int draw = 0) => Unit(Word(mechanism, week, subject, draw));

    /// <summary>Exponential with mean one.</summary>
    public float Exponential(ushort mechanism, int week, ulong subject, int draw = 0) =>
        -Deterministic.Log(Uniform(mechanism, week, subject, draw));

    /// <summary>Normal with mean zero and variance one, by the inverse of its distribution function (one word a draw).</summary>
    public float Normal(ushort mechanism, int week, ulong subject, int draw = 0) =>
        Normal(Word(mechanism, week, subject, draw));

    /// <summary>A word as a normal with mean zero and variance one.</summary>
    public static float Normal(uint word) => (float)InverseNormal((word + 0.5) * WordToDouble);

    /// <summary>
    /// Poisson by inversion. A mean above 512 is split into parts of 512 and a rest, one draw each: the draws <paramref name="draw"/>
    /// to <paramref name="draw"/> + mean / 512 are used up.
    /// </summary>
    public int Poisson(float mean, ushort mechanism, int week, ulong subject, int draw = 0)
    {
        int count = 0;
        double rest = mean;
        for (; rest > PoissonChunk; rest -= PoissonChunk) count += InversePoisson(PoissonChunk, Word(mechanism, week, subject, draw++));
        return rest > 0 ? count + InversePoisson(rest, Word(mechanism, week, subject, draw)) : count;
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1, each equally likely (to count / 2^32).</summary>
    public int Index(int count, ushort mechanism, int week, ulong subject, int draw = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return Index(count, Word(mechanism, week, subject, draw));
    }

    /// <summary>A word as a whole number from 0 to <paramref name="count"/> - 1.</summary>
    public static int Index(int count, uint word) => (int)((ulong)word * (uint)count >> 32);

    /// <summary>The four words of draws 4i to 4i + 3, where <paramref name="draw"/> is any of the four.</summary>
    public void Words(ushort mechanism, int week, ulong subject, int draw, out uint r0, out uint r1, out uint r2, out uint r3) =>
        Philox.Block((uint)subject, (uint)(subject >> 32), (uint)week, Last(mechanism, draw), _key0, _key1, out r0, out r1, out r2, out r3);

    /// <summary>The words of eight blocks of one subject: lane i has draws <paramref name="draw"/> + 4i to <paramref name="draw"/> + 4i + 3, where <paramref name="draw"/> is a multiple of four.</summary>
    public void Blocks(ushort mechanism, int week, ulong subject, int draw,
        out Vector256<uint> r0, out Vector256<uint> r1, out Vector256<uint> r2, out Vector256<uint> r3) =>
        Philox.Block(Vector256.Create((uint)subject), Vector256.Create((uint)(subject >> 32)), Vector256.Create((uint)week),
            Vector256.Create(Last(mechanism, draw)) + Vector256<uint>.Indices, _key0, _key1, out r0, out r1, out r2, out r3);

    /// <summary>The four words of draws 4i to 4i + 3 of eight subjects, where <paramref name="draw"/> is any of the four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Words(ushort mechanism, int week, Vector256<uint> idLow, Vector256<uint> idHigh, int draw,
        out Vector256<uint> r0, out Vector256<uint> r1, out Vector256<uint> r2, out Vector256<uint> r3) =>
        Philox.Block(idLow, idHigh, Vector256.Create((uint)week), Vector256.Create(Last(mechanism, draw)), _key0, _key1,
            out r0, out r1, out r2, out r3);

    /// <summary><see cref="Uniform(ushort, int, ulong, int)"/> of eight subjects.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Uniform(ushort mechanism, int week, Vector256<uint> idLow, Vector256<uint> idHigh, int draw = 0)
    {
        Words(mechanism, week, idLow, idHigh, draw, out Vector256<uint> r0, out Vector256<uint> r1, out Vector256<uint> r2, out Vector256<uint> r3);
        return Unit((draw & 3) switch { 0 => r0, 1 => r1, 2 => r2, _ => r3 });
    }

    /// <summary><see cref="Exponential(ushort, int, ulong, int)"/> of eight subjects.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Exponential(ushort mechanism, int week, Vector256<uint> idLow, Vector256<uint> idHigh, int draw = 0) =>
        -Deterministic.Log(Uniform(mechanism, week, idLow, idHigh, draw));

    /// <summary>
    /// A word for each of eight subjects, made from two words that were drawn for all of them: a mix of both with the identity (multipliers of the hash prospector; Wellons 2018,
    /// "Prospecting for hash functions"). A block of Philox for each subject would cost ten times as many multiplications; identities are mixed already.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Lots(uint low, uint high, Vector256<uint> idLow, Vector256<uint> idHigh)
    {
        var x = idLow ^ Vector256.Create(low);
        x = (x ^ (x >>> 16)) * 0x21f0aaad;
        x ^= idHigh ^ Vector256.Create(high);
        x = (x ^ (x >>> 15)) * 0xd35a2d97;
        x = (x ^ (x >>> 15)) * 0x21f0aaad;
        return x ^ (x >>> 16);
    }

    /// <summary>A word as a number between 0 and 1, both excluded.</summary>
    public static float Unit(uint word) => (word + 0.5f) * WordToUnit;

    /// <inheritdoc cref="Unit(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Unit(Vector256<uint> words) =>
        (Vector256.ConvertToSingle(words) + Vector256.Create(0.5f)) * Vector256.Create(WordToUnit);

    /// <summary>The smallest count whose Poisson distribution function reaches (word + 0.5) / 2^32; for means up to 700, in time proportional to the mean.</summary>
    public static int InversePoisson(double mean, uint word)
    {
        double u = (word + 0.5) * WordToDouble, term = Deterministic.Exp(-mean), sum = term;
        int count = 0;
        while (u > sum)
        {
            count++;
            term *= mean * (1.0 / count);
            sum += term;
        }

        return count;
    }

    /// <inheritdoc cref="InversePoisson(double, uint)"/>
    public static Vector256<int> InversePoisson(Vector256<float> mean, Vector256<uint> word)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(mean);
        (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(word);
        return Vector256.Narrow(InversePoisson(lower, low), InversePoisson(upper, high));
    }

    private static Vector256<long> InversePoisson(Vector256<double> mean, Vector256<ulong> word)
    {
        Vector256<double> u = (Vector256.ConvertToDouble(word) + Vector256.Create(0.5)) * WordToDouble;
        Vector256<double> term = Deterministic.Exp(-mean), sum = term;
        Vector256<long> counts = default;
        for (int count = 1; ; count++)
        {
            Vector256<long> more = Vector256.GreaterThan(u, sum).AsInt64();
            if (more == Vector256<long>.Zero) return counts;
            counts -= more; // all bits set is -1
            term *= mean * (1.0 / count);
            sum += term;
        }
    }

    /// <summary>
    /// The normal quantile of p in (0, 1), to about 1e-16 (Wichura 1988, "Algorithm AS 241: The percentage points of the normal
    /// distribution", Applied Statistics 37, routine PPND16).
    /// </summary>
    public static double InverseNormal(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double s = 0.180625 - q * q;
            return q * Ratio(s,
                2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
                1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080,
                5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
                5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1);
        }

        double r = Math.Sqrt(-Deterministic.Log(q < 0 ? p : 1 - p));
        double z = r <= 5
            ? Ratio(r - 1.6,
                7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
                3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
                1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
                6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187)
            : Ratio(r - 5,
                2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
                2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
                2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
                1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1);
        return q < 0 ? -z : z;
    }

    /// <summary>One polynomial of degree 7 in x over another that ends in 1, highest powers first, summed in pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Ratio(double x, double a7, double a6, double a5, double a4, double a3, double a2, double a1, double a0,
        double b7, double b6, double b5, double b4, double b3, double b2, double b1)
    {
        double y = x * x, w = y * y;
        return Seven(a7, a6, a5, a4, a3, a2, a1, a0) / Seven(b7, b6, b5, b4, b3, b2, b1, 1);

        double Seven(double c7, double c6, double c5, double c4, double c3, double c2, double c1, double c0) =>
            Fused(Fused(Fused(c7, x, c6), y, Fused(c5, x, c4)), w, Fused(Fused(c3, x, c2), y, Fused(c1, x, c0)));

        static double Fused(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);
    }

    private static uint Last(ushort mechanism, int draw) => (uint)mechanism << 16 | (uint)draw >> 2 & 0xFFFF;
}
