namespace Posiwid.Records.Ocel;

/// <summary>What an attribute of an object-centric event log can be (OCEL 2.0).</summary>
public enum OcelType
{
    /// <summary>A text.</summary>
    String,

    /// <summary>A point in time.</summary>
    Time,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>A type of events or of objects, with its attributes.</summary>
/// <param name="Name">Name: letters, digits and underscores.</param>
/// <param name="Attributes">Names and types of its attributes.</param>
public sealed record OcelKind(string Name, IReadOnlyList<(string Name, OcelType Type)> Attributes);

/// <summary>An event or an object.</summary>
/// <param name="Id">Its id, unique among events or among objects.</param>
/// <param name="Type">Name of its type.</param>
/// <param name="Time">When it happened; null for an object.</param>
public sealed record OcelItem(string Id, string Type, DateTime? Time)
{
    /// <summary>Values by attribute, as text that any program reads back to the same value; an attribute without a value is not there.</summary>
    public Dictionary<string, string> Values { get; } = [];

    /// <summary>Objects that it relates to, each with a qualifier.</summary>
    public List<(string Object, string Qualifier)> Relations { get; } = [];
}

/// <summary>An object-centric event log (OCEL 2.0; Berti et al., 2024). Events and objects are read anew each time that they are gone through, one after another.</summary>
public sealed class OcelLog
{
    /// <summary>Types of events.</summary>
    public required IReadOnlyList<OcelKind> EventTypes { get; init; }

    /// <summary>Types of objects.</summary>
    public required IReadOnlyList<OcelKind> ObjectTypes { get; init; }

    /// <summary>Events, in the order of their time where they come from a book.</summary>
    public required IEnumerable<OcelItem> Events { get; init; }

    /// <summary>Objects.</summary>
    public required IEnumerable<OcelItem> Objects { get; init; }
}
