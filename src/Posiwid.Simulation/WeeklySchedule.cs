using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation;

/// <summary>
/// The week, in order. Read this first: it is the whole model at a glance. Each line is one mechanism in one file of
/// <c>Mechanisms/</c>; a scenario can switch it off, dose it or give it other parameters.
/// </summary>
public static class WeeklySchedule
{
    /// <summary>The mechanisms of a week, in order. Each acts where it overrides <see cref="Mechanism"/>.</summary>
    public static IReadOnlyList<Func<Mechanism>> Mechanisms { get; } =
    [
        // the world outside
        () => new StruggleClimate(),
        () => new Moments(),
        () => new Founding(),
        () => new BreakingUp(),
        () => new Reforming(),

        // branches and their members, in parallel
        () => new NextBigThing(),
        () => new HoursOfTheWeek(),
        () => new ContactMaking(),
        () => new Recruiting(),
        () => new UnaskedJoining(),
        () => new Struggles(),
        () => new UnionOffice(),
        () => new Needs(),
        () => new Hope(),
        () => new Burnout(),
        () => new Belief(),
        () => new Bonding(),
        () => new Bullying(),
        () => new Grievances(),
        () => new Voice(),
        () => new Factionalism(),
        () => new LifeCourse(),
        () => new Exit(),
        () => new Promotion(),
        () => new Learning(),

        // the centers, one after the other
        () => new Dues(),
        () => new YearlyConference(),
        () => new Payroll(),
        () => new Harm(),
        () => new Disclosure(),
        () => new Attention(),
        () => new GrowthMonitoring(),
        () => new Relocation(),
        () => new BranchGrowth(),
        () => new BranchClosing(),
        () => new Leadership(),
        () => new Rivalry(),
        () => new Opening(),
        () => new Dissolution(),
        () => new Splitting(),
        () => new Ending(),
    ];

    /// <summary>Rules that a scenario can put in the place of the usual one of the same id (<see cref="Scenario.Instead"/>).</summary>
    public static IReadOnlyList<Func<Mechanism>> Variants { get; } =
    [
        () => new RothErevLearning(),
    ];

    /// <summary>The week with the variants that a scenario asks for.</summary>
    public static IReadOnlyList<Func<Mechanism>> For(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.Instead.Count == 0 ? Mechanisms
            : [.. Mechanisms.Select(make => scenario.Instead.TryGetValue(make().Id, out var variant) ? Variants.Single(v => v() is var m && m.Id == make().Id && m.Variant == variant) : make)];
    }
}
