using Posiwid.App.Story;
using Posiwid.Simulation.Experiments;

namespace Posiwid.App.Report;

/// <summary>Some years of one run: what there was much of, counted, and what stands out, each by its date.</summary>
/// <param name="Years">The years, in words.</param>
/// <param name="Counts">Counts in words.</param>
/// <param name="Standouts">Single events in words, in order.</param>
public sealed record TimelineSpan(string Years, IReadOnlyList<string> Counts, IReadOnlyList<string> Standouts);

/// <summary>What happened in the typical run, grouped so that forty years can be read.</summary>
public static class Timeline
{
    private const int SpanYears = 5;

    private static readonly (string Name, string[] Kinds)[] Groups =
    [
        ("Movement moments", [EventKinds.Moment]),
        ("Branches opened", [EventKinds.BranchOpened]),
        ("Branches closed", [EventKinds.BranchClosed]),
        ("Branches moved", [EventKinds.BranchMoved]),
        ("Commitments ended", [EventKinds.Dropped]),
        ("Struggles led", [EventKinds.Led]),
        ("Leaders replaced", [EventKinds.LeaderReplaced]),
        ("Staff laid off", [EventKinds.LaidOff]),
        ("Groups leaving", [EventKinds.Split]),
        ("Harm disclosed", [EventKinds.Disclosed]),
        ("Opening, closing", [EventKinds.Opened, EventKinds.Closed]),
        ("Ballots, the end", [EventKinds.Ballot, EventKinds.Ended]),
    ];

    private static readonly string[] StandoutKinds =
        [EventKinds.Founded, EventKinds.Led, EventKinds.Split, EventKinds.LaidOff, EventKinds.Opened, EventKinds.Closed, EventKinds.Ballot, EventKinds.Ended];

    /// <summary>The lines of the chart; dots gather half a year.</summary>
    public static IReadOnlyList<Lane> Lanes(Summary summary)
    {
        var events = Own(summary).ToList();
        return [.. Groups.Select(group => new Lane(group.Name, [.. events
            .Where(e => group.Kinds.Contains(e.Kind))
            .GroupBy(e => Math.Floor(Charts.Year(summary.DateOf(e.Week)) * 2))
            .OrderBy(g => g.Key)
            .Select(g => ((g.Key / 2) + .25, g.Count(), g.Count() == 1
                ? $"{summary.DateOf(g.First().Week):yyyy-MM-dd}: {InWords(g.First())}"
                : $"{(g.Key % 2 == 0 ? "first" : "second")} half of {Math.Floor(g.Key / 2)}: {group.Name.ToLowerInvariant()}, {g.Count()}"))]))
            .Where(l => l.Points.Count > 0)];
    }

    /// <summary>The run in spans of five years.</summary>
    public static IReadOnlyList<TimelineSpan> Spans(Summary summary) =>
        [.. Own(summary).GroupBy(e => (summary.DateOf(e.Week).Year - summary.Years[0]) / SpanYears).OrderBy(g => g.Key).Select(span =>
        {
            var first = summary.Years[0] + (span.Key * SpanYears);
            var counts = Groups.Select(g => (g.Name, Count: span.Count(e => g.Kinds.Contains(e.Kind)))).Where(g => g.Count > 0);
            return new TimelineSpan(
                $"{first}–{Math.Min(first + SpanYears - 1, summary.Years[^1])}",
                [.. counts.Select(g => $"{g.Name.ToLowerInvariant()} {g.Count}")],
                [.. Standouts([.. span]).OrderBy(e => e.Week).Select(e => $"{summary.DateOf(e.Week):yyyy-MM-dd}: {InWords(e)}")]);
        })];

    /// <summary>An event of a run in words.</summary>
    public static string InWords(RunEvent e)
    {
        var note = e.Note.Length == 0 ? "" : $" ({e.Note.Replace('_', ' ')})";
        return e.Kind switch
        {
            EventKinds.Founded => $"founded with {Words.Number(e.Value)} members",
            EventKinds.Moment => $"a movement moment begins{note}",
            EventKinds.Dropped => $"a commitment ends after {Words.Number(e.Value)} weeks{note}",
            EventKinds.LeaderReplaced => $"a leader loses the seat after {Words.Number(e.Value)} years",
            EventKinds.Opened or EventKinds.Closed or EventKinds.Ballot => $"{Words.Event(e.Kind)}, {Words.Percent(e.Value)} for it{note}",
            EventKinds.Disclosed => $"hidden harm comes out, severity {Words.Number(e.Value)} of 3{(e.Note == "top" ? " (somebody at the top is answerable)" : note)}",
            EventKinds.Split => $"{Words.Number(e.Value)} people leave together{note}",
            EventKinds.LaidOff => $"{Words.Number(e.Value)} paid staff laid off{note}",
            EventKinds.Ended => Words.Event($"{e.Kind}.{e.Note}"),
            _ => Words.Event(e.Kind) + note,
        };
    }

    // Single events worth a line: all of the rare kinds, and the largest few of the others.
    private static IEnumerable<RunEvent> Standouts(IReadOnlyList<RunEvent> span)
    {
        foreach (var kind in StandoutKinds)
        {
            foreach (var e in span.Where(e => e.Kind == kind).OrderByDescending(e => e.Value).Take(6))
                yield return e;
        }
        foreach (var (kind, few) in new[] { (EventKinds.Moment, 4), (EventKinds.Disclosed, 4), (EventKinds.LeaderReplaced, 3) })
        {
            foreach (var e in span.Where(e => e.Kind == kind).OrderByDescending(e => e.Value).ThenBy(e => e.Week).Take(few))
                yield return e;
        }
    }

    private static IEnumerable<RunEvent> Own(Summary summary) =>
        summary.Typical.Events.Where(e => e.Organization.Length == 0 || e.Organization == summary.Result.Scenario.Flagship);
}
