using CsCheck;
using Posiwid.Records;

namespace Posiwid.Tests.Records;

/// <summary>Books for tests: whole ones by chance, and one that fills every column with every kind of value.</summary>
internal static class RandomBook
{
    /// <summary>A text with everything that breaks careless writers.</summary>
    public const string Nasty = "a,\"b\"\r\n'c';\t\\ ∀ü𝄞 \u0001 --";

    /// <summary>Books that keep every rule of the schema, with up to 20 rows in each table.</summary>
    public static readonly Gen<Book> Gen = CsCheck.Gen.Int[0, int.MaxValue].Select(Make);

    private static readonly string[] Texts = ["", " ", Nasty, "dues", "NULL", "null", "\\N", "NaN", "é", "0"];

    private static readonly double[] Doubles =
        [0, -0.0, 0.1, 1 / 3.0, -1e-300, double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e21, 123456789.123456789];

    public static Book Make(int seed)
    {
        var r = new Random(seed);
        var book = new Book();
        int Rows() => r.Next(0, 21);
        T Pick<T>(params IReadOnlyList<T> of) => of[r.Next(of.Count)];
        T? Maybe<T>(Func<T> make) where T : struct => r.Next(3) == 0 ? null : make();
        string? MaybeText(Func<string> make) => r.Next(3) == 0 ? null : make();
        string Text() => Pick(Texts);
        double Any() => r.Next(2) == 0 ? Pick(Doubles) : r.NextDouble();
        double Positive() => Pick(0, double.Epsilon, 1e300, r.NextDouble());
        DateOnly Date() => r.Next(5) == 0 ? Pick(DateOnly.MinValue, DateOnly.MaxValue) : DateOnly.FromDayNumber(r.Next(DateOnly.MaxValue.DayNumber));
        bool Bool() => r.Next(2) == 0;
        long Long() => Pick(0, 1, 255, 256, 65536, long.MaxValue, r.NextInt64());
        (DateOnly, DateOnly) Span() => Date() is var a && Date() is var b && a < b ? (a, b) : (b, a);

        // at least one row where others refer to
        int ends = 1 + Rows(), organizations = 1 + Rows(), units = 1 + Rows(), people = 1 + Rows(), offices = 1 + Rows(),
            decisions = 1 + Rows(), alternatives = 1 + Rows(), activities = 1 + Rows();
        int Unit() => 1 + r.Next(units);
        long PersonId(int i) => i == 0 ? long.MinValue : i == 1 ? long.MaxValue : i * 300L;
        long Person() => PersonId(r.Next(people));
        string End() => $"end {r.Next(ends)}";

        for (var i = Rows(); i > 0; i--)
            book.Meta.Add($"key {i}", Text());
        for (var i = 0; i < ends; i++)
            book.Ends.Add($"end {i}", Text(), Pick("mission", "recruit", "retain", "resource", "control", "maintain", "placebo"), MaybeText(() => Pick("1", "2", "3", "3*", "4", "5")));
        for (var i = 0; i < organizations; i++)
            book.Organizations.Add(i == 0 ? int.MinValue : i, Text());
        for (var i = 1; i <= units; i++)
        {
            var (opened, closed) = Span();
            book.Units.Add(i, organizations > 1 ? 1 + r.Next(organizations - 1) : int.MinValue, Text(), MaybeText(Text), Maybe(Unit), Maybe(() => opened), Maybe(() => closed));
        }

        for (var i = 0; i < people; i++)
            book.People.Add(PersonId(i), Pick("member", "staff", "supporter", "external", "bot"));
        for (var i = Rows(); i > 0; i--)
        {
            var (start, end) = Span();
            var ended = Bool();
            book.Memberships.Add(-i, Person(), Maybe(Unit), start, Pick("day", "month", "year", "unknown"), end,
                ended ? end : null, ended ? Pick("resigned", "lapsed", "expelled", "transferred", "died", "dissolved", "unknown") : null);
        }

        for (var i = Rows(); i > 0; i--)
            book.Payments.Add(i, Date(), Pick("in", "out"), Text(), Long(), Pick("USD", "EUR"), Maybe(Person), Maybe(Unit), MaybeText(End));
        for (var i = 0; i < activities; i++)
            book.Activities.Add(i, Date(), Maybe(Unit), Text(), Maybe(() => Pick(0, 256, int.MaxValue)), Maybe(Positive), Pick("logged", "scheduled", "estimated", "proxy"), Maybe(() => (long)r.Next(alternatives)));
        for (var i = Rows(); i > 0; i--)
            book.ActivityPeople.Add(r.Next(activities), Person(), Pick("organizer", "participant", "target"), Maybe(Positive));
        for (var i = Rows(); i > 0; i--)
        {
            var weight = r.NextDouble();
            book.KindEnds.Add($"kind {i}", End(), Text(), weight, weight * r.NextDouble(), Bool() ? weight : 1);
        }

        for (var i = 0; i < offices; i++)
            book.Offices.Add(i, Maybe(Unit), Pick("local", "regional", "national"), 1 + r.Next(300), Bool());
        for (var i = Rows(); i > 0; i--)
        {
            var (start, end) = Span();
            book.Tenures.Add(i, r.Next(offices), Person(), start, Date(), Maybe(() => end), MaybeText(() => Pick("contested", "uncontested", "slate", "appointed", "coopted", "hired", "lot")));
        }

        for (var i = Rows(); i > 0; i--)
            book.Complaints.Add(i, Date(), Maybe(Person), Maybe(Unit), Pick("leader", "member", "policy", "money", "harm", "other"), Maybe(() => (sbyte)r.Next(1, 4)),
                Maybe(Date), Maybe(Date), MaybeText(() => Pick("upheld", "rejected", "settled", "withdrawn", "no_action")), MaybeText(() => Pick("local", "regional", "national")));
        for (var i = 0; i < decisions; i++)
            book.Decisions.Add(i, Date(), Maybe(Unit), Text(), Bool(), MaybeText(Text));
        for (var i = 0; i < alternatives; i++)
            book.Alternatives.Add(i, r.Next(decisions), Bool(), Bool(), MaybeText(Text), Maybe(() => Pick(int.MinValue, -1, 0, int.MaxValue)));
        for (var i = Rows(); i > 0; i--)
            book.AlternativeAttributes.Add(r.Next(alternatives), $"attribute {i}", Any(), Pick("ex_ante", "blind_coder", "ex_post"), Text());
        for (var i = Rows(); i > 0; i--)
            book.StatedGoals.Add(i, End(), Maybe(() => 1 + r.Next(9)), Maybe(Positive), Text(), Date(), Maybe(Date));
        for (var i = Rows(); i > 0; i--)
            book.Measures.Add($"variable {i}", r.Next(units + 1), Text(), Date(), Any());
        for (var i = Rows(); i > 0; i--)
            book.Shocks.Add(i, Date(), Text(), Any(), Bool(), Bool(), Text());
        for (var i = Rows(); i > 0; i--)
            book.Intents.Add(Date(), $"channel {i}", r.Next(units + 1), Text(), Any());
        return book;
    }

    /// <summary>Every value of a book as text, a line each, exact to the bit.</summary>
    public static List<string> Lines(Book book) =>
    [
        .. from table in book.Tables
           from column in table.Columns
           from row in Enumerable.Range(0, column.Count)
           select $"{table.Name}.{column.Name}[{row}] = {Cell(column, row)}",
    ];

    private static string Cell(Column column, int row) => column.IsNull(row) ? "missing" : column switch
    {
        TextColumn c => $"'{c[row]}'",
        Column<bool> c => $"{c[row]}",
        Column<int> c => $"{c[row]}",
        Column<long> c => $"{c[row]}",
        Column<double> c => $"{c[row]:R} {BitConverter.DoubleToInt64Bits(c[row]):x}",
        Column<DateOnly> c => $"{c[row]:O}",
        OptionalColumn<sbyte> c => $"{c[row]}",
        OptionalColumn<int> c => $"{c[row]}",
        OptionalColumn<long> c => $"{c[row]}",
        OptionalColumn<double> c => $"{c[row]:R} {BitConverter.DoubleToInt64Bits(c[row]!.Value):x}",
        OptionalColumn<DateOnly> c => $"{c[row]:O}",
        _ => throw new NotSupportedException(column.Name),
    };
}
