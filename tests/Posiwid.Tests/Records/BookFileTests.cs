using CsCheck;
using DuckDB.NET.Data;
using Posiwid.Records;

namespace Posiwid.Tests.Records;

public class BookFileTests
{
    [Fact]
    public void Any_book_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var path = folder["book.duckdb"];
        RandomBook.Gen.Sample(book =>
        {
            BookFile.Save(book, path);
            Assert.Equal(RandomBook.Lines(book), RandomBook.Lines(BookFile.Open(path)));
        }, iter: 8, threads: 1);
    }

    [Fact]
    public void Random_books_fill_every_column_with_and_without_a_value()
    {
        var books = Enumerable.Range(0, 50).Select(RandomBook.Make).ToArray();
        for (var t = 0; t < books[0].Tables.Count; t++)
            for (var c = 0; c < books[0].Tables[t].Columns.Count; c++)
            {
                var columns = books.Select(b => b.Tables[t].Columns[c]).ToArray();
                Assert.Contains(columns, column => Enumerable.Range(0, column.Count).Any(row => !column.IsNull(row)));
                Assert.Equal(columns[0].Nullable, columns.Any(column => Enumerable.Range(0, column.Count).Any(column.IsNull)));
            }
    }

    [Fact]
    public void An_empty_book_comes_back_with_its_version()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(new Book(), folder["book.duckdb"]);
        var book = BookFile.Open(folder["book.duckdb"]);
        Assert.Equal("1", book.Meta.Find("schema_version"));
        Assert.Null(book.Meta.Find("currency"));
        Assert.All(book.Tables.Skip(1), table => Assert.Equal(0, table.Count));
    }

    [Fact]
    public void The_columns_in_memory_are_those_of_the_schema()
    {
        using var connection = Memory();
        Execute(connection, BookFile.Schema);
        var stored = Rows(connection, "SELECT table_name FROM duckdb_tables() ORDER BY table_oid");
        var tables = new Book().Tables;
        Assert.Equal(stored, tables.Select(t => t.Name));
        foreach (var table in tables)
        {
            var columns = Rows(connection, $"SELECT column_name || ' ' || data_type || ' ' || is_nullable FROM duckdb_columns() WHERE table_name = '{table.Name}' ORDER BY column_index");
            Assert.Equal(columns, table.Columns.Select(c => $"{c.Name} {SqlName(c.Type)} {(c.Nullable ? "true" : "false")}"));
        }
    }

    [Fact]
    public void Anyone_can_read_the_file_with_sql()
    {
        using var folder = new TemporaryFolder();
        var book = Small();
        BookFile.Save(book, folder["book.duckdb"]);
        using var connection = new DuckDBConnection($"Data Source={folder["book.duckdb"]}");
        connection.Open();
        Assert.Equal(["258|2019-03-31|1|meeting|300|2.5|logged|", "259|2019-04-01|||0||proxy|"],
            Rows(connection, "SELECT concat_ws('|', activity_id, date, coalesce(unit_id::VARCHAR, ''), kind_code, headcount, coalesce(hours_total::VARCHAR, ''), hours_source, coalesce(alternative_id::VARCHAR, '')) FROM activity"));
    }

    [Fact]
    public void Saving_over_an_old_book_replaces_it_and_leaves_nothing_else()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(new Book(), folder["book.duckdb"]);
        BookFile.Save(Small(), folder["book.duckdb"]);
        Assert.Equal(2, BookFile.Open(folder["book.duckdb"]).Activities.Count);
        Assert.Equal(["book.duckdb"], folder.Names);
    }

    [Fact]
    public void A_save_creates_the_folder()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(new Book(), Path.Combine(folder.Root, "a", "b", "book.duckdb"));
        Assert.Equal(1, BookFile.Open(Path.Combine(folder.Root, "a", "b", "book.duckdb")).Meta.Count);
    }

    [Theory]
    [InlineData("a duplicate key", "duplicate key")]
    [InlineData("a value out of its list", "breaks a rule of its tables: CHECK constraint failed on table activity")]
    [InlineData("a person who is not there", "1 row of payment with a person_id that person does not hold, for example 77")]
    [InlineData("a unit that is not there", "2 rows of measure with a unit_id that unit does not hold, for example 5")]
    public void A_save_that_fails_midway_leaves_the_old_book_whole(string fault, string said)
    {
        using var folder = new TemporaryFolder();
        var path = folder["book.duckdb"];
        BookFile.Save(Small(), path);
        var before = File.ReadAllBytes(path);

        var bad = Small();
        var day = new DateOnly(2000, 1, 1);
        switch (fault)
        {
            case "a duplicate key":
                bad.Intents.Add(day, "dues", 0, "", 1);
                bad.Intents.Add(day, "dues", 0, "", 2);
                break;
            case "a value out of its list":
                bad.Activities.Add(999, day, null, "march", null, null, "guessed", null);
                break;
            case "a person who is not there":
                bad.Payments.Add(1, day, "in", "dues", 100, "USD", 77, null, null);
                break;
            default:
                bad.Measures.Add("size", 0, "", day, 1);
                bad.Measures.Add("size", 5, "", day, 1);
                bad.Measures.Add("size", 6, "", day, 1);
                break;
        }

        AssertSentence(said, () => BookFile.Save(bad, path));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["book.duckdb"], folder.Names);
    }

    [Fact]
    public void A_book_of_a_newer_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Altered(folder, "UPDATE meta SET value = '2' WHERE key = 'schema_version'");
        AssertSentence("is a book of version 2 and this program reads version 1: a newer Posiwid is needed", () => BookFile.Open(path));
        AssertSentence("is a book of version 2", () => BookFile.Verify(path));
    }

    [Theory]
    [InlineData("DELETE FROM meta", "states no schema_version")]
    [InlineData("UPDATE meta SET value = 'one'", "states no schema_version")]
    [InlineData("UPDATE meta SET value = '-1'", "states no schema_version")]
    [InlineData("DROP TABLE meta", "has no table meta")]
    [InlineData("DROP TABLE shock", "the table shock is missing")]
    [InlineData("ALTER TABLE shock ADD COLUMN more INTEGER", "the table shock has other columns")]
    [InlineData("CREATE OR REPLACE TABLE organization(organization_id BIGINT PRIMARY KEY, label VARCHAR NOT NULL)", "organization.organization_id is BIGINT NOT NULL where INTEGER NOT NULL belongs")]
    [InlineData("CREATE OR REPLACE TABLE organization(organization_id INTEGER PRIMARY KEY, label VARCHAR)", "organization.label is VARCHAR where VARCHAR NOT NULL belongs")]
    [InlineData("INSERT INTO activity_person VALUES (258, 4, 'target', NULL), (1, 10, 'target', 1)", "1 row of activity_person with a activity_id that activity does not hold, for example 1")]
    [InlineData("INSERT INTO unit VALUES (9, 1, 'branch', NULL, 8, NULL, NULL)", "1 row of unit with a parent_unit_id that unit does not hold, for example 8")]
    [InlineData("UPDATE activity SET date = 'infinity'", "the table activity holds a value that cannot be read")]
    public void A_book_that_was_spoiled_is_refused(string sql, string said)
    {
        using var folder = new TemporaryFolder();
        var path = Altered(folder, sql);
        AssertSentence(said, () => BookFile.Open(path));
    }

    [Fact]
    public void Verify_names_every_broken_reference()
    {
        using var folder = new TemporaryFolder();
        var path = Altered(folder, "DELETE FROM person; DELETE FROM unit; INSERT INTO measure VALUES ('size', 0, '', '2000-01-01', 1)");
        Assert.Equal(
            [new BrokenReference("membership", "person_id", "person", 1, "4"), new BrokenReference("activity", "unit_id", "unit", 1, "1")],
            BookFile.Verify(path));
        Assert.Empty(BookFile.Verify(Altered(folder, "SELECT 1")));
    }

    [Fact]
    public void Every_reference_of_a_column_is_looked_at()
    {
        using var folder = new TemporaryFolder();
        var book = RandomBook.Make(3);
        foreach (var table in book.Tables)
            foreach (var column in table.Columns.Where(c => c.RefersTo is not null))
            {
                var target = book.Tables.Single(t => t.Name == column.RefersTo);
                Assert.Equal(target.Columns[0].Type, column.Type);
                Assert.False(target.Columns[0].Nullable);
            }

        // every column named like a key of another table refers to it
        var keys = book.Tables.Where(t => t.Columns[0].Name is not ("key" or "activity_id" or "variable_code" or "week" or "kind_code") || t.Name == "activity")
            .Where(t => t.Name != "alternative_attr").ToDictionary(t => t.Columns[0].Name, t => t.Name);
        foreach (var table in book.Tables)
            foreach (var column in table.Columns)
                if (keys.TryGetValue(column.Name, out var target) && target != table.Name)
                    Assert.Equal((table.Name, column.Name, target), (table.Name, column.Name, column.RefersTo));
    }

    [Fact]
    public void What_is_no_book_is_refused()
    {
        using var folder = new TemporaryFolder();
        AssertSentence("There is no book at", () => BookFile.Open(folder["nothing.duckdb"]));
        AssertSentence("is a folder", () => BookFile.Open(folder.Root));
        File.WriteAllText(folder["empty.duckdb"], "");
        AssertSentence("is no DuckDB file", () => BookFile.Open(folder["empty.duckdb"]));
        File.WriteAllText(folder["text.duckdb"], new string('x', 100_000));
        AssertSentence("is no DuckDB file", () => BookFile.Open(folder["text.duckdb"]));
        using (var connection = new DuckDBConnection($"Data Source={folder["other.duckdb"]}"))
        {
            connection.Open();
            Execute(connection, "CREATE TABLE t(a INTEGER)");
        }

        AssertSentence("is a DuckDB file but not a book", () => BookFile.Open(folder["other.duckdb"]));
        Assert.Equal(["empty.duckdb", "other.duckdb", "text.duckdb"], folder.Names);
    }

    [Fact]
    public void A_truncated_book_is_refused()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(RandomBook.Make(1), folder["book.duckdb"]);
        var whole = File.ReadAllBytes(folder["book.duckdb"]);
        foreach (var length in (int[])[0, 11, 12, 4096, 12_288, 100_000, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(folder["part.duckdb"], whole[..length]);
            AssertSentence(length < 12 ? "is no DuckDB file" : "is damaged or was cut short", () => BookFile.Open(folder["part.duckdb"]));
        }
    }

    [Fact]
    public void A_damaged_book_is_refused_or_unharmed()
    {
        using var folder = new TemporaryFolder();
        var book = RandomBook.Make(1);
        BookFile.Save(book, folder["book.duckdb"]);
        var whole = File.ReadAllBytes(folder["book.duckdb"]);
        var lines = RandomBook.Lines(book);
        var refused = 0;
        Gen.Int[0, whole.Length - 1].Sample(at =>
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x55;
            File.WriteAllBytes(folder["damaged.duckdb"], damaged);
            try
            {
                // bytes of free space may change without harm; others must not
                Assert.Equal(lines, RandomBook.Lines(BookFile.Open(folder["damaged.duckdb"])));
            }
            catch (BookException error)
            {
                refused++;
                AssertOneSentence(error.Message);
            }
        }, iter: 12, threads: 1);
        Assert.True(refused >= 3, $"{refused} of 12 were refused");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        AssertSentence("could not be written", () => BookFile.Save(new Book(), Path.Combine(folder["file"], "book.duckdb")));
        AssertSentence("is a folder", () => BookFile.Save(new Book(), folder.Root));
        Assert.Equal(["file"], folder.Names);
    }

    [Fact]
    public void A_folder_without_permission_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "whoever may do everything is never refused");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["closed"]);
