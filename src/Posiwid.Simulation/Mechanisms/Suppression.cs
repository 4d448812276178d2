using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>What rules share under which somebody who speaks can be attacked: whose act it is, and what it does to the one attacked.</summary>
public abstract class Suppression : Mechanism
{
    [Parameter("0..1", 0, 1, Origin.Source, "Fear of one attack (would report again: 86 against 95%; .085; V4).")]
    public float Fear = 0.085f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance and memory of one attack.")]
    public float Hurt = 0.08f;

    /// <summary>
    /// A member is attacked, by the center or by another member. In a branch's week one person leads what members do against those who speak, drawn by what each puts in; if it is the one attacked,
    /// somebody else does. True if the act is official: the center's, or that of somebody who holds an office (a leader, or somebody
    /// paid). Cadre without one are members whom the leadership trusts: what they do they do as members.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="branch">Branch of the member.</param>
    /// <param name="against">What is put in against whoever speaks.</param>
    /// <param name="position">Position in its roll.</param>
    /// <param name="lot">A number by lot, between 0 and 1: the center acts if it falls within its share.</param>
    /// <param name="leads">Positions of whoever leads, and of whoever does against that person; null until they are drawn.</param>
    /// <param name="when">In the branches' week (<see cref="MemberFlags.Attacked"/>), or after it (<see cref="MemberFlags.AttackedLate"/>).</param>
    protected bool Attack(World world, Branch branch, in Suppressors against, int position, float lot, ref (int? First, int? Second) leads, MemberFlags when)
    {
        var roll = branch.Roll;
        branch.FlagsAt(position) |= (int)when;
        roll.At(position, Column.Fear) += Fear;
        ref var grievance = ref roll.At(position, Column.Grievance);
        grievance = Math.Min(1, grievance + Hurt);
        roll.At(position, Column.Memory) += Hurt;

        if (lot * against.All <= against.Center)
            return true;
        var attacker = leads.First ??= Race.Pick(world, branch, Each(against), Key, 0);
        if (attacker == position)
            attacker = leads.Second ??= Race.Pick(world, branch, Each(against), Key, 1, except: branch.IdAt(position));
        return attacker < 0 || ((MemberFlags)branch.FlagsAt(attacker) & (MemberFlags.Leader | MemberFlags.Staff)) != 0;
    }

    /// <summary>What each of eight members puts in.</summary>
    private protected virtual MemberRates Each(Suppressors against) => against.Each;
}
