using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>How much of an organization's hours serves an end.</summary>
/// <param name="End">The end.</param>
/// <param name="Share">Share of hours at the best estimate of the coding.</param>
/// <param name="Low">Share at the lower bounds of the coding: at least this.</param>
/// <param name="High">Share at the upper bounds of the coding: at most this.</param>
/// <param name="Hours">Hours at the best estimate.</param>
public sealed record EffortShare(End End, double Share, double Low, double High, double Hours);

/// <summary>The first line of evidence: what the hours go to.</summary>
/// <remarks>
/// <para>Question: which ends do the recorded hours serve?</para>
/// <para>Estimator: share of end e = sum over activities of hours times weight(activity, e), divided by all recorded hours; with weight_min and weight_max in
/// place of weight for the bounds (methods, 1a). The bounds are outer ones: each end at its own extreme. Hours of kinds that the coding lacks serve no end in the
/// share and may serve any at the upper bound; bounds for them and for hours that are not on record are Manski's (Manski 1989).</para>
/// <para>Units: shares, 0 to 1, of recorded hours. Assumes: the coding.</para>
/// <para>Misleads: shares always sum to 1, so this line always finds something. By itself it describes and never proves a purpose.</para>
/// </remarks>
public static class EffortShares
{
    /// <summary>The share of every end; null where no hours of a coded kind were recorded.</summary>
    /// <param name="hoursByKind">Hours by activity code.</param>
    /// <param name="ends">The ends and the coding.</param>
    /// <param name="byEnd">What is known to serve one end, whatever its kind, by end; in addition to the hours by kind.</param>
    public static IReadOnlyList<EffortShare>? Of(IReadOnlyList<KeyValuePair<string, double>> hoursByKind, Ends ends, IReadOnlyList<KeyValuePair<string, double>>? byEnd = null)
    {
        var (all, uncoded) = (0.0, 0.0);
        var sums = new (double Hours, double Low, double High)[ends.All.Count];
        foreach (var (kind, hours) in hoursByKind)
        {
            var coding = ends.Of(kind);
            if (double.IsNaN(hours))
                continue;
            all += hours;
            if (coding.Count == 0)
                uncoded += hours;
            foreach (var c in coding)
            {
                ref var sum = ref sums[IndexOf(ends, c.End)];
                sum = (sum.Hours + hours * c.Weight, sum.Low + hours * c.Low, sum.High + hours * c.High);
            }
        }

        foreach (var (end, hours) in byEnd ?? [])
        {
            all += hours;
            ref var sum = ref sums[IndexOf(ends, end)];
            sum = (sum.Hours + hours, sum.Low + hours, sum.High + hours);
        }

        // nobody says that a placebo end is served
        return all > uncoded
            ? [.. ends.All.Select((e, i) => new EffortShare(e, sums[i].Hours / all, sums[i].Low / all, (sums[i].High + (e.IsPlacebo ? 0 : uncoded)) / all, sums[i].Hours))]
            : null;
    }

    /// <summary>Weeks from the first to the last of a record.</summary>
    public static int Weeks(IReadOnlyList<WeekHours> hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        return hours.Count == 0 ? 0 : hours.Max(h => h.Week) - hours.Min(h => h.Week) + 1;
    }

    /// <summary>
    /// The shares, by end in their order, in resamples of blocks of 13 weeks: what the process behind the record might as well have given. Empty where the
    /// record is too short for it (see <see cref="BlockBootstrap"/>).
    /// </summary>
    /// <param name="hours">Hours by week and kind.</param>
    /// <param name="ends">The ends and the coding.</param>
    /// <param name="draws">How many resamples.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static double[][] Resampled(IReadOnlyList<WeekHours> hours, Ends ends, int draws = 500, ulong seed = 1)
    {
        var weeks = Weeks(hours);
        if (BlockBootstrap.WhyNot(weeks) is not null)
            return [];
        var (first, random) = (hours.Min(h => h.Week), new AddressedRandom(seed, 0x776b6872));
        var (byWeek, allOf) = (new double[weeks][], new double[weeks]);
        for (var w = 0; w < weeks; w++)
            byWeek[w] = new double[ends.All.Count];
        foreach (var hour in hours)
        {
            allOf[hour.Week - first] += hour.Hours;
            foreach (var c in ends.Of(hour.Kind))
                byWeek[hour.Week - first][IndexOf(ends, c.End)] += hour.Hours * c.Weight;
        }

        var made = new List<double[]>(draws);
        for (uint d = 0; d < draws; d++)
        {
            var (sums, all) = (new double[ends.All.Count], 0.0);
            foreach (var week in BlockBootstrap.Weeks(weeks, d, random))
            {
                all += allOf[week];
                for (var e = 0; e < sums.Length; e++)
                    sums[e] += byWeek[week][e];
            }

            if (sums.Sum() > 0)
                made.Add([.. sums.Select(s => s / all)]);
        }

        return [.. made];
    }

    /// <summary>The shares, by end, of all runs of a model together in resamples of its runs: how sure the model's own shares are. What single runs do varies more.</summary>
    /// <param name="byRun">The shares of each run.</param>
    /// <param name="draws">How many resamples.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static double[][] Resampled(IReadOnlyList<IReadOnlyList<EffortShare>> byRun, int draws = 500, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(byRun);
        var random = new AddressedRandom(seed, 0x72756e68);
        var made = new double[draws][];
        for (uint d = 0; d < draws; d++)
        {
            var (sums, all) = (new double[byRun[0].Count], 0.0);
            for (uint i = 0; i < byRun.Count; i++)
            {
                var run = byRun[random.Index(d, i, byRun.Count)];
                all += run.Sum(e => e.Hours) / run.Sum(e => e.Share);
                for (var e = 0; e < sums.Length; e++)
                    sums[e] += run[e].Hours;
            }

            made[d] = [.. sums.Select(s => s / all)];
        }

        return made;
    }

    /// <summary>
    /// A share of the recorded hours as bounds for the share of all hours, where a part of them was not recorded (Manski 1989: no assumption is made of what
    /// they went to): from coverage times the lower bound to coverage times the upper bound and all that is missing.
    /// </summary>
    /// <param name="share">The share of recorded hours, with its coding bounds.</param>
    /// <param name="coverage">Recorded hours as a share of all, 0..1.</param>
    public static (double Low, double High) Covered(EffortShare share, double coverage)
    {
        ArgumentNullException.ThrowIfNull(share);
        return (coverage * share.Low, Math.Min(1, (coverage * share.High) + (1 - coverage)));
    }

    private static int IndexOf(Ends ends, string code)
    {
        for (var i = 0; i < ends.All.Count; i++)
        {
            if (ends.All[i].Code == code)
                return i;
        }
        throw new ArgumentException($"no end '{code}'", nameof(code));
    }
}
