using System.Globalization;

namespace Posiwid.Records;

/// <summary>
/// The record book of organizations, simulated or real, in memory: the tables of <c>schema.sql</c> as columns.
/// <see cref="BookFile"/> stores it, <see cref="BookExport"/> hands it to other programs.
/// </summary>
public sealed class Book
{
    /// <summary>Version of <c>schema.sql</c> that this program writes, and the newest that it reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Hours of one activity beyond which there can be no more: some hundred hours of everybody alive.</summary>
    public const long MostHours = 1_000_000_000_000;

    internal const string SchemaVersionKey = "schema_version";

    /// <summary>An empty book; it holds its schema version and nothing else.</summary>
    public Book() : this(stamped: true)
    {
    }

    internal Book(bool stamped)
    {
        // in the order of schema.sql
        Tables =
        [
            Meta, Ends, Organizations, Units, People, Memberships, Payments, Activities, ActivityPeople, KindEnds,
            Offices, Tenures, Complaints, Decisions, Alternatives, AlternativeAttributes, StatedGoals,
            Measures, Shocks, Intents,
        ];
        if (stamped)
            Meta.Add(SchemaVersionKey, SchemaVersion.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>All tables, in the order of <c>schema.sql</c>.</summary>
    public IReadOnlyList<Table> Tables { get; }

    /// <summary>Facts about the book itself.</summary>
    public MetaTable Meta { get; } = new();

    /// <summary>Ends that effort may serve.</summary>
    public EndTable Ends { get; } = new();

    /// <summary>Organizations.</summary>
    public OrganizationTable Organizations { get; } = new();

    /// <summary>Units: branches, committees, the center.</summary>
    public UnitTable Units { get; } = new();

    /// <summary>People, by pseudonymous number.</summary>
    public PersonTable People { get; } = new();

    /// <summary>Spells of membership.</summary>
    public MembershipTable Memberships { get; } = new();

    /// <summary>Money in and out.</summary>
    public PaymentTable Payments { get; } = new();

    /// <summary>Things done, with hours.</summary>
    public ActivityTable Activities { get; } = new();

    /// <summary>Who took part in an activity; empty in simulated books.</summary>
    public ActivityPersonTable ActivityPeople { get; } = new();

    /// <summary>Which end a kind of activity serves.</summary>
    public KindEndTable KindEnds { get; } = new();

    /// <summary>Offices.</summary>
    public OfficeTable Offices { get; } = new();

    /// <summary>Who held an office.</summary>
    public TenureTable Tenures { get; } = new();

    /// <summary>Complaints.</summary>
    public ComplaintTable Complaints { get; } = new();

    /// <summary>Decisions.</summary>
    public DecisionTable Decisions { get; } = new();

    /// <summary>Alternatives that were on the table.</summary>
    public AlternativeTable Alternatives { get; } = new();

    /// <summary>What an alternative would have meant.</summary>
    public AlternativeAttributeTable AlternativeAttributes { get; } = new();

    /// <summary>What the organization says that it is for.</summary>
    public StatedGoalTable StatedGoals { get; } = new();

    /// <summary>Series of measured quantities.</summary>
    public MeasureTable Measures { get; } = new();

    /// <summary>Disturbances.</summary>
    public ShockTable Shocks { get; } = new();

    /// <summary>What the organization decided each week.</summary>
    public IntentTable Intents { get; } = new();
}
