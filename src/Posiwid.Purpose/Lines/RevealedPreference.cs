using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>What one attribute weighs in choices.</summary>
/// <param name="Code">Code of the attribute.</param>
/// <param name="Coefficient">Utils by unit, 95% interval by clusters. Utils of two analyses cannot be compared.</param>
/// <param name="Weight">Share of what all attributes weigh, with its sign: b sd / sum |b| sd, sd within menus; 95% interval. It holds 0 exactly where that of the coefficient does.</param>
/// <param name="PValue">Two-sided, by clusters; null if it could not be tested.</param>
/// <param name="Note">What is to be known of it; null for nothing.</param>
public sealed record AttributeWeight(string Code, Estimate Coefficient, Estimate Weight, double? PValue, string? Note);

/// <summary>What choices of one kind reveal. What takes long is worked out when it is asked for.</summary>
public sealed record RevealedPreferenceResult
{
    /// <summary>Kind of decision.</summary>
    public required string Kind { get; init; }

    /// <summary>Decisions looked at, and how many there were.</summary>
    public required (int Used, int All) Decisions { get; init; }

    /// <summary>Mean number of alternatives.</summary>
    public required double Alternatives { get; init; }

    /// <summary>Every attribute; <see cref="RevealedPreference.Control"/> is the one by lot.</summary>
    public IReadOnlyList<AttributeWeight> Attributes => LazyAttributes.Value;

    /// <summary>Share of decisions that the weights of the others foretell, and what lot would give: mean of 1 / alternatives.</summary>
    public (double OutOfSample, double ByLot)? HitRate => LazyHitRate.Value;

    /// <summary>McFadden's R².</summary>
    public required double? McFadden { get; init; }

    /// <summary>True if some combination of attributes always decides.</summary>
    public required bool AlwaysDecided { get; init; }

    /// <summary>p value of the test that leaving an alternative out changes nothing (Hausman and McFadden 1984); null if it could not be made.</summary>
    public double? Independence => LazyIndependence.Value;

    /// <summary>
    /// The fit on which <see cref="Attributes"/> rests where <see cref="Independence"/> is rejected and the menus have a status quo: what would change something is a nest
    /// of its own. Null where it is not rejected, where the nests are not on record, or where such a fit is not found.
    /// </summary>
    public NestedFit? Nested => LazyNested.Value;

    /// <summary>What the attributes weigh in every menu that lacks one alternative; null unless <see cref="Independence"/> is rejected and there is no <see cref="Nested"/> fit.</summary>
    public MenuWise? MenuWise => Independence < 0.05 && Nested is null ? LazyMenuWise.Value : null;

    /// <summary>Why there are no weights, or what limits them; null for nothing.</summary>
    public string? Why => LazyWhy.Value;

    /// <summary>An attribute by its code; null if there is none.</summary>
    public AttributeWeight? Of(string code) => Attributes.FirstOrDefault(a => a.Code == code);

    /// <summary>How much of one attribute would be given up for one unit of another: the ratio of coefficients, delta method.</summary>
    public required Func<string, string, Estimate> Exchange { get; init; }

    internal Lazy<IReadOnlyList<AttributeWeight>> LazyAttributes { get; init; } = null!;

    internal Lazy<(double, double)?> LazyHitRate { get; init; } = null!;

    internal Lazy<double?> LazyIndependence { get; init; } = null!;

    internal Lazy<NestedFit?> LazyNested { get; init; } = null!;

    /// <summary>The attributes by a nested logit, rejected or not; null if there is none.</summary>
    internal Lazy<IReadOnlyList<AttributeWeight>?> LazyInNests { get; init; } = null!;

    internal Lazy<MenuWise?> LazyMenuWise { get; init; } = null!;

    internal Lazy<string?> LazyWhy { get; init; } = null!;
}

