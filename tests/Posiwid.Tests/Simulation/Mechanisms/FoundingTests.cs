using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class FoundingTests
{
    /// <summary>A world in which the second organization is still to be founded, with 20 members in one branch unless changed.</summary>
    private static (World World, Organization Newcomer) Before(Func<OrganizationSpec, OrganizationSpec>? change = null, double weight = 1)
    {
        var world = new Tiny(rivals: 1, weight: weight, change: change).World;
        world.Organizations[1].Alive = false;
        return (world, world.Organizations[1]);
    }

    [Fact]
    public void WhatTheScenarioStates_ByHand()
    {
        var (world, o) = Before(spec => spec with { CadreShare = 1, Staff = 2, ReservesUsd = 1234.5 });
        new Founding().Outside(world);
        Assert.True(o.Alive);
        Assert.Equal(123_450, o.ReservesCents);
        Assert.Equal(20, o.Members);
        Assert.Equal(20, o.Agents);
        Assert.Equal(2, o.Staff);
        Assert.All(o.SizeRing, size => Assert.Equal(20, size)); // two years ago it was as large: no decline at first
        var branch = Assert.Single(o.Branches);
        Assert.Equal(20, branch.Census.Cadre);
        Assert.Equal(0.5f, branch.Effort[Activity.Meeting]);
        Assert.Equal(0.5f, branch.Effort[Activity.StrikeSupport]);
        Assert.Equal(0, branch.Effort[Activity.Contacting]);
        Assert.Equal(20, Enumerable.Range(0, world.Pools.Count).Count(s => world.PlaceAt(s).State == SlotState.Member)); // nobody is taken in twice
    }

    [Fact]
    public void FoundersAreMoreHopefulThanOthers()
    {
        var (world, o) = Before(spec => spec with { CadreShare = 0 });
        new Founding { Hope = 0.95f, Belief = 0.9f, Ties = 0.4f, Education = 0.3f }.Outside(world);
        var branch = o.Branches[0];
        for (var p = 0; p < branch.Roll.Count; p++)
        {
            Assert.InRange(branch.Roll.At(p, Column.Hope), 0.95f, 1);
            Assert.InRange(branch.Roll.At(p, Column.Belief), 0.9f, 1);
            Assert.Equal(0.4f, branch.Roll.At(p, Column.Ties)); // others begin at .08
            Assert.Equal(0.3f, branch.Roll.At(p, Column.Education)); // and at .05
        }

        Assert.Equal(0, branch.Census.Cadre);
    }

    [Fact]
    public void NoMoreBranchesThanPlaces_AndAgentsStandForTen()
    {
        var (world, o) = Before(spec => spec with { Branches = new Dictionary<string, double> { ["place"] = 9 }, Members = 120 }, weight: 10);
        new Founding().Outside(world);
        Assert.Equal([0, 1, 2, 3], o.Branches.Select(b => b.Site)); // 9 wanted, 4 places
        Assert.Equal(12, o.Agents); // 12 x 10 people
        Assert.Equal(120, o.Members);
    }

    [Fact]
    public void OnItsDayAndOnlyOnce()
    {
        var (world, o) = Before(spec => spec with { Founded = new DateOnly(1990, 2, 8) }); // Thursday of week 5
        world.Week = 4;
        new Founding().Outside(world);
        Assert.False(o.Alive);
        world.Week = 5;
        new Founding().Outside(world);
        new Founding().Outside(world);
        Assert.Equal(20, o.Members);
        Assert.Single(o.Branches);

        var (later, ended) = Before();
        ended.EndedWeek = 0; // whoever is over is not founded again
        new Founding().Outside(later);
        Assert.Empty(ended.Branches);
    }
}
