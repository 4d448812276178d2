using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Tests.Purpose.Lines;

public class RecordedShocksTests
{
    private static readonly PurposeSettings Settings = new();

    private static readonly DeclaredAction Raises = new(1);

    // K11. Both obey q(t) = .7 q(t-1) + e(t) + d(t): one falls back by itself and its action is noise, the other acts a(t) = -.3 q(t-1) + e(t) and
    // stays where it is put. q is the same to the last bits, .7^h after h weeks; the action is 0 and -(1 - .7^h).
    [Fact]
    public void Twins_differ_in_the_action_alone()
    {
        var (passive, active) = (Twin(3000, 1, .1, false, horizon: 8), Twin(3000, 1, .1, true, horizon: 8));
        Assert.All(passive.Quantity.Zip(active.Quantity), p => Assert.Equal(p.First.Response.Value!.Value, p.Second.Response.Value!.Value, 1e-9));
        foreach (var h in (int[])[0, 1, 4, 8])
        {
            Assert.Equal(Math.Pow(.7, h), active.Quantity[h].Response.Value!.Value, .05);
            Assert.Equal(Math.Pow(.7, h) - 1, active.Action[h].Response.Value!.Value, .05);
            Assert.Equal(0, passive.Action[h].Response.Value!.Value, .05);
        }

        Assert.Equal("consistent with defense", active.Word);
        Assert.Equal((true, true, true, null), (active.Returns, active.Opposes, active.Moves, active.Why));
        Assert.Equal("not consistent with defense", passive.Word);
        Assert.Equal((true, false, false), (passive.Returns, passive.Opposes, passive.Moves));
        Assert.Contains("is not seen to answer", passive.Why);
    }

    // a = -.3 (q - 20) = 6 - .3 q.
    [Fact]
    public void The_rule_gives_gain_and_set_point()
    {
        var r = Twin(600, 2, .3, true, shift: 20, declared: new(1, 0, 25));
        Assert.Equal(.3, r.Gain.Value!.Value, .05);
        Assert.True(r.SetPoint.Low < 20 && r.SetPoint.High > 20 && r.SetPoint.High < 25);
        Assert.Equal(25, r.Target);
        var passive = Twin(600, 2, .3, false);
        Assert.True(passive.Gain.Low < 0 && passive.Gain.High > 0);
        Assert.Contains("told from 0", passive.SetPoint.Why);
    }

    // Its action answers, but the quantity falls back by itself whatever is done.
    [Fact]
    public void An_answer_that_moves_nothing_is_no_defense()
    {
        var (q, a, shocks) = World(600, 3, .3, true);
        var random = new AddressedRandom(77, 1);
        for (var t = 1; t < q.Length; t++)
        {
            q[t] = (.7 * q[t - 1]) + shocks.Where(s => s.Week == t).Sum(s => s.Size) + (.3 * random.Normal(1, (uint)t));
            a[t] = (-.3 * q[t - 1]) + (.3 * random.Normal(2, (uint)t));
        }

        var r = RecordedShocks.Of("x", q, a, shocks, Raises, Settings);
        Assert.Equal((true, true, false), (r.Returns, r.Opposes, r.Moves));
        Assert.Equal(("not consistent with defense", "the action is not seen to move it as declared"), (r.Word, r.Why));
    }

    [Fact]
    public void The_sign_is_that_declared()
    {
        var (q, a, shocks) = World(600, 4, .3, true);
        Assert.Equal("consistent with defense", RecordedShocks.Of("x", q, [.. a.Select(v => -v)], shocks, new(-1), Settings).Word);
        Assert.Equal("not consistent with defense", RecordedShocks.Of("x", q, [.. a.Select(v => -v)], shocks, Raises, Settings).Word);
    }

