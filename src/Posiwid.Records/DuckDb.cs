using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>
/// Everything that this program does with DuckDB goes through here. The library's own appender takes any width of number
/// for any column and stores garbage without a word; here a value goes out only by the type of its column, and only after
/// the table's types were compared.
/// </summary>
internal static class DuckDb
{
    /// <summary>Opens a file, or memory if there is none; one thread and rows in the order in which they came.</summary>
    public static DuckDBConnection Connect(string? path = null, bool readOnly = false)
    {
        var settings = new DuckDBConnectionStringBuilder { DataSource = path ?? ":memory:" };
        if (readOnly)
            settings["access_mode"] = "READ_ONLY";
        var connection = new DuckDBConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, "SET threads=1; SET preserve_insertion_order=true");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that give nothing back.</summary>
    /// <exception cref="OperationCanceledException">They were stopped in the middle.</exception>
    public static void Execute(DuckDBConnection connection, string sql, CancellationToken interrupted = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var stop = interrupted.Register(command.Cancel);
        try
        {
            interrupted.ThrowIfCancellationRequested();
            command.ExecuteNonQuery();
        }
        catch (DuckDBException) when (interrupted.IsCancellationRequested)
        {
            throw new OperationCanceledException(interrupted);
        }
    }

    /// <summary>Runs a query and hands over each row.</summary>
    public static void Query(DuckDBConnection connection, string sql, Action<DuckDBDataReader> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }

    /// <summary>The rows of a query, one after another: the connection is busy until the last was taken.</summary>
    /// <exception cref="OperationCanceledException">It was stopped in the middle.</exception>
    public static IEnumerable<T> Rows<T>(DuckDBConnection connection, string sql, Func<DuckDBDataReader, T> row, CancellationToken interrupted = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var stop = interrupted.Register(command.Cancel);
        using var reader = Stopped(command.ExecuteReader);
        while (Stopped(reader.Read))
            yield return row(reader);

        T2 Stopped<T2>(Func<T2> step)
        {
            try
            {
                interrupted.ThrowIfCancellationRequested();
                return step();
            }
            catch (DuckDBException) when (interrupted.IsCancellationRequested)
            {
                throw new OperationCanceledException(interrupted);
            }
        }
    }

    /// <summary>The one number that a query gives.</summary>
    public static long Number(DuckDBConnection connection, string sql) => Rows(connection, sql, row => row.GetInt64(0)).First();

