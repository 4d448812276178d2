using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Posiwid.Purpose.Statistics;

/// <summary>Choices between alternatives, as flat arrays.</summary>
/// <param name="Attributes">Names of the attributes.</param>
/// <param name="X">Attributes, alternative after alternative, each with its attributes in order.</param>
/// <param name="First">First alternative of every choice set, and one more entry that closes the last.</param>
/// <param name="Chosen">The chosen alternative of every choice set, as a position among all alternatives.</param>
/// <param name="Cluster">Who decided, one number a choice set; choices of one cluster are not independent.</param>
public sealed record ChoiceSets(IReadOnlyList<string> Attributes, double[] X, int[] First, int[] Chosen, int[] Cluster)
{
    /// <summary>Number of choice sets.</summary>
    public int Count => Chosen.Length;

    /// <summary>Number of attributes.</summary>
    public int Width => Attributes.Count;
}

/// <summary>A fitted conditional logit.</summary>
public sealed record LogitFit
{
    /// <summary>Utils by unit of each attribute; 0 where <see cref="Identified"/> is false.</summary>
    public required double[] Coefficients { get; init; }

    /// <summary>Covariance by the model, and by clusters (C/(C-1) times the sandwich).</summary>
    public required Matrix<double> Covariance { get; init; }

    /// <summary>See <see cref="Covariance"/>; the model's own where there is but one cluster.</summary>
    public required Matrix<double> ClusterCovariance { get; init; }

    /// <summary>False for an attribute that never differs within a choice set: it was never offered as a choice.</summary>
    public required bool[] Identified { get; init; }

    /// <summary>Mean standard deviation of each attribute within choice sets.</summary>
    public required double[] WithinDeviation { get; init; }

    /// <summary>Log-likelihood, and that of choosing by lot.</summary>
    public required (double Fitted, double ByLot) LogLikelihood { get; init; }

    /// <summary>Condition number of the information matrix of standardized attributes; above 1e6 only sums of attributes are determined.</summary>
    public required double Condition { get; init; }

    /// <summary>True if some combination of attributes always decides: the fit is a ridge then, and its figures are a direction only.</summary>
    public required bool Separated { get; init; }

    /// <summary>By cluster and attribute: what the cluster's choices add to the coefficient, to first order (the inverse information times its score). They sum to 0 where the fit is free.</summary>
    public required IReadOnlyList<double[]> Influence { get; init; }

    /// <summary>Newton steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Number of clusters.</summary>
    public required int Clusters { get; init; }

    /// <summary>McFadden's R²: 1 - fitted / by lot.</summary>
    public double McFadden => 1 - (LogLikelihood.Fitted / LogLikelihood.ByLot);

    /// <summary>Standard error by clusters.</summary>
    public double ClusterError(int attribute) => Math.Sqrt(Math.Max(0, ClusterCovariance[attribute, attribute]));

    /// <summary>Standard error by the model.</summary>
    public double Error(int attribute) => Math.Sqrt(Math.Max(0, Covariance[attribute, attribute]));
}

/// <summary>
/// The conditional logit (McFadden 1974): P(j) = exp(x_j'b) / sum over the choice set of exp(x_k'b), fitted by Newton's method with halving.
/// </summary>
/// <remarks>
/// <para>Estimator: maximum likelihood. Gradient: sum of (chosen - P) x. Information: sum over sets and alternatives of P (x - mean)(x - mean)'.</para>
/// <para>Units: log odds by unit of an attribute, so that coefficients of different attributes are not to be compared. Assumes: leaving an alternative out
/// changes nothing among the others, and weights are the same for all who decide (errors by cluster allow for their not being).</para>
/// <para>Misleads: what never differs within a set, or always decides, has no finite weight (both are found and said); red buses and blue buses; what never got
/// on the table.</para>
/// </remarks>
public static class ConditionalLogit
{
    private const int MostSteps = 60;

