namespace Posiwid.Simulation.Scenarios;

/// <summary>
/// A quantity known by year. A year's figure belongs to the 1st of July, the middle of the year, since most are annual means or counts;
/// between two figures the value is interpolated by days, also over missing years; before the first and after the last it holds.
/// </summary>
public sealed class YearSeries
{
    private readonly (int Day, double Value)[] points;

    /// <summary>Makes a series from figures by year.</summary>
    /// <param name="name">Name for people.</param>
    /// <param name="values">At least one year with its figure.</param>
    public YearSeries(string name, IReadOnlyDictionary<int, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0) throw new ArgumentException("A series needs at least one year.", nameof(values));
        Name = name;
        Years = [.. values.Keys.Order()];
        points = [.. Years.Select(y => (new DateOnly(y, 7, 1).DayNumber, values[y]))];
    }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>Years that have a figure, in order.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>Reads the series that a scenario names.</summary>
    /// <param name="name">Name for people.</param>
    /// <param name="spec">File, column and condition.</param>
    /// <param name="files">Where files are found.</param>
    public static YearSeries Read(string name, SeriesSpec spec, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var where = spec.Where?.Split('=', 2);
        var table = CsvTable.Read(files, spec.File, ["year", spec.Column, .. where?.Take(1) ?? []]);
        var values = new Dictionary<int, double>();
        foreach (var row in table.Rows.Where(r => where is not [var key, var value] || r[key] == value))
        {
            if (row.Number(spec.Column) is not { } figure) continue;
            if (row.Number("year") is not (>= 1 and <= 9998 and var number) || number != Math.Floor(number)) throw row.Error("year", $"'{row["year"]}' is not a year");
            if (!values.TryAdd((int)number, figure)) throw row.Error("year", $"the year {number} stands here twice");
        }

        if (values.Count > 0) return new(name, values);
        throw new ScenarioException(new ScenarioError(spec.File, 1, 1, "", $"no row has a value in column '{spec.Column}'{(spec.Where is null ? "" : $" where {spec.Where}")}"));
    }

    /// <summary>The value on a day.</summary>
    /// <param name="date">The day.</param>
    public double At(DateOnly date)
    {
        var day = date.DayNumber;
        if (day <= points[0].Day) return points[0].Value;
        if (day >= points[^1].Day) return points[^1].Value;
        var next = Array.FindIndex(points, p => p.Day > day);
        var (from, to) = (points[next - 1], points[next]);
        return from.Value + ((to.Value - from.Value) * (day - from.Day) / (to.Day - from.Day));
    }

    /// <summary>What a reader must know about the series over a time: where it was held and where interpolated.</summary>
    /// <param name="start">First day.</param>
    /// <param name="end">Last day.</param>
    public IEnumerable<string> Notes(DateOnly start, DateOnly end)
    {
        if (start.Year < Years[0]) yield return $"{Name}: first value {Years[0]} held back to {start.Year}";
        var missing = Enumerable.Range(Years[0], Years[^1] - Years[0] + 1).Where(y => y >= start.Year && y <= end.Year).Except(Years).Count();
        if (missing > 0) yield return $"{Name}: {missing} {(missing == 1 ? "year" : "years")} without a figure interpolated";
        if (end.Year > Years[^1]) yield return $"{Name}: last value {Years[^1]} held to {end.Year}";
    }
}
