using MathNet.Numerics.LinearAlgebra;

namespace Posiwid.Purpose.Statistics;

/// <summary>A linear regression by least squares, with errors that do not take all disturbances to be alike.</summary>
/// <remarks>
/// <para>HC1: (X'X)^-1 (Σ u² x x') (X'X)^-1 times n/(n - k) (White 1980; MacKinnon and White 1985). Newey and West (1987): the same with
/// Σ u u_l (x x_l' + x_l x') for lags l up to L, weighted 1 - l/(L + 1), without a correction for small samples.</para>
/// <para>Misleads: with a handful of rows that move x, both errors are too small.</para>
/// </remarks>
public sealed class LeastSquares
{
    private readonly Matrix<double> inverse, scores;

    private LeastSquares(Vector<double> b, Matrix<double> inverse, Matrix<double> scores) =>
        (Coefficients, this.inverse, this.scores) = ([.. b], inverse, scores);

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
    public static LeastSquares? Fit(IReadOnlyList<double[]> x, double[] y)
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
        var columns = Matrix<double>.Build.DenseOfColumnArrays(x.Select((c, j) => c.Select(v => v / length[j]).ToArray()));
        var qr = columns.QR();
        if (qr.R.Diagonal().AbsoluteMinimum() < 1e-9)
            return null;
        var scale = Matrix<double>.Build.DenseOfDiagonalArray([.. length.Select(l => 1 / l)]);
        var root = scale * qr.R.Inverse();
        var explained = Vector<double>.Build.Dense(y);
        var scaled = qr.Solve(explained);
        var u = explained - (columns * scaled);
        var scores = Matrix<double>.Build.Dense(y.Length, x.Count, (i, j) => u[i] * x[j][i]);
        return new(scale * scaled, root * root.Transpose(), scores);
    }

    /// <summary>Covariance of the coefficients where disturbances differ in size (HC1).</summary>
    public Matrix<double> Robust() => inverse * scores.TransposeThisAndMultiply(scores) * inverse * ((double)Rows / DegreesOfFreedom);

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
