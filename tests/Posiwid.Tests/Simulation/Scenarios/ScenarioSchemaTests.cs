using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Posiwid.Simulation.Scenarios;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Posiwid.Tests.Simulation.Scenarios;

/// <summary>The schema and the reader must agree; files are read here with another part of the YAML library than the reader uses.</summary>
public class ScenarioSchemaTests
{
    private static readonly JsonNode Schema = ScenarioSchema.Of(TestScenario.Mechanisms, new DataFiles(TestScenario.Iso));

    [Fact]
    public void The_schema_accepts_what_the_reader_accepts()
    {
        Assert.Empty(Violations(File.ReadAllText(TestScenario.Iso)));
        Assert.Empty(Violations(TestScenario.Small));
        Assert.Empty(Violations(ScenarioStarter.Text("tenants")));
    }

    [Theory]
    [InlineData("pool: 50", "poll: 50", "milieus.town.poll")]
    [InlineData("    pool: 50\n", "", "milieus.town.pool")]
    [InlineData("need: 0.5", "need: 1.5", "milieus.town.need")]
    [InlineData("sites: 4", "sites: 4.5", "milieus.town.sites")]
    [InlineData("kind: neighborhood", "kind: city", "milieus.town.kind")]
    [InlineData("name: small", "name: Small", "name")]
    [InlineData("march: 0.5", "marches: 0.5", "organizations.club.founding-plan.marches")]
    [InlineData("recruits: 1", "recruit: 1", "organizations.club.praise.recruit")]
    [InlineData("cause: 1", "couse: 1", "organizations.club.stated-aims.couse")]
    [InlineData("decay-per-week: 0.04", "decay-per-week: 4", "mechanisms.hope-fades.decay-per-week")]
    [InlineData("dose: 0.5", "dose: 5", "mechanisms.hope-fades.dose")]
    [InlineData("hope-fades:", "hope:", "mechanisms.hope")]
    public void The_schema_refuses_what_the_reader_refuses(string right, string wrong, string path)
    {
        var text = TestScenario.Small.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Contains(path, Violations(text));
        Assert.Contains(path, TestScenario.Errors(text).Select(e => e.Path));
    }

    [Fact]
    public void Keys_carry_their_meaning_unit_range_and_default()
    {
        var dues = Schema["properties"]!["organizations"]!["additionalProperties"]!["properties"]!["policy"]!["properties"]!["dues-usd-per-week"]!;
        Assert.Equal("Dues of a member. Unit: USD/week.", (string?)dues["description"]);
        Assert.Equal((0.0, 1000.0, 5.0), ((double)dues["minimum"]!, (double)dues["maximum"]!, (double)dues["default"]!));
        var decay = Schema["properties"]!["mechanisms"]!["properties"]!["hope-fades"]!["properties"]!["decay-per-week"]!;
        Assert.Equal("""{"type":"number","minimum":0,"maximum":0.5,"description":"Share of hope lost in a week. Unit: 1/week.","default":0.045}""", decay.ToJsonString());
    }

    [Fact]
    public void The_text_is_the_same_each_time_and_ends_its_last_line() =>
        Assert.Matches("^\\{\n[^\r]*\\}\n$", ScenarioSchema.Text(ScenarioSchema.Of([], new DataFiles(TestScenario.Iso))));

    private static List<string> Violations(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var found = new List<string>();
        Walk(stream.Documents[0].RootNode, Schema, "", found);
        return found;
    }

    private static void Walk(YamlNode node, JsonNode schema, string path, List<string> found)
    {
        var types = schema["type"] switch { JsonArray many => many.Select(t => (string?)t).ToArray(), { } one => [(string?)one], null => ["enum"] };
        switch (node)
        {
            case YamlMappingNode map when types.Contains("object"):
                var keys = map.Children.ToDictionary(c => ((YamlScalarNode)c.Key).Value!, c => c.Value);
                foreach (var required in schema["required"]?.AsArray() ?? [])
                    if (!keys.ContainsKey((string)required!)) found.Add(Join((string)required!));
                foreach (var (key, child) in keys)
                {
                    if ((schema["properties"]?[key] ?? schema["additionalProperties"]) is JsonObject inner) Walk(child, inner, Join(key), found);
                    else found.Add(Join(key));
                }

                break;
            case YamlSequenceNode list when types.Contains("array"):
                for (var i = 0; i < list.Children.Count; i++) Walk(list.Children[i], schema["items"]!, $"{path}[{i}]", found);
                break;
            case YamlScalarNode { Value: { } text }:
                var number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
                var valid = types[0] switch
                {
                    "number" => number && InRange(value),
                    "integer" => number && InRange(value) && value == Math.Floor(value),
                    "string" => schema["pattern"] is not { } pattern || Regex.IsMatch(text, (string)pattern!),
                    "enum" => schema["enum"]!.AsArray().Any(e => (string?)e == text),
                    _ => false,
                };
                if (!valid) found.Add(path);
                break;
            default:
                found.Add(path);
                break;
        }

        string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";
        bool InRange(double x) => x >= ((double?)schema["minimum"] ?? x) && x <= ((double?)schema["maximum"] ?? x);
    }
}
