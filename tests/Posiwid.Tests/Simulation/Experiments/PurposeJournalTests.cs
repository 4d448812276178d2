using System.Text.Json;
using System.Text.Json.Serialization;
using Posiwid.Purpose;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Simulation.Engine;
using Posiwid.Tests.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Experiments;

/// <summary>What an interrupted profile has finished is not made again, and gives the same trials.</summary>
public sealed class PurposeJournalTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static readonly JsonSerializerOptions All = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IncludeFields = true };

    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    /// <summary>Two runs with two dates; what can be taken away is one function.</summary>
    private static PurposePlan Plan(bool onlyWhatVotes) => new()
    {
        Run = new() { Setting = Iso.Of(Iso.Scenario with { End = new(1980, 12, 29) }), Runs = 2, Seed = 11 },
        Ends = Ends,
        Functions = [.. Function.Read(Repository.PathOf("data/functions.csv"), Ends).Take(1)],
        Dates = [52, 104],
        Samples = 8,
        Doses = [0.5],
        OnlyWhatVotes = onlyWhatVotes,
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_in_the_journal_is_taken_from_there(bool onlyWhatVotes)
    {
        var plan = Plan(onlyWhatVotes);
        var first = Run(plan, out var found);
        Assert.Equal(0, found);
        var written = File.ReadAllLines(folder.File("journal")).Length;
        var second = Run(plan, out found);
        Assert.Equal(written - 1, found);
        Assert.Equal(written, File.ReadAllLines(folder.File("journal")).Length);
        Assert.True(found >= 4); // two dates of two runs, and lives
        Assert.Equal(Text(first), Text(second));

        // half of it, as an interruption leaves it
        File.WriteAllLines(folder.File("journal"), File.ReadAllLines(folder.File("journal")).Where((_, i) => i == 0 || i % 2 == 1));
        Assert.Equal(Text(first), Text(Run(plan, out _)));
        Assert.Equal(written, File.ReadAllLines(folder.File("journal")).Length);

        static string Text(PurposeTrials trials) => JsonSerializer.Serialize((object[])[trials.Defense, trials.Stability, trials.Lives, trials.Channels], All);
    }

    /// <summary>Two ends that are disturbed alike share their arms, and what is counted of them.</summary>
    [Fact]
    public void Decisions_not_replayed_are_those_of_the_arm()
    {
        var coding = folder.File("ends.csv");
        File.WriteAllText(coding, File.ReadAllText(Repository.PathOf("data/ends.csv")).Replace("exits/members,down,hope", "exits/members,down,members", StringComparison.Ordinal));
        var plan = Plan(onlyWhatVotes: false) with
        {
            Run = new() { Setting = Iso.Of(Iso.Scenario with { End = new(1994, 12, 26) }), Runs = 1, Seed = 11 }, // old enough for branches that one arm has and another has not
            Ends = Ends.Read(coding, Repository.PathOf("data/kind_end.csv")),
            Dates = [520, 780],
        };
        var trials = Run(plan, out _).Defense;
        foreach (var date in plan.Dates)
        {
            var blows = trials.Where(t => t.Week == date && t.Dose == -1 && !t.Lasts).ToDictionary(t => t.End, t => t.Clipped);
            Assert.True(blows["recruiting"] > 0);
            Assert.Equal(blows["recruiting"], blows["retention"]);
            Assert.NotEqual(blows["recruiting"], blows["leadership"]);
        }

        // it is counted of the blow that votes only
        Assert.All(trials.Where(t => t.Dose != -1 || t.Lasts), t => Assert.Null(t.Clipped));
    }

    private PurposeTrials Run(PurposePlan plan, out int found)
    {
        using var journal = FitJournal.Open(folder.File("journal"), "a test", "purpose");
        found = journal.Found;
        return PurposeExperiment.Run(plan, 1, journal: journal, cancellation: TestContext.Current.CancellationToken);
    }
}
