using System.Reflection;
using System.Text.Json;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>What a plan changes in the rules, beyond the scenario.</summary>
public sealed record Changes
{
    /// <summary>Parameters and doses by mechanism, as in a scenario.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Mechanisms { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>What is set from a date on.</summary>
    public IReadOnlyList<OverrideSpec> Overrides { get; init; } = [];

    /// <summary>Doses by mechanism for the flagship alone; the other organizations of the world keep the rule as it is. 0 takes it away.</summary>
    public IReadOnlyDictionary<string, double> FlagshipDoses { get; init; } = new Dictionary<string, double>();

    /// <summary>Mechanisms from outside the library, each to run after the one named.</summary>
    public IReadOnlyList<(string After, Func<Mechanism> Make)> Added { get; init; } = [];

    /// <summary>Mechanisms put in the place of the ones named.</summary>
    public IReadOnlyDictionary<string, Func<Mechanism>> Replaced { get; init; } = new Dictionary<string, Func<Mechanism>>();

    /// <summary>The schedule with what was added and replaced.</summary>
    public IEnumerable<Func<Mechanism>> Schedule(IReadOnlyList<Func<Mechanism>> week)
    {
        if (Added.Count == 0 && Replaced.Count == 0)
            return week;
        var schedule = new List<Func<Mechanism>>();
        foreach (var make in week)
        {
            var id = make().Id;
            schedule.Add(Replaced.GetValueOrDefault(id, make));
            schedule.AddRange(Added.Where(a => a.After == id).Select(a => a.Make));
        }

        return schedule;
    }
}

/// <summary>What a parameter is worth in a run: its default or what the scenario says, times the dose, then what is set from a date on.</summary>
public static class Parameters
{
    private static readonly Dictionary<Type, Dictionary<string, (FieldInfo Field, bool Dosed)>> Fields = [];

    /// <summary>Sets parameters and doses by mechanism.</summary>
    /// <exception cref="ArgumentException">There is no such mechanism or parameter.</exception>
    public static void Apply(IEnumerable<Mechanism> mechanisms, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> changes)
    {
        if (changes.Count == 0)
            return;
        foreach (var (id, values) in changes)
        {
            var mechanism = mechanisms.FirstOrDefault(m => m.Id == id) ?? throw new ArgumentException($"There is no mechanism '{id}'.");
            foreach (var (name, value) in values)
            {
                if (name != MechanismInfo.Dose)
                    Of(mechanism, name).Field.SetValue(mechanism, (float)value);
            }

            if (values.TryGetValue(MechanismInfo.Dose, out var dose))
                Dose(mechanism, (float)dose);
        }
    }

    /// <summary>The same changes without doses.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> WithoutDoses(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> changes) =>
        changes.ToDictionary(c => c.Key, c => (IReadOnlyDictionary<string, double>)c.Value.Where(v => v.Key != MechanismInfo.Dose).ToDictionary(v => v.Key, v => v.Value));

    /// <summary>True if the last word on a mechanism is a dose of 0.</summary>
    public static bool IsOff(Mechanism mechanism, params IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>[] changes) =>
        changes.Any(c => c.TryGetValue(mechanism.Id, out var values) && values.TryGetValue(MechanismInfo.Dose, out var dose) && dose == 0);

