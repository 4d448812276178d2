using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class LifeCourseTests
{
    private const int Now = 20;

    /// <summary>Students on a campus whose stay ends in a given week; there are workplaces too.</summary>
    private static Tiny Campus(int count, int until, MemberFlags flags = MemberFlags.Student)
    {
        var tiny = new Tiny(MilieuKind.Campus, elsewhere: MilieuKind.Workplace).AddMany(count, flags);
        for (var p = 0; p < count; p++)
            tiny.Branch.Roll.IntAt(p, Column.Until) = until;
        tiny.Branch.NextTurn = until;
        tiny.World.Week = Now;
        return tiny;
    }

    private static int Until(Tiny tiny, int position) => tiny.Branch.Roll.IntAt(position, Column.Until);

    [Fact]
    public void NothingBeforeAStayEnds()
    {
        var tiny = Campus(20, Now + 1);
        new LifeCourse { DropOut = 1 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal((20, 0), (tiny.Branch.Roll.Count, tiny[Flow.Exits]));
        Assert.True(tiny.Flags(0).HasFlag(MemberFlags.Student));
        Assert.Equal(Now + 1, Until(tiny, 0));
    }

    [Fact]
    public void WhoHoldsOfficeStays_AndIsNoStudentAnyMore()
    {
        var tiny = Campus(20, Now);
        var leader = tiny.Flags(7) | MemberFlags.Leader;
        tiny.Branch.FlagsAt(7) = (int)leader;
        var id = tiny.Branch.IdAt(7);
        new LifeCourse { DropOut = 1 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal((1, 19), (tiny.Branch.Roll.Count, tiny[Flow.Exits])); // none is skipped while the roll shrinks
        Assert.Equal(id, tiny.Branch.IdAt(0));
        Assert.Equal(MemberFlags.Leader, tiny.Flags(0));
        Assert.InRange(Until(tiny, 0), Now + 1, int.MaxValue - 1);
    }

    [Fact]
    public void SharesAndYears()
    {
        var tiny = Campus(2000, Now);
        new LifeCourse().Branch(tiny.World, tiny.Branch);
        Assert.InRange(tiny[Flow.Exits], 180, 300); // 2000 x .12, standard deviation 15
        Assert.InRange(tiny.World.Movers.Count, 600, 800); // of 1760, .4: 704, standard deviation 22
        // 52 x 6 weeks on the average (standard error 7), and half a week for the begun one
        Assert.InRange(Enumerable.Range(0, tiny.Branch.Roll.Count).Average(p => Until(tiny, p) - Now), 275, 350);
    }

    [Fact]
    public void OnwardIsOffCampus_WhereThereIsABranch()
    {
        var tiny = Campus(10, Now);
        var campus = tiny.World.Open(tiny.Club, 1); // another campus is no place to go on to
        var work = tiny.World.Open(tiny.Club, 5);
        var course = new LifeCourse { DropOut = 0, Onward = 1 };
        course.Branch(tiny.World, tiny.Branch);
        course.Center(tiny.World, tiny.Club);
        Assert.Equal((0, 0, 10), (tiny.Branch.Roll.Count, campus.Roll.Count, work.Roll.Count));
        Assert.Equal(0, tiny[Flow.Exits]); // a move is no exit

        var alone = Campus(10, Now);
        course.Branch(alone.World, alone.Branch);
        course.Center(alone.World, alone.Club);
        Assert.Equal(10, alone.Branch.Roll.Count);
    }
}
