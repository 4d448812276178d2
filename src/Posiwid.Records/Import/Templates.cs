namespace Posiwid.Records.Import;

/// <summary>Tables that are ready to be filled in, and that are imported without a mapping.</summary>
public static class Templates
{
    /// <summary>A table.</summary>
    /// <param name="Name">Name of its file.</param>
    /// <param name="Holds">What a row is.</param>
    /// <param name="About">What to write in it, for whoever fills it in.</param>
    /// <param name="Columns">Field and heading of each column.</param>
    public sealed record Template(string Name, string Holds, string About, params IReadOnlyList<(string Field, string Heading)> Columns);

    /// <summary>The tables.</summary>
    public static IReadOnlyList<Template> All { get; } =
    [
        new("hours-log", "activity", "One row for each thing that was done: when, what kind of thing, how many hours of work in all, and where. Guess rather than leave out.",
            ("date", "Date"), ("kind", "Kind of activity"), ("hours", "Hours in all"), ("headcount", "People who took part"), ("unit", "Branch"), ("person", "Member number")),
        new("decisions-log", "decision", "One row for each alternative that was on the table, also those that lost and the one of leaving all as it is; the rows of one decision share its number.",
            ("decision", "Decision number"), ("date", "Date"), ("kind", "Kind of decision"), ("alternative", "Alternative"), ("chosen", "Chosen (yes or no)"), ("status-quo", "Leaves all as it is (yes or no)"),
            ("complete", "All alternatives are here (yes or no)"), ("decider", "Decided by"), ("votes", "Votes for it")),
        new("members-register", "member", "One row for each time that somebody was a member: who comes back has a second row. Strike nobody off; write down when they left.",
            ("person", "Member number"), ("unit", "Branch"), ("start", "Joined"), ("end", "Left"), ("reason", "Reason for leaving"), ("paid-until", "Dues paid until")),
        new("money-log", "payment", "One row for each payment in or out.",
            ("date", "Date"), ("direction", "In or out"), ("kind", "Kind of payment"), ("amount", "Amount")),
        new("aims", "aim", "What the organization says it is for, the first aim first.",
            ("end", "End"), ("rank", "Rank"), ("source", "Where it is said"), ("from", "Since")),
    ];

    /// <summary>Names of the attributes of alternatives, which may follow the columns of the decisions log, each with the end that it stands for.</summary>
    public static IReadOnlyList<(string Code, string Heading)> Attributes { get; } =
    [
        ("recruits", "New members expected"), ("money", "Money expected (minus for costs)"), ("struggle", "Good for the cause (0 to 10)"), ("needs", "Good for members' needs (0 to 10)"), ("education", "Good for keeping members (0 to 10)"), ("hours", "Hours of work expected"),
    ];

    /// <summary>The mapping of a folder in which every table is one of these; null if one is not.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="organization">Name of the organization.</param>
    /// <param name="knownKinds">Kinds of activity that the coding knows.</param>
    public static Mapping? Mapping(string folder, string organization, IReadOnlyCollection<string> knownKinds)
    {
        var files = Directory.EnumerateFiles(folder).Where(Suggestion.IsReadable).Order(StringComparer.Ordinal).ToList();
        var sources = files.ConvertAll(f => Source(f, knownKinds));
        return sources.Count > 0 && sources.TrueForAll(s => s is not null) ? new Mapping { Organization = organization, Sources = [.. sources.OfType<MappedSource>()] } : null;
    }

    private static MappedSource? Source(string path, IReadOnlyCollection<string> knownKinds)
    {
        using var sheet = Sheet.Open(path, null, 1, (_, _) => { });
        var template = All.FirstOrDefault(t => t.Columns.Take(2).All(c => sheet.Headings.Contains(c.Heading)) && sheet.Headings.Where(h => h.Length > 0).All(h => t.Columns.Any(c => c.Heading == h) || (t.Holds == "decision" && Attributes.Any(a => a.Heading == h))));
        if (template is null)
            return null;
        var columns = template.Columns.Where(c => sheet.Headings.Contains(c.Heading)).ToDictionary(c => c.Field, c => c.Heading);
        return Suggestion.Looked(path, RecordKind.Find(template.Holds)!, columns, knownKinds) with
        {
            Attributes = template.Holds == "decision" ? Attributes.Where(a => sheet.Headings.Contains(a.Heading)).ToDictionary(a => a.Code, a => a.Heading) : new Dictionary<string, string>(),
        };
    }
}
