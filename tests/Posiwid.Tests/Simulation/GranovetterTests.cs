using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Simulation;

/// <summary>
/// Granovetter (1978): a hundred people, each of whom acts once enough others do. It is the voice rule's special case. The rule is:
/// speak if grievance (1 + support x visible) > threshold + fear + pressure. With everything else at 0, openness 1, voice seen at once,
/// and a grievance of one thousandth with a support of a thousand, it becomes: speak if .001 + visible > threshold, and what is
/// visible is the share that spoke the week before.
/// </summary>
public sealed class GranovetterTests
{
    private const int People = 100;

    [Fact]
    public void ThresholdsFromNoneToNinetyNine_AllAct() =>
        // one acts without anybody, the next after one, the next after two ... until all do
        Assert.Equal(100, Acting(i => i / 100f));

    [Fact]
    public void OneThresholdFromOneToTwo_OneActs() =>
        // nobody is left whom a single actor moves, so the crowd is all but the same and stands still
        Assert.Equal(1, Acting(i => i == 1 ? 0.02f : i / 100f));

    [Theory]
    [InlineData(6, 0, 20)]
    [InlineData(9, 0, 25)]
    [InlineData(14, 80, 100)]
    [InlineData(20, 80, 100)]
    public void NormalThresholdsWithMeanTwentyFive_TipBetweenNarrowAndWide(double deviation, int least, int most)
    {
        // Granovetter's figure: in a large crowd the equilibrium jumps from few to nearly all at a standard deviation of about 12.2.
        // Thresholds are the quantiles of the normal distribution, so that a crowd of a hundred has no luck of its own.
        var acting = Acting(i => (float)(25 + deviation * Draws.InverseNormal((i + 0.5) / People)) / 100);
        Assert.InRange(acting, least, most);
    }

    /// <summary>How many act when nothing changes any more.</summary>
    private static int Acting(Func<int, float> threshold)
    {
        var scenario = Iso.Scenario;
        var iso = scenario.Organizations[scenario.Flagship];
        var world = new World(Iso.Of(scenario with
        {
            Organizations = new Dictionary<string, OrganizationSpec> { [scenario.Flagship] = iso with { Policy = iso.Policy with { Openness = 1, TalkNeedsLeave = 1 } } },
        }), 1);
        var crowd = world.Open(world.Flagship, 0);
        for (var i = 0; i < People; i++)
        {
            var position = world.Add(crowd, (ulong)(i + 1), default, MemberFlags.None, int.MaxValue, -1);
            crowd.Roll.At(position, Column.Threshold) = threshold(i);
            crowd.Roll.At(position, Column.Grievance) = 0.001f;
        }

        CensusTaker.Take(crowd);
        var voice = new Voice { Support = 1000, Seeing = 1, Relief = 0, AttackCap = 0, ByRival = 0, AcrossBranches = 0 };
        var acting = -1;
        for (var before = -2; acting != before;)
        {
            before = acting;
            voice.Branch(world, crowd);
            acting = Enumerable.Range(0, People).Count(p => (crowd.FlagsAt(p) & (int)MemberFlags.Spoke) != 0);
            world.Week++;
        }

        return acting;
    }
}
