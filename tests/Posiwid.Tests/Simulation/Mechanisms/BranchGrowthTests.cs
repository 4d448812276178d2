using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class BranchGrowthTests
{
    private static Tiny Club(int members, int cadre = 3, double weight = 1, int sites = 4)
    {
        var tiny = new Tiny(weight: weight, sites: sites).AddMany(cadre, MemberFlags.Cadre).AddMany(members - cadre, MemberFlags.None).Count();
        tiny.World.Week = 4;
        return tiny;
    }

    /// <summary>The branch that a large one has founded, or null.</summary>
    private static Branch? Child(Tiny tiny, float chance = 1)
    {
        new BranchGrowth { Chance = chance }.Center(tiny.World, tiny.Club);
        return tiny.Club.Branches.SingleOrDefault(b => b != tiny.Branch);
    }

    [Fact]
    public void AThirdGoes_LeadersStay()
    {
        var tiny = Club(900);
        for (var p = 0; p < 300; p++)
            tiny.Branch.FlagsAt(p) |= (int)MemberFlags.Leader;
        var child = Child(tiny)!;
        Assert.Equal(900, tiny.Branch.Roll.Count + child.Roll.Count); // nobody is lost or doubled
        Assert.InRange(child.Roll.Count, 150, 250); // a third of 600, standard deviation 11.5
        Assert.Equal((300, 0), (tiny.Branch.Census.Leaders, child.Census.Leaders));
        Assert.Equal(child.Roll.Count, child.Census.Members);
        Assert.Equal(child.Roll.Count, child.EarlierSize); // it begins with no growth, not with an infinite one
        Assert.NotEqual(tiny.Branch.Site, child.Site);
        Assert.Equal(0, tiny[Flow.Exits]);
    }

    [Fact]
    public void PlanAndReputationGoAlong_ExperienceByAThird()
    {
        var tiny = Club(30);
        (tiny.Branch.Effort[Activity.Meeting], tiny.Branch.Effort[Activity.Contacting]) = (0.25f, 0.75f);
        tiny.Branch.Yield[Activity.Meeting] = 0.9f;
        tiny.Branch.UsualHours[Activity.Meeting] = 60;
        (tiny.Branch.WinReputation, tiny.Branch.NeedReputation) = (0.4f, 0.2f);
        var child = Child(tiny)!;
        Assert.Equal((0.25f, 0.75f), (child.Effort[Activity.Meeting], child.Effort[Activity.Contacting]));
        Assert.Equal((0.3f, 20), (MathF.Round(child.Yield[Activity.Meeting], 4), child.UsualHours[Activity.Meeting]));
        Assert.Equal((0.4f, 0.2f), (child.WinReputation, child.NeedReputation));
    }

    [Fact]
    public void WhoMaySplit()
    {
        Assert.NotNull(Child(Club(30)));
        Assert.Null(Child(Club(29)));
        Assert.Null(Child(Club(30, cadre: 2)));
        Assert.NotNull(Child(Club(10, weight: 3))); // 30 people
        Assert.Null(Child(Club(7, weight: 10))); // 70 people, but too few agents to divide
        Assert.Null(Child(Club(30, sites: 1))); // nowhere to go
        Assert.Null(Child(Club(30), chance: 0));
        var later = Club(30);
        later.World.Week = 5;
        Assert.Null(Child(later));
    }
}
