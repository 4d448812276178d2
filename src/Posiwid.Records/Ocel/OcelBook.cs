using System.Globalization;

namespace Posiwid.Records.Ocel;

/// <summary>
/// A book as an event log and back, without loss. Rows that happen on a day become events (work, pay, spend, measure, shock, intend); all others become objects; what
/// a row refers to becomes a relation. Beside these stand events that are read off objects, for programs that look at processes: join and leave, take_office and
/// leave_office, complain, respond and close, choose, state_goal. They carry nothing of their own, and reading back passes over them.
/// </summary>
public static class OcelBook
{
    private const string TakingPart = "taking_part", Fact = "fact";

    private static readonly string[] Roles = ["organizer", "participant", "target"];

    /// <summary>Tables whose rows are events, with the column of their day.</summary>
    private static readonly Dictionary<string, string> Days = new() { ["payment"] = "date", ["activity"] = "date", ["measure"] = "date", ["shock"] = "date", ["intent"] = "week" };

    /// <summary>Events that are read off objects: type, table, column of the day, qualifier of the object.</summary>
    private static readonly (string Event, string Table, string Day, string Qualifier)[] Derived =
    [
        ("join", "membership", "start_date", "spell"), ("leave", "membership", "end_date", "spell"), ("take_office", "tenure", "start_date", "tenure"), ("leave_office", "tenure", "end_date", "tenure"),
        ("complain", "complaint", "opened", "complaint"), ("respond", "complaint", "first_response", "complaint"), ("close", "complaint", "closed", "complaint"),
        ("choose", "decision", "date", "decision"), ("state_goal", "stated_goal", "valid_from", "goal"),
    ];

    /// <summary>True if a log was made from a book.</summary>
    public static bool IsBook(OcelLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.Objects.Any(o => o.Type == Fact && o.Values.GetValueOrDefault("key") == Book.SchemaVersionKey);
    }

    /// <summary>The log of a book.</summary>
    public static OcelLog ToLog(Book book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var log = new OcelLog();
        var takingPart = TakenPart(book);
        foreach (var table in book.Tables.Where(t => t != book.ActivityPeople))
        {
            var isEvent = Days.TryGetValue(table.Name, out var day);
            var attributes = table.Columns.Where(c => Keeps(c) && c.Name != day).Select(c => (c.Name, TypeOf(c.Type))).ToList();
            if (table == book.Activities)
                attributes.Add((TakingPart, OcelType.String));
            if (table == book.Payments)
                log.EventTypes.AddRange([new OcelKind("pay", attributes), new OcelKind("spend", attributes)]);
            else if (isEvent)
                log.EventTypes.Add(new OcelKind(TypeName(table.Name), attributes));
            else
                log.ObjectTypes.Add(new OcelKind(TypeName(table.Name), attributes));
            for (var row = 0; row < table.Count; row++)
            {
                var item = Item(table, row, day);
                if (table == book.Activities && takingPart.TryGetValue(book.Activities.ActivityId[row], out var people))
                {
                    item.Values[TakingPart] = string.Join(' ', people.Select(p => $"{p.Person},{p.Role},{p.Hours?.ToString("R", CultureInfo.InvariantCulture)}"));
                    item.Relations.AddRange(people.Select(p => (Id("person", p.Person), p.Role)).Distinct());
                }

                (isEvent ? log.Events : log.Objects).Add(item);
            }
        }

        foreach (var (name, from, day, qualifier) in Derived)
        {
            log.EventTypes.Add(new OcelKind(name, []));
            var table = book.Tables.First(t => t.Name == from);
            var column = table.Columns.First(c => c.Name == day);
            for (var row = 0; row < table.Count; row++)
                if (column.ValueAt(row) is DateOnly date)
                {
                    var item = new OcelItem($"{name}:{row}", name, date.ToDateTime(default));
                    item.Relations.Add((ObjectId(table, row), qualifier));
                    if (table.Columns.FirstOrDefault(c => c.Name == "person_id")?.ValueAt(row) is long person)
                        item.Relations.Add((Id("person", person), "member"));
                    log.Events.Add(item);
                }
        }

        // readers expect a log in the order of time; of one day, in the order of tables
        var ordered = log.Events.OrderBy(e => e.Time).ToList();
        log.Events.Clear();
        log.Events.AddRange(ordered);
        return log;
    }

    /// <summary>The book of a log that was made from one; rows of a table stand in their old order.</summary>
    /// <exception cref="BookException">The log is not a book's, or a value is missing or is none.</exception>
    public static Book ToBook(OcelLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!IsBook(log))
            throw new BookException("The log was not made from a book; map its events to records instead.");
        var book = new Book(stamped: false);
        var items = log.Events.Concat(log.Objects).ToLookup(i => i.Type is "pay" or "spend" ? "payment" : TableName(i.Type));
        foreach (var table in book.Tables)
        {
            Days.TryGetValue(table.Name, out var day);
            foreach (var item in items[table.Name].OrderBy(i => Number(i.Id[(i.Id.LastIndexOf('#') + 1)..])))
            {
                foreach (var column in table.Columns)
                    column.AddValue(Read(item, column, day));
                if (table == book.Activities && item.Values.TryGetValue(TakingPart, out var people))
                    foreach (var part in people.Split(' '))
                    {
                        if (part.Split(',') is not [var person, var role, var hours] || !Roles.Contains(role))
                            throw new BookException($"The event {item.Id} has a list of people that cannot be read.");
                        book.ActivityPeople.Add(book.Activities.ActivityId[book.Activities.Count - 1], Number(person), role, hours.Length > 0 ? Double(hours) : null);
                    }
            }
        }

