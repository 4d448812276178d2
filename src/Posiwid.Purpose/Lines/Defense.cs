using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>What a <see cref="DefenseTrial"/> shows.</summary>
public sealed record DefenseResult
{
    /// <summary>The trial.</summary>
    public required DefenseTrial Trial { get; init; }

    /// <summary>Pairs in which the organization was alive in every arm over the whole window.</summary>
    public required int Pairs { get; init; }

    /// <summary>D: the share of the disturbance that the organization's own decisions made good. 1 all, 0 none, below 0 made worse, above 1 overshot.</summary>
    public required Estimate Share { get; init; }

    /// <summary>D over the last third of the window, for a push that lasts: what control in proportion leaves over shows here.</summary>
    public required Estimate Late { get; init; }

    /// <summary>D with the sensor blinded; about 0 if the defense runs through it.</summary>
    public required Estimate Blind { get; init; }

    /// <summary>Two-sided p value of the test against -<see cref="PurposeSettings.Defended"/> to <see cref="PurposeSettings.Defended"/>; null if it was not disturbed.</summary>
    public required double? PValue { get; init; }

    /// <summary>By sample: what the surroundings alone made good of the first displacement, and what the organization made good; their sum is the whole recovery.</summary>
    public required IReadOnlyList<(double Passive, double Active)> Recovery { get; init; }

    /// <summary>Deaths in the window with the disturbance less those without it, as a share of the pairs that were alive at its start.</summary>
    public required Estimate MoreDeaths { get; init; }

    /// <summary>
    /// passed: blinded, less than half of the defense is left; in part: it is less, but half is left; failed: it is not seen to be less, and more than half is left beyond doubt; or why it is not
    /// known. Each of the two tests is of pairs, one-sided at half of <see cref="PurposeSettings.FamilyLevel"/>.
    /// </summary>
    public required string Sensor { get; init; }

    /// <summary>Where the blow does not move it: two-sided p value of whether the organization itself does; null if the blow does.</summary>
    public required double? MeansPValue { get; init; }

    /// <summary>The verdict in the words of the methods, of this trial by itself: "means" is said at <see cref="PurposeSettings.FamilyLevel"/> as if it were the only test. A profile says it after Holm's correction, and then takes the word back where that does.</summary>
    public required string Word { get; init; }
}

/// <summary>The second line of evidence: what the organization acts to keep, against a disturbance (Powers 1973, 1978: the test for the controlled variable).</summary>
/// <remarks>
/// <para>Question: disturbed, does the quantity come back because the organization acts, and not by itself?</para>
/// <para>Estimator: with dL the difference that the disturbance makes to the live arm and dR the one it makes to an arm that decides what it decided without
/// it, D = 1 - Σ dL / Σ dR over seeds and samples (a ratio of means with Fieller's interval). Natural decay, mass and other people act in both arms and cancel
/// out: what recovers in the replayed arm is passive.</para>
/// <para>Units: none. Assumes: arms share their luck, and what counts as a decision is declared in full.</para>
/// <para>Misleads: a blow too small or too large; a quantity that cannot fall below 0; an organization that expected it; two controllers that work against each
/// other (each looks like none). Necessity and effort say nothing of it.</para>
/// </remarks>
public static class Defense
{
    /// <summary>What <see cref="DefenseResult.Sensor"/> is where the defense goes on with its sensor blinded: what is defended is something else.</summary>
    public const string SensorFailed = "failed";

    /// <summary>The word for what an organization moves to defend something else.</summary>
    public const string Means = "means";

    /// <summary>The word for what a blow does not move.</summary>
    public const string NotDisturbed = "not disturbed";

