using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Fitting;

/// <summary>Something published that runs are compared with: a figure or a range, when, and how rough it is.</summary>
/// <param name="Date">First day, month or year that it can mean.</param>
/// <param name="Until">Last one; as <paramref name="Date"/> if left out.</param>
/// <param name="Measure">What of a run: a measure of the catalog, two joined by +, * or /, <see cref="Alive"/> or <see cref="Ends"/>.</param>
/// <param name="Low">Lowest figure.</param>
/// <param name="High">Highest figure; as <paramref name="Low"/> if one figure was published.</param>
/// <param name="IsLog">True if figures are compared by their ratio, false if by their difference.</param>
/// <param name="Error">Standard error of the figure: in its logarithm (0.15 is about 15%) or in its unit.</param>
/// <param name="ForFit">True if the fit sees it; false if it is kept out and looked at afterwards.</param>
/// <param name="Source">Key of the source.</param>
/// <param name="Note">What else to know.</param>
public sealed record FitTarget(
    DateSpan Date, DateSpan Until, string Measure, double Low, double High, bool IsLog, double Error, bool ForFit, string Source, string Note)
{
    /// <summary>A measure that every scenario has: 1 while the flagship is there, else 0.</summary>
    public const string Alive = "alive";

    /// <summary>Another one: 1 if the flagship is there at the first date and gone at the last, else 0.</summary>
    public const string Ends = "ends";

    /// <summary>True if a run is as published or is not, so that only the share of such runs can be told.</summary>
    public bool IsYesOrNo => Measure is Alive or Ends;

    /// <summary>The figure on the scale on which it is compared: the middle of its range.</summary>
    public double Observed => (OnScale(Low) + OnScale(High)) / 2;

    /// <summary>Standard error on that scale: that of the figure, and of a place somewhere in its range (half its width over the root of 3).</summary>
    public double Spread => Math.Sqrt((Error * Error) + (Math.Pow((OnScale(High) - OnScale(Low)) / 2, 2) / 3));

    /// <summary>A figure on the scale on which it is compared; NaN if it has none there.</summary>
    public double OnScale(double figure) => !IsLog ? figure : figure > 0 ? Deterministic.Log(figure) : double.NaN;

    /// <summary>What a run shows where this was published: the mean over its dates, in its unit.</summary>
    /// <param name="values">What the run recorded, by measure and sample.</param>
    /// <param name="measures">The measures of the run.</param>
    /// <param name="calendar">The run's weeks as dates.</param>
    /// <returns>NaN if it does not exist there.</returns>
    public double In(float[][] values, IReadOnlyList<Measure> measures, Calendar calendar)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(measures);
        var (first, last) = Samples(calendar, values[0].Length);
        if (IsYesOrNo)
        {
            var members = values[measures.Select((m, i) => (m.Id, i)).Single(m => m.Id == "members").i];
            return Measure == Ends ? members[first] > 0 && !(members[last] > 0) ? 1 : 0 : members[last] > 0 ? 1 : 0;
        }

        var series = new EndMeasure(Measure, measures, "the target").Of(values);
        var (sum, count) = (0.0, 0);
        for (var s = first; s <= last; s++)
        {
            if (double.IsFinite(series[s]))
                (sum, count) = (sum + series[s], count + 1);
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>A figure of a run as it would have been published: on the scale, with an error.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="number">Number of the target.</param>
    public double Published(double figure, ulong seed, int number) => OnScale(figure) + (Spread * Draws.InverseNormal(new AddressedRandom(seed, 0x6f6273).Uniform((uint)number, 0)));

    /// <summary>The samples in which it is looked at.</summary>
    /// <param name="calendar">The run's weeks as dates.</param>
    /// <param name="samples">Samples of the run.</param>
    internal (int First, int Last) Samples(Calendar calendar, int samples)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        // a sample is taken at the end of every fourth week and stands for those four
        var first = Math.Clamp(calendar.Week(Date.First) / MeasureCatalog.WeeksBetween, 0, samples - 1);
        return (first, Math.Clamp(calendar.Week(Until.Last) / MeasureCatalog.WeeksBetween, first, samples - 1));
    }
}
