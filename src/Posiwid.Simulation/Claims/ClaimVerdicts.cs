using System.Globalization;
using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Simulation.Claims;

/// <summary>What a test found.</summary>
/// <param name="Test">The test.</param>
/// <param name="Figure">Its figure: the median over runs with what holds 90% of them, or a mean, ratio or distance over pairs with its 90% interval.</param>
/// <param name="Holds">True, false, or null if it cannot be told.</param>
/// <param name="Why">In a clause.</param>
public sealed record TestResult(TestSpec Test, Estimate Figure, bool? Holds, string Why)
{
    /// <summary>Results of the tests of which one must be met.</summary>
    public IReadOnlyList<TestResult> Parts { get; init; } = [];
}

/// <summary>What the tests of a claim found.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Holds">True, false, or null if it cannot be told.</param>
/// <param name="Tests">Its tests.</param>
public sealed record ClaimResult(string Id, ClaimSpec Claim, bool? Holds, IReadOnlyList<TestResult> Tests)
{
    /// <summary>The figure that is shown: that of the first test.</summary>
    public Estimate Figure => First(Tests[0]).Figure;

    /// <summary>What decided: the tests that are not met, or all of them.</summary>
    public string Why => string.Join("; ", (Holds == true ? Tests : Tests.Where(t => t.Holds != true)).Select(t => t.Why));

    /// <summary>True if that figure is the share of runs that say yes (<see cref="Take.Alive"/>, run by run).</summary>
    public bool IsShareOfRuns => ClaimVerdicts.IsYesOrNo(First(Tests[0]).Test);

    private static TestResult First(TestResult test) => test.Parts.Count > 0 ? First(test.Parts[0]) : test;
}

/// <summary>
/// Decides claims by fixed rules. Runs against bounds: met if the share of runs within them is at least .9, or what the test says. Two arms: the runs are
/// paired; a bound that asks for a difference is met if the mean lies beyond it and the 90% interval holds no 'no difference'; a bound that only limits a
/// difference is met if the whole interval lies within. Two profiles: as two arms, but put together over runs before they are compared (<see cref="ArmProfile"/>).
/// </summary>
public static class ClaimVerdicts
{
    /// <summary>Fewest runs with a figure from which anything is told.</summary>
    public const int FewestRuns = 10;

    /// <summary>Share of runs that must meet a bound where the test says nothing.</summary>
    public const double UsualShare = 0.9;

    private const double Level = 0.9;

