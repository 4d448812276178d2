using Posiwid.Purpose;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Simulation.Engine;
using Posiwid.Tests.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Claims;

public sealed class ClaimsFileTests : IDisposable
{
    private const string Good = """
        name: mine
        title: Mine
        scenario: iso
        arms:
          open:
            change:
              organizations:
                iso: { policy: { openness: 0.9 } }
            without: [conference]
        claims:
          C1:
            kind: built-in
            claim: It grows.
            holds-if: more members
            tests:
              - figure: { take: at, of: [members], day: 1990-01-01 }
                arm: open
                than: { arm: baseline }
                at-least: 1.2

        """;

    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ClaimsToTest Read(string text)
    {
        folder.Write("mine.yaml", text);
        return ClaimsFile.Read(folder.File("mine.yaml"), Iso.Mechanisms, Ends);
    }

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Repository.PathOf("claims"), "*.yaml").Select(f => Path.GetFileName(f))];

    [Theory, MemberData(nameof(Shipped))]
    public void The_claims_that_come_with_the_program_can_be_read(string file)
    {
        var claims = ClaimsFile.Read(Repository.PathOf($"claims/{file}"), Iso.Mechanisms, Ends);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), claims.Set.Name);
        Assert.All(claims.Set.Claims.Values, c => Assert.NotEmpty(c.Part));
    }

    [Fact]
    public void All_claims_about_the_ISO_are_there() => Assert.Equal(
        "G1 G2 G3 G4 G5 P1 P2 P3 P4 P5 P6 D1 D2 D3 D4 D5 D6 N1 N2 N3 N4 X1 X2 X3 X4 X5 X6 X7 X8 E1 E2 E3 E4 E5 E6".Split(' '),
        ClaimsFile.Read(Repository.PathOf("claims/iso.yaml"), Iso.Mechanisms, Ends).Set.Claims.Keys);

    [Fact]
    public void An_arm_is_the_scenario_with_what_is_changed()
    {
        var claims = Read(Good);
        Assert.Equal(["baseline", "open"], claims.Arms.Keys);
        Assert.Equal((0.08, 0.9), (claims.Arms["baseline"].Scenario.Organizations["iso"].Policy.Openness, claims.Arms["open"].Scenario.Organizations["iso"].Policy.Openness));
        Assert.Equal(ClaimKind.BuiltIn, claims.Set.Claims["C1"].Kind);
    }

    [Fact]
    public void The_example_of_the_document_can_be_read()
    {
        folder.Write("my-union.yaml", ScenarioStarter.Text("my-union"));
        var claims = Read(Repository.Text("docs/claims-of-your-own.md").Split("```yaml\n")[1].Split("```")[0]);
        Assert.Equal(["baseline", "no-staff", "no-conference"], claims.Arms.Keys);
        Assert.Equal(0, claims.Arms["no-staff"].Scenario.Organizations["my-union"].Policy.Payroll);
    }

    /// <summary>What is replaced, by what, the text at which the error stands, and its message.</summary>
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "take: at", "tke: at", "tke", "unknown key 'tke'; did you mean 'take'?" },
        { "take: at", "take: mena", "mena", "'mena' is not one of mean, total, most, least, at, kept, variation, range, elasticity, alive, hours-by-end, count, median, share-of-events, trend, hazard-ratio, years-away, first-week, purpose-profile; did you mean 'mean'?" },
        { "[members]", "[membrs]", "membrs", "unknown measure 'membrs'; did you mean 'members'?" },
        { "arm: open", "arm: opne", "opne", "unknown arm 'opne'; did you mean 'open'?" },
        { "kind: built-in", "kind: builtin", "builtin", "'builtin' is not one of emergent, built-in, fitted; did you mean 'built-in'?" },
        { "openness: 0.9", "opennes: 0.9", "opennes", "unknown key 'opennes'; did you mean 'openness'?" },
        { "openness: 0.9", "openness: 9", "9", "9 is out of range: 0..1" },
        { "[conference]", "[movement-moments]", "movement-moments", "'movement-moments' is a rule of the world, not of one organization, which cannot be without it; 'change: { mechanisms: { movement-moments: { dose: 0 } } }' takes it from all" },
        { "[conference]", "[conferences]", "conferences", "unknown mechanism 'conferences'; did you mean 'conference'?" },
        { "scenario: iso", "scenario: isoo", "isoo", "there is no scenario 'isoo' beside this file, in scenarios/ or with the program" },
        { "1990-01-01", "2090-01-01", "2090-01-01", "2090-01-01 lies outside the arm 'open' (1977-03-14 to 2025-12-29)" },
        { ", day: 1990-01-01", "", "{ take", "'day' is missing" },
        { "        at-least: 1.2\n", "", "figure: {", "a test needs at-least or at-most" },
        { "open:\n", "baseline:\n", "change:", "the baseline is the scenario as it is and cannot be changed" },
    };

    private const string Profiles = """
        name: mine
        title: Mine
        scenario: iso
        arms: { open: { without: [conference] } }
        claims:
          C1:
            kind: emergent
            claim: It is the same machinery.
            holds-if: its profile is near
            tests:
              - figure: { take: purpose-profile, lines: [effort, defense], from: 1990-01-01, day: 1990-01-01, weeks: 52, runs: 40 }
                arm: open
                than: { arm: baseline }
                compare: distance
                at-most: 0.5

        """;

    [Fact]
    public void A_profile_has_lines_a_day_and_runs_of_its_own()
    {
        var figure = Read(Profiles).Set.Claims["C1"].Tests[0].Figure!;
        Assert.Equal((Take.PurposeProfile, 52, 40), (figure.Take, figure.Weeks, figure.Runs));
        Assert.Equal([ProfileLine.Effort, ProfileLine.Defense], figure.Lines);
    }

    /// <summary>As <see cref="Mistakes"/>.</summary>
    public static TheoryData<string, string, string, string> MistakesInProfiles => new()
    {
        { "[effort, defense]", "[effort, defence]", "defence", "'defence' is not one of effort, defense, necessity; did you mean 'defense'?" },
        { "lines:", "line:", "line", "unknown key 'line'; did you mean 'lines'?" },
        { "runs: 40", "runs: 4", "4 }", "4 is out of range: runs, from 10 to 1000000" },
        { "day: 1990-01-01, ", "", "{ take", "'day' is missing: when the blows fall" },
        { "weeks: 52", "weeks: 4", "4,", "the blows need at least 8 weeks to be looked at" },
        { "day: 1990-01-01", "day: 2025-06-01", "2025-06-01", "52 weeks from 2025-06-01 on go beyond the end of the arm 'open' (2025-12-29)" },
        { "take: purpose-profile", "take: purpose-profile, per: [hours]", "[hours]", "a purpose profile does not look at 'per'" },
        { "take: purpose-profile", "take: mean, of: [members]", "[effort", "this belongs to take: purpose-profile" },
        { "compare: distance", "compare: ratio", "ratio", "a distance is one between hours by end or profiles: compare: distance and take: hours-by-end or purpose-profile belong together" },
        { "than: { arm: baseline }", "than: { figure: { take: hours-by-end } }", "hours-by-end", "all sides of a distance take the same: purpose-profile" },
        { "than: { arm: baseline }", "than: { figure: { take: purpose-profile, lines: [effort] } }", "[effort]", "all sides of a distance have the same lines" },
        { "        than: { arm: baseline }\n", "", "figure: {", "a distance needs 'than'" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void Mistakes_are_told_with_place_and_nearest_word(string right, string wrong, string at, string message) => Mistake(Good, right, wrong, at, message);

    [Theory, MemberData(nameof(MistakesInProfiles))]
    public void Mistakes_in_profiles_are_told_likewise(string right, string wrong, string at, string message) => Mistake(Profiles, right, wrong, at, message);

    private void Mistake(string good, string right, string wrong, string at, string message)
    {
        var text = good.Replace(right, wrong, StringComparison.Ordinal);
        var errors = Assert.Throws<ScenarioException>(() => Read(text)).Errors;
        var position = text.IndexOf(at, text.IndexOf(wrong, StringComparison.Ordinal) is var i && wrong.Length > 0 && wrong.Contains(at, StringComparison.Ordinal) ? i : 0, StringComparison.Ordinal);
        var line = text.AsSpan(0, position).Count('\n') + 1;
        var column = position - (text.LastIndexOf('\n', position) + 1) + 1;
        var error = errors[0];
        Assert.Equal(message, error.Message);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.EndsWith("mine.yaml", error.File, StringComparison.Ordinal);
    }
}
