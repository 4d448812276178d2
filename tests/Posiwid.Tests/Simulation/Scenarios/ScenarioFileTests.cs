using System.Text;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public class ScenarioFileTests
{
    [Fact]
    public void A_valid_file_becomes_the_records()
    {
        var scenario = TestScenario.Parse(TestScenario.Small);
        Assert.Equal(("small", new DateOnly(2000, 1, 3), 2000), (scenario.Name, scenario.Start, scenario.PriceYear));
        Assert.Equal((MilieuKind.Neighborhood, 4, 50.0, 1.0), (scenario.Milieus["town"].Kind, scenario.Milieus["town"].Sites, scenario.Milieus["town"].Pool, scenario.Milieus["town"].Weight));
        var club = scenario.Organizations["club"];
        Assert.Equal((0.4, 480.0), (club.Policy.Openness, club.Policy.WageUsdPerWeek));
        Assert.Equal(["meeting", "march"], club.FoundingPlan.Keys);
        Assert.Equal(["town"], club.Milieus!);
        Assert.Null(club.Founded);
        Assert.Equal(0.04, scenario.Mechanisms["hope-fades"]["decay-per-week"]);
        Assert.Equal(new OverrideSpec { Set = "openness", To = 0.8, From = new(2009, 1, 5) }, Assert.Single(scenario.Overrides));
    }

    [Fact]
    public void The_flagship_scenario_is_valid()
    {
        var scenario = ScenarioFile.Read(TestScenario.Iso, Posiwid.Tests.Simulation.Engine.Iso.Mechanisms);
        Assert.Equal(["iso", "dsa"], scenario.Organizations.Keys);
        Assert.Equal(["elite-campus", "campus", "workplace", "neighborhood", "town", "union-office"], scenario.Milieus.Keys);
        Assert.Equal(DayOfWeek.Monday, scenario.Start.DayOfWeek);
        Assert.Equal(0.30, scenario.Organizations["iso"].FoundingPlan["strike_support"]);
    }

    /// <summary>What is replaced, by what, the text at which the error stands, its path and its message.</summary>
    public static TheoryData<string, string, string, string, string> Mistakes => new()
    {
        { "pool: 50", "poll: 50", "poll", "milieus.town.poll", "unknown key 'poll'; did you mean 'pool'?" },
        { "openness: 0.4", "opennes: 0.4", "opennes", "organizations.club.policy.opennes", "unknown key 'opennes'; did you mean 'openness'?" },
        { "pool: 50", "pool: many", "many", "milieus.town.pool", "expected a number, not 'many'" },
        { "pool: 50", "pool: '50'", "'50'", "milieus.town.pool", "expected a number without quotes, not '50'" },
        { "pool: 50", "pool: 6,000", "6,000", "milieus.town.pool", "expected a number, not '6,000'" },
        { "pool: 50", "pool: [50]", "[50]", "milieus.town.pool", "expected a number, not a list" },
        { "pool: 50", "pool: { a: 1 }", "{ a", "milieus.town.pool", "expected a number, not keys with values" },
        { "pool: 50", "pool:", "pool", "milieus.town.pool", "the value is missing; expected a number" },
        { "pool: 50", "pool: .nan", ".nan", "milieus.town.pool", "'.nan' is not a number that can be used here" },
        { "pool: 50", "pool: -.inf", "-.inf", "milieus.town.pool", "'-.inf' is not a number that can be used here" },
        { "pool: 50", "pool: 1e999", "1e999", "milieus.town.pool", "'1e999' is not a number that can be used here" },
        { "need: 0.5", "need: 1.5", "1.5", "milieus.town.need", "1.5 is out of range: 0..1" },
        { "pool: 50", "pool: -3", "-3\n    stay", "milieus.town.pool", "-3 is out of range: people, from 1 to 4000" },
        { "sites: 4", "sites: 4.5", "4.5", "milieus.town.sites", "4.5 is not a whole number (places)" },
        { "kind: neighborhood", "kind: neighbourhood", "neighbourhood", "milieus.town.kind", "'neighbourhood' is not one of campus, workplace, neighborhood; did you mean 'neighborhood'?" },
        { "label: The club", "label: [a]", "[a]", "organizations.club.label", "expected a word or text, not a list" },
        { "    pool: 50\n", "", "town:\n    kind", "milieus.town.pool", "key 'pool' is missing" },
        { "flagship: club\n", "", "name: small", "flagship", "key 'flagship' is missing" },
        { "    pool: 50\n", "    pool: 50\n    pool: 60\n", "pool: 60", "milieus.town.pool", "key 'pool' stands here twice; first on line 15" },
        { "policy:\n      openness: 0.4", "policy: 3", "3\n    milieus", "organizations.club.policy", "expected keys with values, not '3'" },
        { "milieus: [town]", "milieus: town", "town\nmechanisms", "organizations.club.milieus", "expected a list ([a, b]), not 'town'" },
        { "2000-01-03", "2000-01-04", "2000-01-04", "start", "2000-01-04 is a Tuesday; week 0 begins on a Monday, such as 2000-01-03" },
        { "2000-01-03", "2000-02-30", "2000-02-30", "start", "there is no day 2000-02-30" },
        { "2000-01-03", "1/3/2000", "1/3/2000", "start", "expected a date (yyyy-mm-dd), not '1/3/2000'" },
        { "2019-12-30", "1999-12-27", "1999-12-27", "end", "the end (1999-12-27) lies before the start (2000-01-03)" },
        { "2019-12-30", "2000-01-23", "2000-01-23", "end", "the run is too short: it is first looked at in its week 4, which begins on 2000-01-24; end it then or later" },
        { "2019-12-30", "2900-12-27", "2900-12-27", "end", "the run is longer than 500 years" },
        { "flagship: club", "flagship: clubb", "clubb", "flagship", "unknown organization 'clubb'; did you mean 'club'?" },
        { "name: small", "name: ../small", "../small", "name", "'../small' is not a name: use lower-case letters, digits and hyphens, at most 40, a letter first" },
        { "meeting: 0.5", "meeting: 0.45", "{ meeting", "organizations.club.founding-plan", "the shares sum to 0.95; they must sum to 1" },
        { "cause: 1", "cause: 0.5, recruiting: 0.6", "{ cause", "organizations.club.stated-aims", "the shares sum to 1.1; they must sum to 1" },
        { "march: 0.5", "marches: 0.5", "0.5 }", "organizations.club.founding-plan.marches", "unknown activity 'marches'; did you mean 'march'?" },
        { "recruits: 1", "recruit: 1", "1 }\n    policy", "organizations.club.praise.recruit", "unknown indicator 'recruit'; did you mean 'recruits'?" },
        { "recruits: 1", "recruits: 0", "{ recruits", "organizations.club.praise", "at least one weight must be above 0" },
        { "cause: 1", "couse: 1", "1 }\n    founding", "organizations.club.stated-aims.couse", "unknown end 'couse'; did you mean 'cause'?" },
        { "meeting: 0.5, march: 0.5", "meeting: 1.5, march: -0.5", "1.5", "organizations.club.founding-plan.meeting", "1.5 is out of range: share 0..1" },
        { "{ town: 2 }", "{ twon: 2 }", "2 }", "organizations.club.branches.twon", "unknown milieu 'twon'; did you mean 'town'?" },
        { "{ town: 2 }", "{ town: 9 }", "9 }", "organizations.club.branches.town", "9 branches, but milieu 'town' has only 4 sites" },
        { "{ town: 2 }", "{ town: 0 }", "{ town", "organizations.club.branches", "at least one branch is needed" },
        { "[town]", "[town, city]", "city", "organizations.club.milieus[1]", "unknown milieu 'city'; known: town" },
        { "hope-fades:", "hope-fade:", "{ decay", "mechanisms.hope-fade", "unknown mechanism 'hope-fade'; did you mean 'hope-fades'?" },
        { "decay-per-week", "decay-per-wek", "0.04", "mechanisms.hope-fades.decay-per-wek", "unknown parameter 'decay-per-wek'; did you mean 'decay-per-week'?" },
        { "decay-per-week: 0.04", "decay-per-week: 0.6", "0.6", "mechanisms.hope-fades.decay-per-week", "0.6 is out of range: 1/week, from 0 to 0.5" },
        { "dose: 0.5", "dose: 5", "5 }\noverrides", "mechanisms.hope-fades.dose", "5 is out of range: times as written, from 0 to 4" },
        { "set: openness", "set: club.opennes", "club.opennes", "overrides[0].set", "unknown setting 'club.opennes'; did you mean 'club.openness'?" },
        { "to: 0.8", "to: 8", "8,", "overrides[0].to", "8 is out of range: 0..1" },
        { "set: openness, to: 0.8", "set: hope-fades.floor, to: 2", "2, from", "overrides[0].to", "2 is out of range: 0..1" },
        { "from: 2009-01-05", "from: 2029-01-05", "2029-01-05", "overrides[0].from", "2029-01-05 lies after the end of the run (2019-12-30)" },
        { "data/us_unemployment_annual.csv", "data/none.csv", "data/none.csv", "climate.unemployment.file", "file not found: 'data/none.csv' (looked beside the scenario and in the folder above)" },
        { "column: unemployment_rate_percent", "column: unemployment_rate", "unemployment_rate }", "climate.unemployment.column", "unknown column 'unemployment_rate'; did you mean 'unemployment_rate_percent'?" },
        { "where: measure=headcount", "where: headcount", "headcount }", "climate.enrollment.where", "expected column=value, not 'headcount'" },
        { "label: The club", "label: &x The club", "&x", "organizations.club.label", "anchors (&x) are not used in scenarios; write the values out" },
        { "label: The club", "label: *x", "*x", "organizations.club.label", "aliases (*x) are not used in scenarios; write the values out" },
        { "label: The club", "label: !!str The club", "!!str", "organizations.club.label", "tags (tag:yaml.org,2002:str) are not used in scenarios; remove it" },
        { "title: A small one\n", "---\ntitle: A small one\n", "---", "", "a scenario is one document; remove the second '---'" },
        { "title: A small one", "title: [[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]", "[a]", "title[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]", "more than 16 lists and maps inside one another" },
        { "title: A small one", "title: \"A small one", "\"A", "", "the file is not valid YAML here, or is cut off: While scanning a multi-line double-quoted scalar, found wrong indentation" },
        { "title: A small one", "title: A\u0007 small one", "\u0007", "", "control character U+0007: this is not a text file" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_where_it_stands(string right, string wrong, string at, string path, string message)
    {
        Assert.Contains(right, TestScenario.Small, StringComparison.Ordinal);
        var text = TestScenario.Small.Replace(right, wrong, StringComparison.Ordinal);
        var before = text[..text.IndexOf(at, StringComparison.Ordinal)];
        var (line, column) = (before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'));
        Assert.Contains(new ScenarioError("small.yaml", line, column, path, message), TestScenario.Errors(text));
    }

    [Fact]
    public void Lines_and_columns_count_from_one()
    {
        var error = Assert.Single(TestScenario.Errors(TestScenario.Small.Replace("pool: 50", "pool: x", StringComparison.Ordinal)));
        Assert.Equal("small.yaml:15:11: milieus.town.pool: expected a number, not 'x'", error.ToString());
    }

    [Fact]
    public void All_mistakes_come_at_once_in_the_order_of_the_file()
    {
        var text = TestScenario.Small.Replace("pool: 50", "poll: 50", StringComparison.Ordinal)
            .Replace("need: 0.5", "need: 5", StringComparison.Ordinal)
            .Replace("march: 0.5", "march: 0.6", StringComparison.Ordinal)
            .Replace("2000-01-03", "2000-01-05", StringComparison.Ordinal);
        Assert.Equal(
            ["start", "milieus.town.pool", "milieus.town.poll", "milieus.town.need", "organizations.club.founding-plan"],
            TestScenario.Errors(text).Select(e => e.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("~")]
    public void An_empty_file_is_refused(string text) =>
        Assert.Equal(new ScenarioError("small.yaml", 1, 1, "", "the file is empty"), Assert.Single(TestScenario.Errors(text)));

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var error = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Read("no/such.yaml", [])).Errors);
        Assert.Equal("no/such.yaml:1:1: file not found", error.ToString());
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_named_with_their_place()
    {
        var bytes = Encoding.Latin1.GetBytes(TestScenario.Small.Replace("A small one", "Caf\u00e9", StringComparison.Ordinal));
        Assert.Equal(new ScenarioError("small.yaml", 2, 11, "", "the file is not UTF-8 text; save it as UTF-8"), Assert.Single(TestScenario.Errors(bytes)));
        Assert.Contains("not UTF-8", Assert.Single(TestScenario.Errors(Encoding.Unicode.GetBytes("\uFEFF" + TestScenario.Small))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_change_nothing()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(TestScenario.Small.ReplaceLineEndings("\r\n"))];
        Assert.Equal("small", TestScenario.Parse(bytes).Name);
    }

    [Fact]
    public void A_huge_file_is_refused_unread() =>
        Assert.Equal("the file is larger than 2 MB", Assert.Single(TestScenario.Errors(new byte[(2 << 20) + 1])).Message);

    [Theory]
    [InlineData(1, "- [&a [x, x], &b [*a, *a], &c [*b, *b], &d [*c, *c], &e [*d, *d]]")]
    [InlineData(1, "&a [*a]")]
    [InlineData(100_000, "[")]
    [InlineData(100_000, "{a: ")]
    [InlineData(100_000, "- ")]
    [InlineData(100_000, "? ")]
    [InlineData(100_000, "k: 1\n")]
    [InlineData(100_000, "a")]
    [InlineData(100_000, "'")]
    public void Bombs_are_refused(int times, string text) =>
        Assert.InRange(TestScenario.Errors(string.Concat(Enumerable.Repeat(text, times))).Count, 1, 101);

    [Fact]
    public void Very_many_mistakes_are_cut_short()
    {
        var errors = TestScenario.Errors(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: 1\n")));
        Assert.Equal(101, errors.Count);
        Assert.Equal("100 problems found; the rest of the file was not looked at", errors[^1].Message);
    }

    [Fact]
    public void Absurdly_many_names_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"  - {{ set: o{i}.openness, to: 0.5, from: 2009-01-05 }}\n"));
        Assert.Equal(101, TestScenario.Errors(TestScenario.Small + many).Count);

        var milieus = string.Concat(Enumerable.Range(0, 5_000).Select(i =>
            $"  m{i}: {{ kind: campus, sites: 1, pool: 1, stay-years: 1, need: 0, experience-years: 0, marginalized-share: 0, free-hours: 1 }}\n"));
        var error = Assert.Single(TestScenario.Errors(TestScenario.Small.Replace("organizations:\n", milieus + "organizations:\n", StringComparison.Ordinal)));
        Assert.Equal("small.yaml:12:3: milieus: 5001 milieus; at most 100 can be simulated", error.ToString());
    }

    [Fact]
    public void Each_organization_needs_a_bit_of_its_own_in_every_place()
    {
        const string Club = "  club:\n", Mechanisms = "mechanisms:\n";
        var (from, to) = (TestScenario.Small.IndexOf(Club, StringComparison.Ordinal), TestScenario.Small.IndexOf(Mechanisms, StringComparison.Ordinal));
        string With(int more) => TestScenario.Small.Insert(to, string.Concat(Enumerable.Range(0, more).Select(i => TestScenario.Small[from..to].Replace(Club, $"  other{i}:\n", StringComparison.Ordinal))));
        Assert.Equal(16, TestScenario.Parse(With(15)).Organizations.Count);
        Assert.Equal("17 organizations; at most 16 can be simulated", Assert.Single(TestScenario.Errors(With(16))).Message);
    }

    [Fact]
    public void A_mistake_in_a_data_file_is_named_in_that_file()
    {
        using var folder = new TempFolder();
        folder.Write("scenarios/small.yaml", TestScenario.Small.Replace("data/us_unemployment_annual.csv", "own.csv", StringComparison.Ordinal));
        folder.Write("own.csv", "year,unemployment_rate_percent\n2000,4.0\n2001,high\n");
        var path = folder.File("scenarios/small.yaml");
        var error = Assert.Single(Assert.Throws<ScenarioException>(() => ScenarioFile.Read(path, TestScenario.Mechanisms)).Errors);
        Assert.Equal(new ScenarioError("own.csv", 3, 6, "unemployment_rate_percent", "'high' is not a number"), error);
    }
}
