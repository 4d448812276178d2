using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Conventions;
using Posiwid.Tests.Simulation.Engine;
using KnockOut = Posiwid.Simulation.Experiments.KnockOut;

namespace Posiwid.Tests.Simulation.Claims;

/// <summary>What a claim takes of a profile is what <c>posiwid purpose</c> finds on the same seeds.</summary>
public class ProfileRunTests
{
    private const int Runs = 3, Week = 260;

    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    private static readonly IReadOnlyList<Function> Functions = Function.Read(Repository.PathOf("data/functions.csv"), Ends);

    private static readonly RunPlan Plan = new() { Setting = Iso.Of(Iso.Scenario with { End = new(1986, 12, 29) }), Runs = Runs, Seed = 11 };

    private static FigureSpec Figure => new() { Take = Take.PurposeProfile, Day = Plan.Setting.Calendar.Date(Week) };

    private static IReadOnlyList<(ProfilePart Part, CodingBound Coding, double[] Values)> Of(int run, FigureSpec? figure = null, RunPlan? plan = null, params ProfileLine[] lines) =>
        new ProfileRun(plan ?? Plan, figure ?? Figure, lines.Length > 0 ? lines : Enum.GetValues<ProfileLine>(), Ends, Functions).Of(run, TestContext.Current.CancellationToken)!;

    private static double[] Part(IEnumerable<(ProfilePart Part, CodingBound Coding, double[] Values)> parts, ProfilePart part, CodingBound coding = CodingBound.Usual) =>
        parts.Single(p => p.Part == part && p.Coding == coding).Values;

    [Fact]
    public void It_gives_what_the_purpose_profile_gives()
    {
        var trials = PurposeExperiment.Run(new PurposePlan { Run = Plan, Ends = Ends, Functions = Functions, Dates = [Week], OnlyWhatVotes = true }, 1, cancellation: TestContext.Current.CancellationToken);
        var data = PurposeExperiment.Data(new PurposePlan { Run = Plan, Ends = Ends, Functions = Functions, Dates = [Week], OnlyWhatVotes = true }, trials, []);
        var parts = Enumerable.Range(0, Runs).Select(i => Of(i)).ToArray();
        var n = Ends.All.Count;
        for (var e = 0; e < n; e++)
        {
            var end = Ends.All[e];
            // hours of all runs together, and money
            Assert.Equal(EffortShares.Of([.. data.Hours.SelectMany(h => h)], Ends)![e].Hours, MeasureCatalog.WeeksBetween * parts.Sum(p => Part(p, ProfilePart.Hours)[e]), 3);
            Assert.Equal(EffortShares.Of(data.MoneyOut, Ends)![e].Hours, parts.Sum(p => Part(p, ProfilePart.Money)[e]), 3);
            // the blow that harms
            if (trials.Defense.SingleOrDefault(d => d.End == end.Code && d.Dose == -1) is { } blow && !end.IsPlacebo)
            {
                for (var i = 0; i < Runs; i++)
                {
                    var found = Part(parts[i], ProfilePart.Defense);
                    if (blow.Live[i] is not { } live || live.Concat(blow.Replayed[i]!).Concat(blow.Undisturbed[i]!).Any(double.IsNaN))
                        Assert.True(double.IsNaN(found[e]));
                    else
                        Assert.Equal((live.Sum() - blow.Undisturbed[i]!.Sum(), blow.Replayed[i]!.Sum() - blow.Undisturbed[i]!.Sum()), (found[e], found[n + e]), Near);
                }
            }

            // lives
            var served = Functions.Where(f => f.End == end.Code).Select(f => f.Id).ToHashSet();
            var lives = trials.Lives.Skip(1).SingleOrDefault(l => served.Count > 0 && served.SetEquals(l.Without));
            Assert.Equal(lives?.Weeks.Select(w => (double)w) ?? Enumerable.Repeat(double.NaN, Runs), parts.Select(p => Part(p, ProfilePart.Necessity)[e]));
        }

        Assert.Equal(trials.Lives[0].Weeks.Select(w => (double)w), parts.Select(p => Part(p, ProfilePart.Necessity)[n]));
        Assert.All(parts, p => Assert.Equal(Plan.Setting.Weeks, Part(p, ProfilePart.Necessity)[n + 1]));

        static bool Near((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) <= 1e-9 * (1 + Math.Abs(a.Item1));
    }

    [Fact]
    public void Hours_and_money_are_those_of_a_time()
    {
        var early = Figure with { To = new(1979, 12, 30) };
        var late = Figure with { From = new(1979, 12, 31) }; // a Monday
        foreach (var part in new[] { ProfilePart.Hours, ProfilePart.Money })
        {
            double[] All(FigureSpec figure) => Part(Of(0, figure, null, ProfileLine.Effort), part);
            Assert.True(All(late).Sum() > 0);
            Assert.Equal(All(Figure), All(early).Zip(All(late), (a, b) => a + b), (a, b) => Math.Abs(a - b) <= 1e-9 * (1 + a));
        }
    }

    [Fact]
    public void Lines_that_are_not_wanted_are_not_run()
    {
        Assert.Equal([ProfilePart.Defense], Of(0, null, null, ProfileLine.Defense).Select(p => p.Part));
        Assert.Equal([ProfilePart.Hours, ProfilePart.Money], Of(0, null, null, ProfileLine.Effort).Select(p => p.Part).Distinct());
    }

    /// <summary>What an arm is without stays away when something else is taken away too.</summary>
    [Fact]
    public void A_loss_comes_on_top_of_what_an_arm_is_without()
    {
        var own = new Changes { FlagshipDoses = new Dictionary<string, double> { ["dues"] = 0.5, ["conference"] = 0 } };
        var both = PurposeExperiment.With(own, KnockOut.Of(Plan.Setting, [.. Functions.Where(f => f.Id == "dues")]));
        Assert.Equal([("conference", 0.0), ("dues", 0.0)], both.FlagshipDoses.OrderBy(d => d.Key).Select(d => (d.Key, d.Value)));
        var without = Plan with { Changes = new Changes { Added = [(BarredActivities.After(FreedHours.ProRata), () => new BarredActivities(["meeting"], FreedHours.ProRata))] } };
        Assert.All(Part(Of(0, null, without, ProfileLine.Necessity), ProfilePart.Necessity), w => Assert.True(double.IsNaN(w) || w > 0)); // barred activities twice over
    }
}
