using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>The climate of struggle and of need outside, from data.</summary>
[Mechanism("struggle-climate", "The working class enters a period of defeats: strikes fall, unions are hammered.", "jay-2019",
    Equation = "struggle = scale sqrt(stoppages a year / 300); unemployment as published",
    Reads = "data: stoppages, unemployment", Writes = "world.climate")]
public sealed class StruggleClimate : Mechanism
{
    [Parameter("ratio", 0, 4, Origin.Assumed, "Struggle outside relative to the published stoppages.", Dosed = true)]
    public float Scale = 1;

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        var climate = world.Setting.Climate;
        var week = Math.Min(world.Week, world.Setting.Weeks - 1);
        world.Struggle = Scale * climate.Struggle[week];
        world.Unemployment = climate.Unemployment[week];
    }
}
