using System.Globalization;
using Posiwid.Records;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Records;
using Run = Posiwid.Simulation.Engine.Simulation;

namespace Posiwid.Tests.Simulation.Experiments;

public class RunBookTests
{
    private const int Flagship = 1;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Writing_the_book_does_not_change_the_run(int run)
    {
        var book = RunBook.Write(BookRuns.Short, run);
        Assert.Equal(Ensemble.One(BookRuns.Short, run, cancellation: TestContext.Current.CancellationToken)!.StateHash.ToString("x16", CultureInfo.InvariantCulture), book.Meta.Find("state_hash"));
        Assert.Equal((run + 1).ToString(CultureInfo.InvariantCulture), book.Meta.Find("seed"));
    }

    [Fact]
    public void Hours_sum_to_the_measures()
    {
        var book = BookRuns.FullBook;
        var owners = book.Owners();
        var start = BookRuns.Full.Setting.Scenario.Start;
        int Window(DateOnly day) => (day.DayNumber - start.DayNumber) / (7 * MeasureCatalog.WeeksBetween);
        var hours = new Dictionary<(int, string), (double Sum, int Rows)>();
        foreach (var a in book.Activities.Rows().Where(a => owners[book.Activities.UnitId[a]!.Value] == Flagship))
        {
            var key = (Window(book.Activities.Date[a]), book.Activities.KindCode[a]!);
            var (sum, rows) = hours.GetValueOrDefault(key);
            hours[key] = (sum + book.Activities.HoursTotal[a]!.Value, rows + 1);
        }

        var given = 0.0;
        foreach (var kind in MeasureCatalog.Kinds)
        {
            foreach (var (date, perWeek) in book.Series($"hours.{kind}"))
            {
                var (sum, rows) = hours.GetValueOrDefault((Window(date), kind));
                given += sum;
                // half of the last decimal a row, also of the rows that rounded to nothing, and the single precision of the sums
                Assert.Equal(perWeek * MeasureCatalog.WeeksBetween, sum, (0.005 * (rows + 400)) + (1e-4 * sum));
            }
        }

        Assert.InRange(given, 1e5, 1e8);
    }

    [Fact]
    public void Members_by_unit_are_the_spells_that_hold()
    {
        var book = BookRuns.ShortBook;
        var weights = book.Units.Rows().ToDictionary(u => book.Units.UnitId[u],
            u => book.Units.Setting[u] is { } setting ? BookRuns.Short.Setting.Scenario.Milieus[setting].Weight : 1);
        var sizes = book.Measures.Rows().Where(m => book.Measures.VariableCode[m] == "members" && book.Measures.UnitId[m] > 2)
            .ToLookup(m => book.Measures.Date[m]);
        Assert.Equal(160, sizes.Count);
        foreach (var date in sizes)
        {
            var spells = book.SpellsOn(date.Key).CountBy(s => book.Memberships.UnitId[s]!.Value).OrderBy(u => u.Key);
            Assert.Equal(spells, date.Where(m => book.Measures.Value[m] > 0).Select(m => KeyValuePair.Create(book.Measures.UnitId[m], (int)(book.Measures.Value[m] / weights[book.Measures.UnitId[m]]))).OrderBy(u => u.Key));
        }
    }

    [Fact]
    public void Members_joins_and_exits_are_those_of_the_measures()
    {
        var book = BookRuns.FullBook;
        var owners = book.Owners();
        var m = book.Memberships;
        var spells = m.Rows().Where(s => owners[m.UnitId[s]!.Value] == Flagship).ToArray();
        var starts = spells.GroupBy(s => m.PersonId[s]).SelectMany(g => g.Where(s => !g.Any(t => m.EndDate[t] == m.StartDate[s] && m.EndReason[t] == "transferred" && t < s)))
            .Select(s => m.StartDate[s]).Order().ToArray();
        var ends = spells.Where(s => m.EndDate[s] is not null && m.EndReason[s] != "transferred").Select(s => m.EndDate[s]!.Value).Order().ToArray();
        var (joins, exits) = (book.Series("joins"), book.Series("exits"));
        var founders = starts.Count(d => d == BookRuns.Full.Setting.Scenario.Start);
        double joined = 0, left = 0;
        foreach (var (date, members) in book.Series("members").Where(s => joins.ContainsKey(s.Key)).OrderBy(s => s.Key))
        {
            // the week's sample is taken before the centers close branches and take in those who cross over
            var now = starts.Count(d => d == date) + ends.Count(d => d == date);
            Assert.InRange(starts.Count(d => d <= date) - ends.Count(d => d <= date), members - now, members + now);
            joined += joins[date] * MeasureCatalog.WeeksBetween;
            left += exits[date] * MeasureCatalog.WeeksBetween;
            Assert.InRange(founders + joined, starts.Count(d => d < date) - 0.1, starts.Count(d => d <= date) + 0.1 + founders);
            Assert.InRange(left, ends.Count(d => d < date) - 0.1, ends.Count(d => d <= date) + 0.1);
        }

        Assert.True(joined > 500);
    }

