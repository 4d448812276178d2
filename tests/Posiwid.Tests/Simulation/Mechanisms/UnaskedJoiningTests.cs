using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class UnaskedJoiningTests
{
    /// <summary>A place of four people (a pool of 1 has four places) and a club of impressiveness .7.</summary>
    private static Tiny Place(double door, double presence, float moment = 0, float electoral = 0, MilieuKind kind = MilieuKind.Workplace)
    {
        var tiny = new Tiny(kind, new PolicySpec { OpenDoor = door, PublicPresence = presence }, pool: 1);
        tiny.Club.Impressiveness = 0.7f;
        tiny.World.Moment = moment;
        tiny.World.Electoral = electoral;
        return tiny;
    }

    private static float Rate(Tiny tiny, UnaskedJoining unasked)
    {
        unasked.Branch(tiny.World, tiny.Wind(Clock.WalkIn, 8).Branch);
        return 8 - tiny.Left(Clock.WalkIn);
    }

    [Fact]
    public void Rate_ByHand()
    {
        var unasked = new UnaskedJoining { Base = 0.1f };
        // .1 x 4 people x 1 x 1 x (.3 + .7)
        Assert.Equal(0.4f, Rate(Place(1, 1), unasked), 0.0001f);
        // .1 x 4 x .5 x .5 x 1 x (1 + 25 x .04)
        Assert.Equal(0.2f, Rate(Place(0.5, 0.5, electoral: 0.04f), unasked), 0.0001f);
        // .4 x (1 + 1.5 x .4) join and 1.5 x .4 x .7 x (.2 + .8) come to look: .64 + .42
        Assert.Equal(1.06f, Rate(Place(1, 1, moment: 0.4f), unasked), 0.0001f);
    }

    [Theory]
    [InlineData(MilieuKind.Workplace, 0)]
    [InlineData(MilieuKind.Campus, 1)]
    public void OneJoins(MilieuKind kind, float campus)
    {
        var tiny = Place(1, 1, kind: kind).Wind(Clock.WalkIn, 0.3999f);
        new UnaskedJoining { Base = 0.1f }.Branch(tiny.World, tiny.Branch);
        Assert.Equal(1, tiny.Branch.Roll.Count);
        Assert.True(tiny.Flags(0).HasFlag(MemberFlags.Unasked));
        Assert.Equal(campus == 1, tiny.Flags(0).HasFlag(MemberFlags.Student));
        Assert.Equal((1, 1, campus), (tiny[Flow.Joins], tiny[Flow.JoinsUnasked], tiny[Flow.JoinsCampus]));
        Assert.Equal(0, tiny[Flow.Asked]); // nobody asked
        Assert.Equal(1, Enumerable.Range(0, tiny.World.Pools.Count).Count(s => tiny.World.PlaceAt(s).State == SlotState.Member));
    }

    [Fact]
    public void AClosedDoorHasVisitorsOnlyInAMoment()
    {
        Assert.Equal(0, Rate(Place(0, 1, electoral: 1), new UnaskedJoining { Base = 0.1f }));
        // 1.5 x .5 x .7 x .2, and who looks is a contact, not a member
        Assert.Equal(0.105f, Rate(Place(0, 1, moment: 0.5f), new UnaskedJoining { Base = 0.1f }), 0.0001f);
        var tiny = Place(0, 1, moment: 0.5f).Wind(Clock.WalkIn, 0.1049f);
        new UnaskedJoining { Base = 0.1f }.Branch(tiny.World, tiny.Branch);
        Assert.Equal((0, 1), (tiny.Branch.Roll.Count, tiny.Branch.ContactCount));
        Assert.Equal(0.5f, tiny.Branch.Contacts[0].Warmth);
    }

    [Fact]
    public void DoseZero() => Assert.Equal(0, Rate(Place(1, 1, 1, 1), new UnaskedJoining { Base = 0, Lookers = 0 }));

    [Fact]
    public void FriendsBringFriends_ByHand()
    {
        var tiny = Place(1, 1).AddMany(2, MemberFlags.None);
        // .01 x 4 people x (1 + 20 x 2 / 4)
        Assert.Equal(0.44f, Rate(tiny, new UnaskedJoining { Base = 0.01f }), 0.0001f);
    }

    /// <summary>The branches that people found of themselves in a week, where .1 x 4 x 13 = 5.2 would have joined in the quarter at each of three places.</summary>
    private static Branch[] Founded(int week, float @base = 0.1f, float founders = 1, Func<OrganizationSpec, OrganizationSpec>? change = null)
    {
        var tiny = new Tiny(policy: new PolicySpec { OpenDoor = 1, PublicPresence = 1 }, pool: 1, change: change);
        tiny.Club.Impressiveness = 0.7f;
        tiny.World.Week = week;
        new UnaskedJoining { Base = @base, Founders = founders }.Center(tiny.World, tiny.Club);
        return [.. tiny.Club.Branches.Where(b => b != tiny.Branch)];
    }

    [Fact]
    public void WhereThereIsNoBranch_ThoseWhoWouldHaveJoinedFoundOne()
    {
        var branches = Founded(5);
        Assert.Equal([1, 2, 3], branches.Select(b => b.Site).Order());
        Assert.All(branches, b =>
        {
            Assert.InRange(b.Roll.Count, 1, 4); // the place has four people
            Assert.Equal(b.Roll.Count, b.Census.Members);
            Assert.Equal((0.5f, 0.5f), (b.Effort[Activity.Meeting], b.Effort[Activity.StrikeSupport]));
            Assert.Equal(b.Roll.Count, b.Flows[(int)Flow.JoinsUnasked]);
        });
    }

    [Fact]
    public void NobodyFoundsABranch_OutOfTime_WithoutJoiners_WithTooFew_OrWhereItMayNot()
    {
        Assert.Empty(Founded(6));
        Assert.Empty(Founded(5, @base: 0));
        Assert.Empty(Founded(5, founders: 50));
        Assert.Empty(Founded(5, change: o => o with { Milieus = [] }));
    }
}
