using System.Numerics;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// At the convention members and leaders vote on whether to allow open criticism. Leaders come round when the
/// organization's survival needs it; members follow them as far as they believe, and vote as they dare.
/// </summary>
[Mechanism("opening", "The organization only changed when it had to, for its own survival; the reformers came round when it was absolutely essential.", "jay-2019",
    Equation = "a leader is for opening if max(0, decline over two years) + weight x share of exits to a rival > own threshold; a member if grievance + .7 memory + rival pull x how much more open it is + .5 decline + belief (2 x leaders for - 1) x following - (1 - openness) pressure - fear > bar (pressure and fear do not count once most leaders are for it); nothing is voted on in a run's first two years; carried by more than half; moved where a leader is for it or a share of members is heard to speak; some time after it opened as few for it as to close again carry that; openness += speed (aim - openness); members count as people; those who were for openness in vain, where it stays closed or closes again, are outvoted",
    Reads = "organization.means organization.rival organization.leaders organization.policy member.grievance member.memory member.belief member.fear member.flags", Writes = "organization.policy organization.ballot member.flags")]
public sealed class Opening : Mechanism
{
    [Parameter("0..1", 0, 3, Origin.Calibrated, "Mean of the leaders' thresholds, and their spread; set by hand, looking at the last years of the ISO.")]
    public float LeaderThreshold = 0.45f, LeaderSpread = 0.1f;

    [Parameter("ratio", 0, 3, Origin.Assumed, "Weight of the share of exits that go to a rival in the leaders' eyes.")]
    public float RivalExits = 0.5f;

    [Parameter("0..1", 0, 3, Origin.Assumed, "Discontent at which a member votes to open.")]
    public float Bar = 0.45f;

    [Parameter("ratio", 0, 3, Origin.Assumed, "How far members who believe follow the leadership.", Dosed = true)]
    public float Following = 0.8f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Pressure to vote with the leadership where nothing may be said.")]
    public float Pressure = 0.25f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Openness that a motion carried aims at.")]
    public float Aim = 0.85f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of members who must be heard to speak for opening to be moved where no leader is for it.")]
    public float Movers = 0.005f;

    [Parameter("weeks", 0, 1040, Origin.Assumed, "Weeks after it opened before closing again can be carried.")]
    public float Trial = 40;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of members for openness below which an organization that had opened closes again, back to the openness of its founding.")]
    public float CloseBelow = 0.25f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which openness moves to its aim.")]
    public float Speed = 0.15f;

    [Parameter("ratio", 0, 4, Origin.Assumed, "Weight of remembered wrongs beside present grievance, as for voice.")]
    public float Memory = 0.7f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (world.Setting.Calendar.Begins(world.Week, world.Setting.Scenario.Calendar.Convention) && world.Week >= 104)
            Vote(world, o);
        if (o.OpennessAim >= 0)
        {
            ref var openness = ref o.Policy[(int)PolicyItem.Openness];
            openness += Speed * (o.OpennessAim - openness);
        }

