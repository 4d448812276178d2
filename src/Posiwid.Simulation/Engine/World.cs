using System.Runtime.CompilerServices;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>Everything there is in a run. Mechanisms change it; it knows no rule of its own but bookkeeping.</summary>
public sealed class World
{
    private readonly List<(ulong Person, Branch From)> movers = [];
    private readonly List<int> released = [];
    private readonly Dictionary<ulong, Branch> byKey = [];

    /// <summary>The world of a setting before its first week.</summary>
    public World(Setting setting, ulong seed, Intents? intents = null, IRunObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Setting = setting;
        Draws = new Draws(seed);
        Pools = new Pools(setting, Draws);
        Intents = intents ?? new Intents(null);
        Observer = observer;
        Organizations = [.. setting.Organizations.Select((spec, i) => new Organization(i, setting.OrganizationNames[i], spec))];
        BranchAt = new Branch?[setting.SiteCount * Organizations.Length];
        Stretches = new BranchStretches(this, new Crew(1));
    }

    /// <summary>What the run started from.</summary>
    public Setting Setting { get; }

    /// <summary>Addressed draws of this run.</summary>
    public Draws Draws { get; }

    /// <summary>Door of all decisions.</summary>
    public Intents Intents { get; }

    /// <summary>Who is told; null for nobody.</summary>
    public IRunObserver? Observer { get; }

    /// <summary>The week, from 0.</summary>
    public int Week;

    /// <summary>The memory that the attributes of all members are kept in.</summary>
    public MemberBlocks People = new(Column.Count);

    /// <summary>People who could be met.</summary>
    public Pools Pools;

    /// <summary>Organizations in the scenario's order.</summary>
    public Organization[] Organizations;

    /// <summary>Branches in the order of site and organization.</summary>
    public List<Branch> Branches = [];

    /// <summary>Branch of an organization at a site: site times the number of organizations plus the organization.</summary>
    public Branch?[] BranchAt;

    /// <summary>Climate of this week: struggle 0..1, unemployment in percent.</summary>
    public float Struggle, Unemployment;

    /// <summary>Movement moment now, 0..1.5, and the part of it that elections bring; what is fast and what is slow to fade.</summary>
    public float Moment, Electoral, MomentFast, MomentSlow, ElectoralFast, ElectoralSlow;

    /// <summary>How much the public looks at papers and panels: 1, unless a disturbance changes it.</summary>
    public float PublicAttention = 1;

    /// <summary>What is left until the next small local moment (exponential clock); moments begun so far.</summary>
    public float LocalMomentClock, MomentsBegun;

    /// <summary>Contacts that an effective hour brings this week, by kind of place and activity; made anew every week.</summary>
    internal readonly float[] ContactsPerHour = new float[3 * Activity.Count];

    /// <summary>Struggles that come up a week near a branch, by kind; relationships that an hour builds, by kind of place and activity; made anew every week.</summary>
    internal readonly float[] StrugglesPerWeek = new float[4], CapitalPerHour = new float[3 * Activity.Count];

    /// <summary>Hope that an activity lifts this week if it takes all hours; made anew every week.</summary>
    internal readonly float[] HopePerShare = new float[Activity.Count];

    /// <summary>Week in which the last big moment began; -1000 for none.</summary>
    public int LastMoment = -1000;

    /// <summary>Where those are who have been sought among the members of an organization.</summary>
    internal Whereabouts Whereabouts { get; } = new();

    /// <summary>What centers ask of all their branches.</summary>
    internal BranchStretches Stretches { get; set; }

    /// <summary>This week's totals by chunk of branches and organization; how many are in use.</summary>
    internal List<ChunkTotals> Totals { get; } = [];

    /// <summary>How many of the totals are in use.</summary>
    internal int TotalsUsed { get; private set; }

    /// <summary>Clears the totals for a week of so many chunks.</summary>
    internal void PrepareTotals(int chunks)
    {
        TotalsUsed = chunks * Organizations.Length;
        while (Totals.Count < TotalsUsed)
            Totals.Add(new ChunkTotals());
        for (var i = 0; i < TotalsUsed; i++)
            Totals[i].Clear();
    }

