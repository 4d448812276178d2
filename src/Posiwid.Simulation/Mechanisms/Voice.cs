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
    Equation = "speaks if (g + .7 memory)(1 + 3 visible voice)(1 + .5 rival) > threshold + fear + (1 - openness) pressure (.4 + .6 belief of the branch + .6 status of the branch); visible voice = the branch's, and as far as talk needs no leave the organization's; P(attacked) = cap (1 - e^(-3 (1 - openness)(.6 (.15 + leaders + staff + .3 cadre) + 1.2 believers + 4 status-seekers))), each as a share of the branch, .15 for the center; whoever is attacked gains fear, grievance and memory, whoever is not loses some grievance and memory x openness; who attacks is drawn by what each puts in: the center, officers (and cadre, by .3), firm believers, status-seekers (of members one a week and branch, and another against that one); it is official if it is the center or an officer",
    Reads = "member.grievance member.memory member.fear member.threshold member.flags member.belief member.status branch.census branch.voice organization.policy organization.rival organization.means",
    Writes = "member.flags member.fear member.grievance member.memory branch.voice branch.flows organization.means")]
public sealed class Voice : Suppression
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

    [Parameter("0..1", 0, 1, Origin.Assumed, "Grievance relieved by being heard where all may be said.")]
    public float Relief = 0.06f;

    [Parameter("ratio", -2, 4, Origin.Source, "How much a rival's pull raises voice (alternatives raise exit and voice; V12).")]
    public float ByRival = 0.5f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which voice is seen; rate at which a branch gets used to it.")]
    public float Seeing = 0.35f, Habituation = 0.02f;

    [Parameter("ratio", 0, 5, Origin.Assumed, "Weight of voice elsewhere in the organization, where talk across branches needs no leave.")]
    public float AcrossBranches = 1;

    [Parameter("ratio", 0, 4, Origin.Assumed, "How far one is held back where nobody around believes or seeks status; what belief, and what status-seeking around one add.")]
    public float HeldBack = 0.4f, ByBelief = 0.6f, ByStatus = 0.6f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of what is said that is seen where nothing may be said.")]
    public float SeenWhereClosed = 0.25f;

    [Parameter("share of members", 0, 2, Origin.Assumed, "What the center puts in by itself, as if so many of the members were officers.")]
    public float ByCenter = 0.15f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of remembered wrongs that being heard takes away where all may be said.")]
    public float Reconciled = 0.1f;

    private readonly MemberRates each;

    /// <summary>A rule with its usual parameters.</summary>
    public Voice() => each = member => Weights.Each(member);

    /// <inheritdoc/>
    private protected override MemberRates Each(Suppressors against) => each;

    private Suppressors Weights => new() { Officer = ByLeaders, Believer = ByBelievers, StatusSeeker = ByStatusSeekers };

    /// <summary>What holds a member back, without the own threshold and fear.</summary>
    public float Silence(float openness, float belief, float status) => (1 - openness) * Pressure * (HeldBack + ByBelief * belief + ByStatus * status);

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => Branches(world, new(in branch));

    /// <inheritdoc/>
    public override void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        Span<int> speakers = stackalloc int[branches.Length];
        for (var b = 0; b < branches.Length; b++)
            speakers[b] = Speak(world, branches[b]);
        for (var b = 0; b < branches.Length; b++)
        {
            var branch = branches[b];
            if (branch.Roll.Count == 0)
                continue;
            var openness = branch.Organization[PolicyItem.Openness];
            var (center, leaders, members) = Readiness(branch.Census, openness);
            branch.Against = Weights with { All = leaders + members, Center = center };
            if (speakers[b] > 0)
                Answer(world, branch, openness, leaders);
            branch.Count(Flow.Spoke, speakers[b]);
            var share = speakers[b] / (float)branch.Roll.Count * (SeenWhereClosed + (1 - SeenWhereClosed) * openness);
            branch.Voice += Seeing * (share - branch.Voice);
            branch.Habit += Habituation * (branch.Voice - branch.Habit);
        }
    }

    /// <summary>Marks those of a branch who speak up, and counts them; whoever was attacked after last week's end is attacked in this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Speak(World world, Branch branch)
    {
        var o = branch.Organization;
        var roll = branch.Roll;
        var openness = o[PolicyItem.Openness];
        var census = branch.Census;
        var visible = Math.Min(1, branch.Voice + AcrossBranches * (1 - o[PolicyItem.TalkNeedsLeave]) * o.Voice);
        var bar = MemberLanes.All(Silence(openness, census.Belief, census.Status));
        var louder = MemberLanes.All((1 + Support * visible) * (1 + ByRival * o.RivalPull));
        var memory = MemberLanes.All(Memory);
        var clear = Vector256.Create(~(int)(MemberFlags.Spoke | MemberFlags.Attacked | MemberFlags.AttackedLate));
        var speakers = 0;
        for (var i = 0; i < roll.BlockCount; i++)
        {
            var member = new MemberLanes(roll, i);
            var flags = (member.Flags & clear) | (MemberLanes.Has(member.Flags, MemberFlags.AttackedLate).AsInt32() & Vector256.Create((int)MemberFlags.Attacked));
            var urge = (member[Column.Grievance] + memory * member[Column.Memory]) * louder;
            var speaks = Vector256.GreaterThan(urge, bar + member[Column.Fear] + member[Column.Threshold]).AsInt32() & roll.Mask(i);
            flags |= speaks & Vector256.Create((int)MemberFlags.Spoke);
            member.Flags = flags;
            speakers += BitOperations.PopCount(speaks.ExtractMostSignificantBits());
        }

        return speakers;
    }

    /// <summary>What is put in against whoever speaks, by the center where nobody is present, by it and the leaders and cadre of a branch, and by believers and status-seekers; 0 where all may be said.</summary>
    private (float Center, float Leaders, float Members) Readiness(in Census census, float openness)
    {
        var share = (1 - openness) / Math.Max(1f, census.Members);
        var center = ByCenter * (1 - openness);
        return (ByLeaders * center, ByLeaders * (center + share * (census.Leaders + census.Staff + Suppressors.OfCadre * census.Cadre)),
            share * (ByBelievers * census.Believers + ByStatusSeekers * census.StatusSeekers));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Answer(World world, Branch branch, float openness, float leaders)
    {
        var roll = branch.Roll;
        ref var against = ref branch.Against;
        // what is decided beyond, or short of, what the leaders and cadre put in by themselves is the center's
        var decided = world.Intents.State(world, Channel.Discipline, branch.Key, branch.Organization.Index, branch.Milieu, 0, leaders) - leaders;
        against.All += decided;
        against.Center = Math.Max(0, against.Center + decided);
        var attacked = MemberLanes.All(AttackCap * (1 - Deterministic.Exp(-3 * against.All)));
        (int?, int?) leads = default;
        for (var i = 0; i < roll.BlockCount; i++)
        {
            var member = new MemberLanes(roll, i);
            var spoke = MemberLanes.Has(member.Flags, MemberFlags.Spoke) & roll.FloatMask(i);
            if (spoke.ExtractMostSignificantBits() == 0)
                continue;
            world.Draws.Words(Key, world.Week, member[Column.IdLow].AsUInt32(), member[Column.IdHigh].AsUInt32(), 0, out var chance, out var center, out _, out _);
            var hit = spoke & Vector256.LessThan(Draws.Unit(chance), attacked);
            var heard = Vector256.AndNot(spoke, hit);
            var (grievance, memory) = (member[Column.Grievance], member[Column.Memory]);
            member[Column.Grievance] = Vector256.ConditionalSelect(heard, Deterministic.Max(Vector256<float>.Zero, grievance - MemberLanes.All(Relief * openness)), grievance);
            member[Column.Memory] = Vector256.ConditionalSelect(heard, memory * MemberLanes.All(1 - Reconciled * openness), memory);
            for (var hits = hit.ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
            {
                var lane = BitOperations.TrailingZeroCount(hits);
                branch.Count(Flow.Suppression);
                if (!Attack(world, branch, against, (i * MemberBlocks.Lanes) + lane, Draws.Unit(center[lane]), ref leads, MemberFlags.Attacked))
                    branch.Count(Flow.SuppressionMembers);
            }
        }
    }

    /// <summary>What is heard of all branches.</summary>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        var spoke = o.Members > 0 ? (float)(o.Flows[(int)Flow.Spoke] / ((double)o.Members + o.Flows[(int)Flow.Exits])) : 0;
        o.Voice += Seeing * (spoke * (SeenWhereClosed + (1 - SeenWhereClosed) * o[PolicyItem.Openness]) - o.Voice);
    }
}
