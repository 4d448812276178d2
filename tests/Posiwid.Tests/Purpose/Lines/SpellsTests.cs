using Posiwid.Purpose.Lines;

namespace Posiwid.Tests.Purpose.Lines;

public class SpellsTests
{
    // Person 1: dues 3 weeks late (joined), then away for a year (a return). Person 2: over before the register begins. Person 3: came and left on
    // one day: half a day. Person 4: seen from week 10 of its spell, still there.
    [Fact]
    public void Of_HandWorked()
    {
        var t = SpellTable.Of(
            [new(1, 60, 70), new(1, 0, 5), new(1, 8, 10), new(2, 0, 9, 20), new(3, 30, 30), new(4, 40, null, 50), new(5, 100, null)], 100);
        Assert.Equal([1, 1, 3, 4], t.Spells.Select(s => s.Person));
        Assert.Equal([0, 0, 0, 10], t.Entry);
        Assert.Equal([10, 10, .5 / 7, 60], t.Exit);
        Assert.Equal([true, true, true, false], t.Left);
        Assert.Equal([0, 1, 0, 0], t.Earlier);
        Assert.Equal((1, 2), (t.Joined, t.LeftOut));
    }

    // Person 1 was there when the records began, nobody knows since when, and is in a second unit from week 20 to 30: one undated spell, seen for 30 weeks. Back at 60, it is a return. Person 2 has joined at 5.
    [Fact]
    public void Undated_IsSeen_ButNoDuration()
    {
        var t = SpellTable.Of([new(1, 0, 25) { IsDated = false }, new(1, 20, 30), new(1, 60, 70), new(2, 5, null)], 100);
        var (spell, weeks, left) = Assert.Single(t.Undated);
        Assert.Equal((new Spell(1, 0, 30) { IsDated = false }, 30, true), (spell, weeks, left));
        Assert.Equal([new(1, 60, 70), new(2, 5, null)], t.Spells);
        Assert.Equal([1, 0], t.Earlier);
        Assert.Equal((1, 0), (t.Joined, t.LeftOut));
    }

    [Fact]
    public void GapOfThirtyDays_IsALeave_OneDayLessIsNot()
    {
        Assert.Equal(2, SpellTable.Of([new(1, 0, 10), new(1, 10 + 30 / 7.0 + 1e-9, 20)], 30).Spells.Count);
        Assert.Equal(new Spell(1, 0, 20), Assert.Single(SpellTable.Of([new(1, 0, 10), new(1, 10 + 29 / 7.0, 20)], 30).Spells));
    }

    [Fact]
    public void Impossible_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SpellTable.Of([new(1, 5, 4)], 30));
        Assert.Throws<ArgumentException>(() => SpellTable.Of([new(1, double.NaN, 4)], 30));
    }
}
