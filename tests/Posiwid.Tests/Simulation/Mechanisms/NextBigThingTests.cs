using CsCheck;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class NextBigThingTests
{
    // pull .45, half of the praise for growth, members' own part .4 x .6: .45 x 1 x (.6 x .5 + .24) = .243
    [Fact]
    public void Swing_ByHand()
    {
        Assert.Equal(0.243f, new NextBigThing().SwingOf(1, 0.5f, 1, 0), 0.0001f); // .45 (.6 x .5 + .4 x .6)
        Assert.Equal(0.135f, new NextBigThing().SwingOf(1, 0.5f, 1, 1), 0.0001f); // who has to looks to needs: .45 x .3
        Assert.Equal(0.27f, new NextBigThing().SwingOf(1, 0.5f, 0, 0), 0.0001f); // whom nobody watches runs after what is enjoyed: .45 x .6
    }


    [Fact]
    public void Swing_IsNoneWithoutAMoment_AndNeverMoreThanFourFifths() =>
        Gen.Float[0, 1.5f].Select(Gen.Float[0, 1]).Sample((moment, praise) =>
            new NextBigThing { Pull = 2 }.SwingOf(moment, praise, 1, 0) is >= 0 and <= 0.8f && new NextBigThing().SwingOf(0, praise, 1, 0) == 0);
}
