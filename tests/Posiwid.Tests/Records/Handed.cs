using Posiwid.Records;

namespace Posiwid.Tests.Records;

/// <summary>Books of tests, stored and opened as they are handed to other programs.</summary>
internal static class Handed
{
    public static void On(Book book, Action<BookPages> use, bool exact = true, bool voice = true)
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(book, folder["book.duckdb"]);
        using var pages = BookPages.Open(folder["book.duckdb"], exact, voice);
        use(pages);
    }

    public static void ToCsv(Book book, string folder) => On(book, b => BookExport.ToCsv(b, folder));

    public static void ToParquet(Book book, string folder) => On(book, b => BookExport.ToParquet(b, folder));

    /// <summary>A book as it leaves the house, with what was said of that.</summary>
    public static (Book Book, IReadOnlyList<string> Notes) Coarse(Book book, bool voice = true)
    {
        (Book, IReadOnlyList<string>)? coarse = null;
        On(book, b => coarse = (b.Read(), [.. b.Notes]), exact: false, voice);
        return coarse!.Value;
    }
}
