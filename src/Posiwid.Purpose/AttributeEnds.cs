namespace Posiwid.Purpose;

/// <summary>Where the weight of an attribute comes from.</summary>
public enum WeightOrigin
{
    /// <summary>From those who decided: the whole weight votes.</summary>
    Learned,

    /// <summary>It began as a scenario set it and was changed by what was learned: the change votes.</summary>
    Changed,

    /// <summary>Somebody set it, as a scenario can: it does not vote.</summary>
    Scenario,
}

/// <summary>Which end an attribute of alternatives stands for.</summary>
/// <param name="Decision">Kind of decision.</param>
/// <param name="Attribute">Code of the attribute.</param>
/// <param name="End">Code of the end.</param>
/// <param name="Weights">Whether the weight behind it was found in the course of what is recorded. Only what was found votes.</param>
public sealed record AttributeEnd(string Decision, string Attribute, string End, WeightOrigin Weights)
{
    /// <summary>Reads <c>attribute_end.csv</c>.</summary>
    /// <exception cref="CodingException">The file is not what it should be.</exception>
    public static IReadOnlyList<AttributeEnd> Read(string file, Ends ends)
    {
        var rows = new List<AttributeEnd>();
        foreach (var row in CodingFile.Read(file, "decision", "attribute", "end", "weights"))
        {
            if (ends.All.All(e => e.Code != row["end"]))
                throw row.Error("end", $"the attribute '{row["attribute"]}' stands for the end '{row["end"]}', which is not in the list of ends");
            if (!Enum.TryParse<WeightOrigin>(row["weights"], ignoreCase: true, out var weights) || !Enum.IsDefined(weights))
                throw row.Error("weights", $"'{row["weights"]}' is none of learned, changed and scenario");
            rows.Add(new AttributeEnd(row["decision"], row["attribute"], row["end"], weights));
        }

        return rows;
    }
}
