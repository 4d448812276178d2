using MathNet.Numerics.Statistics;
using Posiwid.Purpose.KnownSystems;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.KnownSystems;

/// <summary>The table of known answers of the methods, 1b: 200 paired seeds, a blow of -3, 60 weeks. Systems that are not linear depend on the luck, within the tolerances given there.</summary>
public class ControlSystemsTests
{
    private static DefenseResult Blow(ControlSystem system, double dose = -3, string variable = "q", string disturbance = "q") =>
        Defense.Of(system.Try(variable, disturbance, dose), displacement: dose);

    private static void Holds(ControlSystem system, double share, double passive, double active, double late, string word, double tolerance = 0.0006, double blind = 0)
    {
        var result = Blow(system);
        Assert.Equal(share, result.Share.Value!.Value, tolerance);
        Assert.Equal(passive, result.Recovery[20].Passive, tolerance);
        Assert.Equal(active, result.Recovery[20].Active, tolerance);
        Assert.Equal(blind, result.Blind.Value!.Value, tolerance);
        Assert.Equal(late, Defense.Of(system.Try("q", "q", -0.3, lasts: true)).Late.Value!.Value, tolerance);
        Assert.Equal(word, result.Word);
    }

    [Fact]
    public void Nothing_brings_a_random_walk_back() => Holds(ControlSystems.RandomWalk, 0, 0, 0, 0, "not defended", 1e-9);

    // 1 - .7^20 = .9992
    [Fact]
    public void A_habit_comes_back_by_itself() => Holds(ControlSystems.Decay, 0, 1 - Math.Pow(0.7, 20), 0, 0, "stable but passive", 1e-9);

    // 1 - .9575^20 = .580
    [Fact]
    public void A_heavy_mass_slows_down_by_itself() => Holds(ControlSystems.HeavyMass, 0, 0.580, 0, 0, "stable but passive");

    [Fact]
    public void A_spring_is_feedback_and_not_control() => Holds(ControlSystems.Spring, 0, 1, 0, 0, "stable but passive", 0.002);

    // the methods' table calls it "not defended"; by their own rule (half of it comes back by itself) it is "stable but passive": neither is a defense
    // 1 - .9^20 = .878; deviation with and without its own acting: sqrt(1 + 1.08²) = 1.47, so that 1 - 1.47 = -.47
    [Fact]
    public void Who_acts_by_lot_makes_it_worse_than_doing_nothing()
    {
        Holds(ControlSystems.RandomActor, 0, 0.878, 0, 0, "stable but passive");
        var (live, frozen) = ControlSystems.RandomActor.Noise("q", 400_000);
        var (stability, bits) = Defense.Regulation(live, frozen)!.Value;
        Assert.Equal(-0.47, stability, 0.02);
        Assert.Equal(-Math.Log2(1.47), bits, 0.02);
    }

    // D = 1 - (1 - .7^60) / (60 × .3) = .9444; the recovery after 20 weeks is 1 - .7^20 = .9992
    // a lasting push p: replayed it is p (h + 1), live p (1 - .7^(h + 1)) / .3; over weeks 40..59: 1 - 66.67 / 1010 = .934
    [Fact]
    public void Control_in_proportion() => Holds(ControlSystems.Proportional, 1 - ((1 - Math.Pow(0.7, 60)) / 18), 0, 1 - Math.Pow(0.7, 20), 0.934, "defended", 0.0005);

    [Fact]
    public void Control_with_an_integral_leaves_no_remainder() => Holds(ControlSystems.Pid, 1, 0, 1.034, 1, "defended", 0.001);

    [Fact]
    public void A_late_answer_overshoots() => Holds(ControlSystems.Delayed, 0.861, 0, 1.277, 0.833, "defended", 0.004);

    [Fact]
    public void A_thermostat_holds_the_warmth_partly_by_the_house()
    {
        var result = Blow(ControlSystems.Thermostat);
        Assert.Equal(0.898, result.Share.Value!.Value, 0.02);
        Assert.Equal(0.710, result.Recovery[20].Passive, 0.001);
        Assert.Equal(0.327, result.Recovery[20].Active, 0.04);
        Assert.Equal(0, result.Blind.Value!.Value, 0.0006);
        Assert.Equal(0.942, Defense.Of(ControlSystems.Thermostat.Try("q", "q", -0.3, lasts: true)).Late.Value!.Value, 0.02);
        Assert.Equal("defended", result.Word);
    }

    [Fact]
    public void Who_wants_no_less_defends_on_one_side()
    {
        Assert.Equal(0.884, Blow(ControlSystems.OneSided).Share.Value!.Value, 0.03);
        Assert.Equal(0.418, Blow(ControlSystems.OneSided, 3).Share.Value!.Value, 0.06);
        Assert.Equal(0, Blow(ControlSystems.OneSided).Blind.Value!.Value, 0.0006);
    }

