using System.Text.Json;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.App;

public sealed class ClaimsCommandTests : IDisposable
{
    private const string Mine = """
        name: mine
        title: Claims about my club
        scenario: mutual-aid
        arms:
          short: { change: { end: 1979-12-31 } }
          silent: { change: { end: 1979-12-31 }, without: [recruiting, unasked-joining] }
        claims:
          C1:
            kind: emergent
            claim: It is there after a year.
            holds-if: alive in nine of ten runs
            tests: [{ arm: short, figure: { take: alive, day: 1978-03-01 }, at-least: 1 }]
          C2:
            kind: built-in
            claim: Without anybody asked, nobody joins.
            holds-if: no joins
            tests:
              - { arm: silent, figure: { take: total, of: [joins] }, at-most: 0 }
              - { arm: silent, figure: { of: [members], from: 1979-01-01 }, than: { arm: short }, at-most: 0.8 }
          C3:
            kind: emergent
            claim: Half of its hours go to needs.
            holds-if: half of hours
            tests: [{ arm: short, figure: { take: total, of: [end.members_needs], per: [hours] }, at-least: 0.99 }]

        """;

    private readonly TemporaryFolder folder = new();

    public ClaimsCommandTests() => File.WriteAllText(folder["mine.yaml"], Mine);

    public void Dispose() => folder.Dispose();

    private PosiwidProcess Claims(params string[] args) => PosiwidProcess.Run(folder.Root, ["claims", .. args, "--quiet"]);

    [Fact]
    public void A_users_own_claims_are_tested_without_code()
    {
        var run = Claims("mine.yaml", "--runs", "12", "--format", "json", "--threads", "2");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = run.Json;
        Assert.Equal(("mutual-aid", 12, 7_000_001), (json.GetProperty("scenario").GetString(), json.GetProperty("runs").GetInt32(), json.GetProperty("seed").GetInt32()));
        var claims = json.GetProperty("claims").EnumerateArray().ToList();
        Assert.All(claims, c => Assert.All(new[] { "id", "kind", "claim", "holds", "figure", "low", "high", "robust", "why" }, k => Assert.True(c.TryGetProperty(k, out _), k)));
        Assert.Equal([true, true, false], claims.Select(c => c.GetProperty("holds").GetBoolean()));
        Assert.All(claims, c => Assert.Equal(JsonValueKind.Null, c.GetProperty("robust").ValueKind));
        Assert.Equal("emergent 1 1 0, built-in 1 0 0", string.Join(", ", json.GetProperty("tally").EnumerateArray().Select(t =>
            $"{t.GetProperty("kind")} {t.GetProperty("hold")} {t.GetProperty("doNotHold")} {t.GetProperty("cannotBeTold")}")));
        Assert.Contains("Without anybody asked, nobody joins.", File.ReadAllText(Path.Combine(folder["out"], "claims-mine", "claims.html")), StringComparison.Ordinal);
        Assert.Equal(run.Out, Claims("mine.yaml", "--runs", "12", "--format", "json", "--threads", "1").Out);
    }

