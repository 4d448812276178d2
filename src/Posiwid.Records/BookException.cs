using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;

namespace Posiwid.Records;

/// <summary>A book or result file could not be read or written; the message is one sentence that a user can read.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "A sentence is always needed.")]
public sealed class BookException : Exception
{
    /// <summary>A failure with its sentence.</summary>
    /// <param name="message">One sentence for the user: which file, what is wrong, what to do.</param>
    /// <param name="inner">What was thrown below, if anything.</param>
    public BookException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>Something wrong at a place of a CSV table.</summary>
    /// <param name="place">The place.</param>
    /// <param name="says">What is wrong there, with a full stop.</param>
    /// <param name="inner">What was thrown below, if anything.</param>
    public BookException(BookPlace place, string says, Exception? inner = null) : base($"{place}: {says}", inner) => (Place, this.says) = (place, says);

    /// <summary>Where it is in a CSV table; null where it is in none.</summary>
    public BookPlace? Place { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Says => says ?? Message;

    private readonly string? says;

    /// <summary>Says in one sentence why a file could not be read or written.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="done">What could not be done to it: read or written.</param>
    /// <param name="error">What was thrown.</param>
    internal static BookException Because(string path, string done, Exception error) =>
        error as BookException ?? new BookException($"{path} could not be {done}: {Reason(error)}.", error);

    private static string Reason(Exception error)
    {
        var text = error.Message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.', '!', ' ');
        bool Says(string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
        const int unixNoSpace = 28, windowsHandleDiskFull = 39, windowsDiskFull = 112;
        return error switch
        {
            IOException when (error.HResult & 0xFFFF) is unixNoSpace or windowsHandleDiskFull or windowsDiskFull => "the disk is full",
            DuckDBException when Says("No space left") || Says("not enough space") || Says("disk full") => "the disk is full",
            DirectoryNotFoundException => "its folder does not exist",
            FileNotFoundException => "there is no such file or folder",
            UnauthorizedAccessException => "permission was denied",
            DuckDBException when Says("Permission denied") => "permission was denied",
            DuckDBException when Says("Could not set lock") || Says("being used by another process") => "another program has it open",
            DuckDBException when Says("Corrupt database") || Says("Could not read enough bytes") => "it is damaged or was cut short",
            DuckDBException when Says("constraint") => "it breaks a rule of its tables: " + text.Replace("Failed to append: ", "", StringComparison.Ordinal),
            _ => text,
        };
    }
}
