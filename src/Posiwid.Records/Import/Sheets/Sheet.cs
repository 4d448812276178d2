using System.Globalization;

namespace Posiwid.Records.Import;

/// <summary>One table of a file, row by row, each with the line where it stands. A row that cannot be read as one is reported and passed over.</summary>
public abstract class Sheet : IDisposable
{
    /// <summary>A file is no larger unpacked than this, and no more than so many times its packed size, or it is taken for an attack.</summary>
    private const long MostUnpacked = 4L << 30;

    private const int MostRatio = 100;

    /// <summary>Files that are read, by the end of their names.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".json", ".jsonocel", ".sqlite", ".sqlite3", ".sql"];

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Headings { get; protected set; } = [];

    /// <summary>Line, or row of a spreadsheet, of the current row, from 1.</summary>
    public long Line { get; protected set; }

    /// <summary>What a reader must know of the file.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Goes to the next row.</summary>
    public abstract bool Read();

    /// <summary>A cell of the current row; empty if it has none.</summary>
    public abstract string this[int column] { get; }

    /// <summary>True if there is a value, were it an empty text between quotation marks.</summary>
    public virtual bool Has(int column) => this[column].Length > 0;

    /// <summary>Opens one table of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sheet">Name of the sheet or table; the first if null.</param>
    /// <param name="headingLine">Line of the headings, from 1.</param>
    /// <param name="broken">Told of each row that cannot be read: its line and why.</param>
    /// <exception cref="BookException">The file is not what its name says.</exception>
    public static Sheet Open(string path, string? sheet, int headingLine, Action<long, string> broken)
    {
        try
        {
            if (!File.Exists(path))
                throw new BookException($"There is no file {path}.");
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".xlsx" or ".xlsm" => new Workbook(RequireHarmless(path), sheet, headingLine),
                ".ods" => new OpenDocument(RequireHarmless(path), sheet, headingLine),
                ".json" or ".jsonocel" or ".sqlite" or ".sqlite3" => OcelSheet.Is(path) ? new OcelSheet(path, sheet) : new JsonRows(path, sheet),
                ".sql" => new SqlDump(path, sheet ?? throw new BookException($"{path} is a dump of several tables: name one as 'sheet'."), broken),
                ".xls" => throw new BookException($"{path} is of an old kind of spreadsheet; save it as .xlsx, .ods or .csv."),
                _ => new Csv(path, headingLine, broken),
            };
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    /// <summary>Names of a file's sheets; one empty name for a file that has no more than one.</summary>
    public static IReadOnlyList<string> Names(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".xlsx" or ".xlsm" => Workbook.Names(RequireHarmless(path)),
                ".ods" => OpenDocument.Names(RequireHarmless(path)),
                ".sql" => SqlDump.Names(path),
                _ when OcelSheet.Is(path) => OcelSheet.Names(path),
                _ => [""],
            };
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    /// <summary>True for what a damaged file makes a reader throw.</summary>
    public static bool IsUnreadable(Exception error) =>
        error is IOException or UnauthorizedAccessException or InvalidDataException or System.Xml.XmlException or System.Text.Json.JsonException
            or ArgumentException or FormatException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException or KeyNotFoundException or OverflowException or CsvHelper.CsvFormatException or System.Data.Common.DbException;

    /// <summary>Takes the headings from a row; one that is empty is no heading, one that comes twice is refused where it is used.</summary>
    protected void TakeHeadings(IEnumerable<string> cells) => Headings = [.. cells.Select(c => c.Trim().TrimStart('\uFEFF'))];

    /// <summary>A value of a spreadsheet as text.</summary>
    protected static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime time => time.TimeOfDay == default ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan span => span.TotalHours.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <inheritdoc/>
    public abstract void Dispose();

    private static string RequireHarmless(string path)
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(path);
        var unpacked = zip.Entries.Sum(e => e.Length);
        if (unpacked > MostUnpacked || unpacked > MostRatio * Math.Max(1 << 20, new FileInfo(path).Length))
            throw new BookException($"{path} would be {unpacked >> 20} MB unpacked; that is no spreadsheet that somebody wrote.");
        return path;
    }
}
