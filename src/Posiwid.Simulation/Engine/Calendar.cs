using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>Weeks as dates. Week 0 begins on the scenario's start, a Monday; a week belongs to the month of its Monday.</summary>
public sealed class Calendar
{
    private const int Margin = 60 * 52;
    private readonly DateOnly start;
    private readonly byte[] month;
    private readonly int[] nextSpring;
    private readonly int[] nextAutumn;
    private readonly int[] lastAutumn;

    /// <summary>The calendar of a scenario, for its weeks and sixty years on both sides.</summary>
    public Calendar(DateOnly start, int weeks, CalendarSpec spec)
    {
        this.start = start;
        month = new byte[weeks + 2 * Margin];
        for (var w = 0; w < month.Length; w++)
            month[w] = (byte)start.AddDays(7 * (w - Margin)).Month;
        nextSpring = Next(spec.Graduation);
        nextAutumn = Next(spec.AcademicYearStarts);
        lastAutumn = Last(spec.AcademicYearStarts);
    }

    /// <summary>Monday of a week.</summary>
    public DateOnly Date(int week) => start.AddDays(7 * week);

    /// <summary>Week that a day lies in.</summary>
    public int Week(DateOnly day) => (int)Math.Floor((day.DayNumber - start.DayNumber) / 7.0);

    /// <summary>True in the first week of a month (1..12).</summary>
    public bool Begins(int week, int m) => month[week + Margin] == m && month[week + Margin - 1] != m;

    /// <summary>Last first week of the academic year at or before a week.</summary>
    public int AutumnBefore(int week) => lastAutumn[week + Margin];

    /// <summary>First first week of an academic year after a week.</summary>
    public int AutumnAfter(int week) => nextAutumn[week + Margin];

    /// <summary>The graduation in the given number of years after a week.</summary>
    public int SpringAfter(int week, int years)
    {
        for (var y = 0; y < years; y++)
            week = nextSpring[week + Margin];
        return week;
    }

    /// <summary>By week, the next week after it in which a month begins.</summary>
    private int[] Next(int m)
    {
        var next = new int[month.Length];
        var found = month.Length - 1 - Margin;
        for (var w = month.Length - 1; w >= 0; w--)
        {
            next[w] = found;
            if (w > 0 && month[w] == m && month[w - 1] != m)
                found = w - Margin;
        }

        return next;
    }

    /// <summary>By week, the last week up to it in which a month begins.</summary>
    private int[] Last(int m)
    {
        var last = new int[month.Length];
        for (var w = 1; w < month.Length; w++)
            last[w] = Begins(w - Margin, m) ? w - Margin : last[w - 1];
        return last;
    }
}
