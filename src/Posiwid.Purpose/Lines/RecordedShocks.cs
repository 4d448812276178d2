using MathNet.Numerics.Distributions;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>A dated event that pushed a quantity.</summary>
/// <param name="Week">Its week, 0 for the first of the series.</param>
/// <param name="Size">How hard it pushed and which way; any unit that all shocks share, 0 for none, no number if it is not on record.</param>
/// <param name="External">Whether it came from outside, owing nothing to what the organization did.</param>
/// <param name="Anticipated">Whether it was seen coming: what was done beforehand would count as an answer to nothing.</param>
public sealed record DatedShock(int Week, double Size, bool External, bool Anticipated);

/// <summary>A shock that is on record and could not be used.</summary>
/// <param name="Week">Its week, as it was stated.</param>
/// <param name="Why">Why not.</param>
public sealed record UnusedShock(double Week, string Why);

/// <summary>What is declared of an action before looking.</summary>
/// <param name="Moves">1 if more of the action should raise the quantity, -1 if it should lower it.</param>
/// <param name="Delay">Weeks until it should be felt; 0 for the week itself.</param>
/// <param name="Target">Where the organization says it wants the quantity, to be printed beside the implied set point; null if it does not say.</param>
public sealed record DeclaredAction(int Moves, int Delay = 0, double? Target = null);

/// <summary>Answers to recorded shocks.</summary>
public sealed record RecordedShocksResult
{
    /// <summary>The end.</summary>
    public required string End { get; init; }

    /// <summary>Weeks recorded, one after another.</summary>
    public required int Weeks { get; init; }

    /// <summary>Weeks without a number between the first and the last that are recorded; none of them is filled in.</summary>
    public int Missing { get; init; }

    /// <summary>Weeks with an outside shock that nobody saw coming and whose answer is on record.</summary>
    public required int Shocks { get; init; }

    /// <summary>Shocks that were not used, and why: from inside, seen coming, of no size, or where too little was measured.</summary>
    public required IReadOnlyList<UnusedShock> Unused { get; init; }

    /// <summary>Response of the quantity, in its unit by unit of shock, week after week.</summary>
    public required IReadOnlyList<ProjectedResponse> Quantity { get; init; }

    /// <summary>Response of the action, summed since the shock, in its unit by unit of shock.</summary>
    public required IReadOnlyList<ProjectedResponse> Action { get; init; }

    /// <summary>The first displacement from which a return is measured.</summary>
    public required Estimate Impact { get; init; }

    /// <summary>(i) Whether at the last horizon at least half of the displacement is gone; null if it cannot be told.</summary>
    public bool? Returns { get; init; }

    /// <summary>(ii) Whether the action answers against the displacement; null if it cannot be told.</summary>
    public bool? Opposes { get; init; }

    /// <summary>(iii) Whether the action moves the quantity as declared; null if it cannot be told.</summary>
    public bool? Moves { get; init; }

    /// <summary>Change of the quantity by unit of action that neither what came before nor the shocks explain.</summary>
    public required Estimate Effect { get; init; }

    /// <summary>K of the rule: how much more action for each unit by which the quantity falls, as shocks bring it out.</summary>
    public required Estimate Gain { get; init; }

    /// <summary>Set point that the rule implies, r = c/K: where no action would be taken.</summary>
    public required Estimate SetPoint { get; init; }

    /// <summary>The stated target; null if none.</summary>
    public double? Target { get; init; }

    /// <summary>True if weeks or shocks are too few for more than an indication.</summary>
    public required bool Indicative { get; init; }

    /// <summary>consistent with defense, not consistent with defense, or cannot be told. Never more than that.</summary>
    public required string Word { get; init; }

    /// <summary>What stands against it or is missing; null if nothing is.</summary>
    public string? Why { get; init; }
}

/// <summary>What records alone can say of defense: whether shocks from outside are answered.</summary>
/// <remarks>
/// <para>Question: (i) does the quantity go back after a shock, (ii) does the declared action answer against it, (iii) does that action move the quantity? All
/// three make "consistent with defense", never more (methods, 1b). The response of the quantity alone says nothing: one that falls back by itself and one that
/// is brought back can move alike to the last digit; only the action tells them apart.</para>
/// <para>Estimator: (i) and (ii) lag-augmented local projections (Jordà 2005; <see cref="LocalProjection"/>) on shocks from outside that nobody saw coming.
/// (iii) the same for the action in the place of the shock, the shocks held fixed: what the action does of its own accord. The rule a(t) = c - K q(t-1) + e by
/// two stages, with the shocks of the weeks before as instruments.</para>
/// <para>What is not seen is refused only where it could be seen: where the most that the intervals leave open of the answer, times the most of what the action does, is less than half of the displacement.
/// Else it cannot be told.</para>
/// <para>Units: of the quantity, or of the action, by unit of shock. Assumes: a week's action is decided before that week's other disturbances are felt.</para>
/// <para>Misleads: a series of little noise and few shocks; shocks that were dated because they were answered; an action that never varies of its own accord,
/// of which (iii) cannot be told.</para>
/// </remarks>
public static class RecordedShocks
{
    /// <summary>Highest horizon unless stated otherwise, weeks.</summary>
    public const int Quarter = 13;

