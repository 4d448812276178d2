using Posiwid.Purpose;
using Posiwid.Purpose.KnownSystems;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class RequisiteVarietyTests
{
    // two acts in turn are a bit, four of which one is half the time: .5 x 1 + 2 x .25 x 2 = 1.5 bits, always the same none
    [Fact]
    public void Entropy_HandWorked()
    {
        Assert.Equal(1, RequisiteVariety.Entropy([0, 1, 0, 1]), 12);
        Assert.Equal(1.5, RequisiteVariety.Entropy([7, 7, 3, 4]), 12);
        Assert.Equal(0, RequisiteVariety.Entropy([5, 5, 5]));
    }

    [Theory]
    [InlineData(0.5, 0.9, "within its variety")]
    [InlineData(0.9, 1.4, "within its variety")] // the interval holds what it can
    [InlineData(1.1, 1.4, "violated: something acts that is not declared a decision, or the frozen arm is unstable")]
    public void Of_OneBitOfActs(double low, double high, string word) =>
        Assert.Equal((1.0, 3.0, word), RequisiteVariety.Of(Estimate.Of((low + high) / 2, low, high), [[0, 1, 0, 1, 0, 1, 0, 1], null]) is var r ? (Math.Round(r.Entropy!.Value, 12), r.Ceiling, r.Word) : default);

    [Fact]
    public void Of_SaysWhatCannotBeTold()
    {
        var much = Estimate.Of(9, 8, 10);
        Assert.StartsWith("cannot be told: nearly every period differs", RequisiteVariety.Of(much, [[1, 2, 3, 4]]).Word, StringComparison.Ordinal);
        Assert.StartsWith("cannot be told: what was decided", RequisiteVariety.Of(much, null).Word, StringComparison.Ordinal);
        Assert.Equal("cannot be told: no runs", RequisiteVariety.Of(Estimate.Unknown("no runs"), [[1, 1]]).Word);
    }

    // a thermostat can do two things and steadies within a bit; a passive system whose decay was not frozen with its decisions would not be caught by its acts
    [Fact]
    public void A_thermostat_keeps_the_law()
    {
        var system = ControlSystems.Thermostat;
        var (live, frozen) = system.Noise("q", 2000);
        var (_, bits) = Posiwid.Purpose.Lines.Defense.Regulation(live, frozen)!.Value;
        var acts = system.Run(new AddressedRandom(1, 0x746f7973), 0, 2000).Actions.Select(a => (int)Math.Round(100 * a[0])).ToArray();
        Assert.Equal(2, acts.Distinct().Count());
        Assert.InRange(RequisiteVariety.Entropy(acts), Math.Max(0.1, bits), 1);
    }

    // who steadies a random walk by far, and is said to have done the same all the time, was not seen acting
    [Fact]
    public void Steadiness_without_acts_is_caught()
    {
        var (live, frozen) = ControlSystems.All.Single(s => s.Name == "proportional").Noise("q", 2000);
        var (_, bits) = Posiwid.Purpose.Lines.Defense.Regulation(live, frozen)!.Value;
        Assert.True(bits > 1, $"{bits} bits");
        Assert.StartsWith("violated", RequisiteVariety.Of(Estimate.Of(bits, bits - 0.1, bits + 0.1), [new int[2000]]).Word, StringComparison.Ordinal);
    }
}
