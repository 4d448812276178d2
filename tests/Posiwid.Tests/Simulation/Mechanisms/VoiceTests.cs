using CsCheck;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class VoiceTests
{
    // (1 - .1) x .5 x (.4 + .6 x .5 + .6 x .25) = .3825
    [Fact]
    public void Silence_ByHand() => Assert.Equal(0.3825f, new Voice().Silence(0.1f, 0.5f, 0.25f), 0.0001f);

    [Fact]
    public void Silence_FallsWithOpenness_AndIsNoneWhereAllMaySpeak() =>
        Gen.Float[0, 1].Select(Gen.Float[0, 1], Gen.Float[0, 1]).Sample((openness, belief, status) =>
            new Voice().Silence(openness, belief, status) >= new Voice().Silence(1, belief, status) && new Voice().Silence(1, belief, status) == 0);

    [Fact]
    public void WhoeverHoldsEnoughAgainstIt_Speaks()
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 1 });
        var quiet = tiny.Add(MemberFlags.None, (Column.Grievance, 0.4f), (Column.Threshold, 0.5f));
        var loud = tiny.Add(MemberFlags.None, (Column.Grievance, 0.4f), (Column.Memory, 0.2f), (Column.Threshold, 0.5f)); // .4 + .7 x .2 = .54
        tiny.Count();
        new Voice().Branch(tiny.World, tiny.Branch);
        Assert.False(tiny.Flags(quiet).HasFlag(MemberFlags.Spoke));
        Assert.True(tiny.Flags(loud).HasFlag(MemberFlags.Spoke));
    }
}
