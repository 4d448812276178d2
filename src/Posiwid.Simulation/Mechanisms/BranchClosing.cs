using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>A branch with too few members closes; some go to another branch, the rest are lost.</summary>
[Mechanism("branch-closing", "Many off-campus branches struggled.", "jay-2019",
    Equation = "fewer than a number of members at the end of a week: it closes, but for the last; each member goes with a chance, leaders and staff always, to another branch whose agents stand for as many people, if there is one, and leaves otherwise",
    Reads = "branch.place member.flags", Writes = "branch.place branch.flows organization.flows organization.life member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot world.pools")]
public sealed class BranchClosing : Mechanism
{
    [Parameter("agents", 0, 100, Origin.Assumed, "Members below which a branch closes; fewer than the five who make one (S95).")]
    public float Below = 3;

    [Parameter("chance", 0, 1, Origin.Assumed, "Chance that a member of a closed branch goes to another.")]
    public float GoOn = 0.5f;

    private readonly BranchTest small;

    /// <summary>A rule with its usual parameters.</summary>
    public BranchClosing() => small = (_, branch) => branch.Roll.Count < Below;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        var live = world.Proposals();
        foreach (var branch in world.Stretches.Where(o, small))
            live.Add(new Intent(world.Week, Channel.Branches, branch.Key, -1, (int)BranchAct.Close));
        if (live.Count == 0 && !world.Intents.Active)
            return;
        var open = world.Scratch;
        var weight = -1f;
        foreach (var intent in world.Intents.Events(world, Channel.Branches, o, (int)BranchAct.Close, live))
        {
            if (world.Find(intent.Unit) is not { } branch)
            {
                world.Intents.Drop();
                continue;
            }

            if (weight != branch.Weight)
                Gather(o, weight = branch.Weight, open);
            if (branch.Roll.Count >= Below)
                open.Remove(branch);
            if (open.Count == 0 && o.BranchCount == 1)
                continue;
            while (branch.Roll.Count > 0)
            {
                var id = branch.IdAt(branch.Roll.Count - 1);
                var office = (branch.FlagsAt(branch.Roll.Count - 1) & (int)(MemberFlags.Leader | MemberFlags.Staff)) != 0;
                if (open.Count > 0 && (office || world.Draws.Uniform(Key, world.Week, id) < GoOn))
                    world.Transfer(branch, branch.Roll.Count - 1, open[world.Draws.Index(open.Count, Key, world.Week, id, 1)]);
                else
                    world.Leave(branch, branch.Roll.Count - 1, "lapsed");
            }

            for (var f = 0; f < (int)Flow.Count; f++)
                o.FlowsSinceSample[f] += branch.Flows[f];
            world.Note(EventKinds.BranchClosed, o, branch.Number, world.Week - branch.Founded, world.Setting.MilieuNames[branch.Milieu]);
            world.Close(branch);
        }
    }

    /// <summary>The branches to which members of a closed one can go, whose agents stand for as many people. None of them closes, and none gets too small, while others are closed.</summary>
    private void Gather(Organization o, float weight, List<Branch> open)
    {
        open.Clear();
        foreach (var branch in o.Branches)
        {
            if (branch.Roll.Count >= Below && branch.Weight == weight)
                open.Add(branch);
        }
    }
}
