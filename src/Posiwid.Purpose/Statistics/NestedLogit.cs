using MathNet.Numerics.LinearAlgebra;

namespace Posiwid.Purpose.Statistics;

/// <summary>A fitted nested logit.</summary>
/// <param name="Utility">Weights of the attributes with their errors, on the scale of choices between nests.</param>
/// <param name="Dissimilarity">How unlike the alternatives of a nest are, lambda, with its 95% interval by clusters: 1 where nests do not matter, near 0 where those of a nest are as good as one.</param>
/// <param name="LogDissimilarityError">Standard error of the logarithm of lambda, by clusters.</param>
public sealed record NestedFit(LogitFit Utility, Estimate Dissimilarity, double LogDissimilarityError)
{
    /// <summary>True if the fit can come from people who pick what is best for them, whatever is on the table: lambda is not above 1 for certain (McFadden 1978).</summary>
    public bool IsConsistent => Dissimilarity.Low <= 1;
}

/// <summary>
/// The nested logit with two levels (McFadden 1978; Train 2009, section 4.2): P(j) = P(j | nest) P(nest), with P(j | nest) proportional to exp(x_j'b / lambda), P(nest) to exp(lambda I)
/// and I = ln sum over the nest of exp(x_k'b / lambda). A nest of one alternative has P(nest) proportional to exp(x'b). One lambda for all nests; 1 gives the conditional logit.
/// </summary>
/// <remarks>
/// <para>Estimator: full information maximum likelihood in b and ln lambda, by Newton's method with halving from the conditional logit; the second derivatives
/// are differences of the gradient.</para>
/// <para>Units: log odds by unit of an attribute, on the scale of choices between nests; lambda has none. Assumes: the nests are known: which alternatives
/// share what the attributes do not tell.</para>
/// <para>Misleads: with the wrong nests lambda comes out above 1, or the weights hang on what is left out of a nest; what always decides has no finite
/// weight.</para>
/// </remarks>
public static class NestedLogit
{
    private const int MostSteps = 200;
    private const double Difference = 1e-5;

    /// <summary>Fits the model.</summary>
    /// <param name="sets">The choices.</param>
    /// <param name="nest">The nest of every alternative, as a number that counts within its choice set only.</param>
    /// <returns>Null if it cannot be told: no set has a nest of several beside something else, attributes separate or go together, or no maximum is found.</returns>
    /// <exception cref="ArgumentException">There are no choices, an attribute is not a number, a chosen alternative is not in its set, or not every alternative has a nest.</exception>
    public static NestedFit? Fit(ChoiceSets sets, int[] nest)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(nest);
        var start = ConditionalLogit.Fit(sets);
        if (nest.Length != sets.First[^1])
            throw new ArgumentException($"There are {sets.First[^1]} alternatives and {nest.Length} nests.", nameof(nest));
        int[] used = [.. Enumerable.Range(0, sets.Width).Where(a => start.Identified[a])];
        if (start.Separated || start.Condition > 1e6 || used.Length == 0 || !Enumerable.Range(0, sets.Count).Any(s => IsNested(sets, nest, s)))
            return null;
        var m = used.Length;
        var likelihood = new Likelihood(sets, nest, used, start.WithinDeviation);
        double[] at = [.. used.Select(a => start.Coefficients[a] * start.WithinDeviation[a]), 0];
        var (value, gradient) = likelihood.At(at);
        Matrix<double> information;
        var steps = 0;
        for (; ; steps++)
        {
            information = Information(likelihood, at);
            var rising = Vector<double>.Build.Dense(gradient);
            var convex = information.Evd().EigenValues.All(e => e.Real > 1e-9);
            if (convex && rising * information.Solve(rising) < 1e-16 * sets.Count)
                break;
            // where the likelihood is not concave, along the gradient
            var step = convex ? information.Solve(rising) : rising / rising.L2Norm();
            if (steps == MostSteps || Climb(likelihood, at, step, value) is not { } next)
                return null;
            (at, value, gradient) = next;
            // lambda runs off, or an attribute decides all but always
            if (Math.Abs(at[m]) > 5 || at.Take(m).Any(b => Math.Abs(b) > 8))
                return null;
        }

