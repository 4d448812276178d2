namespace Posiwid.Records.Import;

/// <summary>A row that was not taken.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Its line, or row of a spreadsheet.</param>
/// <param name="Why">Why, without what stands in it: that might name somebody.</param>
public sealed record RefusedRow(string File, long Line, string Why);

/// <summary>What became of the rows of one file.</summary>
/// <param name="File">The file, with its sheet.</param>
/// <param name="Holds">What its rows are.</param>
public sealed record SourceReport(string File, string Holds)
{
    /// <summary>Rows read, without headings and empty lines.</summary>
    public long Read { get; internal set; }

    /// <summary>Rows refused.</summary>
    public long Refused { get; internal set; }

    /// <summary>Rows that are in the book.</summary>
    public long Kept => Read - Refused;
}

/// <summary>What an import read, kept and refused. Every row that was read was either kept or refused.</summary>
public sealed class ImportReport
{
    /// <summary>Refused rows that are listed, of each file; all are counted.</summary>
    public const int MostListed = 1000;

    private readonly List<(int Source, RefusedRow Row)> refused = [];
    private readonly Dictionary<(int Source, string Why), long> reasons = [];
    private readonly List<SourceReport> sources = [];

    /// <summary>By file.</summary>
    public IReadOnlyList<SourceReport> Sources => sources;

    /// <summary>Rows read.</summary>
    public long Read => sources.Sum(s => s.Read);

    /// <summary>Rows kept.</summary>
    public long Kept => sources.Sum(s => s.Kept);

    /// <summary>Rows refused.</summary>
    public long RefusedCount => sources.Sum(s => s.Refused);

    /// <summary>The first refused rows of each file.</summary>
    public IReadOnlyList<RefusedRow> Refused => [.. refused.OrderBy(r => sources.FindIndex(s => s.File == r.Row.File)).ThenBy(r => r.Row.Line).Select(r => r.Row)];

    /// <summary>How many rows of a file were refused for a reason.</summary>
    public IReadOnlyList<(string File, string Why, long Rows)> Reasons => [.. reasons.GroupBy(r => (sources[r.Key.Source].File, r.Key.Why), r => r.Value).Select(g => (g.Key.File, g.Key.Why, g.Sum())).OrderBy(r => (r.File, r.Why))];

    /// <summary>What a reader must know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Rows of each table of the book.</summary>
    public IReadOnlyDictionary<string, long> Tables { get; internal set; } = new Dictionary<string, long>();

    /// <summary>True if the book was written.</summary>
    public bool Written { get; internal set; }

    /// <summary>Notes that all rows of a file are in a book.</summary>
    /// <param name="file">The file.</param>
    /// <param name="tables">Rows of each table of the book.</param>
    public void Whole(string file, IReadOnlyDictionary<string, long> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Of(Add(file, "book")).Read = tables.Values.Sum();
        Tables = tables;
        Written = true;
    }

    internal int Add(string file, string holds)
    {
        sources.Add(new SourceReport(file, holds));
        return sources.Count - 1;
    }

    internal SourceReport Of(int source) => sources[source];

    internal void Refuse(int source, long line, string why, bool counted = true)
    {
        var of = sources[source];
        if (!counted)
            of.Read++;
        if (of.Refused++ < MostListed)
            refused.Add((source, new RefusedRow(of.File, line, why)));
        reasons[(source, why)] = reasons.GetValueOrDefault((source, why)) + 1;
    }

    internal IEnumerable<RefusedRow> RefusedOf(int source) => refused.Where(r => r.Source == source).Select(r => r.Row);

    internal IEnumerable<(string Why, long Rows)> ReasonsOf(int source) => reasons.Where(r => r.Key.Source == source).Select(r => (r.Key.Why, r.Value));

    /// <summary>Counts what an earlier import read of a source.</summary>
    internal void Recall(int source, long read, long lost, IReadOnlyList<(long Line, string Why)> rows, IReadOnlyList<(string Why, long Rows)> whys)
    {
        var of = sources[source];
        (of.Read, of.Refused) = (read, lost);
        refused.AddRange(rows.Select(r => (source, new RefusedRow(of.File, r.Line, r.Why))));
        foreach (var (why, count) in whys)
            reasons[(source, why)] = count;
    }

    /// <summary>Takes back what was counted of a source: it is read once more from its beginning.</summary>
    internal void Begin(int source)
    {
        var of = sources[source];
        (of.Read, of.Refused) = (0, 0);
        refused.RemoveAll(r => r.Source == source);
        foreach (var key in reasons.Keys.Where(k => k.Source == source).ToList())
            reasons.Remove(key);
    }
}
