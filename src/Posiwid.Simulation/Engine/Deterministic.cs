using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Elementary functions that give the same bits on every machine, alone or eight at a time. They use only operations that
/// IEEE 754 defines to the last bit (+ - * /, the fused multiply-add, square root, conversions, bits) in an order that is written down here, and
/// no library function. Polynomials are summed in pairs (Estrin 1960), since what costs time is one step waiting for the step before. The single-precision polynomials are those of Cephes (Moshier 1989, <c>expf.c</c> and <c>logf.c</c>), the double ones those of
/// fdlibm (Sun Microsystems 1993, <c>e_exp.c</c> and <c>e_log.c</c>).
/// </summary>
public static class Deterministic
{
    private const float ExpLowest = -87.3f, ExpHighest = 88.3f;
    private const float Log2E = 1.44269504f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
    private const float E0 = 1.9875691500e-4f, E1 = 1.3981999507e-3f, E2 = 8.3334519073e-3f, E3 = 4.1665795894e-2f,
        E4 = 1.6666665459e-1f, E5 = 5.0000001201e-1f;
    private const float L0 = 7.0376836292e-2f, L1 = -1.1514610310e-1f, L2 = 1.1676998740e-1f, L3 = -1.2420140846e-1f,
        L4 = 1.4249322787e-1f, L5 = -1.6668057665e-1f, L6 = 2.0000714765e-1f, L7 = -2.4999993993e-1f, L8 = 3.3333331174e-1f;

    private const float SmallestNormal = 1.17549435e-38f;
    private const int HalfRootBits = 0x3F3504F3; // the square root of one half

    private const float Rounder = 12582912f; // 1.5 * 2^23: adding it leaves the nearest whole number in the lower bits
    private const int RounderBits = 0x4B400000;

    private const double ExpOverflow = 709.782712893383973096, ExpUnderflow = -745.13321910194110842;
    private const double DoubleLog2E = 1.44269504088896338700, DoubleLn2High = 6.93147180369123816490e-01, DoubleLn2Low = 1.90821492927058770002e-10;
    private const double P1 = 1.66666666666666019037e-01, P2 = -2.77777777770155933842e-03, P3 = 6.61375632143793436117e-05,
        P4 = -1.65339022054652515390e-06, P5 = 4.13813679705723846039e-08;

    private const double DoubleRounder = 6755399441055744; // 1.5 * 2^52
    private const long DoubleRounderBits = 0x4338000000000000;

    private const float FixedOne = 1 << FixedBits;

    /// <summary>Binary places of the fixed-point form.</summary>
    public const int FixedBits = 20;

