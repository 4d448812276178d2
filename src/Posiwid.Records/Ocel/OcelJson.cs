using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Posiwid.Records.Ocel;

/// <summary>Event logs as JSON (OCEL 2.0): values are written as texts, as the schema of the most used reader wants them; texts and numbers are read.</summary>
public static class OcelJson
{
    private const string Always = "1970-01-01T00:00:00Z";

    private const int FlushBytes = 1 << 18;

    private static readonly string[] Parts = ["eventTypes", "objectTypes", "events", "objects"];

    /// <summary>Writes a log; the same log gives the same bytes.</summary>
    public static void Write(OcelLog log, string path)
    {
        ArgumentNullException.ThrowIfNull(log);
        Aside.WriteFile(path, aside =>
        {
            using var file = File.Create(aside);
            using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            json.WriteStartObject();
            WriteTypes(json, "objectTypes", log.ObjectTypes);
            WriteTypes(json, "eventTypes", log.EventTypes);
            json.WriteStartArray("objects");
            foreach (var item in log.Objects)
                WriteItem(json, item);
            json.WriteEndArray();
            json.WriteStartArray("events");
            foreach (var item in log.Events)
                WriteItem(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>Reads a log.</summary>
    /// <exception cref="BookException">The file is no such log.</exception>
    public static OcelLog Read(string path)
    {
        try
        {
            if (!IsLog(path))
                throw new BookException($"{path} is no event log: it lacks eventTypes, objectTypes, events or objects.");
            return new OcelLog
            {
                EventTypes = [.. JsonItems.Of(path, "eventTypes").Select(ReadType)],
                ObjectTypes = [.. JsonItems.Of(path, "objectTypes").Select(ReadType)],
                Events = JsonItems.Of(path, "events").Select(e => ReadItem(e, isEvent: true)),
                Objects = JsonItems.Of(path, "objects").Select(o => ReadItem(o, isEvent: false)),
            };
        }
        catch (Exception error) when (Import.Sheet.IsUnreadable(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    /// <summary>True if a file holds the four lists of a log.</summary>
    /// <exception cref="BookException">The file is no JSON.</exception>
    public static bool IsLog(string path) => JsonItems.Names(path) is var found && Parts.All(found.Contains);

    private static void WriteTypes(Utf8JsonWriter json, string name, IEnumerable<OcelKind> kinds)
    {
        json.WriteStartArray(name);
        foreach (var kind in kinds)
        {
            json.WriteStartObject();
            json.WriteString("name", kind.Name);
            json.WriteStartArray("attributes");
            foreach (var (attribute, type) in kind.Attributes)
            {
                json.WriteStartObject();
                json.WriteString("name", attribute);
                json.WriteString("type", Word(type));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter json, OcelItem item)
    {
        // until it is told, the writer keeps all in memory
        if (json.BytesPending > FlushBytes)
            json.Flush();
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("type", item.Type);
        if (item.Time is { } time)
            json.WriteString("time", time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "Z");
        json.WriteStartArray("attributes");
        foreach (var (name, value) in item.Values)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            if (item.Time is null)
                json.WriteString("time", Always);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("relationships");
        foreach (var (related, qualifier) in item.Relations)
        {
            json.WriteStartObject();
            json.WriteString("objectId", related);
            json.WriteString("qualifier", qualifier);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static OcelKind ReadType(JsonElement type) => new(Text(type, "name"), !type.TryGetProperty("attributes", out var attributes) ? []
        : [.. attributes.EnumerateArray().Select(a => (Text(a, "name"), Enum.TryParse<OcelType>(Text(a, "type"), ignoreCase: true, out var t) ? t : OcelType.String))]);

    private static OcelItem ReadItem(JsonElement element, bool isEvent)
    {
        var item = new OcelItem(Text(element, "id"), Text(element, "type"), isEvent ? OcelBook.TimeOf(Text(element, "time")) : null);
        // an object's value may change; the last one stands
        if (element.TryGetProperty("attributes", out var attributes))
            foreach (var attribute in attributes.EnumerateArray())
                if (attribute.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Null)
                    item.Values[Text(attribute, "name")] = value.ValueKind is JsonValueKind.True ? "true" : value.ValueKind is JsonValueKind.False ? "false" : value.ToString();
        if (element.TryGetProperty("relationships", out var relations))
            foreach (var relation in relations.EnumerateArray())
                item.Relations.Add((Text(relation, "objectId"), relation.TryGetProperty("qualifier", out var q) ? q.ToString() : ""));
        return item;
    }

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new BookException($"an entry has no '{name}'");

    internal static string Word(OcelType type) => type.ToString().ToLowerInvariant();
}
