using CsCheck;
using Posiwid.Purpose;

namespace Posiwid.Tests.Purpose;

public class ProfileDistanceTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-1, 5].Array[6];

    private static double? Of(double[] a, double[] b) => ProfileDistance.Of(a, b);

    [Fact]
    public void It_is_half_the_sum_of_the_differences_of_the_shares()
    {
        // (30, 10) is (.75, .25), (1, 1) is (.5, .5): (.25 + .25) / 2
        Assert.Equal(0.25, Of([30, 10], [1, 1])!.Value, 12);
        // (.2, .3, .5) and (.5, .3, .2): (.3 + 0 + .3) / 2
        Assert.Equal(0.3, Of([2, 3, 5], [0.5, 0.3, 0.2])!.Value, 12);
        Assert.Equal((0, 1), (Of([1, 2], [10, 20]), Of([1, 0], [0, 7])));
    }

    [Fact]
    public void What_is_below_0_counts_as_0() => Assert.Equal(0.5, Of([4, -3, 0], [1, 1, -9])!.Value, 12); // (1, 0, 0) and (.5, .5, 0)

    [Fact]
    public void Nothing_is_at_distance_1_from_something_and_cannot_be_compared_with_nothing() =>
        Assert.Equal((1, 1, null), (Of([0, 0], [1, 2]), Of([1, 2], [-1, 0]), Of([0, 0], [-1, 0])));

    [Fact]
    public void Other_ends_and_unknown_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Of([double.NaN, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Of([1, 2], [double.PositiveInfinity, 2]));
    }

    [Fact]
    public void It_is_a_distance_and_has_no_unit() => Gen.Select(Values, Values, Values, Gen.Double[0.1, 100]).Sample((a, b, c, unit) =>
    {
        if (Of(a, b) is not { } ab || Of(b, c) is not { } bc || Of(a, c) is not { } ac)
            return;
        Assert.InRange(ab, 0, 1 + 1e-12);
        Assert.Equal(ab, Of(b, a)!.Value, 12);
        Assert.Equal(ab, Of([.. a.Select(x => unit * x)], b)!.Value, 9);
        Assert.Equal(0, Of(a, a) ?? 0, 12); // null where nothing in it is above 0
        Assert.True(ac <= ab + bc + 1e-12);
    });
}
