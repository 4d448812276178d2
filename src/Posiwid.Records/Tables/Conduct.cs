namespace Posiwid.Records;

/// <summary>Money that came in or went out.</summary>
public sealed class PaymentTable : Table
{
    internal PaymentTable() : base("payment")
    {
        PaymentId = Required<long>("payment_id");
        Date = Required<DateOnly>("date");
        Direction = Text("direction");
        Kind = Text("kind");
        AmountMinor = Required<long>("amount_minor");
        Currency = Text("currency");
        PersonId = Optional<long>("person_id", refersTo: "person");
        UnitId = Optional<int>("unit_id", refersTo: "unit");
        EndCode = OptionalText("end_code", refersTo: "end");
    }

    /// <summary>Number of the payment.</summary>
    public Column<long> PaymentId { get; }

    /// <summary>Day.</summary>
    public Column<DateOnly> Date { get; }

    /// <summary>In or out, as in and out.</summary>
    public TextColumn Direction { get; }

    /// <summary>Kind: dues, donation, wages, rent, print and the like.</summary>
    public TextColumn Kind { get; }

    /// <summary>Amount in minor units of the currency (cents), never negative.</summary>
    public Column<long> AmountMinor { get; }

    /// <summary>Currency, three letters.</summary>
    public TextColumn Currency { get; }

    /// <summary>Who paid or was paid, if one person did.</summary>
    public OptionalColumn<long> PersonId { get; }

    /// <summary>Unit concerned, if one was.</summary>
    public OptionalColumn<int> UnitId { get; }

    /// <summary>End that it was for, if stated.</summary>
    public TextColumn EndCode { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        long paymentId, DateOnly date, string direction, string kind, long amountMinor, string currency,
        long? personId, int? unitId, string? endCode)
    {
        PaymentId.Add(paymentId);
        Date.Add(date);
        Direction.Add(direction);
        Kind.Add(kind);
        AmountMinor.Add(amountMinor);
        Currency.Add(currency);
        PersonId.Add(personId);
        UnitId.Add(unitId);
        EndCode.Add(endCode);
    }
}

/// <summary>Things done: meetings, sales, marches, visits.</summary>
public sealed class ActivityTable : Table
{
    internal ActivityTable() : base("activity")
    {
        ActivityId = Required<long>("activity_id");
        Date = Required<DateOnly>("date");
        UnitId = Optional<int>("unit_id", refersTo: "unit");
        KindCode = Text("kind_code");
        Headcount = Optional<int>("headcount");
        HoursTotal = Optional<double>("hours_total");
        HoursSource = Text("hours_source");
        AlternativeId = Optional<long>("alternative_id", refersTo: "alternative");
    }

    /// <summary>Number of the activity.</summary>
    public Column<long> ActivityId { get; }

    /// <summary>Day; for sums over a week, its first day.</summary>
    public Column<DateOnly> Date { get; }

    /// <summary>Unit that did it; null for the organization as a whole.</summary>
    public OptionalColumn<int> UnitId { get; }

    /// <summary>Kind of activity, as in <c>kind_end</c>.</summary>
    public TextColumn KindCode { get; }

    /// <summary>How many took part, if known.</summary>
    public OptionalColumn<int> Headcount { get; }

    /// <summary>Hours of all who took part, if known.</summary>
    public OptionalColumn<double> HoursTotal { get; }

    /// <summary>One of logged, scheduled, estimated, proxy.</summary>
    public TextColumn HoursSource { get; }

    /// <summary>Decision taken that it carries out, if known.</summary>
    public OptionalColumn<long> AlternativeId { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        long activityId, DateOnly date, int? unitId, string kindCode, int? headcount, double? hoursTotal,
        string hoursSource, long? alternativeId)
    {
        ActivityId.Add(activityId);
        Date.Add(date);
        UnitId.Add(unitId);
        KindCode.Add(kindCode);
        Headcount.Add(headcount);
        HoursTotal.Add(hoursTotal);
        HoursSource.Add(hoursSource);
        AlternativeId.Add(alternativeId);
    }
}

/// <summary>Who took part in an activity; empty in simulated books.</summary>
public sealed class ActivityPersonTable : Table
{
    internal ActivityPersonTable() : base("activity_person")
    {
        ActivityId = Required<long>("activity_id", refersTo: "activity");
        PersonId = Required<long>("person_id", refersTo: "person");
        Role = Text("role");
        Hours = Optional<double>("hours");
    }

