using Posiwid.Records;

namespace Posiwid.Tests.Records;

public class AsideTests
{
    [Fact]
    public void What_a_living_writer_has_stays_and_what_a_dead_one_left_goes()
    {
        using var folder = new TemporaryFolder();
        // dead: its lock is held by nobody
        foreach (var name in new[] { ".b.aaaaaaaa.aaa", ".b.aaaaaaaa.aaa.lock", ".b.aaaaaaaa.aaa.rows", ".b.aaaaaaaa.aaa.rows.wal" })
            File.WriteAllText(folder[name], "x");
        Directory.CreateDirectory(folder[".b.aaaaaaaa.aaa.tmp/deep"]);
        // without a lock, or of another file: nobody knows
        string[] others = [".b.bbbbbbbb.bbb", ".b.rows.cccccccc.ccc.lock", ".c.dddddddd.ddd", ".c.dddddddd.ddd.lock", "b.lock", ".b.mine.lock"];
        foreach (var name in others)
            File.WriteAllText(folder[name], "x");
        Aside.WriteFile(folder["b"], aside =>
        {
            File.WriteAllText(aside, "whole");
            File.WriteAllText(aside + ".rows", "x");
            Aside.RemoveDead(folder["b"]);
            Assert.True(File.Exists(aside) && File.Exists(aside + ".lock") && File.Exists(aside + ".rows"));
            File.Delete(aside + ".rows");
        });
        Assert.Equal("whole", File.ReadAllText(folder["b"]));
        Assert.Equal([.. others.Append("b").Order(StringComparer.Ordinal)], Directory.EnumerateFileSystemEntries(folder.Root).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_was_taken_away_and_not_replaced_comes_back()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[".b.aaaaaaaa.aaa.lock"], "");
        foreach (var (name, text) in new[] { (".b.aaaaaaaa.aaa", "new"), (".b.aaaaaaaa.aaa.old", "old") })
        {
            Directory.CreateDirectory(folder[name]);
            File.WriteAllText(folder[name + "/t.csv"], text);
        }

        Aside.RemoveDead(folder["b"]);
        Assert.Equal("old", File.ReadAllText(folder["b/t.csv"]));
        Assert.Equal(["b"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void Writing_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["b"], "old");
        Assert.Throws<InvalidOperationException>(() => Aside.WriteFile(folder["b"], aside =>
        {
            File.WriteAllText(aside, "half");
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["b"]));
        Assert.Equal(["b"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }
}
