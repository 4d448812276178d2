using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;

namespace Posiwid.App.Report;

/// <summary>
/// One HTML file that needs nothing else: style, scripts and charts are in it, and every chart has its data one click away.
/// Without scripts every chart's table stands open in its place.
/// </summary>
internal sealed class HtmlPage
{
    /// <summary>Stands at the head of every page: nothing is fetched. Pages are told by it, too.</summary>
    private const string Policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">";

    private const int PolicyWithin = 1000;

    private readonly StringBuilder html = new();

    /// <summary>Begins a page: title, a line below it, plain words, and links to what follows.</summary>
    public HtmlPage(string title, string sub, IEnumerable<string> plain, IEnumerable<(string Id, string Text)> contents)
    {
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {Policy}
            <title>{E(title)}</title>
            <style>
            {Asset("report.css")}</style>
            </head>
            <body>
            <header>
            <h1>{E(title)}</h1>
            <p class="sub">{E(sub)}</p>
            </header>
            <section class="plain">{string.Concat(plain.Select(s => $"<p>{E(s)}</p>"))}</section>
            <nav>{string.Concat(contents.Select(c => $"<a href=\"#{c.Id}\">{E(c.Text)}</a>"))}</nav>
            <main>

            """);
    }

    /// <summary>True if a file is there and is such a page.</summary>
    public static bool IsOurs(string path)
    {
        if (!File.Exists(path))
            return false;
        using var file = new StreamReader(path);
        var head = new char[PolicyWithin];
        return head.AsSpan(0, file.ReadBlock(head)).IndexOf(Policy) >= 0;
    }

    /// <summary>The whole page.</summary>
    public string End() => html.Append(CultureInfo.InvariantCulture, $"""
        </main>
        <!--
        {Asset("echarts.NOTICE.txt").Replace("--", "- -", StringComparison.Ordinal)}-->
        <script>{Asset("echarts.min.js")}</script>
        <script>
        {Asset("report.js")}</script>
        </body>
        </html>

        """).ToString();

    /// <summary>Adds HTML as it stands.</summary>
    public StringBuilder Raw => html;

    public void Heading(string id, string text) => html.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{id}\">{E(text)}</h2>\n");

    public void Note(string text) => html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{E(text)}</p>\n");

    public void Figure(string id, string title, string caption, string size, Drawing drawing, IReadOnlyList<string> columns, IEnumerable<double[]> rows, IEnumerable<string> first)
    {
        var cells = first.Zip(rows, (head, row) => (string[])[head, .. row.Select(v => Charts.Figure(v)?.ToString() ?? "")]).ToList();
        var csv = string.Concat(cells.Prepend([.. columns]).Select(r => string.Join(',', r.Select(Csv)) + "\n"));
        html.Append(CultureInfo.InvariantCulture, $"<figure id=\"{E(id)}-figure\"><figcaption><h3>{E(title)}</h3><p>{E(caption)}</p></figcaption>\n");
        if (drawing.Legend.Count > 1 && !size.Contains("unnamed", StringComparison.Ordinal))
            html.Append("<div class=\"legend\">").AppendJoin("", drawing.Legend.Select(l => $"<button type=\"button\" aria-pressed=\"false\" style=\"--swatch:{l.Color}\">{E(l.Name)}</button>")).Append("</div>\n");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"chart {size}\" role=\"img\" aria-label=\"{E(title)}\"></div><script type=\"application/json\">{drawing.Option.ToJsonString()}</script>\n");
        html.Append(CultureInfo.InvariantCulture, $"<details class=\"data\" open><summary>Data</summary><p><a download=\"{E(id)}.csv\" href=\"data:text/csv;charset=utf-8,{Uri.EscapeDataString(csv).Replace("%2C", ",", StringComparison.Ordinal)}\">Download as CSV</a></p>");
        Table(columns, "", cells);
        html.Append("</details></figure>\n");
    }

    /// <summary>A table that scrolls by itself, so that the page does not; also up and down where it is long.</summary>
    public void Table(IReadOnlyList<string> columns, string style, IEnumerable<IReadOnlyList<string>> rows) => Table("scroll", columns, style, rows);

    /// <summary>A table of any height that scrolls by itself where the window is narrower.</summary>
    public void WholeTable(IReadOnlyList<string> columns, string style, IEnumerable<IReadOnlyList<string>> rows) => Table("scroll whole", columns, style, rows);

    private void Table(string box, IReadOnlyList<string> columns, string style, IEnumerable<IReadOnlyList<string>> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"{box}\"><table class=\"{style}\"><thead><tr>").AppendJoin("", columns.Select(c => $"<th>{E(c)}")).Append("</thead><tbody>");
        foreach (var row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{E(c)}"));
        html.Append("</tbody></table></div>\n");
    }

    private static string Csv(string cell) => cell.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string E(string text) => WebUtility.HtmlEncode(text);

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