    /// <summary>What a trial shows.</summary>
    /// <param name="trial">Paired arms.</param>
    /// <param name="settings">The conventions; the usual ones if left out.</param>
    /// <param name="displacement">Size of a direct displacement, for the recovery; the replayed arm's difference at the first sample if left out.</param>
    public static DefenseResult Of(DefenseTrial trial, PurposeSettings? settings = null, double? displacement = null)
    {
        ArgumentNullException.ThrowIfNull(trial);
        settings ??= new PurposeSettings();
        var pairs = Enumerable.Range(0, trial.Live.Count)
            .Where(i => Whole(trial.Undisturbed[i]) && Whole(trial.Live[i]) && Whole(trial.Replayed[i]) && (trial.Blinded is null || Whole(trial.Blinded[i]))).ToArray();
        var samples = pairs.Length == 0 ? 0 : trial.Live[pairs[0]]!.Length;
        var live = Areas(trial.Live, 0);
        var replayed = Areas(trial.Replayed, 0);
        var share = OneMinus(Fieller.Ratio(live, replayed));
        var moved = share.Known;
        var late = OneMinus(Fieller.Ratio(Areas(trial.Live, samples - (samples / 3)), Areas(trial.Replayed, samples - (samples / 3))));
        var blinded = trial.Blinded is null ? null : Areas(trial.Blinded, 0);
        var blind = blinded is null ? Estimate.Unknown("it is sensed through nothing that can be blinded") : OneMinus(Fieller.Ratio(blinded, replayed));

        var sign = moved && replayed.Average() < 0 ? -1 : 1;
        double Above(double c) => PairedTest.Above([.. live.Zip(replayed, (l, r) => sign * (((1 - c) * r) - l))]); // D > c: live < (1 - c) replayed
        double Below(double c) => PairedTest.Above([.. live.Zip(replayed, (l, r) => sign * (l - ((1 - c) * r)))]);
        var (p, direction) = (Above(settings.Defended), 1);
        if (Below(-settings.Defended) is var against && against < p)
            (p, direction) = (against, -1);

        var meansP = moved || live.Length < 2 ? (double?)null : Math.Min(1, 2 * Math.Min(PairedTest.Above(live), PairedTest.Above([.. live.Select(x => -x)])));
        var sensor = blinded is null ? "it is sensed through nothing that can be blinded" : !moved || share.Low <= settings.Defended ? "nothing to test: not defended"
            : PairedTest.Above([.. blinded.Zip(live, (b, l) => sign * (b - l))]) >= settings.FamilyLevel / 2 ? (StaysBlind() < settings.FamilyLevel / 2 ? SensorFailed : "tells nothing: by so few pairs blinding may leave all of it or less than half")
            : blind.Value < share.Value / 2 ? "passed" : "in part";
        var recovery = Recovery();
        return new DefenseResult
        {
            Trial = trial,
            Pairs = pairs.Length,
            Share = pairs.Length < 2 ? Estimate.Unknown($"alive in every arm in {pairs.Length} of {trial.Live.Count} runs: an interval needs two at least")
                : moved ? share : Estimate.Unknown("not disturbed: what it did to the quantity cannot be told from nothing"),
            Late = late,
            Blind = blind,
            PValue = moved ? Math.Min(1, 2 * p) : null,
            Recovery = recovery,
            MoreDeaths = MoreDeaths(),
            Sensor = sensor,
            MeansPValue = meansP,
            Word = Word(),
        };

        // blinded, more than half of what was made good still is: blinded < (live + replayed) / 2
        double StaysBlind() => PairedTest.Above([.. blinded.Select((b, i) => sign * (((live[i] + replayed[i]) / 2) - b))]);

        double[] Areas(IReadOnlyList<double[]?> arm, int from) => [.. pairs.Select(i => arm[i]!.Skip(from).Sum() - trial.Undisturbed[i]!.Skip(from).Sum())];

        (double, double)[] Recovery()
        {
            if (pairs.Length == 0)
                return [];
            double Mean(IReadOnlyList<double[]?> arm, int s) => pairs.Average(i => arm[i]![s] - trial.Undisturbed[i]![s]);
            var delta = displacement ?? Mean(trial.Replayed, 0);
            return delta == 0 ? [] : [.. Enumerable.Range(0, samples).Select(s => (1 - (Mean(trial.Replayed, s) / delta), (Mean(trial.Replayed, s) - Mean(trial.Live, s)) / delta))];
        }

        Estimate MoreDeaths()
        {
            var (alive, disturbed, undisturbed) = trial.Deaths;
            return alive == 0 ? Estimate.Unknown("no run was alive") : Estimate.Bare((disturbed - undisturbed) / (double)alive, "counts of one experiment");
        }

        string Word()
        {
            if (pairs.Length < 2)
                return "not tested: too few runs alive";
            if (meansP < settings.FamilyLevel)
                return Means;
            if (!moved)
                return pairs.All(i => trial.Undisturbed[i]!.All(x => x == 0) && trial.Live[i]!.All(x => x == 0)) ? "identity, not testable" : NotDisturbed;
            if (share.Low > settings.Defended)
                return sensor switch { "passed" => "defended", "in part" => "defended, partly through the sensor", SensorFailed => "defending something else", _ => "defended, sensor unknown" };
            if (share.High < -settings.Defended)
                return "amplified";
            if (recovery.Length > 0 && recovery[^1].Item1 > settings.Passive && share.Low > -settings.Defended && share.High < settings.Defended)
                return "stable but passive";
            return "not defended";
        }
    }

