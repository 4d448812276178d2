using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Hope rises with what people do together and fades by itself.</summary>
[Mechanism("hope", "It merely had to keep people excited and engaged enough to pay dues, go to meetings, and recruit.", "jay-2019",
    Equation = "h += (1-h) (r sum_a share(a) lift(a) + gains of the week) - (decay + losses of the week) h; r = .4 + .6 hours per member / 5, at most 1.5; lift of panels grows with impressiveness, of marches with the moment",
    Reads = "branch.hours branch.census branch.shocks world.climate organization.means organization.shocks", Writes = "member.hope branch.yield")]
public sealed class Hope : Mechanism
{
    [Parameter("1/week", 0, 0.5, Origin.Source, "Part of hope that fades in a week (half-life 15 weeks, between excitement and conviction; E1-E5).")]
    public float Decay = 0.045f;

    [Parameter("ratio", 0, 4, Origin.Assumed, "How much common activity lifts hope.", Dosed = true)]
    public float Scale = 1;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by meetings.")]
    public float Meeting = 0.015f;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by study.")]
    public float Study = 0.012f;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by selling the paper: a chore.")]
    public float PaperSale = -0.008f;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by panels where the organization is as impressive as can be.")]
    public float Panel = 0.045f;

    [Parameter("1/week", -0.2, 1, Origin.Assumed, "Lift by marches in a moment of strength 1.")]
    public float March = 0.18f;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by contacting: a chore.")]
    public float Contacting = -0.004f;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by struggles, apart from winning.")]
    public float Struggle = 0.008f;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by clinic defense, apart from winning.")]
    public float Clinic = 0.015f;

    [Parameter("1/week", -0.2, 0.5, Origin.Assumed, "Lift by mutual aid, apart from needs met.")]
    public float MutualAid = 0.006f;

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        ReadOnlySpan<float> lift =
        [
            Meeting, Study, PaperSale, Panel, March * world.Moment, Contacting, Struggle, Struggle, Clinic, Struggle, MutualAid,
        ];
        for (var a = 0; a < lift.Length; a++)
            world.HopePerShare[a] = lift[a];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var members = branch.Census.Members;
        if (members == 0)
            return;
        var one = Vector256<float>.One;
        var panels = 0.4f + 0.6f * branch.Organization.Impressiveness;
        var total = branch.Census.Hours * branch.Weight + 1e-6f;
        var intensity = Math.Min(1.5f, 0.4f + 0.6f * branch.Census.Hours / (5 * members));
        var felt = ActivityRow.Of(world.HopePerShare) * ActivityRow.Only(Activity.Panel, panels, rest: 1)
            * ActivityRow.Of(branch.Hours) * (Scale / total);
        // what the members enjoyed, credited to the activity as hope per hour times hours
        ActivityRow.Of(branch.Brought, Indicator.Hope) += felt * (intensity * members * branch.Weight);
        var sum = felt.Sum() * intensity + branch.HopeGain + branch.Organization.ConferenceLift;
        var gain = MemberLanes.All(Math.Clamp(sum, -1, 1));
        var loss = MemberLanes.All(Math.Min(1, Decay + branch.HopeLoss));
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var hope = member[Column.Hope];
            member[Column.Hope] = MemberLanes.Unit(hope + (one - hope) * gain - hope * loss);
        }
    }
}
