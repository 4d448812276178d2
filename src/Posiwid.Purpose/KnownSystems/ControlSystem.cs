using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.KnownSystems;

/// <summary>The luck of one week of one run: standard normal numbers by address, the same in every arm.</summary>
/// <param name="Random">Where they come from.</param>
/// <param name="Seed">Number of the run.</param>
/// <param name="Week">The week.</param>
public readonly record struct Luck(AddressedRandom Random, uint Seed, uint Week)
{
    /// <summary>The number with an index below 32.</summary>
    public double Normal(uint index) => Random.Normal(Seed, (Week * 32) + index);
}

/// <summary>What a system does from what it senses, in a week. One for each run, since it may remember.</summary>
/// <param name="sensed">The state, as it is sensed.</param>
/// <param name="luck">The week's luck: a policy by lot is the same in every arm.</param>
public delegate double[] Policy(double[] sensed, Luck luck);

/// <summary>A small system whose purpose is known, for trying the test of a controlled variable on.</summary>
public sealed record ControlSystem(string Name)
{
    /// <summary>The state at the start.</summary>
    public required double[] Start { get; init; }

    /// <summary>A week of what is not decided: changes the state, given what was done.</summary>
    public required Action<double[], double[], Luck> Plant { get; init; }

    /// <summary>Makes what decides, for one run.</summary>
    public required Func<Policy> NewPolicy { get; init; }

    /// <summary>Variables that can be tested, by name.</summary>
    public required IReadOnlyDictionary<string, Func<double[], double>> Variables { get; init; }

    /// <summary>Disturbances by name: change the state by a dose.</summary>
    public required IReadOnlyDictionary<string, Action<double[], double>> Disturbances { get; init; }

    /// <summary>Weeks before the disturbance, in which the system settles.</summary>
    public int Settling { get; init; } = 60;

    /// <summary>Paired arms of many seeds: undisturbed, live, replayed and blinded (methods, 1b).</summary>
    /// <param name="variable">What is tested.</param>
    /// <param name="disturbance">What is done to the system.</param>
    /// <param name="dose">Its size, in the unit of what it changes.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="lasts">True to push every week of the window, false for one blow at its start.</param>
    /// <param name="weeks">Weeks of the window.</param>
    /// <param name="seed">Seed of the luck.</param>
    /// <param name="undisturbedRuns">The undisturbed runs from <see cref="Calm"/>, where several disturbances share them; made here if left out.</param>
    public DefenseTrial Try(
        string variable, string disturbance, double dose, int seeds = 200, bool lasts = false, int weeks = 60, ulong seed = 1, IReadOnlyList<(double[][] States, double[][] Actions)>? undisturbedRuns = null)
    {
        var (random, last) = (new AddressedRandom(seed, 0x746f7973), Settling + weeks);
        undisturbedRuns ??= Calm(seeds, weeks, seed);
        var undisturbed = new double[]?[seeds];
        var (live, replayed, blinded) = (new double[]?[seeds], new double[]?[seeds], new double[]?[seeds]);
        for (var i = 0; i < seeds; i++)
        {
            var calm = undisturbedRuns[i];
            double[] Disturbed(Func<int, double[]>? act = null, Func<int, double[]>? sense = null) =>
                Window(Run(random, (uint)i, last, w => w == Settling || (lasts && w > Settling) ? dose : 0, disturbance, act, sense, (Settling, calm)).States);
            undisturbed[i] = Window(calm.States);
            live[i] = Disturbed();
            replayed[i] = Disturbed(act: w => calm.Actions[w]);
            blinded[i] = Disturbed(sense: w => calm.States[w]);
        }

        double[] Window(double[][] states) => [.. states.Skip(Settling).Select(Variables[variable])];
        return new DefenseTrial(variable, dose, Settling, lasts) { WeeksBetween = 1, Undisturbed = undisturbed, Live = live, Replayed = replayed, Blinded = blinded };
    }

    /// <summary>Undisturbed runs of many seeds, up to the end of a window of so many weeks.</summary>
    public IReadOnlyList<(double[][] States, double[][] Actions)> Calm(int seeds, int weeks = 60, ulong seed = 1) =>
        [.. Enumerable.Range(0, seeds).Select(i => Run(new AddressedRandom(seed, 0x746f7973), (uint)i, Settling + weeks))];

    /// <summary>The variable over a long run: deciding by itself, and with its actions frozen at their mean of the live run.</summary>
    public (double[] Live, double[] Frozen) Noise(string variable, int weeks, ulong seed = 1)
    {
        var random = new AddressedRandom(seed, 0x746f7973);
        var live = Run(random, 0, weeks);
        double[] mean = [.. Enumerable.Range(0, live.Actions[0].Length).Select(a => live.Actions.Average(x => x[a]))];
        var frozen = Run(random, 0, weeks, act: _ => mean);
        return ([.. live.States.Select(Variables[variable])], [.. frozen.States.Select(Variables[variable])]);
    }

    /// <summary>One run: states (as they stand when they are sensed) and actions by week.</summary>
    /// <param name="random">Luck.</param>
    /// <param name="seed">Number of the run.</param>
    /// <param name="weeks">Weeks.</param>
    /// <param name="dose">Dose of the disturbance by week; none if left out.</param>
    /// <param name="disturbance">Which one.</param>
    /// <param name="act">What is done instead of what the policy decides.</param>
    /// <param name="sense">What is sensed instead of the state.</param>
    /// <param name="past">A run of the same luck that this one shares up to a week; none if left out. What the policy remembers is made again from what it sensed.</param>
    /// <param name="until">Ends the run, given a week and its state; what is returned then ends before that week.</param>
    public (double[][] States, double[][] Actions) Run(
        AddressedRandom random, uint seed, int weeks, Func<int, double>? dose = null, string? disturbance = null, Func<int, double[]>? act = null, Func<int, double[]>? sense = null,
        (int Week, (double[][] States, double[][] Actions) Run)? past = null, Func<int, double[], bool>? until = null)
    {
        var (state, policy) = ((double[])Start.Clone(), NewPolicy());
        var (states, actions) = (new double[weeks][], new double[weeks][]);
        var from = past?.Week ?? 0;
        for (var w = 0; w < from; w++)
        {
            (states[w], actions[w]) = (past!.Value.Run.States[w], past.Value.Run.Actions[w]);
            policy(states[w], new Luck(random, seed, (uint)w));
        }

        if (from > 0)
            state = (double[])past!.Value.Run.States[from].Clone();
        for (var w = from; w < weeks; w++)
        {
            if (dose?.Invoke(w) is { } d and not 0)
                Disturbances[disturbance!](state, d);
            var luck = new Luck(random, seed, (uint)w);
            states[w] = (double[])state.Clone();
            if (until?.Invoke(w, states[w]) == true)
                return (states[..w], actions[..w]);
            var decided = policy(sense?.Invoke(w) ?? states[w], luck);
            actions[w] = act?.Invoke(w) ?? decided;
            Plant(state, actions[w], luck);
        }

        return (states, actions);
    }
}
