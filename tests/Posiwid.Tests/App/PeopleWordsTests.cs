using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.Tests.App;

/// <summary>What becomes of the people, where figures are missing: each sentence says what is not known, and why.</summary>
public class PeopleWordsTests
{
    // 60 join in week 0, ten are gone after ten weeks, and the records end after thirty: nobody was there for a year; ten hold office from week 5 on
    private static readonly PeopleFlow Short = PeopleFlow.Of(new PeopleRecords
    {
        Spells = [.. Enumerable.Range(0, 60).Select(p => new Spell(p, 0, p < 10 ? 10 : null))],
        Tenures = [.. Enumerable.Range(20, 10).Select(p => new Tenure(new Spell(p, 5, null)))],
        RecordsEnd = 30.86,
        YearOf = _ => 2019,
    });

    [Fact]
    public void What_is_not_known_is_said_in_a_sentence()
    {
        var said = PeopleWords.Of(Short).ToList();
        Assert.Contains(said, s => s.EndsWith("by the end of what can be followed; what share lasts a year is not known (nobody was observed for so long).", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("What share of those who join is gone within a year is not known (nobody was observed for so long); how much more frequent leaving is in the first year than after the third is not known (nobody was observed after year 3).", StringComparison.Ordinal));
        Assert.Contains("What share gets from 'joined' to 'stayed a year' is not known (none to count).", said);
        Assert.All(said, s => Assert.DoesNotContain("unknown number", s, StringComparison.Ordinal));
        Assert.All(said, s => Assert.DoesNotContain("30.86", s, StringComparison.Ordinal));
    }

    private static PeopleFlow Of(IEnumerable<Spell> spells) => PeopleFlow.Of(new PeopleRecords { Spells = [.. spells], RecordsEnd = 100, YearOf = _ => 2019 });

    // Sixty had been members for 20 weeks when the records began; twenty leave in week 10, after 30. Of those who had stayed 20 weeks 40/60 stay a year; of those who join nobody knows, for nobody did.
    [Fact]
    public void Who_came_on_record_later_tells_nothing_of_those_who_join()
    {
        var said = PeopleWords.Of(Of(Enumerable.Range(0, 60).Select(p => new Spell(p, -20, p < 20 ? 10 : null, 0)))).ToList();
        Assert.Contains(said, s => s.StartsWith("60 people. Fewer than half of all spells of membership that had lasted 20 weeks are over by the end of what can be followed; 67% [53%..77%] of them last a year.", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("What share of those who join is gone within a year is not known (fewer than 10 are on record from the day they joined)", StringComparison.Ordinal));
    }

    // Of sixty who join at 0 one leaves in each of the weeks 1 to 31: S(30) = 30/60; the band's upper end never falls to one half.
    [Fact]
    public void An_interval_without_an_upper_end_is_printed() =>
        Assert.Contains(PeopleWords.Of(Of(Enumerable.Range(0, 60).Select(p => new Spell(p, 0, p < 31 ? p + 1 : null)))), s => System.Text.RegularExpressions.Regex.IsMatch(s, @"over after 30 weeks \[\d\d weeks or more\]"));

    // Sixty with two spells each, of 10 weeks twenty of them and of 53 the others: who stays a year and who is gone by then are one figure, and have one interval.
    [Fact]
    public void The_loss_within_a_year_has_the_interval_of_resampled_persons()
    {
        var flow = Of(Enumerable.Range(0, 120).Select(i => new Spell(i / 2, 60 * (i % 2) - 100, (60 * (i % 2)) - 100 + (i < 40 ? 10 : 53))));
        var (stay, loss) = (flow.Retention!.YearOfAll, flow.RevolvingDoor!.FirstYearLoss);
        Assert.Equal(80 / 120.0, stay.Value!.Value, 1e-12); // forty of the 120 spells last 10 weeks
        Assert.Equal((1 - stay.Value, 1 - stay.High, 1 - stay.Low), (loss.Value, loss.Low, loss.High));
    }

    // ten of sixty are gone in 10 x 10 + 50 x 30.86 = 1,643 weeks
    [Fact]
    public void What_is_known_keeps_its_figure() => Assert.Contains(PeopleWords.Of(Short), s => s.StartsWith("60 joined and 10 left. Turnover that neither growth nor decline explains: 0.32 [", StringComparison.Ordinal));
}
