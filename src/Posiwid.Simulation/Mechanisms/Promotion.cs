using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Members who stayed, learned and believe are made cadre; critics are passed over.</summary>
[Mechanism("promotion", "A revolving door requires a steady base of experienced members, a cadre, to carry out the recruitment.", "jay-2019",
    Equation = "every four weeks a member of a year or so with enough education, belief and ties, who does not speak up, becomes cadre with a chance",
    Reads = "member.joined member.education member.belief member.ties member.flags", Writes = "member.flags")]
public sealed class Promotion : Mechanism
{
    [Parameter("chance/4 weeks", 0, 1, Origin.Assumed, "Chance that somebody who is ready is made cadre.", Dosed = true)]
    public float Chance = 0.08f;

    [Parameter("weeks", 0, 520, Origin.Assumed, "Weeks in the organization before that.")]
    public float After = 40;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Education, belief and ties that it takes.")]
    public float Education = 0.35f, Belief = 0.45f, Ties = 0.3f;

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch)
    {
        if ((world.Week + branch.Founded) % 4 != 1)
            return;
        var roll = branch.Roll;
        for (var p = 0; p < roll.Count; p++)
        {
            ref var flags = ref world.FlagsAt(branch, p);
            if ((flags & (int)(MemberFlags.Cadre | MemberFlags.Spoke)) != 0
                || world.Week - roll.IntAt(world.People, p, Column.Joined) < After
                || roll.At(world.People, p, Column.Education) < Education
                || roll.At(world.People, p, Column.Belief) < Belief
                || roll.At(world.People, p, Column.Ties) < Ties)
                continue;
            if (world.Draws.Uniform(Key, world.Week, world.IdAt(branch, p)) < Chance)
                flags |= (int)MemberFlags.Cadre;
        }
    }
}
