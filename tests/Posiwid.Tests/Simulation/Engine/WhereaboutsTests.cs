using CsCheck;
using Posiwid.Simulation.Engine;
using Posiwid.Tests.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>Whoever was sought once is found where a search of all members would find him or her.</summary>
public class WhereaboutsTests
{
    [Fact]
    public void What_is_remembered_is_what_a_search_finds() => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 11], Gen.Int[0, 2]).Array[60].Sample(steps =>
    {
        var tiny = new Tiny(sites: 3);
        var (world, club) = (tiny.World, tiny.Club);
        Branch[] branches = [tiny.Branch, world.Open(club, 1), world.Open(club, 2)];
        foreach (var (what, number, to) in steps)
        {
            var person = 1000 + (ulong)number;
            var found = Searched(world, club, person);
            switch (what)
            {
                case 0 when found is null:
                    world.Add(branches[to], person, default, MemberFlags.None, int.MaxValue, -1);
                    break;
                case 1 when found is var (branch, position):
                    world.Leave(branch, position, "resigned");
                    break;
                case 2 when found is var (from, at) && from != branches[to]:
                    world.Transfer(from, at, branches[to]);
                    break;
                case 3:
                    world.Whereabouts.Drop(club, person);
                    break;
                default:
                    break;
            }

            for (var one = 1000UL; one < 1000 + 12; one += (ulong)(1 + to))
                Assert.Equal(Searched(world, club, one), world.Locate(club, one));
        }
    }, iter: 200);

    [Fact]
    public void In_a_run_too()
    {
        using var run = Iso.Start(seed: 3, threads: 2);
        run.Weeks(600);
        var club = run.World.Flagship;
        var sought = club.Hidden.SelectMany(c => Enumerable.Range(0, c.Knowers).Select(i => c.Knower(i))).Concat(club.Leaders.Select(l => l.Person)).ToHashSet();
        Assert.NotEmpty(sought);
        Assert.All(sought, person => Assert.Equal(Searched(run.World, club, person), run.World.Locate(club, person)));
        Assert.Contains(sought, person => Searched(run.World, club, person) is null); // some have left
    }

    /// <summary>Branches open, close and move all the time; lists stay in the order of sites, and every branch is found by its key.</summary>
    [Fact]
    public void Branches_are_where_their_lists_and_keys_say()
    {
        using var run = Iso.Start(seed: 5);
        var (world, gone) = (run.World, new HashSet<Branch>());
        for (var year = 0; year < 20; year++)
        {
            gone.UnionWith(world.Branches);
            run.Weeks(52);
            gone.ExceptWith(world.Branches);
            Assert.Equal(world.Branches.OrderBy(b => b.Site).ThenBy(b => b.Organization.Index), world.Branches);
            Assert.All(world.Organizations, o => Assert.Equal(world.Branches.Where(b => b.Organization == o), o.Branches));
            Assert.All(world.Branches, b => Assert.Same(b, world.Find(b.Key)));
            Assert.All(gone, b => Assert.Null(world.Find(b.Key)));
        }

        Assert.NotEmpty(gone);
    }

    private static (Branch, int)? Searched(World world, Organization organization, ulong person)
    {
        foreach (var branch in organization.Branches)
        {
            if (branch.PositionOf(person) is >= 0 and var position)
                return (branch, position);
        }

        return null;
    }
}
