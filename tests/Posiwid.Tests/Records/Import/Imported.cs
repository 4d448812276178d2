using System.Text;
using Posiwid.Records;
using Posiwid.Records.Import;

namespace Posiwid.Tests.Records.Import;

/// <summary>Imports small files in a folder of their own.</summary>
internal sealed class Imported : IDisposable
{
    public static readonly Pseudonyms Names = Pseudonyms.With("a secret of the tests, 32 bytes."u8);

    private static readonly (string, string, string)[] Ends = [("cause", "the stated cause", "mission"), ("recruiting", "new members and size", "recruit")];

    private readonly TemporaryFolder folder = new();

    public Imported(params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(Folder);
        foreach (var (name, text) in files)
            Write(name, Encoding.UTF8.GetBytes(text));
    }

    public string Folder => Path.Combine(folder.Root, "files");

    public string Output => Path.Combine(folder.Root, "book.duckdb");

    public void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    public ImportReport Run(Mapping mapping, bool strict = false) => Until(mapping, CancellationToken.None, strict);

    public ImportReport Until(Mapping mapping, CancellationToken interrupted, bool strict = false)
    {
        var problems = new List<string>();
        MappingRules.Check(mapping, Folder, (path, message) => problems.Add($"{path}: {message}"));
        Assert.Empty(problems);
        var report = Importer.Run(Folder, mapping, Output, Names, new ImportSettings { Today = new DateOnly(2025, 1, 1), Strict = strict, Ends = Ends }, interrupted: interrupted);
        Assert.Equal(report.Read, report.Kept + report.RefusedCount);
        return report;
    }

    public ImportReport Run(params MappedSource[] sources) => Run(new Mapping { Organization = "Test union", Sources = sources });

    public Book Book() => BookFile.Open(Output);

    public void Dispose() => folder.Dispose();

    public static MappedSource Source(string file, string holds, params string[] columns) =>
        new() { File = file, Holds = holds, Columns = columns.Select(c => c.Split('=')).ToDictionary(c => c[0], c => c[^1]) };
}
