using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Posiwid.Records.Ocel;

/// <summary>
/// Event logs as a SQLite file (OCEL 2.0). The strict layout is written, with keys and types; the layout without keys, which most programs write, is read too.
/// </summary>
public static class OcelSqlite
{
    private const string Always = "1970-01-01 00:00:00";

    /// <summary>Writes a log.</summary>
    public static void Write(OcelLog log, string path)
    {
        ArgumentNullException.ThrowIfNull(log);
        Aside.WriteFile(path, aside =>
        {
            using var connection = Connect(aside, SqliteOpenMode.ReadWriteCreate);
            Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
            using (var transaction = connection.BeginTransaction())
            {
                Execute(connection, """
                    CREATE TABLE event_map_type(ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
                    CREATE TABLE object_map_type(ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
                    CREATE TABLE event(ocel_id TEXT PRIMARY KEY, ocel_type TEXT, FOREIGN KEY(ocel_type) REFERENCES event_map_type(ocel_type));
                    CREATE TABLE object(ocel_id TEXT PRIMARY KEY, ocel_type TEXT, FOREIGN KEY(ocel_type) REFERENCES object_map_type(ocel_type));
                    CREATE TABLE event_object(ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT, PRIMARY KEY(ocel_event_id, ocel_object_id, ocel_qualifier),
                      FOREIGN KEY(ocel_event_id) REFERENCES event(ocel_id), FOREIGN KEY(ocel_object_id) REFERENCES object(ocel_id));
                    CREATE TABLE object_object(ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT, PRIMARY KEY(ocel_source_id, ocel_target_id, ocel_qualifier),
                      FOREIGN KEY(ocel_source_id) REFERENCES object(ocel_id), FOREIGN KEY(ocel_target_id) REFERENCES object(ocel_id));
                    """);
                Items(connection, log.ObjectTypes, log.Objects, "object");
                Items(connection, log.EventTypes, log.Events, "event");
                transaction.Commit();
            }
        });
    }

    /// <summary>Reads a log.</summary>
    /// <exception cref="BookException">The file is no such log.</exception>
    public static OcelLog Read(string path)
    {
        try
        {
            using var connection = Connect(path, SqliteOpenMode.ReadOnly);
            var log = new OcelLog();
            Read(connection, "object", log.ObjectTypes, log.Objects);
            Read(connection, "event", log.EventTypes, log.Events);
            var (events, objects) = (log.Events.ToDictionary(e => e.Id), log.Objects.ToDictionary(o => o.Id));
            Query(connection, "SELECT ocel_event_id, ocel_object_id, ocel_qualifier FROM event_object ORDER BY rowid", r => Relate(events, r));
            Query(connection, "SELECT ocel_source_id, ocel_target_id, ocel_qualifier FROM object_object ORDER BY rowid", r => Relate(objects, r));
            return log;
        }
        catch (SqliteException error)
        {
            throw new BookException($"{path} is no event log in SQLite: {error.Message.Split('\n')[0].TrimEnd('.')}.", error);
        }
        catch (Exception error) when (Import.Sheet.IsUnreadable(error))
        {
            throw BookException.Because(path, "read", error);
        }

        static void Relate(Dictionary<string, OcelItem> items, SqliteDataReader r)
        {
            if (!items.TryGetValue(r.GetString(0), out var item))
                throw new BookException($"The log relates '{r.GetString(0)}', which is not in it.");
            item.Relations.Add((r.GetString(1), r.IsDBNull(2) ? "" : r.GetString(2)));
        }
    }

