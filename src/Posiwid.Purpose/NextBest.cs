namespace Posiwid.Purpose;

/// <summary>What knowing a line better would do for a profile.</summary>
/// <param name="Line">defense, necessity or choice.</param>
/// <param name="Ends">The ends whose verdict hangs on it.</param>
/// <param name="Bits">How much less there would be to guess about their verdicts, in bits over all of them together.</param>
/// <param name="Tested">True if it was tried and its interval still reaches both sides of its bound, so that more runs or records of the same kind are wanted; false if it was not tried.</param>
/// <param name="Times">Where it was tried: so many times the runs or decisions would narrow the widest of these intervals to its distance from the bound; null otherwise.</param>
public sealed record NextBest(string Line, IReadOnlyList<End> Ends, double Bits, bool Tested, double? Times)
{
    /// <summary>The lines that would narrow a profile, the best first. A line is open for an end if it was not tried, or is silent with an interval that reaches beyond its bound.</summary>
    /// <remarks>
    /// The verdict of an end follows from what its three lines say. With every outcome of an open line taken as equally likely (speaks for, nothing, against), the verdict
    /// has an entropy; what it loses on average once a line is known is that line's worth (mutual information; Lindley 1956, "On a measure of the information
    /// provided by an experiment"). Misleads: equal chances are a convention; costs are left out.
    /// </remarks>
    public static IReadOnlyList<NextBest> Of(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var (profile, life) = (analysis.Profile, analysis.Necessity is [var first, ..] ? first.Result.Life.Value ?? 0 : 0);
        double[] bounds = [analysis.Settings.Defended, analysis.Settings.LifeLost * life, 0];
        var found = new List<(string Line, End End, double Bits, bool Tested, double? Times)>();
        foreach (var row in profile.Rows.Where(r => !r.End.IsPlacebo))
        {
            (string Name, LineStatus Status, Estimate Figure)[] lines =
            [
                ("defense", row.Defense, row.Evidence.Defense.Estimate), ("necessity", row.Necessity, row.Evidence.Necessity.Estimate), ("choice", row.Choice, row.Evidence.Choice.Estimate),
            ];
            // more of the same does not help defense to a vote where it is something else that is defended
            var outcomes = lines.Select((l, i) => i == 0 && row.DefendsSomethingElse ? [l.Status] : Outcomes(l.Status, l.Figure, bounds[i])).ToArray();
            var all = (from d in outcomes[0] from n in outcomes[1] from c in outcomes[2] select (Says: (LineStatus[])[d, n, c], Verdict: profile.VerdictIf(row, d, n, c))).ToArray();
            for (var l = 0; l < 3; l++)
            {
                if (outcomes[l].Length == 1)
                    continue;
                var left = all.GroupBy(x => x.Says[l]).Average(g => Entropy(g.Select(x => x.Verdict)));
                if (Entropy(all.Select(x => x.Verdict)) - left is > 1e-9 and var gain)
                    found.Add((lines[l].Name, row.End, gain, lines[l].Status != LineStatus.NotTestable, TimesAsMany(lines[l].Figure, bounds[l])));
            }
        }

        return [.. found.GroupBy(f => (f.Line, f.Tested)).Select(g => new NextBest(g.Key.Line, [.. g.Select(f => f.End)], g.Sum(f => f.Bits), g.Key.Tested, g.Key.Tested ? g.Max(f => f.Times) : null))
            .OrderByDescending(n => n.Bits).ThenBy(n => n.Line, StringComparer.Ordinal)];
    }

    private static LineStatus[] Outcomes(LineStatus status, Estimate figure, double bound) => status switch
    {
        LineStatus.NotTestable => [LineStatus.Supports, LineStatus.Silent, LineStatus.Against],
        LineStatus.Silent when figure is { High: { } high } && high > bound => [LineStatus.Supports, LineStatus.Silent],
        _ => [status],
    };

    /// <summary>Intervals narrow as the square root of the runs; at most a hundred times is said.</summary>
    private static double? TimesAsMany(Estimate figure, double bound) => figure is { Value: { } v, Low: { } low, High: { } high } && high > low
        ? Math.Min(100, Math.Max(1, Math.Pow((high - low) / 2 / Math.Max(1e-12, Math.Abs(v - bound)), 2))) : null;

    private static double Entropy(IEnumerable<string> verdicts)
    {
        var all = verdicts.ToArray();
        return 0.0 - all.GroupBy(v => v).Sum(g => (double)g.Count() / all.Length * Math.Log2((double)g.Count() / all.Length));
    }
}
