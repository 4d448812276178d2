namespace Posiwid.Simulation.Scenarios;

/// <summary>A movement moment: something that many people took part in.</summary>
/// <param name="Week">Week in which it begins, from 0.</param>
/// <param name="Weeks">Weeks that it lasts, at least 1.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Kind">What it was (march, strike, election).</param>
/// <param name="Participants">People who took part: the geometric mean of the lowest and the highest count; null if nobody counted.</param>
public sealed record MovementMoment(int Week, int Weeks, string Name, string Kind, double? Participants);

/// <summary>Reads the file of movement moments.</summary>
public static class MovementMoments
{
    private static readonly string[] Columns =
        ["date_start", "date_end", "name", "kind", "participants_low_count", "participants_high_count"];

    /// <summary>
    /// The moments that touch a time, in order of weeks. A moment with an end lasts from the first to the last day that its dates can mean;
    /// one without an end lasts a week, in the middle of the month or year if no day is known.
    /// </summary>
    /// <param name="file">Name of the file; empty for none.</param>
    /// <param name="start">First day of week 0.</param>
    /// <param name="end">Last day.</param>
    /// <param name="files">Where files are found.</param>
    public static IReadOnlyList<MovementMoment> Read(string file, DateOnly start, DateOnly end, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length == 0) return [];
        var moments = new List<MovementMoment>();
        foreach (var row in CsvTable.Read(files, file, Columns).Rows)
        {
            var from = row.Date("date_start") ?? throw row.Error("date_start", "the date is missing");
            var to = row.Date("date_end");
            var (low, high) = (row.Number("participants_low_count"), row.Number("participants_high_count"));
            if (to is { } t && t.Last < from.First) throw row.Error("date_end", "the end lies before the start");
            if (low < 0) throw row.Error("participants_low_count", "a count cannot be negative");
            if (high < (low ?? 0)) throw row.Error("participants_high_count", "the highest count is below the lowest");

            var first = to is null ? from.Middle : from.First;
            var last = to?.Last ?? first;
            if (last < start || first > end) continue;
            var week = Week(first < start ? start : first, start);
            var weeks = Week(last > end ? end : last, start) - week + 1;
            var participants = (low, high) is ({ } l, { } h) ? Math.Sqrt(l * h) : low ?? high;
            moments.Add(new(week, weeks, row["name"], row["kind"], participants));
        }

        return [.. moments.OrderBy(m => m.Week)];
    }

    private static int Week(DateOnly day, DateOnly start) => (day.DayNumber - start.DayNumber) / 7;
}