    /// <summary>Fits the model.</summary>
    /// <param name="sets">The choices.</param>
    /// <param name="ridge">Penalty on squared standardized weights; 0 for none. Used by itself where attributes separate.</param>
    /// <param name="held">An attribute whose coefficient is held at 0, for tests of it; null for none.</param>
    /// <exception cref="ArgumentException">There are no choices, an attribute is not a number, or a chosen alternative is not in its set.</exception>
    public static LogitFit Fit(ChoiceSets sets, double ridge = 0, int? held = null)
    {
        ArgumentNullException.ThrowIfNull(sets);
        Check(sets);
        var (n, k) = (sets.Count, sets.Width);
        var (center, deviation) = Within(sets);
        int[] used = [.. Enumerable.Range(0, k).Where(a => deviation[a] > 1e-12)];
        var m = used.Length;
        // standardized within sets, so that Newton's steps and the condition number do not hang on units
        var z = new double[sets.X.Length / Math.Max(1, k) * m];
        for (var row = 0; row < sets.X.Length / Math.Max(1, k); row++)
        {
            for (var a = 0; a < m; a++)
                z[(row * m) + a] = (sets.X[(row * k) + used[a]] - center[used[a]]) / deviation[used[a]];
        }

        var fixedAt = held is { } h ? Array.IndexOf(used, h) : -1;
        var work = new Work(m, sets);
        var b = new double[m];
        var value = work.Evaluate(z, b, ridge);
        double[] told = [.. Enumerable.Range(0, m).Select(a => work.Information[(a * m) + a])];
        var steps = 0;
        for (; steps < MostSteps && m > 0; steps++)
        {
            var step = Solve(work.Information, work.Gradient, fixedAt);
            var before = value;
            var scale = 1.0;
            var next = b;
            do
            {
                next = [.. b.Zip(step, (x, s) => x + (scale * s))];
                value = work.Evaluate(z, next, ridge);
                scale /= 2;
            }
            while (value < before - 1e-12 && scale > 1e-6);
            var moved = Enumerable.Range(0, m).Max(a => Math.Abs(next[a] - b[a]));
            b = next;
            if (moved < 1e-10 || Math.Abs(value - before) < 1e-13 * (1 + Math.Abs(value)))
                break;
        }

        // weights of 8 standard deviations, or a choice that is all but certain everywhere, are no weights; nor is that of something rare that is always or never chosen, of which nothing is told any more where its weight has run away
        var separated = ridge == 0 && (b.Any(x => Math.Abs(x) > 8) || work.LeastProbability > 0.999 || told.Where((all, a) => work.Information[(a * m) + a] < 1e-6 * all).Any());
        if (separated)
            return Fit(sets, 0.5 * n / 100, held) with { Separated = true };

        var information = Matrix<double>.Build.Dense(m, m, (i, j) => work.Information[(i * m) + j]);
        var inverse = m == 0 ? information : information.PseudoInverse();
        var scores = Scores(sets, z, b, work, m);
        var clusters = scores.Count;
        var clustered = m == 0 || clusters < 2 ? inverse : Sandwich(scores, inverse);
        // of the data alone: the penalty would hide what they do not tell apart
        var spectrum = m == 0 ? null : (information - (Matrix<double>.Build.DenseIdentity(m) * ridge)).Svd(false).S;
        Matrix<double> Back(Matrix<double> c) => Matrix<double>.Build.Dense(k, k, (i, j) =>
            (Array.IndexOf(used, i), Array.IndexOf(used, j)) is ( >= 0 and var p, >= 0 and var q) ? c[p, q] / (deviation[i] * deviation[j]) : 0);
        return new LogitFit
        {
            Coefficients = [.. Enumerable.Range(0, k).Select(a => Array.IndexOf(used, a) is >= 0 and var p ? b[p] / deviation[a] : 0)],
            Covariance = Back(inverse),
            ClusterCovariance = Back(clustered),
            Identified = [.. Enumerable.Range(0, k).Select(a => used.Contains(a))],
            WithinDeviation = deviation,
            LogLikelihood = (work.LogLikelihood, -Enumerable.Range(0, n).Sum(s => Math.Log(sets.First[s + 1] - sets.First[s]))),
            Condition = spectrum is null ? 1 : spectrum[^1] > 0 ? spectrum[0] / spectrum[^1] : double.PositiveInfinity,
            Separated = false,
            Influence = [.. scores.Select(score =>
            {
                var moved = inverse * score;
                return (double[])[.. Enumerable.Range(0, k).Select(a => Array.IndexOf(used, a) is >= 0 and var p ? moved[p] / deviation[a] : 0)];
            })],
            Steps = steps,
            Clusters = clusters,
        };
    }

