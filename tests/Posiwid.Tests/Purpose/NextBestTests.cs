using Posiwid.Purpose;
using Posiwid.Purpose.KnownSystems;

namespace Posiwid.Tests.Purpose;

public class NextBestTests
{
    // All is known of members but nothing but defense of unity: its necessity and choice could each speak for it, say nothing or speak against it. Of nine cases three
    // are a purpose, five 'lines disagree', one 'one line': 1.3516 bits. Once choice is known: (2/3, 1/3), three different, one: (.9183 + 1.5850 + 0) / 3 = .8344. So
    // choice is worth .5172 bits, and so is necessity.
    [Fact]
    public void What_a_line_is_worth_HandWorked()
    {
        var data = KnownOrganization.GrowthSect.Data(20, 1);
        data = data with
        {
            Lives = [.. data.Lives.Where(l => l.Without is not ["work_for_unity"])],
            AttributeEnds = [.. data.AttributeEnds.Where(a => a.End != "unity")],
        };
        var analysis = new PurposeAnalysis(data);
        var unity = analysis.Profile.Rows.Single(r => r.End.Code == "unity");
        Assert.Equal((LineStatus.Supports, LineStatus.NotTestable, LineStatus.NotTestable), (unity.Defense, unity.Necessity, unity.Choice));
        var next = NextBest.Of(analysis);
        foreach (var line in new[] { "necessity", "choice" })
        {
            var found = next.Single(n => n.Line == line && !n.Tested);
            Assert.Equal(["unity"], found.Ends.Select(e => e.Code));
            Assert.Equal(0.5172, found.Bits, 4);
        }
    }

    [Fact]
    public void Where_every_line_has_spoken_nothing_is_left_to_tell()
    {
        var next = NextBest.Of(new PurposeAnalysis(KnownOrganization.GrowthSect.Data(40, 3)));
        Assert.All(next, n => Assert.True(n.Tested));
        Assert.DoesNotContain(next, n => n.Ends.Any(e => e.Code is "members" or "funds"));
    }

    [Fact]
    public void Of_records_of_hours_alone_every_line_would_tell_something()
    {
        // hours alone: every line of every end is open; defense and choice count alike, and each is worth something
        var data = KnownOrganization.GrowthSect.Data(5, 1);
        var next = NextBest.Of(new PurposeAnalysis(data with { Source = EvidenceSource.Records, Defense = [], Lives = [], Functions = [], Decisions = [] }));
        var worth = next.ToDictionary(n => n.Line, n => n.Bits);
        Assert.Equal(["choice", "defense", "necessity"], worth.Keys.Order());
        Assert.Equal(worth["choice"], worth["defense"], 9);
        Assert.All(next, n => Assert.True(n is { Tested: false, Times: null, Bits: > 0.1, Ends.Count: 5 }));
    }
}
