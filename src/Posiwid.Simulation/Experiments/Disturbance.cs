using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// Something from outside that hits the flagship from a week on, for an experiment: once, or as a push that lasts. It is no rule of the
/// model. What is unannounced cannot be anticipated: nobody reads it but through what it changes.
/// </summary>
/// <remarks>
/// Sizes are in the unit of each kind, at dose 1: a share of members (members, need, even_identity), points of 0..1 (hope, belief), weeks of usual cost
/// (reserves), a share of the staff or of the leaders, a relative change for half a year (struggle, attention). A lasting push is the
/// same amount spread over every half year for as long as the experiment goes on; what acts for half a year simply stays.
/// </remarks>
public sealed class Disturbance : Mechanism
{
    private const int HalfYear = 26;

    /// <summary>Kinds of disturbance, with the size at dose 1 that harms and the one that favors; 0 where there is no such thing.</summary>
    public static readonly IReadOnlyDictionary<string, (float Harms, float Favors)> Kinds = new Dictionary<string, (float, float)>
    {
        ["struggle"] = (-0.5f, 0.5f),
        ["need"] = (0.3f, -0.3f),
        ["attention"] = (-0.5f, 0.5f),
        ["members"] = (-0.1f, 0.1f),
        ["hope"] = (-0.2f, 0.2f),
        ["reserves"] = (-13, 13),
        ["staff"] = (-0.5f, 0.5f),
        ["belief"] = (-0.2f, 0.2f),
        ["leaders"] = (-0.5f, 0),
        ["even_identity"] = (-0.1f, 0.1f),
    };

    private readonly string kind;
    private readonly float size;
    private readonly int week;
    private readonly bool lasts;

    /// <summary>A disturbance.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="size">Its size, in the unit of its kind.</param>
    /// <param name="week">Its first week.</param>
    /// <param name="lasts">True for a push that lasts.</param>
    public Disturbance(string kind, float size, int week, bool lasts) : base("disturbance")
    {
        if (!Kinds.ContainsKey(kind))
            throw new ArgumentException($"There is no disturbance '{kind}'; there are {string.Join(", ", Kinds.Keys)}.", nameof(kind));
        (this.kind, this.size, this.week, this.lasts) = (kind, size, week, lasts);
    }

    /// <summary>Size of a kind at a dose; below 0 it harms, above 0 it favors.</summary>
    public static float SizeOf(string kind, double dose) => (float)(Math.Abs(dose) * (dose < 0 ? Kinds[kind].Harms : Kinds[kind].Favors));

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        var since = world.Week - week;
        var o = world.Flagship;
        if (since < 0 || !o.Alive)
            return;
        switch (kind)
        {
            case "struggle":
                if (lasts || since < HalfYear)
                    world.Struggle = Math.Max(0, world.Struggle * (1 + size));
                return;
            case "attention":
                world.PublicAttention = lasts || since < HalfYear ? Math.Max(0, 1 + size) : 1;
                return;
        }

