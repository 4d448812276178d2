using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class ExitAndVoiceTests
{
    // Ten members for ten years each, two leave (at the end of their ten years), one of them having complained 20 weeks before, the other 30 before; a
    // third complains and stays; a stranger complains. 100 person-years: 2 exits [.2422, 7.2247] (Garwood), 3 voices, 3/5.
    [Fact]
    public void HandWorked()
    {
        const double decade = 10 * SpellTable.WeeksPerYear;
        List<Spell> spells = [.. Enumerable.Range(0, 10).Select(i => new Spell(i, 0, i < 2 ? decade : null))];
        var r = ExitAndVoice.Of(spells, [(0, decade - 20), (1, decade - 30), (5, 9), (77, 5)], decade);
        Assert.Equal((2, 3, 1), (r.Exits, r.Voices, r.Outside));
        Assert.Equal(100, r.PersonYears, 1e-9);
        Assert.Equal(2, r.ExitsPer100.Value!.Value, 1e-9);
        Assert.Equal(.2422, r.ExitsPer100.Low!.Value, 1e-4);
        Assert.Equal(7.2247, r.ExitsPer100.High!.Value, 1e-4);
        Assert.Equal(.6, r.VoiceShare.Value);
        Assert.Equal((1, .5), (r.LeaversAfterVoice, r.LeftAfterVoice.Value));
    }

    // The same, had two of them been there since nobody knows when: one left, as before, having complained 20 weeks before. All counts stay.
    [Fact]
    public void Undated_LeaveAndSpeakToo()
    {
        const double decade = 10 * SpellTable.WeeksPerYear;
        List<Spell> spells = [.. Enumerable.Range(0, 10).Select(i => new Spell(i, 0, i < 2 ? decade : null) { IsDated = i is not (0 or 9) })];
        var r = ExitAndVoice.Of(spells, [(0, decade - 20), (1, decade - 30), (5, 9), (77, 5)], decade);
        Assert.Equal((2, 3, 1), (r.Exits, r.Voices, r.Outside));
        Assert.Equal(100, r.PersonYears, 1e-9);
        Assert.Equal((1, .5), (r.LeaversAfterVoice, r.LeftAfterVoice.Value));
    }

    // Everyone leaves at .01 a week and complains at .01 a week; after a complaint they leave at .03: a ratio of 3, in the interval in about 19 of 20
    // blocks of 600 members.
    [Fact]
    public void FindsThePlantedRatio()
    {
        var (covered, logs) = (0, 0.0);
        for (ulong block = 1; block <= 20; block++)
        {
            var random = new AddressedRandom(block, 1);
            var (spells, complaints) = (new List<Spell>(), new List<(long, double)>());
            for (uint i = 0; i < 600; i++)
            {
                var (said, gone) = (-100 * Math.Log(random.Uniform(i, 0)), -100 * Math.Log(random.Uniform(i, 1)));
                if (said < gone)
                {
                    complaints.Add((i, said));
                    gone = said + (gone - said) / 3;
                }

                spells.Add(new(i, 0, gone));
            }

            var r = ExitAndVoice.Of(spells, complaints, 1e5).ExitAfterComplaint;
            covered += r.Low <= 3 && 3 <= r.High ? 1 : 0;
            logs += Math.Log(r.Value!.Value) / 20;
        }

        Assert.InRange(covered, 16, 20);
        Assert.Equal(Math.Log(3), logs, .08);
    }

    [Fact]
    public void Degenerate_HasAReason()
    {
        Assert.Equal("no members", ExitAndVoice.Of([], [], 10).ExitAfterComplaint.Why);
        Assert.Equal("nobody was there", ExitAndVoice.Of([], [], 10).ExitsPer100.Why);
        Assert.Equal("the covariate does not vary", ExitAndVoice.Of([new(1, 0, 5)], [], 10).ExitAfterComplaint.Why);
        Assert.Equal(0, ExitAndVoice.Of([new(1, 0, 5)], [], 10).VoiceShare.Value);
    }
}
