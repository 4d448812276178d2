using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>When a movement moment comes, branches turn to it, and long efforts and the people in them are dropped.</summary>
[Mechanism("next-big-thing", "Long-term efforts are abandoned for The Next Big Thing, out of which the organization expects to recruit.", "jay-2019",
    Equation = "swing = min(.8, pull x moment x w), w what recruits and hope weigh in the rewards of the plan (alpha monitoring x praise + (1 - alpha monitoring)(1 - mean need) enjoyed); a branch without a commitment takes up the struggle with the strongest relationships, from .2 on; it is dropped when they are below .6 of that, or with chance swing x drop in the week a moment begins, when they fall to a fraction and the branch gains grievance in proportion to what they were",
    Reads = "world.climate organization.praise organization.policy organization.means branch.capital branch.commitment branch.hours", Writes = "branch.commitment branch.capital branch.shocks")]
public sealed class NextBigThing : Mechanism
{
    [Parameter("ratio", 0, 2, Origin.Assumed, "Share of hours that a moment of strength 1 draws if only recruits and excitement are rewarded.", Dosed = true)]
    public float Pull = 0.45f;

    [Parameter("chance", 0, 4, Origin.Assumed, "Chance that a commitment is dropped when a moment begins, per unit of swing.", Dosed = true)]
    public float Drop = 1.6f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "What is left of the relationships of a dropped commitment.")]
    public float Left = 0.3f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance of the branch for relationships thrown away, per unit of relationship.")]
    public float Grievance = 0.12f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Weight of the center's praise, against the members' own rewards, in what a branch runs after.")]
    public float CenterWeight = 0.6f;

    [Parameter("weight", 0, 2, Origin.Assumed, "What recruits and excitement weigh for members who need nothing, as in learning.")]
    public float Enjoyed = 0.6f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Relationships at which a branch counts as committed to a struggle.")]
    public float CommittedFrom = 0.2f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of hours that a moment draws at most.")]
    public float Most = 0.8f;

    /// <summary>Share of hours that the moment draws.</summary>
    /// <param name="moment">Strength of the moment, 0..1.5.</param>
    /// <param name="praiseForGrowth">What recruits and hope weigh in the center's praise, 0..1.</param>
    /// <param name="monitoring">How far the center sees what branches do, 0..1.</param>
    /// <param name="need">Mean need of the members, 0..1: they look to that, and to what they enjoy with the rest.</param>
    public float SwingOf(float moment, float praiseForGrowth, float monitoring, float need) =>
        Math.Min(Most, Pull * moment * (CenterWeight * monitoring * praiseForGrowth + (1 - CenterWeight * monitoring) * (1 - need) * Enjoyed));

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch)
    {
        var o = branch.Organization;
        var swing = SwingOf(world.Moment, o.Praise[Indicator.Recruits] + o.Praise[Indicator.Hope], o[PolicyItem.Monitoring], o.Need);
        branch.Swing = world.Intents.State(world, Channel.Campaign, (ulong)o.Index, o.Index, -1, CampaignItem.Moment, swing);
        if (branch.Commitment >= 0)
            branch.CommittedHours += branch.Hours[branch.Commitment];
        var next = (int)world.Intents.State(world, Channel.Campaign, branch.Key, o.Index, -1, CampaignItem.Commitment, Next(world, branch));
        if (branch.Commitment >= 0 && world.Week == world.LastMoment && !Faded(branch))
            Tell(world, branch, next != branch.Commitment);
        if (next == branch.Commitment)
            return;
        if (branch.Commitment >= 0)
            End(world, branch);
        branch.Commitment = next;
        if (next >= 0)
            (branch.CommittedSince, branch.CommittedHours) = (world.Week, 0);
    }

    /// <summary>What the branch is committed to next: it drops what has faded, or when a moment begins; without a commitment it takes up the strongest.</summary>
    private int Next(World world, Branch branch)
    {
        if (branch.Commitment >= 0)
        {
            var drops = Faded(branch) || (world.Week == world.LastMoment && world.Draws.Uniform(Key, world.Week, branch.Key) < Drop * branch.Swing);
            return drops ? -1 : branch.Commitment;
        }

        var next = -1;
        for (var kind = Activity.FirstStruggle; kind <= Activity.LastStruggle; kind++)
        {
            if (branch.Capital[kind] >= CommittedFrom && (next < 0 || branch.Capital[kind] > branch.Capital[next]))
                next = kind;
        }

        return next;
    }

    /// <summary>True if too little is left of the relationships for a commitment.</summary>
    private bool Faded(Branch branch) => branch.Capital[branch.Commitment] < 0.6f * CommittedFrom;

    /// <summary>What is left of a commitment that is dropped before it has faded is thrown away.</summary>
    private void End(World world, Branch branch)
    {
        if (!Faded(branch))
        {
            branch.GrievanceShock += Grievance * branch.Capital[branch.Commitment];
            branch.Capital[branch.Commitment] *= Left;
        }

        branch.EndCommitment(world.Week);
    }

    private void Tell(World world, Branch branch, bool drops) => world.Observer?.Decided(world, branch.Organization, branch, "commitment", "branch", true,
    [
        new(!drops, true, null, ("relationships", branch.Capital[branch.Commitment]), ("weeks", world.Week - branch.CommittedSince), ("moment", 0)),
        new(drops, false, null, ("relationships", Left * branch.Capital[branch.Commitment]), ("weeks", 0), ("moment", world.Moment)),
    ]);
}
