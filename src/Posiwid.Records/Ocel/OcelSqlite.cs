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
            var (events, objects) = (Types(connection, "event"), Types(connection, "object"));
            return new OcelLog
            {
                EventTypes = [.. events.Select(t => t.Kind)],
                ObjectTypes = [.. objects.Select(t => t.Kind)],
                Events = events.SelectMany(t => Read(path, "event", t.Kind, t.Table)),
                Objects = objects.SelectMany(t => Read(path, "object", t.Kind, t.Table)),
            };
        }
        catch (SqliteException error)
        {
            throw NoLog(path, error);
        }
        catch (Exception error) when (Import.Sheet.IsUnreadable(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    private static BookException NoLog(string path, SqliteException error) => new($"{path} is no event log in SQLite: {error.Message.Split('\n')[0].TrimEnd('.')}.", error);

    private static void Items(SqliteConnection connection, IReadOnlyList<OcelKind> kinds, IEnumerable<OcelItem> items, string what)
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

    /// <summary>The types of events or objects, each with its table.</summary>
    private static List<(OcelKind Kind, string Table)> Types(SqliteConnection connection, string what) =>
    [
        .. Rows(connection, $"SELECT ocel_type, ocel_type_map FROM {what}_map_type", r => (Type: r.GetString(0), Table: $"{what}_{r.GetString(1)}")).ToList().Select(t =>
            (new OcelKind(t.Type, [.. Rows(connection, $"SELECT name, type FROM pragma_table_info({Literal(t.Table)})", r => (r.GetString(0), OcelTypeOf(r.GetString(1)))).Where(c => !c.Item1.StartsWith("ocel_", StringComparison.Ordinal))]), t.Table)),
    ];

    /// <summary>Events or objects of a type, with what they relate to. Rows of one that follow one another are one; a later row of an object, which changes some of its values, is one of its own.</summary>
    private static IEnumerable<OcelItem> Read(string path, string what, OcelKind kind, string table)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadOnly);
        var attributes = kind.Attributes;
        var (relation, own, other) = what == "event" ? ("event_object", "ocel_event_id", "ocel_object_id") : ("object_object", "ocel_source_id", "ocel_target_id");
        var rows = Rows(connection, $"""
            SELECT t.ocel_id, {(what == "event" ? "t.ocel_time" : "NULL")}, r.{other}, r.ocel_qualifier{string.Concat(attributes.Select(a => ", t." + Name(a.Name)))}
            FROM {Name(table)} AS t LEFT JOIN {relation} AS r ON r.{own} = t.ocel_id
            """, r => (Id: r.GetString(0), Related: r.IsDBNull(2) ? null : r.GetString(2), Qualifier: r.IsDBNull(3) ? "" : r.GetString(3), Row: r));
        OcelItem? item = null;
        foreach (var (id, related, qualifier, row) in Told(path, rows))
        {
            if (item?.Id != id)
            {
                if (item is not null)
                    yield return item;
                item = new OcelItem(id, kind.Name, what == "event" && !row.IsDBNull(1) ? OcelBook.TimeOf(row.GetString(1)) : null);
                for (var i = 0; i < attributes.Count; i++)
                    if (!row.IsDBNull(i + 4))
                        item.Values[attributes[i].Name] = Text(row.GetValue(i + 4), attributes[i].Type);
            }

            if (related is not null)
                item.Relations.Add((related, qualifier));
        }

        if (item is not null)
            yield return item;
    }

    /// <summary>Rows that may come to a place where the file is damaged.</summary>
    private static IEnumerable<T> Told<T>(string path, IEnumerable<T> rows)
    {
        using var all = rows.GetEnumerator();
        while (true)
        {
            try
            {
                if (!all.MoveNext())
                    yield break;
            }
            catch (SqliteException error)
            {
                throw NoLog(path, error);
            }

            yield return all.Current;
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

    private static IEnumerable<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return row(reader);
    }

    private static string Name(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static string Literal(string text) => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'';
}
