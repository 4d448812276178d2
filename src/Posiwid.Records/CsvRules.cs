using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>
/// What <c>schema.sql</c> asks of each row, held against a table that comes from a CSV file, where no database looks after it: no empty cell where a value is
/// needed, whole numbers where such belong, dates that a calendar has, and the CHECKs. One pass through the file looks for all of it.
/// </summary>
internal static class CsvRules
{
    /// <summary>Name of the column that holds a whole number as the file has it.</summary>
    public static string AsWritten(string column) => column + " as written";

    /// <summary>True for whole numbers; a file may have 12.5 for one, which the database would round.</summary>
    public static bool IsWhole(Column column) => DuckDb.SqlType(column) is "TINYINT" or "INTEGER" or "BIGINT";

    /// <summary>The CHECKs of the schema, by table.</summary>
    /// <param name="connection">Where the schema was executed.</param>
    public static ILookup<string, CsvCheck> Checks(DuckDBConnection connection) => DuckDb.Rows(connection,
        "SELECT table_name, constraint_column_names, expression FROM duckdb_constraints() WHERE constraint_type = 'CHECK' ORDER BY constraint_index",
        r => (Table: r.GetString(0), Check: new CsvCheck([.. r.GetFieldValue<List<string>>(1).Distinct()], r.GetString(2)))).ToLookup(c => c.Table, c => c.Check);

    /// <summary>What stands for an empty cell, by table and column, in SQL.</summary>
    /// <param name="connection">Where the schema was executed.</param>
    public static Dictionary<(string Table, string Column), string> Defaults(DuckDBConnection connection) => DuckDb.Rows(connection,
        "SELECT table_name, column_name, column_default FROM duckdb_columns() WHERE column_default IS NOT NULL", r => (r.GetString(0), r.GetString(1), r.GetString(2)))
        .ToDictionary(d => (d.Item1, d.Item2), d => d.Item3);

    /// <summary>Refuses a table with a row that breaks a rule.</summary>
    /// <param name="connection">Where the file can be read.</param>
    /// <param name="columns">The columns that the file has.</param>
    /// <param name="needed">Those of them in which no cell may be empty.</param>
    /// <param name="checks">CHECKs of the table.</param>
    /// <param name="rows">A SELECT of the file's rows, with the whole numbers of <see cref="AsWritten"/> beside them.</param>
    /// <param name="file">The CSV file.</param>
    /// <exception cref="BookException">A row breaks a rule; names file, line, column and value.</exception>
    public static void Check(DuckDBConnection connection, IReadOnlyList<Column> columns, IReadOnlyList<Column> needed, IEnumerable<CsvCheck> checks, string rows, string file)
    {
        var rules = new List<Rule>();
        foreach (var column in columns)
        {
            var name = DuckDb.Name(column.Name);
            if (IsWhole(column) && !BookSource.IsPerson(column))
            {
                var written = DuckDb.Name(AsWritten(column.Name));
                rules.Add(new([column.Name], [AsWritten(column.Name)], $"{written} IS NOT NULL AND ({name} IS NULL OR TRY_CAST({written} AS DOUBLE) <> trunc(TRY_CAST({written} AS DOUBLE)))",
                    v => double.TryParse(v[0], CultureInfo.InvariantCulture, out var number) && number == Math.Truncate(number) ? $"{v[0]} is too large a number" : $"'{v[0]}' is no whole number"));
                if (needed.Contains(column))
                    rules.Add(new([column.Name], [], $"{written} IS NULL", _ => "it is empty, and a value is needed"));
            }
            else if (needed.Contains(column))
                rules.Add(new([column.Name], [], $"{name} IS NULL", _ => "it is empty, and a value is needed"));
            if (column.Type == typeof(DateOnly))
                rules.Add(new([column.Name], [column.Name], $"{name} NOT BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'", v => $"{v[0]} is not within the years 1 to 9999"));
        }

        // a CHECK on a column that the file does not have asks for nothing
        foreach (var check in checks.Where(c => c.Columns.All(name => columns.Any(own => own.Name == name))))
            rules.Add(new(check.Columns, check.Columns, $"NOT {check.Expression}", check.Broken));
        if (rules.Count == 0)
            return;

        var numbered = $"(SELECT *, row_number() OVER () AS n FROM ({rows}))";
        (Rule Rule, long Row)? first = null;
        DuckDb.Query(connection, $"SELECT {string.Join(", ", rules.Select(r => $"min(n) FILTER (WHERE {r.Broken})"))} FROM {numbered}", found =>
        {
            for (var i = 0; i < rules.Count; i++)
            {
                if (!found.IsDBNull(i) && !(first?.Row <= found.GetInt64(i)))
                    first = (rules[i], found.GetInt64(i));
            }
        });
        if (first is not var (rule, row))
            return;
        var values = new List<string?>();
        if (rule.Shown.Count > 0)
        {
            DuckDb.Query(connection, $"SELECT {string.Join(", ", rule.Shown.Select(s => $"CAST({DuckDb.Name(s)} AS VARCHAR)"))} FROM {numbered} WHERE n = {row}",
                r => values.AddRange(Enumerable.Range(0, rule.Shown.Count).Select(i => r.IsDBNull(i) ? null : r.GetString(i))));
        }

        throw new BookException(new BookPlace(file, CsvLines.Of(file, row), rule.Columns), $"{rule.Says(values)}.");
    }

