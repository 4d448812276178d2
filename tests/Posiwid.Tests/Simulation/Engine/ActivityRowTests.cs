using CsCheck;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>Rows of sixteen against the same done number by number.</summary>
public class ActivityRowTests
{
    private static readonly Gen<float[]> Numbers = Gen.Float[-50, 50].Array[Activity.Count];

    [Fact]
    public void What_a_row_does_each_of_its_numbers_does() => Gen.Select(Numbers, Numbers, Gen.Float[-3, 3]).Sample((x, y, f) =>
    {
        ActivityRow a = ActivityRow.Of(x), b = ActivityRow.Of(y);
        Same(a + b, i => x[i] + y[i]);
        Same(a - b, i => x[i] - y[i]);
        Same(a * b, i => x[i] * y[i]);
        Same(f * a, i => x[i] * f);
        Same(a / b, i => x[i] / y[i]);
        Same(ActivityRow.Max(a, b), i => Math.Max(x[i], y[i]));
        Same(ActivityRow.Min(a, b), i => Math.Min(x[i], y[i]));
        Same(ActivityRow.Exp(a), i => Deterministic.Exp(x[i]));
        Same(ActivityRow.Pow(a * a, f), i => Deterministic.Pow(x[i] * x[i], f));
        Same(ActivityRow.Planned & a, i => i < Activity.Planned ? x[i] : 0);
        Same(ActivityRow.Struggles & a, i => i is >= Activity.FirstStruggle and <= Activity.LastStruggle ? x[i] : 0);
        Same(ActivityRow.Where(ActivityRow.Planned, a, b), i => i < Activity.Planned ? x[i] : y[i]);
        Assert.Equal(x.Min(), a.Least());
        Assert.Equal(x.Max(Math.Abs), a.Largest());
        // halves to halves: the sixteen to eight, to four, to two, to one
        Assert.Equal(Halved(x), a.Sum());
        Assert.Equal(x.All(v => v == 0), a.IsZero);
    });

    [Theory]
    [InlineData(Activity.Panel)]
    [InlineData(Activity.Visit)]
    public void One_activity_has_its_own_value(int activity) => Same(ActivityRow.Only(activity, 2.5f, rest: 1), i => i == activity ? 2.5f : 1);

    [Fact]
    public void Rows_follow_one_another()
    {
        float[] rows = [.. Enumerable.Range(0, 3 * Activity.Count).Select(i => (float)i)];
        Same(ActivityRow.Of(rows, 2), i => 32 + i);
        ActivityRow.Of(rows, 1) = default;
        Assert.True(ActivityRow.Of(rows, 1).IsZero);
        Assert.Equal((15f, 0f, 0f, 32f), (rows[15], rows[16], rows[31], rows[32]));
    }

    private static float Halved(float[] x) => x.Length == 1 ? x[0] : Halved([.. x.Take(x.Length / 2).Zip(x.Skip(x.Length / 2), (a, b) => a + b)]);

    private static void Same(ActivityRow row, Func<int, float> each)
    {
        for (var i = 0; i < Activity.Count; i++)
            Assert.Equal(each(i), row[i]);
    }
}
