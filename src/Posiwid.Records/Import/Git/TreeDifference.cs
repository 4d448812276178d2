using System.Runtime.InteropServices;
using System.Text;
using LibGit2Sharp;

namespace Posiwid.Records.Import;

/// <summary>
/// Paths that differ between two trees of a repository. Folders that are the same in both are not gone into, and no file is read: only names and hashes are compared.
/// Folders that were looked at last are kept in memory: the next commit's differ from them in a few.
/// </summary>
internal sealed class TreeDifference(string path) : IDisposable
{
    private const int MostKept = 512;

    private readonly TreeObjects trees = new(path);

    // those that were asked for since the last change, and those of before
    private Dictionary<Id, byte[]> kept = [], older = [];

    /// <summary>The paths.</summary>
    /// <param name="before">The tree before; null for an empty one.</param>
    /// <param name="after">The tree after.</param>
    public List<string> Paths(ObjectId? before, ObjectId after)
    {
        var paths = new List<string>();
        if (before != after)
            Compare(before is null ? [] : Tree(before.RawId), Tree(after.RawId), "", paths);
        return paths;
    }

    /// <summary>The file at a path; null if there is none.</summary>
    public ObjectId? Find(ObjectId tree, string path)
    {
        var (folder, parts) = (Tree(tree.RawId), path.Split('/'));
        for (var i = 0; ; i++)
        {
            var last = i == parts.Length - 1;
            if (Find(folder, Encoding.UTF8.GetBytes(parts[i]), !last) is not { } found)
                return null;
            if (last)
                return new ObjectId(found);
            folder = Tree(found);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => trees.Dispose();

    private static byte[]? Find(byte[] tree, ReadOnlySpan<byte> name, bool folder)
    {
        for (var at = 0; at < tree.Length;)
        {
            var entry = TreeObjects.At(tree, at);
            if (entry.IsFolder == folder && entry.Name.SequenceEqual(name))
                return entry.Id.ToArray();
            at = entry.Next;
        }

        return null;
    }

    private void Compare(ReadOnlySpan<byte> old, ReadOnlySpan<byte> now, string folder, List<string> paths)
    {
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i == old.Length)
                j = Differs(TreeObjects.At(now, j), true, folder, paths);
            else if (j == now.Length)
                i = Differs(TreeObjects.At(old, i), false, folder, paths);
            else
            {
                var was = TreeObjects.At(old, i);
                var entry = TreeObjects.At(now, j);
                if (old[i..was.Next].SequenceEqual(now[j..entry.Next]))
                {
                    (i, j) = (was.Next, entry.Next);
                    continue;
                }

                var order = TreeObjects.Compare(was, entry);
                if (order < 0)
                    i = Differs(was, false, folder, paths);
                else if (order > 0)
                    j = Differs(entry, true, folder, paths);
                else
                {
                    (i, j) = (was.Next, entry.Next);
                    if (was.Id.SequenceEqual(entry.Id) && was.Mode == entry.Mode)
                        continue;
                    var path = folder + Encoding.UTF8.GetString(entry.Name);
                    if (was.IsFolder)
                        Compare(Tree(was.Id), Tree(entry.Id), path + "/", paths);
                    else
                        paths.Add(path);
                }
            }
        }
    }

    /// <summary>An entry that is in one of the trees only.</summary>
    private int Differs(TreeObjects.Entry entry, bool isNew, string folder, List<string> paths)
    {
        var path = folder + Encoding.UTF8.GetString(entry.Name);
        if (!entry.IsFolder)
            paths.Add(path);
        else if (isNew)
            Compare([], Tree(entry.Id), path + "/", paths);
        else
            Compare(Tree(entry.Id), [], path + "/", paths);
        return entry.Next;
    }

    private byte[] Tree(ReadOnlySpan<byte> id)
    {
        var key = MemoryMarshal.Read<Id>(id);
        if (kept.TryGetValue(key, out var tree))
            return tree;
        if (!older.TryGetValue(key, out tree))
            tree = trees.Read(id);
        if (kept.Count == MostKept)
            (kept, older) = ([], kept);
        return kept[key] = tree;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Id(ulong A, ulong B, uint C);
}
