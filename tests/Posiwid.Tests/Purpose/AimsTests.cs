using Posiwid.Purpose;

namespace Posiwid.Tests.Purpose;

/// <summary>Which of the aims in a book are read, and in what order.</summary>
public sealed class AimsTests : BookTests
{
    [Fact]
    public void Aims_of_one_weight_share_a_rank_and_unknown_ones_are_counted()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Write("stated_goal", "goal_id,valid_from,end_code,rank,weight,source", [.. new[] { "cause,,0.4", "recruiting,,0.4", "staff,,0.2", "glory,,0.1", "staff,,0.1" }.Select((g, i) => $"{i},2010-01-04,{g},statutes")]);
        var (_, analysis, text) = Read();
        // two weights of .4 are both first; one larger than .2 twice: .2 is third
        Assert.Equal([("cause", 1), ("recruiting", 1), ("staff", 3)], Ranked(analysis));
        Assert.Contains("first of all, and equally, for the stated cause; and new members and size", text, StringComparison.Ordinal);
        Assert.Contains("1 of 5 stated aims are for ends that the coding does not have", text, StringComparison.Ordinal);
        Assert.Contains("1 stated aims are for an end that is stated already", text, StringComparison.Ordinal);
    }

    private void Aims(params string[] aims) => Write("stated_goal", "goal_id,end_code,rank,source,valid_from,valid_to", aims.Select((a, i) => $"{i},{a}"));

    private static IEnumerable<(string, int)> Ranked(PurposeAnalysis analysis) => analysis.Data.Said.OrderBy(a => a.Rank).ThenBy(a => a.End, StringComparer.Ordinal).Select(a => (a.End, a.Rank));

    // The records go from 4 January 2010 to 26 July. Of the constitution's five aims one was added in 2005, as the second; of the four of 2000 one was withdrawn before the records, and one on the day after the last: four
    // hold on the last day. What a programme states from the day after on is not said yet, nor is what a leaflet said until 2008
    [Fact]
    public void Aims_of_one_source_are_those_that_hold_at_the_end_whenever_they_were_stated()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Aims("cause,1,constitution,2000-01-01,", "recruiting,3,constitution,2000-01-01,", "retention,4,constitution,2000-01-01,2009-12-31", "staff,5,constitution,2000-01-01,2010-07-27", "funds,2,constitution,2005-01-01,",
            "leadership,1,programme,2010-07-27,", "funds,1,leaflet,2006-01-01,2008-01-01");
        var (book, analysis, _) = Read();
        Assert.Equal(new DateOnly(2010, 7, 26), book.To);
        Assert.Equal([("cause", 1), ("funds", 2), ("recruiting", 3), ("staff", 5)], Ranked(analysis));
        Assert.Equal("constitution", book.Data.SaidIn);
        Assert.Contains("3 stated aims do not hold on 2010-07-26, the last day, and are left out.", book.Notes);
        Assert.DoesNotContain(book.Notes, n => n.Contains("places", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_sources_the_newest_is_read_and_of_an_aim_stated_again_what_was_stated_last()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Aims("cause,1,constitution,2000-01-01,", "staff,1,website,2001-01-01,", "recruiting,3,website,2001-01-01,", "staff,4,website,2009-01-01,");
        var (book, analysis, _) = Read();
        Assert.Equal([("recruiting", 3), ("staff", 4)], Ranked(analysis));
        Assert.Contains("Aims are stated in 2 places; the newest is read (website, 2009-01-01).", book.Notes);
    }

    // withdrawn with all others in week 20 of 30: the last that it said
    [Fact]
    public void Aims_that_all_ended_within_the_records_are_those_of_their_last_day()
    {
        Organization(folder);
        Activities(30, _ => "3");
        Aims($"cause,1,statutes,2000-01-01,{Day(20)}", $"staff,2,statutes,2000-01-01,{Day(10)}");
        var (book, analysis, _) = Read();
        Assert.Equal([("cause", 1)], Ranked(analysis));
        Assert.Contains($"1 stated aim does not hold on {Day(20)}, the last day on which any did, and is left out.", book.Notes);
    }
}
