using System.Globalization;
using System.Text.RegularExpressions;
using Posiwid.Records.Import;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Ask;

/// <summary>A scenario like an organization of which ten things are known: the starter scenario with these in place of its examples. Two of the starter's guesses are set by them (<see cref="FirstYear"/>); all else is the starter's guess.</summary>
internal static partial class AnswerScenario
{
    private const double WeeksPerMonth = 52.1775 / 12;

    private const int MostSimulated = 1500, Years = 10, WeeksOfTrial = 57;

    /// <summary>The text of the scenario; it begins on a Monday and runs for ten years.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="today">Today.</param>
    /// <param name="first">What was set so that the first year is like the last of the answers; null if nothing was.</param>
    public static string Text(Answers answers, DateOnly today, FirstYear? first = null) => Text(answers, today, (int)(Years * 52.1775)) + first?.Text(answers);

    /// <summary>The text of the same scenario, no longer than it takes to see its first year.</summary>
    public static string Trial(Answers answers, DateOnly today) => Text(answers, today, WeeksOfTrial);

    private static string Text(Answers answers, DateOnly today, int weeks)
    {
        var start = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var sites = (int)Math.Max(5, answers.Branches * 5);
        // a place holds enough people to be chosen from: about forty for each member
        var pool = Math.Clamp(answers.Members * 40 / sites, 20, 4000);
        var weight = Math.Clamp(Math.Ceiling(answers.Members / MostSimulated), 1, 1000);
        var stay = answers.Setting switch { MilieuKind.Campus => 3.5, MilieuKind.Workplace => 6, _ => 8 };
        var text = ScenarioStarter.Text(answers.ShortName);
        text = Set(text, "title", MappingText.Quoted($"{answers.Name}, as ten answers describe it"));
        text = Set(text, "about", "Made from ten answers; all else is a guess that suits a small association.");
        text = Set(text, "start", Day(start));
        text = Set(text, "end", Day(start.AddDays(7 * weeks)));
        text = Set(text, "price-year", start.Year.ToString(CultureInfo.InvariantCulture));
        text = Set(text, "kind", answers.Setting.ToString().ToLowerInvariant());
        text = Set(text, "sites", Plain(sites));
        text = Set(text, "pool", Plain(Math.Round(pool)));
        text = Set(text, "weight", Plain(weight));
        text = Set(text, "stay-years", Plain(stay));
        text = Set(text, "members", Plain(answers.Members));
        text = Set(text, "tenants", Plain(answers.Branches), digits: true);
        text = Set(text, "staff", Plain(Math.Floor(answers.Staff)));
        text = Set(text, "reserves-usd", Plain(Math.Round((answers.DuesUsdPerMonth ?? 5) * answers.Members * 3)));
        if (answers.DuesUsdPerMonth is { } dues)
        {
            text = Set(text, "dues-usd-per-week", Plain(dues / WeeksPerMonth));
            text = Set(text, "cadre-dues-usd-per-week", Plain(2 * dues / WeeksPerMonth));
        }

        if (answers.Hours.Count > 0)
        {
            var all = answers.Hours.Values.Sum();
            text = Block(text, "founding-plan", Shares(answers.Hours.Where(h => h.Value > 0).Select(h => (h.Key, h.Value / all))));
            text = Set(text, "hours-asked", Plain(Math.Clamp(all / answers.Members, 0.1, 80)));
        }

        if (answers.Aims.Count > 0)
        {
            // ranks alone are known: the first counts as often as there are aims, the last once
            var sum = answers.Aims.Count * (answers.Aims.Count + 1) / 2.0;
            text = Block(text, "stated-aims", Shares(answers.Aims.Select((a, i) => (a, (answers.Aims.Count - i) / sum))));
        }

        return text;
    }

    private static string Set(string text, string key, string value, bool digits = false)
    {
        var done = false;
        var changed = Regex.Replace(text, $@"(?m)^(\s*{Regex.Escape(key)}:) *{(digits ? @"\d" : @"[^#\s]")}[^#\n]*", m => done ? m.Value : (done = true) is true ? $"{m.Groups[1].Value} {value}  " : "");
        return done ? changed : throw new InvalidOperationException($"The starter scenario has no '{key}'.");
    }

    private static string Block(string text, string key, IEnumerable<string> lines)
    {
        var match = Regex.Match(text, $@"(?m)^(\s*){Regex.Escape(key)}:\n((?:\1  .*\n)+)");
        return match.Success ? text[..match.Groups[2].Index] + string.Concat(lines.Select(l => $"{match.Groups[1].Value}  {l}\n")) + text[(match.Groups[2].Index + match.Groups[2].Length)..]
            : throw new InvalidOperationException($"The starter scenario has no '{key}'.");
    }

    /// <summary>Shares that sum to 1 to the last digit.</summary>
    private static IEnumerable<string> Shares(IEnumerable<(string Name, double Share)> shares)
    {
        var all = shares.OrderByDescending(s => s.Share).Select(s => (s.Name, Share: Math.Round((decimal)s.Share, 4))).ToList();
        all[0] = (all[0].Name, all[0].Share + 1 - all.Sum(s => s.Share));
        return all.Where(s => s.Share > 0).Select(s => $"{s.Name}: {s.Share.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
