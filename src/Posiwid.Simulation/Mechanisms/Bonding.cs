using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Time together makes ties, education and experience.</summary>
[Mechanism("bonding", "A revolving door requires a steady base of experienced members, a cadre; they have needs as well.", "jay-2019",
    Equation = "ties += rate r (1 - ties) - loosening ties, r = min(1.5, .2 + .8 hours per member / 5); education += min(.5, per hour x lessons)(1 - education) - forgetting education, lessons = hours of study, .35 of meetings and .25 of panels, per member; experience += 1/52 year",
    Reads = "branch.hours branch.census", Writes = "member.ties member.education member.experience branch.yield")]
public sealed class Bonding : Mechanism
{
    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which ties grow among members who give five hours a week.", Dosed = true)]
    public float Ties = 0.012f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which ties loosen.")]
    public float Loosening = 0.008f;

    [Parameter("1/hour", 0, 1, Origin.Assumed, "Education gained per hour of study; meetings and panels give a part of it.", Dosed = true)]
    public float Education = 0.022f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which education fades.")]
    public float Forgetting = 0.004f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var members = branch.Census.Members;
        if (members == 0)
            return;
        var perMember = 1 / (members * branch.Weight);
        Teach(branch, Activity.Study, 1);
        Teach(branch, Activity.Meeting, 0.35f);
        Teach(branch, Activity.Panel, 0.25f);
        var lessons = (branch.Hours[Activity.Study] + 0.35f * branch.Hours[Activity.Meeting] + 0.25f * branch.Hours[Activity.Panel]) * perMember;
        var learn = MemberLanes.All(Math.Min(0.5f, Education * lessons));
        var forget = MemberLanes.All(Forgetting);
        var bond = MemberLanes.All(Ties * Math.Min(1.5f, 0.2f + 0.8f * branch.Census.Hours / (5 * members)));
        var loosen = MemberLanes.All(Loosening);
        var week = MemberLanes.All(1 / 52f);
        var one = Vector256<float>.One;
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var ties = member[Column.Ties];
            var education = member[Column.Education];
            member[Column.Ties] = MemberLanes.Unit(ties + bond * (one - ties) - loosen * ties);
            member[Column.Education] = MemberLanes.Unit(education + learn * (one - education) - forget * education);
            member[Column.Experience] += week;
        }
    }

    private void Teach(Branch branch, int activity, float part) =>
        branch.Brought[(Indicator.Education * Activity.Count) + activity] += Education * part * branch.Hours[activity] * (1 - branch.Census.Education);
}
