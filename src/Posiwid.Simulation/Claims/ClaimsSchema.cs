using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Claims;

/// <summary>The JSON Schema (2020-12) of a file of claims, for completion and help in editors. Made from the records that the reader fills.</summary>
public static class ClaimsSchema
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
        var part = ScenarioSchema.OfPart(mechanisms, files);
        part.AsObject().Remove("$schema");
        var schema = Options.GetJsonSchemaAsNode(typeof(ClaimSet), new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        schema.AsObject().Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.AsObject().Insert(1, "title", "Posiwid claims");
        schema["$defs"] = new JsonObject { ["part"] = part };
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property)
            return node;
        var schema = node as JsonObject ?? [];
        if (property.PropertyType == typeof(ScenarioPatch))
            schema = new JsonObject { ["$ref"] = "#/$defs/part" };
        var quantity = property.GetCustomAttribute<QuantityAttribute>();
        if (quantity is not null)
            (schema["minimum"], schema["maximum"]) = (quantity.Min, quantity.Max);
        schema["description"] = quantity is null ? property.GetCustomAttribute<DescriptionAttribute>()?.Description : $"{quantity.Meaning} Unit: {quantity.Unit}.";
        return schema;
    }
}
