using System.Globalization;

namespace Posiwid.Records;

/// <summary>
/// Makes of a book of real people one that may leave the house: days become months, people get new numbers that lead nowhere, office holders others than members,
/// and what concerns too few is merged or left out. What remains is still about people; see <c>docs/privacy.md</c>.
/// </summary>
public static class Coarsening
{
    /// <summary>Units with fewer people than this are not told apart.</summary>
    public const int SmallestUnit = 5;

    /// <summary>Fewer complaints than this are left out.</summary>
    public const int FewestComplaints = 10;

    /// <summary>A coarser copy of a book. A simulated book is returned as it is: there is nobody in it.</summary>
    /// <param name="book">The book.</param>
    /// <param name="voice">False to leave complaints out altogether.</param>
    public static Book Of(Book book, bool voice = true)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (book.Meta.Find("source") == "simulated")
            return book;
        var coarse = new Book(stamped: false);
        var units = Units(book);
        var people = Numbers(book);
        var holders = Enumerable.Range(0, book.Tenures.Count).Select(i => book.Tenures.PersonId[i]).Distinct().Order().ToList();
        var keepTenures = holders.Count >= SmallestUnit;
        foreach (var (from, to) in book.Tables.Zip(coarse.Tables))
        {
            if (from == book.Tenures && !keepTenures || from == book.Complaints && (!voice || from.Count < FewestComplaints))
                continue;
            var dayKey = from == book.Measures || from == book.Intents; // figures of the whole: a day in their key cannot be coarsened, and names nobody
            for (var row = 0; row < from.Count; row++)
            {
                if (dayKey && from.Columns.First(c => c.Name == "unit_id").ValueAt(row) is int at and not 0 && !units.Contains(at))
                    continue;
                for (var c = 0; c < from.Columns.Count; c++)
                    to.Columns[c].AddValue(Value(from.Columns[c], from.Columns[c].ValueAt(row)));
            }

            object? Value(Column column, object? value) => (column.Name, value) switch
            {
                (_, null) => null,
                ("opened_by", _) => null,
                ("person_id", long person) when from == book.Tenures => people.Count + 1L + holders.BinarySearch(person),
                ("person_id", long person) => people[person],
                ("unit_id", int unit) when from == book.Units => unit,
                ("unit_id" or "parent_unit_id", int unit) when !dayKey => units.Contains(unit) ? unit : null,
                (_, DateOnly day) when !dayKey => new DateOnly(day.Year, day.Month, 1),
                _ => value,
            };
        }

        // office holders go by numbers that are nobody's elsewhere
        for (var i = 0; keepTenures && i < holders.Count; i++)
            coarse.People.Add(people.Count + 1L + i, "member");
        coarse.Meta.Add("coarsened", "months, new numbers, small units merged");
        return coarse;
    }

    /// <summary>Units with enough people. If a single small one would be left over, the smallest of the others goes with it, so that it cannot be had by subtraction.</summary>
    private static HashSet<int> Units(Book book)
    {
        var members = new Dictionary<int, HashSet<long>>();
        for (var i = 0; i < book.Memberships.Count; i++)
            if (book.Memberships.UnitId[i] is { } unit)
                (members.TryGetValue(unit, out var set) ? set : members[unit] = []).Add(book.Memberships.PersonId[i]);
        var all = Enumerable.Range(0, book.Units.Count).Select(i => (Unit: book.Units.UnitId[i], People: members.GetValueOrDefault(book.Units.UnitId[i])?.Count ?? 0)).OrderByDescending(u => u.People).ToList();
        var kept = all.TakeWhile(u => u.People >= SmallestUnit).ToList();
        var small = all.Where(u => u.People is > 0 and < SmallestUnit).ToList();
        if (small.Count == 1 && kept.Count > 0)
            kept.RemoveAt(kept.Count - 1);
        return [.. kept.Select(u => u.Unit)];
    }

    private static Dictionary<long, long> Numbers(Book book)
    {
        var numbers = new Dictionary<long, long>();
        // the old numbers are pseudo-random, so their order says nothing of when somebody came
        foreach (var person in Enumerable.Range(0, book.People.Count).Select(i => book.People.PersonId[i]).Order())
            numbers[person] = numbers.Count + 1;
        return numbers;
    }

    /// <summary>What was done, for people.</summary>
    /// <param name="before">The book.</param>
    /// <param name="after">Its coarser copy.</param>
    public static IReadOnlyList<string> Notes(Book before, Book after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (ReferenceEquals(before, after))
            return [];
        var notes = new List<string> { "Days became months, and people got numbers of their own in this export. --exact keeps both." };
        if (before.Complaints.Count > after.Complaints.Count)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{before.Complaints.Count} complaints were left out: fewer than {FewestComplaints}, or it was asked."));
        if (before.Tenures.Count > after.Tenures.Count)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{before.Tenures.Count} times in office were left out: fewer than {SmallestUnit} people."));
        return notes;
    }
}
