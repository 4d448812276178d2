namespace Posiwid.Records;

/// <summary>Decisions.</summary>
public sealed class DecisionTable : Table
{
    internal DecisionTable() : base("decision")
    {
        DecisionId = Required<long>("decision_id");
        Date = Required<DateOnly>("date");
        UnitId = Optional<int>("unit_id", refersTo: "unit");
        Kind = Text("kind");
        MenuComplete = Required<bool>("menu_complete");
        Decider = OptionalText("decider");
    }

    /// <summary>Number of the decision.</summary>
    public Column<long> DecisionId { get; }

    /// <summary>Day.</summary>
    public Column<DateOnly> Date { get; }

    /// <summary>Unit that decided; null for the organization as a whole.</summary>
    public OptionalColumn<int> UnitId { get; }

    /// <summary>Kind of decision.</summary>
    public TextColumn Kind { get; }

    /// <summary>True if every alternative that was on the table is recorded.</summary>
    public Column<bool> MenuComplete { get; }

    /// <summary>Body that decided.</summary>
    public TextColumn Decider { get; }

    /// <summary>Adds a row.</summary>
    public void Add(long decisionId, DateOnly date, int? unitId, string kind, bool menuComplete, string? decider)
    {
        DecisionId.Add(decisionId);
        Date.Add(date);
        UnitId.Add(unitId);
        Kind.Add(kind);
        MenuComplete.Add(menuComplete);
        Decider.Add(decider);
    }
}

/// <summary>Alternatives that were on the table.</summary>
public sealed class AlternativeTable : Table
{
    internal AlternativeTable() : base("alternative")
    {
        AlternativeId = Required<long>("alternative_id");
        DecisionId = Required<long>("decision_id", refersTo: "decision");
        Chosen = Required<bool>("chosen");
        IsStatusQuo = Required<bool>("is_status_quo");
        ProposerLevel = OptionalText("proposer_level");
        Votes = Optional<int>("votes");
    }

    /// <summary>Number of the alternative.</summary>
    public Column<long> AlternativeId { get; }

    /// <summary>Decision that it belongs to.</summary>
    public Column<long> DecisionId { get; }

    /// <summary>True if it was chosen.</summary>
    public Column<bool> Chosen { get; }

    /// <summary>True if it was to leave things as they were.</summary>
    public Column<bool> IsStatusQuo { get; }

    /// <summary>Level that proposed it.</summary>
    public TextColumn ProposerLevel { get; }

    /// <summary>Votes for it, if there was a vote.</summary>
    public OptionalColumn<int> Votes { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        long alternativeId, long decisionId, bool chosen, bool isStatusQuo, string? proposerLevel, int? votes)
    {
        AlternativeId.Add(alternativeId);
        DecisionId.Add(decisionId);
        Chosen.Add(chosen);
        IsStatusQuo.Add(isStatusQuo);
        ProposerLevel.Add(proposerLevel);
        Votes.Add(votes);
    }
}

/// <summary>What an alternative would have meant, as scored by somebody.</summary>
public sealed class AlternativeAttributeTable : Table
{
    internal AlternativeAttributeTable() : base("alternative_attr")
    {
        AlternativeId = Required<long>("alternative_id", refersTo: "alternative");
        AttributeCode = Text("attr_code");
        Value = Required<double>("value");
        Scored = Text("scored");
        Coder = Text("coder");
    }

    /// <summary>Which alternative.</summary>
    public Column<long> AlternativeId { get; }

    /// <summary>What is scored.</summary>
    public TextColumn AttributeCode { get; }

    /// <summary>The score.</summary>
    public Column<double> Value { get; }

    /// <summary>When and how: ex_ante, blind_coder or ex_post.</summary>
    public TextColumn Scored { get; }

    /// <summary>Who scored it; empty if unknown.</summary>
    public TextColumn Coder { get; }

    /// <summary>Adds a row.</summary>
    public void Add(long alternativeId, string attributeCode, double value, string scored, string coder)
    {
        AlternativeId.Add(alternativeId);
        AttributeCode.Add(attributeCode);
        Value.Add(value);
        Scored.Add(scored);
        Coder.Add(coder);
    }
}

/// <summary>What the organization says that it is for.</summary>
public sealed class StatedGoalTable : Table
{
    internal StatedGoalTable() : base("stated_goal")
    {
        GoalId = Required<int>("goal_id");
        EndCode = Text("end_code", refersTo: "end");
        Rank = Optional<int>("rank");
        Weight = Optional<double>("weight");
        Source = Text("source");
        ValidFrom = Required<DateOnly>("valid_from");
        ValidTo = Optional<DateOnly>("valid_to");
    }

    /// <summary>Number of the statement.</summary>
    public Column<int> GoalId { get; }

    /// <summary>End that is named.</summary>
    public TextColumn EndCode { get; }

    /// <summary>Its rank in the statement, from 1.</summary>
    public OptionalColumn<int> Rank { get; }

    /// <summary>Its weight in the statement.</summary>
    public OptionalColumn<double> Weight { get; }

    /// <summary>Where it is stated.</summary>
    public TextColumn Source { get; }

    /// <summary>First day it held.</summary>
    public Column<DateOnly> ValidFrom { get; }

    /// <summary>Last day it held; null while it holds.</summary>
    public OptionalColumn<DateOnly> ValidTo { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        int goalId, string endCode, int? rank, double? weight, string source, DateOnly validFrom,
        DateOnly? validTo)
    {
        GoalId.Add(goalId);
        EndCode.Add(endCode);
        Rank.Add(rank);
        Weight.Add(weight);
        Source.Add(source);
        ValidFrom.Add(validFrom);
        ValidTo.Add(validTo);
    }
}
