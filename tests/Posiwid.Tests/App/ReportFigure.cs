using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Posiwid.Tests.App;

/// <summary>A figure of a report as a reader has it: what is drawn, what is in the table below, and what is downloaded.</summary>
/// <param name="Drawn">The points of each series of the chart, by its name.</param>
/// <param name="Table">The table, its head first.</param>
/// <param name="Download">The file, its head first.</param>
internal sealed record ReportFigure(IReadOnlyDictionary<string, double?[][]> Drawn, string[][] Table, string[][] Download)
{
    private static readonly Regex Parts = new("<figure id=\"([^\"]*)-figure\">.*?<div class=\"chart[^>]*></div><script type=\"application/json\">(.*?)</script>.*?href=\"data:text/csv;charset=utf-8,([^\"]*)\".*?(<table.*?</table>)", RegexOptions.Singleline);

    /// <summary>Every figure of a page, by its name.</summary>
    public static IReadOnlyDictionary<string, ReportFigure> Of(string page) => Parts.Matches(page).ToDictionary(m => m.Groups[1].Value, m => new ReportFigure(
        JsonDocument.Parse(m.Groups[2].Value).RootElement.GetProperty("series").EnumerateArray().ToDictionary(
            s => s.GetProperty("name").GetString()!, s => s.GetProperty("data").EnumerateArray().Select(p => p.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.GetDouble()).ToArray()).ToArray()),
        Cells(m.Groups[4].Value),
        [.. Uri.UnescapeDataString(m.Groups[3].Value).TrimEnd('\n').Split('\n').Select(l => l.Split(','))]));

    /// <summary>Every link within a page has its target there, and every heading a name of its own.</summary>
    public static void LinksLeadSomewhere(string page)
    {
        var names = Regex.Matches(page, " id=\"([^\"]*)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(names.Distinct(), names);
        var links = Regex.Matches(page, "href=\"#([^\"]*)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(links);
        Assert.Empty(links.Except(names));
    }

    /// <summary>Every table stands in a box that scrolls by itself: on a narrow window no page does.</summary>
    public static void TablesScroll(string page) =>
        Assert.Equal(Regex.Count(page, "<table "), Regex.Count(page, "<div class=\"scroll[^\"]*\"><table "));

    /// <summary>The cells of a table, its head first.</summary>
    public static string[][] Cells(string table) =>
        [.. table.Split("<tr>").Skip(1).Select(r => Regex.Matches(r, "<t[hd]>([^<]*)").Select(c => WebUtility.HtmlDecode(c.Groups[1].Value)).ToArray())];

    /// <summary>The tables in a part of a page, from one heading of the second order to the next.</summary>
    public static IReadOnlyList<string[][]> Tables(string page, string heading)
    {
        var from = page.IndexOf($"<h2 id=\"{heading}\">", StringComparison.Ordinal);
        Assert.True(from > 0, heading);
        var to = page.IndexOf("<h2 ", from + 4, StringComparison.Ordinal);
        return [.. Regex.Matches(page[from..(to < 0 ? page.Length : to)], "<table.*?</table>", RegexOptions.Singleline).Select(t => Cells(t.Value))];
    }

    /// <summary>Held against what it should show: rows of a place on the axis and a value for each column, the same in the table and in the file.</summary>
    /// <param name="head">The columns.</param>
    /// <param name="rows">The rows.</param>
    public void Shows(string[] head, params double?[][] rows)
    {
        string[][] wanted = [head, .. rows.Select(r => r.Select(v => v?.ToString(CultureInfo.InvariantCulture) ?? "").ToArray())];
        Assert.Equal(wanted, Table);
        Assert.Equal(wanted, Download);
    }
}
