using System.Globalization;
using System.Text.RegularExpressions;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary>Where a sentence about a book points to. Sentences about CSV tables begin with their place: <c>hours.csv, line 3, column date: …</c>.</summary>
internal static partial class BookPlace
{
    /// <summary>The sentence with its place apart, the heading of the column as its path; without one, if it names none.</summary>
    /// <param name="sentence">What a <see cref="Records.BookException"/> says.</param>
    public static ScenarioError Of(string sentence)
    {
        if (Place().Match(sentence) is not { Success: true } found)
            return new("", 0, 0, "", sentence);
        var (file, line, heading) = (found.Groups["file"].Value, int.Parse(found.Groups["line"].Value, CultureInfo.InvariantCulture), found.Groups["heading"].Value);
        return new(file, line, Column(file, line, heading.Split(',')[0]), heading, found.Groups["says"].Value);
    }

    /// <summary>The first character, from 1, of a cell in the line on which its row begins; 1 where no cell is meant.</summary>
    private static int Column(string file, int line, string heading)
    {
        if (heading.Length == 0 || !File.Exists(file))
            return 1;
        string[] header = [.. File.ReadLines(file).First().TrimStart('\uFEFF').Split(',').Select(h => h.Trim().Trim('"'))];
        var (at, quoted, field) = (1, false, Array.IndexOf(header, heading));
        foreach (var c in File.ReadLines(file).Skip(line - 1).FirstOrDefault() ?? "")
        {
            if (field <= 0)
                break;
            if (c == '"')
                quoted = !quoted;
            if (c == ',' && !quoted)
                field--;
            at++;
        }

        return at;
    }

    [GeneratedRegex(@"^(?<file>[^\n]+?), line (?<line>\d{1,9})(?:, columns? (?<heading>[^:]+))?: (?<says>.+)$", RegexOptions.Singleline)]
    private static partial Regex Place();
}