        if (size == 0 || (lasts ? since % 2 != 0 : since != 0))
            return;
        // every second week, so that the push of half a year comes in thirteen parts
        var part = lasts ? size * 2 / HalfYear : size;
        switch (kind)
        {
            case "need": Raise(world, o, Column.Need, part < 0 ? -0.5f : 0.5f, Math.Abs(part)); break;
            case "hope": Raise(world, o, Column.Hope, part, 1); break;
            case "belief": Raise(world, o, Column.Belief, part, 1); break;
            case "reserves": o.ReservesCents += (long)(part * o.UsualCost); break;
            case "members" when part < 0: Remove(world, o, -part); break;
            case "members": Add(world, o, part); break;
            case "staff": Staff(world, o, part); break;
            case "leaders": Unseat(world, o, -part); break;
            case "even_identity": Exchange(world, o, part); break;
        }
    }

    /// <summary>Raises a quantity of a share of members, who are drawn by lot.</summary>
    private void Raise(World world, Organization o, int column, float by, float share)
    {
        foreach (var branch in o.Branches)
        {
            for (var p = 0; p < branch.Roll.Count; p++)
            {
                if (share >= 1 || Lot(world, branch.IdAt(p)) < share)
                {
                    ref var value = ref branch.Roll.At(p, column);
                    value = Math.Clamp(value + by, 0, 1);
                }
            }
        }
    }

    private void Remove(World world, Organization o, float share)
    {
        foreach (var branch in o.Branches)
        {
            for (var p = branch.Roll.Count - 1; p >= 0; p--)
            {
                if (Lot(world, branch.IdAt(p)) < share)
                    world.Leave(branch, p, "unknown");
            }
        }
    }

    /// <summary>People of the branches' own places join, as if by themselves.</summary>
    private void Add(World world, Organization o, float share)
    {
        foreach (var branch in o.Branches)
        {
            var left = (branch.Roll.Count * share) + Lot(world, branch.Key);
            var (first, end) = (world.Pools.Start[branch.Site], world.Pools.Start[branch.Site + 1]);
            var start = (int)(Lot(world, branch.Key, 1) * (end - first));
            for (var i = 0; i < end - first && left >= 1; i++)
            {
                var slot = first + ((start + i) % (end - first));
                if (!world.PlaceAt(slot).IsOpen(o))
                    continue;
                world.Join(branch, slot, default);
                left--;
            }
        }
    }

    /// <summary>
    /// The blow to the control: in the place of members whose identity is an even number come as many whose identity is odd (below 0; above 0 the other way
    /// round), people of the branch's own site whom nobody has won yet. They step into the lives of those whom they replace, so that size, hope, ties and all
    /// else that anybody reads stay as they are, and no rule reads the bit. What follows differs by chance alone, as a person's luck hangs on who he or she is.
    /// A share of a branch's members is exchanged, as far as its site has people: about half of members are even, so the lot is drawn at twice the share.
    /// Whoever holds an office, is paid or knows of a hidden case stays, for those are known by who they are.
    /// </summary>
    private void Exchange(World world, Organization o, float share)
    {
        var leaving = share < 0 ? 0u : 1u;
        var knowers = o.Hidden.SelectMany(c => Enumerable.Range(0, c.Knowers).Select(i => c.Knower(i))).ToHashSet();
        foreach (var branch in o.Branches)
        {
            var (first, end) = (world.Pools.Start[branch.Site], world.Pools.Start[branch.Site + 1]);
            var places = end - first;
            var (start, i) = ((int)(Lot(world, branch.Key, 2) * places), 0);
            // in the order of identities: that of the roll has no meaning
            var exchanged = Enumerable.Range(0, branch.Roll.Count).Select(p => (Id: branch.IdAt(p), Position: p))
                .Where(m => (m.Id & 1) == leaving && Lot(world, m.Id, 1) < 2 * Math.Abs(share) && !knowers.Contains(m.Id)
                    && (branch.FlagsAt(m.Position) & (int)(MemberFlags.Leader | MemberFlags.Staff | MemberFlags.UnionOfficer)) == 0)
                .OrderBy(m => m.Id).ToArray();
            foreach (var (_, position) in exchanged)
            {
                for (; i < places; i++)
                {
                    var slot = first + ((start + i) % places);
                    ref var place = ref world.PlaceAt(slot);
                    if (!place.IsOpen(o) || (world.IdentityAt(slot, place) & 1) == leaving)
                        continue;
                    world.Replace(branch, position, slot);
                    i++;
                    break;
                }
            }
        }
    }

    private void Staff(World world, Organization o, float share)
    {
        var change = (int)MathF.Round(share * o.Staff);
        if (change == 0 && o.Staff > 0 && !lasts)
            change = Math.Sign(share);
        if (change > 0)
            Staffing.Hire(world, o, change);
        else if (change < 0)
            Staffing.Dismiss(world, o, -change, static (_, vigor, _, _) => vigor);
    }

    /// <summary>Those longest in office lose it.</summary>
    private static void Unseat(World world, Organization o, float share)
    {
        var count = (int)MathF.Round(share * o.Leaders.Count);
        foreach (var leader in o.Leaders.OrderBy(l => l.Since).ThenBy(l => l.Person).Take(count).ToArray())
        {
            o.Leaders.Remove(leader);
            if (world.Locate(o, leader.Person) is { } found)
                found.Branch.FlagsAt(found.Position) &= ~(int)MemberFlags.Leader;
            world.Observer?.LostOffice(world, o, leader.Person, Office.Leader);
        }
    }

    private float Lot(World world, ulong subject, int draw = 0) => world.Draws.Uniform(Key, week, subject, draw);
}
