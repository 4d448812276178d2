using System.Runtime.InteropServices;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Those who know of hidden harm come to speak when criticism is heard and others have spoken; each does so as he or she dares, and may be silenced. What comes out costs belief, and
/// encourages the next (a cascade; Lohmann 1994, Kuran 1995). A case that nobody in the organization knows of any more is forgotten.
/// </summary>
[Mechanism("disclosure", "The turn toward openness exposed the full depth of the rot: from bullying to the gravest, in a period of weeks.", "jay-2019",
    Equation = "each hidden case runs down an exponential clock at rate knowers, but for a leader who knows, x (base + cascade openness min(.5, voice) (1 + exposure)); when it rings one of them speaks with chance e^(-afraid fear) (thinning; Lewis and Shedler 1979), unless silenced with chance cap (1 - e^(-3 what the branch puts in against whoever speaks)), by the center or by a member drawn by what each puts in; a disclosure of weight w costs belief and adds grievance, scaled by (.3 + .7 openness)(.3 + .7 hours asked / 5), and lowers thresholds",
    Reads = "organization.policy organization.means organization.hidden member.fear member.flags member.belief member.status branch.voice", Writes = "organization.hidden organization.shocks organization.flows member.fear member.grievance member.memory member.flags")]
public sealed class Disclosure : Suppression
{
    [Parameter("1/week", 0, 0.1, Origin.Source, "Rate at which somebody who knows comes to speak without any openness (mean delay 22 years for the four in ten who ever speak: .00035; V6).")]
    public float Base = 0.00035f;

    [Parameter("1/week", 0, 5, Origin.Assumed, "What openness and visible voice add, per unit of both.", Dosed = true)]
    public float Cascade = 0.14f;

    [Parameter("ratio", 0, 10, Origin.Assumed, "How much earlier disclosures add to the rate, per unit of exposure.")]
    public float Encouragement = 0.5f;

    [Parameter("1", 0, 20, Origin.Source, "How much fear keeps somebody who knows from speaking (would report again: 86 against 95% after one attack, e^(-1.2 x .085); V4).")]
    public float Afraid = 1.2f;

    [Parameter("chance", 0, 1, Origin.Source, "Chance that somebody who would speak of harm is silenced, at most (retaliation 12-36%, at most 75%; V2).", Dosed = true)]
    public float SilencedCap = 0.75f;

    [Parameter("0..1", 0, 1, Origin.Source, "Belief that a disclosure of weight 1 costs where everybody hears of it (a whole national scandal: .12-.18; V7).")]
    public float BeliefLost = 0.10f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance that a disclosure of weight 1 adds; what it takes from thresholds.")]
    public float Grievance = 0.16f, Threshold = 0.05f;

    [Parameter("ratio", 0, 10, Origin.Assumed, "Weight of a case for which the top is answerable; of another, per degree of severity above none.")]
    public float WeightAtTop = 1.8f, WeightPerDegree = 0.3f;

    [Parameter("people", 1, 1_000_000, Origin.Assumed, "People whom a case reaches for which nobody at the top is answerable.")]
    public float LocalReach = 500;

