using MathNet.Numerics.Distributions;

namespace Posiwid.Purpose.Statistics;

/// <summary>Events in a time that people spent.</summary>
/// <remarks>
/// <para>Estimator: k events in a time T: k/T with the exact interval of Garwood (Garwood 1936); the ratio of two rates with the normal interval of its
/// logarithm, variance 1/a + 1/b.</para>
/// <para>Units: events per unit of the time given. Assumes: events do not bring each other about (Poisson), and the rate is level.</para>
/// <para>Misleads: complaints come in clusters, and then the interval is too narrow.</para>
/// </remarks>
public static class EventRate
{
    /// <summary>Events per unit of exposure with the exact interval of Garwood (1936): half the chi-squared quantiles at 2k and 2k + 2 degrees.</summary>
    /// <param name="events">Count of events (k).</param>
    /// <param name="exposure">Time at risk, in the unit that the rate is per.</param>
    /// <exception cref="ArgumentException">A negative count, or a time that is negative or not a number.</exception>
    public static Estimate Of(int events, double exposure)
    {
        if (events < 0 || !(exposure >= 0 && double.IsFinite(exposure)))
            throw new ArgumentException($"{events} events in a time of {exposure} are no rate.");
        if (exposure == 0)
            return events == 0 ? Estimate.Unknown("nobody was there") : throw new ArgumentException($"{events} events in no time.");
        var low = events == 0 ? 0 : ChiSquared.InvCDF(2 * events, .025) / 2;
        return Estimate.Of(events / exposure, low / exposure, ChiSquared.InvCDF(2 * events + 2, .975) / 2 / exposure);
    }

    /// <summary>Ratio of two rates, (a / A) / (b / B), with the normal interval of its logarithm, whose variance is 1/a + 1/b.</summary>
    /// <param name="events">Events in the first time (a).</param>
    /// <param name="exposure">The first time (A).</param>
    /// <param name="otherEvents">Events in the second time (b).</param>
    /// <param name="otherExposure">The second time (B).</param>
    public static Estimate Ratio(int events, double exposure, int otherEvents, double otherExposure)
    {
        if (exposure == 0 || otherExposure == 0)
            return Estimate.Unknown("nobody was there in one of the two times");
        if (events == 0 || otherEvents == 0)
            return Estimate.Unknown(events + otherEvents == 0 ? "no events" : otherEvents == 0 ? "no event in the second time: the ratio has no upper bound" : "no event in the first time");
        var ratio = events / exposure / (otherEvents / otherExposure);
        var width = Math.Exp(Normal.InvCDF(0, 1, .975) * Math.Sqrt(1.0 / events + 1.0 / otherEvents));
        return Estimate.Of(ratio, ratio / width, ratio * width);
    }
}
