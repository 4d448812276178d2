using CsCheck;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class AttentionTests
{
    [Fact]
    public void Correlation_ByHand()
    {
        Assert.Equal(1, Attention.Correlation([1, 2, 3], [2, 4, 6]), 0.0001f);
        Assert.Equal(-1, Attention.Correlation([1, 2, 3], [3, 2, 1]), 0.0001f);
        // x: -1 0 1; y (0, 3, 0) - 1: -1 2 -1; xy = 0
        Assert.Equal(0, Attention.Correlation([1, 2, 3], [0, 3, 0]), 0.0001f);
        Assert.Equal(0, Attention.Correlation([1, 1, 1], [0, 3, 5]));
    }

    [Fact]
    public void Correlation_StaysBetweenMinusOneAndOne() =>
        Gen.Float[-5, 5].Array[3, 20].Select(Gen.Float[-5, 5].Array[20]).Sample((x, y) =>
            Math.Abs(Attention.Correlation(x, y.AsSpan(0, x.Length))) <= 1.0001f);
}
