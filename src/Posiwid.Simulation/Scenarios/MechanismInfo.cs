using System.Reflection;
using System.Text.Json;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Scenarios;

/// <summary>What a scenario, a document or an editor needs to know about a mechanism.</summary>
/// <param name="Id">Name, kebab-case.</param>
/// <param name="Claim">The claim it stands for.</param>
/// <param name="Source">Key of the source.</param>
/// <param name="Equation">The rule as a formula or a short text.</param>
/// <param name="Reads">State that it reads.</param>
/// <param name="Writes">State that it changes.</param>
/// <param name="Parameters">Its parameters, in the order of the class.</param>
public sealed record MechanismInfo(
    string Id, string Claim, string Source, string Equation, string Reads, string Writes, IReadOnlyList<ParameterInfo> Parameters)
{
    /// <summary>Name among the rules of the same id; empty for the usual one.</summary>
    public string Variant { get; init; } = "";

    /// <summary>True if it moves the world that all organizations share and nothing of any one of them, so that one alone cannot be without it.</summary>
    public bool OfTheWorld { get; init; }

    /// <summary>The rules that a scenario can put in its place.</summary>
    public IReadOnlyList<MechanismInfo> Variants { get; init; } = [];

    /// <summary>The rule that acts in a scenario: the variant that it asks for, or this one.</summary>
    public MechanismInfo In(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.Instead.TryGetValue(Id, out var variant) && Variants.FirstOrDefault(v => v.Variant == variant) is { } other ? other : this;
    }

    /// <summary>Key that doses a mechanism: 1 as written, 0 off.</summary>
    public const string Dose = "dose";

    /// <summary>Largest dose that a scenario may give.</summary>
    public const double MaxDose = 4;

    /// <summary>Describes the class of a mechanism: its <see cref="MechanismAttribute"/> and the public float fields marked <see cref="ParameterAttribute"/>.</summary>
    /// <param name="type">A class with <see cref="MechanismAttribute"/> and a constructor without parameters.</param>
    public static MechanismInfo Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var about = type.GetCustomAttribute<MechanismAttribute>()
            ?? throw new ArgumentException($"{type.Name} has no [Mechanism] attribute.", nameof(type));
        var instance = Activator.CreateInstance(type)!;
        var parameters =
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance).OrderBy(f => f.MetadataToken)
            let p = field.GetCustomAttribute<ParameterAttribute>()
            where p is not null
            select new ParameterInfo(Kebab.Of(field.Name), p.Unit, p.Min, p.Max, p.Origin, p.Meaning, Default(field, instance), p.Dosed);
        return new(about.Id, about.Claim, about.Source, about.Equation, about.Reads, about.Writes, [.. parameters])
        {
            Variant = about.Variant,
            OfTheWorld = instance is Mechanism mechanism && mechanism.Acts(MechanismParts.Outside) && !mechanism.Acts(MechanismParts.Branch) && !mechanism.Acts(MechanismParts.Center),
            Variants = about.Variant.Length > 0 ? [] : [.. WeeklySchedule.Variants.Select(make => make()).Where(v => v.Id == about.Id && v.GetType() != type).Select(v => Of(v.GetType()))],
        };
    }

    // A float's shortest decimal, so that .045f reads as 0.045 in documents and not as 0.04500000178813934.
    private static double Default(FieldInfo field, object instance) => field.GetValue(instance) is float value
        ? (double)(decimal)value
        : throw new ArgumentException($"{field.DeclaringType!.Name}.{field.Name} is a parameter, so it must be a float.");
}

/// <summary>A parameter of a mechanism.</summary>
/// <param name="Name">Name, kebab-case.</param>
/// <param name="Unit">Unit in words.</param>
/// <param name="Min">Smallest value accepted.</param>
/// <param name="Max">Largest value accepted.</param>
/// <param name="Origin">Where the default comes from.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Default">Its value if a scenario says nothing.</param>
/// <param name="Dosed">True if the dose multiplies it.</param>
public sealed record ParameterInfo(
    string Name, string Unit, double Min, double Max, Origin Origin, string Meaning, double Default, bool Dosed);

/// <summary>Names of properties and fields as keys of a file.</summary>
internal static class Kebab
{
    /// <summary><c>DuesUsdPerWeek</c> becomes <c>dues-usd-per-week</c>.</summary>
    public static string Of(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
