using System.Globalization;
using System.Text.Json;
using Posiwid.App.Commands;
using Posiwid.App.Report;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Records;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Purpose.Golden;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.Purpose.Lines;

public sealed class CodingAgreementTests : IDisposable
{
    private static readonly PurposeSettings Settings = new();
    private static readonly Ends Usual = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CodedKind[] Eight(Func<int, string?>? third = null) =>
        [.. new GoldenFile("coders.json").Rows("kinds.rows").Select((k, i) => new CodedKind($"k{i}", (long)k[0], [$"{k[1]}", $"{k[2]}", .. third is null ? [] : new[] { third(i) }]))];

    [Fact]
    public void Two_coders_of_eight_kinds()
    {
        var (found, golden) = (CodingAgreement.Of(Eight(), Settings), new GoldenFile("coders.json"));
        Assert.Equal((2, 8, 200L, false), (found.Coders, found.Kinds, found.Rows, found.Reliable));
        Assert.Equal(golden.Number("kinds.alpha"), found.Alpha.Value!.Value, 12); // .668, below .67
        Assert.Equal(golden.Number("kinds.kappa"), found.Kappa.Value!.Value, 12);
        // kinds are drawn, not activities: 200 activities drawn one by one would give an interval of about ±.08
        Assert.True(found.Alpha.High - found.Alpha.Low > .4, $"{found.Alpha}");
        Assert.Equal(found, CodingAgreement.Of(Eight(), Settings));
        Assert.NotEqual(found.Alpha.Low, CodingAgreement.Of(Eight(), Settings, seed: 2).Alpha.Low);
        Assert.True(CodingAgreement.Of(Eight(), Settings with { ReliableCoding = .66 }).Reliable);
    }

    [Fact]
    public void A_third_coder_counts_where_he_coded_and_kappa_is_for_two()
    {
        var found = CodingAgreement.Of(Eight(i => i == 0 ? "1" : null), Settings);
        Assert.Equal(3, found.Coders);
        Assert.NotEqual(CodingAgreement.Of(Eight(), Settings).Alpha.Value, found.Alpha.Value);
        Assert.Contains("there are 3", found.Kappa.Why, StringComparison.Ordinal);
        // a coder of whom no activity is on record is none
        Assert.Equal(2, CodingAgreement.Of(Eight(_ => null), Settings).Coders);
    }

    [Fact]
    public void What_cannot_be_told_says_why()
    {
        static CodedKind Kind(int at, long rows, params string?[] ends) => new($"k{at}", rows, ends);
        string? Why(params CodedKind[] kinds) => CodingAgreement.Of(kinds, Settings) is { Reliable: null } r ? r.Alpha.Why : "told";
        Assert.Contains("one coder alone", Why(Kind(0, 500, "a")), StringComparison.Ordinal);
        Assert.Contains("no activity is of a kind that is coded", Why(Kind(0, 500, [null])), StringComparison.Ordinal);
        Assert.Contains("of 100 activities that are needed, 99", Why(Kind(0, 99, "a", "b"), Kind(1, 500, "a", null)), StringComparison.Ordinal);
        Assert.Equal("told", Why(Kind(0, 60, "a", "b"), Kind(1, 40, "a", "a")));
        Assert.Contains("same end", Why(Kind(0, 500, "a", "a")), StringComparison.Ordinal);
        Assert.Contains("2 kinds", CodingAgreement.Of([Kind(0, 60, "a", "b"), Kind(1, 40, "a", "a")], Settings).Alpha.Why, StringComparison.Ordinal);
        var agree = CodingAgreement.Of([.. Enumerable.Range(0, 8).Select(i => Kind(i, 50, $"{i % 3}", $"{i % 3}"))], Settings);
        Assert.Equal((1, null, true), (agree.Alpha.Value, agree.Alpha.Low, agree.Reliable));
        Assert.Contains("never differ", agree.Alpha.Why, StringComparison.Ordinal);
    }

    // two coders: 1 and 0 of 'cause', 0 and .8 of 'staff', 0 and .2 of 'funds'; bounds span both, and what one did not name it gave 0
    [Fact]
    public void Bounds_span_the_coders()
    {
        Ends Of(params KindEnd[] coding) => new(Usual.All, coding);
        var ends = Ends.Spanning([Of(new("meeting", "cause", 1, .9, 1), new("march", "cause", .1, .1, .1), new("march", "staff", .9, .9, .9)), Of(new("meeting", "staff", .8, .8, .9), new("meeting", "funds", .2, .1, .2))]);
        Assert.Equal([new KindEnd("meeting", "cause", .5, 0, 1), new("meeting", "funds", .1, 0, .2), new("meeting", "staff", .4, 0, .9)], ends.Of("meeting"));
        Assert.Equal([new KindEnd("march", "cause", .1, .1, .1), new("march", "staff", .9, .9, .9)], ends.Of("march"));
        Assert.Equal(["cause", "staff"], ends.Coders.Select(c => c.MainEnd("meeting")));
        Assert.Equal(["staff", null], ends.Coders.Select(c => c.MainEnd("march")));
        Assert.Equal("cause + staff", Of(new("a", "staff", .5, .5, .5), new("a", "cause", .5, .5, .5)).MainEnd("a"));
        Assert.Same(Usual, Assert.Single(Usual.Coders));
        // three times .1 makes .30000000000000004: the mean stays within what they gave
        var tenth = Of(new("a", "cause", .1, .1, .1), new("a", "staff", .9, .9, .9));
        Assert.Equal(.1, Ends.Spanning([tenth, tenth, tenth]).Of("a")[0].Weight);
    }

