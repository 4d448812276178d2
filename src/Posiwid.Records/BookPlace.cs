namespace Posiwid.Records;

/// <summary>Where in a CSV table something is wrong.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Its line, from 1, on which the row begins.</param>
/// <param name="Headings">The columns that are meant; none where it is the whole line.</param>
public sealed record BookPlace(string File, long Line, params IReadOnlyList<string> Headings)
{
    /// <summary>The first character, from 1, of the first cell that is meant; 1 where none is.</summary>
    public int Column()
    {
        if (Headings.Count == 0 || !System.IO.File.Exists(File))
            return 1;
        string[] header = [.. System.IO.File.ReadLines(File).First().TrimStart('\uFEFF').Split(',').Select(h => h.Trim().Trim('"'))];
        var (at, quoted, field) = (1, false, Array.IndexOf(header, Headings[0]));
        foreach (var c in System.IO.File.ReadLines(File).Skip((int)Line - 1).FirstOrDefault() ?? "")
        {
            if (field <= 0)
                break;
            if (c == '"')
                quoted = !quoted;
            if (c == ',' && !quoted)
                field--;
            at++;
        }

        return at;
    }

    /// <summary>The place as a sentence begins with it: <c>hours.csv, line 3, column date</c>.</summary>
    public override string ToString() => $"{File}, line {Line}{(Headings.Count == 0 ? "" : $", {(Headings.Count == 1 ? "column" : "columns")} {string.Join(", ", Headings)}")}";
}
