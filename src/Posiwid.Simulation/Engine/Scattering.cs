using System.Runtime.InteropServices;

namespace Posiwid.Simulation.Engine;

/// <summary>Somebody who belonged to an organization when it was broken up or dissolved, and is still around.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Scattered
{
    /// <summary>Identity.</summary>
    public ulong Person;

    /// <summary>Site of the branch; place in the pool or -1; week in which the stay there ends; week of joining; flags.</summary>
    public int Site, Slot, Until, Joined, Flags;

    /// <summary>What the person was like then, and what has become of it.</summary>
    public float Need, Hope, Belief, Experience, Ties, Status, Grievance, Memory, Threshold, Fear, Education, Vigor;

    /// <summary>The branch's reputation for meeting needs, 0..1.</summary>
    public float NeedsMet;
}

/// <summary>What is remembered of those who belonged to an organization when it was broken up or dissolved, since they might come together again.</summary>
public static class Scattering
{
    /// <summary>Writes down everybody who is in an organization, and what they did with their hours, in the order of sites and identities.</summary>
    public static void Remember(World world, Organization o)
    {
        o.Scattered.Clear();
        Array.Clear(o.ScatteredEffort);
        foreach (var branch in o.Branches)
        {
            var roll = branch.Roll;
            for (var a = 0; a < Activity.Planned; a++)
                o.ScatteredEffort[a] += branch.Effort[a] * roll.Count;
            for (var p = 0; p < roll.Count; p++)
            {
                o.Scattered.Add(new Scattered
                {
                    Person = branch.IdAt(p),
                    Site = branch.Site,
                    Slot = roll.IntAt(p, Column.Slot),
                    Until = roll.IntAt(p, Column.Until),
                    Joined = roll.IntAt(p, Column.Joined),
                    Flags = branch.FlagsAt(p),
                    Need = roll.At(p, Column.Need),
                    Hope = roll.At(p, Column.Hope),
                    Belief = roll.At(p, Column.Belief),
                    Experience = roll.At(p, Column.Experience),
                    Ties = roll.At(p, Column.Ties),
                    Status = roll.At(p, Column.Status),
                    Grievance = roll.At(p, Column.Grievance),
                    Memory = roll.At(p, Column.Memory),
                    Threshold = roll.At(p, Column.Threshold),
                    Fear = roll.At(p, Column.Fear),
                    Education = roll.At(p, Column.Education),
                    Vigor = roll.At(p, Column.Vigor),
                    NeedsMet = branch.NeedReputation,
                });
            }
        }

        var people = Math.Max(1, o.Scattered.Count);
        for (var a = 0; a < Activity.Planned; a++)
            o.ScatteredEffort[a] /= people;
        // the order in which members are stored means nothing
        o.Scattered.Sort((a, b) => (a.Site, a.Person).CompareTo((b.Site, b.Person)));
    }
}