    private static void Items(SqliteConnection connection, List<OcelKind> kinds, List<OcelItem> items, string what)
    {
        foreach (var kind in kinds)
        {
            Execute(connection, $"INSERT INTO {what}_map_type VALUES ({Literal(kind.Name)}, {Literal(kind.Name)})");
            var columns = string.Concat(kind.Attributes.Select(a => $", {Name(a.Name)} {SqlType(a.Type)}"));
            Execute(connection, what == "event"
                ? $"CREATE TABLE {Name("event_" + kind.Name)}(ocel_id TEXT PRIMARY KEY, ocel_time TIMESTAMP{columns}, FOREIGN KEY(ocel_id) REFERENCES event(ocel_id))"
                : $"CREATE TABLE {Name("object_" + kind.Name)}(ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT{columns}, FOREIGN KEY(ocel_id) REFERENCES object(ocel_id))");
        }

        using var one = Prepared(connection, $"INSERT INTO {what} VALUES ($0, $1)", 2);
        using var relation = Prepared(connection, $"INSERT INTO {what}_object VALUES ($0, $1, $2)", 3);
        var inserts = kinds.ToDictionary(k => k.Name, k => (Kind: k, Insert: Prepared(connection, $"INSERT INTO {Name(what + "_" + k.Name)} VALUES ({string.Join(", ", Enumerable.Range(0, k.Attributes.Count + (what == "event" ? 2 : 3)).Select(i => "$" + i))})", k.Attributes.Count + (what == "event" ? 2 : 3))));
        foreach (var item in items)
        {
            Run(one, item.Id, item.Type);
            var (kind, insert) = inserts[item.Type];
            var values = kind.Attributes.Select(a => item.Values.TryGetValue(a.Name, out var text) ? Value(text, a.Type) : null);
            Run(insert, item.Time is { } time ? [item.Id, Time(time), .. values] : [item.Id, Always, null, .. values]);
            foreach (var (related, qualifier) in item.Relations.Distinct())
                Run(relation, item.Id, related, qualifier);
        }

        foreach (var (_, insert) in inserts.Values)
            insert.Dispose();
    }

    private static void Read(SqliteConnection connection, string what, List<OcelKind> kinds, List<OcelItem> items)
    {
        var types = new List<(string Type, string Map)>();
        Query(connection, $"SELECT ocel_type, ocel_type_map FROM {what}_map_type ORDER BY rowid", r => types.Add((r.GetString(0), r.GetString(1))));
        foreach (var (type, map) in types)
        {
            var table = $"{what}_{map}";
            var columns = new List<(string Name, OcelType Type)>();
            Query(connection, $"SELECT name, type FROM pragma_table_info({Literal(table)})", r => columns.Add((r.GetString(0), OcelTypeOf(r.GetString(1)))));
            var attributes = columns.Where(c => !c.Name.StartsWith("ocel_", StringComparison.Ordinal)).ToList();
            kinds.Add(new OcelKind(type, attributes));
            var known = new Dictionary<string, OcelItem>();
            Query(connection, $"SELECT ocel_id, {(what == "event" ? "ocel_time" : "NULL")}{string.Concat(attributes.Select(a => ", " + Name(a.Name)))} FROM {Name(table)} ORDER BY rowid", r =>
            {
                var id = r.GetString(0);
                if (!known.TryGetValue(id, out var item))
                    items.Add(known[id] = item = new OcelItem(id, type, what == "event" ? OcelBook.Time(r.GetString(1)) : null));
                // later rows of an object change some of its values
                for (var i = 0; i < attributes.Count; i++)
                    if (!r.IsDBNull(i + 2))
                        item.Values[attributes[i].Name] = Text(r.GetValue(i + 2), attributes[i].Type);
            });
        }
    }

    private static object? Value(string text, OcelType type) => type switch
    {
        OcelType.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        OcelType.Float => double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsNaN(number) ? null : number,
        OcelType.Boolean => text == "true" ? 1L : 0L,
        OcelType.Time => Time(OcelBook.Time(text)),
        _ => text,
    };

    private static string Text(object value, OcelType type) => value switch
    {
        long number when type == OcelType.Boolean => number != 0 ? "true" : "false",
        long number when type == OcelType.Float => ((double)number).ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string SqlType(OcelType type) => type switch { OcelType.Integer => "INTEGER", OcelType.Float => "REAL", OcelType.Boolean => "BOOLEAN", OcelType.Time => "TIMESTAMP", _ => "TEXT" };

    private static OcelType OcelTypeOf(string type) => type.ToUpperInvariant() switch { "INTEGER" => OcelType.Integer, "REAL" => OcelType.Float, "BOOLEAN" => OcelType.Boolean, "TIMESTAMP" => OcelType.Time, _ => OcelType.String };

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string sql, int count)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < count; i++)
            command.Parameters.Add(new SqliteParameter("$" + i, null));
        return command;
    }

    private static void Run(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private static void Query(SqliteConnection connection, string sql, Action<SqliteDataReader> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }

    private static string Name(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static string Literal(string text) => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'';
}
