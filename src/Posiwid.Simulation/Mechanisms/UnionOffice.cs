using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Experienced members at workplaces take posts in their unions and belong to another milieu then: a safe job, little time left, and doors that open in
/// a strike. Now and then, and more when there is an election, they act as the union's officials do and not as the organization says; the members around
/// them hold it against the organization, the more the less may be said about it (Michels 1911 on officials' ways).
/// </summary>
[Mechanism("union-office", "Members in the union bureaucracy campaigned for Democrats and promoted pension reform; they were defended, and the union members who objected were attacked.", "jay-2019",
    Equation = "every four weeks: an experienced member of a branch at a workplace takes office at a rate x union density / .2; a term lasts the stay of the milieu of union officers; an officer's hours x the milieu's over the workplace's, need at most the milieu's; K of strikes += doors x officers (1 - K); with chance 1 - e^-(officers x rate (1 + by election x electoral)) an officer acts otherwise than the organization says: officers' belief falls by a share, the branch loses belief and gains grievance x (1 - openness)",
    Reads = "world.climate member.experience member.flags organization.policy", Writes = "member.flags member.vigor member.need member.belief branch.capital branch.shocks")]
public sealed class UnionOffice : Mechanism
{
    [Parameter("1/year", 0, 1, Origin.Assumed, "Rate at which an experienced member at a workplace takes union office where a fifth of employees are in unions (as in 1983; S10).", Dosed = true)]
    public float Taking = 0.08f;

    [Parameter("years", 0, 40, Origin.Assumed, "Political experience that it takes.")]
    public float After = 2;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Part of the missing relationships for strikes that an officer opens in four weeks.")]
    public float Doors = 0.02f;

    [Parameter("1/year", 0, 10, Origin.Assumed, "Rate at which an officer acts otherwise than the organization says, where no election is on.")]
    public float Otherwise = 0.3f;

    [Parameter("ratio", 0, 20, Origin.Assumed, "How much an election multiplies that rate.")]
    public float ByElection = 4;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Price of such an act: belief that members of the branch lose; grievance where nothing may be said about it; share of their own belief that officers lose.")]
    public float BeliefLost = 0.02f, Grievance = 0.06f, Drawn = 0.1f;

    /// <summary>Weeks between two looks.</summary>
    private const int Every = 4;

    /// <summary>Union members as a share of employees at which <see cref="Taking"/> holds.</summary>
    private const float UsualDensity = 0.2f;

    /// <summary>Chance of an act within four weeks.</summary>
    public float Chance(int officers, float electoral) => 1 - Deterministic.Exp(-officers * Otherwise * Every / 52 * (1 + ByElection * electoral));

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch)
    {
        if (world.Setting.UnionOffice < 0 || (world.Week + branch.Founded) % Every != 2 || branch.Roll.Count == 0
            || (branch.Kind != MilieuKind.Workplace && !new Flagged(branch, MemberFlags.UnionOfficer).MoveNext()))
            return;
        var office = world.Setting.Milieus[world.Setting.UnionOffice];
        var officers = TakeAndLeave(world, branch, office);
        if (officers == 0)
            return;
        ref var capital = ref branch.Capital[Activity.StrikeSupport];
        capital += Math.Min(1, Doors * officers) * (1 - capital);
        if (world.Draws.Uniform(Key, world.Week, branch.Key) >= Chance(officers, world.Electoral))
            return;
        branch.BeliefShock += BeliefLost;
        branch.GrievanceShock += Grievance * (1 - branch.Organization[PolicyItem.Openness]);
        foreach (var p in new Flagged(branch, MemberFlags.UnionOfficer))
            branch.Roll.At(p, Column.Belief) *= 1 - Drawn;
        branch.Events.Add(new RunEvent(world.Week, EventKinds.UnionOffice, branch.Organization.Name, branch.Number, officers, ""));
    }

    /// <summary>Some take office and some terms end; returns how many officers there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeAndLeave(World world, Branch branch, MilieuSpec office)
    {
        var taking = MemberLanes.All((branch.Kind == MilieuKind.Workplace ? Taking : 0) * Every / 52 * world.Setting.Climate.UnionDensity[Math.Min(world.Week, world.Setting.Weeks - 1)] / UsualDensity);
        var leaving = MemberLanes.All(Math.Min(1, Every / (52 * (float)office.StayYears)));
        var hours = (float)(office.FreeHours / world.Setting.WorkplaceHours);
        var safe = MemberLanes.All((float)office.Need);
        var officers = 0;
        for (var i = 0; i < branch.Roll.BlockCount; i++)
        {
            var member = new MemberLanes(branch.Roll, i);
            var flags = member.Flags;
            var u = world.Draws.Uniform(Key, world.Week, member[Column.IdLow].AsUInt32(), member[Column.IdHigh].AsUInt32());
            var holds = MemberLanes.Has(flags, MemberFlags.UnionOfficer);
            var ready = Vector256.AndNot(Vector256.GreaterThanOrEqual(member[Column.Experience], MemberLanes.All(After)), MemberLanes.Has(flags, MemberFlags.UnionOfficer | MemberFlags.Staff | MemberFlags.Student));
            var takes = ready & Vector256.LessThan(u, taking) & branch.Roll.FloatMask(i);
            var leaves = holds & Vector256.LessThan(u, leaving) & branch.Roll.FloatMask(i);
            var now = Vector256.AndNot(holds | takes, leaves) & branch.Roll.FloatMask(i);
            officers += BitOperations.PopCount(now.ExtractMostSignificantBits());
            if ((takes | now | leaves).ExtractMostSignificantBits() == 0)
                continue;
            member.Flags = flags ^ ((takes | leaves).AsInt32() & Vector256.Create((int)MemberFlags.UnionOfficer));
            var vigor = member[Column.Vigor];
            member[Column.Vigor] = Vector256.ConditionalSelect(takes, vigor * MemberLanes.All(hours), Vector256.ConditionalSelect(leaves, vigor / MemberLanes.All(hours), vigor));
            var need = member[Column.Need];
            member[Column.Need] = Vector256.ConditionalSelect(now, Deterministic.Min(need, safe), need);
        }

        return officers;
    }
}
