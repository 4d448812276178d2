using System.Globalization;
using Posiwid.Purpose;
using Posiwid.Records.Import;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Ask;

/// <summary>What somebody says of an organization offhand: the ten answers. What is not known is null or empty.</summary>
public sealed record Answers
{
    /// <summary>Name of the organization.</summary>
    public required string Name { get; init; }

    /// <summary>Where it meets its people.</summary>
    public MilieuKind Setting { get; init; } = MilieuKind.Neighborhood;

    /// <summary>Members today.</summary>
    [Quantity("Members today.", "people", 1, 1_000_000)]
    public required double Members { get; init; }

    /// <summary>Who joined in the last year.</summary>
    [Quantity("Who joined in the last year.", "people", 0, 1_000_000)]
    public double? Joined { get; init; }

    /// <summary>Who left in the last year.</summary>
    [Quantity("Who left in the last year.", "people", 0, 1_000_000)]
    public double? Left { get; init; }

    /// <summary>Branches or groups.</summary>
    [Quantity("Branches or groups.", "branches", 1, 1000)]
    public double Branches { get; init; } = 1;

    /// <summary>Dues of a member.</summary>
    [Quantity("Dues of a member.", "USD/month", 0, 4000)]
    public double? DuesUsdPerMonth { get; init; }

    /// <summary>Paid staff.</summary>
    [Quantity("Paid staff.", "people", 0, 1000)]
    public double Staff { get; init; }

    /// <summary>Hours of all members together in a usual week, by kind of activity.</summary>
    public IReadOnlyDictionary<string, double> Hours { get; init; } = new Dictionary<string, double>();

    /// <summary>Codes of the ends that it says it is for, the first first.</summary>
    public IReadOnlyList<string> Aims { get; init; } = [];

    /// <summary>Finds what no key's range shows.</summary>
    /// <param name="ends">The ends and kinds that there are.</param>
    /// <param name="note">Told of each mistake.</param>
    public void Check(Ends ends, Action<string, string> note)
    {
        if (Name.Trim().Length is 0 or > 100)
            note("name", "a name of 1 to 100 characters belongs here");
        foreach (var (kind, hours) in Hours)
        {
            if (ends.Of(kind).Count == 0)
                note($"hours.{kind}", $"'{kind}' is no kind of activity{Nearest.Hint(kind, ends.Kinds)}");
            if (!(hours >= 0 && hours <= 168 * Members))
                note($"hours.{kind}", "more hours than all members have, or fewer than none");
        }

        if (Hours.Count > 0 && Hours.Values.Sum() <= 0)
            note("hours", "no hours at all: leave it out if nobody knows");
        foreach (var (aim, i) in Aims.Select((a, i) => (a, i)))
            if (ends.All.All(e => e.Code != aim || e.IsPlacebo))
                note($"aims[{i}]", $"'{aim}' is no end{Nearest.Hint(aim, ends.All.Where(e => !e.IsPlacebo).Select(e => e.Code))}");
        if (Aims.Distinct().Count() < Aims.Count)
            note("aims", "an aim stands here twice");
    }

    /// <summary>A short name for files: small letters, digits and hyphens.</summary>
    public string ShortName
    {
        get
        {
            var name = string.Concat(Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
            while (name.Contains("--", StringComparison.Ordinal))
                name = name.Replace("--", "-", StringComparison.Ordinal);
            return name.Length == 0 || !char.IsAsciiLetter(name[0]) ? "org-" + name[..Math.Min(name.Length, 30)] : name[..Math.Min(name.Length, 36)].Trim('-');
        }
    }

    /// <summary>The answers as a file that can be kept, corrected and given again.</summary>
    public string Text() => string.Join("\n",
    [
        $"name: {MappingText.Quoted(Name)}",
        $"setting: {Setting.ToString().ToLowerInvariant()}",
        $"members: {Number(Members)}",
        $"joined: {Number(Joined)}",
        $"left: {Number(Left)}",
        $"branches: {Number(Branches)}",
        $"dues-usd-per-month: {Number(DuesUsdPerMonth)}",
        $"staff: {Number(Staff)}",
        Hours.Count == 0 ? "hours: {}" : "hours:\n" + string.Join("\n", Hours.Select(h => $"  {h.Key}: {Number(h.Value)}")),
        $"aims: [{string.Join(", ", Aims)}]",
        "",
    ]);

    private static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
