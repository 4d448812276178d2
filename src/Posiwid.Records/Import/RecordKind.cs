namespace Posiwid.Records.Import;

/// <summary>What a cell must be.</summary>
public enum FieldType
{
    /// <summary>A day; a month or a year where the field takes them.</summary>
    Date,

    /// <summary>A code: a short word, never a sentence. It is kept.</summary>
    Code,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>Whoever it is; only a pseudonymous number is kept.</summary>
    Person,

    /// <summary>What tells one row or thing from another; only a number made of it is kept, and only while importing.</summary>
    Key,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An amount of money.</summary>
    Amount,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Yes or no.</summary>
    Truth,
}

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name in a mapping file.</param>
/// <param name="Type">What a cell must be.</param>
/// <param name="Meaning">What it says, in plain words.</param>
/// <param name="Headings">Headings that it is likely to have, in small letters without blanks.</param>
/// <param name="Required">True if a row is nothing without it.</param>
/// <param name="Words">For a word: those that there are, each with others that mean it.</param>
public sealed record Field(string Name, FieldType Type, string Meaning, string[] Headings, bool Required = false, IReadOnlyDictionary<string, string[]>? Words = null)
{
    /// <summary>The smallest number that makes sense.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    internal string Column => Name == "source" ? "known_from" : Name.Replace('-', '_');
}

/// <summary>What a row of a source can be, with its fields: the vocabulary of mapping files.</summary>
/// <param name="Name">Name in a mapping file.</param>
/// <param name="Meaning">What a row says.</param>
/// <param name="Fields">The fields.</param>
public sealed record RecordKind(string Name, string Meaning, params IReadOnlyList<Field> Fields)
{
    private static readonly Dictionary<string, string[]> Roles = new()
    {
        ["organizer"] = ["organiser", "lead", "host", "staff"],
        ["participant"] = ["attended", "attendee", "member", "volunteer", "present"],
        ["target"] = ["contacted", "recipient", "visited"],
    };

    private static readonly Dictionary<string, string[]> Levels = new() { ["local"] = ["branch", "unit"], ["regional"] = ["region", "district"], ["national"] = ["center", "centre", "central"] };

    private static readonly Dictionary<string, string[]> Reasons = new()
    {
        ["resigned"] = ["cancelled", "canceled", "left", "quit", "withdrew", "resignation"],
        ["lapsed"] = ["expired", "nonpayment", "arrears", "grace", "inactive"],
        ["expelled"] = ["removed", "excluded", "terminated"],
        ["transferred"] = ["moved", "transfer"],
        ["died"] = ["deceased", "death", "dead"],
        ["dissolved"] = ["closed"],
        ["unknown"] = ["other"],
    };

    private static Field Date(string name, string meaning, string[] headings, bool required = false) => new(name, FieldType.Date, meaning, headings, required);

    private static Field Person(string meaning, bool required = false) => new("person", FieldType.Person, meaning,
        ["person", "personid", "member", "memberid", "memberno", "membernumber", "membershipno", "membershipnumber", "email", "emailaddress", "contactid", "who", "volunteer", "payer", "donor", "holder"], required);

    /// <summary>Whom a list of people is about may stand under any heading.</summary>
    private static Field Listed(string meaning) => Person(meaning, true) is var person ? person with { Headings = [.. person.Headings, "no", "number", "id", "name"] } : person;

    private static Field Unit => new("unit", FieldType.Key, "branch, committee or shop", ["unit", "branch", "chapter", "local", "committee", "team", "group", "shop", "site"]);

