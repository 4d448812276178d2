using Posiwid.Simulation.Claims;
using TestResult = Posiwid.Simulation.Claims.TestResult;

namespace Posiwid.Tests.Simulation.Claims;

/// <summary>How far profiles are apart, on parts given by hand for two ends.</summary>
public class ProfileVerdictsTests
{
    private static readonly FigureSpec Figure = new() { Take = Take.PurposeProfile, Day = new(1990, 1, 1) };

    private readonly ClaimFigures figures = new(20);

    /// <summary>The parts of an arm; two rows take turns from run to run, one is the same in all.</summary>
    private void Put(string arm, double[][] hours, double[][] money, double[][] defense, double[][] necessity)
    {
        void Part(ProfilePart part, double[][] rows) => figures.Put(FigureKey.OfPart(arm, Figure, part), [.. Enumerable.Range(0, 20).Select(i => rows[i % rows.Length])]);
        Part(ProfilePart.Hours, hours);
        Part(ProfilePart.Money, money);
        Part(ProfilePart.Defense, defense);
        Part(ProfilePart.Necessity, necessity);
    }

    /// <summary>Hours half and half, money on the first end; half of each blow made good; 40 and 10 of 100 weeks lost, of 200 that it could live.</summary>
    private void PutBaseline() => Put("baseline", [[10, 10]], [[5, 0]], [[-2, -2, -4, -4]], [[60, 90, 100, 200]]);

    private TestResult Decide(ProfileLine[] lines, double most, DistanceSpec? over = null) => Decide(Test(lines, most, over));

    private static TestSpec Test(ProfileLine[] lines, double most, DistanceSpec? over = null) => new()
    {
        Label = "it",
        Arm = "a",
        Figure = Figure with { Lines = lines },
        Than = new OtherSpec(),
        Compare = Comparison.Distance,
        Over = over,
        AtMost = most,
    };

    private TestResult Decide(TestSpec test) =>
        Assert.Single(ClaimVerdicts.Of("C", new ClaimSpec { Kind = ClaimKind.Emergent, Claim = "c", HoldsIf = "h", Tests = [test] }, figures).Tests);

    private double Of(params ProfileLine[] lines) => Math.Round(Decide(lines, 1).Figure.Value!.Value, 9);

    [Fact]
    public void Each_line_is_a_distance_and_they_count_the_same()
    {
        PutBaseline();
        // hours .75 and .25, no money; three quarters of the first blow made good, nothing of the second; half of its life lost without the first
        Put("a", [[30, 10]], [[0, 0]], [[-1, -4, -4, -4]], [[50, 100, 100, 200]]);
        Assert.Equal(0.625, Of(ProfileLine.Effort)); // hours (.25 + .25) / 2; money is nothing in one alone: 1; (.25 + 1) / 2
        Assert.Equal(0.5, Of(ProfileLine.Defense)); // D .75 and 0: shares (1, 0); .5 and .5: shares (.5, .5)
        Assert.Equal(0.2, Of(ProfileLine.Necessity)); // .5 and 0: shares (1, 0); .4 and .1: shares (.8, .2)
        Assert.Equal(0.441666667, Of()); // (.625 + .5 + .2) / 3
        var told = Decide([], 0.5);
        Assert.True(told.Holds);
        Assert.Equal("it: 0.442 [0.442..0.442] (effort 0.625, defense 0.5, necessity 0.2; 20 runs), wanted at most 0.5", told.Why);
        Assert.False(Decide([], 0.4).Holds);
    }

    [Fact]
    public void A_distance_can_be_divided_by_another()
    {
        PutBaseline();
        Put("a", [[12, 8]], [[5, 0]], [[-2, -2, -4, -4]], [[60, 90, 100, 200]]); // hours alone differ: .1, effort .05
        Put("far", [[20, 0]], [[5, 0]], [[-2, -2, -4, -4]], [[60, 90, 100, 200]]); // hours .5, effort .25
        var over = new DistanceSpec { Figure = Figure, Than = new OtherSpec { Arm = "far" } };
        var told = Decide([], 0.25, over);
        Assert.Equal((true, 0.2), (told.Holds, Math.Round(told.Figure.Value!.Value, 9))); // .05 / 3 over .25 / 3
        Assert.Equal("it: 0.2 [0.2..0.2] (effort 0.05 against 0.25, defense 0 against 0, necessity 0 against 0; 20 runs), wanted at most 0.25", told.Why);
    }

