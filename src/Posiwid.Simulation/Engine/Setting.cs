using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>The world outside, week by week, shared by all runs.</summary>
/// <param name="Struggle">Climate of struggle: square root of major stoppages a year over 300 (prototype, section 1), 0..1.</param>
/// <param name="Unemployment">Unemployment in percent.</param>
/// <param name="Enrollment">Students, relative to the largest number in the scenario's weeks.</param>
/// <param name="UnionDensity">Union members as a share of employees.</param>
/// <param name="Moments">Movement moments in order of their begin.</param>
public sealed record WeeklyClimate(float[] Struggle, float[] Unemployment, float[] Enrollment, float[] UnionDensity, IReadOnlyList<MovementMoment> Moments);

/// <summary>A scenario made ready to run: dates are weeks, series are values by week. Shared by all runs; nothing in it changes.</summary>
public sealed class Setting
{
    /// <summary>Makes a scenario and its climate ready to run.</summary>
    private Setting(Scenario scenario, WeeklyClimate climate, Calendar calendar, int weeks, IReadOnlyList<string> notes)
    {
        Scenario = scenario;
        Climate = climate;
        Calendar = calendar;
        Weeks = weeks;
        Notes = notes;
        Milieus = [.. scenario.Milieus.Values];
        MilieuNames = [.. scenario.Milieus.Keys];
        FirstSite = new int[Milieus.Length + 1];
        for (var m = 0; m < Milieus.Length; m++)
            FirstSite[m + 1] = FirstSite[m] + Milieus[m].Sites;
        UnionOffice = Array.FindIndex(Milieus, m => m.UnionOffice > 0);
        WorkplaceHours = Array.Find(Milieus, m => m.Kind == MilieuKind.Workplace && m.UnionOffice == 0)?.FreeHours ?? 1;
        OrganizationNames = [.. scenario.Organizations.Keys];
        Organizations = [.. scenario.Organizations.Values];
        Flagship = Array.IndexOf(OrganizationNames, scenario.Flagship);
    }

    /// <summary>Makes a scenario ready to run with the data that it names.</summary>
    /// <param name="scenario">A scenario that has been checked.</param>
    /// <param name="files">Where its data are found.</param>
    /// <exception cref="ScenarioException">A data file cannot be read.</exception>
    public static Setting Of(Scenario scenario, DataFiles files)
    {
        var outside = Scenarios.Climate.Load(scenario, files);
        var weeks = (scenario.End.DayNumber - scenario.Start.DayNumber) / 7 + 1;
        var calendar = new Calendar(scenario.Start, weeks, scenario.Calendar);
        var climate = new WeeklyClimate(new float[weeks], new float[weeks], new float[weeks], new float[weeks], outside.Moments);
        for (var w = 0; w < weeks; w++)
        {
            var day = calendar.Date(w);
            climate.Struggle[w] = (float)Math.Sqrt(Math.Max(0, outside.Stoppages.At(day)) / 300);
            climate.Unemployment[w] = (float)outside.Unemployment.At(day);
            climate.Enrollment[w] = (float)outside.Enrollment.At(day);
            climate.UnionDensity[w] = (float)(outside.UnionDensity.At(day) / 100);
        }

        var most = climate.Enrollment.Max();
        for (var w = 0; w < weeks; w++)
            climate.Enrollment[w] /= most;
        return new Setting(scenario, climate, calendar, weeks, outside.Notes);
    }

    /// <summary>Makes a scenario ready to run in a world outside that is given week by week.</summary>
    /// <param name="scenario">A scenario that has been checked.</param>
    /// <param name="climate">The world outside, one value a week.</param>
    public static Setting Of(Scenario scenario, WeeklyClimate climate)
    {
        ArgumentNullException.ThrowIfNull(climate);
        var weeks = climate.Struggle.Length;
        return new Setting(scenario, climate, new Calendar(scenario.Start, weeks, scenario.Calendar), weeks, []);
    }

    /// <summary>What a reader must know of the data: series that end before the last week, and the like.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The world outside.</summary>
    public WeeklyClimate Climate { get; }

    /// <summary>Weeks as dates.</summary>
    public Calendar Calendar { get; }

    /// <summary>Weeks from the start to the end.</summary>
    public int Weeks { get; }

    /// <summary>Milieus in the scenario's order.</summary>
    public MilieuSpec[] Milieus { get; }

    /// <summary>Names of the milieus.</summary>
    public string[] MilieuNames { get; }

    /// <summary>Milieu of those who hold union office; -1 if there is none.</summary>
    public int UnionOffice { get; }

    /// <summary>Free hours at a workplace, relative to the average member: those of the first such milieu.</summary>
    public double WorkplaceHours { get; }

    /// <summary>First site of each milieu; one more entry closes the last.</summary>
    public int[] FirstSite { get; }

    /// <summary>Number of sites.</summary>
    public int SiteCount => FirstSite[^1];

    /// <summary>Names of the organizations.</summary>
    public string[] OrganizationNames { get; }

    /// <summary>Organizations in the scenario's order.</summary>
    public OrganizationSpec[] Organizations { get; }

    /// <summary>Position of the flagship.</summary>
    public int Flagship { get; }
}
