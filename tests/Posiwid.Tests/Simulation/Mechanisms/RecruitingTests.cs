using CsCheck;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class RecruitingTests
{
    // base 1, everything at its best but hope .5: .35 + .65 x .5 = .675
    [Fact]
    public void Chance_ByHand() => Assert.Equal(0.675f, new Recruiting { Base = 1 }.Chance(0, 0, 0.5f, 1, 0, 3, 0, 1, 0, 0), 0.0001f);

    [Fact]
    public void Chance_HalvesWithAYearInPolitics() =>
        Assert.Equal(0.3375f, new Recruiting { Base = 1 }.Chance(1, 0, 0.5f, 1, 0, 3, 0, 1, 0, 0), 0.0001f);

    [Fact]
    public void Chance_FallsWithExperienceNeedRefusalsAndARival() =>
        Gen.Float[0, 5].Select(Gen.Float[0, 1], Gen.Float[0, 1], Gen.Float[0, 1]).Sample((experience, need, hope, rival) =>
        {
            var r = new Recruiting();
            var chance = r.Chance(experience, need, hope, 0.5f, 0, 2, 0, 0.5f, 0, rival);
            return chance is >= 0 and <= 1
                && r.Chance(experience + 1, need, hope, 0.5f, 0, 2, 0, 0.5f, 0, rival) <= chance
                && r.Chance(experience, 1, hope, 0.5f, 0, 2, 0, 0.5f, 0, rival) <= chance
                && r.Chance(experience, need, hope, 0.5f, 0, 2, 0, 0.5f, 1, rival) <= chance
                && r.Chance(experience, need, hope, 0.5f, 0, 2, 0, 0.5f, 0, 1) <= chance;
        });
}
