using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class BranchClosingTests
{
    /// <summary>A branch of so many members beside one of ten.</summary>
    private static (Tiny Tiny, Branch Other) Two(int members, MemberFlags flags = MemberFlags.None)
    {
        var tiny = new Tiny().AddMany(members, flags);
        var other = tiny.World.Open(tiny.Club, 1);
        for (var i = 0; i < 10; i++)
            tiny.Add(other, MemberFlags.None);
        return (tiny.Count(), other);
    }

    private static void Close(Tiny tiny, float goOn, float below = 3) => new BranchClosing { GoOn = goOn, Below = below }.Center(tiny.World, tiny.Club);

    [Theory]
    [InlineData(0, MemberFlags.None, 10, 2)]
    [InlineData(1, MemberFlags.None, 12, 0)]
    [InlineData(0, MemberFlags.Leader, 12, 0)] // leaders and staff always go on
    [InlineData(0, MemberFlags.Staff, 12, 0)]
    public void TwoAreTooFew(float goOn, MemberFlags flags, int there, int exits)
    {
        var (tiny, other) = Two(2, flags);
        Close(tiny, goOn);
        Assert.Equal((1, there), (tiny.Club.BranchCount, other.Roll.Count));
        Assert.Equal(exits, tiny.Club.FlowsSinceSample[(int)Flow.Exits]); // the branch is gone, its exits are not
        Assert.Null(tiny.World.At(0, tiny.Club));
        Assert.Single(tiny.World.Events, e => e.Kind == EventKinds.BranchClosed);
    }

    [Fact]
    public void HalfGoOn()
    {
        var (tiny, other) = Two(400);
        tiny.AddMany(200, MemberFlags.None);
        for (var i = 0; i < 600; i++)
            tiny.Add(other, MemberFlags.None);
        Close(tiny, 0.5f, below: 601);
        Assert.InRange(other.Roll.Count - 610, 260, 340); // 300, standard deviation 12
    }

    [Fact]
    public void ThreeAreEnough_AndTheLastBranchDoesNotClose()
    {
        var (tiny, _) = Two(3);
        Close(tiny, 0);
        Assert.Equal((2, 3), (tiny.Club.BranchCount, tiny.Branch.Roll.Count));
        var (none, _) = Two(0);
        Close(none, 0, below: 0);
        Assert.Equal(2, none.Club.BranchCount);
        var last = new Tiny().AddMany(1, MemberFlags.None);
        Close(last, 0);
        Assert.Equal((1, 1), (last.Club.BranchCount, last.Branch.Roll.Count));
    }
}
