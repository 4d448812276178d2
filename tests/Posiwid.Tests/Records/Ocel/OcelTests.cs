using CsCheck;
using Microsoft.Data.Sqlite;
using Posiwid.Records;
using Posiwid.Records.Ocel;

namespace Posiwid.Tests.Records.Ocel;

public class OcelTests
{
    private static readonly string[] Types = ["TEXT", "TIMESTAMP", "INTEGER", "REAL", "BOOLEAN"];

    private static Book Marked(Book book)
    {
        book.Meta.Add("source", "simulated");
        return book;
    }

    private static Book Read(OcelLog log)
    {
        using var folder = new TemporaryFolder();
        OcelBook.Save(log, folder["book.duckdb"]);
        return BookFile.Open(folder["book.duckdb"]);
    }

    /// <summary>The rows of a book as texts, table by table, whatever their order.</summary>
    private static List<string> Rows(Book book) =>
        [.. book.Tables.SelectMany(t => Enumerable.Range(0, t.Count).Select(r => t.Name + ": " + string.Join(" | ", t.Columns.Select(c => c.ValueAt(r) switch { null => "missing", double d => d.ToString("R"), var v => v.ToString() })))).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_book_survives_the_way_there_and_back_as_json() => RandomBook.Gen.Sample(book =>
    {
        using var folder = new TemporaryFolder();
        Handed.On(Marked(book), b => OcelJson.Write(OcelBook.ToLog(b), folder["log.json"]));
        Assert.Equal(Rows(book), Rows(Read(OcelJson.Read(folder["log.json"]))));
    }, iter: 60);

    [Fact]
    public void A_book_survives_the_way_there_and_back_as_sqlite() => RandomBook.Gen.Sample(book =>
    {
        using var folder = new TemporaryFolder();
        Handed.On(Marked(book), b => OcelSqlite.Write(OcelBook.ToLog(b), folder["log.sqlite"]));
        Assert.Equal(Rows(book), Rows(Read(OcelSqlite.Read(folder["log.sqlite"]))));
    }, iter: 30);

    [Fact]
    public void The_same_book_gives_the_same_json()
    {
        using var folder = new TemporaryFolder();
        var book = RandomBook.Make(5);
        Handed.On(book, b => OcelJson.Write(OcelBook.ToLog(b), folder["a"]));
        Handed.On(book, b => OcelJson.Write(OcelBook.ToLog(b), folder["b"]));
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    // the rules of the specification's relational form, counted as pm4py's validator does: tables, two extra tables of each name, keys, references, types
    [Fact]
    public void The_sqlite_layout_keeps_every_rule_of_the_specification()
    {
        using var folder = new TemporaryFolder();
        Handed.On(Marked(RandomBook.Make(3)), b => OcelSqlite.Write(OcelBook.ToLog(b), folder["log.sqlite"]));
        using var connection = new SqliteConnection($"Data Source={folder["log.sqlite"]};Mode=ReadOnly;Pooling=False");
        connection.Open();
        List<string[]> Ask(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<string[]>();
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i).ToString()!)]);
            return rows;
        }

        var tables = Ask("SELECT name FROM sqlite_master WHERE type = 'table'").ConvertAll(r => r[0]);
        Assert.Subset(tables.ToHashSet(), new HashSet<string> { "event", "object", "event_object", "object_object", "event_map_type", "object_map_type" });
        Assert.Equal("ok", Ask("PRAGMA integrity_check")[0][0]);
        Assert.Empty(Ask("PRAGMA foreign_key_check"));
        foreach (var what in new[] { "event", "object" })
        {
            var maps = Ask($"SELECT ocel_type, ocel_type_map FROM {what}_map_type");
            Assert.Equal(maps.Count + 2, tables.Count(t => t.StartsWith(what + "_", StringComparison.Ordinal)));
            Assert.Equal([["ocel_type", "TEXT", "1"], ["ocel_type_map", "TEXT", "0"]], Ask($"SELECT name, type, pk FROM pragma_table_info('{what}_map_type')"));
            Assert.Equal([["ocel_id", "TEXT", "1"], ["ocel_type", "TEXT", "0"]], Ask($"SELECT name, type, pk FROM pragma_table_info('{what}')"));
            Assert.Equal([[what + "_map_type", "ocel_type", "ocel_type"]], Ask($"SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('{what}')"));
            Assert.Empty(Ask($"SELECT 1 FROM {what} WHERE ocel_type NOT IN (SELECT ocel_type FROM {what}_map_type)"));
            foreach (var map in maps)
            {
                var table = $"{what}_{map[1]}";
                Assert.Contains(table, tables);
                var columns = Ask($"SELECT name, type, pk FROM pragma_table_info('{table}')");
                Assert.Equal(["ocel_id", "TEXT", what == "event" ? "1" : "0"], columns[0]);
                Assert.Equal(["ocel_time", "TIMESTAMP", "0"], columns[1]);
                if (what == "object")
                    Assert.Equal(["ocel_changed_field", "TEXT", "0"], columns[2]);
                Assert.All(columns, c => Assert.Contains(c[1], Types));
                Assert.Equal([[what, "ocel_id", "ocel_id"]], Ask($"SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('{table}')"));
                Assert.Equal(Ask($"SELECT count(*) FROM {what} WHERE ocel_type = '{map[0]}'"), Ask($"SELECT count(DISTINCT ocel_id) FROM {table}"));
                if (what == "object")
                    Assert.Empty(Ask($"SELECT 1 FROM {table} WHERE ocel_time <> '1970-01-01 00:00:00' OR ocel_changed_field IS NOT NULL"));
            }
        }

        Assert.Equal([["ocel_event_id", "TEXT", "1"], ["ocel_object_id", "TEXT", "2"], ["ocel_qualifier", "TEXT", "3"]], Ask("SELECT name, type, pk FROM pragma_table_info('event_object')"));
        Assert.Equal([["ocel_source_id", "TEXT", "1"], ["ocel_target_id", "TEXT", "2"], ["ocel_qualifier", "TEXT", "3"]], Ask("SELECT name, type, pk FROM pragma_table_info('object_object')"));
        Assert.Equal([["event", "ocel_event_id"], ["object", "ocel_object_id"]], Ask("SELECT \"table\", \"from\" FROM pragma_foreign_key_list('event_object') ORDER BY 1"));
        Assert.Equal([["object", "ocel_source_id"], ["object", "ocel_target_id"]], Ask("SELECT \"table\", \"from\" FROM pragma_foreign_key_list('object_object') ORDER BY 2"));
    }

    [Fact]
    public void The_layout_without_keys_is_read_too()
    {
        using var folder = new TemporaryFolder();
        var book = Marked(RandomBook.Make(4));
        Handed.On(book, b => OcelSqlite.Write(OcelBook.ToLog(b), folder["strict.sqlite"]));
        using (var connection = new SqliteConnection($"Data Source={folder["bare.sqlite"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"ATTACH '{folder["strict.sqlite"]}' AS strict";
            command.ExecuteNonQuery();
            command.CommandText = "SELECT name FROM strict.sqlite_master WHERE type = 'table'";
            var tables = new List<string>();
            using (var reader = command.ExecuteReader())
                while (reader.Read())
                    tables.Add(reader.GetString(0));
            foreach (var table in tables)
            {
                command.CommandText = $"CREATE TABLE \"{table}\" AS SELECT * FROM strict.\"{table}\"";
                command.ExecuteNonQuery();
            }
        }

        // a copy keeps a column's affinity, not its type: times and yes-or-no come back as texts and numbers
        Assert.Equal(Rows(book), Rows(Read(OcelSqlite.Read(folder["bare.sqlite"]))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{\"eventTypes\": [], \"objectTypes\": [], \"events\": [{\"id\": 1}], \"objects\": []}")]
    [InlineData("{\"eventTypes\": [], \"objectTypes\": [], \"events\": [], \"objects\": [")]
    [InlineData("not json")]
    public void What_is_no_log_is_refused_in_a_sentence(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x.json"], text);
        Assert.Throws<BookException>(() => Read(OcelJson.Read(folder["x.json"])));
        Assert.Throws<BookException>(() => Read(OcelSqlite.Read(folder["x.json"])));
    }
}
