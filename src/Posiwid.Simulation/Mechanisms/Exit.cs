using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Members leave when what holds them no longer outweighs what it costs; loyalty keeps the aggrieved, a rival draws them.</summary>
[Mechanism("exit", "A revolving door: it has to keep people convinced enough to pay dues; members fed up left for greener pastures.", "hirschman-1970",
    Equation = "rate = base (idle + (1 - idle) min(1, hours asked / 5)) e^(-k U), leaders and staff a part of it; U = .9 belief + .6 hope + .45 ties + .25 status (.35 of it if not cadre) + .35 [belief > .15] + 2.5 needs met x need - .8 grievance (1 + .5 rival)(1 - .6 loyalty) - .3 (hours asked / 5)(.6 + need)(1.3 if cadre) - .15 (dues / 7)(.5 + need) - .3 need - .45 rival (1 - .4 ties) - .35 if attacked; loyalty = min(1, ties + .3 if cadre) min(1, 2 belief); whoever's summed rate passes an exponential draw leaves",
    Reads = "member.belief member.hope member.ties member.status member.need member.grievance member.flags branch.reputation organization.policy organization.rival",
    Writes = "member.exit-clock branch.flows branch.place world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.joined member.until member.flags member.slot")]
public sealed class Exit : Mechanism
{
    [Parameter("1/week", 0.001, 1, Origin.Calibrated, "Rate of leaving of somebody whom nothing holds.")]
    public float Base = 0.1f;

    [Parameter("1", 0, 10, Origin.Calibrated, "How steeply the rate falls with what holds.")]
    public float Steepness = 3.2f;

    [Parameter("utility", 0, 4, Origin.Assumed, "What holds: belief, hope, ties, status for cadre (a third of it for others), company of believers, needs met.")]
    public float Belief = 0.9f, Hope = 0.6f, Ties = 0.45f, Status = 0.25f, Company = 0.35f, NeedsMet = 2.5f;

    [Parameter("utility", 0, 4, Origin.Assumed, "What drives out: grievance, effort at five hours a week, dues of seven dollars a week, need.")]
    public float Grievance = 0.8f, Effort = 0.30f, Dues = 0.15f, Need = 0.30f;

    [Parameter("utility", 0, 2, Origin.Calibrated, "What a rival's full pull takes, less for those with ties; it also sharpens grievances; set by hand, looking at the last years of the ISO.")]
    public float Rival = 0.45f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of a grievance that loyalty silences as a reason to leave.")]
    public float Loyalty = 0.6f;

    [Parameter("utility", 0, 2, Origin.Assumed, "What an attack takes in the week it happens.")]
    public float Attacked = 0.35f;

    [Parameter("ratio", 0, 1, Origin.Assumed, "Rate of leaders and of paid staff relative to others.")]
    public float OfLeaders = 0.12f, OfStaff = 0.3f;

    [Parameter("ratio", 0, 1, Origin.Source, "Rate of those of whom nothing is asked relative to those asked five hours a week (on the roll only: .0014-.0021 a week against .007-.020, by their geometric middles; V5).")]
    public float Idle = 0.145f;

    [Parameter("ratio", 0, 2, Origin.Assumed, "What status is worth to others than cadre, relative to them; effort that cadre give, relative to others; ties that being cadre is worth for loyalty.")]
    public float StatusOfOthers = 0.35f, EffortOfCadre = 1.3f, TiesOfCadre = 0.3f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Belief above which the company of believers holds.")]
    public float CompanyFrom = 0.15f;

    [Parameter("ratio", 0, 2, Origin.Assumed, "What effort, and what dues cost somebody who needs nothing, relative to the need that they add to.")]
    public float EffortAtEase = 0.6f, DuesAtEase = 0.5f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of a rival's pull that full ties take away; how much sharper its full pull makes grievances.")]
    public float TiesAgainstRival = 0.4f, Sharpening = 0.5f;

