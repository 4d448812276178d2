using DuckDB.NET.Data;

namespace Posiwid.Records.Import;

/// <summary>
/// Where rows wait, typed and pseudonymous, with file and line, until they are checked against one another and fill the book: one table for each kind of record,
/// in a database of its own beside the book. Nothing that names anybody gets here.
/// </summary>
internal sealed class Stage(DuckDBConnection connection) : IDisposable
{
    private const int BatchRows = 1 << 16;

    /// <summary>The attached database's name in SQL.</summary>
    public const string Name = "stage";

    private readonly Dictionary<string, Batch> batches = [];

    /// <summary>Makes the tables.</summary>
    public void Create()
    {
        foreach (var kind in RecordKind.All)
            DuckDb.Execute(connection, $"CREATE TABLE IF NOT EXISTS {Name}.{DuckDb.Name(kind.Table)}({DuckDb.Declaration(Columns(kind))})");
        DuckDb.Execute(connection, $"CREATE TABLE IF NOT EXISTS {Name}.attribute(source INTEGER NOT NULL, line BIGINT NOT NULL, code VARCHAR NOT NULL, value DOUBLE NOT NULL)");
        DuckDb.Execute(connection, $"CREATE TABLE IF NOT EXISTS {Name}.lost_decision(source INTEGER NOT NULL, decision BIGINT NOT NULL)");
    }

    /// <summary>Adds a row; its values stand in the order of the kind's fields, with the start's precision after a member's start.</summary>
    public void Add(RecordKind kind, int source, long line, IReadOnlyList<object?> values)
    {
        var batch = Of(kind.Table, () => Columns(kind));
        ((Column<int>)batch.Columns[0]).Add(source);
        ((Column<long>)batch.Columns[1]).Add(line);
        for (var i = 0; i < values.Count; i++)
            batch.Columns[i + 2].AddValue(values[i]);
        Flush(batch, BatchRows);
    }

    /// <summary>Adds an attribute of an alternative.</summary>
    public void AddAttribute(int source, long line, string code, double value)
    {
        var batch = Of("attribute", () => [new Column<int>("source"), new Column<long>("line"), new TextColumn("code"), new Column<double>("value")]);
        ((Column<int>)batch.Columns[0]).Add(source);
        ((Column<long>)batch.Columns[1]).Add(line);
        ((TextColumn)batch.Columns[2]).Add(code);
        ((Column<double>)batch.Columns[3]).Add(value);
        Flush(batch, BatchRows);
    }

    /// <summary>Notes that a row of a decision was refused: without it the menu is not what it was.</summary>
    public void LoseDecision(int source, long decision)
    {
        var batch = Of("lost_decision", () => [new Column<int>("source"), new Column<long>("decision")]);
        ((Column<int>)batch.Columns[0]).Add(source);
        ((Column<long>)batch.Columns[1]).Add(decision);
    }

    /// <summary>Writes what waits in memory.</summary>
    public void Flush()
    {
        foreach (var batch in batches.Values)
            Flush(batch, 1);
    }

    /// <inheritdoc/>
    public void Dispose() => batches.Clear();

    /// <summary>Number of values of a row of a kind.</summary>
    public static int Width(RecordKind kind) => kind.Fields.Count + (kind.Name == "member" ? 1 : 0);

    private static List<Column> Columns(RecordKind kind)
    {
        var columns = new List<Column> { new Column<int>("source"), new Column<long>("line") };
        foreach (var field in kind.Fields)
        {
            columns.Add(field.Type switch
            {
                FieldType.Date => new OptionalColumn<DateOnly>(field.Column),
                FieldType.Person or FieldType.Key or FieldType.Amount => new OptionalColumn<long>(field.Column),
                FieldType.Number => new OptionalColumn<double>(field.Column),
                FieldType.Whole => new OptionalColumn<int>(field.Column),
                FieldType.Truth => new OptionalColumn<bool>(field.Column),
                _ => new TextColumn(field.Column, nullable: true),
            });
            if (kind.Name == "member" && field.Name == "start")
                columns.Add(new TextColumn("precision", nullable: true));
        }

        return columns;
    }

    private Batch Of(string table, Func<IReadOnlyList<Column>> columns)
    {
        if (!batches.TryGetValue(table, out var batch))
            batches[table] = batch = new Batch(table, columns) { Columns = columns() };
        return batch;
    }

    private void Flush(Batch batch, int least)
    {
        if (batch.Columns[0].Count < least)
            return;
        DuckDb.Append(connection, batch.Table, batch.Columns, Name);
        batch.Columns = batch.Make();
    }

    private sealed record Batch(string Table, Func<IReadOnlyList<Column>> Make)
    {
        public required IReadOnlyList<Column> Columns { get; set; }
    }
}
