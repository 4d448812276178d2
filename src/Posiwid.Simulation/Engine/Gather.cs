namespace Posiwid.Simulation.Engine;

/// <summary>What the branches of one organization in one chunk add up to.</summary>
public sealed class ChunkTotals
{
    /// <summary>Counts and hours of the week.</summary>
    public readonly float[] Flows = new float[Branch.FlowLanes], Hours = new float[Activity.Count];

    /// <summary>Agents; staff and leaders among them.</summary>
    public int Agents, Staff, Leaders;

    /// <summary>What cadre pay and what the others pay, in people who pay full dues.</summary>
    public double CadrePaying, Paying;

    /// <summary>People, and their hope, belief, ties, need, grievance and education, summed.</summary>
    public double Members, Hope, Belief, Ties, Need, Grievance, Education;

    /// <summary>Branches that have something to tell.</summary>
    public readonly List<Branch> Telling = [];

    /// <summary>Starts a week.</summary>
    public void Clear()
    {
        Array.Clear(Flows);
        Array.Clear(Hours);
        Telling.Clear();
        Agents = Staff = Leaders = 0;
        CadrePaying = Paying = 0;
        Members = Hope = Belief = Ties = Need = Grievance = Education = 0;
    }
}

/// <summary>
/// Adds up what branches did into what the center can know: first within chunks, each by the thread that has it at hand, then over
/// chunks. Both orders are fixed by the sites, so the sums are the same on any number of threads.
/// </summary>
public static class Gather
{
    /// <summary>Adds up the branches of a chunk and clears their counts.</summary>
    public static void Chunk(World world, int chunk, ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
        {
            var t = world.Totals[(chunk * world.Organizations.Length) + branch.Organization.Index];
            Add(t.Flows, branch.Flows);
            branch.Flows.Clear();
            Add(t.Hours, branch.Hours);
            if (branch.Events.Count > 0)
                t.Telling.Add(branch);
            ref var c = ref branch.Census;
            var people = c.Members * (double)branch.Weight;
            t.Agents += c.Members;
            t.Staff += c.Staff;
            t.Leaders += c.Leaders;
            t.CadrePaying += c.CadrePaying * branch.Weight;
            t.Paying += c.Paying * branch.Weight;
            t.Members += people;
            t.Hope += people * c.Hope;
            t.Belief += people * c.Belief;
            t.Ties += people * c.Ties;
            t.Need += people * c.Need;
            t.Grievance += people * c.Grievance;
            t.Education += people * c.Education;
        }
    }

    /// <summary>Takes the week's counts and hours of an organization; clears what last week sent to members.</summary>
    public static void Take(World world, Organization o)
    {
        Array.Clear(o.Flows);
        Array.Clear(o.Hours);
        o.IncomeCents = o.CostCents = 0;
        o.BeliefShock = o.GrievanceShock = o.ThresholdShock = o.ConferenceLift = 0;
        o.Agents = o.StaffPresent = o.LeadersPresent = 0;
        o.CadrePaying = o.Paying = 0;
        double members = 0, hope = 0, belief = 0, ties = 0, need = 0, grievance = 0, education = 0;
        for (var i = o.Index; i < world.TotalsUsed; i += world.Organizations.Length)
        {
            var t = world.Totals[i];
            Add(o.Flows, t.Flows);
            Add(o.Hours, t.Hours);
            foreach (var branch in t.Telling)
            {
                world.Events.AddRange(branch.Events);
                branch.Events.Clear();
            }

            o.Agents += t.Agents;
            o.StaffPresent += t.Staff;
            o.LeadersPresent += t.Leaders;
            o.CadrePaying += t.CadrePaying;
            o.Paying += t.Paying;
            members += t.Members;
            hope += t.Hope;
            belief += t.Belief;
            ties += t.Ties;
            need += t.Need;
            grievance += t.Grievance;
            education += t.Education;
        }

        o.Members = (float)members;
        var each = members > 0 ? 1 / members : 0;
        (o.Hope, o.Belief, o.Ties) = ((float)(hope * each), (float)(belief * each), (float)(ties * each));
        (o.Need, o.Grievance, o.Education) = ((float)(need * each), (float)(grievance * each), (float)(education * each));
        // how big it looks: three orders of magnitude and a bit are as impressive as can be (prototype, section 3)
        o.Impressiveness = o.Members > 1 ? Math.Clamp(Deterministic.Log(o.Members) / (3.3f * 2.3025851f), 0, 1) : 0;
        o.UsualExits += 0.02f * (o.Flows[(int)Flow.Exits] - o.UsualExits);
        o.UsualExitsRival += 0.02f * (o.Flows[(int)Flow.ExitsRival] - o.UsualExitsRival);
        for (var f = 0; f < (int)Flow.Count; f++)
            o.FlowsSinceSample[f] += o.Flows[f];
        o.PresentSinceSample += o.Members + (double)o.Flows[(int)Flow.Exits];
    }

    /// <summary>Closes the week of all organizations, after their centers.</summary>
    public static void Finish(World world)
    {
        world.Release();
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

    /// <summary>Adds whole rows of sixteen.</summary>
    private static void Add(float[] sum, Span<float> x)
    {
        for (var row = 0; row < sum.Length / Activity.Count; row++)
            ActivityRow.Of(sum, row) += ActivityRow.Of(x, row);
    }
}