    /// <summary>All claims of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="figures">What the runs gave.</param>
    /// <param name="coding">A bound of the coding that hours by end are counted with; null for the usual one.</param>
    public static IReadOnlyList<ClaimResult> Of(ClaimsPlan plan, ClaimFigures figures, CodingBound? coding = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Tested.Select(c => Of(c.Key, c.Value, figures, coding))];
    }

    /// <summary>One claim.</summary>
    public static ClaimResult Of(string id, ClaimSpec claim, ClaimFigures figures, CodingBound? coding = null)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(figures);
        TestResult[] tests = [.. claim.Tests.Select(t => Of(t, figures, coding))];
        return new ClaimResult(id, claim, tests.Any(t => t.Holds == false) ? false : tests.All(t => t.Holds == true) ? true : null, tests);
    }

    private static TestResult Of(TestSpec test, ClaimFigures figures, CodingBound? coding)
    {
        if (test.AnyOf.Count > 0)
        {
            TestResult[] parts = [.. test.AnyOf.Select(t => Of(t, figures, coding))];
            var holds = parts.Any(p => p.Holds == true) ? true : parts.All(p => p.Holds == false) ? false : (bool?)null;
            return new TestResult(test, parts[0].Figure, holds, string.Join(" or ", (holds == true ? parts.Where(p => p.Holds == true) : parts).Select(p => p.Why))) { Parts = parts };
        }

        if (test.Figure?.Take == Take.PurposeProfile)
            return Profiles(test, figures, coding);
        if (test.Defense is { } defense)
            return Defended(test, figures.Of(new FigureKey(test.Arm, null, null, defense)));
        IReadOnlyList<double[]> Values(string arm, FigureSpec figure) =>
            figures.Of(new FigureKey(arm, figure, coding is null or CodingBound.Usual || !FigureKey.ReadsCoding(figure) ? null : coding, null));
        var own = Values(test.Arm, test.Figure!);
        if (test.Than is not { } than)
            return AgainstBounds(test, [.. own.Select(v => v[0])]);
        var other = Values(than.Arm, than.Figure ?? test.Figure!);
        if (test.Compare != Comparison.Distance)
            return Paired(test, [.. own.Select(v => v[0])], [.. other.Select(v => v[0])]);
        var distances = Distances(own, other);
        return test.Over is { } over
            ? Compared(test, distances, Distances(Values(over.Arm, over.Figure), Values(over.Than.Arm, over.Than.Figure ?? over.Figure)), Comparison.Ratio, null)
            : Compared(test, distances, [.. distances.Select(_ => 0.0)], Comparison.Difference, null);
    }

    /// <summary>True if a test holds every run's yes or no (1 or 0) against bounds.</summary>
    internal static bool IsYesOrNo(TestSpec test) => test is { Figure.Take: Take.Alive, Than: null, Defense: null };

    private static double[] Distances(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b) => [.. a.Zip(b, (x, y) => 0.5 * x.Zip(y, (p, q) => Math.Abs(p - q)).Sum())];

    private static bool Within(TestSpec test, double x) => x >= (test.AtLeast ?? double.NegativeInfinity) && x <= (test.AtMost ?? double.PositiveInfinity);

    private static TestResult AgainstBounds(TestSpec test, double[] values)
    {
        double[] known = [.. values.Where(v => !double.IsNaN(v)).Order()];
        if (known.Length < FewestRuns)
            return TooFew(test, IsYesOrNo(test) && known.Length > 0 ? Estimate.Bare(known.Average(), "a share of the runs") : Spread(known), known.Length, values.Length, "runs have such a figure", "runs");
        var met = known.Count(v => Within(test, v));
        var share = met / (double)known.Length;
        var holds = test.RunsAtMost is { } most ? share <= most : share >= (test.RunsAtLeast ?? UsualShare);
        var wanted = test.RunsAtMost is { } m ? $"at most {Percent(m)}" : $"at least {Percent(test.RunsAtLeast ?? UsualShare)}";
        return new TestResult(test, IsYesOrNo(test) ? Estimate.Bare(known.Average(), "a share of the runs") : Spread(known), holds,
            $"{Named(test)} {Bounds(test)} in {met} of {known.Length} runs{(known.Length < values.Length ? $" that have it, of {values.Length}" : "")} ({Percent(share)}; wanted {wanted})");
    }

    private static TestResult Paired(TestSpec test, double[] own, double[] other) => Compared(test, own, other, test.Compare, test.Compare == Comparison.Ratio ? 1 : 0);

    /// <summary>Compares pair by pair; <paramref name="same"/> is the value of no difference, null where there is none to exclude.</summary>
    private static TestResult Compared(TestSpec test, double[] own, double[] other, Comparison compare, double? same)
    {
        var pairs = own.Zip(other).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)).ToArray();
        double[] a = [.. pairs.Select(p => p.First)], b = [.. pairs.Select(p => p.Second)];
        var estimate = pairs.Length == 0 ? Estimate.Unknown("") : compare == Comparison.Ratio ? Fieller.Ratio(a, b, Level) : PairedTest.Mean([.. pairs.Select(p => p.First - p.Second)], Level);
        if (pairs.Length < FewestRuns)
            return TooFew(test, estimate, pairs.Length, own.Length, "pairs of runs have such a figure", "pairs");
        if (estimate is not { Value: { } value, Low: { } low, High: { } high })
            return Unknown(test, estimate.Why!);
        var found = $"{Named(test)}: {Number(value)} [{Number(low)}..{Number(high)}]{(compare == Comparison.Ratio && same is not null ? $" times ({Number(a.Average())} against {Number(b.Average())})" : same is not null ? $" ({Number(a.Average())} against {Number(b.Average())})" : "")}, wanted {Bounds(test)}";
        return new TestResult(test, estimate, Decide(test, value, low, high, same), found);
    }

    private static bool? Decide(TestSpec test, double value, double low, double high, double? same)
    {
        bool?[] bounds =
        [
            test.AtLeast is not { } least ? true
                : least > same ? value >= least ? low > same ? true : null : high < least ? false : null
                : low >= least ? true : high < least ? false : null,
            test.AtMost is not { } most ? true
                : most < same ? value <= most ? high < same ? true : null : low > most ? false : null
                : high <= most ? true : low > most ? false : null,
        ];
        return bounds.Contains(false) ? false : bounds.Contains(null) ? null : true;
    }

    /// <summary>D = 1 - live / replayed, as in <see cref="Purpose.Lines.Defense"/>, with its 90% interval; the lower limit is held against the bound.</summary>
    private static TestResult Defended(TestSpec test, IReadOnlyList<double[]> values)
    {
        var pairs = values.Where(v => double.IsFinite(v[0]) && double.IsFinite(v[1])).ToArray();
        var ratio = pairs.Length == 0 ? Estimate.Unknown("") : Fieller.Ratio([.. pairs.Select(p => p[0])], [.. pairs.Select(p => p[1])], Level);
        if (pairs.Length < FewestRuns)
        {
            var share = ratio is { Value: { } x, Low: { } least, High: { } most } ? Estimate.Of(1 - x, 1 - most, 1 - least) : ratio;
            return TooFew(test, share, pairs.Length, values.Count, "runs were alive in every arm", "runs");
        }

        if (ratio is not { Value: { } r, Low: { } from, High: { } to })
            return Unknown(test, "the change did not move it when decisions were replayed, so nothing had to be defended");
        var (value, low, high) = (1 - r, 1 - to, 1 - from);
        return new TestResult(test, Estimate.Of(value, low, high), low > test.AtLeast ? true : high <= test.AtLeast ? false : value <= test.AtLeast ? false : null,
            $"{Named(test)}: D = {Number(value)} [{Number(low)}..{Number(high)}], wanted a lower limit above {Number(test.AtLeast ?? 0)}");
    }

    private static TestResult Profiles(TestSpec test, ClaimFigures figures, CodingBound? coding)
    {
        ArmProfile Profile(string arm, FigureSpec figure) => figures.Profile(arm, figure, coding);
        (ArmProfile A, ArmProfile B) pair = (Profile(test.Arm, test.Figure!), Profile(test.Than!.Arm, test.Than.Figure ?? test.Figure!));
        var over = test.Over is { } two ? (Profile(two.Arm, two.Figure), Profile(two.Than.Arm, two.Than.Figure ?? two.Figure)) : ((ArmProfile A, ArmProfile B)?)null;
        var lines = ArmProfile.InAll(test.Figure!.LinesMeant, [pair.A, pair.B, .. over is { } o ? new[] { o.A, o.B } : []]);
        var estimate = ArmProfile.Distance(lines, pair, over);
        if (estimate is not { Value: { } value, Low: { } low, High: { } high })
            return Unknown(test, estimate.Why!);
        int[] all = [.. Enumerable.Range(0, ArmProfile.RunsOf(pair, over))];
        var (own, other) = (ArmProfile.Apart(pair.A, pair.B, lines, all), over is { } by ? ArmProfile.Apart(by.A, by.B, lines, all) : null);
        string One(ProfileLine line) => lines.Select((l, i) => l == line ? $"{Apart(own[i])}{(other is null ? "" : $" against {Apart(other[i])}")}" : null).FirstOrDefault(t => t is not null) ?? "cannot be told";
        var byLine = string.Join(", ", test.Figure.LinesMeant.Distinct().Select(l => $"{l.ToString().ToLowerInvariant()} {One(l)}"));
        return new TestResult(test, estimate, Decide(test, value, low, high, null),
            $"{Named(test)}: {Number(value)} [{Number(low)}..{Number(high)}] ({byLine}; {all.Length} runs), wanted {Bounds(test)}");

        static string Apart(double? distance) => distance is { } d ? Number(d) : "nothing in both";
    }

    /// <summary>With fewer than <see cref="FewestRuns"/> a figure is shown, but decides nothing.</summary>
    private static TestResult TooFew(TestSpec test, Estimate figure, int known, int of, string what, string counted)
    {
        var found = figure is { Value: { } value, Low: { } low, High: { } high } ? $"{Number(value)} [{Number(low)}..{Number(high)}] from " : figure is { Value: { } alone } ? $"{Number(alone)} from " : "";
        var why = $"{Named(test)}: {found}fewer than ten {counted} ({known} of {of} {what})";
        return new TestResult(test, figure.Value is null ? Estimate.Unknown(why) : figure, null, why);
    }

    /// <summary>The median of values in order, with what holds 90% of them; unknown if there are none.</summary>
    private static Estimate Spread(double[] sorted) => sorted.Length == 0 ? Estimate.Unknown("no run has such a figure") : Estimate.Of(Quantile(sorted, .5), Quantile(sorted, .05), Quantile(sorted, .95));

    private static TestResult Unknown(TestSpec test, string why) => new(test, Estimate.Unknown(why), null, $"{Named(test)}: {why}");

    private static string Named(TestSpec test) => test.Label.Length > 0 ? test.Label : test.Arm;

    private static string Bounds(TestSpec test) => (test.AtLeast, test.AtMost) switch
    {
        ({ } least, { } most) => $"{Number(least)} to {Number(most)}",
        ({ } least, null) => $"at least {Number(least)}",
        (null, { } most) => $"at most {Number(most)}",
        _ => "",
    };

    internal static double Quantile(double[] sorted, double share)
    {
        var at = (sorted.Length - 1) * share;
        var below = (int)at;
        return below + 1 < sorted.Length && at > below ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    /// <summary>A figure with three digits that mean something.</summary>
    public static string Number(double value) => double.IsInfinity(value) ? "never" : Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        < 1e-9 => "0",
        var size => Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 12)).ToString("0.############", CultureInfo.InvariantCulture),
    };
}
