using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace Posiwid.Records.Ocel;

/// <summary>
/// A book as an event log and back, without loss, some rows at a time. Rows that happen on a day become events (work, pay, spend, measure, shock, intend); all others become objects; what
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
        return log.ObjectTypes.Any(t => t.Name == Fact) && log.Objects.Any(o => o.Type == Fact && o.Values.GetValueOrDefault("key") == Book.SchemaVersionKey);
    }

    /// <summary>Refuses to write a log in the place of anything but the log of a book.</summary>
    /// <param name="path">Where the log is to be written.</param>
    /// <param name="read">Reads a log of the kind that is to be written.</param>
    /// <exception cref="BookException">Something else stands there.</exception>
    public static void RequireReplaceable(string path, Func<string, OcelLog> read) => Aside.RequireOurs(path, there =>
    {
        if (!IsBook(read(there)))
            throw new BookException($"{there} is an event log of another program.");
    });

    /// <summary>The log of a book; it is gone through some rows at a time.</summary>
    public static OcelLog ToLog(BookPages book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var (events, objects) = (new List<OcelKind>(), new List<OcelKind>());
        foreach (var table in Told(book))
        {
            var isEvent = Days.TryGetValue(table.Name, out var day);
            List<(string, OcelType)> attributes = [.. table.Columns.Where(c => Keeps(c) && c.Name != day).Select(c => (c.Name, TypeOf(c.Type)))];
            if (table is ActivityTable)
                attributes.Add((TakingPart, OcelType.String));
            if (table is PaymentTable)
                events.AddRange([new OcelKind("pay", attributes), new OcelKind("spend", attributes)]);
            else
                (isEvent ? events : objects).Add(new OcelKind(TypeName(table.Name), attributes));
        }

        events.AddRange(Derived.Select(d => new OcelKind(d.Event, [])));
        return new OcelLog
        {
            EventTypes = events,
            ObjectTypes = objects,
            Objects = Told(book).Where(t => !Days.ContainsKey(t.Name)).SelectMany(t => Rows(book, t, null)),
            // readers expect a log in the order of time; of one day, in the order of tables
            Events = ByTime([.. Told(book).Where(t => Days.ContainsKey(t.Name)).Select(t => Rows(book, t, Days[t.Name])), .. Derived.Select(d => Read(book, d))]),
        };
    }

    private static IEnumerable<Table> Told(BookPages book) => book.Tables.Where(t => t is not ActivityPersonTable);

    private static IEnumerable<OcelItem> Rows(BookPages book, Table table, string? day)
    {
        if (table is ActivityTable)
            return Activities(book, table, day!);
        return book.Numbered(table, day).SelectMany(page => Enumerable.Range(0, page.Table.Count).Select(row => Item(page.Table, row, page.Numbers[row], day)));
    }

    /// <summary>Activities with who took part: both in the order of activities, side by side.</summary>
    private static IEnumerable<OcelItem> Activities(BookPages book, Table table, string day)
    {
        using var parts = book.TakenPart().GetEnumerator();
        var more = parts.MoveNext();
        foreach (var (page, numbers) in book.Numbered(table, day))
            for (var row = 0; row < page.Count; row++)
            {
                var item = Item(page, row, numbers[row], day);
                var people = new StringBuilder();
                for (; more && parts.Current.Activity == numbers[row]; more = parts.MoveNext())
                {
                    var (_, person, role, hours) = parts.Current;
                    people.Append(people.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{person},{role},{hours:R}");
                    if (!item.Relations.Contains((Id("person", person), role)))
                        item.Relations.Add((Id("person", person), role));
                }

                if (people.Length > 0)
                    item.Values[TakingPart] = people.ToString();
                yield return item;
            }
    }

    /// <summary>Events that are read off objects.</summary>
    private static IEnumerable<OcelItem> Read(BookPages book, (string Event, string Table, string Day, string Qualifier) derived)
    {
        foreach (var (page, numbers) in book.Numbered(book.Tables.First(t => t.Name == derived.Table), derived.Day))
        {
            var (day, person) = (page.Columns.First(c => c.Name == derived.Day), page.Columns.FirstOrDefault(c => c.Name == "person_id"));
            for (var row = 0; row < page.Count; row++)
                if (day.ValueAt(row) is DateOnly date)
                {
                    var item = new OcelItem($"{derived.Event}:{numbers[row]}", derived.Event, date.ToDateTime(default));
                    item.Relations.Add((ObjectId(page, row, numbers[row]), derived.Qualifier));
                    if (person?.ValueAt(row) is long who)
                        item.Relations.Add((Id("person", who), "member"));
                    yield return item;
                }
        }
    }

    /// <summary>Several sequences in the order of time as one; of one time, in the order of the sequences.</summary>
    private static IEnumerable<OcelItem> ByTime(IReadOnlyList<IEnumerable<OcelItem>> all)
    {
        var waiting = new PriorityQueue<IEnumerator<OcelItem>, (DateTime, int)>();
        var open = all.Select(a => a.GetEnumerator()).ToList();
        try
        {
            for (var i = 0; i < open.Count; i++)
                if (open[i].MoveNext())
                    waiting.Enqueue(open[i], (open[i].Current.Time!.Value, i));
            while (waiting.TryDequeue(out var next, out var at))
            {
                do
                    yield return next.Current;
                while (next.MoveNext() && (next.Current.Time == at.Item1 || Later(next, at.Item2)));
            }
        }
        finally
        {
            open.ForEach(o => o.Dispose());
        }

        bool Later(IEnumerator<OcelItem> one, int at)
        {
            waiting.Enqueue(one, (one.Current.Time!.Value, at));
            return false;
        }
    }

    /// <summary>Writes the book of a log that was made from one; rows of a table stand in their old order.</summary>
    /// <param name="log">The log.</param>
    /// <param name="path">The book to write; an old one is replaced when the new one is whole.</param>
    /// <param name="progress">Told of events and objects read.</param>
    /// <param name="interrupted">Asks to stop; then nothing is written.</param>
    /// <returns>Rows of each table.</returns>
    /// <exception cref="BookException">The log is not a book's, or a value is missing or is none.</exception>
    public static IReadOnlyDictionary<string, long> Save(OcelLog log, string path, IProgress<long>? progress = null, CancellationToken interrupted = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!IsBook(log))
            throw new BookException("The log was not made from a book; map its events to records instead.");
        var counts = new Dictionary<string, long>();
        Import.Importer.Write(path, new Import.ImportReport(), strict: false, (connection, _) =>
        {
            var waiting = new Book(stamped: false).Tables.ToDictionary(t => t.Name, t => new Waiting(connection, t));
            var read = 0L;
            foreach (var item in log.Objects.Concat(log.Events))
            {
                if ((++read & 0x3FFF) == 0)
                {
                    progress?.Report(read);
                    interrupted.ThrowIfCancellationRequested();
                }

                if (waiting.TryGetValue(item.Type is "pay" or "spend" ? "payment" : TableName(item.Type), out var rows) && rows.Table is not ActivityPersonTable)
                {
                    Days.TryGetValue(rows.Table.Name, out var day);
                    rows.Add(Number(item.Id[(item.Id.LastIndexOf('#') + 1)..]), c => Read(item, c, day));
                    if (rows.Table is ActivityTable && item.Values.TryGetValue(TakingPart, out var people))
                        TakePart(item, people, waiting["activity_person"]);
                }
            }

            foreach (var (name, rows) in waiting)
            {
                interrupted.ThrowIfCancellationRequested();
                counts[name] = rows.Move();
            }
        });
        return counts;
    }

    private static void TakePart(OcelItem item, string people, Waiting rows)
    {
        var activity = Number(item.Values.GetValueOrDefault("activity_id", ""));
        foreach (var part in people.Split(' '))
        {
            if (part.Split(',') is not [var person, var role, var hours] || !Roles.Contains(role))
                throw new BookException($"The event {item.Id} has a list of people that cannot be read.");
            rows.Add(Number(item.Id[(item.Id.LastIndexOf('#') + 1)..]), c => c.Name switch
            {
                "activity_id" => activity,
                "person_id" => Number(person),
                "role" => role,
                _ => hours.Length > 0 ? Double(hours) : null,
            });
        }
    }

    /// <summary>Rows of a table that wait until all are there, to be put in their old order.</summary>
    private sealed class Waiting(DuckDBConnection connection, Table first)
    {
        private const int BatchRows = 1 << 14;

        private bool made;
        private Column<long> at = new("place");

        /// <summary>The table, with the rows of now.</summary>
        public Table Table { get; private set; } = first;

        private string Name => "waiting_" + Table.Name;

        /// <summary>Adds a row.</summary>
        /// <param name="place">Its old place.</param>
        /// <param name="value">Gives the value of each column.</param>
        public void Add(long place, Func<Column, object?> value)
        {
            foreach (var column in Table.Columns)
                column.AddValue(value(column));
            at.Add(place);
            if (at.Count == BatchRows)
                Flush();
        }

        /// <summary>Moves all rows to the book's table.</summary>
        /// <returns>How many there are.</returns>
        public long Move()
        {
            Flush();
            if (!made)
                return 0;
            DuckDb.Execute(connection, $"INSERT INTO {DuckDb.Name(Table.Name)} SELECT * EXCLUDE (place) FROM {Name} ORDER BY place, rowid; DROP TABLE {Name}");
            return DuckDb.Number(connection, $"SELECT count(*) FROM {DuckDb.Name(Table.Name)}");
        }

        private void Flush()
        {
            if (at.Count == 0)
                return;
            if (!made)
                DuckDb.Execute(connection, $"CREATE TABLE {Name}({DuckDb.Declaration([at, .. Table.Columns])})");
            made = true;
            DuckDb.Append(connection, Name, [at, .. Table.Columns]);
            (at, Table) = (new("place"), new Book(stamped: false).Tables.First(t => t.Name == Table.Name));
        }
    }

    private static OcelItem Item(Table table, int row, long number, string? day)
    {
        var time = day is null ? null : (DateTime?)((DateOnly)table.Columns.First(c => c.Name == day).ValueAt(row)!).ToDateTime(default);
        var type = table is PaymentTable payments ? payments.Direction[row] == "in" ? "pay" : "spend" : TypeName(table.Name);
        var item = new OcelItem(day is null ? ObjectId(table, row, number) : $"{type}#{number}", type, time);
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
    internal static DateTime Time(string text) => TimeOf(text) ?? throw new BookException($"'{text}' is no time.");

    /// <summary>The time that a text states, in universal time; null if it states none.</summary>
    internal static DateTime? TimeOf(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : null;

    private static BookException Bad(string text, OcelItem item, Column column) => new($"{item.Id}: '{text}' is no {column.Name}.");

    /// <summary>True for a column whose value stands as an attribute; the others stand as relations.</summary>
    private static bool Keeps(Column column) => column.RefersTo is null || column.ZeroIsWhole;

    private static string ObjectId(Table table, int row, long number)
    {
        // tables without a number of their own are numbered by row
        var key = table.Columns[0];
        return table is KindEndTable or AlternativeAttributeTable or MetaTable ? $"{TypeName(table.Name)}:#{number}" : Id(table.Name, key.ValueAt(row)!);
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
