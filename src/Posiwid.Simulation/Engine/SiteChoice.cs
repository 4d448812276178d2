namespace Posiwid.Simulation.Engine;

/// <summary>How a center picks the place of a branch.</summary>
public static class SiteChoice
{
    /// <summary>True if an organization may found branches in a milieu.</summary>
    public static bool IsOpen(World world, Organization o, int milieu) => o.Spec.Milieus is not { } open || open.Contains(world.Setting.MilieuNames[milieu]);

    /// <summary>A milieu drawn with weight sites x e^(usual growth / temperature) among those open to the organization; -1 if there is none.</summary>
    public static int ChooseMilieu(World world, Organization o, float temperature, float u, bool offCampus = false)
    {
        Span<float> weights = stackalloc float[world.Setting.Milieus.Length];
        var total = 0f;
        for (var m = 0; m < weights.Length; m++)
        {
            weights[m] = !IsOpen(world, o, m)
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
            if (IsOpen(world, o, m))
                menu.Add(new Alternative(m == chosen, m == now, null, ("milieu." + world.Setting.MilieuNames[m], 1), ("growth", o.MilieuGrowth[m]), ("free_sites", FreeSites(world, o, m))));
        }

        if (now < 0)
            menu.Add(new Alternative(chosen < 0, true, null, ("growth", 0)));
        return menu;
    }

    private static int FreeSites(World world, Organization o, int milieu) => world.Setting.Milieus[milieu].Sites - o.BranchesIn[milieu];

    /// <summary>A site of a milieu where the organization has no branch; -1 if there is none.</summary>
    public static int FreeSite(World world, Organization o, int milieu, float u)
    {
        if (FreeSites(world, o, milieu) == 0)
            return -1;
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
}
