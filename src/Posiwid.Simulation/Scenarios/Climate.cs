namespace Posiwid.Simulation.Scenarios;

/// <summary>The world outside, read from the files that a scenario names.</summary>
public sealed record Climate
{
    /// <summary>Major work stoppages beginning in a year.</summary>
    public required YearSeries Stoppages { get; init; }

    /// <summary>Unemployment rate in percent.</summary>
    public required YearSeries Unemployment { get; init; }

    /// <summary>Students enrolled.</summary>
    public required YearSeries Enrollment { get; init; }

    /// <summary>Union members in percent of employees.</summary>
    public required YearSeries UnionDensity { get; init; }

    /// <summary>Movement moments in order of weeks.</summary>
    public required IReadOnlyList<MovementMoment> Moments { get; init; }

    /// <summary>What a reader of the results must know: series that end before the run, gaps that were interpolated.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads the files that a scenario names.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="files">Where files are found.</param>
    public static Climate Load(Scenario scenario, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var spec = scenario.Climate;
        YearSeries[] series =
        [
            YearSeries.Read("work stoppages", spec.Stoppages, files), YearSeries.Read("unemployment", spec.Unemployment, files),
            YearSeries.Read("enrollment", spec.Enrollment, files), YearSeries.Read("union density", spec.UnionDensity, files),
        ];
        return new()
        {
            Stoppages = series[0],
            Unemployment = series[1],
            Enrollment = series[2],
            UnionDensity = series[3],
            Moments = MovementMoments.Read(spec.Moments, scenario.Start, scenario.End, files),
            Notes = [.. series.SelectMany(s => s.Notes(scenario.Start, scenario.End))],
        };
    }
}
