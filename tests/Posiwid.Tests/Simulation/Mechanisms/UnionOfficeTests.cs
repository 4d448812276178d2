using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class UnionOfficeTests
{
    /// <summary>Rates at which everybody takes office at once (26 a year x 4 / 52 x .1 / .2 = 1) and nobody acts.</summary>
    private static UnionOffice Sure => new() { Taking = 26, Otherwise = 0 };

    private static Tiny Work(double stay = 80, MilieuKind kind = MilieuKind.Workplace, double openness = 0.5) =>
        new(kind, new PolicySpec { Openness = openness }, office: m => m with { StayYears = stay, Need = 0.2, FreeHours = 0.4 }) { World = { Week = 2 } };

    private static (int, float)[] Worker(float experience = 3) => [(Column.Experience, experience), (Column.Vigor, 1), (Column.Need, 0.5f), (Column.Belief, 0.6f)];

    [Fact]
    public void TheExperiencedTakeOffice_WithItsHoursAndItsSafety()
    {
        var tiny = Work();
        var taken = tiny.Add(MemberFlags.Cadre, Worker());
        var green = tiny.Add(MemberFlags.None, Worker(1.9f));
        var paid = tiny.Add(MemberFlags.Staff, Worker());
        Sure.Branch(tiny.World, tiny.Branch);
        Assert.Equal(MemberFlags.Cadre | MemberFlags.UnionOfficer, tiny.Flags(taken));
        Assert.Equal((MemberFlags.None, MemberFlags.Staff), (tiny.Flags(green), tiny.Flags(paid)));
        Assert.Equal((0.4f, 0.2f), (tiny[taken, Column.Vigor], tiny[taken, Column.Need]));
        Assert.Equal((1, 0.5f), (tiny[green, Column.Vigor], tiny[green, Column.Need]));
    }

    [Fact]
    public void ATermEnds()
    {
        var tiny = Work(stay: 0.1); // 4 weeks / 5.2 = .77 in a look
        var first = tiny.Add(MemberFlags.UnionOfficer, Worker());
        for (; tiny.Flags(first).HasFlag(MemberFlags.UnionOfficer); tiny.World.Week += 4)
            new UnionOffice { Taking = 0, Otherwise = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.InRange(tiny.World.Week, 6, 40);
        Assert.Equal(2.5f, tiny[first, Column.Vigor], 0.0001f); // 1 / .4: the hours of a worker again
    }

    [Fact]
    public void WhoHoldsOfficeHoldsItWhereverTheBranchMeets()
    {
        var tiny = Work(stay: 0.1);
        var officer = tiny.Add(MemberFlags.UnionOfficer, Worker());
        tiny.Branch.Kind = MilieuKind.Neighborhood;
        for (; tiny.Flags(officer).HasFlag(MemberFlags.UnionOfficer); tiny.World.Week += 4)
            new UnionOffice { Taking = 26, Otherwise = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.InRange(tiny.World.Week, 6, 40); // the term ends, and nobody takes office there
        Assert.Equal(2.5f, tiny[officer, Column.Vigor], 0.0001f);
    }

    [Theory]
    [InlineData(0.5, 0.03f)]
    [InlineData(0, 0.06f)] // where nothing may be said about it
    public void ThePriceOfAnAct_ByHand(double openness, float grievance)
    {
        var tiny = Work(openness: openness);
        var officer = tiny.Add(MemberFlags.UnionOfficer, Worker());
        var other = tiny.Add(MemberFlags.None, Worker(0));
        new UnionOffice { Taking = 0, Otherwise = 10_000 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal((0.02f, grievance), (tiny.Branch.BeliefShock, tiny.Branch.GrievanceShock));
        Assert.Equal(0.54f, tiny[officer, Column.Belief], 0.0001f); // .6 x (1 - .1)
        Assert.Equal(0.6f, tiny[other, Column.Belief]);
        Assert.Equal((EventKinds.UnionOffice, 1), (tiny.Branch.Events[0].Kind, tiny.Branch.Events[0].Value));
    }

    [Fact]
    public void DoorsOpenAtAStrike()
    {
        var tiny = Work().AddMany(2, MemberFlags.UnionOfficer, Worker());
        tiny.Branch.Capital[Activity.StrikeSupport] = 0.5f;
        new UnionOffice { Taking = 0, Otherwise = 0 }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(0.52f, tiny.Branch.Capital[Activity.StrikeSupport], 0.0001f); // .5 + 2 x .02 x .5
    }

    // two officers, .3 acts a year each, four weeks: .0462; with an election of strength .5 times 1 + 4 x .5: .1385
    [Fact]
    public void Chance_ByHand() => Assert.Equal((0.0451f, 0.1293f), (MathF.Round(new UnionOffice().Chance(2, 0), 4), MathF.Round(new UnionOffice().Chance(2, 0.5f), 4)));

    [Fact]
    public void OnlyAtWorkplaces_OfAScenarioThatHasTheMilieu_InOneWeekOfFour()
    {
        static bool Takes(Tiny tiny)
        {
            var worker = tiny.Add(MemberFlags.None, Worker());
            Sure.Branch(tiny.World, tiny.Branch);
            return tiny.Flags(worker).HasFlag(MemberFlags.UnionOfficer);
        }

        Assert.True(Takes(Work()));
        Assert.False(Takes(Work(kind: MilieuKind.Neighborhood)));
        Assert.False(Takes(new Tiny { World = { Week = 2 } }));
        Assert.False(Takes(new Tiny(office: m => m) { World = { Week = 3 } }));
    }
}
