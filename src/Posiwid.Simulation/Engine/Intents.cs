using System.Runtime.CompilerServices;

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

    /// <summary>What is taken up and dropped: see <see cref="CampaignItem"/>. A state.</summary>
    Campaign,

    /// <summary>Founding, splitting, moving and closing of branches: the value is a <see cref="BranchAct"/>, the item a site. Events.</summary>
    Branches,

    /// <summary>Dues asked of members (item 0) and of cadre (1). A state.</summary>
    Dues,

    /// <summary>People hired, or laid off where the number is negative. An event.</summary>
    Staff,

    /// <summary>Seats that are not kept and seats that are filled: see <see cref="SlateItem"/>. Events.</summary>
    Slate,

    /// <summary>The yearly conference is held. An event.</summary>
    Conference,

    /// <summary>Openness (item 0) and the share of complaints that is dealt with (1). A state.</summary>
    Openness,
}

/// <summary>Items of <see cref="Channel.Campaign"/>.</summary>
public static class CampaignItem
{
    /// <summary>Share of hours that a movement moment draws; decided by the organization.</summary>
    public const int Moment = 0;

    /// <summary>The struggle that a branch is committed to, -1 for none.</summary>
    public const int Commitment = 1;
}

/// <summary>Values of <see cref="Channel.Branches"/>.</summary>
public enum BranchAct
{
    /// <summary>A branch is there from the organization's founding; the unit is the organization.</summary>
    Found = 1,

    /// <summary>A branch sends some of its members to a new site.</summary>
    Split,

    /// <summary>A branch goes to another site.</summary>
    Move,

    /// <summary>A branch closes; the item is -1.</summary>
    Close,
}

/// <summary>Items of <see cref="Channel.Slate"/>: a number below <see cref="Between"/> is a seat, in the order in which they were won, that is not kept.</summary>
public static class SlateItem
{
    /// <summary>Seats filled between conventions; seats filled at the convention.</summary>
    public const int Between = 1000, AtConvention = 1001;
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
    private readonly int only; // -1 for every organization
    private readonly Dictionary<ulong, bool> present = [];
    private readonly Dictionary<(Channel, int, int, int), float> means = []; // of this week; NaN where there is none
    private int week = -1;
    private int carried;

    /// <summary>Opens the door.</summary>
    /// <param name="record">Where decisions are noted; null for nowhere.</param>
    /// <param name="donor">The run whose decisions or readings are used; null for none.</param>
    /// <param name="replay">Channels taken from the donor.</param>
    /// <param name="blind">Sensors that show what the donor's center read.</param>
    /// <param name="only">Index of the organization that this is done to; null for every one.</param>
    public Intents(IntentLog? record, IntentLog? donor = null, IEnumerable<Channel>? replay = null, IEnumerable<Sensor>? blind = null, int? only = null)
    {
        this.record = record;
        this.donor = donor;
        this.only = only ?? -1;
        foreach (var channel in replay ?? [])
            replayed[(int)channel] = donor is not null;
        foreach (var sensor in blind ?? [])
            blinded[(int)sensor] = donor is not null;
    }

    /// <summary>Where decisions are noted; null for nowhere.</summary>
    public IntentLog? Recorded => record;

    /// <summary>True if decisions are noted or replayed, so that the run must use one thread.</summary>
    public bool Active => record is not null || donor is not null;

    /// <summary>Times that the donor had decided nothing for a branch and the mean of its milieu served.</summary>
    public int Substituted { get; private set; }

    /// <summary>Decisions of the donor, up to this run's last week, that could not be carried out: mostly of branches that this run does not have.</summary>
    public int Dropped => donor is null ? 0
        : donor.Rows.Count(i => i.Week <= week && replayed[(int)i.Channel] && (!IntentLog.IsState(i.Channel) || !present.ContainsKey(i.Unit))) - carried;

    /// <summary>A branch opened, or came to another milieu.</summary>
    public void Placed(World world, Branch branch)
    {
        if (Active)
            present[branch.Key] = true;
        record?.AddUnit(branch.Key, branch.Organization.Index, branch.Milieu, world.Week);
    }

    /// <summary>A branch closed.</summary>
    public void Closed(World world, Branch branch) => record?.CloseUnit(branch.Key, world.Week);