    private const double WeakF = 10;

    /// <summary>The answers.</summary>
    /// <param name="end">The end.</param>
    /// <param name="q">The quantity, week by week (or month by month: then all weeks here are months).</param>
    /// <param name="a">The action, of the same weeks.</param>
    /// <param name="shocks">Dated shocks, in any order; those of one week are added up.</param>
    /// <param name="declared">What the action should do.</param>
    /// <param name="settings">The conventions.</param>
    /// <param name="horizon">Weeks after a shock at which a return and an answer are looked for.</param>
    /// <param name="lags">Weeks before it that are held fixed.</param>
    /// <exception cref="ArgumentException">The series differ in length, a value is not a number, or nothing is declared.</exception>
    public static RecordedShocksResult Of(
        string end, IReadOnlyList<double> q, IReadOnlyList<double> a, IReadOnlyList<DatedShock> shocks, DeclaredAction declared, PurposeSettings settings,
        int horizon = Quarter, int lags = 4)
    {
        ArgumentNullException.ThrowIfNull(shocks);
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 3);
        if (declared.Moves is not (1 or -1) || declared.Delay < 0)
            throw new ArgumentException("Declare whether the action should raise (1) or lower (-1) the quantity, and a delay of 0 or more.", nameof(declared));
        UnusedShock[] unused = [.. shocks.Select(x => (x.Week, Why: WhyUnused(x, q.Count, horizon, lags))).Where(x => x.Why is not null).Select(x => new UnusedShock(x.Week, x.Why!))];
        var used = shocks.Where(x => WhyUnused(x, q.Count, horizon, lags) is null).ToArray();
        var s = new double[q.Count];
        foreach (var shock in used)
            s[shock.Week] += shock.Size;

