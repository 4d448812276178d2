namespace Posiwid.Records.Import;

/// <summary>Guesses a mapping by looking at headings, and at how dates, numbers and words are written.</summary>
public static class Suggestion
{
    private const int Sampled = 5000, MostWords = 80;

    private static readonly Dictionary<string, string[]> FileNames = new()
    {
        ["activity"] = ["hours", "activit", "timesheet", "event", "meeting", "actions", "volunteer"],
        ["participation"] = ["attendance", "participa"],
        ["member"] = ["member", "register", "roster"],
        ["payment"] = ["payment", "ledger", "dues", "donation", "money", "accounts", "transaction"],
        ["decision"] = ["decision", "motion", "minutes"],
        ["aim"] = ["aim", "goal", "says", "purpose"],
        ["complaint"] = ["complaint", "grievance"],
        ["office"] = ["office", "leadership"],
        ["unit"] = ["branch", "unit", "chapter"],
        ["measure"] = ["measure", "figures"],
        ["shock"] = ["shock", "blow"],
        ["coding"] = ["coding"],
    };

    /// <summary>What a word for an activity is likely to mean.</summary>
    private static readonly (string Part, string Kind)[] LikelyKinds =
    [
        ("meet", "meeting"), ("assembl", "meeting"), ("agm", "meeting"), ("committee", "meeting"), ("study", "study"), ("reading", "study"), ("training", "study"), ("workshop", "study"), ("school", "study"),
        ("papersale", "paper_sale"), ("newspaper", "paper_sale"), ("panel", "panel"), ("talk", "panel"), ("march", "march"), ("rally", "march"), ("demo", "march"), ("protest", "march"), ("conference", "conference"), ("congress", "conference"),
        ("canvass", "contacting"), ("doorknock", "contacting"), ("phone", "contacting"), ("call", "contacting"), ("stall", "contacting"), ("recruit", "contacting"), ("contact", "contacting"), ("outreach", "contacting"),
        ("picket", "strike_support"), ("strike", "strike_support"), ("clinic", "clinic_defense"), ("evict", "eviction_defense"), ("deport", "deportation_defense"), ("mutual", "mutual_aid"), ("foodbank", "mutual_aid"), ("repair", "mutual_aid"), ("advice", "mutual_aid"), ("casework", "mutual_aid"),
        ("admin", "administration"), ("office", "administration"), ("bookkeep", "administration"), ("minutes", "administration"), ("email", "administration"), ("fundrais", "fundraising"), ("benefit", "fundraising"), ("raffle", "fundraising"), ("disciplin", "discipline"), ("visit", "visit"),
    ];

    /// <summary>Parts of words for somebody, in logs of other programs.</summary>
    private static readonly string[] People = ["person", "people", "member", "employee", "worker", "staff", "volunteer", "resource", "user"];

    /// <summary>Suggests a mapping of all files of a folder that can be read.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="organization">Name of the organization.</param>
    /// <param name="knownKinds">Kinds of activity that the coding knows.</param>
    /// <returns>The mapping, and files whose rows were not recognized, with their headings.</returns>
    public static (Mapping Mapping, IReadOnlyList<(string File, string Why)> Unknown) Of(string folder, string organization, IReadOnlyCollection<string> knownKinds)
    {
        var (sources, unknown, currencies) = (new List<MappedSource>(), new List<(string, string)>(), new List<string>());
        foreach (var path in Directory.EnumerateFiles(folder).Where(IsReadable).Order(StringComparer.Ordinal))
            foreach (var sheet in Sheet.Names(path))
            {
                if (OfTable(path, sheet.Length > 0 ? sheet : null, knownKinds) is { } source)
                {
                    sources.Add(source);
                    if (CurrencyOf(path, source) is { } currency)
                        currencies.Add(currency);
                }
                else
                    unknown.Add((Path.GetFileName(path) + (sheet.Length > 0 ? $" ({sheet})" : ""), "nothing that a row can be was recognized by its headings"));
            }

        var mapping = new Mapping { Organization = organization, Sources = sources };
        return (currencies.Count == 0 ? mapping : mapping with { Currency = currencies.GroupBy(c => c).MaxBy(g => g.Count())!.Key }, unknown);
    }

    /// <summary>The currency that the amounts of a table are in, by their heading or by what stands beside them; null if neither says so, or each row does.</summary>
    private static string? CurrencyOf(string path, MappedSource source)
    {
        var amount = RecordKind.Find(source.Holds)!.Fields.Where(f => f.Type == FieldType.Amount).Select(f => source.Columns.GetValueOrDefault(f.Name)).FirstOrDefault(h => h is not null);
        if (amount is null || source.Columns.ContainsKey("currency"))
            return null;
        if (Currencies.In(amount) is { } named)
            return named;
        using var rows = Sheet.Open(path, source.Sheet, source.HeadingLine, (_, _) => { });
        var at = rows.Headings.ToList().IndexOf(amount);
        for (var n = 0; n < Sampled && rows.Read(); n++)
        {
            if (Currencies.In(rows[at]) is { } beside)
                return beside;
        }

        return null;
    }

