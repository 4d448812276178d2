namespace Posiwid.Records;

/// <summary>Lines of a CSV file, where cells can go over several of them.</summary>
internal static class CsvLines
{
    /// <summary>The line on which a row begins: the heading is on line 1, empty lines are no rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="row">The row, 1 for the first after the heading.</param>
    public static long Of(string file, long row)
    {
        var (line, rows, open) = (0L, -1L, false);
        foreach (var text in File.ReadLines(file))
        {
            line++;
            if (!open && text.Length > 0 && ++rows == row)
                return line;
            if (text.Count(c => c == '"') % 2 == 1)
                open = !open;
        }

        return line;
    }
}
