using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class GrowthMonitoringTests
{
    /// <summary>A branch that only meets and has shrunk from 20 to 10, and one that only recruits and has grown from 5 to 10; one paid organizer.</summary>
    private static (Tiny Tiny, Branch Growing) Two(double monitoring = 1, int earlier = 20, MemberFlags flags = MemberFlags.Cadre)
    {
        var tiny = new Tiny(policy: new PolicySpec { Monitoring = monitoring }).AddMany(10, flags);
        var growing = tiny.World.Open(tiny.Club, 1);
        for (var i = 0; i < 10; i++)
            tiny.Add(growing, MemberFlags.Cadre);
        tiny.Count();
        tiny.Branch.EarlierSize = earlier;
        growing.EarlierSize = 5;
        tiny.Branch.Effort[Activity.Meeting] = 1;
        growing.Effort[Activity.Contacting] = 1;
        tiny.Club.Staff = 1;
        tiny.World.Week = 3;
        return (tiny, growing);
    }

    private static void Look(Tiny tiny, float visits = 1) => new GrowthMonitoring { VisitsPerHead = visits }.Center(tiny.World, tiny.Club);

    private static float Grievances(Tiny tiny, int column = Column.Grievance) => Enumerable.Range(0, 10).Sum(p => tiny[p, column]);

    [Fact]
    public void AVisit_ByHand()
    {
        var (tiny, growing) = Two();
        Look(tiny);
        Assert.Equal((0.5f, 0.5f), (tiny.Branch.Effort[Activity.Meeting], tiny.Branch.Effort[Activity.Contacting])); // half of what the growing one does
        Assert.Equal(1, growing.Effort[Activity.Contacting]);
        Assert.Equal((16, 0), (tiny.Branch.WatchedUntil, growing.WatchedUntil)); // 3 + 13
        Assert.Equal((1, 20), (tiny.Club.FlowsSinceSample[(int)Flow.Visits], tiny.Club.Hours[Activity.Visit]));
        // one local cadre is blamed: .3, and half of it is remembered
        Assert.Equal(0.3f, Grievances(tiny), 0.0001f);
        Assert.Equal(0.15f, Grievances(tiny, Column.Memory), 0.0001f);
        Assert.Equal(1, Enumerable.Range(0, 10).Count(p => tiny[p, Column.Grievance] > 0));
    }

    [Fact]
    public void OnePersonIsBlamed_NotAllForWhomAnAgentStands()
    {
        var (tiny, _) = Two();
        tiny.Branch.Weight = 10;
        Look(tiny);
        Assert.Equal((0.03f, 0.015f), (MathF.Round(Grievances(tiny), 5), MathF.Round(Grievances(tiny, Column.Memory), 5))); // .3 / 10
    }

    // A blame written for a branch was once zeroed before its members saw it.
    [Fact]
    public void TheBlameIsStillThereAfterTheMembersUpdate()
    {
        var (tiny, _) = Two();
        Look(tiny);
        tiny.Set(PolicyItem.Openness, 1);
        new Grievances().Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.2964f, Grievances(tiny), 0.0001f); // .3 x (1 - .012)
    }

    [Theory]
    [InlineData(MemberFlags.None)]
    [InlineData(MemberFlags.Cadre | MemberFlags.Leader)] // who sits at the center blames somebody local
    public void NobodyIsBlamedWhereThereIsNoLocalCadre(MemberFlags flags)
    {
        var (tiny, _) = Two(flags: flags);
        Look(tiny);
        Assert.Equal(16, tiny.Branch.WatchedUntil);
        Assert.Equal(0, Grievances(tiny));
    }

    [Fact]
    public void NoVisit()
    {
        void None((Tiny Tiny, Branch Growing) two, float visits = 1, int week = 3)
        {
            two.Tiny.World.Week = week;
            Look(two.Tiny, visits);
            Assert.Equal(1, two.Tiny.Branch.Effort[Activity.Meeting]);
            Assert.Equal((0, 0), (two.Tiny.Club.Hours[Activity.Visit], Grievances(two.Tiny)));
        }

        None(Two(), visits: 0);
        None(Two(monitoring: 0));
        None(Two(earlier: 10)); // growth 0 is not below the bar
        None(Two(), week: 4);
        var watched = Two();
        watched.Tiny.Branch.WatchedUntil = 4;
        None(watched);
    }
}
