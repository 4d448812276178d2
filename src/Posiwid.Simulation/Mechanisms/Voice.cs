using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>
/// Members speak up when what they hold against the organization, and others who speak, outweigh fear, pressure and
/// their own threshold (Granovetter 1978; Kuran 1995). Whoever speaks may be attacked by leaders, believers and status-seekers.
/// </summary>
[Mechanism("voice", "The leadership keeps criticism to a minimum; some rank-and-file members help to shut it down, out of belief; status-seekers are the leadership's buffer.", "jay-2019",
    Equation = "speaks if (g + .7 memory)(1 + 3 visible voice)(1 + rival) > threshold + fear + (1 - openness) pressure (.4 + .6 belief of the branch + .6 status of the branch); P(attacked) = cap (1 - e^-(1 - openness)(leaders + believers + status-seekers)); the attacker is drawn by what each puts in",
    Reads = "member.grievance member.memory member.fear member.threshold branch.census branch.voice organization.policy organization.rival organization.means",
    Writes = "member.flags member.fear member.grievance member.memory branch.voice branch.flows branch.shocks")]
public sealed class Voice : Mechanism
{
    [Parameter("ratio", 0, 2, Origin.Assumed, "Weight of remembered wrongs beside present grievance.")]
    public float Memory = 0.7f;

    [Parameter("ratio", 0, 20, Origin.Assumed, "How much others who speak encourage, per unit of their share.")]
    public float Support = 3;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Pressure not to speak where nothing may be said.", Dosed = true)]
    public float Pressure = 0.5f;

    [Parameter("chance", 0, 1, Origin.Source, "Chance of being attacked at most (retaliation 12-36%, at most 75%; V2).", Dosed = true)]
    public float AttackCap = 0.75f;

    [Parameter("ratio", 0, 20, Origin.Assumed, "What leaders, believers and status-seekers put in, each relative to its share of the branch; the center counts even where no leader is present.")]
    public float ByLeaders = 0.6f, ByBelievers = 1.2f, ByStatusSeekers = 4;

    [Parameter("0..1", 0, 1, Origin.Source, "Fear of one attack (would report again: 86 against 95%; .085; V4).")]
    public float Fear = 0.085f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance and memory of one attack.")]
    public float Hurt = 0.08f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance relieved by being heard.")]
    public float Relief = 0.06f;

    [Parameter("ratio", -2, 4, Origin.Source, "How much a rival's pull raises voice (alternatives raise exit and voice; V12).")]
    public float ByRival = 0.5f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which voice is seen; rate at which a branch gets used to it.")]
    public float Seeing = 0.35f, Habituation = 0.02f;

    [Parameter("ratio", 0, 5, Origin.Assumed, "Weight of voice elsewhere in the organization, where talk across branches needs no leave.")]
    public float AcrossBranches = 1;

    /// <summary>What holds a member back, without the own threshold and fear.</summary>
    public float Silence(float openness, float belief, float status) => (1 - openness) * Pressure * (0.4f + 0.6f * belief + 0.6f * status);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        var o = branch.Organization;
        var roll = branch.Roll;
        if (roll.Count == 0)
            return;
        var openness = o[PolicyItem.Openness];
        var census = branch.Census;
        var visible = Math.Min(1, branch.Voice + AcrossBranches * (1 - o[PolicyItem.TalkNeedsLeave]) * o.Voice);
        var bar = MemberLanes.All(Silence(openness, census.Belief, census.Status));
        var louder = MemberLanes.All((1 + Support * visible) * (1 + ByRival * o.RivalPull));
        var memory = MemberLanes.All(Memory);
        var clear = Vector512.Create(~(int)(MemberFlags.Spoke | MemberFlags.Attacked));
        var speakers = 0;
        for (var i = 0; i < roll.BlockCount; i++)
        {
            var member = new MemberLanes(world.People, roll.Block(i));
            var flags = member.Flags & clear;
            var urge = (member[Column.Grievance] + memory * member[Column.Memory]) * louder;
            var speaks = Vector512.GreaterThan(urge, bar + member[Column.Fear] + member[Column.Threshold]).AsInt32() & roll.Mask(i);
            flags |= speaks & Vector512.Create((int)MemberFlags.Spoke);
            member.Flags = flags;
            speakers += BitOperations.PopCount(speaks.ExtractMostSignificantBits());
        }

        if (speakers > 0)
            Answer(world, branch, openness);
        branch.Count(Flow.Spoke, speakers);
        var share = speakers / (float)roll.Count * (0.25f + 0.75f * openness);
        branch.Voice += Seeing * (share - branch.Voice);
        branch.Habit += Habituation * (branch.Voice - branch.Habit);
    }

    private void Answer(World world, Branch branch, float openness)
    {
        var census = branch.Census;
        var roll = branch.Roll;
        var leaders = ByLeaders * (0.15f + (census.Leaders + census.Staff + 0.3f * census.Cadre) / Math.Max(1f, census.Members));
        var believers = ByBelievers * census.Believers / Math.Max(1, census.Members);
        var seekers = ByStatusSeekers * census.StatusSeekers / Math.Max(1, census.Members);
        var o = branch.Organization;
        var readiness = world.Intents.State(world, Channel.Discipline, branch.Key, o.Index, branch.Milieu, 0, (1 - openness) * leaders);
        var all = readiness + (1 - openness) * (believers + seekers);
        var attacked = AttackCap * (1 - Deterministic.Exp(-3 * all));
        foreach (var p in new Flagged(world, branch, MemberFlags.Spoke))
        {
            ref var flags = ref world.FlagsAt(branch, p);
            var id = world.IdAt(branch, p);
            ref var grievance = ref roll.At(world.People, p, Column.Grievance);
            world.Draws.Words(Key, world.Week, id, 0, out var chance, out var who, out _, out _);
            if (Draws.Unit(chance) < attacked)
            {
                flags |= (int)MemberFlags.Attacked;
                roll.At(world.People, p, Column.Fear) += Fear;
                grievance = Math.Min(1, grievance + Hurt);
                roll.At(world.People, p, Column.Memory) += Hurt;
                branch.Count(Flow.Suppression);
                // who attacks: in proportion to what each kind of person puts in; half of the status-seekers hold an office
                if (Draws.Unit(who) * all > readiness + 0.5f * (1 - openness) * seekers)
                    branch.Count(Flow.SuppressionMembers);
            }
            else
            {
                grievance = Math.Max(0, grievance - Relief * openness);
                roll.At(world.People, p, Column.Memory) *= 1 - 0.1f * openness;
            }
        }
    }
}
