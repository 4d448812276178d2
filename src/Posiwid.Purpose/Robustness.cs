using MathNet.Numerics.Distributions;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose;

/// <summary>What the profile of one model says of one end.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Defense">What defense says.</param>
/// <param name="Necessity">What necessity says.</param>
/// <param name="Choice">What choice says.</param>
/// <param name="Hours">Share of the hours; null if none are recorded.</param>
/// <param name="Life">Usual life in weeks; null if it is not known.</param>
/// <param name="MadeGood">Share of a blow that is made good.</param>
/// <param name="WeeksLost">Weeks of life lost without what serves it.</param>
/// <param name="Weight">Weight in choices; unknown where it was not tested.</param>
public sealed record ModelEnd(
    string Verdict, LineStatus Defense, LineStatus Necessity, LineStatus Choice, double? Hours, double? Life, Estimate MadeGood, Estimate WeeksLost, Estimate Weight)
{
    /// <summary>
    /// What choice votes with, and its standard error: of a weight that was learned in the course of the run its change since the first years, else the weight itself; where weights hang on which alternatives
    /// there are, that of the menu which speaks for it least. Null where choice may not vote: weights that a scenario set, or a menu that shows nothing.
    /// </summary>
    public (double Value, double Error)? Vote { get; init; }

    /// <summary>The ends of a profile, in its order.</summary>
    public static IReadOnlyList<ModelEnd> Of(PurposeAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var life = analysis.Necessity is [var first, ..] ? first.Result.Life.Value : null;
        return [.. analysis.Profile.Rows.Select(r => new ModelEnd(
            r.Verdict, r.Defense, r.Necessity, r.Choice, r.Evidence.Effort?.Share, life, r.Evidence.Defense.Estimate, r.Evidence.Necessity.Estimate, r.Evidence.Choice.PValue is null ? Estimate.Unknown("not tested") : r.Evidence.Choice.Estimate)
        {
            Vote = VoteOf(r.Evidence.Choice, analysis.Data.Lives is [var all, ..] ? all.Weeks.Count : 0),
        })];
    }

    internal static (double Value, double Error)? VoteOf(TestedLine choice, int pairs) =>
        choice.PValue is null || (choice.Voting ?? choice.Estimate) is not { Value: { } value, Low: { } low, High: { } high } || !(high > low) ? null
            : (value, (high - low) / 2 / (choice.Voting is null ? Quantile(pairs) : 1.96));

    /// <summary>Half of an interval over pairs of runs in standard errors, about as wide as Student's t makes it.</summary>
    internal static double Quantile(int pairs) => StudentT.InvCDF(0, 1, Math.Max(1, pairs - 1), 0.975);
}

/// <summary>One line of evidence for one end over many models.</summary>
/// <param name="Models">Models in which it has a figure with an interval.</param>
/// <param name="Mean">Mean over the models, 95%; unknown if too few have one.</param>
/// <param name="Between">Standard deviation of the models, the noise of each one's runs taken out; null if the mean is unknown.</param>
/// <param name="Beyond">Share of the models whose true figure is beyond what the line asks for (a fifth of a blow, a tenth of the usual life, a weight above 0, or one that grew where it was learned); null likewise.</param>
/// <param name="Supports">Share of the models in whose own profile the line speaks for the end.</param>
public sealed record LineOverModels(int Models, Estimate Mean, double? Between, double? Beyond, double Supports);

/// <summary>What many models say of one end.</summary>
/// <param name="End">The end.</param>
/// <param name="Together">The verdict if the lines are put together over all models, each model being one observation.</param>
/// <param name="Verdicts">Share of the models' own profiles with each verdict, most frequent first.</param>
/// <param name="Defense">Share of a blow that is made good.</param>
/// <param name="Necessity">Weeks of life lost.</param>
/// <param name="Choice">What choice votes with: the weight, or its change where it was learned (<see cref="OfChange"/>).</param>
/// <param name="Effort">Share of the hours: mean over the models, and where nine of ten lie.</param>
public sealed record EndRobustness(
    End End, string Together, IReadOnlyList<(string Verdict, double Share)> Verdicts, LineOverModels Defense, LineOverModels Necessity, LineOverModels Choice, Estimate Effort)
{
    /// <summary>True if <see cref="Choice"/> is of the change of a weight since the first years.</summary>
    public bool OfChange { get; init; }
}

/// <summary>How far verdicts hang on what nobody knows: many models that differ in their parameters.</summary>
/// <param name="Models">Models that were tried.</param>
/// <param name="Planned">Models that were to be tried.</param>
/// <param name="Pairs">Paired runs of each.</param>
/// <param name="Ends">Every end, in the order of the profile.</param>
/// <remarks>
/// With few pairs a model's own verdicts are mostly "nothing found", so how often a line supports an end understates it. What the parameters do shows in the
/// mean, in how much models differ once noise is taken out, and in the share of them that is truly beyond what a line asks for (<see cref="RandomEffects"/>).
/// Whether the organization moves an end as a means, and whether a defense runs through its sensor, is not tried in other models: of means nothing is said over models, and a sensor that failed here keeps
/// defense from voting over models too.
/// Misleads: shares of models are no probabilities. They say how much of the range that was looked at gives a verdict, not how likely that range is.
/// </remarks>
public sealed record Robustness(int Models, int Planned, int Pairs, IReadOnlyList<EndRobustness> Ends)
{
    /// <summary>Fewest models of which more is told than their own verdicts.</summary>
    public const int FewestModels = 8;

