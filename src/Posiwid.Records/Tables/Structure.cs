namespace Posiwid.Records;

/// <summary>Facts about the book itself, by key: schema_version, period_start, period_end, currency and the like.</summary>
public sealed class MetaTable : Table
{
    internal MetaTable() : base("meta")
    {
        Key = Text("key");
        Value = Text("value");
    }

    /// <summary>Key, unique in the book.</summary>
    public TextColumn Key { get; }

    /// <summary>Value, as text.</summary>
    public TextColumn Value { get; }

    /// <summary>Adds a row.</summary>
    public void Add(string key, string value)
    {
        Key.Add(key);
        Value.Add(value);
    }

    /// <summary>The value of a key, or null if there is none.</summary>
    public string? Find(string key) => Key.CodeOf(key) is var code and >= 0 ? Value[Key.Codes.IndexOf(code)] : null;
}

/// <summary>Ends that effort may serve.</summary>
public sealed class EndTable : Table
{
    internal EndTable() : base("end")
    {
        EndCode = Text("end_code");
        Label = Text("label");
        Family = Text("family");
        Vsm = OptionalText("vsm");
    }

    /// <summary>Code of the end.</summary>
    public TextColumn EndCode { get; }

    /// <summary>Name for people.</summary>
    public TextColumn Label { get; }

    /// <summary>One of mission, recruit, retain, resource, control, maintain, placebo.</summary>
    public TextColumn Family { get; }

    /// <summary>System of the viable system model that the end belongs to: 1, 2, 3, 3*, 4 or 5.</summary>
    public TextColumn Vsm { get; }

    /// <summary>Adds a row.</summary>
    public void Add(string endCode, string label, string family, string? vsm)
    {
        EndCode.Add(endCode);
        Label.Add(label);
        Family.Add(family);
        Vsm.Add(vsm);
    }
}

/// <summary>Organizations that the book tells of.</summary>
public sealed class OrganizationTable : Table
{
    internal OrganizationTable() : base("organization")
    {
        OrganizationId = Required<int>("organization_id");
        Label = Text("label");
    }

    /// <summary>Number of the organization.</summary>
    public Column<int> OrganizationId { get; }

    /// <summary>Name for people.</summary>
    public TextColumn Label { get; }

    /// <summary>Adds a row.</summary>
    public void Add(int organizationId, string label)
    {
        OrganizationId.Add(organizationId);
        Label.Add(label);
    }
}

/// <summary>Units of an organization: branches, committees, the center.</summary>
public sealed class UnitTable : Table
{
    internal UnitTable() : base("unit")
    {
        UnitId = Required<int>("unit_id");
        OrganizationId = Required<int>("organization_id", refersTo: "organization");
        Kind = Text("kind");
        Setting = OptionalText("setting");
        ParentUnitId = Optional<int>("parent_unit_id", refersTo: "unit");
        Opened = Optional<DateOnly>("opened");
        Closed = Optional<DateOnly>("closed");
    }

    /// <summary>Number of the unit, from 1: 0 stands for an organization as a whole.</summary>
    public Column<int> UnitId { get; }

    /// <summary>Organization that it belongs to.</summary>
    public Column<int> OrganizationId { get; }

    /// <summary>Kind of unit: branch, center, committee and the like.</summary>
    public TextColumn Kind { get; }

    /// <summary>Milieu that it works in.</summary>
    public TextColumn Setting { get; }

    /// <summary>Unit above it.</summary>
    public OptionalColumn<int> ParentUnitId { get; }

    /// <summary>Day it opened, if known.</summary>
    public OptionalColumn<DateOnly> Opened { get; }

    /// <summary>Day it closed; null while it is open.</summary>
    public OptionalColumn<DateOnly> Closed { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        int unitId, int organizationId, string kind, string? setting, int? parentUnitId, DateOnly? opened,
        DateOnly? closed)
    {
        UnitId.Add(unitId);
        OrganizationId.Add(organizationId);
        Kind.Add(kind);
        Setting.Add(setting);
        ParentUnitId.Add(parentUnitId);
        Opened.Add(opened);
        Closed.Add(closed);
    }
}

/// <summary>People: a pseudonymous number and a kind, nothing else.</summary>
public sealed class PersonTable : Table
{
    internal PersonTable() : base("person")
    {
        PersonId = Required<long>("person_id");
        Kind = Text("kind");
    }

    /// <summary>Pseudonymous number of the person.</summary>
    public Column<long> PersonId { get; }

    /// <summary>One of member, staff, supporter, external, bot.</summary>
    public TextColumn Kind { get; }

    /// <summary>Adds a row.</summary>
    public void Add(long personId, string kind)
    {
        PersonId.Add(personId);
        Kind.Add(kind);
    }
}

