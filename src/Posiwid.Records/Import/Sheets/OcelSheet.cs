using Posiwid.Records.Ocel;

namespace Posiwid.Records.Import;

/// <summary>
/// A table read off an event log (OCEL 2.0) of another program, JSON or SQLite, with keys or without: <c>events</c>, <c>objects</c>, or the relations of either
/// (<c>events[].relationships</c>), each with the values of its event. Values that an event type does not have are empty.
/// </summary>
internal sealed class OcelSheet : Sheet
{
    private const string Relations = "[].relationships";

    private static readonly string[] Tables = ["events", "events" + Relations, "objects", "objects" + Relations];

    private readonly IEnumerator<(OcelItem Item, string Object, string Qualifier)> rows;
    private readonly Dictionary<string, string> types = [];
    private readonly string[] attributes;
    private readonly bool related;

    public OcelSheet(string path, string? sheet)
    {
        sheet ??= Tables[0];
        if (!Tables.Contains(sheet))
            throw new BookException($"{path} is an event log and has no sheet '{sheet}'; it has {string.Join(", ", Tables)}.");
        var log = Log(path);
        var isEvent = sheet.StartsWith("events", StringComparison.Ordinal);
        var items = isEvent ? log.Events : log.Objects;
        attributes = [.. (isEvent ? log.EventTypes : log.ObjectTypes).SelectMany(t => t.Attributes).Select(a => a.Name).Distinct()];
        related = sheet.EndsWith(Relations, StringComparison.Ordinal);
        if (related)
            foreach (var item in log.Objects)
                types.TryAdd(item.Id, item.Type);
        rows = (related ? items.SelectMany(i => i.Relations.Select(r => (i, r.Object, r.Qualifier))) : items.Select(i => (i, "", ""))).GetEnumerator();
        string[] own = related ? ["objectId", "objectType", "qualifier"] : [];
        Headings = ["id", "type", "time", .. own, .. attributes.Select(a => "attributes." + a)];
    }

    public override string this[int column] => column switch
    {
        0 => rows.Current.Item.Id,
        1 => rows.Current.Item.Type,
        2 => rows.Current.Item.Time is { } time ? Text(time) : "",
        3 when related => rows.Current.Object,
        4 when related => types.GetValueOrDefault(rows.Current.Object, ""),
        5 when related => rows.Current.Qualifier,
        _ => rows.Current.Item.Values.GetValueOrDefault(attributes[column - (related ? 6 : 3)], ""),
    };

    /// <summary>True if a file is an event log.</summary>
    public static bool Is(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".sqlite" or ".sqlite3" or ".jsonocel" => true,
        ".json" => OcelJson.IsLog(path),
        _ => false,
    };

    public static new IReadOnlyList<string> Names(string path) => Tables;

    /// <summary>A log of either form.</summary>
    public static OcelLog Log(string path) => Path.GetExtension(path).ToLowerInvariant() is ".json" or ".jsonocel" ? OcelJson.Read(path) : OcelSqlite.Read(path);

    public override bool Read()
    {
        Line++;
        return rows.MoveNext();
    }

    public override void Dispose() => rows.Dispose();
}