    /// <summary>Puts models together.</summary>
    /// <param name="here">The profile of the model that the others lie around: the ends, and what is said.</param>
    /// <param name="models">Every model's ends, in the order of <paramref name="here"/>.</param>
    /// <param name="planned">Models that were to be tried.</param>
    /// <param name="pairs">Paired runs of each.</param>
    public static Robustness Of(PurposeProfile here, IReadOnlyList<IReadOnlyList<ModelEnd>> models, int planned, int pairs)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(models);
        var settings = here.Settings;
        var found = here.Rows.Select((row, at) => One(row, [.. models.Select(m => m[at])], pairs, settings)).ToArray();
        var together = PurposeProfile.Of([.. found.Select(f => f.Evidence)], here.Source, settings);
        return new(models.Count, planned, pairs, [.. found.Select((f, at) => f.End with { Together = models.Count < FewestModels ? "too few models" : together.Rows[at].Verdict })]);
    }

    private static (EndRobustness End, EndEvidence Evidence) One(ProfileRow here, ModelEnd[] models, int pairs, PurposeSettings settings)
    {
        double Share(Func<ModelEnd, bool> of) => models.Length == 0 ? 0 : models.Count(of) / (double)models.Length;
        var (defense, defends) = Over(models, m => Figure(m.MadeGood, pairs), _ => settings.Defended, m => m.MadeGood, Share(m => m.Defense == LineStatus.Supports));
        var (necessity, needs) = Over(models, m => Figure(m.WeeksLost, pairs), m => settings.LifeLost * (m.Life ?? 0), m => m.WeeksLost, Share(m => m.Necessity == LineStatus.Supports));
        var (choice, picks) = Over(models, m => m.Vote, _ => 0, m => m.Weight, Share(m => m.Choice == LineStatus.Supports));
        // as of one model: what grew from below 0 towards it, or faded from above, is not what is wanted
        double[] weights = [.. models.Where(m => m.Vote is not null).Select(m => m.Weight.Value).OfType<double>()];
        if (picks.PValue is not null && weights.Length > 0 && Math.Sign(weights.Average()) != picks.Direction)
            picks = picks with { PValue = 1 };
        double[] hours = [.. models.Select(m => m.Hours).OfType<double>().Order()];
        return (new EndRobustness(
            here.End, "", [.. models.GroupBy(m => m.Verdict).Select(g => (g.Key, g.Count() / (double)models.Length)).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)],
            defense, necessity, choice,
            hours.Length == 0 ? Estimate.Unknown("no hours are recorded") : Estimate.Of(hours.Average(), hours[(int)(0.05 * (hours.Length - 1))], hours[(int)Math.Ceiling(0.95 * (hours.Length - 1))]))
        { OfChange = here.Evidence.Choice.OfChange },
            here.Evidence with { Defense = defends, Necessity = needs, Choice = picks, MeansPValue = null });
    }

    /// <summary>Width, relative to a figure of 1, below which an interval is one of figures that are all the same, but for rounding.</summary>
    private const double NoWidth = 1e-9;

    private static (double Value, double Error)? Figure(Estimate figure, int pairs) =>
        figure is { Value: { } value, Low: { } low, High: { } high } && high - low > NoWidth * Math.Max(1, Math.Abs(value)) ? (value, (high - low) / 2 / ModelEnd.Quantile(pairs)) : null;

    /// <summary>A line over models, as figures and as a test against its bounds: the models' mean is beyond the upper one, or below the lower one.</summary>
    private static (LineOverModels Line, TestedLine Test) Over(ModelEnd[] models, Func<ModelEnd, (double Value, double Error)?> of, Func<ModelEnd, double> bound, Func<ModelEnd, Estimate> shown, double supports)
    {
        var known = models.Where(m => of(m) is not null).Select(m => (Figure: of(m)!.Value, Bound: bound(m))).ToArray();
        if (known.Length < FewestModels)
        {
            var why = models.Count(m => shown(m) is { Value: 0, Low: 0, High: 0 }) == models.Length && models.Length > 0 ? "0 in every model" : $"{known.Length} of {models.Length} models have a figure";
            return (new(known.Length, Estimate.Unknown(why), null, null, supports), TestedLine.Untested(why));
        }

        double[] values = [.. known.Select(f => f.Figure.Value)], errors = [.. known.Select(f => f.Figure.Error)];
        var all = new RandomEffects(values, errors);
        var over = new RandomEffects([.. values.Zip(known, (v, f) => v - f.Bound)], errors);
        var under = new RandomEffects([.. values.Zip(known, (v, f) => -v - f.Bound)], errors);
        var p = Math.Min(1, 2 * Math.Min(over.Above(0), under.Above(0)));
        return (new(known.Length, all.Interval, all.Between, over.ShareAbove(0), supports), new TestedLine(all.Interval, p, all.Mean >= 0 ? 1 : -1));
    }
}
