using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class RetentionTests
{
    private static readonly AddressedRandom Random = new(10, 1);

    // Three years of 200 joiners with mean stays of 50, 50 and 150 weeks, and a year of 5: the test sees the third, the last gets no curve.
    [Fact]
    public void Cohorts()
    {
        var r = Retention.Of([.. Joiners()], 1000, w => (int)(w / 52));
        Assert.Equal([200, 200, 200, 5], r.Cohorts.Select(c => c.Joiners));
        Assert.Null(r.Cohorts[3].Curve);
        Assert.Equal(2, r.AcrossCohorts.DegreesOfFreedom);
        Assert.True(r.AcrossCohorts.PValue < 1e-6);
        Assert.Equal(Math.Exp(-52 / 50.0), r.Cohorts[0].Curve!.At(52).Value!.Value, .1);
        Assert.Equal((605, 0), (r.People, r.Returners));
        Assert.Null(r.Later);
        Assert.Equal(r.First!.At(52), r.YearOfAll);
    }

    // Everyone has four spells, all short or all long: the interval of the share that lasts a year must be wider than that of as many strangers.
    [Fact]
    public void Returners_WidenTheInterval()
    {
        var spells = new List<Spell>();
        for (uint p = 0; p < 60; p++)
        {
            var mean = Random.Uniform(p, 100) < .5 ? 10 : 300;
            for (uint s = 0; s < 4; s++)
                spells.Add(new(p, 3000 * s, 3000 * s - mean * Math.Log(Random.Uniform(p, s))));
        }

        var r = Retention.Of(spells, 20_000, _ => 0);
        Assert.Equal((60, 60), (r.People, r.Returners));
        Assert.Equal((60, 180), (r.First!.Spells, r.Later!.Spells));
        var strangers = KaplanMeier.Of(r.Table.Entry, r.Table.Exit, r.Table.Left, 10).At(52);
        Assert.Equal(strangers.Value, r.YearOfAll.Value);
        Assert.True(r.YearOfAll.High - r.YearOfAll.Low > 1.3 * (strangers.High - strangers.Low));

        // whoever numbers them otherwise finds the same
        var renumbered = Retention.Of([.. spells.Select(s => s with { Person = (7 * s.Person) % 61 })], 20_000, _ => 0);
        Assert.Equal((r.YearOfAll, r.HalfLifeOfAll), (renumbered.YearOfAll, renumbered.HalfLifeOfAll));
    }

    [Fact]
    public void Nobody_HasAReason()
    {
        var r = Retention.Of([], 10, _ => 0);
        Assert.Equal("no spells", r.YearOfAll.Why);
        Assert.Contains("fewer than two cohorts", r.AcrossCohorts.Why);
        Assert.Null(r.First);
        Assert.Equal("never 10 at risk", Retention.Of([new(1, 0, 5)], 10, _ => 0).YearOfAll.Why);
    }

    private static IEnumerable<Spell> Joiners()
    {
        for (uint i = 0; i < 605; i++)
        {
            var (year, mean) = (i / 200, i / 200 < 2 ? 50 : 150);
            var start = 52.0 * year + 51 * Random.Uniform(i, 0);
            yield return new(i, start, start - mean * Math.Log(Random.Uniform(i, 1)));
        }
    }
}
