using System.Numerics;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.KnownSystems;

/// <summary>
/// Systems whose needs are known: worths of all subsets of a few parts, as bits, for <see cref="Lines.FunctionSets"/>. Each answer is in
/// closed form.
/// </summary>
public static class Games
{
    /// <summary>All parts are needed: v(N) = 1, else 0. Shapley 1/K each, loss 1 each; complements.</summary>
    public static double[] And(int parts) => Of(parts, s => s == (1u << parts) - 1 ? 1 : 0);

    /// <summary>Any part is enough: v = 1 unless empty. Shapley 1/K each, loss 0 each; substitutes.</summary>
    public static double[] Or(int parts) => Of(parts, s => s != 0 ? 1 : 0);

    /// <summary>One left glove (bit 0) and two right ones: pairs. Shapley 2/3, 1/6, 1/6; loss 1, 0, 0.</summary>
    public static double[] Glove() => Of(3, s => (s & 1) != 0 && (s & 6) != 0 ? 1 : 0);

    /// <summary>A runway is as long as its largest airplane needs (Littlechild and Owen 1973): v(S) = largest need in S.</summary>
    public static double[] Airport(params double[] needs) => Of(needs.Length, s => needs.Where((_, i) => (s >> i & 1) != 0).DefaultIfEmpty().Max());

    /// <summary>A game with one more part, the last, that does nothing. Its Shapley value and loss are 0 and it is in no minimal viable set.</summary>
    public static double[] WithDummy(double[] game) => [.. game, .. game];

    /// <summary>A game with one more part, the last, that does the same as part <paramref name="twin"/>. Neither is missed; both are a cut.</summary>
    public static double[] WithDuplicate(double[] game, int twin) =>
        Of(BitOperations.Log2((uint)game.Length) + 1, s => game[s >= game.Length ? s - (uint)game.Length | 1u << twin : s]);

    /// <summary>The same game for several seeds, each life with its own luck (standard deviation in the unit of the game).</summary>
    public static double[][] WithNoise(double[] game, int seeds, double deviation, AddressedRandom random) =>
        [.. game.Select((v, s) => Enumerable.Range(0, seeds).Select(i => v + deviation * random.Normal((uint)s, (uint)i)).ToArray())];

    /// <summary>
    /// Lives of an organization whose members come and go by the toss of a coin until none is left, whatever its functions: none is necessary.
    /// </summary>
    /// <param name="parts">Functions, all of them idle.</param>
    /// <param name="seeds">Seeds; the luck of a seed differs between subsets.</param>
    /// <param name="members">Members at the start.</param>
    /// <param name="horizon">Weeks.</param>
    /// <param name="random">Luck.</param>
    public static double[][] RandomWalk(int parts, int seeds, int members, int horizon, AddressedRandom random)
    {
        var lives = new double[1 << parts][];
        for (var s = 0; s < lives.Length; s++)
        {
            lives[s] = new double[seeds];
            for (var i = 0; i < seeds; i++)
            {
                var (left, week) = (members, 0u);
                for (; left > 0 && week < horizon; week++)
                    left += random.Uniform((uint)(s * seeds + i), week) < .5 ? 1 : -1;
                lives[s][i] = week;
            }
        }

        return lives;
    }

    /// <summary>Lives of an organization that dies at a constant rate. Restricted mean (1 - exp(-rate tau)) / rate.</summary>
    /// <param name="ratePerWeek">Hazard per week.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="random">Luck, by seed: the same seeds at another rate are paired.</param>
    public static double[] ConstantHazard(double ratePerWeek, int seeds, AddressedRandom random) =>
        [.. Enumerable.Range(0, seeds).Select(i => -Math.Log(random.Uniform((uint)i, 0)) / ratePerWeek)];

    private static double[] Of(int parts, Func<uint, double> worth) => [.. Enumerable.Range(0, 1 << parts).Select(s => worth((uint)s))];
}
