using System.Diagnostics;
using System.Runtime.CompilerServices;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Run = Posiwid.Simulation.Engine.Simulation;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>The whole model gives the same bits whatever must not matter: threads, the order of members, who watches, what else is there.</summary>
public class DeterminismTests
{
    /// <summary>Ten years: the rival is there, and there are more branches than one thread takes at a time.</summary>
    private const int Weeks = 520;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_number_of_threads(ulong seed)
    {
        var one = Iso.HashAfter(Weeks, seed);
        foreach (var threads in (int[])[1, 2, 3, 5])
            Assert.Equal(one, Iso.HashAfter(Weeks, seed, threads: threads));
    }

    [Fact]
    public void Any_number_of_threads_where_many_branches_stand_at_one_site_after_another()
    {
        // 300 sites with a branch each: ten chunks, and members who leave branches far from the place where they were met
        var milieus = Iso.Scenario.Milieus.ToDictionary(m => m.Key, m => m.Key == "campus" ? m.Value with { Sites = 300, Pool = 40 } : m.Value);
        var iso = Iso.Scenario.Organizations["iso"];
        var large = iso with { Members = 3000, Branches = new Dictionary<string, double> { ["campus"] = 250, ["neighborhood"] = 10 } };
        var organizations = Iso.Scenario.Organizations.ToDictionary(o => o.Key, o => o.Key == "iso" ? large : o.Value);
        var setting = Iso.Of(Iso.Scenario with { Milieus = milieus, Organizations = organizations });
        var hashes = new[] { 1, 2, 5 }.Select(threads =>
        {
            using var run = new Run(setting, 5, threads: threads);
            return run.Weeks(200).World.Hash();
        });
        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public void Any_number_of_threads_in_an_ensemble()
    {
        var setting = Iso.Of(Iso.Scenario with { End = Iso.Scenario.Start.AddYears(6) });
        var plan = new RunPlan { Setting = setting, Runs = 4, Seed = 31 };
        var one = Ensemble.Run(plan, 1, cancellation: TestContext.Current.CancellationToken);
        var two = Ensemble.Run(plan, 2, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(one.Runs.Select(r => (r.Run, r.Seed, r.StateHash, r.Fate, r.EndedWeek)), two.Runs.Select(r => (r.Run, r.Seed, r.StateHash, r.Fate, r.EndedWeek)));
        for (var r = 0; r < 4; r++)
        {
            Assert.Equal(one.Runs[r].Events, two.Runs[r].Events);
            Assert.Equal(one.Runs[r].Values, two.Runs[r].Values);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_order_of_members(ulong seed)
    {
        using var plain = Iso.Start(seed);
        using var shuffled = Iso.Start(seed);
        var random = new Random((int)seed);
        for (var week = 0; week < Weeks; week += 4)
        {
            plain.Weeks(4);
            shuffled.Weeks(4);
            Iso.Shuffle(shuffled.World, random);
            Assert.True(plain.World.Hash() == shuffled.World.Hash(),
                $"week {plain.World.Week}: {string.Join(", ", StateHash.Parts(plain.World).Zip(StateHash.Parts(shuffled.World)).Where(p => p.First != p.Second).Select(p => p.First.Name))}");
        }

        Assert.Equal(plain.World.Events, shuffled.World.Events);
    }

    [Fact]
    public void Whether_somebody_looks_on_after_each_mechanism()
    {
        var calls = 0;
        using var watched = Iso.Start(3);
        watched.After = (_, _) => calls++;
        Assert.Equal(Iso.HashAfter(Weeks, 3), watched.Weeks(Weeks).World.Hash());
        Assert.True(calls > Weeks * 30);
    }

    [Fact]
    public void A_mechanism_that_does_nothing_anywhere()
    {
        const int weeks = 160;
        var plain = Iso.HashAfter(weeks, 4);
        var everywhere = new Changes { Added = [.. Iso.Ids.Select(id => (id, (Func<Mechanism>)(() => new Nothing())))] };
        using var run = Iso.Start(4, everywhere);
        Assert.Equal(2 * Iso.Ids.Length, run.Mechanisms.Count);
        Assert.Equal(plain, run.Weeks(weeks).World.Hash());
        foreach (var id in Iso.Ids.Where((_, i) => i % 6 == 0))
            Assert.Equal(plain, Iso.HashAfter(weeks, 4, new Changes { Added = [(id, () => new Nothing())] }));
    }

    [Fact]
    public void A_mechanism_that_is_off_leaves_the_draws_of_the_others_alone()
    {
        // bullying off: in the first week nothing follows from it, so all else is as it was, to the bit
        using var with = Iso.Start(11);
        using var without = Iso.Start(11, Iso.Dosed(("bullying", 0)));
        with.Step();
        without.Step();
        var differing = StateHash.Parts(with.World).Zip(StateHash.Parts(without.World)).Where(p => p.First != p.Second).Select(p => p.First.Name);
        string[] following = ["branch.clocks", "member.grievance", "member.memory", "member.exit-clock", "branch.flows", "branch.census", "organization.flows", "organization.means"];
        Assert.Empty(differing.Except(following));

        // and its neighbors still meet the same people a quarter later, but for the few whom it touched
        with.Weeks(12);
        without.Weeks(12);
        var (here, there) = (Iso.Members(with.World, Column.Joined), Iso.Members(without.World, Column.Joined));
        Assert.True(here.Keys.Intersect(there.Keys).Count() > 0.9 * here.Count);
    }

    [Fact]
    public void The_same_person_in_both_arms_and_in_every_organization()
    {
        using var run = Iso.Start(12);
        using var other = Iso.Start(12, Iso.Dosed(("hope", 0.5), ("recruiting", 2)));
        run.Weeks(420);
        other.Weeks(420);
        int[] lasting = [Column.Status, Column.Vigor];
        foreach (var column in lasting)
        {
            for (var o = 0; o < 2; o++)
            {
                var (here, there) = (Iso.Members(run.World, column, o), Iso.Members(other.World, column, o));
                var both = here.Keys.Intersect(there.Keys).ToArray();
                Assert.True(both.Length > 5);
                Assert.All(both, id => Assert.Equal(here[id], there[id]));
            }
        }

        // whoever stands in a place is the same in both arms, and for every organization that may meet him or her
        var slots = Enumerable.Range(0, run.World.Pools.Count).ToArray();
        var occupied = slots.Where(s => run.World.PlaceAt(s).State != SlotState.Vacant);
        Assert.All(slots, s => Assert.Equal((run.World.PlaceAt(s).Since, run.World.PlaceAt(s).Until), (other.World.PlaceAt(s).Since, other.World.PlaceAt(s).Until)));
        foreach (var slot in occupied.Where((_, i) => i % 500 == 0))
        {
            var milieu = run.World.Setting.Milieus[run.World.PlaceAt(slot).Milieu];
            var (here, there) = (run.World.IdentityAt(slot, run.World.PlaceAt(slot)), other.World.IdentityAt(slot, other.World.PlaceAt(slot)));
            Assert.Equal(new Person(run.World.Draws, here, milieu), new Person(other.World.Draws, there, milieu));
        }
    }

    [Fact]
    public void Two_arms_share_their_luck()
    {
        using var run = Iso.Start(13);
        using var other = Iso.Start(13, Iso.With(("exit", "scale", 1.01)));
        run.Weeks(26);
        other.Weeks(26);
        var (here, there) = (Joiners(run), Joiners(other));
        Assert.True(here.Count > 20);
        Assert.True(here.Intersect(there).Count() > 0.8 * here.Count, $"{here.Intersect(there).Count()} of {here.Count}");

        using var stranger = Iso.Start(14);
        Assert.True(Joiners(stranger.Weeks(26)).Intersect(here).Count() < 0.3 * here.Count);

        static HashSet<ulong> Joiners(Run run) => [.. Iso.Members(run.World, Column.Joined).Where(m => BitConverter.SingleToInt32Bits(m.Value) > 0).Select(m => m.Key)];
    }

    [Fact]
    public void The_first_divergence_is_found()
    {
        using var plain = Iso.Start(15);
        using var tampered = Iso.Start(15, new Changes { Added = [("needs", () => new Tampering())] });
        var first = Trace(plain, 60).Zip(Trace(tampered, 60, but: "tampering")).Select((p, i) => (p.First, p.Second, Number: i)).First(p => p.First.Parts != p.Second.Parts);
        Assert.Equal((40, "hope"), (first.Second.Week, first.Second.After)); // the first look after it
        var parts = first.First.Parts.Split(' ').Zip(first.Second.Parts.Split(' ')).Where(p => p.First != p.Second).Select(p => p.First.Split('=')[0]);
        Assert.Equal(["member.education"], parts);

        static List<(int Week, string After, string Parts)> Trace(Run run, int weeks, string but = "")
        {
            var trace = new List<(int, string, string)>();
            run.After = (id, world) =>
            {
                if (id != but && world.Week > 35)
                    trace.Add((world.Week, id, string.Join(' ', StateHash.Parts(world).Select(p => $"{p.Name}={p.Hash}"))));
            };
            run.Weeks(weeks);
            return trace;
        }
    }

    private const string FileVariable = "POSIWID_TEST_RUN_FILE";

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Any_instruction_set(string without)
    {
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Posiwid.Tests.dll")]) { RedirectStandardOutput = true };
            start.Environment[without] = "0";
            start.Environment[FileVariable] = file;
            using var child = Process.Start(start)!;
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal($"{Iso.HashAfter(100, 21)}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>In the child: writes the hash and ends, before any test is looked for.</summary>
    [ModuleInitializer]
    internal static void WriteHash()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file)
            return;
        File.WriteAllText(file, $"{Iso.HashAfter(100, 21)}");
        Environment.Exit(0);
    }

    [Mechanism("nothing", "Nothing happens.", "assumed")]
    private sealed class Nothing : Mechanism
    {
        public override void Outside(World world)
        {
        }

        public override void Branch(World world, Branch branch)
        {
        }

        public override void Center(World world, Organization organization)
        {
        }
    }

    /// <summary>One member's education is changed by hand in week 40.</summary>
    [Mechanism("tampering", "For a test.", "assumed")]
    private sealed class Tampering : Mechanism
    {
        public override void Branch(World world, Branch branch)
        {
            if (world.Week == 40 && branch == world.Branches[0])
                branch.Roll.At(0, Column.Education) += 0.01f;
        }
    }
}
