using Posiwid.App.Commands;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

public class WatchTests
{
    [Fact]
    public void A_folder_has_changed_if_a_byte_of_a_file_has_and_only_then()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["hours.csv"], "Date,Kind\n2024-01-01,meeting\n");
        var manner = new ImportCommand.Manner(null, null, null, false, false, new Coding(null), null);
        var first = WatchCommand.Fingerprint(folder.Root, manner);
        File.SetLastWriteTimeUtc(folder["hours.csv"], DateTime.UnixEpoch);
        Assert.Equal(first, WatchCommand.Fingerprint(folder.Root, manner));
        File.WriteAllText(folder["mapping.yaml"], "organization: x\n");
        var mapped = WatchCommand.Fingerprint(folder.Root, manner);
        File.AppendAllText(folder["hours.csv"], "2024-01-02,meeting\n");
        Assert.Equal(3, new[] { first, mapped, WatchCommand.Fingerprint(folder.Root, manner) }.Distinct().Count());
    }

    [Fact]
    public void Looking_twice_is_the_same_as_looking_once()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["f"]);
        File.WriteAllText(Path.Combine(folder["f"], "hours.csv"), "Date,Kind,Hours\n2024-01-01,meeting,2\n2024-13-01,meeting,2\n");
        File.WriteAllText(Path.Combine(folder["f"], "mapping.yaml"), "organization: x\nsources:\n  - file: hours.csv\n    holds: activity\n    columns: {date: Date, kind: Kind, hours: Hours}\n");
        PosiwidProcess Run(params string[] more) => PosiwidProcess.Run(folder.Root, ["watch", "f", "--once", "--secret", "key", "--out", "b.duckdb", .. more]);
        var first = Run();
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("Rows: 2 read = 1 kept + 1 refused.", first.Out, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(folder["b.duckdb"]);
        Assert.Contains("\"changed\": false", Run("--format", "json").Out, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(folder["b.duckdb"]));
    }

    [Fact]
    public void A_mapping_is_read_as_strictly_as_a_scenario()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["f"]);
        File.WriteAllText(Path.Combine(folder["f"], "hours.csv"), "Date,Kind,Hours\n2024-01-01,meeting,2\n");
        File.WriteAllText(Path.Combine(folder["f"], "mapping.yaml"), "organization: x\nsources:\n  - file: hours.csv\n    holds: activity\n    columns: {date: Day, kind: Kind, hour: Hours}\n    wrds: {}\n");
        var run = PosiwidProcess.Run(folder.Root, "import", "f", "--secret", "key", "--out", "b.duckdb");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("f/mapping.yaml:6:5: sources[0].wrds: unknown key 'wrds'; did you mean 'words'?", run.Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder["f"], "mapping.yaml"), File.ReadAllText(Path.Combine(folder["f"], "mapping.yaml")).Replace("    wrds: {}\n", "", StringComparison.Ordinal));
        run = PosiwidProcess.Run(folder.Root, "import", "f", "--secret", "key", "--out", "b.duckdb");
        Assert.Contains("f/mapping.yaml:5:21: sources[0].columns.date: hours.csv has no column 'Day'; it has Date, Kind, Hours", run.Error, StringComparison.Ordinal);
        Assert.Contains("sources[0].columns.hour: a row of activity has no 'hour'", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["b.duckdb"]));
    }
}
