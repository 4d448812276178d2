using Posiwid.Simulation.Engine;
using Posiwid.Tests.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Engine;

public class StaffingTests
{
    /// <summary>Four cadre and six others, each of whom stands for so many people; so many are hired.</summary>
    private static Tiny Hired(double weight, int count)
    {
        var tiny = new Tiny(weight: weight);
        for (var i = 0; i < 4; i++)
            tiny.Add(MemberFlags.Cadre, (Column.Vigor, 1 + (0.1f * i)), (Column.Belief, 0.5f));
        tiny.AddMany(6, MemberFlags.None).Count();
        Staffing.Hire(tiny.World, tiny.Club, count);
        tiny.Count();
        return tiny;
    }

    private static (int Staff, int Agents, int Flagged) Now(Tiny tiny) =>
        (tiny.Club.Staff, tiny.Club.StaffAgents, Enumerable.Range(0, tiny.Branch.Roll.Count).Count(p => tiny.Flags(p).HasFlag(MemberFlags.Staff)));

    [Theory]
    [InlineData(1, 3, 3, 3)]
    [InlineData(1, 6, 4, 4)] // there are four cadre
    [InlineData(100, 30, 30, 4)] // thirty of the four hundred for whom they stand
    [InlineData(100, 500, 400, 4)]
    public void NoMoreThanTheCadreThereAre(double weight, int count, int staff, int agents) =>
        Assert.Equal((staff, agents, agents), Now(Hired(weight, count)));

    [Fact]
    public void AnAgentWhoLeavesTakesTheAverageAlong()
    {
        var tiny = Hired(100, 30);
        tiny.World.Leave(tiny.Branch, 0, "resigned");
        tiny.Count();
        Staffing.Count(tiny.Club);
        Assert.Equal((23, 3, 3), Now(tiny)); // 30 x 3/4 = 22.5
        Staffing.Count(tiny.Club);
        Assert.Equal((23, 3, 3), Now(tiny));
    }

    [Fact]
    public void WhoeverIsLeftOnThePayrollIsSomebody()
    {
        var tiny = Hired(100, 30);
        Staffing.Dismiss(tiny.World, tiny.Club, 29, static (_, vigor, _, _) => 1 / vigor);
        Assert.Equal((1, 1, 1), Now(tiny)); // 29 x 4/30 = 3.9 agents, but one is left
        Staffing.Dismiss(tiny.World, tiny.Club, 1, static (_, vigor, _, _) => 1 / vigor);
        Assert.Equal((0, 0, 0), Now(tiny));
    }

    [Fact]
    public void WhoeverWasHiredIsOnThePayroll_WhenAllOthersHaveLeft()
    {
        var tiny = Hired(1, 2);
        tiny.World.Leave(tiny.Branch, 3, "resigned");
        tiny.World.Leave(tiny.Branch, 2, "resigned");
        Staffing.Hire(tiny.World, tiny.Club, 1);
        tiny.Count();
        Assert.Equal((1, 3, 1), Now(tiny));
        Staffing.Count(tiny.Club);
        Assert.Equal((1, 1, 1), Now(tiny)); // not 1 x 1/3 = 0
    }

    [Fact]
    public void OfThirtyTenAreDismissed_TheLeastVigorousFirst()
    {
        var tiny = Hired(100, 30);
        Staffing.Dismiss(tiny.World, tiny.Club, 10, static (_, vigor, _, _) => 1 / vigor);
        Assert.Equal((20, 3, 3), Now(tiny)); // 10 x 4/30 = 1.3 agents
        Assert.False(tiny.Flags(0).HasFlag(MemberFlags.Staff));
        Staffing.Dismiss(tiny.World, tiny.Club, 99, static (_, vigor, _, _) => vigor);
        Assert.Equal((0, 0, 0), Now(tiny));
    }
}
