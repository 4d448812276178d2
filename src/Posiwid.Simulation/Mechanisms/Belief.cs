using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Belief that it will pay off some day follows hope, education and size; long experience without wins wears it down.</summary>
[Mechanism("belief", "Members need to believe that it is really going to pay off some day; it need not play the role, only promise it.", "jay-2019",
    Equation = "b += rate (target - b) - shocks, kept in 0..1; shocks = those of disclosures and of union officers, and .05 openness x max(0, voice - what the branch is used to); target = .02 + .85 h + .30 education + .12 impressiveness + .30 min(1, win reputation + need x need reputation) - .30 d (1 - win reputation); d = e/(e+6) (1 - .5 status for cadre, .15 for members)",
    Reads = "member.hope member.education member.experience member.status member.need member.flags branch.reputation branch.shocks organization.means organization.shocks branch.voice organization.policy", Writes = "member.belief")]
public sealed class Belief : Mechanism
{
    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which belief follows its target (half-life 35 weeks: conviction, E5).", Dosed = true)]
    public float Rate = 0.02f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Weight of hope; of education; of impressiveness; of results; of disillusion; what is left without any.")]
    public float OfHope = 0.85f, OfEducation = 0.30f, OfSize = 0.12f, OfResults = 0.30f, Disillusion = 0.30f, Floor = 0.02f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Belief that others lose per week per unit of criticism heard that they are not used to, where it may be heard.")]
    public float Heard = 0.05f;

    [Parameter("0..1", -1, 1, Origin.Assumed, "Holds belief of all members at this value if it is not negative (for experiments).")]
    public float Held = -1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var o = branch.Organization;
        var shock = MemberLanes.All(branch.BeliefShock + o.BeliefShock + Heard * o[PolicyItem.Openness] * Math.Max(0, branch.Voice - branch.Habit));
        var fixedPart = MemberLanes.All(Floor + OfSize * o.Impressiveness);
        var wins = MemberLanes.All(branch.WinReputation);
        var needs = MemberLanes.All(branch.NeedReputation);
        var unwon = MemberLanes.All(Disillusion * (1 - branch.WinReputation));
        var one = Vector256<float>.One;
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var belief = member[Column.Belief];
            var experience = member[Column.Experience];
            var cadre = MemberLanes.Has(member.Flags, MemberFlags.Cadre);
            var shield = Vector256.ConditionalSelect(cadre, MemberLanes.All(0.5f), MemberLanes.All(0.15f)) * member[Column.Status];
            var disillusion = experience / (experience + MemberLanes.All(6)) * (one - shield);
            var results = Deterministic.Min(one, wins + member[Column.Need] * needs);
            var target = fixedPart + MemberLanes.All(OfHope) * member[Column.Hope] + MemberLanes.All(OfEducation) * member[Column.Education]
                + MemberLanes.All(OfResults) * results - unwon * disillusion;
            belief += MemberLanes.All(Rate) * (target - belief) - shock;
            member[Column.Belief] = Held >= 0 ? MemberLanes.All(Held) : MemberLanes.Unit(belief);
        }
    }
}
