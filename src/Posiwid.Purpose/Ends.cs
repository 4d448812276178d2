namespace Posiwid.Purpose;

/// <summary>Something that effort can serve.</summary>
/// <param name="Code">Code, as in result files.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Family">mission, recruit, retain, resource, maintain, control or placebo.</param>
public sealed record End(string Code, string Label, string Family);

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

    /// <summary>Every end, in the order of its file.</summary>
    public IReadOnlyList<End> All { get; }

    /// <summary>The ends that an activity serves; empty for an activity that is not coded.</summary>
    public IReadOnlyList<KindEnd> Of(string kind) => byKind.TryGetValue(kind, out var rows) ? rows : [];

    /// <summary>Reads <c>ends.csv</c> and <c>kind_end.csv</c>.</summary>
    /// <exception cref="FormatException">A file is not what it should be; the message names file and line.</exception>
    public static Ends Read(string endsFile, string codingFile)
    {
        var ends = Rows(endsFile, "end", "label", "family").Select(r => new End(r.Cells[0], r.Cells[1], r.Cells[2])).ToList();
        var coding = Rows(codingFile, "kind", "end", "weight", "weight_min", "weight_max")
            .Select(r => new KindEnd(r.Cells[0], r.Cells[1], Number(codingFile, r, 2), Number(codingFile, r, 3), Number(codingFile, r, 4))).ToList();
        try
        {
            return new Ends(ends, coding);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{codingFile}: {e.Message}", e);
        }
    }

    private static double Number(string file, (int Line, string[] Cells) row, int column) =>
        double.TryParse(row.Cells[column], out var value) ? value : throw new FormatException($"{file}:{row.Line}: '{row.Cells[column]}' is not a number");

    private static IEnumerable<(int Line, string[] Cells)> Rows(string file, params string[] columns)
    {
        var lines = File.ReadAllLines(file);
        var header = lines.Length == 0 ? [] : lines[0].Split(',');
        var at = columns.Select(c => Array.IndexOf(header, c)).ToArray();
        if (Array.IndexOf(at, -1) is >= 0 and var missing)
            throw new FormatException($"{file}:1: no column '{columns[missing]}'");
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            var cells = lines[i].Split(',');
            if (cells.Length != header.Length)
                throw new FormatException($"{file}:{i + 1}: {cells.Length} cells where the header has {header.Length}");
            yield return (i + 1, Array.ConvertAll(at, a => cells[a]));
        }
    }
}
