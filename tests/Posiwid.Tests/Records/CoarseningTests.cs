using Posiwid.Records;

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
        var coarse = Coarsening.Of(Union(0));
        Assert.All(Enumerable.Range(0, 16), i => Assert.Equal(new DateOnly(2020, 3, 1), coarse.Memberships.StartDate[i]));
        Assert.All(Enumerable.Range(0, coarse.People.Count), i => Assert.InRange(coarse.People.PersonId[i], 1, 16));
    }

    [Fact]
    public void A_small_unit_takes_the_next_one_with_it()
    {
        // the third branch has 2: alone, it could be had as all less the first two, so the second goes too
        var coarse = Coarsening.Of(Union(0));
        Assert.Equal([(1, 8), (null, 8)], Enumerable.Range(0, 16).GroupBy(i => coarse.Memberships.UnitId[i]).Select(g => (g.Key, g.Count())));
    }

    [Theory]
    [InlineData(9, true, 0)]
    [InlineData(10, true, 10)]
    [InlineData(10, false, 0)]
    public void Few_complaints_are_left_out_and_who_complained_always(int made, bool voice, int left)
    {
        var coarse = Coarsening.Of(Union(made), voice);
        Assert.Equal(left, coarse.Complaints.Count);
        Assert.All(Enumerable.Range(0, left), i => Assert.Null(coarse.Complaints.OpenedBy[i]));
    }

    [Fact]
    public void Three_leaders_are_too_few_to_be_shown() => Assert.Equal(0, Coarsening.Of(Union(0)).Tenures.Count);

    [Fact]
    public void What_is_left_is_a_whole_book()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(Coarsening.Of(Union(12)), folder["b.duckdb"]);
        Assert.Empty(BookFile.Verify(folder["b.duckdb"]));
        for (var seed = 0; seed < 20; seed++)
            BookFile.Save(Coarsening.Of(RandomBook.Make(seed)), folder["b.duckdb"]);
    }

    [Fact]
    public void A_simulated_book_has_nobody_in_it_and_stays_as_it_is()
    {
        var book = Union(3);
        book.Meta.Add("source", "simulated");
        Assert.Same(book, Coarsening.Of(book));
    }
}