    /// <summary>All parameters in force, by <c>mechanism.parameter</c>.</summary>
    public static IReadOnlyDictionary<string, double> InForce(IEnumerable<Mechanism> mechanisms) =>
        mechanisms.SelectMany(m => FieldsOf(m.GetType()).Select(f => (Name: $"{m.Id}.{f.Key}", Value: (double)(decimal)(float)f.Value.Field.GetValue(m)!)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name, p => p.Value);

    /// <summary>Gives a value to a policy of the flagship (<c>openness</c>), of another (<c>dsa.openness</c>) or to a parameter (<c>hope.decay</c>).</summary>
    /// <exception cref="ArgumentException">There is nothing of that name.</exception>
    public static Action<float> Setter(World world, IReadOnlyList<Mechanism> mechanisms, string target)
    {
        var dot = target.IndexOf('.', StringComparison.Ordinal);
        var (owner, name) = dot < 0 ? (world.Flagship.Name, target) : (target[..dot], target[(dot + 1)..]);
        var at = Array.FindIndex(world.Organizations, o => o.Name == owner);
        if (at >= 0)
        {
            var item = Enum.GetValues<PolicyItem>().FirstOrDefault(i => Kebab(i.ToString()) == name, PolicyItem.Count);
            return item switch
            {
                PolicyItem.Count => throw new ArgumentException($"There is no policy '{name}'."),
                PolicyItem.Openness => value => world.Organizations[at].OpennessAim = world.Organizations[at].Policy[(int)item] = value,
                _ => value => world.Organizations[at].Policy[(int)item] = value,
            };
        }

        var mechanism = mechanisms.FirstOrDefault(m => m.Id == owner) ?? throw new ArgumentException($"There is no mechanism or organization '{owner}'.");
        var field = Of(mechanism, name).Field;
        return value => field.SetValue(mechanism, value);
    }

    /// <summary>A rule with its parameters, but with another dose for the flagship.</summary>
    /// <param name="mechanism">The rule, with its parameters in force; it stays the rule of the other organizations.</param>
    /// <param name="dose">Dose for the flagship; 0 takes the rule away there.</param>
    /// <param name="flagship">Index of the flagship.</param>
    public static Mechanism Apart(Mechanism mechanism, double dose, int flagship)
    {
        Mechanism? own = null;
        if (dose != 0)
        {
            own = (Mechanism)Activator.CreateInstance(mechanism.GetType())!;
            foreach (var (field, _) in FieldsOf(mechanism.GetType()).Values)
                field.SetValue(own, field.GetValue(mechanism));
            Dose(own, (float)dose);
        }

        return new FlagshipApart(mechanism, own, flagship);
    }

    /// <summary>What a dose acts on, as it is written: the dosed parameters, in the order of the class.</summary>
    public static IReadOnlyList<float> Dosed(Mechanism mechanism)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return [.. FieldsOf(mechanism.GetType()).Values.Where(f => f.Dosed).Select(f => (float)f.Field.GetValue(mechanism)!)];
    }

    /// <summary>Gives a mechanism another dose.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="dose">The dose; 1 as written.</param>
    /// <param name="written">What it acts on, as <see cref="Dosed"/> gave it at dose 1.</param>
    public static void Dose(Mechanism mechanism, float dose, IReadOnlyList<float> written)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        ArgumentNullException.ThrowIfNull(written);
        var i = 0;
        foreach (var (field, dosed) in FieldsOf(mechanism.GetType()).Values)
        {
            if (dosed)
                field.SetValue(mechanism, dose * written[i++]);
        }
    }

    private static void Dose(Mechanism mechanism, float dose)
    {
        foreach (var (field, dosed) in FieldsOf(mechanism.GetType()).Values)
        {
            if (dosed)
                field.SetValue(mechanism, dose * (float)field.GetValue(mechanism)!);
        }
    }

    private static (FieldInfo Field, bool Dosed) Of(Mechanism mechanism, string name) =>
        FieldsOf(mechanism.GetType()).TryGetValue(name, out var found) ? found
            : throw new ArgumentException($"The mechanism '{mechanism.Id}' has no parameter '{name}'.");

    private static Dictionary<string, (FieldInfo Field, bool Dosed)> FieldsOf(Type type)
    {
        lock (Fields)
        {
            if (!Fields.TryGetValue(type, out var fields))
            {
                fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
                    .Select(f => (Field: f, Attribute: f.GetCustomAttribute<ParameterAttribute>()))
                    .Where(f => f.Attribute is not null)
                    .ToDictionary(f => Kebab(f.Field.Name), f => (f.Field, f.Attribute!.Dosed));
                Fields[type] = fields;
            }

            return fields;
        }
    }

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

/// <summary>One rule for the flagship, or none, and another for every other organization.</summary>
internal sealed class FlagshipApart(Mechanism others, Mechanism? own, int flagship) : Mechanism(others.Id)
{
    /// <summary>The rule of the other organizations.</summary>
    public Mechanism Others => others;

    /// <inheritdoc/>
    public override void Outside(World world) => others.Outside(world);

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => (branch.Organization.Index == flagship ? own : others)?.Branch(world, branch);

    /// <inheritdoc/>
    public override void Center(World world, Organization organization) => (organization.Index == flagship ? own : others)?.Center(world, organization);
}
