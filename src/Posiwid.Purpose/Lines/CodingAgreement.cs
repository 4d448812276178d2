using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>A kind of activity, and the end for which each coder took it.</summary>
/// <param name="Kind">Code of the activity.</param>
/// <param name="Rows">Activities of this kind on record.</param>
/// <param name="MainEnds">By coder, in one order for all kinds: the end of the greatest weight (see <see cref="Ends.MainEnd"/>); null where a coder left the kind out.</param>
public sealed record CodedKind(string Kind, long Rows, IReadOnlyList<string?> MainEnds);

/// <summary>How far coders agree for which end each activity was.</summary>
/// <param name="Coders">Coders who coded any activity on record.</param>
/// <param name="Kinds">Kinds that two coders or more coded.</param>
/// <param name="Rows">Activities of these kinds.</param>
/// <param name="Alpha">Krippendorff's alpha, at most 1; interval from resampled kinds.</param>
/// <param name="Kappa">Cohen's kappa, where there are two coders.</param>
/// <param name="Reliable">False where alpha is below <see cref="PurposeSettings.ReliableCoding"/>; null where there is none.</param>
public sealed record CodingAgreementResult(int Coders, int Kinds, long Rows, Estimate Alpha, Estimate Kappa, bool? Reliable);

/// <summary>Effort: would another coder have said the same?</summary>
/// <remarks>
/// <para>Estimator: every activity gets from every coder the end of the greatest weight for its kind; alpha (Krippendorff 2011, 2019) over the activities, and
/// kappa (Cohen 1960) where there are two coders. Interval: the kinds, each with all its activities, are drawn anew (a cluster bootstrap: Field and Welsh
/// 2007). Activities of one kind are coded alike, so they are not independent: drawn one by one they would give an interval far too narrow.</para>
/// <para>Units: none. 1 all agree, 0 as by lot; below .67 the ends are not reliably coded, and Krippendorff asks for .8 where much hangs on it. Assumes: coders
/// worked each for themselves.</para>
/// <para>Misleads: it counts activities, not hours, and only the main end: coders who agree on that can still share out the hours unlike, and those who split a
/// kind nearly evenly can differ by little and count as differing (the bounds of the shares span what all of them gave). With few kinds the interval is too
/// narrow.</para>
/// </remarks>
public static class CodingAgreement
{
    /// <summary>Fewest kinds for an interval: of fewer there are too few different resamples.</summary>
    public const int FewestKinds = 6;

    /// <summary>The agreement of coders.</summary>
    /// <param name="kinds">The kinds on record, with what each coder took them for.</param>
    /// <param name="settings">The conventions.</param>
    /// <param name="draws">How many resamples.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static CodingAgreementResult Of(IReadOnlyList<CodedKind> kinds, PurposeSettings settings, int draws = 1000, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(settings);
        int[] coders = kinds.Count == 0 ? [] : [.. Enumerable.Range(0, kinds[0].MainEnds.Count).Where(c => kinds.Any(k => k.Rows > 0 && k.MainEnds[c] is not null))];
        CodedKind[] both = [.. kinds.Where(k => k.Rows > 0 && k.MainEnds.Count(e => e is not null) > 1)];
        var rows = both.Sum(k => k.Rows);
        if (coders.Length < 2 || rows < settings.CodedRows)
        {
            var why = coders.Length switch
            {
                0 => "no activity is of a kind that is coded",
                1 => "one coder alone: whether another would say the same is not known",
                _ => $"of {settings.CodedRows} activities that are needed, {rows} are of kinds that two coders coded",
            };
            return new(coders.Length, both.Length, rows, Estimate.Unknown(why), Estimate.Unknown(why), null);
        }

        var random = new AddressedRandom(seed, 0x636f6465);
        int[] every = [.. Enumerable.Range(0, both.Length)];
        int[][] drawn = [.. Enumerable.Range(0, draws).Select(d => every.Select(i => random.Index((uint)d, (uint)i, both.Length)).ToArray())];
        var differ = both.Any(k => k.MainEnds.OfType<string>().Distinct().Count() > 1);
        var alpha = Interval(at => Krippendorff.Alpha([.. at.Select(i => both[i].MainEnds)], [.. at.Select(i => both[i].Rows)]));
        var kappa = coders is [var one, var other]
            ? Interval(at => CohenKappa.Of([.. at.Select(i => both[i].MainEnds[one])], [.. at.Select(i => both[i].MainEnds[other])], [.. at.Select(i => both[i].Rows)]))
            : Estimate.Unknown($"it is for two coders; there are {coders.Length}");
        return new(coders.Length, both.Length, rows, alpha, kappa, alpha.Value >= settings.ReliableCoding ? true : alpha.Known ? false : null);

        Estimate Interval(Func<int[], double?> figure) => figure(every) is not { } value ? Estimate.Unknown("every activity was taken for the same end: there is nothing to tell apart")
            : both.Length < FewestKinds ? Estimate.Bare(value, $"{both.Length} kinds: an interval needs {FewestKinds}")
            : !differ ? Estimate.Bare(value, "the coders never differ: resamples do not tell how far that is by chance")
            : Resamples.Interval(value, [.. drawn.Select(at => figure(at) ?? double.NaN)]);
    }
}
