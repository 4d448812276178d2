using Posiwid.Simulation.Experiments;

namespace Posiwid.App.Story;

/// <summary>A line of the story.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsHeading">True for a heading, which a terminal may show in bold.</param>
public readonly record struct StoryLine(string Text, bool IsHeading = false);

/// <summary>The one-page story of an ensemble for a terminal: plain words, the years at a glance, key dates, published counts, notes.</summary>
public static class OnePage
{
    private const int LabelWidth = 24;

    /// <summary>The events whose first times are told.</summary>
    internal static readonly string[] DatesTold =
    [
        "peak_members", EventKinds.Led, EventKinds.LeaderReplaced, EventKinds.LaidOff, EventKinds.Split, EventKinds.Disclosed,
        EventKinds.Opened, EventKinds.Closed, EventKinds.Ballot, EventKinds.Reformed, "ended.dissolved", "ended.dwindled", "ended.insolvent", "ended.brokenup",
    ];

    /// <summary>The lines, each at most <paramref name="width"/> wide (but at least 60).</summary>
    public static IReadOnlyList<StoryLine> Of(Summary summary, int width)
    {
        width = Math.Max(60, width);
        var lines = new List<StoryLine>();
        Heading($"{summary.Result.Scenario.Title}, {summary.Years[0]}-{summary.Years[^1]}, {Runs(summary)}");
        foreach (var sentence in Paragraph.Of(summary))
            lines.AddRange(Words.Wrap(sentence, Math.Min(width, 100) - 2).Select(l => new StoryLine("  " + l)));

        var step = 1 + ((summary.Years.Count - 1) / Math.Max(1, width - LabelWidth - 26));
        Blank();
        Heading($"{$"Year by year, {summary.Years[0]}-{summary.Years[^1]}".PadRight(LabelWidth + 2 + ((summary.Years.Count + step - 1) / step))} {"first",7} {"most",7} {"last",7}");
        foreach (var (label, values, format) in Rows(summary))
        {
            var known = values.Where(v => !double.IsNaN(v)).ToList();
            if (known.Count == 0)
            {
                if (label.EndsWith(':'))
                    Add("  " + label);
                continue;
            }
            var columns = values.Chunk(step).Select(c => c.Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Average()).ToList();
            Add($"  {Fit(label, LabelWidth)}{Words.Sparkline(columns)} {format(known[0]),7} {format(known.Max()),7} {format(known[^1]),7}");
        }
        Add($"  (means over runs; {(step == 1 ? "one column a year" : $"one column for {step} years")}; each line from 0 to its most)");

        var dates = summary.KeyDates.Where(k => DatesTold.Contains(k.Event)).ToList();
        Blank();
        Heading($"{"First time of",-42}{"runs",10}  {"median",-9}{"90% of those runs",-22}");
        foreach (var date in dates)
            Add($"  {Fit(Words.Event(date.Event), 40)}{Words.Percent(date.Share),10}  {Month(date.Week.Median),-9}{$"{Month(date.Week.Low)} to {Month(date.Week.High)}",-20}");

        foreach (var organization in summary.Result.Scenario.Organizations)
        {
            var compared = summary.Published(organization.Key).Where(c => c.Model.Runs > 0).ToList();
            if (compared.Count == 0)
                continue;
            Blank();
            Heading($"{Fit($"Published counts, {organization.Key.ToUpperInvariant()}", 26)}{"published",14}  {"model, 90% of runs",-22}");
            foreach (var c in compared)
                Add($"  {Fit(DateText(c), 24)}{PublishedText(c),14}  {$"{Words.Number(c.Model.Low)} to {Words.Number(c.Model.High)}",-18}  {c.Verdict}");
        }

        if (summary.Result.Notes.Count > 0)
        {
            Blank();
            Heading("To know");
            foreach (var note in summary.Result.Notes)
                lines.AddRange(Words.Wrap(note, Math.Min(width, 100) - 4).Select((l, i) => new StoryLine((i == 0 ? "  - " : "    ") + l)));
        }
        return lines;

        void Add(string text) => lines.Add(new(text.TrimEnd()));
        void Heading(string text) => lines.Add(new(text.TrimEnd(), true));
        void Blank() => lines.Add(new(""));
        string Month(double week) => summary.DateOf(week).ToString("yyyy-MM");
    }

