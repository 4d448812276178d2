using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Posiwid.Records;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

/// <summary><c>posiwid import</c> as a person runs it.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PosiwidProcess Posiwid(params string[] args)
    {
        var run = PosiwidProcess.Run(folder.Root, [.. args, "--quiet"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    /// <summary>A process that is killed in the middle leaves no chance to tidy up: the old book must be whole all the same, and the next import tidies up.</summary>
    [Fact]
    public void An_import_that_is_killed_leaves_the_old_book_whole()
    {
        Directory.CreateDirectory(folder["f"]);
        File.WriteAllText(folder["f/mapping.yaml"], "organization: x\nsources:\n  - file: h.csv\n    holds: activity\n    columns: {date: Date, kind: Kind, hours: Hours, person: Who}\n");
        File.WriteAllText(folder["f/h.csv"], "Date,Kind,Hours,Who\n2024-01-01,meeting,2,a\n");
        string[] import = ["import", "f", "--secret", "key", "--out", "b.duckdb"];
        Posiwid(import);
        var before = File.ReadAllBytes(folder["b.duckdb"]);
        var rows = new StringBuilder("Date,Kind,Hours,Who\n");
        for (var i = 0; i < 400_000; i++)
            rows.Append("2024-01-").Append(10 + (i % 20)).Append(",meeting,1,p").Append(i % 5000).Append('\n');
        File.WriteAllText(folder["f/h.csv"], rows.ToString());
        using (var process = PosiwidProcess.Start(folder.Root, import))
        {
            // rows are being read once some wait beside the book
            var (clock, seen) = (Stopwatch.StartNew(), false);
            while (!process.HasExited && !seen && clock.Elapsed < TimeSpan.FromMinutes(1))
            {
                seen = Directory.EnumerateFiles(folder.Root, ".b.duckdb.*.rows").Any(f => new FileInfo(f) is { Exists: true, Length: > 1 << 14 });
                Thread.Sleep(1);
            }

            Assert.True(seen);
            process.Kill();
            process.WaitForExit();
            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.Equal(before, File.ReadAllBytes(folder["b.duckdb"]));
        Assert.Equal(1, BookFile.Open(folder["b.duckdb"]).Activities.Count);
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(folder.Root, ".b.duckdb.*"));
        Posiwid(import);
        Assert.Equal(400_000, BookFile.Open(folder["b.duckdb"]).Activities.Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root, ".b.duckdb.*"));
    }

    /// <summary>A folder with a mapping and one row of hours.</summary>
    private void WriteHours()
    {
        Directory.CreateDirectory(folder["f"]);
        File.WriteAllText(folder["f/mapping.yaml"], "organization: x\nsources:\n  - file: h.csv\n    holds: activity\n    columns: {date: Date, kind: Kind, hours: Hours}\n");
        File.WriteAllText(folder["f/h.csv"], "Date,Kind,Hours\n2024-01-01,meeting,2\n");
    }

    [Theory]
    [InlineData("import")]
    [InlineData("watch", "--once")]
    public void The_users_own_records_are_not_replaced_by_a_book(params string[] command)
    {
        WriteHours();
        string[] args = [command[0], "f", .. command[1..], "--secret", "key", "--quiet", "--out"];
        var run = PosiwidProcess.Run(folder.Root, [.. args, Path.Combine("f", "h.csv")]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Equal($"{Path.Combine("f", "h.csv")} is not a book: it is no DuckDB file; it was left as it is, name another file to write.", run.Error.Trim());
        Assert.Equal("Date,Kind,Hours\n2024-01-01,meeting,2\n", File.ReadAllText(folder["f/h.csv"]));
        Assert.Equal(["h.csv", "mapping.yaml"], Directory.GetFileSystemEntries(folder["f"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        // a book may be replaced
        Posiwid([.. args, "b.duckdb"]);
        Posiwid([.. args, "b.duckdb"]);
    }

    [Fact]
    public void What_is_to_be_typed_next_can_be_copied_whatever_the_folder_is_called()
    {
        Directory.CreateDirectory(folder["my files"]);
        File.WriteAllText(folder["my files/hours.csv"], "Date,Kind,Hours\n");
        Assert.EndsWith("then: posiwid import \"my files\"", Posiwid("import", "my files", "--suggest").Out.Trim(), StringComparison.Ordinal);
        var empty = Posiwid("import", "my files", "--secret", "key").Out;
        Assert.Contains("In the book: nothing.", empty, StringComparison.Ordinal);
        Assert.Contains("Next: posiwid purpose \"out/my files/book.duckdb\"", empty.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_nobody_knows_is_refused_with_where_to_say_what_it_means()
    {
        Directory.CreateDirectory(folder["f"]);
        File.WriteAllText(folder["f/members.csv"], "Member no,Joined,Left,Reason\n1,2020-01-01,2021-01-01,Umzug\n");
        File.WriteAllText(folder["f/mapping.yaml"], "organization: x\nsources:\n  - file: members.csv\n    holds: member\n    columns: {person: Member no, start: Joined, end: Left, reason: Reason}\n");
        Assert.Contains("the column 'Reason' is none of resigned, lapsed, expelled, transferred, died, dissolved, unknown; what your words mean can stand under 'words.reason' (line 2)", Posiwid("import", "f", "--secret", "key").Out, StringComparison.Ordinal);
    }

    // the mapping reads goals.csv, and it is named once more
    [Fact]
    public void Aims_that_are_given_twice_are_read_once()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("examples/small-union")))
            File.Copy(file, folder[Path.GetFileName(file)]);
        var plain = Posiwid("import", ".", "--secret", "key", "--out", "a.duckdb", "--format", "json").Json;
        var twice = Posiwid("import", ".", "--secret", "key", "--out", "b.duckdb", "--says", "goals.csv", "--format", "json").Json;
        Assert.Equal(12, plain.GetProperty("refusedCount").GetInt32());
        Assert.All(new[] { "read", "kept", "refusedCount" }, k => Assert.Equal(plain.GetProperty(k).GetInt32(), twice.GetProperty(k).GetInt32()));
    }

    [Theory]
    [InlineData("f is a folder, not a file with a secret.", "import", "f", "--secret", "f")]
    [InlineData("note is a file, not a folder.", "import", "f", "--secret", "note/key")]
    [InlineData("note is a file, not a folder.", "template", "note")]
    [InlineData("note is a file, not a folder.", "template", "note/t")]
    [InlineData("note is a file, not a folder.", "import", "f", "--secret", "key", "--out", "note/b.duckdb")]
    [InlineData("sources[0].file: h.csv is empty", "import", "none", "--secret", "key")]
    [InlineData("sources[0].file: h.csv has no headings in line 1", "import", "blank", "--secret", "key")]
    [InlineData("membership.csv is empty; its first line holds the names of its columns.", "import", "tables", "--secret", "key")]
    [InlineData("membership.csv is empty; its first line holds the names of its columns.", "purpose", "tables")]
    public void What_is_no_file_no_folder_or_empty_is_said_so(string says, params string[] args)
    {
        WriteHours();
        File.WriteAllText(folder["note"], "mine");
        foreach (var (name, text) in new[] { ("none", ""), ("blank", "\n") })
        {
            Directory.CreateDirectory(folder[name]);
            File.Copy(folder["f/mapping.yaml"], folder[name + "/mapping.yaml"]);
            File.WriteAllText(folder[name + "/h.csv"], text);
        }

        Directory.CreateDirectory(folder["tables"]);
        File.WriteAllText(folder["tables/membership.csv"], "");
        File.WriteAllText(folder["tables/organization.csv"], "organization_id,label\n1,x\n");
        var run = PosiwidProcess.Run(folder.Root, [.. args, "--quiet"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.EndsWith(says, run.Error.Trim(), StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    /// <summary>The book of a simulated ISO goes out, comes in by the door of real records, and the profile is the same to the last digit.</summary>
    [Theory]
    [InlineData("csv")]
    [InlineData("ocel-json")]
    [InlineData("ocel-sqlite")]
    public void A_simulated_book_that_comes_in_as_records_has_the_profile_that_it_had(string form)
    {
        var scenario = File.ReadAllText(Repository.PathOf("scenarios/iso.yaml"));
        File.WriteAllText(folder["short.yaml"], Regex.Replace(Regex.Replace(scenario, "(?m)^end: .*$", "end: 1979-12-31"), @"founded: \S+", "founded: 1979-01-01"));
        Posiwid("run", "short.yaml", "--runs", "1", "--out", "run");
        Directory.CreateDirectory(folder["before"]);
        Directory.CreateDirectory(folder["after"]);
        File.Copy(folder["run/book.duckdb"], folder["before/iso.duckdb"]);
        var log = form switch { "csv" => "rows", "ocel-json" => "log.json", _ => "log.sqlite" };
        Posiwid("export", "before/iso.duckdb", "--to", form, "--out", log);
        Posiwid("import", log, "--secret", "key", "--out", "after/iso.duckdb");
        string Profile(string of) => Posiwid("purpose", of + "/iso.duckdb", "--format", "json", "--out", "page-" + of).Out;
        Assert.Equal(Profile("before"), Profile("after"));
        Assert.Contains("\"effort\"", Profile("after"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(folder["page-before/purpose.html"]), File.ReadAllText(folder["page-after/purpose.html"]));
    }
}
