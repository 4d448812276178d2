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

    private PurposeTrials Run(PurposePlan plan, out int found)
    {
        using var journal = FitJournal.Open(folder.File("journal"), "a test", "purpose");
        found = journal.Found;
        return PurposeExperiment.Run(plan, 1, journal: journal, cancellation: TestContext.Current.CancellationToken);
    }
}
