namespace Posiwid.Records.Import;

/// <summary>What an import needs to know besides the files.</summary>
public sealed record ImportSettings
{
    /// <summary>The day of the import: what lies after it is no record.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>True to write nothing if a single row is refused.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// True to keep the rows that were read beside the book (<see cref="Importer.RowsOf"/>): the next import of the same sources then reads only what is new in them, and
    /// gives the book that reading all of it would give.
    /// </summary>
    public bool Remember { get; init; }

    /// <summary>Ends that aims and payments may name: code, label and family.</summary>
    public IReadOnlyList<(string Code, string Label, string Family)> Ends { get; init; } = [];

    /// <summary>Kinds of activity that the coding knows: they are no names, however rare.</summary>
    public IReadOnlyCollection<string> KnownCodes { get; init; } = [];
}

/// <summary>Where rows come from.</summary>
internal interface IImportSource
{
    /// <summary>Reads all rows into the stage.</summary>
    void Read(Staging staging);
}

/// <summary>What a source is given to read into.</summary>
/// <param name="Stage">Where rows wait.</param>
/// <param name="Report">What is read and refused.</param>
/// <param name="Names">Makes numbers of persons.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Memory">What was read before; null if nothing is remembered.</param>
/// <param name="Progress">Told of rows read.</param>
/// <param name="Interrupted">Asks to stop.</param>
internal sealed record Staging(Stage Stage, ImportReport Report, Pseudonyms Names, Mapping Mapping, ImportSettings Settings, Memory? Memory, IProgress<long>? Progress, CancellationToken Interrupted)
{
    private const int Often = 0xFFFF;

    private long rows;

    /// <summary>Codes that no mapping listed, by kind and field.</summary>
    public HashSet<(string Kind, string Field)> Open { get; } = [];

    /// <summary>Sources each row of which is a whole decision.</summary>
    public HashSet<int> YesOrNo { get; } = [];

    /// <summary>Counts a row that was read.</summary>
    public void Tick(int source)
    {
        Report.Of(source).Read++;
        if ((++rows & Often) != 0)
            return;
        Progress?.Report(rows);
        Interrupted.ThrowIfCancellationRequested();
    }
}
