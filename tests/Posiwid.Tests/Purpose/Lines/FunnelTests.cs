using Posiwid.Purpose.Lines;

namespace Posiwid.Tests.Purpose.Lines;

public class FunnelTests
{
    private static readonly FunnelStage[] Stages = [new("contact", 0), new("meeting", 4), new("join", 10)];

    // Records end at week 20. Meeting within 4: a (2 weeks) yes, b (6 weeks) late, c never, d never; e met at 18 and its limit is at 22: immature.
    // Join within 10 of the meeting: of a alone, at 9, in time.
    [Fact]
    public void HandWorked()
    {
        var steps = Funnel.Of(Stages, [[0, 2, 9], [0, 6, 7], [1, null, null], [3, null, null], [18, 19, null], [25, null, null]], 20);
        Assert.Equal((4, 1, 1, 1), (steps[0].Base, steps[0].Reached, steps[0].Late, steps[0].Immature));
        Assert.Equal(.25, steps[0].Share.Value);
        Assert.Equal((1, 1, 0), (steps[1].Base, steps[1].Reached, steps[1].Immature));
        Assert.Equal(1, steps[1].Share.High);
    }

    [Fact]
    public void Nobody_HasAReason()
    {
        Assert.Equal("none to count", Funnel.Of(Stages, [], 20)[0].Share.Why);
        Assert.Throws<ArgumentException>(() => Funnel.Of(Stages, [[1, 2]], 20));
        Assert.Throws<ArgumentException>(() => Funnel.Of([Stages[0]], [], 20));
    }
}
