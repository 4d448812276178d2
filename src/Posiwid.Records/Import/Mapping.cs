namespace Posiwid.Records.Import;

/// <summary>Which columns of which files fill which fields: what a mapping file states.</summary>
public sealed record Mapping
{
    /// <summary>Name of the organization. It is public; no name of a person.</summary>
    public required string Organization { get; init; }

    /// <summary>Currency of amounts that state none, three letters.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>First day that the records cover; the first day seen if left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day that the records cover; the last day seen if left out.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Recorded hours as a share of all hours, 0..1, where somebody has an idea of it.</summary>
    public double? HoursCoverage { get; init; }

    /// <summary>Weeks without a trace that end a spell, where spells are read from traces (<c>presence</c>).</summary>
    public int GapWeeks { get; init; } = 26;

    /// <summary>Weeks after the end of a paid period in which a member is still one (<c>paid-until</c>).</summary>
    public int GraceWeeks { get; init; } = 13;

    /// <summary>The files.</summary>
    public required IReadOnlyList<MappedSource> Sources { get; init; }
}

/// <summary>How the three parts of a date stand.</summary>
public enum DateOrder
{
    /// <summary>Not stated: only dates that can be read in one way are taken.</summary>
    Plain,

    /// <summary>2024-03-31.</summary>
    YearFirst,

    /// <summary>31/03/2024.</summary>
    DayFirst,

    /// <summary>03/31/2024.</summary>
    MonthFirst,
}

/// <summary>What stands before the decimals of a number.</summary>
public enum DecimalMark
{
    /// <summary>1,234.5.</summary>
    Point,

    /// <summary>1.234,5.</summary>
    Comma,
}

/// <summary>One table of one file.</summary>
public sealed record MappedSource
{
    /// <summary>Name of the file within the folder.</summary>
    public required string File { get; init; }

    /// <summary>Sheet of a spreadsheet, or table of a dump; the first if left out.</summary>
    public string? Sheet { get; init; }

    /// <summary>What a row is: a name of <see cref="RecordKind"/>.</summary>
    public required string Holds { get; init; }

    /// <summary>Line of the headings.</summary>
    public int HeadingLine { get; init; } = 1;

    /// <summary>Another table whose columns stand beside those of this one, where both hold the same key.</summary>
    public BesideSource? Beside { get; init; }

    /// <summary>Heading of the column for each field.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Value of a field in all rows.</summary>
    public IReadOnlyDictionary<string, string> Always { get; init; } = new Dictionary<string, string>();

    /// <summary>For a field: what its words mean. A word that is not listed is refused.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>For a column, the values of rows that count; other rows are set aside.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Only { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Attributes of alternatives that were known before the choice, with their columns (<c>decision</c>).</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>True if each row is a whole decision (<c>decision</c>): between what it proposes and leaving all as it is, which is added as an alternative whose attributes are 0.</summary>
    public bool YesOrNo { get; init; }

    /// <summary>Where a row holds several figures side by side, one column for each kind: the kinds, with their columns. Each figure becomes a record.</summary>
    public IReadOnlyDictionary<string, string> Spread { get; init; } = new Dictionary<string, string>();

    /// <summary>Statuses in which somebody is a member (<c>member-log</c>).</summary>
    public IReadOnlyList<string> Active { get; init; } = [];

    /// <summary>How dates are written.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>How numbers are written.</summary>
    public DecimalMark Decimals { get; init; }
}

/// <summary>A table whose columns are to stand beside those of another: a row of either that has the same key is one row. It is held in memory.</summary>
public sealed record BesideSource
{
    /// <summary>Name of the file within the folder.</summary>
    public required string File { get; init; }

    /// <summary>Sheet of a spreadsheet, or table of a dump; the first if left out.</summary>
    public string? Sheet { get; init; }

    /// <summary>Heading of the column, in both, that holds the key.</summary>
    public required string By { get; init; }
}
