using CsCheck;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

public class YearSeriesTests
{
    private static readonly YearSeries Gap = new("density", new Dictionary<int, double> { [1981] = 21.4, [1983] = 20.1, [1984] = 18.8 });

    private static readonly Gen<Dictionary<int, double>> Figures =
        Gen.Dictionary(Gen.Int[1900, 2020], Gen.Double[-1e6, 1e6])[1, 20];

    /// <summary>
    /// By hand: 1 July 1981 to 1 July 1983 is 730 days (1982 and the halves of 1981 and 1983 hold no 29 February).
    /// 1 July 1982 is 365 days on, half way: 21.4 + (20.1 - 21.4) x 365/730 = 20.75.
    /// 1 January 1984 is 184 of the 366 days from 1 July 1983 to 1 July 1984: 20.1 - 1.3 x 184/366 = 19.446448.
    /// </summary>
    [Theory]
    [InlineData("1981-07-01", 21.4)]
    [InlineData("1982-07-01", 20.75)]
    [InlineData("1983-07-01", 20.1)]
    [InlineData("1984-01-01", 19.446448)]
    [InlineData("1970-03-05", 21.4)]
    [InlineData("1984-07-01", 18.8)]
    [InlineData("2019-12-31", 18.8)]
    public void Values_are_interpolated_between_the_middles_of_years(string date, double value) =>
        Assert.Equal(value, Gap.At(DateOnly.Parse(date)), 6);

    [Fact]
    public void What_was_held_or_interpolated_is_said() =>
        Assert.Equal(
            ["density: first value 1981 held back to 1977", "density: 1 year without a figure interpolated", "density: last value 1984 held to 2025"],
            Gap.Notes(new(1977, 3, 14), new(2025, 12, 29)));

    [Fact]
    public void Nothing_is_said_of_a_series_that_covers_the_run() =>
        Assert.Empty(Gap.Notes(new(1983, 1, 3), new(1984, 12, 31)));

    [Fact]
    public void A_known_year_has_its_figure_in_the_middle() =>
        Figures.Sample(f => f.All(p => new YearSeries("x", f).At(new(p.Key, 7, 1)) == p.Value));

    [Fact]
    public void Between_two_known_years_it_only_rises_or_only_falls() =>
        Gen.Select(Figures, Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((f, a, b) =>
        {
            var series = new YearSeries("x", f);
            for (var i = 1; i < series.Years.Count; i++)
            {
                var (first, last) = (new DateOnly(series.Years[i - 1], 7, 1), new DateOnly(series.Years[i], 7, 1));
                var days = last.DayNumber - first.DayNumber;
                var (early, late) = (series.At(first.AddDays(Math.Min(a, b) % days)), series.At(first.AddDays(Math.Max(Math.Min(a, b) % days, Math.Max(a, b) % days))));
                var rise = Math.Sign(f[series.Years[i]] - f[series.Years[i - 1]]);
                if ((late - early) * rise < -1e-9) return false;
            }

            return true;
        });

    [Fact]
    public void A_value_never_leaves_the_range_of_the_figures() =>
        Gen.Select(Figures, Gen.Int[1890, 2030], Gen.Int[1, 365]).Sample((f, year, day) =>
        {
            var value = new YearSeries("x", f).At(new DateOnly(year, 1, 1).AddDays(day - 1));
            return value >= f.Values.Min() - 1e-9 && value <= f.Values.Max() + 1e-9;
        });

    [Theory]
    [InlineData("year,v\n2000,1\n2000,2\n", "s.csv:3:1: year: the year 2000 stands here twice")]
    [InlineData("year,v\n2000,\n", "s.csv:1:1: no row has a value in column 'v'")]
    [InlineData("year,v\nMM,1\n", "s.csv:2:1: year: 'MM' is not a number")]
    [InlineData("year,v\n2000.5,1\n", "s.csv:2:1: year: '2000.5' is not a year")]
    [InlineData("year,w\n2000,1\n", "s.csv:1:1: column 'v' is missing; did you mean 'w'?")]
    [InlineData("year,v\n2000,1,2\n", "s.csv:2:1: ")]
    [InlineData("year,note,v\n2000,\"a\nb, c\",x\n", "s.csv:3:7: v: 'x' is not a number")]
    [InlineData("", "s.csv:1:1: the file is empty")]
    [InlineData("year,v\n\n\n2000,\"1\n", "s.csv:4:1: ")]
    public void A_bad_file_is_named_with_line_and_column(string csv, string error)
    {
        using var folder = new TempFolder();
        folder.Write("s.csv", csv);
        var thrown = Assert.Throws<ScenarioException>(() => YearSeries.Read("s", new() { File = "s.csv", Column = "v" }, new(folder.File("x.yaml"))));
        Assert.StartsWith(error, Assert.Single(thrown.Errors).ToString(), StringComparison.Ordinal);
    }
}
