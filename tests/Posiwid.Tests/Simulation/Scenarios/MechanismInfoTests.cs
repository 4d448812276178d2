using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public class MechanismInfoTests
{
    [Fact]
    public void A_class_is_described_by_its_attributes()
    {
        var info = TestScenario.Mechanisms[0];
        Assert.Equal(("hope-fades", "Hope fades by itself.", "assumed", "h <- h (1 - d)", "hope", "hope"),
            (info.Id, info.Claim, info.Source, info.Equation, info.Reads, info.Writes));
        Assert.Equal(
            [
                new ParameterInfo("decay-per-week", "1/week", 0, 0.5, Origin.Calibrated, "Share of hope lost in a week.", 0.045, true),
                new ParameterInfo("floor", "0..1", 0, 1, Origin.Assumed, "Hope that never fades.", 0.05, false),
            ],
            info.Parameters);
    }

    [Fact]
    public void A_class_without_the_attribute_is_refused() =>
        Assert.Contains("no [Mechanism]", Assert.Throws<ArgumentException>(() => MechanismInfo.Of(typeof(string))).Message, StringComparison.Ordinal);
}
