namespace Posiwid.Purpose.KnownSystems;

/// <summary>
/// Fourteen systems whose controlled variable is known (methods, table of 1b): some hold a quantity by acting, some hold still without acting, one acts
/// without holding anything. The disturbed quantity is <c>q</c>, wanted at 0, unless said otherwise; a step is a week.
/// </summary>
public static class ControlSystems
{
    private const double Calm = 0.1;

    /// <summary>A random walk: q' = q + noise. Nothing brings it back.</summary>
    public static ControlSystem RandomWalk => Passive("random walk", 1);

    /// <summary>Habit: q' = .7 q + noise. It comes back by itself.</summary>
    public static ControlSystem Decay => Passive("passive decay", 0.7);

    /// <summary>A heavy mass with friction, mass 50: what a push gives in speed is lost at 2.125 / 50 a week, so that 1 - (1 - .0425)^20 = .580 of it is gone after 20.</summary>
    public static ControlSystem HeavyMass => Passive("heavy mass", 1 - (2.125 / 50));

    /// <summary>A mass on a spring with a damper: v' = v - .25 q - .9 v, q' = q + v'. Negative feedback, and nobody acts.</summary>
    public static ControlSystem Spring => One("mass, spring and damper", [0, 0], (s, _, luck) =>
    {
        s[1] += (-0.25 * s[0]) - (0.9 * s[1]) + (Calm * luck.Normal(0));
        s[0] += s[1];
    }, () => (_, _) => [0]);

    /// <summary>Acts by lot, whatever it senses: q' = .9 q + a + noise, a normal with deviation 1.08. Its acting makes q less stable.</summary>
    public static ControlSystem RandomActor => One("random actor", [0], (s, a, luck) => s[0] = (0.9 * s[0]) + a[0] + luck.Normal(0), () => (_, luck) => [1.08 * luck.Normal(1)]);

    /// <summary>Control in proportion: a = -.3 q. D of a blow over H weeks is 1 - (1 - .7^H) / (.3 H).</summary>
    public static ControlSystem Proportional => Integrator("proportional", () => (q, _) => [-0.3 * q[0]]);

    /// <summary>Control by proportion (.4), integral (.05) and change (.1): leaves no remainder of a lasting push.</summary>
    public static ControlSystem Pid => Integrator("proportional, integral and derivative", () =>
    {
        var (sum, before) = (0.0, 0.0);
        return (q, _) =>
        {
            sum += q[0];
            var change = q[0] - before;
            before = q[0];
            return [-((0.4 * q[0]) + (0.05 * sum) + (0.1 * change))];
        };
    });

    /// <summary>A thermostat: q' = .94 q - .4 + heat + noise, a heater of 1.5 that is on while q is below 0. Part of its return is the leak of the house.</summary>
    public static ControlSystem Thermostat =>
        One("thermostat", [0], (s, a, luck) => s[0] = (0.94 * s[0]) - 0.4 + a[0] + (Calm * luck.Normal(0)), () => (q, _) => [q[0] < 0 ? 1.5 : 0]);

    /// <summary>Acts on what was six weeks ago: a = -.12 q(t - 6). It overshoots.</summary>
    public static ControlSystem Delayed => Integrator("delayed by six weeks", () =>
    {
        var seen = new Queue<double>(new double[6]);
        return (q, _) =>
        {
            seen.Enqueue(q[0]);
            return [-0.12 * seen.Dequeue()];
        };
    });

    /// <summary>Wants no less: acts (a = -.3 q) only while q is below 0; it erodes by .05 a week.</summary>
    public static ControlSystem OneSided => Integrator("one-sided", () => (q, _) => [q[0] < 0 ? -0.3 * q[0] : 0], noise: 0.3, drift: -0.05);

    /// <summary>Cannot do more than .25 a week: a = -.5 q within -.25 to .25. A large blow is more than it can answer (Ashby 1956, requisite variety).</summary>
    public static ControlSystem Saturated => Integrator("saturated", () => (q, _) => [Math.Clamp(-0.5 * q[0], -0.25, 0.25)], noise: 0.3);

    /// <summary>
    /// Holds its income at 100 by recruiting: members' = members + .25 (100 - income), income = members times dues (1 at first). Disturbed by members lost and by
    /// a cut of the dues. Income is what it holds; members are a means: nothing but itself moves them when the dues are cut.
    /// </summary>
    public static ControlSystem DuesIncome => new("income from dues")
    {
        Start = [100, 1],
        Plant = (s, a, luck) => s[0] += a[0] + (Calm * luck.Normal(0)),
        NewPolicy = () => (s, _) => [0.25 * (100 - (s[0] * s[1]))],
        Variables = Named(("members", s => s[0]), ("income", s => s[0] * s[1])),
        Disturbances = Named<Action<double[], double>>(("members", (s, d) => s[0] += d), ("dues", (s, d) => s[1] += d)),
    };

