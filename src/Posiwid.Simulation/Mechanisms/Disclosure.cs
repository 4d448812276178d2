using System.Runtime.InteropServices;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Those who know of hidden harm come to speak when criticism is heard and others have spoken; each does so as he or she dares, and may be silenced. Whoever has left still knows, and can speak from
/// outside, where nobody silences: but not everything said there is heard inside, and in time they lose touch. What comes out costs belief, and encourages the next (a cascade; Lohmann 1994, Kuran 1995).
/// </summary>
[Mechanism("disclosure", "The turn toward openness exposed the full depth of the rot: from bullying to the gravest, in a period of weeks.", "jay-2019",
    Equation = "each hidden case runs down an exponential clock at rate knowers x (base + cascade openness min(.5, voice) (1 + .5 exposure)); when it rings one of them is about to speak: a leader keeps quiet; another member speaks with chance e^(-afraid fear) (thinning; Lewis and Shedler 1979), unless silenced with chance cap (1 - e^(-3 a)), a = what the branch puts in against whoever speaks + guarded (1 - openness) where somebody at the top is answerable, by the center or by a member drawn by what each puts in; somebody who left speaks and is heard with a chance; a case none of whose knowers is a member any more is forgotten at a rate (thinning); a disclosure weighs w = (1.8 severity / 3 if the top is answerable, else .3 severity min(1, 500 / members)) (.33 + .67 min(1, years hidden / 3)); it costs belief, adds grievance and lowers thresholds in proportion to w (.3 + .7 openness)(.3 + .7 min(1, hours asked / 5)); exposure += w, and fades",
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

    [Parameter("chance", 0, 1, Origin.Source, "Chance that somebody who has left and comes to speak does so where the organization has to hear it (of the four in ten who ever speak, 5-6 in a hundred people go to authorities: .055 / .4; V6).")]
    public float FromOutside = 0.14f;

    [Parameter("1/year", 0.001, 10, Origin.Assumed, "Rate at which a case is forgotten once nobody who knows of it is a member any more (prototype, section 3).")]
    public float Forgetting = 0.12f;

    [Parameter("ratio", 0, 10, Origin.Assumed, "What somebody at the top puts in against whoever would speak of what he or she is answerable for, as if so large a share of the branch were officers.", Dosed = true)]
    public float Guarded = 1;

    [Parameter("0..1", 0, 1, Origin.Source, "Belief that a disclosure of weight 1 costs where everybody hears of it (a whole national scandal: .12-.18; V7).")]
    public float BeliefLost = 0.10f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance that a disclosure of weight 1 adds; what it takes from thresholds.")]
    public float Grievance = 0.16f, Threshold = 0.05f;

    [Parameter("ratio", 0, 10, Origin.Assumed, "Weight of a case of the highest severity for which the top is answerable, in proportion less of a lower one; of another, per degree of severity above none.")]
    public float WeightAtTop = 1.8f, WeightPerDegree = 0.3f;

    [Parameter("people", 1, 1_000_000, Origin.Assumed, "People whom a case reaches for which nobody at the top is answerable.")]
    public float LocalReach = 500;

    [Parameter("years", 0.1, 50, Origin.Assumed, "Years of hiding after which the hiding weighs in full.")]
    public float CoverUpYears = 3;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "What a case weighs that comes out at once; how much is heard of one where nothing may be said, and by those of whom nothing is asked.")]
    public float AtOnce = 0.33f, HeardClosed = 0.3f, HeardIdle = 0.3f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which exposure fades.")]
    public float Fading = 0.06f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        o.Exposure *= 1 - Fading;
        var voice = Math.Min(0.5f, world.Intents.Sense(world, Sensor.CriticismHeard, (ulong)o.Index, o.Voice));
        var rate = Base + Cascade * o[PolicyItem.Openness] * voice * (1 + Encouragement * o.Exposure);
        var cases = CollectionsMarshal.AsSpan(o.Hidden);
        for (var i = cases.Length - 1; i >= 0; i--)
        {
            ref var hidden = ref cases[i];
            if (world.Week >= hidden.Looked && IsForgotten(world, o, ref hidden))
            {
                Remove(world, o, i);
                continue;
            }

            hidden.Fuse -= rate * hidden.Knowers;
            if (hidden.Fuse <= 0 && !Speaks(world, o, hidden))
                hidden.Fuse = world.Draws.Exponential(Key, world.Week, hidden.Harmed, FirstDraw(hidden));
            if (hidden.Fuse > 0)
                continue;
            ComeOut(world, o, hidden);
            Remove(world, o, i);
        }
    }

    /// <summary>A case is hidden no longer: out, or forgotten.</summary>
    private static void Remove(World world, Organization o, int i)
    {
        for (var k = 0; k < o.Hidden[i].Knowers; k++)
            world.Whereabouts.Drop(o, o.Hidden[i].Knower(k));
        o.Hidden.RemoveAt(i);
    }

    /// <summary>Looks now and then, by an exponential clock, whether anybody who knows of a case is still a member: true if it is forgotten.</summary>
    private bool IsForgotten(World world, Organization o, ref HiddenCase hidden)
    {
        var first = hidden.Looked == 0;
        hidden.Looked = world.Week + 1 + (int)(52 / Forgetting * world.Draws.Exponential(Key, world.Week, hidden.Harmed, FirstDraw(hidden) + 5));
        for (var i = 0; i < hidden.Knowers && !first; i++)
        {
            if (world.Locate(o, hidden.Knower(i)) is not null)
                return false;
        }

        return !first;
    }

    /// <summary>One of those who know is about to speak: true if he or she does, and is neither silenced nor unheard.</summary>
    private bool Speaks(World world, Organization o, in HiddenCase hidden)
    {
        var (harmed, first) = (hidden.Harmed, FirstDraw(hidden));
        float Lot(int draw) => world.Draws.Uniform(Key, world.Week, harmed, first + draw);
        if (world.Locate(o, hidden.Knower((int)(Lot(1) * hidden.Knowers))) is not { } found)
            return Lot(2) < FromOutside;
        var (branch, position) = found;
        if (((MemberFlags)branch.FlagsAt(position) & MemberFlags.Leader) != 0 || Lot(2) > Deterministic.Exp(-Afraid * branch.Roll.At(position, Column.Fear)))
            return false;
        // who is answerable at the top acts through the center
        var against = branch.Against;
        var guard = hidden.AtTop ? Guarded * (1 - o[PolicyItem.Openness]) : 0;
        (against.All, against.Center) = (against.All + guard, against.Center + guard);
        // the counts of the branches' week are closed: what is counted there now would be next week's
        if (Lot(3) < SilencedCap * (1 - Deterministic.Exp(-3 * against.All)))
        {
            (int?, int?) leads = default;
            var official = Attack(world, branch, against, position, Lot(4), ref leads, MemberFlags.AttackedLate);
            o.FlowsSinceSample[(int)Flow.Suppression] += branch.Weight;
            o.FlowsSinceSample[(int)Flow.SuppressionMembers] += official ? 0 : branch.Weight;
            return false;
        }

        // who spoke up in the branch this week is counted already
        if (((MemberFlags)branch.FlagsAt(position) & MemberFlags.Spoke) == 0)
            o.FlowsSinceSample[(int)Flow.Spoke] += branch.Weight;
        branch.FlagsAt(position) |= (int)MemberFlags.Spoke;
        return true;
    }

    /// <summary>First of the eight draws on a case in a week, all addressed by whoever was harmed; cases of other weeks have others.</summary>
    private static int FirstDraw(in HiddenCase hidden) => 8 * hidden.Week;

    private void ComeOut(World world, Organization o, in HiddenCase hidden)
    {
        var weight = hidden.AtTop ? WeightAtTop * hidden.Severity / 3 : WeightPerDegree * hidden.Severity * Math.Min(1, LocalReach / Math.Max(1, o.Members));
        weight *= AtOnce + (1 - AtOnce) * Math.Min(1, (world.Week - hidden.Week) / (52 * CoverUpYears));
        // where nothing may be said little is heard; who is hardly involved hears little
        var heard = (HeardClosed + (1 - HeardClosed) * o[PolicyItem.Openness]) * (HeardIdle + (1 - HeardIdle) * Math.Min(1, o[PolicyItem.HoursAsked] / 5));
        o.BeliefShock += BeliefLost * weight * heard;
        o.GrievanceShock += Grievance * weight * heard;
        o.ThresholdShock += Threshold * weight * heard;
        o.Exposure += weight;
        o.FlowsSinceSample[(int)Flow.Disclosures]++;
        world.Note(EventKinds.Disclosed, o, 0, hidden.Severity, hidden.AtTop ? "top" : "");
        world.Observer?.CameOut(world, o, hidden.Number);
    }
}
