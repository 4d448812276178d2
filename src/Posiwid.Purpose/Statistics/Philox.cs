using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Posiwid.Purpose.Statistics;

/// <summary>
/// Philox4x32-10, a counter-based random number generator (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy
/// as 1, 2, 3", SC'11): 128 bits of counter and 64 bits of key give 128 random bits. There is no state, so any number can be had at
/// any time on any thread. The forms give the same bits.
/// </summary>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57; // Salmon et al. 2011, section 4.3
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85; // golden ratio, and the square root of 3 less 1

    /// <summary>The four words of one counter.</summary>
    public static void Block(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, out uint r0, out uint r1, out uint r2, out uint r3)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0, p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        (r0, r1, r2, r3) = (c0, c1, c2, c3);
    }

    /// <summary>The four words of eight counters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(
        Vector256<uint> c0, Vector256<uint> c1, Vector256<uint> c2, Vector256<uint> c3, uint k0, uint k1,
        out Vector256<uint> r0, out Vector256<uint> r1, out Vector256<uint> r2, out Vector256<uint> r3)
    {
        // Even and odd lanes go apart, each in the lower half of a 64-bit lane: a product then needs no shuffle. What stands in the
        // upper halves does not matter, because the multiplication looks at the lower ones only.
        Vector256<ulong> a0 = c0.AsUInt64(), a1 = c1.AsUInt64(), a2 = c2.AsUInt64(), a3 = c3.AsUInt64();
        Vector256<ulong> b0 = a0 >>> 32, b1 = a1 >>> 32, b2 = a2 >>> 32, b3 = a3 >>> 32;
        Vector256<ulong> m0 = Vector256.Create((ulong)Multiplier0), m1 = Vector256.Create((ulong)Multiplier1);
        for (int round = 0; round < 10; round++)
        {
            Vector256<ulong> key0 = Vector256.Create((ulong)k0), key1 = Vector256.Create((ulong)k1);
            Vector256<ulong> p0 = Multiply(a0, m0), p1 = Multiply(a2, m1), q0 = Multiply(b0, m0), q1 = Multiply(b2, m1);
            (a0, a1, a2, a3) = ((p1 >>> 32) ^ a1 ^ key0, p1, (p0 >>> 32) ^ a3 ^ key1, p0);
            (b0, b1, b2, b3) = ((q1 >>> 32) ^ b1 ^ key0, q1, (q0 >>> 32) ^ b3 ^ key1, q0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        (r0, r1, r2, r3) = (Join(a0, b0), Join(a1, b1), Join(a2, b2), Join(a3, b3));
    }

    /// <summary>The products of the lower halves of four 64-bit lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> a, Vector256<ulong> b)
    {
        if (Avx2.IsSupported) return Avx2.Multiply(a.AsUInt32(), b.AsUInt32());
        Vector256<ulong> lower = Vector256.Create((ulong)uint.MaxValue);
        return (a & lower) * (b & lower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Join(Vector256<ulong> even, Vector256<ulong> odd) =>
        ((even & Vector256.Create((ulong)uint.MaxValue)) | (odd << 32)).AsUInt32();
}
