namespace Posiwid.Simulation.Claims;

/// <summary>A figure of an arm that a test needs.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Figure">The figure of its runs; null for a defense.</param>
/// <param name="Coding">A bound of the coding in place of the usual one; null for the figure's own.</param>
/// <param name="Defense">The defense; null for a figure.</param>
public sealed record FigureKey(string Arm, FigureSpec? Figure, CodingBound? Coding, DefenseSpec? Defense)
{
    /// <summary>Every figure that a test needs, at the bounds of the coding too where hours by end are read.</summary>
    public static IEnumerable<FigureKey> Of(TestSpec test)
    {
        ArgumentNullException.ThrowIfNull(test);
        (string Arm, FigureSpec Figure)[] figures =
        [
            .. One(test.Arm, test.Figure), .. test.Than is null ? [] : One(test.Than.Arm, test.Than.Figure ?? test.Figure),
            .. test.Over is null ? [] : One(test.Over.Arm, test.Over.Figure), .. test.Over is null ? [] : One(test.Over.Than.Arm, test.Over.Than.Figure ?? test.Over.Figure),
        ];
        foreach (var (arm, figure) in figures)
        {
            yield return new FigureKey(arm, figure, null, null);
            if (!ReadsCoding(figure))
                continue;
            yield return new FigureKey(arm, figure, CodingBound.Low, null);
            yield return new FigureKey(arm, figure, CodingBound.High, null);
        }

        static (string, FigureSpec)[] One(string arm, FigureSpec? figure) => figure is null ? [] : [(arm, figure)];
    }

    /// <summary>True if a figure depends on how activities are coded to ends, and says nothing of a bound itself.</summary>
    public static bool ReadsCoding(FigureSpec figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Coding == CodingBound.Usual && (figure.Take == Take.HoursByEnd || figure.Of.Concat(figure.Per).Any(n => n.TrimStart('-').StartsWith(RunFigures.OfEnd, StringComparison.Ordinal)));
    }
}

/// <summary>The figures of all runs that tests need, by arm and figure.</summary>
public sealed class ClaimFigures(int runs)
{
    private readonly Dictionary<FigureKey, double[]?[]> values = [];

    /// <summary>Runs of which all arms are finished, from the first on.</summary>
    public int Runs { get; private set; } = runs;

    /// <summary>True if fewer runs were finished than planned.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A figure of every finished run.</summary>
    public IReadOnlyList<double[]> Of(FigureKey key) => [.. values[key].Take(Runs).Select(v => v!)];

    /// <summary>Figures given by hand, for tests and examples.</summary>
    public void Put(FigureKey key, params double[][] byRun) => values[key] = byRun;

    internal void Prepare(FigureKey key) => values.TryAdd(key, new double[Runs][]);

    internal void Set(FigureKey key, int run, double[] value) => values[key][run] = value;

    /// <summary>Keeps the runs that are whole in every arm.</summary>
    internal void Cut(int atMost, bool isCut)
    {
        Runs = Math.Min(atMost, values.Count == 0 ? atMost : values.Values.Min(v => Array.FindIndex(v, x => x is null) is var gap && gap < 0 ? v.Length : gap));
        IsCut = isCut;
    }
}