/// <summary>The fourth line of evidence: what is picked when something else could have been (McFadden 1974).</summary>
/// <remarks>
/// <para>Question: which attributes of alternatives make them chosen?</para>
/// <para>Estimator: conditional logit on attributes scored before the choice, errors by whoever decided; an attribute by lot is put in as a control. With fewer
/// than 15 deciders test and interval come from a score bootstrap (<see cref="ScoreBootstrap"/>). Where leaving an alternative out changes the weights and
/// every menu has a status quo, what would change something is a nest of its own (<see cref="NestedLogit"/>); else an attribute counts only if it does in every
/// menu that lacks one (<see cref="Lines.MenuWise"/>). Hit rates are out of sample only, ten parts by lot: in sample they flatter.</para>
/// <para>Units: none (a weight is an attribute's share of what all weigh, by its spread within menus, with its sign). Assumes: menus are what was on the
/// table.</para>
/// <para>Misleads: what never gets on the agenda cannot be seen to be rejected; choices with long consequences mix what is valued with what it leads to ("as
/// chosen, not as valued"); weights that somebody set reveal who set them.</para>
/// </remarks>
public static class RevealedPreference
{
    /// <summary>Code of the attribute by lot.</summary>
    public const string Control = "by_lot";

    /// <summary>Deciders below which errors by clusters are too small, and are bootstrapped.</summary>
    public const int FewDeciders = 15;

    private const int MostDecisions = 20_000;
    private const int Parts = 10;

    /// <summary>Reads decisions of one kind.</summary>
    /// <param name="decisions">Decisions.</param>
    /// <param name="settings">The conventions; the usual ones if left out.</param>
    /// <param name="seed">Seed of what is drawn by lot.</param>
    public static RevealedPreferenceResult Of(IReadOnlyList<Decision> decisions, PurposeSettings? settings = null, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        settings ??= new PurposeSettings();
        if (decisions.Select(d => d.Kind).Distinct().Count() > 1)
            throw new ArgumentException("Decisions of several kinds have no common weights.", nameof(decisions));
        var real = decisions.Where(d => d.Attributes.Count > 1).ToArray();
        // attributes that every alternative has: a gap is not a 0
        string[] codes = real.Length == 0 ? [] : [.. real[0].Attributes[0].Select(a => a.Code).Where(c => real.All(d => d.Attributes.All(x => x.Any(a => a.Code == c && double.IsFinite(a.Value)))))];
        var lot = new AddressedRandom(seed, 0x63686f69);
        var used = real.Length <= MostDecisions ? real : [.. real.Select((d, i) => (d, Lot: lot.Uniform(0, (uint)i))).OrderBy(x => x.Lot).Take(MostDecisions).Select(x => x.d)];
        var need = settings.DecisionsPerAttribute * (codes.Length + 1);
        RevealedPreferenceResult None(string why) => new()
        {
            Kind = decisions.Count > 0 ? decisions[0].Kind : "",
            Decisions = (used.Length, decisions.Count),
            Alternatives = used.Length == 0 ? 0 : used.Average(d => d.Attributes.Count),
            McFadden = null,
            AlwaysDecided = false,
            LazyAttributes = new([.. codes.Select(c => new AttributeWeight(c, Estimate.Unknown(why), Estimate.Unknown(why), null, null))]),
            LazyHitRate = new(() => null),
            LazyIndependence = new(() => null),
            LazyNested = new(() => null),
            LazyInNests = new(() => null),
            LazyMenuWise = new(() => null),
            LazyWhy = new(why),
            Exchange = (_, _) => Estimate.Unknown(why),
        };
        if (codes.Length == 0)
            return None(real.Length == 0 ? "no decision has two alternatives" : "no attribute is known of every alternative");
        if (used.Length < need)
            return None($"too few ({used.Length} {(used.Length == 1 ? "decision" : "decisions")}; need {need})");

        string[] all = [.. codes, Control];
        var sets = Sets(used, codes, all, lot);
        var fit = ConditionalLogit.Fit(sets);
        var notes = all.Select((c, a) => !fit.Identified[a] ? "never offered as a choice: it does not differ within menus" : fit.Separated ? "a combination of attributes always decides: direction only" : null).ToArray();
        var nests = Nests(sets);
        var independence = new Lazy<double?>(() => Independence(sets, fit, nests, lot));
        var inNests = new Lazy<NestedFit?>(() => fit.Clusters >= FewDeciders && nests is not null && NestedLogit.Fit(sets, nests) is { IsConsistent: true } found ? found : null);
        var nested = new Lazy<NestedFit?>(() => nests is not null && independence.Value < 0.05 ? inNests.Value : null);
        var utility = new Lazy<LogitFit>(() => nested.Value?.Utility ?? fit);
        IReadOnlyList<AttributeWeight> Weighed(LogitFit by) =>
        [
            .. all.Select((c, a) =>
            {
                var (coefficient, p) = Coefficient(sets, by, a, lot);
                return new AttributeWeight(c, coefficient, Weight(by, a, coefficient), fit.Identified[a] && fit.Condition <= 1e6 ? p : null, notes[a]);
            }),
        ];
        return new RevealedPreferenceResult
        {
            Kind = used[0].Kind,
            Decisions = (used.Length, decisions.Count),
            Alternatives = used.Average(d => d.Attributes.Count),
            McFadden = fit.McFadden,
            AlwaysDecided = fit.Separated,
            LazyAttributes = new(() => Weighed(utility.Value)),
            LazyInNests = new(() => inNests.Value is { } by ? Weighed(by.Utility) : null),
            LazyHitRate = new(() => (OutOfSample(sets, lot), used.Average(d => 1.0 / d.Attributes.Count))),
            LazyIndependence = independence,
            LazyNested = nested,
            LazyMenuWise = new(() => MenuWise.Of(sets)),
            LazyWhy = new(Limits),
            Exchange = (give, get) => Exchange(utility.Value, Array.IndexOf(all, give), Array.IndexOf(all, get)),
        };

        string? Limits()
        {
            var limits = new List<string>();
            if (used.Any(d => !d.MenuComplete))
                limits.Add("some menus are not whole");
            if (fit.Clusters < FewDeciders)
                limits.Add($"only {Groups(fit)} that {(fit.Clusters == 1 ? "does" : "do")} not hang together (by who decided, by quarter or by run): {(fit.Clusters < ScoreBootstrap.FewestClusters ? "no interval and no test" : "intervals are wide and rough")}");
            if (fit.Separated)
                limits.Add("some combination of attributes always decides: its weights are a direction, no more");
            if (fit.Condition > 1e6)
                limits.Add("attributes go together: only their sum is determined");
            if (independence.Value < 0.05)
            {
                limits.Add("leaving an alternative out changes the weights (Hausman and McFadden), so " + (nested.Value is { Dissimilarity: { Value: { } like, Low: { } low, High: { } high } }
                    ? FormattableString.Invariant($"what would change something is a nest beside the status quo (nested logit, dissimilarity {like:0.00} [{low:0.00}..{high:0.00}])")
                    : "an attribute counts only if it does in every menu that lacks one"));
            }
            return limits.Count > 0 ? string.Join("; ", limits) : null;
        }
    }

