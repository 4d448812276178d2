namespace Posiwid.Records;

/// <summary>A table of the book: columns of equal length, in the order of <c>schema.sql</c>.</summary>
public abstract class Table
{
    private readonly List<Column> _columns = [];

    private protected Table(string name) => Name = name;

    /// <summary>Name, as in the file.</summary>
    public string Name { get; }

    /// <summary>Columns, in the order of <c>schema.sql</c>; the first is the key that other tables refer to.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Number of rows.</summary>
    public int Count => _columns[0].Count;

    private protected Column<T> Required<T>(string name, string? refersTo = null, bool zeroIsWhole = false) where T : struct =>
        Keep(new Column<T>(name) { RefersTo = refersTo, ZeroIsWhole = zeroIsWhole });

    private protected OptionalColumn<T> Optional<T>(string name, string? refersTo = null) where T : struct =>
        Keep(new OptionalColumn<T>(name) { RefersTo = refersTo });

    private protected TextColumn Text(string name, string? refersTo = null) =>
        Keep(new TextColumn(name) { RefersTo = refersTo });

    private protected TextColumn OptionalText(string name, string? refersTo = null) =>
        Keep(new TextColumn(name, nullable: true) { RefersTo = refersTo });

    private TColumn Keep<TColumn>(TColumn column) where TColumn : Column
    {
        _columns.Add(column);
        return column;
    }
}
