using Posiwid.Simulation.Engine;
using Run = Posiwid.Simulation.Engine.Simulation;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>What centers ask of more branches than fit one stretch.</summary>
public class BranchStretchesTests
{
    /// <summary>The ISO fifty times as large: some 2,500 branches.</summary>
    private static readonly Setting Large = Times(50);

    private static Setting Times(int times)
    {
        var scenario = Iso.Scenario;
        var milieus = scenario.Milieus.Where(m => m.Value.Weight == 1).ToDictionary(m => m.Key, m => m.Value with { Sites = m.Value.Sites * times });
        var iso = scenario.Organizations[scenario.Flagship] with
        {
            Members = 1200 * times,
            Branches = milieus.ToDictionary(m => m.Key, m => (double)m.Value.Sites),
            ReservesUsd = 200_000 * times,
        };
        return Iso.Of(scenario with { Milieus = milieus, Organizations = new Dictionary<string, Posiwid.Simulation.Scenarios.OrganizationSpec> { [scenario.Flagship] = iso } });
    }

    private static ulong HashAfter(int weeks, int threads)
    {
        using var run = new Run(Large, 3, threads: threads);
        return run.Weeks(weeks).World.Hash();
    }

    [Fact]
    public void A_large_organization_has_the_same_bits_on_any_number_of_threads()
    {
        var one = HashAfter(9, 1);
        Assert.Equal(one, HashAfter(9, 2));
        Assert.Equal(one, HashAfter(9, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Answers_are_those_of_a_plain_loop(int threads)
    {
        using var run = new Run(Large, 3, threads: threads);
        run.Weeks(3);
        var (world, o) = (run.World, run.World.Flagship);
        var branches = o.Branches;
        Assert.InRange(branches.Count, 2049, int.MaxValue); // three stretches

        Assert.Equal(branches.Where(b => b.Roll.Count > 20), world.Stretches.Where(o, static (_, b) => b.Roll.Count > 20));
        Assert.Equal(branches.Select(b => b.Census.Hope), world.Stretches.Figures(o, 1, static (_, b, f) => f[0] = b.Census.Hope).ToArray());
        Assert.Equal(branches.SelectMany(b => new[] { b.Census.Hope, b.Number }), world.Stretches.Figures(o, 2, static (_, b, f) => (f[0], f[1]) = (b.Census.Hope, b.Number)).ToArray());
        var sums = world.Stretches.Sums(o, 2, static (b, s) => (s[0], s[1]) = (s[0] + b.Roll.Count, s[1] + 1));
        Assert.Equal([branches.Sum(b => (float)b.Roll.Count), branches.Count], sums.ToArray()); // whole numbers: exact in any order

        // many branches have the same size: ties go by identity; one branch in ten has no figure
        var ranked = world.Stretches.Ranked(o, static (_, b, f) => f[0] = b.Number % 10 == 0 ? float.NaN : b.Roll.Count - 20, out _);
        Assert.Equal(branches.Where(b => b.Number % 10 != 0).OrderBy(b => b.Roll.Count).ThenBy(b => b.Key).Select(b => b.Key),
            ranked.ToArray().Select(i => branches[i].Key));
    }
}
