using Posiwid.Purpose;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// The quantity that shows how an end is served, from what a run recorded: a measure of the catalog, or two joined by +, * or /.
/// <c>random_walk</c> is the control that nobody senses: a walk by lot, a step every sample, which moves only where it is itself shifted.
/// </summary>
public sealed class EndMeasure
{
    /// <summary>Code of the control.</summary>
    public const string RandomWalk = "random_walk";

    private static readonly char[] Operators = ['+', '*', '/'];

    private readonly int left, right;
    private readonly char how;

    /// <summary>Finds the measures of an end.</summary>
    /// <param name="end">The end.</param>
    /// <param name="measures">What a run records.</param>
    /// <exception cref="FormatException">There is no such measure.</exception>
    public EndMeasure(End end, IReadOnlyList<Measure> measures)
        : this(end?.Measure ?? throw new FormatException($"the end '{end?.Code}' has no measure"), measures, $"the end '{end.Code}'")
    {
    }

    /// <summary>Finds the measures of a quantity.</summary>
    /// <param name="text">The quantity: a measure of the catalog, or two joined by +, * or /.</param>
    /// <param name="measures">What a run records.</param>
    /// <param name="whose">Whose quantity it is, for messages.</param>
    /// <exception cref="FormatException">There is no such measure.</exception>
    public EndMeasure(string text, IReadOnlyList<Measure> measures, string whose)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(measures);
        if (text == RandomWalk)
        {
            left = -1;
            return;
        }

        var at = text.IndexOfAny(Operators);
        int Find(string id)
        {
            for (var i = 0; i < measures.Count; i++)
            {
                if (measures[i].Id == id)
                    return i;
            }

            throw new FormatException($"{whose} is measured by '{id}', which no run records");
        }

        left = Find(at < 0 ? text : text[..at]);
        if (at >= 0)
            (how, right) = (text[at], Find(text[(at + 1)..]));
    }

    /// <summary>The quantity at every sample of a run or of a part of it; NaN where it did not exist.</summary>
    /// <param name="values">What was recorded, by measure and sample.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <param name="shift">What the control is shifted by.</param>
    public double[] Of(float[][] values, ulong seed, int first = 0, double shift = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        var series = new double[values[0].Length];
        if (left < 0)
        {
            var lot = new AddressedRandom(seed, 0x706c6163);
            var walk = shift;
            for (var s = -first; s < series.Length; s++)
            {
                walk += lot.Normal(0, (uint)(s + first));
                if (s >= 0)
                    series[s] = walk;
            }

            return series;
        }

        for (var s = 0; s < series.Length; s++)
        {
            double x = values[left][s], y = how == 0 ? 0 : values[right][s];
            series[s] = how switch { '+' => x + y, '*' => x * y, '/' => y == 0 ? double.NaN : x / y, _ => x };
        }

        return series;
    }
}
