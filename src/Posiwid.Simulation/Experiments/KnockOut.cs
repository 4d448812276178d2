using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Experiments;

/// <summary>Takes functions away from the flagship, and finds how long it lives without them.</summary>
public static class KnockOut
{
    /// <summary>The changes that take functions away from the flagship from its founding on; every other organization keeps them.</summary>
    /// <param name="setting">The scenario, ready to run.</param>
    /// <param name="functions">What is taken away.</param>
    /// <param name="freed">What becomes of the hours.</param>
    /// <param name="share">How much is taken away, 0..1: doses and hours are cut by it. A policy can only be taken away whole.</param>
    /// <exception cref="ArgumentException">A function names a rule, an activity or a policy that does not exist.</exception>
    public static Changes Of(Setting setting, IReadOnlyCollection<Function> functions, FreedHours freed = FreedHours.ProRata, double share = 1)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var doses = new Dictionary<string, double>();
        foreach (var mechanism in functions.SelectMany(f => f.Mechanisms))
            doses[mechanism] = WeeklySchedule.Mechanisms.Any(m => m().Id == mechanism) ? 1 - share : throw new ArgumentException($"There is no mechanism '{mechanism}'.");
        var activities = functions.SelectMany(f => f.Activities).Distinct().ToArray();
        return new Changes
        {
            FlagshipDoses = doses,
            Added = activities.Length == 0 ? [] : [(BarredActivities.After(freed), () => new BarredActivities(activities, freed, share))],
            Overrides = [.. functions.Where(_ => share == 1).SelectMany(f => f.Policies).Select(p => new OverrideSpec { Set = p.Policy, To = p.Value, From = setting.Scenario.Start })],
        };
    }

    /// <summary>How long the flagship lives, up to the scenario's last week.</summary>
    /// <param name="setting">The scenario, ready to run.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="changes">What is taken away; null for nothing.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static Lifetime Life(Setting setting, ulong seed, Changes? changes = null, CancellationToken cancellation = default)
    {
        using var simulation = new Engine.Simulation(setting, seed, changes);
        var (world, watch) = (simulation.World, new LifeWatch());
        while (world.Week < setting.Weeks && (world.Flagship.Alive || world.Flagship.EndedWeek < 0))
        {
            cancellation.ThrowIfCancellationRequested();
            simulation.Step();
            watch.See(world);
        }

        return watch.Of(setting.Weeks);
    }
}
