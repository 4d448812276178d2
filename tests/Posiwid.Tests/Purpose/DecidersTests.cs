namespace Posiwid.Tests.Purpose;

/// <summary>Books of decisions: which hang together.</summary>
public sealed class DecidersTests : BookTests
{
    // Eight who differ in taste (normal about 0 with deviation .8), twenty decisions each over twenty quarters: that all want it was found at 5% in 3% of 400 such books by decider, in 34% by quarter.
    [Fact]
    public void Decisions_of_one_decider_hang_together_where_there_are_five_or_more()
    {
        Decisions((160, "plan", d => $"c{d % 8}"));
        Assert.Equal(8, Clusters("plan"));
        Assert.Contains("only 8 groups of decisions", Read().Analysis.Choices.Single().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_decides_in_one_kind_has_nothing_to_do_with_another()
    {
        // in plans three decide over 130 weeks, 10 quarters; in visits twenty
        Decisions((130, "plan", d => $"c{d % 3}"), (130, "visit", d => $"v{d % 20}"));
        Assert.Equal((10, 20), (Clusters("plan"), Clusters("visit")));
    }

    [Fact]
    public void What_deciders_are_called_changes_nothing()
    {
        Decisions((160, "plan", d => $"c{d % 8}"));
        var one = Read().Analysis.Choices.Single().Of("gain");
        Decisions((160, "plan", d => $"c{(7 * d + 3) % 8}"));
        var other = Read().Analysis.Choices.Single().Of("gain");
        Assert.NotNull(one!.PValue);
        Assert.Equal((one.PValue, one.Weight), (other!.PValue, other.Weight));
    }

    private int Clusters(string kind) => Read().Analysis.Data.Decisions.Where(d => d.Kind == kind).Select(d => d.Cluster).Distinct().Count();

    /// <summary>One decision a week of each kind, between three; the gain of each is some digit.</summary>
    private void Decisions(params (int Count, string Kind, Func<int, string> Decider)[] kinds)
    {
        Organization(folder);
        Activities(30, _ => "3");
        var all = kinds.SelectMany((k, at) => Enumerable.Range(0, k.Count).Select(d => (Id: (1000 * at) + d, Week: d, k.Kind, Decider: k.Decider(d)))).ToList();
        Write("decision", "decision_id,date,kind,menu_complete,decider", all.Select(d => $"{d.Id},{Day(d.Week)},{d.Kind},true,{d.Decider}"));
        Write("alternative", "alternative_id,decision_id,chosen,is_status_quo", all.SelectMany(d => Enumerable.Range(0, 3).Select(a => $"{(3 * d.Id) + a},{d.Id},{(a == d.Id * d.Id % 11 % 3 ? "true" : "false")},false")));
        Write("alternative_attr", "alternative_id,attr_code,value,scored,coder", all.SelectMany(d => Enumerable.Range(0, 3).Select(a => $"{(3 * d.Id) + a},gain,{((3 * d.Id) + a) * 37 % 101 % 10},ex_ante,")));
    }
}
