using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;
using Run = Posiwid.Simulation.Engine.Simulation;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>A dose for the flagship alone.</summary>
public class FlagshipDoseTests
{
    private const int Weeks = 150;

    private static readonly Setting Alone = Iso.Of(Iso.Scenario with
    {
        Organizations = new Dictionary<string, OrganizationSpec> { [Iso.Scenario.Flagship] = Iso.Scenario.Organizations[Iso.Scenario.Flagship] },
    });

    /// <summary>Rules of organizations, members and branches; what is outside is the same for everybody and cannot be dosed for one.</summary>
    public static TheoryData<string> Rules => [.. WeeklySchedule.Mechanisms.Select(make => make())
        .Where(m => Parameters.Dosed(m).Count > 0 && (Has(m, nameof(Mechanism.Branch)) || Has(m, nameof(Mechanism.Center)))).Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Where_the_flagship_is_alone_it_is_the_dose(string rule)
    {
        using var apart = Start(new Changes { FlagshipDoses = new Dictionary<string, double> { [rule] = 0.5 } });
        using var plain = Start(Iso.Dosed((rule, 0.5)));
        Assert.Equal(plain.World.Hash(), apart.World.Hash());
    }

    private static Run Start(Changes changes) => new Run(Alone, 5, changes).Weeks(Weeks);

    private static bool Has(Mechanism mechanism, string part) => mechanism.GetType().GetMethod(part)!.DeclaringType != typeof(Mechanism);
}
