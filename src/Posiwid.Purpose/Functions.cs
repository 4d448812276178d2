namespace Posiwid.Purpose;

/// <summary>Something an organization does or has, which an experiment can take away as a whole.</summary>
/// <param name="Id">Code.</param>
/// <param name="Label">Name for people.</param>
/// <param name="End">Code of the end that it is tagged with; a tag is a reading, and a user may change it.</param>
/// <param name="Beer">Which of Beer's systems it is taken to be (1, 2, 3, 3*, 4 or 5; Beer 1972, "Brain of the Firm"); null for none.</param>
/// <param name="Core">True if it is among the few whose every combination is tried.</param>
/// <param name="Mechanisms">Rules of the model that make it up.</param>
/// <param name="Activities">Activities that make it up.</param>
/// <param name="Policies">Policies without which it is not there, with the value that they then have.</param>
public sealed record Function(
    string Id, string Label, string End, string? Beer, bool Core,
    IReadOnlyList<string> Mechanisms, IReadOnlyList<string> Activities, IReadOnlyList<(string Policy, double Value)> Policies)
{
    private static readonly string[] Systems = ["1", "2", "3", "3*", "4", "5"];

    /// <summary>Reads <c>functions.csv</c>.</summary>
    /// <exception cref="CodingException">The file is not what it should be.</exception>
    public static IReadOnlyList<Function> Read(string file, Ends ends)
    {
        var functions = new List<Function>();
        foreach (var row in CodingFile.Read(file, "function", "label", "end", "beer", "core", "mechanisms", "activities", "policies"))
        {
            if (ends.All.All(e => e.Code != row["end"]))
                throw row.Error("end", $"the function '{row["function"]}' serves the end '{row["end"]}', which is not in the list of ends");
            if (functions.Any(f => f.Id == row["function"]))
                throw row.Error("function", $"the function '{row["function"]}' is there twice");
            if (row.Optional("beer") is { } beer && !Systems.Contains(beer))
                throw row.Error("beer", $"'{beer}' is none of Beer's systems 1, 2, 3, 3*, 4 and 5");
            functions.Add(new Function(row["function"], row["label"], row["end"], row.Optional("beer"), row["core"] == "yes",
                row.Words("mechanisms"), row.Words("activities"), [.. row.Words("policies").Select(w => Policy(row, w))]));
        }

        return functions;
    }

    private static (string, double) Policy(CodingRow row, string word) =>
        word.Split('=') is [var name, var value] && double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (name, number) : throw row.Error("policies", $"'{word}' is not a policy with a value, as in payroll=0");
}
