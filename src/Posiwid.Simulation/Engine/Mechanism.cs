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
    /// <summary>Reads the name and the address of the draws from the attribute.</summary>
    protected Mechanism()
    {
        var attribute = GetType().GetCustomAttribute<MechanismAttribute>()
            ?? throw new InvalidOperationException($"{GetType().Name} has no [Mechanism] attribute.");
        (Id, Variant) = (attribute.Id, attribute.Variant);
        Key = Draws.MechanismKey(attribute.Id);
    }

    /// <summary>For an intervention of an experiment, which is no rule of the model and has no attribute.</summary>
    protected Mechanism(string id)
    {
        (Id, Variant) = (id, "");
        Key = Draws.MechanismKey(id);
    }

    /// <summary>Name in scenarios and on the command line.</summary>
    public string Id { get; }

    /// <summary>Name among the rules that can stand in its place; empty for the usual one.</summary>
    public string Variant { get; }

    /// <summary>Address of this mechanism's draws.</summary>
    public ushort Key { get; }

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

    /// <summary>Once a week for every organization, in the scenario's order, after all branches.</summary>
    public virtual void Center(World world, Organization organization)
    {
    }
}
