namespace Posiwid.Records;

/// <summary>Series of measured quantities.</summary>
public sealed class MeasureTable : Table
{
    internal MeasureTable() : base("measure")
    {
        VariableCode = Text("variable_code");
        UnitId = Required<int>("unit_id", refersTo: "unit", zeroIsWhole: true);
        GroupCode = Text("group_code");
        Date = Required<DateOnly>("date");
        Value = Required<double>("value");
    }

    /// <summary>What is measured.</summary>
    public TextColumn VariableCode { get; }

    /// <summary>Unit measured; 0 is the organization as a whole.</summary>
    public Column<int> UnitId { get; }

    /// <summary>Group that the measure is split by; empty for everybody.</summary>
    public TextColumn GroupCode { get; }

    /// <summary>Day.</summary>
    public Column<DateOnly> Date { get; }

    /// <summary>Value.</summary>
    public Column<double> Value { get; }

    /// <summary>Adds a row.</summary>
    public void Add(string variableCode, int unitId, string groupCode, DateOnly date, double value)
    {
        VariableCode.Add(variableCode);
        UnitId.Add(unitId);
        GroupCode.Add(groupCode);
        Date.Add(date);
        Value.Add(value);
    }
}

/// <summary>Disturbances: changes of a quantity that the organization did not choose.</summary>
public sealed class ShockTable : Table
{
    internal ShockTable() : base("shock")
    {
        ShockId = Required<int>("shock_id");
        Date = Required<DateOnly>("date");
        VariableCode = Text("variable_code");
        Size = Required<double>("size");
        External = Required<bool>("external");
        Anticipated = Required<bool>("anticipated");
        Source = Text("source");
    }

    /// <summary>Number of the shock.</summary>
    public Column<int> ShockId { get; }

    /// <summary>Day.</summary>
    public Column<DateOnly> Date { get; }

    /// <summary>Quantity that was disturbed.</summary>
    public TextColumn VariableCode { get; }

    /// <summary>Size, in the quantity's own unit.</summary>
    public Column<double> Size { get; }

    /// <summary>True if it came from outside.</summary>
    public Column<bool> External { get; }

    /// <summary>True if it was seen coming.</summary>
    public Column<bool> Anticipated { get; }

    /// <summary>How it is known.</summary>
    public TextColumn Source { get; }

    /// <summary>Adds a row.</summary>
    public void Add(
        int shockId, DateOnly date, string variableCode, double size, bool external, bool anticipated,
        string source)
    {
        ShockId.Add(shockId);
        Date.Add(date);
        VariableCode.Add(variableCode);
        Size.Add(size);
        External.Add(external);
        Anticipated.Add(anticipated);
        Source.Add(source);
    }
}

/// <summary>What the organization decided each week, by channel, apart from what then happened.</summary>
public sealed class IntentTable : Table
{
    internal IntentTable() : base("intent")
    {
        Week = Required<DateOnly>("week");
        Channel = Text("channel");
        UnitId = Required<int>("unit_id", refersTo: "unit", zeroIsWhole: true);
        Item = Text("item");
        Value = Required<double>("value");
    }

    /// <summary>First day of the week.</summary>
    public Column<DateOnly> Week { get; }

    /// <summary>Channel: effort shares, visits, discipline, dues and the like.</summary>
    public TextColumn Channel { get; }

    /// <summary>Unit concerned; 0 is the organization as a whole.</summary>
    public Column<int> UnitId { get; }

    /// <summary>What within the channel; empty if there is only one.</summary>
    public TextColumn Item { get; }

    /// <summary>Value decided.</summary>
    public Column<double> Value { get; }

    /// <summary>Adds a row.</summary>
    public void Add(DateOnly week, string channel, int unitId, string item, double value)
    {
        Week.Add(week);
        Channel.Add(channel);
        UnitId.Add(unitId);
        Item.Add(item);
        Value.Add(value);
    }
}
