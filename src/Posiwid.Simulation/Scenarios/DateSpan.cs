using System.Globalization;

namespace Posiwid.Simulation.Scenarios;

/// <summary>A date as precise as its source: a day, a month or a year.</summary>
/// <param name="First">First day it can mean.</param>
/// <param name="Last">Last day it can mean.</param>
public readonly record struct DateSpan(DateOnly First, DateOnly Last)
{
    /// <summary>The day in the middle (the 16th of a month of 31 days; the 2nd of July of a year, the 1st of a leap year).</summary>
    public DateOnly Middle => First.AddDays((Last.DayNumber - First.DayNumber) / 2);

    /// <summary>Reads <c>2019</c>, <c>2019-03</c> or <c>2019-03-15</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The date.</param>
    public static bool TryParse(string text, out DateSpan span)
    {
        var (format, months) = text?.Length switch { 4 => ("yyyy", 12), 7 => ("yyyy-MM", 1), _ => ("yyyy-MM-dd", 0) };
        var valid = DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year < 9999;
        span = new(first, valid && months > 0 ? first.AddMonths(months).AddDays(-1) : first);
        return valid;
    }
}