        o.Policy[(int)PolicyItem.Openness] = world.Intents.State(world, Channel.Openness, (ulong)o.Index, o.Index, -1, 0, o[PolicyItem.Openness]);
        o.Policy[(int)PolicyItem.HarmHandled] = world.Intents.State(world, Channel.Openness, (ulong)o.Index, o.Index, -1, 1, o[PolicyItem.HarmHandled]);
    }

    private void Vote(World world, Organization o)
    {
        var open = o.OpennessAim > 0.5f || o[PolicyItem.Openness] > 0.5f;
        var before = o.SizeTwoYearsAgo(world.Week);
        var decline = before > 0 ? Math.Clamp(1 - o.Members / before, -0.5f, 1) : 0;
        var toRival = o.UsualExits > 0 ? o.UsualExitsRival / o.UsualExits : 0;
        var pressing = Math.Max(0, decline) + RivalExits * toRival;
        var forOpening = 0;
        foreach (var leader in o.Leaders)
        {
            if (pressing > LeaderThreshold + LeaderSpread * world.Draws.Normal(Key, 0, leader.Person))
                forOpening++;
        }

        var line = o.Leaders.Count == 0 ? 0 : 2f * forOpening / o.Leaders.Count - 1;
        var (yes, all, proposers) = Count(world, o, line, decline, mark: false);
        // nobody moves it where nobody is heard to speak and no leader is for it
        if (all == 0 || (!open && world.Intents.Sense(world, Sensor.CriticismHeard, (ulong)o.Index, (float)proposers, 1) < Movers * all && forOpening == 0))
            return;
        var share = (float)(yes / all);
        var carried = share > 0.5f;
        if (!open && carried)
        {
            o.OpennessAim = Aim;
            o.OpenedWeek = world.Week;
            world.Note(EventKinds.Opened, o, 0, share);
        }
        else if (!open)
        {
            Count(world, o, line, decline, mark: true);
            o.OutvotedWeek = world.Week;
        }
        else if (o.OpenedWeek >= 0 && world.Week > o.OpenedWeek + (int)Trial && share < CloseBelow)
        {
            o.OpennessAim = (float)o.Spec.Policy.Openness;
            Count(world, o, line, decline, mark: true);
            o.OutvotedWeek = world.Week;
            world.Note(EventKinds.Closed, o, 0, share);
        }

        var ends = o.OpennessAim > 0.5f || (o.OpennessAim < 0 && open);
        world.Observer?.Decided(world, o, null, "openness", "members", true,
        [
            new(ends, open, (int)yes, ("openness", open ? o[PolicyItem.Openness] : Aim), ("leaders_for", (line + 1) / 2), ("decline", decline)),
            new(!ends, !open, (int)all - (int)yes, ("openness", open ? o.Spec.Policy.Openness : o[PolicyItem.Openness]), ("leaders_for", (1 - line) / 2), ("decline", decline)),
        ]);
    }

    /// <summary>How many people vote for openness as they dare, how many vote, and how many have spoken; those who are for it are marked as outvoted if asked to.</summary>
    private (double Yes, double All, double Proposers) Count(World world, Organization o, float line, float decline, bool mark)
    {
        double yes = 0, all = 0, proposers = 0;
        var shared = MemberLanes.All(o.RivalPull * Math.Max(0, o.RivalOpenness - o[PolicyItem.Openness]) + 0.5f * decline);
        var following = MemberLanes.All(Following * line);
        var pressure = MemberLanes.All((1 - o[PolicyItem.Openness]) * Pressure);
        foreach (var branch in o.Branches)
        {
            var roll = branch.Roll;
            int votesHere = 0, proposersHere = 0;
            for (var i = 0; i < roll.BlockCount; i++)
            {
                var member = new MemberLanes(roll, i);
                var mood = member[Column.Grievance] + MemberLanes.All(Memory) * member[Column.Memory] + shared + following * member[Column.Belief];
                var held = line > 0 ? Vector256<float>.Zero : pressure + member[Column.Fear];
                var votes = Vector256.GreaterThan(mood - held, MemberLanes.All(Bar)) & roll.FloatMask(i);
                var spoke = MemberLanes.Has(member.Flags, MemberFlags.Spoke) & roll.FloatMask(i);
                votesHere += BitOperations.PopCount(votes.ExtractMostSignificantBits());
                proposersHere += BitOperations.PopCount(spoke.ExtractMostSignificantBits());
                if (mark)
                    member.Flags |= votes.AsInt32() & Vector256.Create((int)MemberFlags.Outvoted);
            }

            yes += votesHere * (double)branch.Weight;
            proposers += proposersHere * (double)branch.Weight;
            all += roll.Count * (double)branch.Weight;
        }

        return (yes, all, proposers);
    }
}
