using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Posiwid.Purpose.Statistics;

/// <summary>What one group of a log-rank test had.</summary>
/// <param name="Group">Number of the group, from 0.</param>
/// <param name="Spells">Spells in the group.</param>
/// <param name="Observed">Events observed.</param>
/// <param name="Expected">Events expected if all groups had one hazard.</param>
public sealed record LogRankGroup(int Group, int Spells, int Observed, double Expected);

/// <summary>Outcome of a log-rank test.</summary>
/// <param name="ChiSquared">Statistic; null if there is no test.</param>
/// <param name="DegreesOfFreedom">Groups that could be compared, less one.</param>
/// <param name="PValue">Chance of a statistic as large if all groups had one hazard (chi-squared approximation).</param>
/// <param name="Groups">The groups.</param>
/// <param name="Why">Why there is no test; null if there is one.</param>
public sealed record LogRankResult(double? ChiSquared, int DegreesOfFreedom, double? PValue, IReadOnlyList<LogRankGroup> Groups, string? Why = null);

/// <summary>Whether several groups leave at one rate: the log-rank test (Mantel 1966; Peto and Peto 1972), with delayed entry.</summary>
/// <remarks>
/// <para>Estimator: at each event time the events are shared out among those at risk as in a hypergeometric draw; Z = O - E, statistic Z' V^-1 Z with one group
/// left out.</para>
/// <para>Units: none (chi-squared; events observed and expected). Assumes: spells are independent, and neither coming under observation nor being lost to it
/// depends on how long one stays, within each group.</para>
/// <para>Misleads: curves that cross can differ much and give a small statistic. The p value is not the size of a difference.</para>
/// </remarks>
public static class LogRank
{
    /// <summary>The test.</summary>
    /// <param name="entry">When each came under observation; empty if all did at the beginning.</param>
    /// <param name="exit">When each left it.</param>
    /// <param name="happened">Whether the exit was the event.</param>
    /// <param name="group">Group of each, 0 to <paramref name="groups"/> - 1.</param>
    /// <param name="groups">Number of groups, 2 or more.</param>
    public static LogRankResult Test(ReadOnlySpan<double> entry, ReadOnlySpan<double> exit, ReadOnlySpan<bool> happened, ReadOnlySpan<int> group, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        if (exit.Length != happened.Length || exit.Length != group.Length || entry.Length != exit.Length && entry.Length != 0)
            throw new ArgumentException("entry, exit, event and group must be columns of one length.");
        var entries = Columns(groups);
        var exits = Columns(groups);
        var events = Columns(groups);
        for (var i = 0; i < exit.Length; i++)
        {
            if ((uint)group[i] >= (uint)groups)
                throw new ArgumentException($"Spell {i} is of group {group[i]}, and there are {groups}.");
            var from = entry.IsEmpty ? double.NegativeInfinity : entry[i];
            if (!(from < exit[i]) || !(exit[i] >= 0 && double.IsFinite(exit[i])))
                throw new ArgumentException($"Spell {i} does not end after it came under observation.");
            entries[group[i]].Add(from);
            exits[group[i]].Add(exit[i]);
            if (happened[i])
                events[group[i]].Add(exit[i]);
        }

        foreach (var column in entries.Concat(exits).Concat(events))
            column.Sort();
        int[] came = new int[groups], left = new int[groups], died = new int[groups];
        double[] n = new double[groups], d = new double[groups];
        var expected = new double[groups];
        var v = Matrix<double>.Build.Dense(groups, groups);
        foreach (var t in events.SelectMany(e => e).Distinct().Order())
        {
            double allAtRisk = 0, allEvents = 0;
            for (var g = 0; g < groups; g++)
            {
                Advance(entries[g], ref came[g], t);
                Advance(exits[g], ref left[g], t);
                var before = died[g];
                while (died[g] < events[g].Count && events[g][died[g]] == t)
                    died[g]++;
                allAtRisk += n[g] = came[g] - left[g];
                allEvents += d[g] = died[g] - before;
            }

            var spread = allAtRisk > 1 ? allEvents * (allAtRisk - allEvents) / (allAtRisk - 1) : 0;
            for (var g = 0; g < groups; g++)
            {
                expected[g] += allEvents * n[g] / allAtRisk;
                for (var h = 0; h < groups; h++)
                    v[g, h] += spread * n[g] / allAtRisk * ((g == h ? 1 : 0) - n[h] / allAtRisk);
            }
        }

        var rows = Enumerable.Range(0, groups).Select(g => new LogRankGroup(g, exits[g].Count, events[g].Count, expected[g])).ToList();
        var used = rows.Where(r => v[r.Group, r.Group] > 1e-12).Select(r => r.Group).ToArray();
        if (used.Length < 2)
            return new(null, 0, null, rows, rows.Sum(r => r.Observed) == 0 ? "no events" : "no two groups were at risk at one time");
        // groups never at risk together leave V without full rank even with one left out; the generalized inverse then has the rank's degrees
        var z = Vector<double>.Build.Dense([.. used.Select(g => rows[g].Observed - expected[g])]);
        var part = Matrix<double>.Build.Dense(used.Length, used.Length, (i, j) => v[used[i], used[j]]);
        var svd = part.Svd();
        var rank = svd.S.Count(s => s > 1e-9 * svd.S[0]);
        var turned = svd.U.TransposeThisAndMultiply(z);
        var statistic = Enumerable.Range(0, rank).Sum(i => turned[i] * turned[i] / svd.S[i]);
        return new(statistic, rank, 1 - ChiSquared.CDF(rank, statistic), rows);
    }

    private static List<double>[] Columns(int groups) => [.. Enumerable.Range(0, groups).Select(_ => new List<double>())];

    private static void Advance(List<double> sorted, ref int at, double t)
    {
        while (at < sorted.Count && sorted[at] < t)
            at++;
    }
}
