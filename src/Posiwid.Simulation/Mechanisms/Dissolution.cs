using System.Numerics;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Members who no longer believe say so as they dare, and enough of them call a ballot on dissolving. What they say and how they vote can differ from what they want (preferences falsified under
/// pressure; Kuran 1995): least where criticism is free.
/// </summary>
[Mechanism("dissolution", "Its members voted to dissolve it: openness exposed the rot, convincing most to abandon it.", "jay-2019",
    Equation = "a member wants it dissolved if belief + .3 ties + .15 hope + 2.5 needs met x need < bar (.4 + .6 min(1, hours asked / 5)) + .25 grievance and a = grievance + .7 memory - aggrieved > 0, and is indifferent if only the first holds; says so if a > (1 - openness) pressure + fear; asked every other week; a ballot is called when the share that says so passes the call, held some weeks later; there whoever wants it votes for it if a > (1 - secrecy) x that, against it otherwise; the indifferent abstain; members count as people; carried by more than half; where belief is high on the whole nobody calls one",
    Reads = "member.belief member.ties member.hope member.need member.grievance member.memory member.fear branch.reputation organization.policy organization.means organization.ballot", Writes = "organization.life organization.ballot member.flags branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.slot organization.leaders organization.means organization.hidden organization.staff organization.scattered")]
public sealed class Dissolution : Mechanism
{
    [Parameter("0..1", 0, 2, Origin.Calibrated, "What must still hold a member, or he or she is for dissolving; set by hand, looking at the last years of the ISO.")]
    public float Bar = 0.28f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Grievance above which it is more than indifference: those below abstain.")]
    public float Aggrieved = 0.2f;

    [Parameter("ratio", 0, 4, Origin.Assumed, "What holds beside belief: ties, hope, needs met where there is need.")]
    public float Ties = 0.3f, Hope = 0.15f, NeedsMet = 2.5f;

    [Parameter("ratio", 0, 4, Origin.Assumed, "What grievance adds to what must hold.")]
    public float Grievance = 0.25f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of what must hold that is left where nothing is asked of members.")]
    public float Unasked = 0.4f;

    [Parameter("share 0..1", 0, 1, Origin.Source, "Share of members who must say it aloud before a ballot is called (a committed quarter tips a convention; V11).")]
    public float Call = 0.25f;

    [Parameter("weeks", 1, 52, Origin.Source, "Weeks from the call to the ballot (letter of 15 March 2019, vote by 29 March; S121, S122).")]
    public float Notice = 2;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Pressure not to say so where nothing may be said, as in other votes.")]
    public float Pressure = 0.25f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of pressure and fear that a ballot takes away, since nobody sees who voted how.")]
    public float Secrecy = 0.5f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Mean belief above which nobody calls a ballot.", Dosed = false)]
    public float Doubt = 0.5f;

    [Parameter("ratio", 0, 4, Origin.Assumed, "Weight of remembered wrongs beside present grievance, as for voice.")]
    public float Memory = 0.7f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (o.BallotWeek < 0 ? o.Belief > Doubt || world.Week % 2 != 0 : world.Week < o.BallotWeek)
            return;
        var called = o.BallotWeek >= 0;
        var (yes, no, all) = Ask(world, o, called ? 1 - Secrecy : 1, mark: false);
        if (!called)
        {
            if (yes > Call * all)
                o.BallotWeek = world.Week + (int)Notice;
            return;
        }

        var share = yes + no == 0 ? 0 : (float)(yes / (yes + no));
        o.BallotWeek = -1;
        world.Note(EventKinds.Ballot, o, 0, share);
        world.Observer?.Decided(world, o, null, "dissolution", "members", true,
        [
            new(share > 0.5f, false, (int)yes, ("members", 0), ("belief", o.Belief)),
            new(share <= 0.5f, true, (int)no, ("members", o.Members), ("belief", o.Belief)),
        ]);
        if (share > 0.5f)
        {
            world.End(o, Fate.Dissolved, "dissolved");
            return;
        }

        Ask(world, o, 1 - Secrecy, mark: true);
        o.OutvotedWeek = world.Week;
    }

    /// <summary>How many people are for it, against it and asked, as they dare under a part of pressure and fear; those who are for it are marked as outvoted if asked to.</summary>
    private (double Yes, double No, double All) Ask(World world, Organization o, float exposed, bool mark)
    {
        // who is asked for little expects little
        var bar = MemberLanes.All(Bar * (Unasked + (1 - Unasked) * Math.Min(1, o[PolicyItem.HoursAsked] / 5)));
        var pressure = MemberLanes.All(exposed * (1 - o[PolicyItem.Openness]) * Pressure);
        var afraid = MemberLanes.All(exposed);
        double yes = 0, no = 0, all = 0;
        foreach (var branch in o.Branches)
        {
            var roll = branch.Roll;
            var met = MemberLanes.All(NeedsMet * branch.NeedReputation);
            int yesHere = 0, noHere = 0;
            for (var i = 0; i < roll.BlockCount; i++)
            {
                var member = new MemberLanes(roll, i);
                var grievance = member[Column.Grievance];
                var holds = member[Column.Belief] + MemberLanes.All(Ties) * member[Column.Ties] + MemberLanes.All(Hope) * member[Column.Hope] + met * member[Column.Need];
                var done = Vector256.LessThan(holds, bar + MemberLanes.All(Grievance) * grievance);
                var aggrieved = grievance + MemberLanes.All(Memory) * member[Column.Memory] - MemberLanes.All(Aggrieved);
                var wants = done & Vector256.GreaterThan(aggrieved, Vector256<float>.Zero);
                var votes = wants & Vector256.GreaterThan(aggrieved, pressure + afraid * member[Column.Fear]) & roll.FloatMask(i);
                yesHere += BitOperations.PopCount(votes.ExtractMostSignificantBits());
                noHere += BitOperations.PopCount((Vector256.AndNot(~done | wants, votes) & roll.FloatMask(i)).ExtractMostSignificantBits());
                if (mark)
                    member.Flags |= votes.AsInt32() & Vector256.Create((int)MemberFlags.Outvoted);
            }

            yes += yesHere * (double)branch.Weight;
            no += noHere * (double)branch.Weight;
            all += roll.Count * (double)branch.Weight;
        }

        return (yes, no, all);
    }
}
