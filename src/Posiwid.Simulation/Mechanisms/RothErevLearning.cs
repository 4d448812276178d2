using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Branches add up what each activity has brought and plan in proportion: early rewards weigh much, later ones less, since
/// they are added to more. It stands in the place of <see cref="Learning"/> to see what hangs on how effort is learned.
/// </summary>
[Mechanism("learning", "Recruiting was planned from the very beginning and a necessity for survival.", "roth-erev-1995", Variant = "roth-erev",
    Equation = "every four weeks q(a) = (1 - recency) q(a) + speed plan(a) (r(a) - least r), plan(a) = q(a) / sum q, mixed with a uniform share (Roth and Erev 1995); rewards r as in learning",
    Reads = "branch.hours branch.yield branch.reputation organization.praise organization.policy branch.census", Writes = "branch.yield branch.effort organization.praise branch.strength")]
public sealed class RothErevLearning : Learning
{
    [Parameter("share 0..1", 0, 0.5, Origin.Assumed, "Part of what was added up that is forgotten in four weeks.")]
    public float Recency = 0.02f;

    [Parameter("rewards", 0.01, 100, Origin.Assumed, "What is added up at the founding of a branch, in rewards of the best activity.")]
    public float Initial = 3;

    /// <inheritdoc/>
    private protected override ActivityRow Grown(Branch branch, ActivityRow plan, ActivityRow reward)
    {
        var least = ActivityRow.Where(ActivityRow.Planned, reward, ActivityRow.All(float.MaxValue)).Least();
        var kept = (1 - Recency) * (branch.Strength > 0 ? branch.Strength : Initial);
        var added = ActivityRow.Planned & (Speed * plan * (reward - ActivityRow.All(least)));
        branch.Strength = kept + added.Sum();
        return kept * plan + added;
    }
}
