using Posiwid.Purpose;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// The quantity that shows how an end is served, from what a run recorded: a measure of the catalog, or two joined by +, * or /.
/// </summary>
public sealed class EndMeasure
{
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
    public double[] Of(float[][] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var series = new double[values[0].Length];
        for (var s = 0; s < series.Length; s++)
        {
            double x = values[left][s], y = how == 0 ? 0 : values[right][s];
            series[s] = how switch { '+' => x + y, '*' => x * y, '/' => y == 0 ? double.NaN : x / y, _ => x };
        }

        return series;
    }
}
