using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>What attributes weigh in every menu that lacks one alternative, among the decisions that did not pick it.</summary>
/// <remarks>
/// <para>Estimator: a conditional logit takes it that leaving an alternative out changes nothing (independence of irrelevant alternatives). Where that is
/// rejected, there is no one set of weights, and often it is not on record which alternatives are alike (the nests of a <see cref="NestedLogit"/>). What can be
/// said is what holds in each of the smaller menus: an attribute counts if its test does in every one of them, an intersection-union test (Berger 1982) whose
/// level is that of each: p = the largest of theirs.</para>
/// <para>Units: none (weights are shares of what all attributes weigh). Assumes: within each smaller menu a conditional logit holds; an alternative is known by
/// its place, so menus list them in one order.</para>
/// <para>Misleads: menus that lack one alternative may all share what is wrong with the whole one.</para>
/// </remarks>
public sealed class MenuWise
{
    private readonly IReadOnlyList<string> attributes;
    private readonly LogitFit?[] fits;

    private MenuWise(IReadOnlyList<string> attributes, LogitFit?[] fits) => (this.attributes, this.fits) = (attributes, fits);

    /// <summary>Number of menus, each without one alternative.</summary>
    public int Menus => fits.Length;

    /// <summary>True if every one of them has enough decisions.</summary>
    internal bool IsWhole => fits.All(f => f is not null);

    /// <summary>Fits every smaller menu; null unless all menus are of one size, 3 or more.</summary>
    public static MenuWise? Of(ChoiceSets sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var size = sets.First[1] - sets.First[0];
        if (size < 3 || Enumerable.Range(0, sets.Count).Any(s => sets.First[s + 1] - sets.First[s] != size))
            return null;
        return new MenuWise(sets.Attributes, [.. Enumerable.Range(0, size).Select(position =>
        {
            int[] others = [.. Enumerable.Range(0, sets.Count).Where(s => sets.Chosen[s] - sets.First[s] != position)];
            return others.Length < 10 * sets.Width ? null : ConditionalLogit.Fit(RevealedPreference.Some(sets, others, _ => position));
        })]);
    }

    /// <summary>
    /// Largest p value of an attribute over the menus in which it differs; 1 if its sign is not the same in all of these, if they are fewer than two, or if a
    /// menu has too few decisions.
    /// </summary>
    public double PValue(string attribute)
    {
        var a = IndexOf(attribute);
        if (a < 0 || fits.Any(f => f is null))
            return 1;
        LogitFit[] offered = [.. fits.OfType<LogitFit>().Where(f => f.Identified[a])];
        return offered.Length < 2 || offered.Select(f => Math.Sign(f.Coefficients[a])).Distinct().Count() > 1 ? 1 : offered.Max(f => ConditionalLogit.PValue(f, a));
    }

    /// <summary>Weight of an attribute in a menu with its standard error; null if the menu has too few decisions, or it does not differ there.</summary>
    public (double Weight, double Error)? Weight(string attribute, int menu)
    {
        var a = IndexOf(attribute);
        if (a < 0 || fits[menu] is not { } fit || !fit.Identified[a])
            return null;
        double[] size = [.. fit.Coefficients.Select((b, i) => b * fit.WithinDeviation[i])];
        return size.Sum(Math.Abs) is > 0 and var total ? (size[a] / total, RevealedPreference.WeightError(fit, a)) : null;
    }

    /// <summary>Smallest and largest weight of an attribute over the menus that tell one; null if there are none.</summary>
    public (double Low, double High)? Range(string attribute)
    {
        double[] weights = [.. Enumerable.Range(0, Menus).Select(m => Weight(attribute, m)?.Weight).OfType<double>()];
        return weights.Length == 0 ? null : (weights.Min(), weights.Max());
    }

    private int IndexOf(string attribute)
    {
        for (var a = 0; a < attributes.Count; a++)
        {
            if (attributes[a] == attribute)
                return a;
        }

        return -1;
    }
}
