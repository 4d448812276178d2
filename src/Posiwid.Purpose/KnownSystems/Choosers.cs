using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.KnownSystems;

/// <summary>Decisions of choosers whose tastes are known, for trying <see cref="Lines.RevealedPreference"/> on.</summary>
public static class Choosers
{
    /// <summary>
    /// Decisions among alternatives whose attributes are standard normal; the one of highest utility is chosen: attributes times tastes, and a Gumbel number
    /// (McFadden 1974). With all tastes 0 it is chosen by lot.
    /// </summary>
    /// <param name="kind">Kind of decision.</param>
    /// <param name="attributes">Codes of the attributes.</param>
    /// <param name="tastes">What a unit of each is worth.</param>
    /// <param name="decisions">How many decisions.</param>
    /// <param name="deciders">How many take turns.</param>
    /// <param name="random">Luck.</param>
    /// <param name="alternatives">Alternatives on the table.</param>
    public static Decision[] Planted(
        string kind, IReadOnlyList<string> attributes, IReadOnlyList<double> tastes, int decisions, int deciders, AddressedRandom random, int alternatives = 4)
    {
        var made = new Decision[decisions];
        for (var d = 0; d < decisions; d++)
        {
            var (menu, best, highest) = (new (string, double)[alternatives][], 0, double.NegativeInfinity);
            for (var j = 0; j < alternatives; j++)
            {
                var row = (uint)((alternatives * d) + j);
                menu[j] = [.. attributes.Select((a, k) => (a, random.Normal(row, (uint)k)))];
                var utility = menu[j].Zip(tastes, (a, t) => a.Item2 * t).Sum() - Math.Log(-Math.Log(random.Uniform(row, (uint)attributes.Count)));
                if (utility > highest)
                    (best, highest) = (j, utility);
            }

            made[d] = new Decision(kind, d % deciders, true, best, menu);
        }

        return made;
    }
}