    /// <summary>The weight of an attribute as a line of a profile.</summary>
    public static TestedLine Line(RevealedPreferenceResult result, string attribute)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Of(attribute) is not { } found)
        {
            // where weights were found there is one by lot, too, and what limits them is no reason for what is missing
            return TestedLine.Untested(result.Of(Control) is null && result.Why is { } why ? why : $"'{attribute}' is not known of every alternative");
        }

        var line = new TestedLine(found.Weight, found.PValue, found.Coefficient.Value >= 0 ? 1 : -1);
        if (found.PValue is not { } alone || result.MenuWise is not { } menus)
            return line;
        // of the menus in which it is offered, and of the whole one
        (double Weight, double Error)?[] offered = [.. Enumerable.Range(0, menus.Menus).Select(m => menus.Weight(attribute, m)).Where(w => w is not null)];
        var whole = found.Weight is { Value: { } w, Low: { } low, High: { } high } ? (w, (high - low) / 3.92) : ((double, double)?)null;
        return line with { PValue = Math.Max(alone, menus.PValue(attribute)), Voting = menus.IsWhole && offered.Length > 1 ? Weakest(offered.Prepend(whole), line.Direction) : MayNotVote };
    }

    private static readonly Estimate MayNotVote = Estimate.Unknown("some menu shows nothing of it");

    /// <summary>The figure that is least far from 0 in its direction, in standard errors, with its 95% interval as normal; unknown if one is missing or has no error.</summary>
    internal static Estimate Weakest(IEnumerable<(double Value, double Error)?> figures, int direction)
    {
        (double Value, double Error)?[] all = [.. figures];
        if (all.Any(f => !(f?.Error > 0)))
            return MayNotVote;
        var (value, error) = all.Select(f => f!.Value).MinBy(f => direction * f.Value / f.Error);
        return Estimate.Of(value, value - (1.96 * error), value + (1.96 * error));
    }

    private static ChoiceSets Sets(Decision[] used, string[] codes, string[] all, AddressedRandom lot)
    {
        var rows = used.Sum(d => d.Attributes.Count);
        var x = new double[rows * all.Length];
        var (first, chosen) = (new int[used.Length + 1], new int[used.Length]);
        var row = 0;
        for (var s = 0; s < used.Length; s++)
        {
            first[s] = row;
            chosen[s] = row + used[s].Chosen;
            foreach (var alternative in used[s].Attributes)
            {
                for (var a = 0; a < codes.Length; a++)
                {
                    foreach (var (code, value) in alternative)
                    {
                        if (code == codes[a])
                            x[(row * all.Length) + a] = value;
                    }
                }

                x[(row * all.Length) + codes.Length] = lot.Normal(1, (uint)row);
                row++;
            }
        }

        first[^1] = row;
        return new(all, x, first, chosen, [.. used.Select(d => d.Cluster)]);
    }

    /// <summary>The nests that are on record: the status quo, and all that would change something. Null unless every menu has one status quo and two others or more.</summary>
    private static int[]? Nests(ChoiceSets sets)
    {
        var a = Array.IndexOf([.. sets.Attributes], Decision.StatusQuo);
        if (a < 0)
            return null;
        int[] nests = [.. Enumerable.Range(0, sets.First[^1]).Select(row => sets.X[(row * sets.Width) + a] == 0 ? 0 : 1)];
        return Enumerable.Range(0, sets.Count).All(s => nests.AsSpan(sets.First[s]..sets.First[s + 1]) is var menu && menu.Length > 2 && menu.Count(1) == 1) ? nests : null;
    }

    /// <summary>A coefficient with its interval, and the p value that goes with it: the interval holds 0 exactly where p is .05 or more.</summary>
    private static (Estimate Coefficient, double? PValue) Coefficient(ChoiceSets sets, LogitFit fit, int a, AddressedRandom lot)
    {
        if (!fit.Identified[a])
            return (Estimate.Unknown("never offered as a choice"), null);
        var b = fit.Coefficients[a];
        var (half, p) = (Quantile(fit) * fit.ClusterError(a), ConditionalLogit.PValue(fit, a));
        if (fit.Clusters < ScoreBootstrap.FewestClusters)
            return (Estimate.Bare(b, $"{Groups(fit)} {(fit.Clusters == 1 ? "is" : "are")} too few for an interval"), null);
        if (fit.Clusters < FewDeciders && !fit.Separated)
        {
            var held = ConditionalLogit.Fit(sets, held: a);
            var (tested, critical, seen) = ScoreBootstrap.Test([.. held.Influence.Select(i => i[a])], lot with { Purpose = lot.Purpose + 1 + (uint)a });
            // the error that the test implies is b over its statistic
            (half, p) = (seen > 0 ? Math.Abs(b) * critical / seen : half, tested);
        }

        return (Estimate.Of(b, b - half, b + half), p);
    }

    private static string Groups(LogitFit fit) => fit.Clusters == 1 ? "1 group of decisions" : $"{fit.Clusters} groups of decisions";

    private static Estimate Weight(LogitFit fit, int a, Estimate coefficient)
    {
        if (!fit.Identified[a])
            return Estimate.Unknown("never offered as a choice");
        double[] size = [.. fit.Coefficients.Select((b, i) => b * fit.WithinDeviation[i])];
        var total = size.Sum(Math.Abs);
        if (total == 0)
            return Estimate.Unknown("nothing weighs anything");
        var weight = size[a] / total;
        if (coefficient is not { Low: { } from, High: { } to })
            return Estimate.Bare(weight, coefficient.Why ?? "no interval");
        var half = WeightError(fit, a) * (fit.ClusterError(a) > 0 ? (to - from) / 2 / fit.ClusterError(a) : 0);
        // where the coefficient's own interval goes, the others moving along as the fit has it
        double At(double coefficientAt)
        {
            var move = fit.ClusterCovariance[a, a] > 0 ? (coefficientAt - fit.Coefficients[a]) / fit.ClusterCovariance[a, a] : 0;
            var moved = fit.Coefficients.Select((b, i) => (b + (move * fit.ClusterCovariance[i, a])) * fit.WithinDeviation[i]).ToArray();
            return moved.Sum(Math.Abs) is > 0 and var all ? moved[a] / all : 0;
        }

        var (low, high) = (Math.Max(-1, weight - half), Math.Min(1, weight + half));
        // it reaches over 0 where the coefficient's does, and stops short of 0 where that does: nowhere else is it changed
        if (from <= 0)
            low = Math.Min(low, At(from));
        else if (low <= 0)
            low = Math.Min(At(from), weight * from / fit.Coefficients[a]);
        if (to >= 0)
            high = Math.Max(high, At(to));
        else if (high >= 0)
            high = Math.Max(At(to), weight * to / fit.Coefficients[a]);
        return Estimate.Of(weight, low, high);
    }

    /// <summary>Standard error of a weight, by the delta method: d w_a / d b_i = sd_i (1{i = a} - w_a sign(b_i)) / total.</summary>
    internal static double WeightError(LogitFit fit, int a)
    {
        double[] size = [.. fit.Coefficients.Select((b, i) => b * fit.WithinDeviation[i])];
        var total = size.Sum(Math.Abs);
        double[] slope = [.. size.Select((s, i) => fit.WithinDeviation[i] * ((i == a ? 1 : 0) - (size[a] / total * Math.Sign(s))) / total)];
        var variance = 0.0;
        for (var i = 0; i < slope.Length; i++)
        {
            for (var j = 0; j < slope.Length; j++)
                variance += slope[i] * slope[j] * fit.ClusterCovariance[i, j];
        }

        return Math.Sqrt(Math.Max(0, variance));
    }

    private static Estimate Exchange(LogitFit fit, int give, int get)
    {
        if (give < 0 || get < 0 || !fit.Identified[give] || !fit.Identified[get])
            return Estimate.Unknown("never offered as a choice");
        var (b, c) = (fit.Coefficients[get], fit.Coefficients[give]);
        if (!(Math.Abs(c) > Quantile(fit) * fit.ClusterError(give)))
            return Estimate.Unknown("what would be given up weighs nothing for certain");
        var v = fit.ClusterCovariance;
        var variance = (v[get, get] / (c * c)) - (2 * b * v[get, give] / (c * c * c)) + (b * b * v[give, give] / (c * c * c * c));
        var half = Quantile(fit) * Math.Sqrt(Math.Max(0, variance));
        return Estimate.Of(b / c, (b / c) - half, (b / c) + half);
    }

    private static double Quantile(LogitFit fit) => fit.Clusters is > 1 and < 30 ? StudentT.InvCDF(0, 1, fit.Clusters - 1, 0.975) : 1.959963984540054;

    /// <summary>Share of decisions foretold by weights that were fitted without their part; ties among the best count in part.</summary>
    private static double OutOfSample(ChoiceSets sets, AddressedRandom lot)
    {
        int[] part = [.. Enumerable.Range(0, sets.Count).Select(s => lot.Index(2, (uint)s, Parts))];
        var hits = 0.0;
        for (var p = 0; p < Parts; p++)
        {
            int[] rest = [.. Enumerable.Range(0, sets.Count).Where(s => part[s] != p)];
            if (rest.Length == 0 || rest.Length == sets.Count)
                continue;
            var b = ConditionalLogit.Fit(Some(sets, rest)).Coefficients;
            for (var s = 0; s < sets.Count; s++)
            {
                if (part[s] != p)
                    continue;
                double[] u = [.. Enumerable.Range(sets.First[s], sets.First[s + 1] - sets.First[s]).Select(row => Enumerable.Range(0, sets.Width).Sum(a => b[a] * sets.X[(row * sets.Width) + a]))];
                var best = u.Max();
                if (u[sets.Chosen[s] - sets.First[s]] == best)
                    hits += 1.0 / u.Count(v => v == best);
            }
        }

        return hits / sets.Count;
    }

    internal static ChoiceSets Some(ChoiceSets sets, int[] which, Func<int, int>? without = null)
    {
        var (x, first, chosen, cluster) = (new List<double>(), new List<int> { 0 }, new List<int>(), new List<int>());
        foreach (var s in which)
        {
            var (kept, left) = (0, without?.Invoke(s));
            for (var row = sets.First[s]; row < sets.First[s + 1]; row++)
            {
                if (row - sets.First[s] == left)
                    continue;
                if (row == sets.Chosen[s])
                    chosen.Add(first[^1] + kept);
                x.AddRange(sets.X.AsSpan(row * sets.Width, sets.Width));
                kept++;
            }

            first.Add(first[^1] + kept);
            cluster.Add(sets.Cluster[s]);
        }

        return new(sets.Attributes, [.. x], [.. first], [.. chosen], [.. cluster]);
    }

    /// <summary>
    /// Hausman and McFadden (1984): the weights without one alternative of every menu, among those who did not choose it, should be the same. Left out is the status quo where
    /// nests are on record, as the nest of all else shows there most; else the alternative at one place by lot. The variance of the difference is that of what each decider adds to both
    /// fits (White 1982; Weesie 1999, "Seemingly unrelated estimation"), since the difference of the two variances assumes that nobody decides twice; held against Hotelling's distribution (1931).
    /// </summary>
    private static double? Independence(ChoiceSets sets, LogitFit whole, int[]? nests, AddressedRandom lot)
    {
        var size = sets.First[1] - sets.First[0];
        if (size < 3 || Enumerable.Range(0, sets.Count).Any(s => sets.First[s + 1] - sets.First[s] != size) || whole.Separated || whole.Condition > 1e6)
            return null;
        var position = lot.Index(3, 0, size);
        int Without(int s) => nests is null ? position : Array.IndexOf(nests, 1, sets.First[s], size) - sets.First[s];
        int[] others = [.. Enumerable.Range(0, sets.Count).Where(s => sets.Chosen[s] - sets.First[s] != Without(s))];
        if (others.Length < 10 * sets.Width)
            return null;
        var less = ConditionalLogit.Fit(Some(sets, others, Without));
        int[] both = [.. Enumerable.Range(0, sets.Width).Where(a => whole.Identified[a] && less.Identified[a])];
        if (both.Length == 0 || less.Separated)
            return null;
        var difference = Vector<double>.Build.Dense([.. both.Select(a => less.Coefficients[a] - whole.Coefficients[a])]);
        if (whole.Clusters < 2)
        {
            var own = Matrix<double>.Build.Dense(both.Length, both.Length, (i, j) => less.Covariance[both[i], both[j]] - whole.Covariance[both[i], both[j]]);
            var statistic = difference * own.PseudoInverse() * difference;
            return statistic > 0 ? 1 - ChiSquared.CDF(both.Length, statistic) : null;
        }

        var (q, clusters) = (both.Length, whole.Clusters);
        if (clusters <= q)
            return null;
        var (all, kept) = (sets.Cluster.Distinct().Order(), others.Select(s => sets.Cluster[s]).Distinct().Order().Select((c, i) => (c, i)).ToDictionary(x => x.c, x => less.Influence[x.i]));
        List<Vector<double>> moved = [.. all.Zip(whole.Influence, (c, had) => Vector<double>.Build.Dense([.. both.Select(a => (kept.TryGetValue(c, out var has) ? has[a] : 0) - had[a])]))];
        var squared = difference * ConditionalLogit.Sandwich(moved, Matrix<double>.Build.DenseIdentity(q)).PseudoInverse() * difference;
        return 1 - FisherSnedecor.CDF(q, clusters - q, squared * (clusters - q) / (q * (clusters - 1.0)));
    }
}
