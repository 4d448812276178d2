using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>Activities in the order of the effort plan; codes as in <c>kind_end.csv</c>.</summary>
public static class Activity
{
    /// <summary>What branches do week by week.</summary>
    public const int Meeting = 0, Study = 1, PaperSale = 2, Panel = 3, March = 4, Contacting = 5;

    /// <summary>Struggles, and help that members and neighbors give one another.</summary>
    public const int StrikeSupport = 6, EvictionDefense = 7, ClinicDefense = 8, DeportationDefense = 9, MutualAid = 10;

    /// <summary>What is booked but not planned by branches.</summary>
    public const int Conference = 11, Administration = 12, Fundraising = 13, Discipline = 14, Visit = 15;

    /// <summary>Number of activities; a plan is a row of sixteen.</summary>
    public const int Count = 16;

    /// <summary>Activities that a plan may hold: the first so many.</summary>
    public const int Planned = 11;

    /// <summary>First and last struggle.</summary>
    public const int FirstStruggle = StrikeSupport, LastStruggle = DeportationDefense;
}

/// <summary>Indicators that a center can praise, in the order of <c>MeasureCatalog.Indicators</c>.</summary>
public static class Indicator
{
    /// <summary>Positions of the six indicators.</summary>
    public const int Recruits = 0, Money = 1, Struggle = 2, Hope = 3, Education = 4, Needs = 5;

    /// <summary>Number of indicators.</summary>
    public const int Count = 6;
}

/// <summary>Things counted week by week; each is summed over branches in a fixed order.</summary>
public enum Flow
{
    /// <summary>Joins; of students and recent graduates; of people whom nobody had asked.</summary>
    Joins, JoinsCampus, JoinsUnasked,

    /// <summary>People asked, their summed experience, and that of those who joined.</summary>
    Asked, AskedExperience, JoinedExperience,

    /// <summary>Exits; to a rival; of members of marginalized groups.</summary>
    Exits, ExitsRival, ExitsMarginalized,

    /// <summary>Acts of bullying; against members of marginalized groups.</summary>
    Bullied, BulliedMarginalized,

    /// <summary>Members who spoke; acts against them; acts by ordinary members.</summary>
    Spoke, Suppression, SuppressionMembers,

    /// <summary>Struggles won; won under the members' lead; people helped; members' needs met.</summary>
    Wins, Led, Helped, NeedsMet,

    /// <summary>Visits; branches that moved; disclosures; cases of harm; cases that were handled.</summary>
    Visits, Moves, Disclosures, Harm, HarmHandled,

    /// <summary>Joins of people met in an action; leaders who lost the seat at a convention.</summary>
    JoinsAction, LeadersReplaced,

    /// <summary>Number of flows.</summary>
    Count,
}

/// <summary>Sums and means over the members of a branch at the end of a week, made in fixed point.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Census
{
    /// <summary>Members (agents), cadre, staff, leaders, students, members of marginalized groups.</summary>
    public int Members, Cadre, Staff, Leaders, Students, Marginalized;

    /// <summary>Means over members.</summary>
    public float Hope, Belief, Ties, Need, Status, Grievance, Education;

    /// <summary>Ordinary members who believe firmly, and members who seek status strongly: sums of what they put in.</summary>
    public float Believers, StatusSeekers;

    /// <summary>Hours a week that the members give, per agent; what they pay relative to full dues, by ordinary members and by cadre.</summary>
    public float Hours, Paying, CadrePaying;
}

/// <summary>Somebody whom a branch has met and may ask.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Contact
{
    /// <summary>Place in the pools and the week in which its present person came.</summary>
    public int Slot, Since;

    /// <summary>Week in which the branch loses sight of the person.</summary>
    public int Forgotten;

    /// <summary>How well they know each other, 0..1.</summary>
    public float Warmth;

    /// <summary>Activity at which they met; times asked in vain.</summary>
    public byte Met, Refused;
}

/// <summary>The members of one organization at one site.</summary>
public sealed class Branch
{
    /// <summary>A branch founded in a week at a site, with the memory that its members are kept in.</summary>
    public Branch(Organization organization, int number, int site, int founded, MemberBlocks people)
    {
        Roll = new Roll(people);
        Organization = organization;
        Number = number;
        Site = site;
        Founded = founded;
        Key = KeyOf(organization.Index, site, founded);
    }

    /// <summary>Identity of the branch that an organization founded at a site in a week.</summary>
    public static ulong KeyOf(int organization, int site, int founded) =>
        Person.Mix(((ulong)(uint)organization << 56) ^ ((ulong)(uint)site << 24) ^ (uint)founded ^ 0x6272616e6368UL);

