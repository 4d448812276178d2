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
/// <para>Estimator: share of end e = sum over activities of hours times weight(activity, e), divided by all coded hours; with
/// weight_min and weight_max in place of weight for the bounds (methods, 1a). The bounds are outer ones: each end at its own extreme.</para>
/// <para>Misleads: shares always sum to 1, so this line always finds something. By itself it describes and never proves a purpose.</para>
/// </remarks>
public static class EffortShares
{
    /// <summary>The share of every end; null where no hours were recorded.</summary>
    /// <param name="hoursByKind">Hours by activity code. Activities that the coding does not know are left out of the sum.</param>
    /// <param name="ends">The ends and the coding.</param>
    public static IReadOnlyList<EffortShare>? Of(IReadOnlyList<KeyValuePair<string, double>> hoursByKind, Ends ends)
    {
        var all = 0.0;
        var sums = new (double Hours, double Low, double High)[ends.All.Count];
        foreach (var (kind, hours) in hoursByKind)
        {
            var coding = ends.Of(kind);
            if (coding.Count == 0 || double.IsNaN(hours))
                continue;
            all += hours;
            foreach (var c in coding)
            {
                ref var sum = ref sums[IndexOf(ends, c.End)];
                sum = (sum.Hours + hours * c.Weight, sum.Low + hours * c.Low, sum.High + hours * c.High);
            }
        }
        return all > 0
            ? [.. ends.All.Select((e, i) => new EffortShare(e, sums[i].Hours / all, sums[i].Low / all, sums[i].High / all, sums[i].Hours))]
            : null;
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
