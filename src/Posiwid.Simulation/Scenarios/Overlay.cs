namespace Posiwid.Simulation.Scenarios;

/// <summary>A published count of members.</summary>
/// <param name="Organization">Name of the organization in the scenario.</param>
/// <param name="Date">When.</param>
/// <param name="Precision">Day, month or year, as the file says.</param>
/// <param name="Low">Lowest count; null if only an upper bound was published.</param>
/// <param name="High">Highest count; null if only a lower bound was published.</param>
/// <param name="Measure">What was counted, in the source's words.</param>
/// <param name="Reliability">High, medium or low.</param>
/// <param name="Source">Key of the source.</param>
/// <param name="Note">What else to know.</param>
public sealed record MembershipCount(
    string Organization, DateSpan Date, string Precision, double? Low, double? High, string Measure, string Reliability, string Source, string Note);

/// <summary>A dated fact.</summary>
/// <param name="Organization">Name of the organization in the scenario.</param>
/// <param name="Date">When.</param>
/// <param name="Category">Subject (founding, dues, conference).</param>
/// <param name="Fact">The fact.</param>
/// <param name="Value">A figure or range that goes with it, as written; often empty.</param>
/// <param name="Unit">Unit of the figure.</param>
/// <param name="Source">Key of the source.</param>
/// <param name="Note">What else to know.</param>
public sealed record DatedFact(
    string Organization, DateSpan Date, string Category, string Fact, string Value, string Unit, string Source, string Note);

/// <summary>Published figures to draw over the runs; no rule reads them.</summary>
/// <param name="Membership">Counts of members, by organization and date.</param>
/// <param name="Facts">Dated facts, by organization and date.</param>
public sealed record Overlay(IReadOnlyList<MembershipCount> Membership, IReadOnlyList<DatedFact> Facts)
{
    /// <summary>Reads the files that a scenario names; empty lists where it names none.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="files">Where files are found.</param>
    public static Overlay Load(Scenario scenario, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (scenario.Overlay is not { } spec) return new([], []);
        var names = spec.Others.Select(o => (Code: o.Value, Name: o.Key)).ToList();
        if (spec.Organization is { } code) names.Insert(0, (code, scenario.Flagship));

        var counts =
            from row in Rows(spec.Membership, files, "org_id", "date", "date_precision", "members_low_count", "members_high_count", "measure", "reliability", "source", "note")
            join name in names on row["org_id"] equals name.Code
            select new MembershipCount(
                name.Name, Date(row), row["date_precision"], row.Number("members_low_count"), row.Number("members_high_count"),
                row["measure"], row["reliability"], row["source"], row["note"]);
        var facts =
            from row in Rows(spec.Facts, files, "org_id", "date", "category", "fact", "value", "unit", "source", "note")
            join name in names on row["org_id"] equals name.Code
            select new DatedFact(name.Name, Date(row), row["category"], row["fact"], row["value"], row["unit"], row["source"], row["note"]);
        return new(
            [.. counts.OrderBy(c => names.FindIndex(n => n.Name == c.Organization)).ThenBy(c => c.Date.First)],
            [.. facts.OrderBy(f => names.FindIndex(n => n.Name == f.Organization)).ThenBy(f => f.Date.First)]);
    }

    private static IReadOnlyList<CsvRow> Rows(string? file, DataFiles files, params string[] columns) =>
        string.IsNullOrEmpty(file) ? [] : CsvTable.Read(files, file, columns).Rows;

    private static DateSpan Date(CsvRow row) => row.Date("date") ?? throw row.Error("date", "the date is missing");
}
