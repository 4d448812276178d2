using System.Numerics;

namespace Posiwid.Purpose.Statistics;

/// <summary>
/// How many were at risk, and how many events of each cause there were, at every distinct time of an event: what Kaplan-Meier and
/// Aalen-Johansen are made of. At risk at t are those with entry &lt; t &lt;= exit.
/// </summary>
internal sealed class RiskTable
{
    private RiskTable(double start, double last, double[] time, int[] atRisk, int[][] events) =>
        (Start, Last, Time, AtRisk, Events) = (start, last, time, atRisk, events);

    /// <summary>From here on at least the asked number was at risk; not a number if never.</summary>
    public double Start { get; }

    /// <summary>The largest exit.</summary>
    public double Last { get; }

    /// <summary>Distinct times of events after <see cref="Start"/>, ascending.</summary>
    public double[] Time { get; }

    /// <summary>Number at risk at each time.</summary>
    public int[] AtRisk { get; }

    /// <summary>Events by cause (from 0) at each time.</summary>
    public int[][] Events { get; }

    /// <summary>Counts. Whole times are counted, others sorted; both in time and memory in proportion to the columns.</summary>
    /// <param name="entry">When each came under observation; empty if everybody did at the beginning.</param>
    /// <param name="exit">When each left observation.</param>
    /// <param name="cause">0 is censored; 1 to <paramref name="causes"/> are events.</param>
    /// <param name="causes">Number of causes.</param>
    /// <param name="minAtRisk">The table starts where this many are at risk for the first time.</param>
    public static RiskTable Of<T>(ReadOnlySpan<T> entry, ReadOnlySpan<T> exit, ReadOnlySpan<byte> cause, int causes, int minAtRisk)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (exit.Length != cause.Length || entry.Length != exit.Length && entry.Length != 0)
            throw new ArgumentException("entry, exit and event must be columns of one length.");
        ArgumentOutOfRangeException.ThrowIfLessThan(minAtRisk, 1);
        if (exit.Length == 0)
            throw new ArgumentException("There are no spells.");
        var (whole, last, late) = (true, T.Zero, 0);
        var length = new int[causes + 1];
        for (var i = 0; i < exit.Length; i++)
        {
            var (from, to) = (entry.IsEmpty ? -T.One : entry[i], exit[i]);
            if (!(to >= T.Zero && T.IsFinite(to)) || !(entry.IsEmpty || from >= T.Zero))
                throw new ArgumentException($"Spell {i} has a time that is negative or not a number.");
            if (!(from < to))
                throw new ArgumentException($"Spell {i} ends at {to}, not after it came under observation at {from}.");
            if (cause[i] > causes)
                throw new ArgumentException($"Spell {i} ends with cause {cause[i]}, and there are {causes}.");
            whole &= to == T.Floor(to) && from == T.Floor(from);
            last = T.Max(last, to);
            late += from > T.Zero ? 1 : 0;
            length[cause[i]]++;
        }

        return whole && double.CreateChecked(last) < 1e6 + exit.Length
            ? Counted(entry, exit, cause, causes, minAtRisk, int.CreateChecked(last))
            : Sorted(entry, exit, cause, length, minAtRisk, late, double.CreateChecked(last));
    }

    private static RiskTable Counted<T>(ReadOnlySpan<T> entry, ReadOnlySpan<T> exit, ReadOnlySpan<byte> cause, int causes, int minAtRisk, int last)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var entries = new int[last + 1];
        var exits = new int[causes + 1][];
        for (var c = 0; c <= causes; c++)
            exits[c] = new int[last + 1];
        for (var i = 0; i < exit.Length; i++)
        {
            entries[entry.IsEmpty ? 0 : int.CreateTruncating(entry[i])]++;
            exits[cause[i]][int.CreateTruncating(exit[i])]++;
        }

        var rows = new Rows(causes, last + 1, minAtRisk);
        var atRisk = entry.IsEmpty ? exit.Length : 0;
        rows.Begin(0, atRisk);
        for (var t = 0; t <= last; t++)
        {
            rows.Add(t, atRisk, exits, t);
            foreach (var e in exits)
                atRisk -= e[t];
            atRisk += entry.IsEmpty ? 0 : entries[t];
            rows.Begin(t, atRisk);
        }

        return rows.Table(last);
    }

    private static RiskTable Sorted<T>(
        ReadOnlySpan<T> entry, ReadOnlySpan<T> exit, ReadOnlySpan<byte> cause, int[] length, int minAtRisk, int late, double last)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // one column of times for the entries after 0, one for each way out; a time that is not negative sorts as its bits do
        var columns = new ulong[length.Length + 1][];
        for (var c = 0; c < length.Length; c++)
            columns[c] = new ulong[length[c]];
        var entries = columns[^1] = new ulong[late];
        var fill = new int[columns.Length];
        for (var i = 0; i < exit.Length; i++)
        {
            columns[cause[i]][fill[cause[i]]++] = BitConverter.DoubleToUInt64Bits(double.CreateChecked(exit[i]));
            if (!entry.IsEmpty && entry[i] > T.Zero)
                entries[fill[^1]++] = BitConverter.DoubleToUInt64Bits(double.CreateChecked(entry[i]));
        }

        Parallel.ForEach(columns, RadixSort.Sort);

        var causes = length.Length - 1;
        var (rows, at, counts) = (new Rows(causes, exit.Length - length[0], minAtRisk), new int[columns.Length], new int[causes + 1][]);
        for (var c = 0; c <= causes; c++)
            counts[c] = new int[1];
        var atRisk = exit.Length - late;
        rows.Begin(0, atRisk);
        while (true)
        {
            var next = ulong.MaxValue;
            for (var c = 0; c < columns.Length; c++)
                next = at[c] < columns[c].Length ? Math.Min(next, columns[c][at[c]]) : next;
            if (next == ulong.MaxValue)
                return rows.Table(last);
            var (time, before, gone) = (BitConverter.UInt64BitsToDouble(next), atRisk, 0);
            for (var c = 0; c <= causes; c++)
                gone += counts[c][0] = Run(columns[c], ref at[c], next);
            rows.Add(time, before, counts, 0);
            atRisk += Run(entries, ref at[^1], next) - gone;
            rows.Begin(time, atRisk);
        }
    }

    private static int Run(ulong[] column, ref int at, ulong value)
    {
        var from = at;
        while (at < column.Length && column[at] == value)
            at++;
        return at - from;
    }

    /// <summary>The rows while they are written.</summary>
    private sealed class Rows(int causes, int capacity, int minAtRisk)
    {
        private readonly double[] time = new double[capacity];
        private readonly int[] atRisk = new int[capacity];
        private readonly int[][] events = [.. Enumerable.Range(0, causes).Select(_ => new int[capacity])];
        private double start = double.NaN;
        private int count;

        /// <summary>From just after this time on, so many are at risk.</summary>
        public void Begin(double t, int n)
        {
            if (double.IsNaN(start) && n >= minAtRisk)
                start = t;
        }

        public void Add(double t, int n, int[][] exits, int column)
        {
            var any = 0;
            for (var c = 1; c <= causes; c++)
                any += exits[c][column];
            if (any == 0 || double.IsNaN(start))
                return;
            for (var c = 0; c < causes; c++)
                events[c][count] = exits[c + 1][column];
            (time[count], atRisk[count]) = (t, n);
            count++;
        }

        public RiskTable Table(double last) => new(start, last, time[..count], atRisk[..count], [.. events.Select(e => e[..count])]);
    }
}