    [Parameter("years", 0.1, 50, Origin.Assumed, "Years of hiding after which the hiding weighs in full; a case that comes out at once weighs a third.")]
    public float CoverUpYears = 3;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which exposure fades.")]
    public float Fading = 0.06f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        o.Exposure *= 1 - Fading;
        if (o.Departed.Count > 0)
            Forget(o);
        var voice = Math.Min(0.5f, world.Intents.Sense(world, Sensor.CriticismHeard, (ulong)o.Index, o.Voice));
        var rate = Base + Cascade * o[PolicyItem.Openness] * voice * (1 + Encouragement * o.Exposure);
        var cases = CollectionsMarshal.AsSpan(o.Hidden);
        for (var i = cases.Length - 1; i >= 0; i--)
        {
            ref var hidden = ref cases[i];
            // a leader who knows keeps quiet
            hidden.Fuse -= rate * ((hidden.Knower1 != 0 ? 1 : 0) + (hidden.Knower2 != 0 ? 1 : 0));
            if (hidden.Fuse <= 0 && !Speaks(world, o, hidden))
                hidden.Fuse = world.Draws.Exponential(Key, world.Week, hidden.Harmed, FirstDraw(hidden));
            if (hidden.Fuse > 0)
                continue;
            Unknow(o, hidden.Knower1);
            Unknow(o, hidden.Knower2);
            Unknow(o, hidden.Knower3);
            ComeOut(world, o, hidden);
            o.Hidden.RemoveAt(i);
        }
    }

    /// <summary>One of the two who would speak is about to: true if he or she dares to and is not silenced.</summary>
    private bool Speaks(World world, Organization o, in HiddenCase hidden)
    {
        var (harmed, first) = (hidden.Harmed, FirstDraw(hidden));
        float Lot(int draw) => world.Draws.Uniform(Key, world.Week, harmed, first + draw);
        var who = hidden.Knower2 == 0 || (hidden.Knower1 != 0 && Lot(1) < 0.5f) ? hidden.Knower1 : hidden.Knower2;
        if (world.Locate(o, who) is not { } found)
            return false;
        var (branch, position) = found;
        if (Lot(2) > Deterministic.Exp(-Afraid * branch.Roll.At(world.People, position, Column.Fear)))
            return false;
        // the counts of the branches' week are closed: what is counted there now would be next week's
        if (Lot(3) < SilencedCap * (1 - Deterministic.Exp(-3 * branch.Against.All)))
        {
            (int?, int?) leads = default;
            var official = Attack(world, branch, position, branch.Against.Each, Lot(4), ref leads);
            o.FlowsSinceSample[(int)Flow.Suppression] += branch.Weight;
            o.FlowsSinceSample[(int)Flow.SuppressionMembers] += official ? 0 : branch.Weight;
            return false;
        }

        world.FlagsAt(branch, position) |= (int)MemberFlags.Spoke;
        o.FlowsSinceSample[(int)Flow.Spoke] += branch.Weight;
        return true;
    }

    /// <summary>First of the eight draws on a case in a week, all addressed by whoever was harmed; cases of other weeks have others.</summary>
    private static int FirstDraw(in HiddenCase hidden) => 8 * hidden.Week;

    private void ComeOut(World world, Organization o, in HiddenCase hidden)
    {
        var weight = hidden.AtTop ? WeightAtTop * hidden.Severity / 3 : WeightPerDegree * hidden.Severity * Math.Min(1, LocalReach / Math.Max(1, o.Members));
        weight *= 0.33f + 0.67f * Math.Min(1, (world.Week - hidden.Week) / (52 * CoverUpYears));
        // where nothing may be said little is heard; who is hardly involved hears little
        var heard = (0.3f + 0.7f * o[PolicyItem.Openness]) * (0.3f + 0.7f * Math.Min(1, o[PolicyItem.HoursAsked] / 5));
        o.BeliefShock += BeliefLost * weight * heard;
        o.GrievanceShock += Grievance * weight * heard;
        o.ThresholdShock += Threshold * weight * heard;
        o.Exposure += weight;
        o.FlowsSinceSample[(int)Flow.Disclosures]++;
        world.Note(EventKinds.Disclosed, o, 0, hidden.Severity, hidden.AtTop ? "top" : "");
        world.Observer?.CameOut(world, o, hidden.Number);
    }

    /// <summary>Whoever left knows, but is no longer there to speak.</summary>
    private static void Forget(Organization o)
    {
        o.Departed.Sort();
        for (var i = o.Hidden.Count - 1; i >= 0; i--)
        {
            var hidden = o.Hidden[i];
            if (o.Departed.BinarySearch(hidden.Knower1) >= 0)
                Unknow(o, hidden.Knower1, out hidden.Knower1);
            if (o.Departed.BinarySearch(hidden.Knower2) >= 0)
                Unknow(o, hidden.Knower2, out hidden.Knower2);
            if (o.Departed.BinarySearch(hidden.Knower3) >= 0)
                Unknow(o, hidden.Knower3, out hidden.Knower3);
            if (hidden.Knower1 == 0 && hidden.Knower2 == 0 && hidden.Knower3 == 0)
                o.Hidden.RemoveAt(i);
            else
                o.Hidden[i] = hidden;
        }

        o.Departed.Clear();
    }

    private static void Unknow(Organization o, ulong knower, out ulong nobody)
    {
        nobody = 0;
        Unknow(o, knower);
    }

    private static void Unknow(Organization o, ulong knower)
    {
        if (knower == 0 || !o.Knowers.TryGetValue(knower, out var cases))
            return;
        if (cases <= 1)
            o.Knowers.Remove(knower);
        else
            o.Knowers[knower] = cases - 1;
    }
}
