using System.Text;
using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Simulation.Engine;
using Posiwid.Tests.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Fitting;

/// <summary>Fitting a small scenario, and running with what a fit found.</summary>
public class ScenarioFitTests
{
    private const string Header = "date,until,measure,low,high,scale,error,use,source,note\n";

    private static readonly Scenario Toy = Parse(ScenarioStarter.Text("toy").Replace("end: 2025-12-29", "end: 2005-12-26", StringComparison.Ordinal));

    private static readonly DataFiles Files = new(TestScenario.Iso);

    private static readonly Setting Ready = Setting.Of(Toy, Files);

    [Fact]
    public void PlantedParameters_AreFoundAgain()
    {
        // what was published comes from the model itself: mean of 40 runs with the planted values; two hundred members, so that luck does not drown them
        var setting = Setting.Of(Toy with { Organizations = Toy.Organizations.ToDictionary(o => o.Key, o => o.Value with { Members = 200, Branches = new Dictionary<string, double> { ["tenants"] = 10 } }) }, Files);
        string[] names = ["exit.base", "contact-making.scale"];
        double[] planted = [.06, 1.6];
        var plan = new RunPlan { Setting = Posterior.With(setting, names, planted), Runs = 40, Seed = 500 };
        var truth = Ensemble.Run(plan, 2, cancellation: TestContext.Current.CancellationToken);
        DateOnly[] dates = [new(2001, 6, 1), new(2003, 6, 1), new(2005, 6, 1)];
        var lines = dates.SelectMany(d => ((string[])["members", "exits/members"]).Select(m =>
        {
            var target = new FitTarget(new DateSpan(d, d), new DateSpan(d.AddMonths(5), d.AddMonths(5)), m, 1, 1, true, .1, true, "planted", "");
            var mean = truth.Runs.Average(r => target.In(r.Values, truth.Measures, setting.Calendar));
            return FormattableString.Invariant($"{d:yyyy-MM-dd},{d.AddMonths(5):yyyy-MM-dd},{m},{mean},,log,.1,fit,planted,\n");
        }));
        using var folder = new TempFolder();
        folder.Write("targets.csv", Header + string.Concat(lines));
        var targets = FitTargets.Read("targets.csv", new DataFiles(folder.File("x")), Toy);
        var priors = ScenarioFit.Priors(WithPriors(("exit.base", .02, .2), ("contact-making.scale", .4, 4)), Iso.Mechanisms);
        var result = Toys.Fit(ScenarioFit.Problem(setting, priors, targets), new FitSettings { Particles = 60, Simulations = 900, Seed = 3 }, 2);
        var marginals = Marginal.Of(priors, result.Particles);
        for (var k = 0; k < 2; k++)
        {
            Assert.InRange(planted[k], marginals[k].Low, marginals[k].High);
            Assert.True(marginals[k].Width < .75, $"{names[k]}: {marginals[k].Low} to {marginals[k].High}");
        }
    }

    [Fact]
    public void AFitStopsEarly_ButChangesNoBitsBefore()
    {
        // the summaries of a run that stops in 2002 are those of a whole run
        var target = new FitTarget(Day("2001-03-05"), Day("2002-03-05"), "members", 20, 20, false, 0, true, "here", "");
        var priors = ScenarioFit.Priors(WithPriors(("exit.base", .02, .2)), Iso.Mechanisms);
        var stopped = ScenarioFit.Problem(Ready, priors, [target]).Simulate([.07], 9, TestContext.Current.CancellationToken)!;
        var whole = Ensemble.One(new RunPlan { Setting = Posterior.With(Ready, ["exit.base"], [.07]), Seed = 9 }, 0, cancellation: TestContext.Current.CancellationToken)!;
        Assert.Equal(target.In(whole.Values, MeasureCatalog.Of(Toy), Ready.Calendar), stopped[0]);
        Assert.True(stopped[0] > 0);
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        Assert.Null(ScenarioFit.Problem(Ready, priors, [target]).Simulate([.07], 9, gone.Token));
    }