    /// <summary>A name between quotation marks.</summary>
    public static string Name(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>A text between apostrophes.</summary>
    public static string Literal(string text) => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'';

    /// <summary>Columns as in CREATE TABLE.</summary>
    public static string Declaration(IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(c => $"{Name(c.Name)} {FullType(c)}"));

    /// <summary>What is wrong with a stored table, seen from the columns that it should have; null if nothing.</summary>
    public static string? Difference(DuckDBConnection connection, string table, IReadOnlyList<Column> columns)
    {
        var stored = new List<(string Name, string Type)>();
        try
        {
            Query(connection, $"SELECT name, type || CASE WHEN \"notnull\" THEN ' NOT NULL' ELSE '' END FROM pragma_table_info({Literal(table)})",
                row => stored.Add((row.GetString(0), row.GetString(1))));
        }
        catch (DuckDBException error) when (error.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return $"the table {table} is missing";
        }

        if (!stored.Select(c => c.Name).SequenceEqual(columns.Select(c => c.Name)))
            return $"the table {table} has other columns than it should have";
        for (var i = 0; i < stored.Count; i++)
            if (stored[i].Type != FullType(columns[i]))
                return $"{table}.{stored[i].Name} is {stored[i].Type} where {FullType(columns[i])} belongs";
        return null;
    }

    /// <summary>Adds all rows of the columns to a stored table.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="database">Name of an attached database; the main one if null.</param>
    public static void Append(DuckDBConnection connection, string table, IReadOnlyList<Column> columns, string? database = null)
    {
        if (Difference(connection, database is null ? table : $"{database}.main.{table}", columns) is { } difference)
            throw new InvalidOperationException(difference);
        var count = columns[0].Count;
        if (columns.FirstOrDefault(c => c.Count != count) is { } uneven)
            throw new InvalidOperationException($"{table}.{uneven.Name} has {uneven.Count} rows where {columns[0].Name} has {count}.");
        var cells = columns.Select(Writer).ToArray();
        using var appender = database is null ? connection.CreateAppender(table) : connection.CreateAppender(database, "main", table);
        for (var row = 0; row < count; row++)
        {
            var line = appender.CreateRow();
            foreach (var cell in cells)
                cell(line, row);
            line.EndRow();
        }

        appender.Close();
    }

    /// <summary>Reads all rows of a stored table into empty columns, in the order in which they were written.</summary>
    public static void Read(DuckDBConnection connection, string table, IReadOnlyList<Column> columns)
    {
        var cells = columns.Select((c, at) => Reader(c, at)).ToArray();
        try
        {
            Query(connection, $"SELECT {string.Join(", ", columns.Select(c => Name(c.Name)))} FROM {Name(table)}", row =>
            {
                foreach (var cell in cells)
                    cell(row);
            });
        }
        catch (Exception error) when (error is InvalidCastException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // an infinite date, for one: SQL takes it, a calendar does not
            throw new BookException($"{connection.DataSource} could not be read: the table {table} holds a value that cannot be read.", error);
        }
    }

    private static string FullType(Column column) => column.Nullable ? SqlType(column) : SqlType(column) + " NOT NULL";

    public static string SqlType(Column column) => column switch
    {
        TextColumn => "VARCHAR",
        Column<bool> or OptionalColumn<bool> => "BOOLEAN",
        Column<sbyte> or OptionalColumn<sbyte> => "TINYINT",
        Column<int> or OptionalColumn<int> => "INTEGER",
        Column<long> or OptionalColumn<long> => "BIGINT",
        Column<ulong> or OptionalColumn<ulong> => "UBIGINT",
        Column<float> or OptionalColumn<float> => "FLOAT",
        Column<double> or OptionalColumn<double> => "DOUBLE",
        Column<DateOnly> or OptionalColumn<DateOnly> => "DATE",
        _ => throw Unknown(column),
    };

    // the casts choose the overload: never let a literal or an inferred type choose it
    private static Action<IDuckDBAppenderRow, int> Writer(Column column) => column switch
    {
        TextColumn c => (line, row) => line.AppendValue((string?)c[row]),
        Column<bool> c => (line, row) => line.AppendValue((bool?)c[row]),
        Column<sbyte> c => (line, row) => line.AppendValue((sbyte?)c[row]),
        Column<int> c => (line, row) => line.AppendValue((int?)c[row]),
        Column<long> c => (line, row) => line.AppendValue((long?)c[row]),
        Column<ulong> c => (line, row) => line.AppendValue((ulong?)c[row]),
        Column<float> c => (line, row) => line.AppendValue((float?)c[row]),
        Column<double> c => (line, row) => line.AppendValue((double?)c[row]),
        Column<DateOnly> c => (line, row) => line.AppendValue((DateOnly?)c[row]),
        OptionalColumn<bool> c => (line, row) => line.AppendValue((bool?)c[row]),
        OptionalColumn<sbyte> c => (line, row) => line.AppendValue((sbyte?)c[row]),
        OptionalColumn<int> c => (line, row) => line.AppendValue((int?)c[row]),
        OptionalColumn<long> c => (line, row) => line.AppendValue((long?)c[row]),
        OptionalColumn<ulong> c => (line, row) => line.AppendValue((ulong?)c[row]),
        OptionalColumn<float> c => (line, row) => line.AppendValue((float?)c[row]),
        OptionalColumn<double> c => (line, row) => line.AppendValue((double?)c[row]),
        OptionalColumn<DateOnly> c => (line, row) => line.AppendValue((DateOnly?)c[row]),
        _ => throw Unknown(column),
    };

    /// <summary>What takes a column's value from a row that was read.</summary>
    /// <param name="column">The column, to which values are added.</param>
    /// <param name="at">Its place in the row.</param>
    public static Action<DuckDBDataReader> Reader(Column column, int at) => column switch
    {
        TextColumn c => row => c.Add(row.IsDBNull(at) ? null : row.GetString(at)),
        Column<bool> c => row => c.Add(row.GetBoolean(at)),
        Column<sbyte> c => row => c.Add(row.GetFieldValue<sbyte>(at)),
        Column<int> c => row => c.Add(row.GetInt32(at)),
        Column<long> c => row => c.Add(row.GetInt64(at)),
        Column<ulong> c => row => c.Add(row.GetFieldValue<ulong>(at)),
        Column<float> c => row => c.Add(row.GetFloat(at)),
        Column<double> c => row => c.Add(row.GetDouble(at)),
        Column<DateOnly> c => row => c.Add(row.GetFieldValue<DateOnly>(at)),
        OptionalColumn<bool> c => row => c.Add(row.IsDBNull(at) ? null : row.GetBoolean(at)),
        OptionalColumn<sbyte> c => row => c.Add(row.IsDBNull(at) ? null : row.GetFieldValue<sbyte>(at)),
        OptionalColumn<int> c => row => c.Add(row.IsDBNull(at) ? null : row.GetInt32(at)),
        OptionalColumn<long> c => row => c.Add(row.IsDBNull(at) ? null : row.GetInt64(at)),
        OptionalColumn<ulong> c => row => c.Add(row.IsDBNull(at) ? null : row.GetFieldValue<ulong>(at)),
        OptionalColumn<float> c => row => c.Add(row.IsDBNull(at) ? null : row.GetFloat(at)),
        OptionalColumn<double> c => row => c.Add(row.IsDBNull(at) ? null : row.GetDouble(at)),
        OptionalColumn<DateOnly> c => row => c.Add(row.IsDBNull(at) ? null : row.GetFieldValue<DateOnly>(at)),
        _ => throw Unknown(column),
    };

    private static NotSupportedException Unknown(Column column) => new($"Column {column.Name} is of a type that cannot be stored: {column.Type.Name}.");
}
