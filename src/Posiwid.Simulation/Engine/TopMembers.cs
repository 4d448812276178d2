namespace Posiwid.Simulation.Engine;

/// <summary>Finds the members of an organization who score highest, in one pass; ties go to the smaller identity, so storage order does not matter.</summary>
public static class TopMembers
{
    /// <summary>The best so many with a score above 0, best first.</summary>
    /// <param name="world">The world.</param>
    /// <param name="o">The organization.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="among">Only members with this flag.</param>
    /// <param name="score">Score of a member from the flags, vigor, belief and status.</param>
    public static IReadOnlyList<(Branch Branch, int Position, ulong Person)> Of(World world, Organization o, int count, MemberFlags among, Func<MemberFlags, float, float, float, float> score)
    {
        if (count <= 0)
            return [];
        var best = new PriorityQueue<(Branch Branch, int Position, ulong Person), (float Score, ulong Order)>(count + 1);
        foreach (var branch in o.Branches)
        {
            var roll = branch.Roll;
            foreach (var p in new Flagged(world, branch, among))
            {
                var s = score((MemberFlags)world.FlagsAt(branch, p), roll.At(world.People, p, Column.Vigor), roll.At(world.People, p, Column.Belief), roll.At(world.People, p, Column.Status));
                if (s <= 0)
                    continue;
                var rank = (s, ~world.IdAt(branch, p));
                if (best.Count < count)
                    best.Enqueue((branch, p, ~rank.Item2), rank);
                else if (best.TryPeek(out _, out var least) && rank.CompareTo(least) > 0)
                    best.EnqueueDequeue((branch, p, ~rank.Item2), rank);
            }
        }

        var found = new (Branch, int, ulong)[best.Count];
        for (var i = found.Length - 1; i >= 0; i--)
            found[i] = best.Dequeue();
        return found;
    }
}
