namespace Posiwid.Simulation.Engine;

/// <summary>What an organization decides, as against what then happens.</summary>
public enum Channel
{
    /// <summary>Shares of hours by activity, by branch. A state: it holds until the next decision.</summary>
    Effort,

    /// <summary>Visits of the center to branches. An event of a week.</summary>
    Visit,

    /// <summary>Acts of office-holders against critics: the propensity, by branch. A state.</summary>
    Discipline,

    /// <summary>Campaigns taken up (share of hours) and commitments dropped. A state.</summary>
    Campaign,

    /// <summary>Founding (item: site), splitting, moving and closing of branches. Events.</summary>
    Branches,

    /// <summary>Dues asked. A state.</summary>
    Dues,

    /// <summary>Hiring (1) and laying off (-1). Events.</summary>
    Staff,

    /// <summary>Slates and appointments. Events.</summary>
    Slate,

    /// <summary>The yearly conference is held. An event.</summary>
    Conference,

    /// <summary>Openness and how complaints are handled. A state.</summary>
    Openness,
}

/// <summary>What a center reads of its organization; names as in <c>ends.csv</c>.</summary>
public enum Sensor
{
    /// <summary>Campaign reports, requests for help, sales returns.</summary>
    CampaignReports, RequestsForHelp, SalesReturns,

    /// <summary>Branch reports of size, attendance, the treasurer's report.</summary>
    SizeReports, Attendance, TreasurersReport,

    /// <summary>The staff roster, criticism heard by the leadership, the roster of offices.</summary>
    StaffRoster, CriticismHeard, OfficeRoster,

    /// <summary>Number of sensors.</summary>
    Count,
}

/// <summary>One decision: in a week, on a channel, for a unit (a branch's or organization's key), about an item, with a value.</summary>
public readonly record struct Intent(int Week, Channel Channel, ulong Unit, int Item, float Value);

/// <summary>What a run decided and what its centers read; can be given to another run to be replayed or to blind a sensor.</summary>
public sealed class IntentLog
{
    private readonly Dictionary<(Channel, ulong, int), List<(int Week, float Value)>> states = [];
    private readonly Dictionary<(Channel, int), List<Intent>> events = [];
    private readonly Dictionary<(Sensor, ulong, int), float> readings = [];
    private readonly Dictionary<ulong, (int Organization, int Milieu)> units = [];

    /// <summary>All decisions in the order in which they were made.</summary>
    public List<Intent> Rows { get; } = [];

    /// <summary>Notes a unit, so that a run without it can be given its milieu's mean.</summary>
    public void AddUnit(ulong unit, int organization, int milieu) => units[unit] = (organization, milieu);

    /// <summary>Notes a decision that holds until the next.</summary>
    public void AddState(in Intent intent)
    {
        if (!states.TryGetValue((intent.Channel, intent.Unit, intent.Item), out var steps))
            states[(intent.Channel, intent.Unit, intent.Item)] = steps = [];
        if (steps.Count > 0 && steps[^1].Value == intent.Value)
            return;
        steps.Add((intent.Week, intent.Value));
        Rows.Add(intent);
    }

    /// <summary>Notes a decision of one week.</summary>
    public void AddEvent(in Intent intent)
    {
        if (!events.TryGetValue((intent.Channel, intent.Week), out var list))
            events[(intent.Channel, intent.Week)] = list = [];
        list.Add(intent);
        Rows.Add(intent);
    }

    /// <summary>Notes what a center read.</summary>
    public void AddReading(Sensor sensor, ulong unit, int week, float value) => readings[(sensor, unit, week)] = value;

    /// <summary>The decisions of one week on a channel of events.</summary>
    public IReadOnlyList<Intent> Events(Channel channel, int week) => events.TryGetValue((channel, week), out var list) ? list : [];

    /// <summary>What a center read in a week; null if this log has no such reading.</summary>
    public float? Reading(Sensor sensor, ulong unit, int week) => readings.TryGetValue((sensor, unit, week), out var value) ? value : null;

    /// <summary>What held in a week for a unit; null if this log has no such unit.</summary>
    public float? State(Channel channel, ulong unit, int item, int week)
    {
        if (!states.TryGetValue((channel, unit, item), out var steps) || steps[0].Week > week)
            return null;
        int low = 0, high = steps.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (steps[middle].Week <= week)
                low = middle;
            else
                high = middle - 1;
        }

