using System.Runtime.CompilerServices;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Members give their hours by the branch's plan; a moment takes its share for the march and the panel.</summary>
[Mechanism("hours-of-the-week", "Its week is meetings, recruiting, paper sales, panels and marches.", "jay-2019",
    Equation = "hours(a) = hours of all members x ((1 - swing) plan(a) + swing [march .75, panel .25])",
    Reads = "branch.census branch.effort branch.commitment", Writes = "branch.hours")]
public sealed class HoursOfTheWeek : Mechanism
{
    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Share of the hours drawn by a moment that go to the march itself; the rest goes to panels about it.")]
    public float MarchShare = 0.75f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var total = branch.Census.Hours * branch.Weight;
        var planned = total * (1 - branch.Swing) * ActivityRow.Of(branch.Effort);
        if (branch.Swing > 0)
        {
            planned += ActivityRow.Only(Activity.March, total * branch.Swing * MarchShare);
            planned += ActivityRow.Only(Activity.Panel, total * branch.Swing * (1 - MarchShare));
        }

        ActivityRow.Of(branch.Hours) = ActivityRow.Where(ActivityRow.Planned, planned, ActivityRow.Of(branch.Hours));
    }
}
