using System.Globalization;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.App.Story;

/// <summary>What a record book tells without any end: hours and money by kind, and what was picked.</summary>
public static class BookWords
{
    private const int Most = 6;

    /// <summary>A sentence for hours, money out and money in.</summary>
    public static IEnumerable<string> Kinds(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        foreach (var (what, kinds) in new[] { ("Done", analysis.Data.Hours.Count > 0 ? analysis.Data.Hours[0] : []), ("Money out", analysis.Data.MoneyOut), ("Money in", analysis.Data.MoneyIn) })
        {
            if (kinds.Sum(k => k.Value) is var all and > 0)
            {
                var first = kinds.OrderByDescending(k => k.Value).ThenBy(k => k.Key, StringComparer.Ordinal).Take(Most).Select(k => $"{k.Key} {Words.Percent(k.Value / all)}");
                yield return $"{what}: {string.Join(", ", first)}{(kinds.Count > Most ? $", {kinds.Count - Most} others" : "")}.";
            }
        }
    }

    /// <summary>Sentences for each end that was hit: what can be told, what is missing of its measure, and which blows are left out.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="from">First day of the records; dates are left out if it is.</param>
    public static IEnumerable<string> Blows(PurposeAnalysis analysis, DateOnly? from = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return analysis.Shocks.Select(s => $"{Words.Short(analysis.Data.Ends.All.First(e => e.Code == s.End))}: {s.Word}{(s.Why is { } why ? $" ({why})" : "")}"
            + (s.Weeks == 0 ? "." : $"; {Count(s.Shocks, "blow")} from outside in {Count(s.Weeks, "period")}.{(s.Missing > 0 ? $" In between {Count(s.Missing, "period")} {(s.Missing == 1 ? "has" : "have")} no measure; none is filled in, and the longest stretch without a gap is looked at." : "")}")
            + (s.Unused.Count > 0 ? $" Left out: {string.Join("; ", s.Unused.GroupBy(u => u.Why).Select(g => $"{g.Count()} {(g.Key == s.Why ? "that nothing can be told of" : g.Key)}{Dates(g)}"))}." : ""));

        static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

        string Dates(IEnumerable<UnusedShock> shocks) => from is not { } first ? ""
            : $" ({string.Join(", ", shocks.Take(Most).Select(u => first.AddDays((int)Math.Round(7 * u.Week)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}{(shocks.Count() > Most ? ", ..." : "")})";
    }

    /// <summary>A sentence for each kind of decision: the attributes that tell in it, or why nothing can be told.</summary>
    public static IEnumerable<string> Choices(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        foreach (var choice in analysis.Choices)
        {
            if (choice.HitRate is not { } hit)
            {
                yield return $"{choice.Kind.Replace('_', ' ')}: {PurposeWords.Reason(analysis, choice.Why ?? "not tested")}.";
                continue;
            }

            var telling = choice.Attributes.Where(a => a.PValue < 0.05 && a.Weight.Known && a.Code != RevealedPreference.Control).OrderByDescending(a => Math.Abs(a.Weight.Value!.Value))
                .Select(a => $"{a.Code.Replace('_', ' ')} {PurposeWords.Interval(a.Weight, PurposeWords.Signed)}").ToList();
            yield return $"{choice.Kind.Replace('_', ' ')}: {choice.Decisions.Used} decisions; {(choice.AlwaysDecided ? PurposeWords.Separated(analysis, choice) : telling.Count > 0 ? "picked by " + PurposeWords.List(telling) + " (share of what all attributes weigh, with its sign; each tested by itself)" : "no attribute tells")}.{(choice.Of(RevealedPreference.Control)?.PValue < 0.05 ? " An attribute that was drawn by lot tells, too: trust none of this." : "")} "
                + $"The weights foretell {Words.Percent(hit.OutOfSample)} of decisions that they have not seen; lot would {Words.Percent(hit.ByLot)}.{(choice.Why is { } why ? $" Limits: {PurposeWords.Reason(analysis, why)}." : "")}";
        }
    }
}
