namespace Posiwid.Purpose;

/// <summary>Which end an attribute of alternatives stands for.</summary>
/// <param name="Decision">Kind of decision.</param>
/// <param name="Attribute">Code of the attribute.</param>
/// <param name="End">Code of the end.</param>
/// <param name="Learned">True if the weight behind it is found in the course of what is recorded; false if somebody set it, as a scenario can.
/// Only what is learned votes.</param>
public sealed record AttributeEnd(string Decision, string Attribute, string End, bool Learned)
{
    /// <summary>Reads <c>attribute_end.csv</c>.</summary>
    /// <exception cref="FormatException">The file is not what it should be; the message names file and line.</exception>
    public static IReadOnlyList<AttributeEnd> Read(string file, Ends ends)
    {
        var rows = new List<AttributeEnd>();
        foreach (var row in CodingFile.Read(file, "decision", "attribute", "end", "weights"))
        {
            if (ends.All.All(e => e.Code != row["end"]))
                throw row.Error($"the attribute '{row["attribute"]}' stands for the end '{row["end"]}', which is not in the list of ends");
            if (row["weights"] is not ("learned" or "scenario"))
                throw row.Error($"'{row["weights"]}' in the column weights is neither learned nor scenario");
            rows.Add(new AttributeEnd(row["decision"], row["attribute"], row["end"], row["weights"] == "learned"));
        }

        return rows;
    }
}
