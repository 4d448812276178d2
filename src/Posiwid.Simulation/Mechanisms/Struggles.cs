using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Strikes, evictions, clinic blockades and deportations come up near a branch; what it has built there counts.</summary>
[Mechanism("struggles", "It was occasionally involved in strikes, clinic defense and, very occasionally, eviction defense; rarely a long-term focus.", "jay-2019",
    Equation = "K += rate (min(1, h relevance / full hours) - K); decisions ~ Poisson where hours are given, of strikes by .25 + S, of evictions by .5 + unemployment / 12; P(win) = logistic(base + climate x S for strikes + gain K); a win helps people, lifts hope by .12 s and the reputation by .25 s of what is missing, with s = min(1.5, .1 + K); a defeat takes .08 s of hope, and with chance min(1, .65 s max(0, 1.3 - S)) somebody loses a job: need rises and hope falls; the reputation fades; decided either way it is over: the commitment ends, and K falls to K x relevance, for who came from outside goes home",
    Reads = "branch.hours branch.commitment member.vigor world.climate", Writes = "branch.commitment branch.capital branch.clocks branch.flows branch.yield branch.shocks branch.reputation member.need member.hope")]
public sealed class Struggles : Mechanism
{
    [Parameter("ratio", 0, 4, Origin.Assumed, "How much comes of struggle, in relationships and wins.", Dosed = true)]
    public float Scale = 1;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which relationships follow the hours given.")]
    public float Building = 0.03f;

    [Parameter("hours/week", 1, 1000, Origin.Assumed, "Hours a week at its own place that build full relationships.")]
    public float FullHours = 40;

    [Parameter("decisions/week", 0, 1, Origin.Assumed, "Strikes decided near a branch where the climate of struggle is .75; a quarter of it where there is none.")]
    public float Strikes = 0.035f;

    [Parameter("decisions/week", 0, 1, Origin.Source, "Evictions that a branch hears of early enough, where unemployment is at six in a hundred (filings .0012-.0015 per renter and week; C11).")]
    public float Evictions = 0.03f;

    [Parameter("decisions/week", 0, 1, Origin.Assumed, "Clinic blockades near a branch.")]
    public float Clinics = 0.02f;

    [Parameter("decisions/week", 0, 1, Origin.Assumed, "Deportations that a branch hears of early enough.")]
    public float Deportations = 0.015f;

    [Parameter("logit", -8, 4, Origin.Source, "Strike without help and without a climate (petition to contract within a year, 1999-2004: 1 in 7, logit -1.8, of which the climate of those years is about .5; D4).")]
    public float StrikeBase = -2.6f;

    [Parameter("logit", 0, 8, Origin.Assumed, "What the climate of struggle adds for a strike.")]
    public float Climate = 2;

    [Parameter("logit", -8, 4, Origin.Source, "Eviction without help (no judgment against: .49; D14), less what it takes to keep the home.")]
    public float EvictionBase = -0.9f;

    [Parameter("logit", -8, 4, Origin.Assumed, "Clinic kept open without help.")]
    public float ClinicBase = -1.4f;

    [Parameter("logit", -8, 4, Origin.Source, "Deportation without help (4% stay; D17).")]
    public float DeportationBase = -3.2f;

    [Parameter("logit", 0, 4, Origin.Source, "What full relationships add (.71, 1.31, 1.70 for three kinds; D9, D14, D18).")]
    public float Gain = 1.3f;

    [Parameter("people", 0, 100, Origin.Source, "People helped by a win of scale 1 (2.9 per eviction case; D16).")]
    public float Helped = 3;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Hope gained by a win of scale 1, and lost by a defeat.")]
    public float WinHope = 0.12f, LossHope = 0.08f;

    [Parameter("1/week", 0, 1, Origin.Assumed, "Rate at which the reputation of having won fades.")]
    public float Fading = 0.012f;

    [Parameter("weeks", 0, 104, Origin.Assumed, "Weeks of commitment after which a win counts as led, if its members gave most hours.")]
    public float LedAfter = 8;

    [Parameter("hours/week", 0, 1000, Origin.Assumed, "Hours a week that others give to a struggle.")]
    public float OthersHours = 20;

    [Parameter("members", 0, 10, Origin.Source, "Members hit by a defeat of scale 1 where the climate of struggle is .3: more below, fewer above, one at most (.6-2.3 firings a campaign; D7).", Dosed = true)]
    public float Repressed = 0.65f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Need that it adds to lose a job for having struggled; share of hope that goes.")]
    public float NeedOfHit = 0.3f, HopeOfHit = 0.5f;

    [Parameter("0..1", 0, 2, Origin.Assumed, "Part of a full win that comes without relationships, and the most that a win can be.")]
    public float LeastScale = 0.1f, MostScale = 1.5f;

    /// <summary>How much hours at a place of this kind build relationships for a struggle, and how much of them outlasts it: those who live or work there still do.</summary>
    public static float Relevance(int kind, MilieuKind place) => kind switch
    {
        Activity.StrikeSupport => place == MilieuKind.Workplace ? 1 : 0.35f,
        Activity.EvictionDefense => place == MilieuKind.Neighborhood ? 1 : 0.35f,
        Activity.ClinicDefense => 0.7f,
        _ => place == MilieuKind.Campus ? 0.35f : 0.8f,
    };

