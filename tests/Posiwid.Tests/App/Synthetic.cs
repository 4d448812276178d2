using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.App;

/// <summary>Small made-up ensembles whose summary can be worked out by hand, and a large one to look at.</summary>
public static class Synthetic
{
    public static Ends TwoEnds { get; } = new(
        [new("cause", "the cause", "mission"), new("recruiting", "recruiting", "recruit"), new("placebo", "nothing", "placebo")],
        [
            new("march", "cause", .5, .1, .9), new("march", "recruiting", .5, .1, .9),
            new("contacting", "recruiting", 1, .8, 1),
        ]);

    public static Scenario Scenario(DateOnly start, DateOnly end, params string[] others) => new()
    {
        Name = "lodge",
        Title = "The Lodge",
        About = "A made-up lodge.",
        Start = start,
        End = end,
        Flagship = "lodge",
        Climate = new()
        {
            Stoppages = new() { File = "x", Column = "x" },
            Unemployment = new() { File = "x", Column = "x" },
            Enrollment = new() { File = "x", Column = "x" },
            UnionDensity = new() { File = "x", Column = "x" },
        },
        Milieus = new Dictionary<string, MilieuSpec> { ["campus"] = Milieu(MilieuKind.Campus), ["workplace"] = Milieu(MilieuKind.Workplace) },
        Organizations = others.Prepend("lodge").ToDictionary(o => o, o => new OrganizationSpec
        {
            Label = o == "lodge" ? "The Lodge" : "The " + o.ToUpperInvariant(),
            Members = 100,
            Branches = new Dictionary<string, double> { ["campus"] = 4 },
            StatedAims = new Dictionary<string, double> { ["cause"] = 1 },
            FoundingPlan = new Dictionary<string, double> { ["march"] = 1 },
            Praise = new Dictionary<string, double> { ["struggle"] = 1 },
        }),
    };

    /// <summary>Runs with given values: a value for every measure, run and sample, 26 weeks apart from 2001-01-08.</summary>
    public static EnsembleResult Ensemble(Dictionary<string, float[][]> valuesByMeasure, params RunResult[] ends)
    {
        var samples = valuesByMeasure.First().Value[0].Length;
        var units = new Dictionary<string, string> { ["members"] = "people", ["belief"] = "0..1", ["income"] = "USD/week" };
        var weeks = Enumerable.Range(0, samples).Select(s => s * 26).ToList();
        var start = new DateOnly(2001, 1, 8);
        return new()
        {
            Scenario = Scenario(start, start.AddDays((weeks[^1] * 7) + 6)),
            ScenarioHash = "00ff",
            Seed = 1,
            Measures = [.. valuesByMeasure.Keys.Select(k => new Measure(k, k, units.GetValueOrDefault(k, "hours/week")))],
            SampleWeeks = weeks,
            Runs = [.. ends.Select((r, i) => r with { Run = i, Seed = (ulong)i + 1, Values = [.. valuesByMeasure.Values.Select(v => v[i])] })],
            Planned = ends.Length,
            Notes = ["A note."],
            Parameters = new Dictionary<string, double> { ["hope.decay-per-week"] = .045 },
        };
    }

    public static RunResult Run(Fate fate = Fate.Alive, int? ended = null, params RunEvent[] events) =>
        new() { Run = 0, Seed = 1, Fate = fate, EndedWeek = ended, Values = [], Events = events, StateHash = 7 };

    public static Summary Summary(EnsembleResult result, Overlay? overlay = null) => new(result, TwoEnds, overlay ?? new([], []));

    /// <summary>Four runs over two years: sizes 100, 110, 120, 400 at the start; the last ends in week 52.</summary>
    public static Summary Small() => Summary(Ensemble(
        new()
        {
            ["members"] = [[100, 100, 100, 100], [110, 110, 110, 110], [120, 120, 120, 120], [400, 400, float.NaN, float.NaN]],
            ["belief"] = [[.1f, .1f, .1f, .1f], [.2f, .2f, .2f, .2f], [.3f, .3f, .3f, .3f], [1f, 1f, float.NaN, float.NaN]],
            ["income"] = [[10, 10, 10, 10], [20, 20, 20, 20], [30, 30, 30, 30], [40, 40, float.NaN, float.NaN]],
            ["hours.march"] = [[40, 40, 10, 10], [40, 40, 10, 10], [40, 40, 10, 10], [40, 40, float.NaN, float.NaN]],
            ["hours.contacting"] = [[0, 0, 30, 30], [0, 0, 30, 30], [0, 0, 30, 30], [0, 0, float.NaN, float.NaN]],
        },
        Run(Fate.Alive, null, new RunEvent(10, EventKinds.Opened, "lodge", 0, .6), new RunEvent(60, EventKinds.Opened, "lodge", 0, .7)),
        Run(Fate.Alive, null, new RunEvent(20, EventKinds.Opened, "lodge", 0, .6)),
        Run(),
        Run(Fate.Dissolved, 52, new RunEvent(52, EventKinds.Ended, "lodge", 0, 0, "dissolved"))),
        new([
            new("lodge", Span("2001"), "year", 50, 90, "claimed members", "low", "S1", ""),
            new("lodge", Span("2002-01"), "month", 105, 115, "members", "high", "S2", ""),
            new("lodge", Span("1990"), "year", 5, 5, "members", "low", "S3", ""),
        ], []));

    private static DateSpan Span(string text) => DateSpan.TryParse(text, out var span) ? span : throw new ArgumentException(text);

    private static MilieuSpec Milieu(MilieuKind kind) => new() { Kind = kind, Sites = 4, Pool = 100, StayYears = 4, Need = .2, ExperienceYears = 1, MarginalizedShare = .3, FreeHours = 1 };
}