    [Fact]
    public void Robust_says_whether_it_still_holds_nearby()
    {
        var run = Claims("mine.yaml", "--runs", "10", "--only", "C1", "--robust", "--format", "json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(Assert.Single(run.Json.GetProperty("claims").EnumerateArray()).GetProperty("robust").GetBoolean());
    }

    private const string Machinery = """
        name: machinery
        title: Two names
        scenario: mutual-aid
        arms:
          club: { change: { end: 1984-12-31 } }
          twin: { about: the same under another name, change: { end: 1984-12-31, title: Twin } }
          other: { about: no mutual aid, change: { end: 1984-12-31 }, barred: [mutual_aid] }
        claims:
          C1:
            kind: emergent
            claim: The same machinery does the same.
            holds-if: nearer than half as far as the other
            tests:
              - label: the twin
                arm: twin
                figure: { take: purpose-profile, day: 1980-01-07, runs: 10 }
                than: { arm: club }
                compare: distance
                over: { arm: club, figure: { take: purpose-profile, day: 1980-01-07, runs: 10 }, than: { arm: other } }
                at-most: 0.5
          C2:
            kind: emergent
            claim: So does the other.
            holds-if: near
            tests:
              - label: the other
                arm: other
                figure: { take: purpose-profile, lines: [effort], runs: 10 }
                than: { arm: club }
                compare: distance
                at-most: 0.2

        """;

    [Fact]
    public void The_same_machinery_under_another_name_is_at_no_distance()
    {
        File.WriteAllText(folder["mine.yaml"], Machinery);
        var run = Claims("mine.yaml", "--runs", "12", "--format", "json", "--threads", "2");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var claims = run.Json.GetProperty("claims").EnumerateArray().ToList();
        Assert.Equal([true, false], claims.Select(c => c.GetProperty("holds").GetBoolean()));
        Assert.Equal(0, claims[0].GetProperty("figure").GetDouble());
        Assert.Contains("10 runs), wanted at most 0.5", claims[0].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(run.Out, Claims("mine.yaml", "--runs", "12", "--format", "json", "--threads", "1").Out);
    }

    [Fact]
    public void Few_runs_show_a_figure_and_a_yes_or_no_is_a_share_of_runs()
    {
        var few = Claims("mine.yaml", "--runs", "5", "--only", "C1", "C3");
        Assert.Equal((0, ""), (few.ExitCode, few.Error));
        Assert.Contains("C1  CANNOT BE TOLD  (emergent)  100% of the runs", few.Out, StringComparison.Ordinal);
        Assert.Contains("from fewer than ten runs (5 of 5 runs have such a figure)", few.Out, StringComparison.Ordinal);
        var one = Claims("mine.yaml", "--runs", "10", "--only", "C1");
        Assert.Contains("Claims about my club: 1 claim, 10 runs", one.Out, StringComparison.Ordinal);
        Assert.Contains("The one emergent claim holds.", one.Out, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(folder["out"], "claims-mine", "claims.md"));
        Assert.Contains("| 100% of the runs | holds |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What does not hold", page, StringComparison.Ordinal);
        // of the three arms of the file this claim needs one
        Assert.Equal(["| short | as the file of claims says |"], page[page.IndexOf("## The arms", StringComparison.Ordinal)..].Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2));
    }

    [Fact]
    public void What_a_claim_hangs_on_is_told_on_the_terminal_and_in_the_report()
    {
        var run = Claims("mine.yaml", "--runs", "10", "--only", "C1", "--robust");
        Assert.Contains("\n      hangs on: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Hangs on: ", File.ReadAllText(Path.Combine(folder["out"], "claims-mine", "claims.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_knows_a_file_of_claims()
    {
        var good = PosiwidProcess.Run(folder.Root, "check", "mine.yaml");
        Assert.Equal((0, "mine.yaml: nothing wrong", ""), (good.ExitCode, good.Out.Trim(), good.Error));
        File.WriteAllText(folder["mine.yaml"], Mine.Replace("scenario: mutual-aid", "scenario: mutual-aind", StringComparison.Ordinal));
        var bad = PosiwidProcess.Run(folder.Root, "check", "mine.yaml");
        // told once, though three arms build on it
        Assert.Equal((2, "mine.yaml:3:11: scenario: there is no scenario 'mutual-aind' beside this file, in scenarios/ or with the program"), (bad.ExitCode, bad.Error.Trim()));
    }

    [Theory]
    [InlineData("There is no file of claims 'min'; did you mean", "min")]
    [InlineData("There is no claim 'C9' in mine.yaml; did you mean 'C1'?", "mine.yaml", "--only", "C9")]
    public void What_is_not_there_is_one_sentence(string says, params string[] args)
    {
        Directory.CreateDirectory(folder["claims"]);
        File.WriteAllText(Path.Combine(folder["claims"], "mine.yaml"), Mine);
        var run = Claims(args);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void A_typo_has_line_column_and_the_nearest_word()
    {
        File.WriteAllText(folder["mine.yaml"], Mine.Replace("[joins]", "[jions]", StringComparison.Ordinal));
        var run = Claims("mine.yaml");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("mine.yaml:18:52: claims.C2.tests[0].figure.of[0]: unknown measure 'jions'; did you mean 'joins'?", run.Error.Trim());
    }
}
