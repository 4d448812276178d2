using System.Numerics;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Where criticism is heard, members who no longer believe can call a ballot on dissolving.</summary>
[Mechanism("dissolution", "Its members voted to dissolve it: openness exposed the rot, convincing most to abandon it.", "jay-2019",
    Equation = "a member is for dissolving if belief + .3 ties + .15 hope + 2.5 needs met x need < bar (.4 + .6 hours asked / 5) + .25 grievance and grievance + .7 memory > aggrieved, abstains if only the first holds; a ballot is called when the share that says so aloud passes the call, held some weeks later, carried by more than half; in a closed organization, or one that believes on the whole, nobody calls one",
    Reads = "member.belief member.ties member.hope member.need member.grievance branch.reputation organization.policy", Writes = "organization.life organization.ballot branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot organization.leaders organization.means organization.hidden organization.staff organization.scattered")]
public sealed class Dissolution : Mechanism
{
    [Parameter("0..1", 0, 2, Origin.Assumed, "What must still hold a member, or he or she is for dissolving.")]
    public float Bar = 0.28f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Grievance above which it is more than indifference: those below abstain.")]
    public float Aggrieved = 0.2f;

    [Parameter("0..1", 0, 4, Origin.Assumed, "What needs met hold a member in need; as for members who stay or leave.")]
    public float NeedsMet = 2.5f;

    [Parameter("share 0..1", 0, 1, Origin.Source, "Share of members who must say it aloud before a ballot is called (a committed quarter tips a convention; V11).")]
    public float Call = 0.25f;

    [Parameter("weeks", 1, 52, Origin.Source, "Weeks from the call to the ballot (letter of 15 March 2019, vote by 29 March; S121, S122).")]
    public float Notice = 2;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Openness below which nobody can call a ballot.", Dosed = false)]
    public float NeedsOpenness = 0.35f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Mean belief above which nobody calls a ballot.", Dosed = false)]
    public float Doubt = 0.5f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (o[PolicyItem.Openness] < NeedsOpenness || (o.Belief > Doubt && o.BallotWeek < 0))
            return;
        if (o.BallotWeek < 0 && world.Week % 2 != 0)
            return;
        if (o.BallotWeek >= 0 && world.Week < o.BallotWeek)
            return;
        // who is asked for little expects little
        var bar = Bar * (0.4f + 0.6f * Math.Min(1, o[PolicyItem.HoursAsked] / 5));
        long yes = 0, no = 0, all = 0;
        foreach (var branch in o.Branches)
        {
            var roll = branch.Roll;
            var met = MemberLanes.All(NeedsMet * branch.NeedReputation);
            all += roll.Count;
            for (var i = 0; i < roll.BlockCount; i++)
            {
                var member = new MemberLanes(world.People, roll.Block(i));
                var grievance = member[Column.Grievance];
                var holds = member[Column.Belief] + MemberLanes.All(0.3f) * member[Column.Ties] + MemberLanes.All(0.15f) * member[Column.Hope] + met * member[Column.Need];
                var stays = Vector512.GreaterThanOrEqual(holds, MemberLanes.All(bar) + MemberLanes.All(0.25f) * grievance);
                var goes = Vector512.AndNot(Vector512.GreaterThan(grievance + MemberLanes.All(0.7f) * member[Column.Memory], MemberLanes.All(Aggrieved)), stays);
                no += BitOperations.PopCount((stays & roll.FloatMask(i)).ExtractMostSignificantBits());
                yes += BitOperations.PopCount((goes & roll.FloatMask(i)).ExtractMostSignificantBits());
            }
        }

        var share = all == 0 ? 0 : yes / (float)all;
        if (o.BallotWeek < 0)
        {
            // said aloud: as far as criticism is free
            if (share * o[PolicyItem.Openness] > Call)
                o.BallotWeek = world.Week + (int)Notice;
            return;
        }

        share = yes + no == 0 ? 0 : yes / (float)(yes + no);
        o.BallotWeek = -1;
        world.Note(EventKinds.Ballot, o, 0, share);
        world.Observer?.Decided(world, o, null, "dissolution", "members", true,
        [
            new(share > 0.5f, false, (int)yes, ("members", 0), ("belief", o.Belief)),
            new(share <= 0.5f, true, (int)no, ("members", o.Members), ("belief", o.Belief)),
        ]);
        if (share > 0.5f)
            world.End(o, Fate.Dissolved, "dissolved");
    }
}