    [Fact]
    public void Variety_runs_out()
    {
        (double Dose, double Share)[] known = [(0.5, 0.954), (1, 0.941), (3, 0.877), (10, 0.650), (30, 0.248)];
        var curve = known.Select(k => (k.Dose, Blow(ControlSystems.Saturated, -k.Dose).Share.Value!.Value)).ToArray();
        Assert.All(known.Zip(curve), pair => Assert.Equal(pair.First.Share, pair.Second.Value, 0.02));
        Assert.InRange(Defense.DoseOfHalf(curve)!.Value, 10, 30);
        Assert.Equal(0, Blow(ControlSystems.Saturated).Blind.Value!.Value, 0.0006);
    }

    // with members lost the loop closes by .25 a week: D = 1 - (1 - .75^60) / (60 × .25) = .9333 for members and income;
    // with dues cut by a fifth it closes by .2: D = 1 - (1 - .8^60) / 12 = .9167 for income, and members move to 125:
    // 25 × (60 - (1 - .8^60) / .2) = 1375 member-weeks
    [Fact]
    public void Income_is_held_and_members_are_a_means()
    {
        var system = ControlSystems.DuesIncome;
        Assert.Equal(1 - (1 / 15.0), Blow(system, -3, "members", "members").Share.Value!.Value, 1e-6);
        Assert.Equal(1 - (1 / 15.0), Blow(system, -3, "income", "members").Share.Value!.Value, 1e-6);
        Assert.Equal(1 - (1 / 12.0), Blow(system, -0.2, "income", "dues").Share.Value!.Value, 1e-3);
        Assert.Equal(0, Blow(system, -0.2, "income", "dues").Blind.Value!.Value, 0.0006);
        var members = Blow(system, -0.2, "members", "dues");
        Assert.False(members.Share.Known);
        Assert.True(members.MeansPValue < 1e-6);
        Assert.Equal("means", members.Word);
        var moved = members.Trial.Live.Zip(members.Trial.Undisturbed).Average(p => p.First!.Sum() - p.Second!.Sum());
        Assert.Equal(1375, moved, 0.1);
    }

    [Fact]
    public void A_homeostat_answers_a_blow_to_what_holds_it()
    {
        var trial = ControlSystems.Homeostat.Try("out_of_bounds", "polarity", 1, seeds: 50, weeks: 600);
        double Out(IReadOnlyList<double[]?> arm) => arm.Average(a => a!.TakeLast(200).Count(x => x > 0) / 200.0);
        Assert.True(Out(trial.Live) < 0.05, $"{Out(trial.Live)}");
        Assert.True(Out(trial.Replayed) > 0.95, $"{Out(trial.Replayed)}");
        var result = Defense.Of(trial);
        Assert.True(result.Share.Low > 0.5, $"{result.Share}");
        Assert.Equal("defended", result.Word);
    }

    [Fact]
    public void What_is_always_zero_cannot_be_defended()
    {
        Assert.Equal("identity, not testable", Blow(ControlSystems.Ledger, -3, "balance", "loss").Word);
        var cash = Blow(ControlSystems.Ledger, -3, "cash", "loss");
        Assert.Equal(0, cash.Share.Value!.Value, 1e-9);
        Assert.Equal("not defended", cash.Word);
    }

    [Fact]
    public void No_blow_makes_no_difference_to_the_last_bit()
    {
        foreach (var system in ControlSystems.All)
        {
            var trial = system.Try(system.Variables.Keys.First(), system.Disturbances.Keys.First(), 0, seeds: 3);
            foreach (var arm in new[] { trial.Live, trial.Replayed, trial.Blinded! })
                Assert.All(arm.Zip(trial.Undisturbed), pair => Assert.Equal(pair.Second, pair.First));
        }
    }

    // q = d + o: under good control neither q's disturbance nor what is done against it shows in q (methods: corr(q,o) .061, corr(q,d) .181, corr(o,d) -.970)
    [Fact]
    public void Under_good_control_the_quantity_tells_nothing_of_the_action()
    {
        var (luck, n) = (new AddressedRandom(1, 1), 20_000);
        var (q, o, d) = (new double[n], new double[n], new double[n]);
        for (var t = 1; t < n; t++)
        {
            d[t] = (0.99 * d[t - 1]) + luck.Normal(0, (uint)t);
            o[t] = o[t - 1] - (0.5 * q[t - 1]);
            q[t] = d[t] + o[t];
        }

        Assert.InRange(Correlation.Pearson(q, o), -0.2, 0.2);
        Assert.InRange(Correlation.Pearson(q, d), 0, 0.35);
        Assert.True(Correlation.Pearson(o, d) < -0.95);
    }
}
