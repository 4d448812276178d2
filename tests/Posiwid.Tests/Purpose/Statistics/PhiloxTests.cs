using System.Runtime.Intrinsics;
using CsCheck;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Statistics;

public class PhiloxTests
{
    /// <summary>The published vectors for philox4x32-10 (Random123 1.14, <c>tests/kat_vectors</c>).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Known_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint e0, uint e1, uint e2, uint e3)
    {
        Philox.Block(c0, c1, c2, c3, k0, k1, out uint r0, out uint r1, out uint r2, out uint r3);
        Assert.Equal((e0, e1, e2, e3), (r0, r1, r2, r3));
    }

    [Fact]
    public void Eight_at_once_are_the_same_eight() =>
        Gen.Select(Gen.UInt.Array[32], Gen.UInt, Gen.UInt).Sample((words, k0, k1) =>
        {
            Vector256<uint> c0 = Vector256.Create(words, 0), c1 = Vector256.Create(words, 8), c2 = Vector256.Create(words, 16), c3 = Vector256.Create(words, 24);
            Philox.Block(c0, c1, c2, c3, k0, k1, out Vector256<uint> v0, out Vector256<uint> v1, out Vector256<uint> v2, out Vector256<uint> v3);
            for (int i = 0; i < 8; i++)
            {
                Philox.Block(c0[i], c1[i], c2[i], c3[i], k0, k1, out uint r0, out uint r1, out uint r2, out uint r3);
                Assert.Equal((r0, r1, r2, r3), (v0[i], v1[i], v2[i], v3[i]));
            }
        });
}