        return book;
    }

    private static Dictionary<long, List<(long Person, string Role, double? Hours)>> TakenPart(Book book)
    {
        var by = new Dictionary<long, List<(long, string, double?)>>();
        for (var row = 0; row < book.ActivityPeople.Count; row++)
        {
            if (!by.TryGetValue(book.ActivityPeople.ActivityId[row], out var list))
                by[book.ActivityPeople.ActivityId[row]] = list = [];
            list.Add((book.ActivityPeople.PersonId[row], book.ActivityPeople.Role[row]!, book.ActivityPeople.Hours[row]));
        }

        return by;
    }

    private static OcelItem Item(Table table, int row, string? day)
    {
        var time = day is null ? null : (DateTime?)((DateOnly)table.Columns.First(c => c.Name == day).ValueAt(row)!).ToDateTime(default);
        var type = table is PaymentTable payments ? payments.Direction[row] == "in" ? "pay" : "spend" : TypeName(table.Name);
        var item = new OcelItem(day is null ? ObjectId(table, row) : $"{type}#{row}", type, time);
        foreach (var column in table.Columns.Where(c => c.Name != day))
        {
            if (column.ValueAt(row) is not { } value)
                continue;
            if (Keeps(column))
                item.Values[column.Name] = Text(value);
            if (column.RefersTo is { } target && !(column.ZeroIsWhole && value is 0))
                item.Relations.Add((Id(target, value), column.Name));
        }

        return item;
    }

    private static object? Read(OcelItem item, Column column, string? day)
    {
        if (column.Name == day)
            return DateOnly.FromDateTime(item.Time ?? throw new BookException($"The event {item.Id} has no time."));
        string? text;
        if (Keeps(column))
            text = item.Values.GetValueOrDefault(column.Name);
        else
        {
            var related = item.Relations.FirstOrDefault(r => r.Qualifier == column.Name).Object;
            text = related?[(related.IndexOf(':') + 1)..];
        }

        if (text is null)
        {
            // a database has no way to store a number that is none
            return column.Nullable ? null : column.Type == typeof(double) ? double.NaN : throw new BookException($"{item.Id} has no {column.Name}.");
        }

        return column.Type switch
        {
            var t when t == typeof(string) => text,
            var t when t == typeof(DateOnly) => DateOnly.FromDateTime(Time(text)),
            var t when t == typeof(bool) => text is "true" or "1" ? true : text is "false" or "0" ? false : throw Bad(text, item, column),
            var t when t == typeof(double) => Double(text),
            var t when t == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i : throw Bad(text, item, column),
            var t when t == typeof(sbyte) => sbyte.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b) ? b : throw Bad(text, item, column),
            _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? l : throw Bad(text, item, column),
        };
    }

    /// <summary>The time that a text states, in universal time.</summary>
    internal static DateTime Time(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : throw new BookException($"'{text}' is no time.");

    private static BookException Bad(string text, OcelItem item, Column column) => new($"{item.Id}: '{text}' is no {column.Name}.");

    /// <summary>True for a column whose value stands as an attribute; the others stand as relations.</summary>
    private static bool Keeps(Column column) => column.RefersTo is null || column.ZeroIsWhole;

    private static string ObjectId(Table table, int row)
    {
        // tables without a number of their own are numbered by row
        var key = table.Columns[0];
        return table is KindEndTable or AlternativeAttributeTable or MetaTable ? $"{TypeName(table.Name)}:#{row}" : Id(table.Name, key.ValueAt(row)!);
    }

    private static string Id(string table, object key) => $"{TypeName(table)}:{Text(key)}";

    private static string TypeName(string table) => table switch { "meta" => Fact, "activity" => "work", "stated_goal" => "goal", "kind_end" => "coding", "alternative_attr" => "score", "intent" => "intend", _ => table };

    private static string TableName(string type) => type switch { Fact => "meta", "work" => "activity", "goal" => "stated_goal", "coding" => "kind_end", "score" => "alternative_attr", "intend" => "intent", _ => type };

    private static OcelType TypeOf(Type type) =>
        type == typeof(string) ? OcelType.String : type == typeof(DateOnly) ? OcelType.Time : type == typeof(bool) ? OcelType.Boolean : type == typeof(double) ? OcelType.Float : OcelType.Integer;

    private static string Text(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static double Double(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw new BookException($"'{text}' is no number.");

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
