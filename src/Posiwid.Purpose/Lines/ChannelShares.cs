using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose.Lines;

/// <summary>What one channel of decisions does for the defense of an end.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Shapley">Its part in the share of the blow that is made good: its mean contribution over all orders in which channels can be let decide (Shapley 1953).</param>
/// <param name="Lost">Share of the blow that is no longer made good when it alone is replayed.</param>
/// <param name="Alone">Share of the blow that is made good when it alone decides live.</param>
public sealed record ChannelShare(string Channel, Estimate Shapley, Estimate Lost, Estimate Alone);

/// <summary>By which decisions an end is defended.</summary>
/// <remarks>
/// <para>Estimator: with A(S) the summed difference that the blow makes where the channels of S decide live and all others decide what they decided without it,
/// the worth of S is v(S) = 1 - A(S) / A(none): 0 with no channel, D with all. Each channel's Shapley value (Shapley 1953) is linear in A, so it is a ratio of
/// means over paired seeds with A(none) below, and has Fieller's interval. The values sum to D.</para>
/// <para>Units: none (shares of the blow). Assumes: arms share their luck, and the channels together are all that decides.</para>
/// <para>Misleads: Shapley values alone, where channels stand in for one another (see <see cref="FunctionSets"/>): what is lost and what it does alone stand
/// beside them. The channels that stand alone were picked as those that matter most on the same runs, so the smallest of them is flattered.</para>
/// </remarks>
public static class ChannelShares
{
    /// <summary>Most channels of which every combination is tried.</summary>
    public const int MostChannels = 6;

    /// <summary>What a game of channels shows.</summary>
    /// <exception cref="ArgumentException">There are no or too many channels, or a combination or a seed is missing.</exception>
    public static IReadOnlyList<ChannelShare> Of(ChannelTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var k = trial.Channels.Count;
        if (k is 0 or > MostChannels || trial.Areas.Count != 1 << k)
            throw new ArgumentException($"Want all combinations of 1 to {MostChannels} channels; there are {k} channels and {trial.Areas.Count} combinations.", nameof(trial));
        if (trial.Areas.Any(a => a.Count != trial.Areas[0].Count))
            throw new ArgumentException("Every combination needs the same seeds.", nameof(trial));
        int[] seeds = [.. Enumerable.Range(0, trial.Areas[0].Count).Where(i => trial.Areas.All(a => a[i] is not null))];
        var areas = trial.Areas.Select(a => seeds.Select(i => a[i]!.Value).ToArray()).ToArray();
        // what is made good is what the blow no longer does
        var good = areas.Select(a => a.Select(x => -x).ToArray()).ToArray();
        var (none, all) = (areas[0], (1 << k) - 1);
        Estimate Part(double[] of) => Fieller.Ratio(of, none);
        double[] Gain(int with, int without) => [.. good[with].Zip(good[without], (a, b) => a - b)];
        return
        [
            .. Enumerable.Range(0, k).Select(c => new ChannelShare(
                trial.Channels[c], Part(FunctionSets.Shapley(good, k, 1u << c)), Part(Gain(all, all & ~(1 << c))), Part(Gain(1 << c, 0)))),
        ];
    }
}
