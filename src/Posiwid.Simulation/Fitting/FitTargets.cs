using System.Globalization;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Fitting;

/// <summary>Reads a file of published figures that runs are compared with; complaints name file, line and column.</summary>
public static class FitTargets
{
    private static readonly string[] Columns = ["date", "until", "measure", "low", "high", "scale", "error", "use", "source", "note"];

    /// <summary>Reads the file and checks all of it.</summary>
    /// <param name="file">Name of the file, as <see cref="DataFiles"/> finds it.</param>
    /// <param name="files">Where files are found.</param>
    /// <param name="scenario">The scenario whose runs are compared.</param>
    /// <exception cref="ScenarioException">Something is wrong with it.</exception>
    public static IReadOnlyList<FitTarget> Read(string file, DataFiles files, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(scenario);
        var table = CsvTable.Read(files, file, Columns);
        var measures = MeasureCatalog.Of(scenario);
        var (targets, errors) = (new List<FitTarget>(), new List<ScenarioError>());
        foreach (var row in table.Rows)
        {
            try
            {
                targets.Add(Read(row, scenario, measures));
            }
            catch (ScenarioException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        if (errors.Count == 0 && !targets.Any(t => t.ForFit))
            errors.Add(new ScenarioError(file, 1, 1, "use", "no row is for the fit; write fit in the column 'use' of those that are"));
        return errors.Count == 0 ? targets : throw new ScenarioException(errors);
    }

    private static FitTarget Read(CsvRow row, Scenario scenario, IReadOnlyList<Measure> measures)
    {
        var date = row.Date("date") ?? throw row.Error("date", "the date is missing");
        var until = row.Date("until") ?? date;
        if (until.Last < date.First)
            throw row.Error("until", "it ends before it begins");
        if (date.First.AddDays(6) < scenario.Start || until.First > scenario.End)
            throw row.Error("date", $"it lies outside the simulated time ({scenario.Start:yyyy-MM-dd} to {scenario.End:yyyy-MM-dd})");
        var low = row.Number("low") ?? throw row.Error("low", "the figure is missing");
        var high = row.Number("high") ?? low;
        if (high < low)
            throw row.Error("high", "the highest figure is lower than the lowest");
        var isLog = OneOf(row, "scale", "log", "linear") == "log";
        if (isLog && low <= 0)
            throw row.Error("low", "a figure that is compared by ratio must be above 0; compare it by difference (linear)");
        var error = row.Number("error") ?? throw row.Error("error", "the error of the figure is missing; say how rough it is");
        if (error < 0 || error > 1e9)
            throw row.Error("error", "an error is 0 or more");
        if (isLog && error > 3)
            throw row.Error("error", $"an error of {error.ToString(CultureInfo.InvariantCulture)} in the logarithm says nothing at all; 0.15 is about 15%");
        var measure = row["measure"];
        if (measure is not (FitTarget.Alive or FitTarget.Ends))
        {
            try
            {
                _ = new EndMeasure(measure, measures, "the target");
            }
            catch (FormatException)
            {
                throw row.Error("measure", $"no run records '{Keys.Short(measure)}'{Nearest.Hint(measure, measures.Select(m => m.Id).Append(FitTarget.Alive).Append(FitTarget.Ends))}");
            }
        }

        if (row["source"].Length == 0)
            throw row.Error("source", "the source is missing");
        return new FitTarget(date, until, measure, low, high, isLog, error, OneOf(row, "use", "fit", "check") == "fit", row["source"], row["note"]);
    }

    private static string OneOf(CsvRow row, string column, params string[] words) =>
        words.Contains(row[column]) ? row[column] : throw row.Error(column, $"'{Keys.Short(row[column])}' is not one of {string.Join(", ", words)}{Nearest.Hint(row[column], words)}");
}
