using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class GrievancesTests
{
    [Fact]
    public void UnmetNeedHurts_AndTimeHeals_ByHand()
    {
        var tiny = new Tiny(policy: new PolicySpec { Openness = 1 });
        var member = tiny.Add(MemberFlags.None, (Column.Grievance, 0.5f), (Column.Need, 0.9f), (Column.Fear, 0.2f), (Column.Memory, 1), (Column.Threshold, 0.5f));
        new Grievances().Branch(tiny.World, tiny.Branch);
        // .5 (1 - .012) + .004 x (.9 - .4)
        Assert.Equal(0.496f, tiny[member, Column.Grievance], 0.00001f);
        Assert.Equal(0.19f, tiny[member, Column.Fear], 0.00001f); // .2 x .95
        Assert.Equal(0.9973f, tiny[member, Column.Memory], 0.00001f);
    }
}
