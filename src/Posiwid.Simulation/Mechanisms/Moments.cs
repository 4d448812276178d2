using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Movements rise and fade outside the organization: the Next Big Thing, whichever it is.</summary>
[Mechanism("movement-moments", "The organization needs a Next Big Thing, whichever it happens to be.", "jay-2019",
    Equation = "strength = min(1, max(.1, (log10 participants - 3.5) / 3)) e^(.25 z), z normal, with .6 for the first part where nobody counted; in each of its w weeks a moment adds strength x min(2, w) / w, a share of it to fast and the rest to slow, which fade exponentially; moment = min(1.5, fast + slow), electoral the same of elections alone; small local moments of strength .25 come as a Poisson process",
    Reads = "data: movement moments", Writes = "world.climate")]
public sealed class Moments : Mechanism
{
    [Parameter("ratio", 0, 4, Origin.Assumed, "Strength of movement moments.", Dosed = true)]
    public float Strength = 1;

    [Parameter("share 0..1", 0, 1, Origin.Source, "Part of a moment that fades fast: crowds and searches (Occupy searches, E1; mutual-aid groups, E3).")]
    public float FastShare = 0.6f;

    [Parameter("1/week", 0.01, 1, Origin.Source, "Rate at which the fast part fades: half-life 2.9 weeks (E1).")]
    public float FastFading = 0.239f;

    [Parameter("1/week", 0.005, 1, Origin.Source, "Rate at which the slow part fades: half-life 15 weeks (12.7 and 17.5; E2, E4).")]
    public float SlowFading = 0.045f;

    [Parameter("moments/year", 0, 20, Origin.Assumed, "Small local moments that no list has.")]
    public float LocalPerYear = 1.2f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Strength of a moment that nobody counted.")]
    public float Uncounted = 0.6f;

    [Parameter("0..1.5", 0.1, 5, Origin.Assumed, "Most that moments can add up to.")]
    public float Cap = 1.5f;

    [Parameter("0 or 1", 0, 1, Origin.Assumed, "1 deals the moments out anew among their dates, by lot (for experiments).")]
    public float Shuffled;

    /// <summary>Strength of a moment by the people who took part, .1 to 1.</summary>
    public static float OfSize(double participants) =>
        (float)Math.Clamp((Deterministic.Log(Math.Max(1, participants)) / 2.302585092994046 - 3.5) / 3, 0.1, 1);

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        var keepFast = Deterministic.Exp(-FastFading);
        var keepSlow = Deterministic.Exp(-SlowFading);
        world.MomentFast *= keepFast;
        world.MomentSlow *= keepSlow;
        world.ElectoralFast *= keepFast;
        world.ElectoralSlow *= keepSlow;
        var moments = world.Setting.Climate.Moments;
        var dealt = Shuffled > 0 ? Deal(world) : null;
        for (var i = 0; i < moments.Count; i++)
        {
            var moment = dealt is null ? moments[i] : moments[dealt[i]] with { Week = moments[i].Week };
            if (world.Week < moment.Week || world.Week >= moment.Week + moment.Weeks)
                continue;
            var strength = Strength * (moment.Participants is { } n ? OfSize(n) : Uncounted)
                * Deterministic.Exp(0.25f * world.Draws.Normal(Key, 0, (ulong)i));
            Add(world, strength / moment.Weeks * Math.Min(moment.Weeks, 2), moment.Kind is "election");
            if (world.Week == moment.Week && strength > 0)
            {
                world.LastMoment = world.Week;
                world.MomentsBegun++;
                world.Note(EventKinds.Moment, world.Flagship, 0, strength, moment.Name);
            }
        }

        if (world.Week == 0)
            world.LocalMomentClock = world.Draws.Exponential(Key, 0, 1000);
        world.LocalMomentClock -= LocalPerYear / 52;
        for (var n = 1UL; world.LocalMomentClock <= 0; n++)
        {
            world.LocalMomentClock += world.Draws.Exponential(Key, world.Week, 1000 + n);
            if (Strength <= 0)
                continue;
            Add(world, Strength * 0.25f, false);
            world.LastMoment = world.Week;
            world.MomentsBegun++;
        }

        world.Moment = Math.Min(Cap, world.MomentFast + world.MomentSlow);
        world.Electoral = Math.Min(Cap, world.ElectoralFast + world.ElectoralSlow);
    }

    /// <summary>Which moment comes at each date: a permutation by lot, the same for all arms of a seed.</summary>
    private int[] Deal(World world) =>
        [.. Enumerable.Range(0, world.Setting.Climate.Moments.Count).OrderBy(i => world.Draws.Uniform(Key, 0, (ulong)i, 8)).ThenBy(i => i)];

    private void Add(World world, float strength, bool electoral)
    {
        world.MomentFast += FastShare * strength;
        world.MomentSlow += (1 - FastShare) * strength;
        if (!electoral)
            return;
        world.ElectoralFast += FastShare * strength;
        world.ElectoralSlow += (1 - FastShare) * strength;
    }
}
