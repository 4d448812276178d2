using Posiwid.App.Story;

namespace Posiwid.Tests.App;

public class OnePageTests
{
    [Fact]
    public void Of_SmallEnsemble_Golden()
    {
        var text = string.Join('\n', OnePage.Of(Synthetic.Small(), 90).Select(l => l.Text));
        Assert.Equal(Golden.ReplaceLineEndings("\n"), text);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void Of_KeepsToTheWidth(int width) => Assert.All(OnePage.Of(Synthetic.Small(), width), l => Assert.InRange(l.Text.Length, 0, Math.Max(width, 86)));

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(.001, "under 1%")]
    [InlineData(.5, "50%")]
    [InlineData(.999, "over 99%")]
    [InlineData(1, "100%")]
    [InlineData(double.NaN, "–")]
    public void Percent_NeverRoundsToNoneOrAll(double share, string expected) => Assert.Equal(expected, Words.Percent(share));

    [Theory]
    [InlineData(1234.5, "1,235")]
    [InlineData(-12.3, "-12")]
    [InlineData(4.56, "4.6")]
    [InlineData(.456, "0.46")]
    [InlineData(.0123, "0.012")]
    [InlineData(0, "0")]
    [InlineData(-.0004, "0")]
    [InlineData(-.0006, "-0.001")]
    public void Number_HasAboutThreeDigits(double value, string expected) => Assert.Equal(expected, Words.Number(value));

    [Fact]
    public void Sparkline_RunsFromZeroToTheMost() => Assert.Equal("▁▅█ ▁", Words.Sparkline([0, 5, 9, double.NaN, 0]));

    private const string Golden = """
        The Lodge, 2001-2002, 4 runs
          In 4 runs of the model: on 2002-07-08, the last day looked at, it was still there in 75%
          of them.
          It was largest in 2001, with 183 members in the mean of the runs (their median 115; 90%
          of them: 102 to 358).
          It says that it is above all for the cause. From 2002 on, the largest part of its hours
          went to recruiting: 88% (63% to 98%), depending on how activities are coded. Then came
          the cause: 13% (3% to 23%).
          It ended by a vote of its members in 1 of 4 runs (2002-01).
          Of 2 published membership counts, 1 lies within the 90% interval of the runs.

        Year by year, 2001-2002        first    most    last
          still there             █▆    100%    100%     75%
          members                 █▄     183     183      83
          share of its hours for:
          - the cause             █▃     50%     50%     13%
          - recruiting            ▅█     50%     88%     88%
          income, USD/week        █▅      25      25      15
          belief                  █▅     0.4     0.4     0.2
          (means over runs; one column a year; each line from 0 to its most)

        First time of                                   runs  median   90% of those runs
          most members                                  100%  2001-01  2001-01 to 2001-01
          a vote to open up                              50%  2001-04  2001-03 to 2001-05
          the end, by a vote of its members              25%  2002-01  2002-01 to 2002-01

        Published counts, LODGE        published  model, 90% of runs
          2001                             50-90  102 to 358          model too high
          2002-01                        105-115  15 to 119           inside

        To know
          - A note.
        """;
}
