using Posiwid.Records;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.Simulation.Experiments;

public class IntentsTests
{
    private static readonly Channel[] Channels = Enum.GetValues<Channel>();

    private static readonly Sensor[] Sensors = [.. Enum.GetValues<Sensor>().Where(s => s != Sensor.Count)];

    public static TheoryData<Channel> EachChannel => [.. Channels];

    public static TheoryData<Sensor> EachSensor => [.. Sensors];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_run_replays_its_own_intents_to_the_same_bits(int run)
    {
        var plain = Hash(BookRuns.Short, run, null);
        var log = new IntentLog();
        Assert.Equal(plain, Hash(BookRuns.Short, run, new Intents(log)));

        var again = new IntentLog();
        var door = new Intents(again, log, Channels);
        Assert.Equal(plain, Hash(BookRuns.Short, run, door));
        Assert.Equal((0, 0), (door.Substituted, door.Dropped));
        Assert.Equal(log.Rows, again.Rows);

        foreach (var channel in Channels)
            Assert.Equal(plain, Hash(BookRuns.Short, run, new Intents(null, log, [channel])));
        Assert.Equal(plain, Hash(BookRuns.Short, run, new Intents(null, log, blind: Sensors)));
        Assert.Equal(plain, Hash(BookRuns.Short, run, new Intents(null, log, Channels, Sensors)));
    }

    [Fact]
    public void All_the_years_replay_to_the_same_bits()
    {
        var log = new IntentLog();
        var plain = Hash(BookRuns.Full, 1, new Intents(log));
        Assert.Equal(plain, Hash(BookRuns.Full, 1, new Intents(null, log, Channels, Sensors)));
        Assert.Equal(Channels, log.Rows.Select(r => r.Channel).Distinct().Order());
    }

    [Fact]
    public void Intents_read_back_from_a_book_replay_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        BookFile.Save(BookRuns.FullBook, folder["run.duckdb"]);
        var log = BookIntents.Read(BookFile.Open(folder["run.duckdb"]), BookRuns.Full.Setting);
        var door = new Intents(null, log, Channels);
        Assert.Equal(BookRuns.FullBook.Meta.Find("state_hash"), $"{Hash(BookRuns.Full, 0, door):x16}");
        Assert.Equal((0, 0), (door.Substituted, door.Dropped));

        var live = new IntentLog();
        Hash(BookRuns.Full, 0, new Intents(live));
        Assert.Equal(live.Rows, log.Rows);
        // another run, which has branches that this one has not, is given the same means
        Assert.Equal(Hash(BookRuns.Short, 7, new Intents(null, live, [Channel.Effort])), Hash(BookRuns.Short, 7, new Intents(null, log, [Channel.Effort])));
    }

    [Fact]
    public void Another_seed_substitutes_and_drops()
    {
        var log = new IntentLog();
        Hash(BookRuns.Short, 0, new Intents(log));
        var effort = new Intents(null, log, [Channel.Effort]);
        Hash(BookRuns.Short, 10, effort);
        Assert.True(effort.Substituted > 0);
        Assert.True(effort.Dropped > 0);
        var visits = new Intents(null, log, [Channel.Visit]);
        Hash(BookRuns.Short, 10, visits);
        Assert.Equal(0, visits.Substituted);
        Assert.InRange(visits.Dropped, 1, log.Rows.Count(r => r.Channel == Channel.Visit));
    }

    [Theory]
    [MemberData(nameof(EachChannel))]
    public void Every_channel_goes_through_the_door(Channel channel)
    {
        // a donor of another kind: closed where this one is open, without a conference, with other dues
        var start = BookRuns.Short.Setting.Scenario.Start;
        OverrideSpec Set(string target, double to) => new() { Set = target, To = to, From = start };
        var donor = BookRuns.Short with { Changes = new Changes { Overrides = [Set("conference", 0), Set("dues-usd-per-week", 9), Set("openness", 0.4)] } };
        var log = new IntentLog();
        Hash(donor, 20, new Intents(log));
        Assert.NotEqual(Hash(BookRuns.Short, 0, null), Hash(BookRuns.Short, 0, new Intents(null, log, [channel])));
    }

    [Theory]
    [MemberData(nameof(EachSensor))]
    public void Every_sensor_is_read_where_it_matters(Sensor sensor)
    {
        var other = BookRuns.Short with
        {
            Changes = new Changes { Mechanisms = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["hope"] = new Dictionary<string, double> { [MechanismInfo.Dose] = 0.6 } } },
        };
        var log = new IntentLog();
        Hash(other, 0, new Intents(log));
        Assert.NotEqual(Hash(BookRuns.Short, 0, null), Hash(BookRuns.Short, 0, new Intents(null, log, blind: [sensor])));
    }

    [Fact]
    public void A_state_holds_until_the_next_and_the_last_of_a_week_counts()
    {
        var log = new IntentLog();
        log.AddUnit(1000, 0, 2, 5);
        log.AddUnit(2000, 0, 2, 5);
        log.Add(new Intent(5, Channel.Effort, 1000, 0, 0.1f));
        log.Add(new Intent(5, Channel.Effort, 1000, 0, 0.2f));
        log.Add(new Intent(9, Channel.Effort, 1000, 0, 0.2f));
        log.Add(new Intent(9, Channel.Effort, 2000, 0, 0.6f));
        log.CloseUnit(2000, 12);
        Assert.Equal(2, log.Rows.Count());
        Assert.Null(log.State(Channel.Effort, 1000, 0, 4));
        Assert.Equal(0.2f, log.State(Channel.Effort, 1000, 0, 30));
        Assert.Equal(0.2f, log.MilieuMean(Channel.Effort, 0, 2, 0, 8));
        Assert.Equal(0.4f, log.MilieuMean(Channel.Effort, 0, 2, 0, 12));
        Assert.Equal(0.2f, log.MilieuMean(Channel.Effort, 0, 2, 0, 13));
        Assert.Null(log.State(Channel.Effort, 2000, 0, 13));
        Assert.Null(log.MilieuMean(Channel.Effort, 0, 1, 0, 9));
    }

    private static ulong Hash(RunPlan plan, int run, Intents? intents) => Ensemble.One(plan, run, intents)!.StateHash;
}