        int[] horizons = [.. Enumerable.Range(0, horizon + 1)];
        var quantity = LocalProjection.Of(q, s, horizons, lags);
        var action = LocalProjection.Of(a, s, horizons, lags, true, q);
        // the shocks of a week and of those before: one week later they are lags
        double[] next = [.. s.Skip(1), 0];
        var effect = s.Length == 0 ? Estimate.Unknown("no weeks") : LocalProjection.Of(q, a, [declared.Delay], lags, false, next)[0].Response;
        var (gain, setPoint) = Rule(q, a, s, lags);
        var first = quantity.Take(1 + (horizon / 3)).Where(r => r.Response.Known).ToArray();
        var strongest = first.MinBy(r => r.PValue);
        var impact = strongest?.Response ?? Estimate.Unknown(quantity[0].Response.Why!);
        // it is the strongest of several, so the bar is that of several tests (Bonferroni)
        var side = strongest is not null && strongest.PValue < .05 / first.Length ? Math.Sign(impact.Value!.Value) : 0;
        var count = s.Count(v => v != 0);
        var indicative = q.Count < settings.ShockWeeks || count < settings.Shocks;
        var last = quantity[^1].Response;
        bool? returns = side == 0 || !last.Known ? null : Below(last, side, impact.Value!.Value / 2);
        var answer = action[^1].Response;
        bool? opposes = side == 0 ? null : Constant(a) ? false : Shown(answer, -side * declared.Moves);
        bool? moves = Constant(a) ? null : Shown(effect, declared.Moves);
        // intervals that hold 0 refuse it only where all that both leave open could not have brought half of it back
        if (side != 0 && !indicative && !Constant(a) && answer.Known && effect.Known && Most(answer, -side * declared.Moves) * Most(effect, declared.Moves) < Math.Abs(impact.Value!.Value) / 2)
            (opposes, moves) = (opposes ?? false, moves ?? false);
        string? why = !impact.Known ? impact.Why
            : side == 0 ? "the shocks did not move it noticeably"
            : Reasons(returns, opposes, moves, answer.Why, effect.Why, Constant(a));
        var word = side == 0 ? "cannot be told"
            : new[] { returns, opposes, moves }.Contains(false) ? "not consistent with defense"
            : new[] { returns, opposes, moves }.Contains(null) ? "cannot be told"
            : "consistent with defense";
        return new()
        {
            End = end,
            Weeks = q.Count,
            Shocks = count,
            Unused = unused,
            Quantity = quantity,
            Action = action,
            Impact = impact,
            Returns = returns,
            Opposes = opposes,
            Moves = moves,
            Effect = effect,
            Gain = gain,
            SetPoint = setPoint,
            Target = declared.Target,
            Indicative = indicative,
            Word = indicative && word != "cannot be told" ? $"indicative: {word}" : word,
            Why = why,
        };
    }

    /// <summary>A result that tells nothing, since there is nothing to tell it from.</summary>
    /// <param name="end">The end.</param>
    /// <param name="why">Why it cannot be told.</param>
    /// <param name="unused">The shocks, and why none of them can be used.</param>
    public static RecordedShocksResult Untold(string end, string why, IReadOnlyList<UnusedShock> unused)
    {
        var unknown = Estimate.Unknown(why);
        return new()
        {
            End = end,
            Weeks = 0,
            Shocks = 0,
            Unused = unused,
            Quantity = [],
            Action = [],
            Impact = unknown,
            Effect = unknown,
            Gain = unknown,
            SetPoint = unknown,
            Indicative = true,
            Word = "cannot be told",
            Why = why,
        };
    }

    /// <summary>Why a shock cannot be used; null if it can.</summary>
    /// <param name="shock">The shock.</param>
    /// <param name="weeks">Weeks of the series.</param>
    /// <param name="horizon">Weeks after a shock that are looked at.</param>
    /// <param name="lags">Weeks before it that are held fixed.</param>
    public static string? WhyUnused(DatedShock shock, int weeks, int horizon = Quarter, int lags = 4)
    {
        ArgumentNullException.ThrowIfNull(shock);
        return !shock.External ? "from inside"
            : shock.Anticipated ? "seen coming"
            : !double.IsFinite(shock.Size) ? "without a size"
            : shock.Size == 0 ? "of size 0"
            : shock.Week < 0 ? "before the first measure"
            : shock.Week >= weeks ? "after the last measure"
            : shock.Week < lags ? $"with fewer than {lags} measures before it"
            : shock.Week >= weeks - horizon ? $"with fewer than {horizon} measures after it"
            : null;
    }

    /// <summary>On which side of 0 the whole interval lies; 0 if it holds 0.</summary>
    private static int Side(Estimate e) => e.Low > 0 ? 1 : e.High < 0 ? -1 : 0;

    /// <summary>Whether the interval lies on that side of 0; null if it holds 0.</summary>
    private static bool? Shown(Estimate e, int side) => !e.Known ? null : Side(e) == side ? true : Side(e) == -side ? false : null;

    /// <summary>The most on that side that the interval leaves open.</summary>
    private static double Most(Estimate e, int side) => Math.Max(0, (side > 0 ? e.High : -e.Low) ?? double.PositiveInfinity);

    /// <summary>Whether the interval lies on the near side of a bar; null if it holds the bar.</summary>
    private static bool? Below(Estimate e, int side, double bar) => side > 0
        ? e.High < bar ? true : e.Low > bar ? false : null
        : e.Low > bar ? true : e.High < bar ? false : null;

    private static bool Constant(IReadOnlyList<double> x) => !x.Distinct().Skip(1).Any();

    private static string? Reasons(bool? returns, bool? opposes, bool? moves, string? noAnswer, string? noEffect, bool constant)
    {
        string?[] found =
        [
            returns switch { true => null, false => "it does not go back", null => "whether it goes back cannot be told" },
            opposes switch { true => null, false => constant ? "the action never varies" : "the action is not seen to answer against it", null => $"whether the action answers cannot be told{Because(noAnswer)}" },
            moves switch { true => null, false => "the action is not seen to move it as declared", null => constant ? null : $"whether the action moves it cannot be told{Because(noEffect)}" },
        ];
        var text = string.Join("; ", found.Where(f => f is not null));
        return text.Length > 0 ? text : null;

        static string Because(string? why) => why is null ? "" : $" ({why})";
    }

    /// <summary>a(t) = c - K q(t-1) + e: the gain K and the set point c/K, by the delta method.</summary>
    private static (Estimate Gain, Estimate SetPoint) Rule(IReadOnlyList<double> q, IReadOnlyList<double> a, double[] s, int lags)
    {
        int[] weeks = [.. Enumerable.Range(lags, Math.Max(0, q.Count - lags))];
        double[][] instruments = [.. Enumerable.Range(1, lags).Select(l => Column(t => s[t - l])).Where(c => c.Distinct().Skip(1).Any())];
        if (instruments.Length == 0)
            return None("no shocks to bring it out");
        if (Constant(a))
            return None("the action never varies");
        if (LeastSquares.TwoStage(Column(t => q[t - 1]), [Column(_ => 1)], instruments, Column(t => a[t])) is not var (fit, f) || !double.IsFinite(f))
            return None("the weeks do not give it");
        if (f < WeakF)
            return None("the shocks move it too weakly to bring out the rule");
        var covariance = fit.NeweyWest(lags);
        var (k, c, t) = (-fit.Coefficients[0], fit.Coefficients[1], StudentT.InvCDF(0, 1, fit.DegreesOfFreedom, .975));
        var half = t * Math.Sqrt(covariance[0, 0]);
        var gain = Estimate.Of(k, k - half, k + half);
        if (Side(gain) == 0)
            return (gain, Estimate.Unknown("the gain cannot be told from 0"));
        var r = c / k;
        // r = -c/b with b = -K: its derivatives are r/K by b and 1/K by c
        var variance = ((r * r * covariance[0, 0]) + (2 * r * covariance[0, 1]) + covariance[1, 1]) / (k * k);
        var width = t * Math.Sqrt(Math.Max(0, variance));
        return (gain, Estimate.Of(r, r - width, r + width));

        double[] Column(Func<int, double> value) => [.. weeks.Select(value)];
        static (Estimate, Estimate) None(string why) => (Estimate.Unknown(why), Estimate.Unknown(why));
    }
}
