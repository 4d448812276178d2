using System.Text.Json;
using Posiwid.Tests.Conventions;

namespace Posiwid.Tests.Purpose.Golden;

/// <summary>Values that another program computed: a JSON file and, beside it, the script that wrote it.</summary>
internal sealed class GoldenFile(string name)
{
    private readonly JsonElement root = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"tests/Posiwid.Tests/Purpose/Golden/{name}"))).RootElement;

    /// <summary>The numbers under a path such as <c>lung.time</c>.</summary>
    public double[] Numbers(string path)
    {
        var found = Find(path);
        return found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray().Select(Number)] : [Number(found)];
    }

    /// <summary>The one number under a path.</summary>
    public double Number(string path) => Number(Find(path));

    /// <summary>The rows of numbers under a path.</summary>
    public double[][] Rows(string path) => [.. Find(path).EnumerateArray().Select(r => r.EnumerateArray().Select(Number).ToArray())];

    /// <summary>The column of a zero and a one as what happened.</summary>
    public bool[] Flags(string path) => [.. Numbers(path).Select(v => v != 0)];

    /// <summary>The numbers of one name in a list of records.</summary>
    public double[] Each(string path, string name) => [.. Find(path).EnumerateArray().Select(r => Number(r.GetProperty(name)))];

    private static double Number(JsonElement e) => e.ValueKind == JsonValueKind.Number ? e.GetDouble() : double.NaN;

    private JsonElement Find(string path) => path.Split('.').Aggregate(root, (e, key) => e.GetProperty(key));
}
