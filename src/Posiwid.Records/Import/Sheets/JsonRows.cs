using System.Text.Json;

namespace Posiwid.Records.Import;

/// <summary>
/// Rows from JSON: a list of objects, or the list that an object holds under the name of the sheet (<c>_embedded.osdi:donations</c>). What objects hold within is
/// reached by a path with points (<c>_links.action_network:person.href</c>); a list within gives its first value; <c>events[].relationships</c> gives a row for each relationship, with the values of its event, and <c>[].labels</c> one for each label of each record of a list.
/// </summary>
internal sealed class JsonRows : Sheet
{
    private const long MostBytes = 1L << 30;

    private readonly List<Dictionary<string, string>> rows = [];
    private readonly int first;

    public JsonRows(string path, string? sheet)
    {
        if (new FileInfo(path).Length > MostBytes)
            throw new BookException($"{path} is larger than {MostBytes >> 20} MB; split it.");
        using var file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 32 });
        Walk(document.RootElement, sheet?.Split('.') ?? [], 0, [], path);
        first = rows.Count;
        Headings = [.. rows.SelectMany(r => r.Keys).Distinct()];
        Line = 0;
    }

    public override string this[int column] => rows[(int)Line - 1].GetValueOrDefault(Headings[column], "");

    public override bool Read()
    {
        if (Line >= first)
            return false;
        Line++;
        return true;
    }

    public override void Dispose() => rows.Clear();

    /// <summary>Goes down the parts of a path; a part that ends in [] is a list whose items lend their values to what lies below.</summary>
    private void Walk(JsonElement at, string[] parts, int part, Dictionary<string, string> above, string path)
    {
        if (part < parts.Length)
        {
            var each = parts[part].EndsWith("[]", StringComparison.Ordinal);
            var name = each ? parts[part][..^2] : parts[part];
            var inner = at;
            if (!(each && name.Length == 0) && (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out inner)))
            {
                if (above.Count > 0)
                    return; // this item has none
                throw new BookException($"{path} has nothing under '{string.Join('.', parts)}'.");
            }

            if (!each)
                Walk(inner, parts, part + 1, above, path);
            else if (inner.ValueKind == JsonValueKind.Array)
                foreach (var item in inner.EnumerateArray())
                {
                    var lent = new Dictionary<string, string>(above);
                    if (item.ValueKind == JsonValueKind.Object)
                        foreach (var value in item.EnumerateObject().Where(v => v.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)))
                            Flatten(value.Name, value.Value, lent);
                    Walk(item, parts, part + 1, lent, path);
                }

            return;
        }

        if (at.ValueKind != JsonValueKind.Array)
            throw new BookException($"{path} holds no list of records{(parts.Length == 0 ? "; name where it is as 'sheet'" : $" under '{string.Join('.', parts)}'")}.");
        foreach (var item in at.EnumerateArray())
        {
            var row = new Dictionary<string, string>(above);
            Flatten("", item, row);
            rows.Add(row);
        }
    }

    private static void Flatten(string path, JsonElement value, Dictionary<string, string> row)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var part in value.EnumerateObject())
                    Flatten(path.Length == 0 ? part.Name : $"{path}.{part.Name}", part.Value, row);
                break;
            case JsonValueKind.Array:
                if (value.GetArrayLength() > 0)
                    Flatten(path, value[0], row);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                row.TryAdd(path, value.ToString());
                break;
        }
    }
}