    /// <summary>What happened, in order.</summary>
    public List<RunEvent> Events = [];

    /// <summary>The organization that the run is about.</summary>
    public Organization Flagship => Organizations[Setting.Flagship];

    /// <summary>Notes something that happened.</summary>
    public void Note(string kind, Organization organization, int unit, double value, string note = "") =>
        Events.Add(new RunEvent(Week, kind, organization.Name, unit, value, note));

    /// <summary>Branch of an organization at a site, or null.</summary>
    public Branch? At(int site, Organization organization) => BranchAt[site * Organizations.Length + organization.Index];

    /// <summary>The organization that a unit's key belongs to; null if there is no such unit now.</summary>
    public Organization? Owner(ulong unit)
    {
        if (unit < (ulong)Organizations.Length)
            return Organizations[unit];
        return Find(unit)?.Organization;
    }

    /// <summary>Branch with this key; null if there is none now.</summary>
    public Branch? Find(ulong unit) => byKey.GetValueOrDefault(unit);

    /// <summary>Opens a branch at a site where the organization has none; from another one if that is given.</summary>
    public Branch Open(Organization organization, int site, Branch? parent = null)
    {
        var milieu = Pools.Milieu[site];
        var branch = new Branch(organization, ++organization.BranchesFounded, site, Week, People)
        {
            Milieu = milieu,
            Kind = Setting.Milieus[milieu].Kind,
            Weight = (float)Setting.Milieus[milieu].Weight,
        };
        for (var clock = 0; clock < (int)Clock.Count; clock++)
            branch.Clocks[clock] = Draws.Exponential(Founding, Week, branch.Key, clock);
        Place(branch, site);
        Intents.Placed(this, branch);
        Observer?.Opened(this, branch, parent);
        return branch;
    }

    /// <summary>Takes a branch to another site where the organization has none; contacts stay behind.</summary>
    public void MoveBranch(Branch branch, int site)
    {
        Unplace(branch);
        branch.Site = site;
        branch.Milieu = Pools.Milieu[site];
        branch.Kind = Setting.Milieus[branch.Milieu].Kind;
        branch.Weight = (float)Setting.Milieus[branch.Milieu].Weight;
        branch.ContactCount = 0;
        branch.Moved = Week;
        Place(branch, site);
        Intents.Placed(this, branch);
        Observer?.Moved(this, branch);
    }

    /// <summary>Closes a branch that nobody is in any more.</summary>
    public void Close(Branch branch)
    {
        Unplace(branch);
        Intents.Closed(this, branch);
        Observer?.Closed(this, branch);
    }

    /// <summary>Everybody leaves, branches close, the center is gone.</summary>
    public void End(Organization o, Experiments.Fate fate, string reason)
    {
        if (KeepsScattered && (fate is Fate.Dissolved or Fate.BrokenUp))
            Scattering.Remember(this, o);
        foreach (var branch in o.Branches.ToArray())
        {
            while (branch.Roll.Count > 0)
                Leave(branch, branch.Roll.Count - 1, reason);
            Close(branch);
        }

        o.Leaders.Clear();
        o.Hidden.Clear();
        o.Alive = false;
        o.EndedWeek = Week;
        o.Fate = fate;
        o.Members = 0;
        o.Agents = 0;
        o.Staff = o.StaffAgents = 0;
        Note(EventKinds.Ended, o, 0, 0, fate.ToString().ToLowerInvariant());
    }

    /// <summary>True if those who are scattered at the end of an organization are remembered, since they might come together again.</summary>
    public bool KeepsScattered;

    private static readonly ushort Founding = Draws.MechanismKey("branch-founding");

    private void Place(Branch branch, int site)
    {
        var at = site * Organizations.Length + branch.Organization.Index;
        BranchAt[at] = branch;
        byKey[branch.Key] = branch;
        branch.Organization.BranchesIn[branch.Milieu]++;
        Branches.Insert(PlaceIn(Branches, branch), branch);
        branch.Organization.Branches.Insert(PlaceIn(branch.Organization.Branches, branch), branch);
    }

