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
}
