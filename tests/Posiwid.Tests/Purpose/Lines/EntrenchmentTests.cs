using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class EntrenchmentTests
{
    private const int Seats = 10, Eligible = 200;

    // K26. 400 renewals of ten seats among two hundred: by lot about 0; each holder kept with chance one half and the rest by lot about a half; never
    // changed exactly 1.
    [Fact]
    public void Lot_Half_Never()
    {
        Assert.Equal(0, Of(0).Value!.Value, .02);
        Assert.Equal(.5, Of(.5).Value!.Value, .03);
        // the same share at every renewal: resamples are all alike, and no interval of no width is made of them
        Assert.Equal((1, null, null), (Of(1).Value, Of(1).Low, Of(1).High));
        Assert.StartsWith("all renewals are alike", Of(1).Why, StringComparison.Ordinal);
        Assert.InRange(0, Of(0).Low!.Value, Of(0).High!.Value);
    }

    // Kept 2, 1, 2, 1, 2 of 2 seats among 4: mean .8 against .5, so (.8 - .5) / .5 = .6.
    [Fact]
    public void HandWorked()
    {
        var renewals = Enumerable.Range(0, 5).Select(i => new Renewal(52 * i, 2, i % 2 == 0 ? 2 : 1, 4, i < 3 ? i == 0 : null)).ToList();
        // ten years of two seats: one holder throughout, the other seat by two people one after the other; the first goes with the organization's leaving
        var decade = 10 * SpellTable.WeeksPerYear;
        var r = Entrenchment.Of(
            renewals, [new(new(1, 0, 100)), new(new(1, 100, null)), new(new(2, 0, 200), true), new(new(3, 200, null))], decade);
        Assert.Equal(.6, r.Index.Value!.Value, 1e-12);
        Assert.Equal((.8, .5), (r.KeptShare.Value!.Value, r.Chance!.Value));
        Assert.Equal(decade, r.Longest!.Value, 1e-9);
        Assert.Equal(1.5, r.HoldersPerSeatDecade.Value!.Value, 1e-9);
        Assert.Equal(1 / 3.0, r.Contested.Value!.Value, 1e-12);
        Assert.Equal(.5, r.LeftByLeaving.Value!.Value, 1e-12);
        Assert.Equal(3, r.TenureCount);
    }

    [Fact]
    public void FewRenewals_AreListed()
    {
        var r = Entrenchment.Of([new(0, 2, 1, 4)], [], 100);
        Assert.Equal("1 renewals; need 5", r.Index.Why);
        Assert.Single(r.Renewals);
        Assert.Null(r.Tenures);
        Assert.Equal("nobody else was eligible", Entrenchment.Of([.. Enumerable.Repeat(new Renewal(0, 2, 2, 2), 5)], [], 100).Index.Why);
        Assert.Throws<ArgumentException>(() => Entrenchment.Of([new(0, 2, 3, 4)], [], 100));
    }

    private static Posiwid.Purpose.Estimate Of(double keep)
    {
        var random = new AddressedRandom(6, 1);
        var (holders, renewals, draw) = (Enumerable.Range(0, Seats).ToHashSet(), new List<Renewal>(), 0u);
        for (var r = 0; r < 400; r++)
        {
            var next = holders.Where(_ => random.Uniform(draw++, 0) < keep).ToHashSet();
            while (next.Count < Seats)
                next.Add(random.Index(draw++, 1, Eligible));
            renewals.Add(new(r, Seats, next.Count(holders.Contains), Eligible));
            holders = next;
        }

        return Entrenchment.Of(renewals, [], 400, resamples: 300).Index;
    }
}
