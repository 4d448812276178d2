using Posiwid.Purpose;
using Posiwid.Records;
using Posiwid.Tests.Conventions;

namespace Posiwid.Tests.Records;

public class CoarseningTests
{
    private static Book Union(int complaints)
    {
        var book = new Book();
        book.Organizations.Add(1, "Union");
        for (var unit = 1; unit <= 3; unit++)
            book.Units.Add(unit, 1, "branch", null, null, new DateOnly(2019, 5, 17), null);
        // 8 members in the first branch, 6 in the second, 2 in the third
        int[] sizes = [8, 6, 2];
        var person = 0;
        for (var unit = 1; unit <= 3; unit++)
            for (var i = 0; i < sizes[unit - 1]; i++, person++)
            {
                book.People.Add(7_000_000 + person, "member");
                book.Memberships.Add(person, 7_000_000 + person, unit, new DateOnly(2020, 3, 14), "day", new DateOnly(2020, 3, 14), null, null);
            }

        book.Offices.Add(1, null, "national", 3, false);
        for (var i = 0; i < 3; i++)
            book.Tenures.Add(i, 1, 7_000_000 + i, new DateOnly(2021, 2, 3), new DateOnly(2021, 2, 3), null, null);
        for (var i = 0; i < complaints; i++)
            book.Complaints.Add(i, new DateOnly(2022, 1, 20), 7_000_000 + i, 1, "leader", 2, null, null, null, null);
        return book;
    }

    [Fact]
    public void Days_become_months_and_people_get_other_numbers()
    {
        var coarse = Handed.Coarse(Union(0)).Book;
        Assert.All(Enumerable.Range(0, 16), i => Assert.Equal(new DateOnly(2020, 3, 1), coarse.Memberships.StartDate[i]));
        Assert.All(Enumerable.Range(0, coarse.People.Count), i => Assert.InRange(coarse.People.PersonId[i], 1, 16));
    }

    [Fact]
    public void A_small_unit_takes_the_next_one_with_it()
    {
        // the third branch has 2: alone, it could be had as all less the first two, so the second goes too
        var coarse = Handed.Coarse(Union(0)).Book;
        Assert.Equal([(1, 8), (null, 8)], Enumerable.Range(0, 16).GroupBy(i => coarse.Memberships.UnitId[i]).Select(g => (g.Key, g.Count())));
    }

    [Theory]
    [InlineData(9, true, 0)]
    [InlineData(10, true, 10)]
    [InlineData(10, false, 0)]
    public void Few_complaints_are_left_out_and_who_complained_always(int made, bool voice, int left)
    {
        var coarse = Handed.Coarse(Union(made), voice).Book;
        Assert.Equal(left, coarse.Complaints.Count);
        Assert.All(Enumerable.Range(0, left), i => Assert.Null(coarse.Complaints.OpenedBy[i]));
    }

    [Fact]
    public void Three_leaders_are_too_few_to_be_shown() => Assert.Equal(0, Handed.Coarse(Union(0)).Book.Tenures.Count);

    // 8, 6, 5 and two of 1: the two together are 2, fewer than 5, so the 5 go with them
    [Fact]
    public void Several_small_units_that_are_few_together_take_the_next_one_with_them()
    {
        var book = new Book();
        book.Organizations.Add(1, "Union");
        int[] sizes = [8, 6, 5, 1, 1];
        var person = 0;
        for (var unit = 1; unit <= 5; unit++)
        {
            book.Units.Add(unit, 1, "branch", null, null, null, null);
            for (var i = 0; i < sizes[unit - 1]; i++)
            {
                book.People.Add(++person, "member");
                book.Memberships.Add(person, person, unit, new DateOnly(2020, 3, 14), "day", new DateOnly(2020, 3, 14), null, null);
            }
        }

        var coarse = Handed.Coarse(book).Book;
        Assert.Equal([(1, 8), (2, 6), (null, 7)], Enumerable.Range(0, 21).GroupBy(i => coarse.Memberships.UnitId[i]).Select(g => (g.Key, g.Count())));
    }