    [Fact]
    public void Payments_make_the_reserves()
    {
        var book = BookRuns.ShortBook;
        var p = book.Payments;
        long Sum(string direction) => p.Rows().Where(i => p.UnitId[i] == Flagship && p.Direction[i] == direction).Sum(i => p.AmountMinor[i]);
        double Measured(string code) => book.Series(code).Values.Sum() * MeasureCatalog.WeeksBetween * 100;
        Assert.Equal(Measured("income"), Sum("in"), 1e-5 * Sum("in"));
        Assert.Equal(Measured("cost"), Sum("out"), 1e-5 * Sum("out"));
        var first = BookRuns.Short.Setting.Organizations[0].ReservesUsd;
        Assert.Equal(book.Series("reserves").MaxBy(r => r.Key).Value, first + ((Sum("in") - Sum("out")) / 100.0), 0.1);
        Assert.Equal(["conference", "dues", "paper_sales", "running_costs", "wages"], p.Kind.Texts.Order());
        Assert.All(p.Rows(), i => Assert.Equal(p.Kind[i] == "wages" ? "staff" : null, p.EndCode[i]));
    }

    [Fact]
    public void Offices_units_and_complaints_are_as_the_world_has_them()
    {
        var setting = BookRuns.Short.Setting;
        var book = new Book();
        var recorder = new BookRecorder(setting, book);
        using var run = new Run(setting, 5, observer: recorder);
        var seen = new List<(DateOnly Day, int Office, int Held)>();
        while (run.World.Week < setting.Weeks)
        {
            run.Step();
            foreach (var o in run.World.Organizations)
            {
                var day = setting.Calendar.Date(run.World.Week - 1);
                seen.Add((day, (2 * o.Index) + 1, Holders(run.World, o, MemberFlags.Leader)));
                seen.Add((day, (2 * o.Index) + 2, Holders(run.World, o, MemberFlags.Staff)));
            }
        }

        recorder.Finish();
        var t = book.Tenures;
        foreach (var (day, office, held) in seen)
            Assert.Equal(held, t.Rows().Count(i => t.OfficeId[i] == office && t.StartDate[i] <= day && !(t.EndDate[i] <= day)));
        Assert.All(book.Offices.Rows(), o => Assert.Equal(seen.Where(s => s.Office == book.Offices.OfficeId[o]).Max(s => s.Held), book.Offices.Seats[o]));

        Assert.Equal(run.World.Organizations.Sum(o => o.BranchCount), book.Units.Rows().Count(u => book.Units.Kind[u] == "branch" && book.Units.Closed[u] is null));
        var c = book.Complaints;
        Assert.Equal(run.World.Organizations.Sum(o => o.Cases), c.Count);
        Assert.Equal(run.World.Events.Count(e => e.Kind == EventKinds.Disclosed), c.Rows().Count(i => c.Outcome[i] == "settled"));
        Assert.True(run.World.Organizations.Sum(o => o.Hidden.Count) <= c.Rows().Count(i => c.Closed[i] is null && c.Outcome[i] is null && c.FirstResponse[i] is null));
    }

    [Fact]
    public void A_branch_that_moved_goes_on_as_a_unit_under_the_old_one()
    {
        var book = BookRuns.FullBook;
        var u = book.Units;
        var closed = u.Rows().ToDictionary(i => u.UnitId[i], i => u.Closed[i]);
        var moved = u.Rows().Where(i => u.ParentUnitId[i] is > 2 and var parent && closed[parent] == u.Opened[i]).ToArray();
        Assert.NotEmpty(moved);
        Assert.Contains(moved, i => u.Setting[i] != u.Setting[u.ParentUnitId[i]!.Value - 1]);
        var m = book.Memberships;
        foreach (var s in m.Rows())
        {
            var unit = m.UnitId[s]!.Value - 1;
            Assert.True(m.StartDate[s] >= u.Opened[unit] && (u.Closed[unit] is not { } end || m.EndDate[s] <= end));
        }
    }