#pragma warning disable CA1416 // not on Windows: skipped above
        File.SetUnixFileMode(folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertSentence("permission was denied", () => BookFile.Save(new Book(), Path.Combine(folder["closed"], "book.duckdb")));
        File.SetUnixFileMode(folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
#pragma warning restore CA1416
    }

    [Fact]
    public void A_book_that_another_program_has_left_open_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(Small(), folder["book.duckdb"]);
        File.WriteAllText(folder["book.duckdb.wal"], "what the other program has yet to write");
        AssertSentence("is open in another program", () => BookFile.Save(new Book(), folder["book.duckdb"]));
        Assert.Equal(["book.duckdb", "book.duckdb.wal"], folder.Names);
    }

    [Fact]
    public void What_is_no_book_is_not_replaced_by_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["hours.csv"], "Date,Kind,Hours\n2024-01-01,meeting,2\n");
        AssertSentence("hours.csv is not a book: it is no DuckDB file; it was left as it is", () => BookFile.Save(Small(), folder["hours.csv"]));
        Assert.StartsWith("Date,Kind,Hours", File.ReadAllText(folder["hours.csv"]), StringComparison.Ordinal);
        using (var connection = DuckDb.Connect(folder["others.duckdb"]))
            Execute(connection, "CREATE TABLE mine(x INTEGER)");
        var before = File.ReadAllBytes(folder["others.duckdb"]);
        AssertSentence("others.duckdb is a DuckDB file but not a book", () => BookFile.Save(Small(), folder["others.duckdb"]));
        Assert.Equal(before, File.ReadAllBytes(folder["others.duckdb"]));
        Assert.Equal(["hours.csv", "others.duckdb"], folder.Names);
    }

    [Fact]
    public void A_disk_that_is_full_is_named()
    {
        Assert.Equal("b.duckdb could not be written: the disk is full.", BookException.Because("b.duckdb", "written", new IOException("No space left on device : 'x'", 28)).Message);
        Assert.Equal("b.duckdb could not be written: the disk is full.", BookException.Because("b.duckdb", "written", new IOException("?", unchecked((int)0x80070070))).Message);
    }

    internal static Book Small()
    {
        var book = new Book();
        book.Organizations.Add(1, "ISO");
        book.Units.Add(1, 1, "branch", "campus", null, new DateOnly(1977, 3, 12), null);
        book.People.Add(4, "member");
        book.Memberships.Add(1, 4, null, new DateOnly(1999, 1, 1), "day", new DateOnly(1999, 1, 1), null, null);
        book.Activities.Add(258, new DateOnly(2019, 3, 31), 1, "meeting", 300, 2.5, "logged", null);
        book.Activities.Add(259, new DateOnly(2019, 4, 1), null, "", 0, null, "proxy", null);
        return book;
    }

    private static string Altered(TemporaryFolder folder, string sql)
    {
        var path = folder["altered.duckdb"];
        BookFile.Save(Small(), path);
        using var connection = new DuckDBConnection($"Data Source={path}");
        connection.Open();
        Execute(connection, sql);
        return path;
    }

    internal static void AssertSentence(string part, Action act)
    {
        var message = Assert.Throws<BookException>(act).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        AssertOneSentence(message);
    }

    private static void AssertOneSentence(string message)
    {
        Assert.DoesNotContain('\n', message);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 20, 400);
    }

    private static string SqlName(Type type) =>
        type == typeof(string) ? "VARCHAR" : type == typeof(int) ? "INTEGER" : type == typeof(long) ? "BIGINT" : type == typeof(sbyte) ? "TINYINT" :
        type == typeof(double) ? "DOUBLE" : type == typeof(bool) ? "BOOLEAN" : type == typeof(DateOnly) ? "DATE" : type.Name;

    internal static DuckDBConnection Memory()
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    internal static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static List<string> Rows(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(",", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }
}