    /// <summary>Two-sided p value of a coefficient by clusters: normal, as the number of choices is large or the figure is not used.</summary>
    public static double PValue(LogitFit fit, int attribute)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var error = fit.ClusterError(attribute);
        return error > 0 ? 2 * (fit.Clusters < 30 && fit.Clusters > 1
            ? StudentT.CDF(0, 1, fit.Clusters - 1, -Math.Abs(fit.Coefficients[attribute] / error))
            : Normal.CDF(0, 1, -Math.Abs(fit.Coefficients[attribute] / error))) : 1;
    }

    internal static void Check(ChoiceSets sets)
    {
        if (sets.Count == 0)
            throw new ArgumentException("There are no choices.", nameof(sets));
        if (sets.X.Any(x => !double.IsFinite(x)))
            throw new ArgumentException("An attribute of an alternative is not a number.", nameof(sets));
        for (var s = 0; s < sets.Count; s++)
        {
            if (sets.Chosen[s] < sets.First[s] || sets.Chosen[s] >= sets.First[s + 1])
                throw new ArgumentException($"What choice {s + 1} chose is not among its alternatives.", nameof(sets));
        }
    }

    /// <summary>The mean of every attribute, and its root mean square deviation from the means of the sets.</summary>
    internal static (double[] Center, double[] Deviation) Within(ChoiceSets sets)
    {
        var k = sets.Width;
        var (center, squares) = (new double[k], new double[k]);
        var rows = sets.First[^1];
        for (var s = 0; s < sets.Count; s++)
        {
            for (var a = 0; a < k; a++)
            {
                var mean = 0.0;
                for (var row = sets.First[s]; row < sets.First[s + 1]; row++)
                    mean += sets.X[(row * k) + a];
                center[a] += mean / rows;
                mean /= sets.First[s + 1] - sets.First[s];
                for (var row = sets.First[s]; row < sets.First[s + 1]; row++)
                    squares[a] += (sets.X[(row * k) + a] - mean) * (sets.X[(row * k) + a] - mean);
            }
        }

        return (center, [.. squares.Select((q, a) => Math.Sqrt(q / rows) is var d && d > 1e-10 * (1 + Math.Abs(center[a])) ? d : 0)]);
    }

    /// <summary>Newton's step; one of the weights can be held where it is.</summary>
    private static double[] Solve(double[] information, double[] gradient, int held)
    {
        var m = gradient.Length;
        var matrix = Matrix<double>.Build.Dense(m, m, (i, j) => i == held || j == held ? (i == j ? 1 : 0) : information[(i * m) + j] + (i == j ? 1e-12 : 0));
        return [.. matrix.Solve(Vector<double>.Build.Dense(m, i => i == held ? 0 : gradient[i]))];
    }

    /// <summary>The gradient that each cluster's choices give, clusters in order.</summary>
    private static List<Vector<double>> Scores(ChoiceSets sets, double[] z, double[] b, Work work, int m)
    {
        var scores = new SortedDictionary<int, double[]>();
        var p = new double[Enumerable.Range(0, sets.Count).Max(s => sets.First[s + 1] - sets.First[s])];
        for (var s = 0; s < sets.Count; s++)
        {
            if (!scores.TryGetValue(sets.Cluster[s], out var score))
                scores[sets.Cluster[s]] = score = new double[m];
            work.Probabilities(z, b, s, p);
            for (var row = sets.First[s]; row < sets.First[s + 1]; row++)
            {
                var residual = (row == sets.Chosen[s] ? 1 : 0) - p[row - sets.First[s]];
                for (var a = 0; a < m; a++)
                    score[a] += residual * z[(row * m) + a];
            }
        }

        return [.. scores.Values.Select(v => Vector<double>.Build.Dense(v))];
    }

    internal static Matrix<double> Sandwich(List<Vector<double>> scores, Matrix<double> inverse)
    {
        var meat = Matrix<double>.Build.Dense(inverse.RowCount, inverse.RowCount);
        foreach (var v in scores)
            meat += v.OuterProduct(v);
        return inverse * meat * inverse * (scores.Count / (scores.Count - 1.0));
    }

    /// <summary>Value, gradient and information in one pass over the alternatives, in memory that is used again.</summary>
    private sealed class Work(int m, ChoiceSets sets)
    {
        private readonly double[] mean = new double[m];
        private readonly double[] p = new double[sets.Count == 0 ? 0 : Enumerable.Range(0, sets.Count).Max(s => sets.First[s + 1] - sets.First[s])];

        public double[] Gradient { get; } = new double[m];

        public double[] Information { get; } = new double[m * m];

        public double LogLikelihood { get; private set; }

        /// <summary>The smallest probability of what was chosen.</summary>
        public double LeastProbability { get; private set; }

        public double Evaluate(double[] z, double[] b, double ridge)
        {
            Array.Clear(Gradient);
            Array.Clear(Information);
            (LogLikelihood, LeastProbability) = (0, 1);
            for (var s = 0; s < sets.Count; s++)
            {
                Probabilities(z, b, s, p);
                var first = sets.First[s];
                var chosen = p[sets.Chosen[s] - first];
                LogLikelihood += Math.Log(Math.Max(chosen, 1e-300));
                LeastProbability = Math.Min(LeastProbability, chosen);
                Array.Clear(mean);
                for (var row = first; row < sets.First[s + 1]; row++)
                {
                    for (var a = 0; a < m; a++)
                        mean[a] += p[row - first] * z[(row * m) + a];
                }

                for (var a = 0; a < m; a++)
                    Gradient[a] += z[(sets.Chosen[s] * m) + a] - mean[a];
                for (var row = first; row < sets.First[s + 1]; row++)
                {
                    for (var a = 0; a < m; a++)
                    {
                        var weighted = p[row - first] * (z[(row * m) + a] - mean[a]);
                        for (var c = 0; c <= a; c++)
                            Information[(a * m) + c] += weighted * (z[(row * m) + c] - mean[c]);
                    }
                }
            }

            var value = LogLikelihood;
            for (var a = 0; a < m; a++)
            {
                value -= ridge / 2 * b[a] * b[a];
                Gradient[a] -= ridge * b[a];
                Information[(a * m) + a] += ridge;
                for (var c = 0; c < a; c++)
                    Information[(c * m) + a] = Information[(a * m) + c];
            }

            return value;
        }

        public void Probabilities(double[] z, double[] b, int s, double[] into)
        {
            var (first, end) = (sets.First[s], sets.First[s + 1]);
            var largest = double.NegativeInfinity;
            for (var row = first; row < end; row++)
            {
                var u = 0.0;
                for (var a = 0; a < m; a++)
                    u += z[(row * m) + a] * b[a];
                into[row - first] = u;
                largest = Math.Max(largest, u);
            }

            var sum = 0.0;
            for (var row = 0; row < end - first; row++)
                sum += into[row] = Math.Exp(into[row] - largest);
            for (var row = 0; row < end - first; row++)
                into[row] /= sum;
        }
    }
}
