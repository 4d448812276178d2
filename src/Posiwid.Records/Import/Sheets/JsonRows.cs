using System.Text.Json;

namespace Posiwid.Records.Import;

/// <summary>
/// Rows from JSON: a list of objects, or the list that an object holds under the name of the sheet (<c>_embedded.osdi:donations</c>). What objects hold within is
/// reached by a path with points (<c>_links.action_network:person.href</c>); a list within gives its first value.
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
        var list = document.RootElement;
        foreach (var part in sheet?.Split('.') ?? [])
            list = list.ValueKind == JsonValueKind.Object && list.TryGetProperty(part, out var inner) ? inner : throw new BookException($"{path} has nothing under '{sheet}'.");
        if (list.ValueKind != JsonValueKind.Array)
            throw new BookException($"{path} holds no list of records{(sheet is null ? "; name where it is as 'sheet'" : $" under '{sheet}'")}.");
        foreach (var item in list.EnumerateArray())
        {
            var row = new Dictionary<string, string>();
            Flatten("", item, row);
            rows.Add(row);
        }

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