    /// <summary>Refuses a table with a row that names what another table does not hold.</summary>
    /// <param name="connection">Where the tables can be read.</param>
    /// <param name="table">The table.</param>
    /// <param name="references">Columns of it, and the tables that they refer to.</param>
    /// <param name="file">The CSV file of a table.</param>
    /// <exception cref="BookException">A row is not there; names file, line, column and value.</exception>
    public static void CheckReferences(DuckDBConnection connection, Table table, IReadOnlyList<(Column Column, Table Target)> references, Func<string, string> file)
    {
        if (references.Count == 0)
            return;
        string Missing(Column column, Table target) => (column.ZeroIsWhole ? $"{DuckDb.Name(column.Name)} <> 0 AND " : "")
            + $"{DuckDb.Name(column.Name)} NOT IN (SELECT {DuckDb.Name(target.Columns[0].Name)} FROM {DuckDb.Name(target.Name)})";
        var numbered = $"(SELECT *, row_number() OVER () AS n FROM {DuckDb.Name(table.Name)})";
        (Column Column, Table Target, long Row)? first = null;
        DuckDb.Query(connection, $"SELECT {string.Join(", ", references.Select((_, i) => $"min(n) FILTER (WHERE m{i})"))} FROM (SELECT n, {string.Join(", ", references.Select((r, i) => $"{Missing(r.Column, r.Target)} AS m{i}"))} FROM {numbered})", found =>
        {
            for (var i = 0; i < references.Count; i++)
            {
                if (!found.IsDBNull(i) && !(first?.Row <= found.GetInt64(i)))
                    first = (references[i].Column, references[i].Target, found.GetInt64(i));
            }
        });
        if (first is not var (column, target, row))
            return;
        var held = Path.GetFileName(file(target.Name));
        // the number of a person is made up, and a pseudonym is nobody's business
        var says = BookSource.IsPerson(column) ? $"{held} does not hold this person"
            : $"{held} does not hold {DuckDb.Rows(connection, $"SELECT CAST({DuckDb.Name(column.Name)} AS VARCHAR) FROM {numbered} WHERE n = {row}", r => r.GetString(0)).First()}";
        throw new BookException(new BookPlace(file(table.Name), CsvLines.Of(file(table.Name), row), column.Name), $"{says}.");
    }

    private sealed record Rule(IReadOnlyList<string> Columns, IReadOnlyList<string> Shown, string Broken, Func<IReadOnlyList<string?>, string> Says);
}

/// <summary>A CHECK of the schema.</summary>
/// <param name="Columns">Columns that it is about.</param>
/// <param name="Expression">What must hold, in SQL.</param>
internal sealed partial record CsvCheck(IReadOnlyList<string> Columns, string Expression)
{
    /// <summary>What is wrong where it does not hold, in words.</summary>
    /// <param name="values">Values of the columns.</param>
    public string Broken(IReadOnlyList<string?> values)
    {
        string Value(string column) => values[Columns.ToList().IndexOf(column)] ?? "nothing";
        if (OneOf().Match(Expression) is { Success: true } words)
            return $"'{values[0]}' is none of {words.Groups[1].Value.Replace("'", "", StringComparison.Ordinal)}";
        if (Between().Match(Expression) is { Success: true } range)
            return $"{Value(range.Groups[1].Value)} is not between {Named(range.Groups[2].Value)} and {Named(range.Groups[3].Value)}";
        if (Length().Match(Expression) is { Success: true } letters)
            return $"'{values[0]}' has not {letters.Groups[1].Value} letters";
        if (Least().Match(Expression) is { Success: true } least)
            return $"{values[0]} is {(least.Groups[1].Value == ">" ? "not above" : "below")} {least.Groups[2].Value}";
        if (Order().Match(Expression) is { Success: true } order)
            return $"{order.Groups[1].Value} ({Value(order.Groups[1].Value)}) is before {order.Groups[2].Value} ({Value(order.Groups[2].Value)})";
        if (Together().IsMatch(Expression))
            return values[0] is null ? $"{Columns[1]} without {Columns[0]}" : $"{Columns[0]} without {Columns[1]}";
        return $"{string.Join(", ", values.Select(v => v ?? "nothing"))} where this must hold: {Expression}";

        string Named(string bound) => Columns.Contains(bound) ? $"{bound} ({Value(bound)})" : bound;
    }

    [GeneratedRegex(@"^\(""?\w+""? IN \((.+)\)\)$")]
    private static partial Regex OneOf();

    [GeneratedRegex(@"^\(""?(\w+)""? BETWEEN ""?(\w+)""? AND ""?(\w+)""?\)$")]
    private static partial Regex Between();

    [GeneratedRegex(@"^\(length\(\w+\) = (\d+)\)$")]
    private static partial Regex Length();

    [GeneratedRegex(@"^\(""?\w+""? (>=?) (\d+)\)$")]
    private static partial Regex Least();

    [GeneratedRegex(@"\(""?(\w+)""? >= ""?([a-z_]+)""?\)+$")]
    private static partial Regex Order();

    [GeneratedRegex(@"^\(\(\w+ IS NULL\) = \(\w+ IS NULL\)\)$")]
    private static partial Regex Together();
}
