using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>How much sooner the second of a pair dies, when the two share everything else.</summary>
/// <param name="LogHazardRatio">log(changed first / unchanged first), with a normal interval; positive if the change hastens death.</param>
/// <param name="HazardRatio">Its exponential.</param>
/// <param name="StandardError">Standard error of the log; null if there is no estimate.</param>
/// <param name="ChangedFirst">Pairs in which the changed one died first (n10).</param>
/// <param name="UnchangedFirst">Pairs in which the unchanged one died first (n01).</param>
/// <param name="Undecided">Pairs that say nothing: both died in one week, or none did before the first was lost from view.</param>
public sealed record PairedHazardRatioResult(
    Estimate LogHazardRatio, Estimate HazardRatio, double? StandardError, int ChangedFirst, int UnchangedFirst, int Undecided);

/// <summary>The hazard ratio of paired runs in closed form.</summary>
/// <remarks>
/// <para>Estimator: Cox's model with each pair as its own stratum has the estimate log(n10/n01) with standard error sqrt(1/n10 + 1/n01) (Holt and Prentice
/// 1974): only who died first matters.</para>
/// <para>Units: none. Assumes: within a pair the ratio of the hazards is one number at all times.</para>
/// <para>Misleads: it says who dies first, not by how much; weeks lost (the line of necessity) say that.</para>
/// </remarks>
public static class PairedHazardRatio
{
    /// <summary>The ratio of the changed to the unchanged.</summary>
    /// <param name="unchanged">Time of death, or of the end of the run, of the unchanged one of each pair.</param>
    /// <param name="unchangedDied">Whether it was death.</param>
    /// <param name="changed">The same of the changed one.</param>
    /// <param name="changedDied">Whether it was death.</param>
    public static PairedHazardRatioResult Of(
        ReadOnlySpan<double> unchanged, ReadOnlySpan<bool> unchangedDied, ReadOnlySpan<double> changed, ReadOnlySpan<bool> changedDied)
    {
        if (unchanged.Length != changed.Length || unchanged.Length != unchangedDied.Length || unchanged.Length != changedDied.Length)
            throw new ArgumentException("Pairs must be columns of one length.");
        var (n10, n01) = (0, 0);
        for (var i = 0; i < changed.Length; i++)
        {
            if (!(unchanged[i] >= 0 && changed[i] >= 0))
                throw new ArgumentException($"Pair {i} has a time that is negative or not a number.");
            // one that is lost from view in the week of the other's death was still at risk
            if (changedDied[i] && (changed[i] < unchanged[i] || changed[i] == unchanged[i] && !unchangedDied[i]))
                n10++;
            else if (unchangedDied[i] && (unchanged[i] < changed[i] || unchanged[i] == changed[i] && !changedDied[i]))
                n01++;
        }

        var undecided = changed.Length - n10 - n01;
        if (n10 == 0 || n01 == 0)
        {
            var why = n10 + n01 == 0 ? "in no pair did one die before the other"
                : n01 == 0 ? $"the changed one died first in all {n10} pairs that differ: the ratio has no upper bound"
                : $"the unchanged one died first in all {n01} pairs that differ: the ratio may be 0";
            return new(Estimate.Unknown(why), Estimate.Unknown(why), null, n10, n01, undecided);
        }

        var (log, se) = (Math.Log((double)n10 / n01), Math.Sqrt(1.0 / n10 + 1.0 / n01));
        var width = Normal.InvCDF(0, 1, .975) * se;
        return new(
            Estimate.Of(log, log - width, log + width), Estimate.Of(Math.Exp(log), Math.Exp(log - width), Math.Exp(log + width)),
            se, n10, n01, undecided);
    }
}