        var inverse = information.Inverse();
        var scores = likelihood.Scores(at);
        var clustered = scores.Count < 2 ? inverse : ConditionalLogit.Sandwich(scores, inverse);
        var error = Math.Sqrt(clustered[m, m]);
        var half = (scores.Count is > 1 and < 30 ? MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, scores.Count - 1, 0.975) : 1.959963984540054) * error;
        Matrix<double> Back(Matrix<double> c) => Matrix<double>.Build.Dense(sets.Width, sets.Width, (i, j) =>
            (Array.IndexOf(used, i), Array.IndexOf(used, j)) is ( >= 0 and var p, >= 0 and var q) ? c[p, q] / (start.WithinDeviation[i] * start.WithinDeviation[j]) : 0);
        var utility = start with
        {
            Coefficients = [.. Enumerable.Range(0, sets.Width).Select(a => Array.IndexOf(used, a) is >= 0 and var p ? at[p] / start.WithinDeviation[a] : 0)],
            Covariance = Back(inverse),
            ClusterCovariance = Back(clustered),
            LogLikelihood = (value, start.LogLikelihood.ByLot),
            Influence = [],
            Steps = steps,
        };
        return new NestedFit(utility, Estimate.Of(Math.Exp(at[m]), Math.Exp(at[m] - half), Math.Exp(at[m] + half)), error);
    }

    /// <summary>True if a choice set has a nest of several alternatives and something beside it.</summary>
    private static bool IsNested(ChoiceSets sets, int[] nest, int s)
    {
        var of = nest.AsSpan(sets.First[s], sets.First[s + 1] - sets.First[s]);
        var different = of.ToArray().Distinct().Count();
        return different > 1 && different < of.Length;
    }

    /// <summary>A step that raises the likelihood, halved until it does; null if none does.</summary>
    private static (double[] At, double Value, double[] Gradient)? Climb(Likelihood likelihood, double[] from, Vector<double> step, double before)
    {
        for (var scale = 1.0; scale > 1e-9; scale /= 2)
        {
            double[] at = [.. from.Select((x, i) => x + (scale * step[i]))];
            var (value, gradient) = likelihood.At(at);
            if (value >= before - (1e-12 * (1 + Math.Abs(before)))) // at the maximum, sums differ by rounding alone
                return (at, value, gradient);
        }

        return null;
    }

    /// <summary>Minus the second derivatives, as central differences of the gradient, made symmetric.</summary>
    private static Matrix<double> Information(Likelihood likelihood, double[] at)
    {
        var n = at.Length;
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            double[] up = [.. at], down = [.. at];
            up[i] += Difference;
            down[i] -= Difference;
            var (above, below) = (likelihood.At(up).Gradient, likelihood.At(down).Gradient);
            rows[i] = [.. above.Zip(below, (a, b) => -(a - b) / (2 * Difference))];
        }

        return Matrix<double>.Build.Dense(n, n, (i, j) => (rows[i][j] + rows[j][i]) / 2);
    }

    /// <summary>Log-likelihood and its gradient in the standardized weights and ln lambda.</summary>
    private sealed class Likelihood
    {
        private readonly ChoiceSets sets;
        private readonly int m;
        private readonly double[] z; // standardized attributes, alternative after alternative
        private readonly int[] head; // first alternative of the nest, as a position in its set
        private readonly int[] size; // alternatives of the nest that an alternative is the head of; 0 for the others
        private readonly double[] u, share, sum, best, inclusive; // of one set

        public Likelihood(ChoiceSets sets, int[] nest, int[] used, double[] deviation)
        {
            (this.sets, m) = (sets, used.Length);
            var rows = sets.First[^1];
            (z, head, size) = (new double[rows * m], new int[rows], new int[rows]);
            for (var s = 0; s < sets.Count; s++)
            {
                for (var row = sets.First[s]; row < sets.First[s + 1]; row++)
                {
                    head[row] = Array.IndexOf(nest, nest[row], sets.First[s]) - sets.First[s];
                    size[sets.First[s] + head[row]]++;
                    for (var a = 0; a < m; a++)
                        z[(row * m) + a] = sets.X[(row * sets.Width) + used[a]] / deviation[used[a]];
                }
            }

            var most = Enumerable.Range(0, sets.Count).Max(s => sets.First[s + 1] - sets.First[s]);
            (u, share, sum, best, inclusive) = (new double[most], new double[most], new double[most], new double[most], new double[most]);
        }

        public (double Value, double[] Gradient) At(double[] at)
        {
            var value = 0.0;
            var gradient = new double[at.Length];
            for (var s = 0; s < sets.Count; s++)
                value += Add(s, at, gradient);
            return (value, gradient);
        }

        /// <summary>The gradient that each cluster's choices give, clusters in order.</summary>
        public List<Vector<double>> Scores(double[] at)
        {
            var scores = new SortedDictionary<int, double[]>();
            for (var s = 0; s < sets.Count; s++)
            {
                if (!scores.TryGetValue(sets.Cluster[s], out var score))
                    scores[sets.Cluster[s]] = score = new double[at.Length];
                Add(s, at, score);
            }

            return [.. scores.Values.Select(v => Vector<double>.Build.Dense(v))];
        }

        /// <summary>Adds the gradient of one choice; returns its log-likelihood.</summary>
        private double Add(int s, double[] at, double[] gradient)
        {
            var first = sets.First[s];
            var count = sets.First[s + 1] - first;
            var lambda = Math.Exp(at[m]);
            double Scale(int g) => size[first + g] == 1 ? 1 : lambda;
            for (var j = 0; j < count; j++)
            {
                (u[j], sum[j], best[j]) = (0, 0, double.NegativeInfinity);
                for (var a = 0; a < m; a++)
                    u[j] += z[((first + j) * m) + a] * at[a];
                best[head[first + j]] = Math.Max(best[head[first + j]], u[j]);
            }

            for (var j = 0; j < count; j++)
            {
                var g = head[first + j];
                sum[g] += share[j] = Math.Exp((u[j] - best[g]) / Scale(g));
            }

            // lambda I of every nest, and what all of them add up to
            var top = double.NegativeInfinity;
            for (var g = 0; g < count; g++)
            {
                inclusive[g] = size[first + g] == 0 ? double.NegativeInfinity : best[g] + (Scale(g) * Math.Log(sum[g]));
                top = Math.Max(top, inclusive[g]);
            }

            var total = 0.0;
            for (var g = 0; g < count; g++)
                total += Math.Exp(inclusive[g] - top);
            var chosen = sets.Chosen[s] - first;
            var its = head[sets.Chosen[s]];
            // d ln P = (d u - d of its nest) / lambda + d of its nest - sum of P(nest) d of the nest, where u is that of the chosen, and a nest moves as its members do, by their shares
            for (var j = 0; j < count; j++)
            {
                var g = head[first + j];
                var within = share[j] / sum[g];
                var rest = (j == chosen ? 1 : 0) - within;
                var apart = (g == its ? 1 : 0) - (Math.Exp(inclusive[g] - top) / total);
                var weight = (g == its ? rest / Scale(g) : 0) + (apart * within);
                for (var a = 0; a < m; a++)
                    gradient[a] += weight * z[((first + j) * m) + a];
                // with ln lambda: -(u - mean u) / lambda of the chosen within its nest, and lambda I - mean u of each nest
                if (size[first + g] > 1)
                    gradient[m] += (g == its ? -rest * u[j] / lambda : 0) + (apart * within * (inclusive[g] - u[j]));
            }

            return Math.Log(share[chosen] / sum[its]) + inclusive[its] - top - Math.Log(total);
        }
    }
}
