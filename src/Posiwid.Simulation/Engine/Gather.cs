using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>Adds up what branches did into what the center can know. Sums over branches are made in the order of sites.</summary>
public static class Gather
{
    /// <summary>Takes the week's counts and hours from the branches of an organization; clears what last week sent to members.</summary>
    public static void Take(World world, Organization o)
    {
        Array.Clear(o.Flows);
        Array.Clear(o.Hours);
        o.IncomeCents = o.CostCents = 0;
        o.BeliefShock = o.GrievanceShock = o.ThresholdShock = o.ConferenceLift = 0;
        o.Agents = 0;
        double members = 0, hope = 0, belief = 0, ties = 0, need = 0, grievance = 0, education = 0;
        foreach (var branch in world.Branches)
        {
            if (branch.Organization != o)
                continue;
            Add(o.Flows, branch.Flows);
            Array.Clear(branch.Flows);
            Add(o.Hours, branch.Hours);
            if (branch.Events.Count > 0)
            {
                world.Events.AddRange(branch.Events);
                branch.Events.Clear();
            }

            ref var c = ref branch.Census;
            var people = c.Members * (double)branch.Weight;
            o.Agents += c.Members;
            members += people;
            hope += people * c.Hope;
            belief += people * c.Belief;
            ties += people * c.Ties;
            need += people * c.Need;
            grievance += people * c.Grievance;
            education += people * c.Education;
        }

        o.Members = (float)members;
        var each = members > 0 ? 1 / members : 0;
        (o.Hope, o.Belief, o.Ties) = ((float)(hope * each), (float)(belief * each), (float)(ties * each));
        (o.Need, o.Grievance, o.Education) = ((float)(need * each), (float)(grievance * each), (float)(education * each));
        // how big it looks: three orders of magnitude and a bit are as impressive as can be (prototype, section 3)
        o.Impressiveness = o.Members > 1 ? Math.Clamp(Deterministic.Log(o.Members) / (3.3f * 2.3025851f), 0, 1) : 0;
        var spoke = members > 0 ? (float)(o.Flows[(int)Flow.Spoke] / members) : 0;
        o.Voice += 0.35f * (spoke * (0.25f + 0.75f * o[PolicyItem.Openness]) - o.Voice);
        o.UsualExits += 0.02f * (o.Flows[(int)Flow.Exits] - o.UsualExits);
        o.UsualExitsRival += 0.02f * (o.Flows[(int)Flow.ExitsRival] - o.UsualExitsRival);
        for (var f = 0; f < (int)Flow.Count; f++)
            o.FlowsSinceSample[f] += o.Flows[f];
    }

    /// <summary>Adds whole vectors of sixteen.</summary>
    private static void Add(float[] sum, float[] x)
    {
        ref var to = ref MemoryMarshal.GetArrayDataReference(sum);
        ref var from = ref MemoryMarshal.GetArrayDataReference(x);
        for (nuint i = 0; i < (nuint)sum.Length; i += MemberBlocks.Lanes)
            (Vector512.LoadUnsafe(ref to, i) + Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
    }

    /// <summary>Closes the week of all organizations, after their centers.</summary>
    public static void Finish(World world)
    {
        world.Movers.Clear();
        world.Crossers.Clear();
        foreach (var o in world.Organizations)
        {
            if (!o.Alive)
                continue;
            o.SizeRing[world.Week % o.SizeRing.Length] = o.Members;
            for (var a = 0; a < Activity.Count; a++)
                o.HoursSinceSample[a] += o.Hours[a];
            o.IncomeSinceSample += o.IncomeCents;
            o.CostSinceSample += o.CostCents;
        }
    }
}