    /// <summary>The organization it belongs to.</summary>
    public Organization Organization;

    /// <summary>Number in the book, from 1 in the order of founding.</summary>
    public int Number;

    /// <summary>Site where it is now.</summary>
    public int Site;

    /// <summary>Week of its founding.</summary>
    public int Founded;

    /// <summary>Week of its last move; -1 for none.</summary>
    public int Moved = -1;

    /// <summary>No later week than the first in which the stay of a member in his or her present place ends.</summary>
    public int NextTurn = int.MaxValue;

    /// <summary>Identity: the organization, the site and the week that founded it.</summary>
    public ulong Key;

    /// <summary>Its members.</summary>
    public Roll Roll;

    /// <summary>Identity of the member at a position.</summary>
    public ulong IdAt(int position) => Roll.UIntAt(position, Column.IdLow) | (ulong)Roll.UIntAt(position, Column.IdHigh) << 32;

    /// <summary>Flags of the member at a position.</summary>
    public ref int FlagsAt(int position) => ref Roll.IntAt(position, Column.Flags);

    /// <summary>Position of a member, or -1.</summary>
    public int PositionOf(ulong person)
    {
        var low = Vector256.Create((uint)person);
        var high = Vector256.Create((uint)(person >> 32));
        for (var i = 0; i < Roll.BlockCount; i++)
        {
            var member = new MemberLanes(Roll, i);
            var hit = Vector256.Equals(member[Column.IdLow].AsUInt32(), low) & Vector256.Equals(member[Column.IdHigh].AsUInt32(), high) & Roll.Mask(i).AsUInt32();
            var bits = hit.ExtractMostSignificantBits();
            if (bits != 0)
                return i * MemberBlocks.Lanes + BitOperations.TrailingZeroCount(bits);
        }

        return -1;
    }

    /// <summary>All numbers by activity, event and clock, side by side: what a week needs of a branch lies together.</summary>
    private readonly float[] rows = new float[RowsLength];

    private const int EffortRow = 0, HoursRow = 16, CapitalRow = 32, UsualHoursRow = 48, ClocksRow = 64, FlowsRow = 80, YieldRow = 112, BroughtRow = 208, RowsLength = 304;

    /// <summary>Plan: share of hours by activity, sums to 1.</summary>
    public Span<float> Effort => Row(EffortRow, Activity.Count);

    /// <summary>Rewards added up over all activities, by a rule of learning that adds up; 0 before the first.</summary>
    public float Strength;

    /// <summary>Hours given this week by activity, in people's hours.</summary>
    public Span<float> Hours => Row(HoursRow, Activity.Count);

    /// <summary>Local relationships by struggle, 0..1.</summary>
    public Span<float> Capital => Row(CapitalRow, Activity.Count);

    /// <summary>What an hour of each activity has brought, by indicator: running means, row after row.</summary>
    public Span<float> Yield => Row(YieldRow, Indicator.Count * Activity.Count);

    /// <summary>Running means of hours by activity.</summary>
    public Span<float> UsualHours => Row(UsualHoursRow, Activity.Count);

    /// <summary>What each activity brought this week, by indicator.</summary>
    public Span<float> Brought => Row(BroughtRow, Indicator.Count * Activity.Count);

    /// <summary>Counts of this week.</summary>
    public Span<float> Flows => Row(FlowsRow, FlowLanes);

    /// <summary>Places for counts: whole rows of sixteen.</summary>
    public const int FlowLanes = 32;

    /// <summary>Members at the end of last week.</summary>
    public Census Census;

    /// <summary>Contacts and how many there are.</summary>
    public Contact[] Contacts = new Contact[8];

    /// <summary>Number of contacts; first week in which one of them is forgotten.</summary>
    public int ContactCount, NextForgotten = int.MaxValue;

    /// <summary>What is left of the exponential clocks of this branch, by event.</summary>
    public Span<float> Clocks => Row(ClocksRow, (int)Clock.Count);

    /// <summary>Share of members who spoke, as seen (running mean), and what the branch has got used to.</summary>
    public float Voice, Habit;

    /// <summary>What is put in here against whoever speaks, and by whom.</summary>
    public Suppressors Against;

    /// <summary>Reputation of having won, and of having met needs, 0..1.</summary>
    public float WinReputation, NeedReputation;

    /// <summary>Running mean of its size over about a quarter of a year.</summary>
    public float EarlierSize;

    /// <summary>Written by this week's events, read and cleared by the members' update: hope gained (of what is missing) and lost (of what is there), grievance added, belief lost.</summary>
    public float HopeGain, HopeLoss, GrievanceShock, BeliefShock;