    // A rule without any variation of its own: its action is the week before, so what it does to the quantity cannot be told.
    [Fact]
    public void Without_variation_of_its_own_the_action_s_effect_cannot_be_told()
    {
        var (q, a, shocks) = World(600, 5, .3, true, own: 0);
        var r = RecordedShocks.Of("x", q, a, shocks, Raises, Settings);
        Assert.Equal((true, true, null), (r.Returns, r.Opposes, r.Moves));
        Assert.Equal("cannot be told", r.Word);
        Assert.Contains("whether the action moves it", r.Why);
    }

    [Fact]
    public void Where_it_stays_where_it_is_put_it_does_not_go_back()
    {
        var (q, a, shocks) = World(1500, 6, .3, false);
        var random = new AddressedRandom(6, 3);
        for (var t = 1; t < q.Length; t++)
            q[t] = q[t - 1] + shocks.Where(s => s.Week == t).Sum(s => s.Size) + (.1 * random.Normal(1, (uint)t));
        var r = RecordedShocks.Of("x", q, a, shocks, Raises, Settings);
        Assert.False(r.Returns);
        Assert.Contains("does not go back", r.Why);
    }

    [Fact]
    public void Only_shocks_from_outside_that_nobody_saw_coming_count()
    {
        var (q, a, shocks) = World(400, 7, .3, true);
        DatedShock[] more = [.. shocks, new(50, 9, false, false), new(60, 9, true, true), new(399, 9, true, false), new(70, 0, true, false), new(900, 9, true, false)];
        var (r, without) = (RecordedShocks.Of("x", q, a, more, Raises, Settings), RecordedShocks.Of("x", q, a, shocks, Raises, Settings));
        // of 400 weeks, four are held fixed before a shock and 13 follow it: the last that can be used is 400 - 1 - 13 = 386
        Assert.Equal(["from inside", "seen coming", "with fewer than 13 measures after it", "of size 0", "after the last measure"], r.Unused.TakeLast(5).Select(u => u.Why));
        Assert.Equal([50, 60, 399, 70, 900], r.Unused.TakeLast(5).Select(u => u.Week));
        Assert.Equal(without.Unused.Count + 5, r.Unused.Count);
        Assert.All(without.Unused, u => Assert.True(u.Week is < 4 or > 386));
        Assert.Equal(shocks.Count(s => s.Week is < 4 or > 386), without.Unused.Count);
        Assert.Equal(without.Quantity, r.Quantity);
        Assert.Equal(without.Shocks, r.Shocks);
    }

    [Fact]
    public void Few_weeks_or_shocks_are_only_indicative()
    {
        var (q, a, shocks) = World(260, 8, .1, true);
        var r = RecordedShocks.Of("x", q, a, shocks, Raises, Settings);
        Assert.True(r.Indicative);
        Assert.Equal("indicative: consistent with defense", r.Word);
        var (longQ, longA, longShocks) = World(600, 8, .1, true);
        Assert.True(RecordedShocks.Of("x", longQ, longA, [.. longShocks.Where(s => s.Week > 4).Take(14)], Raises, Settings).Indicative);
        Assert.False(RecordedShocks.Of("x", longQ, longA, longShocks, Raises, Settings).Indicative);
    }

    [Fact]
    public void What_cannot_be_told_has_a_reason()
    {
        var (q, a, shocks) = World(400, 9, .3, true);
        Tells("no shock", RecordedShocks.Of("x", q, a, [], Raises, Settings));
        Tells("no shock", RecordedShocks.Of("x", [], [], [], Raises, Settings));
        Tells("too few", RecordedShocks.Of("x", q[..24], a[..24], [new(6, 1, true, false)], Raises, Settings));
        Tells("never varies", RecordedShocks.Of("x", [.. q.Select(_ => 3.0)], a, shocks, Raises, Settings));
        var constant = RecordedShocks.Of("x", q, [.. q.Select(_ => 1.0)], shocks, Raises, Settings);
        Assert.Equal(("not consistent with defense", "the action never varies"), (constant.Word, constant.Why));
        Assert.Throws<ArgumentException>(() => RecordedShocks.Of("x", q, a[1..], shocks, Raises, Settings));
        Assert.Throws<ArgumentException>(() => RecordedShocks.Of("x", q, a, shocks, new(0), Settings));
        Assert.Equal([new UnusedShock(5, "without a size"), new(-1, "before the first measure"), new(3, "with fewer than 4 measures before it")],
            RecordedShocks.Of("x", q, a, [new(5, double.NaN, true, false), new(-1, 1, true, false), new(3, 1, true, false)], Raises, Settings).Unused);

        static void Tells(string why, RecordedShocksResult r)
        {
            Assert.Equal("cannot be told", r.Word);
            Assert.Contains(why, r.Why);
        }
    }