    private void Write(string table, string header, IEnumerable<string> rows) => File.WriteAllText(folder[$"{table}.csv"], header + "\n" + string.Join('\n', rows) + "\n");

    private (PurposeAnalysis Analysis, string Page, string Html, JsonElement Json) Read(IEnumerable<string> coding, int each = 20)
    {
        Write("organization", "organization_id,label", ["1,The Tenants"]);
        Write("end", "end_code,label,family", ["cause,The cause,mission", "staff,Staff,resource", "funds,Funds,resource"]);
        Write("kind_end", "kind_code,end_code,coder,weight,weight_min,weight_max", coding);
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source",
            Enumerable.Range(0, 8 * each).Select(i => $"{i},{new DateOnly(2010, 1, 4).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)},k{i % 8},2,logged"));
        using var source = BookSource.Open(folder.Root);
        var book = BookReader.Read(source, Usual, []);
        var analysis = new PurposeAnalysis(book.Data);
        using var output = new StringWriter();
        JsonOutput.Write(output, j => PurposeJson.Write(j, analysis));
        return (analysis, string.Join(' ', PurposePage.Of(analysis, "a book", 118, book).Select(l => l.Text)), PurposeReport.Of(analysis, "a book", "sub", [], book), JsonDocument.Parse(output.ToString()).RootElement.GetProperty("codingAgreement"));
    }

    private static IEnumerable<string> By(string coder, Func<int, string> end) => Enumerable.Range(0, 8).Select(k => $"k{k},{end(k)},{coder},1,1,1");

    private static string Third(int k) => k % 3 == 0 ? "cause" : k % 3 == 1 ? "staff" : "funds";

    // the two agree on k0..k3 and differ on k4..k7
    [Fact]
    public void Ends_not_reliably_coded_are_said_to_be()
    {
        var (analysis, page, html, json) = Read([.. By("ann", Third), .. By("bob", k => Third(k < 4 ? k : k + 1))]);
        Assert.Equal((2, 8, 160L, false), (analysis.Coding!.Coders, analysis.Coding.Kinds, analysis.Coding.Rows, analysis.Coding.Reliable));
        Assert.All(new[] { page, html }, text => Assert.Contains("ends not reliably coded, since alpha is below 0.67", text, StringComparison.Ordinal));
        Assert.Contains("2 coders, 160 activities of 8 kinds", html, StringComparison.Ordinal);
        Assert.False(json.GetProperty("reliable").GetBoolean());
        Assert.Equal(analysis.Coding.Alpha.Value!.Value, json.GetProperty("alpha").GetProperty("value").GetDouble(), 5);
        Assert.Equal(analysis.Coding.Kappa.High!.Value, json.GetProperty("kappa").GetProperty("high").GetDouble(), 5);
        // k0 and k3 are the cause's by both: 2 of 8; k6 by the one and k5 by the other: up to 4, and 3 in the mean
        var cause = analysis.Effort!.Single(e => e.End.Code == "cause");
        Assert.Equal((.25, .375, .5), (cause.Low, cause.Share, cause.High));
        // who coded is nobody's business
        Assert.All(new[] { page, html, json.ToString() }, text => Assert.DoesNotMatch(@"\bann\b|\bbob\b", text));
    }

    [Fact]
    public void Coders_who_agree_are_said_to()
    {
        var (_, page, html, json) = Read([.. By("ann", Third), .. By("bob", Third)]);
        Assert.All(new[] { page, html }, text => Assert.Contains("Coding: 2 coders, 160 activities of 8 kinds: Krippendorff", text, StringComparison.Ordinal));
        Assert.DoesNotContain("not reliably", page, StringComparison.Ordinal);
        Assert.True(json.GetProperty("reliable").GetBoolean());
    }

    [Fact]
    public void Where_it_cannot_be_told_the_reason_is_in_the_fold_and_the_notes()
    {
        var (_, page, html, json) = Read(By("ann", Third));
        Assert.Contains("cannot be told: one coder alone", page[page.IndexOf("The records", StringComparison.Ordinal)..], StringComparison.Ordinal);
        var fold = html.IndexOf("Figures, tests and codes", StringComparison.Ordinal);
        Assert.InRange(html.IndexOf("cannot be told: one coder alone", StringComparison.Ordinal), fold, html.IndexOf("</details>", fold, StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("reliable").ValueKind);
        Assert.Contains("one coder alone", json.GetProperty("alpha").GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("of 100 activities that are needed, 96", Read([.. By("ann", Third), .. By("bob", Third)], each: 12).Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_coder_s_weights_sum_to_1() =>
        Assert.Contains("its weights sum to 0.9", Assert.Throws<BookException>(() => Read([.. By("ann", Third), "k0,cause,bob,0.9,0.9,0.9", "k0,staff,cay,1,1,1"])).Message, StringComparison.Ordinal);
}
