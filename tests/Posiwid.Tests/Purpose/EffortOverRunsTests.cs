using Posiwid.App.Report;
using Posiwid.Purpose;

namespace Posiwid.Tests.Purpose;

/// <summary>Shares of hours of several runs: of all their hours, and of each run alike; the report names which is which.</summary>
public sealed class EffortOverRunsTests
{
    private static readonly Ends Two = new([new("x", "x", "mission"), new("y", "y", "resource")], [new("a", "x", 1, 1, 1), new("b", "y", 1, 1, 1)]);

    private static PurposeAnalysis Of(params (double A, double B)[] runs) => new(new PurposeData
    {
        Ends = Two,
        Source = EvidenceSource.Model,
        Hours = [.. runs.Select(r => (IReadOnlyList<KeyValuePair<string, double>>)[KeyValuePair.Create("a", r.A), KeyValuePair.Create("b", r.B)])],
    });

    [Fact]
    public void A_share_of_all_hours_is_not_the_mean_of_the_shares()
    {
        var analysis = Of((90, 10), (1, 9));
        var x = analysis.Profile.Rows.Single(r => r.End.Code == "x").Evidence;
        Assert.Equal(91 / 110.0, x.Effort!.Share, 12); // 90 + 1 of 100 + 10
        Assert.Equal(0.5, x.EffortInterval.Value!.Value, 12); // (.9 + .1) / 2
        var page = PurposeReport.Of(analysis, "a model", "", []);
        Assert.Contains("hours share, all runs together, coding bounds", page, StringComparison.Ordinal);
        Assert.Contains("mean of the runs", page, StringComparison.Ordinal);
    }

    [Fact]
    public void One_run_has_one_share()
    {
        var page = PurposeReport.Of(Of((90, 10)), "a book", "", []);
        Assert.Contains("hours share, coding bounds", page, StringComparison.Ordinal);
        Assert.DoesNotContain("of runs", page, StringComparison.Ordinal);
    }
}