    // Noise as large as the action's own variation, ten years, 50 shocks: how often each twin gets which word.
    [Fact]
    public void The_passive_twin_is_hardly_ever_called_consistent()
    {
        var (active, passive, runs) = (0, 0, 12u);
        for (uint run = 0; run < runs; run++)
        {
            active += Twin(520, 100 + run, .5, true, horizon: 8).Word == "consistent with defense" ? 1 : 0;
            passive += Twin(520, 100 + run, .5, false, horizon: 8).Word == "consistent with defense" ? 1 : 0;
        }

        Assert.InRange(active, 9, 12);
        Assert.Equal(0, passive);
    }

    // Six years, thirty shocks, and noise in which an answer gets lost: of 40 twins that answer 21 are told, 19 cannot be. Six of those were called not consistent, since their intervals hold 0.
    [Fact]
    public void What_is_lost_in_noise_is_not_refused()
    {
        string[] Words(bool active) => [.. Enumerable.Range(0, 40).Select(run => Twin(320, 300 + (uint)run, 1, active, horizon: 8).Word)];
        Assert.InRange(Words(true).Count(w => w == "consistent with defense"), 15, 40);
        Assert.DoesNotContain("not consistent with defense", Words(true));
        Assert.DoesNotContain("consistent with defense", Words(false));
    }

    // The quantity is noise that no shock moves: of 100 such, about 5 may look moved by chance (8 of 200 were counted).
    [Fact]
    public void Chance_alone_is_hardly_ever_an_impact()
    {
        var (moved, runs) = (0, 30u);
        for (uint run = 0; run < runs; run++)
        {
            var (_, a, shocks) = World(400, run, .3, true);
            var random = new AddressedRandom(500 + run, 5);
            var r = RecordedShocks.Of("x", [.. a.Select((_, t) => random.Normal(0, (uint)t))], a, shocks, Raises, Settings, 4);
            moved += r.Word == "cannot be told" && r.Why!.Contains("did not move") ? 0 : 1;
        }

        Assert.InRange(moved, 0, 5);
    }

    private static RecordedShocksResult Twin(int weeks, uint seed, double noise, bool active, double shift = 0, DeclaredAction? declared = null, int horizon = RecordedShocks.Quarter)
    {
        var (q, a, shocks) = World(weeks, seed, noise, active);
        return RecordedShocks.Of("x", [.. q.Select(v => v + shift)], a, shocks, declared ?? Raises, Settings, horizon);
    }

    private static (double[] Q, double[] A, DatedShock[] Shocks) World(int weeks, uint seed, double noise, bool active, double own = 1)
    {
        var random = new AddressedRandom(seed, 11);
        double[] q = new double[weeks], a = new double[weeks];
        var shocks = new List<DatedShock>();
        for (uint t = 1; t < weeks; t++)
        {
            var s = random.Uniform(1, t) < .1 ? 2 * random.Normal(2, t) : 0;
            var e = own * noise * random.Normal(3, t);
            a[t] = active ? (-.3 * q[t - 1]) + e : noise * random.Normal(4, t);
            q[t] = (active ? q[t - 1] + a[t] : (.7 * q[t - 1]) + e) + s + (noise * random.Normal(5, t));
            if (s != 0)
                shocks.Add(new((int)t, s, true, false));
        }

        return (q, a, [.. shocks]);
    }
}
