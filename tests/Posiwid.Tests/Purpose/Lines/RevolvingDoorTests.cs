using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class RevolvingDoorTests
{
    private const double Year = SpellTable.WeeksPerYear;

    // K25. Stays of two years in the mean, each who leaves replaced: churn 1/2 a year, first-year loss 1 - exp(-52 weeks / 2 years), ratio 1.
    [Fact]
    public void Stationary()
    {
        var r = RevolvingDoor.Of([.. Seats(600, _ => 2 * Year)], 0, 20 * Year);
        Assert.Equal(.5, r.ChurnPerYear.Value!.Value, .02);
        Assert.Equal(1 - Math.Exp(-52 / (2 * Year)), r.FirstYearLoss.Value!.Value, .02);
        Assert.InRange(1, r.HazardRatio.Low!.Value, r.HazardRatio.High!.Value);
        Assert.Equal(1, r.HazardRatio.Value!.Value, .1);
        Assert.Equal(Math.Exp(-52 / (2 * Year)), r.Stability.Value!.Value, .05);
    }

    [Fact]
    public void NobodyLeaves()
    {
        var r = RevolvingDoor.Of([.. Enumerable.Range(0, 50).Select(i => new Spell(i, -100 - i, null, 0))], 0, 200);
        Assert.Equal(0, r.ChurnPerYear.Value);
        Assert.Equal(0, r.CrudeWastagePerYear.Value);
        Assert.Equal("nobody was in a first year", r.HazardRatio.Why);
        Assert.Equal("fewer than 10 are on record from the day they joined", r.FirstYearLoss.Why);
        Assert.Equal(1, r.Stability.Value);
    }

    // Half are cadre who stay, half recruits for 13 weeks: churn 1/2 of 4 a year, loss 1 - exp(-4), a ratio without bound.
    [Fact]
    public void DoorAroundACore()
    {
        var r = RevolvingDoor.Of([.. Seats(300, _ => 13), .. Enumerable.Range(0, 300).Select(i => new Spell(-1 - i, -400, null, 0))], 0, 10 * Year);
        Assert.Equal(2, r.ChurnPerYear.Value!.Value, .05);
        Assert.Equal(1 - Math.Exp(-4), r.FirstYearLoss.Value!.Value, .01);
        Assert.Equal("nobody left after year 3: the ratio has no upper bound", r.HazardRatio.Why);
        Assert.Equal(0, r.LeaversAfterYear3);
    }

    // Two years. A was a member when the records began, nobody knows since when, and leaves at 26; B likewise, and is still there; A comes back at 60: 1 joined (a spell began), 1 left,
    // 26 + 104 + 44 weeks. Of those who were there at 52 (B) all still are. In no first year and in no fourth anybody left.
    [Fact]
    public void Whoever_was_there_nobody_knows_since_when_leaves_and_does_not_join()
    {
        var r = RevolvingDoor.Of([new(1, 0, 26) { IsDated = false }, new(2, 0, null) { IsDated = false }, new(1, 60, null)], 0, 104);
        Assert.Equal((1, 1), (r.Joiners, r.Leavers));
        Assert.Equal(174 / Year, r.PersonYears, 1e-12);
        Assert.Equal(1, r.Stability.Value);
        Assert.Equal((0, 0), (r.LeaversFirstYear, r.LeaversAfterYear3));
    }

    // One year. A is there throughout; B joins at 13 and goes at 26 (a quarter); C goes at 26 (half), of 208 weeks before: 1 joined, 2 left,
    // 52 + 13 + 26 weeks. The smaller count over the years is the churn.
    [Fact]
    public void HandWorked()
    {
        var r = RevolvingDoor.Of([new(1, -60, null), new(2, 13, 26), new(3, -182, 26)], 0, 52);
        Assert.Equal((1, 2), (r.Joiners, r.Leavers));
        Assert.Equal(91 / Year, r.PersonYears, 1e-12);
        Assert.Equal(1 / (91 / Year), r.ChurnPerYear.Value!.Value, 1e-12);
        Assert.Equal((1, 1), (r.LeaversFirstYear, r.LeaversAfterYear3));
        Assert.Equal(1.0 / 13 / (1.0 / 26), r.HazardRatio.Value!.Value, 1e-12);
        Assert.Equal(.5, r.Stability.Value);
    }

    [Fact]
    public void Nobody_HasAReason()
    {
        var r = RevolvingDoor.Of([], 0, 52);
        Assert.Equal("nobody was there", r.ChurnPerYear.Why);
        Assert.Equal("no members", r.FirstYearLoss.Why);
        Assert.False(r.Stability.Known);
    }

    /// <summary>Seats that are never empty, with exponential stays; the register begins at week 0.</summary>
    private static IEnumerable<Spell> Seats(int seats, Func<int, double> mean)
    {
        var random = new AddressedRandom(4, 1);
        for (var s = 0; s < seats; s++)
        {
            var t = -20 * Year;
            for (uint i = 0; t < 20 * Year; i++)
            {
                var end = t - mean(s) * Math.Log(random.Uniform((uint)s, i));
                if (end > 0)
                    yield return new((long)s << 20 | i, t, end, Math.Max(t, 0));
                t = end;
            }
        }
    }
}
