using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Lines;

/// <summary>What was learned to be wanted: whether a weight in choices changed after the first years, in which it may have been set.</summary>
/// <remarks>
/// <para>Estimator: the weight of <see cref="RevealedPreference"/> in the decisions after a week less that in those before, over the root of the sum of their
/// squared errors, as normal (Paternoster et al. 1998); weights and not coefficients, as utils of two analyses cannot be compared. Where leaving an
/// alternative out changes the weights, both sides by a nested logit, or the largest p over all menus that lack one.</para>
/// <para>Units: none (weights, -1 to 1). Assumes: decisions before and after are independent of one another, and nothing but what is wanted changed between
/// them.</para>
/// <para>Misleads: a weight that was set from the start and faded says nothing, and so does one that was learned before the week. What is on the table changes
/// with the years, too.</para>
/// </remarks>
public static class LearnedPreference
{
    /// <summary>
    /// What was learned to be wanted: the weight in the decisions after <paramref name="week"/> less that in those before, as a line of a profile.
    /// It speaks for an end if the weight is above 0 and has grown, against it if it is below 0 and has fallen; a weight that was set from the
    /// start and faded says nothing.
    /// </summary>
    public static TestedLine Of(IReadOnlyList<Decision> decisions, string attribute, double week, PurposeSettings? settings = null) =>
        Of(BeforeAndAfter(decisions, week, settings), attribute);

    /// <summary>What decisions reveal before and after a week, to be asked for one attribute after another.</summary>
    public static (RevealedPreferenceResult Before, RevealedPreferenceResult After) BeforeAndAfter(IReadOnlyList<Decision> decisions, double week, PurposeSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        return (RevealedPreference.Of([.. decisions.Where(d => d.Week < week)], settings), RevealedPreference.Of([.. decisions.Where(d => d.Week >= week)], settings));
    }

    /// <summary>What was learned to be wanted; see the other overload.</summary>
    public static TestedLine Of((RevealedPreferenceResult Before, RevealedPreferenceResult After) decisions, string attribute)
    {
        var (before, after) = (decisions.Before.Of(attribute), decisions.After.Of(attribute));
        // by a nested logit both or neither: weights of two models do not tell what was learned
        if ((decisions.Before.Nested ?? decisions.After.Nested) is not null)
        {
            if (decisions.Before.LazyInNests.Value is not { } was0 || decisions.After.LazyInNests.Value is not { } is0)
                return TestedLine.Untested("a nested logit fits the decisions only before, or only after");
            (before, after) = (was0.FirstOrDefault(a => a.Code == attribute), is0.FirstOrDefault(a => a.Code == attribute));
        }

        if (before?.Weight is not { Value: { } was, Low: { } wasLow, High: { } wasHigh } || after?.Weight is not { Value: { } is_, Low: { } low, High: { } high })
            return TestedLine.Untested("too few decisions before and after to see what was learned");
        double Error(double from, double to) => (to - from) / 3.92;
        double Changed(double from, double fromError, double to, double toError) =>
            Math.Sign(to - from) != Math.Sign(to) || Math.Sign(to) != Math.Sign(is_) ? 1
            : Math.Sqrt((fromError * fromError) + (toError * toError)) is > 0 and var error ? 2 * Normal.CDF(0, 1, -Math.Abs((to - from) / error)) : 1;
        static (double, double)? Change(double from, double fromError, double to, double toError) => (to - from, Math.Sqrt((fromError * fromError) + (toError * toError)));
        var p = Changed(was, Error(wasLow, wasHigh), is_, Error(low, high));
        var changes = new List<(double, double)?> { Change(was, Error(wasLow, wasHigh), is_, Error(low, high)) };
        // in every menu that lacks one alternative, as the weights hang on which are there
        if ((decisions.Before.MenuWise ?? decisions.After.MenuWise) is not null && decisions.Before.LazyMenuWise.Value is { } then && decisions.After.LazyMenuWise.Value is { } now && then.Menus == now.Menus)
        {
            p = Math.Max(p, Enumerable.Range(0, now.Menus).Max(m => then.Weight(attribute, m) is var (w0, e0) && now.Weight(attribute, m) is var (w1, e1) ? Changed(w0, e0, w1, e1) : 1));
            changes.AddRange(Enumerable.Range(0, now.Menus).Select(m => then.Weight(attribute, m) is var (w0, e0) && now.Weight(attribute, m) is var (w1, e1) ? Change(w0, e0, w1, e1) : null));
        }

        return new TestedLine(after.Weight with { Why = $"learned: {was:0.00} at first" }, p, is_ >= 0 ? 1 : -1) { Voting = RevealedPreference.Weakest(changes, is_ >= 0 ? 1 : -1), OfChange = true };
    }
}