    /// <summary>A published count as written: a number, a range or a bound.</summary>
    public static string PublishedText(Comparison c) => (c.Count.Low, c.Count.High) switch
    {
        ({ } low, { } high) when low == high => Words.Number(low),
        ({ } low, { } high) => $"{Words.Number(low)}-{Words.Number(high)}",
        (null, { } high) => $"at most {Words.Number(high)}",
        ({ } low, null) => $"at least {Words.Number(low)}",
        _ => "–",
    };

    /// <summary>A published count's date, as precise as its source.</summary>
    public static string DateText(Comparison c) => c.Count.Date switch
    {
        var d when d.First == d.Last => d.First.ToString("yyyy-MM-dd"),
        var d when d.Last.DayNumber - d.First.DayNumber < 31 => d.First.ToString("yyyy-MM"),
        var d => d.First.ToString("yyyy"),
    };

    /// <summary>How many runs, in words.</summary>
    public static string Runs(Summary summary) => summary.Result is var r && r.Runs.Count < r.Planned
        ? $"{r.Runs.Count} of {r.Planned} runs (interrupted)"
        : r.Runs.Count == 1 ? "one run" : $"{r.Runs.Count} runs";

    private static IEnumerable<(string Label, IReadOnlyList<double> Values, Func<double, string> Format)> Rows(Summary summary)
    {
        var result = summary.Result;
        yield return ("still there", Years(y => result.SampleWeeks.Where(w => summary.DateOf(w).Year == y).Average(summary.AliveShare)), Words.Percent);
        yield return Mean("members", "members");
        var ends = Ends(summary).ToList();
        if (ends.Count > 0)
            yield return ("share of its hours for:", [], Words.Percent);
        foreach (var end in ends)
            yield return ("- " + Words.Short(end), Years(y => summary.Effort(y, y)?.First(e => e.End == end).Share.Mean ?? double.NaN), Words.Percent);
        yield return Mean("income, USD/week", "income");
        yield return Mean("reserves, USD", "reserves");
        yield return Mean("paid staff", "staff");
        yield return Mean("hope", "hope");
        yield return Mean("belief", "belief");
        yield return Mean("voiced criticism", "voice", Words.Percent);
        yield return Mean("hidden harm, cases", "hidden_harm");
        yield return Mean("openness", "openness");

        IReadOnlyList<double> Years(Func<int, double> value) => [.. summary.Years.Select(value)];
        (string, IReadOnlyList<double>, Func<double, string>) Mean(string label, string measure, Func<double, string>? format = null) =>
            (label, summary.Find(measure) is null ? [] : Years(y => summary.InYear(measure, y).Mean), format ?? Words.Number);
    }

    // The ends that got the most hours, and the first stated aim if it is not among them.
    private static IEnumerable<Purpose.End> Ends(Summary summary)
    {
        if (summary.Effort(summary.Years[0], summary.Years[^1]) is not { } effort)
            return [];
        var aim = summary.Flagship.StatedAims.OrderByDescending(a => a.Value).Select(a => a.Key).FirstOrDefault();
        var most = effort.Where(e => e.Share.Mean > 0).OrderByDescending(e => e.Share.Mean).Take(4).Select(e => e.End).ToList();
        return effort.Select(e => e.End).Where(e => most.Contains(e) || e.Code == aim);
    }

    internal static string Fit(string text, int width) => text.Length < width ? text.PadRight(width) : text[..(width - 2)] + "… ";
}
