using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Another organization draws members as far as it is there to be joined: a crowd one can meet, where one may speak.</summary>
[Mechanism("rivalry", "The rise of the rival made it untenable: not for its politics, but because nobody there can tell you that you cannot hold an opinion.", "jay-2019",
    Equation = "pull = min(1, x^n / (1 + x^n) (.3 + .7 openness of the rival)), x = people in the rival / people at which it is half an alternative; the strongest rival counts; not felt where it is no larger than oneself; whoever crossed over this week to a rival that has a branch at the site joins it",
    Reads = "organization.life organization.means organization.policy", Writes = "organization.rival branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot")]
public sealed class Rivalry : Mechanism
{
    [Parameter("people", 10, 10_000_000, Origin.Assumed, "Size at which a rival is half an alternative.")]
    public float HalfAt = 20_000;

    [Parameter("exponent", 0.2, 10, Origin.Assumed, "How suddenly it becomes one.")]
    public float Suddenness = 4;

    [Parameter("ratio", 0, 4, Origin.Assumed, "Pull of rivals.", Dosed = true)]
    public float Scale = 1;

    /// <summary>Pull of a rival of a size and openness on an organization of a size.</summary>
    public float Pull(float rival, float openness, float own)
    {
        if (rival <= own || rival <= 0)
            return 0;
        var x = Deterministic.Exp(Suddenness * Deterministic.Log(rival / HalfAt));
        return Math.Min(1, Scale * x / (1 + x) * (0.3f + 0.7f * openness));
    }

    /// <summary>Those who left another organization this week for a branch of this one join it.</summary>
    private static void TakeIn(World world, Organization o)
    {
        world.Crossers.Sort((a, b) => a.Slot.CompareTo(b.Slot));
        foreach (var (slot, there, experience) in world.Crossers)
        {
            if (there.Organization != o || world.PlaceAt(slot).State != SlotState.Former || world.At(there.Site, o) != there)
                continue;
            there.Count(Flow.Joins);
            there.Count(Flow.JoinsUnasked);
            if (there.Kind == MilieuKind.Campus)
                there.Count(Flow.JoinsCampus);
            there.Roll.At(world.Join(there, slot, MemberFlags.Unasked), Column.Experience) = experience;
        }
    }

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (world.Crossers.Count > 0)
            TakeIn(world, o);
        (o.RivalPull, o.RivalOpenness, o.StrongestRival) = (0, 0, -1);
        foreach (var other in world.Organizations)
        {
            if (other == o || !other.Alive)
                continue;
            var pull = Pull(other.Members, other[PolicyItem.Openness], o.Members);
            if (pull > o.RivalPull)
                (o.RivalPull, o.RivalOpenness, o.StrongestRival) = (pull, other[PolicyItem.Openness], other.Index);
        }
    }
}
