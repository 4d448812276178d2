using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>What becomes of the hours that an activity took which is taken away.</summary>
public enum FreedHours
{
    /// <summary>Nothing is done with them.</summary>
    Idle,

    /// <summary>They go to the other activities, in proportion.</summary>
    ProRata,

    /// <summary>The plan is made without the activity, and what the branch learns decides.</summary>
    Policy,
}

/// <summary>Keeps the flagship from activities, for an experiment. It is no rule of the model.</summary>
public sealed class BarredActivities : Mechanism
{
    /// <summary>Share of the hours of each activity that is taken away.</summary>
    private readonly float[] barred = new float[Activity.Count];

    private readonly FreedHours freed;

    /// <summary>Bars activities.</summary>
    /// <param name="activities">Codes, as in <see cref="MeasureCatalog.Kinds"/>.</param>
    /// <param name="freed">What becomes of their hours.</param>
    /// <param name="share">Share of the hours that is taken away, 0..1.</param>
    public BarredActivities(IEnumerable<string> activities, FreedHours freed, double share = 1) : base("barred-activities")
    {
        foreach (var activity in activities)
        {
            var a = Array.IndexOf(MeasureCatalog.Kinds, activity);
            barred[a >= 0 ? a : throw new ArgumentException($"There is no activity '{activity}'.", nameof(activities))] = (float)share;
        }

        this.freed = freed;
    }

    /// <summary>The rule after which it has to run.</summary>
    public static string After(FreedHours freed) => freed == FreedHours.Policy ? "next-big-thing" : "hours-of-the-week";

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch)
    {
        if (branch.Organization != world.Flagship)
            return;
        var from = freed == FreedHours.Policy ? branch.Effort : branch.Hours;
        ref var hours = ref ActivityRow.Of(from);
        var planned = ActivityRow.Planned & hours;
        var gone = planned * ActivityRow.Of(barred);
        if (gone.IsZero)
            return;
        var kept = planned - gone;
        var (before, after) = (planned.Sum(), kept.Sum());
        // what is not planned by branches stays
        hours = hours - planned + (freed == FreedHours.Idle || after <= 0 ? kept : kept * (before / after));
    }
}