    /// <summary>
    /// Ashby's homeostat (1952): four units that drive one another, x' = clip(x + .1 W x + noise, -2 to 2). A unit that is outside -1 to 1 at the end of ten weeks
    /// draws its row of weights anew (Ashby's uniselector). One disturbance turns a row of weights round: it is not the value that is disturbed but what holds it; the other pushes the first unit, which comes back by itself.
    /// Measured is how many units are out of bounds.
    /// </summary>
    public static ControlSystem Homeostat
    {
        get
        {
            const int n = 4;
            return new("homeostat")
            {
                Start = [.. new double[n], .. Enumerable.Range(0, n * n).Select(k => k % (n + 1) == 0 ? -1.0 : 0)],
                Plant = (s, a, luck) =>
                {
                    var row = new double[n];
                    for (var i = 0; i < n; i++)
                    {
                        if (a[i] > 0)
                        {
                            for (var j = 0; j < n; j++)
                                s[n + (i * n) + j] = (luck.Normal((uint)((i * n) + j + n)) * 0.5) - (i == j ? 0.5 : 0);
                        }

                        row[i] = s[i] + (0.1 * Enumerable.Range(0, n).Sum(j => s[n + (i * n) + j] * s[j])) + (0.02 * luck.Normal((uint)i));
                    }

                    for (var i = 0; i < n; i++)
                        s[i] = Math.Clamp(row[i], -2, 2);
                },
                NewPolicy = () => (s, luck) => [.. Enumerable.Range(0, n).Select(i => luck.Week % 10 == 9 && Math.Abs(s[i]) > 1 ? 1.0 : 0)],
                Variables = Named(("out_of_bounds", s => Enumerable.Range(0, n).Count(i => Math.Abs(s[i]) > 1))),
                Disturbances = Named<Action<double[], double>>(("polarity", (s, _) =>
                {
                    for (var j = 0; j < n; j++)
                        s[n + j] = -s[n + j];
                }
                ), ("push", (s, d) => s[0] += d)),
            };
        }
    }

    /// <summary>Books that balance: assets less liabilities less equity is 0 whatever happens. An identity cannot be defended, for nothing can disturb it. Cash can, and nobody defends it.</summary>
    public static ControlSystem Ledger => new("ledger")
    {
        Start = [100, 40, 60],
        Plant = (s, _, luck) =>
        {
            var sale = Math.Round(luck.Normal(0));
            s[0] += sale;
            s[2] += sale;
        },
        NewPolicy = () => (_, _) => [0],
        Variables = Named(("balance", s => s[0] - s[1] - s[2]), ("cash", s => s[0])),
        Disturbances = Named<Action<double[], double>>(("loss", (s, d) =>
        {
            s[0] += d;
            s[2] += d;
        }
        )),
    };

    /// <summary>The systems, each with what the instrument should say of <c>q</c> (or of what is named) after a blow of -3.</summary>
    public static IReadOnlyList<ControlSystem> All =>
        [RandomWalk, Decay, HeavyMass, Spring, RandomActor, Proportional, Pid, Thermostat, Delayed, OneSided, Saturated, DuesIncome, Homeostat, Ledger];

    private static ControlSystem Passive(string name, double kept) => One(name, [0], (s, _, luck) => s[0] = (kept * s[0]) + (Calm * luck.Normal(0)), () => (_, _) => [0]);

    /// <summary>q' = q + a + drift + noise.</summary>
    private static ControlSystem Integrator(string name, Func<Policy> policy, double noise = Calm, double drift = 0) =>
        One(name, [0], (s, a, luck) => s[0] += a[0] + drift + (noise * luck.Normal(0)), policy);

    private static ControlSystem One(string name, double[] start, Action<double[], double[], Luck> plant, Func<Policy> policy) => new(name)
    {
        Start = start,
        Plant = plant,
        NewPolicy = policy,
        Variables = Named(("q", s => s[0])),
        Disturbances = Named<Action<double[], double>>(("q", (s, d) => s[0] += d)),
    };

    private static Dictionary<string, Func<double[], double>> Named(params (string Name, Func<double[], double> Value)[] variables) => Named<Func<double[], double>>(variables);

    private static Dictionary<string, T> Named<T>(params (string Name, T Value)[] items) => items.ToDictionary(i => i.Name, i => i.Value);
}
