using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>A branch that has grown large sends a third of its members to found another.</summary>
[Mechanism("branch-growth", "Branches above thirty members can become unwieldy; five make a branch.", "iso-toolkit-2012",
    Equation = "every four weeks a branch of at least the splitting size with three cadre splits with a chance; the new site lies in a milieu drawn with weight e^(usual growth / temperature)",
    Reads = "branch.census organization.praise", Writes = "branch.place branch.effort branch.yield branch.size branch.clocks branch.census organization.life")]
public sealed class BranchGrowth : Mechanism
{
    [Parameter("chance/4 weeks", 0, 1, Origin.Assumed, "Chance that a large branch splits.", Dosed = true)]
    public float Chance = 0.12f;

    [Parameter("members", 4, 10_000, Origin.Source, "Size from which a branch may split (30 and more is unwieldy; S95).")]
    public float From = 22;

    [Parameter("growth/13 weeks", 0.001, 2, Origin.Assumed, "Temperature of the choice of milieu.")]
    public float Temperature = 0.06f;

    /// <summary>A milieu drawn with weight e^(usual growth / temperature) among those open to the organization; -1 if there is none.</summary>
    public static int ChooseMilieu(World world, Organization o, float temperature, float u, bool offCampus = false)
    {
        Span<float> weights = stackalloc float[world.Setting.Milieus.Length];
        var total = 0f;
        for (var m = 0; m < weights.Length; m++)
        {
            weights[m] = (o.Spec.Milieus is { } open && !open.Contains(world.Setting.MilieuNames[m]))
                || (offCampus && world.Setting.Milieus[m].Kind == Scenarios.MilieuKind.Campus) ? 0
                : world.Setting.Milieus[m].Sites * Deterministic.Exp(Math.Clamp(o.MilieuGrowth[m] / temperature, -20, 20));
            total += weights[m];
        }

        var at = u * total;
        for (var m = 0; m < weights.Length; m++)
        {
            at -= weights[m];
            if (at <= 0 && weights[m] > 0)
                return m;
        }

        return -1;
    }

    /// <summary>The milieus on the table for an observer: those open to the organization, and to found none or to stay.</summary>
    /// <param name="world">The world.</param>
    /// <param name="o">The organization.</param>
    /// <param name="chosen">Milieu chosen; -1 for none.</param>
    /// <param name="now">Milieu where the branch is, if it could stay; -1 if nothing is founded otherwise.</param>
    public static IReadOnlyList<Alternative> Milieus(World world, Organization o, int chosen, int now)
    {
        var menu = new List<Alternative>();
        for (var m = 0; m < world.Setting.Milieus.Length; m++)
        {
            if (o.Spec.Milieus is not { } open || open.Contains(world.Setting.MilieuNames[m]))
                menu.Add(new Alternative(m == chosen, m == now, null, ("milieu." + world.Setting.MilieuNames[m], 1), ("growth", o.MilieuGrowth[m]), ("free_sites", FreeSites(world, o, m))));
        }

        if (now < 0)
            menu.Add(new Alternative(chosen < 0, true, null, ("growth", 0)));
        return menu;
    }

    private static int FreeSites(World world, Organization o, int milieu)
    {
        var free = 0;
        for (var site = world.Setting.FirstSite[milieu]; site < world.Setting.FirstSite[milieu + 1]; site++)
            free += world.At(site, o) is null ? 1 : 0;
        return free;
    }

    /// <summary>A site of a milieu where the organization has no branch; -1 if there is none.</summary>
    public static int FreeSite(World world, Organization o, int milieu, float u)
    {
        var first = world.Setting.FirstSite[milieu];
        var count = world.Setting.FirstSite[milieu + 1] - first;
        var start = (int)(u * count);
        for (var i = 0; i < count; i++)
        {
            var site = first + (start + i) % count;
            if (world.At(site, o) is null)
                return site;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (world.Week % 4 != 0)
            return;
        var live = world.Proposals();
        foreach (var branch in o.Branches)
        {
            if (branch.Census.Members * branch.Weight < From || branch.Census.Members < 8 || branch.Census.Cadre < 3
                || world.Draws.Uniform(Key, world.Week, branch.Key) >= Chance)
                continue;
            var milieu = ChooseMilieu(world, o, Temperature, world.Draws.Uniform(Key, world.Week, branch.Key, 1));
            var site = milieu < 0 ? -1 : FreeSite(world, o, milieu, world.Draws.Uniform(Key, world.Week, branch.Key, 2));
            var founds = site >= 0 && world.Setting.Milieus[milieu].Weight == branch.Weight;
            if (founds)
                live.Add(new Intent(world.Week, Channel.Branches, branch.Key, site, 1));
            world.Observer?.Decided(world, o, branch, "new_branch", "center", true, Milieus(world, o, founds ? milieu : -1, -1));
        }

        foreach (var intent in world.Intents.Events(world, Channel.Branches, o, live))
        {
            if (intent.Value != 1)
                continue;
            if (world.Find(intent.Unit) is { } parent && world.At(intent.Item, o) is null)
                Split(world, o, parent, intent.Item);
            else
                world.Intents.Drop();
        }
    }

    private void Split(World world, Organization o, Branch parent, int site)
    {
        var child = world.Open(o, site, parent);
        parent.Effort.CopyTo(child.Effort, 0);
        for (var i = 0; i < parent.Yield.Length; i++)
            child.Yield[i] = parent.Yield[i] / 3;
        for (var a = 0; a < Activity.Count; a++)
            child.UsualHours[a] = parent.UsualHours[a] / 3;
        child.WinReputation = parent.WinReputation;
        child.NeedReputation = parent.NeedReputation;
        // a third goes, drawn person by person; leaders stay
        for (var p = parent.Roll.Count - 1; p >= 0; p--)
        {
            var flags = (MemberFlags)world.FlagsAt(parent, p);
            if ((flags & MemberFlags.Leader) == 0 && world.Draws.Uniform(Key, world.Week, world.IdAt(parent, p), 3) < 1 / 3f)
                world.Transfer(parent, p, child);
        }

        CensusTaker.Take(world, parent);
        CensusTaker.Take(world, child);
        child.SlowSize = child.EarlierSize = child.Census.Members;
        world.Note(EventKinds.BranchOpened, o, child.Number, child.Roll.Count * child.Weight, world.Setting.MilieuNames[child.Milieu]);
    }
}
