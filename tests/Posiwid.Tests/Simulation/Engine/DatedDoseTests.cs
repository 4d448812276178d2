using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>A dose that is set from a date on.</summary>
public class DatedDoseTests
{
    private const int Weeks = 60;

    private static Changes At(string mechanism, double dose, int week = 0) =>
        new() { Overrides = [new OverrideSpec { Set = $"{mechanism}.dose", To = dose, From = Iso.Scenario.Start.AddDays(7 * week) }] };

    private static Changes Always(string mechanism, double dose) =>
        new() { Mechanisms = new Dictionary<string, IReadOnlyDictionary<string, double>> { [mechanism] = new Dictionary<string, double> { ["dose"] = dose } } };

    private static ulong Hash(Changes changes, int weeks = Weeks)
    {
        using var run = Iso.Start(3, changes).Weeks(weeks);
        return run.World.Hash();
    }

    [Theory]
    [InlineData("recruiting", 0)]
    [InlineData("recruiting", 0.5)]
    [InlineData("hope", 2)]
    public void From_the_start_it_is_the_dose(string mechanism, double dose) => Assert.Equal(Hash(Always(mechanism, dose)), Hash(At(mechanism, dose)));

    [Fact]
    public void As_written_it_changes_nothing() => Assert.Equal(Hash(new Changes()), Hash(At("recruiting", 1, 30)));

    [Fact]
    public void Before_its_date_it_does_nothing_and_then_it_does()
    {
        Assert.Equal(Hash(new Changes(), 30), Hash(At("recruiting", 0, 30), 30));
        Assert.NotEqual(Hash(new Changes(), 34), Hash(At("recruiting", 0, 30), 34));
    }

    [Fact]
    public void What_was_off_can_come_back()
    {
        var back = Always("recruiting", 0) with { Overrides = At("recruiting", 1).Overrides };
        Assert.Equal(Hash(new Changes()), Hash(back));
        var twice = new Changes { Overrides = [.. At("recruiting", 0.5, 10).Overrides, .. At("recruiting", 1, 20).Overrides] };
        using var run = Iso.Start(3, twice).Weeks(25);
        using var usual = Iso.Start(3).Weeks(25);
        Assert.Equal(Parameters.InForce(usual.Mechanisms), Parameters.InForce(run.Mechanisms));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    public void A_saved_run_goes_on_with_the_doses_of_its_week(int saved)
    {
        var changes = new Changes { Overrides = [.. At("recruiting", 0.5, 10).Overrides, .. At("hope", 0, 20).Overrides] };
        using var stream = new MemoryStream();
        using (var half = Iso.Start(3, changes).Weeks(saved))
            Checkpoint.Save(half, stream);
        stream.Position = 0;
        using var resumed = Checkpoint.Resume(stream, Iso.Setting, changes).Weeks(Weeks - saved);
        Assert.Equal(Hash(changes), resumed.World.Hash());
    }
}
