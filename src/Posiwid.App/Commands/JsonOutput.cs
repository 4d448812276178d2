using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Posiwid.Purpose;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary>The one JSON document that a command writes: its head, and numbers as the contract wants them.</summary>
internal static class JsonOutput
{
    /// <summary>Version of the documents' shape.</summary>
    public const int Schema = 1;

    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(JsonOutput).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Writes an object that begins with <c>posiwid</c> and <c>schema</c>, and a line end.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> body)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("posiwid", Version);
            json.WriteNumber("schema", Schema);
            body(json);
            json.WriteEndObject();
        }
        output.Write(System.Text.Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    /// <summary>True if a file is there and begins as such a document does.</summary>
    public static bool IsOurs(string path) => File.Exists(path) && File.ReadLines(path).ElementAtOrDefault(1)?.StartsWith("  \"posiwid\": ", StringComparison.Ordinal) == true;

    /// <summary>Writes a list of texts.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes a list of objects.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> body)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            body(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes what is wrong: <c>errors</c>, with file, line, column and path where they are known.</summary>
    public static void WriteErrors(this Utf8JsonWriter json, IReadOnlyList<ScenarioError> errors) => json.WriteObjects("errors", errors, e =>
    {
        if (e.File.Length > 0)
        {
            json.WriteString("file", e.File);
            json.WriteNumber("line", e.Line);
            json.WriteNumber("column", e.Column);
            json.WriteString("path", e.Path);
        }

        json.WriteString("message", e.Message);
    });

    /// <summary>Writes a number with six significant digits; null where it is not known.</summary>
    public static void WriteFigure(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, Round(value));
        else
            json.WriteNull(name);
    }

    /// <summary>Writes a number, or null for one that is not known.</summary>
    public static void WriteKnown(this Utf8JsonWriter json, string name, double? value) => json.WriteFigure(name, value ?? double.NaN);

    /// <summary>Writes a line of evidence: value, low, high, whether it was tested, and why something of it is not known.</summary>
    public static void WriteLine(this Utf8JsonWriter json, string name, Estimate estimate, bool tested, Action? more = null)
    {
        json.WriteStartObject(name);
        json.WriteKnown("value", estimate.Value);
        json.WriteKnown("low", estimate.Low);
        json.WriteKnown("high", estimate.High);
        json.WriteBoolean("tested", tested);
        if (estimate.Why is { } why)
            json.WriteString("why", why);
        more?.Invoke();
        json.WriteEndObject();
    }

    /// <summary>Six significant digits.</summary>
    public static double Round(double value) => double.IsFinite(value) ? double.Parse(value.ToString("G6")) : value;
}
