using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class DuesTests
{
    [Fact]
    public void Income_ByHand()
    {
        var tiny = new Tiny(policy: new PolicySpec { DuesUsdPerWeek = 5, CadreDuesUsdPerWeek = 16 });
        tiny.AddMany(10, MemberFlags.None, (Column.Need, 0.4f));
        tiny.AddMany(2, MemberFlags.Cadre).Count();
        tiny.Branch.Hours[Activity.PaperSale] = tiny.Club.Hours[Activity.PaperSale] = 10;
        var dues = new Dues();
        dues.Branch(tiny.World, tiny.Branch);
        Assert.Equal(8, tiny.Branch.Brought[(Indicator.Money * Activity.Count) + Activity.PaperSale], 1e-5f); // what the sale brought, to learn from
        dues.Center(tiny.World, tiny.Club);
        // .7 x (5 x 10 x .8 + 16 x 2) + .8 x 10 = 50.4 + 8 dollars
        Assert.InRange(tiny.Club.IncomeCents, 5838, 5841);
    }
}