    /// <summary>e to the power of x, to 1.2e-7 of itself. Below -87.3 and above 88.3 the value stays what it is there.</summary>
    public static float Exp(float x)
    {
        x = x < ExpLowest ? ExpLowest : x;
        x = x > ExpHighest ? ExpHighest : x;
        float shifted = Fused(x, Log2E, Rounder);
        float n = shifted - Rounder;
        float r = Fused(n, -Ln2Low, Fused(n, -Ln2High, x)), s = r * r;
        float p = Fused(Fused(E0, r, E1), s * s, Fused(Fused(E2, r, E3), s, Fused(E4, r, E5)));
        return (Fused(p, s, r) + 1f) * BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted) - RounderBits + 127) << 23);
    }

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(ExpLowest)), Vector256.Create(ExpLowest), x);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(ExpHighest)), Vector256.Create(ExpHighest), x);
        Vector256<float> shifted = Fused(x, All(Log2E), All(Rounder));
        Vector256<float> n = shifted - All(Rounder);
        Vector256<float> r = Fused(n, All(-Ln2Low), Fused(n, All(-Ln2High), x)), s = r * r;
        Vector256<float> p = Fused(Fused(All(E0), r, All(E1)), s * s, Fused(Fused(All(E2), r, All(E3)), s, Fused(All(E4), r, All(E5))));
        Vector256<int> exponent = shifted.AsInt32() + Vector256.Create(127 - RounderBits);
        return (Fused(p, s, r) + All(1f)) * (exponent << 23).AsSingle();
    }

    /// <summary>Natural logarithm of a positive finite number, to 1.2e-7 of itself. What is smaller than the smallest normal number counts as that.</summary>
    public static float Log(float x)
    {
        x = x < SmallestNormal ? SmallestNormal : x;
        int exponent = (BitConverter.SingleToInt32Bits(x) - HalfRootBits) >> 23;
        float e = exponent;
        float f = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) - (exponent << 23)) - 1f;
        float z = f * f, w = z * z;
        float low = Fused(Fused(L5, f, L6), z, Fused(L7, f, L8)), high = Fused(Fused(L1, f, L2), z, Fused(L3, f, L4));
        float p = Fused(Fused(L0, w, high), w, low);
        return Fused(Ln2High, e, Fused(-0.5f, z, Fused(p, f * z, Ln2Low * e)) + f);
    }

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(SmallestNormal)), Vector256.Create(SmallestNormal), x);
        Vector256<int> exponent = (x.AsInt32() - Vector256.Create(HalfRootBits)) >> 23;
        Vector256<float> e = Vector256.ConvertToSingle(exponent);
        Vector256<float> f = (x.AsInt32() - (exponent << 23)).AsSingle() - Vector256.Create(1f);
        Vector256<float> z = f * f, w = z * z;
        Vector256<float> low = Fused(Fused(All(L5), f, All(L6)), z, Fused(All(L7), f, All(L8))), high = Fused(Fused(All(L1), f, All(L2)), z, Fused(All(L3), f, All(L4)));
        Vector256<float> p = Fused(Fused(All(L0), w, high), w, low);
        return Fused(All(Ln2High), e, Fused(All(-0.5f), z, Fused(p, f * z, All(Ln2Low) * e)) + f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fused(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fused(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> All(float x) => Vector256.Create(x);

    /// <summary>1 / (1 + e^-x).</summary>
    public static float Logistic(float x) => 1f / (1f + Exp(-x));

    /// <inheritdoc cref="Logistic(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Logistic(Vector256<float> x) => Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <summary>A positive number to a power, to (1 + |y ln x|) * 2e-7 of itself.</summary>
    public static float Pow(float x, float y) => Exp(y * Log(x));

    /// <inheritdoc cref="Pow(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y) => Exp(y * Log(x));

    /// <summary>
    /// A number in steps of 2^-20, rounded to the nearest (ties to even), for |x| below 2,048. Whole numbers add up to the same sum in any order:
    /// sums over people are made of these.
    /// </summary>
    public static int ToFixed(float x) => (int)MathF.Round(x * FixedOne);

    /// <inheritdoc cref="ToFixed(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToFixed(Vector256<float> x) =>
        Avx.IsSupported ? Avx.ConvertToVector256Int32(x * Vector256.Create(FixedOne)) // rounds as Round does
            : Vector256.ConvertToInt32Native(Vector256.Round(x * Vector256.Create(FixedOne)));

    /// <summary>A sum of fixed-point numbers as a double.</summary>
    public static double FromFixed(long sum) => sum * (1.0 / FixedOne);

    /// <summary>Four sums of fixed-point numbers, each below 2^31, as fractions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FromFixed(Vector128<int> sums) => Vector128.ConvertToSingle(sums) * Vector128.Create(1 / FixedOne);

    /// <summary>The sums of four times eight whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Sums(Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        if (!Ssse3.IsSupported) return Vector128.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
        return Ssse3.HorizontalAdd(Ssse3.HorizontalAdd(Four(a), Four(b)), Ssse3.HorizontalAdd(Four(c), Four(d)));

        static Vector128<int> Four(Vector256<int> x) => x.GetLower() + x.GetUpper();
    }

    /// <summary>e to the power of x in double precision, to one unit in the last place.</summary>
    public static double Exp(double x)
    {
        if (x > ExpOverflow) return double.PositiveInfinity;
        if (x < ExpUnderflow) return 0;
        double shifted = x * DoubleLog2E + DoubleRounder, n = shifted - DoubleRounder;
        double high = x - n * DoubleLn2High, low = n * DoubleLn2Low, r = high - low, t = r * r;
        double c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
        double y = 1 - ((low - r * c / (2 - c)) - high);
        long exponent = BitConverter.DoubleToInt64Bits(shifted) - DoubleRounderBits, half = exponent >> 1;
        return y * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <inheritdoc cref="Exp(double)"/>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> shifted = x * DoubleLog2E + Vector256.Create(DoubleRounder), n = shifted - Vector256.Create(DoubleRounder);
        Vector256<double> high = x - n * DoubleLn2High, low = n * DoubleLn2Low, r = high - low, t = r * r;
        Vector256<double> p = Vector256.Create(P4) + t * P5;
        p = Vector256.Create(P3) + t * p;
        p = Vector256.Create(P2) + t * p;
        p = Vector256.Create(P1) + t * p;
        Vector256<double> c = r - t * p;
        Vector256<double> y = Vector256<double>.One - ((low - r * c / (Vector256.Create(2.0) - c)) - high);
        Vector256<long> exponent = shifted.AsInt64() - Vector256.Create(DoubleRounderBits), half = exponent >> 1;
        y = y * PowerOfTwo(half) * PowerOfTwo(exponent - half);
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(ExpOverflow)), Vector256.Create(double.PositiveInfinity), y);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(ExpUnderflow)), Vector256<double>.Zero, y);
    }

    /// <summary>Natural logarithm in double precision, to one unit in the last place.</summary>
    public static double Log(double x)
    {
        const double G1 = 6.666666666666735130e-01, G2 = 3.999999999940941908e-01, G3 = 2.857142874366239149e-01,
            G4 = 2.222219843214978396e-01, G5 = 1.818357216161805012e-01, G6 = 1.531383769920937332e-01, G7 = 1.479819860511658591e-01;
        const long HalfRoot = 0x3FE6A09E667F3BCD; // the square root of one half
        if (x == 0) return double.NegativeInfinity;
        if (!(x > 0)) return double.NaN;
        if (double.IsPositiveInfinity(x)) return x;
        int extra = 0;
        if (x < 2.2250738585072014e-308) (x, extra) = (x * 18014398509481984.0, -54); // 2^54
        long bits = BitConverter.DoubleToInt64Bits(x), k = (bits - HalfRoot) >> 52;
        double f = BitConverter.Int64BitsToDouble(bits - (k << 52)) - 1, e = k + extra;
        double s = f / (2 + f), z = s * s, w = z * z, half = 0.5 * f * f;
        double rest = z * (G1 + w * (G3 + w * (G5 + w * G7))) + w * (G2 + w * (G4 + w * G6));
        return s * (half + rest) + e * DoubleLn2Low - half + f + e * DoubleLn2High;
    }

    private static double PowerOfTwo(long n) => BitConverter.Int64BitsToDouble((n + 1023) << 52);

    private static Vector256<double> PowerOfTwo(Vector256<long> n) => ((n + Vector256.Create(1023L)) << 52).AsDouble();

    /// <summary>Sum of eight lanes, halves added to halves: the same bits on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> x)
    {
        var four = x.GetLower() + x.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <summary>The greater of two numbers, neither of which is NaN, lane by lane; the second where they are equal. One instruction and a choice, where the general one takes care of NaN and signed zeros in three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);

    /// <summary>The lesser of two numbers, as <see cref="Max(Vector256{float}, Vector256{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.ConditionalSelect(Vector256.LessThan(a, b), a, b);

    /// <summary>Least of eight whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Least(Vector256<int> x)
    {
        var four = Vector128.Min(x.GetLower(), x.GetUpper());
        return Math.Min(Math.Min(four[0], four[1]), Math.Min(four[2], four[3]));
    }

    /// <summary>Least of eight lanes, none of which is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Least(Vector256<float> x)
    {
        var four = Vector128.Min(x.GetLower(), x.GetUpper());
        return Math.Min(Math.Min(four[0], four[1]), Math.Min(four[2], four[3]));
    }
}
