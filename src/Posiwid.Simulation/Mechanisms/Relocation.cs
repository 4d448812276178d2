using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>A branch that does badly goes where branches do well: to a campus; a strong campus branch tries the neighborhood again.</summary>
[Mechanism("relocation", "Branches went from operating in a neighborhood to retreating to a campus, where recruitment was much easier, and then back again after a year or two.", "jay-2019",
    Equation = "every four weeks a watched branch smaller than a quarter of a year ago moves with a chance, to a milieu drawn with weight sites x e^(usual growth / temperature); a strong campus branch moves to one off campus at a yearly rate, where there is monitoring; ties x .95; usual growth of a milieu += .06 (mean growth of its branches - usual growth)",
    Reads = "branch.place branch.census branch.size organization.praise organization.policy", Writes = "branch.place branch.contacts organization.flows organization.praise member.ties")]
public sealed class Relocation : Mechanism
{
    [Parameter("chance/4 weeks", 0, 1, Origin.Assumed, "Chance that a branch that is watched after a visit and still shrinks moves.", Dosed = true)]
    public float AfterVisit = 0.07f;

    [Parameter("1/year", 0, 2, Origin.Assumed, "Rate at which a strong campus branch moves out.", Dosed = true)]
    public float OutAgain = 0.10f;

    [Parameter("members", 1, 200, Origin.Assumed, "Size of a strong branch.")]
    public float Strong = 18;

    [Parameter("growth/13 weeks", 0.001, 2, Origin.Assumed, "Temperature of the choice of milieu.")]
    public float Temperature = 0.06f;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (world.Week % 4 != 3)
            return;
        Follow(world, o);
        var live = world.Proposals();
        foreach (var branch in world.Stretches.Where(o, mobile))
        {
            var u = world.Draws.Uniform(Key, world.Week, branch.Key);
            if (u < AfterVisit && IsDeclining(world, branch))
                Propose(world, o, branch, Choose(world, o, branch), live);
            else if (u > 1 - OutAgain / 13 && IsStrong(world, branch))
                Propose(world, o, branch, SiteChoice.ChooseMilieu(world, o, Temperature, world.Draws.Uniform(Key, world.Week, branch.Key, 5), offCampus: true), live);
        }

        foreach (var intent in world.Intents.Events(world, Channel.Branches, o, (int)BranchAct.Move, live))
        {
            if (world.Find(intent.Unit) is { } branch && world.At(intent.Item, o) is null)
                Move(world, o, branch, intent.Item);
            else
                world.Intents.Drop();
        }
    }

    private readonly BranchTest mobile;

    /// <summary>A rule with its usual parameters.</summary>
    public Relocation() => mobile = (world, branch) => IsDeclining(world, branch) || IsStrong(world, branch);

    /// <summary>Watched by the center, and by its reports smaller than a quarter of a year ago.</summary>
    private static bool IsDeclining(World world, Branch branch) => branch.WatchedUntil > world.Week && Size(world, branch) < branch.EarlierSize;

    private static float Size(World world, Branch branch) => world.Intents.Sense(world, Sensor.SizeReports, branch.Key, branch.Census.Members);

    private bool IsStrong(World world, Branch branch) =>
        branch.Kind == Scenarios.MilieuKind.Campus && Size(world, branch) * branch.Weight >= Strong && branch.Organization[PolicyItem.Monitoring] > 0;

    /// <summary>Running mean of growth by milieu, as reported.</summary>
    private static void Follow(World world, Organization o)
    {
        Span<float> sum = stackalloc float[world.Setting.Milieus.Length], count = stackalloc float[sum.Length];
        sum.Clear();
        count.Clear();
        foreach (var b in o.Branches)
        {
            if (b.EarlierSize <= 0)
                continue;
            sum[b.Milieu] += Math.Clamp(Size(world, b) / b.EarlierSize - 1, -0.5f, 0.5f);
            count[b.Milieu]++;
        }

        for (var m = 0; m < sum.Length; m++)
        {
            if (count[m] > 0)
                o.MilieuGrowth[m] += 0.06f * (sum[m] / count[m] - o.MilieuGrowth[m]);
        }
    }

    private int Choose(World world, Organization o, Branch branch) => SiteChoice.ChooseMilieu(world, o, Temperature, world.Draws.Uniform(Key, world.Week, branch.Key, 1));

    private void Propose(World world, Organization o, Branch branch, int milieu, List<Intent> live)
    {
        var site = milieu < 0 || milieu == branch.Milieu || world.Setting.Milieus[milieu].Weight != branch.Weight ? -1 : SiteChoice.FreeSite(world, o, milieu, world.Draws.Uniform(Key, world.Week, branch.Key, 2));
        if (site >= 0 && !world.Take(site))
            site = -1; // another branch takes it
        world.Observer?.Decided(world, o, branch, "relocation", "center", true, SiteChoice.Milieus(world, o, site < 0 ? branch.Milieu : milieu, branch.Milieu));
        if (site >= 0)
            live.Add(new Intent(world.Week, Channel.Branches, branch.Key, site, (int)BranchAct.Move));
    }

    private static void Move(World world, Organization o, Branch branch, int site)
    {
        var from = world.Setting.MilieuNames[branch.Milieu];
        var declining = IsDeclining(world, branch);
        world.MoveBranch(branch, site);
        o.FlowsSinceSample[(int)Flow.Moves]++;
        world.Note(EventKinds.BranchMoved, o, branch.Number, branch.Census.Members, $"{from} to {world.Setting.MilieuNames[branch.Milieu]}{(declining ? ", after a decline" : "")}");
        for (var p = 0; p < branch.Roll.Count; p++)
            branch.Roll.At(p, Column.Ties) *= 0.95f;
    }
}
