using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Those who give far more hours than others wear out.</summary>
[Mechanism("burnout", "The amount of effort required to build the organization: people need to believe that it is going to pay off.", "jay-2019",
    Equation = "own hours = hours asked x vigor x (.4 + .9 hope); hope -= rate max(0, own hours / bearable - 1) hope",
    Reads = "member.vigor member.hope organization.policy", Writes = "member.hope")]
public sealed class Burnout : Mechanism
{
    [Parameter("1/week", 0, 0.5, Origin.Source, "Part of hope lost in a week by somebody who gives twice what is bearable (burnout among 10-50% of activists; F7).", Dosed = true)]
    public float Rate = 0.015f;

    [Parameter("hours/week", 1, 80, Origin.Assumed, "Hours a week that can be borne for years.")]
    public float Bearable = 8;

    /// <summary>Part of hope lost in a week by somebody with these hours a week.</summary>
    public float Lost(float hours) => Rate * Math.Max(0, hours / Bearable - 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var asked = MemberLanes.All(branch.Organization[PolicyItem.HoursAsked] / Bearable);
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var hope = member[Column.Hope];
            var load = asked * member[Column.Vigor] * (MemberLanes.All(0.4f) + MemberLanes.All(0.9f) * hope);
            var lost = MemberLanes.All(Rate) * Deterministic.Max(Vector256<float>.Zero, load - Vector256<float>.One);
            member[Column.Hope] = MemberLanes.Unit(hope - lost * hope);
        }
    }
}
