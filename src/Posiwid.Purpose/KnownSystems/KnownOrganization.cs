using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.KnownSystems;

/// <summary>
/// A small organization whose purposes are planted, for trying the whole instrument on: five ends that wear away unless hours go to them, and a placebo.
/// </summary>
/// <remarks>
/// x' = .97 x + .5 (5 a - 1) + .1 noise for each end, where a is its share of the hours. Hours go in proportion to pull: exp(-strength x) for what is wanted, a
/// constant for what is not. Whose luck it is hangs on who is there, the placebo too: two arms that have drifted apart draw different luck, as in a real simulation.
/// The placebo, which nobody senses, wears away with a luck of its own that hangs on the ends. It dies
/// when an end it lives on stays below -2 for eight weeks, and of accidents (.6% a week).
/// </remarks>
/// <param name="Name">Name.</param>
/// <param name="Wants">Ends that it holds and chooses.</param>
/// <param name="LivesOn">Ends without which it dies.</param>
public sealed record KnownOrganization(string Name, IReadOnlyList<string> Wants, IReadOnlyList<string> LivesOn)
{
    private const int Horizon = 260;
    private const int Window = 26;

    /// <summary>How strongly it answers a change of what it wants, 0 (not at all) to 1.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>True if its hours go anywhere by lot.</summary>
    public bool ByLot { get; init; }

    /// <summary>Codes of the five ends.</summary>
    public static IReadOnlyList<string> Ends { get; } = ["struggle", "need", "members", "funds", "unity"];

    /// <summary>Wants members, money and unity; lives on members and money; says that it struggles.</summary>
    public static KnownOrganization GrowthSect => new("growth sect", ["members", "funds", "unity"], ["members", "funds"]);

    /// <summary>Wants what its members need, and would die without it.</summary>
    public static KnownOrganization MutualAid => new("mutual aid", ["need"], ["need"]);

    /// <summary>Wants nothing: all its effort goes anywhere by lot.</summary>
    public static KnownOrganization RandomActor => new("random actor", [], []) { ByLot = true };

    /// <summary>Wants nothing and dies without money.</summary>
    public static KnownOrganization Endowment => new("endowment", [], ["funds"]);

    /// <summary>Everything that the instrument reads, from runs of this organization.</summary>
    /// <param name="pairs">Seeds, each of which lives through every arm.</param>
    /// <param name="seed">Seed of the luck.</param>
    public PurposeData Data(int pairs, ulong seed)
    {
        var system = System();
        var random = new AddressedRandom(seed, 0x6f726731);
        var calm = Enumerable.Range(0, pairs).Select(i => system.Run(random, (uint)i, Horizon)).ToArray();
        var before = system.Calm(pairs, Window, seed);
        var functions = Ends.Select(e => new Function($"work_for_{e}", $"work for {e}", e, "1", true, [], [$"work_for_{e}"], [])).ToArray();
        return new PurposeData
        {
            Ends = new Ends(
                [.. Ends.Select(e => new End(e, e, "mission")), new End("placebo", "a control", "placebo")],
                [.. Ends.Select(e => new KindEnd($"work_for_{e}", e, 1, 1, 1))]),
            Source = EvidenceSource.Model,
            Said = [.. Ends.Select((e, i) => new StatedAim(e, i + 1, null))],
            SaidIn = "its program",
            Hours = [.. calm.Select(run => (IReadOnlyList<KeyValuePair<string, double>>)[.. Ends.Select((e, k) => KeyValuePair.Create($"work_for_{e}", run.Actions.Sum(a => a[k])))])],
            Defense = [.. Ends.Append("placebo").SelectMany(e => new[] { -1.0, 1 }.Select(dose => system.Try(e, e, 1.5 * dose, pairs, weeks: Window, seed: seed, undisturbedRuns: before) with { Dose = dose }))],
            Functions = functions,
            Lives = [new LifeTrial([], "", [.. calm.Select((run, i) => Array.FindIndex(run.States, Death(random, i)) is >= 0 and var week ? week : Horizon)]), .. functions.Select((f, k) => new LifeTrial([f.Id], "pro_rata", Without(k)))],
            Horizon = Horizon,
            Decisions = Choosers.Planted("plan", Ends, [.. Ends.Select(e => Wants.Contains(e) ? 0.8 * Strength : 0)], 8 * pairs, pairs, new AddressedRandom(seed, 0x6f726732)),
            AttributeEnds = [.. Ends.Select(e => new AttributeEnd("plan", e, e, WeightOrigin.Learned))],
        };

        int[] Without(int end)
        {
            var knockedOut = system with { NewPolicy = () => Lacking(system.NewPolicy(), end) };
            return [.. Enumerable.Range(0, pairs).Select(i => Death(random, i) is var dies ? knockedOut.Run(random, (uint)i, Horizon, until: (_, x) => dies(x)).States.Length : 0)];
        }
    }

    /// <summary>Hours of one end go to the others in proportion.</summary>
    private static Policy Lacking(Policy policy, int end) => (sensed, luck) =>
    {
        var shares = policy(sensed, luck);
        var rest = 1 - shares[end];
        return [.. shares.Select((a, k) => k == end ? 0 : a / rest)];
    };

    /// <summary>Whether it dies in a week, asked week after week with the state of each.</summary>
    private Predicate<double[]> Death(AddressedRandom random, int seed)
    {
        var (low, week) = (0, 0u);
        return x =>
        {
            var lacks = false;
            for (var k = 0; k < Ends.Count; k++)
                lacks |= x[k] < -2 && LivesOn.Contains(Ends[k]);
            low = lacks ? low + 1 : 0;
            return low >= 8 | new Luck(random, (uint)seed, week++).Normal(28 + Whose(x[2])) < -2.5;
        };
    }

    private ControlSystem System() => new(Name)
    {
        Start = new double[Ends.Count + 1],
        Plant = (x, shares, luck) =>
        {
            for (var k = 0; k < Ends.Count; k++)
                x[k] = (0.97 * x[k]) + (0.5 * ((Ends.Count * shares[k]) - 1)) + (0.1 * luck.Normal((uint)((4 * k) + Whose(x[k] + x[^1]))));
            // after the streams of the ends (0 to 19), of deaths (28 to 31) and of those who act by lot (21 to 25)
            x[^1] = (0.97 * x[^1]) + (0.1 * luck.Normal(32 + Whose(x.Take(Ends.Count).Sum())));
        },
        NewPolicy = () => (x, luck) =>
        {
            var (shares, sum) = (new double[Ends.Count], 0.0);
            for (var k = 0; k < shares.Length; k++)
                sum += shares[k] = ByLot ? Math.Exp(0.5 * luck.Normal((uint)(21 + k))) : Wants.Contains(Ends[k]) ? Math.Exp(-Strength * x[k]) : 0.8;
            for (var k = 0; k < shares.Length; k++)
                shares[k] /= sum;
            return shares;
        },
        Variables = Ends.Append("placebo").Select((e, k) => (e, k)).ToDictionary(v => v.e, v => (Func<double[], double>)(x => x[v.k])),
        Disturbances = Ends.Append("placebo").Select((e, k) => (e, k)).ToDictionary(v => v.e, v => (Action<double[], double>)((x, d) => x[v.k] += d)),
    };

    /// <summary>One of four streams of luck, by who is there.</summary>
    private static uint Whose(double x) => (uint)(long)Math.Floor(8 * x) & 3;
}