    private static Field Id => new("id", FieldType.Key, "number of the row in its source: one that comes twice is refused", ["rowid", "recordid", "entryid", "receiptno", "transactionid", "activityid", "paymentid", "reference"]);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<RecordKind> All { get; } =
    [
        new("activity", "something done: an hours log, a list of meetings and actions",
            Id,
            new("activity", FieldType.Key, "what several rows belong to, one row for each person", ["activity", "eventid", "meetingid", "event"]),
            Date("date", "day on which it was done", ["date", "day", "when", "activitydate", "startdate", "datetime", "workdate"], true),
            new("kind", FieldType.Code, "kind of activity", ["kind", "type", "activitytype", "what", "task", "category", "activity", "kindcode", "eventtype"], true),
            Unit, Person("who did it"),
            new("role", FieldType.Word, "organizer, participant or target (who was visited or called; no effort of theirs)", ["role"], Words: Roles),
            new("headcount", FieldType.Whole, "how many took part", ["headcount", "people", "attendance", "present", "attendees", "participants", "noofpeople"]) { Least = 0 },
            new("hours", FieldType.Number, "hours of work in all", ["hours", "hourstotal", "totalhours", "timespent", "personhours", "hrs"]) { Least = 0 },
            new("duration", FieldType.Number, "hours that it lasted, for each who took part", ["duration", "length", "durationhours"]) { Least = 0 },
            new("minutes", FieldType.Number, "minutes that it lasted, for each who took part", ["minutes", "durationminutes", "mins", "durationmin"]) { Least = 0 },
            new("hours-source", FieldType.Word, "logged, scheduled (planned, or an RSVP), estimated or proxy", ["hourssource"], Words: new Dictionary<string, string[]> { ["logged"] = ["actual"], ["scheduled"] = ["planned", "rsvp"], ["estimated"] = ["estimate"], ["proxy"] = [] })),
        new("participation", "somebody who took part in an activity of another file",
            Id,
            new("activity", FieldType.Key, "the activity", ["activityid", "eventid", "meetingid", "activity", "event"], true),
            Person("who took part", true),
            new("role", FieldType.Word, "organizer, participant or target", ["role"], Words: Roles),
            new("hours", FieldType.Number, "hours of this person", ["hours", "hrs"]) { Least = 0 }),
        new("member", "a spell of membership: a register with who joined when, and left when",
            Id, Listed("who"), Unit,
            new("membership", FieldType.Key, "number of the membership, where a log of its changes is read too", ["membershipid"]),
            Date("start", "day of joining; empty if nobody knows", ["start", "startdate", "joined", "joindate", "datejoined", "membersince", "joiningdate", "from"]),
            Date("end", "day of leaving; empty if still a member", ["end", "enddate", "left", "leftdate", "dateleft", "leavingdate", "leavedate", "until"]),
            new("reason", FieldType.Word, "why they left", ["reason", "endreason", "leavingreason", "whyleft"], Words: Reasons),
            Date("paid-until", "day to which dues are paid: an expiry, no exit", ["paiduntil", "paidto", "expires", "expiry", "expirydate", "expirationdate", "validto", "renewaldate"]),
            new("kind", FieldType.Word, "member, staff, supporter, external or bot", ["personkind", "kind", "membertype"], Words: new Dictionary<string, string[]> { ["member"] = ["full", "active"], ["staff"] = ["employee"], ["supporter"] = ["donor", "friend"], ["external"] = [], ["bot"] = [] })),
        new("member-log", "a change of somebody's status, where the register itself is overwritten",
            Person("who; may be left out if the register has the number of the membership"),
            new("membership", FieldType.Key, "which membership of theirs", ["membershipid"]),
            Date("date", "day of the change", ["date", "modified", "modifieddate", "changed", "logdate"], true),
            new("status", FieldType.Code, "status from then on", ["status", "statusid", "state"], true),
            Date("start", "day on which the running spell began, as the register then said", ["start", "startdate", "joindate"]),
            Unit),
        new("presence", "a trace of somebody: spells are read from traces, and end when there is none for long",
            Person("who", true), Date("date", "day", ["date", "day"], true), Unit),
        new("payment", "money in or out",
            Id, Date("date", "day", ["date", "day", "paid", "paymentdate", "receivedate", "transactiondate", "posted", "actiondate"], true),
            new("direction", FieldType.Word, "in or out; if left out, amounts below 0 go out", ["direction", "inout"], Words: new Dictionary<string, string[]> { ["in"] = ["income", "credit", "received", "receipt"], ["out"] = ["expense", "debit", "paid", "expenditure"] }),
            new("kind", FieldType.Code, "dues, donation, wages, rent and the like", ["kind", "type", "category", "account", "financialtype", "purpose"], true),
            new("amount", FieldType.Amount, "amount", ["amount", "total", "totalamount", "sum", "value", "amountusd"], true),
            new("currency", FieldType.Code, "three letters", ["currency"]),
            Person("who paid or was paid"), Unit,
            new("end", FieldType.Code, "code of the end that it was for", ["end", "endcode"])),
        new("decision", "an alternative that was on the table, one row each; the rows of a decision share its name or number",
            new("decision", FieldType.Key, "which decision", ["decision", "decisionid", "motion", "motionno", "item", "agendaitem"], true),
            Date("date", "day of the decision", ["date", "day", "decided"], true),
            new("kind", FieldType.Code, "what kind of decision", ["kind", "type", "about", "topic"], true),
            new("alternative", FieldType.Key, "name of the alternative: not kept, tells rows apart", ["alternative", "option", "proposal", "choice"]),
            new("chosen", FieldType.Truth, "was it chosen", ["chosen", "carried", "adopted", "won", "passed", "selected"], true),
            new("status-quo", FieldType.Truth, "does it leave all as it is", ["statusquo", "nochange", "asitis"]),
            new("complete", FieldType.Truth, "are all alternatives that were on the table here", ["complete", "menucomplete", "allalternatives"]),
            new("decider", FieldType.Code, "who decided: meeting, committee, officers", ["decider", "decidedby", "body"]),
            new("proposer-level", FieldType.Word, "level of who proposed it", ["proposerlevel", "proposedby"], Words: Levels),
            new("votes", FieldType.Whole, "votes for it", ["votes", "votesfor", "infavor", "for"]) { Least = 0 },
            Unit),
        new("aim", "something that the organization says it is for",
            new("end", FieldType.Code, "code of the end", ["end", "endcode", "aim", "goal"], true),
            new("rank", FieldType.Whole, "1 for the first", ["rank", "order", "priority", "place"]) { Least = 1 },
            new("weight", FieldType.Number, "how much it counts", ["weight", "importance", "share"]) { Least = 0 },
            new("source", FieldType.Code, "where it is said: constitution, website", ["source", "where", "document", "saidin"]),
            Date("from", "since when it is said", ["from", "validfrom", "since", "date"]),
            Date("to", "until when it was said", ["to", "validto", "until"])),
        new("complaint", "a complaint, and what became of it",
            Id, Date("opened", "day on which it was made", ["opened", "date", "made", "received", "startdate"], true),
            Person("who complained; best left out"), Unit,
            new("about", FieldType.Word, "leader, member, policy, money, harm or other", ["about", "type", "category", "casetype"], true, new Dictionary<string, string[]> { ["leader"] = ["officer", "leadership"], ["member"] = [], ["policy"] = [], ["money"] = ["finance", "dues"], ["harm"] = ["harassment", "abuse"], ["other"] = [] }),
            new("severity", FieldType.Whole, "1 to 3", ["severity", "grade"]) { Least = 1 },
            Date("first-response", "day of the first answer", ["firstresponse", "answered", "responded"]),
            Date("closed", "day on which it was closed", ["closed", "resolved", "enddate"]),
            new("outcome", FieldType.Word, "upheld, rejected, settled, withdrawn or no_action", ["outcome", "result"], Words: new Dictionary<string, string[]> { ["upheld"] = ["founded", "substantiated"], ["rejected"] = ["unfounded", "dismissed"], ["settled"] = ["mediated", "resolved"], ["withdrawn"] = ["dropped"], ["no_action"] = ["none", "noaction"] }),
            new("level", FieldType.Word, "local, regional or national", ["level"], Words: Levels)),
        new("office", "somebody's time in an office",
            new("office", FieldType.Key, "which office", ["office", "position", "post", "title", "relationshiptype"], true),
            Person("who held it", true),
            Date("start", "first day", ["start", "startdate", "from", "elected"], true),
            Date("end", "last day; empty if still in office", ["end", "enddate", "to", "until"]),
            new("level", FieldType.Word, "local, regional or national", ["level"], Words: Levels),
            new("seats", FieldType.Whole, "how many hold it at once", ["seats"]) { Least = 1 },
            new("paid", FieldType.Truth, "is it paid", ["paid"]),
            new("how", FieldType.Word, "how they came to it", ["how", "electedhow"], Words: new Dictionary<string, string[]> { ["contested"] = ["elected"], ["uncontested"] = ["acclamation", "unopposed"], ["slate"] = [], ["appointed"] = [], ["coopted"] = ["co-opted"], ["hired"] = ["employed"], ["lot"] = ["sortition"] }),
            Unit),
        new("measure", "a figure at a date",
            new("variable", FieldType.Code, "code of the measure", ["variable", "measure", "variablecode", "indicator"], true),
            Date("date", "day", ["date", "day"], true),
            new("value", FieldType.Number, "the figure", ["value", "figure", "count"], true), Unit),
        new("shock", "something that hit the organization",
            Date("date", "day", ["date", "day"], true),
            new("variable", FieldType.Code, "code of what was hit", ["variable", "what", "variablecode"], true),
            new("size", FieldType.Number, "how much", ["size", "amount"], true),
            new("external", FieldType.Truth, "did it come from outside", ["external", "outside"], true),
            new("anticipated", FieldType.Truth, "was it expected", ["anticipated", "expected"], true),
            new("source", FieldType.Code, "where it is known from", ["source"])),
        new("unit", "a branch, committee or shop",
            new("unit", FieldType.Key, "its name or number: not kept", ["unit", "name", "branch", "unitid", "committee"], true),
            new("kind", FieldType.Code, "branch, committee, center", ["kind", "type"], true),
            new("setting", FieldType.Code, "campus, workplace, town", ["setting", "milieu", "place"]),
            new("parent", FieldType.Key, "the unit above it", ["parent", "parentunit"]),
            Date("opened", "first day", ["opened", "founded", "start"]),
            Date("closed", "last day", ["closed", "dissolved", "end"])),
        new("coding", "which end a kind of activity serves",
            new("kind", FieldType.Code, "kind of activity", ["kind", "kindcode"], true),
            new("end", FieldType.Code, "code of the end", ["end", "endcode"], true),
            new("coder", FieldType.Code, "who says so", ["coder"]),
            new("weight", FieldType.Number, "share of its hours, 0 to 1", ["weight"], true) { Least = 0 },
            new("weight-min", FieldType.Number, "the least that is reasonable", ["weightmin"]) { Least = 0 },
            new("weight-max", FieldType.Number, "the most that is reasonable", ["weightmax"]) { Least = 0 }),
    ];

    /// <summary>The fields that a figure and its heading fill where figures stand side by side (<see cref="MappedSource.Spread"/>); null if they cannot.</summary>
    public (string Word, string Figure)? Spread => Name switch { "activity" => ("kind", "hours"), "payment" => ("kind", "amount"), "measure" => ("variable", "value"), _ => null };

    /// <summary>The kind of a name; null if there is none.</summary>
    public static RecordKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>The field of a name; null if there is none.</summary>
    public Field? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);

    internal string Table => Name.Replace('-', '_');
}
