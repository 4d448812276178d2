using Posiwid.Records;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// Writes down what a run's persons and units do, as the tables of a book. Dates are the Monday of a week; payments are summed by
/// calendar month. Persons are numbered in the order of their first membership, so that a book holds nothing of the engine's identities.
/// </summary>
/// <remarks>
/// Units: the first are the centers, one for every organization; what concerns an organization as a whole stands there. A branch that
/// moves is closed and opened anew as a unit under the old one, so that a unit's setting is true of all that is booked on it; its
/// members' spells end as transferred and go on in the new unit.
/// </remarks>
public sealed class BookRecorder : IRunObserver
{
    private static readonly string[] Reasons = ["resigned", "lapsed", "expelled", "dissolved"];

    private readonly Book book;
    private readonly Setting setting;
    private readonly List<Unit> units = [];
    private readonly Dictionary<Branch, Unit> unitOf = [];
    private readonly Dictionary<ulong, long> numbers = [];
    private readonly List<Spell> spells = [];
    private readonly Dictionary<(Organization, ulong), Spell> current = [];
    private readonly List<Tenure> tenures = [];
    private readonly List<Complaint> complaints = [];
    private readonly Dictionary<(Organization, int), Complaint> byCase = [];
    private readonly Dictionary<(Organization, string, bool), long> monthly = [];
    private readonly Dictionary<Organization, float[]> hoursOfBranches = [];
    private DateOnly month;
    private long activities, payments, decisions, menuItems;

    /// <summary>A recorder that fills an empty book.</summary>
    public BookRecorder(Setting setting, Book book)
    {
        this.setting = setting;
        this.book = book;
        for (var o = 0; o < setting.Organizations.Length; o++)
        {
            book.Organizations.Add(o + 1, setting.Organizations[o].Label);
            units.Add(new Unit { Id = o + 1, Organization = o + 1, Kind = "center" });
        }
    }

    /// <summary>The last week that was recorded; -1 for none.</summary>
    public int LastWeek { get; private set; } = -1;

    /// <summary>Unit of a branch when it was founded, by the branch's key: intents are booked there.</summary>
    internal Dictionary<ulong, int> FirstUnits { get; } = [];

    /// <inheritdoc/>
    public void Opened(World world, Branch branch, Branch? parent)
    {
        FirstUnits[branch.Key] = AddUnit(world, branch, parent is null ? null : unitOf[parent].Id).Id;
        units[branch.Organization.Index].Opened ??= Date(world);
    }

    /// <inheritdoc/>
    public void Moved(World world, Branch branch)
    {
        var old = unitOf[branch];
        old.Closed = Date(world);
        AddUnit(world, branch, old.Id);
        for (var p = 0; p < branch.Roll.Count; p++)
            Transferred(world, branch, branch, branch.IdAt(p));
    }

    /// <inheritdoc/>
    public void Closed(World world, Branch branch)
    {
        unitOf[branch].Closed = Date(world);
        unitOf.Remove(branch);
    }

    /// <inheritdoc/>
    public void Joined(World world, Branch branch, ulong person) => Begin(world, branch, person);

    /// <inheritdoc/>
    public void Left(World world, Branch branch, ulong person, string reason)
    {
        Finish(world, branch.Organization, person, Array.IndexOf(Reasons, reason) < 0 ? "unknown" : reason);
        foreach (var tenure in tenures)
        {
            if (tenure.End is null && tenure.Person == person && tenure.Organization == branch.Organization)
                tenure.End = Date(world);
        }
    }

    /// <inheritdoc/>
    public void Transferred(World world, Branch from, Branch to, ulong person)
    {
        Finish(world, from.Organization, person, "transferred");
        Begin(world, to, person);
    }

    /// <inheritdoc/>
    public void TookOffice(World world, Organization organization, ulong person, Office office, string how) =>
        tenures.Add(new Tenure { Organization = organization, Office = office, Person = person, Start = Date(world), How = how });

    /// <inheritdoc/>
    public void LostOffice(World world, Organization organization, ulong person, Office office)
    {
        if (tenures.FindLast(t => t.End is null && t.Person == person && t.Office == office && t.Organization == organization) is { } tenure)
            tenure.End = Date(world);
    }

