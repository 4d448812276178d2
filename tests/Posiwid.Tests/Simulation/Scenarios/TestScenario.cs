using System.Text;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

/// <summary>Two small mechanisms and a small scenario that is valid as it stands, for tests that break it.</summary>
internal static class TestScenario
{
    public static readonly MechanismInfo[] Mechanisms = [MechanismInfo.Of(typeof(HopeFades)), MechanismInfo.Of(typeof(NextBigThing))];

    public static string Iso { get; } = Path.Combine(AppContext.BaseDirectory, "scenarios", "iso.yaml");

    public const string Small = """
        name: small
        title: A small one
        start: 2000-01-03
        end: 2019-12-30
        flagship: club
        climate:
          stoppages: { file: data/us_work_stoppages_annual.csv, column: stoppages_beginning_count }
          unemployment: { file: data/us_unemployment_annual.csv, column: unemployment_rate_percent }
          enrollment: { file: data/us_higher_ed_enrollment_fall.csv, column: students_count, where: measure=headcount }
          union-density: { file: data/us_union_density_annual.csv, column: members_percent_of_wage_and_salary_workers }
        milieus:
          town:
            kind: neighborhood
            sites: 4
            pool: 50
            stay-years: 8
            need: 0.5
            experience-years: 1
            marginalized-share: 0.3
            free-hours: 1
        organizations:
          club:
            label: The club
            members: 20
            branches: { town: 2 }
            stated-aims: { cause: 1 }
            founding-plan: { meeting: 0.5, march: 0.5 }
            praise: { recruits: 1 }
            policy:
              openness: 0.4
            milieus: [town]
        mechanisms:
          hope-fades: { decay-per-week: 0.04, dose: 0.5 }
        overrides:
          - { set: openness, to: 0.8, from: 2009-01-05 }

        """;

    public static Scenario Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    public static Scenario Parse(byte[] bytes) => ScenarioFile.Parse(bytes, "small.yaml", Mechanisms, new DataFiles(Iso));

    public static IReadOnlyList<ScenarioError> Errors(string text) => Errors(Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<ScenarioError> Errors(byte[] bytes) => Assert.Throws<ScenarioException>(() => Parse(bytes)).Errors;

    [Mechanism("hope-fades", "Hope fades by itself.", "assumed", Equation = "h <- h (1 - d)", Reads = "hope", Writes = "hope")]
    private sealed class HopeFades
    {
        [Parameter("1/week", 0, 0.5, Origin.Calibrated, "Share of hope lost in a week.", Dosed = true)]
        public float DecayPerWeek = 0.045f;

        [Parameter("0..1", 0, 1, Origin.Assumed, "Hope that never fades.")]
        public float Floor = 0.05f;

        public float NotAParameter = 3;
    }

    [Mechanism("next-big-thing", "Members drop what they do for the next big thing.", "essay")]
    private sealed class NextBigThing;
}