    [Fact]
    public void Errors_AreAddedOnTheScaleOfTheFigure()
    {
        // range 800 to 1000 in the logarithm: middle ln 894.43 = 6.79618, half width .11157, spread sqrt(.3² + .11157²/3) = .30683
        var target = new FitTarget(Day("2001-03-05"), Day("2001-03-05"), "members", 800, 1000, true, .3, true, "S34", "");
        Assert.Equal(6.79618, target.Observed, 1e-5);
        Assert.Equal(.30683, target.Spread, 1e-5);
        var published = Enumerable.Range(0, 4000).Select(i => target.Published(900, (ulong)i, 0)).ToArray();
        Assert.Equal(Math.Log(900), published.Average(), 4 * .30683 / Math.Sqrt(4000));
        Assert.Equal(.30683, Math.Sqrt(published.Average(p => Math.Pow(p - published.Average(), 2))), .015);
        Assert.True(double.IsNaN(target.Published(0, 1, 0)));
    }

    [Fact]
    public void Predicted_CountsRunsInWhichSomethingIsGone()
    {
        var plan = new RunPlan { Setting = Posterior.With(Ready, ["exit.base", "exit.needs-met"], [1, 0]), Runs = 6 };
        var dying = Ensemble.Run(plan, 1, cancellation: TestContext.Current.CancellationToken);
        FitTarget[] targets =
        [
            new(Day("2005-06-01"), Day("2005-06-01"), FitTarget.Alive, 1, 1, false, 0, false, "here", ""),
            new(Day("2005-06-01"), Day("2005-06-01"), FitTarget.Alive, 0, 0, false, 0, false, "here", ""),
            new(Day("2005-06-01"), Day("2005-06-01"), "members", 100, 100, true, .1, false, "here", ""),
            new(Day("2000-02-01"), Day("2000-02-01"), "members", 1, 1000, true, .1, false, "here", ""),
            new(Day("2000-02-01"), Day("2005-06-01"), FitTarget.Ends, 1, 1, false, 0, false, "here", ""), // there, then gone
            new(Day("2005-05-01"), Day("2005-06-01"), FitTarget.Ends, 1, 1, false, 0, false, "here", ""), // gone before
            new(Day("2000-02-01"), Day("2000-02-01"), FitTarget.Ends, 0, 0, false, 0, false, "here", ""), // there all the time
        ];
        var check = PredictiveCheck.Of(dying, plan, targets);
        Assert.All(dying.Runs, r => Assert.Equal(Fate.Dwindled, r.Fate));
        Assert.Equal((0, false), (check[0].Share, check[0].IsMet));
        Assert.Equal((1, true), (check[1].Share, check[1].IsMet));
        Assert.Equal((0, 1, false), (check[2].There, check[2].Below, check[2].IsMet));
        Assert.True(check[3].IsMet);
        Assert.Equal([(1, true), (0, false), (1, true)], check.Skip(4).Select(f => (f.Share, f.IsMet)));
    }

