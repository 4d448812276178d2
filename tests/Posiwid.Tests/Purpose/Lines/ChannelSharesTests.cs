using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.Tests.Purpose.Lines;

public class ChannelSharesTests
{
    private static ChannelTrial Trial(params double?[][] areas) => new("funds", 520, ["dues", "the rest"], areas);

    // a blow of -10: with dues live -4 are left, with the rest -7, with both 0. v = 0, .6, .3, 1:
    // dues .5 (.6 - 0) + .5 (1 - .3) = .65, the rest .5 (.3 - 0) + .5 (1 - .6) = .35; lost .7 and .4, alone .6 and .3
    [Fact]
    public void Of_HandWorked()
    {
        double?[] Both(double area) => [area, area];
        var shares = ChannelShares.Of(Trial(Both(-10), Both(-4), Both(-7), Both(0)));
        Assert.Equal([("dues", 0.65, 0.7, 0.6), ("the rest", 0.35, 0.4, 0.3)], shares.Select(s => (s.Channel, Math.Round(s.Shapley.Value ?? double.NaN, 12), Math.Round(s.Lost.Value ?? double.NaN, 12), Math.Round(s.Alone.Value ?? double.NaN, 12))));
    }

    // the parts sum to the share that is made good, D = 1 - A(all) / A(none), and a channel that does nothing has none
    [Fact]
    public void Of_PartsSumToWhatIsMadeGood()
    {
        double?[] none = [-10, -12, -9, -11], live = [-3, -5, -2, -4];
        var shares = ChannelShares.Of(Trial(none, none, live, live));
        Assert.Equal(1 - (14 / 42.0), shares.Sum(s => s.Shapley.Value!.Value), 12);
        Assert.Equal(0, shares[0].Shapley.Value!.Value, 12);
        Assert.True(shares[1].Shapley.Low > 0.5);
    }

    [Fact]
    public void Of_ASeedThatDiedInOneArm_IsLeftOutOfAll()
    {
        double?[] Both(double area) => [area, area];
        var whole = ChannelShares.Of(Trial(Both(-10), Both(-4), Both(-7), Both(-1)));
        var gap = ChannelShares.Of(Trial([.. Both(-10), -99], [.. Both(-4), null], [.. Both(-7), 7], [.. Both(-1), 7]));
        Assert.Equal(whole, gap);
    }

    [Fact]
    public void Of_ABlowThatMovesNothing_HasNoShares() =>
        Assert.All(ChannelShares.Of(Trial([1, -1, 0], [1, -1, 0], [1, -1, 0], [1, -1, 0])), s => Assert.False(s.Shapley.Known));

    [Fact]
    public void Of_WhatIsNotWhole_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ChannelShares.Of(Trial([1], [1], [1])));
        Assert.Throws<ArgumentException>(() => ChannelShares.Of(Trial([1], [1], [1], [1, 2])));
        Assert.Throws<ArgumentException>(() => ChannelShares.Of(new ChannelTrial("x", 0, [], [[1]])));
    }
}
