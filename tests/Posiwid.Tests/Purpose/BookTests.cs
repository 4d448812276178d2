using System.Globalization;
using System.Text;
using System.Text.Json;
using Posiwid.App.Commands;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Records;
using Posiwid.Tests.App;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.Purpose;

/// <summary>A book as a folder of CSV tables that a test writes, and what is printed of it.</summary>
public abstract class BookTests : IDisposable
{
    private protected static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));
    private protected readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Write(string table, string header, IEnumerable<string> rows) => File.WriteAllText(folder[$"{table}.csv"], header + "\n" + string.Join('\n', rows) + "\n");

    private protected static string Day(double week) => new DateOnly(2010, 1, 4).AddDays((int)(7 * week)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The page and the report as they are printed.</summary>
    private protected (BookEvidence Book, PurposeAnalysis Analysis, string Text) Read(PurposeSettings? settings = null)
    {
        using var source = BookSource.Open(folder.Root);
        var book = BookReader.Read(source, Ends, []);
        var analysis = new PurposeAnalysis(book.Data, settings);
        var text = new StringBuilder();
        foreach (var (line, _) in PurposePage.Of(analysis, "a book", 118, book))
            text.Append(line.Trim()).Append(' ');
        var html = PurposeReport.Of(analysis, "a book", "sub", [], book);
        ReportFigure.LinksLeadSomewhere(html);
        ReportFigure.TablesScroll(html);
        text.Append(html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main", StringComparison.Ordinal)]);
        var printed = text.ToString();
        Assert.DoesNotMatch(@"\bNaN\b|∞|Infinity|-0%|\[-0\.\.|\ball [01] tests|\(1 decisions", printed);
        Scan(analysis);
        return (book, analysis, printed);
    }

    /// <summary>The JSON of a profile.</summary>
    private protected static string Json(PurposeAnalysis analysis)
    {
        using var output = new StringWriter();
        JsonOutput.Write(output, j => PurposeJson.Write(j, analysis));
        return output.ToString();
    }

    /// <summary>
    /// K30: the JSON of a profile. Whatever has a value has an interval or says why not; what has none says why; no number is a word; no count of people is of fewer than may be shown.
    /// </summary>
    private protected static void Scan(PurposeAnalysis analysis)
    {
        var text = Json(analysis);
        Assert.DoesNotMatch("NaN|Infinity|∞", text);
        var lines = 0;
        void Walk(JsonElement at, string path)
        {
            foreach (var (child, name) in at.ValueKind switch
            {
                JsonValueKind.Object => at.EnumerateObject().Select(p => (p.Value, p.Name)),
                JsonValueKind.Array => at.EnumerateArray().Select((e, i) => (e, $"{i}")),
                _ => [],
            })
            {
                Walk(child, $"{path}/{name}");
            }

            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty("value", out var value) || !at.TryGetProperty("tested", out _))
                return;
            lines++;
            var whole = new[] { "value", "low", "high" }.All(k => at.GetProperty(k).ValueKind == JsonValueKind.Number);
            Assert.True(whole || (at.TryGetProperty("why", out var why) && why.GetString()!.Length > 0), $"{path} has no interval and does not say why: {at}");
            Assert.True(!whole || (at.GetProperty("low").GetDouble() <= value.GetDouble() && value.GetDouble() <= at.GetProperty("high").GetDouble()), $"{path}: {at}");
        }

        var root = JsonDocument.Parse(text).RootElement;
        Walk(root, "");
        Assert.True(lines > 50, $"{lines} lines of evidence");
        if (!root.TryGetProperty("people", out var people))
            return;
        foreach (var count in people.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number))
            Assert.True(count.Value.GetDouble() == 0 || count.Value.GetDouble() >= (count.Name == "complaints" ? analysis.Settings.SmallestComplaintCell : analysis.Settings.SmallestCell), $"{count.Name} is {count.Value}");
        foreach (var hidden in people.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Null))
            Assert.False(string.IsNullOrEmpty(people.GetProperty(hidden.Name + "Why").GetString()), hidden.Name);
        foreach (var step in people.GetProperty("funnel").EnumerateArray().Where(s => s.GetProperty("base").ValueKind == JsonValueKind.Number))
            Assert.True(step.GetProperty("base").GetInt32() is var count && (count == 0 || count >= analysis.Settings.SmallestCell), $"{step}");
    }

    private protected static void Organization(TemporaryFolder to) => File.WriteAllText(to["organization.csv"], "organization_id,label\n1,The Tenants\n");

    private protected void Activities(int weeks, Func<int, string> hours, int from = 0) =>
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source", Enumerable.Range(0, weeks).SelectMany(w => new[] { $"{2 * w},{Day(from + w)},meeting,{hours(w)},logged", $"{(2 * w) + 1},{Day(from + w)},march,{hours(w)},logged" }));

    private protected void Members(int people, Func<int, (string Start, string End)> spell) =>
        Write("membership", "spell_id,person_id,start_date,start_precision,observed_from,end_date,end_reason",
            Enumerable.Range(0, people).Select(p => spell(p) is var (start, end) ? $"{p},p{p},{start},day,{start},{end},{(end.Length > 0 ? "resigned" : "")}" : ""));

    private protected void Complaints(int count, Func<int, (string Response, string Closed, string Outcome)> fate) =>
        Write("complaint", "complaint_id,opened,opened_by,about,first_response,closed,outcome", Enumerable.Range(0, count).Select(c => fate(c) is var (response, closed, outcome) ? $"{c},{Day(c)},p{c},leader,{response},{closed},{outcome}" : ""));

    private protected void Measures(int weeks, Func<int, bool>? there = null, Func<int, string>? date = null) =>
        Write("measure", "variable_code,unit_id,group_code,date,value", Enumerable.Range(0, weeks).Where(there ?? (_ => true)).Select(w => $"members,0,,{(date ?? (i => Day(i)))(w)},{100 + (w * 37 % 11)}"));

    private protected void Shocks(params string[] shocks) => Write("shock", "shock_id,date,variable_code,size,external,anticipated,source", shocks.Select((s, i) => $"{i},{s},x"));
}