/// <summary>Spells of membership; one person may have several.</summary>
public sealed class MembershipTable : Table
{
    internal MembershipTable() : base("membership")
    {
        SpellId = Required<long>("spell_id");
        PersonId = Required<long>("person_id", refersTo: "person");
        UnitId = Optional<int>("unit_id", refersTo: "unit");
        StartDate = Required<DateOnly>("start_date");
        StartPrecision = Text("start_precision");
        ObservedFrom = Required<DateOnly>("observed_from");
        EndDate = Optional<DateOnly>("end_date");
        EndReason = OptionalText("end_reason");
    }

    /// <summary>Number of the spell.</summary>
    public Column<long> SpellId { get; }

    /// <summary>Who.</summary>
    public Column<long> PersonId { get; }

    /// <summary>Where, if known.</summary>
    public OptionalColumn<int> UnitId { get; }

    /// <summary>Day it began.</summary>
    public Column<DateOnly> StartDate { get; }

    /// <summary>How exactly the beginning is known: day, month, year or unknown.</summary>
    public TextColumn StartPrecision { get; }

    /// <summary>Day from which the records would have shown its end.</summary>
    public Column<DateOnly> ObservedFrom { get; }

    /// <summary>Day it ended; null while it lasts.</summary>
    public OptionalColumn<DateOnly> EndDate { get; }

    /// <summary>One of resigned, lapsed, expelled, transferred, died, dissolved, unknown; null while it lasts.</summary>
    public TextColumn EndReason { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        long spellId, long personId, int? unitId, DateOnly startDate, string startPrecision,
        DateOnly observedFrom, DateOnly? endDate, string? endReason)
    {
        SpellId.Add(spellId);
        PersonId.Add(personId);
        UnitId.Add(unitId);
        StartDate.Add(startDate);
        StartPrecision.Add(startPrecision);
        ObservedFrom.Add(observedFrom);
        EndDate.Add(endDate);
        EndReason.Add(endReason);
    }
}

/// <summary>Offices that people hold.</summary>
public sealed class OfficeTable : Table
{
    internal OfficeTable() : base("office")
    {
        OfficeId = Required<int>("office_id");
        UnitId = Optional<int>("unit_id", refersTo: "unit");
        Level = Text("level");
        Seats = Required<int>("seats");
        Paid = Required<bool>("paid");
    }

    /// <summary>Number of the office.</summary>
    public Column<int> OfficeId { get; }

    /// <summary>Unit that it belongs to; null for the organization as a whole.</summary>
    public OptionalColumn<int> UnitId { get; }

    /// <summary>One of local, regional, national.</summary>
    public TextColumn Level { get; }

    /// <summary>How many hold it at once.</summary>
    public Column<int> Seats { get; }

    /// <summary>True if it is paid.</summary>
    public Column<bool> Paid { get; }

    /// <summary>Adds a row.</summary>
    public void Add(int officeId, int? unitId, string level, int seats, bool paid)
    {
        OfficeId.Add(officeId);
        UnitId.Add(unitId);
        Level.Add(level);
        Seats.Add(seats);
        Paid.Add(paid);
    }
}

/// <summary>Who held an office, and how it was come by.</summary>
public sealed class TenureTable : Table
{
    internal TenureTable() : base("tenure")
    {
        TenureId = Required<long>("tenure_id");
        OfficeId = Required<int>("office_id", refersTo: "office");
        PersonId = Required<long>("person_id", refersTo: "person");
        StartDate = Required<DateOnly>("start_date");
        ObservedFrom = Required<DateOnly>("observed_from");
        EndDate = Optional<DateOnly>("end_date");
        How = OptionalText("how");
    }

    /// <summary>Number of the tenure.</summary>
    public Column<long> TenureId { get; }

    /// <summary>Which office.</summary>
    public Column<int> OfficeId { get; }

    /// <summary>Who.</summary>
    public Column<long> PersonId { get; }

    /// <summary>Day it began.</summary>
    public Column<DateOnly> StartDate { get; }

    /// <summary>Day from which the records would have shown its end.</summary>
    public Column<DateOnly> ObservedFrom { get; }

    /// <summary>Day it ended; null while it lasts.</summary>
    public OptionalColumn<DateOnly> EndDate { get; }

    /// <summary>One of contested, uncontested, slate, appointed, coopted, hired, lot.</summary>
    public TextColumn How { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        long tenureId, int officeId, long personId, DateOnly startDate, DateOnly observedFrom, DateOnly? endDate,
        string? how)
    {
        TenureId.Add(tenureId);
        OfficeId.Add(officeId);
        PersonId.Add(personId);
        StartDate.Add(startDate);
        ObservedFrom.Add(observedFrom);
        EndDate.Add(endDate);
        How.Add(how);
    }
}
