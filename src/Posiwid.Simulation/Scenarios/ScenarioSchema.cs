using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Scenarios;

/// <summary>
/// The JSON Schema (2020-12) of a scenario file, for completion and help in editors:
/// <c># yaml-language-server: $schema=./scenario.schema.json</c>. Made from the records that the reader fills.
/// </summary>
public static class ScenarioSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The schema.</summary>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <param name="files">Where <c>data/ends.csv</c> is found.</param>
    public static JsonNode Of(IReadOnlyList<MechanismInfo> mechanisms, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(mechanisms);
        ArgumentNullException.ThrowIfNull(files);
        var shares = new Dictionary<string, IEnumerable<string>>
        {
            [nameof(OrganizationSpec.StatedAims)] = EndCodes.Read(files),
            [nameof(OrganizationSpec.FoundingPlan)] = MeasureCatalog.Kinds,
            [nameof(OrganizationSpec.Praise)] = MeasureCatalog.Indicators,
        };
        var schema = Options.GetJsonSchemaAsNode(typeof(Scenario), new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Describe(context, node, shares, mechanisms),
        });
        schema.AsObject().Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.AsObject().Insert(1, "title", "Posiwid scenario");
        return schema;
    }

    /// <summary>The schema of a scenario that builds on another: the same keys, none of which must be there, and <c>extends</c>.</summary>
    /// <param name="mechanisms">The mechanisms that exist.</param>
    /// <param name="files">Where <c>data/ends.csv</c> is found.</param>
    public static JsonNode OfPart(IReadOnlyList<MechanismInfo> mechanisms, DataFiles files)
    {
        var schema = Of(mechanisms, files);
        schema["title"] = "Posiwid scenario that builds on another";
        Loosen(schema);
        schema["properties"]!.AsObject().Insert(0, ScenarioExtends.Key, new JsonObject { ["type"] = "string", ["pattern"] = Keys.NamePattern, ["description"] = "The scenario that this one builds on." });
        return schema;
    }

    /// <summary>A schema as the text of a file.</summary>
    public static string Text(JsonNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return schema.ToJsonString(new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    /// <summary>Nothing must be there, and every key may stand without a value.</summary>
    private static void Loosen(JsonNode? node)
    {
        if (node is JsonObject o)
        {
            if (o["required"] is JsonArray)
                o.Remove("required");
            if (o["type"] is JsonValue type && type.TryGetValue<string>(out var word))
                o["type"] = new JsonArray(word, "null");
            foreach (var (_, inner) in o.ToArray())
                Loosen(inner);
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list)
                Loosen(inner);
        }
    }

    private static JsonNode Describe(
        JsonSchemaExporterContext context, JsonNode node, Dictionary<string, IEnumerable<string>> shares, IReadOnlyList<MechanismInfo> mechanisms)
    {
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property || node is not JsonObject schema) return node;

        var quantity = property.GetCustomAttribute<QuantityAttribute>();
        if (property.DeclaringType == typeof(Scenario) && property.Name == nameof(Scenario.Mechanisms)) schema = Mechanisms(mechanisms);
        else if (property.DeclaringType == typeof(Scenario) && property.Name == nameof(Scenario.Instead)) schema = Instead(mechanisms);
        else if (shares.TryGetValue(property.Name, out var words)) schema = Map(words.Select(w => KeyValuePair.Create(w, Number(0, 1, ""))));
        else if (quantity is not null) (schema["minimum"], schema["maximum"]) = (quantity.Min, quantity.Max);
        if (property.Name == nameof(Scenario.Name)) schema["pattern"] = Keys.NamePattern;

        schema["description"] = quantity is null
            ? property.GetCustomAttribute<DescriptionAttribute>()?.Description
            : $"{quantity.Meaning} Unit: {quantity.Unit}.";
        if (quantity is not null && !property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
            schema["default"] = JsonSerializer.SerializeToNode(property.GetValue(Activator.CreateInstance(property.DeclaringType!)));
        return schema;
    }

    private static JsonObject Mechanisms(IReadOnlyList<MechanismInfo> mechanisms) => Map(mechanisms.Select(m =>
    {
        var dose = Number(0, MechanismInfo.MaxDose, "1 as written, 0 off.", 1);
        var settings = Map(m.Variants.Prepend(m).SelectMany(v => v.Parameters).DistinctBy(p => p.Name).Select(p => KeyValuePair.Create(p.Name, Number(p.Min, p.Max, $"{p.Meaning} Unit: {p.Unit}.", p.Default))).Prepend(new(MechanismInfo.Dose, dose)));
        settings["description"] = m.Claim;
        return KeyValuePair.Create(m.Id, settings);
    }));

    private static JsonObject Instead(IReadOnlyList<MechanismInfo> mechanisms) => Map(mechanisms.Where(m => m.Variants.Count > 0).Select(m =>
        KeyValuePair.Create(m.Id, new JsonObject { ["enum"] = new JsonArray([.. m.Variants.Select(v => (JsonNode?)v.Variant)]) })));

    private static JsonObject Map(IEnumerable<KeyValuePair<string, JsonObject>> properties) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
        ["additionalProperties"] = false,
    };

    private static JsonObject Number(double min, double max, string description, double? standard = null)
    {
        var schema = new JsonObject { ["type"] = "number", ["minimum"] = min, ["maximum"] = max };
        if (description.Length > 0) schema["description"] = description;
        if (standard is { } value) schema["default"] = value;
        return schema;
    }
}
