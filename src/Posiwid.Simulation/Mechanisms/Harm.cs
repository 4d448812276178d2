using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Harm is done in the organization; it is dealt with or hidden. Hidden harm is known to particular people.</summary>
/// <remarks>Levels of severity are abstract (1 to 3) and depict nothing.</remarks>
[Mechanism("harm", "An investigation was shut down; what was covered up stayed so for years.", "jay-2019",
    Equation = "cases ~ Poisson(rate members); somebody at the top is answerable with chance min(.24, 12 (leaders + staff) / members); dealt with chance handled + (1 - handled) openness (half of it where somebody at the top is answerable); else up to three members know: the one harmed, a friend drawn by .1 + ties, and a leader where the top is answerable; grievance and memory of whoever was harmed rise",
    Reads = "branch.census organization.policy organization.leaders organization.staff organization.means member.flags member.ties", Writes = "branch.clocks organization.hidden organization.flows member.grievance member.memory")]
public sealed class Harm : Mechanism
{
    [Parameter("1/year", 0, 0.2, Origin.Assumed, "Cases per member and year.", Dosed = true)]
    public float PerYear = 0.006f;

    [Parameter("share 0..1", 0, 1, Origin.Source, "Share of cases for which somebody at the top is answerable, at most (senior managers: 24% of misconduct; V8).")]
    public float AtTop = 0.24f;

    [Parameter("ratio", 0, 100, Origin.Assumed, "How much more often than others somebody with an office is answerable.")]
    public float PerOffice = 12;

    [Parameter("ratio", 1, 10, Origin.Assumed, "How much more often a member of a marginalized group is harmed.")]
    public float MarginalizedOften = 1.6f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of cases that are of the lowest severity, and of the highest; of the highest where the top is answerable, the others there being in between.")]
    public float Slight = 0.6f, Grave = 0.1f, GraveAtTop = 0.5f;

    [Parameter("0..1", 0, 1, Origin.Source, "Grievance of whoever is harmed and not helped (harassment: rate of leaving x2.1; V3).")]
    public float Hurt = 0.3f;

    /// <summary>Share of cases at the top: in proportion to how many of the members hold office or are paid, up to the published share.</summary>
    private float ShareAtTop(Organization o) => Math.Min(AtTop, PerOffice * (o.Leaders.Count + o.Staff) / Math.Max(1, o.Members));

    /// <summary>Chance that a case is dealt with rather than hidden.</summary>
    public static float Handled(float handled, float openness, bool atTop) => handled + (1 - handled) * openness * (atTop ? 0.5f : 1);

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        foreach (var branch in world.Stretches.Where(o, due))
        {
            var cases = branch.WindUp(Clock.Harm, world.Draws, Key, world.Week);
            for (var c = 0; c < cases; c++)
                Happen(world, o, branch, c);
        }
    }

    private readonly BranchTest due;
    private readonly MemberRates exposed;

    /// <summary>A rule with its usual parameters.</summary>
    public Harm() => (due, exposed) = (Due, member =>
        Vector256.ConditionalSelect(MemberLanes.Has(member.Flags, MemberFlags.Marginalized), MemberLanes.All(MarginalizedOften), Vector256<float>.One));

    private bool Due(World world, Branch branch)
    {
        if (branch.Roll.Count == 0)
            return false;
        ref var left = ref branch.Clocks[(int)Clock.Harm];
        left -= PerYear / 52 * branch.Census.Members * branch.Weight;
        return left <= 0;
    }

    private void Happen(World world, Organization o, Branch branch, int c)
    {
        var number = ++o.Cases;
        var u = world.Draws.Uniform(Key, world.Week, branch.Key, 8 * c);
        var atTop = world.Draws.Uniform(Key, world.Week, branch.Key, 8 * c + 1) < ShareAtTop(o);
        var severity = atTop ? (u < 1 - GraveAtTop ? 2 : 3) : u < Slight ? 1 : u < 1 - Grave ? 2 : 3;
        o.FlowsSinceSample[(int)Flow.Harm]++;
        var harmed = Race.Pick(world, branch, exposed, Key, 8 * c);
        var harmedId = branch.IdAt(harmed);
        var handled = world.Draws.Uniform(Key, world.Week, branch.Key, 8 * c + 2)
            < Handled(o[PolicyItem.HarmHandled], o[PolicyItem.Openness], atTop);
        world.Observer?.Complained(world, o, branch, number, severity, atTop, handled);
        if (handled)
        {
            o.FlowsSinceSample[(int)Flow.HarmHandled]++;
            return;
        }

        // one person is harmed, whatever the agent stands for
        var hurt = Hurt / branch.Weight;
        ref var grievance = ref branch.Roll.At(harmed, Column.Grievance);
        grievance = Math.Min(1, grievance + hurt);
        branch.Roll.At(harmed, Column.Memory) += hurt;
        var friend = Race.Pick(world, branch, static member => MemberLanes.All(0.1f) + member[Column.Ties], Key, 8 * c + 1, except: harmedId);
        ulong top = 0;
        if (atTop && o.Leaders.Count > 0)
            top = o.Leaders[world.Draws.Index(o.Leaders.Count, Key, world.Week, branch.Key, 8 * c + 3)].Person;
        // who knows is followed, since it matters later whether he or she is still a member
        world.Whereabouts.Follow(o, harmedId, branch);
        if (friend >= 0)
            world.Whereabouts.Follow(o, branch.IdAt(friend), branch);
        o.Hidden.Add(new HiddenCase
        {
            Week = world.Week,
            Number = number,
            Severity = severity,
            AtTop = atTop,
            Harmed = harmedId,
            Friend = friend < 0 ? 0 : branch.IdAt(friend),
            Leader = top == harmedId || (friend >= 0 && top == branch.IdAt(friend)) ? 0 : top,
            Fuse = world.Draws.Exponential(Key, world.Week, branch.Key, 8 * c + 4),
        });
    }
}
