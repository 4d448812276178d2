using Posiwid.Simulation.Experiments;

namespace Posiwid.App.Story;

/// <summary>The plain words that come first, on the terminal and in the report: what the runs did, in a few sentences.</summary>
public static class Paragraph
{
    /// <summary>The sentences.</summary>
    public static IReadOnlyList<string> Of(Summary summary) =>
        [.. new[] { Survival(summary), Size(summary), Needs(summary), Hours(summary), Endings(summary), Published(summary) }.OfType<string>()];

    private static string Survival(Summary summary)
    {
        var result = summary.Result;
        var born = summary.Flagship.Founded ?? result.Scenario.Start;
        var last = result.SampleWeeks[^1];
        var decades = (summary.DateOf(last).Year - born.Year) / 10;
        while (decades > 1 && ShareAfter(decades) < .5)
            decades--;
        var end = summary.AliveShare(last);
        var day = $"on {summary.DateOf(last):yyyy-MM-dd}, the last day looked at,";
        if (result.Runs.Count == 1)
            return $"In one run of the model: {(decades < 1 ? "" : ShareAfter(decades) < 1 ? "it lived less than ten years; " : $"it lived {decades * 10} years or more; ")}{day} it was {(end == 0 ? "no longer" : "still")} there.";
        var atEnd = $"{day} it was still there in {(end == 0 ? "none" : Words.Percent(end))} of them";
        return decades < 1
            ? $"In {result.Runs.Count} runs of the model: {atEnd}."
            : $"In the model it lived {decades * 10} years or more in {Words.Percent(ShareAfter(decades))} of {result.Runs.Count} runs; {atEnd}.";

        double ShareAfter(int tens) => summary.AliveShare((born.AddYears(tens * 10).DayNumber - result.Scenario.Start.DayNumber) / 7);
    }

    private static string Size(Summary summary)
    {
        var year = summary.Years.MaxBy(y => summary.InYear("members", y).Mean);
        var size = summary.InYear("members", year);
        if (size.Mean == 0)
            return "Whenever its members were counted, every four weeks, there were none.";
        return size.Runs == 1 ? $"It was largest in {year}, with {Words.Number(size.Mean)} members."
            : $"It was largest in {year}, with {Words.Number(size.Mean)} members in the mean of the runs (their median {Words.Number(size.Median)}; 90% of them: {Words.Number(size.Low)} to {Words.Number(size.High)}).";
    }

    /// <summary>Null if nobody's need was met in any run.</summary>
    private static string? Needs(Summary summary)
    {
        if (summary.Find("helped") is null || summary.Find("needs_met") is null)
            return null;
        var (helped, own) = (summary.Total("helped"), summary.Total("needs_met"));
        return helped.Mean + own.Mean <= 0 ? null
            : helped.Runs == 1 ? $"Over all years it helped people with a need {Words.Number(helped.Mean)} times; needs of its own members were met {Words.Number(own.Mean)} times, in part by the same hours."
            : $"Over all years it helped people with a need {Words.Number(helped.Mean)} times (90% of the runs: {Words.Number(helped.Low)} to {Words.Number(helped.High)}); needs of its own members were met {Words.Number(own.Mean)} times ({Words.Number(own.Low)} to {Words.Number(own.High)}), in part by the same hours. Means over runs.";
    }

    private static string? Hours(Summary summary)
    {
        var (first, last) = summary.Settled;
        if (summary.Effort(first, last) is not { } effort)
            return null;
        var aims = summary.Flagship.StatedAims.OrderByDescending(a => a.Value).Select(a => a.Key).ToList();
        var said = aims.Count == 0 ? null : effort.FirstOrDefault(e => e.End.Code == aims[0]);
        var leading = effort.OrderByDescending(e => e.Share.Mean).Take(2).ToList();
        var did = $"From {first} on, the largest part of its hours went to {Words.Short(leading[0].End)}: {Bounded(leading[0])}, depending on how activities are coded. Then came {Words.Short(leading[1].End)}: {Bounded(leading[1])}.";
        if (said is null)
            return did;
        var gap = leading.Contains(said) ? "" : $" {Capital(Words.Short(said.End))} got {Bounded(said)}.";
        return $"It says that it is above all for {said.End.Label}. {did}{gap}";

        static string Bounded(EndEffort e) => $"{Words.Percent(e.Share.Mean)} ({Words.Percent(e.AtLeast)} to {Words.Percent(e.AtMost)})";
        static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string? Endings(Summary summary)
    {
        var runs = summary.Result.Runs;
        var ways = runs.Where(r => r.Fate != Fate.Alive && r.EndedWeek is not null).GroupBy(r => r.Fate).OrderByDescending(g => g.Count()).ToList();
        if (ways.Count == 0)
            return runs.Count == 1 ? "It did not end." : "It did not end in any run.";
        return "It ended " + string.Join("; ", ways.Select((g, i) =>
        {
            var when = Spread.Of(g.Select(r => (double)r.EndedWeek!.Value));
            var how = g.Key switch { Fate.Dissolved => "by a vote of its members", Fate.Dwindled => "because too few were left", Fate.BrokenUp => "broken up by force", _ => "because it could not pay" };
            var dates = g.Count() == 1 ? Month(when.Median) : $"half of them by {Month(when.Median)}, 90% between {Month(when.Low)} and {Month(when.High)}";
            if (runs.Count == 1)
                return $"{how} ({dates})";
            var (of, runsOf) = i == 0 ? ($" of {runs.Count}", runs.Count) : ("", g.Count());
            return $"{how} in {g.Count()}{of} {(runsOf == 1 ? "run" : "runs")} ({dates})";
        })) + ".";

        string Month(double week) => summary.DateOf(week).ToString("yyyy-MM");
    }

    private static string? Published(Summary summary)
    {
        var compared = summary.Published(summary.Result.Scenario.Flagship).Where(c => c.Model.Runs > 0).ToList();
        var inside = compared.Count(c => c.Verdict == "inside");
        return compared.Count == 0 || summary.Result.Runs.Count == 1 ? null : $"Of {compared.Count} published membership counts, {(inside == 0 ? "none" : inside)} {(inside <= 1 ? "lies" : "lie")} within the 90% interval of the runs.";
    }
}