    /// <inheritdoc/>
    public void Paid(World world, Organization organization, string kind, bool comesIn, long cents)
    {
        var date = Date(world);
        if (date.Month != month.Month || date.Year != month.Year)
            CloseMonth();
        month = date;
        monthly[(organization, kind, comesIn)] = monthly.GetValueOrDefault((organization, kind, comesIn)) + cents;
    }

    /// <inheritdoc/>
    public void Complained(World world, Organization organization, Branch branch, int number, int severity, bool atTop, bool dealtWith)
    {
        var complaint = new Complaint { Unit = unitOf[branch].Id, Severity = (sbyte)severity, Opened = Date(world), Level = atTop ? "national" : "local" };
        if (dealtWith)
            (complaint.Closed, complaint.Outcome) = (Date(world), "upheld");
        complaints.Add(complaint);
        byCase[(organization, number)] = complaint;
    }

    /// <inheritdoc/>
    public void CameOut(World world, Organization organization, int number) =>
        (byCase[(organization, number)].Closed, byCase[(organization, number)].Outcome) = (Date(world), "settled");

    /// <inheritdoc/>
    public void Decided(World world, Organization organization, Branch? branch, string kind, string decider, bool complete, IReadOnlyList<Alternative> alternatives)
    {
        book.Decisions.Add(++decisions, Date(world), branch is null ? Center(organization) : unitOf[branch].Id, kind, complete, decider);
        foreach (var alternative in alternatives)
        {
            book.Alternatives.Add(++menuItems, decisions, alternative.Chosen, alternative.StatusQuo, decider == "branch" ? "local" : "national", alternative.Votes);
            if (alternative.Branch is { } about)
                book.AlternativeAttributes.Add(menuItems, "unit", unitOf[about].Id, "ex_ante", "");
            foreach (var (code, value) in alternative.Attributes)
                book.AlternativeAttributes.Add(menuItems, code, value, "ex_ante", "");
        }
    }

    /// <inheritdoc/>
    public void BranchesDone(World world)
    {
        foreach (var branch in world.Branches)
        {
            var unit = unitOf[branch].Id;
            for (var a = 0; a < Activity.Count; a++)
                Book(world, unit, a, branch.Hours[a], (int)(branch.Census.Members * branch.Weight));
        }

        hoursOfBranches.Clear();
        foreach (var organization in world.Organizations)
        {
            if (organization.Alive)
                hoursOfBranches[organization] = [.. organization.Hours];
        }
    }

    /// <inheritdoc/>
    public void WeekDone(World world)
    {
        LastWeek = world.Week;
        foreach (var (organization, before) in hoursOfBranches)
        {
            for (var a = 0; a < Activity.Count; a++)
                Book(world, Center(organization), a, organization.Hours[a] - before[a], People(world, organization, a));
            if (organization.EndedWeek == world.Week)
                units[organization.Index].Closed = Date(world);
        }

        if ((world.Week + 1) % MeasureCatalog.WeeksBetween != 0)
            return;
        foreach (var branch in world.Branches)
            book.Measures.Add("members", unitOf[branch].Id, "", Date(world), branch.Roll.Count * branch.Weight);
    }

    /// <summary>Writes the tables whose rows change until the end.</summary>
    public void Finish()
    {
        CloseMonth();
        foreach (var unit in units)
            book.Units.Add(unit.Id, unit.Organization, unit.Kind, unit.Setting, unit.Parent, unit.Opened, unit.Closed);
        for (var person = 1; person <= numbers.Count; person++)
            book.People.Add(person, "member");
        for (var i = 0; i < spells.Count; i++)
            book.Memberships.Add(i + 1, spells[i].Person, spells[i].Unit, spells[i].Start, "day", spells[i].Start, spells[i].End, spells[i].Reason);
        WriteOffices();
        for (var i = 0; i < complaints.Count; i++)
        {
            var c = complaints[i];
            book.Complaints.Add(i + 1, c.Opened, null, c.Unit, "harm", c.Severity, c.Closed, c.Closed, c.Outcome, c.Level);
        }
    }

