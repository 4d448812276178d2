using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Simulation.Engine;

using Run = Posiwid.Simulation.Engine.Simulation;

namespace Posiwid.Tests.Simulation.Experiments;

public class KnockOutTests
{
    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    private static readonly IReadOnlyList<Function> Functions = Function.Read(Repository.PathOf("data/functions.csv"), Ends);

    private static Function Of(string id) => Functions.Single(f => f.Id == id);

    [Fact]
    public void Every_function_names_what_exists() => Assert.All(Functions, f =>
    {
        using var run = Iso.Start(1, KnockOut.Of(Iso.Setting, [f])).Weeks(8);
        Assert.True(run.World.Flagship.Members > 0);
    });

    [Fact]
    public void Nothing_taken_away_changes_nothing() =>
        Assert.Equal(Iso.Start(2).Weeks(60).World.Hash(), Iso.Start(2, KnockOut.Of(Iso.Setting, [])).Weeks(60).World.Hash());

    [Fact]
    public void A_rule_is_taken_from_the_flagship_alone()
    {
        // the DSA is founded in week 262; 20 weeks later it has asked people to join, and the flagship never has
        using var run = Iso.Start(2, KnockOut.Of(Iso.Setting, [Of("recruiting")])).Weeks(282);
        var (iso, dsa) = (run.World.Organizations[0], run.World.Organizations[1]);
        Assert.Equal(0, iso.Flows[(int)Flow.Asked]);
        Assert.True(dsa.Alive && dsa.Flows[(int)Flow.Asked] > 0);
    }

    [Theory]
    [InlineData(FreedHours.Idle)]
    [InlineData(FreedHours.ProRata)]
    [InlineData(FreedHours.Policy)]
    public void Barred_hours_go_where_they_should(FreedHours freed)
    {
        using var usual = Iso.Start(2).Weeks(1);
        using var barred = Iso.Start(2, KnockOut.Of(Iso.Setting, [Of("meetings")], freed)).Weeks(1);
        double All(Run run) => run.World.Flagship.Branches.Sum(b => b.Hours[..Activity.Planned].ToArray().Sum());
        Assert.All(barred.World.Flagship.Branches, b => Assert.Equal(0, b.Hours[Activity.Meeting] + b.Hours[Activity.Study]));
        // the founding plan gives .14 + .05 of the hours to meetings and study, which are not given where they are idle
        Assert.Equal(freed == FreedHours.Idle ? 0.81 : 1, All(barred) / All(usual), 0.02);
    }

    // half of (.14 + .05) of the hours is not given
    [Fact]
    public void Half_of_a_function_can_be_taken_away()
    {
        using var usual = Iso.Start(2).Weeks(1);
        using var half = Iso.Start(2, KnockOut.Of(Iso.Setting, [Of("meetings")], FreedHours.Idle, 0.5)).Weeks(1);
        double All(Run run) => run.World.Flagship.Branches.Sum(b => b.Hours[..Activity.Planned].ToArray().Sum());
        double Meetings(Run run) => run.World.Flagship.Branches.Sum(b => b.Hours[Activity.Meeting] + b.Hours[Activity.Study]);
        Assert.Equal(0.5, Meetings(half) / Meetings(usual), 0.001);
        Assert.Equal(1 - (0.19 / 2), All(half) / All(usual), 0.01);
    }

    [Fact]
    public void A_life_ends_when_the_flagship_does()
    {
        var without = KnockOut.Of(Iso.Setting, [Of("dues")]);
        var weeks = KnockOut.Life(Iso.Setting, 5, without, TestContext.Current.CancellationToken).Weeks;
        using var run = Iso.Start(5, without).Weeks(weeks);
        Assert.True(run.World.Flagship.Alive);
        run.Step();
        Assert.False(run.World.Flagship.Alive);
    }

    // counted by hand: the first of eight weeks in a row with fewer than half of those who were there after the first week
    [Fact]
    public void A_remnant_is_seen_before_the_end()
    {
        var without = KnockOut.Of(Iso.Setting, [Of("recruiting")]);
        var life = KnockOut.Life(Iso.Setting, 5, without, TestContext.Current.CancellationToken);
        using var run = Iso.Start(5, without);
        var members = new List<double>();
        while (run.World.Week < life.Weeks)
        {
            run.Step();
            members.Add(run.World.Flagship.Members);
        }

        var first = Enumerable.Range(0, members.Count - 7).FirstOrDefault(w => members.Skip(w).Take(8).All(m => m < members[0] / 2), life.Weeks);
        Assert.Equal(first, life.AsMoreThanARemnant);
        Assert.InRange(first, 1, life.Weeks - 8);
    }

    // what goes on after an end does not make a life longer: not other organizations, nor people who come together again
    [Fact]
    public void A_life_is_over_with_its_first_end()
    {
        var without = KnockOut.Of(Iso.Setting, [Of("dues")]);
        var life = KnockOut.Life(Iso.Setting, 5, without, TestContext.Current.CancellationToken);
        var watch = new LifeWatch();
        using var run = Iso.Start(5, without);
        while (run.World.Week < life.Weeks + 60)
        {
            run.Step();
            watch.See(run.World);
            if (run.World.Week == life.Weeks + 20)
                (run.World.Flagship.Alive, run.World.Flagship.EndedWeek) = (true, -1); // as re-forming does
        }

        Assert.Equal(life, watch.Of(Iso.Setting.Weeks));
    }

    [Theory]
    [InlineData("f,F,nowhere,1,yes,,,", "functions.csv:2:5: end: the function 'f' serves the end 'nowhere'")]
    [InlineData("f,F,funds,6,yes,,,", "functions.csv:2:11: beer: '6' is none of Beer's systems")]
    [InlineData("f,F,funds,,yes,,,payroll", "functions.csv:2:18: policies: 'payroll' is not a policy with a value")]
    [InlineData("f,F,funds,,yes,,,\nf,F,funds,,yes,,,", "functions.csv:3:1: function: the function 'f' is there twice")]
    public void A_file_that_is_wrong_is_named_with_its_line(string rows, string says)
    {
        var folder = Directory.CreateTempSubdirectory("posiwid-");
        try
        {
            var file = Path.Combine(folder.FullName, "functions.csv");
            File.WriteAllText(file, "function,label,end,beer,core,mechanisms,activities,policies\n" + rows + "\n");
            Assert.Contains(says, Assert.Throws<CodingException>(() => Function.Read(file, Ends)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
