using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Posiwid.Simulation.Scenarios;

/// <summary>Tells one scenario from another in a manifest.</summary>
public static class ScenarioHash
{
    private static readonly JsonSerializerOptions Canonical = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>
    /// SHA-256, in hexadecimal, of what the scenario states (defaults filled in, comments and layout aside)
    /// and of the data files that it names, line ends normalized. It does not depend on folders or machines.
    /// </summary>
    /// <param name="scenario">The scenario, as it is run.</param>
    /// <param name="files">Where data files are found.</param>
    public static string Of(Scenario scenario, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(files);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(scenario, Canonical));
        foreach (var name in Files(scenario))
        {
            var text = files.Text(name);
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{name}\n{text.Length}\n{text}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Data files that a scenario reads, each once.</summary>
    /// <param name="scenario">The scenario.</param>
    public static IReadOnlyList<string> Files(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var climate = scenario.Climate;
        string?[] names =
        [
            climate.Stoppages.File, climate.Unemployment.File, climate.Enrollment.File, climate.UnionDensity.File, climate.Moments,
            scenario.Overlay?.Membership, scenario.Overlay?.Facts, scenario.Posterior, EndCodes.File,
        ];
        return [.. names.OfType<string>().Where(n => n.Length > 0).Distinct()];
    }
}
