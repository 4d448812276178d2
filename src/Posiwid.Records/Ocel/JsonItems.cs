using System.Text.Json;

namespace Posiwid.Records.Ocel;

/// <summary>The items of a list that a JSON object holds under a name, one after another: however large the file, one item is in memory at a time.</summary>
internal static class JsonItems
{
    private const int BufferBytes = 1 << 18, MostDepth = 32;

    /// <summary>The items.</summary>
    /// <param name="path">The file; its root is an object.</param>
    /// <param name="name">Name of the list.</param>
    /// <exception cref="BookException">The file is no JSON, or an item is too large.</exception>
    public static IEnumerable<JsonElement> Of(string path, string name) => Read(path, name, null);

    /// <summary>The names of the lists that the root holds.</summary>
    public static IReadOnlyList<string> Names(string path)
    {
        var names = new List<string>();
        foreach (var _ in Read(path, null, names))
        {
            // no item is asked for
        }

        return names;
    }

    private static IEnumerable<JsonElement> Read(string path, string? name, List<string>? names)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var place = new Place { State = new JsonReaderState(new JsonReaderOptions { MaxDepth = MostDepth }) };
        var items = new List<JsonElement>();
        var buffer = new byte[BufferBytes];
        for (int have = 0, read = -1; read != 0;)
        {
            if (have == buffer.Length)
                Array.Resize(ref buffer, checked(2 * buffer.Length)); // an item that is larger
            read = file.Read(buffer, have, buffer.Length - have);
            have += read;
            int used;
            try
            {
                used = Take(buffer.AsSpan(0, have), read == 0, place, name, names, items);
            }
            catch (JsonException error)
            {
                throw new BookException($"{path} is no JSON: {error.Message.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd('.')}.", error);
            }

            foreach (var item in items)
                yield return item;
            items.Clear();
            buffer.AsSpan(used, have - used).CopyTo(buffer);
            have -= used;
        }
    }

    /// <summary>Takes what is whole, and says how many bytes that were.</summary>
    private static int Take(ReadOnlySpan<byte> bytes, bool last, Place place, string? name, List<string>? names, List<JsonElement> items)
    {
        // a mark of the encoding is no JSON
        var mark = place.Begun || !bytes.StartsWith("\uFEFF"u8) ? 0 : 3;
        var reader = new Utf8JsonReader(bytes[mark..], last, place.State);
        place.Begun = true;
        while (true)
        {
            var before = reader;
            if (!reader.Read())
                break;
            place.Keyed |= reader is { CurrentDepth: 0, TokenType: JsonTokenType.StartObject };
            if (!place.Keyed)
                continue; // a list at the root has no names
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                place.Name = reader.GetString()!;
            else if (reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.StartArray)
                names?.Add(place.Name);
            else if (reader.CurrentDepth == 2 && place.Name == name && reader.TokenType is not JsonTokenType.PropertyName)
            {
                if (!JsonDocument.TryParseValue(ref reader, out var item))
                {
                    reader = before;
                    break;
                }

                items.Add(item.RootElement);
            }
        }

        place.State = reader.CurrentState;
        return mark + (int)reader.BytesConsumed;
    }

    private sealed class Place
    {
        public JsonReaderState State;

        public bool Begun, Keyed;

        public string Name = "";
    }
}
