using LibGit2Sharp;

namespace Posiwid.Records.Import;

/// <summary>
/// Paths that differ between two trees of a repository. Folders that are the same in both are not gone into, and no file is read: only names and hashes are compared.
/// Folders that were looked at last are kept in memory: the next commit's differ from them in a few.
/// </summary>
internal sealed class TreeDifference(Repository repository)
{
    private const int MostKept = 64;

    private readonly Dictionary<ObjectId, Entry[]> kept = [];

    /// <summary>The paths.</summary>
    /// <param name="before">The tree before; null for an empty one.</param>
    /// <param name="after">The tree after.</param>
    public List<string> Paths(ObjectId? before, ObjectId after)
    {
        var paths = new List<string>();
        Compare(before, after, "", paths);
        return paths;
    }

    /// <summary>The file at a path; null if there is none.</summary>
    public ObjectId? Find(ObjectId tree, string path)
    {
        var parts = path.Split('/');
        for (var i = 0; ; i++)
        {
            var (name, last) = (parts[i], i == parts.Length - 1);
            if (Array.Find(Entries(tree), e => e.IsFolder != last && e.Sort == (last ? name : name + "/")) is not { Id: { } found })
                return null;
            if (last)
                return found;
            tree = found;
        }
    }

    private void Compare(ObjectId? before, ObjectId? after, string folder, List<string> paths)
    {
        if (before == after)
            return;
        var (old, now) = (Entries(before), Entries(after));
        // both stand in the order of names, a folder's name as if it ended in a slash
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            var order = i == old.Length ? 1 : j == now.Length ? -1 : string.CompareOrdinal(old[i].Sort, now[j].Sort);
            if (order < 0)
                Differs(old[i++], folder, false, paths);
            else if (order > 0)
                Differs(now[j++], folder, true, paths);
            else
            {
                var (was, entry) = (old[i++], now[j++]);
                if (was.IsFolder)
                    Compare(was.Id, entry.Id, folder + entry.Sort, paths);
                else if (was.Id != entry.Id || was.Mode != entry.Mode)
                    paths.Add(folder + entry.Sort);
            }
        }
    }

    private void Differs(Entry entry, string folder, bool isNew, List<string> paths)
    {
        if (entry.IsFolder)
            Compare(isNew ? null : entry.Id, isNew ? entry.Id : null, folder + entry.Sort, paths);
        else
            paths.Add(folder + entry.Sort);
    }

    private Entry[] Entries(ObjectId? id)
    {
        if (id is null)
            return [];
        if (kept.TryGetValue(id, out var entries))
            return entries;
        if (kept.Count == MostKept)
            kept.Clear();
        var tree = repository.Lookup<Tree>(id) ?? throw new NotFoundException($"the tree {id} is missing");
        entries = [.. tree.Select(e => new Entry(e.Mode == Mode.Directory ? e.Name + "/" : e.Name, e.Mode, e.Target.Id))];
        Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Sort, b.Sort));
        return kept[id] = entries;
    }

    private readonly record struct Entry(string Sort, Mode Mode, ObjectId Id)
    {
        public bool IsFolder => Mode == Mode.Directory;
    }
}
