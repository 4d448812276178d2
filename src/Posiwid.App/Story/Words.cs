using Posiwid.Simulation.Experiments;

namespace Posiwid.App.Story;

/// <summary>How numbers, dates and events are written for people, everywhere the same.</summary>
public static class Words
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    private static readonly Dictionary<string, string> EventLabels = new()
    {
        [EventKinds.Founded] = "founded",
        [EventKinds.BranchOpened] = "a branch opens",
        [EventKinds.BranchClosed] = "a branch closes",
        [EventKinds.BranchMoved] = "a branch moves",
        [EventKinds.Moment] = "a movement moment",
        [EventKinds.Conference] = "a yearly conference",
        [EventKinds.Led] = "a struggle won under its members' lead",
        [EventKinds.Dropped] = "a commitment ends",
        [EventKinds.UnionOffice] = "a union officer acts otherwise than it says",
        [EventKinds.LeaderReplaced] = "a leader loses the seat",
        [EventKinds.Opened] = "a vote to open up",
        [EventKinds.Closed] = "a vote to close again",
        [EventKinds.Disclosed] = "hidden harm comes out",
        [EventKinds.Ballot] = "a ballot on dissolution",
        [EventKinds.Split] = "a group leaves together",
        [EventKinds.LaidOff] = "staff laid off",
        [EventKinds.Ended] = "the end",
        ["peak_members"] = "most members",
        ["ended.dissolved"] = "the end, by a vote of its members",
        ["ended.dwindled"] = "the end, with too few left",
        ["ended.brokenup"] = "the end, broken up by force",
        [EventKinds.Reformed] = "it forms again",
        ["ended.insolvent"] = "the end, unable to pay",
    };

    /// <summary>An event in words.</summary>
    public static string Event(string code)
    {
        if (EventLabels.TryGetValue(code, out var label))
            return label;
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? $"{code[..dot]}: {Event(code[(dot + 1)..])}" : code.Replace('_', ' ');
    }

    /// <summary>An end's name without what stands in brackets.</summary>
    public static string Short(Purpose.End end) => end.Label.Split(" (")[0];

    /// <summary>A share as a percentage; never 0% or 100% where it is not exactly that.</summary>
    public static string Percent(double share) => share switch
    {
        double.NaN => "–",
        > 0 and < .005 => "under 1%",
        < 1 and > .995 => "over 99%",
        _ => $"{share * 100:0}%",
    };

    /// <summary>A number with about three digits.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        double.NaN => "–",
        >= 9.995 => value.ToString("#,0"),
        >= .995 => value.ToString("0.#"),
        >= .0995 => value.ToString("0.##"),
        _ => value.ToString("0.###;-0.###;0"), // what rounds to zero has no sign
    };

    /// <summary>Values as a line of blocks from 0 to the largest; a gap where there is none.</summary>
    public static string Sparkline(IReadOnlyList<double> values)
    {
        var top = values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(0).Max();
        return string.Concat(values.Select(v =>
            double.IsNaN(v) ? ' ' : Blocks[top <= 0 ? 0 : Math.Clamp((int)Math.Round(v / top * (Blocks.Length - 1)), 0, Blocks.Length - 1)]));
    }

    /// <summary>Breaks a text into lines of at most some width.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
