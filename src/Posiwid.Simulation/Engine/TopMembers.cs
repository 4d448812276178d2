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
        var found = new (Branch Branch, int Position, ulong Person)[count];
        Span<float> scores = count <= MostOnStack ? stackalloc float[count] : new float[count];
        var n = 0;
        foreach (var branch in Flagged.In(o))
        {
            var roll = branch.Roll;
            foreach (var p in new Flagged(branch, among))
            {
                var s = score((MemberFlags)branch.FlagsAt(p), roll.At(p, Column.Vigor), roll.At(p, Column.Belief), roll.At(p, Column.Status));
                if (s <= 0)
                    continue;
                var id = branch.IdAt(p);
                var at = n; // behind everybody who scores more
                while (at > 0 && (s > scores[at - 1] || (s == scores[at - 1] && id < found[at - 1].Person)))
                    at--;
                if (at == count)
                    continue;
                n = Math.Min(n + 1, count);
                scores[at..(n - 1)].CopyTo(scores[(at + 1)..]);
                Array.Copy(found, at, found, at + 1, n - 1 - at);
                (scores[at], found[at]) = (s, (branch, p, id));
            }
        }

        return n == count ? found : found[..n];
    }

    /// <summary>Members sought up to whom their scores lie on the stack.</summary>
    private const int MostOnStack = 256;
}
