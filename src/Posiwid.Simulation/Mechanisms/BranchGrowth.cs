using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>A branch that has grown large sends a third of its members to found another.</summary>
[Mechanism("branch-growth", "Branches above thirty members can become unwieldy; five make a branch.", "iso-toolkit-2012",
    Equation = "every four weeks a branch of at least the splitting size, eight agents and three cadre splits with a chance; the new site lies in a milieu drawn with weight sites x e^(usual growth / temperature), where an agent stands for as many people; each member who does not lead goes with chance 1/3",
    Reads = "branch.census organization.praise member.flags", Writes = "branch.place branch.effort branch.yield branch.reputation branch.size branch.clocks branch.census organization.life")]
public sealed class BranchGrowth : Mechanism
{
    [Parameter("chance/4 weeks", 0, 1, Origin.Assumed, "Chance that a large branch splits.", Dosed = true)]
    public float Chance = 0.12f;

    [Parameter("members", 4, 10_000, Origin.Source, "Size from which a branch may split (30 and more is unwieldy; S95).")]
    public float From = 30;

    [Parameter("growth/13 weeks", 0.001, 2, Origin.Assumed, "Temperature of the choice of milieu.")]
    public float Temperature = 0.06f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (world.Week % 4 != 0)
            return;
        var live = world.Proposals();
        foreach (var branch in world.Stretches.Where(o, large))
        {
            if (world.Draws.Uniform(Key, world.Week, branch.Key) >= Chance)
                continue;
            var milieu = SiteChoice.ChooseMilieu(world, o, Temperature, world.Draws.Uniform(Key, world.Week, branch.Key, 1));
            var site = milieu < 0 ? -1 : SiteChoice.FreeSite(world, o, milieu, world.Draws.Uniform(Key, world.Week, branch.Key, 2));
            var founds = site >= 0 && world.Setting.Milieus[milieu].Weight == branch.Weight && world.Take(site);
            if (founds)
                live.Add(new Intent(world.Week, Channel.Branches, branch.Key, site, (int)BranchAct.Split));
            world.Observer?.Decided(world, o, branch, "new_branch", "center", true, SiteChoice.Milieus(world, o, founds ? milieu : -1, -1));
        }

        foreach (var intent in world.Intents.Events(world, Channel.Branches, o, (int)BranchAct.Split, live))
        {
            if (world.Find(intent.Unit) is { } parent && world.At(intent.Item, o) is null)
                Split(world, o, parent, intent.Item);
            else
                world.Intents.Drop();
        }
    }

    private readonly BranchTest large;

    /// <summary>A rule with its usual parameters.</summary>
    public BranchGrowth() => large = (_, branch) => branch.Census.Members * branch.Weight >= From && branch.Census.Members >= 8 && branch.Census.Cadre >= 3;

    private void Split(World world, Organization o, Branch parent, int site)
    {
        var child = world.Open(o, site, parent);
        for (var a = 0; a < Activity.Planned; a++)
            child.Effort[a] = world.Intents.State(world, Channel.Effort, child.Key, o.Index, child.Milieu, a, parent.Effort[a]);
        for (var i = 0; i < parent.Yield.Length; i++)
            child.Yield[i] = parent.Yield[i] / 3;
        for (var a = 0; a < Activity.Count; a++)
            child.UsualHours[a] = parent.UsualHours[a] / 3;
        child.WinReputation = parent.WinReputation;
        child.NeedReputation = parent.NeedReputation;
        // a third goes, drawn person by person; leaders stay
        for (var p = parent.Roll.Count - 1; p >= 0; p--)
        {
            var flags = (MemberFlags)parent.FlagsAt(p);
            if ((flags & MemberFlags.Leader) == 0 && world.Draws.Uniform(Key, world.Week, parent.IdAt(p), 3) < 1 / 3f)
                world.Transfer(parent, p, child);
        }

        CensusTaker.Take(parent);
        CensusTaker.Take(child);
        child.EarlierSize = child.Census.Members;
        world.Note(EventKinds.BranchOpened, o, child.Number, child.Roll.Count * child.Weight, world.Setting.MilieuNames[child.Milieu]);
    }
}
