using Posiwid.App.Commands;
using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Records;
using Posiwid.Records.Import;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.Examples;

/// <summary>The spreadsheets with faults give what the example's page says.</summary>
public class SmallUnionTests
{
    private static readonly string Folder = Repository.PathOf("examples/small-union");

    private static (ImportReport Report, string Book) Import(TemporaryFolder output)
    {
        var ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));
        var mapping = StrictFile.Read<Mapping>(Path.Combine(Folder, "mapping.yaml"), (m, note) => MappingRules.Check(m, Folder, note));
        return (Importer.Run(Folder, mapping, output["book.duckdb"], Tests.Records.Import.Imported.Names, new ImportSettings
        {
            Today = new DateOnly(2025, 12, 31),
            Ends = [.. ends.All.Select(e => (e.Code, e.Label, e.Family))],
            KnownCodes = ends.Kinds,
        }, interrupted: TestContext.Current.CancellationToken), output["book.duckdb"]);
    }

    [Fact]
    public void Every_fault_is_found_where_it_was_put()
    {
        using var output = new TemporaryFolder();
        var (report, _) = Import(output);
        var page = Repository.Text("examples/small-union/README.md");
        Assert.Contains($"Rows: {report.Read} read = {report.Kept} kept + {report.RefusedCount} refused.", page, StringComparison.Ordinal);
        Assert.All(report.Reasons, r => Assert.Contains($"{r.File}: {r.Rows} {(r.Rows == 1 ? "row" : "rows")}: {r.Why} (line ", page, StringComparison.Ordinal));
        Assert.All(report.Notes, n => Assert.Contains("Note: " + n, page, StringComparison.Ordinal));
        Assert.Equal([21, 41, 61, 81, 101, 141, 161], report.Refused.Where(r => r.File == "hours.csv").Select(r => (int)r.Line));
    }

    [Fact]
    public void What_decided_the_motions_is_found()
    {
        using var output = new TemporaryFolder();
        var (_, path) = Import(output);
        using var book = BookSource.Open(path);
        var coding = new Coding(Path.Combine(Folder, "coding"));
        var evidence = BookReader.Read(book, coding.Ends(), coding.Attributes());
        var analysis = new PurposeAnalysis(evidence.Data);
        var picked = analysis.Choices.Single(c => c.Kind == "campaign");
        Assert.NotNull(picked.Attributes);
        Assert.Equal("new_members_expected", picked.Attributes.MaxBy(w => Math.Abs(w.Weight.Value ?? 0))!.Code);
        // the attribute by lot: silent, and its interval says so too
        var control = picked.Of(Posiwid.Purpose.Lines.RevealedPreference.Control)!;
        Assert.True(control.PValue >= 0.05 && control.Weight.Low <= 0 && control.Weight.High >= 0, $"{control}");
        // and the example's page quotes what is said of all of it
        static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var said = Flat(string.Join('\n', PurposePage.Of(analysis, "x", 110, evidence).Select(l => l.Text)));
        var quoted = Repository.Text("examples/small-union/README.md").ReplaceLineEndings("\n").Split("```")[5]["text".Length..];
        Assert.All(quoted.Split("\n\n"), part => Assert.Contains(Flat(part), said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_book_is_read_once_with_ends_and_attributes()
    {
        using var output = new TemporaryFolder();
        using var book = BookSource.Open(Import(output).Book);
        var coding = new Coding(Path.Combine(Folder, "coding"));
        Assert.Throws<ArgumentNullException>(() => BookReader.Read(book, null!, []));
        Assert.Throws<ArgumentNullException>(() => BookReader.Read(book, coding.Ends(), null!));
        BookReader.Read(book, coding.Ends(), coding.Attributes());
        Assert.Contains("open it anew", Assert.Throws<InvalidOperationException>(() => BookReader.Read(book, coding.Ends(), coding.Attributes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suggestion_finds_every_table_and_reads_as_it_was_written()
    {
        using var output = new TemporaryFolder();
        var (mapping, unknown) = Suggestion.Of(Folder, "x", ["contacting", "meeting", "study", "strike_support", "mutual_aid", "administration", "fundraising"]);
        Assert.Empty(unknown);
        Assert.Equal(["decision", "aim", "activity", "member", "payment"], mapping.Sources.Select(s => s.Holds));
        File.WriteAllText(output["m.yaml"], MappingText.Of(mapping, unknown));
        var read = StrictFile.Read<Mapping>(output["m.yaml"], (m, note) => MappingRules.Check(m, Folder, note));
        Assert.Equal(MappingText.Of(mapping, []), MappingText.Of(read, []));
    }
}