    /// <summary>Where a branch is, or belongs, in a list in the order of site and organization.</summary>
    private static int PlaceIn(List<Branch> branches, Branch branch)
    {
        int low = 0, high = branches.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if ((branches[middle].Site, branches[middle].Organization.Index).CompareTo((branch.Site, branch.Organization.Index)) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Unplace(Branch branch)
    {
        BranchAt[branch.Site * Organizations.Length + branch.Organization.Index] = null;
        branch.Organization.BranchesIn[branch.Milieu]--;
        byKey.Remove(branch.Key);
        Branches.RemoveAt(PlaceIn(Branches, branch));
        branch.Organization.Branches.RemoveAt(PlaceIn(branch.Organization.Branches, branch));
    }

    /// <summary>Whoever is in a place of the pools becomes a member of a branch. Returns the position in its roll.</summary>
    public int Join(Branch branch, int slot, MemberFlags flags)
    {
        ref var place = ref PlaceAt(slot);
        var milieu = Setting.Milieus[place.Milieu];
        var id = IdentityAt(slot, place);
        var person = new Person(Draws, id, milieu);
        if (milieu.Kind == MilieuKind.Campus)
            flags |= MemberFlags.Student;
        place.State = SlotState.Member;
        return Add(branch, id, person, flags, place.Until, slot);
    }

    /// <summary>A place of the pools with whoever is there this week.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Place PlaceAt(int slot)
    {
        ref var place = ref Pools.Places[slot];
        if (place.Until <= Week)
            Pools.TurnOver(Setting, Draws, slot, Week);
        return ref place;
    }

    /// <summary>Identity of whoever is in a place.</summary>
    public ulong IdentityAt(int slot, in Place place) => Person.Identity(place.Site, slot - Pools.Start[place.Site], place.Since);

    /// <summary>Adds a person to a branch.</summary>
    public int Add(Branch branch, ulong id, in Person person, MemberFlags flags, int until, int slot)
    {
        if (person.Marginalized)
            flags |= MemberFlags.Marginalized;
        var roll = branch.Roll;
        var position = roll.Add();
        roll.UIntAt(position, Column.IdLow) = (uint)id;
        roll.UIntAt(position, Column.IdHigh) = (uint)(id >> 32);
        roll.At(position, Column.Need) = person.Need;
        roll.At(position, Column.Hope) = person.Hope;
        roll.At(position, Column.Belief) = person.Belief;
        roll.At(position, Column.Experience) = person.Experience;
        roll.At(position, Column.Ties) = 0.08f;
        roll.At(position, Column.Status) = person.Status;
        roll.At(position, Column.Grievance) = 0;
        roll.At(position, Column.Memory) = 0;
        roll.At(position, Column.Threshold) = person.Threshold;
        roll.At(position, Column.Fear) = 0;
        roll.At(position, Column.Education) = 0.05f;
        roll.At(position, Column.Vigor) = person.Vigor;
        roll.At(position, Column.ExitFuse) = Draws.Exponential(Exits, Week, id);
        roll.IntAt(position, Column.Joined) = Week;
        roll.IntAt(position, Column.Until) = until;
        branch.NextTurn = Math.Min(branch.NextTurn, until);
        roll.IntAt(position, Column.Flags) = (int)flags;
        roll.IntAt(position, Column.Slot) = slot;
        Whereabouts.Went(branch.Organization, id, branch);
        Observer?.Joined(this, branch, id);
        return position;
    }

    private static readonly ushort Exits = Draws.MechanismKey("exit");

    /// <summary>A member leaves the organization; the last of the roll takes the position.</summary>
    public void Leave(Branch branch, int position, string reason)
    {
        var slot = branch.Roll.IntAt(position, Column.Slot);
        var until = branch.Roll.IntAt(position, Column.Until);
        var flags = (MemberFlags)branch.FlagsAt(position);
        branch.Count(Flow.Exits);
        if ((flags & MemberFlags.Marginalized) != 0)
            branch.Count(Flow.ExitsMarginalized);
        var id = branch.IdAt(position);
        Observer?.Left(this, branch, id, reason);
        Whereabouts.Went(branch.Organization, id, null);
        branch.Roll.RemoveAt(position);
        if (slot < 0 || until <= Week)
            return;
        lock (released)
            released.Add(slot);
    }

    /// <summary>
    /// Whoever is in a place of the pools steps into the life of a member, for an experiment: only who it is, and where he or she is met, is another's. Nobody
    /// is told and nothing is counted; the member who goes can be met again.
    /// </summary>
    internal void Replace(Branch branch, int position, int slot)
    {
        ref var place = ref PlaceAt(slot);
        var roll = branch.Roll;
        var (id, left) = (IdentityAt(slot, place), roll.IntAt(position, Column.Slot));
        if (left >= 0 && roll.IntAt(position, Column.Until) > Week)
        {
            lock (released)
                released.Add(left);
        }

        place.State = SlotState.Member;
        Whereabouts.Went(branch.Organization, branch.IdAt(position), null);
        Whereabouts.Went(branch.Organization, id, branch);
        roll.UIntAt(position, Column.IdLow) = (uint)id;
        roll.UIntAt(position, Column.IdHigh) = (uint)(id >> 32);
        roll.IntAt(position, Column.Slot) = slot;
        roll.IntAt(position, Column.Until) = place.Until;
        branch.NextTurn = Math.Min(branch.NextTurn, place.Until);
    }

    /// <summary>
    /// Those who left can be met again at the place where they were first met, unless somebody else is there by now. It may be
    /// another branch's site, so the places are set free only when no branch is at work.
    /// </summary>
    internal void Release()
    {
        foreach (var slot in released)
            PlaceAt(slot).State = SlotState.Former;
        released.Clear();
    }

    /// <summary>A member goes to another branch of the same organization.</summary>
    public void Transfer(Branch from, int position, Branch to)
    {
        var id = from.IdAt(position);
        Observer?.Transferred(this, from, to, id);
        Whereabouts.Went(to.Organization, id, to);
        to.NextTurn = Math.Min(to.NextTurn, from.Roll.IntAt(position, Column.Until));
        Roll.Move(from.Roll, position, to.Roll);
    }

    /// <summary>Branch and position of a person in an organization; null if he or she is not in it.</summary>
    public (Branch Branch, int Position)? Locate(Organization organization, ulong person)
    {
        if (!Whereabouts.Knows(organization, person, out var there))
        {
            there = Search(organization, person);
            Whereabouts.Follow(organization, person, there);
        }

        return there is null ? null : (there, there.PositionOf(person));
    }

    private static Branch? Search(Organization organization, ulong person)
    {
        foreach (var branch in organization.Branches)
        {
            if (branch.PositionOf(person) >= 0)
                return branch;
        }

        return null;
    }

    /// <summary>A hash of the whole state that does not depend on the order in which members are stored; to find where two runs part.</summary>
    public ulong Hash() => StateHash.Of(this);

    /// <summary>Whoever is about to leave goes over to the strongest rival: to its branch at the same site, if there is one and the pool still knows the person there.</summary>
    public void Cross(Branch branch, int position)
    {
        branch.Count(Flow.ExitsRival);
        var slot = branch.Roll.IntAt(position, Column.Slot);
        if (slot < 0 || At(branch.Site, Organizations[branch.Organization.StrongestRival]) is not { } there)
            return;
        lock (Crossers)
            Crossers.Add((slot, there, branch.Roll.At(position, Column.Experience)));
    }

    /// <summary>People, by their place in the pools, who leave for a branch of a rival this week, with the political experience that they have by now, in years.</summary>
    public List<(int Slot, Branch There, float Experience)> Crossers { get; } = [];

    private readonly List<Intent> proposals = [];

    /// <summary>An empty list for the decisions of one step of a center; used again by the next.</summary>
    internal List<Intent> Proposals()
    {
        proposals.Clear();
        taken.Clear();
        return proposals;
    }

    private readonly Dictionary<int, bool> taken = []; // sites, as a checkpoint can keep them

    /// <summary>One of these decisions takes a site: false if another has taken it.</summary>
    internal bool Take(int site) => taken.TryAdd(site, true);

    /// <summary>A list for whoever needs one within a step of a center; holds nothing between steps.</summary>
    internal List<Branch> Scratch { get; } = [];

    /// <summary>Members whose stay in a place ended this week and who look for another branch.</summary>
    public List<(ulong Person, Branch From)> Movers => movers;
}