    /// <summary>Which activity.</summary>
    public Column<long> ActivityId { get; }

    /// <summary>Who.</summary>
    public Column<long> PersonId { get; }

    /// <summary>One of organizer, participant, target; hours of a target are no effort.</summary>
    public TextColumn Role { get; }

    /// <summary>Hours, if known.</summary>
    public OptionalColumn<double> Hours { get; }

    /// <summary>Adds a row.</summary>
    public void Add(long activityId, long personId, string role, double? hours)
    {
        ActivityId.Add(activityId);
        PersonId.Add(personId);
        Role.Add(role);
        Hours.Add(hours);
    }
}

/// <summary>Which end a kind of activity serves, with bounds, by coder.</summary>
public sealed class KindEndTable : Table
{
    internal KindEndTable() : base("kind_end")
    {
        KindCode = Text("kind_code");
        EndCode = Text("end_code", refersTo: "end");
        Coder = Text("coder");
        Weight = Required<double>("weight");
        WeightMin = Required<double>("weight_min");
        WeightMax = Required<double>("weight_max");
    }

    /// <summary>Kind of activity.</summary>
    public TextColumn KindCode { get; }

    /// <summary>End that it serves.</summary>
    public TextColumn EndCode { get; }

    /// <summary>Who said so.</summary>
    public TextColumn Coder { get; }

    /// <summary>Share of the hours that serve the end, 0 to 1.</summary>
    public Column<double> Weight { get; }

    /// <summary>Smallest defensible share.</summary>
    public Column<double> WeightMin { get; }

    /// <summary>Largest defensible share.</summary>
    public Column<double> WeightMax { get; }

    /// <summary>Adds a row.</summary>
    public void Add(string kindCode, string endCode, string coder, double weight, double weightMin, double weightMax)
    {
        KindCode.Add(kindCode);
        EndCode.Add(endCode);
        Coder.Add(coder);
        Weight.Add(weight);
        WeightMin.Add(weightMin);
        WeightMax.Add(weightMax);
    }
}

/// <summary>Complaints, and what became of them.</summary>
public sealed class ComplaintTable : Table
{
    internal ComplaintTable() : base("complaint")
    {
        ComplaintId = Required<long>("complaint_id");
        Opened = Required<DateOnly>("opened");
        OpenedBy = Optional<long>("opened_by", refersTo: "person");
        UnitId = Optional<int>("unit_id", refersTo: "unit");
        About = Text("about");
        Severity = Optional<sbyte>("severity");
        FirstResponse = Optional<DateOnly>("first_response");
        Closed = Optional<DateOnly>("closed");
        Outcome = OptionalText("outcome");
        Level = OptionalText("level");
    }

    /// <summary>Number of the complaint.</summary>
    public Column<long> ComplaintId { get; }

    /// <summary>Day it was made.</summary>
    public Column<DateOnly> Opened { get; }

    /// <summary>Who made it, if known.</summary>
    public OptionalColumn<long> OpenedBy { get; }

    /// <summary>Unit concerned, if known.</summary>
    public OptionalColumn<int> UnitId { get; }

    /// <summary>One of leader, member, policy, money, harm, other.</summary>
    public TextColumn About { get; }

    /// <summary>From 1 to 3.</summary>
    public OptionalColumn<sbyte> Severity { get; }

    /// <summary>Day of the first answer; null while there is none.</summary>
    public OptionalColumn<DateOnly> FirstResponse { get; }

    /// <summary>Day it was closed; null while it is open.</summary>
    public OptionalColumn<DateOnly> Closed { get; }

    /// <summary>One of upheld, rejected, settled, withdrawn, no_action.</summary>
    public TextColumn Outcome { get; }

    /// <summary>Level that dealt with it: local, regional, national.</summary>
    public TextColumn Level { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        long complaintId, DateOnly opened, long? openedBy, int? unitId, string about, sbyte? severity,
        DateOnly? firstResponse, DateOnly? closed, string? outcome, string? level)
    {
        ComplaintId.Add(complaintId);
        Opened.Add(opened);
        OpenedBy.Add(openedBy);
        UnitId.Add(unitId);
        About.Add(about);
        Severity.Add(severity);
        FirstResponse.Add(firstResponse);
        Closed.Add(closed);
        Outcome.Add(outcome);
        Level.Add(level);
    }
}
