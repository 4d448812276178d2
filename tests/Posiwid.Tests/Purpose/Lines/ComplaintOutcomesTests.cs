using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class ComplaintOutcomesTests
{
    // K24 through this door: complaints made so long before week 100 that they are as old as the set says.
    [Fact]
    public void TwelveComplaints()
    {
        double[] t = [2, 3, 3, 5, 8, 9, 12, 15, 20, 26, 26, 30];
        const string ends = "RWRoWRoWRoWo";
        var cases = t.Select((age, i) => ends[i] switch
        {
            'R' => new ComplaintCase(10, 10 + age, ComplaintEnd.Resolved),
            'W' => new ComplaintCase(10, 10 + age, ComplaintEnd.Withdrawn),
            _ => new ComplaintCase(100 - age, null, ComplaintEnd.Open),
        }).ToList();
        var r = ComplaintOutcomes.Of(cases, 100);
        Assert.Equal((12, 4, 4, 4), (r.Complaints, r.Resolved, r.Withdrawn, r.Open));
        Assert.Equal(.3729166667, r.ResolvedAtHorizon.Value!.Value, 1e-9);
        Assert.Equal(.4020833333, r.WithdrawnAtHorizon.Value!.Value, 1e-9);
        Assert.Equal("not reached", r.MedianWeeksToResolution.Why);
    }

    // Half are resolved by week 1.63 in truth; records of four weeks with ever more complaints: the mean of the closed ones is far below.
    [Fact]
    public void OpenOnesCount()
    {
        var random = new AddressedRandom(3, 1);
        var cases = new List<ComplaintCase>();
        for (uint i = 0; i < 4000; i++)
        {
            var (opened, lasts) = (4 * Math.Sqrt(random.Uniform(i, 0)), -1.63 / Math.Log(2) * Math.Log(random.Uniform(i, 1)));
            cases.Add(opened + lasts <= 4 ? new(opened, opened + lasts, ComplaintEnd.Resolved) : new(opened, null, ComplaintEnd.Open));
        }

        Assert.Equal(1.63, ComplaintOutcomes.Of(cases, 4).MedianWeeksToResolution.Value!.Value, .12);
        Assert.True(cases.Where(c => c.Closed is not null).Average(c => c.Closed - c.Opened) < 1);
    }

    [Fact]
    public void Degenerate_HasAReason()
    {
        Assert.Equal("no complaints", ComplaintOutcomes.Of([], 10).MedianWeeksToResolution.Why);
        Assert.Equal(1, ComplaintOutcomes.Of([new(5, 5, ComplaintEnd.Resolved)], 10).Resolved);
        Assert.Throws<ArgumentException>(() => ComplaintOutcomes.Of([new(5, null, ComplaintEnd.Resolved)], 10));
        Assert.Throws<ArgumentException>(() => ComplaintOutcomes.Of([new(5, 4, ComplaintEnd.Resolved)], 10));
    }
}