    [Parameter("ratio", 0, 10, Origin.Assumed, "All rates of leaving together (a lasting disturbance in experiments).")]
    public float Scale = 1;

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => Branches(world, new(in branch));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        Span<int> first = stackalloc int[branches.Length + 1];
        for (var b = 0; b < branches.Length; b++)
            first[b + 1] = first[b] + branches[b].Roll.BlockCount;
        Span<byte> gone = first[^1] <= MostBlocks ? stackalloc byte[first[^1]] : new byte[first[^1]];
        for (var b = 0; b < branches.Length; b++)
            RunDown(world, branches[b], gone[first[b]..first[b + 1]]);
        for (var b = 0; b < branches.Length; b++)
        {
            // from the end, since the last of the roll takes a freed place
            for (var i = first[b + 1] - 1; i >= first[b]; i--)
            {
                for (int bits = gone[i]; bits != 0;)
                {
                    var lane = BitOperations.Log2((uint)bits);
                    bits &= ~(1 << lane);
                    Go(world, branches[b], (i - first[b]) * MemberBlocks.Lanes + lane, branches[b].Organization.RivalPull);
                }
            }
        }
    }

    /// <summary>Blocks of members up to whom those who go are noted on the stack.</summary>
    private const int MostBlocks = 4096;

    /// <summary>The clocks of all members of a branch run down; one bit for each of those that ring, by block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunDown(World world, Branch branch, Span<byte> gone)
    {
        var o = branch.Organization;
        var roll = branch.Roll;
        var one = Vector256<float>.One;
        var zero = Vector256<float>.Zero;
        var pull = o.RivalPull;
        var met = MemberLanes.All(NeedsMet * branch.NeedReputation);
        var sharp = MemberLanes.All(Grievance * (1 + Sharpening * pull));
        var effort = MemberLanes.All(Effort * o[PolicyItem.HoursAsked] / 5);
        var fixedCost = MemberLanes.All(Dues * o[PolicyItem.DuesUsdPerWeek] / 7);
        var @base = MemberLanes.All(Base * Scale * (Idle + (1 - Idle) * Math.Min(1, o[PolicyItem.HoursAsked] / 5)));
        for (var i = 0; i < gone.Length; i++)
        {
            var member = new MemberLanes(roll, i);
            var flags = member.Flags;
            var belief = member[Column.Belief];
            var ties = member[Column.Ties];
            var need = member[Column.Need];
            var cadre = MemberLanes.Has(flags, MemberFlags.Cadre);
            var loyalty = Deterministic.Min(one, ties + (MemberLanes.All(TiesOfCadre) & cadre)) * Deterministic.Min(one, belief + belief);
            var hold = MemberLanes.All(Belief) * belief + MemberLanes.All(Hope) * member[Column.Hope] + MemberLanes.All(Ties) * ties
                + MemberLanes.All(Status) * member[Column.Status] * Vector256.ConditionalSelect(cadre, one, MemberLanes.All(StatusOfOthers))
                + (MemberLanes.All(Company) & Vector256.GreaterThan(belief, MemberLanes.All(CompanyFrom)))
                + met * need;
            var drive = sharp * member[Column.Grievance] * (one - MemberLanes.All(Loyalty) * loyalty)
                + effort * Vector256.ConditionalSelect(cadre, MemberLanes.All(EffortOfCadre), one) * (MemberLanes.All(EffortAtEase) + need)
                + fixedCost * (MemberLanes.All(DuesAtEase) + need) + MemberLanes.All(Need) * need
                + MemberLanes.All(Rival * pull) * (one - MemberLanes.All(TiesAgainstRival) * ties)
                + (MemberLanes.All(Attacked) & MemberLanes.Has(flags, MemberFlags.Attacked));
            var rate = @base * Deterministic.Exp(MemberLanes.All(-Steepness) * (hold - drive));
            rate = Vector256.ConditionalSelect(MemberLanes.Has(flags, MemberFlags.Staff), MemberLanes.All(OfStaff) * rate, rate);
            rate = Vector256.ConditionalSelect(MemberLanes.Has(flags, MemberFlags.Leader), MemberLanes.All(OfLeaders) * rate, rate);
            var fuse = member[Column.ExitFuse] - rate;
            member[Column.ExitFuse] = fuse;
            gone[i] = (byte)(Vector256.LessThanOrEqual(fuse, zero).AsInt32() & roll.Mask(i)).ExtractMostSignificantBits();
        }
    }

    private void Go(World world, Branch branch, int position, float pull)
    {
        var rival = Rival * pull * (1 - TiesAgainstRival * branch.Roll.At(position, Column.Ties))
            + Grievance * Sharpening * pull * branch.Roll.At(position, Column.Grievance);
        // share of the rate that would not be there without the rival
        if (rival > 0 && world.Draws.Uniform(Key, world.Week, branch.IdAt(position), 1) < 1 - Deterministic.Exp(-Steepness * rival))
            world.Cross(branch, position);

        world.Leave(branch, position, branch.Roll.At(position, Column.Hope) < 0.15f ? "lapsed" : "resigned");
    }
}