    /// <summary>Two offices for every organization: the leadership, unpaid, and the staff; as many seats as were ever held at once.</summary>
    private void WriteOffices()
    {
        for (var o = 0; o < setting.Organizations.Length; o++)
        {
            foreach (var office in (Office[])[Office.Leader, Office.Staff])
            {
                var held = tenures.Where(t => t.Organization.Index == o && t.Office == office);
                var most = held.SelectMany(t => ((DateOnly, int)[])[(t.Start, 1), .. t.End is { } end ? [(end, -1)] : Array.Empty<(DateOnly, int)>()])
                    .Order().Aggregate((Now: 0, Most: 1), (seats, step) => (seats.Now + step.Item2, Math.Max(seats.Most, seats.Now + step.Item2))).Most;
                book.Offices.Add(OfficeId(o, office), o + 1, "national", most, office == Office.Staff);
            }
        }

        for (var i = 0; i < tenures.Count; i++)
        {
            var t = tenures[i];
            book.Tenures.Add(i + 1, OfficeId(t.Organization.Index, t.Office), numbers[t.Person], t.Start, t.Start, t.End, t.How);
        }
    }

    private static int OfficeId(int organization, Office office) => 2 * organization + 1 + (int)office;

    private static int Center(Organization organization) => organization.Index + 1;

    private DateOnly Date(World world) => setting.Calendar.Date(world.Week);

    private Unit AddUnit(World world, Branch branch, int? parent)
    {
        var unit = new Unit
        {
            Id = units.Count + 1,
            Organization = Center(branch.Organization),
            Kind = "branch",
            Setting = setting.MilieuNames[branch.Milieu],
            Parent = parent ?? Center(branch.Organization),
            Opened = Date(world),
        };
        units.Add(unit);
        unitOf[branch] = unit;
        book.Measures.Add("site", unit.Id, "", Date(world), branch.Site - setting.FirstSite[branch.Milieu] + 1);
        return unit;
    }

    private void Begin(World world, Branch branch, ulong person)
    {
        if (!numbers.TryGetValue(person, out var number))
            numbers[person] = number = numbers.Count + 1;
        var spell = new Spell { Person = number, Unit = unitOf[branch].Id, Start = Date(world) };
        spells.Add(spell);
        current[(branch.Organization, person)] = spell;
    }

    private void Finish(World world, Organization organization, ulong person, string reason)
    {
        current.Remove((organization, person), out var spell);
        (spell!.End, spell.Reason) = (Date(world), reason);
    }

    private void Book(World world, int unit, int activity, double hours, int? headcount)
    {
        hours = Math.Round(hours, RunBook.HourDecimals);
        if (hours > 0)
            book.Activities.Add(++activities, Date(world), unit, MeasureCatalog.Kinds[activity], headcount, hours, "logged", null);
    }

    /// <summary>People who take part in what the center does; null where the model has no number.</summary>
    private static int? People(World world, Organization organization, int activity)
    {
        if (activity == Activity.Administration)
            return organization.Staff;
        var held = activity == Activity.Conference
            ? world.Events.FindLast(e => e.Week == world.Week && e.Kind == EventKinds.Conference && e.Organization == organization.Name) : null;
        return held is null ? null : (int)held.Value;
    }

    private void CloseMonth()
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        var date = first < setting.Scenario.Start ? setting.Scenario.Start : first;
        foreach (var ((organization, kind, comesIn), cents) in monthly.OrderBy(m => (m.Key.Item1.Index, m.Key.Item2, m.Key.Item3)))
        {
            if (cents != 0)
                book.Payments.Add(++payments, date, comesIn ? "in" : "out", kind, cents, RunBook.Currency, null, Center(organization), kind == "wages" ? "staff" : null);
        }

        monthly.Clear();
    }

    private sealed class Unit
    {
        public required int Id { get; init; }
        public required int Organization { get; init; }
        public required string Kind { get; init; }
        public string? Setting { get; init; }
        public int? Parent { get; init; }
        public DateOnly? Opened { get; set; }
        public DateOnly? Closed { get; set; }
    }

    private sealed class Spell
    {
        public required long Person { get; init; }
        public required int Unit { get; init; }
        public required DateOnly Start { get; init; }
        public DateOnly? End { get; set; }
        public string? Reason { get; set; }
    }

    private sealed class Tenure
    {
        public required Organization Organization { get; init; }
        public required Office Office { get; init; }
        public required ulong Person { get; init; }
        public required DateOnly Start { get; init; }
        public required string How { get; init; }
        public DateOnly? End { get; set; }
    }

    private sealed class Complaint
    {
        public required int Unit { get; init; }
        public required sbyte Severity { get; init; }
        public required DateOnly Opened { get; init; }
        public required string Level { get; init; }
        public DateOnly? Closed { get; set; }
        public string? Outcome { get; set; }
    }
}