        return steps[low].Value;
    }

    /// <summary>Mean of what held in a week for the units of a milieu; null if there were none.</summary>
    public float? MilieuMean(Channel channel, int organization, int milieu, int item, int week)
    {
        double sum = 0;
        var count = 0;
        foreach (var (unit, place) in units.OrderBy(u => u.Key))
        {
            if (place != (organization, milieu) || State(channel, unit, item, week) is not { } value)
                continue;
            sum += value;
            count++;
        }

        return count == 0 ? null : (float)(sum / count);
    }
}

/// <summary>
/// The door through which every decision goes: it is recorded, and where the plan says so taken from another run
/// instead (Powers 1978: what would happen if the organization did what it did, blind to the disturbance).
/// </summary>
public sealed class Intents
{
    private readonly IntentLog? record;
    private readonly IntentLog? donor;
    private readonly bool[] replayed = new bool[Enum.GetValues<Channel>().Length];
    private readonly bool[] blinded = new bool[(int)Sensor.Count];

    /// <summary>Opens the door.</summary>
    /// <param name="record">Where decisions are noted; null for nowhere.</param>
    /// <param name="donor">The run whose decisions or readings are used; null for none.</param>
    /// <param name="replay">Channels taken from the donor.</param>
    /// <param name="blind">Sensors that show what the donor's center read.</param>
    public Intents(IntentLog? record, IntentLog? donor = null, IEnumerable<Channel>? replay = null, IEnumerable<Sensor>? blind = null)
    {
        this.record = record;
        this.donor = donor;
        foreach (var channel in replay ?? [])
            replayed[(int)channel] = donor is not null;
        foreach (var sensor in blind ?? [])
            blinded[(int)sensor] = donor is not null;
    }

    /// <summary>Where decisions are noted; null for nowhere.</summary>
    public IntentLog? Recorded => record;

    /// <summary>True if decisions are noted or replayed, so that the run must use one thread.</summary>
    public bool Active => record is not null || donor is not null;

    /// <summary>Decisions for which the donor had no such unit and the milieu's mean served; decisions of the donor for units that this run does not have.</summary>
    public int Substituted { get; private set; }

    /// <summary>Decisions of the donor for units that this run does not have.</summary>
    public int Dropped { get; private set; }

    /// <summary>True if a channel comes from the donor.</summary>
    public bool Replays(Channel channel) => replayed[(int)channel];

    /// <summary>Counts a decision of the donor that this run cannot carry out.</summary>
    public void Drop() => Dropped++;

    /// <summary>A decision that holds until the next: what is live, or what the donor held.</summary>
    public float State(World world, Channel channel, ulong unit, int organization, int milieu, int item, float live)
    {
        if (!Active)
            return live;
        var value = live;
        if (replayed[(int)channel])
        {
            var theirs = donor!.State(channel, unit, item, world.Week);
            if (theirs is null && milieu >= 0)
            {
                theirs = donor.MilieuMean(channel, organization, milieu, item, world.Week);
                Substituted++;
            }

            value = theirs ?? live;
        }

        if (record is not null && milieu >= 0)
            record.AddUnit(unit, organization, milieu);
        record?.AddState(new Intent(world.Week, channel, unit, item, value));
        return value;
    }

    /// <summary>The decisions of a week on a channel of events: the live ones, or the donor's.</summary>
    public IReadOnlyList<Intent> Events(World world, Channel channel, Organization organization, IReadOnlyList<Intent> live)
    {
        if (!Active)
            return live;
        var decided = replayed[(int)channel]
            ? [.. donor!.Events(channel, world.Week).Where(i => world.Owner(i.Unit) is not { } owner || owner == organization)]
            : live;
        if (record is not null)
        {
            foreach (var intent in decided)
                record.AddEvent(intent);
        }

        return decided;
    }

    /// <summary>What a center reads: the truth, or what the donor's center read where the sensor is blinded.</summary>
    public float Sense(World world, Sensor sensor, ulong unit, float truth)
    {
        if (!Active)
            return truth;
        record?.AddReading(sensor, unit, world.Week, truth);
        return blinded[(int)sensor] ? donor!.Reading(sensor, unit, world.Week) ?? truth : truth;
    }
}