    /// <summary>Chance of winning.</summary>
    public float WinChance(int kind, float climate, float capital) => Deterministic.Logistic(Gain * Scale * capital + kind switch
    {
        Activity.StrikeSupport => StrikeBase + Climate * climate,
        Activity.EvictionDefense => EvictionBase,
        Activity.ClinicDefense => ClinicBase,
        _ => DeportationBase,
    });

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        (world.StrugglesPerWeek[0], world.StrugglesPerWeek[1]) = (Strikes * (0.25f + world.Struggle), Evictions * (0.5f + world.Unemployment / 12));
        (world.StrugglesPerWeek[2], world.StrugglesPerWeek[3]) = (Clinics, Deportations);
        for (var place = MilieuKind.Campus; place <= MilieuKind.Neighborhood; place++)
        {
            for (var kind = Activity.FirstStruggle; kind <= Activity.LastStruggle; kind++)
                world.CapitalPerHour[((int)place * Activity.Count) + kind] = Relevance(kind, place) / FullHours;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branch(World world, Branch branch)
    {
        branch.WinReputation -= Fading * branch.WinReputation;
        ref var capital = ref ActivityRow.Of(branch.Capital);
        var hours = ActivityRow.Of(branch.Hours);
        var reach = ActivityRow.Min(ActivityRow.All(1), hours * ActivityRow.Of(world.CapitalPerHour, (int)branch.Kind) * Scale);
        capital += ActivityRow.Struggles & (Building * (reach - capital));

        // the clocks of the four struggles stand side by side; those without hours stand still
        ref var clocks = ref Unsafe.As<float, Vector128<float>>(ref branch.Clocks[(int)Clock.Strike]);
        var active = Vector128.GreaterThan(Vector128.LoadUnsafe(ref branch.Hours[Activity.FirstStruggle]), Vector128<float>.Zero);
        clocks -= active & Vector128.LoadUnsafe(ref world.StrugglesPerWeek[0]);
        var due = (active & Vector128.LessThanOrEqual(clocks, Vector128<float>.Zero)).ExtractMostSignificantBits();
        for (; due != 0; due &= due - 1)
        {
            var struggle = BitOperations.TrailingZeroCount(due);
            var decided = branch.WindUp((Clock)((int)Clock.Strike + struggle), world.Draws, Key, world.Week);
            for (var d = 0; d < decided; d++)
                Decide(world, branch, Activity.FirstStruggle + struggle, d);
        }
    }

    private void Decide(World world, Branch branch, int kind, int d)
    {
        var capital = branch.Capital[kind];
        var scale = Math.Min(MostScale, LeastScale + capital);
        if (world.Draws.Uniform(Key, world.Week, branch.Key, 16 * kind + d) < WinChance(kind, world.Struggle, capital))
        {
            branch.Count(Flow.Wins, 1 / branch.Weight); // a struggle is one, whatever its people stand for
            branch.Count(Flow.Helped, Helped * scale / branch.Weight);
            branch.Brought[(Indicator.Struggle * Activity.Count) + kind] += scale;
            branch.Brought[(Indicator.Needs * Activity.Count) + kind] += Helped * scale * 0.2f;
            branch.HopeGain += WinHope * scale;
            branch.WinReputation += 0.25f * scale * (1 - branch.WinReputation);
            if (branch.Commitment == kind && world.Week - branch.CommittedSince >= LedAfter
                && branch.CommittedHours > OthersHours * (world.Week - branch.CommittedSince))
            {
                branch.Count(Flow.Led, 1 / branch.Weight);
                branch.Events.Add(new RunEvent(world.Week, EventKinds.Led, branch.Organization.Name, branch.Number, scale, MeasureCatalog.Kinds[kind]));
            }
        }
        else
        {
            branch.HopeLoss += LossHope * scale;
            var hit = Repressed * scale * Math.Max(0, 1.3f - world.Struggle);
            if (world.Draws.Uniform(Key, world.Week, branch.Key, 1000 + 16 * kind + d) < Math.Min(1, hit))
                Hurt(world, branch, 4096 + 16 * kind + d);
        }

        branch.Capital[kind] *= Relevance(kind, branch.Kind);
        if (branch.Commitment == kind)
            branch.EndCommitment(world.Week, ", decided");
    }

    /// <summary>Somebody loses a job for having struggled: need rises, hope halves.</summary>
    private void Hurt(World world, Branch branch, int draw)
    {
        var roll = branch.Roll;
        var position = Race.Pick(world, branch, static member => member[Column.Vigor], Key, draw);
        if (position < 0)
            return;
        // one person is hit, whatever the agent stands for
        ref var need = ref roll.At(position, Column.Need);
        need = Math.Min(1, need + NeedOfHit / branch.Weight);
        roll.At(position, Column.Hope) *= 1 - HopeOfHit / branch.Weight;
    }
}