    /// <summary>Struggle the branch has committed itself to (-1 none), since when, and hours given to it.</summary>
    public int Commitment = -1, CommittedSince;

    /// <summary>Hours given to the commitment so far.</summary>
    public float CommittedHours;

    /// <summary>The commitment is over, and goes among the events.</summary>
    /// <param name="week">Week in which it ends.</param>
    /// <param name="how">What is noted after the activity.</param>
    public void EndCommitment(int week, string how = "")
    {
        Events.Add(new Experiments.RunEvent(week, Experiments.EventKinds.Dropped, Organization.Name, Number, week - CommittedSince, Experiments.MeasureCatalog.Kinds[Commitment] + how));
        Commitment = -1;
    }

    /// <summary>Share of its hours that this week's big thing takes, 0..1.</summary>
    public float Swing;

    /// <summary>Weeks until which the center watches it.</summary>
    public int WatchedUntil;

    /// <summary>What happened here this week, for the run's list of events.</summary>
    public List<Experiments.RunEvent> Events = new(0);

    /// <summary>People that one agent here stands for.</summary>
    public float Weight = 1;

    /// <summary>What kind of place it is in.</summary>
    public MilieuKind Kind;

    /// <summary>Milieu it is in, as an index into <see cref="Setting.Milieus"/>.</summary>
    public int Milieu;

    /// <summary>Fetches all of some branches: their numbers, members and contacts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FetchAll(ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
        {
            Fetch.Line(ref branch.Weight);
            Fetch.Line(ref branch.Census.Members);
            Fetch.Line(ref branch.Census.CadrePaying);
        }

        foreach (var branch in branches)
            branch.Roll.FetchCount();
        foreach (var branch in branches)
        {
            Fetch.Lines(ref MemoryMarshal.GetArrayDataReference(branch.rows), RowsLength);
            branch.Roll.FetchMembers();
            Fetch.Lines(ref MemoryMarshal.GetArrayDataReference(branch.Contacts), branch.ContactCount);
        }
    }

    /// <summary>Fetches the flags of the members of some branches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FetchFlags(ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
            branch.Roll.FetchCount();
        foreach (var branch in branches)
        {
            for (var i = 0; i < branch.Roll.BlockCount; i++)
                Fetch.Line(ref branch.Roll.Row(i, Column.Flags));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<float> Row(int first, int count) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows), first), count);

    /// <summary>Adds to a count of this week.</summary>
    public void Count(Flow flow, float amount = 1) => Flows[(int)flow] += amount * Weight;

    /// <summary>
    /// Counts the events of a Poisson process with this week's rate: an exponential clock runs down and is wound up
    /// again at every event, so a week without events costs no draw.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Fire(Clock clock, float rate, in Draws draws, ushort mechanism, int week)
    {
        ref var left = ref Clocks[(int)clock];
        left -= rate;
        return left > 0 ? 0 : WindUp(clock, draws, mechanism, week);
    }

    /// <summary>Winds up a clock that has run down, as often as it takes; returns how often.</summary>
    public int WindUp(Clock clock, in Draws draws, ushort mechanism, int week)
    {
        ref var left = ref Clocks[(int)clock];
        var events = 0;
        while (left <= 0)
        {
            events++;
            left += draws.Exponential(mechanism, week, Key, 4000 + (16384 * (int)clock) + events);
        }

        return events;
    }

    /// <summary>Forgets a contact; the order of the others may change.</summary>
    public void DropContact(int i) => Contacts[i] = Contacts[--ContactCount];

    /// <summary>Adds a contact and returns its position.</summary>
    public int AddContact(in Contact contact)
    {
        if (ContactCount == Contacts.Length)
            Array.Resize(ref Contacts, Contacts.Length * 2);
        Contacts[ContactCount] = contact;
        NextForgotten = Math.Min(NextForgotten, contact.Forgotten);
        return ContactCount++;
    }
}

/// <summary>Events of a branch that come as a Poisson process.</summary>
public enum Clock
{
    /// <summary>A new contact; somebody is asked; somebody comes unasked.</summary>
    Contact, Ask, WalkIn,

    /// <summary>A struggle is decided, by kind.</summary>
    Strike, Eviction, Clinic, Deportation,

    /// <summary>A member falls into need; a member is bullied; harm is done.</summary>
    Need, Bullying, Harm,

    /// <summary>Somebody who spoke is charged with factionalizing.</summary>
    Charge,

    /// <summary>Number of clocks.</summary>
    Count,
}
