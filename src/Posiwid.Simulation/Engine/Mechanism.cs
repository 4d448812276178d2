using System.Collections.Concurrent;
using System.Reflection;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// One rule of the model. A mechanism keeps nothing from one week to the next: all state stands in the
/// <see cref="World"/>, so that a run can be stopped, saved and resumed. It overrides the moments of the week in which it acts.
/// </summary>
/// <remarks>
/// Parameters are public <see cref="float"/> fields with <see cref="ParameterAttribute"/>; a class needs
/// a constructor without arguments. Mechanisms never name one another: they meet in the state and in the order of the week.
/// </remarks>
public abstract class Mechanism
{
    private static readonly ConcurrentDictionary<Type, (string Id, string Variant, MechanismParts Parts)> Known = new();
    private readonly MechanismParts parts;

    /// <summary>Reads the name and the address of the draws from the attribute.</summary>
    protected Mechanism()
    {
        (Id, Variant, parts) = Known.GetOrAdd(GetType(), static type =>
        {
            var attribute = type.GetCustomAttribute<MechanismAttribute>() ?? throw new InvalidOperationException($"{type.Name} has no [Mechanism] attribute.");
            return (attribute.Id, attribute.Variant, Overridden(type));
        });
        Key = Draws.MechanismKey(Id);
    }

    /// <summary>For an intervention of an experiment, which is no rule of the model and has no attribute.</summary>
    protected Mechanism(string id)
    {
        (Id, Variant, parts) = Known.GetOrAdd(GetType(), static type => ("", "", Overridden(type))) with { Id = id };
        Key = Draws.MechanismKey(id);
    }

    /// <summary>Name in scenarios and on the command line.</summary>
    public string Id { get; }

    /// <summary>Name among the rules that can stand in its place; empty for the usual one.</summary>
    public string Variant { get; }

    /// <summary>Address of this mechanism's draws.</summary>
    public ushort Key { get; }

    /// <summary>True if it acts in a part of the week.</summary>
    internal bool Acts(MechanismParts part) => (parts & part) != 0;

    private static MechanismParts Overridden(Type type)
    {
        var parts = MechanismParts.None;
        foreach (var part in (ReadOnlySpan<MechanismParts>)[MechanismParts.Outside, MechanismParts.Branch, MechanismParts.Center])
        {
            if (type.GetMethod(part.ToString(), BindingFlags.Public | BindingFlags.Instance)!.DeclaringType != typeof(Mechanism))
                parts |= part;
        }

        return parts;
    }

    /// <summary>Once a week, before anybody acts: the world outside moves.</summary>
    public virtual void Outside(World world)
    {
    }

    /// <summary>
    /// Once a week for every branch, in parallel. It may change this branch, its members and its own site's pool,
    /// and may read anything that only <see cref="Outside"/> and <see cref="Center"/> change.
    /// </summary>
    public virtual void Branch(World world, Branch branch)
    {
    }

    /// <summary>
    /// <see cref="Branch"/> for the branches that one thread takes at a time, some sixteen. A rule may go through them in rounds (first what all members do, then what comes of it), where the
    /// processor need not wait for one branch before it begins the next; the result must be that of one branch after the other.
    /// </summary>
    public virtual void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
            Branch(world, branch);
    }

    /// <summary>Once a week for every organization, in the scenario's order, after all branches.</summary>
    public virtual void Center(World world, Organization organization)
    {
    }
}

/// <summary>Parts of the week in which a mechanism acts, named after the methods that it overrides.</summary>
[Flags]
internal enum MechanismParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The world outside.</summary>
    Outside = 1,

    /// <summary>Branches and their members.</summary>
    Branch = 2,

    /// <summary>The centers.</summary>
    Center = 4,
}
