using CsCheck;
using LibGit2Sharp;
using Posiwid.Records.Import;

namespace Posiwid.Tests.Records.Import;

public class TreeDifferenceTests
{
    private static readonly string[] Names = ["a", "ab", "a.b", "a-b", "é", "b"];

    private static readonly Mode[] Modes = [Mode.NonExecutableFile, Mode.ExecutableFile, Mode.SymbolicLink, Mode.GitLink];

    /// <summary>Two trees of paths of one to three parts, so that files become folders and names stand before and after their folders' in git's order: the paths are those of git's own comparison.</summary>
    [Fact]
    public void Paths_are_those_of_the_comparison_by_git()
    {
        using var folder = new TemporaryFolder();
        Repository.Init(folder["r"], isBare: true);
        using var repository = new Repository(folder["r"]);
        Blob[] blobs = [.. Enumerable.Range(0, 3).Select(i => repository.ObjectDatabase.CreateBlob(new MemoryStream([(byte)i])))];
        var module = new ObjectId("0123456789012345678901234567890123456789");
        using var difference = new TreeDifference(folder["r"]);
        var file = Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]).Array[1, 3], Gen.Int[0, 2], Gen.Int[0, Modes.Length - 1].Select(i => Modes[i]));
        Gen.Select(file.Array[0, 12], file.Array[0, 12]).Sample(both =>
        {
            var (before, after) = (Tree([.. both.Item1]), Tree([.. both.Item1.Take(6), .. both.Item2]));
            var expected = repository.Diff.Compare<TreeChanges>(before, after, new CompareOptions { Similarity = SimilarityOptions.None });
            Assert.Equal(expected.Select(c => c.Path).Distinct().Order(StringComparer.Ordinal), difference.Paths(before.Id, after.Id).Distinct().Order(StringComparer.Ordinal));
            foreach (var path in expected.Select(c => c.Path))
                Assert.Equal(after[path] is { Mode: not Mode.Directory } there ? there.Target.Id : null, difference.Find(after.Id, path));
        }, iter: 300, threads: 1);

        Tree Tree((string[] Parts, int Blob, Mode Mode)[] files)
        {
            var definition = new TreeDefinition();
            foreach (var (parts, blob, mode) in files)
            {
                // what was a file gives way to the folder
                for (var i = 1; i < parts.Length; i++)
                    if (definition[string.Join('/', parts[..i])] is { Mode: not Mode.Directory })
                        definition.Remove(string.Join('/', parts[..i]));
                if (mode == Mode.GitLink)
                    definition.AddGitLink(string.Join('/', parts), module);
                else
                    definition.Add(string.Join('/', parts), blobs[blob], mode);
            }

            return repository.ObjectDatabase.CreateTree(definition);
        }
    }

    /// <summary>b before a, as no git of today writes it: the order does not matter.</summary>
    [Fact]
    public void A_tree_in_another_order_is_read_all_the_same()
    {
        using var folder = new TemporaryFolder();
        Repository.Init(folder["r"], isBare: true);
        byte[] one = [.. Enumerable.Repeat((byte)1, 20)], two = [.. Enumerable.Repeat((byte)2, 20)];
        byte[] Entry(string name, byte[] id) => [.. "100644 "u8, .. System.Text.Encoding.UTF8.GetBytes(name), 0, .. id];
        var sorted = Stored("bfadc3e5017a066c28130f6594dc913e338ec382", [.. Entry("a", one), .. Entry("b", one)]);
        var reversed = Stored("74d5a915d4840064209021469341776a3ff9ed34", [.. Entry("b", one), .. Entry("a", two)]);
        using var difference = new TreeDifference(folder["r"]);
        Assert.Equal(["a"], difference.Paths(sorted, reversed));
        Assert.Throws<NotFoundException>(() => difference.Paths(sorted, new ObjectId(one)));

        // the name is the SHA-1 of all of it
        ObjectId Stored(string id, byte[] tree)
        {
            byte[] all = [.. System.Text.Encoding.ASCII.GetBytes($"tree {tree.Length}"), 0, .. tree];
            Directory.CreateDirectory(folder[$"r/objects/{id[..2]}"]);
            using var file = File.Create(folder[$"r/objects/{id[..2]}/{id[2..]}"]);
            using var packed = new System.IO.Compression.ZLibStream(file, System.IO.Compression.CompressionLevel.Fastest);
            packed.Write(all);
            return new ObjectId(id);
        }
    }
}
