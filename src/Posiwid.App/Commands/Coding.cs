using Posiwid.Purpose;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary>Where the files come from that say what the ends are, which activity, function and attribute stands for which: data that a user may replace.</summary>
/// <param name="folder">A folder of the user's own; null for none. What it lacks comes from beside the scenario, from <c>data/</c> here, or from the program.</param>
internal sealed class Coding(string? folder)
{
    /// <summary>The ends, and which activity serves which. Ends of a user's own that have no control get the usual one.</summary>
    public Ends Ends(DataFiles? beside = null) => Read(() =>
    {
        var ends = Purpose.Ends.Read(Find("ends.csv", beside), Find("kind_end.csv", beside));
        // those that ship with the program, and not what is beside the scenario, which may be the same ends again
        return ends.All.Any(e => e.IsPlacebo) ? ends
            : ends.WithControlOf(Purpose.Ends.Read(Path.Combine(AppContext.BaseDirectory, "data", "ends.csv"), Path.Combine(AppContext.BaseDirectory, "data", "kind_end.csv")));
    });

    /// <summary>What the organization is made of, and which end each part serves.</summary>
    public IReadOnlyList<Function> Functions(Ends ends, DataFiles? beside = null) => Read(() => Function.Read(Find("functions.csv", beside), ends));

    /// <summary>Which end an attribute of alternatives stands for.</summary>
    public IReadOnlyList<AttributeEnd> Attributes(Ends? ends = null, DataFiles? beside = null) => Read(() => AttributeEnd.Read(Find("attribute_end.csv", beside), ends ?? Ends(beside)));

    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CodingException e)
        {
            throw new ScenarioException([new ScenarioError(e.File, e.Line, e.Column, e.Heading, e.Says)]);
        }
    }

    private string Find(string name, DataFiles? beside)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new WrongInputException($"There is no folder '{folder}'.");
        if (folder is not null && File.Exists(Path.Combine(folder, name)))
            return Path.Combine(folder, name);
        var usual = Path.Combine("data", name);
        return beside?.Find(usual) ?? new[] { usual, Path.Combine(AppContext.BaseDirectory, usual) }.FirstOrDefault(File.Exists) ?? throw new WrongInputException($"{usual} is missing.");
    }
}
