using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>How long an organization lived, by two rules of what death is.</summary>
/// <param name="Weeks">Weeks from the first one to its end as the scenario has it, or to the last week if it lives that long.</param>
/// <param name="AsMoreThanARemnant">The same if it also counts as dead from the first of <see cref="LifeWatch.Lasting"/> weeks in a row with fewer than half of its founders' number.</param>
public readonly record struct Lifetime(int Weeks, int AsMoreThanARemnant);

/// <summary>
/// Watches a run for its flagship's first end, and for when it is no more than a remnant. When an organization is dead is a convention, so verdicts are
/// shown by both rules; one run gives both, as the second only looks on. What re-forms after an end is another life and does not count.
/// </summary>
public sealed class LifeWatch
{
    /// <summary>Weeks in a row that make a remnant.</summary>
    public const int Lasting = 8;

    private double founders = -1;
    private int below, remnantSince = -1, ended = -1;

    /// <summary>Looks at a week that was run.</summary>
    public void See(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        var o = world.Flagship;
        if (ended >= 0)
            return;
        if (!o.Alive)
        {
            ended = o.EndedWeek;
            return;
        }

        if (founders < 0)
            founders = o.Members;
        below = o.Members < founders / 2 ? below + 1 : 0;
        if (below == Lasting && remnantSince < 0)
            remnantSince = world.Week - Lasting;
    }

    /// <summary>How long it lived, of a run that was watched up to its last week or its flagship's end.</summary>
    /// <param name="weeks">Weeks that count at most.</param>
    public Lifetime Of(int weeks)
    {
        var life = ended < 0 ? weeks : ended;
        return new(life, remnantSince < 0 ? life : Math.Min(life, remnantSince));
    }
}
