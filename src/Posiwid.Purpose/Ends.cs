namespace Posiwid.Purpose;

/// <summary>Something that effort can serve.</summary>
/// <param name="Code">Code, as in result files.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Family">mission, recruit, retain, resource, maintain, control or placebo.</param>
public sealed record End(string Code, string Label, string Family)
{
    /// <summary>Quantity that shows how the end is served: the code of a measure, or two joined by +, * or /; null if it is not measured.</summary>
    public string? Measure { get; init; }

    /// <summary>What the measure is, in words; null if nobody says.</summary>
    public string? MeasuredBy { get; init; }

    /// <summary>True if more of the measure serves the end, false if less of it does.</summary>
    public bool MoreIsBetter { get; init; } = true;

    /// <summary>Code of what disturbs it in an experiment; null if nothing can.</summary>
    public string? Disturbance { get; init; }

    /// <summary>Code of what it is sensed through; null if through nothing.</summary>
    public string? Sensor { get; init; }

    /// <summary>True for a row that controls the instrument: nobody can want it.</summary>
    public bool IsPlacebo => Family == "placebo";
}

/// <summary>How much of an activity's hours serves an end.</summary>
/// <param name="Kind">Code of the activity.</param>
/// <param name="End">Code of the end.</param>
/// <param name="Weight">Best estimate; the weights of one activity sum to 1.</param>
/// <param name="Low">Smallest weight that a reasonable coder would give.</param>
/// <param name="High">Largest weight that a reasonable coder would give.</param>
public sealed record KindEnd(string Kind, string End, double Weight, double Low, double High);

/// <summary>The ends, and which activity serves which: data that a user may replace.</summary>
public sealed class Ends
{
    private readonly Dictionary<string, KindEnd[]> byKind;

    /// <summary>Takes ends and their coding, and checks that they fit.</summary>
    /// <exception cref="FormatException">A code is unknown, a bound is crossed, or an activity's weights do not sum to 1.</exception>
    public Ends(IReadOnlyList<End> all, IReadOnlyList<KindEnd> coding)
    {
        All = all;
        Coders = [this];
        byKind = coding.GroupBy(c => c.Kind).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var c in coding)
        {
            if (all.All(e => e.Code != c.End))
                throw new FormatException($"activity '{c.Kind}' serves the end '{c.End}', which is not in the list of ends");
            if (!(0 <= c.Low && c.Low <= c.Weight && c.Weight <= c.High && c.High <= 1))
                throw new FormatException($"activity '{c.Kind}', end '{c.End}': want 0 <= weight_min <= weight <= weight_max <= 1");
        }
        foreach (var (kind, rows) in byKind)
        {
            if (Math.Abs(rows.Sum(r => r.Weight) - 1) > 1e-9)
                throw new FormatException($"activity '{kind}': its weights sum to {rows.Sum(r => r.Weight):0.###}, not to 1");
        }
    }

    /// <summary>The coding of each coder by itself; this one where there is only one.</summary>
    public IReadOnlyList<Ends> Coders { get; private set; }

    /// <summary>Every end, in the order of its file.</summary>
    public IReadOnlyList<End> All { get; }

    /// <summary>Every kind that is coded.</summary>
    public IReadOnlyCollection<string> Kinds => byKind.Keys;

    /// <summary>The ends that an activity serves; empty for an activity that is not coded.</summary>
    public IReadOnlyList<KindEnd> Of(string kind) => byKind.TryGetValue(kind, out var rows) ? rows : [];

    /// <summary>The end of the greatest weight for an activity; where several share it, all of them in one word; null for an activity that is not coded.</summary>
    public string? MainEnd(string kind)
    {
        var rows = Of(kind);
        var most = rows.Count == 0 ? 0 : rows.Max(r => r.Weight);
        return rows.Count == 0 ? null : string.Join(" + ", rows.Where(r => r.Weight > most - 1e-9).Select(r => r.End).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// The codings of several coders as one: by kind the mean weight over those who coded it, and bounds that span what each of them gave. An end that a coder
    /// of a kind does not name gets none of it from that coder.
    /// </summary>
    /// <param name="coders">One coding or more, of the same ends.</param>
    public static Ends Spanning(IReadOnlyList<Ends> coders)
    {
        ArgumentNullException.ThrowIfNull(coders);
        var coding = new List<KindEnd>();
        foreach (var kind in coders.SelectMany(c => c.Kinds).Distinct().Order(StringComparer.Ordinal))
        {
            var codings = coders.Select(c => c.Of(kind)).Where(c => c.Count > 0).ToList();
            foreach (var end in codings.SelectMany(c => c.Select(r => r.End)).Distinct().Order(StringComparer.Ordinal))
            {
                var given = codings.ConvertAll(c => c.FirstOrDefault(r => r.End == end) ?? new KindEnd(kind, end, 0, 0, 0));
                var (low, high) = (given.Min(g => g.Low), given.Max(g => g.High));
                coding.Add(new(kind, end, Math.Clamp(given.Average(g => g.Weight), low, high), low, high));
            }
        }

        return new Ends(coders[0].All, coding) { Coders = coders };
    }

    /// <summary>These ends with the controls of others, if they have none of their own: every profile has its control.</summary>
    /// <param name="usual">The ends that have controls.</param>
    public Ends WithControlOf(Ends usual)
    {
        ArgumentNullException.ThrowIfNull(usual);
        if (All.Any(e => e.IsPlacebo))
            return this;
        End[] all = [.. All, .. usual.All.Where(e => e.IsPlacebo && All.All(o => o.Code != e.Code))];
        Ends With(Ends own) => new(all, [.. own.byKind.Values.SelectMany(rows => rows)]);
        var found = With(this);
        if (Coders.Count > 1)
            found.Coders = [.. Coders.Select(With)];
        return found;
    }

    /// <summary>Reads <c>ends.csv</c> and <c>kind_end.csv</c>.</summary>
    /// <exception cref="CodingException">A file is not what it should be.</exception>
    public static Ends Read(string endsFile, string codingFile)
    {
        var ends = CodingFile.Read(endsFile, "end", "label", "family").Select(r => new End(r["end"], r["label"], r["family"])
        {
            Measure = r.Optional("measure"),
            MeasuredBy = r.Optional("measured_by"),
            MoreIsBetter = r.Optional("better") is not { } better || better == "up" || (better == "down" ? false : throw r.Error("better", $"'{better}' is neither up nor down")),
            Disturbance = r.Optional("disturbance"),
            Sensor = r.Optional("sensor"),
        }).ToList();
        var coding = CodingFile.Read(codingFile, "kind", "end", "weight", "weight_min", "weight_max")
            .Select(r => new KindEnd(r["kind"], r["end"], r.Number("weight"), r.Number("weight_min"), r.Number("weight_max"))).ToList();
        try
        {
            return new Ends(ends, coding);
        }
        catch (FormatException e)
        {
            throw new CodingException(codingFile, 1, 1, "", e.Message, e);
        }
    }
}
