using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>A stage on the way in.</summary>
/// <param name="Name">Name, such as contact, meeting, join, dues in month 3.</param>
/// <param name="LimitWeeks">Within how many weeks of the stage before it must be reached; not used for the first.</param>
public sealed record FunnelStage(string Name, double LimitWeeks);

/// <summary>From one stage to the next.</summary>
/// <param name="From">The stage before.</param>
/// <param name="To">The stage.</param>
/// <param name="LimitWeeks">Time limit, weeks.</param>
/// <param name="Base">Those who reached the stage before early enough for the limit to have passed.</param>
/// <param name="Reached">Of these, those who reached the stage in time.</param>
/// <param name="Late">Of these, those who reached it after the limit.</param>
/// <param name="Immature">Those whose limit had not passed when the records end: left out.</param>
/// <param name="Share">Reached / base, with Wilson's interval.</param>
public sealed record FunnelStep(string From, string To, double LimitWeeks, int Base, int Reached, int Late, int Immature, Estimate Share);

/// <summary>People flow: how many of those met come to carry it?</summary>
/// <remarks>
/// <para>Estimator: for each stage, the share of those who had reached the stage before (each within its limit) who reach this one within its own, among those
/// whose limit has passed (methods, 1f); interval of Wilson (Wilson 1927).</para>
/// <para>Units: shares, 0 to 1, of people. Assumes: people go their way independently of one another.</para>
/// <para>Misleads: without a time limit every new contact lowers the rate and every old one raises it. Shares of different years' people must not be multiplied
/// as if they were one cohort's.</para>
/// </remarks>
public static class Funnel
{
    /// <summary>The steps.</summary>
    /// <param name="stages">The stages in order, two or more.</param>
    /// <param name="people">By person, the week of reaching each stage; null if never.</param>
    /// <param name="recordsEnd">Week at which the records end.</param>
    /// <exception cref="ArgumentException">A row does not fit the stages, or a limit is not positive.</exception>
    public static IReadOnlyList<FunnelStep> Of(IReadOnlyList<FunnelStage> stages, IReadOnlyList<IReadOnlyList<double?>> people, double recordsEnd)
    {
        if (stages.Count < 2 || stages.Skip(1).Any(s => !(s.LimitWeeks > 0)))
            throw new ArgumentException("Want two stages or more, each with a limit of more than 0 weeks.", nameof(stages));
        if (people.Any(p => p.Count != stages.Count || p.Any(t => t is { } w && !double.IsFinite(w))))
            throw new ArgumentException("Each person needs a week or nothing for every stage.", nameof(people));
        var steps = new List<FunnelStep>();
        var here = people.Where(p => p[0] <= recordsEnd).ToList();
        for (var k = 1; k < stages.Count; k++)
        {
            var limit = stages[k].LimitWeeks;
            var mature = here.Where(p => p[k - 1] + limit <= recordsEnd).ToList();
            var reached = mature.Where(p => p[k] >= p[k - 1] && p[k] <= p[k - 1] + limit).ToList();
            var late = mature.Count(p => p[k] > p[k - 1] + limit && p[k] <= recordsEnd);
            steps.Add(new(
                stages[k - 1].Name, stages[k].Name, limit, mature.Count, reached.Count, late, here.Count - mature.Count,
                Proportion.Wilson(reached.Count, mature.Count)));
            here = reached;
        }

        return steps;
    }
}
