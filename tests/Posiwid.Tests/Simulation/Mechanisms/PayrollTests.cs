using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class PayrollTests
{
    // An organizer costs 480 x 1.35 = 648 dollars a week; a hundred members asked for five hours cost 150.
    private const long Organizer = 64_800, Running = 15_000;

    /// <summary>A club of 100 people in which twenty are cadre; so many of them are paid. Money in cents.</summary>
    private static Tiny Club(int staff, long reserves, long income, float usual = -1, int week = 1, double payroll = 1)
    {
        var tiny = new Tiny(policy: new PolicySpec { Payroll = payroll });
        for (var i = 0; i < 20; i++)
            tiny.Add(MemberFlags.Cadre | (i < staff ? MemberFlags.Staff : 0), (Column.Vigor, 1 + (0.1f * i)), (Column.Belief, 0.5f));
        tiny.Count();
        tiny.Club.Members = 100;
        tiny.Club.Staff = tiny.Club.StaffAgents = staff;
        tiny.Club.ReservesCents = reserves;
        tiny.Club.IncomeCents = income;
        tiny.Club.UsualIncome = usual < 0 ? income : usual;
        tiny.World.Week = week;
        return tiny;
    }

    private static Tiny Paid(Tiny tiny)
    {
        new Payroll().Center(tiny.World, tiny.Club);
        return tiny;
    }

    private static int OnThePayroll(Tiny tiny) => Enumerable.Range(0, tiny.Branch.Roll.Count).Count(p => tiny.Flags(p).HasFlag(MemberFlags.Staff));

    [Theory]
    [InlineData(0, 200_000, 0, 1, 55_400)] // 200,000 - 15,000 - 2 x 64,800
    [InlineData(0, 50_000, 0, 0.2701, 0)] // (50,000 - 15,000) / 129,600, and nothing is left
    [InlineData(0, 50_000, 40_000, 1, -94_600)] // 2.6 usual weeks of credit, 104,000: 50,000 - 144,600
    [InlineData(-300_000, 10_000, 0, 0, -305_000)] // nothing for wages; rooms are paid all the same
    public void AWeek_ByHand(long reserves, long income, float usual, float coverage, long left)
    {
        var club = Paid(Club(2, reserves, income, usual)).Club;
        Assert.Equal(coverage, club.Coverage, 0.0002f);
        Assert.InRange(club.ReservesCents, left - 1, left + 1);
        Assert.Equal(50, club.Hours[Activity.Administration]); // 2 x 25
    }

    [Fact]
    public void UsualMoneyFollowsSlowly_AndCountsWagesThatAreOwed()
    {
        var tiny = Club(2, 0, 50_000, 40_000);
        var club = tiny.Club;
        club.UsualCost = 100_000;
        new Payroll { Credit = 0 }.Center(tiny.World, club);
        Assert.Equal(40_800, club.UsualIncome, 1f); // 40,000 + .08 x 10,000
        Assert.Equal(103_568, club.UsualCost, 1f); // 100,000 + .08 x (15,000 + 129,600 - 100,000), though less was paid
    }

    [Theory]
    [InlineData(900_000, 100_000, 13, 1)] // a first one costs 79,800 with the rooms: ten weeks are 798,000
    [InlineData(700_000, 100_000, 13, 0)] // 785,000 after this week's money is too little
    [InlineData(900_000, 70_000, 13, 0)] // .85 x 70,000 + 15,000 = 74,500: does not cover it, however much is in the bank
    [InlineData(900_000, 100_000, 14, 0)] // it looks once a quarter
    public void Hiring_ByHand(long reserves, long income, int week, int hired)
    {
        var tiny = Paid(Club(0, reserves, income, week: week));
        Assert.Equal(hired, tiny.Club.Staff);
        Assert.Equal(hired == 1, tiny.Flags(19).HasFlag(MemberFlags.Staff)); // the most vigorous
        Assert.Equal(hired, OnThePayroll(tiny));
    }

    // One a quarter whatever the size made reserves pile up; layoffs every quarter killed clubs that could serve their debts.
    [Fact]
    public void ALargeStaffGrowsByMore_AndNobodyIsLaidOffWhileIncomeCoversTheCost()
    {
        var rich = Paid(Club(16, 100_000_000, 10_000_000, week: 13));
        Assert.Equal(18, rich.Club.Staff); // 16 / 8
        var indebted = Paid(Club(2, -100_000, 150_000, week: 13)); // cost 144,600
        Assert.Equal(2, indebted.Club.Staff);
        var poor = Paid(Club(12, 0, 150_000, week: 13)); // cost 792,600
        Assert.Equal(10, poor.Club.Staff); // 12 / 6, the least vigorous
        Assert.False(poor.Flags(0).HasFlag(MemberFlags.Staff) || poor.Flags(1).HasFlag(MemberFlags.Staff));
        Assert.True(poor.Flags(2).HasFlag(MemberFlags.Staff));
    }

    [Fact]
    public void WhoeverLeftTheOrganizationLeftThePayroll()
    {
        var tiny = Club(4, 0, 1_000_000);
        tiny.World.Leave(tiny.Branch, 0, "resigned");
        tiny.Count();
        tiny.Club.Members = 100;
        Assert.Equal(3, Paid(tiny).Club.Staff);
        Assert.InRange(tiny.Club.CostCents, Running + (3 * Organizer) - 1, Running + (3 * Organizer) + 1);
    }

    [Fact]
    public void WithoutPayrollNobodyIsPaidOrHired()
    {
        var tiny = Paid(Club(0, 100_000_000, 10_000_000, week: 13, payroll: 0));
        Assert.Equal((0, 100_000_000 + 10_000_000 - Running), (tiny.Club.Staff, tiny.Club.ReservesCents));
        var rich = Paid(Club(1, 0, 1_000_000, week: 1));
        Assert.InRange(rich.Club.CostCents, Running + Organizer - 1, Running + Organizer + 1);
    }
}
