using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Posiwid.Records.Import;

/// <summary>
/// A folder of CSV files that are a book's tables already, with the names and columns of <c>schema.sql</c>: what <see cref="BookExport"/> writes, and what somebody made
/// by hand. Rows that break a rule of their table, or name a row that is not there, are refused one by one; what the rules are is read from the schema itself.
/// </summary>
public sealed partial class BookTables
{
    private const int BatchRows = 1 << 16, MostText = 200;

    private readonly string folder;
    private readonly Pseudonyms names;
    private readonly ImportReport report = new();
    private readonly Dictionary<string, int> sources = [];
    private readonly IProgress<long>? progress;
    private readonly CancellationToken interrupted;
    private bool numbered;
    private long rows;

    private BookTables(string folder, Pseudonyms names, IProgress<long>? progress, CancellationToken interrupted) =>
        (this.folder, this.names, this.progress, this.interrupted) = (folder, names, progress, interrupted);

    /// <summary>True if all CSV files of a folder bear the names of a book's tables.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsHere(string folder)
    {
        var tables = new Book().Tables.Select(t => t.Name + ".csv").ToHashSet();
        var files = Directory.EnumerateFiles(folder).Where(Suggestion.IsReadable).Select(Path.GetFileName).ToList();
        return files.Count > 0 && files.All(f => tables.Contains(f!));
    }

    /// <summary>Imports the tables.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="output">The book to write.</param>
    /// <param name="names">Makes numbers of persons that are none yet.</param>
    /// <param name="strict">True to write nothing if a single row is refused.</param>
    /// <param name="progress">Told of rows read.</param>
    /// <param name="interrupted">Asks to stop; then nothing is written.</param>
    public static ImportReport Run(string folder, string output, Pseudonyms names, bool strict, IProgress<long>? progress = null, CancellationToken interrupted = default)
    {
        var tables = new BookTables(folder, names, progress, interrupted);
        Importer.Write(output, tables.report, strict, tables.Fill);
        return tables.report;
    }

    private void Fill(DuckDBConnection connection, string aside)
    {
        var tables = new Book().Tables.Where(t => File.Exists(Path.Combine(folder, t.Name + ".csv"))).ToList();
        foreach (var table in tables)
            Read(connection, table);
        while (tables.Sum(t => Broken(connection, t, tables)) > 0)
        {
            // a row that is refused may take away what another refers to
        }

        foreach (var table in tables)
        {
            DuckDb.Execute(connection, $"INSERT INTO {DuckDb.Name(table.Name)} SELECT {Columns(table)} FROM {Waiting(table)} ORDER BY line; DROP TABLE {Waiting(table)}");
            interrupted.ThrowIfCancellationRequested();
        }

        DuckDb.Execute(connection, $"INSERT INTO meta SELECT '{Book.SchemaVersionKey}', '{Book.SchemaVersion}' WHERE NOT EXISTS (SELECT 1 FROM meta WHERE key = '{Book.SchemaVersionKey}')");
        report.Tables = new Book().Tables.ToDictionary(t => t.Name, t =>
        {
            var count = 0L;
            DuckDb.Query(connection, $"SELECT count(*) FROM {DuckDb.Name(t.Name)}", r => count = r.GetInt64(0));
            return count;
        });
    }

    private void Read(DuckDBConnection connection, Table table)
    {
        var file = table.Name + ".csv";
        var source = sources[table.Name] = report.Add(file, table.Name);
        var path = Path.Combine(folder, file);
        using var sheet = Sheet.Open(path, null, 1, (line, why) => report.Refuse(source, line, why, counted: false));
        if (sheet.Headings.All(h => h.Length == 0))
            throw new BookException($"{path} is empty; its first line holds the names of its columns.");
        foreach (var heading in sheet.Headings)
        {
            if (table.Columns.All(c => c.Name != heading))
                throw new BookException(new BookPlace(path, 1), $"'{heading}' is no column of {table.Name}; those are {string.Join(", ", table.Columns.Select(c => c.Name))}.");
            if (sheet.Headings.Count(h => h == heading) > 1)
                throw new BookException(new BookPlace(path, 1), $"the column {heading} is there twice.");
        }

        if (table.Columns.FirstOrDefault(c => !c.Nullable && !sheet.Headings.Contains(c.Name) && !(c.Name is "start_precision" or "is_status_quo" or "coder" or "group_code" or "item")) is { } missing)
            throw new BookException(new BookPlace(path, 1), $"the column {missing.Name} is missing.");
        var at = table.Columns.Select(c => sheet.Headings.ToList().IndexOf(c.Name)).ToArray();
        DuckDb.Execute(connection, $"CREATE TABLE {Waiting(table)}(line BIGINT NOT NULL, {string.Join(", ", table.Columns.Select(c => $"{DuckDb.Name(c.Name)} {DuckDb.SqlType(c)}"))})");
        var batch = Empty(table);
        while (sheet.Read())
        {
            report.Of(source).Read++;
            if ((++rows & 0xFFFF) == 0)
            {
                progress?.Report(rows);
                interrupted.ThrowIfCancellationRequested();
            }

            var values = new object?[at.Length];
            if (Values(sheet, table, at, values) is { } why)
            {
                report.Refuse(source, sheet.Line, why);
                continue;
            }

            ((Column<long>)batch[0]).Add(sheet.Line);
            for (var i = 0; i < values.Length; i++)
                batch[i + 1].AddValue(values[i]);
            if (batch[0].Count == BatchRows)
            {
                DuckDb.Append(connection, "waiting_" + table.Name, batch);
                batch = Empty(table);
            }

            if (table is MetaTable && values is ["pseudonym_method", _] or ["source", "simulated"])
                numbered = true;
        }

        DuckDb.Append(connection, "waiting_" + table.Name, batch);
        report.Notes.AddRange(sheet.Notes);
    }