    /// <summary>A decision that holds until the next: what is live, or what the donor held.</summary>
    /// <param name="world">The world.</param>
    /// <param name="channel">A channel of states.</param>
    /// <param name="unit">A branch's key or an organization's index.</param>
    /// <param name="organization">Organization that decides, and milieu whose mean serves where the donor decided nothing; -1 if none can.</param>
    /// <param name="milieu">See above.</param>
    /// <param name="item">What within the channel.</param>
    /// <param name="live">What this run decides by itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float State(World world, Channel channel, ulong unit, int organization, int milieu, int item, float live) =>
        Active ? Decided(world, channel, unit, organization, milieu, item, live) : live;

    private float Decided(World world, Channel channel, ulong unit, int organization, int milieu, int item, float live)
    {
        Enter(world);
        present[unit] = true;
        var value = live;
        if (Replays(channel, organization))
            value = donor!.State(channel, unit, item, week) ?? Mean(channel, organization, milieu, item) ?? live;
        record?.Add(new Intent(week, channel, unit, item, value));
        return value;
    }

    /// <summary>A number that an organization decides in one week, 0 for nothing: the live one, or the donor's.</summary>
    public float Event(World world, Channel channel, Organization organization, int item, float live)
    {
        if (!Active)
            return live;
        Enter(world);
        var value = live;
        if (Replays(channel, organization.Index))
        {
            value = 0;
            foreach (var theirs in donor!.Events(channel, week))
            {
                if (theirs.Unit != (ulong)organization.Index || theirs.Item != item)
                    continue;
                value += theirs.Value;
                carried++;
            }
        }

        if (value != 0)
            record?.Add(new Intent(week, channel, (ulong)organization.Index, item, value));
        return value;
    }

    /// <summary>The decisions of an organization in one week that have a given value: the live ones, or the donor's.</summary>
    public List<Intent> Events(World world, Channel channel, Organization organization, float value, List<Intent> live) =>
        Active ? Decided(world, channel, organization, value, live) : live;

    private List<Intent> Decided(World world, Channel channel, Organization organization, float value, List<Intent> live)
    {
        Enter(world);
        var decided = live;
        if (Replays(channel, organization.Index))
        {
            decided = [.. donor!.Events(channel, week).Where(i => i.Value == value && donor.OrganizationOf(i.Unit) == organization.Index)];
            carried += decided.Count;
        }

        foreach (var intent in decided)
            record?.Add(intent);
        return decided;
    }

    /// <summary>Says of a decision that came from <see cref="Events"/> that it cannot be carried out here.</summary>
    public void Drop() => carried--;

    /// <summary>What a center reads: the truth, or what the donor's center read where the sensor is blinded.</summary>
    /// <param name="world">The world.</param>
    /// <param name="sensor">The sensor.</param>
    /// <param name="unit">Whom it reads: a branch's key or an organization's index.</param>
    /// <param name="truth">What is there.</param>
    /// <param name="item">Which reading, where a sensor gives several in a week.</param>
    public float Sense(World world, Sensor sensor, ulong unit, float truth, int item = 0)
    {
        if (!Active)
            return truth;
        record?.AddReading(sensor, unit, item, world.Week, truth);
        return blinded[(int)sensor] && (only < 0 || world.Owner(unit)?.Index == only) ? donor!.Reading(sensor, unit, item, world.Week) ?? truth : truth;
    }

    /// <summary>Goes in at a run that is under way: the branches that there are now become known.</summary>
    public void Join(World world)
    {
        foreach (var branch in world.Branches)
            Placed(world, branch);
    }

    private bool Replays(Channel channel, int organization) => replayed[(int)channel] && (only < 0 || only == organization);

    private float? Mean(Channel channel, int organization, int milieu, int item)
    {
        if (milieu < 0)
            return null;
        if (!means.TryGetValue((channel, organization, milieu, item), out var mean))
            means[(channel, organization, milieu, item)] = mean = donor!.MilieuMean(channel, organization, milieu, item, week) ?? float.NaN;
        if (float.IsNaN(mean))
            return null;
        Substituted++;
        return mean;
    }

    private void Enter(World world)
    {
        if (world.Week == week)
            return;
        week = world.Week;
        means.Clear();
    }
}