    // of 40 who left, 30 resigned, 5 lapsed and 2 were expelled, of 3 it is unknown: expelled becomes unknown, which makes 5, so the lapsed stay apart. Of staff there is 1: it becomes
    // external, and so do the 6 supporters, since 1 alone would still be 1
    [Fact]
    public void Words_that_concern_few_are_merged_until_enough_are_together()
    {
        var book = new Book();
        for (var i = 1; i <= 40; i++)
        {
            book.People.Add(i, i == 1 ? "staff" : i <= 7 ? "supporter" : "member");
            book.Memberships.Add(i, i, null, new DateOnly(2020, 3, 14), "day", new DateOnly(2020, 3, 14), new DateOnly(2021, 3, 14), i <= 30 ? "resigned" : i <= 35 ? "lapsed" : i <= 37 ? "expelled" : "unknown");
        }

        var coarse = Handed.Coarse(book).Book;
        Assert.Equal([("resigned", 30), ("lapsed", 5), ("unknown", 5)], Enumerable.Range(0, 40).GroupBy(i => coarse.Memberships.EndReason[i]!).Select(g => (g.Key, g.Count())));
        Assert.Equal([("external", 7), ("member", 33)], Enumerable.Range(0, 40).GroupBy(i => coarse.People.Kind[i]!).Select(g => (g.Key, g.Count())).Order());
    }

    // 25 about policy, 3 about harm: harm becomes other, which is 3, so policy goes too: nothing is told apart
    [Fact]
    public void Complaints_of_a_kind_that_is_rare_are_not_told_apart_and_never_by_unit()
    {
        var book = Union(0);
        for (var i = 0; i < 28; i++)
            book.Complaints.Add(i, new DateOnly(2022, 1, 20), null, 1, i < 3 ? "harm" : "policy", null, null, null, null, null);
        var coarse = Handed.Coarse(book).Book;
        Assert.All(Enumerable.Range(0, 28), i => Assert.Equal(("other", null), (coarse.Complaints.About[i]!, coarse.Complaints.UnitId[i])));
    }

    [Fact]
    public void What_is_left_is_a_whole_book()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(Handed.Coarse(Union(12)).Book, folder["b.duckdb"]);
        Assert.Empty(BookFile.Verify(folder["b.duckdb"]));
        for (var seed = 0; seed < 20; seed++)
            BookFile.Save(Handed.Coarse(RandomBook.Make(seed)).Book, folder["b.duckdb"]);
    }

    [Fact]
    public void A_simulated_book_has_nobody_in_it_and_stays_as_it_is()
    {
        var book = Union(3);
        book.Meta.Add("source", "simulated");
        Assert.Equal(RandomBook.Lines(book), RandomBook.Lines(Handed.Coarse(book).Book));
    }

    // the book begins on 20 March 2019 and ends on 10 May 2021; of 200 who joined, 64 did so on 25 March: they become 1 March, which the period must still hold
    [Fact]
    public void The_first_and_the_last_month_are_whole_and_read_back_whole()
    {
        var book = new Book();
        book.Organizations.Add(1, "Union");
        foreach (var (key, value) in new[] { ("period_start", "2019-03-20"), ("period_end", "2021-05-10"), ("first_profile_seen_on", "2020-08-17") })
            book.Meta.Add(key, value);
        for (var i = 1; i <= 200; i++)
        {
            var start = i <= 64 ? new DateOnly(2019, 3, 25) : new DateOnly(2019, 4, 12);
            book.People.Add(i, "member");
            // ten leave in the first month, ten on the last day
            book.Memberships.Add(i, i, null, start, "day", start, i <= 10 ? new DateOnly(2019, 3, 28) : i <= 20 ? new DateOnly(2021, 5, 10) : null, i <= 20 ? "resigned" : null);
        }

        // an aim that holds to the last day still does
        book.Ends.Add("cause", "the stated cause", "mission", null);
        book.StatedGoals.Add(1, "cause", 1, null, "statutes", new DateOnly(2019, 3, 20), new DateOnly(2021, 5, 10));
        book.Shocks.Add(1, new DateOnly(2019, 3, 22), "members", -5, true, false, "papers");
        using var folder = new TemporaryFolder();
        var coarse = Handed.Coarse(book).Book;
        Assert.Equal(["2019-03-01", "2021-05-31", "2020-08-01"], new[] { "period_start", "period_end", "first_profile_seen_on" }.Select(key => coarse.Meta.Value[Enumerable.Range(0, coarse.Meta.Count).Single(i => coarse.Meta.Key[i] == key)]!));
        Assert.Equal(new DateOnly(2021, 5, 31), coarse.StatedGoals.ValidTo[0]);
        BookFile.Save(coarse, folder["book.duckdb"]);
        using var source = BookSource.Open(folder["book.duckdb"]);
        var read = BookReader.Read(source, Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv")), []);
        Assert.Equal((new DateOnly(2019, 3, 1), new DateOnly(2021, 5, 31)), (read.From, read.To));
        Assert.Equal((200, 20), (read.Data.People!.Spells.Count, read.Data.People.Spells.Count(s => s.End <= read.Data.People.RecordsEnd)));
        Assert.DoesNotContain(read.Notes, n => n.Contains("left out", StringComparison.Ordinal));
        Assert.Equal("cause", Assert.Single(read.Data.Said).End);
    }
}