    private string? Values(Sheet sheet, Table table, int[] at, object?[] values)
    {
        for (var i = 0; i < at.Length; i++)
        {
            var column = table.Columns[i];
            if (at[i] < 0 || !sheet.Has(at[i]))
            {
                values[i] = column.Nullable ? null : column.Name switch { "start_precision" => "day", "is_status_quo" => false, "coder" or "group_code" or "item" => "", _ => null };
                if (values[i] is null && !column.Nullable)
                    return $"the column '{column.Name}' is empty";
                continue;
            }

            if ((values[i] = Value(column, sheet[at[i]])) is null)
                return column is TextColumn ? $"the column '{column.Name}' holds an address or a text of more than {MostText} characters" : $"the column '{column.Name}' is no {Word(column)}";
        }

        return null;
    }

    private object? Value(Column column, string text)
    {
        if (column.Name is "person_id" or "opened_by")
            return numbered && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : names.Person(text);
        var type = column.Type;
        const NumberStyles whole = NumberStyles.AllowLeadingSign;
        if (type == typeof(string))
            return text.Length <= MostText && !Address().IsMatch(text) ? text : null;
        if (type == typeof(DateOnly))
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (type == typeof(bool))
            return text is "true" or "1" or "True" or "TRUE" ? true : text is "false" or "0" or "False" or "FALSE" ? false : null;
        if (type == typeof(double))
            return text switch { "NaN" => double.NaN, "INF" => double.PositiveInfinity, "-INF" => double.NegativeInfinity, _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null };
        return type == typeof(int) ? int.TryParse(text, whole, CultureInfo.InvariantCulture, out var i) ? i : null
            : type == typeof(sbyte) ? sbyte.TryParse(text, whole, CultureInfo.InvariantCulture, out var b) ? b : null
            : type == typeof(long) ? long.TryParse(text, whole, CultureInfo.InvariantCulture, out var l) ? l : null
            : throw new NotSupportedException(column.Name);
    }

    /// <summary>Refuses rows that break a rule of their table: its checks, its key, and what it refers to.</summary>
    private long Broken(DuckDBConnection connection, Table table, List<Table> tables)
    {
        var before = report.RefusedCount;
        var (checks, key) = (new List<string>(), "");
        DuckDb.Query(connection, $"SELECT constraint_type, expression, array_to_string(constraint_column_names, ', ') FROM duckdb_constraints() WHERE table_name = {DuckDb.Literal(table.Name)} AND constraint_type IN ('CHECK', 'PRIMARY KEY')", r =>
        {
            if (r.GetString(0) == "CHECK")
                checks.Add(r.GetString(1));
            else
                key = r.GetString(2);
        });
        foreach (var check in checks)
            Refuse(connection, table, $"NOT ({check})", $"breaks the rule {Tidy(check)}");
        if (key.Length > 0)
            Refuse(connection, table, $"line IN (SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY {key} ORDER BY line) AS n FROM {Waiting(table)}) WHERE n > 1)", $"the same {key} as an earlier row");
        foreach (var column in table.Columns.Where(c => c.RefersTo is not null))
        {
            var (name, target) = (DuckDb.Name(column.Name), new Book().Tables.First(t => t.Name == column.RefersTo));
            var absent = tables.Any(t => t.Name == target.Name) ? $" AND {name} NOT IN (SELECT {DuckDb.Name(target.Columns[0].Name)} FROM {Waiting(target)})" : "";
            Refuse(connection, table, $"{name} IS NOT NULL{(column.ZeroIsWhole ? $" AND {name} <> 0" : "")}{absent}", $"its {column.Name} is not in {target.Name}");
        }

        return report.RefusedCount - before;
    }

    private void Refuse(DuckDBConnection connection, Table table, string condition, string why)
    {
        interrupted.ThrowIfCancellationRequested();
        var found = 0L;
        DuckDb.Query(connection, $"SELECT line FROM {Waiting(table)} WHERE {condition} ORDER BY line", r =>
        {
            found++;
            report.Refuse(sources[table.Name], r.GetInt64(0), why);
        });
        if (found > 0)
            DuckDb.Execute(connection, $"DELETE FROM {Waiting(table)} WHERE {condition}");
    }

    private static List<Column> Empty(Table table) => [new Column<long>("line"), .. table.Columns.Select(c => (Column)(c.Type switch
    {
        var t when t == typeof(string) => new TextColumn(c.Name, nullable: true),
        var t when t == typeof(DateOnly) => new OptionalColumn<DateOnly>(c.Name),
        var t when t == typeof(bool) => new OptionalColumn<bool>(c.Name),
        var t when t == typeof(double) => new OptionalColumn<double>(c.Name),
        var t when t == typeof(int) => new OptionalColumn<int>(c.Name),
        var t when t == typeof(sbyte) => new OptionalColumn<sbyte>(c.Name),
        _ => new OptionalColumn<long>(c.Name),
    }))];

    private static string Waiting(Table table) => DuckDb.Name("waiting_" + table.Name);

    private static string Columns(Table table) => string.Join(", ", table.Columns.Select(c => DuckDb.Name(c.Name)));

    private static string Word(Column column) => column.Type == typeof(DateOnly) ? "date (yyyy-mm-dd)" : column.Type == typeof(bool) ? "true or false" : column.Type == typeof(double) ? "number" : "whole number";

    private static string Tidy(string check) => check.Replace("\"", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\S@\S+\.\S")]
    private static partial Regex Address();
}
