using System.Globalization;
using System.Text.RegularExpressions;
using Posiwid.App.Commands;
using Posiwid.Purpose;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Ask;

/// <summary>The ten questions, at a prompt. Enter alone says 'I do not know'.</summary>
internal sealed partial class Questions(TextReader input, TextWriter output, Ends ends)
{
    private const string HowToWrite = "write decimals with a point and thousands without a mark, such as 12.50 and 1200";

    private int number;

    /// <summary>Asks all of them.</summary>
    public Answers Ask()
    {
        output.WriteLine("Ten questions. Guess rather than leave out; press Enter where you do not know.");
        return new Answers
        {
            Name = Text("What is your organization called?", t => t.Length is > 0 and <= 100, "A name, please."),
            Setting = Setting(),
            Members = Number("How many members does it have?", 1, 1_000_000, needed: true)!.Value,
            Joined = Number("How many joined in the last year?", 0, 1_000_000),
            Left = Number("How many left in the last year?", 0, 1_000_000),
            Branches = Number("In how many branches or groups?", 1, 1000) ?? 1,
            DuesUsdPerMonth = Number("What does a member pay in a month, in dollars?", 0, 4000),
            Staff = Number("How many people does it pay?", 0, 1000) ?? 0,
            Hours = Hours(),
            Aims = Aims(),
        };
    }

    private void Say(string question) => output.Write($"{++number}. {question} ");

    private string? Line() => input.ReadLine()?.Trim();

    private string Text(string question, Predicate<string> good, string hint)
    {
        Say(question);
        for (; ; )
        {
            var text = Line() ?? throw new WrongInputException("The answers ended before this question was answered.");
            if (good(text))
                return text;
            output.Write(hint + " ");
        }
    }

    private double? Number(string question, double least, double most, bool needed = false)
    {
        Say(question);
        for (; ; )
        {
            var text = Line() ?? (needed ? throw new WrongInputException("The answers ended before this question was answered.") : "");
            if (text.Length == 0 && !needed)
                return null;
            if (Figure(text.TrimStart('$')) is { } value && value >= least && value <= most)
                return value;
            output.Write($"A number from {least} to {most}, please{(text.Any(char.IsAsciiDigit) ? "; " + HowToWrite : "")}. ");
        }
    }

    /// <summary>A number that can be read in one way only; null if it is none. '12,50' and '1.200' mean one thing here and another there.</summary>
    private static double? Figure(string text) =>
        !ThreeDigitsAfterAPoint().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private MilieuKind Setting() =>
        Text("Where does it meet its people: campus, workplace or neighborhood?", t => t.Length == 0 || Enum.GetNames<MilieuKind>().Contains(t, StringComparer.OrdinalIgnoreCase), "Campus, workplace or neighborhood, please.") is { Length: > 0 } text
            ? Enum.Parse<MilieuKind>(text, ignoreCase: true) : MilieuKind.Neighborhood;

    private Dictionary<string, double> Hours()
    {
        Say("How many hours do all members together give in a usual week, by activity?");
        output.WriteLine();
        output.WriteLine($"   Kinds: {string.Join(", ", Kinds)}.");
        output.Write("   For example 'meeting 40, contacting 12': ");
        for (; ; )
        {
            var (hours, wrong) = (new Dictionary<string, double>(), "");
            foreach (var part in (Line() ?? "").Split(',', ';').Select(p => p.Trim()).Where(p => p.Length > 0))
            {
                var at = part.LastIndexOfAny([' ', ':', '=']);
                var kind = at < 0 ? part : part[..at].Trim(' ', ':', '=').Replace(' ', '_').ToLowerInvariant();
                if (at < 0 || char.IsAsciiDigit(part[0]) || Figure(part[(at + 1)..]) is not { } value || value is < 0 or > 1e7)
                    wrong = $"'{part}' is no activity with its hours{(part.Any(char.IsAsciiDigit) ? "; " + HowToWrite : "")}";
                else if (ends.Of(kind).Count == 0)
                    wrong = $"'{kind}' is no kind of activity{Nearest.Hint(kind, Kinds)}";
                else
                    hours[kind] = hours.GetValueOrDefault(kind) + value;
            }

            if (wrong.Length == 0)
                return hours.Values.Sum() > 0 ? hours : [];
            output.Write($"{wrong}. Once more: ");
        }
    }

    private List<string> Aims()
    {
        Say("What does it say it is for, the first first?");
        output.WriteLine();
        var known = ends.All.Where(e => !e.IsPlacebo).ToList();
        foreach (var (end, i) in known.Select((e, i) => (e, i + 1)))
            output.WriteLine($"   {i} {end.Code}: {end.Label}");
        output.Write("   For example '1, 2': ");
        for (; ; )
        {
            var (aims, wrong) = (new List<string>(), "");
            foreach (var word in (Line() ?? "").Split(',', ';', ' ').Where(w => w.Length > 0))
            {
                var end = int.TryParse(word, out var n) && n >= 1 && n <= known.Count ? known[n - 1] : known.Find(e => e.Code.Equals(word, StringComparison.OrdinalIgnoreCase));
                if (end is null)
                    wrong = $"'{word}' is none of them";
                else if (!aims.Contains(end.Code))
                    aims.Add(end.Code);
            }

            if (wrong.Length == 0)
                return aims;
            output.Write($"{wrong}. Once more: ");
        }
    }

    private IEnumerable<string> Kinds => ends.Kinds.Where(k => k is not ("wages" or "running_costs")).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^[1-9]\d{0,2}(\.\d{3})+$")]
    private static partial Regex ThreeDigitsAfterAPoint();
}
