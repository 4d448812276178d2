using System.Runtime.InteropServices;
using LibGit2Sharp;

namespace Posiwid.Records.Import;

/// <summary>
/// The trees of a repository as git stores them: an entry after the other, each a mode in octal digits, a space, a name, a zero, and the 20 bytes of what it names. LibGit2Sharp makes
/// several objects of each entry; comparing millions of trees needs none. One thread at a time.
/// </summary>
internal sealed partial class TreeObjects : IDisposable
{
    // LibGit2Sharp brings the library, and carries its version in its name; a newer package has another
    private const string Git = "git2-5853918";

    private const int TreeType = 2;

    /// <summary>Bytes of a name of an object.</summary>
    public const int IdBytes = 20;

    private readonly nint repository, database;

    /// <summary>Opens a repository that LibGit2Sharp can open.</summary>
    public TreeObjects(string path)
    {
        if (RepositoryOpen(out repository, path) != 0 || RepositoryDatabase(out database, repository) != 0)
        {
            Dispose();
            throw new LibGit2SharpException($"{path} cannot be opened");
        }
    }

    /// <summary>The bytes of a tree, its entries in the order of their names.</summary>
    /// <exception cref="LibGit2SharpException">It is missing, or no tree.</exception>
    public byte[] Read(ReadOnlySpan<byte> id)
    {
        if (DatabaseRead(out var found, database, id) != 0)
            throw new NotFoundException($"the tree {Convert.ToHexStringLower(id)} is missing or damaged");
        try
        {
            var bytes = new byte[checked((int)ObjectSize(found))];
            Marshal.Copy(ObjectData(found), bytes, 0, bytes.Length);
            return ObjectType(found) == TreeType ? InOrder(bytes) : throw new LibGit2SharpException($"{Convert.ToHexStringLower(id)} is no tree");
        }
        finally
        {
            ObjectFree(found);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DatabaseFree(database);
        RepositoryFree(repository);
    }

    /// <summary>The entry that begins at a place.</summary>
    /// <exception cref="LibGit2SharpException">There is none.</exception>
    public static Entry At(ReadOnlySpan<byte> tree, int at)
    {
        var rest = tree[at..];
        var (space, zero) = (rest.IndexOf((byte)' '), rest.IndexOf((byte)0));
        if (space < 0 || zero < space || rest.Length < zero + 1 + IdBytes)
            throw new LibGit2SharpException("a tree is damaged");
        return new(rest[..space], rest[(space + 1)..zero], rest.Slice(zero + 1, IdBytes), at + zero + 1 + IdBytes);
    }

    /// <summary>The order of names in a tree: a folder's as if it ended in a slash.</summary>
    public static int Compare(Entry a, Entry b)
    {
        var common = Math.Min(a.Name.Length, b.Name.Length);
        if (a.Name[..common].SequenceCompareTo(b.Name[..common]) is not 0 and var order)
            return order;
        return After(a, common) - After(b, common);
        static int After(Entry entry, int at) => at < entry.Name.Length ? entry.Name[at] : entry.IsFolder ? '/' : 0;
    }

    /// <summary>Some programs of old wrote trees in another order.</summary>
    private static byte[] InOrder(byte[] tree)
    {
        var (sorted, starts) = (true, new List<int>());
        for (var at = 0; at < tree.Length; at = At(tree, at).Next)
        {
            sorted &= starts.Count == 0 || Compare(At(tree, starts[^1]), At(tree, at)) < 0;
            starts.Add(at);
        }

        if (sorted)
            return tree;
        starts.Sort((a, b) => Compare(At(tree, a), At(tree, b)));
        return [.. starts.SelectMany(at => tree[at..At(tree, at).Next])];
    }

    /// <summary>An entry of a tree.</summary>
    internal readonly ref struct Entry(ReadOnlySpan<byte> mode, ReadOnlySpan<byte> name, ReadOnlySpan<byte> id, int next)
    {
        private const int Type = 0xF000, Folder = 0x4000, Link = 0xA000, Module = 0xE000, Runs = 0x40;

        private readonly ReadOnlySpan<byte> mode = mode;

        /// <summary>What it is, as git tells them apart: of permissions, only whether it can be run.</summary>
        public int Mode => (Bits & Type) switch
        {
            Folder => Folder,
            Link => Link,
            Module => Module,
            _ => Bits & Runs,
        };

        public bool IsFolder => (Bits & Type) == Folder;

        private int Bits
        {
            get
            {
                var bits = 0;
                foreach (var digit in mode)
                    bits = (bits << 3) | (digit - '0');
                return bits;
            }
        }

        public ReadOnlySpan<byte> Name { get; } = name;

        public ReadOnlySpan<byte> Id { get; } = id;

        /// <summary>Where the next one begins.</summary>
        public int Next { get; } = next;
    }

    [LibraryImport(Git, EntryPoint = "git_repository_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RepositoryOpen(out nint repository, string path);

    [LibraryImport(Git, EntryPoint = "git_repository_odb")]
    private static partial int RepositoryDatabase(out nint database, nint repository);

    [LibraryImport(Git, EntryPoint = "git_repository_free")]
    private static partial void RepositoryFree(nint repository);

    [LibraryImport(Git, EntryPoint = "git_odb_free")]
    private static partial void DatabaseFree(nint database);

    [LibraryImport(Git, EntryPoint = "git_odb_read")]
    private static partial int DatabaseRead(out nint found, nint database, ReadOnlySpan<byte> id);

    [LibraryImport(Git, EntryPoint = "git_odb_object_data")]
    private static partial nint ObjectData(nint found);

    [LibraryImport(Git, EntryPoint = "git_odb_object_size")]
    private static partial nuint ObjectSize(nint found);

    [LibraryImport(Git, EntryPoint = "git_odb_object_type")]
    private static partial int ObjectType(nint found);

    [LibraryImport(Git, EntryPoint = "git_odb_object_free")]
    private static partial void ObjectFree(nint found);
}
