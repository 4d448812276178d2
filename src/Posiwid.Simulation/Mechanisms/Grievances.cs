using System.Runtime.CompilerServices;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Unmet need, bullying and blame make grievances; they heal slowly, more slowly where nobody may speak; fear fades.</summary>
[Mechanism("grievances", "Members were bullied, shut down and dismissed for so long.", "jay-2019",
    Equation = "g += unmet max(0, need - .4)(1 - need reputation) + shocks - healing g (.35 + .65 openness); fear fades within weeks, memory of wrongs within years; what disclosures take from thresholds stays, down to .05",
    Reads = "member.need branch.reputation branch.shocks organization.policy organization.shocks", Writes = "member.grievance member.fear member.memory member.threshold")]
public sealed class Grievances : Mechanism
{
    [Parameter("1/week", 0, 0.1, Origin.Assumed, "Grievance per week of a member in need whom the organization does not help.", Dosed = true)]
    public float Unmet = 0.004f;

    [Parameter("1/week", 0, 0.2, Origin.Assumed, "Rate at which grievances heal where everybody may speak.")]
    public float Healing = 0.012f;

    [Parameter("1/week", 0, 1, Origin.Source, "Rate at which fear fades (effects of policing last weeks; F6).")]
    public float FearFading = 0.05f;

    [Parameter("1/week", 0, 0.1, Origin.Assumed, "Rate at which wrongs are forgotten: half in about five years.")]
    public float Forgetting = 0.0027f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var o = branch.Organization;
        var shock = MemberLanes.All(branch.GrievanceShock + o.GrievanceShock);
        var unmet = MemberLanes.All(Unmet * (1 - branch.NeedReputation));
        var bar = MemberLanes.All(0.4f);
        var heal = MemberLanes.All(1 - Healing * (0.35f + 0.65f * o[PolicyItem.Openness]));
        var calm = MemberLanes.All(1 - FearFading);
        var forget = MemberLanes.All(1 - Forgetting);
        var encouraged = MemberLanes.All(o.ThresholdShock);
        var zero = System.Runtime.Intrinsics.Vector256<float>.Zero;
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var grievance = member[Column.Grievance] * heal + shock
                + unmet * Deterministic.Max(zero, member[Column.Need] - bar);
            member[Column.Grievance] = MemberLanes.Unit(grievance);
            member[Column.Fear] *= calm;
            member[Column.Memory] *= forget;
            member[Column.Threshold] = Deterministic.Max(MemberLanes.All(0.05f), member[Column.Threshold] - encouraged);
        }
    }
}
