using LibGit2Sharp;

namespace Posiwid.Records.Import;

/// <summary>
/// The order in which commits reached the main line: for each commit of the main line (the first parents) from the oldest on, what it brought with it, parents first.
/// What is added to the main line comes after all that was there, so an order that was known stays the beginning of the new one.
/// </summary>
internal static class CommitOrder
{
    /// <summary>The commits in their order, the oldest first.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tip">The newest commit of the main line.</param>
    /// <param name="known">A commit up to which all are known; null for none.</param>
    /// <returns>Those that are not known; null if the known one is not on the main line.</returns>
    public static IReadOnlyList<ObjectId>? Of(Repository repository, Commit tip, Commit? known)
    {
        var filter = new CommitFilter { IncludeReachableFrom = tip, SortBy = CommitSortStrategies.None };
        if (known is not null)
            filter.ExcludeReachableFrom = known;
        var (ids, parents, number) = (new List<ObjectId>(), new List<ObjectId[]>(), new Dictionary<ObjectId, int>());
        foreach (var commit in repository.Commits.QueryBy(filter))
        {
            number.Add(commit.Id, ids.Count);
            ids.Add(commit.Id);
            parents.Add([.. commit.Parents.Select(p => p.Id)]);
        }

        if (known is not null && First(tip.Id) != known.Id)
            return null;
        var ordered = new List<ObjectId>(ids.Count);
        var next = new int[ids.Count];
        var (path, seen) = (new Stack<int>(), new bool[ids.Count]);
        if (number.TryGetValue(tip.Id, out var last))
            path.Push(last);
        while (path.TryPeek(out var at))
        {
            seen[at] = true;
            if (next[at] < parents[at].Length)
            {
                if (number.TryGetValue(parents[at][next[at]++], out var parent) && !seen[parent])
                    path.Push(parent);
                continue;
            }

            path.Pop();
            ordered.Add(ids[at]);
        }

        return ordered;

        // the first commit of the main line that is known
        ObjectId? First(ObjectId id)
        {
            while (number.TryGetValue(id, out var at))
                if (parents[at].Length == 0)
                    return null;
                else
                    id = parents[at][0];
            return id;
        }
    }
}
