using System.Runtime.InteropServices;

namespace Posiwid.Simulation.Engine;

/// <summary>Hashes of a world's state, as a whole and by part, independent of the order in which members are stored.</summary>
public static class StateHash
{
    /// <summary>Hash of everything.</summary>
    public static ulong Of(World world)
    {
        var hash = (ulong)world.Week;
        foreach (var (_, value) in Parts(world))
            hash = Person.Mix(hash ^ value);
        return hash;
    }

    /// <summary>Hashes by part of the state; names as mechanisms declare what they write.</summary>
    public static IEnumerable<(string Name, ulong Hash)> Parts(World world)
    {
        for (var column = 0; column < Column.Count; column++)
            yield return (Column.Names[column], Members(world, column));
        yield return ("branch.effort", Sum(world, b => Hash(b.Effort) ^ Hash([b.Strength])));
        yield return ("branch.hours", Sum(world, b => Hash(b.Hours)));
        yield return ("branch.capital", Sum(world, b => Hash(b.Capital)));
        yield return ("branch.yield", Sum(world, b => Hash(b.Yield) ^ Hash(b.Brought) ^ Hash(b.UsualHours)));
        yield return ("branch.flows", Sum(world, b => Hash(b.Flows)));
        yield return ("branch.contacts", Sum(world, b => Hash(b.Contacts.AsSpan(0, b.ContactCount))));
        yield return ("branch.clocks", Sum(world, b => Hash(b.Clocks)));
        yield return ("branch.voice", Sum(world, b => Hash([b.Voice, b.Habit]) ^ Hash([b.Against])));
        yield return ("branch.reputation", Sum(world, b => Hash([b.WinReputation, b.NeedReputation])));
        yield return ("branch.shocks", Sum(world, b => Hash([b.HopeGain, b.HopeLoss, b.GrievanceShock, b.BeliefShock])));
        yield return ("branch.commitment", Sum(world, b => Hash([b.Commitment, b.CommittedSince, b.CommittedHours, b.Swing])));
        yield return ("branch.size", Sum(world, b => Hash([b.EarlierSize])));
        yield return ("branch.place", Sum(world, b => Hash([b.Site, b.Moved, b.WatchedUntil, b.Roll.Count])));
        yield return ("branch.census", Sum(world, b => Hash([b.Census])));
        yield return ("organization.policy", Each(world, o => Hash(o.Policy) ^ Hash([o.OpennessAim, o.OpenedWeek])));
        yield return ("organization.money", Each(world, o => Hash([o.ReservesCents, o.IncomeCents, o.CostCents]) ^ Hash([o.Coverage, o.UsualIncome, o.UsualCost])));
        yield return ("organization.staff", Each(world, o => Hash([o.Staff, o.StaffAgents])));
        yield return ("organization.leaders", Each(world, o => Hash(CollectionsMarshal.AsSpan(o.Leaders)) ^ Hash([o.Entrenchment])));
        yield return ("organization.praise", Each(world, o => Hash(o.Yield) ^ Hash(o.Praise) ^ Hash(o.SeenWithGrowth) ^ Hash(o.MilieuGrowth)));
        yield return ("organization.flows", Each(world, o => Hash(o.Flows) ^ Hash(o.Hours)));
        yield return ("organization.hidden", Each(world, o => Hash(CollectionsMarshal.AsSpan(o.Hidden)) ^ Hash([o.Cases])));
        yield return ("organization.shocks", Each(world, o => Hash([o.BeliefShock, o.GrievanceShock, o.ThresholdShock, o.Exposure, o.ConferenceLift])));
        yield return ("organization.rival", Each(world, o => Hash([o.RivalPull, o.RivalOpenness, o.StrongestRival])));
        yield return ("organization.means", Each(world, o => Hash([o.Members, o.Agents, o.Hope, o.Belief, o.Ties, o.Need, o.Grievance, o.Education, o.Voice, o.Impressiveness, o.UsualExits, o.UsualExitsRival]) ^ Hash(o.SizeRing)));
        yield return ("organization.ballot", Each(world, o => Hash([o.BallotWeek, o.OutvotedWeek])));
        yield return ("organization.life", Each(world, o => Hash([o.Alive ? 1 : 0, o.EndedWeek, (int)o.Fate, o.BranchCount, o.BranchesFounded])));
        yield return ("organization.scattered", Each(world, o => Hash(CollectionsMarshal.AsSpan(o.Scattered)) ^ Hash(o.ScatteredEffort)));
        yield return ("world.climate", Hash([world.Struggle, world.Unemployment, world.Moment, world.Electoral, world.MomentFast, world.MomentSlow, world.ElectoralFast, world.ElectoralSlow, world.LocalMomentClock, world.LastMoment, world.MomentsBegun, world.PublicAttention]));
        yield return ("world.pools", Places(world));
    }

    /// <summary>Sum over members of a mix of identity and value: the same for any order.</summary>
    private static ulong Members(World world, int column)
    {
        ulong sum = 0;
        foreach (var branch in world.Branches)
        {
            for (var i = 0; i < branch.Roll.Count; i++)
                sum += Person.Mix(branch.IdAt(i) + Person.Mix(branch.Key ^ branch.Roll.UIntAt(i, column)));
        }

        return sum;
    }

    private static ulong Sum(World world, Func<Branch, ulong> part)
    {
        ulong hash = 0;
        foreach (var branch in world.Branches)
            hash = Person.Mix(hash ^ branch.Key) + part(branch);
        return hash;
    }

    private static ulong Each(World world, Func<Organization, ulong> part)
    {
        ulong hash = 0;
        foreach (var organization in world.Organizations)
            hash = Person.Mix(hash + part(organization));
        return hash;
    }

    /// <summary>The places with whoever is there this week, whether somebody looked or not.</summary>
    private static ulong Places(World world)
    {
        for (var slot = 0; slot < world.Pools.Count; slot++)
            world.PlaceAt(slot);
        return Hash(world.Pools.Places);
    }

    private static ulong Hash<T>(T[] values) where T : struct => Hash<T>(values.AsSpan());

    /// <summary>Structs that are hashed are packed: bytes between fields would be noise.</summary>
    private static ulong Hash<T>(Span<T> values) where T : struct
    {
        ulong hash = (ulong)values.Length;
        foreach (var b in MemoryMarshal.AsBytes(values))
            hash = (hash ^ b) * 0x100000001b3;
        return Person.Mix(hash);
    }
}
