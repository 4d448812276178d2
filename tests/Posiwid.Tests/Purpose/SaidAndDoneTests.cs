using Posiwid.Purpose.Lines;

namespace Posiwid.Tests.Purpose;

/// <summary>Books that state aims: what becomes of a statement that has weights for some of them only.</summary>
public sealed class SaidAndDoneTests : BookTests
{
    private void Aims(params string[] aims) => Write("stated_goal", "goal_id,end_code,rank,weight,source,valid_from", aims.Select((a, i) => $"{i},{a},statutes,2010-01-04"));

    [Fact]
    public void An_aim_without_a_weight_is_not_one_of_weight_0()
    {
        Organization(folder);
        Activities(120, _ => "3");
        Aims("cause,1,", "funds,2,0.5", "recruiting,3,0.5");
        var (_, analysis, text) = Read();
        var byHours = analysis.SayDo.Where(g => g.Revealed == Revealed.Effort).ToList();
        Assert.Equal([StatedWeights.RankSum, StatedWeights.EqualStep], byHours.Select(g => g.Weights));
        double? Said(int gap, string end) => byHours[gap].Ends.Single(e => e.End == end).Said;
        // of three ranks 3 + 2 + 1 = 6, and 2 + 1 + 0 = 3; what is not stated is not compared
        Assert.Equal((3 / 6.0, 2 / 6.0, 1 / 6.0, null), (Said(0, "cause"), Said(0, "funds"), Said(0, "recruiting"), Said(0, "staff")));
        Assert.Equal((2 / 3.0, 1 / 3.0, 0), (Said(1, "cause"), Said(1, "funds"), Said(1, "recruiting")));
        Assert.Contains("ranks taken as weights", text, StringComparison.Ordinal);
        Assert.Contains("(said #1)", text, StringComparison.Ordinal);

        Aims("cause,1,1", "funds,2,0.5", "recruiting,3,0.5");
        var weighed = Read().Analysis.SayDo.Single(g => g.Revealed == Revealed.Effort);
        // 1 of 1 + .5 + .5
        Assert.Equal((StatedWeights.AsStated, 0.5), (weighed.Weights, weighed.Ends.Single(e => e.End == "cause").Said));
    }

    [Fact]
    public void An_aim_with_a_weight_alone_is_not_first_where_another_is_ranked_first()
    {
        Organization(folder);
        Activities(120, _ => "3");
        Aims("funds,,0.5", "staff,,0.9", "cause,1,", "recruiting,2,");
        var (_, analysis, text) = Read();
        // two have ranks; of the others .9 is before .5
        Assert.Equal([("cause", 1), ("recruiting", 2), ("staff", 3), ("funds", 4)], analysis.Data.Said.Select(s => (s.End, s.Rank)));
        Assert.Contains("It says that it is first of all for the stated cause", text, StringComparison.Ordinal);
    }

    // the exact p value counts all orders, 10! = 3,628,800 of ten: it is not made, and that is said
    [Fact]
    public void Ten_ends_are_too_many_for_an_exact_p_value()
    {
        Organization(folder);
        Write("end", "end_code,label,family,vsm", Enumerable.Range(0, 10).Select(e => $"e{e},end number {e},mission,"));
        Write("kind_end", "kind_code,end_code,coder,weight,weight_min,weight_max", Enumerable.Range(0, 10).Select(e => $"k{e},e{e},c,1,1,1"));
        Write("activity", "activity_id,date,kind_code,hours_total,hours_source", Enumerable.Range(0, 10).Select(e => $"{e},{Day(e)},k{e},{1 + (7 * e % 10)},logged"));
        Aims([.. Enumerable.Range(0, 10).Select(e => $"e{e},{e + 1},")]);
        var (_, analysis, text) = Read();
        Assert.All(analysis.SayDo.Where(g => g.Revealed == Revealed.Effort), g => Assert.Equal((true, null), (g.Tau.Known, g.TauP)));
        Assert.Contains("(Kendall's tau-b; p is counted for 9 at most).", text, StringComparison.Ordinal);
        Assert.Contains("\"pWhy\": \"p is counted for 9 at most\"", Json(analysis), StringComparison.Ordinal);
    }
}
