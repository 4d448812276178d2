using System.Numerics;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Those who lost a vote can leave as a group, if enough of them would to make one: each goes if what he or she holds against the organization, made stronger by the others who go, outweighs loyalty and
/// the own threshold (exit where voice has failed, Hirschman 1970; thresholds, Granovetter 1978; schisms of those who see no voice left, Sani and Reicher 1998).
/// </summary>
[Mechanism("splitting", "They split from their predecessors in the International Socialists over a number of things.", "jay-2019",
    Equation = "after a vote that was lost, by rounds until nobody follows: an outvoted member goes if (grievance + .7 memory + rival pull x how much more open it is)(1 + company x seen) > threshold + loyalty min(1, ties + .3 if cadre) min(1, 2 belief), where seen is the share of the outvoted who go, in the branch and, where talk needs no leave, elsewhere; if they are at least a share of the members they leave in the week after, each to the rival with a chance of its pull; else nobody does",
    Reads = "organization.ballot organization.rival organization.policy organization.means member.flags member.grievance member.memory member.threshold member.ties member.belief",
    Writes = "organization.ballot branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot")]
public sealed class Splitting : Mechanism
{
    [Parameter("ratio", 0, 20, Origin.Assumed, "How much the others who go encourage, per unit of their share of the outvoted.", Dosed = true)]
    public float Company = 1;

    [Parameter("0..1", 0, 4, Origin.Assumed, "What loyalty holds back.")]
    public float Loyalty = 0.6f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Ties that being cadre is worth for loyalty.")]
    public float OfCadre = 0.3f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of the members that it takes for a group to leave as one.")]
    public float Faction = 0.1f;

    [Parameter("ratio", 0, 4, Origin.Assumed, "Weight of remembered wrongs beside present grievance, as for voice.")]
    public float Memory = 0.7f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (o.OutvotedWeek != world.Week || !o.Alive)
            return;
        var branches = o.Branches.Count;
        var (outvoted, goes) = (new float[branches], new float[branches]);
        for (var b = 0; b < branches; b++)
            outvoted[b] = Outvoted(world, o.Branches[b]);
        float before = -1, go = 0, all = outvoted.Sum();
        while (go > before && all > 0)
        {
            before = go;
            for (var b = 0; b < branches; b++)
                goes[b] = Follow(world, o.Branches[b], Seen(b));
            go = goes.Sum();
        }

        if (go > 0 && go >= Faction * o.Members)
        {
            for (var b = 0; b < branches; b++)
                Follow(world, o.Branches[b], Seen(b), mark: true);
            world.Note(EventKinds.Split, o, 0, go);
            return;
        }

        foreach (var branch in o.Branches)
        {
            for (var i = 0; i < branch.Roll.BlockCount; i++)
            {
                var member = new MemberLanes(branch.Roll, i);
                member.Flags &= Vector256.Create(~(int)MemberFlags.Outvoted);
            }
        }

        o.OutvotedWeek = -1;

        float Seen(int b) => Math.Max((1 - o[PolicyItem.TalkNeedsLeave]) * before / all, outvoted[b] > 0 ? goes[b] / outvoted[b] : 0);
    }

    /// <summary>People of a branch who were outvoted.</summary>
    private static float Outvoted(World world, Branch branch)
    {
        var count = 0;
        foreach (var _ in new Flagged(branch, MemberFlags.Outvoted))
            count++;
        return count * branch.Weight;
    }

    /// <summary>People of a branch who go where they see such a share of the outvoted go; only they stay marked as outvoted if asked to.</summary>
    private float Follow(World world, Branch branch, float seen, bool mark = false)
    {
        var o = branch.Organization;
        var roll = branch.Roll;
        var louder = MemberLanes.All(1 + Company * seen);
        var elsewhere = MemberLanes.All(o.RivalPull * Math.Max(0, o.RivalOpenness - o[PolicyItem.Openness]));
        var go = 0;
        for (var i = 0; i < roll.BlockCount; i++)
        {
            var member = new MemberLanes(roll, i);
            var belief = member[Column.Belief];
            var loyalty = Deterministic.Min(Vector256<float>.One, member[Column.Ties] + (MemberLanes.All(OfCadre) & MemberLanes.Has(member.Flags, MemberFlags.Cadre))) * Deterministic.Min(Vector256<float>.One, belief + belief);
            var urge = (member[Column.Grievance] + MemberLanes.All(Memory) * member[Column.Memory] + elsewhere) * louder;
            var goes = Vector256.GreaterThan(urge, member[Column.Threshold] + MemberLanes.All(Loyalty) * loyalty)
                & MemberLanes.Has(member.Flags, MemberFlags.Outvoted) & roll.FloatMask(i);
            go += BitOperations.PopCount(goes.ExtractMostSignificantBits());
            if (mark)
                member.Flags &= goes.AsInt32() | Vector256.Create(~(int)MemberFlags.Outvoted);
        }

        return go * branch.Weight;
    }

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch)
    {
        var o = branch.Organization;
        if (o.OutvotedWeek < 0 || o.OutvotedWeek != world.Week - 1)
            return;
        // from the end, since the last of the roll takes a freed place
        for (var p = branch.Roll.Count - 1; p >= 0; p--)
        {
            if (((MemberFlags)branch.FlagsAt(p) & MemberFlags.Outvoted) == 0)
                continue;
            if (o.RivalPull > 0 && world.Draws.Uniform(Key, world.Week, branch.IdAt(p)) < o.RivalPull)
                world.Cross(branch, p);
            world.Leave(branch, p, "resigned");
        }
    }
}