    [Fact]
    public void Decisions_say_what_was_on_the_table()
    {
        var book = BookRuns.FullBook;
        var d = book.Decisions;
        Assert.Equal(["appointment", "commitment", "conference", "new_branch", "openness", "plan", "relocation", "seat", "visit"], d.Kind.Texts.Where(k => k != "dissolution").Order());
        var menus = book.Alternatives.Rows().ToLookup(a => book.Alternatives.DecisionId[a]);
        foreach (var i in d.Rows())
        {
            var menu = menus[d.DecisionId[i]].ToArray();
            var chosen = menu.Count(a => book.Alternatives.Chosen[a]);
            if (d.Kind[i] is not ("visit" or "appointment"))
                Assert.Equal(1, chosen);
            else
                Assert.NotEmpty(menu);
            Assert.True(menu.Count(a => book.Alternatives.IsStatusQuo[a]) <= 1);
        }

        var described = book.AlternativeAttributes.AlternativeId.Values.ToArray().ToHashSet();
        Assert.All(book.Alternatives.Rows(), a => Assert.Contains(book.Alternatives.AlternativeId[a], described));
    }

    [Fact]
    public void Goals_ends_and_groups_are_there()
    {
        var book = BookRuns.ShortBook;
        Assert.Equal(BookRuns.Short.Setting.Organizations[0].StatedAims.OrderByDescending(a => a.Value).Select(a => a.Key), book.StatedGoals.Rows().Select(g => book.StatedGoals.EndCode[g]));
        Assert.Equal([.. MeasureCatalog.Kinds.Concat(["running_costs", "wages"]).Order()], book.KindEnds.KindCode.Texts.Order());
        var all = book.Series("exits");
        Assert.All(all, e => Assert.Equal(e.Value, book.Series("exits", 0, "marginalized")[e.Key] + book.Series("exits", 0, "other")[e.Key], 9));
        Assert.All(book.Shocks.Rows(), s => Assert.True(book.Shocks.External[s] && !book.Shocks.Anticipated[s] && book.Shocks.Source[s] != ""));
        Assert.Equal("20", book.Meta.Find("people_per_person.town"));
    }

    [Fact]
    public void No_identity_of_the_engine_is_in_any_table()
    {
        var setting = BookRuns.Short.Setting;
        var keys = new HashSet<ulong>();
        using (var run = new Run(setting, 1))
        {
            while (run.World.Week < setting.Weeks)
            {
                run.Step();
                foreach (var branch in run.World.Branches)
                {
                    keys.Add(branch.Key);
                    for (var p = 0; p < branch.Roll.Count; p++)
                        keys.Add(branch.IdAt(p));
                }
            }
        }

        Assert.True(keys.Count > 2000);
        var numbers = keys.SelectMany(k => (double[])[k, (long)k, (uint)k, (int)k, k >> 32, (int)(k >> 32)]).Where(n => Math.Abs(n) > 1e7).ToHashSet(); // a half may be as small as a row number by chance
        var words = keys.SelectMany(k => (string[])[$"{k}", $"{(long)k}", $"{k:x}"]).ToArray();
        foreach (var column in BookRuns.ShortBook.Tables.SelectMany(t => t.Columns))
        {
            switch (column)
            {
                case Column<long> c: Assert.DoesNotContain(c.Values.ToArray(), v => numbers.Contains(v)); break;
                case OptionalColumn<long> c: Assert.DoesNotContain(c.Values.ToArray(), v => v != 0 && numbers.Contains(v)); break;
                case Column<int> c: Assert.DoesNotContain(c.Values.ToArray(), v => numbers.Contains(v)); break;
                case OptionalColumn<int> c: Assert.DoesNotContain(c.Values.ToArray(), v => v != 0 && numbers.Contains(v)); break;
                case Column<double> c: Assert.DoesNotContain(c.Values.ToArray(), v => v != 0 && numbers.Contains(v)); break;
                case OptionalColumn<double> c: Assert.DoesNotContain(c.Values.ToArray(), v => v != 0 && numbers.Contains(v)); break;
                case TextColumn c: Assert.DoesNotContain(c.Texts, t => words.Any(w => t.Contains(w, StringComparison.OrdinalIgnoreCase))); break;
                default: Assert.True(column.Type == typeof(DateOnly) || column.Type == typeof(bool) || column.Type == typeof(sbyte)); break;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_book_is_saved_whole(bool full)
    {
        using var folder = new TemporaryFolder();
        var book = full ? BookRuns.FullBook : BookRuns.ShortBook;
        BookFile.Save(book, folder["run.duckdb"]);
        Assert.Empty(BookFile.Verify(folder["run.duckdb"]));
        var read = BookFile.Open(folder["run.duckdb"]);
        Assert.Equal(book.Tables.Select(t => (t.Name, t.Count)), read.Tables.Select(t => (t.Name, t.Count)));
        Assert.All(book.Tables, t => Assert.True(t.Count > 0 || t.Name == "activity_person"));
    }

    private static int Holders(World world, Organization organization, MemberFlags flag)
    {
        var count = 0;
        foreach (var branch in organization.Branches)
        {
            foreach (var _ in new Flagged(branch, flag))
                count++;
        }

        return count;
    }
}
