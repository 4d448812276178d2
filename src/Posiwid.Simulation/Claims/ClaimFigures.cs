namespace Posiwid.Simulation.Claims;

/// <summary>A figure of an arm that a test needs.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Figure">The figure of its runs; null for a defense.</param>
/// <param name="Coding">A bound of the coding in place of the usual one; null for the figure's own.</param>
/// <param name="Defense">The defense; null for a figure.</param>
public sealed record FigureKey(string Arm, FigureSpec? Figure, CodingBound? Coding, DefenseSpec? Defense)
{
    /// <summary>The part of a purpose profile; null for anything else.</summary>
    public ProfilePart? Part { get; init; }

    /// <summary>The key of a part of a purpose profile: the same for all figures that differ only in their lines.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="part">The part.</param>
    /// <param name="coding">A bound of the coding in place of the usual one; only for hours and money.</param>
    public static FigureKey OfPart(string arm, FigureSpec figure, ProfilePart part, CodingBound? coding = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return new FigureKey(arm, figure with { Lines = [] }, coding is null or CodingBound.Usual || !IsCoded(part) || !ReadsCoding(figure) ? null : coding, null) { Part = part };
    }

    /// <summary>The parts that the lines of a profile are made of.</summary>
    public static IEnumerable<ProfilePart> Parts(IEnumerable<ProfileLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Distinct().SelectMany(l => l switch
        {
            ProfileLine.Effort => new[] { ProfilePart.Hours, ProfilePart.Money },
            ProfileLine.Defense => [ProfilePart.Defense],
            _ => [ProfilePart.Necessity],
        });
    }

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
            if (figure.Take == Take.PurposeProfile)
            {
                foreach (var key in Parts(figure.LinesMeant).SelectMany(p => Enum.GetValues<CodingBound>().Select(c => OfPart(arm, figure, p, c))).Distinct())
                    yield return key;
                continue;
            }

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
        return figure.Coding == CodingBound.Usual && (figure.Take is Take.HoursByEnd or Take.PurposeProfile || figure.Of.Concat(figure.Per).Any(n => n.TrimStart('-').StartsWith(RunFigures.OfEnd, StringComparison.Ordinal)));
    }

    private static bool IsCoded(ProfilePart part) => part is ProfilePart.Hours or ProfilePart.Money;
}

/// <summary>What a run gives for a profile, as numbers by end.</summary>
public enum ProfilePart
{
    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Money spent, in cents.</summary>
    Money,

    /// <summary>What a blow does to the end's measure with decisions live, for every end; then the same with decisions replayed. NaN where an arm did not live through the window.</summary>
    Defense,

    /// <summary>Weeks lived without what serves the end (NaN where nothing does), for every end; then weeks lived undisturbed, and weeks of the scenario.</summary>
    Necessity,
}

/// <summary>The figures of all runs that tests need, by arm and figure.</summary>
public sealed class ClaimFigures(int runs)
{
    private readonly Dictionary<FigureKey, double[]?[]> values = [];

    /// <summary>Runs of which all arms are finished, from the first on.</summary>
    public int Runs { get; private set; } = runs;

    /// <summary>True if fewer runs were finished than planned.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A figure of every finished run; of the first of them only, for a figure that is made of fewer.</summary>
    public IReadOnlyList<double[]> Of(FigureKey key) => [.. values[key].Take(Runs).Select(v => v!)];

    /// <summary>The purpose profile of an arm.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="coding">A bound of the coding that hours and money are counted with; null for the usual one.</param>
    internal ArmProfile Profile(string arm, FigureSpec figure, CodingBound? coding) =>
        new(FigureKey.Parts(figure.LinesMeant).ToDictionary(p => p, p => Of(FigureKey.OfPart(arm, figure, p, coding))));

    /// <summary>Figures given by hand, for tests and examples.</summary>
    public void Put(FigureKey key, params double[][] byRun) => values[key] = byRun;

    /// <summary>Makes room for a figure.</summary>
    /// <param name="key">The figure.</param>
    /// <param name="runs">Runs that it is made of, the first ones.</param>
    internal void Prepare(FigureKey key, int runs) => values.TryAdd(key, new double[runs][]);

    internal void Set(FigureKey key, int run, double[] value) => values[key][run] = value;

    /// <summary>Keeps the runs that are whole in every arm.</summary>
    internal void Cut(bool isCut)
    {
        Runs = values.Values.Select(v => Array.FindIndex(v, x => x is null)).Where(gap => gap >= 0).Append(Runs).Min();
        IsCut = isCut;
    }
}
