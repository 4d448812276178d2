using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>Holds how big the flagship looks at what it was when it was founded, for an experiment. It is no rule of the model.</summary>
public sealed class HeldImpressiveness() : Mechanism("held-impressiveness")
{
    private float held = float.NaN;

    /// <summary>The rule after which it has to run.</summary>
    public const string After = "founding";

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        if (!world.Flagship.Alive)
            return;
        // as the engine reckons it from the members at the founding
        if (float.IsNaN(held))
            held = Math.Clamp(Deterministic.Log(world.Flagship.Members) / (3.3f * 2.3025851f), 0, 1);
        world.Flagship.Impressiveness = held;
    }
}