    /// <summary>The two-sided test of a result as a line of a profile.</summary>
    public static TestedLine Line(DefenseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new TestedLine(result.Share, result.PValue, result.Share.Value >= 0 ? 1 : -1);
    }

    /// <summary>The dose at which the defended share falls through one half, between the doses tried; null if it does not.</summary>
    /// <param name="curve">Dose (above 0) and D, in rising order of doses.</param>
    public static double? DoseOfHalf(IReadOnlyList<(double Dose, double Share)> curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        for (var i = 1; i < curve.Count; i++)
        {
            if (curve[i - 1].Share >= 0.5 && curve[i].Share < 0.5)
            {
                var at = (curve[i - 1].Share - 0.5) / (curve[i - 1].Share - curve[i].Share);
                return Math.Exp(Math.Log(curve[i - 1].Dose) + (at * Math.Log(curve[i].Dose / curve[i - 1].Dose)));
            }
        }

        return null;
    }

    /// <summary>
    /// Stability against frozen decisions: 1 - sd(live)/sd(frozen) under ordinary noise, and the same as bits, log2(sd(frozen)/sd(live)).
    /// Below 0 the organization's acting makes the quantity less stable than its own mean would.
    /// </summary>
    public static (double Stability, double Bits)? Regulation(IReadOnlyList<double> live, IReadOnlyList<double> frozen)
    {
        var (l, f) = (Deviation(live), Deviation(frozen));
        return f > 0 && l > 0 ? (1 - (l / f), Math.Log2(f / l)) : null;
    }

    /// <summary>
    /// The same over paired seeds, each about its own mean: bits are the mean of log2(sd(frozen)/sd(live)) with its t interval, stability is 1 - 2^-bits. Where
    /// decisions drift to a purpose, acting makes a quantity less stable and serves it all the same.
    /// </summary>
    public static (Estimate Stability, Estimate Bits) Regulation(StabilityTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        double[] bits = [.. trial.Live.Zip(trial.Frozen).Where(p => Whole(p.First) && Whole(p.Second)).Select(p => Regulation(p.First!, p.Second!)?.Bits).OfType<double>()];
        var mean = PairedTest.Mean(bits);
        return mean is { Value: { } b, Low: { } low, High: { } high } ? (Estimate.Of(1 - Math.Pow(2, -b), 1 - Math.Pow(2, -low), 1 - Math.Pow(2, -high)), mean) : (mean, mean);
    }

    private static double Deviation(IReadOnlyList<double> x)
    {
        var mean = x.Average();
        return Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
    }

    private static bool Whole(double[]? series) => series is { Length: > 0 } && series.All(double.IsFinite);

    /// <summary>1 less a ratio: the interval turns around.</summary>
    private static Estimate OneMinus(Estimate ratio) => ratio is { Value: { } r, Low: { } low, High: { } high } ? Estimate.Of(1 - r, 1 - high, 1 - low) : ratio;
}