    [Fact]
    public void The_same_machinery_is_at_distance_0()
    {
        PutBaseline();
        Put("a", [[10, 10]], [[7, 0]], [[-1, -1, -2, -2]], [[30, 45, 50, 200]]);
        Assert.Equal(0, Of());
    }

    /// <summary>Run by run the hours of the two have nothing in common; over the runs they are the same.</summary>
    [Fact]
    public void Luck_is_no_distance()
    {
        PutBaseline();
        Put("baseline", [[10, 0], [0, 10]], [[5, 0]], [[-2, -2, -4, -4]], [[60, 90, 100, 200]]);
        Put("a", [[0, 10], [10, 0]], [[5, 0]], [[-2, -2, -4, -4]], [[60, 90, 100, 200]]);
        var told = Decide([ProfileLine.Effort], 0.5);
        Assert.Equal(0, told.Figure.Value!.Value, 12);
        Assert.InRange(told.Figure.High!.Value, 0.1, 0.5); // how far luck might take them apart in 20 runs
    }

    /// <summary>The blow moves the second end this way and that; its live arm is half of that, but which way was it moved? It counts as 0.</summary>
    [Fact]
    public void What_cannot_be_told_from_0_counts_as_0()
    {
        PutBaseline();
        Put("a", [[10, 10]], [[5, 0]], [[-2, 5, -4, 10], [-2, -4.9, -4, -9.9]], [[60, 30, 100, 200], [60, 160, 100, 200]]);
        Assert.Equal(0.5, Of(ProfileLine.Defense)); // (1, 0) and (.5, .5)
        Assert.Equal(0.2, Of(ProfileLine.Necessity)); // 40 lost; 70 lost or 60 won, 5 on average: (1, 0) and (.8, .2)
    }

    [Fact]
    public void A_line_that_one_of_them_lacks_is_left_out()
    {
        PutBaseline();
        Put("a", [[30, 10]], [[5, 0]], [[double.NaN, double.NaN, double.NaN, double.NaN]], [[200, 200, 200, 200]]); // was not there on the day of the blows; always lives to the end
        var told = Decide([], 0.5);
        Assert.Equal(0.125, told.Figure.Value!.Value, 9); // hours .25, money 0
        Assert.Contains("(effort 0.125, defense cannot be told, necessity cannot be told; 20 runs)", told.Why, StringComparison.Ordinal);
        Put("a", [[0, 0]], [[0, 0]], [[double.NaN, double.NaN, double.NaN, double.NaN]], [[200, 200, 200, 200]]);
        Assert.Equal((null, "it: there is no line that can be told of all of them, or no distance to divide by"), (Decide([], 0.5).Holds, Decide([], 0.5).Why));
    }

    [Fact]
    public void Hours_and_money_are_counted_at_the_bounds_of_the_coding()
    {
        var figure = Figure with { Lines = [ProfileLine.Effort] };
        foreach (var (part, coding) in new[] { ProfilePart.Hours, ProfilePart.Money }.SelectMany(p => Enum.GetValues<CodingBound>().Select(c => (p, c))))
        {
            figures.Put(FigureKey.OfPart("baseline", figure, part, coding), [.. Enumerable.Repeat(new[] { 1.0, 1 }, 20)]);
            figures.Put(FigureKey.OfPart("a", figure, part, coding), [.. Enumerable.Repeat(coding == CodingBound.High ? new[] { 3.0, 1 } : [1, 1], 20)]);
        }

        var claim = new ClaimSpec { Kind = ClaimKind.Emergent, Claim = "c", HoldsIf = "h", Tests = [Test([ProfileLine.Effort], 0.1)] };
        bool? Holds(CodingBound? coding) => ClaimVerdicts.Of("C", claim, figures, coding).Holds;
        Assert.Equal((true, true, false), (Holds(null), Holds(CodingBound.Low), Holds(CodingBound.High)));
    }
}
