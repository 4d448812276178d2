namespace Posiwid.Simulation.Engine;

/// <summary>One decision: in a week, on a channel, for a unit (a branch's key or an organization's index), about an item, with a value.</summary>
public readonly record struct Intent(int Week, Channel Channel, ulong Unit, int Item, float Value);

/// <summary>What a run decided and what its centers read; can be given to another run to be replayed or to blind a sensor.</summary>
public sealed class IntentLog
{
    private readonly Dictionary<ulong, Unit> units = [];
    private readonly List<ulong> sorted = []; // keys of units, so that means are summed in a fixed order
    private readonly Dictionary<(Channel, ulong, int), List<(int Week, float Value)>> states = [];
    private readonly Dictionary<(Channel, int), List<Intent>> events = [];
    private readonly Dictionary<(Sensor, ulong, int, int), float> readings = [];

    /// <summary>All decisions in order of weeks; events of a week and channel in the order in which they were decided.</summary>
    public IEnumerable<Intent> Rows
    {
        get
        {
            var held = states.SelectMany(s => s.Value.Select(step => new Intent(step.Week, s.Key.Item1, s.Key.Item2, s.Key.Item3, step.Value)))
                .OrderBy(i => i.Channel).ThenBy(i => i.Unit).ThenBy(i => i.Item);
            return held.Concat(events.OrderBy(e => e.Key.Item1).SelectMany(e => e.Value)).OrderBy(i => i.Week);
        }
    }

    /// <summary>True if decisions of a channel hold until the next one; false if they are events of one week.</summary>
    public static bool IsState(Channel channel) => channel is Channel.Effort or Channel.Discipline or Channel.Campaign or Channel.Dues or Channel.Openness;

    /// <summary>Notes that a branch opened, or that it came to another milieu.</summary>
    public void AddUnit(ulong unit, int organization, int milieu, int week)
    {
        if (!units.TryGetValue(unit, out var life))
        {
            units[unit] = life = new Unit(organization);
            sorted.Insert(~sorted.BinarySearch(unit), unit);
        }

        life.Stays.Add((week, milieu));
    }

    /// <summary>Notes that a branch closed.</summary>
    public void CloseUnit(ulong unit, int week) => units[unit].Closed = week;

    /// <summary>Notes a decision; one that changes nothing is left out, and the last of a week counts where decisions hold.</summary>
    public void Add(in Intent intent)
    {
        if (IsState(intent.Channel))
            AddState(intent);
        else if (events.TryGetValue((intent.Channel, intent.Week), out var list))
            list.Add(intent);
        else
            events[(intent.Channel, intent.Week)] = [intent];
    }

    /// <summary>Notes what a center read.</summary>
    public void AddReading(Sensor sensor, ulong unit, int item, int week, float value) => readings[(sensor, unit, item, week)] = value;

    /// <summary>What a center read in a week; null if this log has no such reading.</summary>
    public float? Reading(Sensor sensor, ulong unit, int item, int week) =>
        readings.TryGetValue((sensor, unit, item, week), out var value) ? value : null;

    /// <summary>The decisions of one week on a channel of events.</summary>
    public IReadOnlyList<Intent> Events(Channel channel, int week) => events.TryGetValue((channel, week), out var list) ? list : [];

    /// <summary>Organization of a unit: of a branch that this log knows, or of an organization's own index; null for any other.</summary>
    public int? OrganizationOf(ulong unit) => units.TryGetValue(unit, out var life) ? life.Organization : unit < byte.MaxValue ? (int)unit : null;

    /// <summary>What held in a week for a unit; null if nothing had been decided or the branch was not there.</summary>
    public float? State(Channel channel, ulong unit, int item, int week)
    {
        if ((units.TryGetValue(unit, out var life) && life.MilieuIn(week) is null)
            || !states.TryGetValue((channel, unit, item), out var steps) || steps[0].Week > week)
            return null;
        int low = 0, high = steps.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (steps[middle].Week <= week)
                low = middle;
            else
                high = middle - 1;
        }

        return steps[low].Value;
    }

    /// <summary>Mean of what held in a week for the branches of an organization in a milieu; null if there were none.</summary>
    public float? MilieuMean(Channel channel, int organization, int milieu, int item, int week)
    {
        double sum = 0;
        var count = 0;
        foreach (var unit in sorted)
        {
            var life = units[unit];
            if (life.Organization != organization || life.MilieuIn(week) != milieu || State(channel, unit, item, week) is not { } value)
                continue;
            sum += value;
            count++;
        }

        return count == 0 ? null : (float)(sum / count);
    }

    /// <summary>What was decided first, held for ever after: nothing new is decided, no branch closes and nothing is done that is decided week by week.</summary>
    public IntentLog Frozen()
    {
        var frozen = new IntentLog();
        foreach (var key in sorted)
        {
            frozen.sorted.Add(key);
            var life = new Unit(units[key].Organization);
            life.Stays.AddRange(units[key].Stays.Take(1));
            frozen.units[key] = life;
        }

        foreach (var (key, steps) in states)
            frozen.states[key] = [steps[0]];
        return frozen;
    }

    private void AddState(in Intent intent)
    {
        var key = (intent.Channel, intent.Unit, intent.Item);
        if (!states.TryGetValue(key, out var steps))
            states[key] = steps = [];
        if (steps.Count > 0 && steps[^1].Week == intent.Week)
            steps.RemoveAt(steps.Count - 1);
        if (steps.Count == 0 || steps[^1].Value != intent.Value)
            steps.Add((intent.Week, intent.Value));
    }

    /// <summary>Life of a branch: since when it was in which milieu, and the week in which it closed.</summary>
    private sealed class Unit(int organization)
    {
        public int Organization { get; } = organization;

        public List<(int Week, int Milieu)> Stays { get; } = [];

        public int Closed { get; set; } = int.MaxValue;

        public int? MilieuIn(int week)
        {
            var last = Stays.Count - 1;
            while (last >= 0 && Stays[last].Week > week)
                last--;
            return week > Closed || last < 0 ? null : Stays[last].Milieu;
        }
    }
}
