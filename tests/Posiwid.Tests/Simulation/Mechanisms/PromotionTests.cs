using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class PromotionTests
{
    [Fact]
    public void OnlyTheReadyWhoDoNotSpeakUpBecomeCadre()
    {
        var tiny = new Tiny();
        (int, float)[] ready = [(Column.Education, 0.5f), (Column.Belief, 0.6f), (Column.Ties, 0.5f)];
        var made = tiny.Add(MemberFlags.None, ready);
        var critic = tiny.Add(MemberFlags.Spoke, ready);
        var green = tiny.Add(MemberFlags.None, (Column.Education, 0.1f), (Column.Belief, 0.6f), (Column.Ties, 0.5f));
        tiny.World.Week = 101; // a year and more after week 0, and one of the weeks in which it is looked at
        new Promotion { Chance = 1 }.Branch(tiny.World, tiny.Branch);
        Assert.True(tiny.Flags(made).HasFlag(MemberFlags.Cadre));
        Assert.False(tiny.Flags(critic).HasFlag(MemberFlags.Cadre));
        Assert.False(tiny.Flags(green).HasFlag(MemberFlags.Cadre));
    }
}
