using System.Runtime.CompilerServices;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Branches do more of what the center praises and what members enjoy, and less of the rest. Nobody tells them to prefer
/// recruiting: where effort ends up is what this rule finds from either founding plan.
/// </summary>
[Mechanism("learning", "Recruiting was planned from the very beginning and a necessity for survival.", "jay-2019",
    Equation = "every four weeks plan(a) ~ plan(a) e^(eta (r(a) - mean r)), mixed with a uniform share (replicator, Taylor and Jonker 1978); r(a) = sum_k (alpha monitoring x praise_k + (1 - alpha monitoring) members' weight_k) yield(a,k) / max_a yield(a,k); members' weight = (1 - n) of what they enjoy, and n x that of needs met, n = max(need, need reputation x usual need of the place); yield = what an hour brought, shrunk to the organization's mean",
    Reads = "branch.hours branch.yield branch.reputation organization.praise organization.policy branch.census", Writes = "branch.yield branch.effort organization.praise")]
public class Learning : Mechanism
{
    [Parameter("1/4 weeks", 0, 2, Origin.Calibrated, "Speed of learning (drift of untested school subjects: half-life 8.7 years; G2).", Dosed = true)]
    public float Speed = 0.2f;

    [Parameter("share 0..1", 0, 0.5, Origin.Assumed, "Share of the plan that is tried out evenly.")]
    public float Exploring = 0.02f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Weight of the center's praise; the rest is what members enjoy.")]
    public float CenterWeight = 0.6f;

    [Parameter("weight", 0, 1, Origin.Assumed, "What members enjoy who need nothing: recruits, results of struggle, hope, education; and, for those who need everything, needs met (as much as all of that).")]
    public float ForRecruits = 0.10f, ForStruggle = 0.15f, ForHope = 0.50f, ForEducation = 0.20f, ForNeeds = 0.95f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which yields are forgotten.")]
    public float Forgetting = 0.03f;

    [Parameter("hours/week", 0, 100, Origin.Assumed, "Hours at which a branch believes its own yield as much as the organization's mean.")]
    public float Prior = 5;

    /// <summary>Weeks between two looks at the plan.</summary>
    public const int Every = 4;

    /// <summary>Weeks between two tellings of what a branch does more of.</summary>
    private const int TellEvery = 52;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var (keep, take) = (1 - Forgetting, Forgetting);
        for (var k = 0; k < Indicator.Count; k++)
        {
            ref var yield = ref ActivityRow.Of(branch.Yield, k);
            ref var brought = ref ActivityRow.Of(branch.Brought, k);
            yield = yield * keep + brought * take;
            brought = default;
        }

        ref var usual = ref ActivityRow.Of(branch.UsualHours);
        usual = usual * keep + ActivityRow.Of(branch.Hours) * take;
        if ((world.Week + branch.Founded) % Every == 0 && branch.Census.Members > 0)
            Adapt(world, branch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Adapt(World world, Branch branch)
    {
        var o = branch.Organization;
        var monitored = o[PolicyItem.Monitoring];
        var center = CenterWeight * monitored;
        // those who have to look to what they need, or would need again if nobody met it; those who want to look to what they enjoy
        var must = Math.Max(branch.Census.Need, branch.NeedReputation * (float)world.Setting.Milieus[branch.Milieu].Need);
        var free = 1 - must;
        Span<float> members = [free * ForRecruits, 0, free * ForStruggle, free * ForHope, free * ForEducation, must * ForNeeds];
        ref var effort = ref ActivityRow.Of(branch.Effort);
        // an activity that nobody has tried brings nothing, not nothing by nothing
        var hours = ActivityRow.Max(ActivityRow.All(1e-6f), ActivityRow.Of(branch.UsualHours) + ActivityRow.All(Prior));
        var reward = default(ActivityRow);
        for (var k = 0; k < Indicator.Count; k++)
        {
            var weight = center * o.Praise[k] + (1 - center) * members[k];
            var yield = ActivityRow.Planned & ((ActivityRow.Of(branch.Yield, k) + Prior * ActivityRow.Of(o.Yield, k)) / hours);
            var best = Math.Max(1e-9f, yield.Largest());
            reward += weight * yield / ActivityRow.All(best);
        }

        if (Speed == 0)
            return;
        var plan = effort;
        var grown = ActivityRow.Planned & Grown(branch, plan, reward);
        var next = ActivityRow.Planned & ((1 - Exploring) / grown.Sum() * grown + ActivityRow.All(Exploring / Activity.Planned));
        if (world.Observer is not null && (world.Week + branch.Founded) % TellEvery == 0)
            Tell(world, branch, plan, next, hours);
        effort = next;
        if (world.Intents.Active)
        {
            for (var a = 0; a < Activity.Planned; a++)
                branch.Effort[a] = world.Intents.State(world, Channel.Effort, branch.Key, o.Index, branch.Milieu, a, branch.Effort[a]);
        }
    }

    /// <summary>What the plan grows to, up to a factor that all activities share.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="plan">Shares of hours by activity.</param>
    /// <param name="reward">Reward by activity; what is not planned by branches is ignored.</param>
    private protected virtual ActivityRow Grown(Branch branch, ActivityRow plan, ActivityRow reward) =>
        plan * ActivityRow.Exp(Speed * (reward - ActivityRow.All((plan * reward).Sum())));

    /// <summary>Once a year an observer hears what the branch does more of, among all that it could, and what an hour of each has brought.</summary>
    private void Tell(World world, Branch branch, ActivityRow plan, ActivityRow next, ActivityRow hours)
    {
        var most = 0;
        for (var a = 1; a < Activity.Planned; a++)
        {
            if (next[a] * plan[most] > next[most] * plan[a])
                most = a;
        }

        var menu = new Alternative[Activity.Planned];
        for (var a = 0; a < menu.Length; a++)
        {
            var attributes = new (string, double)[Indicator.Count];
            for (var k = 0; k < Indicator.Count; k++)
            {
                var at = (k * Activity.Count) + a;
                attributes[k] = (Experiments.MeasureCatalog.Indicators[k], (branch.Yield[at] + (Prior * branch.Organization.Yield[at])) / hours[a]);
            }

            menu[a] = new Alternative(a == most, false, null, attributes);
        }

        world.Observer!.Decided(world, branch.Organization, branch, "plan", "branch", true, menu);
    }

    /// <summary>Every four weeks the center adds up what an hour of each activity brought across branches.</summary>
    public override void Center(World world, Organization organization)
    {
        if (world.Week % Every != 0)
            return;
        var sums = world.Stretches.Sums(organization, (Indicator.Count + 1) * Activity.Count, static (branch, sums) =>
        {
            for (var k = 0; k < Indicator.Count; k++)
                ActivityRow.Of(sums, k) += ActivityRow.Of(branch.Yield, k);
            ActivityRow.Of(sums, Indicator.Count) += ActivityRow.Of(branch.UsualHours);
        });
        for (var k = 0; k < Indicator.Count; k++)
            ActivityRow.Of(organization.Yield, k) = ActivityRow.Of(sums, k) / (ActivityRow.Of(sums, Indicator.Count) + ActivityRow.All(1));
    }
}
