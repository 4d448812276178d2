using MathNet.Numerics.LinearAlgebra;

namespace Posiwid.Purpose.Statistics;

/// <summary>A linear regression by least squares, with errors that do not take all disturbances to be alike.</summary>
/// <remarks>
/// <para>Estimator: b = (X'X)^-1 X'y. HC1: (X'X)^-1 (Σ u² x x') (X'X)^-1 times n/(n - k) (White 1980; MacKinnon and White 1985). Newey and West (1987): the
/// same with Σ u u_l (x x_l' + x_l x') for lags l up to L, weighted 1 - l/(L + 1), without a correction for small samples.</para>
/// <para>Units: that of y by that of each column. Assumes: what is left over has nothing to do with the columns; for HC1, nor with itself at other
/// times.</para>
/// <para>Misleads: with a handful of rows that move x, both errors are too small.</para>
/// </remarks>
public sealed class LeastSquares
{
    private const double Collinear = 1e-9;

    private readonly Matrix<double> inverse, columns, scores;

    private LeastSquares(Vector<double> b, Matrix<double> inverse, Matrix<double> columns, Matrix<double> scores) =>
        (Coefficients, this.inverse, this.columns, this.scores) = ([.. b], inverse, columns, scores);

    /// <summary>One coefficient for each column, in units of y by unit of x.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Rows (n).</summary>
    public int Rows => scores.RowCount;

    /// <summary>Rows beyond the coefficients (n - k).</summary>
    public int DegreesOfFreedom => scores.RowCount - scores.ColumnCount;

    /// <summary>Fits y = Xb + u; null if there are not more rows than columns, or if one column is a sum of others.</summary>
    /// <param name="x">Columns, the constant among them.</param>
    /// <param name="y">What is explained.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or a value is not a number.</exception>
    public static LeastSquares? Fit(IReadOnlyList<double[]> x, double[] y) => Fit(x, y, x);

    /// <summary>
    /// Two-stage least squares (Theil 1953): y = b1 w + Xb + u where u also moves w, by way of instruments that move w and nothing else.
    /// </summary>
    /// <remarks>Misleads: with a weak instrument (F below 10: Staiger and Stock 1997) it falls back to plain least squares, bias and all.</remarks>
    /// <param name="w">What u also moves; its coefficient is the first.</param>
    /// <param name="x">The other columns, the constant among them.</param>
    /// <param name="instruments">What moves w.</param>
    /// <param name="y">What is explained.</param>
    /// <returns>The fit, and the robust F by which the instruments move w; null as in <see cref="Fit(IReadOnlyList{double[]}, double[])"/>.</returns>
    public static (LeastSquares Fit, double F)? TwoStage(double[] w, IReadOnlyList<double[]> x, IReadOnlyList<double[]> instruments, double[] y)
    {
        double[][] first = [.. instruments, .. x];
        if (Fit(first, w) is not { } stage)
            return null;
        double[] moved = [.. Enumerable.Range(0, w.Length).Select(i => first.Select((c, j) => c[i] * stage.Coefficients[j]).Sum())];
        if (Fit([moved, .. x], y, [w, .. x]) is not { } fit)
            return null;
        var m = instruments.Count;
        var b = Vector<double>.Build.Dense([.. stage.Coefficients.Take(m)]);
        return (fit, b.DotProduct(stage.Robust().SubMatrix(0, m, 0, m).Solve(b)) / m);
    }

    /// <summary>The columns without those that are a sum of columns before them: these hold nothing more fixed.</summary>
    /// <param name="x">Columns of one length, which must be their number or more.</param>
    public static IReadOnlyList<double[]> Independent(IReadOnlyList<double[]> x)
    {
        double[][] scaled = [.. x.Select(c => (Column: c, Length: Math.Sqrt(c.Sum(v => v * v)))).Select(c => c.Length > 0 ? c.Column.Select(v => v / c.Length).ToArray() : c.Column)];
        var root = Matrix<double>.Build.DenseOfColumnArrays(scaled).QR().R;
        return [.. x.Where((_, j) => Math.Abs(root[j, j]) >= Collinear)];
    }

    /// <summary>Fits x, and takes what is left over from the columns that stand behind x.</summary>
    private static LeastSquares? Fit(IReadOnlyList<double[]> x, double[] y, IReadOnlyList<double[]> behind)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Any(c => c.Length != y.Length))
            throw new ArgumentException("The columns are not of one length.", nameof(x));
        if (x.Append(y).Any(c => c.Any(v => !double.IsFinite(v))))
            throw new ArgumentException("A value is not a number.", nameof(x));
        if (y.Length <= x.Count || x.Any(c => c.All(v => v == 0)))
            return null;
        // columns of length 1, so that what counts as collinear does not hang on units
        double[] length = [.. x.Select(c => Math.Sqrt(c.Sum(v => v * v)))];
        var columns = Matrix<double>.Build.DenseOfColumnArrays(x);
        var scale = Matrix<double>.Build.DenseOfDiagonalArray([.. length.Select(l => 1 / l)]);
        var qr = (columns * scale).QR();
        if (qr.R.Diagonal().AbsoluteMinimum() < Collinear)
            return null;
        var root = scale * qr.R.Inverse();
        var b = scale * qr.Solve(Vector<double>.Build.Dense(y));
        var u = Vector<double>.Build.Dense(y) - (Matrix<double>.Build.DenseOfColumnArrays(behind) * b);
        var scores = Matrix<double>.Build.Dense(y.Length, x.Count, (i, j) => u[i] * columns[i, j]);
        return new(b, root * root.Transpose(), columns, scores);
    }

    /// <summary>Covariance of the coefficients where disturbances differ in size (HC1).</summary>
    public Matrix<double> Robust() => inverse * scores.TransposeThisAndMultiply(scores) * inverse * ((double)Rows / DegreesOfFreedom);

    /// <summary>
    /// Degrees of freedom of the robust error of one coefficient, by which its quantile of Student's distribution is taken: (Σ w²)² / Σ w⁴ - 1 with w
    /// the weight of each row in it (Satterthwaite 1946; Bell and McCaffrey 2002, with what is left over taken as independent).
    /// </summary>
    /// <remarks>A few shocks in many weeks make it small, however many the weeks: the error then hangs on those few. One at least, and at most n - k.</remarks>
    /// <param name="coefficient">Position of the column.</param>
    public double RobustDegrees(int coefficient)
    {
        var w = columns * inverse.Column(coefficient);
        var (two, four) = (w.Sum(v => v * v), w.Sum(v => v * v * v * v));
        return Math.Clamp((two * two / four) - 1, 1, DegreesOfFreedom);
    }

    /// <summary>Covariance of the coefficients where disturbances also hang together in time.</summary>
    /// <param name="lags">Rows over which they do (L), 0 or more; rows are in the order of time.</param>
    public Matrix<double> NeweyWest(int lags)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        var middle = scores.TransposeThisAndMultiply(scores);
        for (var l = 1; l <= Math.Min(lags, Rows - 1); l++)
        {
            var later = scores.SubMatrix(l, Rows - l, 0, scores.ColumnCount);
            var together = later.TransposeThisAndMultiply(scores.SubMatrix(0, Rows - l, 0, scores.ColumnCount));
            middle += (1 - (l / (lags + 1.0))) * (together + together.Transpose());
        }

        return inverse * middle * inverse;
    }
}