    /// <summary>True for a file that can be read as a table.</summary>
    public static bool IsReadable(string path) =>
        Sheet.Extensions.Contains(Path.GetExtension(path).ToLowerInvariant()) && Path.GetFileName(path) is var name && name[0] is not ('.' or '~') && !name.StartsWith("README", StringComparison.OrdinalIgnoreCase) && name is not "datapackage.json";

    /// <summary>Suggests a mapping of one table; null if nothing is recognized.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sheet">Sheet or table; the first if null.</param>
    /// <param name="knownKinds">Kinds of activity that the coding knows.</param>
    /// <param name="holds">What its rows are, where it is known.</param>
    public static MappedSource? OfTable(string path, string? sheet, IReadOnlyCollection<string> knownKinds, string? holds = null)
    {
        if (OcelSheet.Is(path))
            return OfLog(path, sheet, knownKinds);
        // titles may stand above the headings
        for (var line = 1; line <= 5; line++)
        {
            try
            {
                using var rows = Sheet.Open(path, sheet, line, (_, _) => { });
                var file = Cells.Bare(Path.GetFileNameWithoutExtension(path) + (sheet ?? ""));
                var best = RecordKind.All.Where(k => holds is null || k.Name == holds).Select(k => (Kind: k, Columns: Match(k, rows.Headings)))
                    .Where(m => m.Columns.Count > 1 && m.Kind.Fields.All(f => !f.Required || m.Columns.ContainsKey(f.Name)))
                    .OrderByDescending(m => m.Columns.Count + (m.Kind.Fields.Count(f => f.Required) * 0.5) + (FileNames.TryGetValue(m.Kind.Name, out var hints) && hints.Any(h => file.Contains(h, StringComparison.Ordinal)) ? 3 : 0)).FirstOrDefault();
                if (best.Kind is not null)
                    return Look(rows, best.Kind, best.Columns, Path.GetFileName(path), sheet, line, knownKinds);
                if (rows is JsonRows or SqlDump)
                    return null;
            }
            catch (Exception error) when (error is BookException || Sheet.IsUnreadable(error))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>A mapping of a table whose columns are known; how its dates, numbers and words are written is looked up.</summary>
    internal static MappedSource Looked(string path, RecordKind kind, Dictionary<string, string> columns, IReadOnlyCollection<string> knownKinds, string? sheet = null)
    {
        using var rows = Sheet.Open(path, sheet, 1, (_, _) => { });
        return Look(rows, kind, columns, Path.GetFileName(path), sheet, 1, knownKinds);
    }

    /// <summary>Events of a log are activities; objects whose type sounds like people took part in them. Other tables of it are none of ours.</summary>
    private static MappedSource? OfLog(string path, string? sheet, IReadOnlyCollection<string> knownKinds)
    {
        if (sheet is null or "events")
            return Looked(path, RecordKind.Find("activity")!, new() { ["activity"] = "id", ["kind"] = "type", ["date"] = "time" }, knownKinds, "events");
        if (sheet != "events[].relationships" || OcelSheet.Log(path).ObjectTypes.Select(t => t.Name).Where(n => People.Any(p => n.Contains(p, StringComparison.OrdinalIgnoreCase))).ToList() is not { Count: > 0 } people)
            return null;
        return new MappedSource
        {
            File = Path.GetFileName(path),
            Sheet = sheet,
            Holds = "participation",
            Columns = new Dictionary<string, string> { ["activity"] = "id", ["person"] = "objectId" },
            Only = new Dictionary<string, IReadOnlyList<string>> { ["objectType"] = people },
        };
    }

    private static Dictionary<string, string> Match(RecordKind kind, IReadOnlyList<string> headings)
    {
        var (columns, used) = (new Dictionary<string, string>(), new HashSet<string>());
        var once = headings.Where(h => h.Length > 0 && headings.Count(o => o == h) == 1).ToList();
        // first what is written just so, then what begins or ends so ("Member e-mail", "Date joined")
        Func<string, string, bool>[] ways = [(have, wanted) => have == wanted, (have, wanted) => wanted.Length > 3 && (have.StartsWith(wanted, StringComparison.Ordinal) || have.EndsWith(wanted, StringComparison.Ordinal))];
        foreach (var alike in ways)
            foreach (var field in kind.Fields.OrderByDescending(f => f.Required).Where(f => !columns.ContainsKey(f.Name)))
                if (field.Headings.Prepend(Cells.Bare(field.Name)).Select(wanted => once.Find(h => alike(Cells.Bare(h), wanted) && !used.Contains(h))).FirstOrDefault(h => h is not null) is { } heading)
                {
                    columns[field.Name] = heading;
                    used.Add(heading);
                }

        return kind.Fields.Where(f => columns.ContainsKey(f.Name)).ToDictionary(f => f.Name, f => columns[f.Name]);
    }

    private static MappedSource Look(Sheet rows, RecordKind kind, Dictionary<string, string> columns, string file, string? sheet, int line, IReadOnlyCollection<string> knownKinds)
    {
        int At(string field) => rows.Headings.ToList().IndexOf(columns[field]);
        var dates = columns.Keys.Where(f => kind.Field(f)!.Type == FieldType.Date).Select(At).ToArray();
        var numbers = columns.Keys.Where(f => kind.Field(f)!.Type is FieldType.Number or FieldType.Amount).Select(At).ToArray();
        var worded = columns.Keys.Where(f => (kind.Field(f)!.Type == FieldType.Code && f is "kind" or "status") || kind.Field(f)!.Type == FieldType.Word).ToDictionary(f => f, _ => new HashSet<string>());
        // what else is written in figures about alternatives was known of them beforehand, it may be hoped
        var scores = kind.Name == "decision" ? Enumerable.Range(0, rows.Headings.Count).Where(c => rows.Headings[c].Length > 0 && !columns.ContainsValue(rows.Headings[c]) && Cells.Code(rows.Headings[c]) is not null).ToHashSet() : [];
        var (day, month, comma, point) = (false, false, false, false);
        for (var n = 0; n < Sampled && rows.Read(); n++)
        {
            foreach (var text in dates.Select(d => rows[d].Trim().Split(' ', 'T')[0]))
                if (text.Split('-', '/', '.') is [{ Length: <= 2 } first, { Length: <= 2 } second, ..] && int.TryParse(first, out var a) && int.TryParse(second, out var b))
                    (day, month) = (day || a > 12 || text.Contains('.'), month || b > 12);
            foreach (var text in numbers.Select(c => rows[c].Trim()))
                (comma, point) = (comma || (text.LastIndexOf(',') is var c and >= 0 && text.Length - c - 1 != 3), point || (text.LastIndexOf('.') is var p and >= 0 && text.Length - p - 1 != 3));
            scores.RemoveWhere(c => !Cells.IsEmpty(rows[c]) && Cells.Number(rows[c], DecimalMark.Point) is null);
            foreach (var (field, words) in worded)
                if (words.Count <= MostWords && rows[At(field)].Trim() is var word && !Cells.IsEmpty(word))
                    words.Add(word);
        }

        var meanings = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var (name, words) in worded.Where(w => w.Value.Count is > 0 and <= MostWords))
        {
            var field = kind.Field(name)!;
            var known = field.Words?.SelectMany(w => w.Value.Prepend(w.Key).Select(o => (Bare: Cells.Bare(o), w.Key))).ToLookup(w => w.Bare, w => w.Key);
            if (known is null || words.Any(w => !known.Contains(Cells.Bare(w))))
                meanings[name] = words.GroupBy(Cells.Bare).Select(g => g.First()).Order(StringComparer.Ordinal).ToDictionary(w => w, w => known is not null ? known[Cells.Bare(w)].FirstOrDefault("") : Meaning(kind.Name, w, knownKinds));
        }

        return new MappedSource
        {
            File = file,
            Sheet = sheet,
            Holds = kind.Name,
            HeadingLine = line,
            Columns = columns,
            Words = meanings,
            Attributes = scores.GroupBy(c => Cells.Code(rows.Headings[c])!).ToDictionary(g => g.Key, g => rows.Headings[g.Min()]),
            Active = kind.Name == "member-log" && meanings.TryGetValue("status", out var statuses) ? [.. statuses.Values.Where(s => s is "new" or "current" or "active" or "grace" or "member")] : [],
            Dates = day && !month ? DateOrder.DayFirst : month && !day ? DateOrder.MonthFirst : DateOrder.Plain,
            Decimals = comma && !point ? DecimalMark.Comma : DecimalMark.Point,
        };
    }

    private static string Meaning(string kind, string word, IReadOnlyCollection<string> knownKinds)
    {
        var bare = Cells.Bare(word);
        if (kind is "activity" or "coding" && (knownKinds.FirstOrDefault(k => Cells.Bare(k) == bare) ?? LikelyKinds.FirstOrDefault(l => bare.Contains(l.Part, StringComparison.Ordinal) && knownKinds.Contains(l.Kind)).Kind) is { } known)
            return known;
        return Cells.Code(word) ?? "other";
    }
}
