using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>A dated movement moment, as the data give it.</summary>
/// <param name="Week">Week of its begin; may lie before week 0.</param>
/// <param name="Weeks">Weeks that it lasted, 1 or more.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">March, strike, election, occupation and so on.</param>
/// <param name="Participants">People who took part; null where no source counts them.</param>
public sealed record Moment(int Week, int Weeks, string Name, string Kind, double? Participants)
{
    /// <summary>True for elections and candidates' rallies, which bring people to what stands on a ballot.</summary>
    public bool Electoral => Kind is "election" or "rally";
}

/// <summary>The world outside, week by week, shared by all runs.</summary>
/// <param name="Struggle">Climate of struggle: square root of major stoppages a year over 300 (prototype, section 1), 0..1.</param>
/// <param name="Unemployment">Unemployment in percent.</param>
/// <param name="Enrollment">Students, relative to the largest number in the scenario's weeks.</param>
/// <param name="UnionDensity">Union members as a share of employees.</param>
/// <param name="Moments">Movement moments in order of their begin.</param>
public sealed record Climate(float[] Struggle, float[] Unemployment, float[] Enrollment, float[] UnionDensity, IReadOnlyList<Moment> Moments);

/// <summary>A scenario made ready to run: dates are weeks, series are values by week. Shared by all runs; nothing in it changes.</summary>
public sealed class Setting
{
    /// <summary>Makes a scenario and its climate ready to run.</summary>
    public Setting(Scenario scenario, Climate climate, Calendar calendar, int weeks)
    {
        Scenario = scenario;
        Climate = climate;
        Calendar = calendar;
        Weeks = weeks;
        Milieus = [.. scenario.Milieus.Values];
        MilieuNames = [.. scenario.Milieus.Keys];
        FirstSite = new int[Milieus.Length + 1];
        for (var m = 0; m < Milieus.Length; m++)
            FirstSite[m + 1] = FirstSite[m] + Milieus[m].Sites;
        OrganizationNames = [.. scenario.Organizations.Keys];
        Organizations = [.. scenario.Organizations.Values];
        Flagship = Array.IndexOf(OrganizationNames, scenario.Flagship);
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The world outside.</summary>
    public Climate Climate { get; }

    /// <summary>Weeks as dates.</summary>
    public Calendar Calendar { get; }

    /// <summary>Weeks from the start to the end.</summary>
    public int Weeks { get; }

    /// <summary>Milieus in the scenario's order.</summary>
    public MilieuSpec[] Milieus { get; }

    /// <summary>Names of the milieus.</summary>
    public string[] MilieuNames { get; }

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