    [Fact]
    public void ADraw_StandsInThePlaceOfADefault()
    {
        var draws = Posterior.Parse("weight,recruiting.asking,exit.base\n1,0.2,0.05\n3,0.6,0.15\n", "draws.csv", Iso.Mechanisms);
        var drawn = draws.Draws[draws.DrawOf(1)];
        double InForce(Scenario scenario, string name, ulong seed = 1) =>
            Parameters.InForce(new Posiwid.Simulation.Engine.Simulation(draws.Of(Setting.Of(scenario, Files), seed), seed).Mechanisms)[name];
        Assert.Equal(drawn[0], InForce(Toy, "recruiting.asking"), 1e-6);
        Assert.Equal(drawn[1], InForce(Toy, "exit.base"), 1e-6);
        // a dose multiplies what it doses; what the scenario sets itself stays
        var dosed = Toy with { Mechanisms = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["recruiting"] = new Dictionary<string, double> { ["dose"] = .5 }, ["exit"] = new Dictionary<string, double> { ["base"] = .3 } } };
        Assert.Equal(drawn[0] / 2, InForce(dosed, "recruiting.asking"), 1e-6);
        Assert.Equal(.3, InForce(dosed, "exit.base"), 1e-6);
        // a rule put in another's place keeps its own
        var variant = WeeklySchedule.Variants.Select(make => make()).First();
        var other = Toy with { Instead = new Dictionary<string, string> { [variant.Id] = variant.Variant } };
        Assert.False(Posterior.With(Setting.Of(other, Files), [$"{variant.Id}.speed"], [.1]).Scenario.Mechanisms.ContainsKey(variant.Id));
        // what is set from a date on comes last
        var overridden = Toy with { Overrides = [new() { Set = "exit.base", To = .4, From = Toy.Start }] };
        using var run = new Posiwid.Simulation.Engine.Simulation(draws.Of(Setting.Of(overridden, Files), 1), 1);
        run.Step();
        Assert.Equal(.4, Parameters.InForce(run.Mechanisms)["exit.base"], 1e-6);
    }

    [Fact]
    public void DrawsGoByWeight_AndBySeedAlone()
    {
        var draws = Posterior.Parse("weight,exit.base\n1,0.05\n3,0.15\n", "draws.csv", Iso.Mechanisms);
        var plan = new RunPlan { Setting = Ready, Posterior = draws, Seed = 7, Runs = 3 };
        // three in four, within four standard errors of sqrt(.75 x .25 / 4000)
        Assert.Equal(.75, Enumerable.Range(0, 4000).Average(i => (double)draws.DrawOf((ulong)i)), 4 * Math.Sqrt(.75 * .25 / 4000));
        // another arm of an experiment, with changes of its own, has the same draw; so has the same seed under another number
        Assert.Equal(plan.SettingOf(2).Scenario.Mechanisms["exit"]["base"], (plan with { Seed = 9, Changes = Iso.Dosed(("hope", .5)) }).SettingOf(0).Scenario.Mechanisms["exit"]["base"]);
        Assert.Same(Ready, (plan with { Posterior = null }).SettingOf(0));
        // an ensemble on defaults is another one, and says so
        var cancellation = TestContext.Current.CancellationToken;
        var fitted = Ensemble.Run(plan, 2, cancellation: cancellation);
        Assert.Equal(fitted.Runs.Select(r => r.StateHash), Ensemble.Run(plan, 1, cancellation: cancellation).Runs.Select(r => r.StateHash));
        Assert.NotEqual(fitted.Runs.Select(r => r.StateHash), Ensemble.Run(plan with { Posterior = null }, 2, cancellation: cancellation).Runs.Select(r => r.StateHash));
        Assert.Contains(fitted.Notes, n => n.Contains("draws.csv"));
    }

    [Fact]
    public void WhatAFitWrites_IsReadBack()
    {
        Particle[] particles = [new(0, 0, [0], [.1], [0], 1), new(0, 1, [0], [1 / 3.0], [0], 3)];
        var text = Posterior.Text(["exit.base"], particles);
        Assert.Equal("weight,exit.base\n0.25,0.1\n0.75,0.33333334\n", text);
        Assert.Equal([.25, .75], Posterior.Parse(text, "x.csv", Iso.Mechanisms).Weights);
    }

    [Theory]
    [InlineData("exit.base\n0.1\n", "x.csv:1:1: column 'weight' is missing")]
    [InlineData("weight,exit.bass\n1,0.1\n", "did you mean 'exit.base'?")]
    [InlineData("weight,exit.base,exit.base\n1,0.1,0.1\n", "each once")]
    [InlineData("weight,exit.base\n", "no parameter set")]
    [InlineData("weight,exit.base\n1,0.1\n-1,0.1\n", "x.csv:3:1: weight: a weight is a number above 0")]
    [InlineData("weight,exit.base\n1,7\n", "x.csv:2:3: exit.base: 7 is out of range: 1/week, from 0.001 to 1")]
    [InlineData("weight,exit.base\n1,\n", "x.csv:2:3: exit.base: the value is missing")]
    [InlineData("weight,exit.base\n1,a\n", "x.csv:2:3: exit.base: 'a' is not a number")]
    [InlineData("weight,exit.base\n1\n", "x.csv:2:1: ")]
    public void ABadFileOfDraws_IsSaidWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ScenarioException>(() => Posterior.Parse(text, "x.csv", Iso.Mechanisms)).Message);

    [Theory]
    [InlineData("2001,,memberz,1,,log,.1,fit,S1,", "t.csv:2:7: measure: no run records 'memberz'; did you mean 'members'?")]
    [InlineData("2001,,members,1,,lug,.1,fit,S1,", "t.csv:2:18: scale: 'lug' is not one of log, linear; did you mean 'log'?")]
    [InlineData("2001,,members,1,,log,.1,fits,S1,", "use: 'fits' is not one of fit, check")]
    [InlineData("2001,,members,0,,log,.1,fit,S1,", "low: a figure that is compared by ratio must be above 0")]
    [InlineData("2001,,members,9,8,log,.1,fit,S1,", "high: the highest figure is lower than the lowest")]
    [InlineData("2001,,members,9,,log,,fit,S1,", "error: the error of the figure is missing")]
    [InlineData("2001,,members,9,,log,-1,fit,S1,", "error: an error is 0 or more")]
    [InlineData("2001,,members,9,,log,.1,fit,,", "source: the source is missing")]
    [InlineData("1950,,members,9,,log,.1,fit,S1,", "date: it lies outside the simulated time (2000-01-03 to 2005-12-26)")]
    [InlineData("2002,2001,members,9,,log,.1,fit,S1,", "until: it ends before it begins")]
    [InlineData("later,,members,9,,log,.1,fit,S1,", "t.csv:2:1: date: 'later' is not a date")]
    [InlineData("2001,,members,9,,log,.1,check,S1,", "no row is for the fit")]
    public void ABadFileOfFigures_IsSaidWhere(string row, string message)
    {
        using var folder = new TempFolder();
        folder.Write("t.csv", Header + row + "\n");
        Assert.Contains(message, Assert.Throws<ScenarioException>(() => FitTargets.Read("t.csv", new DataFiles(folder.File("x")), Toy)).Message);
    }

    [Theory]
    [InlineData("exit.bass: { shape: uniform, from: .1, to: .2, source: V5 }", "unknown parameter 'exit.bass'; did you mean 'exit.base'?")]
    [InlineData("exit.base: { shape: uniform, from: .2, to: .1, source: V5 }", "the upper end (0.1) must lie above the lower one (0.2)")]
    [InlineData("exit.base: { shape: uniform, from: .2, to: 7, source: V5 }", "7 is out of range: 1/week, from 0.001 to 1")]
    [InlineData("exit.base: { shape: triangle, from: .2, to: .3, source: V5 }", "'triangle' is not one of uniform, log-uniform, normal, log-normal")]
    [InlineData("exit.base: { shape: uniform, from: .2, source: V5 }", "key 'to' is missing")]
    [InlineData("exit.base: { shape: uniform, from: .1, to: .2 }", "key 'source' is missing")]
    [InlineData("recruiting.impressiveness: { shape: log-uniform, from: 0, to: .2, source: V10 }", "a shape in the logarithm needs ends above 0")]
    [InlineData("exit.base: { shape: uniform, from: .1, to: .2, source: V5 }\nmechanisms: { exit: { base: .1 } }", "a parameter that is fitted cannot be held")]
    public void ABadPrior_IsSaidWhere(string prior, string message)
    {
        var errors = Assert.Throws<ScenarioException>(() => Parse(ScenarioStarter.Text("toy") + "\npriors:\n  " + prior + "\n")).Errors;
        Assert.Contains(errors, e => e.Message.Contains(message) && e.Line > 100);
    }

    [Fact]
    public void AMissingFileOfDraws_IsSaidWhere() =>
        Assert.Contains("posterior: file not found: 'data/none.csv'", Assert.Throws<ScenarioException>(() => Parse(ScenarioStarter.Text("toy") + "\nposterior: data/none.csv\n")).Message);

    [Fact]
    public void TheFlagshipsPriorsAndFigures_CanBeRead()
    {
        var targets = FitTargets.Read("data/iso_targets.csv", Files, Iso.Scenario);
        Assert.All(targets.Where(t => t.ForFit), t => Assert.True(t.Until.Last.Year <= 2005));
        var priors = ScenarioFit.Priors(Iso.Scenario, Iso.Mechanisms);
        Assert.Equal(8, priors.Count);
        // the hand-set defaults are among what is thought possible
        Assert.All(priors, p => Assert.InRange(Iso.Mechanisms.SelectMany(m => m.Parameters.Select(x => (Name: $"{m.Id}.{x.Name}", x.Default))).Single(x => x.Name == p.Name).Default, p.From, p.To));
    }

    private static Scenario Parse(string text) => ScenarioFile.Parse(Encoding.UTF8.GetBytes(text), "toy.yaml", Iso.Mechanisms, new DataFiles(TestScenario.Iso));

    private static Scenario WithPriors(params (string Name, double From, double To)[] priors) => Toy with
    {
        Priors = priors.ToDictionary(p => p.Name, p => new PriorSpec { Shape = PriorShape.LogUniform, From = p.From, To = p.To, Source = "assumed" }),
    };

    private static DateSpan Day(string day) => DateSpan.TryParse(day, out var span) ? span : throw new ArgumentException(day);
}
